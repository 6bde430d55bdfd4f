// Whatever is asked of an experiment is refused in a sentence, or makes a run that advances and
// whose channels can be read. An input is text: an experiment's id, then lines of id=value.
#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>

#include "experiment/registry.hpp"
#include "experiment/shard.hpp"
#include "objective/decimal.hpp"
#include "require.hpp"

namespace {

using namespace wv;

// Costs must not drown the search: what is large by these is tried by the tests.
constexpr double mostReplicates = 3;
constexpr int steps = 2;

Value valueOf(const std::string& text) {
  const std::optional<double> number = parseDecimal(text);
  return number ? Value(*number) : text == "null" ? Value(Foreign{"null"}) : Value(text);
}

std::vector<Setting> settingsOf(std::istream& lines) {
  std::vector<Setting> settings;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = std::min(line.find('='), line.size());
    settings.push_back(
        {line.substr(0, equals), valueOf(line.substr(std::min(equals + 1, line.size())))});
  }
  return settings;
}

const DataLibrary& ownTable() {
  static const DataLibrary data = [] {
    DataLibrary library;
    library.add(std::string(ownDatasetId),
                readCsv("a;b;c\n1;2;0\n2;1;1\n3;5;1\n4;3;0\n2;2;1\n5;1;0\n").table);
    return library;
  }();
  return data;
}

void requireSentences(const std::vector<Issue>& issues) {
  for (const Issue& issue : issues) {
    require(!issue.parameter.empty() || !issue.message.empty());
    require(issue.message.size() > 5);
  }
}

void requireReadable(const ExperimentInfo& info, const Experiment& run) {
  for (const ChannelInfo& channel : info.channels) {
    const Channel found = run.channel(channel.id);
    require(!found.shape.empty());
    std::size_t count = 1;
    for (const int extent : found.shape) {
      require(extent >= 0);
      count *= static_cast<std::size_t>(extent);
    }
    volatile double sum = 0;  // reads each of them, under the address sanitizer
    for (std::size_t i = 0; i < count; ++i) {
      sum = sum + found.data[i];
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  std::string id;
  std::getline(lines, id);
  const ExperimentInfo* info = findExperiment(id);
  std::vector<Setting> settings = settingsOf(lines);
  if (!info) {
    require(createExperiment(id, settings, ownTable()).issues.size() == 1);
    return 0;
  }
  if (findParameter(info->parameters, "replicates")) {
    settings.push_back({"replicates", mostReplicates});
  }
  const Creation creation = createExperiment(id, settings, ownTable());
  requireSentences(creation.issues);
  require(creation.issues.empty() == (creation.experiment != nullptr));
  if (creation.experiment) {
    creation.experiment->advance(steps);
    requireReadable(*info, *creation.experiment);
  }
  return 0;
}
