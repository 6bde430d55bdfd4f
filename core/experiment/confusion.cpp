// Section 1, Example 2 of the lecture: SGD on the parabolas of one weight, and the region in which
// they fight.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/confusion_settings.hpp"
#include "experiment/moment_prediction.hpp"
#include "experiment/registry.hpp"
#include "method/gd.hpp"
#include "method/mini_batch.hpp"
#include "numeric/histogram.hpp"
#include "numeric/statistics.hpp"
#include "theory/gradient_noise.hpp"

namespace wv {
namespace {

constexpr int bins = 120;
constexpr int curvePoints = 201;

// Exactly 0 where all replicates agree, as at the start: their mean may be rounded.
double standardErrorOf(const ColumnIn& values) {
  return (values == values(0)).all() ? 0 : numeric::standardError(values);
}

class Confusion final : public Experiment {
 public:
  Confusion(const Settings& settings, std::unique_ptr<const ScalarQuadratic> objective,
            const SamplerSettings& sampling)
      : Experiment(settings),
        objective_(std::move(objective)),
        f_(*objective_),
        sampling_(sampling),
        sampler_(sampling),
        source_(f_, sampler_),
        alpha_(settings.number("alpha")),
        prediction_(f_, sampling, settings.number("x0") - f_.minimizer(), alpha_),
        window_(windowOf(f_, settings)),
        bins_(window_[0], window_[1], bins) {
    state_.x = Block::Constant(sampling.replicates, 1, settings.number("x0"));
    method_.init(state_);
    describeTerms();
    describeLimits();
    record();
    secondMomentLimit_ =
        growthLimit * std::max({secondMoment_.front(), noiseScale(f_) * noiseScale(f_)});
  }

  Status status() const override { return {runState_, state_.step}; }

  Channel channel(std::string_view id) const override {
    if (id == "x") {
      return {{static_cast<int>(state_.x.rows())}, state_.x.data()};
    }
    if (id == "density") {
      bins_.clear();
      bins_.add(state_.x.col(0));
      density_ = bins_.density();
      return {{bins_.bins()}, density_.data()};
    }
    if (id == "grid" || id == "curve") {
      fillCurve();
    }
    if (id.starts_with("predicted") || id == "predictionIsExact") {
      return predicted(id);
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    const Block before = state_.x;
    method_.step({source_, alpha_}, state_);
    if (!state_.x.isFinite().all()) {
      state_.x = before;
      --state_.step;
      runState_ = RunState::diverged;
      return;
    }
    record();
    if (secondMoment_.back() > largestSecondMoment()) {
      runState_ = RunState::diverged;
    } else if (state_.step >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view, const Value& value) override {
    const double alpha = std::get<double>(value);
    if (alpha != alpha_) {
      alpha_ = alpha;
      prediction_.changeStepSize(state_.step, alpha_);
      describeLimits();
    }
  }

 private:
  static constexpr std::uint32_t longestRun = 100'000;
  // E e^2 past this multiple of what the run may reach by theory is divergence.
  static constexpr double growthLimit = 1e4;

  std::array<NamedValues, 19> named() const {
    return {{{"path", &path_},
             {"meanError", &meanError_},
             {"meanErrorStandardError", &meanErrorStandardError_},
             {"secondMoment", &secondMoment_},
             {"secondMomentStandardError", &secondMomentStandardError_},
             {"excess", &excess_},
             {"excessStandardError", &excessStandardError_},
             {"insideShare", &insideShare_},
             {"gradientEvaluations", &gradientEvaluations_},
             {"terms", &terms_, 3},
             {"leastOfTerms", &leastOfTerms_},
             {"region", &region_},
             {"minimizer", &minimizer_},
             {"constants", &constants_},
             {"stepSizeMarks", &stepSizeMarks_},
             {"window", &window_},
             {"densityEdges", &bins_.edges()},
             {"grid", &grid_},
             {"curve", &curve_}}};
  }

  Channel predicted(std::string_view id) const {
    const PredictedSeries& series = prediction_.upTo(state_.step);
    if (id == "predictedMeanError") {
      return vectorChannel(series.meanError);
    }
    if (id == "predictedSecondMoment") {
      return vectorChannel(series.secondMoment);
    }
    if (id == "predictionIsExact") {
      return vectorChannel(series.exact);
    }
    return vectorChannel(id == "predictedBias"       ? predictedBias_
                         : id == "predictedVariance" ? predictedVariance_
                                                     : predictedExcess_);
  }

  void record() {
    const Column error = state_.x.col(0) - f_.minimizer();
    const Column square = error.square();
    const double half = 0.5 * f_.meanSquare();
    path_.push_back(state_.x(0, 0));
    meanError_.push_back(numeric::mean(error));
    meanErrorStandardError_.push_back(standardErrorOf(error));
    secondMoment_.push_back(numeric::mean(square));
    secondMomentStandardError_.push_back(standardErrorOf(square));
    // f - f* = A e^2 / 2, without the cancellation of the difference.
    excess_.push_back(half * secondMoment_.back());
    excessStandardError_.push_back(half * secondMomentStandardError_.back());
    insideShare_.push_back(shareInside());
    gradientEvaluations_.push_back(state_.gradientEvaluations);
  }

  // To rounding: with alpha = 1/max a^2 the steepest term throws x onto the border.
  double shareInside() const {
    const Region& region = f_.region();
    const double slack = 1e-12 * std::max(std::fabs(region.low), std::fabs(region.high));
    const auto x = state_.x.col(0);
    const auto count = ((x >= region.low - slack) && (x <= region.high + slack)).count();
    return static_cast<double>(count) / static_cast<double>(x.size());
  }

  double largestSecondMoment() const {
    const double limitLaw = predictedVariance_.empty() ? 0 : predictedVariance_.front();
    return std::max(secondMomentLimit_, growthLimit * limitLaw);
  }

  void describeTerms() {
    for (Eigen::Index i = 0; i < f_.a().size(); ++i) {
      const double a = f_.a()(i);
      const double b = f_.b()(i);
      terms_.insert(terms_.end(), {a, b, a == 0 ? 0 : b / a});
    }
    leastOfTerms_.assign(f_.leastOfTerms().begin(), f_.leastOfTerms().end());
    region_ = {f_.region().low, f_.region().high};
    minimizer_ = {f_.minimizer()};
    const LeastSquaresNoise noise(f_.a().matrix(), f_.b().matrix(), 0);
    const double sigma = noise.defaultSigma();
    const double factor = sampling_.mode == Sampling::replacement
                              ? replacementVarianceFactor(sampling_.batch)
                              : distinctVarianceFactor(f_.terms(), sampling_.batch);
    const NoiseConstants batch = ofBatch({noise.sigma0(sigma), sigma}, factor);
    constants_ = {f_.meanSquare(), f_.meanSquare(), f_.minimum(), batch.sigma0, batch.sigma};
  }

  void describeLimits() {
    const StepLimit limit = scalarStepLimit(f_, sampling_.mode, sampling_.batch);
    stepSizeMarks_ = {f_.region().largestAbsorbingStep, limit.alpha, 2 / f_.meanSquare()};
    predictedBias_.clear();
    predictedVariance_.clear();
    predictedExcess_.clear();
    if (const auto law = prediction_.stationary()) {
      predictedBias_.push_back(law->bias);
      predictedVariance_.push_back(law->variance);
      predictedExcess_.push_back(law->excess);
    }
  }

  // Computed when first asked for: a run without a picture has no use for it.
  void fillCurve() const {
    if (!grid_.empty()) {
      return;
    }
    for (int i = 0; i < curvePoints; ++i) {
      grid_.push_back(window_[0] + (window_[1] - window_[0]) * i / (curvePoints - 1));
    }
    const Eigen::Map<const Block> x(grid_.data(), curvePoints, 1);
    Column values(curvePoints);
    f_.value(x, values);
    curve_.assign(values.begin(), values.end());
  }

  std::unique_ptr<const ScalarQuadratic> objective_;
  const ScalarQuadratic& f_;
  SamplerSettings sampling_;
  Sampler sampler_;
  MiniBatchGradient source_;
  GradientDescent method_;
  double alpha_;
  mutable MomentPrediction prediction_;
  std::vector<double> window_;
  mutable numeric::Histogram bins_;
  mutable Column density_;
  State state_;
  RunState runState_ = RunState::running;
  double secondMomentLimit_ = 0;
  std::vector<double> path_, meanError_, meanErrorStandardError_, secondMoment_,
      secondMomentStandardError_, excess_, excessStandardError_, insideShare_, gradientEvaluations_;
  std::vector<double> terms_, leastOfTerms_, region_, minimizer_, constants_, stepSizeMarks_;
  std::vector<double> predictedBias_, predictedVariance_, predictedExcess_;
  mutable std::vector<double> grid_, curve_;
};

Creation createConfusion(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  auto objective = chooseTerms(settings, data, issues);
  const SamplerSettings sampling =
      objective ? chooseSampling(settings, objective->terms(), issues) : SamplerSettings{};
  return createUnlessRefused<Confusion>(std::move(issues), settings, std::move(objective),
                                        sampling);
}

}  // namespace

ExperimentInfo confusionExperiment() {
  return {
      .id = "confusion",
      .title = "Region of confusion",
      .section = "§1 Example 2",
      .parameters = confusionParameters(),
      .channels =
          {
              {"x", "the replicates", "", "[R]"},
              {"path", "replicate 0", "", "[t+1]"},
              {"meanError", "mean of x − x*", "", "[t+1]"},
              {"meanErrorStandardError", "its standard error", "", "[t+1]"},
              {"secondMoment", "mean of (x − x*)²", "", "[t+1]"},
              {"secondMomentStandardError", "its standard error", "", "[t+1]"},
              {"excess", "mean of f(x) − f*", "", "[t+1]"},
              {"excessStandardError", "its standard error", "", "[t+1]"},
              {"insideShare", "share of the replicates in the region", "", "[t+1]"},
              {"gradientEvaluations", "work", "term gradients", "[t+1]"},
              {"predictedMeanError", "exact E(x − x*), else its last exact value", "", "[t+1]"},
              {"predictedSecondMoment", "exact E(x − x*)², else its last exact value", "", "[t+1]"},
              {"predictionIsExact", "1 where both are exact, 0 elsewhere", "", "[t+1]"},
              {"predictedBias", "stationary E(x − x*); empty where none is known", "", "[1]"},
              {"predictedVariance", "stationary variance of x; empty likewise", "", "[1]"},
              {"predictedExcess", "stationary E f(x) − f*; empty likewise", "", "[1]"},
              {"density", "density of the replicates in each bin", "", "[bins]"},
              {"densityEdges", "edges of the bins", "", "[bins+1]"},
              {"region", "least and greatest bᵢ/aᵢ", "", "[2]"},
              {"minimizer", "x*", "", "[1]"},
              {"terms",
               "aᵢ, bᵢ and the minimiser bᵢ/aᵢ (0 where aᵢ = 0); a ridge is taken into aᵢ and bᵢ",
               "", "[n, 3]"},
              {"leastOfTerms", "ℓᵢ − ½(aᵢx − bᵢ)², above 0 with a ridge", "", "[n]"},
              {"constants", "L, m, f*, σ₀, σ of a batch", "", "[5]"},
              {"stepSizeMarks", "1/max aᵢ², the limit for a finite variance, 2/A", "", "[3]"},
              {"window", "xMin, xMax of the picture", "", "[2]"},
              {"grid", "x of the curve", "", "[points]"},
              {"curve", "f over the window", "", "[points]"},
          },
      .create = createConfusion,
  };
}

}  // namespace wv
