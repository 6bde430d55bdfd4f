#include "experiment/gap_series.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/statistics.hpp"

namespace wv {
namespace {

// Linear between order statistics (type 7 of Hyndman and Fan 1996), as numeric::quantile, without a
// full sort. Leaves `values` partitioned so that a greater p may follow.
double quantileFrom(Column& values, Eigen::Index sortedUpTo, double p) {
  const double position = p * static_cast<double>(values.size() - 1);
  const auto low = static_cast<Eigen::Index>(std::floor(position));
  double* const begin = values.data();
  double* const end = begin + values.size();
  std::nth_element(begin + sortedUpTo, begin + low, end);
  const double fraction = position - static_cast<double>(low);
  if (fraction == 0) {
    return begin[low];
  }
  return begin[low] + fraction * (*std::min_element(begin + low + 1, end) - begin[low]);
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
  Column values = gap;
  Eigen::Index sortedUpTo = 0;
  for (const double p : recordedQuantiles) {
    quantiles_.push_back(quantileFrom(values, sortedUpTo, p));
    sortedUpTo = static_cast<Eigen::Index>(p * static_cast<double>(values.size() - 1));
  }
  return true;
}

}  // namespace wv
