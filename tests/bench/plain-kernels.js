// The kernels in plain JavaScript, written as well as it can be: typed arrays, Math.random, no
// allocation where time is spent. `node plain-kernels.js ID REPEATS` prints what tests/bench/main.cpp does.

import { fileURLToPath } from "node:url";

const terms = 1000;
const stepSize = 0.01;
const trajectorySteps = 200_000;
const replicates = 10_000;
const ensembleSteps = 100;
const beta = 3;
const langevinStepSize = 0.01;
const normals = 2_000_000;
const walkers = 1000;
const outerSteps = 20;
const innerSteps = 20;
const innerStepSize = 0.1;
const innerNoise = 0.1;
const averaging = 0.75;
const gamma = 1;
const samples = 1438;
const pixels = 64;
const hidden = 64;
const classes = 10;
const batch = 32;
const momentum = 0.9;
const networkStepSize = 0.1;
const enumerated = 21;
const enumeratedPatterns = 20;

/** @typedef {{ id: string, work: number, prepare: () => () => number }} Kernel */

// Box and Muller's transform gives two at a time.
let spare = 0;
let hasSpare = false;
function normal() {
  if (hasSpare) {
    hasSpare = false;
    return spare;
  }
  const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
  const angle = 2 * Math.PI * Math.random();
  spare = radius * Math.sin(angle);
  hasSpare = true;
  return radius * Math.cos(angle);
}

/** @param {ArrayLike<number>} numbers */
function sum(numbers) {
  let total = 0;
  for (let i = 0; i < numbers.length; ++i) {
    total += numbers[i];
  }
  return total;
}

/** @param {number} d */
function randomRegression(d) {
  const X = Float64Array.from({ length: terms * d }, normal);
  const y = Float64Array.from({ length: terms }, (_, i) => {
    return sum(X.subarray(i * d, (i + 1) * d)) + normal();
  });
  return { X, y };
}

/**
 * @param {Float64Array} X
 * @param {Float64Array} y
 * @param {Float64Array} w
 * @param {number} steps
 */
function walk(X, y, w, steps) {
  const d = w.length;
  for (let t = 0; t < steps; ++t) {
    const i = Math.floor(terms * Math.random());
    const begin = i * d;
    let margin = -y[i];
    for (let j = 0; j < d; ++j) {
      margin += X[begin + j] * w[j];
    }
    const factor = stepSize * margin;
    for (let j = 0; j < d; ++j) {
      w[j] -= factor * X[begin + j];
    }
  }
}

/** @param {string} id @param {number} d @param {number} rows @param {number} steps @returns {Kernel} */
function sgd(id, d, rows, steps) {
  return {
    id,
    work: rows * steps,
    prepare: () => {
      const { X, y } = randomRegression(d);
      const w = new Float64Array(d);
      return () => {
        let total = 0;
        for (let r = 0; r < rows; ++r) {
          w.fill(0);
          walk(X, y, w, steps);
          total += sum(w);
        }
        return total;
      };
    },
  };
}

/** @param {string} id @returns {Kernel} */
function langevin(id) {
  const noise = Math.sqrt((2 * langevinStepSize) / beta);
  return {
    id,
    work: replicates * ensembleSteps,
    prepare: () => () => {
      let total = 0;
      for (let r = 0; r < replicates; ++r) {
        let x = 0;
        let y = 0;
        for (let t = 0; t < ensembleSteps; ++t) {
          x += noise * normal() - langevinStepSize * (4 * x * (x * x - 1) + 0.1);
          y += noise * normal() - langevinStepSize * y;
        }
        total += x + y;
      }
      return total;
    },
  };
}

/** @param {string} id @returns {Kernel} */
function normalVariates(id) {
  return {
    id,
    work: normals,
    prepare: () => {
      const numbers = new Float64Array(normals);
      return () => {
        for (let i = 0; i < normals; ++i) {
          numbers[i] = normal();
        }
        return sum(numbers);
      };
    },
  };
}

/** @param {string} id @returns {Kernel} */
function entropySgd(id) {
  const noise = Math.sqrt(innerStepSize) * innerNoise;
  return {
    id,
    work: walkers * outerSteps,
    prepare: () => () => {
      let total = 0;
      for (let r = 0; r < walkers; ++r) {
        let x = 0;
        let y = 0;
        for (let t = 0; t < outerSteps; ++t) {
          let innerX = x;
          let innerY = y;
          let meanX = x;
          let meanY = y;
          for (let k = 0; k < innerSteps; ++k) {
            const slopeX = 4 * innerX * (innerX * innerX - 1) + 0.1 - gamma * (x - innerX);
            const slopeY = innerY - gamma * (y - innerY);
            innerX += noise * normal() - innerStepSize * slopeX;
            innerY += noise * normal() - innerStepSize * slopeY;
            meanX += averaging * (innerX - meanX);
            meanY += averaging * (innerY - meanY);
          }
          x = meanX;
          y = meanY;
        }
        total += x + y;
      }
      return total;
    },
  };
}

/** @param {number} inputs @param {number} units */
function layer(inputs, units) {
  const deviation = Math.sqrt(2 / inputs);
  return {
    inputs,
    units,
    W: Float64Array.from({ length: inputs * units }, () => deviation * normal()),
    b: new Float64Array(units),
    gradient: new Float64Array(inputs * units),
    biasGradient: new Float64Array(units),
    velocity: new Float64Array(inputs * units),
    biasVelocity: new Float64Array(units),
  };
}

/** @typedef {ReturnType<typeof layer>} Layer */

/** z = W a + b. @param {Layer} layer @param {Float64Array} a @param {Float64Array} z */
function forward({ inputs, units, W, b }, a, z) {
  for (let u = 0; u < units; ++u) {
    let total = b[u];
    const begin = u * inputs;
    for (let j = 0; j < inputs; ++j) {
      total += W[begin + j] * a[j];
    }
    z[u] = total;
  }
}

/** @param {Layer} layer @param {Float64Array} delta @param {Float64Array} a */
function collect({ inputs, units, gradient, biasGradient }, delta, a) {
  for (let u = 0; u < units; ++u) {
    const share = delta[u];
    if (share === 0) {
      continue;
    }
    biasGradient[u] += share;
    const begin = u * inputs;
    for (let j = 0; j < inputs; ++j) {
      gradient[begin + j] += share * a[j];
    }
  }
}

/**
 * @param {Float64Array} weights
 * @param {Float64Array} velocity
 * @param {Float64Array} gradient
 * @param {number} count
 */
function descend(weights, velocity, gradient, count) {
  for (let i = 0; i < weights.length; ++i) {
    velocity[i] = momentum * velocity[i] - (networkStepSize / count) * gradient[i];
    weights[i] += velocity[i];
    gradient[i] = 0;
  }
}

/** Of the softmax's loss by z, in place. @param {Float64Array} z @param {number} label */
function lossSlope(z, label) {
  let largest = z[0];
  for (let c = 1; c < classes; ++c) {
    largest = Math.max(largest, z[c]);
  }
  let total = 0;
  for (let c = 0; c < classes; ++c) {
    z[c] = Math.exp(z[c] - largest);
    total += z[c];
  }
  for (let c = 0; c < classes; ++c) {
    z[c] /= total;
  }
  z[label] -= 1;
}

/** @param {Int32Array} order */
function shuffle(order) {
  for (let i = order.length - 1; i > 0; --i) {
    const j = Math.floor((i + 1) * Math.random());
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}

/** @param {string} id @returns {Kernel} */
function networkEpoch(id) {
  return {
    id,
    work: 1,
    prepare: () => {
      const inputs = Float64Array.from({ length: samples * pixels }, Math.random);
      const labels = Int32Array.from({ length: samples }, () =>
        Math.floor(classes * Math.random()),
      );
      const order = Int32Array.from({ length: samples }, (_, i) => i);
      const a = new Float64Array(hidden);
      const z = new Float64Array(classes);
      const delta = new Float64Array(hidden);
      return () => {
        const first = layer(pixels, hidden);
        const last = layer(hidden, classes);
        shuffle(order);
        for (let begin = 0; begin < samples; begin += batch) {
          const end = Math.min(begin + batch, samples);
          for (let k = begin; k < end; ++k) {
            const i = order[k];
            const image = inputs.subarray(i * pixels, (i + 1) * pixels);
            forward(first, image, a);
            for (let u = 0; u < hidden; ++u) {
              a[u] = Math.max(a[u], 0);
            }
            forward(last, a, z);
            lossSlope(z, labels[i]);
            collect(last, z, a);
            for (let u = 0; u < hidden; ++u) {
              let total = 0;
              for (let c = 0; c < classes; ++c) {
                total += last.W[c * hidden + u] * z[c];
              }
              delta[u] = a[u] > 0 ? total : 0;
            }
            collect(first, delta, image);
          }
          for (const { W, b, velocity, biasVelocity, gradient, biasGradient } of [first, last]) {
            descend(W, velocity, gradient, end - begin);
            descend(b, biasVelocity, biasGradient, end - begin);
          }
        }
        return sum(first.W) + sum(last.W);
      };
    },
  };
}

/** @param {number} bits of 32 */
function popcount(bits) {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** @param {string} id @returns {Kernel} */
function enumeration(id) {
  return {
    id,
    work: 2 ** enumerated,
    prepare: () => {
      const patterns = Int32Array.from({ length: enumeratedPatterns }, () =>
        Math.floor(2 ** enumerated * Math.random()),
      );
      return () => {
        const histogram = new Float64Array(enumeratedPatterns + 1);
        for (let w = 0; w < 2 ** enumerated; ++w) {
          let errors = 0;
          for (let i = 0; i < enumeratedPatterns; ++i) {
            errors += 2 * popcount(w ^ patterns[i]) > enumerated ? 1 : 0;
          }
          histogram[errors] += 1;
        }
        return histogram[0];
      };
    },
  };
}

const kernels = [
  sgd("trajectory-2", 2, 1, trajectorySteps),
  sgd("trajectory-10", 10, 1, trajectorySteps),
  sgd("trajectory-50", 50, 1, trajectorySteps),
  sgd("ensemble-2", 2, replicates, ensembleSteps),
  sgd("ensemble-10", 10, replicates, ensembleSteps),
  sgd("ensemble-50", 50, replicates, ensembleSteps / 5),
  sgd("ensemble-10 of R/10", 10, replicates / 10, ensembleSteps),
  sgd("ensemble-10 of t/10", 10, replicates, ensembleSteps / 10),
  langevin("langevin"),
  normalVariates("normals"),
  entropySgd("entropy-sgd"),
  networkEpoch("network"),
  enumeration("enumeration"),
];

/** @param {Kernel} kernel @param {number} repeats */
function time({ work, prepare }, repeats) {
  const execute = prepare();
  let checksum = execute();
  for (let i = 0; i < repeats; ++i) {
    const start = performance.now();
    checksum += execute();
    console.log((1000 * work) / (performance.now() - start));
  }
  console.error(checksum);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , id, repeats] = process.argv;
  const kernel = kernels.find((each) => each.id === id);
  if (kernel) {
    time(kernel, Number(repeats));
  } else {
    console.log(kernels.map((each) => `${each.id}, ${each.work}`).join("\n"));
  }
}
