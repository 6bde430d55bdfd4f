// Which schedules the decaying-step scene races, and how each looks in every picture.

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../lab.js").Channel} Channel */
/** @typedef {import("../render/theme.js").Theme} Theme */
/** @typedef {import("../render/types.js").SeriesStyle} SeriesStyle */

export const byHand = "by-hand";
// A schedule looks the same whatever it is raced against.
const order = ["inverse-time", "staircase", "too-fast", "constant", "inverse-sqrt", "averaged"];
const picksPerDecade = 90;

/**
 * The schedules in the race: the chosen one, then those against it.
 * @param {SceneState} state
 */
export function racedSchedules({ parameters, view }) {
  const others = String(view.race).split(",");
  return [...new Set([String(parameters.schedule), ...others])].filter((id) => id !== "");
}

/**
 * What alpha0 is multiplied by in the first step of a schedule.
 * @param {string} schedule
 * @param {number} t0
 */
function firstShare(schedule, t0) {
  switch (schedule) {
    case "inverse-time":
      return 1 / (t0 + 1);
    case "inverse-sqrt":
      return 1 / Math.sqrt(t0 + 1);
    case "too-fast":
      return 1 / (t0 + 1) ** 2;
    default:
      return 1;
  }
}

/**
 * The factor that turns the alpha0 on the slider, that of the chosen schedule, into the alpha0 of
 * another one with the same first step.
 * @param {SceneState} state
 * @param {string} schedule
 */
export function shareOf({ parameters }, schedule) {
  const t0 = Number(parameters.t0);
  return firstShare(String(parameters.schedule), t0) / firstShare(schedule, t0);
}

/** Seven digits, so that the same link gives the same number. @param {number} value */
export function digits(value) {
  return Number(value.toPrecision(7));
}

/** @param {Shown} shown */
export function leader(shown) {
  return shown.reports[racedSchedules(shown.state)[0]];
}

/** @param {Shown} shown @param {string} id */
export function scheduleLabel({ tables }, id) {
  const choices = tables.parameters.find((parameter) => parameter.id === "schedule")?.choices;
  return id === byHand ? "by hand" : (choices?.find((choice) => choice.id === id)?.label ?? id);
}

/** @param {string} id @param {Theme} theme @returns {SeriesStyle} */
export function styleOf(id, theme) {
  const { series, colours } = theme;
  if (id === byHand) {
    return { ...series[0], colour: colours.handle, width: 2.25 };
  }
  return series[Math.max(0, order.indexOf(id))];
}

/**
 * The raced schedules with their looks and what was measured.
 * @param {Shown} shown
 * @param {Theme} theme
 */
export function racers(shown, theme) {
  return racedSchedules(shown.state).map((schedule) => ({
    schedule,
    label: scheduleLabel(shown, schedule),
    style: styleOf(schedule, theme),
    channels: shown.reports[schedule].channels,
    status: shown.reports[schedule].status,
  }));
}

/**
 * Steps about evenly spaced on a logarithmic axis, where more would fall on one pixel.
 * @param {number} count how many steps there are, from 0 on
 * @returns {number[]}
 */
export function pickedSteps(count) {
  const steps = [];
  for (
    let t = 0;
    t < count;
    t = Math.max(t + 1, Math.floor((t + 1) * 10 ** (1 / picksPerDecade)))
  ) {
    steps.push(t);
  }
  if (count > 0 && steps[steps.length - 1] !== count - 1) {
    steps.push(count - 1);
  }
  return steps;
}

/** Of the steps shown: every line of a picture asks for the same. */
let picked = { count: 0, steps: pickedSteps(0), iterates: pickedSteps(0) };

/**
 * A column of a channel over the iterates, numbered from 1, at the picked steps.
 * @param {Channel} channel
 * @param {number} [column]
 */
export function overIterates({ shape, data }, column = 0) {
  const columns = shape[1] ?? 1;
  if (picked.count !== shape[0]) {
    const steps = pickedSteps(shape[0]);
    picked = { count: shape[0], steps, iterates: steps.map((t) => t + 1) };
  }
  return { x: picked.iterates, y: picked.steps.map((t) => data[t * columns + column]) };
}

/** "3.1e−3", always as wide. @param {number} value */
export function shortNumber(value) {
  return value.toExponential(1).replace("e+", "e").replace("-", "−");
}
