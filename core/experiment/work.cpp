// Section 2, Remark 11 of the lecture: what gradient descent, SGD and the methods between them
// spend to reach a target, as the data grow.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "experiment/registry.hpp"
#include "experiment/work_cell.hpp"
#include "experiment/work_plan.hpp"
#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "theory/work.hpp"

namespace wv {
namespace {

// Multiplications of one step of the experiment: a few hundredths of a second.
constexpr double chunk = 2e7;
using numeric::infinity;

constexpr WorkMethod everyMethod[workMethods] = {WorkMethod::gradientDescent, WorkMethod::sgd,
                                                 WorkMethod::svrg, WorkMethod::saga};

// The n of which `target` is the crossover target.
double crossoverTerms(double target) { return 1 / (target * numeric::log(1 / target)); }

class Work final : public Experiment {
 public:
  Work(const Settings& settings, WorkPlan plan) : Experiment(settings), plan_(std::move(plan)) {
    const std::size_t cells = workMethods * plan_.sizes.size();
    for (auto* table : {&evaluations_, &standardError_, &reached_, &predicted_, &replicates_}) {
      table->assign(cells, 0.0);
    }
    for (const int n : plan_.sizes) {
      sizes_.push_back(n);
      crossover_.push_back(crossoverTarget(n).value_or(1));
    }
    crossoverSize_ = {crossoverTerms(plan_.rules.target)};
    problems_.assign(5 * sizes_.size(), 0.0);
    target_ = {plan_.rules.target};
    budget_ = {plan_.rules.budget};
  }

  Status status() const override {
    return {finishedCells_ < evaluations_.size() ? RunState::running : RunState::finished, step_};
  }

  Channel channel(std::string_view id) const override { return findChannel(named(), id); }

 protected:
  void advanceOneStep() override {
    if (!cell_) {
      beginCell();
    }
    cell_->advance(chunk);
    ++step_;
    if (cell_->isFinished()) {
      endCell();
    }
  }

  void apply(std::string_view, const Value&) override {}

 private:
  std::array<NamedValues, 13> named() const {
    const int sizes = static_cast<int>(sizes_.size());
    return {{{"evaluations", &evaluations_, sizes},
             {"standardError", &standardError_, sizes},
             {"reached", &reached_, sizes},
             {"predicted", &predicted_, sizes},
             {"replicatesRun", &replicates_, sizes},
             {"problems", &problems_, 5},
             {"trace", &trace_, 4},
             {"n", &sizes_},
             {"crossover", &crossover_},
             {"crossoverSize", &crossoverSize_},
             {"target", &target_},
             {"budget", &budget_},
             {"cells", &cells_}}};
  }

  // Cells go from the smallest n to the largest, the methods in turn.
  std::size_t sizeIndex() const { return finishedCells_ / workMethods; }
  std::size_t methodIndex() const { return finishedCells_ % workMethods; }
  std::size_t tableIndex() const { return methodIndex() * sizes_.size() + sizeIndex(); }

  void beginCell() {
    if (methodIndex() == 0) {
      problem_ = std::make_unique<WorkProblem>(plan_.problem(plan_.sizes[sizeIndex()]));
      const Constants& of = problem_->constants();
      const std::array<double, 5> row = {of.smoothness, of.strongConvexity, of.minimum,
                                         problem_->termSmoothness(), problem_->initialGap()};
      std::copy(row.begin(), row.end(),
                problems_.begin() + static_cast<std::ptrdiff_t>(5 * sizeIndex()));
    }
    const WorkMethod method = everyMethod[methodIndex()];
    cell_ = std::make_unique<WorkCell>(*problem_, method, plan_.rules);
    replicates_[tableIndex()] = static_cast<double>(cell_->replicates());
    predicted_[tableIndex()] =
        problem_->predictedWork(method, plan_.rules.target, plan_.rules.budget).value_or(infinity);
  }

  void endCell() {
    const std::size_t at = tableIndex();
    const bool arrived = std::isfinite(cell_->evaluations());
    evaluations_[at] = cell_->evaluations();
    standardError_[at] = arrived ? cell_->standardError() : 0;
    reached_[at] = arrived ? 1 : 0;
    for (const WorkCell::TracePoint& point : cell_->trace()) {
      trace_.insert(trace_.end(), {static_cast<double>(methodIndex()), sizes_[sizeIndex()],
                                   point.evaluations, point.gap});
    }
    cell_.reset();
    cells_[0] = static_cast<double>(++finishedCells_);
  }

  WorkPlan plan_;
  std::uint32_t step_ = 0;
  std::size_t finishedCells_ = 0;
  std::unique_ptr<WorkProblem> problem_;
  std::unique_ptr<WorkCell> cell_;
  std::vector<double> evaluations_, standardError_, reached_, predicted_, replicates_, problems_,
      trace_;
  std::vector<double> sizes_, crossover_, crossoverSize_, target_, budget_, cells_ = {0};
};

Creation createWork(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  WorkPlan plan = planWork(settings, data, issues);
  return createUnlessRefused<Work>(std::move(issues), settings, std::move(plan));
}

}  // namespace

ExperimentInfo workExperiment() {
  return {
      .id = "work",
      .title = "Work: GD or SGD?",
      .section = "§2 Remark 11",
      .parameters = workParameters(),
      .channels =
          {
              {"n", "sizes in use, ascending", "terms", "[n]"},
              {"evaluations",
               "term gradients spent while the mean gap of the replicates is above the target, for "
               "GD, SGD, SVRG, SAGA; 0 before it is known, ∞ if it was not within the budget",
               "term gradients", "[4, n]"},
              {"standardError",
               "half of what a standard error more and one less of the mean gap make of that count",
               "term gradients", "[4, n]"},
              {"reached", "1 where the target was reached within the budget", "", "[4, n]"},
              {"predicted", "evaluations by theory; 0 before, ∞ if beyond the budget",
               "term gradients", "[4, n]"},
              {"replicatesRun",
               "replicates in use: one for GD, for SAGA what its memory allows; 0 before", "",
               "[4, n]"},
              {"crossover", "ε* with 1/ε* = n log(1/ε*), for each n", "", "[n]"},
              {"crossoverSize", "the n whose ε* is the target", "terms", "[1]"},
              {"problems", "L, m, f*, max L_i, f(0) − f*, for each n; 0 before", "", "[n, 5]"},
              {"trace", "method, n, term gradients, mean gap", "", "[k, 4]"},
              {"target", "ε", "", "[1]"},
              {"budget", "most term gradients of a replicate", "term gradients", "[1]"},
              {"cells", "how many pairs of a method and an n are finished", "", "[1]"},
          },
      .create = createWork,
  };
}

}  // namespace wv
