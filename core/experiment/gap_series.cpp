#include "experiment/gap_series.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "numeric/statistics.hpp"

namespace wv {
namespace {

using Eigen::Index;

// Puts order statistics, by their ascending indices, where a full sort would. `values` are those
// with the indices from `first` on.
void placeInOrder(std::span<double> values, Index first, std::span<const Index> indices) {
  if (indices.empty()) {
    return;
  }
  const std::size_t middle = indices.size() / 2;
  const auto at = static_cast<std::size_t>(indices[middle] - first);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  placeInOrder(values.first(at), first, indices.first(middle));
  placeInOrder(values.subspan(at + 1), indices[middle] + 1, indices.subspan(middle + 1));
}

// Linear between order statistics (type 7 of Hyndman and Fan 1996), as numeric::quantile, without a
// full sort.
std::array<double, recordedQuantiles.size()> quantilesOf(Column values) {
  const Index last = values.size() - 1;
  std::array<double, recordedQuantiles.size()> quantiles;
  std::array<Index, recordedQuantiles.size()> below;
  for (std::size_t k = 0; k < below.size(); ++k) {
    quantiles[k] = recordedQuantiles[k] * static_cast<double>(last);
    below[k] = static_cast<Index>(std::floor(quantiles[k]));
  }
  std::array<Index, recordedQuantiles.size()> distinct = below;
  const std::span<const Index> placed(distinct.begin(),
                                      std::unique(distinct.begin(), distinct.end()));
  placeInOrder({values.data(), static_cast<std::size_t>(values.size())}, 0, placed);
  for (std::size_t k = 0; k < below.size(); ++k) {
    const double low = values(below[k]);
    const double fraction = quantiles[k] - static_cast<double>(below[k]);
    const auto above = std::upper_bound(placed.begin(), placed.end(), below[k]);
    const Index next = above == placed.end() ? last : *above;
    // Between two that are in place lie those that come between them.
    quantiles[k] =
        fraction == 0
            ? low
            : low + fraction * (values.segment(below[k] + 1, next - below[k]).minCoeff() - low);
  }
  return quantiles;
}

}  // namespace

std::vector<ChannelInfo> gapChannels(std::string_view label, std::string_view shape) {
  return {{"gap", label, "", shape}, {"gapStandardError", "its standard error", "", shape}};
}

std::vector<ChannelInfo> GapSeries::channels() {
  return joinedChannels(gapChannels("mean of f(xₜ) − f* over the replicates", "[t+1]"),
                        {{"quantiles", "5, 25, 50, 75 and 95 % of f(xₜ) − f*", "", "[t+1, 5]"},
                         {"gaps", "f(xₜ) − f* of each replicate at the last step", "", "[R]"}});
}

Channel GapSeries::channel(std::string_view id) const {
  if (id == "quantiles") {
    return {{static_cast<int>(mean_.size()), static_cast<int>(recordedQuantiles.size())},
            quantiles_.data()};
  }
  return id == "gaps"               ? vectorChannel(last_)
         : id == "gap"              ? vectorChannel(mean_)
         : id == "gapStandardError" ? vectorChannel(standardError_)
                                    : Channel{};
}

bool GapSeries::record(const ColumnIn& gap) {
  if (!gap.isFinite().all()) {
    return false;
  }
  last_.assign(gap.begin(), gap.end());
  mean_.push_back(numeric::mean(gap));
  standardError_.push_back(gap.size() > 1 ? numeric::standardError(gap) : 0);
  const auto quantiles = quantilesOf(gap);
  quantiles_.insert(quantiles_.end(), quantiles.begin(), quantiles.end());
  return true;
}

}  // namespace wv
