// What the words after `wide-valley run ID` ask for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/experiment.hpp"

namespace wv::cli {

struct Request {
  std::vector<Setting> settings;
  int steps = 100;
  std::vector<std::string> channels;  // never empty
  bool json = false;
  std::string dataFolder, ownTable;
  std::optional<double> firstReplicate;  // of a shard
};

// One sentence, for a person; empty without a complaint.
using Complaint = std::string;

// The request behind these words. On a complaint it is of no use.
Complaint readRequest(const ExperimentInfo& info, const std::vector<std::string>& words,
                      Request& request);

// The parts between commas; none of an empty text.
std::vector<std::string> splitAtCommas(const std::string& text);

bool hasChannel(const std::vector<ChannelInfo>& channels, std::string_view id);

// All data that ship, and the user's own table.
Complaint readData(const Request& request, DataLibrary& data);

// What makes the whole run that a request is a part of, in one line: the experiment, the steps and
// the settings that differ from the defaults. Its parts have it in common.
std::string nameOfWhole(const ExperimentInfo& info, const Request& request);

}  // namespace wv::cli
