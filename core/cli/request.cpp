#include "cli/request.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "experiment/shard.hpp"
#include "objective/csv.hpp"
#include "objective/decimal.hpp"

namespace wv::cli {
namespace {

constexpr double mostSteps = 2'000'000'000;

// Of the checkout, or, where there is none any more, of the installation.
std::string defaultDataFolder() {
  return std::filesystem::is_directory(WV_DATA_FOLDER) ? WV_DATA_FOLDER : WV_INSTALLED_DATA_FOLDER;
}

// A number where the parameter takes one and the text is one; else the text, for the table to
// refuse.
Value valueFrom(const ExperimentInfo& info, const std::string& id, const std::string& text) {
  const Parameter* parameter = findParameter(info.parameters, id);
  const bool takesNumber =
      parameter != nullptr && (parameter->kind == Kind::real || parameter->kind == Kind::integer);
  const std::optional<double> number = parseDecimal(text);
  return takesNumber && number ? Value(*number) : Value(text);
}

std::string exactText(const Value& value) {
  const double* number = std::get_if<double>(&value);
  if (!number) {
    return std::get<std::string>(value);
  }
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.17g", *number);
  return digits;
}

Complaint takeSteps(const std::string& text, Request& request) {
  const std::optional<double> steps = parseDecimal(text);
  if (!steps || *steps < 0 || *steps > mostSteps || *steps != std::floor(*steps)) {
    return "steps must be a whole number from 0 to " + formatNumber(mostSteps) + "; “" + text +
           "” is none.";
  }
  request.steps = static_cast<int>(*steps);
  return {};
}

Complaint takeFormat(const std::string& text, Request& request) {
  if (text != "csv" && text != "json") {
    return "format must be csv or json, not “" + text + "”.";
  }
  request.json = text == "json";
  return {};
}

Complaint takeFirstReplicate(const std::string& text, Request& request) {
  request.firstReplicate = parseDecimal(text);
  return request.firstReplicate ? Complaint()
                                : "first-replicate must be a number, not “" + text + "”.";
}

Complaint take(const ExperimentInfo& info, const std::string& word, Request& request) {
  const std::size_t equals = word.find('=');
  if (word.rfind("--", 0) != 0 || equals == std::string::npos) {
    return "“" + word + "” is no option: options look like --alpha=0.05.";
  }
  const std::string id = word.substr(2, equals - 2), text = word.substr(equals + 1);
  if (id == "steps") {
    return takeSteps(text, request);
  }
  if (id == "format") {
    return takeFormat(text, request);
  }
  if (id == "first-replicate") {
    return takeFirstReplicate(text, request);
  }
  if (id == "channels") {
    request.channels = splitAtCommas(text);
  } else if (id == "data") {
    request.dataFolder = text;
  } else if (id == "own") {
    request.ownTable = text;
  } else {
    request.settings.push_back({id, valueFrom(info, id, text)});
  }
  return {};
}

// A shard reports what it has whole, and all of it unless told otherwise.
Complaint chooseChannels(const ExperimentInfo& info, Request& request) {
  const bool isShard = request.firstReplicate.has_value();
  const std::vector<ChannelInfo> allowed = isShard ? shardChannels(info) : info.channels;
  if (request.channels.empty()) {
    for (const ChannelInfo& channel : allowed) {
      request.channels.emplace_back(channel.id);
      if (!isShard) {
        break;
      }
    }
  }
  for (const std::string& id : request.channels) {
    if (!hasChannel(allowed, id)) {
      std::vector<std::string_view> ids;
      ids.reserve(allowed.size());
      for (const ChannelInfo& channel : allowed) {
        ids.push_back(channel.id);
      }
      return "“" + id + "” is no channel of " + (isShard ? "a shard of " : "") +
             std::string(info.id) + "; there are " + joined(ids) + ".";
    }
  }
  return {};
}

Complaint addTable(DataLibrary& data, const std::string& id, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return "The file “" + path + "” cannot be read.";
  }
  std::ostringstream text;
  text << file.rdbuf();
  CsvResult result = readCsv(text.str());
  if (!result.issues.empty()) {
    const CsvIssue& first = result.issues.front();
    return path + ", line " + std::to_string(first.line) + ", column " +
           std::to_string(first.column) + ": " + first.message;
  }
  data.add(id, std::move(result.table));
  return {};
}

}  // namespace

std::vector<std::string> splitAtCommas(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    parts.push_back(part);
  }
  return parts;
}

bool hasChannel(const std::vector<ChannelInfo>& channels, std::string_view id) {
  return std::any_of(channels.begin(), channels.end(),
                     [&](const ChannelInfo& channel) { return channel.id == id; });
}

Complaint readRequest(const ExperimentInfo& info, const std::vector<std::string>& words,
                      Request& request) {
  request.dataFolder = defaultDataFolder();
  for (const std::string& word : words) {
    Complaint wrong = take(info, word, request);
    if (!wrong.empty()) {
      return wrong;
    }
  }
  return chooseChannels(info, request);
}

Complaint readData(const Request& request, DataLibrary& data) {
  for (const DatasetInfo& set : datasets()) {
    Complaint wrong =
        addTable(data, std::string(set.id), request.dataFolder + "/" + std::string(set.file));
    if (!wrong.empty()) {
      return wrong;
    }
  }
  return request.ownTable.empty() ? Complaint()
                                  : addTable(data, std::string(ownDatasetId), request.ownTable);
}

std::string nameOfWhole(const ExperimentInfo& info, const Request& request) {
  std::string name = std::string(info.id) + " steps=" + std::to_string(request.steps);
  for (const Parameter& parameter : info.parameters) {
    const auto given = std::find_if(request.settings.rbegin(), request.settings.rend(),
                                    [&](const Setting& each) { return each.id == parameter.id; });
    const bool matters = given != request.settings.rend() && parameter.id != "replicates" &&
                         exactText(given->value) != exactText(parameter.initial);
    name += matters ? " " + given->id + "=" + exactText(given->value) : "";
  }
  return name;
}

}  // namespace wv::cli
