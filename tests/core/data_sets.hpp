// The shipped data sets, read once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "objective/dataset.hpp"

namespace wv::test {

// Of the data set's file.
std::string textOfDataSet(std::string_view id);

// With `ownTable` in the reader's place.
const DataLibrary& allDataSets();

const Table& dataSet(std::string_view id);

// Must exist: every refusal is a failure.
DesignMatrix regressionOf(std::string_view id, std::vector<std::string> features = {});
DesignMatrix classificationOf(std::string_view id, std::vector<std::string> features = {});

}  // namespace wv::test
