#include "experiment/dataset_parameters.hpp"

#include "experiment/number_list.hpp"

namespace wv {

Parameter targetColumnParameter() {
  return {.id = "targetColumn",
          .label = "target column",
          .help = "column of your own table that is to be predicted; empty takes the last",
          .kind = Kind::text,
          .initial = std::string(),
          .max = longestText,
          .relevant = {{"dataset", {ownDatasetId}}}};
}

Parameter ridgeParameter(double initial) {
  return {.id = "ridge",
          .label = "ridge",
          .help = "weight of ½‖w‖²",
          .kind = Kind::real,
          .initial = initial,
          .min = 0,
          .max = 100};
}

std::vector<Choice> datasetChoices() {
  std::vector<Choice> choices;
  for (const DatasetInfo& info : datasets()) {
    choices.push_back({info.id, info.title, info.source});
  }
  const DatasetInfo& own = *findDataset(ownDatasetId);
  choices.push_back({own.id, own.title, own.source});
  return choices;
}

std::vector<std::string_view> datasetIds() {
  std::vector<std::string_view> ids;
  for (const Choice& choice : datasetChoices()) {
    ids.push_back(choice.id);
  }
  return ids;
}

const Table* chosenTable(const Settings& settings, const DataLibrary& data,
                         std::vector<Issue>& issues) {
  const std::string& id = settings.text("dataset");
  const Table* const table = data.find(id);
  if (!table) {
    issues.push_back(
        {"dataset", "The data set “" + id + "” (dataset) has not been given to this lab."});
  }
  return table;
}

std::optional<DesignMatrix> chooseDesign(const Settings& settings, const DataLibrary& data,
                                         Task task, std::span<const std::string> defaultFeatures,
                                         std::vector<Issue>& issues) {
  const DatasetInfo* info = findDataset(settings.text("dataset"));
  const Table* table = chosenTable(settings, data, issues);
  if (!table) {
    return std::nullopt;
  }
  std::vector<std::string> features = splitNames(settings.text("features"));
  if (features.empty()) {
    features.assign(defaultFeatures.begin(), defaultFeatures.end());
  }
  const bool isOwn = info->id == ownDatasetId;
  const DatasetInfo chosen = isOwn ? ownDataset(*table, settings.text("targetColumn")) : *info;
  if (!table->find(chosen.regressionTarget)) {
    issues.push_back({"targetColumn", "targetColumn: the table has no column “" +
                                          std::string(chosen.regressionTarget) + "”."});
    return std::nullopt;
  }
  DesignResult result = task == Task::regression ? regressionDesign(*table, chosen, features)
                                                 : classificationDesign(*table, chosen, features);
  if (!result.error.empty()) {
    const std::string parameter = isOwn && result.isOfTarget ? "targetColumn" : "features";
    issues.push_back({parameter, parameter + ": " + result.error});
    return std::nullopt;
  }
  return std::move(result.design);
}

}  // namespace wv
