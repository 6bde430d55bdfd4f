#include "cli/output.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace wv::cli {
namespace {

// Printed, it reads back as the same double.
void printExactly(double x) { std::printf("%.17g", x); }

// JSON knows no infinity.
void printJsonNumber(double x) {
  if (std::isfinite(x)) {
    printExactly(x);
  } else {
    std::printf("null");
  }
}

std::string headerOf(const std::vector<Columns>& channels) {
  std::string header;
  for (const Columns& each : channels) {
    for (std::size_t c = 0; c < each.columns; ++c) {
      header += (header.empty() ? "" : ",") + each.id +
                (each.columns == 1 ? "" : "_" + std::to_string(c));
    }
  }
  return header;
}

std::size_t rowCount(const std::vector<Columns>& channels) {
  std::size_t rows = 0;
  for (const Columns& each : channels) {
    rows = std::max(rows, each.rows);
  }
  return rows;
}

void printRow(const std::vector<Columns>& channels, std::size_t row) {
  const char* separator = "";
  for (const Columns& each : channels) {
    for (std::size_t c = 0; c < each.columns; ++c) {
      std::printf("%s", separator);
      if (row < each.rows) {
        printExactly(each.channel.data[row * each.columns + c]);
      }
      separator = ",";
    }
  }
  std::printf("\n");
}

std::string textOf(const Value& value) {
  const double* number = std::get_if<double>(&value);
  return number != nullptr ? formatNumber(*number) : std::get<std::string>(value);
}

std::string rangeOf(const Parameter& parameter) {
  if (parameter.kind == Kind::choice) {
    std::string all;
    for (const Choice& choice : parameter.choices) {
      all += (all.empty() ? "" : " | ") + std::string(choice.id);
    }
    return all;
  }
  if (parameter.kind == Kind::text) {
    return "text, at most " + formatNumber(parameter.max) + " characters";
  }
  const bool isInteger = parameter.kind == Kind::integer;
  const std::string stride =
      isInteger && parameter.stride != 1 ? " in steps of " + formatNumber(parameter.stride) : "";
  return (isInteger ? "whole number, " : "") + formatNumber(parameter.min) + " to " +
         formatNumber(parameter.max) + stride;
}

// "; only with method momentum or parle"
std::string relevanceOf(const Parameter& parameter) {
  std::string text;
  for (const Relevance& condition : parameter.relevant) {
    text += (text.empty() ? "; only with " : " and ") + std::string(condition.parameter) + " ";
    for (std::size_t k = 0; k < condition.values.size(); ++k) {
      text += (k == 0 ? "" : " or ") + std::string(condition.values[k]);
    }
  }
  return text;
}

std::string inBrackets(std::string_view text) {
  return text.empty() ? "" : " (" + std::string(text) + ")";
}

}  // namespace

std::vector<Columns> columnsOf(const Experiment& run, const std::vector<std::string>& channels) {
  std::vector<Columns> all;
  for (const std::string& id : channels) {
    Columns each{id, run.channel(id)};
    each.rows = static_cast<std::size_t>(each.channel.shape.front());
    for (std::size_t k = 1; k < each.channel.shape.size(); ++k) {
      each.columns *= static_cast<std::size_t>(each.channel.shape[k]);
    }
    all.push_back(std::move(each));
  }
  return all;
}

void printCsv(const std::vector<Columns>& channels) {
  std::printf("%s\n", headerOf(channels).c_str());
  for (std::size_t r = 0; r < rowCount(channels); ++r) {
    printRow(channels, r);
  }
}

void printReplicatesCsv(const std::vector<Columns>& channels, std::uint32_t firstReplicate) {
  std::printf("replicate,%s\n", headerOf(channels).c_str());
  for (std::size_t r = 0; r < rowCount(channels); ++r) {
    std::printf("%zu,", firstReplicate + r);
    printRow(channels, r);
  }
}

void printJson(const Status& status, const std::vector<Columns>& channels,
               std::uint32_t firstReplicate) {
  static const char* const states[] = {"running", "finished", "diverged"};
  std::printf("{\"state\":\"%s\",\"step\":%u,\"firstReplicate\":%u,\"channels\":{",
              states[static_cast<int>(status.state)], status.step, firstReplicate);
  for (std::size_t k = 0; k < channels.size(); ++k) {
    const Columns& each = channels[k];
    std::printf("%s\"%s\":{\"shape\":[", k == 0 ? "" : ",", each.id.c_str());
    for (std::size_t i = 0; i < each.channel.shape.size(); ++i) {
      std::printf("%s%d", i == 0 ? "" : ",", each.channel.shape[i]);
    }
    std::printf("],\"data\":[");
    for (std::size_t i = 0; i < each.rows * each.columns; ++i) {
      std::printf("%s", i == 0 ? "" : ",");
      printJsonNumber(each.channel.data[i]);
    }
    std::printf("]}");
  }
  std::printf("}}\n");
}

void printDescription(const ExperimentInfo& info) {
  std::printf("%s: %s (%s)\n\nparameters\n", info.id.data(), info.title.data(),
              info.section.data());
  for (const Parameter& parameter : info.parameters) {
    std::printf("  --%s=%s   %s%s%s; %s%s%s\n", parameter.id.data(),
                textOf(parameter.initial).c_str(), rangeOf(parameter).c_str(),
                inBrackets(parameter.symbol).c_str(), inBrackets(parameter.unit).c_str(),
                parameter.help.data(), relevanceOf(parameter).c_str(),
                parameter.live ? "; live" : "");
    for (const Choice& choice : parameter.choices) {
      std::printf("      %s: %s%s%s\n", choice.id.data(), choice.label.data(),
                  choice.help.empty() ? "" : ", ", choice.help.data());
    }
  }
  std::printf("\nchannels\n");
  for (const ChannelInfo& channel : info.channels) {
    std::printf("  %s %s   %s%s%s\n", channel.id.data(), channel.shape.data(), channel.label.data(),
                inBrackets(channel.unit).c_str(), channel.costly ? "; takes a second" : "");
  }
}

}  // namespace wv::cli
