// An experiment of the registry as a test uses it.
#pragma once

#include <doctest.h>

#include <string>
#include <vector>

#include "data_sets.hpp"
#include "experiment/registry.hpp"

namespace wv::test {

// Every refusal is a failure.
inline std::unique_ptr<Experiment> runOf(std::string_view id, const std::vector<Setting>& given) {
  Creation creation = createExperiment(id, given, allDataSets());
  for (const Issue& issue : creation.issues) {
    FAIL(issue.message);
  }
  return std::move(creation.experiment);
}

// The one issue of settings that are refused.
inline Issue refusalOf(std::string_view id, const std::vector<Setting>& given) {
  const Creation creation = createExperiment(id, given, allDataSets());
  REQUIRE(creation.experiment == nullptr);
  REQUIRE(creation.issues.size() == 1);
  return creation.issues.front();
}

// Its parameter.
inline std::string refusedBy(std::string_view id, const std::vector<Setting>& given) {
  return refusalOf(id, given).parameter;
}

// All of a channel, row-major.
inline std::vector<double> valuesOf(const Experiment& run, std::string_view id) {
  const Channel channel = run.channel(id);
  std::size_t count = 1;
  for (const int extent : channel.shape) {
    count *= static_cast<std::size_t>(extent);
  }
  return count == 0 ? std::vector<double>{}
                    : std::vector<double>(channel.data, channel.data + count);
}

}  // namespace wv::test
