#include "experiment/batch_draws.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "numeric/statistics.hpp"
#include "theory/step_law.hpp"

namespace wv {
namespace {

constexpr Eigen::Index drawsOfLaw = 1000;
// Powers of two about the step size in use.
constexpr int lowestPower = -4, highestPower = 3;
constexpr int largestBatchOfLaw = 256;
// Each abscissa has replicates of its own, beyond those of every cloud.
constexpr std::uint32_t replicatesApart = 1U << 24;

using Row = std::array<double, 4>;

// Of steps of length alpha, with the replicates number `set`.
Row measured(double abscissa, const Block& gradients, const BatchDraws& draws, double alpha,
             std::uint32_t seed, std::uint32_t step, std::uint32_t set) {
  const Block mean = meanGradients(gradients, draws, drawsOfLaw, seed, step, set * replicatesApart);
  Column square = Column::Zero(drawsOfLaw);
  for (Eigen::Index j = 0; j < mean.cols(); ++j) {
    square += (mean.col(j) - numeric::mean(mean.col(j))).square();
  }
  const auto R = static_cast<double>(drawsOfLaw);
  const Point origin = Point::Zero(gradients.cols());
  const double predicted =
      stepLaw(origin, gradients, alpha, draws.sampling, draws.batch).covariance.trace();
  const double scale = alpha * alpha * R / (R - 1);
  return {abscissa, scale * numeric::mean(square), scale * numeric::standardError(square),
          predicted};
}

}  // namespace

Block meanGradients(const Block& gradients, const BatchDraws& draws, Eigen::Index replicates,
                    std::uint32_t seed, std::uint32_t step, std::uint32_t firstReplicate) {
  const Sampler sampler({.mode = draws.sampling,
                         .terms = static_cast<int>(gradients.rows()),
                         .batch = draws.batch,
                         .seed = seed,
                         .firstReplicate = firstReplicate,
                         .replicates = replicates});
  Block sum = Block::Zero(replicates, gradients.cols());
  IndexColumn row(replicates);
  for (int slot = 0; slot < draws.batch; ++slot) {
    sampler.fillTerms(step, slot, 0, row);
    for (Eigen::Index j = 0; j < gradients.cols(); ++j) {
      for (Eigen::Index r = 0; r < replicates; ++r) {
        sum(r, j) += gradients(row(r), j);
      }
    }
  }
  return sum / draws.batch;
}

VarianceLaws varianceLaws(const Block& gradients, const BatchDraws& draws, double alpha,
                          std::uint32_t seed, std::uint32_t step) {
  VarianceLaws laws;
  std::uint32_t set = 0;
  for (int power = lowestPower; power <= highestPower; ++power) {
    const double other = std::ldexp(alpha, power);
    const Row row = measured(other, gradients, draws, other, seed, step, ++set);
    laws.byStepSize.insert(laws.byStepSize.end(), row.begin(), row.end());
  }
  const int most = draws.sampling == Sampling::distinct
                       ? std::min(largestBatchOfLaw, static_cast<int>(gradients.rows()))
                       : largestBatchOfLaw;
  for (int batch = 1; batch <= most; batch = batch == most ? most + 1 : std::min(2 * batch, most)) {
    BatchDraws other = draws;
    other.batch = batch;
    const Row row = measured(batch, gradients, other, alpha, seed, step, ++set);
    laws.byBatch.insert(laws.byBatch.end(), row.begin(), row.end());
  }
  return laws;
}

}  // namespace wv
