// The chain of SGD on a grid of cells: its matrix, its powers and the law that they tend to.
#pragma once

#include <vector>

#include "experiment/batch_moves.hpp"
#include "experiment/channel.hpp"
#include "theory/transition_matrix.hpp"

namespace wv {

class GridChain {
 public:
  // Starts in the cell of `start`.
  GridChain(const CellGrid& grid, const BatchMoves& moves, double start);

  // After this many steps. Without a shape when there is no such channel here.
  Channel channel(std::string_view id, std::uint32_t step);
  // The law after `step` steps from the start.
  const Column& law(std::uint32_t step);

 private:
  CellGrid grid_;
  Matrix transitions_;
  Column stationary_, law_;
  std::uint32_t lawStep_ = 0;
  std::vector<double> matrixRows_, stationaryValues_, lawValues_, totalVariation_;
  std::vector<double> secondEigenvalue_, complete_;
};

}  // namespace wv
