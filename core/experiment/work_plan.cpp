#include "experiment/work_plan.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/objective_parameters.hpp"
#include "experiment/shared_parameters.hpp"
#include "method/gradient_table.hpp"

namespace wv {
namespace {

constexpr std::string_view syntheticId = "synthetic";
constexpr std::size_t mostSizes = 12;
constexpr double largestSize = 100'000;
// Entries of one design.
constexpr double largestDesign = 5e6;
Parameter datasetOrSynthetic() {
  Parameter parameter{.id = "dataset",
                      .label = "data",
                      .help = "made to order, or rows of a real data set",
                      .kind = Kind::choice,
                      .initial = std::string(syntheticId),
                      .choices = {{syntheticId, "made to order", "the same L and m for every n"}}};
  for (const DatasetInfo& info : datasets()) {
    parameter.choices.push_back({info.id, info.title, info.source});
  }
  return parameter;
}

std::vector<std::string_view> realData() {
  std::vector<std::string_view> ids;
  for (const DatasetInfo& info : datasets()) {
    ids.push_back(info.id);
  }
  return ids;
}

std::vector<int> sizesOf(const Settings& settings, double least, double rows,
                         std::vector<Issue>& issues) {
  std::vector<int> sizes;
  for (const double n : parseNumbers("n", settings.text("n"), mostSizes, issues)) {
    if (!(n >= least && n <= largestSize && n == std::floor(n))) {
      issues.push_back({"n", "n must be whole numbers from " + formatNumber(least) + " to " +
                                 formatNumber(largestSize) + "; " + formatNumber(n) + " is not."});
      return {};
    }
    sizes.push_back(static_cast<int>(std::min(n, rows)));
  }
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

std::optional<DesignMatrix> realDesign(const Settings& settings, const DataLibrary& data,
                                       std::vector<Issue>& issues) {
  const DatasetInfo* info = findDataset(settings.text("dataset"));
  const Table* table = data.find(info->id);
  if (!table) {
    issues.push_back({"dataset", "The data set “" + std::string(info->id) +
                                     "” (dataset) has not been given to this lab."});
    return std::nullopt;
  }
  DesignResult result = regressionDesign(*table, *info, splitNames(settings.text("features")));
  if (!result.error.empty()) {
    issues.push_back({"features", "features: " + result.error});
    return std::nullopt;
  }
  return std::move(result.design);
}

// Where the tables of SAGA, which remembers a gradient for each term, would not fit.
void refuseWhatIsTooLarge(const WorkPlan& plan, double d, std::vector<Issue>& issues) {
  if (plan.sizes.empty()) {
    return;
  }
  const int n = plan.sizes.back();
  if (n * d > largestDesign) {
    issues.push_back({"n", "n: with " + formatNumber(d) + " features n can be at most " +
                               formatNumber(std::floor(largestDesign / d)) + ", not " +
                               formatNumber(n) + "."});
  } else if (!GradientTable::fits(n, static_cast<int>(d), plan.rules.replicates)) {
    issues.push_back(
        {"replicates", "replicates: the gradients that SAGA remembers of n = " + formatNumber(n) +
                           " terms fit for at most " +
                           formatNumber(std::floor(largestTableBytes / (8.0 * n * d))) +
                           " replicates."});
  }
}

}  // namespace

std::vector<Parameter> workParameters() {
  const std::vector<Relevance> onSynthetic = {{"dataset", {syntheticId}}};
  const std::vector<Relevance> onReal = {{"dataset", realData()}};
  return {
      {.id = "n",
       .label = "sizes",
       .symbol = "n",
       .help = "how many terms f has, several numbers; more than there are rows takes all rows",
       .kind = Kind::text,
       .initial = std::string("30, 100, 300, 1000, 3000"),
       .max = 200},
      {.id = "target",
       .label = "target",
       .symbol = "ε",
       .help = "the gap f − f* that is to be reached",
       .kind = Kind::real,
       .initial = 1e-3,
       .min = 1e-10,
       .max = 0.1,
       .scale = Scale::logarithmic},
      datasetOrSynthetic(),
      {.id = "condition",
       .label = "condition",
       .symbol = "κ",
       .help = "L/m of the data made to order",
       .kind = Kind::real,
       .initial = 10.0,
       .min = 1,
       .max = 1000,
       .scale = Scale::logarithmic,
       .relevant = onSynthetic},
      {.id = "dimension",
       .label = "features",
       .symbol = "d",
       .help = "weights of the data made to order",
       .kind = Kind::integer,
       .initial = 10.0,
       .min = 1,
       .max = 30,
       .scale = Scale::logarithmic,
       .relevant = onSynthetic},
      {.id = "noise",
       .label = "label noise",
       .help = "standard deviation of what the features do not explain",
       .kind = Kind::real,
       .initial = 0.3,
       .min = 0,
       .max = 3,
       .relevant = onSynthetic},
      {.id = "features",
       .label = "features",
       .help = "columns of the data set, separated by commas; empty takes all",
       .kind = Kind::text,
       .initial = std::string(),
       .max = 2000,
       .relevant = onReal},
      {.id = "ridge",
       .label = "ridge",
       .help = "weight of ½‖w‖²",
       .kind = Kind::real,
       .initial = 0.1,
       .min = 0.001,
       .max = 100,
       .scale = Scale::logarithmic,
       .relevant = onReal},
      {.id = "budget",
       .label = "budget",
       .help = "term gradients after which a run that has not arrived is given up",
       .kind = Kind::real,
       .initial = 100'000.0,
       .min = 1000,
       .max = 1e7,
       .scale = Scale::logarithmic},
      {.id = "replicates",
       .label = "replicates",
       .symbol = "R",
       .help = "independent runs of each stochastic method, over which means are taken",
       .kind = Kind::integer,
       .initial = 20.0,
       .min = 1,
       .max = 500,
       .scale = Scale::logarithmic},
      seedParameter(),
  };
}

DesignMatrix WorkPlan::design(int n) const {
  return data ? sampleOfRows(*data, n, rules.seed)
              : syntheticDesign(n, dimension, condition, noise, rules.seed);
}

WorkPlan planWork(const Settings& settings, const DataLibrary& data, std::vector<Issue>& issues) {
  WorkPlan plan;
  plan.rules = {.target = settings.number("target"),
                .budget = settings.number("budget"),
                .replicates = static_cast<Eigen::Index>(settings.number("replicates")),
                .seed = static_cast<std::uint32_t>(settings.number("seed"))};
  plan.condition = settings.number("condition");
  plan.noise = settings.number("noise");
  plan.dimension = static_cast<int>(settings.number("dimension"));
  double d = plan.dimension, rows = largestSize;
  const bool synthetic = settings.text("dataset") == syntheticId;
  if (!synthetic) {
    plan.ridge = settings.number("ridge");
    plan.data = realDesign(settings, data, issues);
    if (!plan.data) {
      return plan;
    }
    d = static_cast<double>(plan.data->X.cols());
    rows = static_cast<double>(plan.data->X.rows());
  }
  plan.sizes = sizesOf(settings, synthetic ? d : 1, rows, issues);
  refuseWhatIsTooLarge(plan, d, issues);
  return plan;
}

}  // namespace wv
