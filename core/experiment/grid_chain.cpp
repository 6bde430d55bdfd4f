#include "experiment/grid_chain.hpp"

#include "numeric/histogram.hpp"

namespace wv {

GridChain::GridChain(const CellGrid& grid, const BatchMoves& moves, double start)
    : grid_(grid),
      transitions_(moveTransitions(grid, moves.images, moves.probability)),
      stationary_(stationaryLaw(transitions_)),
      law_(Column::Zero(grid.cells)) {
  law_(grid.cellOf(start)) = 1;
  totalVariation_ = {numeric::totalVariation(law_, stationary_)};
  stationaryValues_.assign(stationary_.begin(), stationary_.end());
  complete_ = {moves.complete ? 1.0 : 0.0};
}

const Column& GridChain::law(std::uint32_t step) {
  for (; lawStep_ < step; ++lawStep_) {
    law_ = afterStep(transitions_, law_);
    totalVariation_.push_back(numeric::totalVariation(law_, stationary_));
  }
  return law_;
}

std::optional<Channel> GridChain::channel(std::string_view id, std::uint32_t step) {
  if (id == "transition") {
    if (matrixRows_.empty()) {
      const Matrix rows = transitions_.transpose();
      matrixRows_.assign(rows.data(), rows.data() + rows.size());
    }
    return Channel{{grid_.cells, grid_.cells}, matrixRows_.data()};
  }
  if (id == "law") {
    law(step);
    lawValues_.assign(law_.begin(), law_.end());
    return vectorChannel(lawValues_);
  }
  if (id == "totalVariation") {
    law(step);
    return vectorChannel(totalVariation_);
  }
  if (id == "secondEigenvalue") {
    if (secondEigenvalue_.empty()) {
      secondEigenvalue_ = {spectralGap(transitions_).secondEigenvalue};
    }
    return vectorChannel(secondEigenvalue_);
  }
  if (id == "stationary") {
    return vectorChannel(stationaryValues_);
  }
  if (id == "transitionIsExact") {
    return vectorChannel(complete_);
  }
  return std::nullopt;
}

}  // namespace wv
