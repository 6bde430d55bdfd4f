// The lecture's algorithm for the global minimum, after Remark 16: equilibrate, lower the step
// size, repeat.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/annealing_picture.hpp"
#include "experiment/registry.hpp"
#include "numeric/constants.hpp"
#include "numeric/histogram.hpp"
#include "numeric/scale_reduction.hpp"

namespace wv {
namespace {

constexpr std::uint32_t longestRun = 2'000'000;
// Every step is kept up to this one, later ones in proportion: even on a logarithmic axis.
constexpr std::uint32_t denseSteps = 128;
constexpr int bins = 56;
constexpr Eigen::Index cloudSize = 1000;
constexpr std::uint32_t unrecorded = longestRun + 1;
constexpr double never = numeric::infinity;

class Annealing final : public Experiment {
 public:
  Annealing(const Settings& settings, AnnealingProblem problem)
      : Experiment(settings),
        problem_(std::move(problem)),
        picture_(problem_),
        walkers_(problem_, settings, settings.number("x0"), 0),
        schedule_(coolingScheduleOf(settings)),
        shares_(
            stageShares(schedule_, problem_.stages, problem_.cooling,
                        schedule_ == CoolingSchedule::logarithmic ? settings.number("depth") : 0)),
        tolerance_(settings.number("tolerance")),
        firstSteps_(settings.number("stageSteps")),
        reduction_(walkers_.x().rows(), walkers_.x().cols() + 1, firstWindow()),
        relaxed_(problem_.isGlobal(settings.number("x0")) ? 1 : 0),
        histogram_(picture_.window[0], picture_.window[1], bins) {
    stage_ = schedule_ == CoolingSchedule::quench ? problem_.stages.size() - 1 : 0;
    prepareLadder();
    enterStage();
    recordNow();
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override {
    recordNow();
    if (id == "x" || id == "cloud") {
      return points(id == "x" ? walkers_.x().rows() : std::min(cloudSize, walkers_.x().rows()));
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    if (!walkers_.step(stage_)) {
      runState_ = RunState::diverged;
      return;
    }
    ++step_;
    ++stepsInStage_;
    relaxed_ = relaxedShare(relaxed_, problem_.stages[stage_], 1);
    lookForEquilibrium();
    const bool isOver = stageIsOver();
    if (isOver || step_ >= nextKept_) {
      recordNow();
    }
    if (isOver) {
      if (stage_ + 1 < problem_.stages.size()) {
        ++stage_;
        enterStage();
      } else {
        runState_ = RunState::finished;
      }
    } else if (step_ >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view, const Value&) override {}

 private:
  std::array<NamedValues, 29> named() const {
    return {{{"sampledSteps", &sampled_[0]},
             {"stage", &sampled_[1]},
             {"temperature", &sampled_[2]},
             {"globalFraction", &sampled_[3]},
             {"globalFractionStandardError", &sampled_[4]},
             {"predictedGlobalFraction", &sampled_[5]},
             {"relaxedGlobalFraction", &sampled_[6]},
             {"equilibrated", &sampled_[7]},
             {"stageIndex", &entered_[0]},
             {"stageStart", &entered_[1]},
             {"stageEnd", &entered_[2]},
             {"stageGlobalFraction", &entered_[3]},
             {"stageStandardError", &entered_[4]},
             {"stageEquilibrated", &entered_[5]},
             {"scaleReduction", &entered_[6]},
             {"ladder", &ladder_},
             {"stepSizes", &stepSizes_},
             {"ladderPrediction", &ladderPrediction_},
             {"notesPrediction", &notesPrediction_},
             {"relaxationSteps", &relaxationSteps_},
             {"window", &picture_.window},
             {"grid", &picture_.grid},
             {"gridY", &picture_.gridY},
             {"gibbs", &gibbs_},
             {"field", &picture_.field, static_cast<int>(picture_.grid.size())},
             {"criticalPoints", &picture_.criticalPoints, 3},
             {"edges", &histogram_.edges()},
             {"density", &density_},
             {"marks", &picture_.marks}}};
  }

  // Even, so that it has halves.
  std::uint32_t firstWindow() const { return static_cast<std::uint32_t>(firstSteps_) / 2 * 2; }

  void prepareLadder() {
    for (const AnnealingStage& stage : problem_.stages) {
      ladder_.push_back(stage.temperature);
      stepSizes_.push_back(stage.alpha);
      ladderPrediction_.push_back(stage.globalMass);
      relaxationSteps_.push_back(stage.relaxationSteps);
      // Exists where that of half the temperature does, as f grows the same way.
      notesPrediction_.push_back(
          globalWellMass(problem_.line(), 2 * stage.temperature).value_or(stage.globalMass));
    }
  }

  void enterStage() {
    const AnnealingStage& now = problem_.stages[stage_];
    stepsInStage_ = 0;
    equilibrated_ = false;
    scaleReduction_ = 0;
    reduction_.restart(firstWindow());
    const std::optional<GibbsLaw> law = GibbsLaw::onLine(problem_.line(), 1 / now.temperature);
    const Column density = law->density(Eigen::Map<const Column>(
        picture_.grid.data(), static_cast<Eigen::Index>(picture_.grid.size())));
    gibbs_.assign(density.begin(), density.end());
    const GlobalShare measured = walkers_.globalShare();
    const std::array<double, 7> row = {
        double(stage_), double(step_), double(step_), measured.share, measured.standardError, 0, 0};
    for (std::size_t j = 0; j < row.size(); ++j) {
      entered_[j].push_back(row[j]);
    }
  }

  // Windows of doubling length, each by itself, until one passes: what came before a window is
  // forgotten as burn-in.
  void lookForEquilibrium() {
    if (equilibrated_) {
      return;
    }
    const Block& x = walkers_.x();
    Block values(x.rows(), x.cols() + 1);
    values.leftCols(x.cols()) = x;
    problem_.objective->value(x, values.col(x.cols()));
    reduction_.add(values);
    if (reduction_.isFull()) {
      scaleReduction_ = reduction_.value();
      equilibrated_ = scaleReduction_ <= 1 + tolerance_;
      reduction_.restart(2 * reduction_.window());
    }
  }

  bool stageIsOver() const {
    switch (schedule_) {
      case CoolingSchedule::stagewise:
        return equilibrated_;
      case CoolingSchedule::geometric:
      case CoolingSchedule::logarithmic:
        return stepsInStage_ >= lengthOf(stage_);
      case CoolingSchedule::constant:
      case CoolingSchedule::quench:
        return false;
    }
    return false;
  }

  double lengthOf(std::size_t stage) const {
    const double length = firstSteps_ * shares_[stage] / shares_[0];
    return length < never ? length : never;
  }

  // The last entry of the series is that of this step; it gives way to the next unless its turn to
  // stay has come.
  void recordNow() const {
    if (recordedStep_ == step_) {
      return;
    }
    recordedStep_ = step_;
    const GlobalShare measured = walkers_.globalShare();
    const AnnealingStage& now = problem_.stages[stage_];
    const double passed = equilibrated_ ? 1 : 0;
    const std::array<double, 8> row = {
        double(step_),          double(stage_), now.temperature, measured.share,
        measured.standardError, now.globalMass, relaxed_,        passed};
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (lastIsPassing_) {
        sampled_[j].pop_back();
      }
      sampled_[j].push_back(row[j]);
    }
    lastIsPassing_ = step_ < nextKept_;
    if (!lastIsPassing_) {
      nextKept_ = step_ + 1 + step_ / denseSteps;
    }
    const std::array<double, 5> ofStage = {double(step_), measured.share, measured.standardError,
                                           passed, scaleReduction_ < never ? scaleReduction_ : 0};
    for (std::size_t j = 0; j < ofStage.size(); ++j) {
      entered_[2 + j].back() = ofStage[j];
    }
    histogram_.clear();
    histogram_.add(walkers_.x().col(0));
    const Column density = histogram_.density();
    density_.assign(density.begin(), density.end());
  }

  Channel points(Eigen::Index count) const {
    const Block& x = walkers_.x();
    points_.resize(static_cast<std::size_t>(count * x.cols()));
    for (Eigen::Index r = 0; r < count; ++r) {
      for (Eigen::Index j = 0; j < x.cols(); ++j) {
        points_[static_cast<std::size_t>(r * x.cols() + j)] = x(r, j);
      }
    }
    return {{static_cast<int>(count), static_cast<int>(x.cols())}, points_.data()};
  }

  AnnealingProblem problem_;
  AnnealingPicture picture_;
  AnnealingWalkers walkers_;
  CoolingSchedule schedule_;
  std::vector<double> shares_;
  double tolerance_, firstSteps_;
  numeric::ScaleReduction reduction_;
  double relaxed_;
  std::size_t stage_ = 0;
  std::uint32_t step_ = 0;
  double stepsInStage_ = 0, scaleReduction_ = 0;
  bool equilibrated_ = false;
  RunState runState_ = RunState::running;
  std::vector<double> ladder_, stepSizes_, ladderPrediction_, notesPrediction_, relaxationSteps_,
      gibbs_;
  // Kept up to date when somebody looks: walkers are counted less often than they step.
  mutable std::uint32_t recordedStep_ = unrecorded, nextKept_ = 0;
  mutable bool lastIsPassing_ = false;
  mutable std::array<std::vector<double>, 8> sampled_;
  mutable std::array<std::vector<double>, 7> entered_;
  mutable numeric::Histogram histogram_;
  mutable std::vector<double> density_, points_;
};

std::vector<Parameter> parametersWithCooling() {
  std::vector<Parameter> table = annealingParameters();
  const std::vector<Parameter> cooling = coolingScheduleParameters();
  table.insert(table.end(), cooling.begin(), cooling.end());
  table.push_back({.id = "stageSteps",
                   .label = "first stage",
                   .symbol = "",
                   .unit = "steps",
                   .help = "how long the first stage lasts, and after how many steps each stage is "
                           "tested first",
                   .kind = Kind::integer,
                   .initial = 100.0,
                   .min = 4,
                   .max = 100'000,
                   .scale = Scale::logarithmic});
  table.push_back({.id = "tolerance",
                   .label = "tolerance",
                   .symbol = "",
                   .help = "a stage counts as equilibrated when R̂ ≤ 1 + tolerance",
                   .kind = Kind::real,
                   .initial = 0.2,
                   .min = 0.005,
                   .max = 2,
                   .scale = Scale::logarithmic});
  table.push_back(walkersStartParameter());
  return table;
}

Creation createAnnealing(const Settings& settings, const DataLibrary&) {
  std::vector<Issue> issues;
  AnnealingProblem problem = chooseAnnealingProblem(settings, issues);
  if (settings.isShard() && coolingScheduleOf(settings) == CoolingSchedule::stagewise) {
    issues.push_back({"schedule",
                      "schedule: a stage of this one ends when all walkers together have "
                      "equilibrated, so they cannot be split; take another schedule."});
  }
  return createUnlessRefused<Annealing>(std::move(issues), settings, std::move(problem));
}

}  // namespace

ExperimentInfo annealingExperiment() {
  return {
      .id = "annealing",
      .title = "Annealing",
      .section = "§3.3 Remark 16",
      .parameters = parametersWithCooling(),
      .channels =
          {
              {"sampledSteps",
               "steps at which the series stand: all up to 128, then ever rarer; the last is now",
               "steps", "[k]"},
              {"stage", "stage, from 0", "", "[k]"},
              {"temperature", "T = αs²/(2b)", "", "[k]"},
              {"globalFraction", "share of the walkers in the well of the global minimum", "",
               "[k]"},
              {"globalFractionStandardError", "standard error of that share", "", "[k]"},
              {"predictedGlobalFraction", "that share under the Gibbs law at T", "", "[k]"},
              {"relaxedGlobalFraction",
               "that share if it follows the Gibbs law at the rate of the spectral gap", "", "[k]"},
              {"equilibrated", "1 once this stage has passed its test", "", "[k]"},
              {"stageIndex", "the stages entered", "", "[j]"},
              {"stageStart", "step at which each began", "steps", "[j]"},
              {"stageEnd", "step at which each ended; now for the last", "steps", "[j]"},
              {"stageGlobalFraction", "share in the global well at its end", "", "[j]"},
              {"stageStandardError", "standard error of that share", "", "[j]"},
              {"stageEquilibrated", "1 if it passed its test", "", "[j]"},
              {"scaleReduction", "R̂ of its last test; 0 before the first", "", "[j]"},
              {"ladder", "temperature of every stage", "", "[stages]"},
              {"stepSizes", "step size of every stage", "", "[stages]"},
              {"ladderPrediction", "Gibbs mass of the global well at every stage", "", "[stages]"},
              {"notesPrediction", "that mass at αs²/b, the temperature in one place of the notes",
               "", "[stages]"},
              {"relaxationSteps", "1/(α · spectral gap) at every stage", "steps", "[stages]"},
              {"x", "walkers", "", "[R, d]"},
              {"cloud", "the first 1000 walkers", "", "[k, d]"},
              {"density", "histogram of x", "", "[bins]"},
              {"edges", "its edges", "", "[bins + 1]"},
              {"gibbs", "Gibbs density of x at T", "", "[columns]"},
              {"field", "f over the window", "", "[rows, columns]"},
              {"grid", "x of the field's columns", "", "[columns]"},
              {"gridY", "y of the field's rows", "", "[rows]"},
              {"window", "xMin, xMax, yMin, yMax", "", "[4]"},
              {"criticalPoints", "x, f and 1 for a minimum, along the x axis", "", "[k, 3]"},
              {"marks",
               "α₀ whose temperature is the barrier (0 without one), 2/f'' at the global minimum, "
               "and the α₀ from which on a walker may be thrown out",
               "", "[3]"},
          },
      .create = createAnnealing,
  };
}

}  // namespace wv
