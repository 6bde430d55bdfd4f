// Section 4.1 of the lecture: valleys and lakes of a landscape, and what descent does on it.
#include <algorithm>
#include <cmath>

#include "experiment/field.hpp"
#include "experiment/landscape_settings.hpp"
#include "experiment/registry.hpp"
#include "landscape/merge_tree.hpp"
#include "method/noisy_gradient.hpp"
#include "numeric/constants.hpp"
#include "numeric/quadrature.hpp"
#include "numeric/symmetric_eigen.hpp"
#include "objective/at_point.hpp"
#include "objective/plane_critical_points.hpp"

namespace wv {
namespace {

constexpr std::uint32_t longestPath = 100'000;
// Of the window: descent that converges stays far nearer than that.
constexpr double farthest = 100;
// The grid over the whole space of the weights, where its dimension is 3 or 4: as fine as keeps it
// below 10^5 vertices.
constexpr double spaceReach = 2;
constexpr int spacePoints3 = 41, spacePoints4 = 17;
constexpr int geodesicPoints = 101;
constexpr double criticalTolerance = 1e-8;

struct Bottom {
  int vertex;
  double value;
};

// Of a grid: where its vertices are along one coordinate, and how far apart these are in its order.
struct Axis {
  std::span<const double> places;
  int stride;

  bool holds(double x) const { return x >= places.front() && x <= places.back(); }
  int nearest(double x) const {
    const double share = (x - places.front()) / (places.back() - places.front());
    return static_cast<int>(std::round(share * static_cast<double>(places.size() - 1)));
  }
};

// The known minimisers inside a grid with these axes, each at the vertex nearest to it.
std::vector<Bottom> bottomsOn(const std::vector<Axis>& axes, const Objective& f) {
  std::vector<Bottom> bottoms;
  for (const Point& x : f.minimizers()) {
    Bottom bottom{0, valueAt(f, x)};
    bool isInside = true;
    for (std::size_t k = 0; k < axes.size() && isInside; ++k) {
      const double at = x(static_cast<Eigen::Index>(k));
      isInside = axes[k].holds(at);
      bottom.vertex += isInside ? axes[k].stride * axes[k].nearest(at) : 0;
    }
    if (isInside) {
      bottoms.push_back(bottom);
    }
  }
  return bottoms;
}

// The lakes of a grid. Where it misses a known bottom by more than the least water, as of a narrow
// valley, the bottom is put in.
MergeTree lakesOver(std::vector<double> heights, const std::vector<int>& extents,
                    const std::vector<Bottom>& bottoms) {
  MergeTree tree = resolvedLakes(mergeTree(heights, extents), heights, extents);
  bool isMissed = false;
  for (const auto& [vertex, value] : bottoms) {
    const auto at = static_cast<std::size_t>(vertex);
    const Lake& lake = tree.lakes[static_cast<std::size_t>(tree.branch[at])];
    if (value < lake.birth - leastLevel) {
      isMissed = true;
      heights[at] = value;
    }
  }
  if (isMissed) {
    tree = resolvedLakes(mergeTree(heights, extents), heights, extents);
  }
  return tree;
}

// Water never reaches where f is undefined.
std::vector<double> heightsOf(const std::vector<double>& values) {
  std::vector<double> heights = values;
  std::replace_if(
      heights.begin(), heights.end(), [](double value) { return !std::isfinite(value); },
      numeric::infinity);
  return heights;
}

class LandscapeExperiment final : public Experiment {
 public:
  LandscapeExperiment(const Settings& settings, LandscapePlan plan)
      : Experiment(settings),
        plan_(std::move(plan)),
        objective_(*plan_.objective),
        plane_(*plan_.plane),
        method_(landscapeMethod(settings)),
        seed_(static_cast<std::uint32_t>(settings.number("seed"))),
        alpha_(settings.number("alpha")),
        noise_(gradientNoiseOf(settings)),
        level_(settings.number("level")) {
    state_.x = plane_.embed(settings.number("x0"), settings.number("y0")).transpose().array();
    method_->init(state_);
    const Window window = plane_.window();
    window_ = {window.xMin, window.xMax, window.yMin, window.yMax};
    record();
    if (plan_.hasFloor) {
      fillGeodesic(settings.number("from"), settings.number("to"));
    }
  }

  Status status() const override { return {runState_, state_.step}; }

  Channel channel(std::string_view id) const override {
    fillField();
    if (id == "field" || id == "branch") {
      fillLakes();
      const std::vector<double>& values = id == "field" ? field_ : branch_;
      return {{static_cast<int>(gridY_.size()), static_cast<int>(grid_.size())}, values.data()};
    }
    if (id == "lakes" || id == "mergeTree" || id == "lakeCount" || id == "spaceTree" ||
        id == "spaceCount") {
      fillLakes();
      lakeCount_ = {static_cast<double>(lakesAt(tree_, lowest_[0] + level_))};
      spaceCount_.assign(spaceTree_.empty() ? 0 : 1, 0);
      for (double& count : spaceCount_) {
        count = lakesAt(space_, lowest_[0] + level_);
      }
    }
    if (id == "criticalPoints") {
      fillCriticalPoints();
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    const State before = state_;
    const NoisyGradient source(objective_, noise_, seed_, 0);
    method_->step({source, alpha_}, state_);
    if (!record()) {
      state_ = before;
      runState_ = RunState::diverged;
    } else if (state_.step >= longestPath) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view id, const Value& value) override {
    const double number = std::get<double>(value);
    (id == "alpha" ? alpha_ : id == "level" ? level_ : noise_) = number;
  }

 private:
  std::array<NamedValues, 18> named() const {
    return {{{"path", &path_, 2},
             {"f", &f_},
             {"gradientNorm", &gradientNorm_},
             {"conserved", &conserved_},
             {"weights", &weights_},
             {"window", &window_},
             {"grid", &grid_},
             {"gridY", &gridY_},
             {"lowest", &lowest_},
             {"lakes", &lakes_, 8},
             {"mergeTree", &mergeTree_, 2},
             {"lakeCount", &lakeCount_},
             {"spaceTree", &spaceTree_, 2},
             {"spaceCount", &spaceCount_},
             {"criticalPoints", &criticalPoints_, 3 + objective_.dim()},
             {"minimizers", &minimizers_, 2},
             {"geodesic", &geodesic_, 2},
             {"geodesicLength", &geodesicLength_}}};
  }

  // False, with nothing recorded, when the point is no number or has left for good.
  bool record() {
    Column f(1);
    Block g(1, objective_.dim());
    objective_.value(state_.x, f);
    objective_.gradient(state_.x, g);
    const double limit = farthest * std::max(window_[1] - window_[0], window_[3] - window_[2]);
    if (!std::isfinite(f(0)) || !g.isFinite().all() || !(state_.x.abs().maxCoeff() < limit)) {
      return false;
    }
    const Point foot = plane_.project(state_.x.row(0).matrix().transpose());
    path_.insert(path_.end(), {foot(0), foot(1)});
    f_.push_back(f(0));
    gradientNorm_.push_back(std::sqrt(g.square().sum()));
    weights_.assign(state_.x.data(), state_.x.data() + state_.x.size());
    if (!plan_.plus.empty()) {
      conserved_.push_back(squaresOf(plan_.plus) - squaresOf(plan_.minus));
    }
    return true;
  }

  double squaresOf(const std::vector<int>& entries) const {
    double sum = 0;
    for (const int j : entries) {
      sum += state_.x(0, j) * state_.x(0, j);
    }
    return sum;
  }

  // What does not depend on the run is computed when it is first asked for.
  void fillField() const {
    if (!field_.empty()) {
      return;
    }
    grid_ = evenlySpaced(window_[0], window_[1], fieldColumns);
    gridY_ = evenlySpaced(window_[2], window_[3], fieldRows);
    const Column values = valuesOnGrid(plane_, grid_, gridY_);
    field_.assign(values.begin(), values.end());
    lowest_ = {values.isFinite().select(values, numeric::infinity).minCoeff()};
    for (const Point& minimizer : plane_.minimizers()) {
      minimizers_.insert(minimizers_.end(), minimizer.begin(), minimizer.end());
    }
    bottoms_ = bottomsOn({{grid_, 1}, {gridY_, fieldColumns}}, plane_);
    for (const Bottom& bottom : bottoms_) {
      if (bottom.value < lowest_[0] - leastLevel) {
        lowest_[0] = bottom.value;
      }
    }
  }

  void fillLakes() const {
    if (!lakes_.empty()) {
      return;
    }
    tree_ = lakesOver(heightsOf(field_), {fieldRows, fieldColumns}, bottoms_);
    branch_.assign(tree_.branch.begin(), tree_.branch.end());
    const auto place = [&](int vertex) {
      return Vector{grid_[static_cast<std::size_t>(vertex % fieldColumns)],
                    gridY_[static_cast<std::size_t>(vertex / fieldColumns)]};
    };
    for (const Lake& lake : tree_.lakes) {
      const Vector bottom = place(lake.bottom), saddle = place(std::max(lake.saddle, 0));
      lakes_.insert(lakes_.end(),
                    {bottom.x, bottom.y, lake.birth, lake.merge, static_cast<double>(lake.into),
                     saddle.x, saddle.y, lake.into >= 0 && std::isfinite(lake.merge) ? 1.0 : 0.0});
      mergeTree_.insert(mergeTree_.end(), {lake.birth, lake.merge});
    }
    fillSpace();
  }

  // The lakes of the whole space of the weights, of which the picture is a slice.
  void fillSpace() const {
    const int d = objective_.dim();
    if (d != 3 && d != 4) {
      return;
    }
    const int points = d == 3 ? spacePoints3 : spacePoints4;
    const std::vector<double> axis = evenlySpaced(-spaceReach, spaceReach, points);
    const std::vector<int> extents(static_cast<std::size_t>(d), points);
    Eigen::Index count = 1;
    for (const int extent : extents) {
      count *= extent;
    }
    Block x(count, d);
    for (Eigen::Index i = 0; i < count; ++i) {
      Eigen::Index rest = i;
      for (int j = d - 1; j >= 0; --j, rest /= points) {
        x(i, j) = axis[static_cast<std::size_t>(rest % points)];
      }
    }
    Column f(count);
    objective_.value(x, f);
    std::vector<Axis> axes;
    for (int j = 0, stride = static_cast<int>(count); j < d; ++j) {
      stride /= points;
      axes.push_back({axis, stride});
    }
    space_ = lakesOver({f.begin(), f.end()}, extents, bottomsOn(axes, objective_));
    for (const Lake& lake : space_.lakes) {
      spaceTree_.insert(spaceTree_.end(), {lake.birth, lake.merge});
    }
  }

  // Those of the plane that are critical in the whole space, with the Hessian's eigenvalues there:
  // exactly 0 where rounding is all that is left, as along a ring that the plane cuts.
  void fillCriticalPoints() const {
    if (criticalPointsKnown_) {
      return;
    }
    criticalPointsKnown_ = true;
    for (const PlaneCriticalPoint& point : planeCriticalPoints(plane_, plane_.minimizers())) {
      const Point x = plane_.embed(point.x(0), point.x(1));
      const Matrix hessian = objective_.hessian(x);
      Block g(1, objective_.dim());
      objective_.gradient(x.transpose().array(), g);
      if (g.abs().maxCoeff() > criticalTolerance * std::max(1.0, hessian.cwiseAbs().maxCoeff())) {
        continue;
      }
      Point eigenvalues = numeric::symmetricEigen(hessian).values;
      const double rounding = criticalTolerance * eigenvalues.cwiseAbs().maxCoeff();
      eigenvalues = (eigenvalues.array().abs() <= rounding).select(0, eigenvalues);
      criticalPoints_.insert(criticalPoints_.end(), {point.x(0), point.x(1), point.value});
      criticalPoints_.insert(criticalPoints_.end(), eigenvalues.begin(), eigenvalues.end());
    }
  }

  // Along w1 w2 = 1: its length is the integral of sqrt(1 + 1/w^4).
  void fillGeodesic(double from, double to) {
    for (int k = 0; k < geodesicPoints; ++k) {
      const double w = from + (to - from) * k / (geodesicPoints - 1);
      geodesic_.insert(geodesic_.end(), {w, 1 / w});
    }
    const auto speed = [](const Column& w, Column& y) { y = (1 + 1 / (w * w * w * w)).sqrt(); };
    const double low = std::min(from, to), high = std::max(from, to);
    const double arc = low < high ? numeric::integrate(speed, low, high, 1e-13).value : 0;
    const double across = from - to, up = 1 / from - 1 / to;
    geodesicLength_ = {arc, std::sqrt(across * across + up * up)};
  }

  struct Vector {
    double x, y;
  };

  LandscapePlan plan_;
  const Objective& objective_;
  const PlaneSlice& plane_;
  std::unique_ptr<const Method> method_;
  std::uint32_t seed_;
  double alpha_, noise_, level_;
  State state_;
  RunState runState_ = RunState::running;
  std::vector<double> path_, f_, gradientNorm_, conserved_, weights_, window_;
  std::vector<double> geodesic_, geodesicLength_;
  mutable MergeTree tree_, space_;
  mutable std::vector<Bottom> bottoms_;
  mutable bool criticalPointsKnown_ = false;
  mutable std::vector<double> field_, grid_, gridY_, lowest_, minimizers_, branch_, lakes_,
      mergeTree_, lakeCount_, spaceTree_, spaceCount_, criticalPoints_;
};

Creation createLandscape(const Settings& settings, const DataLibrary&) {
  std::vector<Issue> issues;
  Settings settled = settings;
  std::optional<LandscapePlan> plan = planLandscape(settled, issues);
  return createUnlessRefused<LandscapeExperiment>(std::move(issues), settled,
                                                  plan ? std::move(*plan) : LandscapePlan{});
}

}  // namespace

ExperimentInfo landscapeExperiment() {
  return {
      .id = "landscape",
      .title = "Valleys and lakes",
      .section = "§4.1",
      .parameters = landscapeSceneParameters(),
      .channels =
          {
              {"path", "iterates, in the plane that is drawn", "", "[t+1, 2]"},
              {"f", "objective f(xₜ)", "", "[t+1]"},
              {"gradientNorm", "‖∇f(xₜ)‖", "", "[t+1]"},
              {"conserved", "‖u‖² − ‖v‖² (three layers: w₁² − w₂²), kept by the flow without decay",
               "", "[t+1], or [0] of what is no network"},
              {"weights", "the present point, all of it", "", "[d]"},
              {"window", "xMin, xMax, yMin, yMax", "", "[4]"},
              {"field", "f over the window", "", "[rows, columns]"},
              {"grid", "x of the field's columns", "", "[columns]"},
              {"gridY", "y of the field's rows", "", "[rows]"},
              {"lowest",
               "the least value of the field and of the known minimisers in it, above which the "
               "level is "
               "counted",
               "", "[1]"},
              {"branch", "the lake that takes in each point of the field when water reaches it", "",
               "[rows, columns]"},
              {"lakes",
               "of each lake x and y of its bottom, f at birth and where it merges, into which "
               "(−1: none), x and y of that saddle, whether it merges",
               "", "[k, 8]"},
              {"mergeTree", "f at birth and at the merge of each lake, on the picture's grid", "",
               "[k, 2]"},
              {"lakeCount", "lakes at the level, in the plane", "", "[1]"},
              {"spaceTree", "mergeTree of the whole space of 3 or 4 weights", "", "[k, 2]"},
              {"spaceCount", "lakes at the level, in that space", "", "[1], or [0] of others"},
              {"criticalPoints",
               "x, y, f, eigenvalues of the Hessian in the whole space, of those isolated in the "
               "plane",
               "", "[k, 3 + d]"},
              {"minimizers", "minimisers of f in the plane", "", "[k, 2]"},
              {"geodesic", "the shortest way between two points of the floor w₁w₂ = 1, κ = 0", "",
               "[101, 2], or [0, 2] of others"},
              {"geodesicLength", "its length, and that of the chord", "", "[2], or [0]"},
          },
      .create = createLandscape,
  };
}

}  // namespace wv
