#include "experiment/markov_settings.hpp"

#include <algorithm>

#include "experiment/shared_parameters.hpp"

namespace wv {
namespace {

constexpr double largestBatch = 2000;
// Term gradients of one step: about half a second in a browser.
constexpr double mostGradientsPerStep = 2e7;
// About the region of confusion, in units of its width.
constexpr double windowMargin = 0.5;

std::vector<Choice> noiseChoices() {
  return {{"matched", "noise like SGD’s", "N(0, α²/b Var ∇f_ω(x))"},
          {"identity", "Assumption 14", "N(0, α²/b I), whatever x"}};
}

}  // namespace

std::vector<Parameter> markovParameters() {
  constexpr std::string_view objectives[] = {"least-squares", "scalar"};
  std::vector<Parameter> table = objectiveParameters(objectives);
  table.push_back(stepSizeParameter(0.1));
  table.back().live = false;  // a chain with one matrix has one step size
  table.push_back(batchSizeParameter(largestBatch));
  constexpr Sampling modes[] = {Sampling::replacement, Sampling::distinct, Sampling::reshuffle};
  table.push_back(samplingParameter(modes, "which terms the next batch may hold"));
  table.push_back(
      planeStartParameter("x0", "x₀", "the point that the first step is taken from", 0.0));
  table.push_back(planeStartParameter("y0", "y₀", "its second coordinate", 0.7));
  table.back().relevant = {{"objective", {"least-squares"}}};
  table.push_back({.id = "model",
                   .label = "model (3)",
                   .help = "the Gaussian noise of the model that stands for SGD",
                   .kind = Kind::choice,
                   .initial = std::string("matched"),
                   .choices = noiseChoices()});
  table.push_back({.id = "grid",
                   .label = "cells",
                   .symbol = "g",
                   .help = "how many states the chain on a grid has",
                   .kind = Kind::integer,
                   .initial = 60.0,
                   .min = 10,
                   .max = 200,
                   .relevant = {{"objective", {"scalar"}}}});
  table.push_back(replicatesParameter(4000));
  table.push_back(seedParameter());
  return table;
}

Matrix MarkovProblem::features() const {
  return chosen.scalar ? Matrix(chosen.scalar->a().matrix()) : chosen.design->X;
}

Point MarkovProblem::targets() const {
  return chosen.scalar ? Point(chosen.scalar->b().matrix()) : chosen.design->y;
}

Window MarkovProblem::window() const {
  Window window = objective().window();
  if (chosen.scalar) {
    const Region& region = chosen.scalar->region();
    // The objective's own window has a margin of 1.5.
    const double margin = windowMargin / 1.5 * (region.low - window.xMin);
    window.xMin = std::min(region.low - margin, start(0) - 0.1 * margin);
    window.xMax = std::max(region.high + margin, start(0) + 0.1 * margin);
  }
  return window;
}

MarkovProblem chooseMarkovProblem(const Settings& settings, const DataLibrary& data,
                                  std::vector<Issue>& issues) {
  MarkovProblem problem;
  problem.chosen = choosePlaneObjective(settings, data, issues);
  if (!issues.empty()) {
    return problem;
  }
  problem.sampling = {.mode = *findSampling(settings.text("sampling")),
                      .terms = problem.objective().terms(),
                      .batch = static_cast<int>(settings.number("batch")),
                      .seed = static_cast<std::uint32_t>(settings.number("seed")),
                      .firstReplicate = settings.firstReplicate(),
                      .replicates = static_cast<Eigen::Index>(settings.number("replicates"))};
  problem.noise = settings.text("model") == "matched" ? ModelNoise::matched : ModelNoise::identity;
  problem.start = Point::Constant(problem.objective().dim(), settings.number("x0"));
  if (problem.objective().dim() == 2) {
    problem.start(1) = settings.number("y0");
  }
  refuseLargeBatch(problem.sampling.mode, problem.sampling.batch, problem.sampling.terms, issues);
  const double gradients = settings.number("replicates") * problem.sampling.batch;
  if (gradients > mostGradientsPerStep) {
    issues.push_back({"replicates", "replicates times batch must be at most " +
                                        formatNumber(mostGradientsPerStep) +
                                        " gradients a step, "
                                        "not " +
                                        formatNumber(gradients) + "."});
  } else if (!Sampler::fits(problem.sampling)) {
    issues.push_back({"replicates",
                      "replicates: this many orders of all terms do not fit into memory; take "
                      "fewer."});
  }
  return problem;
}

}  // namespace wv
