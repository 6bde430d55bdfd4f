// The CSV files of shards: put together, and summed up.
#pragma once

#include <string>
#include <vector>

#include "cli/request.hpp"

namespace wv::cli {

// Prints the rows of the files in the order of their replicates: what the whole run would have
// printed, byte for byte. The files may be named in any order; each has `replicate` as its first
// column, all have the same columns, and no replicate is missing between them or there twice.
Complaint mergeShards(const std::vector<std::string>& files);

// Prints, for each column of such a file ("-": of standard input) but the first, its count, mean,
// standard error and quantiles. The sums are those of an experiment's own channels, in the order of
// the replicates: the mean of a merged file is the mean of the whole run, bit for bit.
Complaint summarise(const std::string& file);

}  // namespace wv::cli
