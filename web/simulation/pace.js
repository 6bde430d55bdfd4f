// How many steps at a time are not too long to wait for, learned from those that were made.

// Milliseconds that a leg of a long way may take, and that one waits for a picture of the way so far.
const aim = 500;
const patience = 1000;
// So many that hardly any run takes long for them.
const few = 8;

export class Pace {
  /** As many steps as take about the time aimed at. */
  leg = few;
  #at = 0;
  #arrived = performance.now();
  #shown = this.#arrived;

  /** A way from a step on. @param {number} step */
  begin(step) {
    this.#at = step;
    this.#arrived = performance.now();
    this.#shown = this.#arrived;
  }

  /** @param {number} step */
  arriveAt(step) {
    const now = performance.now();
    const made = step - this.#at;
    if (made > 0) {
      this.leg = Math.max(1, Math.round((made * aim) / Math.max(1, now - this.#arrived)));
    }
    this.#at = step;
    this.#arrived = now;
  }

  /** Whether the last picture was so long ago that one should come before the way is done. */
  isTimeToShow() {
    const isTime = this.#arrived - this.#shown > patience;
    if (isTime) {
      this.#shown = this.#arrived;
    }
    return isTime;
  }
}
