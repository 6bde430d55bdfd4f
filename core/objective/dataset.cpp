#include "objective/dataset.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace wv {
namespace {

constexpr DatasetInfo allDatasets[] = {
    {.id = "penguins",
     .title = "Palmer penguins",
     .file = "penguins.csv",
     .regressionTarget = "body_mass_g",
     .classificationTarget = "species",
     .labelRule = LabelRule::textEquals,
     .positiveText = "Adelie",
     .positiveLabel = "Adelie",
     .negativeLabel = "Chinstrap or Gentoo",
     .featurePair = {"flipper_length_mm", "beak_depth_mm"},
     .source = "342 penguins: Palmer Station LTER, collected by K. Gorman",
     .licence = "CC0"},
    {.id = "diabetes",
     .title = "Diabetes progression",
     .file = "diabetes.csv",
     .regressionTarget = "progression",
     .classificationTarget = "progression",
     .labelRule = LabelRule::aboveMedian,
     .positiveText = "",
     .positiveLabel = "progression above the median",
     .negativeLabel = "progression at or below the median",
     .featurePair = {"bmi", "s5"},
     .source = "442 patients: Efron, Hastie, Johnstone, Tibshirani, “Least angle regression”, "
               "Annals of Statistics 32 (2004); distributed with scikit-learn",
     .licence = "BSD-3-Clause"},
    {.id = "breast-cancer",
     .title = "Breast cancer",
     .file = "breast_cancer.csv",
     .regressionTarget = "benign",
     .classificationTarget = "benign",
     .labelRule = LabelRule::equalsOne,
     .positiveText = "",
     .positiveLabel = "benign",
     .negativeLabel = "malignant",
     .featurePair = {"mean_radius", "mean_texture"},
     .source = "569 tumours: Wolberg, Street, Mangasarian, Breast Cancer Wisconsin (Diagnostic), "
               "UCI repository",
     .licence = "CC BY 4.0"},
    {.id = "digits",
     .title = "Handwritten digits",
     .file = "digits.csv",
     .regressionTarget = "digit",
     .classificationTarget = "digit",
     .labelRule = LabelRule::isOdd,
     .positiveText = "",
     .positiveLabel = "odd digit",
     .negativeLabel = "even digit",
     .featurePair = {"p33", "p42"},
     .source = "1797 digits of 8 × 8 pixels: Alpaydin, Kaynak, Optical Recognition of Handwritten "
               "Digits (test part), UCI repository",
     .licence = "CC BY 4.0"},
};

constexpr DatasetInfo own = {.id = ownDatasetId,
                             .title = "your own table",
                             .file = "",
                             .regressionTarget = "",
                             .classificationTarget = "",
                             .labelRule = LabelRule::greaterOfTwo,
                             .positiveText = "",
                             .positiveLabel = "the greater value",
                             .negativeLabel = "the smaller value",
                             .featurePair = {},
                             .source = "a CSV text with named columns",
                             .licence = "yours"};

struct Standardized {
  Point values;
  double mean = 0, deviation = 0;
};

Standardized standardize(const std::vector<double>& raw) {
  const auto [mean, deviation] = columnScale(raw);
  Standardized result{Point::Zero(static_cast<Eigen::Index>(raw.size())), mean, deviation};
  for (Eigen::Index i = 0; i < result.values.size() && deviation > 0; ++i) {
    result.values(i) = (raw[static_cast<std::size_t>(i)] - mean) / deviation;
  }
  return result;
}

std::string quoted(std::string_view name) { return "“" + std::string(name) + "”"; }

std::string listOfFeatures(const Table& table, std::string_view target) {
  std::string list;
  for (const TableColumn& column : table.columns) {
    if (column.isNumeric() && column.name != target) {
      list += (list.empty() ? "" : ", ") + column.name;
    }
  }
  return list;
}

std::string textRefusal(const TableColumn& column) {
  const CellPlace& place = *column.firstText;
  return "The column " + quoted(column.name) + " holds text: line " + std::to_string(place.line) +
         ", column " + std::to_string(place.column) + " is " + quoted(place.text) +
         ", not a number.";
}

// Why the column cannot be used as numbers; "" if it can.
std::string numericRefusal(const TableColumn* column, std::string_view name) {
  if (!column) {
    return "The table has no column " + quoted(name) + ".";
  }
  if (!column->isNumeric()) {
    return textRefusal(*column);
  }
  return {};
}

std::string whatToChoose(const Table& table, std::string_view target) {
  const std::string list = listOfFeatures(table, target);
  return list.empty() ? "no other column holds numbers." : "choose from " + list + ".";
}

std::string featureRefusal(const Table& table, std::string_view target, const std::string& name) {
  const TableColumn* column = table.find(name);
  if (column && name == target) {
    return quoted(name) + " is the target and cannot be a feature; " + whatToChoose(table, target);
  }
  if (!column) {
    return "There is no column " + quoted(name) + "; " + whatToChoose(table, target);
  }
  return numericRefusal(column, name);
}

// Why a column cannot be standardised; "" if it can.
std::string standardizeRefusal(const TableColumn& column, const Standardized& standardized) {
  if (!std::isfinite(standardized.deviation)) {
    return "The numbers of the column " + quoted(column.name) + " are too large to standardise.";
  }
  if (!(standardized.deviation > 0)) {
    return "The column " + quoted(column.name) +
           " is constant: its deviation is 0, so it cannot be standardised.";
  }
  return {};
}

bool isConstant(const std::vector<double>& numbers) {
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  return *least == *most;
}

std::vector<std::string> defaultFeatures(const Table& table, std::string_view target) {
  std::vector<std::string> names;
  for (const TableColumn& column : table.columns) {
    if (column.isNumeric() && column.name != target && !isConstant(column.numbers)) {
      names.push_back(column.name);
    }
  }
  return names;
}

// "" or why there are no features.
std::string fillFeatures(const Table& table, std::string_view target,
                         std::span<const std::string> names, DesignMatrix& design) {
  const auto d = static_cast<Eigen::Index>(names.size());
  if (std::string refusal = featuresRefusal(table, target, names); !refusal.empty()) {
    return refusal;
  }
  design.target = target;
  design.X.resize(table.rows, d);
  design.means.resize(d);
  design.deviations.resize(d);
  for (Eigen::Index j = 0; j < d; ++j) {
    const std::string& name = names[static_cast<std::size_t>(j)];
    const TableColumn& column = *table.find(name);
    const Standardized standardized = standardize(column.numbers);
    if (std::string refusal = standardizeRefusal(column, standardized); !refusal.empty()) {
      return refusal;
    }
    design.features.push_back(name);
    design.X.col(j) = standardized.values;
    design.means(j) = standardized.mean;
    design.deviations(j) = standardized.deviation;
  }
  return d > 0 ? "" : "The table has no numeric column that varies, other than the target.";
}

// Adds the features to a design whose target is filled, unless that was refused already.
DesignResult finishDesign(const Table& table, std::string_view target,
                          std::span<const std::string> features, DesignResult result) {
  if (!result.error.empty()) {
    return {{}, std::move(result.error), true};
  }
  const auto names = features.empty() ? defaultFeatures(table, target)
                                      : std::vector<std::string>(features.begin(), features.end());
  result.error = fillFeatures(table, target, names, result.design);
  return result.error.empty() ? std::move(result) : DesignResult{{}, std::move(result.error)};
}

double medianOf(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const std::size_t half = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[half] : 0.5 * (numbers[half - 1] + numbers[half]);
}

Point labelsOfTexts(const std::vector<std::string>& texts, std::string_view positive) {
  Point labels(static_cast<Eigen::Index>(texts.size()));
  for (Eigen::Index i = 0; i < labels.size(); ++i) {
    labels(i) = texts[static_cast<std::size_t>(i)] == positive ? 1 : -1;
  }
  return labels;
}

Point labelsOfNumbers(const std::vector<double>& numbers, LabelRule rule) {
  const double median = medianOf(numbers);
  Point labels(static_cast<Eigen::Index>(numbers.size()));
  for (Eigen::Index i = 0; i < labels.size(); ++i) {
    const double x = numbers[static_cast<std::size_t>(i)];
    const bool isPositive = rule == LabelRule::equalsOne     ? x == 1
                            : rule == LabelRule::aboveMedian ? x > median
                                                             : x - 2 * std::floor(x / 2) == 1;
    labels(i) = isPositive ? 1 : -1;
  }
  return labels;
}

// The greater of the two values that a column holds; none when it holds more or fewer.
template <class Value>
std::optional<Value> greaterOfTwo(const std::vector<Value>& values) {
  const Value& least = *std::min_element(values.begin(), values.end());
  const Value& most = *std::max_element(values.begin(), values.end());
  const bool onlyTwo = std::all_of(values.begin(), values.end(), [&](const Value& value) {
    return value == least || value == most;
  });
  return onlyTwo && least != most ? std::optional<Value>(most) : std::nullopt;
}

template <class Value>
std::string fillTwoLabels(const std::string& name, const std::vector<Value>& values,
                          DesignMatrix& design) {
  const std::optional<Value> positive = greaterOfTwo(values);
  if (!positive) {
    return "The column " + quoted(name) +
           " must hold exactly two different values, one for each class.";
  }
  design.y.resize(static_cast<Eigen::Index>(values.size()));
  for (Eigen::Index i = 0; i < design.y.size(); ++i) {
    design.y(i) = values[static_cast<std::size_t>(i)] == *positive ? 1 : -1;
  }
  return {};
}

// "" or why there are no labels.
std::string fillLabels(const Table& table, const DatasetInfo& info, DesignMatrix& design) {
  const TableColumn* column = table.find(info.classificationTarget);
  if (!column) {
    return numericRefusal(column, info.classificationTarget);
  }
  if (info.labelRule == LabelRule::greaterOfTwo) {
    return column->isNumeric() ? fillTwoLabels(column->name, column->numbers, design)
                               : fillTwoLabels(column->name, column->texts, design);
  }
  if (info.labelRule == LabelRule::textEquals) {
    if (column->isNumeric()) {
      return "The column " + quoted(column->name) + " holds numbers where class names should be.";
    }
    design.y = labelsOfTexts(column->texts, info.positiveText);
  } else {
    if (!column->isNumeric()) {
      return textRefusal(*column);
    }
    design.y = labelsOfNumbers(column->numbers, info.labelRule);
  }
  if (design.y.minCoeff() == design.y.maxCoeff()) {
    return "Every row of " + quoted(column->name) + " is in the same class.";
  }
  return {};
}

std::string fillTarget(const Table& table, const DatasetInfo& info, DesignMatrix& design) {
  const TableColumn* column = table.find(info.regressionTarget);
  if (std::string refusal = numericRefusal(column, info.regressionTarget); !refusal.empty()) {
    return refusal;
  }
  Standardized target = standardize(column->numbers);
  if (std::string refusal = standardizeRefusal(*column, target); !refusal.empty()) {
    return refusal;
  }
  design.y = std::move(target.values);
  design.targetMean = target.mean;
  design.targetDeviation = target.deviation;
  return {};
}

}  // namespace

ColumnScale columnScale(std::span<const double> numbers) {
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  // The rounded mean of equal numbers may differ from them, which would pass for a deviation.
  if (*least == *most) {
    return {*least, 0};
  }
  const auto n = static_cast<double>(numbers.size());
  double sum = 0;
  for (const double x : numbers) {
    sum += x;
  }
  const double mean = sum / n;
  double squares = 0;
  for (const double x : numbers) {
    squares += (x - mean) * (x - mean);
  }
  return {mean, std::sqrt(squares / n)};
}

std::span<const DatasetInfo> datasets() { return allDatasets; }

const DatasetInfo* findDataset(std::string_view id) {
  const auto found = std::find_if(std::begin(allDatasets), std::end(allDatasets),
                                  [&](const DatasetInfo& info) { return info.id == id; });
  if (found != std::end(allDatasets)) {
    return found;
  }
  return id == ownDatasetId ? &own : nullptr;
}

std::vector<std::string> defaultFeaturePair(std::string_view id) {
  const auto& pair = findDataset(id)->featurePair;
  return pair[0].empty() ? std::vector<std::string>{}
                         : std::vector<std::string>(pair.begin(), pair.end());
}

DatasetInfo ownDataset(const Table& table, std::string_view target) {
  DatasetInfo info = *findDataset(ownDatasetId);
  info.regressionTarget = target.empty() ? table.columns.back().name : target;
  info.classificationTarget = info.regressionTarget;
  return info;
}

std::string featuresRefusal(const Table& table, std::string_view target,
                            std::span<const std::string> names) {
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::string refusal = featureRefusal(table, target, *name); !refusal.empty()) {
      return refusal;
    }
    if (std::find(names.begin(), name, *name) != name) {
      return "The column " + quoted(*name) + " is named twice.";
    }
  }
  return {};
}

DesignResult regressionDesign(const Table& table, const DatasetInfo& info,
                              std::span<const std::string> features) {
  DesignResult result;
  result.error = fillTarget(table, info, result.design);
  return finishDesign(table, info.regressionTarget, features, std::move(result));
}

DesignResult classificationDesign(const Table& table, const DatasetInfo& info,
                                  std::span<const std::string> features) {
  DesignResult result;
  result.error = fillLabels(table, info, result.design);
  return finishDesign(table, info.classificationTarget, features, std::move(result));
}

void appendIntercept(DesignMatrix& design) {
  const Eigen::Index d = design.X.cols();
  design.X.conservativeResize(Eigen::NoChange, d + 1);
  design.X.col(d).setOnes();
  design.features.push_back("intercept");
  design.means.conservativeResize(d + 1);
  design.means(d) = 0;
  design.deviations.conservativeResize(d + 1);
  design.deviations(d) = 1;
}

}  // namespace wv
