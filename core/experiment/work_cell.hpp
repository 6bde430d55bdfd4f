// One method on one problem: what it spends until the mean gap of its replicates is at the target.
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

  // The problem must outlive it. Gradient descent has no randomness and is run once; SAGA, which
  // keeps a gradient of each term, for as many replicates as a GradientTable fits, and at least for
  // one. Where a look at the gap costs a pass over the terms, it is taken whenever the term
  // gradients have grown by 1 %, else after every update.
  WorkCell(const WorkProblem& problem, WorkMethod method, const WorkRules& rules);
  WorkCell(const WorkCell&) = delete;
  WorkCell& operator=(const WorkCell&) = delete;

  // Goes on until the cell is finished or about this many multiplications were made.
  void advance(double multiplications);
  // The mean gap and one standard error above it have been at the target, or the budget is spent,
  // or a gap is no longer finite.
  bool isFinished() const { return finished_; }

  Eigen::Index replicates() const { return sampler_.replicates(); }
  // The term gradients at the first look at which the mean gap is at most the target; infinite if
  // there was none.
  double evaluations() const { return evaluations_; }
  // Half of what lies between the first time that one standard error below the mean gap is at most
  // the target and the first time that one above it is (or the end, if it never is). 0 for one
  // replicate.
  double standardError() const { return 0.5 * (late_ - early_); }
  // From the start to the end of the cell, at points about evenly spaced on a logarithmic axis.
  const std::vector<TracePoint>& trace() const { return trace_; }

 private:
  double costOfStep() const;
  double costOfLook() const;
  bool isTimeToLook() const;
  void measure();

  const WorkProblem& problem_;
  WorkMethod method_;
  WorkRules rules_;
  Sampler sampler_;
  std::unique_ptr<const GradientSource> source_;
  std::unique_ptr<const Method> rule_;
  OptimalityGap gapOf_;
  State state_;
  double evaluations_, early_, late_;
  bool finished_ = false;
  double lookSpacing_, nextLook_ = 0, nextTrace_ = 0;
  std::vector<TracePoint> trace_;
};

}  // namespace wv
