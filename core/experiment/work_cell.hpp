// One method on one problem: what it spends while the mean gap of its replicates is above the
// target.
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
  // Gradient descent has come to the target; another method is there, and has spent as much below
  // it as above; or the budget is spent, or a gap is no longer finite.
  bool isFinished() const { return finished_; }

  Eigen::Index replicates() const { return sampler_.replicates(); }
  // The term gradients spent while the mean gap is above the target; infinite if it is so at the
  // end. Where the gap falls steadily they are those up to the first time below. A mean over few
  // replicates is above and below by turns, and its first time below comes early by as much as it
  // is noisy: the time above, of an expected gap C/t, is the time C/target on average, however few
  // there are.
  double evaluations() const { return evaluations_; }
  // Half of the difference between what is spent while one standard error more than the mean gap is
  // above the target and what is while one less is. 0 for one replicate.
  double standardError() const { return 0.5 * (aboveWithMore_ - aboveWithLess_); }
  // From the start to the end of the cell, at points about evenly spaced on a logarithmic axis.
  const std::vector<TracePoint>& trace() const { return trace_; }

 private:
  double costOfStep() const;
  double costOfLook() const;
  bool isTimeToLook() const;
  void measure();
  void finish();

  const WorkProblem& problem_;
  WorkMethod method_;
  WorkRules rules_;
  Sampler sampler_;
  std::unique_ptr<const GradientSource> source_;
  std::unique_ptr<const Method> rule_;
  OptimalityGap gapOf_;
  State state_;
  double evaluations_;
  // What was spent while the mean gap, with a standard error less or more, was above the target.
  double above_ = 0, aboveWithLess_ = 0, aboveWithMore_ = 0;
  // The last look.
  double lookedAt_ = 0, mean_, error_;
  bool finished_ = false;
  double lookSpacing_, nextLook_ = 0, nextTrace_ = 0;
  std::vector<TracePoint> trace_;
};

}  // namespace wv
