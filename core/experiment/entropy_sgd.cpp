// The lecture's title: which methods leave a sharp valley for a wide one, at equal numbers of
// gradients.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/entropy_sgd_settings.hpp"
#include "experiment/field.hpp"
#include "experiment/objective_parameters.hpp"
#include "experiment/registry.hpp"
#include "method/noisy_gradient.hpp"
#include "numeric/histogram.hpp"
#include "numeric/statistics.hpp"
#include "objective/at_point.hpp"
#include "objective/expression.hpp"
#include "theory/basins.hpp"

namespace wv {
namespace {

constexpr int gridColumns = 181, gridRows = 127;
constexpr int bins = 90;
// In widths of the window: farther from its middle a run is lost.
constexpr double farthest = 1e3;

// Relative: valleys of one shape differ by rounding only.
constexpr double equalSharpness = 1e-9;

// Of equally wide valleys the first is the widest, of equally sharp ones the last the sharpest, so
// that the two are never one.
struct Valleys {
  int sharpest = 0, widest = 0;
  std::vector<double> table;  // per minimiser: coordinates, f, det of the Hessian
};

double determinant(const Matrix& hessian) {
  return hessian.rows() == 1 ? hessian(0, 0)
                             : hessian(0, 0) * hessian(1, 1) - hessian(0, 1) * hessian(1, 0);
}

Valleys describeValleys(const Objective& f, const std::vector<Point>& minimizers) {
  Valleys valleys;
  std::vector<double> sharpness;
  for (const Point& x : minimizers) {
    Column value(1);
    f.value(x.transpose().array(), value);
    sharpness.push_back(determinant(f.hessian(x)));
    valleys.table.insert(valleys.table.end(), x.begin(), x.end());
    valleys.table.insert(valleys.table.end(), {value(0), sharpness.back()});
  }
  for (std::size_t k = 1; k < sharpness.size(); ++k) {
    const double widest = sharpness[static_cast<std::size_t>(valleys.widest)];
    const double sharpest = sharpness[static_cast<std::size_t>(valleys.sharpest)];
    const double rounding = equalSharpness * std::fabs(sharpness[k]);
    valleys.widest = sharpness[k] < widest - rounding ? static_cast<int>(k) : valleys.widest;
    valleys.sharpest = sharpness[k] >= sharpest - rounding ? static_cast<int>(k) : valleys.sharpest;
  }
  return valleys;
}

class EntropySgdRace final : public Experiment {
 public:
  EntropySgdRace(const Settings& settings, std::unique_ptr<const Objective> objective)
      : Experiment(settings),
        settings_(settings),
        objective_(std::move(objective)),
        window_(objective_->window()),
        basins_(*objective_, window_, objective_->dim() == 1 ? 2001 : 241, 169),
        valleys_(describeValleys(*objective_, basins_.minimizers())),
        racer_(racerOf(settings_)),
        grid_(evenlySpaced(window_.xMin, window_.xMax, gridColumns)),
        histogram_(window_.xMin, window_.xMax, bins) {
    state_.x = starts();
    racer_.method->init(state_);
    windowTable_ = {window_.xMin, window_.xMax, window_.yMin, window_.yMax};
    roles_ = {static_cast<double>(valleys_.sharpest), static_cast<double>(valleys_.widest)};
    innerTrail_.assign(state_.x.row(0).begin(), state_.x.row(0).end());
    record();
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override {
    const int dim = objective_->dim();
    const int rows = static_cast<int>(state_.x.rows());
    if (id == "x") {
      walkers_ = state_.x.transpose();
      return {{rows, dim}, walkers_.data()};
    }
    if (id == "density") {
      histogram_.clear();
      histogram_.add(state_.x.col(0));
      density_ = histogram_.density();
      return {{bins}, density_.data()};
    }
    if (id == "field") {
      fillField();
      return {{dim == 1 ? 1 : gridRows, gridColumns}, field_.data()};
    }
    const NamedValues named[] = {{"path", &path_, dim},
                                 {"basinFraction", &basinFraction_},
                                 {"basinFractionStandardError", &basinFractionStandardError_},
                                 {"meanValue", &meanValue_},
                                 {"gradientEvaluations", &gradientEvaluations_},
                                 {"gammaPath", &gammaPath_},
                                 {"innerTrail", &innerTrail_, dim},
                                 {"innerMean", &innerMean_},
                                 {"valleys", &valleys_.table, dim + 2},
                                 {"roles", &roles_},
                                 {"window", &windowTable_},
                                 {"grid", &grid_},
                                 {"densityEdges", &histogram_.edges()}};
    return findChannel(named, id);
  }

 protected:
  void advanceOneStep() override {
    const State before = state_;
    const NoisyGradient source(*objective_, settings_.number("gradientNoise"), seed(),
                               settings_.firstReplicate());
    const Context context{source, racer_.stepSize};
    if (racer_.entropy) {
      stepWithTrail(context);
    } else {
      for (int i = 0; i < racer_.updatesPerStep; ++i) {
        racer_.method->step(context, state_);
      }
    }
    const double limit = farthest * (window_.xMax - window_.xMin);
    if (!(state_.x.abs() <= limit).all()) {
      state_ = before;
      runState_ = RunState::diverged;
      return;
    }
    ++step_;
    record();
    runState_ = step_ >= longestRun ? RunState::finished : runState_;
  }

  void apply(std::string_view id, const Value& value) override {
    settings_.replace(id, value);
    racer_ = racerOf(settings_);
  }

 private:
  static constexpr std::uint32_t longestRun = 20'000;

  std::uint32_t seed() const { return static_cast<std::uint32_t>(settings_.number("seed")); }

  Block starts() const {
    const auto rows = static_cast<Eigen::Index>(settings_.number("replicates"));
    Block x(rows, objective_->dim());
    if (startsInSharpValley(settings_)) {
      const Point& valley = basins_.minimizers()[static_cast<std::size_t>(valleys_.sharpest)];
      x = valley.transpose().array().replicate(rows, 1);
      return x;
    }
    fillUniform(
        {.seed = seed(), .stream = Stream::initial, .firstReplicate = settings_.firstReplicate()},
        x);
    x.col(0) = window_.xMin + (window_.xMax - window_.xMin) * x.col(0);
    if (x.cols() == 2) {
      x.col(1) = window_.yMin + (window_.yMax - window_.yMin) * x.col(1);
    }
    return x;
  }

  // Of replicate 0.
  void stepWithTrail(const Context& context) {
    const EntropySgd& entropy = *racer_.entropy;
    entropy.startInnerLoop(state_);
    // A loop that diverges is shown as far as it is one of numbers.
    const auto note = [](const auto& row, std::vector<double>& list) {
      if (row.isFinite().all()) {
        list.insert(list.end(), row.begin(), row.end());
      }
    };
    innerTrail_.clear();
    innerMean_.clear();
    note(EntropySgd::innerPoint(state_).row(0), innerTrail_);
    for (int i = 0; i < entropy.settings().innerSteps; ++i) {
      entropy.innerStep(context, state_);
      note(EntropySgd::innerPoint(state_).row(0), innerTrail_);
    }
    note(EntropySgd::innerMean(state_).row(0), innerMean_);
    entropy.outerStep(context.stepSize, state_);
  }

  void record() {
    path_.insert(path_.end(), state_.x.row(0).begin(), state_.x.row(0).end());
    Column values(state_.x.rows());
    objective_->value(state_.x, values);
    meanValue_.push_back(numeric::mean(values));
    gradientEvaluations_.push_back(state_.gradientEvaluations);
    gammaPath_.push_back(racer_.entropy ? racer_.entropy->gammaAt(state_.step) : 0);
    recordShare();
  }

  // Replicas of a group are no independent runs: the error is that of the groups' shares.
  void recordShare() {
    const IndexColumn basin = basins_.basinsOf(state_.x);
    const Eigen::Index group = racer_.groupSize;
    Column shares(basin.size() / group);
    for (Eigen::Index g = 0; g < shares.size(); ++g) {
      shares(g) =
          static_cast<double>((basin.segment(g * group, group) == valleys_.widest).count()) /
          static_cast<double>(group);
    }
    basinFraction_.push_back(numeric::mean(shares));
    const bool agree = (shares == shares(0)).all();
    basinFractionStandardError_.push_back(agree ? 0 : numeric::standardError(shares));
  }

  // Computed when first asked for: a run without a picture has no use for it.
  void fillField() const {
    if (field_.size() == 0) {
      const bool isLine = objective_->dim() == 1;
      field_ = valuesOnGrid(
          *objective_, grid_,
          isLine ? std::vector<double>{0} : evenlySpaced(window_.yMin, window_.yMax, gridRows));
    }
  }

  Settings settings_;
  std::unique_ptr<const Objective> objective_;
  Window window_;
  BasinMap basins_;
  Valleys valleys_;
  Racer racer_;
  State state_;
  std::uint32_t step_ = 0;
  RunState runState_ = RunState::running;
  std::vector<double> path_, basinFraction_, basinFractionStandardError_, meanValue_,
      gradientEvaluations_, gammaPath_, innerTrail_, innerMean_;
  std::vector<double> roles_, windowTable_, grid_;
  mutable Block walkers_;
  mutable numeric::Histogram histogram_;
  mutable Column density_, field_;
};

// A group's replicas pull at each other: all of them belong to one shard.
void refuseSplitGroups(const Settings& settings, std::vector<Issue>& issues) {
  const auto group = static_cast<std::uint32_t>(racerOf(settings).groupSize);
  if (settings.firstReplicate() % group != 0) {
    issues.push_back({"firstReplicate", "firstReplicate must be a multiple of " +
                                            formatNumber(group) +
                                            ", the replicas of a group, not " +
                                            formatNumber(settings.firstReplicate()) + "."});
  }
  const auto asked = static_cast<std::uint32_t>(settings.number("replicates"));
  if (asked % group != 0) {
    const std::uint32_t fitting = std::max(group, asked / group * group);
    issues.push_back({"replicates", "replicates must be a multiple of " + formatNumber(group) +
                                        ", the replicas of a group, such as " +
                                        formatNumber(fitting) + ", not " + formatNumber(asked) +
                                        "."});
  }
}

// How far f' is from continuous at x: its change over 2 `half` in the direction of each coordinate.
Point slopeChanges(const Objective& f, const Point& x, double half) {
  Point changes(x.size());
  for (Eigen::Index j = 0; j < x.size(); ++j) {
    const Point step = half * Point::Unit(x.size(), j);
    changes(j) = gradientAt(f, x + step)(j) - gradientAt(f, x - step)(j);
  }
  return changes;
}

bool hasKink(const Objective& f, const Point& x) {
  const double half = 1e-6 * (1 + x.cwiseAbs().maxCoeff());
  constexpr double nearer = 0x1p-4;
  // Where f is smooth the change falls with the distance.
  return (slopeChanges(f, x, nearer * half).array() > 0.5 * slopeChanges(f, x, half).array()).any();
}

// A kink has no curvature that says how sharp it is.
void refuseKinks(const ChosenObjective& chosen, std::vector<Issue>& issues) {
  if (!chosen.expression || !issues.empty()) {
    return;
  }
  for (const Point& x : minimizersIn(*chosen.expression, chosen.expression->window())) {
    if (hasKink(*chosen.expression, x)) {
      issues.push_back({"expression",
                        "expression: valleys are compared by the curvature of f at their bottoms; "
                        "the one at " +
                            placeText(x) + " is a kink, which has none."});
      return;
    }
  }
}

Creation createEntropySgd(const Settings& settings, const DataLibrary&) {
  std::vector<Issue> issues;
  ChosenObjective chosen = chooseObjectiveOrExpression(settings, issues);
  refuseFewMinima(settings, chosen, 2, issues);
  refuseKinks(chosen, issues);
  refuseSplitGroups(settings, issues);
  return createUnlessRefused<EntropySgdRace>(std::move(issues), settings,
                                             std::move(chosen.objective));
}

}  // namespace

ExperimentInfo entropySgdExperiment() {
  return {
      .id = "entropy-sgd",
      .title = "Into the wide valley",
      .section = "Entropy-SGD",
      .parameters = entropySgdParameters(),
      .channels =
          {
              {"path", "run 0", "", "[t+1, d]"},
              {"basinFraction", "share of the runs in the widest valley", "", "[t+1]"},
              {"basinFractionStandardError", "its standard error", "", "[t+1]"},
              {"meanValue", "mean of f", "", "[t+1]"},
              {"gradientEvaluations", "work", "gradients", "[t+1]"},
              {"gammaPath", "γ; 0 for methods without", "", "[t+1]"},
              {"x", "the runs", "", "[R, d]"},
              {"density", "density of the runs over x", "", "[bins]"},
              {"densityEdges", "edges of the bins", "", "[bins+1]"},
              {"innerTrail", "x' of run 0 in the last inner loop", "", "[Λ+1, d]"},
              {"innerMean", "its mean μ; empty before the first", "", "[d]"},
              {"valleys", "minimisers: coordinates, f, product of the curvatures", "", "[k, d+2]"},
              {"roles", "row of the sharpest valley, row of the widest", "", "[2]"},
              {"window", "xMin, xMax, yMin, yMax", "", "[4]"},
              {"field", "f over the window", "", "[rows, columns]"},
              {"grid", "x of the field's columns", "", "[columns]"},
          },
      .create = createEntropySgd,
  };
}

}  // namespace wv
