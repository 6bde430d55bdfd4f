// Data sets, and the standardised design matrices made of them.
#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "numeric/block.hpp"
#include "objective/csv.hpp"

namespace wv {

// Which rows get the label +1; the others get -1.
enum class LabelRule { textEquals, equalsOne, aboveMedian, isOdd, greaterOfTwo };

struct DatasetInfo {
  std::string_view id, title;
  std::string_view file;  // in the folder of the data sets; empty for the user's own table
  std::string_view regressionTarget, classificationTarget;
  LabelRule labelRule;
  std::string_view positiveText;                  // for LabelRule::textEquals
  std::string_view positiveLabel, negativeLabel;  // the two classes in words
  // Two features that tell much of the story, for pictures of two weights.
  std::array<std::string_view, 2> featurePair;
  std::string_view source, licence;
};

// Those that ship, without the user's own.
std::span<const DatasetInfo> datasets();
// Null when no data set has this id; the user's own has one.
const DatasetInfo* findDataset(std::string_view id);
// The featurePair of a data set that exists; empty for the user's own table.
std::vector<std::string> defaultFeaturePair(std::string_view id);

// The table that a user brings: any column may be the target. In a regression it must be numeric,
// in a classification it must hold two different values, the greater of which is +1.
inline constexpr std::string_view ownDatasetId = "own";
// With this target, or the table's last column when it is empty. Both must outlive the result.
DatasetInfo ownDataset(const Table& table, std::string_view target);

// The tables at hand, by data set id. The caller adds them at run time.
class DataLibrary {
 public:
  // Replaces what was there under this id.
  void add(std::string id, Table table) { tables_[std::move(id)] = std::move(table); }
  // Null when nothing was added under this id. Valid until the id is added again.
  const Table* find(std::string_view id) const {
    const auto found = tables_.find(id);
    return found == tables_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, Table, std::less<>> tables_;
};

// What standardising a column takes off and divides by. The deviation divides by n; it is exactly 0
// where all numbers are equal, and infinite or NaN where they are too large.
struct ColumnScale {
  double mean = 0, deviation = 0;
};
// Of at least one number.
ColumnScale columnScale(std::span<const double> numbers);

// n samples of d features and their targets. A feature's column is (raw - mean) / deviation, and so
// is y in a regression, where the deviation divides by n; in a classification y is +1 or -1.
struct DesignMatrix {
  Matrix X;  // n x d
  Point y;   // n
  std::vector<std::string> features;
  std::string target;
  Point means, deviations;  // of the raw features, d each
  double targetMean = 0, targetDeviation = 1;
};

// `design` is empty when `error`, a sentence, is not.
struct DesignResult {
  DesignMatrix design;
  std::string error;
  bool isOfTarget = false;  // the error, not of a feature
};

// Why these columns cannot be features; "" if they can: a sentence about a name that is no column,
// the target, a column of text, or given twice.
std::string featuresRefusal(const Table& table, std::string_view target,
                            std::span<const std::string> names);

// The features are the named columns, in this order, or without names every numeric column but the
// target that is not constant. Refused: names that are no column, the target, text columns,
// constant columns, a name given twice, a constant target, labels of one class only.
DesignResult regressionDesign(const Table& table, const DatasetInfo& info,
                              std::span<const std::string> features);
DesignResult classificationDesign(const Table& table, const DatasetInfo& info,
                                  std::span<const std::string> features);

// A last column of ones, the feature "intercept" (mean 0, deviation 1).
void appendIntercept(DesignMatrix& design);

}  // namespace wv
