// How often annealing ends in the well of the global minimum, against the number of steps that it
// may take: for each budget an ensemble of its own.
#include <array>
#include <cmath>

#include "experiment/annealing_settings.hpp"
#include "experiment/registry.hpp"
#include "experiment/shard.hpp"

namespace wv {
namespace {

constexpr double leastBudget = 100;

// One budget's run down the ladder.
struct Trial {
  std::vector<double> ends;  // of the stages, in steps
  AnnealingWalkers walkers;
  std::size_t stage = 0;
};

class AnnealingBudget final : public Experiment {
 public:
  AnnealingBudget(const Settings& settings, AnnealingProblem problem)
      : Experiment(settings), problem_(std::move(problem)) {
    const CoolingSchedule schedule = coolingScheduleOf(settings);
    const double depth = schedule == CoolingSchedule::logarithmic ? settings.number("depth") : 0;
    const std::vector<double> shares =
        stageShares(schedule, problem_.stages, problem_.cooling, depth);
    const double x0 = settings.number("x0");
    double exact = settings.number("budget");
    while (exact > 0.99 * leastBudget) {
      budgets_.insert(budgets_.begin(), std::floor(exact + 0.5));
      exact /= std::sqrt(2.0);
    }
    std::uint32_t ensemble = 0;
    for (const double budget : budgets_) {
      trials_.push_back(
          {endsOf(shares, budget), {problem_, settings, x0, replicatesApart * ensemble++}});
      predicted_.push_back(predictedShare(trials_.back().ends, problem_.isGlobal(x0) ? 1 : 0));
    }
    const bool isNeverCooled = schedule == CoolingSchedule::constant;
    limit_ = {(isNeverCooled ? problem_.stages.front() : problem_.stages.back()).globalMass};
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override {
    if (id == "ends") {
      fillEnds();
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    for (std::size_t i = success_.size(); i < trials_.size(); ++i) {
      Trial& trial = trials_[i];
      while (step_ >= trial.ends[trial.stage]) {
        ++trial.stage;
      }
      if (!trial.walkers.step(trial.stage)) {
        runState_ = RunState::diverged;
        return;
      }
    }
    ++step_;
    if (step_ >= budgets_[success_.size()]) {
      const GlobalShare measured = trials_[success_.size()].walkers.globalShare();
      success_.push_back(measured.share);
      standardError_.push_back(measured.standardError);
    }
    if (success_.size() == trials_.size()) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view, const Value&) override {}

 private:
  std::array<NamedValues, 6> named() const {
    return {{{"budgets", &budgets_},
             {"ends", &ends_, static_cast<int>(budgets_.size())},
             {"success", &success_},
             {"successStandardError", &standardError_},
             {"predictedSuccess", &predicted_},
             {"limit", &limit_}}};
  }

  void fillEnds() const {
    std::vector<Column> columns;
    for (const Trial& trial : trials_) {
      columns.push_back(trial.walkers.x().col(0));
    }
    ends_ = rowMajor(columns);
  }

  static std::vector<double> endsOf(const std::vector<double>& shares, double budget) {
    std::vector<double> ends;
    double sum = 0;
    for (const double share : shares) {
      sum += share;
      ends.push_back(std::floor(budget * sum + 0.5));
    }
    ends.back() = budget;
    return ends;
  }

  double predictedShare(const std::vector<double>& ends, double share) const {
    double from = 0;
    for (std::size_t k = 0; k < ends.size(); ++k) {
      share = relaxedShare(share, problem_.stages[k], ends[k] - from);
      from = ends[k];
    }
    return share;
  }

  AnnealingProblem problem_;
  std::vector<Trial> trials_;  // the smallest budget first
  std::uint32_t step_ = 0;
  RunState runState_ = RunState::running;
  std::vector<double> budgets_, success_, standardError_, predicted_, limit_;
  mutable std::vector<double> ends_;
};

std::vector<Parameter> budgetParameters() {
  std::vector<Parameter> table = annealingParameters();
  const std::vector<Parameter> cooling = coolingScheduleParameters();
  table.insert(table.end(), cooling.begin(), cooling.end());
  table.push_back({.id = "budget",
                   .label = "largest budget",
                   .symbol = "",
                   .unit = "steps",
                   .help = "the others are smaller by factors of √2, down to 100",
                   .kind = Kind::integer,
                   .initial = 8000.0,
                   .min = leastBudget,
                   .max = 1'000'000,
                   .scale = Scale::logarithmic});
  table.push_back(walkersStartParameter());
  return table;
}

Creation createBudget(const Settings& settings, const DataLibrary&) {
  std::vector<Issue> issues;
  AnnealingProblem problem = chooseAnnealingProblem(settings, issues);
  return createUnlessRefused<AnnealingBudget>(std::move(issues), settings, std::move(problem));
}

}  // namespace

ExperimentInfo annealingBudgetExperiment() {
  return {
      .id = "annealing-budget",
      .title = "Annealing within a budget",
      .section = "§3.3 Remark 16",
      .parameters = budgetParameters(),
      .channels =
          {
              {"budgets", "steps that a run may take", "steps", "[k]"},
              {"success", "share of the runs that end in the global well, of the budgets used up",
               "", "[j]"},
              {"successStandardError", "standard error of that share", "", "[j]"},
              {"ends", "x of each run, where its budget ended or where it is now", "", "[R, k]"},
              {"predictedSuccess",
               "that share if it follows the Gibbs law at the rate of the spectral gap", "", "[k]"},
              {"limit", "Gibbs mass of the global well at the last temperature used", "", "[1]"},
          },
      .create = createBudget,
  };
}

}  // namespace wv
