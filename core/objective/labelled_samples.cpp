#include "objective/labelled_samples.hpp"

#include <algorithm>
#include <cmath>

#include "random/permutation.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr int mostClasses = 100;
constexpr int rowsPerTestRow = 5;

bool isClass(double label) {
  return label >= 0 && label < mostClasses && label == std::floor(label);
}

LabelledSamples samplesOf(const Table& table, const TableColumn& target, double scale,
                          const IndexColumn& rows) {
  LabelledSamples samples;
  samples.inputs.resize(static_cast<Index>(table.columns.size()) - 1, rows.size());
  samples.labels.resize(rows.size());
  for (Index i = 0; i < rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows(i));
    Index feature = 0;
    for (const TableColumn& column : table.columns) {
      if (&column != &target) {
        samples.inputs(feature++, i) = column.numbers[row] / scale;
      }
    }
    samples.labels(i) = static_cast<int>(target.numbers[row]);
  }
  return samples;
}

}  // namespace

SplitResult splitForClassification(const Table& table, std::string_view target, double scale,
                                   std::uint32_t seed) {
  SplitResult result;
  const TableColumn* labels = table.find(target);
  const auto isText = [](const TableColumn& column) { return !column.isNumeric(); };
  if (!labels || std::any_of(table.columns.begin(), table.columns.end(), isText) ||
      !std::all_of(labels->numbers.begin(), labels->numbers.end(), isClass)) {
    result.error = "The table must hold numbers alone, and in the column “" + std::string(target) +
                   "” whole numbers from 0 to " + std::to_string(mostClasses - 1) + ".";
    return result;
  }
  IndexTable order(1, table.rows);
  fillPermutations({.seed = seed, .stream = Stream::instance}, order);
  const IndexColumn rows = order.row(0).transpose();
  const Index testCount = table.rows / rowsPerTestRow;
  result.split.testRows = rows.head(testCount);
  result.split.test = samplesOf(table, *labels, scale, rows.head(testCount));
  result.split.train = samplesOf(table, *labels, scale, rows.tail(rows.size() - testCount));
  result.split.classes =
      1 + static_cast<int>(*std::max_element(labels->numbers.begin(), labels->numbers.end()));
  return result;
}

}  // namespace wv
