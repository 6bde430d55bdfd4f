// One scene's runs in time: play, pause, step, back, scrub. It owns the clock and asks the pool;
// it neither draws nor knows what the runs mean.

import { GivenUp } from "./errors.js";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Edit} Edit */
/** @typedef {import("./worker-link.js").Report} Report */
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
 * @property {(edit: Edit) => Edit | null} [live] what a live change means to this run, null for
 *   nothing; without it every run takes the change as it is
 */
/** @typedef {Record<string, Report>} Reports */
/** @typedef {import("../state/url.js").SceneState} SceneState */

/** @typedef {{ source: string, step: number }} Held */

// Milliseconds that one waits for a picture while another one is already wanted.
const patience = 1500;

/** @param {RunPlan} plan @param {Edit} edit */
const meant = ({ live }, edit) => (live ? live(edit) : edit);

/**
 * Runs of one scene, all at the same step. Emits "change" when there is something new to show, and
 * "failure", with the error, when playing came to nothing.
 */
export class Player extends EventTarget {
  #pool;
  /** @type {Map<string, import("./remote-run.js").RemoteRun>} */
  #runs = new Map();
  /** @type {RunPlan[]} */
  #plans = [];
  /** What each run holds: from where it can go on. @type {Map<string, Held>} */
  #held = new Map();
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();
  #lastFrame = 0;
  #owed = 0;
  #inView = true;
  /** Counts the clocks started: only the newest runs. */
  #clock = 0;
  /** When the runs that are being made were begun; null while none are. @type {number | null} */
  #began = null;
  /** Some runs may no longer be those of the state shown, since others were refused or given up. */
  #torn = false;
  /** Count what was asked for: only the newest state, and the newest step, are computed. */
  #states = 0;
  #goals = 0;
  /** A step that was asked for is on its way: another one may take its place, but never a state's. */
  #isMoving = false;
  #disposed = false;

  /** What the runs were started from. @type {SceneState | null} */
  state = null;
  /** @type {Reports} */
  reports = {};
  /** @type {Edit[]} */
  edits = [];
  /** The step shown, and the furthest one reached since the last restart. */
  step = 0;
  horizon = 0;
  /** The step asked for: beyond `step` when every run ended before it. */
  target = 0;
  playing = false;
  /** Steps per second while playing. */
  speed = 1;

  /** @param {import("./pool.js").Pool} pool */
  constructor(pool) {
    super();
    this.#pool = pool;
  }

  /** Whether every run has ended, so that playing on shows nothing more. */
  get ended() {
    const reports = Object.values(this.reports);
    return reports.length > 0 && reports.every(({ status }) => status.state !== "running");
  }

  /** What the runs shown were started with. */
  get plans() {
    return this.#plans;
  }

  /**
   * Starts these runs from step 0 and replays them to the state's step. When one is refused nothing
   * changes.
   * @param {SceneState} state
   * @param {RunPlan[]} plans
   * @returns {Promise<void>} rejects with a SimulationError, a GivenUp when another state is wanted
   */
  restart(state, plans) {
    if (this.#disposed) {
      return Promise.reject(new GivenUp());
    }
    const turn = ++this.#states;
    this.#goals += 1;
    this.hurry();
    return this.#enqueue(async () => {
      if (turn !== this.#states) {
        throw new GivenUp();
      }
      const reports = await this.#create(plans, state.edits, state.step);
      if (this.#disposed) {
        throw new GivenUp();
      }
      this.#dropRunsOutside(plans);
      this.#plans = plans;
      this.state = state;
      this.edits = state.edits;
      this.#show(reports, state.step);
      this.target = state.step;
      this.horizon = Math.max(this.step, ...state.edits.map((edit) => edit.step));
      this.#changed();
    });
  }

  /**
   * Another state is wanted than the one that is being computed, which is given up once it has taken
   * longer than one waits for a picture.
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

  /**
   * Shows a step: forward by advancing, backward by replaying, which gives the same bits.
   * @param {number} step
   */
  goTo(step) {
    const turn = ++this.#goals;
    if (this.#isMoving) {
      this.hurry();
    }
    return this.#enqueue(async () => {
      if (turn !== this.#goals) {
        return;
      }
      this.#isMoving = true;
      try {
        await this.#moveTo(Math.max(0, Math.round(step)));
      } finally {
        this.#isMoving = false;
      }
    });
  }

  /** @param {number} by */
  move(by) {
    return this.#enqueue(() => this.#moveTo(Math.max(0, this.step + by)));
  }

  /**
   * A live change at the step shown. What lay beyond it is given up.
   * @param {string} parameter
   * @param {Value} value
   */
  set(parameter, value) {
    return this.#enqueue(async () => {
      if (this.#plans.length === 0) {
        return;
      }
      await this.#mend();
      const change = { step: this.step, parameter, value };
      const changed = await this.#each((run, plan) => {
        const edit = meant(plan, change);
        this.#held.delete(plan.key);
        return edit
          ? run.set(edit.parameter, edit.value, plan.channels, plan.atEnd)
          : run.advance(0, plan.channels, plan.atEnd);
      });
      const earlier = this.edits.filter((edit) => edit.step < this.step);
      const sameStep = this.edits.filter(
        (edit) => edit.step === this.step && edit.parameter !== parameter,
      );
      this.edits = [...earlier, ...sameStep, change];
      this.horizon = this.step;
      this.#show(changed, this.step);
      this.#changed();
    });
  }

  /**
   * More of the step shown than the picture needs.
   * @param {(experiment: string) => string[]} channelsOf what to report of an experiment's run
   * @returns {Promise<Reports>}
   */
  reportOf(channelsOf) {
    return this.#enqueue(async () => {
      await this.#mend();
      return this.#gather(this.#plans, (plan) => {
        const run = /** @type {import("./remote-run.js").RemoteRun} */ (this.#runs.get(plan.key));
        return run.advance(0, channelsOf(plan.experiment));
      });
    });
  }

  play() {
    if (!this.playing && !this.#disposed) {
      this.playing = true;
      this.#owed = 0;
      this.#startClock();
      this.#changed();
    }
  }

  /** Whether anyone can see it: out of view nothing is computed, and it goes on from there. */
  set inView(/** @type {boolean} */ seen) {
    const comesBack = seen && !this.#inView;
    this.#inView = seen;
    if (comesBack && this.playing) {
      this.#startClock();
    }
  }

  #startClock() {
    this.#lastFrame = performance.now();
    const clock = ++this.#clock;
    requestAnimationFrame((now) => this.#tick(now, clock));
  }

  pause() {
    if (this.playing) {
      this.playing = false;
      this.#changed();
    }
  }

  dispose() {
    this.#disposed = true;
    this.#states += 1;
    this.#goals += 1;
    this.playing = false;
    this.#giveUp();
    this.#plans = [];
    this.#dropRunsOutside([]);
  }

  /**
   * @param {number} now
   * @param {number} clock
   */
  async #tick(now, clock) {
    if (!this.playing || !this.#inView || clock !== this.#clock) {
      return;
    }
    const elapsed = Math.min(0.1, Math.max(0, now - this.#lastFrame) / 1000);
    this.#lastFrame = now;
    this.#owed += elapsed * this.speed;
    const steps = Math.floor(this.#owed);
    if (steps > 0) {
      this.#owed -= steps;
      if (!(await this.#playOn(steps)) || this.ended) {
        this.pause();
        return;
      }
    }
    requestAnimationFrame((next) => this.#tick(next, clock));
  }

  /** @param {number} steps @returns {Promise<boolean>} whether the runs could make them */
  async #playOn(steps) {
    try {
      await this.move(steps);
      return true;
    } catch (error) {
      this.dispatchEvent(new CustomEvent("failure", { detail: error }));
      return false;
    }
  }

  /** @param {number} target */
  async #moveTo(target) {
    // A key may be pressed before the scene has any run.
    if (target === this.step || this.#plans.length === 0) {
      return;
    }
    const pending = this.edits.some((edit) => edit.step > this.step && edit.step <= target);
    const reports =
      target > this.step && !pending && !this.#torn
        ? await this.#each((run, plan) => this.#advance(run, plan, target))
        : await this.#create(this.#plans, this.edits, target);
    this.#show(reports, target);
    this.target = this.step;
    this.horizon = Math.max(this.horizon, this.step);
    this.#changed();
  }

  /**
   * @param {Reports} reports
   * @param {number} step
   */
  #show(reports, step) {
    this.reports = reports;
    const reached = Object.values(reports).map(({ status }) => status.step);
    this.step = Math.min(step, Math.max(0, ...reached));
  }

  /**
   * @param {import("./remote-run.js").RemoteRun} run
   * @param {RunPlan} plan
   * @param {number} target
   */
  async #advance(run, plan, target) {
    const report = await run.advance(target - this.step, plan.channels, plan.atEnd);
    const held = this.#held.get(plan.key);
    if (held) {
      held.step = target;
    }
    return report;
  }

  /**
   * @param {RunPlan[]} plans
   * @param {Edit[]} edits
   * @param {number} step
   * @returns {Promise<Reports>}
   */
  async #create(plans, edits, step) {
    this.#began = performance.now();
    try {
      return await this.#makeAll(plans, edits, step);
    } finally {
      this.#began = null;
    }
  }

  /** Makes the runs of the state shown anew, where they are others'. */
  async #mend() {
    if (this.#torn && this.#plans.length > 0) {
      await this.#create(this.#plans, this.edits, this.step);
    }
  }

  /**
   * @param {RunPlan[]} plans
   * @param {Edit[]} edits
   * @param {number} step
   * @returns {Promise<Reports>}
   */
  #makeAll(plans, edits, step) {
    return this.#gather(plans, async (plan) => {
      let run = this.#runs.get(plan.key);
      if (!run) {
        run = this.#pool.run();
        this.#runs.set(plan.key, run);
      }
      const kept = this.#fixedChannels(plan);
      const channels = kept ? plan.channels : [...plan.channels, ...plan.fixed];
      const report = await this.#bring(run, { ...plan, channels }, edits, step);
      return { ...report, channels: { ...kept, ...report.channels } };
    });
  }

  /**
   * Brings a run to a step: onwards when it is on the way there already, as when only the picture
   * changes; else from step 0.
   * @param {import("./remote-run.js").RemoteRun} run
   * @param {RunPlan} plan
   * @param {Edit[]} edits
   * @param {number} step
   */
  async #bring(run, plan, edits, step) {
    const { key, experiment, parameters, channels, atEnd } = plan;
    const source = JSON.stringify([experiment, parameters, edits, this.#pool.tablesGiven]);
    const held = this.#held.get(key);
    const onTheWay =
      held?.source === source && held.step <= step && edits.every((edit) => edit.step <= held.step);
    if (!onTheWay) {
      this.#held.delete(key);
    }
    const report = onTheWay
      ? await run.advance(step - held.step, channels, atEnd)
      : await run.create({
          experiment,
          parameters,
          edits: edits.flatMap((edit) => meant(plan, edit) ?? []),
          step,
          channels,
          atEnd,
        });
    this.#held.set(key, { source, step });
    return report;
  }

  /**
   * The fixed channels at hand for this plan, if all are: what carried fewer before may have to
   * carry more now.
   * @param {RunPlan} plan
   */
  #fixedChannels({ key, fixed, fixedKey }) {
    const earlier = this.#plans.find((plan) => plan.key === key && plan.fixedKey === fixedKey);
    const known = earlier && this.reports[key]?.channels;
    return known && fixed.every((id) => known[id])
      ? Object.fromEntries(fixed.map((id) => [id, known[id]]))
      : undefined;
  }

  /**
   * @param {(run: import("./remote-run.js").RemoteRun, plan: RunPlan) => Promise<Report>} ask
   * @returns {Promise<Reports>}
   */
  #each(ask) {
    return this.#gather(this.#plans, async (plan) => {
      const run = /** @type {import("./remote-run.js").RemoteRun} */ (this.#runs.get(plan.key));
      const report = await ask(run, plan);
      return { ...report, channels: { ...this.#fixedChannels(plan), ...report.channels } };
    });
  }

  /**
   * @param {RunPlan[]} plans
   * @param {(plan: RunPlan) => Promise<Report>} ask
   * @returns {Promise<Reports>}
   */
  async #gather(plans, ask) {
    // One alone stays as it was when it is refused or given up.
    this.#torn ||= plans.length > 1;
    const reports = await Promise.all(plans.map(ask));
    this.#torn = false;
    return Object.fromEntries(plans.map((plan, i) => [plan.key, reports[i]]));
  }

  /** @param {RunPlan[]} plans */
  #dropRunsOutside(plans) {
    for (const [key, run] of this.#runs) {
      if (!plans.some((plan) => plan.key === key)) {
        run.dispose();
        this.#runs.delete(key);
        this.#held.delete(key);
      }
    }
  }

  /**
   * Calls take effect one after another, in the order in which they were made.
   * @template Result
   * @param {() => Promise<Result>} task
   * @returns {Promise<Result>}
   */
  #enqueue(task) {
    const done = this.#queue.then(task);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
