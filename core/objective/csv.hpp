// Tables from comma-separated text (RFC 4180), with every fault named by line and column.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wv {

inline constexpr int mostCsvRows = 200'000;
inline constexpr int mostCsvColumns = 2'000;
inline constexpr int mostCsvCells = 5'000'000;

// Lines and columns count from 1; a column is a cell's place in its row, as in a spreadsheet.
struct CsvIssue {
  int line = 0, column = 0;
  std::string message;
};

struct CellPlace {
  int line = 0, column = 0;
  std::string text;
};

// Numeric when every cell is a number. One odd cell makes it text, and is remembered, so that a
// later use as numbers can be refused with the place named.
struct TableColumn {
  std::string name;
  std::vector<double> numbers;         // empty in a text column
  std::vector<std::string> texts;      // empty in a numeric column
  std::optional<CellPlace> firstText;  // the first cell that is no number

  bool isNumeric() const { return !firstText; }
};

struct Table {
  int rows = 0;
  std::vector<TableColumn> columns;

  // Null when no column has this name.
  const TableColumn* find(std::string_view name) const;
};

// The table is empty whenever there are issues; at most 20 issues are reported.
struct CsvResult {
  Table table;
  std::vector<CsvIssue> issues;
};

// UTF-8, with or without a byte order mark; lines end in LF, CRLF or CR; quoted cells may hold the
// delimiter, line breaks and doubled quotation marks. The delimiter is the most frequent of comma,
// semicolon and tab in the first line, which must name the columns. Numbers are decimal with a
// point, whatever the locale; blanks around a cell do not count. Blank lines may stand at the end
// only. Linear in the length of the text.
CsvResult readCsv(std::string_view text);

}  // namespace wv
