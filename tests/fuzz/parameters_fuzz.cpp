// Whatever is asked of an experiment is refused in a sentence, or makes a run that advances and
// whose channels can be read. An input is text: an experiment's id, then lines of id=value.
#include <algorithm>
#include <cstdint>
#include <optional>
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

// A number where that is wanted, or where the parameter is none.
Value valueOf(const std::string& text, const Parameter* parameter) {
  if (text == "null") {
    return Foreign{"null"};
  }
  const bool isText =
      parameter && (parameter->kind == Kind::text || parameter->kind == Kind::choice);
  const std::optional<double> number = isText ? std::nullopt : parseDecimal(text);
  return number ? Value(*number) : Value(text);
}

std::vector<Setting> settingsOf(std::istream& lines, const ExperimentInfo* info) {
  std::vector<Setting> settings;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = std::min(line.find('='), line.size());
    const std::string id = line.substr(0, equals);
    const std::string text = line.substr(std::min(equals + 1, line.size()));
    settings.push_back({id, valueOf(text, info ? findParameter(info->parameters, id) : nullptr)});
  }
  return settings;
}

// Each digit a few times, and little to see of it.
std::string fewDigits() {
  std::string text;
  for (int row = 0; row < 8; ++row) {
    for (int column = 0; column < 8; ++column) {
      text += "p" + std::to_string(row) + std::to_string(column) + ",";
    }
  }
  text += "digit\n";
  for (int image = 0; image < 60; ++image) {
    for (int pixel = 0; pixel < 64; ++pixel) {
      text += std::to_string((image * 7 + pixel * pixel) % 17) + ",";
    }
    text += std::to_string(image % 10) + "\n";
  }
  return text;
}

const DataLibrary& smallTables() {
  static const DataLibrary data = [] {
    DataLibrary library;
    library.add(std::string(ownDatasetId),
                readCsv("a;b;c\n1;2;0\n2;1;1\n3;5;1\n4;3;0\n2;2;1\n5;1;0\n").table);
    library.add("digits", readCsv(fewDigits()).table);
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
  std::vector<Setting> settings = settingsOf(lines, info);
  if (!info) {
    require(createExperiment(id, settings, smallTables()).issues.size() == 1);
    return 0;
  }
  if (findParameter(info->parameters, "replicates")) {
    settings.push_back({"replicates", mostReplicates});
  }
  const Creation creation = createExperiment(id, settings, smallTables());
  requireSentences(creation.issues);
  require(creation.issues.empty() == (creation.experiment != nullptr));
  if (creation.experiment) {
    creation.experiment->advance(steps);
    requireReadable(*info, *creation.experiment);
  }
  return 0;
}
