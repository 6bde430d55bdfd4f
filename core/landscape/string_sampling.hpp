// Dynamic String Sampling (C. D. Freeman, J. Bruna, "Topology and geometry of half-rectified
// network optimization", ICLR 2017): a search for a path between two points that nowhere rises
// above a level.
#pragma once

#include <vector>

#include "landscape/downhill.hpp"

namespace wv {

struct StringSettings {
  double level = 0;        // the path shall not rise above it
  DownhillSettings beads;  // their target is at most the level
  int mostBeads = 64;      // the ends included
  int segmentPoints = 32;  // where a segment is looked at, its second end included
};

// A path of straight segments from the first bead to the last. Where a segment rises above the
// level, its highest point becomes a new bead and is trained downhill; then both halves are looked
// at. All beads of one generation are trained at the same time, one update a step.
//
// A search that ends with a path below the level certifies that its ends are connected at that
// level, as far as the points looked at tell. One that ends without says nothing about the
// landscape: another search might find a path.
class StringSampling {
 public:
  // Both ends have dim() entries and values of at most the level. The objective must outlive it.
  StringSampling(const Objective& objective, const StringSettings& settings, const PointIn& first,
                 const PointIn& last);

  // One update of every bead in training; nothing once it is over.
  void step();
  bool isOver() const { return isOver_; }
  // Whether no point looked at is above the level, as of the last generation that is complete.
  bool holdsLevel() const { return highest_ <= settings_.level; }
  // The highest value on the path, as of the last generation that is complete.
  double highest() const { return highest_; }
  int generation() const { return generation_; }

  // In order from the first end to the last; beads in training where they stand now.
  Block beads() const;
  // Those of them that are not in training: the path of the last generation that is complete.
  Block restingBeads() const;
  // The path's length over the distance of its ends, 1 where they coincide.
  double lengthRatio() const;
  // Updates of single beads so far; each takes one full gradient.
  double updates() const { return training_.updates(); }

 private:
  struct Bead {
    Point x;
    // Of the segment that starts here: its highest value and where, from 0 to 1.
    double highest = 0, highestAt = 0;
    bool isLookedAt = false;
  };

  void look(std::size_t segment);
  void lookAtNewSegments();
  bool mustSplit(std::size_t segment) const;
  void insertBeads();
  void takeTrained();
  Block blockOf(const std::vector<std::size_t>& which) const;

  const Objective& objective_;
  StringSettings settings_;
  std::vector<Bead> beads_;
  Downhill training_;
  std::vector<std::size_t> trained_;  // beads_[trained_[r]] is row r of the training
  double highest_ = 0;
  int generation_ = 0;
  bool isOver_ = false;
};

// f along the path through the rows of `beads` (two or more): at the first bead, then at
// `pointsPerSegment` evenly spaced points of each segment, its second end included.
Column valuesOnPath(const Objective& objective, const BlockIn& beads, int pointsPerSegment);

}  // namespace wv
