// Section 1, Example 1 of the lecture: play with the step size of one deterministic method on one
// objective, from one start.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/field.hpp"
#include "experiment/objective_parameters.hpp"
#include "experiment/registry.hpp"
#include "experiment/shared_parameters.hpp"
#include "method/catalogue.hpp"
#include "objective/catalogue.hpp"
#include "objective/expression.hpp"
#include "theory/constants.hpp"

namespace wv {
namespace {

// The path is kept whole, so that it can be drawn and saved.
constexpr std::uint32_t longestPath = 100'000;
constexpr int rangeGrid = 33;
// Relative: below f* by no more than this is rounding.
constexpr double roundingOfMinimum = 1e-9;
constexpr int curveColumns = 601;

class StepSize final : public Experiment {
 public:
  StepSize(const Settings& settings, ChosenObjective chosen)
      : Experiment(settings),
        chosen_(std::move(chosen)),
        objective_(*chosen_.objective),
        source_(objective_),
        methodId_(settings.text("method")),
        alpha_(settings.number("alpha")),
        momentum_(settings.number("momentum")) {
    state_.x = Block(1, objective_.dim());
    state_.x(0, 0) = settings.number("x0");
    if (objective_.dim() == 2) {
      state_.x(0, 1) = settings.number("y0");
    }
    method_ = makeMethod(methodId_, momentum_);
    method_->init(state_);
    prepareConstants();
    record();
    const double gap = gap_.front();
    bound_.assign(1, gap);
    rate_.assign(1, gap);
    gapLimit_ = growthLimit * std::max(std::fabs(gap), leastGapShare * rangeOverWindow());
  }

  Status status() const override { return {runState_, state_.step}; }

  Channel channel(std::string_view id) const override {
    if (id == "field") {
      fillField();
      return {{static_cast<int>(gridY_.size()), static_cast<int>(grid_.size())}, field_.data()};
    }
    if (id == "grid" || id == "gridY") {
      fillField();
      return vectorChannel(id == "grid" ? grid_ : gridY_);
    }
    if (id == "data") {
      fillData();
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    const State before = state_;
    method_->step({source_, alpha_}, state_);
    if (!record()) {
      state_ = before;
      diverge(Divergence::undefined);
      return;
    }
    const double m = constants_[1];
    const double smoothness = constants_[0];
    bound_.push_back(bound_.back() * linearRateBound(alpha_, smoothness, m));
    rate_.push_back(rate_.back() * gradientDescentRate(alpha_, smoothness, m));
    if (gap_.back() > gapLimit_) {
      diverge(Divergence::grew);
    } else if (gap_.back() < -gapLimit_) {
      diverge(Divergence::fell);
    } else if (state_.step >= longestPath) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view id, const Value& value) override {
    const double number = std::get<double>(value);
    if (id == "alpha") {
      alpha_ = number;
      theoryHolds_[0] = theoremCovers() && theoryHolds_[0] == 1 ? 1 : 0;
    } else {
      momentum_ = number;
      method_ = makeMethod(methodId_, momentum_);
      stepSizeRange_ = rangeOfMethod();
    }
  }

 private:
  // f - f* past this multiple of its value at the start (or, for a start near the minimum, of a
  // hundredth of f's range over the window) is divergence: no convergent run of these methods comes
  // near it.
  static constexpr double growthLimit = 100, leastGapShare = 0.01;

  // The channel `divergence` has it as a number.
  enum class Divergence { grew = 1, fell, undefined };

  void diverge(Divergence how) {
    runState_ = RunState::diverged;
    divergence_ = {static_cast<double>(how)};
  }

  std::array<NamedValues, 20> named() const {
    const int dim = objective_.dim();
    return {{{"path", &path_, dim},
             {"minimizers", &minimizers_, dim},
             {"data", &data_, 3},
             {"f", &f_},
             {"gap", &gap_},
             {"gradientNorm", &gradientNorm_},
             {"stepTaken", &stepTaken_},
             {"gradientEvaluations", &gradientEvaluations_},
             {"bound", &bound_},
             {"rate", &rate_},
             {"constants", &constants_},
             {"stepSizeMarks", &stepSizeMarks_},
             {"stepSizeRange", &stepSizeRange_},
             {"constantsAreGlobal", &constantsAreGlobalChannel_},
             {"theoryHolds", &theoryHolds_},
             {"minimumIsOpen", &minimumIsOpen_},
             {"divergence", &divergence_},
             {"window", &window_},
             {"minimizer", &minimizer_},
             {"start", &start_}}};
  }

  void prepareConstants() {
    const Point start = state_.x.row(0).matrix().transpose();
    const Constants constants = constantsOf(objective_, start);
    const StepSizeMarks marks = stepSizeMarks(constants.smoothness, constants.strongConvexity);
    constants_ = {constants.smoothness, constants.strongConvexity, constants.minimum};
    stepSizeMarks_ = {marks.monotone, marks.fastest, marks.limit};
    stepSizeRange_ = rangeOfMethod();
    constantsAreGlobal_ = constants.global;
    constantsAreGlobalChannel_ = {constants.global ? 1.0 : 0.0};
    theoryHolds_ = {theoremCovers() ? 1.0 : 0.0};
    if (chosen_.expression && !chosen_.expression->isBounded()) {
      minimumIsOpen_ = {1};
    }
    const Window window = objective_.window();
    window_ = {window.xMin, window.xMax, window.yMin, window.yMax};
    minimizer_.assign(constants.minimizer.begin(), constants.minimizer.end());
    for (const Point& minimizer : objective_.minimizers()) {
      minimizers_.insert(minimizers_.end(), minimizer.begin(), minimizer.end());
    }
    const Point suggested = objective_.start();
    start_.assign(suggested.begin(), suggested.end());
  }

  // Of the others no step size is the limit: theirs are scaled by the gradients, or halved.
  std::vector<double> rangeOfMethod() const {
    const double smoothness = constants_[0];
    const auto ends = [](const StepSizeRange& range) {
      return std::vector<double>{range.monotone, range.limit};
    };
    if (methodId_ == "gd") {
      return ends(gradientDescentRange(smoothness));
    }
    if (methodId_ == "heavy-ball") {
      return ends(heavyBallRange(smoothness, momentum_));
    }
    if (methodId_ == "nesterov") {
      return ends(nesterovRange(smoothness, momentum_));
    }
    return {};
  }

  // The rate of gradient descent is a theorem for m-strongly convex, L-smooth f and alpha < 2/L.
  bool theoremCovers() const {
    return methodId_ == "gd" && constantsAreGlobal_ && constants_[1] > 0 &&
           alpha_ < stepSizeMarks_[2];
  }

  // What was taken for the minimum is none once an iterate is below it.
  double gapOf(double f) {
    const double gap = f - constants_[2];
    if (gap >= -roundingOfMinimum * (1 + std::fabs(constants_[2]))) {
      return std::max(0.0, gap);
    }
    minimumIsOpen_ = {1};
    return gap;
  }

  // False, with nothing recorded, when the iterate or f is no longer a number.
  bool record() {
    Column f(1);
    Block g(1, objective_.dim());
    objective_.value(state_.x, f);
    objective_.gradient(state_.x, g);
    const double norm = std::sqrt(g.square().sum());
    if (!std::isfinite(f(0)) || !std::isfinite(norm) || !state_.x.isFinite().all()) {
      return false;
    }
    for (int j = 0; j < objective_.dim(); ++j) {
      path_.push_back(state_.x(0, j));
    }
    f_.push_back(f(0));
    gap_.push_back(gapOf(f(0)));
    gradientNorm_.push_back(norm);
    gradientEvaluations_.push_back(state_.gradientEvaluations);
    stepTaken_.push_back(methodId_ == "backtracking" && state_.step > 0 ? state_.slots[0](0, 0)
                                                                        : alpha_);
    return true;
  }

  // Of what is a number.
  double rangeOverWindow() const {
    const auto xs = evenlySpaced(window_[0], window_[1], rangeGrid);
    const auto ys = objective_.dim() == 2 ? evenlySpaced(window_[2], window_[3], rangeGrid)
                                          : std::vector<double>{0};
    const Column values = valuesOnGrid(objective_, xs, ys);
    return values.isFinite().select(values, constants_[2]).maxCoeff() - constants_[2];
  }

  // Computed when first asked for: a run without a picture has no use for it.
  void fillField() const {
    if (!field_.empty()) {
      return;
    }
    const bool isCurve = objective_.dim() == 1;
    const auto [columns, rows] = fieldSize(objective_.terms());
    grid_ = evenlySpaced(window_[0], window_[1], isCurve ? curveColumns : columns);
    gridY_ = isCurve ? std::vector<double>{0} : evenlySpaced(window_[2], window_[3], rows);
    const Column values = valuesOnGrid(objective_, grid_, gridY_);
    field_.assign(values.begin(), values.end());
  }

  void fillData() const {
    if (!data_.empty() || !chosen_.design) {
      return;
    }
    const DesignMatrix& design = *chosen_.design;
    for (Eigen::Index i = 0; i < design.X.rows(); ++i) {
      data_.insert(data_.end(), {design.X(i, 0), design.X(i, 1), design.y(i)});
    }
  }

  ChosenObjective chosen_;
  const Objective& objective_;
  FullGradient source_;
  std::string methodId_;
  std::unique_ptr<const Method> method_;
  double alpha_, momentum_;
  State state_;
  RunState runState_ = RunState::running;
  bool constantsAreGlobal_ = false;
  double gapLimit_ = 0;
  std::vector<double> path_, f_, gap_, gradientNorm_, stepTaken_, gradientEvaluations_, bound_,
      rate_;
  std::vector<double> constants_, stepSizeMarks_, stepSizeRange_, constantsAreGlobalChannel_,
      theoryHolds_, window_, minimizer_, minimizers_;
  std::vector<double> start_, minimumIsOpen_, divergence_;
  mutable std::vector<double> field_, grid_, gridY_, data_;
};

std::vector<std::string_view> objectivesInThePlane() {
  std::vector<std::string_view> ids = allObjectives();
  for (const LandscapeInfo& info : landscapes()) {
    if (info.dimension == 1) {
      std::erase(ids, info.id);
    }
  }
  return ids;
}

std::vector<std::string_view> methodsWithMomentum() {
  std::vector<std::string_view> ids;
  for (const MethodInfo& info : methods()) {
    if (info.usesMomentum) {
      ids.push_back(info.id);
    }
  }
  return ids;
}

std::vector<Parameter> stepSizeParameters() {
  const auto objectives = allObjectives();
  std::vector<Parameter> table = objectiveParameters(objectives);
  table.front().initial = std::string("quadratic");
  setExpression(table, "(x^2 + y^2)/10 + sin(2x) cos(2y)");
  table.push_back(methodParameter());
  table.push_back(stepSizeParameter(0.17));
  table.push_back(momentumParameter(methodsWithMomentum()));
  table.push_back(planeStartParameter("x0", "x₀", "first coordinate of the start", -2.0));
  table.push_back(planeStartParameter("y0", "y₀", "second coordinate of the start", 1.2));
  table.back().relevant = {{"objective", objectivesInThePlane()}};
  table.push_back(seedParameter());
  return table;
}

Creation createStepSize(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  ChosenObjective chosen = settings.text("objective") == expressionId
                               ? chooseObjectiveOrExpression(settings, issues)
                               : choosePlaneObjective(settings, data, issues);
  const Settings settled = withDefinedStart(settings, chosen, issues);
  return createUnlessRefused<StepSize>(std::move(issues), settled, std::move(chosen));
}

}  // namespace

ExperimentInfo stepSizeExperiment() {
  return {
      .id = "step-size",
      .title = "Step size",
      .section = "§1 Example 1",
      .parameters = stepSizeParameters(),
      .channels =
          {
              {"path", "iterates", "", "[t+1, d]"},
              {"f", "objective f(xₜ)", "", "[t+1]"},
              {"gap", "f(xₜ) − f*, below 0 where f* is no minimum", "", "[t+1]"},
              {"gradientNorm", "‖∇f(xₜ)‖", "", "[t+1]"},
              {"stepTaken", "step size taken to reach xₜ", "", "[t+1]"},
              {"gradientEvaluations", "work", "term gradients", "[t+1]"},
              {"bound", "(1 − αm)ᵗ (f(x₀) − f*), for gradient descent", "", "[t+1]"},
              {"rate", "ρ²ᵗ (f(x₀) − f*), ρ = max(|1 − αm|, |1 − αL|)", "", "[t+1]"},
              {"theoryHolds", "1 where both rates are theorems for this run", "", "[1]"},
              {"minimumIsOpen",
               "1 where f* is no minimum: only the least value in the picture, or one that f falls "
               "below elsewhere; else empty",
               "", "[0 or 1]"},
              {"divergence",
               "how the run diverged: 1 f − f* grew a hundredfold, 2 f fell as far below f*, 3 the "
               "next iterate is where f or its slope is no finite number; else empty",
               "", "[0 or 1]"},
              {"constants", "L, m, f*; L is infinite at a kink", "", "[3]"},
              {"constantsAreGlobal", "1 where L and m hold everywhere", "", "[1]"},
              {"stepSizeMarks", "1/L, 2/(m+L), 2/L", "", "[3]"},
              {"stepSizeRange",
               "of this method where the curvature is L: up to which α it does not swing, and "
               "up to which it comes to rest; empty where no α is the limit",
               "", "[0 or 2]"},
              {"minimizer", "the minimiser nearest the start", "", "[d]"},
              {"minimizers", "every local minimiser", "", "[k, d]"},
              {"window", "xMin, xMax, yMin, yMax", "", "[4]"},
              {"start", "a start that shows something", "", "[d]"},
              {"field", "f over the window", "", "[rows, columns]"},
              {"grid", "x of the field's columns", "", "[columns]"},
              {"gridY", "y of the field's rows", "", "[rows]"},
              {"data", "the data: two standardised features and the target", "", "[n, 3]"},
          },
      .create = createStepSize,
  };
}

}  // namespace wv
