#include "experiment/gibbs_summary.hpp"

#include <cmath>

#include "numeric/statistics.hpp"
#include "theory/langevin_quadratic.hpp"

namespace wv {
namespace {

using Eigen::Index;

double errorOf(const ColumnIn& values) {
  return values.size() > 1 ? numeric::standardError(values) : 0;
}

// The mean and its standard error.
std::vector<double> pairOf(const ColumnIn& values) {
  return {numeric::mean(values), errorOf(values)};
}

void measureWells(const LineTarget& line, const ColumnIn& x, WalkerNumbers& into) {
  const Column folded = line.folded(x);
  const auto count = static_cast<double>(folded.size());
  for (const Well& well : line.law()->wells()) {
    const double inside = static_cast<double>((folded > well.left && folded <= well.right).count());
    const double share = inside / count;
    into.wellMass.push_back(share);
    into.wellMassStandardError.push_back(std::sqrt(share * (1 - share) / count));
  }
}

void describeLine(const LineTarget& line, TheoryNumbers& into) {
  into.gibbsVariance = {line.law()->variance()};
  for (const Well& well : line.law()->wells()) {
    into.wells.push_back(well.minimum.x);
    into.gibbsWellMass.push_back(well.mass);
  }
}

// Of the first coordinate, along which the chain is one of its own.
void describeQuadratic(const GibbsSetup& setup, const ChainSettings& chain, TheoryNumbers& into) {
  const Objective& f = *setup.chosen.objective;
  const Matrix hessian = f.hessian(f.minimizers().front());
  into.gibbsVariance.clear();
  for (int i = 0; i < f.dim(); ++i) {
    into.gibbsVariance.push_back(1 / (chain.beta() * hessian(i, i)));
  }
  const LangevinQuadratic first{chain.alpha, chain.beta(), hessian(0, 0)};
  if (const auto time = autocorrelationTime(chain.corrector, first)) {
    into.predictedAutocorrelationTime = {*time};
  }
  if (chain.corrector == Corrector::mala && f.dim() == 1) {
    into.predictedAcceptance = {malaAcceptance(first)};
  }
}

}  // namespace

std::array<NamedVector, 10> WalkerNumbers::named() const {
  return {{{"mean", &mean},
           {"meanStandardError", &meanStandardError},
           {"variance", &variance},
           {"varianceStandardError", &varianceStandardError},
           {"meanValue", &meanValue},
           {"autocorrelationTime", &autocorrelationTime},
           {"effectiveSampleSize", &effectiveSampleSize},
           {"acceptance", &acceptance},
           {"wellMass", &wellMass},
           {"wellMassStandardError", &wellMassStandardError}}};
}

std::array<NamedVector, 12> TheoryNumbers::named() const {
  return {{{"beta", &beta},
           {"logZ", &logZ},
           {"gibbsMeanValue", &gibbsMeanValue},
           {"gibbsVariance", &gibbsVariance},
           {"predictedVariance", &predictedVariance},
           {"predictedAutocorrelationTime", &predictedAutocorrelationTime},
           {"predictedAcceptance", &predictedAcceptance},
           {"wells", &wells},
           {"gibbsWellMass", &gibbsWellMass},
           {"floor", &floor},
           {"bias", &bias},
           {"limit", &limit}}};
}

WalkerNumbers walkerNumbers(const Objective& f, const GibbsTarget& target,
                            const WalkerState& walkers) {
  WalkerNumbers numbers;
  const LineTarget* const line = target.asLine();
  for (Index i = 0; i < walkers.x.cols(); ++i) {
    const Column x = line ? line->folded(walkers.x.col(i)) : Column(walkers.x.col(i));
    const Column square = (x - numeric::mean(x)).square();
    numbers.mean.push_back(numeric::mean(x));
    numbers.meanStandardError.push_back(errorOf(x));
    numbers.variance.push_back(numeric::mean(square));
    numbers.varianceStandardError.push_back(errorOf(square));
  }
  Column values(walkers.x.rows());
  f.value(walkers.x, values);
  numbers.meanValue = pairOf(values);
  if (const auto time = walkers.history.time()) {
    numbers.autocorrelationTime = {time->steps, time->standardError, time->closed ? 1.0 : 0.0};
    numbers.effectiveSampleSize = {time->effectiveSampleSize};
  }
  if (walkers.accepted.size() > 0 && walkers.steps > 0) {
    numbers.acceptance = pairOf(walkers.accepted / walkers.steps);
  }
  if (line && line->law()) {
    measureWells(*line, walkers.x.col(0), numbers);
  }
  return numbers;
}

TheoryNumbers theoryNumbers(const GibbsSetup& setup, const ChainSettings& chain,
                            const GibbsTarget& target, const GibbsPrediction& prediction,
                            const GibbsDistances& distances) {
  TheoryNumbers numbers;
  numbers.beta = {chain.beta()};
  if (!target.exists()) {
    return numbers;
  }
  numbers.logZ = {target.logZ()};
  numbers.gibbsMeanValue = {target.meanValue()};
  if (const LineTarget* line = target.asLine()) {
    describeLine(*line, numbers);
  }
  if (setup.chosen.objective->curvature()) {
    describeQuadratic(setup, chain, numbers);
  }
  const bool isExact = chain.corrector == Corrector::mala;
  numbers.predictedVariance = isExact ? numbers.gibbsVariance : prediction.limitVariance();
  numbers.floor = distances.floor();
  numbers.bias = distances.exact(prediction.limitShares());
  numbers.limit = isExact ? numbers.floor : distances.expected(prediction.limitShares());
  return numbers;
}

}  // namespace wv
