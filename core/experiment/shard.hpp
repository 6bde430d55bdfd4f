// A part of a run whose replicates are split over processes or machines. A replicate's numbers are
// a pure function of (seed, stream, replicate, step, slot), so the parts together are the whole
// run, bit for bit, however it was cut.
#pragma once

#include "experiment/experiment.hpp"

namespace wv {

// Replicates have numbers below this one; ensembles within one experiment are so far apart.
inline constexpr std::uint32_t replicatesApart = 1U << 20;

// The channels that a shard may report, those with a row for each replicate: a mean over a part is
// not that of the whole. A shard's rows are the rows firstReplicate, firstReplicate + 1, ... of the
// whole run as long as neither diverges.
std::vector<ChannelInfo> shardChannels(const ExperimentInfo& info);

// The replicates firstReplicate ... firstReplicate + replicates - 1 (`replicates` as given or by
// default) of a run with these settings. An issue under "firstReplicate" when it is not a whole
// number from 0 to 2^20 - replicates, or the experiment has nothing to split.
Creation createShard(std::string_view id, std::span<const Setting> given, double firstReplicate,
                     const DataLibrary& data);

}  // namespace wv
