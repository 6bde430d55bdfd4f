#pragma once

#include <string>

namespace wv {

// The whole registry as JSON: [{id, title, section, chapter, parameters: [...], channels: [...]}],
// the form in which the page, the documentation and the command line read it.
std::string describeExperiments();

// [{id, title, file, source, licence, pair, regressionTarget, positive, negative}] of the data sets
// that an experiment may ask for.
std::string describeDataSets();

}  // namespace wv
