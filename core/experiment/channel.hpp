// What an experiment measures and predicts, by name.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "numeric/block.hpp"

namespace wv {

struct ChannelInfo {
  std::string_view id, label, unit = {};
  std::string_view shape;  // in words: "[t+1, d]"
  bool costly = false;     // worked out when asked for, in up to a second or so; kept until a step
};

// Whether each row belongs to one replicate and depends on no other: what a shard may report.
inline bool hasReplicateRows(const ChannelInfo& channel) {
  return channel.shape == "[R]" || channel.shape.starts_with("[R,");
}

// A view into the experiment's own memory, valid until it next advances; row-major.
struct Channel {
  std::vector<int> shape;
  const double* data = nullptr;
};

inline std::vector<ChannelInfo> joinedChannels(std::vector<ChannelInfo> first,
                                               const std::vector<ChannelInfo>& rest) {
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

inline Channel vectorChannel(const std::vector<double>& values) {
  return {{static_cast<int>(values.size())}, values.data()};
}

// Columns of equal length beside each other; nothing of none.
inline std::vector<double> rowMajor(const std::vector<Column>& columns) {
  std::vector<double> rows;
  for (Eigen::Index r = 0; !columns.empty() && r < columns.front().size(); ++r) {
    for (const Column& column : columns) {
      rows.push_back(column(r));
    }
  }
  return rows;
}

// What an experiment keeps of a channel: a vector or, with columns, a row-major table.
struct NamedValues {
  std::string_view id;
  const std::vector<double>* values;
  int columns = 0;
};

// Without data where none of them has this id.
inline Channel findChannel(std::span<const NamedValues> all, std::string_view id) {
  for (const NamedValues& each : all) {
    if (each.id == id) {
      const int size = static_cast<int>(each.values->size());
      return each.columns == 0 ? vectorChannel(*each.values)
                               : Channel{{size / each.columns, each.columns}, each.values->data()};
    }
  }
  return {};
}

}  // namespace wv
