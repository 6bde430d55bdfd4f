#include "experiment/work_plan.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/dataset_parameters.hpp"
#include "experiment/number_list.hpp"
#include "experiment/objective_parameters.hpp"
#include "experiment/scalar_table.hpp"
#include "experiment/shared_parameters.hpp"

namespace wv {
namespace {

constexpr std::string_view syntheticId = "synthetic";
constexpr std::size_t mostSizes = 12;
constexpr double largestSize = 100'000;
// Entries of one design.
constexpr double largestDesign = 5e6;

// The parameters of finite sums over data; but for the data set itself they matter once the data
// are not made to order, and the objective can be chosen where there is more than a table of
// slopes.
std::vector<Parameter> dataParameters() {
  const auto objectives = dataObjectives();
  std::vector<Parameter> table = objectiveParameters(objectives);
  for (Parameter& parameter : table) {
    if (parameter.id == "dataset") {
      parameter.help = "made to order for least squares, a table, or rows of a data set";
      parameter.initial = std::string(syntheticId);
      parameter.choices.insert(
          parameter.choices.begin(),
          {{syntheticId, "made to order", "the same L and m for every n"}, scalarTable});
      parameter.relevant.clear();
    } else if (parameter.id != "targetColumn") {
      parameter.relevant.push_back({"dataset", datasetIds()});
    }
    if (parameter.id == "ridge") {
      parameter.relevant.back().values.push_back(scalarTable.id);
      parameter.min = 0.001;  // the methods' step sizes need m > 0
      parameter.scale = Scale::logarithmic;
    }
  }
  return table;
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

// Each a of the table is a sample of the one feature, as it is.
std::optional<DesignMatrix> tableDesign(const Settings& settings, std::vector<Issue>& issues) {
  const auto scalar = scalarFromTable(settings, issues);
  if (!scalar) {
    return std::nullopt;
  }
  DesignMatrix design;
  design.X = scalar->a().matrix();
  design.y = scalar->b().matrix();
  return design;
}

std::optional<DesignMatrix> designOf(const Settings& settings, const DataLibrary& data, Task task,
                                     std::vector<Issue>& issues) {
  if (settings.text("dataset") == scalarTable.id) {
    return tableDesign(settings, issues);
  }
  auto design = chooseDesign(settings, data, task, {}, issues);
  if (design && task == Task::classification) {
    appendIntercept(*design);
  }
  return design;
}

void refuseWhatIsTooLarge(const WorkPlan& plan, double d, std::vector<Issue>& issues) {
  if (!plan.sizes.empty() && plan.sizes.back() * d > largestDesign) {
    issues.push_back({"n", "n: with " + formatNumber(d) + " features n can be at most " +
                               formatNumber(std::floor(largestDesign / d)) + ", not " +
                               formatNumber(plan.sizes.back()) + "."});
  }
}

}  // namespace

std::vector<Parameter> workParameters() {
  const std::vector<Relevance> onSynthetic = {{"dataset", {syntheticId}}};
  std::vector<Parameter> table = {
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
      {.id = "budget",
       .label = "budget",
       .help = "term gradients after which a run that has not arrived is given up",
       .kind = Kind::real,
       .initial = 100'000.0,
       .min = 1000,
       .max = 1e7,
       .scale = Scale::logarithmic},
  };
  for (Parameter& parameter : dataParameters()) {
    table.push_back(std::move(parameter));
  }
  for (Parameter& parameter : scalarTableParameters({"dataset", {scalarTable.id}})) {
    table.push_back(std::move(parameter));
  }
  Parameter replicates = replicatesParameter(20);
  replicates.help =
      "independent runs of each stochastic method, over which means are taken; SAGA, which keeps a "
      "gradient of each term, is run as often as its memory allows";
  table.push_back(replicates);
  table.push_back(seedParameter());
  return table;
}

WorkProblem WorkPlan::problem(int n) const {
  const DesignMatrix design = data ? sampleOfRows(*data, n, rules.seed)
                                   : syntheticDesign(n, dimension, condition, noise, rules.seed);
  return WorkProblem(design, task, ridge);
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
    plan.task = settings.text("dataset") == scalarTable.id ? Task::regression : taskOf(settings);
    plan.data = designOf(settings, data, plan.task, issues);
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
