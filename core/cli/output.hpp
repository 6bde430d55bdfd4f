// Channels as text on standard output.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"

namespace wv::cli {

// A channel as a table: the first of its extents counts the rows.
struct Columns {
  std::string id;
  Channel channel;
  std::size_t rows = 0, columns = 1;
};

std::vector<Columns> columnsOf(const Experiment& run, const std::vector<std::string>& channels);

// A column for each number of a channel, a row for each step (or whatever its first extent counts);
// short channels leave cells empty.
void printCsv(const std::vector<Columns>& channels);
// The same with the number of the replicate in front, for channels with a row for each.
void printReplicatesCsv(const std::vector<Columns>& channels, std::uint32_t firstReplicate);

// {state, step, firstReplicate, channels: {id: {shape, data}}}, null for what is not finite.
void printJson(const Status& status, const std::vector<Columns>& channels,
               std::uint32_t firstReplicate);

// Every parameter and every channel, for a person.
void printDescription(const ExperimentInfo& info);

}  // namespace wv::cli
