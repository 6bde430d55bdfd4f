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

using Columns = std::vector<const TableColumn*>;

Columns allBut(const TableColumn& target, const Table& table) {
  Columns columns;
  for (const TableColumn& column : table.columns) {
    if (&column != &target) {
      columns.push_back(&column);
    }
  }
  return columns;
}

// A row for each of the columns, a column for each of the rows.
Matrix inputsOf(const Columns& columns, double scale, const IndexColumn& rows) {
  Matrix inputs(static_cast<Index>(columns.size()), rows.size());
  for (Index i = 0; i < rows.size(); ++i) {
    for (Index j = 0; j < inputs.rows(); ++j) {
      const TableColumn& column = *columns[static_cast<std::size_t>(j)];
      inputs(j, i) = column.numbers[static_cast<std::size_t>(rows(i))] / scale;
    }
  }
  return inputs;
}

IndexColumn labelsOf(const TableColumn& target, const IndexColumn& rows) {
  return rows.unaryExpr(
      [&](int row) { return static_cast<int>(target.numbers[static_cast<std::size_t>(row)]); });
}

}  // namespace

SplitResult splitForClassification(const Table& table, std::string_view target,
                                   std::span<const std::string> features, double scale,
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
  const IndexColumn forTraining = rows.tail(rows.size() - testCount);
  const Columns whole = allBut(*labels, table);
  Columns columns;
  for (const std::string& name : features) {
    columns.push_back(table.find(name));
  }
  if (columns.empty()) {
    columns = whole;
  }
  ClassificationSplit& split = result.split;
  split.testRows = rows.head(testCount);
  split.wholeTestInputs = inputsOf(whole, scale, split.testRows);
  split.test = {inputsOf(columns, scale, split.testRows), labelsOf(*labels, split.testRows)};
  split.train = {inputsOf(columns, scale, forTraining), labelsOf(*labels, forTraining)};
  result.split.classes =
      1 + static_cast<int>(*std::max_element(labels->numbers.begin(), labels->numbers.end()));
  return result;
}

}  // namespace wv
