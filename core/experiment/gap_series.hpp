// What an ensemble of replicates measures of f - f*, step by step.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "experiment/channel.hpp"
#include "numeric/block.hpp"

namespace wv {

// The quantiles that are recorded, in this order.
inline constexpr std::array<double, 5> recordedQuantiles = {0.05, 0.25, 0.5, 0.75, 0.95};

// The channels `gap` and `gapStandardError` of an experiment, of this shape.
std::vector<ChannelInfo> gapChannels(std::string_view label, std::string_view shape);

class GapSeries {
 public:
  // `gap`, `gapStandardError`, `quantiles` and `gaps`.
  static std::vector<ChannelInfo> channels();
  // One of them; without data for any other id.
  Channel channel(std::string_view id) const;

  // `gap` holds f(x_t) - f* of each replicate at the next step. Rounding may leave it a little
  // below zero; it is taken as it is. False, with nothing recorded, when an entry is not finite.
  bool record(const ColumnIn& gap);

  // The gaps of the last step.
  const std::vector<double>& last() const { return last_; }
  // [t+1] each; the standard error of the mean is 0 for a single replicate.
  const std::vector<double>& mean() const { return mean_; }
  const std::vector<double>& standardError() const { return standardError_; }
  // [t+1, 5], row-major.
  const std::vector<double>& quantiles() const { return quantiles_; }

 private:
  std::vector<double> last_, mean_, standardError_, quantiles_;
};

}  // namespace wv
