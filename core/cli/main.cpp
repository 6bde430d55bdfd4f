// The registry on the command line. Results go to standard output, progress and complaints to
// standard error.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "cli/request.hpp"
#include "cli/shards.hpp"
#include "experiment/registry.hpp"
#include "experiment/shard.hpp"
#include "objective/dataset.hpp"

namespace {

using namespace wv::cli;

// What the request asks for was refused, or could not be printed; the words make no command.
constexpr int refused = 1, unusable = 2;

const char* const usage =
    "wide-valley list\n"
    "wide-valley describe ID\n"
    "wide-valley run ID [--PARAMETER=VALUE ...] [--steps=N] [--channels=ID,ID]\n"
    "                   [--format=csv|json] [--data=FOLDER] [--own=FILE]\n"
    "                   [--first-replicate=N]\n"
    "wide-valley merge FILE ...\n"
    "wide-valley summarise FILE\n";

int complain(const std::string& sentence, int code) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return code;
}

int done(const Complaint& complaint) {
  return complaint.empty() ? 0 : complain(complaint, refused);
}

void advance(wv::Experiment& run, int steps) {
  using Clock = std::chrono::steady_clock;
  auto told = Clock::now();
  const int part = std::max(1, steps / 1000);
  for (int done = 0; done < steps && run.status().state == wv::RunState::running; done += part) {
    run.advance(std::min(part, steps - done));
    if (Clock::now() - told > std::chrono::seconds(1)) {
      told = Clock::now();
      std::fprintf(stderr, "step %u of %d\n", run.status().step, steps);
    }
  }
}

// Whether every channel has a row for each replicate.
bool areReplicateRows(const wv::ExperimentInfo& info, const std::vector<std::string>& channels) {
  const std::vector<wv::ChannelInfo> all = wv::shardChannels(info);
  return std::all_of(channels.begin(), channels.end(),
                     [&](const std::string& id) { return hasChannel(all, id); });
}

// One odd cell makes a column text, which is no feature: that shows in no number of the result.
void tellTextColumns(const Request& request, const wv::DataLibrary& data) {
  const wv::Table* own = request.ownTable.empty() ? nullptr : data.find(wv::ownDatasetId);
  if (own == nullptr) {
    return;
  }
  for (const wv::TableColumn& column : own->columns) {
    if (!column.isNumeric()) {
      std::fprintf(stderr, "Column “%s” is text, as of line %d (“%s”): it is no feature.\n",
                   column.name.c_str(), column.firstText->line, column.firstText->text.c_str());
    }
  }
}

// A run that ends before the step asked for says so: its numbers do not show it.
void tellEnd(const wv::ExperimentInfo& info, const wv::Status& status, int steps) {
  if (status.state == wv::RunState::diverged) {
    std::fprintf(stderr, "%s diverged at step %u.\n", info.id.data(), status.step);
  } else if (status.step < static_cast<std::uint32_t>(steps)) {
    std::fprintf(stderr, "%s finished at step %u, the last that it makes.\n", info.id.data(),
                 status.step);
  }
}

int runExperiment(const wv::ExperimentInfo& info, const std::vector<std::string>& words) {
  Request request;
  wv::DataLibrary data;
  Complaint wrong = readRequest(info, words, request);
  if (wrong.empty()) {
    wrong = readData(request, data);
  }
  if (!wrong.empty()) {
    return complain(wrong, refused);
  }
  tellTextColumns(request, data);
  const wv::Creation creation =
      request.firstReplicate
          ? wv::createShard(info.id, request.settings, *request.firstReplicate, data)
          : wv::createExperiment(info.id, request.settings, data);
  for (const wv::Issue& issue : creation.issues) {
    complain(issue.message, refused);
  }
  if (!creation.experiment) {
    return refused;
  }
  wv::Experiment& run = *creation.experiment;
  advance(run, request.steps);
  const wv::Status status = run.status();
  if (request.firstReplicate && status.state == wv::RunState::diverged) {
    return complain("The shard diverged at step " + std::to_string(status.step) +
                        ": the whole run would have stopped elsewhere, so they do not merge.",
                    refused);
  }
  tellEnd(info, status, request.steps);
  const auto first = static_cast<std::uint32_t>(request.firstReplicate.value_or(0));
  const std::vector<Columns> channels = columnsOf(run, request.channels);
  if (request.json) {
    printJson(status, channels, first);
  } else if (areReplicateRows(info, request.channels)) {
    if (request.firstReplicate) {
      std::printf("%s%s\n", shardMark.data(), nameOfWhole(info, request).c_str());
    }
    printReplicatesCsv(channels, first);
  } else {
    printCsv(channels);
  }
  return 0;
}

int list() {
  for (const wv::ExperimentInfo& info : wv::experiments()) {
    std::printf("%s\t%s\t%s\n", info.id.data(), info.title.data(), info.section.data());
  }
  return 0;
}

int aboutExperiment(const std::string& command, const std::string& id,
                    const std::vector<std::string>& words) {
  const wv::ExperimentInfo* info = wv::findExperiment(id);
  if (info == nullptr) {
    return complain("There is no experiment “" + id + "”; wide-valley list names them.", refused);
  }
  if (command == "run") {
    return runExperiment(*info, words);
  }
  printDescription(*info);
  return 0;
}

int obey(const std::vector<std::string>& words) {
  const std::string command = words.empty() ? "" : words[0];
  if (command == "--help" || command == "help") {
    std::printf("%s", usage);
    return 0;
  }
  if (command == "list" && words.size() == 1) {
    return list();
  }
  if (command == "merge" && words.size() > 1) {
    return done(mergeShards({words.begin() + 1, words.end()}));
  }
  if (command == "summarise" && words.size() == 2) {
    return done(summarise(words[1]));
  }
  if ((command == "describe" && words.size() == 2) || (command == "run" && words.size() > 1)) {
    return aboutExperiment(command, words[1], {words.begin() + 2, words.end()});
  }
  return complain(usage, unusable);
}

}  // namespace

int main(int count, char** arguments) {
  const int code = obey({arguments + 1, arguments + count});
  // A full disk must not look like a result.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    return complain("The result could not be written.", refused);
  }
  return code;
}
