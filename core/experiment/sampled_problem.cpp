#include "experiment/sampled_problem.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/optimality_gap.hpp"
#include "experiment/shared_parameters.hpp"
#include "experiment/term_noise.hpp"
#include "method/gradient_table.hpp"
#include "objective/logistic.hpp"

namespace wv {
namespace {

constexpr double largestBatch = 10'000;
constexpr double largestScale = 100;
constexpr double growthLimit = 1e4;
constexpr double mostWorkPerStep = 4e8;  // some seconds at most, as wasm

Point startOf(const Settings& settings, const ChosenObjective& chosen, const Point& minimizer) {
  if (chosen.scalar) {
    return Point::Constant(1, settings.number("x0"));
  }
  return minimizer + settings.number("startScale") * (chosen.objective->start() - minimizer);
}

}  // namespace

std::vector<Parameter> sampledProblemParameters(double scalarStart) {
  const auto objectives = sampledObjectives();
  std::vector<Parameter> table = objectiveParameters(objectives);
  table.push_back(batchSizeParameter(largestBatch));
  constexpr Sampling anew[] = {Sampling::replacement, Sampling::distinct};
  table.push_back(samplingParameter(anew, "how the terms of a batch are drawn, anew at each step"));
  table.push_back(scalarStartParameter(scalarStart));
  table.push_back({.id = "startScale",
                   .label = "start",
                   .symbol = "",
                   .help = "how far from the minimiser: 0 starts there, 1 where training starts "
                           "(the origin, or with two features a corner of the picture)",
                   .kind = Kind::real,
                   .initial = 1.0,
                   .min = 0,
                   .max = largestScale,
                   .relevant = {{"objective", {"least-squares", "logistic"}}}});
  return table;
}

bool SampledProblem::isQuadratic() const {
  return dynamic_cast<const Logistic*>(chosen.objective.get()) == nullptr;
}

SamplerSettings SampledProblem::samplerSettings(std::uint32_t seed, Eigen::Index replicates) const {
  return {.mode = sampling,
          .terms = objective().terms(),
          .batch = batch,
          .seed = seed,
          .firstReplicate = 0,
          .replicates = replicates};
}

SamplerSettings SampledProblem::samplerSettings(const Settings& settings) const {
  SamplerSettings sampler =
      samplerSettings(static_cast<std::uint32_t>(settings.number("seed")),
                      static_cast<Eigen::Index>(settings.number("replicates")));
  sampler.firstReplicate = settings.firstReplicate();
  return sampler;
}

double SampledProblem::workPerStep() const {
  const double terms = rule.passesOverTerms() ? objective().terms() : batch;
  return terms * objective().dim() + gapWork(objective());
}

double SampledProblem::divergenceLimit() const {
  Column f(1);
  objective().value(start.transpose().array(), f);
  const double gap = f(0) - constants.minimum;
  const NoiseConstants term{noise->sigma0(noise->defaultSigma()), noise->defaultSigma()};
  const double floor = constants.strongConvexity > 0
                           ? term.sigma0 / (2 * constants.strongConvexity * term.sigma)
                           : std::fabs(constants.minimum);
  return growthLimit * std::max({gap, floor, 1e-12});
}

SampledProblem chooseSampledProblem(const Settings& settings, const DataLibrary& data,
                                    std::vector<Issue>& issues) {
  SampledProblem problem;
  problem.chosen = chooseObjective(settings, data, Intercept::column, {}, issues);
  if (!issues.empty()) {
    return problem;
  }
  const int n = problem.objective().terms();
  problem.sampling = *findSampling(settings.text("sampling"));
  problem.batch = static_cast<int>(settings.number("batch"));
  refuseLargeBatch(problem.sampling, problem.batch, n, issues);
  if (!issues.empty()) {
    return problem;
  }
  problem.varianceFactor = problem.sampling == Sampling::distinct
                               ? distinctVarianceFactor(n, problem.batch)
                               : replacementVarianceFactor(problem.batch);
  problem.constants = constantsOf(problem.objective(), problem.objective().start());
  problem.start = startOf(settings, problem.chosen, problem.constants.minimizer);
  problem.noise = termNoiseOf(problem.chosen, settings);
  return problem;
}

void refuseTooMuchWork(const SampledProblem& problem, std::string_view parameter, double count,
                       std::vector<Issue>& issues) {
  if (!issues.empty()) {
    return;
  }
  const double most = std::floor(mostWorkPerStep / problem.workPerStep());
  if (count > most) {
    issues.push_back(
        {std::string(parameter), "One step would take seconds: with this objective and batch, " +
                                     std::string(parameter) + " must be at most " +
                                     formatNumber(most) + ", not " + formatNumber(count) + "."});
  }
}

void refuseTooManyReplicates(const SampledProblem& problem, const Settings& settings,
                             std::vector<Issue>& issues) {
  const double replicates = settings.number("replicates");
  refuseTooMuchWork(problem, "replicates", replicates, issues);
  if (!issues.empty()) {
    return;
  }
  const Objective& f = problem.objective();
  const double keptBytes =
      problem.rule.keepsGradients() ? GradientTable::bytes(f.terms(), f.dim()) : 0;
  if (keptBytes * replicates > largestTableBytes) {
    issues.push_back({"replicates", std::string(problem.rule.method->label) +
                                        " keeps a gradient of each term: replicates must be at "
                                        "most " +
                                        formatNumber(std::floor(largestTableBytes / keptBytes)) +
                                        " here, not " + formatNumber(replicates) + "."});
  } else if (!Sampler::fits(problem.samplerSettings(0, static_cast<Eigen::Index>(replicates)))) {
    issues.push_back({"replicates",
                      "replicates times batch would take too much memory for a table of different "
                      "terms: take fewer of either."});
  }
}

}  // namespace wv
