// The run shown with more replicates than its figure has: computed by all workers together, summed up,
// and saved.

import { deviation, mean, quantileSorted } from "d3-array";
import { format } from "../render/numbers.js";
import { computeEnsemble, shareOf } from "../simulation/ensemble.js";
import { GivenUp, SimulationError } from "../simulation/errors.js";
import { editsOf } from "../simulation/scene-runs.js";
import { hasReplicateRows, hasReplicates } from "../state/replicates.js";
import { blocksOf, csvParts } from "../state/series.js";
import { cellText, columnTitle } from "./data-table.js";
import { element, openDialog } from "./dom.js";
import { saveTable } from "./take-away.js";

/** @typedef {import("../lab.js").ExperimentInfo} ExperimentInfo */
/** @typedef {import("../simulation/pool.js").Pool} Pool */
/** @typedef {import("../simulation/scene-runs.js").RunPlan} RunPlan */
/** @typedef {import("../state/series.js").Block} Block */
/** @typedef {import("../state/series.js").Column} Column */
/** @typedef {import("../state/series.js").RunNumbers} RunNumbers */
/** @typedef {import("./scene-view.js").SceneView} SceneView */
/** @typedef {{ plan: RunPlan, info: ExperimentInfo }} Part */

const timesShown = 10;
const tails = [0.05, 0.5, 0.95];

/** @param {Part} part @param {string} id */
const parameterOf = ({ info }, id) => info.parameters.find((parameter) => parameter.id === id);

/** @param {Part} part */
const replicateChannels = ({ info }) => info.channels.filter(hasReplicateRows);

/**
 * @param {SceneView} view
 * @returns {Part[]} those of the runs shown that have replicates
 */
function partsOf({ player, pool }) {
  return player.plans.flatMap((plan) => {
    const info = pool.info(plan.experiment);
    return info && hasReplicates(info) ? { plan, info } : [];
  });
}

/** @param {Part} part */
function shownIn(part) {
  const { parameters } = part.plan;
  return Number(parameters.replicates ?? parameterOf(part, "replicates")?.initial);
}

/**
 * @param {string} text
 * @param {number} most
 * @throws {SimulationError}
 */
function countFrom(text, most) {
  const count = Number(text.replaceAll(/\s/g, "") || Number.NaN);
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new SimulationError(
      `Replicates R must be a whole number from 1 to ${format(most)}, not “${text.trim()}”.`,
    );
  }
  return count;
}

/**
 * @param {SceneView} view
 * @param {number} replicates
 * @param {AbortSignal} signal
 * @param {(share: number) => void} onProgress of all there is to do
 * @returns {Promise<RunNumbers[]>}
 */
async function compute(view, replicates, signal, onProgress) {
  const { player, pool } = view;
  const { step, edits } = player;
  const parts = partsOf(view);
  let done = 0;
  /** @type {RunNumbers[]} */
  const numbers = [];
  for (const part of parts) {
    const { key, experiment, parameters } = part.plan;
    const infos = replicateChannels(part);
    const share = shareOf(replicates, {
      most: parameterOf(part, "replicates")?.max ?? replicates,
      // Those of a group pull at each other: the core refuses to part them.
      group: Number(parameters.replicas ?? parameterOf(part, "replicas")?.initial ?? 1),
    });
    const channels = infos.map(({ id }) => id);
    const request = { experiment, parameters, edits: editsOf(part.plan, edits), step, channels };
    const whole = await computeEnsemble(
      pool.runOnEach(),
      { request, replicates, share },
      signal,
      (count) => {
        done += count;
        onProgress(done / (replicates * parts.length));
      },
    );
    numbers.push({ key, channels: whole, infos });
  }
  return numbers;
}

/** Lets the page breathe. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/**
 * @param {Block[]} blocks
 * @param {string} link
 */
async function csvInTime(blocks, link) {
  const parts = [];
  for (const part of csvParts(blocks, link)) {
    parts.push(part);
    await pause();
  }
  return parts;
}

/** @param {Column} column @param {number} rows */
function summaryOf({ at }, rows) {
  const values = Float64Array.from({ length: rows }, (_, row) => at(row) ?? Number.NaN);
  const average = mean(values);
  const spread = deviation(values);
  values.sort();
  return [
    average,
    spread === undefined ? 0 : spread / Math.sqrt(rows),
    ...tails.map((p) => quantileSorted(/** @type {any} */ (values), p)),
  ];
}

/** @param {Block[]} blocks @param {boolean} namesRun */
function summaryTable(blocks, namesRun) {
  const titles = ["", "mean", "standard error", ...tails.map((p) => `${100 * p} %`)];
  const rows = blocks.flatMap(({ columns, rows }) =>
    columns.map((column) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, columnTitle(column, namesRun)),
        ...summaryOf(column, rows).map((number) => element("td", {}, cellText(number))),
      ),
    ),
  );
  return element(
    "table",
    {},
    element(
      "thead",
      {},
      element("tr", {}, ...titles.map((text) => element("th", { scope: "col" }, text))),
    ),
    element("tbody", {}, ...rows),
  );
}

/**
 * @param {SceneView} view
 * @param {string} link
 */
export function openManyReplicates(view, link) {
  const { pool, player, scene } = view;
  player.pause();
  const shown = Math.max(...partsOf(view).map(shownIn));
  /** @type {AbortController | null} while it is computed */
  let stop = null;
  const count = element("input", {
    type: "text",
    inputmode: "numeric",
    "aria-label": "replicates R",
    value: Math.min(timesShown * shown, pool.mostReplicates),
  });
  const act = element("button", { class: "primary" }, "Compute");
  const progress = element("progress", {
    max: 1,
    value: 0,
    hidden: true,
    "aria-label": "computed",
  });
  const said = element("p", { role: "status" });
  const failure = element("p", { class: "notice", role: "alert", hidden: true });
  const result = element("div", {
    class: "numbers",
    tabindex: 0,
    role: "region",
    hidden: true,
    "aria-label": "summary",
  });
  const saving = element("button", { type: "button", hidden: true }, "Save CSV");
  const form = element(
    "form",
    { onsubmit: submit },
    element("label", {}, "replicates R ", count),
    act,
  );
  const dialog = openDialog(
    "Many replicates",
    "many-replicates",
    element("h2", {}, "Many replicates"),
    element(
      "p",
      {},
      `The run shown, at step ${player.step}, with as many replicates as you ask for, computed by all workers of this page together: replicate by replicate those of one run.`,
    ),
    form,
    progress,
    said,
    failure,
    result,
    saving,
  );
  dialog.addEventListener("close", () => stop?.abort());

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    if (stop) {
      stop.abort();
    } else {
      answer();
    }
  }

  async function answer() {
    const current = new AbortController();
    stop = current;
    failure.hidden = true;
    try {
      const replicates = countFrom(count.value, pool.mostReplicates);
      show("Stop", 0);
      said.textContent = "";
      const start = performance.now();
      const numbers = await compute(view, replicates, current.signal, (share) => {
        progress.value = share;
      });
      const seconds = (performance.now() - start) / 1000;
      said.textContent = `${format(replicates)} replicates in ${format(seconds)} s.`;
      offer(blocksOf(numbers), numbers.length > 1);
    } catch (error) {
      tell(/** @type {SimulationError} */ (error));
    } finally {
      stop = null;
      show("Compute", null);
    }
  }

  /** @param {string} action @param {number | null} share computed; null while nothing is */
  function show(action, share) {
    act.textContent = action;
    progress.hidden = share === null;
    progress.value = share ?? 0;
  }

  /** @param {SimulationError} error */
  function tell(error) {
    if (error instanceof GivenUp) {
      said.textContent = "Stopped.";
      return;
    }
    failure.textContent = error.issues?.map(({ message }) => message).join(" ") || error.message;
    failure.hidden = false;
  }

  /** @param {Block[]} blocks @param {boolean} namesRun */
  function offer(blocks, namesRun) {
    result.replaceChildren(summaryTable(blocks, namesRun));
    result.hidden = false;
    saving.hidden = false;
    saving.onclick = async () => {
      saving.disabled = true;
      saveTable(`${scene.id}-replicates`, await csvInTime(blocks, link));
      saving.disabled = false;
    };
  }
}
