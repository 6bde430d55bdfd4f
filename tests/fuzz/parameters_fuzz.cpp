// Whatever is asked of an experiment is refused in a sentence, or makes a run that advances and
// whose channels can be read. An input is text: an experiment's id, then lines of id=value. Half of
// the time the search sets one line to what the registry knows; by bytes alone it hardly ever
// writes the name of a choice.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <optional>
#include <random>
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

using Random = std::minstd_rand;

bool oneIn(unsigned count, Random& random) { return random() % count == 0; }

template <class List>
const auto& anyOf(const List& list, Random& random) {
  return list[random() % std::size(list)];
}

// At the ends of what is allowed, just outside, between nothing and twice the default, or anywhere.
double anyNumber(const Parameter& parameter, Random& random) {
  const double width = parameter.max - parameter.min;
  const double share = static_cast<double>(random() % 1001) / 1000;
  switch (random() % 6) {
    case 0:
      return parameter.min;
    case 1:
      return parameter.max;
    case 2:
      return parameter.max + share * width;
    case 3:
      return 2 * share * std::get<double>(parameter.initial);
    default:
      return parameter.min + share * width;
  }
}

std::string anyValue(const Parameter& parameter, Random& random) {
  switch (parameter.kind) {
    case Kind::choice:
      return std::string(anyOf(parameter.choices, random).id);
    case Kind::text:
      return std::get<std::string>(parameter.initial);
    case Kind::integer:
      return formatNumber(std::trunc(anyNumber(parameter, random)));
    default:
      return formatNumber(anyNumber(parameter, random));
  }
}

// The text with one of its lines, or the experiment, set to something that the registry knows.
std::string withOneSet(const std::string& text, Random& random) {
  std::istringstream lines(text);
  std::string id;
  std::getline(lines, id);
  const ExperimentInfo* info = findExperiment(id);
  if (!info || oneIn(20, random)) {
    info = &anyOf(experiments(), random);
  }
  const Parameter& parameter = anyOf(info->parameters, random);
  const std::string start = std::string(parameter.id) + "=";
  std::string result = std::string(info->id) + "\n";
  for (std::string line; std::getline(lines, line);) {
    result += line.starts_with(start) ? "" : line + "\n";
  }
  return result + start + anyValue(parameter, random) + "\n";
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  Random random(seed);
  random.discard(1);
  if (oneIn(2, random)) {
    return LLVMFuzzerMutate(data, size, most);
  }
  const std::string text = withOneSet({reinterpret_cast<const char*>(data), size}, random);
  if (text.size() > most) {
    return LLVMFuzzerMutate(data, size, most);
  }
  std::copy(text.begin(), text.end(), data);
  return text.size();
}

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
