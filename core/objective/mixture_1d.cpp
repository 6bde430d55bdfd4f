#include "objective/mixture_1d.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"
#include "numeric/short_sort.hpp"
#include "objective/landscape.hpp"

namespace wv {
namespace {

constexpr double logOfRootTwoPi = 0x1.d67f1c864beb5p-1;
constexpr Eigen::Index tile = 64;

struct Component {
  double logHeight;  // log(w / (s sqrt(2 pi)))
  double mean, deviation;

  double logDensity(double x) const {
    const double z = (x - mean) / deviation;
    return logHeight - 0.5 * z * z;
  }
  double pull(double x) const { return (x - mean) / (deviation * deviation); }
};

// The components outside, the replicates inside: so that the inner loops vectorise.
class MixtureLandscape final : public Objective {
 public:
  explicit MixtureLandscape(const Mixture& mixture) : components_(mixture.weights.size()) {
    for (std::size_t i = 0; i < components_.size(); ++i) {
      const double s = mixture.deviations[i];
      const double logHeight =
          (numeric::log(mixture.weights[i]) - numeric::log(s)) - logOfRootTwoPi;
      components_[i] = {logHeight, mixture.means[i], s};
    }
  }

  int dim() const override { return 1; }
  int terms() const override { return 1; }

  void value(const BlockIn& x, ColumnOut f) const override {
    double top[tile], sum[tile];
    forTiles(x, [&](Eigen::Index begin, Eigen::Index count, const double* in) {
      fillTop(count, in, top);
      std::fill(sum, sum + count, 0.0);
      for (const Component component : components_) {
        for (Eigen::Index k = 0; k < count; ++k) {
          sum[k] += numeric::exp(component.logDensity(in[k]) - top[k]);
        }
      }
      for (Eigen::Index k = 0; k < count; ++k) {
        f(begin + k) = -(top[k] + numeric::log(sum[k]));
      }
    });
  }

  void gradient(const BlockIn& x, BlockOut g) const override {
    double top[tile], sum[tile], pull[tile];
    forTiles(x, [&](Eigen::Index begin, Eigen::Index count, const double* in) {
      fillTop(count, in, top);
      std::fill(sum, sum + count, 0.0);
      std::fill(pull, pull + count, 0.0);
      for (const Component component : components_) {
        for (Eigen::Index k = 0; k < count; ++k) {
          const double share = numeric::exp(component.logDensity(in[k]) - top[k]);
          sum[k] += share;
          pull[k] += share * component.pull(in[k]);
        }
      }
      for (Eigen::Index k = 0; k < count; ++k) {
        g(begin + k, 0) = pull[k] / sum[k];
      }
    });
  }

  void termGradient(const BlockIn& x, const IndexIn&, BlockOut g) const override { gradient(x, g); }

  Matrix hessian(const PointIn& x) const override {
    return Matrix::Constant(1, 1, slopeAndCurvature(x(0)).y);
  }

  // A mode lies among the means, and within a few deviations of one (farther out, the spread of the
  // pulls outweighs 1/s^2): sign changes of f' over a grid fine for every component, then polished.
  std::vector<Point> minimizers() const override {
    const std::vector<double> grid = searchGrid();
    std::vector<double> minima;
    for (std::size_t i = 0; i + 1 < grid.size(); ++i) {
      if (slopeAndCurvature(grid[i]).x < 0 && slopeAndCurvature(grid[i + 1]).x >= 0) {
        minima.push_back(rootBetween(grid[i], grid[i + 1]));
      }
    }
    numeric::sortShort(minima.begin(), minima.end(),
                       [&](double a, double b) { return valueAt(a) < valueAt(b); });
    std::vector<Point> points;
    points.reserve(minima.size());
    for (const double x : minima) {
      points.push_back(point1(x));
    }
    return points;
  }

  std::optional<Curvature> curvature() const override { return {}; }

  Window window() const override {
    Window window{components_[0].mean, components_[0].mean, 0, 0};
    for (const Component& component : components_) {
      window.xMin = std::min(window.xMin, component.mean - 3 * component.deviation);
      window.xMax = std::max(window.xMax, component.mean + 3 * component.deviation);
    }
    return window;
  }

  // Near the end of the window that the global minimiser is farther from.
  Point start() const override {
    const Window box = window();
    const double minimizer = minimizers().front()(0);
    const double inset = 0.1 * (box.xMax - box.xMin);
    const bool isLeft = minimizer - box.xMin < box.xMax - minimizer;
    return point1(isLeft ? box.xMax - inset : box.xMin + inset);
  }

 private:
  template <class Body>
  static void forTiles(const BlockIn& x, Body body) {
    for (Eigen::Index begin = 0; begin < x.rows(); begin += tile) {
      body(begin, std::min(tile, x.rows() - begin), x.col(0).data() + begin);
    }
  }

  // The largest log density at each point: the others are taken relative to it.
  void fillTop(Eigen::Index count, const double* in, double* top) const {
    std::fill(top, top + count, -HUGE_VAL);
    for (const Component component : components_) {
      for (Eigen::Index k = 0; k < count; ++k) {
        const double logDensity = component.logDensity(in[k]);
        top[k] = logDensity > top[k] ? logDensity : top[k];
      }
    }
  }

  double valueAt(double x) const {
    Column f(1);
    value(Block::Constant(1, 1, x), f);
    return f(0);
  }

  // With shares r_i and pulls u_i: f' = sum r_i u_i, f'' = sum r_i / s_i^2 - variance of the u_i.
  Vector2 slopeAndCurvature(double x) const {
    double top = -HUGE_VAL;
    fillTop(1, &x, &top);
    double sum = 0, pull = 0, squares = 0, stiffness = 0;
    for (const Component& component : components_) {
      const double share = numeric::exp(component.logDensity(x) - top);
      const double u = component.pull(x);
      sum += share;
      pull += share * u;
      squares += share * u * u;
      stiffness += share / (component.deviation * component.deviation);
    }
    const double mean = pull / sum;
    return {mean, (stiffness - squares) / sum + mean * mean};
  }

  std::vector<double> searchGrid() const {
    constexpr int halfCount = 160;
    constexpr double reach = 4;
    const auto [low, high] =
        std::minmax_element(components_.begin(), components_.end(),
                            [](const Component& a, const Component& b) { return a.mean < b.mean; });
    std::vector<double> grid;
    for (const Component& component : components_) {
      for (int i = -halfCount; i <= halfCount; ++i) {
        const double x = component.mean + component.deviation * (reach * i / halfCount);
        grid.push_back(std::clamp(x, low->mean - low->deviation, high->mean + high->deviation));
      }
    }
    std::sort(grid.begin(), grid.end());
    return grid;
  }

  // Bisection to neighbouring doubles is exact and never leaves the bracket.
  double rootBetween(double low, double high) const {
    while (true) {
      const double middle = low + 0.5 * (high - low);
      if (!(low < middle && middle < high)) {
        break;
      }
      (slopeAndCurvature(middle).x < 0 ? low : high) = middle;
    }
    return std::fabs(slopeAndCurvature(low).x) < std::fabs(slopeAndCurvature(high).x) ? low : high;
  }

  std::vector<Component> components_;
};

bool areAll(const std::vector<double>& numbers, bool (*accept)(double)) {
  return std::all_of(numbers.begin(), numbers.end(), accept);
}

}  // namespace

std::string mixtureRefusal(const Mixture& mixture) {
  const std::size_t count = mixture.weights.size();
  if (count == 0 || mixture.means.size() != count || mixture.deviations.size() != count) {
    return "weights, means and deviations must hold equally many numbers, one for each Gaussian; "
           "they hold " +
           std::to_string(count) + ", " + std::to_string(mixture.means.size()) + " and " +
           std::to_string(mixture.deviations.size()) + ".";
  }
  const auto isPositive = [](double x) { return x > 0 && std::isfinite(x); };
  if (!areAll(mixture.weights, isPositive)) {
    return "weights must be finite and above 0.";
  }
  if (!areAll(mixture.means, [](double x) { return bool(std::isfinite(x)); })) {
    return "means must be finite.";
  }
  if (!areAll(mixture.deviations, isPositive)) {
    return "deviations must be finite and above 0.";
  }
  return {};
}

std::unique_ptr<Objective> makeMixture1d(const Mixture& mixture) {
  return std::make_unique<MixtureLandscape>(mixture);
}

}  // namespace wv
