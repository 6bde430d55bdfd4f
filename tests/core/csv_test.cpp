#include "objective/csv.hpp"

#include <doctest.h>

namespace {

using wv::CsvResult;
using wv::readCsv;

wv::Table faultlessTable(std::string_view text) {
  CsvResult result = readCsv(text);
  for (const wv::CsvIssue& issue : result.issues) {
    FAIL(issue.message);
  }
  return std::move(result.table);
}

// The text has exactly one fault, here, and yields no table.
void checkFault(std::string_view text, int line, int column, std::string_view words) {
  CAPTURE(text);
  const CsvResult result = readCsv(text);
  REQUIRE(result.issues.size() == 1);
  CHECK(result.issues[0].line == line);
  CHECK(result.issues[0].column == column);
  CAPTURE(result.issues[0].message);
  CHECK(result.issues[0].message.find(words) != std::string::npos);
  CHECK(result.issues[0].message.back() == '.');
  CHECK(result.table.columns.empty());
  CHECK(result.table.rows == 0);
}

}  // namespace

TEST_CASE("a plain table") {
  const wv::Table table = faultlessTable("x,name,y\n1,a,-2.5\n+3e2,b,.5\n");
  REQUIRE(table.rows == 2);
  REQUIRE(table.columns.size() == 3);
  CHECK(table.find("x")->numbers == std::vector<double>{1, 300});
  CHECK(table.find("y")->numbers == std::vector<double>{-2.5, 0.5});
  CHECK(table.find("name")->texts == std::vector<std::string>{"a", "b"});
  CHECK(!table.find("name")->isNumeric());
  CHECK(table.find("X") == nullptr);
}

TEST_CASE("line ends, byte order mark, blank lines at the end, no last line break") {
  const std::vector<double> expected = {1, 3};
  for (const char* text : {"a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r",
                           "\357\273\277a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4\n\n \n\r\n"}) {
    const wv::Table table = faultlessTable(text);
    CHECK(table.rows == 2);
    CHECK(table.find("a")->numbers == expected);
  }
}

TEST_CASE("delimiters: comma, semicolon, tab, or none for one column") {
  CHECK(faultlessTable("a;b\n1;2\n").find("b")->numbers == std::vector<double>{2});
  CHECK(faultlessTable("a\tb\n1\t2\n").find("b")->numbers == std::vector<double>{2});
  CHECK(faultlessTable("a;\"x,y,z\";c\n1;2;3\n").find("x,y,z")->numbers == std::vector<double>{2});
  CHECK(faultlessTable("a\n1\n2\n").find("a")->numbers == std::vector<double>{1, 2});
  // A decimal comma does not make a number.
  const wv::Table comma = faultlessTable("a;b\n1,5;2\n");
  CHECK(comma.find("a")->texts == std::vector<std::string>{"1,5"});
}

TEST_CASE("quoted cells hold delimiters, quotation marks and line breaks") {
  const wv::Table table =
      faultlessTable("\"a\",\"the \"\"name\"\"\"\n\"1\",\"x,\r\ny\"\n 2 ,\"\"\"\"\n3,odd\n");
  CHECK(table.rows == 3);
  CHECK(table.find("a")->numbers == std::vector<double>{1, 2, 3});
  const wv::TableColumn* name = table.find("the \"name\"");
  REQUIRE(name);
  CHECK(name->texts == std::vector<std::string>{"x,\r\ny", "\"", "odd"});
}

TEST_CASE("one odd cell makes a column text, and is remembered with its place") {
  const wv::Table table = faultlessTable("a,b\n1,2\n\"x\ny\",3\n4,5 kg\n6,NA\n");
  const auto& a = *table.find("a");
  REQUIRE(a.firstText);
  CHECK(a.firstText->line == 3);
  CHECK(a.firstText->column == 1);
  CHECK(a.firstText->text == "x\ny");
  CHECK(a.numbers.empty());
  CHECK(a.texts.size() == 4);
  const auto& b = *table.find("b");
  REQUIRE(b.firstText);
  CHECK(b.firstText->line == 5);  // the cell above spans two lines
  CHECK(b.firstText->column == 2);
  CHECK(b.firstText->text == "5 kg");
}

TEST_CASE("what is a number") {
  for (const char* text : {"0x10", "inf", "nan", "1e", "1e+", ".", "-", "1.2.3", "1 2", "--1", "1f",
                           "1e999", "-1e-400", "e5", "1,000,000"}) {
    CAPTURE(text);
    const wv::Table table = faultlessTable("a;b\n" + std::string(text) + ";1\n");
    CHECK(!table.find("a")->isNumeric());
  }
  const wv::Table table = faultlessTable(
      "a\n-0\n1.\n.5\n1E3\n1e-3\n00012\n0.1\n123456789012345678901\n0e-400\n5e-324\n");
  CHECK(table.find("a")->numbers == std::vector<double>{-0.0, 1, 0.5, 1000, 0.001, 12, 0.1,
                                                        123456789012345678901.0, 0, 5e-324});
}

TEST_CASE("every fault is named by line and column") {
  checkFault("", 1, 1, "name the columns");
  checkFault("\n1,2\n", 1, 1, "name the columns");
  checkFault("1,2\n3,4\n", 1, 1, "only numbers");
  checkFault("a,b\n", 2, 1, "no rows");
  checkFault("a,b", 1, 1, "no rows");
  checkFault("a,,c\n1,2,3\n", 1, 2, "no name");
  checkFault("a,b,a\n1,2,3\n", 1, 3, "“a” is already that of column 1");
  checkFault("a,b\n1,2\n3\n", 3, 2, "1 cell,");
  checkFault("a,b\n1,2,3\n", 2, 3, "3 cells");
  checkFault("a,b\n1,\n", 2, 2, "“b” is empty");
  checkFault("a,b\n\"\",2\n", 2, 1, "“a” is empty");
  checkFault("a,b\n1,\"2\n3,4\n", 2, 2, "never closed");
  checkFault("a,b\n1,\"2\"x\n", 2, 2, "after the quotation mark");
  checkFault("a,b\n1,2\"\n", 2, 2, "inside a cell");
  checkFault("a,b\n1,2\n\n3,4\n", 3, 1, "blank");
  checkFault(
      "\xFF\xFE"
      "a",
      1, 1, "UTF-16");
}

TEST_CASE("several faults are reported together, twenty at most") {
  std::string text = "a,b\n";
  for (int i = 0; i < 100; ++i) {
    text += "1\n";
  }
  const CsvResult result = readCsv(text);
  REQUIRE(result.issues.size() == 20);
  CHECK(result.issues[19].line == 21);
}

TEST_CASE("sizes past the limits are refused with the limit named") {
  std::string rows = "a\n";
  for (int i = 0; i < wv::mostCsvRows; ++i) {
    rows += "1\n";
  }
  CHECK(faultlessTable(rows).rows == wv::mostCsvRows);
  checkFault(rows + "1\n", wv::mostCsvRows + 2, 1, "200000 rows");

  std::string names = "c0";
  for (int j = 1; j <= wv::mostCsvColumns; ++j) {
    names += ",c" + std::to_string(j);
  }
  checkFault(names + "\n", 1, wv::mostCsvColumns + 1, "at most 2000");

  std::string wide = "c0";
  std::string row = "0";
  for (int j = 1; j < 1000; ++j) {
    wide += ",c" + std::to_string(j);
    row += ",0";
  }
  wide += "\n";
  for (int i = 0; i <= wv::mostCsvCells / 1000; ++i) {
    wide += row + "\n";
  }
  checkFault(wide, wv::mostCsvCells / 1000 + 2, 1, "5000000 cells");
}

TEST_CASE("any text is read without a crash") {
  const char alphabet[] = "a1,\";\n\r\t .-e";
  std::uint32_t state = 1;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      state = state * 1664525u + 1013904223u;
      text += alphabet[(state >> 16) % (sizeof alphabet - 1)];
    }
    const CsvResult result = readCsv(text);
    CHECK((result.table.rows > 0) == result.issues.empty());
    for (const wv::TableColumn& column : result.table.columns) {
      const std::size_t cells = column.isNumeric() ? column.numbers.size() : column.texts.size();
      CHECK(cells == static_cast<std::size_t>(result.table.rows));
    }
  }
}
