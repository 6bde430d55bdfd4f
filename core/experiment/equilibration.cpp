// How long SGD takes to equilibrate, the question that ends section 3 of the lecture: at every
// stage of an annealing run, across the barrier between two wells and in a convex bowl.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/annealing_settings.hpp"
#include "experiment/registry.hpp"
#include "experiment/shard.hpp"
#include "numeric/elementary.hpp"
#include "numeric/statistics.hpp"
#include "objective/landscape_1d.hpp"
#include "theory/first_passage.hpp"

namespace wv {
namespace {

constexpr double longest = 1e300;
// Of the bowl's walkers, in standard deviations of its law: where the mean is seen well.
constexpr double startDeviations = 5;

// Until (1 - q)^t is 1/e in size, q = alpha k: about 1/q for small q.
double relaxationSteps(double q) {
  const double share = std::fabs(1 - q);
  if (share >= 1) {
    return longest;
  }
  return share > 0 ? -1 / numeric::log(share) : 0;
}

struct Estimate {
  double value = 0, standardError = 0;  // 0 and 0 where nothing is known yet
};

// From the bottom of one well until the bottom of the other is first reached, each walker by
// itself.
class Passage {
 public:
  Passage(const Objective& f, const AnnealingStage& stage, const LangevinSettings& settings,
          Eigen::Index replicates, double start, double target)
      : source_(f),
        alpha_(stage.alpha),
        method_(makeLangevin(Corrector::none, settings)),
        target_(target),
        side_(target > start ? 1 : -1),
        time_(Column::Zero(replicates)) {
    state_.x = Block::Constant(replicates, 1, start);
    method_->init(state_);
  }

  bool isOver() const { return arrived_ == time_.size(); }
  const Column& times() const { return time_; }
  double arrivedShare() const {
    return static_cast<double>(arrived_) / static_cast<double>(time_.size());
  }

  void step() {
    if (isOver()) {
      return;
    }
    method_->step({source_, alpha_}, state_);
    for (Eigen::Index r = 0; r < time_.size(); ++r) {
      // What a walker does after its arrival is of no interest, nor whether it is a number.
      if (time_(r) == 0 && side_ * (state_.x(r, 0) - target_) >= 0) {
        time_(r) = state_.step;
        ++arrived_;
      }
    }
  }

  // While walkers are under way: all time spent over the arrivals, the likeliest mean of
  // exponential times, which those across a high barrier are. Once all are there: their mean.
  Estimate mean() const {
    if (arrived_ == 0) {
      return {};
    }
    if (isOver()) {
      return {numeric::mean(time_), time_.size() > 1 ? numeric::standardError(time_) : 0};
    }
    const double now = state_.step;
    const Column spent = (time_ == 0).select(now, time_);
    const double mean = numeric::sum(spent) / static_cast<double>(arrived_);
    return {mean, mean / std::sqrt(static_cast<double>(arrived_))};
  }

 private:
  FullGradient source_;
  double alpha_;
  std::unique_ptr<const Method> method_;
  double target_, side_;
  Column time_;  // of arrival; 0 while under way
  Eigen::Index arrived_ = 0;
  State state_;
};

// In a bowl k x^2/2: until the mean of the walkers has come e times nearer to the minimum.
class Relaxation {
 public:
  Relaxation(double k, const AnnealingStage& stage, const LangevinSettings& settings,
             Eigen::Index replicates)
      : bowl_(makeQuadratic1d(k)),
        source_(*bowl_),
        alpha_(stage.alpha),
        method_(makeLangevin(Corrector::none, settings)),
        start_(startDeviations * std::sqrt(stage.temperature / k)) {
    state_.x = Block::Constant(replicates, 1, start_);
    method_->init(state_);
  }

  bool isOver() const { return time_.value > 0; }
  const Estimate& time() const { return time_; }

  void step() {
    if (isOver()) {
      return;
    }
    const double before = logShare_;
    method_->step({source_, alpha_}, state_);
    const double share = std::fabs(numeric::mean(state_.x.col(0))) / start_;
    logShare_ = numeric::log(share);
    if (logShare_ > -1) {
      return;
    }
    // Between two steps the logarithm is taken for straight, as it is without noise.
    time_.value = state_.step - (-1 - logShare_) / (before - logShare_);
    const double error = state_.x.rows() > 1 ? numeric::standardError(state_.x.col(0)) / start_ : 0;
    time_.standardError = time_.value * error / share;
  }

 private:
  std::unique_ptr<Objective> bowl_;
  FullGradient source_;
  double alpha_;
  std::unique_ptr<const Method> method_;
  double start_, logShare_ = 0;
  Estimate time_;
  State state_;
};

class Equilibration final : public Experiment {
 public:
  Equilibration(const Settings& settings, AnnealingProblem problem)
      : Experiment(settings), problem_(std::move(problem)) {
    const double k = problem_.globalWell.minimum.curvature;
    const CriticalPoint* other = problem_.otherMinimum();
    const auto replicates = static_cast<Eigen::Index>(settings.number("replicates"));
    std::uint32_t ensemble = 0;
    for (const AnnealingStage& stage : problem_.stages) {
      const LangevinSettings langevin{
          .beta = 1 / stage.temperature,
          .seed = static_cast<std::uint32_t>(settings.number("seed")),
          .firstReplicate = replicatesApart * ensemble++ + settings.firstReplicate()};
      relaxations_.emplace_back(k, stage, langevin, replicates);
      if (other) {
        passages_.emplace_back(problem_.line(), stage, langevin, replicates, other->x,
                               problem_.globalWell.minimum.x);
      }
      addTheory(stage, k, other);
    }
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override {
    report();
    if (id == "passageTimes") {
      fillTimes();
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    bool isOver = true;
    for (Passage& passage : passages_) {
      passage.step();
      isOver = isOver && passage.isOver();
    }
    for (Relaxation& relaxation : relaxations_) {
      relaxation.step();
      isOver = isOver && relaxation.isOver();
    }
    ++step_;
    if (isOver || step_ >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view, const Value&) override {}

 private:
  static constexpr std::uint32_t longestRun = 2'000'000;

  std::array<NamedValues, 12> named() const {
    return {{{"beta", &beta_},
             {"passageTimes", &passageTimes_, static_cast<int>(beta_.size())},
             {"stepSizes", &stepSizes_},
             {"passage", &passage_},
             {"passageStandardError", &passageError_},
             {"arrived", &arrived_},
             {"exactPassage", &exactPassage_},
             {"kramersPassage", &kramersPassage_},
             {"relaxation", &relaxation_},
             {"relaxationStandardError", &relaxationError_},
             {"predictedRelaxation", &predictedRelaxation_},
             {"curvature", &curvature_}}};
  }

  void addTheory(const AnnealingStage& stage, double k, const CriticalPoint* other) {
    beta_.push_back(1 / stage.temperature);
    stepSizes_.push_back(stage.alpha);
    predictedRelaxation_.push_back(relaxationSteps(stage.alpha * k));
    curvature_ = {k};
    if (!other) {
      return;
    }
    const std::optional<GibbsLaw> law = GibbsLaw::onLine(problem_.line(), beta_.back());
    const bool isSeen = law->low() < other->x && other->x < law->high();
    const double time =
        isSeen ? meanFirstPassageTime(*law, other->x, problem_.globalWell.minimum.x) : longest;
    const double steps = time / stage.alpha;
    exactPassage_.push_back(steps < longest ? steps : longest);
    if (problem_.hasTwoWells()) {
      const double rate =
          stage.alpha * kramersRate(*other, problem_.criticalPoints[1], beta_.back());
      kramersPassage_.push_back(rate > 1 / longest ? 1 / rate : longest);
    }
  }

  void report() const {
    passage_.clear();
    passageError_.clear();
    arrived_.clear();
    for (const Passage& each : passages_) {
      const Estimate mean = each.mean();
      passage_.push_back(mean.value);
      passageError_.push_back(mean.standardError);
      arrived_.push_back(each.arrivedShare());
    }
    relaxation_.clear();
    relaxationError_.clear();
    for (const Relaxation& each : relaxations_) {
      relaxation_.push_back(each.time().value);
      relaxationError_.push_back(each.time().standardError);
    }
  }

  void fillTimes() const {
    std::vector<Column> columns;
    for (const Passage& each : passages_) {
      columns.push_back(each.times());
    }
    passageTimes_ = rowMajor(columns);
  }

  AnnealingProblem problem_;
  std::vector<Passage> passages_;
  std::vector<Relaxation> relaxations_;
  std::uint32_t step_ = 0;
  RunState runState_ = RunState::running;
  std::vector<double> beta_, stepSizes_, curvature_;
  std::vector<double> exactPassage_, kramersPassage_, predictedRelaxation_;
  // As of the last report.
  mutable std::vector<double> passage_, passageError_, arrived_, relaxation_, relaxationError_,
      passageTimes_;
};

Creation createEquilibration(const Settings& settings, const DataLibrary&) {
  std::vector<Issue> issues;
  AnnealingProblem problem = chooseAnnealingProblem(settings, issues);
  return createUnlessRefused<Equilibration>(std::move(issues), settings, std::move(problem));
}

}  // namespace

ExperimentInfo equilibrationExperiment() {
  return {
      .id = "equilibration",
      .title = "Time to equilibrate",
      .section = "§3.3 Remark 16",
      .parameters = annealingParameters(),
      .channels =
          {
              {"beta", "1/T of each stage", "", "[stages]"},
              {"stepSizes", "step size of each stage", "", "[stages]"},
              {"passage",
               "mean steps from the other well's minimum to the global one; 0 before any arrival, "
               "nothing for a single well",
               "steps", "[stages]"},
              {"passageStandardError", "standard error of that mean", "steps", "[stages]"},
              {"passageTimes", "steps that each walker took; 0 while under way", "steps",
               "[R, stages]"},
              {"arrived", "share of the walkers that have arrived", "", "[stages]"},
              {"exactPassage", "exact mean passage time of the diffusion, over α", "steps",
               "[stages]"},
              {"kramersPassage", "Kramers' estimate of it; only for two wells", "steps",
               "[stages]"},
              {"relaxation",
               "steps until the mean is e times nearer, in the parabola with the global minimum's "
               "curvature; 0 before",
               "steps", "[stages]"},
              {"relaxationStandardError", "standard error of that", "steps", "[stages]"},
              {"predictedRelaxation", "−1/log|1 − αk|, about 1/(αk)", "steps", "[stages]"},
              {"curvature", "k", "", "[1]"},
          },
      .create = createEquilibration,
  };
}

}  // namespace wv
