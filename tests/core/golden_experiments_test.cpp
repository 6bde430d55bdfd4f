// Every channel of every experiment after a few steps: the same bits from every compiler, natively
// and in WebAssembly. Where a change is meant, the new list is what the failing test prints.
#include <doctest.h>

#include <cstdio>
#include <span>
#include <string>

#include "experiment_run.hpp"
#include "golden.hpp"

namespace {

using namespace wv;
using namespace wv::test;

constexpr int steps = 7;

struct Golden {
  const char* experiment;
  std::uint64_t hash;
};

const Golden golden[] = {
#include "golden_experiments.inc"
};

const Golden goldenExpressions[] = {
#include "golden_expressions.inc"
};

std::uint64_t hashOfChannels(const ExperimentInfo& info, const std::vector<Setting>& settings) {
  const auto run = runOf(info.id, settings);
  run->advance(steps);
  std::uint64_t hash = kHashOffset;
  for (const ChannelInfo& channel : info.channels) {
    const std::vector<double> values = valuesOf(*run, channel.id);
    hash = hashOf(values.data(), values.size(), hash);
  }
  return hash;
}

void checkHash(std::span<const Golden> list, const ExperimentInfo& info,
               const std::vector<Setting>& settings) {
  std::uint64_t expected = 0;
  for (const Golden& each : list) {
    expected = each.experiment == info.id ? each.hash : expected;
  }
  const std::uint64_t hash = hashOfChannels(info, settings);
  char line[100];
  std::snprintf(line, sizeof line, "{\"%s\", 0x%016llx},", info.id.data(),
                static_cast<unsigned long long>(hash));
  CHECK_MESSAGE(hash == expected, line);
}

}  // namespace

TEST_CASE("golden hashes of every experiment") {
  CHECK(std::size(golden) == experiments().size());
  for (const ExperimentInfo& info : experiments()) {
    checkHash(golden, info, {});
  }
}

TEST_CASE("golden hashes of every experiment that takes a typed function, on that of its table") {
  std::size_t count = 0;
  for (const ExperimentInfo& info : experiments()) {
    if (findParameter(info.parameters, "expression")) {
      ++count;
      checkHash(goldenExpressions, info, {{"objective", std::string("expression")}});
    }
  }
  CHECK(std::size(goldenExpressions) == count);
}
