#include "experiment/landscape_settings.hpp"

#include <string>

#include "experiment/objective_parameters.hpp"
#include "experiment/shared_parameters.hpp"
#include "method/gd.hpp"
#include "method/gradient_flow.hpp"
#include "objective/catalogue.hpp"
#include "objective/linear_network.hpp"
#include "objective/random_landscape.hpp"

namespace wv {
namespace {

constexpr std::string_view networkId = "linear-network", randomId = "random";
constexpr std::string_view twoLayers = "depth-2", wide = "depth-2-wide", threeLayers = "depth-3";
constexpr std::string_view firstUnits = "first", equalLayers = "equal";
constexpr std::string_view flowId = "flow", gdId = "gd", sgdId = "sgd";

const Relevance ofNetworks{"objective", {networkId}};

std::vector<std::string_view> planeObjectives() {
  std::vector<std::string_view> ids;
  for (const LandscapeInfo& info : landscapes()) {
    if (info.dimension == 2) {
      ids.push_back(info.id);
    }
  }
  ids.push_back(expressionId);
  return ids;
}

std::vector<Parameter> networkParametersOfLandscape() {
  return {
      {.id = "network",
       .label = "network",
       .help = "what multiplies the input",
       .kind = Kind::choice,
       .initial = std::string(twoLayers),
       .choices = {{twoLayers, "two layers", "(1 − w₁w₂)²"},
                   {wide, "two wide layers", "(1 − u·v)²"},
                   {threeLayers, "three layers", "(1 − w₁w₂w₃)²"}},
       .relevant = {ofNetworks}},
      {.id = "width",
       .label = "width",
       .symbol = "p",
       .help = "entries of u and of v",
       .kind = Kind::integer,
       .initial = 2.0,
       .min = 2,
       .max = 6,
       .relevant = {ofNetworks, {"network", {wide}}}},
      {.id = "plane",
       .label = "plane",
       .help = "the part of the weights' space that is drawn",
       .kind = Kind::choice,
       .initial = std::string(firstUnits),
       .choices = {{firstUnits, "u₁ and v₁", "all other weights are 0"},
                   {equalLayers, "u = v", "their first two entries; the others are 0"}},
       .relevant = {ofNetworks, {"network", {wide}}}},
      {.id = "slice",
       .label = "third weight",
       .symbol = "w₃",
       .help = "where the picture cuts through the space of three weights",
       .kind = Kind::real,
       .initial = 1.0,
       .min = -2,
       .max = 2,
       .relevant = {ofNetworks, {"network", {threeLayers}}}},
      {.id = "weightDecay",
       .label = "weight decay",
       .symbol = "κ",
       .help = "adds κ‖w‖²",
       .kind = Kind::real,
       .initial = 0.0,
       .min = 0,
       .max = 2,
       .relevant = {ofNetworks}},
      {.id = "frequency",
       .label = "roughness",
       .help = "waves of the random landscape, per unit of length",
       .kind = Kind::real,
       .initial = 1.5,
       .min = 0.2,
       .max = 3,
       .relevant = {{"objective", {randomId}}}},
  };
}

std::vector<Parameter> motionParameters() {
  return {
      {.id = "method",
       .label = "method",
       .help = "what moves on the landscape",
       .kind = Kind::choice,
       .initial = std::string(flowId),
       .choices = {{flowId, "gradient flow", "ẋ = −∇f(x), a time α at each step"},
                   {gdId, "gradient descent", "x ← x − α∇f(x)"},
                   {sgdId, "SGD", "x ← x − α(∇f(x) + noise)"}}},
      stepSizeParameter(0.05),
      {.id = "gradientNoise",
       .label = "noise",
       .symbol = "s",
       .help = "standard deviation of each entry of the stochastic gradient",
       .kind = Kind::real,
       .initial = 0.5,
       .min = 0,
       .max = 100,
       .live = true,
       .relevant = {{"method", {sgdId}}}},
      planeStartParameter("x0", "x₀", "first coordinate of the start", 2.2),
      planeStartParameter("y0", "y₀", "second coordinate of the start", -0.6),
  };
}

std::vector<Parameter> waterParameters() {
  const auto end = [](std::string_view id, std::string_view label, double initial) {
    return Parameter{
        .id = id,
        .label = label,
        .symbol = "w₁",
        .help = "an end of the shortest way along the floor w₁w₂ = 1, which is level without decay",
        .kind = Kind::real,
        .initial = initial,
        .min = 0.1,
        .max = 10,
        .scale = Scale::logarithmic,
        .relevant = {ofNetworks, {"network", {twoLayers}}}};
  };
  return {
      {.id = "level",
       .label = "water level",
       .symbol = "λ",
       .help = "how far the water stands above the lowest point",
       .kind = Kind::real,
       .initial = 0.3,
       .min = leastLevel,
       .max = 1e6,
       .scale = Scale::logarithmic,
       .live = true},
      end("from", "floor from", 0.5),
      end("to", "to", 2),
  };
}

Point unit(int dimension, int entry) { return Point::Unit(dimension, entry); }

LandscapePlan planNetwork(const Settings& settings) {
  const std::string& network = settings.text("network");
  const double decay = settings.number("weightDecay");
  LandscapePlan plan;
  if (network == threeLayers) {
    plan.objective = makeThreeLayerNetwork(decay);
    plan.plane = std::make_unique<PlaneSlice>(
        *plan.objective, settings.number("slice") * unit(3, 2), unit(3, 0), unit(3, 1));
    plan.plus = {0};
    plan.minus = {1};
    return plan;
  }
  const int width = network == wide ? static_cast<int>(settings.number("width")) : 1;
  plan.hasFloor = network == twoLayers && decay == 0;
  const int d = 2 * width;
  plan.objective = makeTwoLayerNetwork(width, decay);
  const bool equal = network == wide && settings.text("plane") == equalLayers;
  plan.plane = std::make_unique<PlaneSlice>(
      *plan.objective, Point::Zero(d), equal ? unit(d, 0) + unit(d, width) : unit(d, 0),
      equal ? unit(d, 1) + unit(d, width + 1) : unit(d, width));
  for (int j = 0; j < width; ++j) {
    plan.plus.push_back(j);
    plan.minus.push_back(width + j);
  }
  return plan;
}

}  // namespace

std::vector<Parameter> landscapeSceneParameters() {
  std::vector<Parameter> table = objectiveParameters(planeObjectives());
  table.front().choices.insert(
      table.front().choices.begin(),
      {{networkId, "linear network", "(1 − product of weights)² + κ‖w‖²"},
       {randomId, "random landscape", "√(2/48) Σ cos(q·x + φ), 48 random waves"}});
  table.front().initial = std::string(networkId);
  setExpression(table, "(x^2 + y^2)/10 + sin(2x) cos(2y)");
  for (auto&& more : {networkParametersOfLandscape(), waterParameters(), motionParameters()}) {
    table.insert(table.end(), more.begin(), more.end());
  }
  table.push_back(seedParameter());
  return table;
}

std::optional<LandscapePlan> planLandscape(Settings& settings, std::vector<Issue>& issues) {
  const std::string& id = settings.text("objective");
  if (id == networkId) {
    return planNetwork(settings);
  }
  LandscapePlan plan;
  if (id == randomId) {
    plan.objective = makeRandomLandscape(static_cast<std::uint32_t>(settings.number("seed")),
                                         settings.number("frequency"));
  } else {
    ChosenObjective chosen = chooseObjectiveOrExpression(settings, issues);
    if (chosen.objective && chosen.objective->dim() != 2) {
      issues.push_back(
          {"expression", "expression has no y; this landscape needs a function of x and y."});
    } else {
      settings = withDefinedStart(std::move(settings), chosen, issues);
    }
    if (!issues.empty()) {
      return std::nullopt;
    }
    plan.objective = std::move(chosen.objective);
  }
  plan.plane =
      std::make_unique<PlaneSlice>(*plan.objective, Point::Zero(2), unit(2, 0), unit(2, 1));
  return plan;
}

std::unique_ptr<const Method> landscapeMethod(const Settings& settings) {
  if (settings.text("method") == flowId) {
    return std::make_unique<GradientFlow>();
  }
  return std::make_unique<GradientDescent>();
}

double gradientNoiseOf(const Settings& settings) {
  return settings.text("method") == sgdId ? settings.number("gradientNoise") : 0;
}

}  // namespace wv
