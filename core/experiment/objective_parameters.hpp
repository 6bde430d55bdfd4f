// The parameters that say what is minimised, shared by every experiment that lets its user choose.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiment/parameter.hpp"
#include "objective/dataset.hpp"
#include "objective/objective.hpp"
#include "objective/scalar_quadratic.hpp"

namespace wv {

class Expression;

// The function that the reader types.
inline constexpr std::string_view expressionId = "expression";

// `objective` with the given ids as its choices (landscapes by their catalogue ids, expressionId,
// "scalar", "least-squares", "logistic"), then every parameter that one of them has.
std::vector<Parameter> objectiveParameters(std::span<const std::string_view> objectives);

// Another initial `expression` in the table of objectiveParameters: for pictures in the plane.
void setExpression(std::vector<Parameter>& table, std::string initial);

// Every catalogue landscape, the reader's own function, then both finite sums over data.
std::vector<std::string_view> allObjectives();

// Both finite sums over data.
std::vector<std::string_view> dataObjectives();

// What stochastic gradients are drawn from: the parabolas of one weight, then both finite sums over
// data.
std::vector<std::string_view> sampledObjectives();

// What the settings name. `design` is set for a finite sum over data; `scalar` and `expression`,
// views of the objective, for the parabolas of one weight and for the reader's own function.
struct ChosenObjective {
  std::unique_ptr<Objective> objective;
  std::shared_ptr<const DesignMatrix> design;
  const ScalarQuadratic* scalar = nullptr;
  const Expression* expression = nullptr;
};

// How a finite sum is built from its data set.
enum class Intercept { none, column };

// Any objective but the reader's own function, which only those experiments carry that take it.
// `features` is a parameter of the settings; when empty, `defaultFeatures` are taken (all if
// empty). Null with at least one issue when the settings do not go together.
ChosenObjective chooseObjective(const Settings& settings, const DataLibrary& data,
                                Intercept intercept, std::span<const std::string> defaultFeatures,
                                std::vector<Issue>& issues);

// The same, or the reader's own function of one or two variables.
ChosenObjective chooseObjectiveOrExpression(const Settings& settings, std::vector<Issue>& issues);

// The same as chooseObjective for a picture in the plane: data sets without an
// intercept, by default their pair of features, and refused unless there are two.
ChosenObjective choosePlaneObjective(const Settings& settings, const DataLibrary& data,
                                     std::vector<Issue>& issues);

// The same for landscapes on a line: the reader's own function must be one of x alone.
ChosenObjective chooseLineObjective(const Settings& settings, std::vector<Issue>& issues);

// Refuses the reader's own function, other objectives never, where e^(-beta f) has no finite
// integral as far as can be seen, and where it has fewer than `least` minima in its window.
void refuseWithoutLaw(const ChosenObjective& chosen, std::vector<Issue>& issues);
// Refuses, under `x0`, a start at which the reader's own function is no finite number; y0 is unused
// on a line.
void refuseUndefinedStart(const ChosenObjective& chosen, double x0, double y0,
                          std::vector<Issue>& issues);
void refuseFewMinima(const ChosenObjective& chosen, std::size_t least, std::vector<Issue>& issues);

// Every data set, the user's own last.
std::vector<Choice> datasetChoices();
std::vector<std::string_view> datasetIds();

// The dataset that is the user's `a` and `b`, where it is offered beside data sets.
inline constexpr Choice scalarTable = {"table", "table a, b",
                                       "one term (aᵢx − bᵢ)²/2 for each entry"};

// `a` and `b`.
std::vector<Parameter> scalarTableParameters(const Relevance& when);

// `targetColumn`, of the user's own table.
Parameter targetColumnParameter();

enum class Task { regression, classification };

// Of an `objective` that is one of dataObjectives().
Task taskOf(const Settings& settings);

// The data that the settings' `dataset`, `features` and `targetColumn` name; defaults as above.
// Nothing, with an issue, when they do not go together.
std::optional<DesignMatrix> chooseDesign(const Settings& settings, const DataLibrary& data,
                                         Task task, std::span<const std::string> defaultFeatures,
                                         std::vector<Issue>& issues);

// What the settings' `a` and `b` make. Null with at least one issue when they make nothing.
std::unique_ptr<ScalarQuadratic> scalarFromTable(const Settings& settings,
                                                 std::vector<Issue>& issues);

// "1, 2.5; 3" -> {1, 2.5, 3}; an issue under `parameter` when an entry is no number or there are
// more than `most`.
std::vector<double> parseNumbers(std::string_view parameter, const std::string& text,
                                 std::size_t most, std::vector<Issue>& issues);

std::vector<std::string> splitNames(const std::string& text);

}  // namespace wv
