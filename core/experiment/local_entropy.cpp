// Section 4 of the lecture and its title: a function and its local entropy, and descent on the
// latter with gamma growing, which is Entropy-SGD without its noise.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/objective_parameters.hpp"
#include "experiment/registry.hpp"
#include "experiment/shared_parameters.hpp"
#include "numeric/elementary.hpp"
#include "objective/expression.hpp"
#include "theory/local_entropy.hpp"

namespace wv {
namespace {

constexpr double leastGamma = 0.01, greatestGamma = 1e4;
constexpr int curvePoints = 401;
constexpr int trackPoints = 33;
constexpr int surfaceColumns = 121;

std::vector<double> copied(const Column& values) { return {values.begin(), values.end()}; }

class LocalEntropyExperiment final : public Experiment {
 public:
  LocalEntropyExperiment(const Settings& settings, std::unique_ptr<const Objective> objective,
                         std::unique_ptr<const LocalEntropy> entropy)
      : Experiment(settings),
        objective_(std::move(objective)),
        entropy_(std::move(entropy)),
        alpha_(settings.number("alpha")),
        gamma_(settings.number("gamma")),
        growth_(1 + settings.number("gamma1")),
        points_(Column::LinSpaced(curvePoints, entropy_->low(), entropy_->high())),
        window_{entropy_->low(), entropy_->high()} {
    path_.push_back(settings.number("x0"));
    record();
    describeObjective();
  }

  Status status() const override {
    return {runState_, static_cast<std::uint32_t>(path_.size() - 1)};
  }

  Channel channel(std::string_view id) const override {
    if (id == "track" || id == "overtaking") {
      fillTrack();
    }
    if (id == "surface") {
      fillSurface();
    }
    Channel kept = findChannel(keptNamed(), id);
    if (!kept.shape.empty()) {
      return kept;
    }
    update();
    return findChannel(presentNamed(), id);
  }

 protected:
  void advanceOneStep() override {
    const double x = path_.back();
    const double next = x - alpha_ * slopeAt(x);
    if (!(next >= window_[0] && next <= window_[1])) {
      runState_ = RunState::diverged;
      return;
    }
    path_.push_back(next);
    gamma_ = std::min(greatestGamma, gamma_ * growth_);
    record();
    runState_ = path_.size() > longestRun ? RunState::finished : runState_;
  }

  void apply(std::string_view id, const Value& value) override {
    const double number = std::get<double>(value);
    if (id == "alpha") {
      alpha_ = number;
    } else if (id == "gamma") {
      gamma_ = number;
      gammaPath_.back() = gamma_;
    } else {
      growth_ = 1 + number;
    }
    isCurrent_ = false;
  }

 private:
  static constexpr std::uint32_t longestRun = 100'000;

  // Of the objective, and of the steps made.
  std::array<NamedValues, 13> keptNamed() const {
    return {{{"path", &path_},
             {"gammaPath", &gammaPath_},
             {"valuePath", &valuePath_},
             {"gradientEvaluations", &gradientEvaluations_},
             {"grid", &grid_},
             {"f", &f_},
             {"minima", &minima_, 3},
             {"window", &window_},
             {"trackGamma", &trackGamma_},
             {"track", &trackRows_, 3},
             {"overtaking", &overtaking_},
             {"surfaceGrid", &surfaceGrid_},
             {"surface", &surface_, surfaceColumns}}};
  }

  // Of the present x and gamma.
  std::array<NamedValues, 9> presentNamed() const {
    return {{{"smoothed", &smoothed_},
             {"gradient", &gradient_},
             {"meanField", &meanField_},
             {"gaussian", &gaussian_},
             {"density", &density_},
             {"here", &here_},
             {"minimizers", &minimizers_, 3},
             {"hamiltonJacobi", &hamiltonJacobi_},
             {"stepSizeMarks", &stepSizeMarks_}}};
  }

  double slopeAt(double x) const {
    return gamma_ * (x - entropy_->at(Column::Constant(1, x), gamma_).mean(0));
  }

  void record() {
    Column value(1);
    objective_->value(Block::Constant(1, 1, path_.back()), value);
    valuePath_.push_back(value(0));
    gammaPath_.push_back(gamma_);
    gradientEvaluations_.push_back(static_cast<double>(path_.size() - 1));
    isCurrent_ = false;
  }

  void describeObjective() {
    Column f(curvePoints);
    objective_->value(points_, f);
    grid_ = copied(points_);
    f_ = copied(f);
    for (const Point& x : objective_->minimizers()) {
      if (x(0) >= window_[0] && x(0) <= window_[1]) {
        Column value(1);
        objective_->value(Block::Constant(1, 1, x(0)), value);
        minima_.insert(minima_.end(), {x(0), value(0), objective_->hessian(x)(0, 0)});
      }
    }
    const double range = numeric::log(leastGamma / greatestGamma);
    for (int k = 0; k < trackPoints; ++k) {
      const double share = static_cast<double>(k) / (trackPoints - 1);
      trackGamma_.push_back(greatestGamma * numeric::exp(share * range));
    }
    surfaceGrid_ = copied(Column::LinSpaced(surfaceColumns, window_[0], window_[1]));
  }

  // What depends on the present x and gamma, when it is first asked for.
  void update() const {
    if (isCurrent_) {
      return;
    }
    isCurrent_ = true;
    const double x = path_.back();
    const LocalEntropyCurve curve = entropy_->at(points_, gamma_);
    smoothed_ = copied(curve.smoothed);
    gradient_ = copied(gamma_ * (points_ - curve.mean));
    meanField_ = copied(curve.mean);
    gaussian_ = copied(entropy_->gaussianSmoothing(points_, gamma_));
    density_ = copied(entropy_->density(x, gamma_, points_));
    const LocalEntropyCurve local = entropy_->at(Column::Constant(1, x), gamma_);
    here_ = {x,
             local.mean(0),
             gamma_ * (x - local.mean(0)),
             local.variance(0),
             local.smoothed(0),
             local.logPartition(0)};
    stepSizeMarks_ = {1 / gamma_, 2 / gamma_};
    minimizers_.clear();
    for (const double minimizer : entropy_->minimizers(gamma_)) {
      const auto there = entropy_->at(Column::Constant(1, minimizer), gamma_);
      minimizers_.insert(minimizers_.end(),
                         {minimizer, there.smoothed(0), curvatureOf(there.variance(0))});
    }
    checkEquation(curve);
  }

  // u''.
  double curvatureOf(double variance) const {
    return gamma_ * (1 - entropy_->beta() * gamma_ * variance);
  }

  // How far u is from solving u_t = -u_x^2/2 + u_xx/(2 beta): the largest residual on the grid, by
  // central differences in t, and the largest |u_t| for comparison.
  void checkEquation(const LocalEntropyCurve& curve) const {
    constexpr double share = 1e-3;
    const double t = 1 / gamma_;
    const double later = 1 / (t * (1 + share)), earlier = 1 / (t * (1 - share));
    const Column rate = (entropy_->at(points_, std::max(later, leastGamma)).smoothed -
                         entropy_->at(points_, std::min(earlier, greatestGamma)).smoothed) /
                        (1 / std::max(later, leastGamma) - 1 / std::min(earlier, greatestGamma));
    const double beta = entropy_->beta();
    const Column right = -0.5 * (gamma_ * (points_ - curve.mean)).square() +
                         gamma_ * (1 - beta * gamma_ * curve.variance) / (2 * beta);
    hamiltonJacobi_ = {(rate - right).abs().maxCoeff(), rate.abs().maxCoeff()};
  }

  void fillTrack() const {
    if (!trackRows_.empty()) {
      return;
    }
    const MinimizerTrack track = trackMinimizers(*entropy_, trackGamma_);
    for (std::size_t k = 0; k < track.gammas.size(); ++k) {
      const auto& least = track.least[k];
      for (const double x : track.minimizers[k]) {
        const bool isLeast = std::find(least.begin(), least.end(), x) != least.end();
        trackRows_.insert(trackRows_.end(), {track.gammas[k], x, isLeast ? 1.0 : 0.0});
      }
    }
    if (const auto change = overtaking(*entropy_, track)) {
      overtaking_ = {change->gamma, change->before, change->after};
    }
  }

  void fillSurface() const {
    if (!surface_.empty()) {
      return;
    }
    const Column x = Column::LinSpaced(surfaceColumns, window_[0], window_[1]);
    for (const double gamma : trackGamma_) {
      const Column row = entropy_->at(x, gamma).smoothed;
      surface_.insert(surface_.end(), row.begin(), row.end());
    }
  }

  std::unique_ptr<const Objective> objective_;
  std::unique_ptr<const LocalEntropy> entropy_;
  double alpha_, gamma_, growth_;
  Block points_;
  std::vector<double> window_;
  RunState runState_ = RunState::running;
  std::vector<double> path_, gammaPath_, valuePath_, gradientEvaluations_;
  std::vector<double> grid_, f_, minima_, trackGamma_, surfaceGrid_;
  mutable bool isCurrent_ = false;
  mutable std::vector<double> smoothed_, gradient_, meanField_, gaussian_, density_, here_,
      stepSizeMarks_, minimizers_, hamiltonJacobi_, trackRows_, overtaking_, surface_;
};

std::vector<Parameter> localEntropyParameters() {
  constexpr std::string_view objectives[] = {"mixture-1d", "double-well-1d", "cosine-1d",
                                             "quadratic-1d", expressionId};
  std::vector<Parameter> table = objectiveParameters(objectives);
  table.push_back({.id = "gamma",
                   .label = "coupling",
                   .symbol = "γ",
                   .help = "large: u is f; small: u sees only the widest valley",
                   .kind = Kind::real,
                   .initial = 20.0,
                   .min = leastGamma,
                   .max = greatestGamma,
                   .scale = Scale::logarithmic,
                   .live = true});
  table.push_back({.id = "gamma1",
                   .label = "scoping",
                   .symbol = "γ₁",
                   .help = "γ grows by the factor 1 + γ₁ at each step",
                   .kind = Kind::real,
                   .initial = 0.0,
                   .min = 0,
                   .max = 0.5,
                   .live = true});
  table.push_back({.id = "beta",
                   .label = "inverse temperature",
                   .symbol = "β",
                   .help = "e^(−βf) is smoothed; large: only the bottom of each valley counts",
                   .kind = Kind::real,
                   .initial = 1.0,
                   .min = 0.1,
                   .max = 50,
                   .scale = Scale::logarithmic});
  table.push_back(stepSizeParameter(0.05));
  table.push_back({.id = "x0",
                   .label = "start",
                   .symbol = "x₀",
                   .help = "where the force is shown and descent starts",
                   .kind = Kind::real,
                   .initial = 0.0,
                   .min = -1000,
                   .max = 1000});
  table.push_back(seedParameter());
  return table;
}

// The smoothing looks everywhere in the picture.
void refuseUndefined(const ChosenObjective& chosen, double low, double high,
                     std::vector<Issue>& issues) {
  constexpr int points = 1001;
  if (!chosen.expression || !issues.empty()) {
    return;
  }
  const Column x = Column::LinSpaced(points, low, high);
  Column f(points);
  chosen.expression->value(x, f);
  for (Eigen::Index i = 0; i < points; ++i) {
    if (!std::isfinite(f(i))) {
      issues.push_back({"expression",
                        "expression: f must be a number everywhere in the picture, "
                        "from x = " +
                            formatNumber(low) + " to " + formatNumber(high) +
                            "; at x = " + formatNumber(x(i)) + " it is not."});
      return;
    }
  }
}

// A start left at its default moves into the picture; one that was chosen is refused outside of it.
Settings withStartInside(Settings settings, double low, double high, std::vector<Issue>& issues) {
  const double x0 = settings.number("x0");
  if (x0 >= low && x0 <= high) {
    return settings;
  }
  if (x0 == std::get<double>(findParameter(settings.table(), "x0")->initial)) {
    settings.replace("x0", std::clamp(x0, low, high));
  } else {
    issues.push_back({"x0", "x0: the start must lie in the picture, from x = " + formatNumber(low) +
                                " to " + formatNumber(high) + "; " + formatNumber(x0) +
                                " does not."});
  }
  return settings;
}

Creation createLocalEntropy(const Settings& settings, const DataLibrary&) {
  std::vector<Issue> issues;
  ChosenObjective chosen = chooseLineObjective(settings, issues);
  if (!chosen.objective) {
    return {nullptr, std::move(issues)};
  }
  // A valley at the border needs its outer wall too.
  const Window window = chosen.objective->window();
  const double margin = 0.25 * (window.xMax - window.xMin);
  refuseWithoutLaw(chosen, issues);
  const double low = window.xMin - margin, high = window.xMax + margin;
  refuseUndefined(chosen, low, high, issues);
  const Settings settled = withStartInside(settings, low, high, issues);
  if (!issues.empty()) {
    return {nullptr, std::move(issues)};
  }
  auto entropy = std::make_unique<LocalEntropy>(*chosen.objective, settings.number("beta"),
                                                leastGamma, greatestGamma, low, high);
  if (!entropy->isAffordable()) {
    issues.push_back(
        {"beta", "At beta = " + formatNumber(settings.number("beta")) +
                     " the narrowest turn of this objective would take more points than the page "
                     "can work through; take a smaller beta or a wider valley."});
  }
  return createUnlessRefused<LocalEntropyExperiment>(
      std::move(issues), settled, std::move(chosen.objective), std::move(entropy));
}

}  // namespace

ExperimentInfo localEntropyExperiment() {
  return {
      .id = "local-entropy",
      .title = "Local entropy",
      .section = "§4, Entropy-SGD",
      .parameters = localEntropyParameters(),
      .channels =
          {
              {"path", "x under descent on u", "", "[t+1]"},
              {"gammaPath", "γ", "", "[t+1]"},
              {"valuePath", "f at x", "", "[t+1]"},
              {"gradientEvaluations", "work, in exact gradients of u", "", "[t+1]"},
              {"grid", "x of every curve", "", "[k]"},
              {"f", "the objective f", "", "[k]"},
              {"smoothed", "u = −(1/β) log(G * e^(−βf)), G of variance 1/(βγ)", "", "[k]"},
              {"gradient", "u' = γ(x − ⟨x'⟩)", "", "[k]"},
              {"meanField", "⟨x'⟩ under the local Gibbs law of each x", "", "[k]"},
              {"gaussian", "G * f: f itself smoothed", "", "[k]"},
              {"density", "the local Gibbs law of the present x", "", "[k]"},
              {"here", "x, ⟨x'⟩, u', Var x', u, F at the present x", "", "[6]"},
              {"minima", "minimisers of f: x, f, f''", "", "[m, 3]"},
              {"minimizers", "minimisers of u at the present γ: x, u, u''", "", "[m, 3]"},
              {"track", "minimisers over γ: γ, x, 1 for the least, or each of several as deep", "",
               "[m, 3]"},
              {"trackGamma", "γ of the track and of the surface's rows", "", "[g]"},
              {"overtaking", "γ at which the least jumps, and from where to where; or nothing", "",
               "[3]"},
              {"surface", "u over γ and x", "", "[g, columns]"},
              {"surfaceGrid", "x of the surface's columns", "", "[columns]"},
              {"hamiltonJacobi", "largest |u_t + u_x²/2 − u_xx/(2β)|, and largest |u_t|", "",
               "[2]"},
              {"stepSizeMarks", "1/γ, 2/γ", "", "[2]"},
              {"window", "xMin, xMax", "", "[2]"},
          },
      .create = createLocalEntropy,
  };
}

}  // namespace wv
