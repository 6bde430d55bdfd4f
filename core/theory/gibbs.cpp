#include "theory/gibbs.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "numeric/quadrature.hpp"
#include "objective/landscape.hpp"
#include "theory/confinement.hpp"

namespace wv {
namespace {

using numeric::Integrand;

using numeric::infinity;
// The outer slopes of a law on the line end where beta f has risen by this from the minimum.
constexpr double cut = 60;
// Panels end where beta f has risen by so much from a minimum. Between two of these levels the
// weight changes by e^10 at most, which the rule of 16 points follows to the last digits: the mass
// of a well is accurate relative to itself, however small it is.
constexpr double levels[] = {1, 4, 10, 20, 30, 40, 50, cut};
constexpr double tolerance = 1e-13;

// Where f, monotone between a and b, passes `level`; not to the last digits.
double crossing(const Objective& f, double a, double b, double level) {
  constexpr int halvings = 40;
  const bool rising = valueAt(f, b) > valueAt(f, a);
  for (int i = 0; i < halvings; ++i) {
    const double middle = a + 0.5 * (b - a);
    ((valueAt(f, middle) < level) == rising ? a : b) = middle;
  }
  return a + 0.5 * (b - a);
}

}  // namespace

std::optional<GibbsLaw> GibbsLaw::onLine(const Objective& f, double beta) {
  const std::optional<Interval> interval = confinement(f, cut / beta);
  if (!interval) {
    return {};
  }
  GibbsLaw law(f, beta, true);
  law.findPanels(interval->low, interval->high);
  law.integrateMoments();
  return law;
}

GibbsLaw GibbsLaw::onInterval(const Objective& f, double beta, double low, double high) {
  GibbsLaw law(f, beta, false);
  law.findPanels(low, high);
  law.integrateMoments();
  return law;
}

void GibbsLaw::weight(const Column& x, Column& y) const {
  valuesAt(*objective_, x, y);
  for (double& value : y) {
    value = -beta_ * (value - shift_);
  }
  numeric::exp(y, y);
}

void GibbsLaw::findPanels(double low, double high) {
  const Objective& f = *objective_;
  // The window has a fine grid of its own: it may be a small part of the interval when beta is low.
  const Window window = f.window();
  Column grid(2 * (scanCells + 1));
  grid << evenGrid(low, high, scanCells), evenGrid(window.xMin, window.xMax, scanCells);
  grid = grid.max(low).min(high);
  std::sort(grid.data(), grid.data() + grid.size());
  const Interval defined = definedPart(f, {low, high}, grid);
  low = defined.low;
  high = defined.high;
  grid = grid.max(low).min(high);
  critical_ = wv::criticalPoints(f, grid);
  // The slope may change its sign across a gap in which f is undefined.
  std::erase_if(critical_, [](const CriticalPoint& point) { return !std::isfinite(point.value); });
  shift_ = rangeOn(f, grid).least;
  std::vector<double> turns = {low};
  for (const CriticalPoint& point : critical_) {
    shift_ = std::fmin(shift_, point.value);
    turns.push_back(point.x);
  }
  turns.push_back(high);

  std::vector<double> edges = turns;
  for (std::size_t i = 0; i + 1 < turns.size(); ++i) {
    addLevels(turns[i], turns[i + 1], edges);
  }
  std::sort(edges.begin(), edges.end());
  if (onLine_) {
    trim(edges);
  }

  const auto weightAt = [this](const Column& x, Column& y) { weight(x, y); };
  const numeric::PanelIntegrals panels = numeric::integratePanels(weightAt, edges, tolerance);
  edges_ = panels.edges;
  norm_ = panels.value;
  accurate_ = panels.converged;
  below_.assign(edges_.size(), 0);
  above_.assign(edges_.size(), 0);
  for (std::size_t i = 0; i + 1 < edges_.size(); ++i) {
    below_[i + 1] = below_[i] + panels.values[i] / norm_;
  }
  for (std::size_t i = edges_.size() - 1; i > 0; --i) {
    above_[i - 1] = above_[i] + panels.values[i - 1] / norm_;
  }
}

// Where f, monotone between a and b, passes the levels above its lower end.
void GibbsLaw::addLevels(double a, double b, std::vector<double>& edges) const {
  const double atA = valueAt(*objective_, a), atB = valueAt(*objective_, b);
  const double base = std::fmin(atA, atB), top = std::fmax(atA, atB);
  for (const double level : levels) {
    const double height = base + level / beta_;
    if (height < top) {
      edges.push_back(crossing(*objective_, a, b, height));
    }
  }
}

// Leaves out what lies beyond the last level on both outer slopes. There is a minimum between them.
void GibbsLaw::trim(std::vector<double>& edges) const {
  const auto isAbove = [this](double x, double minimum) {
    const double rise = valueAt(*objective_, x) - valueAt(*objective_, minimum);
    return beta_ * rise > cut * (1 + 1e-6);
  };
  if (critical_.empty()) {
    return;
  }
  const double leftmost = critical_.front().x, rightmost = critical_.back().x;
  const auto first =
      std::find_if(edges.begin(), edges.end(), [&](double x) { return !isAbove(x, leftmost); });
  edges.erase(edges.begin(), first);
  const auto last =
      std::find_if(edges.rbegin(), edges.rend(), [&](double x) { return !isAbove(x, rightmost); });
  edges.erase(last.base(), edges.end());
}

double GibbsLaw::expectation(const Integrand& g) const {
  const auto weighted = [&](const Column& x, Column& y) {
    Column factor(x.size());
    weight(x, y);
    g(x, factor);
    for (Eigen::Index i = 0; i < x.size(); ++i) {
      // A weight of 0 wins over an infinite factor.
      y(i) = y(i) > 0 ? y(i) * factor(i) : 0;
    }
  };
  double sum = 0;
  for (std::size_t i = 0; i + 1 < edges_.size(); ++i) {
    sum += numeric::gaussLegendre(weighted, edges_[i], edges_[i + 1]);
  }
  return sum / norm_;
}

void GibbsLaw::integrateMoments() {
  const double middle = quantile(0.5);
  const auto shifted = [&](const Column& x, Column& y) { y = x - middle; };
  mean_ = middle + expectation(shifted);
  const auto squared = [&](const Column& x, Column& y) { y = (x - mean_).square(); };
  variance_ = expectation(squared);
  const auto rise = [&](const Column& x, Column& y) {
    valuesAt(*objective_, x, y);
    y -= shift_;
  };
  meanValue_ = shift_ + expectation(rise);
  logZ_ = numeric::log(norm_) - beta_ * shift_;
}

std::vector<Well> GibbsLaw::wells() const {
  std::vector<double> ends = {onLine_ ? -infinity : low()};
  for (const CriticalPoint& point : critical_) {
    if (!point.isMinimum) {
      ends.push_back(point.x);
    }
  }
  ends.push_back(onLine_ ? infinity : high());
  std::vector<Well> wells;
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    const double left = ends[i], right = ends[i + 1];
    const auto inside =
        std::find_if(critical_.begin(), critical_.end(), [&](const CriticalPoint& point) {
          return point.isMinimum && point.x > left && point.x < right;
        });
    const CriticalPoint minimum =
        inside != critical_.end() ? *inside : endPoint(i == 0 ? low() : high());
    wells.push_back({minimum, left, right, massBetween(left, right)});
  }
  return wells;
}

CriticalPoint GibbsLaw::endPoint(double x) const {
  return {x, valueAt(*objective_, x), objective_->hessian(point1(x))(0, 0), true};
}

Column GibbsLaw::density(const ColumnIn& x) const {
  Column y(x.size());
  weight(x, y);
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    y(i) = onLine_ || (x(i) >= low() && x(i) <= high()) ? y(i) / norm_ : 0;
  }
  return y;
}

// The panel that holds x; low() <= x <= high().
std::size_t GibbsLaw::panelOf(double x) const {
  const auto after = std::upper_bound(edges_.begin() + 1, edges_.end() - 1, x);
  return static_cast<std::size_t>(after - edges_.begin()) - 1;
}

double GibbsLaw::panelMass(double a, double b) const {
  const auto weightAt = [this](const Column& x, Column& y) { weight(x, y); };
  return numeric::gaussLegendre(weightAt, a, b) / norm_;
}

// Beyond the panels, over the interval from `a` outwards to `b`: as far as the weight at `a`
// matters.
double GibbsLaw::tailMass(double a, double b) const {
  if (!onLine_ || !std::isfinite(valueAt(*objective_, a))) {
    return 0;
  }
  Block slope(1, 1);
  objective_->gradient(Block::Constant(1, 1, a), slope);
  const double length = std::fmin(std::fabs(b - a), cut / (beta_ * std::fabs(slope(0, 0))));
  const auto weightAt = [this](const Column& x, Column& y) { weight(x, y); };
  const double low = b < a ? a - length : a;
  return length > 0 ? numeric::integrate(weightAt, low, low + length, 1e-10).value / norm_ : 0;
}

double GibbsLaw::massBelow(double x) const {
  if (x <= low()) {
    return tailMass(x, -infinity);
  }
  if (x >= high()) {
    return 1 - massAbove(x);
  }
  const std::size_t panel = panelOf(x);
  return below_[panel] + panelMass(edges_[panel], x);
}

double GibbsLaw::massAbove(double x) const {
  if (x >= high()) {
    return tailMass(x, infinity);
  }
  if (x <= low()) {
    return 1 - massBelow(x);
  }
  const std::size_t panel = panelOf(x);
  return above_[panel + 1] + panelMass(x, edges_[panel + 1]);
}

double GibbsLaw::massBetween(double a, double b) const {
  if (a < low() && b < low()) {
    return tailMass(b, a);
  }
  if (a > high() && b > high()) {
    return tailMass(a, b);
  }
  if (a > low() && b < high() && panelOf(a) == panelOf(b)) {
    return panelMass(a, b);
  }
  // The difference of the smaller masses on one side.
  const double above = massAbove(a), below = massBelow(b);
  return below < above ? below - massBelow(a) : above - massAbove(b);
}

Column GibbsLaw::binMasses(const std::vector<double>& edges) const {
  const std::size_t bins = edges.size() - 1;
  Column masses(static_cast<Eigen::Index>(bins) + 2);
  masses(0) = massBelow(edges.front());
  for (std::size_t i = 0; i < bins; ++i) {
    masses(static_cast<Eigen::Index>(i) + 1) = massBetween(edges[i], edges[i + 1]);
  }
  masses(masses.size() - 1) = massAbove(edges.back());
  return masses;
}

// The x in the panel with so much mass between its left edge and x: Newton's method, kept in the
// panel by bisection.
double GibbsLaw::quantileInPanel(std::size_t panel, double mass, double guess) const {
  constexpr int mostSteps = 60;
  double low = edges_[panel], high = edges_[panel + 1];
  double x = guess > low && guess < high ? guess : low + 0.5 * (high - low);
  Column point(1), weightThere(1);
  for (int i = 0; i < mostSteps; ++i) {
    const double excess = panelMass(edges_[panel], x) - mass;
    (excess < 0 ? low : high) = x;
    point(0) = x;
    weight(point, weightThere);
    const double next = x - excess * norm_ / weightThere(0);
    // The step after this one would be about its square, in units of the panel.
    if (std::fabs(next - x) <= 1e-9 * (edges_[panel + 1] - edges_[panel])) {
      return next;
    }
    x = next > low && next < high ? next : low + 0.5 * (high - low);
  }
  return x;
}

double GibbsLaw::quantile(double p) const { return quantileNear(p, infinity); }

double GibbsLaw::quantileNear(double p, double guess) const {
  const auto after = std::upper_bound(below_.begin() + 1, below_.end() - 1, p);
  const auto panel = static_cast<std::size_t>(after - below_.begin()) - 1;
  return quantileInPanel(panel, p - below_[panel], guess);
}

Column GibbsLaw::midpointQuantiles(int n) const {
  Column x(n), densityThere(1);
  double guess = infinity;
  for (int i = 0; i < n; ++i) {
    x(i) = quantileNear((i + 0.5) / n, guess);
    densityThere = density(x.segment(i, 1));
    guess = x(i) + 1 / (n * densityThere(0));
  }
  return x;
}

}  // namespace wv
