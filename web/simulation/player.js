// One scene in time: play, pause, step, back, scrub, live changes. It says what the scene's runs do
// next, one thing after the other; it neither draws nor knows what the runs mean.

import { Clock } from "./clock.js";
import { GivenUp } from "./errors.js";
import { Pace } from "./pace.js";
import { SceneRuns } from "./scene-runs.js";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Edit} Edit */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("./scene-runs.js").RunPlan} RunPlan */
/** @typedef {import("./scene-runs.js").Reports} Reports */

/** Of a step or a change: given up, it just ends. @param {Error} error */
function endIfGivenUp(error) {
  if (!(error instanceof GivenUp)) {
    throw error;
  }
}

/**
 * Emits "change" when there is something new to show, and "failure", with the error, when playing
 * came to nothing.
 */
export class Player extends EventTarget {
  #runs;
  #pace = new Pace();
  #clock = new Clock((steps) => this.#playOn(steps));
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();
  #inView = true;
  /** Count what was asked for: only the newest state, and the newest step, are computed. */
  #states = 0;
  #goals = 0;
  /** A step that was asked for is on its way: another one may take its place, but never a state's. */
  #isMoving = false;
  #disposed = false;

  /** What the runs were started from. @type {SceneState | null} */
  state = null;
  /** @type {Edit[]} */
  edits = [];
  /** The step shown, and the furthest one reached since the last restart. */
  step = 0;
  horizon = 0;
  /** The step asked for: beyond `step` when every run ended before it. */
  target = 0;
  playing = false;

  /** @param {import("./pool.js").Pool} pool */
  constructor(pool) {
    super();
    this.#runs = new SceneRuns(pool);
  }

  /** What the runs shown were started with. */
  get plans() {
    return this.#runs.plans;
  }

  /** Of the step shown. */
  get reports() {
    return this.#runs.reports;
  }

  /** Of the runs that say how far the scene goes. */
  get #leading() {
    return this.plans
      .filter(({ companion }) => !companion)
      .map(({ key }) => this.reports[key].status);
  }

  /** Whether every run has ended that is no companion, so that playing on shows nothing more. */
  get ended() {
    const leading = this.#leading;
    return leading.length > 0 && leading.every((status) => status.state !== "running");
  }

  /** Steps per second while playing. */
  get speed() {
    return this.#clock.speed;
  }
  set speed(stepsPerSecond) {
    this.#clock.speed = stepsPerSecond;
  }

  /**
   * Starts these runs from step 0 and replays them to the state's step. When one is refused nothing
   * changes.
   * @param {SceneState} state
   * @param {RunPlan[]} plans
   * @returns {Promise<void>} rejects with a SimulationError, a GivenUp when another state is wanted
   */
  restart(state, plans) {
    const turn = ++this.#states;
    this.#goals += 1;
    this.hurry();
    return this.#enqueue(async () => {
      if (turn !== this.#states) {
        throw new GivenUp();
      }
      this.#pace = new Pace();
      const start = this.#startOf(plans, state.edits, state.step);
      await this.#remake(plans, state.edits, start);
      this.state = state;
      this.edits = state.edits;
      this.target = state.step;
      this.horizon = Math.max(0, ...state.edits.map((edit) => edit.step));
      this.#arriveAt(start);
      try {
        await this.#goOn(state.step, () => turn === this.#states);
      } finally {
        this.#changed();
      }
    });
  }

  /**
   * Up to where the runs are made in one go: what comes after may take long.
   * @param {RunPlan[]} plans
   * @param {Edit[]} edits
   * @param {number} step
   */
  #startOf(plans, edits, step) {
    if (!this.#runs.mustStart(plans, edits, step)) {
      return step;
    }
    const earlier = edits.map((edit) => edit.step).filter((each) => each <= step);
    return Math.max(Math.min(step, this.#pace.leg), ...earlier);
  }

  /** Another state is wanted than the one that is being computed. */
  hurry() {
    this.#runs.hurry();
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
        await this.#moveTo(Math.max(0, Math.round(step)), () => turn === this.#goals);
      } finally {
        this.#isMoving = false;
      }
    }).catch(endIfGivenUp);
  }

  /** @param {number} by */
  move(by) {
    return this.#enqueue(() => this.#moveTo(Math.max(0, this.step + by), () => true)).catch(
      endIfGivenUp,
    );
  }

  /**
   * A live change at the step shown. What lay beyond it is given up.
   * @param {string} parameter
   * @param {Value} value
   */
  set(parameter, value) {
    return this.#enqueue(async () => {
      if (this.plans.length === 0) {
        return;
      }
      const change = { step: this.step, parameter, value };
      await this.#runs.mend(this.edits, this.step);
      await this.#unlessDisposed(this.#runs.set(change));
      const earlier = this.edits.filter((edit) => edit.step < this.step);
      const sameStep = this.edits.filter(
        (edit) => edit.step === this.step && edit.parameter !== parameter,
      );
      this.edits = [...earlier, ...sameStep, change];
      this.horizon = this.step;
      this.#arriveAt(this.step);
      this.#changed();
    }).catch(endIfGivenUp);
  }

  /**
   * More of the step shown than the picture needs.
   * @param {(experiment: string) => string[]} channelsOf what to report of an experiment's run
   * @returns {Promise<{ plans: RunPlan[], reports: Reports }>} rejects with a GivenUp once disposed
   */
  reportOf(channelsOf) {
    return this.#enqueue(async () => {
      await this.#unlessDisposed(this.#runs.mend(this.edits, this.step));
      return this.#runs.reportOf(channelsOf);
    });
  }

  play() {
    if (!this.playing && !this.#disposed) {
      this.playing = true;
      this.#runClock();
      this.#changed();
    }
  }

  pause() {
    if (this.playing) {
      this.playing = false;
      this.#runClock();
      this.#changed();
    }
  }

  /** Whether anyone can see it: out of view nothing is computed, and it goes on from there. */
  set inView(/** @type {boolean} */ seen) {
    if (seen !== this.#inView) {
      this.#inView = seen;
      this.#runClock();
    }
  }

  #runClock() {
    if (this.playing && this.#inView) {
      this.#clock.start();
    } else {
      this.#clock.stop();
    }
  }

  dispose() {
    this.#disposed = true;
    this.#states += 1;
    this.#goals += 1;
    this.playing = false;
    this.#runClock();
    this.#runs.dispose();
  }

  /** @param {number} steps @returns {Promise<boolean>} whether there is more to play */
  async #playOn(steps) {
    try {
      await this.move(steps);
    } catch (error) {
      this.dispatchEvent(new CustomEvent("failure", { detail: error }));
      this.pause();
      return false;
    }
    if (this.ended) {
      this.pause();
    }
    return !this.ended;
  }

  /**
   * @param {number} target
   * @param {() => boolean} isWanted
   */
  async #moveTo(target, isWanted) {
    // A key may be pressed before the scene has any run.
    if (target === this.step || this.plans.length === 0) {
      return;
    }
    this.#pace.begin(this.step);
    const pending = this.edits.some((edit) => edit.step > this.step && edit.step <= target);
    if (target < this.step || pending || this.#runs.areTorn) {
      const start = this.#startOf(this.plans, this.edits, target);
      await this.#remake(this.plans, this.edits, start);
      this.#arriveAt(start);
    }
    this.target = target;
    try {
      await this.#goOn(target, isWanted);
    } finally {
      this.target = this.step;
      this.#changed();
    }
  }

  /**
   * On from the step reached, a leg at a time: what takes long is seen to grow. It ends early when
   * every run has, and when something else is wanted.
   * @param {number} target
   * @param {() => boolean} isWanted
   */
  async #goOn(target, isWanted) {
    for (let from = -1; from < this.step && this.step < target && !this.ended; ) {
      if (!isWanted()) {
        throw new GivenUp();
      }
      from = this.step;
      const next = Math.min(target, from + this.#pace.leg);
      await this.#unlessDisposed(this.#runs.advance(from, next));
      this.#arriveAt(next);
      if (this.step < target && this.#pace.isTimeToShow()) {
        this.#changed();
      }
    }
  }

  /**
   * Makes runs and shows them.
   * @param {RunPlan[]} plans
   * @param {Edit[]} edits
   * @param {number} step
   */
  async #remake(plans, edits, step) {
    const reports = await this.#unlessDisposed(this.#runs.make(plans, edits, step));
    this.#runs.adopt(plans, reports);
  }

  /**
   * What is answered once the scene is left is given up.
   * @template Result
   * @param {Promise<Result>} answer
   */
  async #unlessDisposed(answer) {
    const result = await answer;
    if (this.#disposed) {
      throw new GivenUp();
    }
    return result;
  }

  /** @param {number} step which the runs may have ended before */
  #arriveAt(step) {
    this.#pace.arriveAt(step);
    const reached = this.#leading.map((status) => status.step);
    this.step = Math.min(step, Math.max(0, ...reached));
    this.horizon = Math.max(this.horizon, this.step);
  }

  /**
   * Calls take effect one after another, in the order in which they were made; once disposed they are
   * given up.
   * @template Result
   * @param {() => Promise<Result>} task
   * @returns {Promise<Result>}
   */
  #enqueue(task) {
    const done = this.#unlessDisposed(this.#queue).then(task);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #changed() {
    if (!this.#disposed) {
      this.dispatchEvent(new Event("change"));
    }
  }
}
