#include "experiment/batch_variance.hpp"

#include <algorithm>

#include "experiment/term_noise.hpp"
#include "method/mini_batch.hpp"
#include "numeric/statistics.hpp"

namespace wv {
namespace {

constexpr double numbers = 1e7;
constexpr double fewestDraws = 200, mostDraws = 10'000;
// No run gets so far: its random numbers are fresh.
constexpr std::uint32_t unusedStep = 0xFFFFFFFF;

}  // namespace

BatchVariance::BatchVariance(const Objective& objective, const Point& at, Sampling sampling,
                             std::uint32_t seed)
    : objective_(objective),
      at_(at),
      sampling_(sampling),
      seed_(seed),
      termVariance_(wv::termVariance(objective, at)) {}

double BatchVariance::factor(int batch) const {
  return sampling_ == Sampling::replacement ? replacementVarianceFactor(batch)
                                            : distinctVarianceFactor(objective_.terms(), batch);
}

MeasuredVariance BatchVariance::measure(int batch) const {
  const double size = static_cast<double>(batch) * objective_.dim();
  const auto draws = static_cast<Eigen::Index>(std::clamp(numbers / size, fewestDraws, mostDraws));
  const Sampler sampler({.mode = sampling_,
                         .terms = objective_.terms(),
                         .batch = batch,
                         .seed = seed_,
                         .firstReplicate = 0,
                         .replicates = draws});
  const MiniBatchGradient source(objective_, sampler);
  const Block here = at_.transpose().array().replicate(draws, 1);
  Block g(draws, at_.size()), full(1, at_.size());
  source.gradient(unusedStep, here, g);
  objective_.gradient(here.topRows(1), full);
  const Column squares = (g.rowwise() - full.row(0)).square().rowwise().sum();
  return {numeric::mean(squares), numeric::standardError(squares)};
}

}  // namespace wv
