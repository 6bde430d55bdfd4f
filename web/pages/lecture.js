// The lecture, item by item, each with the scenes and states that show it. What is said is in our
// words; numbers are the notes'. Where a step of "try this" shows it, that step is named and its
// state is not written again.

import { tex } from "../ui/formula.js";

/**
 * Where something is shown: a step of a scene's "try this", a state of its own, or, with neither, the
 * scene as it opens.
 * @typedef {object} Place
 * @property {string} scene
 * @property {string} [attempt] title of a step of "try this"
 * @property {import("../state/changes.js").Changes} [set] over the scene's defaults
 * @property {number} [step] of `set`; the scene's first one if not given
 * @property {string} [label] what is seen there; a step has its title, a scene its question
 */
/**
 * @typedef {object} Item
 * @property {string} kind "Example", "Lemma", "Formula", "Question", … as the notes call it; "Point" where
 *   they give no name
 * @property {string} [number] in the notes
 * @property {string} title
 * @property {string} says markup
 * @property {Place[]} places
 * @property {string} [missing] why no scene shows it
 * @property {number[]} [errata] numbers of the list of errata
 */
/** @typedef {{ number: string, title: string, items: Item[] }} Section */

/** @type {Section[]} */
export const sections = [
  {
    number: "1",
    title: "Stochastic gradient descent",
    items: [
      {
        kind: "Point",
        title: "The finite sum",
        says: `<p>Training minimises an average over data, ${tex`f(x) = \frac1n \sum_i \ell(x; \xi_i, y_i)`}. Its gradient is a sum over all of them.</p>`,
        places: [
          { scene: "confusion", label: "three terms, each with a minimiser of its own" },
          { scene: "step-size", attempt: "Real data" },
        ],
      },
      {
        kind: "Question",
        title: "Why is gradient descent difficult when n is large?",
        says: "<p>A step costs n gradients of single terms.</p>",
        places: [{ scene: "work", attempt: "More data" }],
      },
      {
        kind: "Point",
        title: "The rate does not depend on the dimension",
        says: "<p>What enters is the condition L/m, not the number of weights.</p>",
        places: [
          { scene: "step-size", attempt: "Make it long and narrow" },
          { scene: "constant-step", attempt: "Real data" },
        ],
      },
      {
        kind: "Formula",
        number: "1",
        title: "A step of SGD",
        says: `<p>${tex`x_{t+1} = x_t - \alpha \nabla \ell_{\omega_t}(x_t)`}, with a datum drawn at random: n times cheaper than a step of gradient descent.</p>`,
        places: [{ scene: "confusion" }],
      },
      {
        kind: "Question",
        title: "Is this the direction of steepest descent?",
        says: "<p>On average it is. A single step may lead uphill, and near the minimum many do.</p>",
        places: [
          { scene: "confusion", label: "predict, then run" },
          { scene: "gradient-noise", attempt: "Near the floor it goes up" },
        ],
      },
      {
        kind: "Example",
        number: "1",
        title: "Play with the step size",
        says: "<p>Gradient descent on a landscape, with the step size in your hand.</p>",
        places: [
          { scene: "step-size" },
          { scene: "step-size", attempt: "Find the edge" },
          { scene: "step-size", attempt: "One step too far" },
          { scene: "step-size", attempt: "A banana and six methods" },
        ],
      },
      {
        kind: "Example",
        number: "2",
        title: "A quadratic with scalar data",
        says: `<p>${tex`f(x) = \frac{1}{2n} \sum_i (a_i x - b_i)^2`}: every draw fits one datum. Outside the region of confusion all pull the same way; inside they fight.</p>`,
        places: [
          { scene: "confusion" },
          { scene: "confusion", attempt: "No bell at all" },
          { scene: "confusion", attempt: "Real data" },
        ],
        errata: [9],
      },
      {
        kind: "Remark",
        number: "3",
        title: "Sampling with and without replacement",
        says: "<p>Each epoch may use every term once, in one of several orders, or draw afresh at every step.</p>",
        places: [
          { scene: "sampling" },
          { scene: "sampling", attempt: "Halve the step" },
          { scene: "sampling", attempt: "The price is a bias" },
          { scene: "confusion", attempt: "Reshuffle, and pay in bias" },
        ],
        errata: [11],
      },
      {
        kind: "Remark",
        number: "4",
        title: "Mini-batches",
        says: "<p>The mean of b gradients in place of one; b = n is gradient descent, if no term is drawn twice.</p>",
        places: [{ scene: "batch-size" }, { scene: "batch-size", attempt: "All n at once" }],
      },
      {
        kind: "Formula",
        number: "2",
        title: "A step with a mini-batch",
        says: `<p>${tex`x_{t+1} = x_t - \frac{\alpha}{b} \sum_{k=1}^{b} \nabla \ell_{\omega_t^k}(x_t)`}. The notes write η for the step and ℓ for the size of the batch; here they are α and b throughout.</p>`,
        places: [{ scene: "batch-size" }, { scene: "confusion", attempt: "All three at once" }],
      },
    ],
  },
  {
    number: "2",
    title: "Convergence rate for SGD",
    items: [
      {
        kind: "Point",
        title: "Gradient descent needs n log(1/ε) gradients",
        says: `<p>Strongly convex: the gap falls as ${tex`c^t`}, so an error ε takes log(1/ε) steps of n gradients.</p>`,
        places: [
          {
            scene: "step-size",
            set: { race: "" },
            step: 60,
            label: "a straight line on the log scale",
          },
          { scene: "work", label: "gradients counted to a target" },
        ],
      },
      {
        kind: "Question",
        title: "How should the convergence of SGD be understood?",
        says: "<p>The gap is random. What converges is a mean over runs; single runs keep moving.</p>",
        places: [{ scene: "constant-step", label: "mean, spread and bound" }],
      },
      {
        kind: "Lemma",
        number: "5",
        title: "Descent lemma for stochastic updates",
        says: `<p>${tex`\mathbb E f(x_{t+1}) - f(x_t) \le -\alpha \nabla f^\top \mathbb E \nabla f_\omega + \tfrac12 L \alpha^2\, \mathbb E \|\nabla f_\omega\|^2`}.</p>`,
        places: [
          { scene: "gradient-noise", label: "measured descent under its bound" },
          { scene: "gradient-noise", attempt: "Near the floor it goes up" },
        ],
      },
      {
        kind: "Assumption",
        title: "The stochastic gradient is unbiased",
        says: `<p>${tex`\nabla f = \mathbb E\, \nabla f_\omega`}. Drawing terms evenly gives it.</p>`,
        places: [
          { scene: "gradient-noise", label: "its bias, measured" },
          { scene: "sampling", attempt: "The price is a bias" },
        ],
      },
      {
        kind: "Assumption",
        title: "The noise is bounded by σ₀ and σ",
        says: `<p>${tex`\mathbb E \|\nabla f_\omega\|^2 \le \sigma_0 + \sigma \|\nabla f\|^2`}.</p>`,
        places: [
          { scene: "gradient-noise" },
          { scene: "gradient-noise", attempt: "Too flat" },
          { scene: "gradient-noise", attempt: "A classifier" },
        ],
        errata: [5],
      },
      {
        kind: "Lemma",
        number: "6",
        title: "Descent under these assumptions",
        says: `<p>${tex`\mathbb E f(x_{t+1}) - f(x_t) \le -\bigl(1 - \tfrac12 L\alpha\sigma\bigr)\alpha \|\nabla f\|^2 + \tfrac12 L \alpha^2 \sigma_0`}: a gain against a loss.</p>`,
        places: [
          { scene: "gradient-noise", label: "the descent and the bound of Lemma 6" },
          { scene: "gradient-noise", attempt: "Gradient descent" },
        ],
        errata: [5],
      },
      {
        kind: "Theorem",
        number: "7",
        title: "A constant step",
        says: `<p>For ${tex`\alpha \le 1/(L\sigma)`} the mean gap falls geometrically to a floor of ${tex`\alpha L \sigma_0 / (2m)`}.</p>`,
        places: [
          { scene: "constant-step" },
          { scene: "constant-step", attempt: "Halve the step" },
          { scene: "constant-step", attempt: "One exponent too few" },
          { scene: "constant-step", attempt: "Past 1/(Lσ)" },
        ],
        errata: [1, 5],
      },
      {
        kind: "Formula",
        title: "How a schedule should fall",
        says: `<p>${tex`\sum \alpha_t = \infty`} and ${tex`\sum \alpha_t^2 < \infty`}: far enough to arrive, little enough to come to rest.</p>`,
        places: [
          { scene: "decaying-step", attempt: "It stops short" },
          { scene: "decaying-step", attempt: "Slower than 1/t" },
        ],
      },
      {
        kind: "Theorem",
        number: "8",
        title: "A step that decays",
        says: `<p>With ${tex`\alpha_t = \alpha_0/(t + t_0)`}, ${tex`\alpha_0 > 1/m`}, the mean gap is ${tex`O(1/(t + t_0))`}.</p>`,
        places: [
          { scene: "decaying-step" },
          { scene: "decaying-step", attempt: "α₀ far below 1/m" },
          { scene: "decaying-step", attempt: "From the minimiser" },
          { scene: "decaying-step", attempt: "Beat it by hand" },
        ],
        errata: [6],
      },
      {
        kind: "Remark",
        number: "9",
        title: "Mini-batches in Theorem 7",
        says: "<p>A batch of b lowers the floor b times and costs b times as much. Counted in gradients, nothing is gained.</p>",
        places: [
          { scene: "batch-size", attempt: "Pay by the gradient" },
          { scene: "batch-size", attempt: "The rate is 1 − αm/b" },
          { scene: "gradient-noise", attempt: "Does σ fall with b?" },
        ],
        errata: [2, 3],
      },
      {
        kind: "Question",
        title: "Then why do we use mini-batches?",
        says: "<p>The last line of Remark 9. Gradients of one batch do not wait for each other.</p>",
        places: [
          { scene: "batch-size", attempt: "Then why mini-batches?" },
          { scene: "batch-size", label: "predict, then run" },
        ],
      },
      {
        kind: "Remark",
        number: "10",
        title: "σ ≥ 1, and how far the step can grow with the batch",
        says: "<p>b times the step for b times the batch holds until α reaches 1/L, and no batch gets past it.</p>",
        places: [
          { scene: "batch-size", attempt: "Too long a step" },
          { scene: "batch-size", attempt: "σ does not fall by b" },
          { scene: "constant-step", attempt: "Divide σ by b?" },
        ],
        errata: [2],
      },
      {
        kind: "Remark",
        number: "11",
        title: "Gradient descent or SGD",
        says: "<p>Work to an error ε: n log(1/ε) against about 1/ε.</p>",
        places: [
          { scene: "work" },
          { scene: "work", attempt: "Accurate, few data" },
          { scene: "work", attempt: "Modest, many data" },
        ],
        errata: [7],
      },
    ],
  },
  {
    number: "3.1",
    title: "When the function is not convex",
    items: [
      {
        kind: "Question",
        title: "What happens if the step size is never decreased?",
        says: "<p>SGD bounces around for ever, in and between valleys, and settles as a law, not as a point.</p>",
        places: [
          { scene: "gibbs", label: "10 000 walkers in a double well" },
          { scene: "constant-step", label: "predict, then run" },
          { scene: "constant-step", attempt: "By your hand" },
          { scene: "gibbs", attempt: "The wide valley wins" },
        ],
      },
    ],
  },
  {
    number: "3.2",
    title: "A Markov process for SGD",
    items: [
      {
        kind: "Point",
        title: "Given the present, the next step forgets the past",
        says: "<p>The chain has a transition kernel, and a matrix where there are finitely many states.</p>",
        places: [
          { scene: "markov", attempt: "A chain as a matrix" },
          { scene: "markov", attempt: "The past matters" },
        ],
        errata: [11],
      },
      {
        kind: "Question",
        title: "What is the transition kernel of SGD?",
        says: "<p>As many places to go as there are batches to draw.</p>",
        places: [
          { scene: "markov", attempt: "Three places to go" },
          { scene: "markov", label: "every next point, drawn" },
        ],
      },
      {
        kind: "Formula",
        title: "Mean and variance of a step",
        says: `<p>The mean is a step of gradient descent, the variance ${tex`\alpha^2 \operatorname{Var} \nabla f_\omega`}.</p>`,
        places: [{ scene: "markov", label: "both, measured and exact" }],
      },
      {
        kind: "Assumption",
        number: "12",
        title: "f is smooth",
        says: "<p>Gradients differ by at most L times the distance. Up to 2/L gradient descent comes to rest; past it, on a quadratic, it leaves for good.</p>",
        places: [{ scene: "step-size", attempt: "One step too far" }],
      },
      {
        kind: "Assumption",
        number: "13",
        title: "Sampling with replacement",
        says: "<p>Gradients within a batch are then independent, and their variance falls as 1/b.</p>",
        places: [
          { scene: "markov", attempt: "Sixteen instead of one" },
          { scene: "markov", attempt: "Half of all, without replacement" },
        ],
        errata: [11],
      },
      {
        kind: "Assumption",
        number: "14",
        title: "The variance is the identity, everywhere",
        says: "<p>The brutal one. No data set here obeys it; the question is what survives without it.</p>",
        places: [
          { scene: "markov", attempt: "The identity, everywhere" },
          { scene: "gibbs", attempt: "Uniform, not Gibbs" },
        ],
        errata: [4, 9],
      },
      {
        kind: "Formula",
        number: "3",
        title: "A model for SGD",
        says: `<p>${tex`X_{t+1} = X_t - \alpha \nabla f(X_t) + \sqrt{\alpha/b}\; \zeta_t`} with ${tex`\zeta_t \sim N(0, \alpha I)`}.</p>`,
        places: [
          {
            scene: "markov",
            set: { points: "both" },
            label: "SGD and model (3), one step of each",
          },
          { scene: "markov", attempt: "Three places to go" },
        ],
        errata: [9],
      },
      {
        kind: "Remark",
        number: "15",
        title: "α is a step of time",
        says: `<p>Gradient descent is the flow ${tex`\dot X = -\nabla f(X)`} cut into steps of α. With noise it is a model, not SGD.</p>`,
        places: [
          { scene: "landscape", attempt: "What the flow keeps" },
          { scene: "gibbs", attempt: "Too coarse a step" },
        ],
        errata: [8],
      },
    ],
  },
  {
    number: "3.3",
    title: "The Gibbs distribution",
    items: [
      {
        kind: "Formula",
        number: "4",
        title: "The chain and its law",
        says: `<p>${tex`X_{t+1} = X_t - \alpha \nabla f + \sqrt{2/\beta}\; \zeta_t`} tends to ${tex`\rho(x) = e^{-\beta f(x)} / Z(\beta)`}.</p>`,
        places: [
          { scene: "gibbs" },
          { scene: "gibbs", attempt: "Too coarse a step" },
          { scene: "gibbs", attempt: "In the plane" },
        ],
        errata: [8, 9],
      },
      {
        kind: "Remark",
        number: "16",
        title: "Low loss is likely",
        says: "<p>The law prefers small f, convex or not, as long as α does not go to zero.</p>",
        places: [
          { scene: "gibbs", label: "the law over a double well" },
          { scene: "gibbs", attempt: "The wide valley wins" },
        ],
      },
      {
        kind: "Remark",
        number: "16",
        title: "The temperature",
        says: "<p>Hot, the law is spread over everything; cold, only the lowest minima are left.</p>",
        places: [
          { scene: "gibbs", attempt: "α/(2b), not α/b" },
          { scene: "annealing", attempt: "α/b or α/(2b)?" },
        ],
        errata: [4],
      },
      {
        kind: "Remark",
        number: "16",
        title: "Twice the batch, twice the step",
        says: `<p>The law stays the same while ${tex`\beta^{-1} = \alpha/(2b)`} does.</p>`,
        places: [{ scene: "gibbs", attempt: "Twice α, twice b" }],
        errata: [4],
      },
      {
        kind: "Remark",
        number: "16",
        title: "An algorithm for the global minimum",
        says: "<p>Equilibrate, lower α, repeat.</p>",
        places: [
          { scene: "annealing" },
          { scene: "annealing", attempt: "Cooled too fast" },
          { scene: "annealing", attempt: "c below the barrier" },
          { scene: "annealing", attempt: "What a budget buys" },
        ],
        errata: [10],
      },
      {
        kind: "Question",
        title: "How long does it take to equilibrate for a convex loss?",
        says: `<p>About ${tex`1/(\alpha m)`} steps, at every temperature. Between two wells it is exponential in barrier over temperature.</p>`,
        places: [
          { scene: "annealing", attempt: "A convex bowl" },
          { scene: "annealing", attempt: "How long is long enough?" },
        ],
      },
    ],
  },
  {
    number: "4.1",
    title: "Topology of the energy landscape",
    items: [
      {
        kind: "Point",
        title: "Linear networks have one valley",
        says: "<p>Like a river in a gorge: curved, and connected.</p>",
        places: [
          { scene: "landscape", attempt: "One more unit" },
          { scene: "landscape", attempt: "Two lakes meet" },
          { scene: "landscape", attempt: "Three layers" },
        ],
        errata: [12, 13],
      },
      {
        kind: "Point",
        title: "Weight decay breaks the valley",
        says: "<p>Of a whole river, only the parts nearest the origin stay lowest.</p>",
        places: [{ scene: "landscape", attempt: "Weight decay" }],
      },
      {
        kind: "Point",
        title: "Two layers stay connected under weight decay",
        says: "<p>A property of the ℓ₂ norm and two layers.</p>",
        places: [],
        missing:
          "The scene with weight decay has one hidden unit, where the two pools are a symmetry apart; a wide one under weight decay is not drawn.",
      },
      {
        kind: "Point",
        title: "ReLU networks: wider is better connected",
        says: `<p>One hidden layer of width p: the hill between two solutions is about ${tex`\varepsilon \approx p^{-1/d}`} high.</p>`,
        places: [
          { scene: "connectivity", attempt: "Around the hill" },
          { scene: "connectivity", attempt: "Width by width" },
          { scene: "connectivity", attempt: "Two units, exchanged" },
          { scene: "connectivity", attempt: "Six units more" },
        ],
      },
      {
        kind: "Point",
        title: "Polynomial activations: p ≥ 2d",
        says: "<p>Squares lie between linear and ReLU: wide enough, the minimum is connected.</p>",
        places: [
          { scene: "connectivity", attempt: "Squares: p = 2d is enough" },
          { scene: "connectivity", attempt: "No bad valley, yet two" },
        ],
        errata: [13],
      },
      {
        kind: "Question",
        title: "Does this hold in practice?",
        says: "<p>More or less, for networks that do well.</p>",
        places: [{ scene: "connectivity", attempt: "Width by width" }],
        missing: "The network of the problem set, All-CNN, is too large for a page.",
      },
      {
        kind: "Point",
        title: "Local minima are hard to detect",
        says: "<p>A path found proves a connection; none found proves nothing.</p>",
        places: [{ scene: "connectivity", attempt: "Two units, exchanged" }],
      },
      {
        kind: "Point",
        title: "Lakes all the way down",
        says: "<p>A conjecture: level sets are regular high up and fall apart towards the bottom.</p>",
        places: [{ scene: "landscape", attempt: "A rough country" }],
      },
      {
        kind: "Point",
        title: "None of this is about generalisation",
        says: "<p>Lakes are lakes of the training loss.</p>",
        places: [
          { scene: "network", attempt: "Fill the table" },
          { scene: "perceptron", attempt: "Which solutions generalise?" },
        ],
      },
    ],
  },
  {
    number: "4.2",
    title: "Geometry of the energy landscape",
    items: [
      {
        kind: "Formula",
        title: "The binary perceptron",
        says: `<p>Weights and inputs of ±1, ${tex`f(w) = \#\{i : \hat y_i \ne y_i\}`}: nothing to differentiate.</p>`,
        places: [{ scene: "perceptron" }, { scene: "perceptron", attempt: "33 million" }],
        errata: [14],
      },
      {
        kind: "Question",
        number: "17",
        title: "Can you suggest an algorithm to train a binary perceptron?",
        says: "<p>Five of them, raced.</p>",
        places: [
          { scene: "perceptron-learning", label: "predict, then run" },
          { scene: "perceptron-learning", attempt: "The obvious rule" },
          { scene: "perceptron-learning", attempt: "Cooling alone" },
          { scene: "perceptron-learning", attempt: "Replicas together" },
          { scene: "perceptron-learning", attempt: "Messages" },
        ],
      },
      {
        kind: "Question",
        number: "18",
        title: "Are there symmetries as in deep linear networks?",
        says: "<p>Weights cannot be exchanged; but −w errs exactly where w is right.</p>",
        places: [
          { scene: "perceptron", attempt: "A palindrome" },
          { scene: "landscape", attempt: "Three layers" },
        ],
      },
      {
        kind: "Question",
        title: "How many weight vectors fit the data?",
        says: "<p>The size of the lake, counted.</p>",
        places: [
          { scene: "perceptron", attempt: "One pattern more" },
          { scene: "perceptron", attempt: "Nothing to learn" },
        ],
      },
      {
        kind: "Question",
        title: "How different are the solutions, and do some generalise better?",
        says: "<p>Their distance to the teacher says how they will err on new data.</p>",
        places: [
          { scene: "perceptron", attempt: "Which solutions generalise?" },
          { scene: "perceptron", attempt: "Company is better" },
        ],
      },
      {
        kind: "Point",
        title: "Teacher and student",
        says: "<p>Labels come from a perceptron of the same kind; to find it is to generalise perfectly.</p>",
        places: [{ scene: "perceptron-learning", attempt: "Find the teacher" }],
      },
    ],
  },
  {
    number: "Title",
    title: "Entropy-SGD",
    items: [
      {
        kind: "Point",
        title: "Biasing gradient descent into wide valleys",
        says: "<p>The paper of the title, in the notes by name only: descend on the local entropy, which fills narrow valleys first.</p>",
        places: [
          { scene: "local-entropy" },
          { scene: "local-entropy", attempt: "Scoping" },
          { scene: "entropy-sgd", attempt: "The race" },
          { scene: "entropy-sgd", attempt: "Where it fails" },
          { scene: "network", attempt: "Fill the table" },
        ],
      },
    ],
  },
];
