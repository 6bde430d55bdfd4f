// The parts of a split run are the whole run.
#include "experiment/shard.hpp"

#include <doctest.h>

#include <algorithm>

#include "experiment_run.hpp"
#include "numeric/statistics.hpp"

namespace {

using namespace wv;
using namespace wv::test;

constexpr int steps = 12;
constexpr double replicates = 14;

// Settings under which the walkers of every experiment go on independently of each other.
std::vector<Setting> independentSettings(const ExperimentInfo& info, double count) {
  std::vector<Setting> settings = {{"replicates", count}, {"seed", 3.0}};
  if (info.id == "annealing") {
    settings.push_back({"schedule", std::string("geometric")});
  }
  if (info.id == "perceptron-learning") {
    settings.push_back({"d", 51.0});
  }
  return settings;
}

std::unique_ptr<Experiment> shardOf(std::string_view id, const std::vector<Setting>& given,
                                    double first) {
  Creation creation = createShard(id, given, first, allDataSets());
  for (const Issue& issue : creation.issues) {
    FAIL(issue.message);
  }
  return std::move(creation.experiment);
}

std::vector<double> joinedParts(const ExperimentInfo& info, std::string_view channel,
                                const std::vector<double>& cuts) {
  std::vector<double> joined;
  for (std::size_t k = 0; k + 1 < cuts.size(); ++k) {
    const auto part = shardOf(info.id, independentSettings(info, cuts[k + 1] - cuts[k]), cuts[k]);
    part->advance(steps);
    const std::vector<double> rows = valuesOf(*part, channel);
    joined.insert(joined.end(), rows.begin(), rows.end());
  }
  return joined;
}

std::string refusedShard(std::string_view id, const std::vector<Setting>& given, double first) {
  const Creation creation = createShard(id, given, first, allDataSets());
  REQUIRE(creation.experiment == nullptr);
  REQUIRE(creation.issues.size() == 1);
  return creation.issues.front().parameter;
}

}  // namespace

TEST_CASE("the replicates of every experiment split anywhere, to the same bits") {
  int split = 0;
  for (const ExperimentInfo& info : experiments()) {
    const std::string id(info.id);
    CAPTURE(id);
    if (shardChannels(info).empty()) {
      CHECK(refusedShard(info.id, {}, 0) == "firstReplicate");
      continue;
    }
    ++split;
    const auto whole = runOf(info.id, independentSettings(info, replicates));
    whole->advance(steps);
    for (const ChannelInfo& channel : shardChannels(info)) {
      const std::string name(channel.id);
      CAPTURE(name);
      const std::vector<double> expected = valuesOf(*whole, channel.id);
      CHECK(whole->channel(channel.id).shape.front() == replicates);
      CHECK(joinedParts(info, channel.id, {0, 5, 6, replicates}) == expected);
      // Other random numbers, not the same ones again. Walkers may all be under way, though.
      const auto other = shardOf(info.id, independentSettings(info, replicates), replicates);
      other->advance(steps);
      CHECK((name == "passageTimes" || valuesOf(*other, channel.id) != expected));
    }
  }
  CHECK(split == 12);
}

TEST_CASE("passage times split once walkers have arrived") {
  const std::vector<Setting> given = {{"alpha", 0.3}, {"seed", 2.0}};
  const auto with = [&](double count) {
    std::vector<Setting> settings = given;
    settings.push_back({"replicates", count});
    return settings;
  };
  const auto whole = runOf("equilibration", with(30));
  const auto second = shardOf("equilibration", with(10), 20);
  whole->advance(400);
  second->advance(400);
  const std::vector<double> all = valuesOf(*whole, "passageTimes");
  const std::vector<double> part = valuesOf(*second, "passageTimes");
  CHECK(std::count_if(part.begin(), part.end(), [](double t) { return t > 0; }) > 0);
  CHECK(std::equal(part.begin(), part.end(), all.end() - static_cast<int>(part.size())));
}

TEST_CASE("the mean over the joined parts is that of the whole run") {
  const ExperimentInfo& info = *findExperiment("constant-step");
  const auto whole = runOf(info.id, independentSettings(info, replicates));
  whole->advance(steps);
  const std::vector<double> gaps = joinedParts(info, "gaps", {0, 3, replicates});
  const Eigen::Map<const Column> column(gaps.data(), static_cast<Eigen::Index>(gaps.size()));
  CHECK(numeric::mean(column) == valuesOf(*whole, "gap").back());
  CHECK(numeric::standardError(column) == valuesOf(*whole, "gapStandardError").back());
}

TEST_CASE("a group of replicas stays in one shard") {
  const auto parle = [](double count) {
    return std::vector<Setting>{{"method", std::string("parle")},
                                {"replicas", 3.0},
                                {"start", std::string("everywhere")},
                                {"replicates", count}};
  };
  const auto whole = runOf("entropy-sgd", parle(12));
  const auto part = shardOf("entropy-sgd", parle(6), 6);
  whole->advance(steps);
  part->advance(steps);
  const std::vector<double> all = valuesOf(*whole, "x"), rows = valuesOf(*part, "x");
  CHECK(std::equal(rows.begin(), rows.end(), all.begin() + all.size() / 2));
  CHECK(refusedShard("entropy-sgd", parle(6), 4) == "firstReplicate");
}

TEST_CASE("what cannot be a shard is refused by name") {
  const double most = replicatesApart;
  CHECK(refusedShard("confusion", {{"replicates", 10.0}}, -1) == "firstReplicate");
  CHECK(refusedShard("confusion", {{"replicates", 10.0}}, 1.5) == "firstReplicate");
  CHECK(refusedShard("confusion", {{"replicates", 10.0}}, most - 9) == "firstReplicate");
  CHECK(refusedShard("confusion", {{"alpha", -1.0}}, 0) == "alpha");
  CHECK(refusedShard("annealing", {{"schedule", std::string("stagewise")}}, 0) == "schedule");
  CHECK(refusedShard("nowhere", {}, 0) == "experiment");
  CHECK(shardOf("confusion", {{"replicates", 10.0}}, most - 10) != nullptr);
}
