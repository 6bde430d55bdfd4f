#include "experiment/network_settings.hpp"

#include <cmath>

#include "experiment/dataset_parameters.hpp"
#include "experiment/network_training.hpp"
#include "experiment/number_list.hpp"
#include "experiment/shared_parameters.hpp"

namespace wv {
namespace {

constexpr std::string_view digitsId = "digits";
constexpr double pixelRange = 16;
constexpr std::size_t mostHiddenLayers = 3;
constexpr double widest = 128;

Parameter digitsParameter() {
  Parameter parameter{.id = "dataset",
                      .label = "data",
                      .help = "four fifths of them are trained on, one fifth is the test",
                      .kind = Kind::choice,
                      .initial = std::string(digitsId)};
  const DatasetInfo* info = findDataset(digitsId);
  parameter.choices.push_back({info->id, info->title, info->source});
  return parameter;
}

std::vector<int> widthsOf(const std::string& text, std::vector<Issue>& issues) {
  const std::size_t before = issues.size();
  std::vector<int> widths;
  for (const double width : parseNumbers("hidden", text, mostHiddenLayers, issues)) {
    if (!(width >= 1 && width <= widest && width == std::floor(width))) {
      issues.push_back({"hidden", "hidden must be whole numbers of units from 1 to " +
                                      formatNumber(widest) + ", not " + formatNumber(width) + "."});
      return {};
    }
    widths.push_back(static_cast<int>(width));
  }
  if (widths.empty() && issues.size() == before) {
    issues.push_back({"hidden",
                      "hidden must name the widths of one to three layers, “64” or “64, "
                      "32”; it is empty."});
  }
  return widths;
}

}  // namespace

std::vector<Parameter> networkParameters() {
  std::vector<Parameter> table = {
      digitsParameter(),
      {.id = "features",
       .label = "pixels",
       .help = "the columns that the network sees, “p33,p34”, row and column of the picture from "
               "0; empty takes all",
       .kind = Kind::text,
       .initial = std::string(),
       .max = longestText},
      {.id = "hidden",
       .label = "hidden units",
       .help = "the widths of one to three hidden layers, “64” or “64, 32”",
       .kind = Kind::text,
       .initial = std::string("64"),
       .max = 40},
      {.id = "activation",
       .label = "activation",
       .symbol = "φ",
       .help = "what a hidden unit makes of its input",
       .kind = Kind::choice,
       .initial = std::string("relu"),
       .choices = {{"relu", "ReLU", "max(0, z)"}, {"tanh", "tanh", "tanh z"}}},
      {.id = "batch",
       .label = "batch size",
       .symbol = "b",
       .help = "samples in one stochastic gradient; every epoch is a new random order",
       .kind = Kind::integer,
       .initial = 32.0,
       .min = 1,
       .max = 1000,
       .scale = Scale::logarithmic},
      {.id = "epochs",
       .label = "budget",
       .unit = "epochs",
       .help = "gradient evaluations of the whole training, in units of the training set, the same "
               "for every method",
       .kind = Kind::integer,
       .initial = 60.0,
       .min = 1,
       .max = 500,
       .scale = Scale::logarithmic},
      {.id = "weightDecay",
       .label = "weight decay",
       .help = "weight of ½‖W‖², the biases left out",
       .kind = Kind::real,
       .initial = 1e-4,
       .min = 0,
       .max = 1},
      {.id = "dropout",
       .label = "dropout",
       .help = "probability that a hidden unit is left out of a training step",
       .kind = Kind::real,
       .initial = 0.2,
       .min = 0,
       .max = 0.9},
  };
  for (Parameter& parameter : networkMethodParameters()) {
    table.push_back(std::move(parameter));
  }
  table.push_back(seedParameter());
  return table;
}

std::optional<NetworkPlan> planNetwork(const Settings& settings, const DataLibrary& data,
                                       std::vector<Issue>& issues) {
  const std::size_t before = issues.size();
  NetworkPlan plan{
      .split = {},
      .hidden = widthsOf(settings.text("hidden"), issues),
      .activation = settings.text("activation") == "relu" ? Activation::relu : Activation::tanh,
      .weightDecay = settings.number("weightDecay"),
      .dropout = settings.number("dropout"),
      .batch = static_cast<int>(settings.number("batch")),
      .epochs = static_cast<int>(settings.number("epochs")),
      .seed = static_cast<std::uint32_t>(settings.number("seed"))};
  const DatasetInfo* info = findDataset(settings.text("dataset"));
  const Table* table = chosenTable(settings, data, issues);
  if (!table) {
    return std::nullopt;
  }
  const std::vector<std::string> features = splitNames(settings.text("features"));
  const std::string refused = featuresRefusal(*table, info->classificationTarget, features);
  if (!refused.empty()) {
    issues.push_back({"features", "features: " + refused});
    return std::nullopt;
  }
  SplitResult result =
      splitForClassification(*table, info->classificationTarget, features, pixelRange, plan.seed);
  if (!result.error.empty()) {
    issues.push_back({"dataset", "dataset: " + result.error});
  }
  plan.split = std::move(result.split);
  return issues.size() == before ? std::optional(std::move(plan)) : std::nullopt;
}

}  // namespace wv
