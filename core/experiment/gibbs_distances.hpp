// How far the walkers are from the Gibbs law, at steps that grow rarer, and what is expected.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "experiment/gibbs_prediction.hpp"
#include "experiment/gibbs_target.hpp"
#include "experiment/value_table.hpp"

namespace wv {

// KL, total variation and, on the line, W2 of some law of the walkers from the Gibbs law.
using Distances = std::vector<double>;

// The series `times`; `kl`, `klStandardError`, `totalVariation`, `totalVariationStandardError`,
// `w2`, as long as it; and `predictedKl`, `predictedTotalVariation`, `predictedW2`, which may end
// earlier: where no exact law is known any more. On the plane and on a circle there is no W2.
class GibbsDistances {
 public:
  explicit GibbsDistances(int replicates) : replicates_(replicates) {}

  // What the walkers are held against from now on. The target must outlive this.
  void useTarget(const GibbsTarget& target);

  // Enters the state after `step` updates if it is one of those that are kept: all up to 128, then
  // 64 between a step and its double.
  void record(std::uint32_t step, const Block& x);

  // All that is kept, and the state after `step` updates, which may be one more.
  const ValueTable& upTo(std::uint32_t step, const Block& x, GibbsPrediction& prediction) const;

  // Expected for this many walkers of the law with these shares, and for infinitely many; empty for
  // empty shares.
  Distances expected(const Column& shares) const;
  Distances exact(const Column& shares) const;
  // Expected for this many walkers of the Gibbs law itself.
  Distances floor() const;

 private:
  void measure(std::uint32_t step, const Block& x, ValueTable& into) const;
  void predict(GibbsPrediction& prediction, ValueTable& into) const;

  int replicates_;
  const GibbsTarget* target_ = nullptr;
  const LineTarget* line_ = nullptr;  // where W2 is taken
  std::unique_ptr<LineQuantiles> quantiles_;
  // The predictions of what is kept are made when they are first asked for.
  mutable ValueTable kept_, shown_;
};

}  // namespace wv
