#include "landscape/downhill.hpp"

#include <numeric>

#include "method/adam.hpp"

namespace wv {
namespace {

using Eigen::Index;

void keepRows(Block& block, const std::vector<Index>& rows) {
  // Each row moves up or stays, so none is overwritten before it has moved.
  for (std::size_t r = 0; r < rows.size(); ++r) {
    block.row(static_cast<Index>(r)) = block.row(rows[r]);
  }
  block.conservativeResize(static_cast<Index>(rows.size()), block.cols());
}

}  // namespace

Downhill::Downhill(const Objective& objective, const DownhillSettings& settings)
    : objective_(objective), source_(objective), settings_(settings) {}

void Downhill::begin(const BlockIn& x) {
  x_ = x;
  value_.resize(x.rows());
  objective_.value(x_, value_);
  state_.x = x;
  Adam().init(state_);
  rows_.resize(static_cast<std::size_t>(x.rows()));
  std::iota(rows_.begin(), rows_.end(), 0);
  leaveOut(false);
}

void Downhill::step() {
  if (isOver()) {
    return;
  }
  Adam().step({source_, settings_.stepSize}, state_);
  updates_ += static_cast<double>(rows_.size());
  Column value(state_.x.rows());
  objective_.value(state_.x, value);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    x_.row(rows_[r]) = state_.x.row(static_cast<Index>(r));
    value_(rows_[r]) = value(static_cast<Index>(r));
  }
  leaveOut(state_.step >= static_cast<std::uint32_t>(settings_.patience));
}

// The rows that are low enough, or every one.
void Downhill::leaveOut(bool everyRow) {
  std::vector<Index> kept, rows;
  for (std::size_t r = 0; r < rows_.size() && !everyRow; ++r) {
    if (!(value_(rows_[r]) <= settings_.target)) {
      kept.push_back(static_cast<Index>(r));
      rows.push_back(rows_[r]);
    }
  }
  if (kept.size() < rows_.size()) {
    keepRows(state_.x, kept);
    for (Block& slot : state_.slots) {
      keepRows(slot, kept);
    }
    rows_ = std::move(rows);
  }
}

}  // namespace wv
