// What comes in by a link or by typing: wrong values are named in a sentence, the rest is kept, and
// the way back and forward is open.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Reader, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const kept = { condition: 20, x0: -1.5, t: 9 };
const keptText = "condition=20&x0=-1.5&t=9";
const manyEdits = Array.from({ length: 3 }, (_, i) => `${i}:alpha`).join(",");

/** A link's part, how the sentence must read, and what it falls back to. */
const wrongLinks = /** @type {const} */ ([
  ["objective=cubic", /objective.*“?cubic”?/, { objective: null }],
  ["objective=__proto__", /objective.*__proto__/, { objective: null }],
  ["method=newton", /method.*newton/, { method: null }],
  ["alpha=-1", /alpha.*−?-?1/, { alpha: null }],
  ["alpha=1e300", /alpha.*1e\+?300/, { alpha: null }],
  ["alpha=fast", /alpha.*fast/, { alpha: null }],
  ["alpha=", /alpha/, { alpha: null }],
  ["y0=1e9", /y0.*1e\+?9|y0.*1000000000/, { y0: null }],
  ["momentum=1.5", /momentum.*1\.5/, { momentum: null }],
  ["race=newton,adam", /race.*newton/, { race: "adam" }],
  ["t=-3", /t must be a whole number.*-3/, {}],
  ["t=1e99", /t must be a whole number.*1e99/, {}],
  ["edits=nonsense", /live change “nonsense”/, { edits: null }],
  ["edits=5:alpha:0.1,6:condition:3", /live change “6:condition:3”/, { edits: "5:alpha:0.1" }],
  ["edits=5:alpha:-1", /alpha.*-1/, { edits: null }],
  ["edits=%25:%25:%25", /live change/, { edits: null }],
  ["colour=red", /“colour”/, {}],
  ["objective=least-squares&features=bmi,nonsense", /features.*“nonsense”/, { features: null }],
  ["objective=least-squares&dataset=iris", /dataset.*iris/, { dataset: null }],
  ["objective=mixture-1d&weights=1,heavy", /weights.*“heavy”/, { weights: null }],
  ["v=99", /another version.*99/, {}],
]);

test("of a link with thousands of mistakes some are told, and how many more there are", async () => {
  const changes = Array.from({ length: 3000 }, (_, i) => `x${i}`).join(",");
  const reader = await desk.open(`#step-size?${keptText}&edits=${changes}&colour=red`);
  await reader.untilText(".notice", /live change “x0” cannot be read/);
  const told = await reader.complaints();
  assert.equal(told.length, 9);
  assert.equal(told[8], "There are 2993 more.");
  await reader.untilReadOut(/^step 9 /);
  await reader.leave();
});

test("a link with a wrong part opens, names it and keeps the rest", async () => {
  const reader = await desk.open(`#step-size?${keptText}`);
  for (const [part, sentence, fallen] of wrongLinks) {
    await reader.goToHash(`#step-size?${keptText}&${part}`);
    await reader.untilText(".notice", sentence);
    await seesOneSentence(reader, sentence);
    await reader.untilAddress({ ...kept, ...fallen, v: 1 });
    await reader.untilReadOut(/^step 9 /);
  }
  await reader.seesPanels(["landscape", "gap"]);
  await reader.goToHash(`#step-size?${keptText}&alpha=0.01`);
  await reader.until(
    () => reader.notice.isHidden(),
    () => "a sound link did not clear the notice",
  );
  await reader.leave();
});

test("lists that must be equally long fall back together, in two sentences", async () => {
  for (const [address, sentence, fallen] of /** @type {const} */ ([
    ["#confusion?a=1,x&b=1,2&alpha=0.02", /“x”/, "targets b"],
    ["#confusion?a=0,0&b=1,2&alpha=0.02", /a/, "targets b"],
    [
      "#gibbs?objective=mixture-1d&weights=1,1,-1&means=-1,0,1&deviations=0.1,0.2,0.3",
      /weights/,
      "means, deviations",
    ],
  ])) {
    const reader = await desk.open(address);
    const complaints = await reader.complaints();
    assert.equal(complaints.length, 2, complaints.join("\n"));
    assert.match(complaints[0], sentence);
    assert.equal(complaints[1], `With it fell back to the default: ${fallen}.`);
    await reader.leave();
  }
});

test("several faults in one link each have their sentence", async () => {
  const reader = await desk.open(`#step-size?alpha=-1&method=newton&colour=red&edits=${manyEdits}`);
  const complaints = await reader.complaints();
  assert.equal(complaints.length, 6, complaints.join("\n"));
  await reader.leave();
});

test("an unknown scene opens the first one and says so", async () => {
  const reader = await desk.open("#annealing-of-steel?alpha=0.1");
  await seesOneSentence(reader, /annealing-of-steel.*does not exist/);
  assert.match((await reader.page.locator("h1").textContent()) ?? "", /How large a step/);
  await reader.seesPanels(["landscape", "gap"]);
  await reader.leave();
});

test("markup and great lengths in a link are text, and cut short", async () => {
  const attack = encodeURIComponent("<img src=x onerror=alert(1)>");
  const reader = await desk.open(
    `#step-size?${attack}=1&objective=${attack}&race=${"z".repeat(5000)}`,
  );
  const complaints = await reader.complaints();
  assert.equal(complaints.length, 3, complaints.join("\n"));
  assert.ok(complaints.every((text) => text.length < 400));
  assert.equal(await reader.page.locator("img").count(), 0);
  await reader.leave();
});

test("a link for more steps than a run makes stops at the last one and stays usable", async () => {
  const reader = await desk.open("#step-size?t=1000000&alpha=0.001&race=");
  await reader.untilReadOut(/^step 100000 /);
  await reader.seesPanels(["landscape", "gap"]);
  await reader.press("Reset");
  await reader.untilReadOut(/^step 0 /);
  await reader.leave();
});

test("a link for a great many steps ends where the run ends", async () => {
  const reader = await desk.open("#step-size?t=1000000&alpha=0.21");
  await reader.untilText(".marked-slider .note", /Gradient descent diverged at step \d+/);
  await reader.seesPanels(["landscape", "gap"]);
  await reader.leave();
});

/** An entry, what is typed, and how the sentence must read. */
const wrongEntries = /** @type {const} */ ([
  ["alpha", "-1", /alpha.*-1.*\./],
  ["alpha", "−0.1", /alpha.*-0\.1/],
  ["alpha", "1e300", /alpha.*1e\+?300/],
  ["alpha", "0", /alpha/],
  ["alpha", "fast", /alpha.*fast/],
  ["alpha", "0,1", /alpha.*0,1/],
  ["alpha", "", /alpha/],
  ["alpha", "Infinity", /alpha/],
  ["condition", "0", /condition.*0/],
  ["condition", "1e9", /condition.*1e\+?9|condition.*1000000000/],
  ["x0", "left", /x0.*left/],
  ["y0", "1e300", /y0.*1e\+?300/],
]);

test("a wrong entry gives one sentence beside it, and the state stays as it was", async () => {
  const reader = await desk.open(`#step-size?${keptText}&alpha=0.03`);
  await reader.untilAddress({ ...kept, alpha: 0.03 });
  const readOut = await reader.readOut.textContent();
  for (const [id, text, sentence] of wrongEntries) {
    await reader.type(id, text);
    await reader.untilText(".complaint", sentence);
    await seesOneSentence(reader, sentence);
    assert.equal(await reader.readOut.textContent(), readOut);
    await reader.untilAddress({ ...kept, alpha: 0.03, y0: null });
    await setRight(reader, id);
    assert.deepEqual(await reader.complaints(), [], `${id} ${text}`);
  }
  await reader.seesPanels(["landscape", "gap"]);
  await reader.leave();
});

test("a complaint stays while the picture plays, and the clock goes on", async () => {
  const reader = await desk.open("#step-size?t=0&alpha=0.001");
  await reader.press("Play");
  await reader.untilReadOut(/^step [1-9]/);
  await reader.type("alpha", "-1");
  await reader.untilText(".complaint", /alpha/);
  const then = await reader.step();
  await reader.untilStep(then + 5);
  await seesOneSentence(reader, /alpha.*-1/);
  await reader.type("alpha", "0.002");
  await reader.until(
    async () => (await reader.complaints()).length === 0,
    () => "the complaint outlived what it was about",
  );
  await reader.press("Pause");
  await reader.untilAddress({ edits: (text) => /^\d+:alpha:0\.002$/.test(text ?? "") });
  await reader.leave();
});

test("what is being typed stays while the picture plays", async () => {
  const reader = await desk.open("#step-size?t=0&alpha=0.001");
  await reader.press("Play");
  await reader.untilReadOut(/^step [1-9]/);
  await reader.alpha.click({ clickCount: 3 });
  for (const key of "0.0123") {
    await reader.page.keyboard.press(key);
    const then = await reader.step();
    await reader.until(
      async () => (await reader.step()) > then,
      () => "the clock stopped",
    );
  }
  assert.equal(await reader.alpha.inputValue(), "0.0123");
  await reader.page.keyboard.press("Enter");
  await reader.press("Pause");
  await reader.untilAddress({ edits: (text) => /^\d+:alpha:0\.0123$/.test(text ?? "") });
  await reader.leave();
});

test("an address edited by hand, back and forward show their states", async () => {
  const reader = await desk.open("#step-size?t=5");
  await reader.untilReadOut(/^step 5 /);
  const first = await reader.pictures();
  await reader.goToHash("#step-size?t=30&condition=100&alpha=0.01");
  await reader.untilReadOut(/^step 30 /);
  assert.equal(await reader.entry("condition").inputValue(), "100");
  await reader.goToHash("#step-size?objective=logistic&t=3");
  await reader.untilReadOut(/^step 3 /);
  await reader.page.goBack();
  await reader.untilReadOut(/^step 30 /);
  await reader.page.goBack();
  await reader.untilReadOut(/^step 5 /);
  assert.deepEqual(await reader.complaints(), []);
  const again = await reader.pictures();
  assert.deepEqual(again.landscape.data, first.landscape.data);
  await reader.page.goForward();
  await reader.untilReadOut(/^step 30 /);
  await reader.page.goForward();
  await reader.untilReadOut(/^step 3 /);
  await reader.seesPanels(["landscape", "data", "gap"]);
  await reader.leave();
});

test("an address edited by hand while it plays shows its own state and step", async () => {
  const reader = await desk.open("#step-size?t=0&alpha=0.001");
  await reader.press("Play");
  await reader.untilReadOut(/^step [1-9]/);
  await reader.goToHash("#step-size?t=7&alpha=0.05");
  await reader.untilText(".play", /Play/);
  await reader.untilReadOut(/^step 7 /);
  await reader.untilAddress({ t: 7, alpha: 0.05, edits: null });
  await reader.leave();
});

test("the address follows what plays, and not at every frame", async () => {
  const reader = await desk.open("#step-size?alpha=0.001&t=0");
  await reader.untilAddress({ t: 0 });
  await reader.page.evaluate(() => {
    const { replaceState } = window.history;
    /** @type {number[]} */
    const times = [];
    Object.assign(globalThis, { times });
    window.history.replaceState = function (...written) {
      times.push(performance.now());
      return replaceState.apply(this, written);
    };
  });
  const isPlaying = async () => /Pause/.test((await reader.play.textContent()) ?? "");
  await reader.press("▶ Play");
  await reader.untilAddress({ t: (text) => Number(text) > 0 });
  await reader.type("alpha", "0.002");
  await reader.untilAddress({ edits: (text) => /^\d+:alpha:0\.002$/.test(text ?? "") });
  const seen = Number((await reader.address()).get("t"));
  await reader.untilAddress({ t: (text) => Number(text) > seen });
  assert.ok(await isPlaying(), "it stopped");
  const times = await reader.page.evaluate(() => /** @type {any} */ (globalThis).times);
  const gaps = times.slice(1).map((/** @type {number} */ time, /** @type {number} */ i) => {
    return time - times[i];
  });
  assert.ok(Math.min(...gaps) > 250, `written after ${gaps} ms`);
  await reader.press("❚❚ Pause");
  const last = await reader.step();
  await reader.untilAddress({ t: (text) => Number(text) >= last });
  await reader.press("One step too far");
  await reader.untilAddress({ alpha: (text) => Number(text) > 0.2, edits: null });
  await reader.leave();
});

test("the address skips what is shown on the way to the start that a scene finds", async () => {
  const reader = await desk.open("#step-size?objective=least-squares&t=3");
  await reader.untilAddress({ t: 3 });
  await reader.page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    // Longer than what rests for a while waits for being written.
    Worker.prototype.postMessage = function (/** @type {any} */ message) {
      const wait = message.request.kind === "create" ? 1500 : 0;
      window.setTimeout(() => postMessage.call(this, message), wait);
    };
    const { replaceState } = window.history;
    /** @type {string[]} */
    const written = [];
    Object.assign(globalThis, { written });
    window.history.replaceState = function (...to) {
      written.push(String(to[2]));
      return replaceState.apply(this, to);
    };
  });
  await reader.type("features", "bmi,bp");
  await reader.untilAddress({ features: "bmi,bp", x0: (text) => text !== null });
  const written = await reader.page.evaluate(() => /** @type {any} */ (globalThis).written);
  for (const address of written) {
    assert.match(address, /x0=/);
  }
  await reader.leave();
});

test("what plays on while another address is loaded leaves that one as it is", async () => {
  const reader = await desk.open("#step-size?alpha=0.0001&t=0");
  /** @type {(() => void)[]} */
  const held = [];
  await reader.page.route(/\/gibbs-[^/]*\.js$/, async (route) => {
    await new Promise((resolve) => held.push(() => resolve(undefined)));
    await route.continue();
  });
  await reader.press("▶ Play");
  await reader.untilAddress({ t: (text) => Number(text) > 0 });
  await reader.goToHash("#gibbs?beta=5&t=7");
  await reader.until(
    () => held.length > 0,
    () => "the other scene was never asked for",
  );
  const step = await reader.step();
  await reader.until(
    async () => (await reader.step()) > step + 20, // two seconds of play
    () => "it did not play on",
  );
  assert.equal(reader.hash, "#gibbs?beta=5&t=7");
  for (const release of held) {
    release();
  }
  await reader.untilReadOut(/^step 7 · .*/);
  await reader.untilAddress({ beta: 5, t: 7 });
  await reader.leave();
});

test("what was pressed just before another address neither comes nor plays after it", async () => {
  const reader = await desk.open("#gibbs?t=5");
  await reader.page.evaluate(() => {
    for (const step of document.querySelectorAll(".try")) {
      /** @type {HTMLElement} */ (step).click();
    }
    window.location.hash = "#gibbs?beta=5&t=7";
  });
  await reader.untilReadOut(/^step 7 /);
  await reader.untilAddress({ t: 7, beta: 5, objective: null, alpha: null });
  await reader.untilText(".play", /Play/);
  await reader.leave();
});

test("what a scene that was left still answers is not shown", async () => {
  const reader = await desk.open("#step-size?t=3");
  await reader.untilAddress({ t: 3 });
  // A step reaches its worker only when the next scene is there.
  await reader.page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (/** @type {any} */ message) {
      const send = () => postMessage.call(this, message);
      if (message.request.kind === "advance") {
        window.addEventListener("send", send, { once: true });
      } else {
        send();
      }
    };
  });
  for (const scene of ["local-entropy", "landscape", "gibbs"]) {
    await reader.page.keyboard.press("ArrowRight");
    await reader.goToHash(`#${scene}?t=2`);
    await reader.untilAddress({ t: 2 });
    await reader.page.evaluate(() => window.dispatchEvent(new Event("send")));
    await reader.untilReadOut(/^step 2 /);
  }
  await reader.page.waitForTimeout(300);
  await reader.untilAddress({ t: 2 });
  await reader.leave();
});

/**
 * Opens a link of the step size's scene, whose first picture waits for the answer's `show`.
 * @param {string} query
 */
async function openHeld(query) {
  const reader = await Reader.start(desk.context);
  const { page } = reader;
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    const sending = new Promise((resolve) => window.addEventListener("send", resolve));
    Worker.prototype.postMessage = async function (/** @type {any} */ message) {
      await (message.request.kind === "create" && sending);
      postMessage.call(this, message);
    };
  });
  const link = `${desk.url}#step-size?${query}`;
  await page.goto(link);
  await page.locator("h1", { hasText: "large" }).waitFor();
  await reader.untilText(".play", /Play/);
  return { reader, link, show: () => page.evaluate(() => window.dispatchEvent(new Event("send"))) };
}

test("before the first picture all that is pressed waits for it, and the link is kept", async () => {
  const { reader, link, show } = await openHeld("v=1&condition=30&alpha=0.02&t=4");
  const { page } = reader;
  assert.equal(await reader.alpha.inputValue(), "0.02");
  await page.keyboard.press("Space");
  await reader.untilText(".play", /Pause/);
  await page.keyboard.press("Space");
  const save = page.locator("summary", { hasText: "Export" });
  for (const name of ["Picture, PNG", "Picture, SVG", "Numbers, CSV", "Replay, WebM"]) {
    await save.click();
    await page.getByRole("button", { name }).click();
  }
  await page.waitForTimeout(400);
  assert.equal(page.url(), link);
  await reader.type("x0", "-1.5");
  await show();
  await reader.untilReadOut(/^step 4 /);
  await reader.untilAddress({ condition: 30, alpha: 0.02, x0: -1.5, t: 4 });
  await reader.leave();
});

test("before the first picture a link's bad values are not shown, and take nothing else with them", async () => {
  const { reader, show } = await openHeld("alpha=1e999&condition=8&race=rocket&beats=7&t=4");
  const usual = await reader.alpha.inputValue();
  assert.match(usual, /^0\.\d+$/);
  assert.doesNotMatch(await reader.allText(), /Infinity|∞|rocket/);
  await reader.type("x0", "-1.5");
  await show();
  await reader.untilReadOut(/^step 4 /);
  await reader.untilAddress({ alpha: null, condition: 8, race: "", x0: -1.5, t: 4 });
  assert.equal(await reader.alpha.inputValue(), usual);
  const complaints = (await reader.complaints()).join(" ");
  assert.match(complaints, /alpha\) must be a number .* not infinity/);
  assert.match(complaints, /race .*rocket/);
  assert.match(complaints, /“beats”/);
  await reader.leave();
});

test("what is tried before the first picture keeps the controls that the link offers", async () => {
  const { reader, show } = await openHeld("controls=alpha,x0&condition=30&t=4");
  await reader.page.locator("button.try").nth(1).click();
  await show();
  await reader.untilReadOut(/^step \d+ /);
  await reader.untilAddress({ controls: "alpha,x0", condition: (text) => text !== "30" });
  await reader.leave();
});

test("of addresses gone to in one breath the last is shown, whatever is loaded late", async () => {
  const reader = await desk.open("#step-size?t=1");
  await reader.untilReadOut(/^step 1 /);
  /** @type {(() => void)[]} */
  const held = [];
  await reader.page.route(/\/(gibbs|page)-[^/]*\.js$/, async (route) => {
    await new Promise((resolve) => held.push(() => resolve(undefined)));
    await route.continue();
  });
  await reader.goToHash("#gibbs");
  await reader.goToHash("#errata");
  await reader.until(
    () => held.length >= 2,
    () => `only ${held.length} scripts were asked for`,
  );
  await reader.goToHash("#step-size?t=3");
  await reader.untilReadOut(/^step 3 /);
  const finished = reader.page.waitForEvent("requestfinished", (request) =>
    request.url().includes("/gibbs-"),
  );
  for (const release of held) {
    release();
  }
  await finished;
  await reader.frames();
  await reader.untilReadOut(/^step 3 · 3 gradients · f − f\* = /);
  await reader.untilAddress({ t: 3 });
  await reader.leave();
});

test("what would take minutes is given up for what is wanted next", async () => {
  const reader = await desk.open("#gibbs?t=5");
  await reader.untilReadOut(/^step 5 /);
  const endless = "#gibbs?replicates=100000&t=100000";
  const busy = reader.page.locator('.figure[aria-busy="true"]');
  await reader.goToHash(endless);
  await busy.waitFor();
  await reader.type("beta", "3");
  await reader.untilAddress({ t: 5, beta: 3, replicates: null });
  await reader.goToHash(endless);
  await busy.waitFor();
  await reader.goToHash("#gibbs?t=7");
  await reader.untilReadOut(/^step 7 /);
  await reader.goToHash(endless);
  await busy.waitFor();
  await reader.goToHash("#step-size?t=3");
  await reader.untilReadOut(/^step 3 · 3 gradients/);
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 4 /);
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("a scene that cannot be loaded leaves the page as it is, says so, and may be tried again", async () => {
  const reader = await desk.open("#step-size?t=4");
  await reader.untilReadOut(/^step 4 /);
  await reader.untilAddress({ t: 4 }); // whole, before another one is gone to
  const before = await reader.pictures();
  const core = /\.wasm$/;
  await reader.page.route(core, (route) => route.fulfill({ status: 503 }));
  const link = reader.page.locator('.contents a[href="#gibbs"]');
  await link.click();
  const sentence = reader.page.locator(".notice", { hasText: "could not be loaded" });
  await sentence.waitFor();
  assert.match((await sentence.textContent()) ?? "", /\(503\)\. Choose it once more/);
  await reader.untilAddress({ t: 4 });
  assert.match(reader.hash, /^#step-size/);
  assert.deepEqual(await reader.pictures(), before);
  await reader.page.unroute(core);
  await link.click();
  await reader.untilText("h1", /Where does SGD end up/);
  assert.equal(await sentence.count(), 0);
  reader.watch.problems.length = 0; // the 503 itself
  await reader.leave();
});

/**
 * @param {Reader} reader
 * @param {RegExp} sentence
 */
async function seesOneSentence(reader, sentence) {
  const complaints = await reader.complaints();
  assert.equal(complaints.length, 1, complaints.join("\n"));
  assert.match(complaints[0], sentence);
  assert.match(complaints[0], /^\S.*\.$/u, "a sentence ends with a full stop");
}

/**
 * Types what was there before.
 * @param {Reader} reader
 * @param {string} id
 */
async function setRight(reader, id) {
  const right = { alpha: "0.03", condition: "20", x0: "−1.5", y0: "1.2" };
  await reader.type(id, right[/** @type {keyof typeof right} */ (id)]);
  await reader.until(
    async () => (await reader.complaints()).length === 0,
    async () => `still there: ${await reader.complaints()}`,
  );
}
