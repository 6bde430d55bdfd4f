// The registry on the command line:
//
//   wide-valley list
//   wide-valley describe ID
//   wide-valley run ID [--PARAMETER=VALUE ...] [--steps=N] [--channels=ID,ID] [--format=csv|json]
//                      [--data=FOLDER] [--own=FILE]
//
// Results go to standard output, progress and complaints to standard error. 0: done. 1: something
// in the request was refused. 2: the words make no command.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/description.hpp"
#include "experiment/registry.hpp"
#include "objective/csv.hpp"
#include "objective/decimal.hpp"

namespace {

constexpr int refused = 1, unusable = 2;
constexpr double mostSteps = 4'000'000'000;

const char* const usage =
    "wide-valley list\n"
    "wide-valley describe ID\n"
    "wide-valley run ID [--PARAMETER=VALUE ...] [--steps=N] [--channels=ID,ID]\n"
    "                   [--format=csv|json] [--data=FOLDER] [--own=FILE]\n";

int complain(const std::string& sentence, int code) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return code;
}

struct Request {
  std::vector<wv::Setting> settings;
  int steps = 100;
  std::vector<std::string> channels;
  bool json = false;
  std::string dataFolder, ownTable;
};

// Of the checkout, or, where there is none any more, of the installation.
std::string defaultDataFolder() {
  return std::filesystem::is_directory(WV_DATA_FOLDER) ? WV_DATA_FOLDER : WV_INSTALLED_DATA_FOLDER;
}

std::vector<std::string> splitAtCommas(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    parts.push_back(part);
  }
  return parts;
}

// A number where the parameter takes one and the text is one; else the text, for the table to
// refuse.
wv::Value valueFrom(const wv::ExperimentInfo& info, const std::string& id,
                    const std::string& text) {
  const wv::Parameter* parameter = wv::findParameter(info.parameters, id);
  const bool takesNumber = parameter != nullptr && (parameter->kind == wv::Kind::real ||
                                                    parameter->kind == wv::Kind::integer);
  const std::optional<double> number = wv::parseDecimal(text);
  return takesNumber && number ? wv::Value(*number) : wv::Value(text);
}

// "" or what is wrong with this word.
std::string take(const wv::ExperimentInfo& info, const std::string& word, Request& request) {
  const std::size_t equals = word.find('=');
  if (word.rfind("--", 0) != 0 || equals == std::string::npos) {
    return "“" + word + "” is no option: options look like --alpha=0.05.";
  }
  const std::string id = word.substr(2, equals - 2), text = word.substr(equals + 1);
  if (id == "steps") {
    const std::optional<double> steps = wv::parseDecimal(text);
    if (!steps || *steps < 0 || *steps > mostSteps || *steps != std::floor(*steps)) {
      return "steps must be a whole number from 0 to 4000000000; “" + text + "” is none.";
    }
    request.steps = static_cast<int>(std::min(*steps, 2e9));
  } else if (id == "channels") {
    request.channels = splitAtCommas(text);
  } else if (id == "format") {
    if (text != "csv" && text != "json") {
      return "format must be csv or json, not “" + text + "”.";
    }
    request.json = text == "json";
  } else if (id == "data") {
    request.dataFolder = text;
  } else if (id == "own") {
    request.ownTable = text;
  } else {
    request.settings.push_back({id, valueFrom(info, id, text)});
  }
  return {};
}

// "" or why the file is no table.
std::string addTable(wv::DataLibrary& data, const std::string& id, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return "The file “" + path + "” cannot be read.";
  }
  std::ostringstream text;
  text << file.rdbuf();
  wv::CsvResult result = wv::readCsv(text.str());
  if (!result.issues.empty()) {
    const wv::CsvIssue& first = result.issues.front();
    return path + ", line " + std::to_string(first.line) + ", column " +
           std::to_string(first.column) + ": " + first.message;
  }
  data.add(id, std::move(result.table));
  return {};
}

// All that ship, and the user's own.
std::string addData(const Request& request, wv::DataLibrary& data) {
  for (const wv::DatasetInfo& set : wv::datasets()) {
    const std::string wrong =
        addTable(data, std::string(set.id), request.dataFolder + "/" + std::string(set.file));
    if (!wrong.empty()) {
      return wrong;
    }
  }
  return request.ownTable.empty() ? std::string()
                                  : addTable(data, std::string(wv::ownDatasetId), request.ownTable);
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

struct Columns {
  std::string id;
  wv::Channel channel;
  std::size_t rows = 0, columns = 1;
};

Columns columnsOf(const wv::Experiment& run, const std::string& id) {
  Columns all{id, run.channel(id)};
  all.rows = static_cast<std::size_t>(all.channel.shape.front());
  for (std::size_t k = 1; k < all.channel.shape.size(); ++k) {
    all.columns *= static_cast<std::size_t>(all.channel.shape[k]);
  }
  return all;
}

void printCsv(const std::vector<Columns>& channels) {
  std::size_t rows = 0;
  std::string separator;
  for (const Columns& each : channels) {
    rows = std::max(rows, each.rows);
    for (std::size_t c = 0; c < each.columns; ++c) {
      const std::string place = each.columns == 1 ? "" : "_" + std::to_string(c);
      std::printf("%s%s%s", separator.c_str(), each.id.c_str(), place.c_str());
      separator = ",";
    }
  }
  std::printf("\n");
  for (std::size_t r = 0; r < rows; ++r) {
    separator.clear();
    for (const Columns& each : channels) {
      for (std::size_t c = 0; c < each.columns; ++c) {
        std::printf("%s", separator.c_str());
        if (r < each.rows) {
          std::printf("%.17g", each.channel.data[r * each.columns + c]);
        }
        separator = ",";
      }
    }
    std::printf("\n");
  }
}

// JSON knows no infinity: null stands for it.
void printNumber(double x) {
  if (std::isfinite(x)) {
    std::printf("%.17g", x);
  } else {
    std::printf("null");
  }
}

void printJson(const wv::Experiment& run, const std::vector<Columns>& channels) {
  static const char* const states[] = {"running", "finished", "diverged"};
  const wv::Status status = run.status();
  std::printf("{\"state\":\"%s\",\"step\":%u,\"channels\":{",
              states[static_cast<int>(status.state)], status.step);
  for (std::size_t k = 0; k < channels.size(); ++k) {
    const Columns& each = channels[k];
    std::printf("%s\"%s\":{\"shape\":[", k == 0 ? "" : ",", each.id.c_str());
    for (std::size_t i = 0; i < each.channel.shape.size(); ++i) {
      std::printf("%s%d", i == 0 ? "" : ",", each.channel.shape[i]);
    }
    std::printf("],\"data\":[");
    for (std::size_t i = 0; i < each.rows * each.columns; ++i) {
      std::printf("%s", i == 0 ? "" : ",");
      printNumber(each.channel.data[i]);
    }
    std::printf("]}");
  }
  std::printf("}}\n");
}

int runExperiment(const wv::ExperimentInfo& info, const std::vector<std::string>& words) {
  Request request;
  request.dataFolder = defaultDataFolder();
  for (const std::string& word : words) {
    const std::string wrong = take(info, word, request);
    if (!wrong.empty()) {
      return complain(wrong, refused);
    }
  }
  const auto isChannel = [&](const std::string& id) {
    return std::any_of(info.channels.begin(), info.channels.end(),
                       [&](const wv::ChannelInfo& channel) { return channel.id == id; });
  };
  if (request.channels.empty()) {
    request.channels = {std::string(info.channels.front().id)};
  }
  for (const std::string& id : request.channels) {
    if (!isChannel(id)) {
      return complain("“" + id + "” is no channel of " + std::string(info.id) +
                          "; wide-valley describe " + std::string(info.id) + " lists them.",
                      refused);
    }
  }
  wv::DataLibrary data;
  const std::string wrong = addData(request, data);
  if (!wrong.empty()) {
    return complain(wrong, refused);
  }
  const wv::Creation creation = wv::createExperiment(info.id, request.settings, data);
  for (const wv::Issue& issue : creation.issues) {
    complain(issue.message, refused);
  }
  if (!creation.experiment) {
    return refused;
  }
  advance(*creation.experiment, request.steps);
  std::vector<Columns> channels;
  for (const std::string& id : request.channels) {
    channels.push_back(columnsOf(*creation.experiment, id));
  }
  if (request.json) {
    printJson(*creation.experiment, channels);
  } else {
    printCsv(channels);
  }
  return 0;
}

std::string textOf(const wv::Value& value) {
  const double* number = std::get_if<double>(&value);
  return number != nullptr ? wv::formatNumber(*number) : std::get<std::string>(value);
}

std::string rangeOf(const wv::Parameter& parameter) {
  if (parameter.kind == wv::Kind::choice) {
    std::string all;
    for (const wv::Choice& choice : parameter.choices) {
      all += (all.empty() ? "" : " | ") + std::string(choice.id);
    }
    return all;
  }
  return parameter.kind == wv::Kind::text
             ? "text"
             : wv::formatNumber(parameter.min) + " to " + wv::formatNumber(parameter.max);
}

int describe(const wv::ExperimentInfo& info) {
  std::printf("%s: %s (%s)\n\nparameters\n", info.id.data(), info.title.data(),
              info.section.data());
  for (const wv::Parameter& parameter : info.parameters) {
    std::printf("  --%s=%s   %s; %s%s\n", parameter.id.data(), textOf(parameter.initial).c_str(),
                rangeOf(parameter).c_str(), parameter.help.data(), parameter.live ? "; live" : "");
  }
  std::printf("\nchannels\n");
  for (const wv::ChannelInfo& channel : info.channels) {
    std::printf("  %s %s   %s\n", channel.id.data(), channel.shape.data(), channel.label.data());
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 1 && words[0] == "list") {
    for (const wv::ExperimentInfo& info : wv::experiments()) {
      std::printf("%s\t%s\t%s\n", info.id.data(), info.title.data(), info.section.data());
    }
    return 0;
  }
  if (words.size() < 2 || (words[0] != "describe" && words[0] != "run")) {
    std::fprintf(stderr, "%s", usage);
    return unusable;
  }
  const wv::ExperimentInfo* info = wv::findExperiment(words[1]);
  if (info == nullptr) {
    return complain("There is no experiment “" + words[1] + "”; wide-valley list names them.",
                    refused);
  }
  return words[0] == "describe" ? describe(*info)
                                : runExperiment(*info, {words.begin() + 2, words.end()});
}
