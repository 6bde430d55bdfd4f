#include "experiment/registry.hpp"

#include <algorithm>

namespace wv {

ExperimentInfo stepSizeExperiment();
ExperimentInfo confusionExperiment();
ExperimentInfo samplingExperiment();
ExperimentInfo batchSizeExperiment();
ExperimentInfo gradientNoiseExperiment();
ExperimentInfo constantStepExperiment();
ExperimentInfo decayingStepExperiment();
ExperimentInfo workExperiment();
ExperimentInfo markovExperiment();
ExperimentInfo gibbsExperiment();
ExperimentInfo annealingExperiment();
ExperimentInfo annealingBudgetExperiment();
ExperimentInfo equilibrationExperiment();
ExperimentInfo landscapeExperiment();
ExperimentInfo connectivityExperiment();
ExperimentInfo perceptronExperiment();
ExperimentInfo perceptronLearningExperiment();
ExperimentInfo localEntropyExperiment();
ExperimentInfo entropySgdExperiment();
ExperimentInfo networkExperiment();

namespace {

// A module for one chapter carries its experiments alone, so that a page fetches little: the linker
// drops what none of them calls. 0 stands for the whole lecture; 31 and 32 for parts of chapter 3,
// all of which would be too much for one first view, and so on.
#ifndef WV_CHAPTER
#define WV_CHAPTER 0
#endif

template <int chapter, auto... make>
void addChapter(std::vector<ExperimentInfo>& all) {
  if constexpr (WV_CHAPTER == 0 || WV_CHAPTER == chapter) {
    (all.push_back(make()), ...);
    for (auto info = all.end() - sizeof...(make); info != all.end(); ++info) {
      info->chapter = chapter;
    }
  }
}

std::vector<ExperimentInfo> chapters() {
  std::vector<ExperimentInfo> all;
  addChapter<1, stepSizeExperiment>(all);
  addChapter<11, confusionExperiment, samplingExperiment, batchSizeExperiment>(all);
  addChapter<2, gradientNoiseExperiment, constantStepExperiment, decayingStepExperiment,
             workExperiment>(all);
  addChapter<3, markovExperiment>(all);
  addChapter<31, gibbsExperiment>(all);
  addChapter<32, annealingExperiment, annealingBudgetExperiment, equilibrationExperiment>(all);
  addChapter<4, landscapeExperiment>(all);
  addChapter<42, connectivityExperiment>(all);
  addChapter<41, perceptronExperiment, perceptronLearningExperiment>(all);
  addChapter<5, localEntropyExperiment>(all);
  addChapter<52, entropySgdExperiment>(all);
  addChapter<51, networkExperiment>(all);
  return all;
}

}  // namespace

std::span<const ExperimentInfo> experiments() {
  static const std::vector<ExperimentInfo> all = chapters();
  return all;
}

const ExperimentInfo* findExperiment(std::string_view id) {
  const auto all = experiments();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const ExperimentInfo& info) { return info.id == id; });
  return found == all.end() ? nullptr : &*found;
}

Creation createExperiment(std::string_view id, std::span<const Setting> given,
                          const DataLibrary& data) {
  const ExperimentInfo* info = findExperiment(id);
  if (!info) {
    std::vector<std::string_view> ids;
    for (const ExperimentInfo& known : experiments()) {
      ids.push_back(known.id);
    }
    return {nullptr,
            {{"experiment", "There is no experiment “" + std::string(id.substr(0, 60)) +
                                "”; there are " + joined(ids) + "."}}};
  }
  Creation creation;
  const Settings settings = validate(info->parameters, given, creation.issues);
  if (!creation.issues.empty()) {
    return creation;
  }
  return info->create(settings, data);
}

}  // namespace wv
