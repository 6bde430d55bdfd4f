// Section 2, Theorem 7 of the lecture: SGD with a constant step size goes linearly down to a floor.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "experiment/gap_series.hpp"
#include "experiment/optimality_gap.hpp"
#include "experiment/registry.hpp"
#include "experiment/sampled_descent.hpp"
#include "experiment/sampled_problem.hpp"
#include "experiment/scalar_prediction.hpp"
#include "experiment/shared_parameters.hpp"
#include "experiment/term_noise.hpp"
#include "numeric/elementary.hpp"
#include "theory/convergence_bounds.hpp"
#include "theory/scalar_moments.hpp"

namespace wv {
namespace {

constexpr int binsPerDecade = 8;
constexpr int mostDecades = 20;
constexpr double perDecade = 2.302585092994045684;  // ln 10

// The share of replicates in bins of equal width in log gap.
struct GapHistogram {
  std::vector<double> edges, share;

  void fill(const ColumnIn& gap) {
    const double highest = decadeOf(gap.maxCoeff());
    const double lowest = std::max(decadeOf(gap.minCoeff()), highest - mostDecades);
    const double first = std::floor(lowest * binsPerDecade);
    const auto count = static_cast<std::size_t>(std::floor(highest * binsPerDecade) - first) + 1;
    share.assign(count, 0.0);
    for (const double value : gap) {
      const double bin = std::floor(decadeOf(value) * binsPerDecade) - first;
      share[static_cast<std::size_t>(std::clamp(bin, 0.0, count - 1.0))] +=
          1.0 / static_cast<double>(gap.size());
    }
    edges.resize(count + 1);
    for (std::size_t i = 0; i <= count; ++i) {
      edges[i] = numeric::exp((first + static_cast<double>(i)) / binsPerDecade * perDecade);
    }
  }

 private:
  // What rounding leaves at or below zero is as good as the least positive gap.
  static double decadeOf(double gap) { return numeric::log(std::max(gap, 1e-300)) / perDecade; }
};

class ConstantStep final : public Experiment {
 public:
  ConstantStep(const Settings& settings, SampledProblem problem)
      : Experiment(settings),
        problem_(std::move(problem)),
        gapOf_(problem_.objective(), problem_.constants.minimizer, problem_.constants.minimum),
        descent_(problem_.objective(), problem_.samplerSettings(settings), problem_.start,
                 problem_.rule),
        alpha_(settings.number("alpha")),
        limit_(problem_.divergenceLimit()) {
    const double sigma = problem_.noise->defaultSigma();
    const Constants& constants = problem_.constants;
    theory_ = {constants.smoothness, constants.strongConvexity,
               ofBatch({problem_.noise->sigma0(sigma), sigma}, problem_.varianceFactor)};
    constants_ = constantsChannel(constants, theory_.noise);
    alphaMax_ = {largestStep(theory_)};
    stepSizeMarks_ = {alphaMax_[0], 1 / theory_.smoothness, 2 / theory_.smoothness};
    if (problem_.chosen.scalar && problem_.rule.isPlainSgd()) {
      prediction_.emplace(*problem_.chosen.scalar, problem_.varianceFactor, problem_.start(0));
    }
    useStepSize();
    record();
    bound_.assign(1, series_.mean().front());
    boundHolds_.assign(1, 1.0);
    floors_.assign(1, floor_[0]);
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override {
    if (!isBinned_ && (id == "gapEdges" || id == "gapShare")) {
      const std::vector<double>& gap = series_.last();
      histogram_.fill(Eigen::Map<const Column>(gap.data(), static_cast<Eigen::Index>(gap.size())));
      isBinned_ = true;
    }
    const Channel found = findChannel(named(), id);
    return found.shape.empty() ? series_.channel(id) : found;
  }

 protected:
  void advanceOneStep() override {
    descent_.step(alpha_);
    ++step_;
    if (prediction_) {
      prediction_->advance(alpha_);
    }
    if (!record()) {
      --step_;
      runState_ = RunState::diverged;
      return;
    }
    const bool holds = boundHolds_.back() == 1 && conditionHolds_[0] == 1;
    bound_.push_back(holds ? constantStepBound(alpha_, theory_, bound_.back(), 1) : bound_.back());
    boundHolds_.push_back(holds ? 1 : 0);
    floors_.push_back(floor_[0]);
    if (series_.mean().back() > limit_) {
      runState_ = RunState::diverged;
    } else if (step_ >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view, const Value& value) override {
    alpha_ = std::get<double>(value);
    useStepSize();
  }

 private:
  // Every step is kept, so that it can be drawn.
  static constexpr std::uint32_t longestRun = 20'000;

  std::array<NamedValues, 13> named() const {
    return {{{"bound", &bound_},
             {"boundHolds", &boundHolds_},
             {"floors", &floors_},
             {"floor", &floor_},
             {"constants", &constants_},
             {"alphaMax", &alphaMax_},
             {"stepSizeMarks", &stepSizeMarks_},
             {"conditionHolds", &conditionHolds_},
             {"predictedGap", &predictedGap_},
             {"predictedExcess", &predictedExcess_},
             {"gapEdges", &histogram_.edges},
             {"gapShare", &histogram_.share},
             {"gradientEvaluations", &gradientEvaluations_}}};
  }

  void useStepSize() {
    const bool holds = problem_.rule.isPlainSgd() && constantStepFailures(alpha_, theory_).empty();
    conditionHolds_ = {holds ? 1.0 : 0.0};
    floor_ = {theory_.strongConvexity > 0 ? constantStepFloor(alpha_, theory_) : 0};
    predictedExcess_.clear();
    if (prediction_) {
      const ScalarMoments moments(*problem_.chosen.scalar, problem_.sampling, problem_.batch,
                                  alpha_);
      if (const auto limit = moments.stationary()) {
        predictedExcess_.push_back(limit->excess);
      }
    }
  }

  // False, with nothing recorded, when a gap is no longer a number.
  bool record() {
    const Column gap = gapOf_(descent_.x());
    if (!series_.record(gap)) {
      return false;
    }
    isBinned_ = false;
    gradientEvaluations_.push_back(descent_.gradientEvaluations());
    if (prediction_) {
      predictedGap_.push_back(prediction_->gap());
    }
    return true;
  }

  SampledProblem problem_;
  OptimalityGap gapOf_;
  SampledDescent descent_;
  double alpha_, limit_;
  DescentConstants theory_;
  std::optional<ScalarPrediction> prediction_;
  std::uint32_t step_ = 0;
  RunState runState_ = RunState::running;
  GapSeries series_;
  mutable GapHistogram histogram_;
  mutable bool isBinned_ = false;
  std::vector<double> bound_, boundHolds_, floors_, predictedGap_, predictedExcess_,
      gradientEvaluations_;
  std::vector<double> floor_, constants_, alphaMax_, stepSizeMarks_, conditionHolds_;
};

std::vector<Parameter> constantStepParameters() {
  std::vector<Parameter> table = sampledProblemParameters(5);
  for (Parameter& parameter : descentRuleParameters()) {
    table.push_back(std::move(parameter));
  }
  table.push_back(stepSizeParameter(0.05));
  table.push_back(replicatesParameter(1000));
  table.push_back(seedParameter());
  return table;
}

Creation createConstantStep(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  SampledProblem problem = chooseSampledProblem(settings, data, issues);
  problem.rule = chooseDescentRule(settings, issues);
  refuseTooManyReplicates(problem, settings, issues);
  return createUnlessRefused<ConstantStep>(std::move(issues), settings, std::move(problem));
}

}  // namespace

ExperimentInfo constantStepExperiment() {
  return {
      .id = "constant-step",
      .title = "Constant step, Theorem 7",
      .section = "§2 Theorem 7",
      .parameters = constantStepParameters(),
      .channels = joinedChannels(
          GapSeries::channels(),
          {
              {"bound", "Theorem 7; where it no longer holds, the last value that did", "",
               "[t+1]"},
              {"boundHolds", "1 while every step so far was one of plain SGD with α ≤ 1/(Lσ)", "",
               "[t+1]"},
              {"floor", "αLσ₀/(2m) of the step size in use; 0 for m = 0", "", "[1]"},
              {"floors", "the floor of the step size that led to xₜ", "", "[t+1]"},
              {"constants", "L, m, f*, σ₀, σ, the last two of a batch", "", "[5]"},
              {"alphaMax", "1/(Lσ)", "", "[1]"},
              {"stepSizeMarks", "1/(Lσ), 1/L, 2/L", "", "[3]"},
              {"conditionHolds", "1 for plain SGD while m > 0 and α ≤ 1/(Lσ)", "", "[1]"},
              {"predictedGap",
               "exact E f(xₜ) − f*; only for plain SGD on the parabolas of one weight", "",
               "[t+1]"},
              {"predictedExcess",
               "exact limit of E f(xₜ) − f* for this step size, if there is one; as predictedGap",
               "", "[1]"},
              {"gradientEvaluations", "work of one replicate", "term gradients", "[t+1]"},
              {"gapEdges", "bins of f(xₜ) − f* at the last step", "", "[k+1]"},
              {"gapShare", "share of the replicates in each bin", "", "[k]"},
          }),
      .create = createConstantStep,
  };
}

}  // namespace wv
