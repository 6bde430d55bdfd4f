// One method on one problem: what each replicate spends until its gap is at the target.
#pragma once

#include <memory>
#include <vector>

#include "experiment/optimality_gap.hpp"
#include "experiment/work_problem.hpp"
#include "method/method.hpp"
#include "method/mini_batch.hpp"

namespace wv {

struct WorkRules {
  double target = 0;  // of f - f*
  double budget = 0;  // term gradients a replicate may spend
  Eigen::Index replicates = 1;
  std::uint32_t seed = 0;
};

class WorkCell {
 public:
  struct TracePoint {
    double evaluations, gap;  // the mean over the replicates
  };

  // The problem must outlive it. Gradient descent has no randomness and is run once.
  WorkCell(const WorkProblem& problem, WorkMethod method, const WorkRules& rules);
  WorkCell(const WorkCell&) = delete;
  WorkCell& operator=(const WorkCell&) = delete;

  // Goes on until the cell is finished or about this many multiplications were made.
  void advance(double multiplications);
  // Every replicate has been at the target, or the budget is spent, or a gap is no longer finite.
  bool isFinished() const { return finished_; }

  // Of each replicate, the term gradients after the first update whose gap is at most the target;
  // infinite for those that have not been there.
  const Column& evaluations() const { return evaluations_; }
  // From the start to the end of the cell, at points about evenly spaced on a logarithmic axis.
  const std::vector<TracePoint>& trace() const { return trace_; }

 private:
  double costOfStep() const;
  void measure();

  const WorkProblem& problem_;
  WorkMethod method_;
  WorkRules rules_;
  Sampler sampler_;
  std::unique_ptr<const GradientSource> source_;
  std::unique_ptr<const Method> rule_;
  OptimalityGap gapOf_;
  State state_;
  Column evaluations_;
  bool finished_ = false;
  double nextTrace_ = 0;
  std::vector<TracePoint> trace_;
};

}  // namespace wv
