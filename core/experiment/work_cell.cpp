#include "experiment/work_cell.hpp"

#include <algorithm>
#include <cmath>

#include "method/gd.hpp"
#include "method/gradient_table.hpp"
#include "method/stochastic_catalogue.hpp"
#include "numeric/constants.hpp"
#include "numeric/statistics.hpp"

namespace wv {
namespace {

constexpr double traceSpacing = 1.1;
// Of a step on few replicates, whatever it computes, in multiplications.
constexpr double overhead = 300;
using numeric::infinity;

std::unique_ptr<const Method> ruleOf(WorkMethod method, const Sampler& sampler) {
  switch (method) {
    case WorkMethod::svrg:
      return makeStochasticMethod("svrg", {}, sampler);
    case WorkMethod::saga:
      return makeStochasticMethod("saga", {}, sampler);
    default:
      return std::make_unique<GradientDescent>();
  }
}

std::unique_ptr<const GradientSource> sourceOf(WorkMethod method, const Objective& objective,
                                               const Sampler& sampler) {
  if (method == WorkMethod::gradientDescent) {
    return std::make_unique<FullGradient>(objective);
  }
  return std::make_unique<MiniBatchGradient>(objective, sampler);
}

Eigen::Index replicatesOf(WorkMethod method, const Objective& objective, Eigen::Index wanted) {
  if (method == WorkMethod::gradientDescent) {
    return 1;
  }
  const auto most = static_cast<Eigen::Index>(
      largestTableBytes / GradientTable::bytes(objective.terms(), objective.dim()));
  return method == WorkMethod::saga ? std::clamp<Eigen::Index>(most, 1, wanted) : wanted;
}

}  // namespace

WorkCell::WorkCell(const WorkProblem& problem, WorkMethod method, const WorkRules& rules)
    : problem_(problem),
      method_(method),
      rules_(rules),
      sampler_({.terms = problem.objective().terms(),
                .seed = rules.seed,
                .replicates = replicatesOf(method, problem.objective(), rules.replicates)}),
      source_(sourceOf(method, problem.objective(), sampler_)),
      rule_(ruleOf(method, sampler_)),
      gapOf_(problem.objective(), problem.constants().minimizer, problem.constants().minimum),
      evaluations_(infinity),
      mean_(infinity),
      error_(0),
      lookSpacing_(gapOf_.passesOverTerms() ? 1.01 : 1) {
  state_.x = Block::Zero(sampler_.replicates(), problem.objective().dim());
  rule_->init(state_);
  measure();
}

double WorkCell::costOfStep() const {
  const double d = problem_.objective().dim();
  const double terms = method_ == WorkMethod::gradientDescent ? sampler_.terms() : 1;
  return overhead + static_cast<double>(sampler_.replicates()) * d * terms;
}

double WorkCell::costOfLook() const {
  return static_cast<double>(sampler_.replicates()) * gapWork(problem_.objective());
}

bool WorkCell::isTimeToLook() const {
  return state_.gradientEvaluations >= nextLook_ || state_.gradientEvaluations > rules_.budget;
}

void WorkCell::advance(double multiplications) {
  for (double spent = 0; !finished_ && spent < multiplications; spent += costOfStep()) {
    rule_->step({*source_, problem_.stepSize(method_, state_.step)}, state_);
    if (isTimeToLook()) {
      measure();
      spent += costOfLook();
    }
  }
}

void WorkCell::measure() {
  const Column gap = gapOf_(state_.x);
  const double spent = state_.gradientEvaluations;
  const double since = std::min(spent, rules_.budget) - lookedAt_;
  const auto enter = [&](double value, double& above) {
    if (value > rules_.target) {
      above += since;
    }
  };
  enter(mean_ - error_, aboveWithLess_);
  enter(mean_, above_);
  enter(mean_ + error_, aboveWithMore_);
  lookedAt_ += since;
  nextLook_ = spent * lookSpacing_;
  if (!gap.isFinite().all() || spent > rules_.budget) {
    finish();
    return;
  }
  mean_ = numeric::mean(gap);
  error_ = gap.size() > 1 ? numeric::standardError(gap) : 0;
  const bool arrived = mean_ <= rules_.target;
  if (arrived && (method_ == WorkMethod::gradientDescent || spent >= 2 * above_)) {
    finish();
  }
  if (spent >= nextTrace_ || finished_) {
    trace_.push_back({spent, mean_});
    nextTrace_ = std::max(spent + 1, spent * traceSpacing);
  }
}

void WorkCell::finish() {
  evaluations_ = mean_ <= rules_.target ? above_ : infinity;
  finished_ = true;
}

}  // namespace wv
