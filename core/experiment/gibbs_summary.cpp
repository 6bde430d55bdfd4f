#include "experiment/gibbs_summary.hpp"

#include <cmath>

#include "numeric/statistics.hpp"
#include "theory/langevin_quadratic.hpp"

namespace wv {
namespace {

using Eigen::Index;

struct Mean {
  double value, error;  // the standard error, 0 for a single entry
};

Mean meanOf(const ColumnIn& values) {
  return {numeric::mean(values), values.size() > 1 ? numeric::standardError(values) : 0};
}

void measureCoordinate(Column x, ValueTable& into) {
  const Mean mean = meanOf(x);
  for (double& value : x) {
    value = (value - mean.value) * (value - mean.value);
  }
  const Mean variance = meanOf(x);
  into["mean"].push_back(mean.value);
  into["meanStandardError"].push_back(mean.error);
  into["variance"].push_back(variance.value);
  into["varianceStandardError"].push_back(variance.error);
}

void measureWells(const LineTarget& line, const Column& x, ValueTable& into) {
  const auto count = static_cast<double>(x.size());
  for (const Well& well : line.law()->wells()) {
    double inside = 0;
    for (const double value : x) {
      inside += value > well.left && value <= well.right ? 1 : 0;
    }
    const double share = inside / count;
    into["wellMass"].push_back(share);
    into["wellMassStandardError"].push_back(std::sqrt(share * (1 - share) / count));
  }
}

void describeLine(const GibbsLaw& law, ValueTable& into) {
  into["gibbsVariance"] = {law.variance()};
  for (const Well& well : law.wells()) {
    into["wells"].push_back(well.minimum.x);
    into["gibbsWellMass"].push_back(well.mass);
  }
}

// Of the first coordinate, along which the chain is one of its own, but the variances.
void describeQuadratic(const Objective& f, const ChainSettings& chain, ValueTable& into) {
  const Matrix hessian = f.hessian(f.minimizers().front());
  into["gibbsVariance"].clear();
  for (int i = 0; i < f.dim(); ++i) {
    into["gibbsVariance"].push_back(1 / (chain.beta() * hessian(i, i)));
  }
  const LangevinQuadratic first{chain.alpha, chain.beta(), hessian(0, 0)};
  if (const auto time = autocorrelationTime(chain.corrector, first)) {
    into["predictedAutocorrelationTime"] = {*time};
  }
  if (chain.corrector == Corrector::mala && f.dim() == 1) {
    into["predictedAcceptance"] = {malaAcceptance(first)};
  }
}

// The largest eigenvalue of the Hessian at a minimiser.
double largestCurvature(const Objective& f) {
  double largest = 0;
  for (const Point& x : f.minimizers()) {
    const Matrix h = f.hessian(x);
    if (f.dim() == 1) {
      largest = std::fmax(largest, h(0, 0));
    } else {
      const double half = 0.5 * (h(0, 0) - h(1, 1));
      largest = std::fmax(largest,
                          0.5 * (h(0, 0) + h(1, 1)) + std::sqrt(half * half + h(0, 1) * h(0, 1)));
    }
  }
  return largest;
}

double valueOf(const Objective& f, const Point& x) {
  Column value(1);
  f.value(x.transpose().array(), value);
  return value(0);
}

}  // namespace

ValueTable gibbsFacts(const Objective& f, const ChainSettings& chain) {
  ValueTable facts;
  const Point start = f.start();
  facts["suggestedStart"].assign(start.begin(), start.end());
  facts["curvature"] = {largestCurvature(f)};
  facts["minimum"] = {valueOf(f, f.minimizers().front())};
  facts["noiseVariance"] = {chain.noiseVariance};
  return facts;
}

ValueTable walkerNumbers(const Objective& f, const GibbsTarget& target,
                         const WalkerState& walkers) {
  ValueTable numbers;
  const LineTarget* const line = target.asLine();
  for (Index i = 0; i < walkers.x.cols(); ++i) {
    measureCoordinate(line ? line->folded(walkers.x.col(i)) : Column(walkers.x.col(i)), numbers);
  }
  Column values(walkers.x.rows());
  f.value(walkers.x, values);
  const Mean value = meanOf(values);
  numbers["meanValue"] = {value.value, value.error};
  if (const auto time = walkers.history.time()) {
    numbers["autocorrelationTime"] = {time->steps, time->standardError, time->closed ? 1.0 : 0.0};
    numbers["effectiveSampleSize"] = {time->effectiveSampleSize};
  }
  if (walkers.accepted.size() > 0 && walkers.steps > 0) {
    const Mean accepted = meanOf(walkers.accepted);
    numbers["acceptance"] = {accepted.value / walkers.steps, accepted.error / walkers.steps};
  }
  if (line && line->law()) {
    measureWells(*line, line->folded(walkers.x.col(0)), numbers);
  }
  return numbers;
}

ValueTable theoryNumbers(const GibbsSetup& setup, const ChainSettings& chain,
                         const GibbsTarget& target, const GibbsPrediction& prediction,
                         const GibbsDistances& distances) {
  ValueTable numbers;
  numbers["beta"] = {chain.beta()};
  if (!target.exists()) {
    return numbers;
  }
  numbers["logZ"] = {target.logZ()};
  numbers["gibbsMeanValue"] = {target.meanValue()};
  if (const LineTarget* line = target.asLine()) {
    describeLine(*line->law(), numbers);
  }
  if (isSeparableQuadratic(*setup.chosen.objective)) {
    describeQuadratic(*setup.chosen.objective, chain, numbers);
  }
  const bool isExact = chain.corrector == Corrector::mala;
  const std::vector<double>& limit = prediction.limitVariance();
  numbers["predictedVariance"] = isExact ? numbers["gibbsVariance"] : limit;
  numbers["floor"] = distances.floor();
  numbers["bias"] = distances.exact(prediction.limitShares());
  numbers["limit"] = isExact ? numbers["floor"] : distances.expected(prediction.limitShares());
  return numbers;
}

}  // namespace wv
