#include "objective/csv.hpp"

#include <algorithm>
#include <unordered_map>

#include "objective/decimal.hpp"

namespace wv {
namespace {

constexpr std::size_t mostIssues = 20;

// `raw` is what stands between the delimiters, or between the quotation marks (still doubled).
struct Cell {
  std::string_view raw;
  int line;
  bool isQuoted;
};

bool isLineBreak(char c) { return c == '\n' || c == '\r'; }

std::string textOf(const Cell& cell) {
  if (!cell.isQuoted) {
    return std::string(trimmed(cell.raw));
  }
  std::string text;
  for (std::size_t i = 0; i < cell.raw.size(); ++i) {
    text += cell.raw[i];
    if (cell.raw[i] == '"') {
      ++i;
    }
  }
  return text;
}

char delimiterOf(std::string_view text) {
  std::size_t commas = 0, semicolons = 0, tabs = 0;
  bool isQuoted = false;
  for (const char c : text) {
    if (isLineBreak(c) && !isQuoted) {
      break;
    }
    isQuoted = isQuoted != (c == '"');
    if (!isQuoted) {
      commas += c == ',';
      semicolons += c == ';';
      tabs += c == '\t';
    }
  }
  const std::size_t most = std::max({commas, semicolons, tabs});
  return most == commas ? ',' : most == semicolons ? ';' : '\t';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), delimiter_(delimiterOf(text)) {}

  CsvResult read() {
    if (readHeader()) {
      readRows();
    }
    CsvResult result;
    if (issues_.empty()) {
      result.table = buildTable();
    }
    result.issues = std::move(issues_);
    return result;
  }

 private:
  bool isAtEnd() const { return at_ >= text_.size(); }
  bool isAtCellEnd() const {
    return isAtEnd() || text_[at_] == delimiter_ || isLineBreak(text_[at_]);
  }
  bool isFull() const { return issues_.size() >= mostIssues; }

  void report(int line, std::size_t column, std::string message) {
    if (!isFull()) {
      issues_.push_back({line, static_cast<int>(column), std::move(message)});
    }
  }

  // Moves past a line break if there is one; CRLF is one.
  void passLineBreak() {
    if (isAtEnd() || !isLineBreak(text_[at_])) {
      return;
    }
    const bool isPair = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
    at_ += isPair ? 2 : 1;
    ++line_;
  }

  Cell readQuotedCell(std::size_t column) {
    const int line = line_;
    const std::size_t begin = ++at_;
    while (!isAtEnd()) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          break;
        }
        at_ += 2;
      } else if (isLineBreak(text_[at_])) {
        passLineBreak();
      } else {
        ++at_;
      }
    }
    const Cell cell{text_.substr(begin, at_ - begin), line, true};
    if (isAtEnd()) {
      report(line, column, "The quotation mark that opens this cell is never closed.");
      return cell;
    }
    ++at_;
    while (!isAtEnd() && text_[at_] == ' ') {
      ++at_;
    }
    if (!isAtCellEnd()) {
      report(line_, column, "There is text after the quotation mark that closes this cell.");
    }
    while (!isAtCellEnd()) {
      ++at_;
    }
    return cell;
  }

  Cell readCell(std::size_t column) {
    if (!isAtEnd() && text_[at_] == '"') {
      return readQuotedCell(column);
    }
    const std::size_t begin = at_;
    while (!isAtCellEnd()) {
      ++at_;
    }
    const std::string_view raw = text_.substr(begin, at_ - begin);
    if (raw.find('"') != std::string_view::npos) {
      report(line_, column,
             "A quotation mark stands inside a cell that does not begin with one; quote the whole "
             "cell and double the mark.");
    }
    return {raw, line_, false};
  }

  // One line, or several if a quoted cell spans them.
  std::vector<Cell> readRow() {
    std::vector<Cell> row = {readCell(1)};
    while (!isAtEnd() && text_[at_] == delimiter_) {
      ++at_;
      row.push_back(readCell(row.size() + 1));
    }
    passLineBreak();
    return row;
  }

  static bool isBlankLine(const std::vector<Cell>& row) {
    return row.size() == 1 && !row[0].isQuoted && trimmed(row[0].raw).empty();
  }

  bool readHeader() {
    const std::vector<Cell> row = readRow();
    if (isBlankLine(row)) {
      report(1, 1, "The first line must name the columns; it is empty.");
      return false;
    }
    if (row.size() > std::size_t(mostCsvColumns)) {
      report(1, row.size(),
             "There are " + std::to_string(row.size()) + " columns; at most " +
                 std::to_string(mostCsvColumns) + " are read.");
      return false;
    }
    if (std::all_of(row.begin(), row.end(),
                    [](const Cell& c) { return parseDecimal(c.raw).has_value(); })) {
      report(1, 1, "The first line must name the columns; it holds only numbers.");
      return false;
    }
    nameColumns(row);
    return true;
  }

  void nameColumns(const std::vector<Cell>& row) {
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t j = 0; j < row.size(); ++j) {
      names_.push_back(std::string(trimmed(textOf(row[j]))));
      if (names_.back().empty()) {
        report(row[j].line, j + 1, "This column has no name.");
        continue;
      }
      const auto [place, isNew] = places.emplace(names_.back(), j + 1);
      if (!isNew) {
        report(row[j].line, j + 1,
               "The name “" + names_.back() + "” is already that of column " +
                   std::to_string(place->second) + ".");
      }
    }
  }

  void readRows() {
    int blankLine = 0;
    while (!isAtEnd() && !isFull()) {
      const int line = line_;
      const std::vector<Cell> row = readRow();
      if (isBlankLine(row)) {
        blankLine = blankLine > 0 ? blankLine : line;
        continue;
      }
      if (blankLine > 0) {
        report(blankLine, 1, "This line is blank, and rows follow it.");
        blankLine = 0;
      }
      if (!hasRoomForRow(line)) {
        return;
      }
      addRow(row, line);
    }
    if (rows_ == 0) {
      report(line_, 1, "There are no rows under the names of the columns.");
    }
  }

  bool hasRoomForRow(int line) {
    if (rows_ < mostCsvRows && cells_.size() + names_.size() <= std::size_t(mostCsvCells)) {
      return true;
    }
    report(line, 1,
           "The table is too large: at most " + std::to_string(mostCsvRows) + " rows and " +
               std::to_string(mostCsvCells) + " cells are read.");
    return false;
  }

  void addRow(const std::vector<Cell>& row, int line) {
    ++rows_;
    if (row.size() != names_.size()) {
      report(line, std::min(row.size(), names_.size()) + 1,
             "This row has " + std::to_string(row.size()) + (row.size() == 1 ? " cell" : " cells") +
                 ", but the first line names " + std::to_string(names_.size()) + " columns.");
      return;
    }
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (trimmed(row[j].raw).empty()) {
        report(row[j].line, j + 1, "This cell of “" + names_[j] + "” is empty.");
      }
    }
    cells_.insert(cells_.end(), row.begin(), row.end());
  }

  Table buildTable() {
    Table table;
    table.rows = rows_;
    table.columns.reserve(names_.size());
    for (std::size_t j = 0; j < names_.size(); ++j) {
      table.columns.push_back(buildColumn(j));
    }
    return table;
  }

  TableColumn buildColumn(std::size_t j) {
    TableColumn column;
    column.name = std::move(names_[j]);
    column.numbers.reserve(static_cast<std::size_t>(rows_));
    for (std::size_t i = j; i < cells_.size(); i += names_.size()) {
      const std::optional<double> number = parseDecimal(cells_[i].raw);
      if (!number) {
        column.firstText = CellPlace{cells_[i].line, static_cast<int>(j + 1), textOf(cells_[i])};
        column.numbers = {};
        break;
      }
      column.numbers.push_back(*number);
    }
    for (std::size_t i = j; !column.isNumeric() && i < cells_.size(); i += names_.size()) {
      column.texts.push_back(textOf(cells_[i]));
    }
    return column;
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  int line_ = 1;
  int rows_ = 0;
  std::vector<std::string> names_;
  std::vector<Cell> cells_;  // row by row
  std::vector<CsvIssue> issues_;
};

}  // namespace

const TableColumn* Table::find(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const TableColumn& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

CsvResult readCsv(std::string_view text) {
  constexpr std::string_view utf8Mark = "\xEF\xBB\xBF";
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return {{}, {{1, 1, "The text is in UTF-16; save it as UTF-8."}}};
  }
  if (text.starts_with(utf8Mark)) {
    text.remove_prefix(utf8Mark.size());
  }
  return Reader(text).read();
}

}  // namespace wv
