// What an experiment measures and predicts, by name.
#pragma once

#include <string_view>
#include <vector>

namespace wv {

struct ChannelInfo {
  std::string_view id, label, unit;
  std::string_view shape;  // in words: "[t+1, d]"
};

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

}  // namespace wv
