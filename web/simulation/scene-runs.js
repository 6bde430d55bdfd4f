// The runs of one scene, all at the same step: made, moved and given up together.

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Edit} Edit */
/** @typedef {import("./worker-link.js").Report} Report */
/** @typedef {import("./remote-run.js").RemoteRun} RemoteRun */
/**
 * @typedef {object} RunPlan
 * @property {string} key which of the scene's runs this is
 * @property {string} experiment
 * @property {Record<string, Value>} parameters
 * @property {string[]} channels reported at every step
 * @property {string[]} fixed channels that never change while `fixedKey` stays the same: large ones
 *   are sent once
 * @property {string} fixedKey
 * @property {string[]} [atEnd] channels reported once the run has ended: costly ones
 * @property {boolean} [optional] the picture can do without it: refused, it is left out
 * @property {boolean} [companion] it is shown beside the others, and goes no further than they do
 * @property {(edit: Edit) => Edit | null} [live] what a live change means to this run, null for
 *   nothing; without it every run takes the change as it is
 */
/** @typedef {Record<string, Report>} Reports */

// Milliseconds that one waits for a picture while another one is already wanted.
const patience = 1500;

/** @param {RunPlan} plan @param {Edit} edit */
const meant = ({ live }, edit) => (live ? live(edit) : edit);

/** What a scene's live changes are to one of its runs. @param {RunPlan} plan @param {Edit[]} edits */
export const editsOf = (plan, edits) => edits.flatMap((edit) => meant(plan, edit) ?? []);

/** @param {import("./errors.js").SimulationError} error @returns {null} nothing instead of what was refused */
function noneIfRefused(error) {
  if (!error.issues?.length) {
    throw error;
  }
  return null;
}

export class SceneRuns {
  #pool;
  /** @type {Map<string, RemoteRun>} */
  #runs = new Map();
  /** What each run holds: from where it can go on. @type {Map<string, { source: string, step: number }>} */
  #held = new Map();
  /** When the runs that are being made were begun; null while none are. @type {number | null} */
  #began = null;
  /** Some runs may no longer be those of `plans`, since others were refused or given up. */
  #torn = false;

  /** What the runs shown were made from. @type {RunPlan[]} */
  plans = [];
  /** What they reported last. @type {Reports} */
  reports = {};

  /** @param {import("./pool.js").Pool} pool */
  constructor(pool) {
    this.#pool = pool;
  }

  /**
   * Whether all of these plans' runs must start anew for this step.
   * @param {RunPlan[]} plans
   * @param {Edit[]} edits
   * @param {number} step
   */
  mustStart(plans, edits, step) {
    return plans.every((plan) => this.#reachedBy(plan, edits, step) === null);
  }

  /** Whether a step must be made from step 0, since not every run holds the one before it. */
  get areTorn() {
    return this.#torn;
  }

  /**
   * Makes the runs of these plans and brings them to a step. They are shown once they are adopted:
   * when one is refused that is not optional, those shown before stay.
   * @param {RunPlan[]} plans
   * @param {Edit[]} edits
   * @param {number} step
   * @returns {Promise<Reports>}
   */
  async make(plans, edits, step) {
    this.#began = performance.now();
    try {
      return await this.#gather(plans, (plan) => {
        const report = this.#bringTo(plan, edits, step);
        return plan.optional ? report.catch(noneIfRefused) : report;
      });
    } finally {
      this.#began = null;
    }
  }

  /**
   * Shows what `make` has given for these plans; the runs of no plan, and of none that was left out,
   * are ended.
   * @param {RunPlan[]} plans
   * @param {Reports} reports
   */
  adopt(plans, reports) {
    this.plans = plans.filter(({ key }) => reports[key]);
    for (const [key, run] of this.#runs) {
      if (!this.plans.some((plan) => plan.key === key)) {
        run.dispose();
        this.#runs.delete(key);
        this.#held.delete(key);
      }
    }
    this.reports = reports;
  }

  /**
   * Makes the runs shown anew where they are others'.
   * @param {Edit[]} edits
   * @param {number} step
   */
  async mend(edits, step) {
    if (this.#torn) {
      this.reports = await this.make(this.plans, edits, step);
    }
  }

  /** @param {number} from the step at which they are @param {number} to */
  async advance(from, to) {
    this.reports = await this.#askEach(async (run, plan) => {
      const report = await run.advance(to - from, plan.channels, plan.atEnd);
      const held = this.#held.get(plan.key);
      if (held) {
        held.step = to;
      }
      return report;
    });
  }

  /** A live change. @param {Edit} change at the step at which they are */
  async set(change) {
    this.reports = await this.#askEach((run, plan) => {
      const edit = meant(plan, change);
      this.#held.delete(plan.key);
      return edit
        ? run.set(edit.parameter, edit.value, plan.channels, plan.atEnd)
        : run.advance(0, plan.channels, plan.atEnd);
    });
  }

  /**
   * More than the picture needs.
   * @param {(experiment: string) => string[]} channelsOf what to report of an experiment's run
   * @returns {Promise<{ plans: RunPlan[], reports: Reports }>}
   */
  async reportOf(channelsOf) {
    const { plans } = this;
    const reports = await this.#gather(plans, (plan) =>
      this.#runOf(plan).advance(0, channelsOf(plan.experiment)),
    );
    return { plans, reports };
  }

  /**
   * Others are wanted than those that are being made, which are given up once they have taken longer
   * than one waits for a picture.
   */
  async hurry() {
    const began = this.#began;
    if (began === null) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, began + patience - performance.now()));
    if (began === this.#began) {
      this.#giveUp();
    }
  }

  #giveUp() {
    for (const run of this.#runs.values()) {
      run.giveUp();
    }
  }

  dispose() {
    this.#giveUp();
    this.adopt([], this.reports);
  }

  /** @param {RunPlan} plan @returns {RemoteRun} */
  #runOf({ key }) {
    const run = this.#runs.get(key) ?? this.#pool.run();
    this.#runs.set(key, run);
    return run;
  }

  /**
   * @param {RunPlan} plan
   * @param {Edit[]} edits
   * @param {number} step
   * @returns {Promise<Report>}
   */
  async #bringTo(plan, edits, step) {
    const kept = this.#fixedChannels(plan);
    const channels = kept ? plan.channels : [...plan.channels, ...plan.fixed];
    const report = await this.#bring({ ...plan, channels }, edits, step);
    return { ...report, channels: { ...kept, ...report.channels } };
  }

  /**
   * Brings a run to a step: onwards when it is on the way there already, as when only the picture
   * changes; else from step 0.
   * @param {RunPlan} plan
   * @param {Edit[]} edits
   * @param {number} step
   */
  async #bring(plan, edits, step) {
    const { key, experiment, parameters, channels, atEnd } = plan;
    const run = this.#runOf(plan);
    const reached = this.#reachedBy(plan, edits, step);
    if (reached === null) {
      this.#held.delete(key);
    }
    const report =
      reached !== null
        ? await run.advance(step - reached, channels, atEnd)
        : await run.create({
            experiment,
            parameters,
            edits: editsOf(plan, edits),
            step,
            channels,
            atEnd,
          });
    this.#held.set(key, { source: this.#sourceOf(plan, edits), step });
    return report;
  }

  /** What a run is made from. @param {RunPlan} plan @param {Edit[]} edits */
  #sourceOf({ experiment, parameters }, edits) {
    return JSON.stringify([experiment, parameters, edits, this.#pool.tablesGiven]);
  }

  /**
   * The step from which a run can go on to another one; null when it must start anew.
   * @param {RunPlan} plan
   * @param {Edit[]} edits
   * @param {number} step
   */
  #reachedBy(plan, edits, step) {
    const held = this.#held.get(plan.key);
    const isOnTheWay =
      held?.source === this.#sourceOf(plan, edits) &&
      held.step <= step &&
      edits.every((edit) => edit.step <= held.step);
    return isOnTheWay ? held.step : null;
  }

  /**
   * The fixed channels at hand for this plan, if all are: what carried fewer before may have to
   * carry more now.
   * @param {RunPlan} plan
   */
  #fixedChannels({ key, fixed, fixedKey }) {
    const earlier = this.plans.find((plan) => plan.key === key && plan.fixedKey === fixedKey);
    const known = earlier && this.reports[key]?.channels;
    return known && fixed.every((id) => known[id])
      ? Object.fromEntries(fixed.map((id) => [id, known[id]]))
      : undefined;
  }

  /**
   * @param {(run: RemoteRun, plan: RunPlan) => Promise<Report>} ask
   * @returns {Promise<Reports>}
   */
  #askEach(ask) {
    return this.#gather(this.plans, async (plan) => {
      const kept = this.#fixedChannels(plan);
      const report = await ask(this.#runOf(plan), plan);
      return { ...report, channels: { ...kept, ...report.channels } };
    });
  }

  /**
   * @param {RunPlan[]} plans
   * @param {(plan: RunPlan) => Promise<Report | null>} ask
   * @returns {Promise<Reports>} without those that gave none
   */
  async #gather(plans, ask) {
    // One alone stays as it was when it is refused or given up.
    this.#torn ||= plans.length > 1;
    const reports = await Promise.all(plans.map(ask));
    this.#torn = false;
    return Object.fromEntries(
      plans.flatMap(({ key }, i) => {
        const report = reports[i];
        return report ? [[key, report]] : [];
      }),
    );
  }
}
