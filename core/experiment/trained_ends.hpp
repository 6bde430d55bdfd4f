// The networks between which paths are sought.
#pragma once

#include "experiment/connectivity_settings.hpp"
#include "landscape/downhill.hpp"

namespace wv {

// What beads and ends are trained down to, as a share of the level: the segments between them,
// which rise a little above their ends, then have room.
inline constexpr double trainedShare = 0.5;
inline constexpr double trainingStep = 0.02;

// Trains both ends of every pair at the same time, one update a step. A network that ends in a bad
// local minimum starts again from other weights, a few times; after that the best one is taken.
class TrainedEnds {
 public:
  // The plan must outlive it.
  explicit TrainedEnds(const ConnectivityPlan& plan);

  void step();
  bool isOver() const { return open_.empty(); }

  // The first (0) or second (1) end of a pair: the best so far, and its loss.
  Point end(int pair, int which) const;
  double loss(int pair, int which) const;
  // Trainings begun for this end.
  int attempts(int pair, int which) const;
  double updates() const { return training_.updates(); }

 private:
  Eigen::Index rowOf(int pair, int which) const;
  void beginAttempt();
  void collect();

  const ConnectivityPlan& plan_;
  Downhill training_;
  Block best_;
  Column bestLoss_;
  IndexColumn attempts_;
  std::vector<Eigen::Index> open_;  // rows in the present attempt
};

}  // namespace wv
