// What the state of a scene is made of: the experiment's table and the scene's own.

/**
 * @param {import("../ui/scene.js").Scene} scene
 * @param {import("../lab.js").ExperimentInfo[]} experiments
 * @returns {import("./url.js").SceneTables & { section: string }}
 */
export function sceneTables(scene, experiments) {
  const experiment = experiments.find(({ id }) => id === scene.id);
  const parameters = experiment?.parameters ?? [];
  return {
    id: scene.id,
    parameters,
    view: scene.view(parameters),
    step: scene.step,
    controls: [scene.slider, ...scene.controls],
    section: experiment?.section ?? "",
  };
}
