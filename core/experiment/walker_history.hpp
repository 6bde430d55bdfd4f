// What some walkers did lately: enough to tell how long the chain remembers.
#pragma once

#include <algorithm>
#include <optional>

#include "numeric/autocorrelation.hpp"

namespace wv {

class WalkerHistory {
 public:
  // x of the replicates at the next step; the first `walkers` of them are kept.
  void record(const ColumnIn& x) {
    if (rows_.size() == 0) {
      rows_.resize(mostSteps, std::min<Eigen::Index>(walkers, x.size()));
    }
    rows_.row(steps_ % mostSteps) = x.head(rows_.cols()).transpose();
    ++steps_;
  }
  // The chain changed: what came before is of another one.
  void restart() { steps_ = 0; }

  // Of the later half of what is kept, so that little of the start is in it. Nothing while that is
  // less than 20 steps, or where nothing moves.
  std::optional<numeric::AutocorrelationTime> time() const {
    const Eigen::Index count = std::min(steps_ / 2, mostSteps);
    if (count < leastSteps) {
      return {};
    }
    Block late(count, rows_.cols());
    for (Eigen::Index t = 0; t < count; ++t) {
      late.row(t) = rows_.row((steps_ - count + t) % mostSteps);
    }
    if ((late == late(0, 0)).all()) {
      return {};
    }
    return numeric::autocorrelationTime(late, static_cast<int>(count) / 2);
  }

 private:
  static constexpr Eigen::Index walkers = 64, mostSteps = 600, leastSteps = 20;

  Block rows_;  // a ring, steps x walkers
  Eigen::Index steps_ = 0;
};

}  // namespace wv
