#include "data_sets.hpp"

#include <doctest.h>

#include <fstream>
#include <sstream>

namespace wv::test {
namespace {

// A user's own table: two features and a target of two values, good for either kind of objective.
constexpr const char* ownTable = "size;weight;kind\n1;2;0\n2;1;1\n3;5;1\n4;3;0\n2;2;1\n5;1;0\n";

Table loadDataSet(std::string_view id) {
  CsvResult result = readCsv(textOfDataSet(id));
  REQUIRE(result.issues.empty());
  return std::move(result.table);
}

}  // namespace

std::string textOfDataSet(std::string_view id) {
  const DatasetInfo* info = findDataset(id);
  REQUIRE(info);
  std::ifstream file(std::string(WV_DATA_FOLDER) + "/" + std::string(info->file), std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const DataLibrary& allDataSets() {
  static const DataLibrary library = [] {
    DataLibrary all;
    for (const DatasetInfo& info : datasets()) {
      all.add(std::string(info.id), loadDataSet(info.id));
    }
    all.add(std::string(ownDatasetId), readCsv(ownTable).table);
    return all;
  }();
  return library;
}

const Table& dataSet(std::string_view id) { return *allDataSets().find(id); }

DesignMatrix regressionOf(std::string_view id, std::vector<std::string> features) {
  DesignResult result = regressionDesign(dataSet(id), *findDataset(id), features);
  REQUIRE(result.error == "");
  return std::move(result.design);
}

DesignMatrix classificationOf(std::string_view id, std::vector<std::string> features) {
  DesignResult result = classificationDesign(dataSet(id), *findDataset(id), features);
  REQUIRE(result.error == "");
  return std::move(result.design);
}

}  // namespace wv::test
