// The scenes of the built site, in the order of the lecture.

import { experimentNames } from "../../web/build/lecture-plugin.js";
import { siteFolder } from "../../web/build/vite.js";
import { hasScene } from "../../web/build/weight.js";

/** @returns {Promise<string[]>} */
export async function sceneIds() {
  const experiments = await experimentNames();
  return experiments.map(({ id }) => id).filter((id) => hasScene(siteFolder, id));
}
