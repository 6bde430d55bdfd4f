#include "experiment/gibbs_prediction.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/batch_moves.hpp"
#include "theory/confinement.hpp"
#include "theory/transition_matrix.hpp"

namespace wv {
namespace {

// A law that has lost more is not that of the walkers.
constexpr double mostLost = 1e-4;
// What the Gibbs law has farther out than a walk is followed.
constexpr double followedTail = 1e-11;
constexpr int cellsPerBin = 2;
constexpr int mostBatches = 500;  // that can be told apart

// The bins of the coordinate `i` of the target's cells.
Bins binsOf(const GibbsTarget& target, int i) {
  if (const LineTarget* line = target.asLine()) {
    return line->bins();
  }
  const Window w = target.window();
  return i == 0 ? Bins{w.xMin, w.xMax, PlaneTarget::columns}
                : Bins{w.yMin, w.yMax, PlaneTarget::rows};
}

}  // namespace

GibbsPrediction::GibbsPrediction(const GibbsSetup& setup, const GibbsTarget& target)
    : setup_(setup), isQuadratic_(isSeparableQuadratic(*setup.chosen.objective)) {
  change(setup.chain, target);
}

void GibbsPrediction::change(const ChainSettings& chain, const GibbsTarget& target) {
  // A law of moves cell by cell is not carried over.
  const bool isKnown = step_ == 0 || (law_ && !remembersNoise_ && !setup_.drawsTerms);
  std::unique_ptr<ChainLaw> next = target.exists() ? lawOf(chain, target) : nullptr;
  limit_ = limitOf(next.get(), chain, target);
  law_ = isKnown ? std::move(next) : nullptr;
  remembersNoise_ = chain.corrector == Corrector::leimkuhlerMatthews;
  // clang-tidy 14 loses sight of what was moved into law_.
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks)

std::unique_ptr<ChainLaw> GibbsPrediction::lawOf(const ChainSettings& chain,
                                                 const GibbsTarget& target) {
  if (setup_.drawsTerms) {
    return sgdLaw(chain, *target.asLine());
  }
  if (chain.corrector == Corrector::mala) {
    return nullptr;
  }
  if (isQuadratic_) {
    return quadraticLaw(chain, target);
  }
  const LineTarget* const line = target.asLine();
  return line && chain.corrector == Corrector::none ? walkOnLine(chain, *line) : nullptr;
}

std::unique_ptr<ChainLaw> GibbsPrediction::quadraticLaw(const ChainSettings& chain,
                                                        const GibbsTarget& target) {
  const Objective& f = *setup_.chosen.objective;
  const Point minimizer = f.minimizers().front();
  const Matrix hessian = f.hessian(minimizer);
  const auto* before = static_cast<const QuadraticChainLaw*>(law_.get());
  std::vector<QuadraticCoordinate> coordinates;
  for (int i = 0; i < f.dim(); ++i) {
    const GaussianLaw law = before ? before->coordinates()[static_cast<std::size_t>(i)].law
                                   : GaussianLaw{setup_.start(i) - minimizer(i), 0};
    coordinates.push_back({hessian(i, i), minimizer(i), law, binsOf(target, i)});
  }
  return std::make_unique<QuadraticChainLaw>(chain.corrector, chain.alpha, chain.beta(),
                                             std::move(coordinates));
}

std::unique_ptr<ChainLaw> GibbsPrediction::walkOnLine(const ChainSettings& chain,
                                                      const LineTarget& target) {
  const auto* before = static_cast<const LangevinChainLaw*>(law_.get());
  PointMasses start = before
                          ? before->masses()
                          : PointMasses{Column::Constant(1, setup_.start(0)), Column::Ones(1), 0};
  const Bins& bins = target.bins();
  const GibbsLaw& law = *target.law();
  const double beyond = std::max(
      {0.0, bins.low - law.quantile(followedTail), law.quantile(1 - followedTail) - bins.high});
  const double margin = beyond + 2 * std::sqrt(2 * chain.alpha / chain.beta());
  Column values(scanCells + 1);
  valuesAt(*setup_.chosen.objective, evenGrid(bins.low - margin, bins.high + margin, scanCells),
           values);
  if (!values.isFinite().all()) {
    return nullptr;  // where f is undefined a run ends, and the law of the others is another one
  }
  return LangevinChainLaw::create(*setup_.chosen.objective, chain.alpha, chain.beta(), bins, margin,
                                  std::move(start));
}

std::unique_ptr<ChainLaw> GibbsPrediction::sgdLaw(const ChainSettings& chain,
                                                  const LineTarget& target) {
  const CellGrid grid = MatrixChainLaw::gridOf(target.bins(), cellsPerBin);
  const BatchMoves moves =
      batchMoves(*setup_.chosen.objective, grid.edges(), chain.alpha, Sampling::replacement,
                 static_cast<int>(chain.batch), mostBatches, setup_.seed);
  if (!moves.complete) {
    return nullptr;
  }
  return std::make_unique<MatrixChainLaw>(moveTransitions(grid, moves.images, moves.probability),
                                          target.bins(), cellsPerBin, setup_.start(0));
}

LimitLaw GibbsPrediction::limitOf(const ChainLaw* law, const ChainSettings& chain,
                                  const GibbsTarget& target) const {
  if (chain.corrector == Corrector::mala) {
    return {target.masses(), {}};
  }
  return law ? law->limit().value_or(LimitLaw{}) : LimitLaw{};
}

std::optional<Column> GibbsPrediction::sharesAt(std::uint32_t step) {
  for (; step_ < step; ++step_) {
    if (law_) {
      law_->step();
      if (law_->lost() > mostLost) {
        law_.reset();
      }
    }
  }
  return law_ ? std::optional(law_->shares()) : std::nullopt;
}

}  // namespace wv
