// What the pictures of the markov scene share.

/** @typedef {import("../ui/scene-view.js").Shown} Shown */

/** @param {import("../state/url.js").SceneState} state */
export function isOnLine({ parameters }) {
  return parameters.objective === "scalar";
}

/** The chain on a grid is for one weight alone. @param {import("../state/url.js").SceneState} state */
export function showsGrid(state) {
  return isOnLine(state) && state.view.picture === "grid";
}

/** @param {import("../state/url.js").SceneState} state */
export function isReshuffled({ parameters }) {
  return parameters.sampling === "reshuffle";
}

/** Whether the model has another mean or covariance than the step. @param {Shown} shown */
export function modelDiffers({ state, reports }) {
  const { available, termCount } = reports.run.channels;
  return state.parameters.model === "identity" || available.data.length < termCount.data[0];
}

/** @param {Shown} shown */
export function modelName({ state }) {
  if (state.parameters.model === "identity") {
    return "model (3), α²/b I";
  }
  return isReshuffled(state) ? "if x alone decided" : "model (3)";
}

/** @param {Shown} shown */
export function batchInWords({ state }) {
  const batch = Number(state.parameters.batch);
  return batch === 1 ? "one term" : `${batch} terms`;
}

/** "2 of 3" of the epoch's terms, where that matters. @param {Shown} shown */
export function usedInWords({ state, reports }) {
  const { available, termCount } = reports.run.channels;
  const all = termCount.data[0];
  return isReshuffled(state) ? `${all - available.data.length} of ${all}` : "";
}
