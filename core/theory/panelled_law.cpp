#include "theory/panelled_law.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"

namespace wv {
namespace {

using numeric::PanelColumn;

using numeric::infinity;
// The rule of 16 points follows e^(-4t^2) and e^(-4t) on [0, 1] to rounding.
constexpr double mostSpread = 4;
constexpr std::size_t mostPanels = 20'000;
constexpr int degree = numeric::gaussLegendrePoints - 1;
// Of the Legendre coefficients of a panel, the last ones say how well it is resolved.
constexpr int tailLength = 4;
constexpr double resolution = 1e-12;
constexpr double negligible = 1e-13;

using TailRule = Eigen::Array<double, numeric::gaussLegendrePoints, tailLength>;

// What to sum values with for their Legendre coefficients of the last degrees.
TailRule makeTailRule() {
  const PanelColumn x = numeric::gaussLegendreNodes(-1, 1);
  PanelColumn before = PanelColumn::Ones(), now = x;
  TailRule rule;
  for (int k = 1; k <= degree; ++k) {
    if (k > degree - tailLength) {
      rule.col(degree - k) = (k + 0.5) * numeric::gaussLegendreWeights() * now;
    }
    const PanelColumn after = ((2 * k + 1) * x * now - k * before) / (k + 1);
    before = now;
    now = after;
  }
  return rule;
}

// How much of the values no polynomial through them explains: infinite where only some are finite.
double tailOf(const PanelColumn& values) {
  static const TailRule rule = makeTailRule();
  if (!values.isFinite().all()) {
    return values.isFinite().any() ? infinity : 0;
  }
  double tail = 0;
  for (int k = 0; k < tailLength; ++k) {
    double coefficient = 0;
    for (Eigen::Index i = 0; i < values.size(); ++i) {
      coefficient += rule(i, k) * values(i);
    }
    tail = std::fmax(tail, std::fabs(coefficient));
  }
  return tail;
}

double middleOf(double low, double high) { return low + 0.5 * (high - low); }

}  // namespace

// Weights relative to the largest met so far, which grows as the panels are gone through.
class PanelledLaw::Sum {
 public:
  Sum(double x, double coupling) : x_(x), coupling_(coupling) {}

  // beta f + beta gamma (x' - x)^2/2 on a panel.
  PanelColumn exponents(const Panel& panel) const {
    return panel.values +
           0.5 * coupling_ * (numeric::gaussLegendreNodes(panel.low, panel.high) - x_).square();
  }
  void expect(double exponent) { bound_ = std::fmin(bound_, exponent); }
  bool isOutweighed(double exponent) const { return exponent > bound_ + weightCutoff; }
  // By the coupling alone.
  bool isTooFar(const Panel& panel) const {
    const double distance = std::fmax(0, std::fmax(panel.low - x_, x_ - panel.high));
    return isOutweighed(0.5 * coupling_ * distance * distance);
  }

  void add(const Panel& panel, const PanelColumn& exponents) {
    static const PanelColumn weights = numeric::gaussLegendreWeights();
    const double lowest = exponents.minCoeff();
    if (lowest < lowest_) {
      const double rescale = numeric::exp(lowest - lowest_);
      mass_ *= rescale;
      first_ *= rescale;
      second_ *= rescale;
      lowest_ = lowest;
    }
    const PanelColumn offset = numeric::gaussLegendreNodes(panel.low, panel.high) - x_;
    const double half = 0.5 * (panel.high - panel.low);
    PanelColumn weight = lowest_ - exponents;
    numeric::exp(weight, weight);
    weight *= half * weights;
    for (Eigen::Index i = 0; i < offset.size(); ++i) {
      mass_ += weight(i);
      first_ += weight(i) * offset(i);
      second_ += weight(i) * offset(i) * offset(i);
    }
  }

  LocalLaw law() const {
    const double offset = first_ / mass_;
    return {numeric::log(mass_) - lowest_, offset, second_ / mass_ - offset * offset};
  }

 private:
  double x_, coupling_;
  double bound_ = infinity;
  double lowest_ = infinity, mass_ = 0, first_ = 0, second_ = 0;
};

PanelledLaw::PanelledLaw(const Objective& f, double beta, double greatestGamma,
                         std::vector<double> edges)
    : f_(f), beta_(beta), shortest_(1 / std::sqrt(beta * greatestGamma)) {
  std::vector<double> breaks;
  panels_ = resolved(edges, breaks);
  if (!breaks.empty() && isAffordable_) {
    hasBreaks_ = true;
    edges.insert(edges.end(), breaks.begin(), breaks.end());
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    panels_ = resolved(edges, breaks);
  }
  shift_ = infinity;
  for (const Panel& panel : panels_) {
    shift_ = std::fmin(shift_, panel.values.minCoeff() / beta_);
  }
  for (Panel& panel : panels_) {
    panel.values -= beta_ * shift_;
  }
}

PanelledLaw::Panel PanelledLaw::panelOn(double low, double high) const {
  Panel panel{low, high, {}};
  f_.value(numeric::gaussLegendreNodes(low, high), panel.values);
  // What is undefined has no weight.
  panel.values = panel.values.isNaN().select(infinity, beta_ * (panel.values - shift_));
  return panel;
}

bool PanelledLaw::isTooNarrow(double low, double high) const {
  const double middle = middleOf(low, high);
  return high - low <= negligible * shortest_ || !(low < middle && middle < high);
}

// How far the values may be off: by their own rounding, and by that of x where f is steep, unless
// the panel is hardly wider than that.
double PanelledLaw::accuracyOf(const Panel& panel) {
  constexpr double roundingOfX = 0x1p-50, mostShare = 1e-4;
  const double size = 1 + panel.values.abs().maxCoeff();
  const double spread = panel.values.maxCoeff() - panel.values.minCoeff();
  const double farthest = std::fmax(std::fabs(panel.low), std::fabs(panel.high));
  const double share = roundingOfX * farthest / (panel.high - panel.low);
  return resolution * size + (share < mostShare ? share * spread : 0);
}

std::vector<PanelledLaw::Panel> PanelledLaw::resolved(const std::vector<double>& edges,
                                                      std::vector<double>& breaks) {
  std::vector<Panel> done, waiting;
  for (std::size_t i = edges.size() - 1; i > 0; --i) {
    waiting.push_back(panelOn(edges[i - 1], edges[i]));
  }
  while (!waiting.empty() && isAffordable_) {
    const Panel panel = waiting.back();
    waiting.pop_back();
    const double tail = tailOf(panel.values);
    const bool isResolved = tail == 0 || (std::isfinite(tail) && tail <= accuracyOf(panel));
    const double lost = std::fmin(1, tail) * (panel.high - panel.low);
    if (isResolved || lost <= negligible * shortest_ || isTooNarrow(panel.low, panel.high)) {
      done.push_back(panel);
      if (!isResolved) {
        breaks.insert(breaks.end(), {panel.low, panel.high});
      }
      continue;
    }
    const double middle = middleOf(panel.low, panel.high);
    waiting.push_back(panelOn(middle, panel.high));
    waiting.push_back(panelOn(panel.low, middle));
    isAffordable_ = done.size() + waiting.size() <= mostPanels;
  }
  return done;
}

LocalLaw PanelledLaw::around(double x, double gamma) const {
  Sum sum(x, beta_ * gamma);
  for (const Panel& panel : panels_) {
    if (!sum.isTooFar(panel)) {
      sum.expect(sum.exponents(panel).minCoeff());
    }
  }
  for (const Panel& panel : panels_) {
    include(panel, sum);
  }
  return sum.law();
}

// Halved until the weight is smooth on each part; without what does not matter.
void PanelledLaw::include(const Panel& first, Sum& sum) const {
  std::vector<Panel> waiting = {first};
  while (!waiting.empty()) {
    const Panel panel = waiting.back();
    waiting.pop_back();
    if (sum.isTooFar(panel)) {
      continue;
    }
    const PanelColumn exponents = sum.exponents(panel);
    const double lowest = exponents.minCoeff();
    const double spread = exponents.maxCoeff() - lowest;
    // Between its points a panel is hardly deeper than by what it varies.
    if (lowest == infinity || sum.isOutweighed(lowest - spread)) {
      continue;
    }
    sum.expect(lowest);
    if (spread <= mostSpread || isTooNarrow(panel.low, panel.high)) {
      sum.add(panel, exponents);
      continue;
    }
    const double middle = middleOf(panel.low, panel.high);
    waiting.push_back(panelOn(middle, panel.high));
    waiting.push_back(panelOn(panel.low, middle));
  }
}

}  // namespace wv
