#include "landscape/string_sampling.hpp"

#include <algorithm>
#include <numeric>

namespace wv {
namespace {

using Eigen::Index;

// A segment below this share of the distance between the ends is not split further.
constexpr double shortestSegment = 1e-6;

// f at the points first + (k / count) (last - first), k = 1 .. count.
Column valuesBetween(const Objective& objective, const PointIn& first, const PointIn& last,
                     int count) {
  Block points(count, first.size());
  for (Index k = 0; k < count; ++k) {
    const double t = static_cast<double>(k + 1) / count;
    points.row(k) = ((1 - t) * first + t * last).transpose().array();
  }
  Column values(count);
  objective.value(points, values);
  return values;
}

double valueAt(const Objective& objective, const PointIn& x) {
  const Block row = x.transpose().array();
  Column f(1);
  objective.value(row, f);
  return f(0);
}

}  // namespace

StringSampling::StringSampling(const Objective& objective, const StringSettings& settings,
                               const PointIn& first, const PointIn& last)
    : objective_(objective), settings_(settings), training_(objective, settings.beads) {
  beads_ = {{.x = first}, {.x = last}};
  lookAtNewSegments();
  insertBeads();
}

void StringSampling::step() {
  if (isOver_) {
    return;
  }
  training_.step();
  takeTrained();
  if (training_.isOver()) {
    ++generation_;
    lookAtNewSegments();
    insertBeads();
  }
}

void StringSampling::takeTrained() {
  for (std::size_t r = 0; r < trained_.size(); ++r) {
    beads_[trained_[r]].x = training_.x().row(static_cast<Index>(r)).transpose().matrix();
  }
}

void StringSampling::look(std::size_t segment) {
  Bead& from = beads_[segment];
  const Column values =
      valuesBetween(objective_, from.x, beads_[segment + 1].x, settings_.segmentPoints);
  const double start = valueAt(objective_, from.x);
  Index at = 0;
  const double highest = values.maxCoeff(&at);
  from.highest = std::max(start, highest);
  from.highestAt = highest > start ? static_cast<double>(at + 1) / settings_.segmentPoints : 0;
  from.isLookedAt = true;
}

void StringSampling::lookAtNewSegments() {
  highest_ = 0;
  for (std::size_t i = 0; i + 1 < beads_.size(); ++i) {
    if (!beads_[i].isLookedAt) {
      look(i);
    }
    highest_ = std::max(highest_, beads_[i].highest);
  }
}

// Not where the highest point is itself a bead, which training has not brought lower.
bool StringSampling::mustSplit(std::size_t segment) const {
  const Bead& from = beads_[segment];
  const Bead& to = beads_[segment + 1];
  return from.highest > settings_.level && from.highestAt > 0 && from.highestAt < 1 &&
         (to.x - from.x).norm() > shortestSegment * (beads_.back().x - beads_.front().x).norm();
}

void StringSampling::insertBeads() {
  std::vector<Bead> beads;
  trained_.clear();
  int room = settings_.mostBeads - static_cast<int>(beads_.size());
  for (std::size_t i = 0; i < beads_.size(); ++i) {
    beads.push_back(beads_[i]);
    if (i + 1 < beads_.size() && room > 0 && mustSplit(i)) {
      const double t = beads_[i].highestAt;
      beads.back().isLookedAt = false;
      trained_.push_back(beads.size());
      beads.push_back({.x = (1 - t) * beads_[i].x + t * beads_[i + 1].x});
      --room;
    }
  }
  beads_ = std::move(beads);
  isOver_ = trained_.empty();
  if (!isOver_) {
    training_.begin(blockOf(trained_));
  }
}

Block StringSampling::blockOf(const std::vector<std::size_t>& which) const {
  Block block(static_cast<Index>(which.size()), objective_.dim());
  for (std::size_t r = 0; r < which.size(); ++r) {
    block.row(static_cast<Index>(r)) = beads_[which[r]].x.transpose().array();
  }
  return block;
}

Block StringSampling::beads() const {
  std::vector<std::size_t> all(beads_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return blockOf(all);
}

Block StringSampling::restingBeads() const {
  std::vector<std::size_t> resting;
  for (std::size_t i = 0; i < beads_.size(); ++i) {
    if (!std::binary_search(trained_.begin(), trained_.end(), i)) {
      resting.push_back(i);
    }
  }
  return blockOf(resting);
}

double StringSampling::lengthRatio() const {
  double length = 0;
  for (std::size_t i = 0; i + 1 < beads_.size(); ++i) {
    length += (beads_[i + 1].x - beads_[i].x).norm();
  }
  const double straight = (beads_.back().x - beads_.front().x).norm();
  return straight > 0 ? length / straight : 1;
}

Column valuesOnPath(const Objective& objective, const BlockIn& beads, int pointsPerSegment) {
  const Index segments = beads.rows() - 1;
  Column values(1 + segments * pointsPerSegment);
  values(0) = valueAt(objective, beads.row(0).transpose().matrix());
  for (Index i = 0; i < segments; ++i) {
    values.segment(1 + i * pointsPerSegment, pointsPerSegment) =
        valuesBetween(objective, beads.row(i).transpose().matrix(),
                      beads.row(i + 1).transpose().matrix(), pointsPerSegment);
  }
  return values;
}

}  // namespace wv
