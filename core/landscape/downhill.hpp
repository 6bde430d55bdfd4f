// Points that are trained, each until it is low enough.
#pragma once

#include <vector>

#include "method/method.hpp"
#include "objective/objective.hpp"

namespace wv {

struct DownhillSettings {
  double target = 0;       // the value at which a point is low enough
  double stepSize = 0.02;  // of Adam
  int patience = 1000;     // updates after which a point is left where it is
};

// Adam on every row of a block by itself, one update a step. A row leaves the training once it is
// low enough; what becomes of it does not depend on the other rows.
class Downhill {
 public:
  // The objective must outlive it.
  Downhill(const Objective& objective, const DownhillSettings& settings);

  // Trains these rows from here on. Those that are low enough already take no update.
  void begin(const BlockIn& x);
  // One update of every row in training.
  void step();
  bool isOver() const { return rows_.empty(); }

  // Where the rows of `begin` are now, in their order, and their values.
  const Block& x() const { return x_; }
  const Column& value() const { return value_; }
  // Updates of single rows so far, over all trainings; each takes one full gradient.
  double updates() const { return updates_; }

 private:
  void leaveOut(bool everyRow);

  const Objective& objective_;
  FullGradient source_;
  DownhillSettings settings_;
  Block x_;
  Column value_;
  State state_;
  std::vector<Eigen::Index> rows_;  // row r of state_ is row rows_[r] of x_
  double updates_ = 0;
};

}  // namespace wv
