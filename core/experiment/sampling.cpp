// Section 1, Remark 3: the four orders in which SGD may visit its terms, in lockstep from one start
// and one seed, compared epoch by epoch.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/gap_series.hpp"
#include "experiment/moment_prediction.hpp"
#include "experiment/optimality_gap.hpp"
#include "experiment/order_statistics.hpp"
#include "experiment/registry.hpp"
#include "experiment/sampled_descent.hpp"
#include "experiment/sampling_settings.hpp"
#include "experiment/term_noise.hpp"
#include "numeric/elementary.hpp"
#include "theory/scalar_moments.hpp"

namespace wv {
namespace {

constexpr std::array comparedOrders = {Sampling::replacement, Sampling::reshuffle,
                                       Sampling::shuffleOnce, Sampling::cyclic};
constexpr int orderCount = static_cast<int>(comparedOrders.size());
// The exact floor is drawn from this share of the first order's limit up to just below it; where
// its points are costly (O(n^3)), at fewer of them.
constexpr double leastShare = 1e-3, largestShare = 0.98;
constexpr int manyPoints = 61, fewPoints = 9;
constexpr int costlyTerms = 60;

struct Order {
  std::unique_ptr<SampledDescent> descent;
  std::unique_ptr<MomentPrediction> prediction;  // for the parabolas of one weight
  OrderStatistics last;
  bool diverged = false;
};

class SamplingOrders final : public Experiment {
 public:
  SamplingOrders(const Settings& settings, ChosenObjective chosen)
      : Experiment(settings),
        chosen_(std::move(chosen)),
        objective_(*chosen_.objective),
        start_(chosen_.scalar ? Point::Constant(1, settings.number("x0")) : objective_.start()),
        known_(constantsOf(objective_, start_)),
        gapOf_(objective_, known_.minimizer, known_.minimum),
        constants_(constantsChannel(known_, defaultNoise(*termNoiseOf(chosen_, settings)))),
        epochLength_{static_cast<double>(objective_.terms())},
        share_(settings.number("share")),
        alpha_(share_ * settings.number("alpha")),
        nextAlpha_(alpha_),
        epochs_(static_cast<std::uint32_t>(settings.number("epochs"))) {
    SamplerSettings sampler{.terms = objective_.terms(),
                            .seed = static_cast<std::uint32_t>(settings.number("seed")),
                            .firstReplicate = settings.firstReplicate(),
                            .replicates = static_cast<Eigen::Index>(settings.number("replicates"))};
    for (std::size_t k = 0; k < orders_.size(); ++k) {
      sampler.mode = comparedOrders[k];
      orders_[k].descent = std::make_unique<SampledDescent>(objective_, sampler, start_);
      if (chosen_.scalar) {
        orders_[k].prediction = std::make_unique<MomentPrediction>(
            *chosen_.scalar, sampler, start_(0) - known_.minimizer(0), alpha_);
      }
    }
    record();
    valueLimit_ = growthLimit * (gap_.front() + known_.minimum);
    prepareFloors();
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override {
    if (id == "floorCurve" || id == "floorAlpha") {
      fillFloorCurve();
    }
    if (id == "gaps") {
      fillGaps();
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    if (step_ % epochSteps() == 0 && nextAlpha_ != alpha_) {
      changeStepSize();
    }
    for (Order& order : orders_) {
      if (!order.diverged) {
        order.descent->step(alpha_);
      }
    }
    ++step_;
    if (step_ % epochSteps() == 0) {
      record();
      if (step_ / epochSteps() == epochs_) {
        runState_ = RunState::finished;
      }
    }
  }

  void apply(std::string_view, const Value& value) override {
    nextAlpha_ = share_ * std::get<double>(value);
    prepareFloors();
  }

 private:
  // E f past this multiple of its value at the start is divergence.
  static constexpr double growthLimit = 100;

  std::array<NamedValues, 21> named() const {
    return {{{"gap", &gap_, orderCount},
             {"gaps", &gaps_, orderCount},
             {"gapStandardError", &gapError_, orderCount},
             {"bias", &bias_, orderCount},
             {"biasStandardError", &biasError_, orderCount},
             {"variance", &variance_, orderCount},
             {"varianceStandardError", &varianceError_, orderCount},
             {"predictedGap", &predictedGap_, orderCount},
             {"predictedBias", &predictedBias_, orderCount},
             {"predictedVariance", &predictedVariance_, orderCount},
             {"predictionExact", &predictionExact_, orderCount},
             {"floorCurve", &floorCurve_, orderCount},
             {"constants", &constants_},
             {"epochLength", &epochLength_},
             {"diverged", &diverged_},
             {"floor", &floor_},
             {"floorBias", &floorBias_},
             {"floorVariance", &floorVariance_},
             {"floorExact", &floorExact_},
             {"stepLimit", &stepLimit_},
             {"floorAlpha", &floorAlpha_}}};
  }

  std::uint32_t epochSteps() const { return static_cast<std::uint32_t>(objective_.terms()); }

  // Within an epoch the orders would no longer be compared at equal step sizes, nor be exactly
  // predictable.
  void changeStepSize() {
    alpha_ = nextAlpha_;
    for (Order& order : orders_) {
      if (order.prediction) {
        order.prediction->changeStepSize(step_, alpha_);
      }
    }
  }

  void record() {
    diverged_.clear();
    for (Order& order : orders_) {
      measure(order);
      gap_.push_back(order.last.gap);
      gapError_.push_back(order.last.gapError);
      bias_.push_back(order.last.bias);
      biasError_.push_back(order.last.biasError);
      variance_.push_back(order.last.variance);
      varianceError_.push_back(order.last.varianceError);
      diverged_.push_back(order.diverged ? 1 : 0);
      if (order.prediction) {
        predict(*order.prediction);
      }
    }
    if (std::all_of(orders_.begin(), orders_.end(), [](const Order& o) { return o.diverged; })) {
      runState_ = RunState::diverged;
    }
  }

  // What has diverged keeps its last finite numbers.
  void measure(Order& order) const {
    if (order.diverged) {
      return;
    }
    const Block& x = order.descent->x();
    const OrderStatistics now = orderStatistics(x, known_.minimizer, gapOf_(x));
    if (now.isFinite()) {
      order.last = now;
    }
    order.diverged = !now.isFinite() || (step_ > 0 && now.gap + known_.minimum > valueLimit_);
  }

  void fillGaps() const {
    std::vector<Column> columns;
    for (const Order& order : orders_) {
      columns.push_back(gapsOrInfinity(gapOf_, order.descent->x(), order.diverged));
    }
    gaps_ = rowMajor(columns);
  }

  void predict(MomentPrediction& prediction) {
    const PredictedSeries& series = prediction.upTo(step_);
    const double bias = series.meanError[step_];
    const double second = series.secondMoment[step_];
    predictedGap_.push_back(0.5 * chosen_.scalar->meanSquare() * second);
    predictedBias_.push_back(bias);
    predictedVariance_.push_back(std::max(0.0, second - bias * bias));
    predictionExact_.push_back(series.exact[step_]);
  }

  std::optional<StationaryMoments> stationary(Sampling mode, double alpha) const {
    if (!scalarMomentsRefusal(*chosen_.scalar, mode, 1).empty()) {
      return {};
    }
    return ScalarMoments(*chosen_.scalar, mode, 1, alpha).stationary();
  }

  void prepareFloors() {
    for (auto* values : {&floor_, &floorBias_, &floorVariance_, &floorExact_, &stepLimit_}) {
      values->clear();
    }
    if (!chosen_.scalar) {
      return;
    }
    for (const Sampling mode : comparedOrders) {
      const auto moments = stationary(mode, nextAlpha_);
      const StationaryMoments known = moments.value_or(StationaryMoments{});
      floor_.push_back(known.excess);
      floorBias_.push_back(known.bias);
      floorVariance_.push_back(known.variance);
      floorExact_.push_back(moments ? 1 : 0);
      stepLimit_.push_back(scalarStepLimit(*chosen_.scalar, mode, 1).alpha);
    }
  }

  // Computed when first asked for; 0 where there is no limit law.
  void fillFloorCurve() const {
    if (!chosen_.scalar || !floorAlpha_.empty()) {
      return;
    }
    const int points = objective_.terms() > costlyTerms ? fewPoints : manyPoints;
    const double span = numeric::log(largestShare / leastShare);
    for (int i = 0; i < points; ++i) {
      const double alpha = stepLimit_.front() * leastShare * numeric::exp(span * i / (points - 1));
      floorAlpha_.push_back(alpha);
      for (const Sampling mode : comparedOrders) {
        const auto moments = stationary(mode, alpha);
        floorCurve_.push_back(moments ? moments->excess : 0);
      }
    }
  }

  ChosenObjective chosen_;
  const Objective& objective_;
  Point start_;
  Constants known_;
  OptimalityGap gapOf_;
  std::vector<double> constants_, epochLength_;
  double share_, alpha_, nextAlpha_;
  std::uint32_t epochs_;
  std::uint32_t step_ = 0;
  RunState runState_ = RunState::running;
  double valueLimit_ = 0;
  std::array<Order, comparedOrders.size()> orders_;
  // Row-major [epochs + 1, orders].
  std::vector<double> gap_, gapError_, bias_, biasError_, variance_, varianceError_;
  std::vector<double> predictedGap_, predictedBias_, predictedVariance_, predictionExact_;
  // By order.
  std::vector<double> diverged_, floor_, floorBias_, floorVariance_, floorExact_, stepLimit_;
  mutable std::vector<double> floorAlpha_, floorCurve_, gaps_;
};

Creation createSampling(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  ChosenObjective chosen = chooseObjective(settings, data, Intercept::column, {}, issues);
  refuseTooManyOrders(chosen, settings.number("replicates"), issues);
  return createUnlessRefused<SamplingOrders>(std::move(issues), settings, std::move(chosen));
}

}  // namespace

ExperimentInfo samplingExperiment() {
  return {
      .id = "sampling",
      .title = "With or without replacement",
      .section = "§1 Remark 3",
      .parameters = samplingParameters(),
      .channels = joinedChannels(
          gapChannels("E f(x) − f* by order: replacement, reshuffle, shuffle-once, cyclic",
                      "[epochs+1, 4]"),
          {
              {"gaps", "f(x) − f* of each replicate by order; ∞ where an order has diverged", "",
               "[R, 4]"},
              {"bias", "E x − x*, of several weights ‖E x − x*‖", "", "[epochs+1, 4]"},
              {"biasStandardError", "its standard error", "", "[epochs+1, 4]"},
              {"variance", "E ‖x − E x‖²", "", "[epochs+1, 4]"},
              {"varianceStandardError", "its standard error", "", "[epochs+1, 4]"},
              {"predictedGap", "the exact E f(x) − f*, for one weight", "", "[epochs+1 or 0, 4]"},
              {"predictedBias", "the exact E x − x*", "", "[epochs+1 or 0, 4]"},
              {"predictedVariance", "the exact variance of x", "", "[epochs+1 or 0, 4]"},
              {"predictionExact", "1 where the three predictions are known", "",
               "[epochs+1 or 0, 4]"},
              {"floor", "the exact E f − f* after many epochs, at this α", "", "[4 or 0]"},
              {"floorBias", "the exact E x − x* after many epochs", "", "[4 or 0]"},
              {"floorVariance", "the exact variance after many epochs", "", "[4 or 0]"},
              {"floorExact", "1 where the limit exists and is known", "", "[4 or 0]"},
              {"floorAlpha", "step sizes of floorCurve", "", "[g or 0]"},
              {"floorCurve", "the exact floor over α; 0 where there is none", "", "[g or 0, 4]"},
              {"stepLimit", "where each order stops being stable", "", "[4 or 0]"},
              {"diverged", "1 where E f grew a hundredfold", "", "[4]"},
              {"constants", "L, m, f*, σ₀, σ", "", "[5]"},
              {"epochLength", "updates in an epoch", "", "[1]"},
          }),
      .create = createSampling,
  };
}

}  // namespace wv
