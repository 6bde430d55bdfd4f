// Every experiment, in the order of the lecture.
#pragma once

#include <span>

#include "experiment/experiment.hpp"

namespace wv {

// All of them, or those of one chapter in a build with WV_CHAPTER.
std::span<const ExperimentInfo> experiments();
const ExperimentInfo* findExperiment(std::string_view id);

// Validates `given` against the experiment's table, then creates it. An issue under the parameter
// "experiment" when there is none of this id.
Creation createExperiment(std::string_view id, std::span<const Setting> given,
                          const DataLibrary& data);

}  // namespace wv
