// Whatever a file holds, readCsv gives a sound table or says what is wrong.
#include <cstdint>
#include <string_view>

#include "objective/csv.hpp"
#include "require.hpp"

namespace {

using namespace wv;

void requireSound(const Table& table) {
  const auto rows = static_cast<std::size_t>(table.rows);
  require(table.rows >= 0 && table.rows <= mostCsvRows);
  require(table.columns.size() <= static_cast<std::size_t>(mostCsvColumns));
  require(rows * table.columns.size() <= static_cast<std::size_t>(mostCsvCells));
  for (const TableColumn& column : table.columns) {
    require(column.numbers.size() == (column.isNumeric() ? rows : 0));
    require(column.texts.size() == (column.isNumeric() ? 0 : rows));
    require(table.find(column.name) != nullptr);
    for (const double number : column.numbers) {
      require(number - number == 0);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const CsvResult result = readCsv({reinterpret_cast<const char*>(data), size});
  require(result.issues.size() <= 20);
  if (result.issues.empty()) {
    requireSound(result.table);
    return 0;
  }
  require(result.table.columns.empty() && result.table.rows == 0);
  for (const CsvIssue& issue : result.issues) {
    require(issue.line >= 1 && issue.column >= 1 && !issue.message.empty());
  }
  return 0;
}
