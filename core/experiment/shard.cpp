#include "experiment/shard.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/registry.hpp"

namespace wv {
namespace {

constexpr std::string_view firstId = "firstReplicate";

// "" or why this is not where a shard may begin.
std::string refusalOfFirst(double first, double replicates) {
  const double last = replicatesApart - replicates;
  if (first >= 0 && first <= last && first == std::floor(first)) {
    return {};
  }
  return "firstReplicate must be a whole number from 0 to " + formatNumber(last) + " with " +
         formatNumber(replicates) + " replicates, not " + formatNumber(first) + ".";
}

}  // namespace

std::vector<ChannelInfo> shardChannels(const ExperimentInfo& info) {
  std::vector<ChannelInfo> channels;
  std::copy_if(info.channels.begin(), info.channels.end(), std::back_inserter(channels),
               hasReplicateRows);
  return channels;
}

Creation createShard(std::string_view id, std::span<const Setting> given, double firstReplicate,
                     const DataLibrary& data) {
  const ExperimentInfo* info = findExperiment(id);
  if (!info) {
    return createExperiment(id, given, data);  // which says so
  }
  if (shardChannels(*info).empty()) {
    return {nullptr,
            {{std::string(firstId), std::string(id) +
                                        " has no replicates that could be split: each of its "
                                        "numbers depends on the whole run."}}};
  }
  Creation creation;
  Settings settings = validate(info->parameters, given, creation.issues);
  const std::string wrong = refusalOfFirst(firstReplicate, settings.number("replicates"));
  if (!wrong.empty()) {
    creation.issues.push_back({std::string(firstId), wrong});
  }
  if (!creation.issues.empty()) {
    return creation;
  }
  settings.makeShard(static_cast<std::uint32_t>(firstReplicate));
  return info->create(settings, data);
}

}  // namespace wv
