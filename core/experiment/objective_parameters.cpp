#include "experiment/objective_parameters.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "experiment/number_list.hpp"
#include "experiment/scalar_table.hpp"
#include "objective/at_point.hpp"
#include "objective/catalogue.hpp"
#include "objective/expression.hpp"
#include "objective/least_squares.hpp"
#include "objective/logistic.hpp"
#include "objective/mixture_1d.hpp"
#include "theory/basins.hpp"

namespace wv {
namespace {

constexpr std::string_view scalarId = "scalar";
constexpr std::string_view leastSquaresId = "least-squares";
constexpr std::string_view logisticId = "logistic";
constexpr std::size_t mostComponents = 20;
constexpr double largestComponent = 1000;
constexpr double leastPositive = 1e-3;

constexpr Choice ownFunction = {expressionId, "your own function", "f(x) or f(x, y), typed"};

const Choice finiteSums[] = {
    {scalarId, "parabolas of one weight", "(1/2n) Σ (aᵢx − bᵢ)²"},
    {leastSquaresId, "least squares on data", "(1/2n)‖Xw − y‖² + ½ ridge ‖w‖²"},
    {logisticId, "logistic regression on data", "(1/n) Σ log(1 + exp(−yᵢ xᵢ·w)) + ½ ridge ‖w‖²"},
};

Parameter realParameter(std::string_view id, std::string_view label, std::string_view symbol,
                        std::string_view help, double initial, double min, double max, Scale scale,
                        std::vector<std::string_view> objectives) {
  return {.id = id,
          .label = label,
          .symbol = symbol,
          .help = help,
          .kind = Kind::real,
          .initial = initial,
          .min = min,
          .max = max,
          .scale = scale,
          .relevant = {{"objective", std::move(objectives)}}};
}

Parameter textParameter(std::string_view id, std::string_view label, std::string_view help,
                        std::string initial, std::vector<std::string_view> objectives) {
  return {.id = id,
          .label = label,
          .help = help,
          .kind = Kind::text,
          .initial = std::move(initial),
          .max = longestText,
          .relevant = {{"objective", std::move(objectives)}}};
}

Parameter objectiveParameter(std::span<const std::string_view> objectives) {
  Parameter parameter{.id = "objective",
                      .label = "objective",
                      .help = "what is minimised",
                      .kind = Kind::choice,
                      .initial = std::string(objectives.front())};
  const auto add = [&](const Choice& choice) {
    if (std::find(objectives.begin(), objectives.end(), choice.id) != objectives.end()) {
      parameter.choices.push_back(choice);
    }
  };
  for (const LandscapeInfo& info : landscapes()) {
    add({info.id, info.label, info.formula});
  }
  add(ownFunction);
  for (const Choice& choice : finiteSums) {
    add(choice);
  }
  return parameter;
}

Parameter datasetParameter() {
  Parameter parameter{.id = "dataset",
                      .label = "data set",
                      .help = "real data whose features and target are standardised",
                      .kind = Kind::choice,
                      .initial = std::string("diabetes"),
                      .relevant = {{"objective", {leastSquaresId, logisticId}}}};
  parameter.choices = datasetChoices();
  return parameter;
}

// Where a finite sum over data is minimised.
Parameter ofFiniteSum(Parameter parameter) {
  parameter.relevant.insert(parameter.relevant.begin(),
                            {"objective", {leastSquaresId, logisticId}});
  return parameter;
}

// A sharp valley that is the deepest, and a wide one.
Parameter expressionParameter() {
  // What there is in full, the refusal of an unknown name says: the list comes with the parser.
  constexpr std::string_view help =
      "your own function of x, or of x and y where the picture is a plane, such as "
      "x^2/2 + sin(3x) or if(x < 0, -x, exp(x))";
  Parameter parameter = textParameter(
      "expression", "f", help, "x^2/20 - exp(-20(x + 1)^2) - 0.9exp(-(x - 1.5)^2)", {expressionId});
  parameter.max = longestExpression;
  return parameter;
}

std::vector<Parameter> landscapeParameters() {
  const std::vector<std::string_view> mixtures = {"mixture", "mixture-1d"};
  const std::vector<Parameter> table = scalarTableParameters({"objective", {scalarId}});
  const LandscapeParameters initial;
  const auto list = [](const std::vector<double>& numbers) {
    std::string text;
    for (double number : numbers) {
      text += (text.empty() ? "" : ", ") + formatNumber(number);
    }
    return text;
  };
  return {
      realParameter("condition", "condition", "κ", "L/m: how much steeper y is than x",
                    initial.condition, 0.001, 10'000, Scale::logarithmic, {"quadratic"}),
      realParameter("k", "curvature", "k", "f'' everywhere", initial.curvature, 0.001, 1000,
                    Scale::logarithmic, {"quadratic-1d"}),
      realParameter("tilt", "tilt", "", "slope added to the double well", initial.tilt, -5, 5,
                    Scale::linear, {"double-well", "double-well-1d"}),
      textParameter("weights", "weights", "of the wells, positive", list(initial.weights),
                    mixtures),
      textParameter("means", "means", "where the wells are", list(initial.means), mixtures),
      textParameter("deviations", "deviations", "how wide the wells are, positive",
                    list(initial.deviations), mixtures),
      realParameter("amplitude", "amplitude", "A", "height of the waves", initial.amplitude, 0.01,
                    100, Scale::logarithmic, {"cosine-1d"}),
      realParameter("omega", "frequency", "ω", "waves in a length of 2π", initial.omega, 0.05, 20,
                    Scale::logarithmic, {"cosine-1d"}),
      expressionParameter(),
      table[0],
      table[1],
      datasetParameter(),
      textParameter("features", "features",
                    "columns of the data set, separated by commas; empty takes the default", "",
                    {leastSquaresId, logisticId}),
      ofFiniteSum(targetColumnParameter()),
      ofFiniteSum(ridgeParameter(0.1)),
  };
}

LandscapeParameters numbersOf(const Settings& settings) {
  LandscapeParameters parameters;
  const auto take = [&](std::string_view id, double& into) {
    if (findParameter(settings.table(), id)) {
      into = settings.number(id);
    }
  };
  take("condition", parameters.condition);
  take("k", parameters.curvature);
  take("tilt", parameters.tilt);
  take("amplitude", parameters.amplitude);
  take("omega", parameters.omega);
  return parameters;
}

// The list of a mixture's parameter, each entry from `min` to the largest component.
std::vector<double> componentNumbers(const Settings& settings, std::string_view id, double min,
                                     std::vector<Issue>& issues) {
  std::vector<double> numbers = parseNumbers(id, settings.text(id), mostComponents, issues);
  for (const double number : numbers) {
    if (number < min || number > largestComponent) {
      issues.push_back({std::string(id), std::string(id) + " must lie from " + formatNumber(min) +
                                             " to " + formatNumber(largestComponent) + "; " +
                                             formatNumber(number) + " does not."});
      return {};
    }
  }
  return numbers;
}

ChosenObjective chooseScalar(const Settings& settings, std::vector<Issue>& issues) {
  std::unique_ptr<ScalarQuadratic> scalar = scalarFromTable(settings, issues);
  const ScalarQuadratic* const view = scalar.get();
  return {std::move(scalar), nullptr, view};
}

ChosenObjective chooseExpression(const Settings& settings, int variables,
                                 std::vector<Issue>& issues) {
  ExpressionResult result = makeExpression(settings.text("expression"), variables);
  if (!result.expression) {
    issues.push_back({"expression", std::move(result.error.message)});
    return {};
  }
  const Expression* const view = result.expression.get();
  return {std::move(result.expression), nullptr, nullptr, view};
}

// Keeps of `relevant` the objectives that are offered; false when none is left.
bool restrict(Parameter& parameter, std::span<const std::string_view> objectives) {
  auto& values = parameter.relevant.front().values;
  std::erase_if(values, [&](std::string_view id) {
    return std::find(objectives.begin(), objectives.end(), id) == objectives.end();
  });
  return !values.empty();
}

ChosenObjective chooseFiniteSum(const Settings& settings, const DataLibrary& data,
                                Intercept intercept, std::span<const std::string> defaultFeatures,
                                std::vector<Issue>& issues) {
  const Task task = taskOf(settings);
  std::optional<DesignMatrix> chosen = chooseDesign(settings, data, task, defaultFeatures, issues);
  if (!chosen) {
    return {};
  }
  if (task == Task::classification && intercept == Intercept::column) {
    appendIntercept(*chosen);
  }
  auto design = std::make_shared<const DesignMatrix>(std::move(*chosen));
  const double ridge = settings.number("ridge");
  if (task == Task::regression) {
    return {std::make_unique<LeastSquares>(*design, ridge), design, nullptr};
  }
  auto logistic = std::make_unique<Logistic>(*design, ridge);
  if (logistic->minimizers().empty()) {
    issues.push_back({"ridge",
                      "A line separates these classes, so that f has no minimiser without "
                      "a ridge: ridge must be above 0."});
    return {};
  }
  return {std::move(logistic), design, nullptr};
}

}  // namespace

std::vector<std::string_view> allObjectives() {
  std::vector<std::string_view> ids;
  for (const LandscapeInfo& info : landscapes()) {
    ids.push_back(info.id);
  }
  ids.push_back(expressionId);
  for (const std::string_view id : dataObjectives()) {
    ids.push_back(id);
  }
  return ids;
}

std::vector<std::string_view> dataObjectives() { return {leastSquaresId, logisticId}; }

std::vector<std::string_view> sampledObjectives() { return {scalarId, leastSquaresId, logisticId}; }

std::vector<Parameter> objectiveParameters(std::span<const std::string_view> objectives) {
  std::vector<Parameter> table = {objectiveParameter(objectives)};
  for (Parameter& parameter : landscapeParameters()) {
    if (restrict(parameter, objectives)) {
      table.push_back(std::move(parameter));
    }
  }
  return table;
}

void setExpression(std::vector<Parameter>& table, std::string initial) {
  std::find_if(table.begin(), table.end(), [](const Parameter& parameter) {
    return parameter.id == expressionId;
  })->initial = std::move(initial);
}

namespace {

// A landscape of the catalogue.
ChosenObjective chooseLandscape(const Settings& settings, std::vector<Issue>& issues) {
  const std::string& id = settings.text("objective");
  LandscapeParameters parameters = numbersOf(settings);
  if (id == "mixture" || id == "mixture-1d") {
    parameters.weights = componentNumbers(settings, "weights", leastPositive, issues);
    parameters.means = componentNumbers(settings, "means", -largestComponent, issues);
    parameters.deviations = componentNumbers(settings, "deviations", leastPositive, issues);
    const std::string refused =
        mixtureRefusal({parameters.weights, parameters.means, parameters.deviations});
    if (issues.empty() && !refused.empty()) {
      issues.push_back({"weights", "weights: " + refused});
    }
  }
  return issues.empty() ? ChosenObjective{makeLandscape(id, parameters), nullptr, nullptr}
                        : ChosenObjective{};
}

// The parameter that says how many minima the objective has.
std::string_view shapeOf(std::string_view objective) {
  if (objective == expressionId) {
    return expressionId;
  }
  if (objective == "mixture" || objective == "mixture-1d") {
    return "means";
  }
  const bool isWell = objective == "double-well" || objective == "double-well-1d";
  return isWell ? "tilt" : "objective";
}

// The settings name no finite sum over data, so that experiments without data carry none.
ChosenObjective chooseWithoutData(const Settings& settings, std::vector<Issue>& issues) {
  return settings.text("objective") == scalarId ? chooseScalar(settings, issues)
                                                : chooseLandscape(settings, issues);
}

ChosenObjective chooseTyped(const Settings& settings, int variables, std::vector<Issue>& issues) {
  return settings.text("objective") == expressionId ? chooseExpression(settings, variables, issues)
                                                    : chooseWithoutData(settings, issues);
}

}  // namespace

Task taskOf(const Settings& settings) {
  return settings.text("objective") == logisticId ? Task::classification : Task::regression;
}

ChosenObjective chooseObjective(const Settings& settings, const DataLibrary& data,
                                Intercept intercept, std::span<const std::string> defaultFeatures,
                                std::vector<Issue>& issues) {
  const std::string& id = settings.text("objective");
  if (id == leastSquaresId || id == logisticId) {
    return chooseFiniteSum(settings, data, intercept, defaultFeatures, issues);
  }
  return chooseWithoutData(settings, issues);
}

ChosenObjective chooseObjectiveOrExpression(const Settings& settings, std::vector<Issue>& issues) {
  return chooseTyped(settings, 2, issues);
}

ChosenObjective choosePlaneObjective(const Settings& settings, const DataLibrary& data,
                                     std::vector<Issue>& issues) {
  const auto pair = defaultFeaturePair(settings.text("dataset"));
  ChosenObjective chosen = chooseObjective(settings, data, Intercept::none, pair, issues);
  if (chosen.design && chosen.design->X.cols() != 2) {
    issues.push_back({"features",
                      "This experiment draws two weights: features must name two columns of the "
                      "data set, not " +
                          formatNumber(double(chosen.design->X.cols())) + "."});
  }
  return chosen;
}

ChosenObjective chooseLineObjective(const Settings& settings, std::vector<Issue>& issues) {
  return chooseTyped(settings, 1, issues);
}

void refuseWithoutLaw(const ChosenObjective& chosen, std::vector<Issue>& issues) {
  if (chosen.expression && !chosen.expression->isBounded()) {
    issues.push_back(
        {"expression", "expression: within " + formatNumber(searchReach) +
                           " of 0 f has no minimum that it stays above, so that e^(−βf) has no "
                           "finite integral; give it walls, such as x^2/20."});
  }
}

Settings withDefinedStart(Settings settings, const ChosenObjective& chosen,
                          std::vector<Issue>& issues) {
  if (!chosen.expression) {
    return settings;
  }
  const Expression& f = *chosen.expression;
  Point start(f.dim());
  start(0) = settings.number("x0");
  if (f.dim() == 2) {
    start(1) = settings.number("y0");
  }
  if (std::isfinite(valueAt(f, start)) && gradientAt(f, start).array().isFinite().all()) {
    return settings;
  }
  const Point better = f.start();
  const Parameter& first = *findParameter(settings.table(), "x0");
  const bool isAllowed = first.min <= better(0) && better(0) <= first.max;
  if (std::get<double>(first.initial) == start(0) && isAllowed) {
    settings.replace("x0", better(0));
    if (f.dim() == 2) {
      settings.replace("y0", better(1));
    }
    return settings;
  }
  issues.push_back({"x0",
                    "x0: f or its slope is no finite number at the start; move the start to where "
                    "both are, such as " +
                        placeText(better) + "."});
  return settings;
}

std::string placeText(const Point& x) {
  return x.size() == 1 ? "x = " + formatNumber(x(0))
                       : "(" + formatNumber(x(0)) + ", " + formatNumber(x(1)) + ")";
}

void refuseFewMinima(const Settings& settings, const ChosenObjective& chosen, std::size_t least,
                     std::vector<Issue>& issues) {
  if (!chosen.objective) {
    return;
  }
  const std::size_t count = minimizersIn(*chosen.objective, chosen.objective->window()).size();
  if (count < least) {
    const std::string shape(shapeOf(settings.text("objective")));
    issues.push_back({shape, shape + ": f must have at least " +
                                 formatNumber(static_cast<double>(least)) +
                                 " minima in its picture to compare; it has " +
                                 formatNumber(static_cast<double>(count)) + "."});
  }
}

}  // namespace wv
