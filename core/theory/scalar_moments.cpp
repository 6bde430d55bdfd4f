#include "theory/scalar_moments.hpp"
#include "numeric/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "numeric/elementary.hpp"
#include "numeric/statistics.hpp"
#include "theory/gradient_noise.hpp"

namespace wv {
namespace {

std::vector<int> dataOrder(int terms) {
  std::vector<int> order(static_cast<std::size_t>(terms));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

double batchVarianceFactor(Sampling sampling, int terms, int batch) {
  return sampling == Sampling::replacement ? replacementVarianceFactor(batch)
                                           : distinctVarianceFactor(terms, batch);
}

bool hasIndependentSteps(Sampling sampling) {
  return sampling == Sampling::replacement || sampling == Sampling::distinct;
}

bool hasOneOrder(const ScalarQuadratic& f, Sampling sampling, int batch) {
  return sampling == Sampling::cyclic || batch >= f.terms();
}

// log |prod (1 - alpha s)| and its derivative by alpha. The former is concave between its poles,
// the 1/s.
struct LogProduct {
  std::vector<double> slopes;  // the s, all above 0

  double value(double alpha) const {
    double sum = 0;
    for (const double s : slopes) {
      sum += numeric::log(std::fabs(1 - alpha * s));
    }
    return sum;
  }
  double derivative(double alpha) const {
    double sum = 0;
    for (const double s : slopes) {
      sum -= s / (1 - alpha * s);
    }
    return sum;
  }
};

// Where a predicate turns from false (at low) to true (at high), to the last bit.
template <class Predicate>
double turningPoint(double low, double high, const Predicate& predicate) {
  for (;;) {
    const double middle = low + 0.5 * (high - low);
    if (!(middle > low && middle < high)) {
      return high;
    }
    (predicate(middle) ? high : low) = middle;
  }
}

// The least alpha > 0 with |prod (1 - alpha s)| = 1: on the rising side of the first hill between
// two poles that reaches it. Up to 2 / max s no factor exceeds 1 in modulus, and from 2 / min s on
// all do.
double leastUnitStep(const LogProduct& product) {
  const auto reachesOne = [&](double alpha) { return product.value(alpha) >= 0; };
  const auto isPastPeak = [&](double alpha) { return product.derivative(alpha) <= 0; };
  std::vector<double> poles;
  for (const double s : product.slopes) {
    poles.push_back(1 / s);
  }
  std::sort(poles.begin(), poles.end());
  for (std::size_t i = 0; i + 1 < poles.size(); ++i) {
    if (poles[i + 1] > 2 * poles.front() && poles[i + 1] > poles[i] * (1 + 1e-12)) {
      const double peak = turningPoint(poles[i], poles[i + 1], isPastPeak);
      if (reachesOne(peak)) {
        return turningPoint(poles[i], peak, reachesOne);
      }
    }
  }
  return turningPoint(poles.back(), 2 * poles.back(), reachesOne);
}

// The mean a_i^2 of each batch in this order of the terms.
std::vector<double> batchMeans(const std::vector<double>& squares, int batch) {
  std::vector<double> means;
  const auto size = static_cast<std::size_t>(batch);
  for (std::size_t begin = 0; begin < squares.size(); begin += size) {
    const std::size_t count = std::min(size, squares.size() - begin);
    const double* first = squares.data() + begin;
    means.push_back(std::accumulate(first, first + count, 0.0) / static_cast<double>(count));
  }
  return means;
}

StepLimit independentLimit(const ScalarQuadratic& f, Sampling sampling, int batch) {
  const double A = f.meanSquare();
  const double c = batchVarianceFactor(sampling, f.terms(), batch);
  const double spread = numeric::mean(f.a().square().square()) - A * A;
  const double alpha = 2 * A / (A * A + c * std::max(0.0, spread));
  const std::string formula = batch == 1 ? "2A/E a⁴" : "2A/(A² + c Var a²)";
  return {alpha, true, "α < " + formula + " = " + numeric::numberText(alpha, 4)};
}

StepLimit productLimit(std::vector<double> means) {
  means.erase(std::remove(means.begin(), means.end(), 0.0), means.end());
  const double alpha = leastUnitStep({means});
  return {alpha, true,
          "α < " + numeric::numberText(alpha, 4) +
              ", where |Π(1 − α mean a²)|, over the batches of an epoch, reaches 1"};
}

StepLimit sufficientLimit(double largestMean) {
  const double alpha = 2 / largestMean;
  return {alpha, false,
          "α < 2/(largest mean a² of a batch) = " + numeric::numberText(alpha, 4) + " is enough"};
}

}  // namespace

std::string scalarMomentsRefusal(const ScalarQuadratic& f, Sampling sampling, int batch) {
  if (hasIndependentSteps(sampling) || hasOneOrder(f, sampling, batch)) {
    return {};
  }
  const bool enumerated = sampling == Sampling::shuffleOnce && batch > 1;
  const int most = enumerated ? mostEnumeratedTerms : mostRandomOrderTerms;
  if (f.terms() <= most) {
    return {};
  }
  return std::string(sampling == Sampling::shuffleOnce ? "With one order for all epochs"
                                                       : "With a new order for each epoch") +
         (enumerated ? " and batches of several terms" : "") +
         ", exact moments are computed for at most " + std::to_string(most) +
         " terms; these data have " + std::to_string(f.terms()) + ".";
}

ScalarMoments::ScalarMoments(const ScalarQuadratic& f, Sampling sampling, int batch, double alpha)
    : a_(f.a()),
      residual_(f.a() * (f.b() - f.a() * f.minimizer())),
      meanSquare_(f.meanSquare()),
      batch_(batch),
      alpha_(alpha) {
  if (hasIndependentSteps(sampling)) {
    useIndependentSteps(batchVarianceFactor(sampling, f.terms(), batch));
  } else if (hasOneOrder(f, sampling, batch)) {
    addOrder(dataOrder(f.terms()));
  } else if (sampling == Sampling::shuffleOnce && f.terms() <= mostEnumeratedTerms) {
    enumerateOrders();
  } else {
    useRandomOrder();
    if (sampling == Sampling::shuffleOnce) {
      repeatsItsOrder_ = true;
      contraction_ = period_.back().factor * period_.back().factor;
    }
  }
}

ScalarMoments::Update ScalarMoments::termUpdate(Eigen::Index term) const {
  return {1 - alpha_ * a_(term) * a_(term), alpha_ * residual_(term)};
}

ScalarMoments::Update ScalarMoments::batchUpdate(const std::vector<int>& order, std::size_t begin,
                                                 std::size_t end) const {
  Update sum{0, 0};
  for (std::size_t i = begin; i < end; ++i) {
    const Update update = termUpdate(order[i]);
    sum.factor += update.factor;
    sum.offset += update.offset;
  }
  const auto size = static_cast<double>(end - begin);
  return {sum.factor / size, sum.offset / size};
}

ScalarMoments::Epoch ScalarMoments::epochOf(const std::vector<int>& order) const {
  const auto size = static_cast<std::size_t>(batch_);
  Epoch epoch(1);
  for (std::size_t begin = 0; begin < order.size(); begin += size) {
    const Update next = batchUpdate(order, begin, std::min(begin + size, order.size()));
    const Update before = epoch.back();
    epoch.push_back({next.factor * before.factor, next.factor * before.offset + next.offset});
  }
  return epoch;
}

// Mean and variance of the batch's factor and offset: the residuals have mean 0.
void ScalarMoments::useIndependentSteps(double varianceFactor) {
  const Column square = a_.square();
  const double factor = 1 - alpha_ * meanSquare_;
  const double noise = alpha_ * alpha_ * varianceFactor;
  AffineMoments step;
  step.factor = factor;
  step.offset = 0;
  step.squareFactor = factor * factor + noise * numeric::populationVariance(square);
  step.product = -noise * numeric::mean(square * residual_);
  step.squareOffset = noise * numeric::mean(residual_.square());
  period_ = {AffineMoments{}, step};
  contraction_ = step.squareFactor;
}

void ScalarMoments::useRandomOrder() {
  std::vector<double> factors, offsets;
  for (Eigen::Index i = 0; i < a_.size(); ++i) {
    const Update update = termUpdate(i);
    factors.push_back(update.factor);
    offsets.push_back(update.offset);
  }
  period_ = randomOrderMoments(factors, offsets, batch_);
  contraction_ = period_.back().squareFactor;
}

void ScalarMoments::enumerateOrders() {
  std::vector<int> order = dataOrder(static_cast<int>(a_.size()));
  do {
    addOrder(order);
  } while (std::next_permutation(order.begin(), order.end()));
}

void ScalarMoments::addOrder(const std::vector<int>& order) {
  orders_.push_back(epochOf(order));
  const double factor = orders_.back().back().factor;
  contraction_ = std::max(contraction_, factor * factor);
}

TransientMoments ScalarMoments::transient(double initialError, int steps) const {
  if (!orders_.empty()) {
    return overOrders(initialError, steps);
  }
  if (repeatsItsOrder_) {
    return atEpochEnds(initialError, steps);
  }
  TransientMoments result;
  Moments start{initialError, initialError * initialError};
  std::size_t k = 0;
  for (int t = 0; t <= steps; ++t, ++k) {
    if (k == period_.size()) {
      start = period_.back()(start);
      k = 1;
    }
    const Moments now = period_[k](start);
    result.meanError.push_back(now.mean);
    result.secondMoment.push_back(now.second);
  }
  return result;
}

TransientMoments ScalarMoments::overOrders(double initialError, int steps) const {
  const auto length = static_cast<std::size_t>(steps) + 1;
  TransientMoments sum{std::vector<double>(length, 0), std::vector<double>(length, 0)};
  for (const Epoch& epoch : orders_) {
    double start = initialError;
    std::size_t k = 0;
    for (std::size_t t = 0; t < length; ++t, ++k) {
      if (k == epoch.size()) {
        start = epoch.back().factor * start + epoch.back().offset;
        k = 1;
      }
      const double e = epoch[k].factor * start + epoch[k].offset;
      sum.meanError[t] += e;
      sum.secondMoment[t] += e * e;
    }
  }
  const auto count = static_cast<double>(orders_.size());
  for (std::size_t t = 0; t < length; ++t) {
    sum.meanError[t] /= count;
    sum.secondMoment[t] /= count;
  }
  return sum;
}

// After K epochs e = P^K e_0 + (1 + P + ... + P^(K-1)) Q, where only the offset Q depends on the
// order.
TransientMoments ScalarMoments::atEpochEnds(double initialError, int steps) const {
  const auto length = static_cast<std::size_t>(steps) + 1;
  const std::vector<double> unknown(length, std::numeric_limits<double>::quiet_NaN());
  TransientMoments result{unknown, unknown};
  const AffineMoments& epoch = period_.back();
  double left = initialError, offsets = 0;
  for (std::size_t t = 0; t < length; t += period_.size() - 1) {
    result.meanError[t] = left + offsets * epoch.offset;
    result.secondMoment[t] =
        left * left + 2 * left * offsets * epoch.offset + offsets * offsets * epoch.squareOffset;
    left *= epoch.factor;
    offsets = epoch.factor * offsets + 1;
  }
  return result;
}

std::optional<StationaryMoments> ScalarMoments::stationary() const {
  if (!(contraction_ < 1)) {
    return {};
  }
  if (!orders_.empty()) {
    double bias = 0, second = 0;
    const auto count = static_cast<double>(orders_.size());
    for (const Epoch& epoch : orders_) {
      const double fixedPoint = epoch.back().offset / (1 - epoch.back().factor);
      bias += fixedPoint / count;
      second += fixedPoint * fixedPoint / count;
    }
    return summary(bias, second);
  }
  const AffineMoments& period = period_.back();
  const double gap = 1 - period.factor;
  const double bias = period.offset / gap;
  if (repeatsItsOrder_) {
    return summary(bias, period.squareOffset / (gap * gap));
  }
  return summary(bias,
                 (2 * period.product * bias + period.squareOffset) / (1 - period.squareFactor));
}

std::optional<StationaryMoments> ScalarMoments::summary(double bias, double second) const {
  const double variance = std::max(0.0, second - bias * bias);
  return StationaryMoments{bias, variance, 0.5 * meanSquare_ * (variance + bias * bias)};
}

StepLimit scalarStepLimit(const ScalarQuadratic& f, Sampling sampling, int batch) {
  if (hasIndependentSteps(sampling)) {
    return independentLimit(f, sampling, batch);
  }
  const Column square = f.a().square();
  std::vector<double> squares(square.begin(), square.end());
  const bool oneOrder = hasOneOrder(f, sampling, batch);
  const std::vector<double> means = batchMeans(squares, batch);
  if ((oneOrder || batch == 1) && means.size() <= std::size_t{mostRandomOrderTerms}) {
    return productLimit(means);
  }
  if (oneOrder) {
    return sufficientLimit(*std::max_element(means.begin(), means.end()));
  }
  // A short last batch may hold the steepest terms alone.
  const int rest = f.terms() % batch;
  std::sort(squares.begin(), squares.end(), std::greater<>());
  return sufficientLimit(batchMeans(squares, rest > 0 ? rest : batch).front());
}

}  // namespace wv
