// The parameters that say which data a finite sum is taken over.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/parameter.hpp"
#include "objective/dataset.hpp"

namespace wv {

// Every data set, the user's own last.
std::vector<Choice> datasetChoices();
std::vector<std::string_view> datasetIds();

// `targetColumn`, of the user's own table.
Parameter targetColumnParameter();

// `ridge`: every term carries its share of it.
Parameter ridgeParameter(double initial);

// The table that the settings' `dataset` names; none, with an issue, when nobody has given it.
const Table* chosenTable(const Settings& settings, const DataLibrary& data,
                         std::vector<Issue>& issues);

enum class Task { regression, classification };

// The data that the settings' `dataset`, `features` and `targetColumn` name; `defaultFeatures`
// when `features` is empty, all when these are too. Nothing, with an issue, when they do not go
// together.
std::optional<DesignMatrix> chooseDesign(const Settings& settings, const DataLibrary& data,
                                         Task task, std::span<const std::string> defaultFeatures,
                                         std::vector<Issue>& issues);

}  // namespace wv
