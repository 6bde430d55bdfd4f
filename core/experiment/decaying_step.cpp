// Section 2, Theorem 8 of the lecture: SGD whose step size decays, by a schedule or by hand.
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
#include "experiment/step_sizes.hpp"
#include "experiment/term_noise.hpp"
#include "numeric/constants.hpp"
#include "theory/convergence_bounds.hpp"

namespace wv {
namespace {

// A batch of all different terms has no noise, and then any sigma would do.
constexpr double mostSigma = 1e9;
using numeric::infinity;

class DecayingStep final : public Experiment {
 public:
  DecayingStep(const Settings& settings, SampledProblem problem)
      : Experiment(settings),
        problem_(std::move(problem)),
        gapOf_(problem_.objective(), problem_.constants.minimizer, problem_.constants.minimum),
        descent_(problem_.objective(), problem_.samplerSettings(settings), problem_.start,
                 problem_.rule),
        kind_(scheduleNamed(settings.text("schedule"))),
        steps_{.alpha0 = settings.number("alpha0"), .t0 = settings.number("t0")},
        stepSizes_(kind_, steps_.alpha0, steps_.t0, problem_.constants.strongConvexity),
        gapLimit_(problem_.divergenceLimit()) {
    if (problem_.chosen.scalar && problem_.rule.isPlainSgd()) {
      prediction_.emplace(*problem_.chosen.scalar, problem_.varianceFactor, problem_.start(0));
    }
    record();
    prepareTheory();
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override {
    const Channel found = findChannel(named(), id);
    return found.shape.empty() ? gap_.channel(id) : found;
  }

 protected:
  void advanceOneStep() override {
    const double alpha = stepSizes_.alpha();
    descent_.step(alpha);
    stepSizes_.advance();
    sum_ += alpha;
    sumOfSquares_ += alpha * alpha;
    if (prediction_) {
      prediction_->advance(alpha);
    }
    if (!record()) {
      runState_ = RunState::diverged;
      return;
    }
    ++step_;
    bound_.push_back(inverseTimeBound(nu_[0], steps_.t0, step_));
    if (gap_.mean().back() > gapLimit_) {
      runState_ = RunState::diverged;
    } else if (step_ >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  // What was proved of the schedule no longer holds of what follows.
  void apply(std::string_view, const Value& value) override {
    stepSizes_.setAlpha0(std::get<double>(value));
    schedule_.back() = stepSizes_.alpha();
    nu_ = {infinity};
    theoryHolds_ = {0};
  }

 private:
  // Every step is kept, so that it can be drawn.
  static constexpr std::uint32_t longestRun = 100'000;

  std::array<NamedValues, 11> named() const {
    return {{{"gradientEvaluations", &gradientEvaluations_},
             {"bound", &bound_},
             {"predictedGap", &predictedGap_},
             {"schedule", &schedule_},
             {"sums", &sums_, 2},
             {"nu", &nu_},
             {"theoryHolds", &theoryHolds_},
             {"conditions", &conditions_},
             {"constants", &constants_},
             {"marks", &marks_},
             {"stepSizeLimit", &stepSizeLimit_}}};
  }

  // Of the valid pairs (sigma0, sigma), theorem 8 is sharpest with the largest sigma for which
  // alpha_1 <= 1/(L sigma), as sigma0 falls with sigma.
  void prepareTheory() {
    const NoiseBound& noise = *problem_.noise;
    const double L = problem_.constants.smoothness;
    const double m = problem_.constants.strongConvexity;
    const double share = problem_.varianceFactor;
    const double first = stepSizes_.alpha();
    const double allowed = std::min(largestSigmaForStep(first, L, share), mostSigma);
    const bool firstIsSmall = allowed > noise.leastSigma() && std::isfinite(noise.sigma0(allowed));
    const double sigma = firstIsSmall ? allowed : noise.defaultSigma();
    const DescentConstants constants{L, m, ofBatch({noise.sigma0(sigma), sigma}, share)};
    constants_ = constantsChannel(problem_.constants, constants.noise);

    conditions_ = {m > 0 ? 1.0 : 0.0, kind_ == ScheduleKind::inverseTime ? 1.0 : 0.0,
                   steps_.alpha0 * m > 1 ? 1.0 : 0.0, firstIsSmall ? 1.0 : 0.0,
                   problem_.rule.isPlainSgd() ? 1.0 : 0.0};
    const bool holds = std::count(conditions_.begin(), conditions_.end(), 0.0) == 0;
    theoryHolds_ = {holds ? 1.0 : 0.0};
    nu_ = {holds ? inverseTimeNu(steps_, constants, gap_.mean().front()) : infinity};
    bound_ = {inverseTimeBound(nu_[0], steps_.t0, 0)};
    const double least = ofBatch({0, noise.leastSigma()}, share).sigma;
    stepSizeLimit_ = {1 / (L * least)};
    marks_ = {m > 0 ? 1 / m : infinity, m > 0 ? 2 / m : infinity,
              stepSizeLimit_[0] * steps_.alpha0 / first};
  }

  // False, with nothing recorded, when an iterate or its gap is no longer a number.
  bool record() {
    if (!descent_.x().isFinite().all() || !gap_.record(gapOf_(descent_.x()))) {
      return false;
    }
    gradientEvaluations_.push_back(descent_.gradientEvaluations());
    schedule_.push_back(stepSizes_.alpha());
    sums_.insert(sums_.end(), {sum_, sumOfSquares_});
    if (prediction_) {
      predictedGap_.push_back(prediction_->gap());
    }
    return true;
  }

  SampledProblem problem_;
  OptimalityGap gapOf_;
  SampledDescent descent_;
  ScheduleKind kind_;
  InverseTimeSteps steps_;
  StepSizes stepSizes_;
  double gapLimit_;
  std::optional<ScalarPrediction> prediction_;
  std::uint32_t step_ = 0;
  RunState runState_ = RunState::running;
  double sum_ = 0, sumOfSquares_ = 0;
  GapSeries gap_;
  std::vector<double> gradientEvaluations_, bound_, predictedGap_, schedule_, sums_;
  std::vector<double> nu_, theoryHolds_, conditions_, constants_, marks_, stepSizeLimit_;
};

std::vector<Parameter> decayingStepParameters() {
  std::vector<Parameter> table = sampledProblemParameters(3);
  for (Parameter& parameter : descentRuleParameters()) {
    table.push_back(std::move(parameter));
  }
  Parameter schedule{.id = "schedule",
                     .label = "schedule",
                     .help = "how the step size falls",
                     .kind = Kind::choice,
                     .initial = std::string(scheduleChoices[0].choice.id)};
  for (const ScheduleChoice& known : scheduleChoices) {
    schedule.choices.push_back(known.choice);
  }
  table.push_back(std::move(schedule));
  table.push_back({.id = "alpha0",
                   .label = "step scale",
                   .symbol = "α₀",
                   .help = "the number that the schedule divides",
                   .kind = Kind::real,
                   .initial = 0.43,
                   .min = 1e-6,
                   .max = 1e9,
                   .scale = Scale::logarithmic,
                   .live = true});
  table.push_back({.id = "t0",
                   .label = "delay",
                   .symbol = "t₀",
                   .help = "steps by which the schedule is ahead: the first step size is small "
                           "when it is large",
                   .kind = Kind::real,
                   .initial = 4.0,
                   .min = 0.01,
                   .max = 1e6,
                   .scale = Scale::logarithmic,
                   .relevant = {{"schedule", {"inverse-time", "inverse-sqrt", "too-fast"}}}});
  table.push_back(replicatesParameter(200));
  table.push_back(seedParameter());
  return table;
}

Creation createDecayingStep(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  SampledProblem problem = chooseSampledProblem(settings, data, issues);
  problem.rule = chooseDescentRule(settings, issues);
  refuseTooManyReplicates(problem, settings, issues);
  return createUnlessRefused<DecayingStep>(std::move(issues), settings, std::move(problem));
}

}  // namespace

ExperimentInfo decayingStepExperiment() {
  return {
      .id = "decaying-step",
      .title = "Decaying step, Theorem 8",
      .section = "§2 Theorem 8",
      .parameters = decayingStepParameters(),
      .channels = joinedChannels(
          GapSeries::channels(),
          {
              {"gradientEvaluations", "work", "term gradients", "[t+1]"},
              {"bound",
               "ν/(t₀ + t), t counting the iterates from 1; ∞ where Theorem 8 says nothing", "",
               "[t+1]"},
              {"theoryHolds", "1 where Theorem 8 covers this run", "", "[1]"},
              {"conditions",
               "1 each where m > 0, αₜ = α₀/(t₀ + t), α₀ > 1/m, α₁ ≤ 1/(Lσ), the method is plain "
               "SGD",
               "", "[5]"},
              {"nu", "ν", "", "[1]"},
              {"predictedGap",
               "E f(xₜ) − f*, exact; empty but for plain SGD on the parabolas of one weight", "",
               "[t+1]"},
              {"schedule", "step size of the update from xₜ", "", "[t+1]"},
              {"sums", "Σα and Σα² of the updates that led to xₜ", "", "[t+1, 2]"},
              {"constants", "L, m, f*, and σ₀, σ of a batch", "", "[5]"},
              {"marks", "α₀: 1/m, 2/m, and the largest with α₁ ≤ 1/(Lσ)", "", "[3]"},
              {"stepSizeLimit", "the largest α₁ with α₁ ≤ 1/(Lσ)", "", "[1]"},
          }),
      .create = createDecayingStep,
  };
}

}  // namespace wv
