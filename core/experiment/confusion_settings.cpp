#include "experiment/confusion_settings.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/dataset_parameters.hpp"
#include "experiment/number_list.hpp"
#include "experiment/scalar_table.hpp"
#include "experiment/shared_parameters.hpp"
#include "numeric/statistics.hpp"

namespace wv {
namespace {

constexpr double largestBatch = 2000;
// Term gradients of one step: about half a second in a browser.
constexpr double mostGradientsPerStep = 2e7;
// Of the noise scale: wider than any cloud with a step below a fifth of the limit.
constexpr double windowReach = 1.25;
constexpr double windowMargin = 0.07;

bool usesTable(const Settings& settings) { return settings.text("dataset") == scalarTable.id; }

Parameter datasetOrTableParameter() {
  Parameter parameter{.id = "dataset",
                      .label = "terms",
                      .help = "the table a, b below, or one feature of real data",
                      .kind = Kind::choice,
                      .initial = std::string(scalarTable.id)};
  parameter.choices = datasetChoices();
  parameter.choices.insert(parameter.choices.begin(), scalarTable);
  return parameter;
}

std::vector<Sampling> everySampling() {
  std::vector<Sampling> modes;
  for (const SamplingInfo& info : samplings()) {
    modes.push_back(info.mode);
  }
  return modes;
}

// The feature taken when none is named: the first of the pair that stands for the data set, or the
// first column of the user's own table that is not the target.
std::vector<std::string> defaultFeature(const Settings& settings, const DataLibrary& data) {
  const std::string& id = settings.text("dataset");
  std::vector<std::string> pair = defaultFeaturePair(id);
  if (!pair.empty()) {
    return {pair.front()};
  }
  const Table* table = data.find(id);
  if (!table) {
    return {};
  }
  const DatasetInfo own = ownDataset(*table, settings.text("targetColumn"));
  const DesignResult all = regressionDesign(*table, own, {});
  return all.design.features.empty() ? pair : std::vector{all.design.features.front()};
}

std::unique_ptr<const ScalarQuadratic> termsOfData(const Settings& settings,
                                                   const DataLibrary& data,
                                                   std::vector<Issue>& issues) {
  const auto chosen =
      chooseDesign(settings, data, Task::regression, defaultFeature(settings, data), issues);
  if (!chosen) {
    return nullptr;
  }
  if (chosen->X.cols() != 1) {
    issues.push_back({"features",
                      "This experiment has one weight: features must name one column of the data "
                      "set, not " +
                          formatNumber(double(chosen->X.cols())) + "."});
    return nullptr;
  }
  const std::span<const double> a(chosen->X.data(), static_cast<std::size_t>(chosen->X.rows()));
  const std::span<const double> b(chosen->y.data(), a.size());
  const std::string refused = scalarQuadraticRefusal(a, b);
  if (!refused.empty()) {
    issues.push_back({"features", "features: " + refused});
    return nullptr;
  }
  return std::make_unique<ScalarQuadratic>(a, b, settings.number("ridge"));
}

std::string tooMuch(double count, const char* what) {
  return "replicates: this many, with this batch, need " + formatNumber(count) + " " + what +
         "; take fewer replicates or a smaller batch.";
}

}  // namespace

std::vector<Parameter> confusionParameters() {
  Parameter start = scalarStartParameter(4.0);
  start.relevant.clear();
  const auto entries = scalarTableParameters({"dataset", {scalarTable.id}});
  Parameter ridge = ridgeParameter(0);
  ridge.help = "weight of ½x² in every term, whose minimiser it draws towards 0";
  ridge.relevant = {{"dataset", datasetIds()}};
  return {
      datasetOrTableParameter(),
      entries[0],
      entries[1],
      {.id = "features",
       .label = "feature",
       .help = "one column of the data set; aᵢ is its standardised value",
       .kind = Kind::text,
       .initial = std::string(),
       .max = longestText,
       .relevant = {{"dataset", datasetIds()}}},
      targetColumnParameter(),
      ridge,
      stepSizeParameter(0.05),
      samplingParameter(everySampling(), "in which order the terms are used"),
      {.id = "batch",
       .label = "batch",
       .symbol = "b",
       .help = "how many terms one step averages",
       .kind = Kind::integer,
       .initial = 1.0,
       .min = 1,
       .max = largestBatch,
       .scale = Scale::logarithmic},
      start,
      replicatesParameter(10'000),
      seedParameter(),
  };
}

std::unique_ptr<const ScalarQuadratic> chooseTerms(const Settings& settings,
                                                   const DataLibrary& data,
                                                   std::vector<Issue>& issues) {
  if (usesTable(settings)) {
    return scalarFromTable(settings, issues);
  }
  return termsOfData(settings, data, issues);
}

SamplerSettings chooseSampling(const Settings& settings, int terms, std::vector<Issue>& issues) {
  const SamplerSettings sampling{
      .mode = *findSampling(settings.text("sampling")),
      .terms = terms,
      .batch = static_cast<int>(settings.number("batch")),
      .seed = static_cast<std::uint32_t>(settings.number("seed")),
      .firstReplicate = settings.firstReplicate(),
      .replicates = static_cast<Eigen::Index>(settings.number("replicates"))};
  refuseLargeBatch(sampling.mode, sampling.batch, terms, issues);
  if (!issues.empty()) {
    return sampling;
  }
  const double replicates = static_cast<double>(sampling.replicates);
  const bool isFullGradient =
      sampling.mode != Sampling::replacement && sampling.batch == sampling.terms;
  const double gradients = isFullGradient ? replicates : replicates * sampling.batch;
  if (gradients > mostGradientsPerStep) {
    issues.push_back({"replicates", tooMuch(gradients, "gradients in each step")});
  } else if (!Sampler::fits(sampling)) {
    issues.push_back({"replicates", tooMuch(replicates * terms, "indices in memory")});
  }
  return sampling;
}

double noiseScale(const ScalarQuadratic& f) {
  const Column residual = f.a() * (f.b() - f.minimizer() * f.a());
  return std::sqrt(numeric::mean(residual.square())) / f.meanSquare();
}

std::vector<double> windowOf(const ScalarQuadratic& f, const Settings& settings) {
  const double start = settings.number("x0");
  const double reach = windowReach * noiseScale(f);
  double low = std::min(start, f.minimizer() - reach);
  double high = std::max(start, f.minimizer() + reach);
  if (usesTable(settings)) {
    low = std::min(low, f.region().low);
    high = std::max(high, f.region().high);
  }
  const double least = 1e-6 * std::max({1.0, std::fabs(low), std::fabs(high)});
  const double margin = std::max(least, windowMargin * (high - low));
  return {low - margin, high + margin};
}

}  // namespace wv
