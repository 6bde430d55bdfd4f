#include "cli/shards.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "cli/request.hpp"
#include "experiment/gap_series.hpp"
#include "experiment/shard.hpp"
#include "numeric/constants.hpp"
#include "numeric/statistics.hpp"
#include "objective/decimal.hpp"

namespace wv::cli {
namespace {

struct ShardFile {
  std::string path, header;
  std::string whole;        // nameOfWhole; empty in a merged file
  std::uint32_t first = 0;  // the first row's replicate
  std::size_t headerLine = 1;
  std::vector<std::string> rows;  // of replicates that follow each other by one

  std::size_t lineOf(std::size_t row) const { return headerLine + 1 + row; }
  std::uint32_t end() const { return first + static_cast<std::uint32_t>(rows.size()); }
};

std::string quoted(const std::string& path) { return "“" + path + "”"; }

std::optional<double> numberOf(std::string_view cell) {
  using numeric::infinity;
  return cell == "inf" ? infinity : cell == "-inf" ? -infinity : parseDecimal(cell);
}

// A line without its end, which may be that of another system.
bool readLine(std::istream& stream, std::string& line) {
  if (!std::getline(stream, line)) {
    return false;
  }
  if (line.ends_with('\r')) {
    line.pop_back();
  }
  return true;
}

bool isReplicate(double number) {
  return number >= 0 && number < replicatesApart && number == std::floor(number);
}

Complaint readRows(std::istream& stream, ShardFile& file) {
  readLine(stream, file.header);
  if (file.header.starts_with(shardMark)) {
    file.whole = file.header.substr(shardMark.size());
    readLine(stream, file.header);
    ++file.headerLine;
  }
  if (file.header.rfind("replicate,", 0) != 0) {
    return quoted(file.path) +
           " does not begin with the column “replicate”, so it is no output of a shard.";
  }
  for (std::string row; readLine(stream, row);) {
    const std::optional<double> number = parseDecimal(row.substr(0, row.find(',')));
    const std::string where =
        quoted(file.path) + ", line " + std::to_string(file.lineOf(file.rows.size()));
    if (!number || !isReplicate(*number)) {
      return where + ": a replicate is a whole number from 0 to " +
             std::to_string(replicatesApart - 1) + ".";
    }
    if (!file.rows.empty() && *number != file.end()) {
      return where + ": the replicates must follow each other by one.";
    }
    if (file.rows.empty()) {
      file.first = static_cast<std::uint32_t>(*number);
    }
    file.rows.push_back(std::move(row));
  }
  return file.rows.empty() ? quoted(file.path) + " has no rows." : Complaint();
}

Complaint readShard(const std::string& path, ShardFile& file) {
  file.path = path;
  if (path == "-") {
    return readRows(std::cin, file);
  }
  std::ifstream stream(path, std::ios::binary);
  return stream ? readRows(stream, file)
                : Complaint("The file " + quoted(path) + " cannot be read.");
}

// Of two files that should follow each other.
Complaint complaintBetween(const ShardFile& left, const ShardFile& right) {
  const std::string between = " between " + quoted(left.path) + " and " + quoted(right.path) + ".";
  if (!left.whole.empty() && !right.whole.empty() && left.whole != right.whole) {
    return "The runs differ" + between + " The first is a part of " + quoted(left.whole) +
           ", the second of " + quoted(right.whole) + ".";
  }
  if (left.header != right.header) {
    return "The columns differ" + between;
  }
  if (right.first < left.end()) {
    return "Replicate " + std::to_string(right.first) + " is there twice" + between;
  }
  return right.first > left.end()
             ? "Replicate " + std::to_string(left.end()) + " is missing" + between
             : Complaint();
}

// By column, the first left out.
Complaint readNumbers(const ShardFile& file, std::vector<Column>& columns) {
  const std::size_t count = splitAtCommas(file.header).size();
  columns.assign(count - 1, Column(static_cast<Eigen::Index>(file.rows.size())));
  for (std::size_t r = 0; r < file.rows.size(); ++r) {
    const std::vector<std::string> cells = splitAtCommas(file.rows[r]);
    for (std::size_t c = 1; c < count; ++c) {
      const std::optional<double> number = c < cells.size() ? numberOf(cells[c]) : std::nullopt;
      if (!number) {
        return quoted(file.path) + ", line " + std::to_string(file.lineOf(r)) + ": column " +
               std::to_string(c + 1) + " holds no number.";
      }
      columns[c - 1](static_cast<Eigen::Index>(r)) = *number;
    }
  }
  return {};
}

void printSummary(const std::string& name, const Column& values) {
  const bool isSingle = values.size() == 1;
  std::printf("%s,%td,%.17g,%.17g", name.c_str(), values.size(), numeric::mean(values),
              isSingle ? 0 : numeric::standardError(values));
  for (const double p : recordedQuantiles) {
    std::printf(",%.17g", numeric::quantile(values, p));
  }
  std::printf("\n");
}

}  // namespace

Complaint mergeShards(const std::vector<std::string>& paths) {
  std::vector<ShardFile> files(paths.size());
  for (std::size_t k = 0; k < paths.size(); ++k) {
    Complaint wrong = readShard(paths[k], files[k]);
    if (!wrong.empty()) {
      return wrong;
    }
  }
  std::sort(files.begin(), files.end(),
            [](const ShardFile& a, const ShardFile& b) { return a.first < b.first; });
  for (std::size_t k = 0; k + 1 < files.size(); ++k) {
    Complaint wrong = complaintBetween(files[k], files[k + 1]);
    if (!wrong.empty()) {
      return wrong;
    }
  }
  std::printf("%s\n", files.front().header.c_str());
  for (const ShardFile& file : files) {
    for (const std::string& row : file.rows) {
      std::printf("%s\n", row.c_str());
    }
  }
  return {};
}

Complaint summarise(const std::string& path) {
  ShardFile file;
  Complaint wrong = readShard(path, file);
  if (!wrong.empty()) {
    return wrong;
  }
  std::vector<Column> columns;
  wrong = readNumbers(file, columns);
  if (!wrong.empty()) {
    return wrong;
  }
  std::printf("column,count,mean,standardError");
  for (const double p : recordedQuantiles) {
    std::printf(",q%02.0f", 100 * p);
  }
  std::printf("\n");
  const std::vector<std::string> names = splitAtCommas(file.header);
  for (std::size_t c = 1; c < names.size(); ++c) {
    printSummary(names[c], columns[c - 1]);
  }
  return {};
}

}  // namespace wv::cli
