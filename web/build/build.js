// `npm run build`: the package, the site and the single file in dist/.

import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildWasm } from "./core.js";
import { writeEmbedFiles } from "./embed-files.js";
import { Failure, isMain, main, mustRun, packageCommand, root } from "./processes.js";
import { setUp } from "./set-up.js";

/**
 * Types from the JSDoc comments. The module of the core is known to us as "#core", to users of the
 * package as a file beside.
 * @param {string} distribution
 */
async function writeTypes(distribution) {
  await mustRun(packageCommand("tsc"), ["-p", "web/build/tsconfig.types.json"]);
  const types = join(distribution, "types");
  for (const name of readdirSync(types)) {
    const file = join(types, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"#core"', '"./core-module.js"'));
  }
  cpSync(join(root, "web", "build", "core-module.d.ts"), join(types, "core-module.d.ts"));
  writeFileSync(join(distribution, "lab.d.ts"), 'export * from "./types/package.js";\n');
}

/** Writes dist/ from what is installed already. */
export async function buildDistribution() {
  await buildWasm();
  const { build } = await import("vite");
  const { experimentNames } = await import("./lecture-plugin.js");
  const configs = await import("./vite.js");
  const { distribution, siteFolder } = configs;
  const single = join(distribution, "single");
  rmSync(distribution, { recursive: true, force: true });

  await build(configs.packageConfig());
  cpSync(join(root, "build", "wasm", "wide-valley.wasm"), join(distribution, "wide-valley.wasm"));
  for (const name of readdirSync(join(root, "web", "data")).filter((file) =>
    file.endsWith(".csv"),
  )) {
    cpSync(join(root, "web", "data", name), join(distribution, "data", name));
  }
  await writeTypes(distribution);
  await build(configs.standaloneConfig());
  await build(configs.siteConfig());
  await build(configs.wholeConfig());
  writeEmbedFiles(siteFolder);
  await build(configs.singleFileConfig());
  renameSync(join(single, "index.html"), join(distribution, "wide-valley.html"));
  rmSync(single, { recursive: true });

  const { firstViewFiles, hasScene, weightReport } = await import("./weight.js");
  const scenes = (await experimentNames()).filter(({ id }) => hasScene(siteFolder, id));
  const views = scenes.map((scene) => ({
    id: scene.id,
    files: firstViewFiles(siteFolder, scene),
  }));
  const { lines, isTooHeavy } = weightReport(views);
  console.log(`\n${lines.join("\n")}`);
  if (isTooHeavy) {
    throw new Failure("The first view of a scene is too heavy.");
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp("page");
    await buildDistribution();
    console.log("\ndist/ is written: lab.js, standalone.js, site/, wide-valley.html");
  });
}
