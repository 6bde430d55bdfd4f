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

Channel GridChain::channel(std::string_view id, std::uint32_t step) {
  if (id == "transition" && matrixRows_.empty()) {
    const Matrix rows = transitions_.transpose();
    matrixRows_.assign(rows.data(), rows.data() + rows.size());
  }
  if (id == "law" || id == "totalVariation") {
    law(step);
    lawValues_.assign(law_.begin(), law_.end());
  }
  if (id == "secondEigenvalue" && secondEigenvalue_.empty()) {
    secondEigenvalue_ = {spectralGap(transitions_).secondEigenvalue};
  }
  const NamedValues named[] = {{"transition", &matrixRows_, grid_.cells},
                               {"stationary", &stationaryValues_},
                               {"law", &lawValues_},
                               {"totalVariation", &totalVariation_},
                               {"secondEigenvalue", &secondEigenvalue_},
                               {"transitionIsExact", &complete_}};
  return findChannel(named, id);
}

}  // namespace wv
