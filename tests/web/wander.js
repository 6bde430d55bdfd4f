// `npm run wander -- [--seed=N] [--minutes=N] [--slowness=N]`: someone who presses, types, slides, points
// and goes anywhere at random, on a machine that is so many times slower. Whatever is done, nothing is
// thrown or missing, no request leaves, and the page comes to rest.

import fc from "fast-check";
import { Failure, isMain, main } from "../../web/build/processes.js";
import { Reader, startDesk } from "./page-driver.js";
import { sceneIds } from "./scene-ids.js";

/**
 * @typedef {object} Act
 * @property {"use" | "key" | "go" | "resize"} kind
 * @property {number} at which of the elements, from 0 to 1
 * @property {number} to where on it, from 0 to 1
 * @property {string} text to type
 * @property {string} key
 * @property {string} scene
 * @property {Record<string, string>} link what a link to it sets, well or badly
 * @property {{ width: number, height: number }} size of the window
 * @property {number} rest in milliseconds afterwards
 */

const actsOnOnePage = 150;
const mostRest = 400;
/** Milliseconds at a slowness of 1. */
const delayOfWorkers = 20;
const windows = [
  { width: 1280, height: 800 },
  { width: 640, height: 480 },
  { width: 360, height: 740 },
];
const moves = ["Space", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"];
const named = ["Enter", "Escape", "Tab", "Delete", "Insert", "Home", "End", "PageUp", "PageDown"];
const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789?+-"];
const texts = fc.oneof(
  fc.integer({ min: -3, max: 1000 }).map(String),
  fc.double({ min: 0, max: 2 }).map(String),
  fc.string({ maxLength: 20 }),
  fc.constantFrom("x^2", "x^4 - x^2", "1,2,3", "a,b,c\n1,2,3\n2,5,4\n3,1,1\n4,4,2\n5,2,6\n"),
);

// Of several scenes, so that a link also sets what a scene does not have.
const links = fc.dictionary(
  fc.constantFrom("alpha", "beta", "batch", "objective", "seed", "controls", "edits"),
  fc.oneof(texts, fc.constantFrom("1e999", "-1", "nan")),
  { maxKeys: 2 },
);

/** @param {string[]} scenes @returns {fc.Arbitrary<Act>} */
function anyAct(scenes) {
  // Evenly: fast-check likes ends.
  const share = fc.noBias(fc.integer({ min: 0, max: 999 })).map((part) => part / 1000);
  return fc.record({
    kind: fc.oneof(
      { weight: 10, arbitrary: fc.constant(/** @type {const} */ ("use")) },
      { weight: 8, arbitrary: fc.constant(/** @type {const} */ ("key")) },
      { weight: 4, arbitrary: fc.constant(/** @type {const} */ ("go")) },
      { weight: 1, arbitrary: fc.constant(/** @type {const} */ ("resize")) },
    ),
    at: share,
    to: share,
    text: texts,
    key: fc.oneof(...[moves, named, letters].map((keys) => fc.constantFrom(...keys))),
    scene: fc.constantFrom(...scenes),
    link: links,
    size: fc.constantFrom(...windows),
    rest: fc.noBias(fc.integer({ min: -mostRest, max: mostRest })),
  });
}

/**
 * In the page: uses one of all the elements that can be used; a picture is left to the mouse.
 * @param {Act} act
 */
function useInPage({ at, to, text }) {
  const kinds = "button, summary, select, input, textarea, canvas, a[href^='#']";
  const all = [...document.querySelectorAll(kinds)].filter(
    (node) => node.checkVisibility() && !node.matches(":disabled, [type=file]"),
  );
  const node = all[Math.min(all.length - 1, Math.floor(at * all.length))];
  const name = node?.getAttribute("aria-label") ?? node?.textContent?.trim().slice(0, 40);
  if (node instanceof HTMLCanvasElement) {
    const { x, y, width, height } = node.getBoundingClientRect();
    return { name: "picture", place: { x, y, width, height } };
  }
  const isSwitch = node?.matches("button, summary, a, [type=checkbox], [type=radio]");
  if (isSwitch) {
    /** @type {HTMLElement} */ (node).click();
    return { name };
  }
  const input = /** @type {HTMLInputElement | HTMLSelectElement | undefined} */ (node);
  if (!input) {
    return { name: "nothing" };
  }
  if (input instanceof HTMLSelectElement) {
    input.selectedIndex = Math.floor(to * input.options.length);
  } else if (input.type === "range") {
    input.value = String(Number(input.min) + to * (Number(input.max) - Number(input.min)));
  } else {
    input.focus();
    input.value = text;
  }
  for (const type of ["input", "change"]) {
    input.dispatchEvent(new Event(type, { bubbles: true }));
  }
  return { name: `${name || input.id} = ${input.value}` };
}

/**
 * A click, a double click or a drag across it.
 * @param {Reader} reader
 * @param {{ x: number, y: number, width: number, height: number }} place
 * @param {Act} act
 */
async function point({ page }, { x, y, width, height }, { at, to, rest }) {
  const part = (/** @type {number} */ share) => (7 * share) % 1;
  await page.mouse.move(x + part(at) * width, y + part(to) * height);
  await page.mouse.down();
  await page.mouse.move(x + to * width, y + at * height, { steps: 3 });
  await page.mouse.up();
  if (rest > mostRest / 2) {
    await page.mouse.dblclick(x + to * width, y + at * height);
  }
}

/**
 * @param {Reader} reader
 * @param {Act} act
 * @returns {Promise<string>} what was done, in words
 */
async function perform(reader, act) {
  const { page } = reader;
  switch (act.kind) {
    case "use": {
      const { name, place } = await page.evaluate(useInPage, act);
      if (place && place.width > 0) {
        await point(reader, place, act);
      }
      return `use ${name}`;
    }
    case "key":
      await page.keyboard.press(act.key);
      return `key ${act.key}`;
    case "go": {
      const query = new URLSearchParams({ t: `${Math.floor(60 * act.to)}`, ...act.link });
      await reader.goToHash(`#${act.scene}?${query}`);
      return `go to ${act.scene}?${query}`;
    }
    case "resize":
      await page.setViewportSize(act.size);
      return `resize to ${act.size.width}`;
  }
}

/** In the page, before its own scripts: a worker hears every question late. @param {number} delay */
function delayWorkers(delay) {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (/** @type {unknown} */ message) {
    setTimeout(() => postMessage.call(this, message), delay);
  };
}

/**
 * Opens a page as a slow machine does, and does not wait for its first picture.
 * @param {Awaited<ReturnType<typeof startDesk>>} desk
 * @param {string} address
 * @param {number} slowness
 */
async function openSlowly(desk, address, slowness) {
  const reader = await Reader.start(desk.context);
  const session = await desk.context.newCDPSession(reader.page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
  await reader.page.addInitScript(delayWorkers, delayOfWorkers * slowness);
  await reader.page.goto(desk.url + address);
  await reader.page.locator("h1").first().waitFor();
  return reader;
}

/**
 * @param {Reader} reader
 * @param {Act[]} acts
 * @returns {Promise<string[]>} what was done, the last thing last
 */
async function wanderOnOnePage(reader, acts) {
  const done = [];
  for (const act of acts) {
    done.push(await perform(reader, act));
    if (act.rest > 0) {
      await reader.page.waitForTimeout(act.rest);
    }
    if (reader.watch.problems.length > 0) {
      break;
    }
  }
  return done;
}

/** Paused, whatever is computed comes to an end or is given up. @param {Reader} reader */
async function comesToRest(reader) {
  await reader.goToHash("#step-size?t=3");
  await reader.untilReadOut(/^step 3 /);
  await reader.leave();
}

/**
 * @param {{ seed: number, minutes: number, slowness: number }} options
 * @param {(fault: string) => void} tell
 * @returns {Promise<{ acts: number, faults: number }>}
 */
export async function wander({ seed, minutes, slowness }, tell) {
  const scenes = await sceneIds();
  const desk = await startDesk();
  const end = performance.now() + 60_000 * minutes;
  const total = { acts: 0, faults: 0 };
  for (let page = 0; performance.now() < end; ++page) {
    const acts = fc.sample(anyAct(scenes), { numRuns: actsOnOnePage, seed: seed + page });
    const reader = await openSlowly(desk, `#${scenes[page % scenes.length]}`, slowness);
    /** @type {string[]} */
    let done = [];
    try {
      done = await wanderOnOnePage(reader, acts);
      await comesToRest(reader);
    } catch (error) {
      total.faults += 1;
      const last = done.slice(-10).join("; ");
      tell(`seed ${seed + page}: ${/** @type {Error} */ (error).message}\n  after ${last}`);
      await reader.page.close();
    }
    total.acts += done.length;
  }
  await desk.close();
  return total;
}

/** @param {string[]} words */
function readWords(words) {
  const options = { seed: 1, minutes: 5, slowness: 4 };
  for (const word of words) {
    const [, name, text] = /^--(seed|minutes|slowness)=(.+)$/.exec(word) ?? [];
    if (!name || !(Number(text) > 0)) {
      throw new Failure("Usage: npm run wander -- [--seed=N] [--minutes=N] [--slowness=N], N > 0.");
    }
    options[/** @type {keyof typeof options} */ (name)] = Number(text);
  }
  return options;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { acts, faults } = await wander(readWords(process.argv.slice(2)), console.log);
    console.log(`${acts} acts, ${faults} faults`);
    if (faults > 0) {
      throw new Failure("Something went wrong on the way.");
    }
  });
}
