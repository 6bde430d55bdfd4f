#include "experiment/batch_size_settings.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/number_list.hpp"
#include "experiment/optimality_gap.hpp"
#include "experiment/shared_parameters.hpp"

namespace wv {
namespace {

constexpr std::size_t mostBatches = 8;
constexpr double largestBatch = 10'000;
constexpr double longestList = 200;
// Replicates x coordinates of one step, the look at f counted: about a second.
constexpr double mostNumbersPerStep = 5e8;

// One step of one replicate, in products: the batches, and one look at f for each of them.
double workPerStep(const ChosenObjective& chosen, const std::vector<int>& batches) {
  double work = 0;
  for (const int batch : batches) {
    work += static_cast<double>(batch) * chosen.objective->dim() + gapWork(*chosen.objective);
  }
  return work;
}

}  // namespace

std::vector<Parameter> batchSizeParameters() {
  const auto objectives = sampledObjectives();
  std::vector<Parameter> table = objectiveParameters(objectives);
  table.front().initial = std::string("least-squares");
  // Well conditioned: the floors of all batches are reached within hundreds of steps.
  std::find_if(table.begin(), table.end(), [](const Parameter& p) {
    return p.id == "dataset";
  })->initial = std::string("penguins");
  table.push_back({.id = "batches",
                   .label = "batch sizes",
                   .symbol = "b",
                   .help = "up to 8 of them, separated by commas",
                   .kind = Kind::text,
                   .initial = std::string("1, 4, 16, 64"),
                   .max = longestList});
  table.push_back({.id = "replacement",
                   .label = "replacement",
                   .help = "how the terms of a batch are drawn",
                   .kind = Kind::choice,
                   .initial = std::string("with"),
                   .choices = {{"with", "with", "each term of a batch is drawn from all n"},
                               {"without", "without", "the terms of a batch differ"}}});
  table.push_back(
      {.id = "scale",
       .label = "step sizes",
       .help = "whether a larger batch takes larger steps",
       .kind = Kind::choice,
       .initial = std::string("fixed-step"),
       .choices = {{"fixed-step", "the same α", "every batch takes steps of α"},
                   {"linear", "α in proportion to b", "a batch of b takes steps of b α"}}});
  table.push_back(stepSizeParameter(0.02));
  table.push_back(scalarStartParameter(5));
  table.push_back(replicatesParameter(200));
  table.push_back(seedParameter());
  return table;
}

Sampling batchSampling(const Settings& settings) {
  return settings.text("replacement") == "with" ? Sampling::replacement : Sampling::distinct;
}

std::vector<int> batchesOf(const Settings& settings, const ChosenObjective& chosen,
                           std::vector<Issue>& issues) {
  std::vector<int> batches;
  if (!issues.empty()) {
    return batches;
  }
  const bool distinct = batchSampling(settings) == Sampling::distinct;
  const double most = distinct ? chosen.objective->terms() : largestBatch;
  for (const double number :
       parseNumbers("batches", settings.text("batches"), mostBatches, issues)) {
    if (!(number >= 1 && number <= most && number == std::floor(number))) {
      issues.push_back(
          {"batches", "batches must be whole numbers from 1 to " + formatNumber(most) +
                          (distinct ? ", the number of different terms, not " : ", not ") +
                          formatNumber(number) + "."});
      return {};
    }
    const int batch = static_cast<int>(number);
    if (std::find(batches.begin(), batches.end(), batch) != batches.end()) {
      issues.push_back({"batches", "batches holds " + formatNumber(number) + " twice."});
      return {};
    }
    batches.push_back(batch);
  }
  return batches;
}

void refuseTooManyReplicates(const Settings& settings, const ChosenObjective& chosen,
                             const std::vector<int>& batches, std::vector<Issue>& issues) {
  if (!issues.empty()) {
    return;
  }
  double most = std::floor(mostNumbersPerStep / workPerStep(chosen, batches));
  if (batchSampling(settings) == Sampling::distinct) {
    const int largest = *std::max_element(batches.begin(), batches.end());
    most = std::min(most, std::floor(largestTableBytes / (largest * double{sizeof(int)})));
  }
  const double replicates = settings.number("replicates");
  if (replicates > most) {
    issues.push_back(
        {"replicates", "One step of these batches would take seconds: replicates must be at most " +
                           formatNumber(most) + " here, not " + formatNumber(replicates) + "."});
  }
}

}  // namespace wv
