// The parameters that say what is minimised, shared by every experiment that lets its user choose.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "experiment/dataset_parameters.hpp"
#include "experiment/parameter.hpp"
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

// A landscape of the catalogue, the parabolas of one weight, or the reader's own function of one or
// two variables: what experiments without data let their user choose.
ChosenObjective chooseObjectiveOrExpression(const Settings& settings, std::vector<Issue>& issues);

// The same as chooseObjective for a picture in the plane: data sets without an
// intercept, by default their pair of features, and refused unless there are two.
ChosenObjective choosePlaneObjective(const Settings& settings, const DataLibrary& data,
                                     std::vector<Issue>& issues);

// As chooseObjectiveOrExpression, for landscapes on a line: the reader's own function must be one
// of x alone.
ChosenObjective chooseLineObjective(const Settings& settings, std::vector<Issue>& issues);

// Refuses the reader's own function, other objectives never, where e^(-beta f) has no finite
// integral as far as can be seen.
void refuseWithoutLaw(const ChosenObjective& chosen, std::vector<Issue>& issues);
// The settings with a start at which the reader's own function and its slope are finite numbers:
// where they are not at a start that nobody chose, one whose `x0` has its default, it is the
// function's own. A start that was chosen is refused under `x0` instead.
Settings withDefinedStart(Settings settings, const ChosenObjective& chosen,
                          std::vector<Issue>& issues);
// Refuses an objective with fewer than `least` minima in its window.
void refuseFewMinima(const Settings& settings, const ChosenObjective& chosen, std::size_t least,
                     std::vector<Issue>& issues);

// "x = 1.5", or "(1.5, 2)".
std::string placeText(const Point& x);

// Of an `objective` that is one of dataObjectives().
Task taskOf(const Settings& settings);

}  // namespace wv
