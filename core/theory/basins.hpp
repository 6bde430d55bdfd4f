// Which valley a point belongs to: the minimum that steepest descent from it reaches, on a grid.
#pragma once

#include <vector>

#include "objective/objective.hpp"

namespace wv {

// The minimisers of f inside the window, in the objective's order.
std::vector<Point> minimizersIn(const Objective& f, const Window& window);

// Of an objective with dim() 1 or 2, over a window of `columns` x `rows` vertices (rows is ignored
// in one dimension). From each vertex the walk goes to the neighbour (2 or 8 of them) towards which
// f falls most steeply, down to a vertex that has none lower: exact on the line up to a cell, in
// the plane up to the angles that 8 directions leave.
class BasinMap {
 public:
  BasinMap(const Objective& f, const Window& window, int columns, int rows);

  // Those of the objective inside the window, in its order: basin k is that of minimizers()[k].
  const std::vector<Point>& minimizers() const { return minimizers_; }
  // The basin of each row of x (R x d); a point outside the window counts as the nearest vertex. -1
  // for NaN, and where the walk ends far from every minimiser (at the border).
  IndexColumn basinsOf(const BlockIn& x) const;

 private:
  int vertexOf(double x, double y) const;
  std::vector<int> lowestNeighbours(const Column& values) const;
  int nearestMinimizer(int vertex) const;

  Window window_;
  int columns_, rows_;
  std::vector<Point> minimizers_;
  std::vector<int> basin_;  // by vertex
};

}  // namespace wv
