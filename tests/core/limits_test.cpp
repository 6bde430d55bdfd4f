// Everything large at once: refused in a sentence before memory or patience is spent, or done.
#include <doctest.h>

#include "experiment_run.hpp"

namespace {

using namespace wv;
using namespace wv::test;

// Every number at the same end of its range.
std::vector<Setting> allAt(const ExperimentInfo& info, double Parameter::*end) {
  std::vector<Setting> settings;
  for (const Parameter& parameter : info.parameters) {
    if (parameter.kind == Kind::real || parameter.kind == Kind::integer) {
      settings.push_back({std::string(parameter.id), parameter.*end});
    }
  }
  return settings;
}

void checkRefusedOrRuns(const ExperimentInfo& info, const std::vector<Setting>& settings) {
  const std::string id(info.id);
  CAPTURE(id);
  const Creation creation = createExperiment(info.id, settings, allDataSets());
  CHECK((creation.experiment == nullptr) == !creation.issues.empty());
  for (const Issue& issue : creation.issues) {
    CHECK(findParameter(info.parameters, issue.parameter) != nullptr);
    CHECK(issue.message.back() == '.');
  }
  if (creation.experiment) {
    creation.experiment->advance(1);
    CHECK(!creation.experiment->channel(info.channels.front().id).shape.empty());
  }
}

}  // namespace

TEST_CASE("all numbers of an experiment at their largest, and at their least") {
  for (const ExperimentInfo& info : experiments()) {
    checkRefusedOrRuns(info, allAt(info, &Parameter::max));
    checkRefusedOrRuns(info, allAt(info, &Parameter::min));
  }
}
