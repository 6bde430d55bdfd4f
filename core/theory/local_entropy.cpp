#include "theory/local_entropy.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"

namespace wv {
namespace {

// Of a Gaussian's standard deviation: the trapezoidal rule is then right to e^(-8 pi^2).
constexpr double latticeFraction = 0.5;
// The same where f itself is smoothed over kinks and jumps, for the picture.
constexpr double pictureFraction = 1.0 / 64;
constexpr int scanCells = 240;
constexpr int panelsInWindow = 16;
constexpr std::size_t mostPanelsInReach = 2000;
constexpr double mostLatticePoints = 1e6;
constexpr Eigen::Index mostPointsInReach = 60'000;
constexpr double usualAccuracy = 1e-12, worstLattice = 1e-9;
using numeric::twoPi;

Column valuesAt(const Objective& f, const Column& x) {
  Column values(x.size());
  f.value(x, values);
  // What is undefined has no weight.
  return values.isNaN().select(numeric::infinity, values);
}

Column uniformGrid(double low, double high, int cells) {
  return Column::LinSpaced(cells + 1, low, high);
}

// On a grid and at the minimisers, which a grid may step over; at least 0.
double largestCurvature(const Objective& f, double low, double high) {
  double largest = 0;
  for (double point : uniformGrid(low, high, 2 * scanCells)) {
    largest = std::max(largest, f.hessian(Point::Constant(1, point))(0, 0));
  }
  for (const Point& minimizer : f.minimizers()) {
    largest = std::max(largest, f.hessian(minimizer)(0, 0));
  }
  return largest;
}

// From `edge` in the direction of `stride` to where f exceeds `enough`, or `farthest` away.
double walkOut(const Objective& f, double edge, double stride, double enough, double farthest) {
  double x = edge;
  while (std::fabs(x - edge) < farthest && !(valuesAt(f, Column::Constant(1, x))(0) > enough)) {
    x += stride;
  }
  return x;
}

double nearest(const std::vector<double>& points, double x) {
  return *std::min_element(points.begin(), points.end(),
                           [x](double a, double b) { return std::fabs(a - x) < std::fabs(b - x); });
}

// Of the minimisers, those whose u no other is below by more than the quadrature can tell.
std::vector<double> leastOf(const LocalEntropy& entropy, const std::vector<double>& minimizers,
                            double gamma) {
  if (minimizers.empty()) {
    return {};
  }
  const auto count = static_cast<Eigen::Index>(minimizers.size());
  const Column u = entropy.at(Eigen::Map<const Column>(minimizers.data(), count), gamma).smoothed;
  const double least = u.minCoeff();
  const double tolerance = 4 * entropy.accuracy() * (1 / entropy.beta() + std::fabs(least));
  std::vector<double> deepest;
  for (std::size_t i = 0; i < minimizers.size(); ++i) {
    if (u(static_cast<Eigen::Index>(i)) <= least + tolerance) {
      deepest.push_back(minimizers[i]);
    }
  }
  return deepest;
}

bool contains(const std::vector<double>& points, double x) {
  return std::find(points.begin(), points.end(), x) != points.end();
}

// Of an interval without anything between two points of a panel but what is narrower than that.
std::vector<double> firstEdges(const Objective& f, double low, double high, double width) {
  const auto cells = static_cast<int>(std::ceil((high - low) / width));
  const Column even = uniformGrid(low, high, cells);
  std::vector<double> edges(even.begin(), even.end());
  for (const Point& minimizer : f.minimizers()) {
    const double x = minimizer(0);
    if (x > low && x < high && std::fabs(nearest(edges, x) - x) > 1e-9 * width) {
      edges.push_back(x);
    }
  }
  std::sort(edges.begin(), edges.end());
  return edges;
}

}  // namespace

LocalEntropy::LocalEntropy(const Objective& f, double beta, double leastGamma, double greatestGamma,
                           double low, double high)
    : f_(f), beta_(beta), low_(low), high_(high), steepest_(largestCurvature(f, low, high)) {
  const Column inside = valuesAt(f, uniformGrid(low, high, 2 * scanCells));
  const double range = inside.maxCoeff() - inside.minCoeff();
  const double farthest = std::sqrt(2 * (weightCutoff + beta * range) / (beta * leastGamma));
  const double enough = inside.maxCoeff() + weightCutoff / beta;
  const double stride = (high - low) / scanCells;
  start_ = walkOut(f, low, -stride, enough, farthest);
  const double end = walkOut(f, high, stride, enough, farthest);
  spacing_ = spacingAt(greatestGamma);

  PanelledLaw panels(f, beta, greatestGamma,
                     firstEdges(f, start_, end, (high - low) / panelsInWindow));
  if (!panels.isAffordable()) {
    return;
  }
  if (panels.hasBreaks()) {
    takePanels(std::move(panels));
    return;
  }
  takeLattice(end, leastGamma);
  if (!isAffordable()) {
    return;
  }
  const double error = latticeError(panels, leastGamma, greatestGamma);
  accuracy_ = std::fmax(usualAccuracy, error);
  if (error > worstLattice) {
    takePanels(std::move(panels));
  }
}

// How far the lattice is from panels: the curvatures that it was laid out by need not show every
// turn of f.
double LocalEntropy::latticeError(const PanelledLaw& panels, double leastGamma,
                                  double greatestGamma) const {
  constexpr double ratio = 4;
  constexpr int cells = 40;
  double error = 0, gamma = leastGamma;
  while (gamma <= greatestGamma) {
    for (const double x : uniformGrid(low_, high_, cells)) {
      const LocalLaw here = onLattice(x, gamma), there = panels.around(x, gamma);
      const double shift = beta_ * (panels.shift() - least_);
      error = std::fmax(error, std::fabs(here.logMass + shift - there.logMass));
      error =
          std::fmax(error, std::fabs(here.offset - there.offset) / (1 + std::fabs(there.offset)));
    }
    gamma *= ratio;
  }
  return error;
}

void LocalEntropy::takePanels(PanelledLaw panels) {
  accuracy_ = usualAccuracy;
  values_.resize(0);
  if (panels.count() <= mostPanelsInReach) {
    least_ = panels.shift();
    panels_.emplace(std::move(panels));
  }
}

// Half the width of the narrowest Gaussian valley of f with the coupling.
double LocalEntropy::spacingAt(double gamma) const {
  return latticeFraction / std::sqrt(beta_ * (gamma + steepest_));
}

void LocalEntropy::takeLattice(double end, double leastGamma) {
  if ((end - start_) / spacing_ > mostLatticePoints) {
    return;
  }
  const auto cells = static_cast<Eigen::Index>(std::ceil((end - start_) / spacing_));
  values_ = valuesAt(f_, Column::LinSpaced(cells + 1, start_, start_ + spacing_ * cells));
  least_ = values_.minCoeff();
  values_ = beta_ * (values_ - least_);
  if (reachOf(0.5 * (low_ + high_), leastGamma).count > mostPointsInReach) {
    values_.resize(0);
  }
}

LocalEntropy::Reach LocalEntropy::reachOf(double x, double gamma) const {
  const Eigen::Index last = values_.size() - 1;
  const auto stride =
      std::max<Eigen::Index>(1, static_cast<Eigen::Index>(spacingAt(gamma) / spacing_));
  const double cells = std::floor((x - start_) / spacing_);
  const auto here = static_cast<Eigen::Index>(std::clamp(cells, 0.0, static_cast<double>(last)));

  // Outwards, until the coupling alone outweighs the least exponent met so far.
  double least = numeric::infinity;
  Eigen::Index first = here, final = here;
  for (Eigen::Index k = 0;; ++k) {
    const double distance = spacing_ * static_cast<double>(k * stride);
    const double coupling = 0.5 * beta_ * gamma * distance * distance;
    const Eigen::Index left = here - k * stride, right = here + k * stride;
    if (coupling > least + weightCutoff || (left < 0 && right > last)) {
      return {first, (final - first) / stride + 1, stride};
    }
    if (left >= 0) {
      first = left;
      least = std::min(least, values_(left) + coupling);
    }
    if (right <= last) {
      final = right;
      least = std::min(least, values_(right) + coupling);
    }
  }
}

Column LocalEntropy::offsets(const Reach& reach, double x) const {
  Column offset(reach.count);
  for (Eigen::Index k = 0; k < reach.count; ++k) {
    offset(k) = (start_ - x) + spacing_ * static_cast<double>(reach.first + k * reach.stride);
  }
  return offset;
}

Column LocalEntropy::exponents(const Reach& reach, double x, double gamma) const {
  const Column offset = offsets(reach, x);
  Column exponent(reach.count);
  for (Eigen::Index k = 0; k < reach.count; ++k) {
    exponent(k) =
        values_(reach.first + k * reach.stride) + 0.5 * beta_ * gamma * offset(k) * offset(k);
  }
  return exponent;
}

LocalLaw LocalEntropy::onLattice(double x, double gamma) const {
  const Reach reach = reachOf(x, gamma);
  const Column offset = offsets(reach, x);
  Column weight = exponents(reach, x, gamma);
  const double lowest = weight.minCoeff();
  weight = lowest - weight;
  numeric::exp(weight, weight);
  double sum = 0, first = 0, second = 0;
  for (Eigen::Index k = 0; k < weight.size(); ++k) {
    sum += weight(k);
    first += weight(k) * offset(k);
    second += weight(k) * offset(k) * offset(k);
  }
  const double spacing = spacing_ * static_cast<double>(reach.stride);
  const double shift = first / sum;
  return {numeric::log(sum * spacing) - lowest, shift, second / sum - shift * shift};
}

LocalEntropyCurve LocalEntropy::at(const Column& x, double gamma) const {
  LocalEntropyCurve curve = {Column(x.size()), Column(x.size()), Column(x.size()),
                             Column(x.size())};
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const LocalLaw law = panels_ ? panels_->around(x(i), gamma) : onLattice(x(i), gamma);
    curve.logPartition(i) = law.logMass - beta_ * least_;
    curve.mean(i) = x(i) + law.offset;
    curve.variance(i) = law.variance;
  }
  curve.smoothed = (0.5 * numeric::log(twoPi / (beta_ * gamma)) - curve.logPartition) / beta_;
  return curve;
}

Column LocalEntropy::density(double x, double gamma, const Column& points) const {
  const double logPartition = at(Column::Constant(1, x), gamma).logPartition(0);
  Column density =
      -beta_ * valuesAt(f_, points) - 0.5 * beta_ * gamma * (points - x).square() - logPartition;
  numeric::exp(density, density);
  return density;
}

Column LocalEntropy::gaussianSmoothing(const Column& x, double gamma) const {
  const double deviation = 1 / std::sqrt(beta_ * gamma);
  const double spacing =
      panels_ ? pictureFraction * deviation : std::min(spacing_, latticeFraction * deviation);
  const double reach = std::sqrt(2 * weightCutoff) * deviation;
  const double start = x.minCoeff() - reach;
  const auto count = static_cast<Eigen::Index>((x.maxCoeff() + reach - start) / spacing) + 1;
  const Column points = Column::LinSpaced(count, start, start + spacing * (count - 1));
  const Column values = valuesAt(f_, points);
  Column smooth(x.size());
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const auto first = static_cast<Eigen::Index>((x(i) - reach - start) / spacing);
    const Eigen::Index width =
        std::min(count - first, static_cast<Eigen::Index>(2 * reach / spacing) + 1);
    Column weight = -0.5 * beta_ * gamma * (points.segment(first, width) - x(i)).square();
    numeric::exp(weight, weight);
    double sum = 0, total = 0;
    for (Eigen::Index k = 0; k < width; ++k) {
      sum += weight(k);
      total += weight(k) * values(first + k);
    }
    smooth(i) = total / sum;
  }
  return smooth;
}

// The root of u' between left, where it is negative, and right, by Newton's method kept in the
// bracket.
double LocalEntropy::refined(double left, double right, double gamma) const {
  const double tolerance = 1e-10 * (high_ - low_);
  double x = 0.5 * (left + right);
  for (int iteration = 0; iteration < 60 && right - left > tolerance; ++iteration) {
    const LocalEntropyCurve here = at(Column::Constant(1, x), gamma);
    const double slope = x - here.mean(0);
    (slope < 0 ? left : right) = x;
    const double next = x - slope / (1 - beta_ * gamma * here.variance(0));
    if (std::fabs(next - x) < 0.1 * tolerance) {
      return x;
    }
    x = next > left && next < right ? next : 0.5 * (left + right);
  }
  return x;
}

std::vector<double> LocalEntropy::minimizers(double gamma) const {
  const Column x = uniformGrid(low_, high_, scanCells);
  const LocalEntropyCurve curve = at(x, gamma);
  std::vector<double> found;
  // The last neighbour at which u falls, unless it has risen since.
  Eigen::Index falling = -1;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const double slope = x(i) - curve.mean(i);
    const double error = 4 * accuracy_ * (1 + std::fabs(slope));
    if (slope > error && falling >= 0) {
      found.push_back(refined(x(falling), x(i), gamma));
      falling = -1;
    }
    falling = slope < -error ? i : falling;
  }
  return found;
}

MinimizerTrack trackMinimizers(const LocalEntropy& entropy, std::vector<double> gammas) {
  MinimizerTrack track;
  track.gammas = std::move(gammas);
  for (double gamma : track.gammas) {
    track.minimizers.push_back(entropy.minimizers(gamma));
    track.least.push_back(leastOf(entropy, track.minimizers.back(), gamma));
  }
  return track;
}

std::optional<Overtaking> overtaking(const LocalEntropy& entropy, const MinimizerTrack& track) {
  for (std::size_t k = 0; k + 1 < track.gammas.size(); ++k) {
    const auto &above = track.least[k], &below = track.least[k + 1];
    const auto slides = [&](double x) {
      return contains(below, nearest(track.minimizers[k + 1], x));
    };
    if (above.empty() || below.empty() || std::any_of(above.begin(), above.end(), slides)) {
      continue;
    }
    double high = track.gammas[k], low = track.gammas[k + 1];
    double before = above.front(), after = nearest(below, before);
    while (high > low * (1 + 1e-6)) {
      const double middle = std::sqrt(high * low);
      const auto least = leastOf(entropy, entropy.minimizers(middle), middle);
      if (least.empty()) {
        break;
      }
      const double left = nearest(least, before), reached = nearest(least, after);
      const bool jumped = std::fabs(reached - after) < std::fabs(left - before);
      (jumped ? low : high) = middle;
      (jumped ? after : before) = jumped ? reached : left;
    }
    return Overtaking{high, before, after};
  }
  return {};
}

}  // namespace wv
