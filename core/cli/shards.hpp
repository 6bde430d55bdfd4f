// The CSV files of shards: put together, and summed up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/request.hpp"

namespace wv::cli {

// A shard's CSV begins with a line of this and its nameOfWhole.
inline constexpr std::string_view shardMark = "# part of ";

// Prints the rows of the files in the order of their replicates: what the whole run would have
// printed, byte for byte. The files may be named in any order; each has `replicate` as its first
// column, all are of one run with the same columns, and no replicate is missing between them or
// there twice.
Complaint mergeShards(const std::vector<std::string>& paths);

// Prints, for each column of such a file ("-": of standard input) but the first, its count, mean,
// standard error and quantiles. The sums are those of an experiment's own channels, in the order of
// the replicates: the mean of a merged file is the mean of the whole run, bit for bit.
Complaint summarise(const std::string& path);

}  // namespace wv::cli
