// `npm run build`: the package, the site and the single file in dist/.

import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { buildWasm } from "./core.js";
import { writeEmbedFiles } from "./embed-files.js";
import { Failure, isMain, main, mustRun, packageCommand, root } from "./processes.js";
import { setUp } from "./set-up.js";

/**
 * The files that declare what some declaration needs, itself among them.
 * @param {string} folder
 * @param {string} file
 * @param {Map<string, string>} found texts by file
 */
function followTypes(folder, file, found) {
  if (found.has(file)) {
    return found;
  }
  const text = readFileSync(join(folder, file), "utf8");
  found.set(file, text.replaceAll('"#core"', '"./core-module.js"'));
  for (const [, needed] of text.matchAll(/(?:from|import\() ?"(\.[^"]+)\.js"/g)) {
    followTypes(folder, join(dirname(file), `${needed}.d.ts`), found);
  }
  return found;
}

/**
 * Types from the JSDoc comments, as far as the package's entries need them. The module of the core is
 * known to us as "#core", to users of the package as a file beside.
 * @param {string} distribution
 */
async function writeTypes(distribution) {
  await mustRun(packageCommand("tsc"), ["-p", "web/build/tsconfig.types.json"]);
  const types = join(distribution, "types");
  /** @type {Map<string, string>} */
  const needed = new Map();
  for (const [entry, source] of Object.entries({ lab: "package", element: "element" })) {
    followTypes(types, `${source}.d.ts`, needed);
    writeFileSync(join(distribution, `${entry}.d.ts`), `export * from "./types/${source}.js";\n`);
  }
  rmSync(types, { recursive: true });
  for (const [file, text] of needed) {
    mkdirSync(dirname(join(types, file)), { recursive: true });
    writeFileSync(join(types, file), text);
  }
  cpSync(join(root, "web", "build", "core-module.d.ts"), join(types, "core-module.d.ts"));
  await nameExperiments(join(types, "lab.d.ts"));
}

/**
 * The ids are a table of the core's: so that a wrong one is found when types are checked, they are
 * written into what says `string` here.
 * @param {string} file
 */
async function nameExperiments(file) {
  const { builtLab } = await import("./lecture-plugin.js");
  const ids = (await builtLab()).experiments().map(({ id }) => JSON.stringify(id));
  const text = readFileSync(file, "utf8");
  const named = text.replace(
    /(type ExperimentId = )string;/,
    (_, start) => `${start}${ids.join(" | ")};`,
  );
  if (named === text) {
    throw new Failure(`${file} does not declare ExperimentId.`);
  }
  writeFileSync(file, named);
}

/** The script as a module, which has the same names to import. @param {string} distribution */
function writeStandaloneModule(distribution) {
  const module = `import "./standalone.js";
export const { Lab, ParameterError, Run, loadLab } = globalThis.WideValley;
`;
  writeFileSync(join(distribution, "standalone.mjs"), module);
}

/**
 * Beside the package and the site, and at the end of the single file.
 * @param {string} distribution
 * @param {string} siteFolder
 * @param {Set<string>} bundled
 */
async function writeLicences(distribution, siteFolder, bundled) {
  const { licencesText } = await import("./licences.js");
  const { builtLab } = await import("./lecture-plugin.js");
  const text = licencesText(bundled, (await builtLab()).dataSets());
  writeFileSync(join(distribution, "licences.txt"), text);
  writeFileSync(join(siteFolder, "licences.txt"), text);
  appendFileSync(
    join(distribution, "wide-valley.html"),
    `\n<!--\n${text.replaceAll("--", "—")}-->\n`,
  );
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
  writeStandaloneModule(distribution);
  await build(configs.siteConfig());
  await build(configs.wholeConfig());
  writeEmbedFiles(siteFolder);
  await build(configs.singleFileConfig());
  renameSync(join(single, "index.html"), join(distribution, "wide-valley.html"));
  rmSync(single, { recursive: true });
  await writeLicences(distribution, siteFolder, configs.bundled);

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
