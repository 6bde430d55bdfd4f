// Section 1, Remark 4, and section 2, Remarks 9 and 10: SGD with batches of several sizes from one
// start, compared step by step and at equal cost.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/batch_size_settings.hpp"
#include "experiment/batch_variance.hpp"
#include "experiment/gap_series.hpp"
#include "experiment/moment_prediction.hpp"
#include "experiment/optimality_gap.hpp"
#include "experiment/registry.hpp"
#include "experiment/sampled_descent.hpp"
#include "experiment/term_noise.hpp"
#include "theory/convergence_bounds.hpp"

namespace wv {
namespace {

// One batch size.
struct Lane {
  int batch;
  std::unique_ptr<SampledDescent> descent;
  std::unique_ptr<MomentPrediction> prediction;  // for the parabolas of one weight
  double gap = 0, gapError = 0;
  bool diverged = false;
  std::uint32_t divergedStep = 0;
};

class BatchSize final : public Experiment {
 public:
  BatchSize(const Settings& settings, ChosenObjective chosen, const std::vector<int>& batches)
      : Experiment(settings),
        chosen_(std::move(chosen)),
        objective_(*chosen_.objective),
        start_(chosen_.scalar ? Point::Constant(1, settings.number("x0")) : objective_.start()),
        known_(constantsOf(objective_, start_)),
        gapOf_(objective_, known_.minimizer, known_.minimum),
        sampling_(batchSampling(settings)),
        noise_(defaultNoise(*termNoiseOf(chosen_, settings))),
        constants_(constantsChannel(known_, noise_)),
        variance_(objective_, known_.minimizer, sampling_,
                  static_cast<std::uint32_t>(settings.number("seed"))),
        alpha_(settings.number("alpha")),
        isLinear_(settings.text("scale") == "linear") {
    SamplerSettings sampler{.mode = sampling_,
                            .terms = objective_.terms(),
                            .seed = static_cast<std::uint32_t>(settings.number("seed")),
                            .firstReplicate = settings.firstReplicate(),
                            .replicates = static_cast<Eigen::Index>(settings.number("replicates"))};
    for (const int batch : batches) {
      sampler.batch = batch;
      Lane lane{batch, std::make_unique<SampledDescent>(objective_, sampler, start_), nullptr};
      if (chosen_.scalar) {
        lane.prediction = std::make_unique<MomentPrediction>(
            *chosen_.scalar, sampler, start_(0) - known_.minimizer(0), alphaOf(batch));
      }
      lanes_.push_back(std::move(lane));
      const NoiseConstants noise = ofBatch(noise_, variance_.factor(batch));
      batches_.push_back(batch);
      batchSigma0_.push_back(noise.sigma0);
      batchSigma_.push_back(noise.sigma);
      stepLimit_.push_back(1 / (known_.smoothness * noise.sigma));
      predictedVariance_.push_back(variance_.predicted(batch));
    }
    prepareSteps();
    record();
    valueLimit_ = growthLimit * (gap_.front() + known_.minimum);
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override {
    if (id == "gradientVariance" || id == "gradientVarianceStandardError") {
      fillVariance();
    }
    if (id == "varianceCurve" || id == "varianceCurveBatch" || id == "stepLimitCurve") {
      fillVarianceCurve();
    }
    if (id == "gaps") {
      fillGaps();
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    for (Lane& lane : lanes_) {
      if (!lane.diverged) {
        lane.descent->step(alphaOf(lane.batch));
      }
    }
    ++step_;
    record();
    if (std::all_of(lanes_.begin(), lanes_.end(), [](const Lane& l) { return l.diverged; })) {
      runState_ = RunState::diverged;
    } else if (step_ >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view, const Value& value) override {
    alpha_ = std::get<double>(value);
    for (Lane& lane : lanes_) {
      if (lane.prediction) {
        lane.prediction->changeStepSize(step_, alphaOf(lane.batch));
      }
    }
    prepareSteps();
  }

 private:
  // Every step is kept, so that it can be drawn.
  static constexpr std::uint32_t longestRun = 100'000;
  // E f past this multiple of its value at the start is divergence.
  static constexpr double growthLimit = 100;

  std::array<NamedValues, 24> named() const {
    const int count = static_cast<int>(lanes_.size());
    return {{{"gap", &gap_, count},
             {"gaps", &gaps_, count},
             {"gapStandardError", &gapError_, count},
             {"gradientEvaluations", &evaluations_, count},
             {"epochs", &passes_, count},
             {"bound", &bound_, count},
             {"predictedGap", &predictedGap_, count},
             {"predictionExact", &predictionExact_, count},
             {"varianceCurve", &curve_, 2},
             {"batches", &batches_},
             {"alphas", &alphas_},
             {"diverged", &diverged_},
             {"divergedStep", &divergedStep_},
             {"batchSigma0", &batchSigma0_},
             {"batchSigma", &batchSigma_},
             {"stepLimit", &stepLimit_},
             {"floorBound", &floorBound_},
             {"boundHolds", &boundHolds_},
             {"constants", &constants_},
             {"gradientVariance", &measuredVariance_},
             {"gradientVarianceStandardError", &measuredVarianceError_},
             {"predictedVariance", &predictedVariance_},
             {"varianceCurveBatch", &curveBatch_},
             {"stepLimitCurve", &limitCurve_}}};
  }

  DescentConstants descentConstants(std::size_t lane) const {
    return {known_.smoothness, known_.strongConvexity, {batchSigma0_[lane], batchSigma_[lane]}};
  }

  double alphaOf(int batch) const { return isLinear_ ? alpha_ * batch : alpha_; }

  // Theorem 7's floor alpha L sigma0 / (2m); 0 where its condition fails, and its bound is lost
  // from then on.
  void prepareSteps() {
    alphas_.clear();
    floorBound_.clear();
    boundHolds_.resize(lanes_.size(), 1);
    for (std::size_t k = 0; k < lanes_.size(); ++k) {
      const double alpha = alphaOf(lanes_[k].batch);
      const bool holds = alpha <= stepLimit_[k] && known_.strongConvexity > 0;
      alphas_.push_back(alpha);
      floorBound_.push_back(holds ? constantStepFloor(alpha, descentConstants(k)) : 0);
      boundHolds_[k] = holds ? boundHolds_[k] : 0;
    }
  }

  // Theorem 7's bound, one step further.
  double nextBound(std::size_t k) const {
    if (step_ == 0 || boundHolds_[k] == 0) {
      return step_ == 0 ? lanes_[k].gap : bound_[bound_.size() - lanes_.size()];
    }
    const double before = bound_[bound_.size() - lanes_.size()];
    return constantStepBound(alphas_[k], descentConstants(k), before, 1);
  }

  void record() {
    diverged_.clear();
    divergedStep_.clear();
    for (std::size_t k = 0; k < lanes_.size(); ++k) {
      Lane& lane = lanes_[k];
      measure(lane);
      bound_.push_back(nextBound(k));
      gap_.push_back(lane.gap);
      gapError_.push_back(lane.gapError);
      const double evaluations = lane.descent->gradientEvaluations();
      evaluations_.push_back(evaluations);
      passes_.push_back(evaluations / objective_.terms());
      diverged_.push_back(lane.diverged ? 1 : 0);
      divergedStep_.push_back(lane.divergedStep);
      if (lane.prediction) {
        const PredictedSeries& series = lane.prediction->upTo(step_);
        predictedGap_.push_back(0.5 * chosen_.scalar->meanSquare() * series.secondMoment[step_]);
        predictionExact_.push_back(series.exact[step_]);
      }
    }
  }

  // What has diverged keeps its last finite numbers.
  void measure(Lane& lane) const {
    if (lane.diverged) {
      return;
    }
    const Column gap = gapOf_(lane.descent->x());
    const double mean = numeric::mean(gap);
    const double error = standardErrorOrZero(gap);
    const bool finite = std::isfinite(mean) && std::isfinite(error);
    if (finite) {
      lane.gap = mean;
      lane.gapError = error;
    }
    lane.diverged = !finite || (step_ > 0 && mean + known_.minimum > valueLimit_);
    lane.divergedStep = lane.diverged ? step_ : 0;
  }

  void fillGaps() const {
    std::vector<Column> columns;
    for (const Lane& lane : lanes_) {
      columns.push_back(gapsOrInfinity(gapOf_, lane.descent->x(), lane.diverged));
    }
    gaps_ = rowMajor(columns);
  }

  // The variances cost as much as many steps: computed when first asked for.
  void fillVariance() const {
    if (!measuredVariance_.empty()) {
      return;
    }
    for (const Lane& lane : lanes_) {
      const MeasuredVariance measured = variance_.measure(lane.batch);
      measuredVariance_.push_back(measured.mean);
      measuredVarianceError_.push_back(measured.standardError);
    }
  }

  // Over batches from 1 to n, or beyond to the largest one asked for.
  void fillVarianceCurve() const {
    if (!curveBatch_.empty()) {
      return;
    }
    const int n = objective_.terms();
    const int last =
        std::max(n, static_cast<int>(*std::max_element(batches_.begin(), batches_.end())));
    for (int b = 1; b <= last; b = std::min(last, std::max(b + 1, b + b / 8)) + (b == last)) {
      curveBatch_.push_back(b);
      curve_.push_back(replacementVarianceFactor(b) * variance_.termVariance());
      curve_.push_back(b <= n ? distinctVarianceFactor(n, b) * variance_.termVariance() : 0);
      const double factor = sampling_ == Sampling::distinct && b > n ? 0 : variance_.factor(b);
      limitCurve_.push_back(1 / (known_.smoothness * ofBatch(noise_, factor).sigma));
    }
  }

  ChosenObjective chosen_;
  const Objective& objective_;
  Point start_;
  Constants known_;
  OptimalityGap gapOf_;
  Sampling sampling_;
  NoiseConstants noise_;
  std::vector<double> constants_;
  BatchVariance variance_;
  double alpha_;
  bool isLinear_;
  std::uint32_t step_ = 0;
  RunState runState_ = RunState::running;
  double valueLimit_ = 0;
  std::vector<Lane> lanes_;
  // Row-major [t+1, k].
  std::vector<double> gap_, gapError_, evaluations_, passes_, bound_, predictedGap_,
      predictionExact_;
  // By batch.
  std::vector<double> batches_, alphas_, diverged_, divergedStep_, batchSigma0_, batchSigma_,
      stepLimit_, floorBound_, boundHolds_, predictedVariance_;
  mutable std::vector<double> measuredVariance_, measuredVarianceError_, curveBatch_, curve_,
      limitCurve_, gaps_;
};

Creation createBatchSize(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  ChosenObjective chosen = chooseObjective(settings, data, Intercept::column, {}, issues);
  const std::vector<int> batches = batchesOf(settings, chosen, issues);
  refuseTooManyReplicates(settings, chosen, batches, issues);
  return createUnlessRefused<BatchSize>(std::move(issues), settings, std::move(chosen), batches);
}

}  // namespace

ExperimentInfo batchSizeExperiment() {
  return {
      .id = "batch-size",
      .title = "Batch size",
      .section = "§1 Remark 4, §2 Remarks 9 and 10",
      .parameters = batchSizeParameters(),
      .channels = joinedChannels(
          gapChannels("E f(xₜ) − f* by batch", "[t+1, k]"),
          {
              {"gaps", "f(xₜ) − f* of each replicate by batch; ∞ where a batch has diverged", "",
               "[R, k]"},
              {"gradientEvaluations", "work", "term gradients", "[t+1, k]"},
              {"epochs", "work", "passes over the terms", "[t+1, k]"},
              {"bound", "Theorem 7 for each batch", "", "[t+1, k]"},
              {"boundHolds", "1 where its conditions have held all along", "", "[k]"},
              {"predictedGap", "the exact E f(xₜ) − f*, for one weight", "", "[t+1 or 0, k]"},
              {"predictionExact", "1 where that is known", "", "[t+1 or 0, k]"},
              {"gradientVariance", "E ‖∇f_b − ∇f‖² at the minimiser, by drawing", "", "[k]"},
              {"gradientVarianceStandardError", "its standard error", "", "[k]"},
              {"predictedVariance", "c(b) E ‖∇ℓᵢ − ∇f‖²", "", "[k]"},
              {"varianceCurveBatch", "batch sizes of varianceCurve", "", "[g]"},
              {"varianceCurve", "predictedVariance with and without replacement", "", "[g, 2]"},
              {"stepLimitCurve", "1/(Lσ_b) over varianceCurveBatch", "", "[g]"},
              {"batches", "batch sizes b", "", "[k]"},
              {"alphas", "step size of each batch", "", "[k]"},
              {"stepLimit", "1/(Lσ_b), up to which Theorem 7 holds", "", "[k]"},
              {"batchSigma0", "σ₀ of a batch, c(b) σ₀", "", "[k]"},
              {"batchSigma", "σ of a batch, 1 + c(b)(σ − 1)", "", "[k]"},
              {"floorBound", "αLσ₀/(2m) of each batch; 0 where Theorem 7 does not hold", "", "[k]"},
              {"diverged", "1 where E f grew a hundredfold", "", "[k]"},
              {"divergedStep", "when it did; 0 where it did not", "", "[k]"},
              {"constants", "L, m, f*, σ₀, σ of single terms", "", "[5]"},
          }),
      .create = createBatchSize,
  };
}

}  // namespace wv
