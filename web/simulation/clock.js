// Time that passes as steps.

/** While it runs, every frame of the page brings the steps that are due. */
export class Clock {
  #takeSteps;
  /** Counts the starts and stops: only what the newest start set going goes on. */
  #turn = 0;
  #lastFrame = 0;
  #owed = 0;

  /** Steps per second. */
  speed = 1;

  /**
   * @param {(steps: number) => Promise<boolean>} takeSteps says whether to go on; no step is due
   *   before it has answered
   */
  constructor(takeSteps) {
    this.#takeSteps = takeSteps;
  }

  start() {
    this.#owed = 0;
    this.#lastFrame = performance.now();
    const turn = ++this.#turn;
    requestAnimationFrame((now) => this.#tick(now, turn));
  }

  stop() {
    this.#turn += 1;
  }

  /**
   * @param {number} now
   * @param {number} turn
   */
  async #tick(now, turn) {
    if (turn !== this.#turn) {
      return;
    }
    // What a page at rest has missed is not made up for.
    const elapsed = Math.min(0.1, Math.max(0, now - this.#lastFrame) / 1000);
    this.#lastFrame = now;
    this.#owed += elapsed * this.speed;
    const steps = Math.floor(this.#owed);
    this.#owed -= steps;
    if (steps > 0 && !(await this.#takeSteps(steps))) {
      return;
    }
    requestAnimationFrame((next) => this.#tick(next, turn));
  }
}
