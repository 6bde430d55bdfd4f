// Equal bins over an interval, and how a cloud of replicates fills them.
#pragma once

#include <algorithm>
#include <vector>

#include "numeric/block.hpp"

namespace wv {

class HistogramBins {
 public:
  // low < high, count >= 1.
  HistogramBins(double low, double high, int count)
      : edges_(static_cast<std::size_t>(count) + 1), density_(static_cast<std::size_t>(count)) {
    for (int i = 0; i <= count; ++i) {
      edges_[static_cast<std::size_t>(i)] = low + (high - low) * i / count;
    }
  }

  // The share of the entries of x in each bin over its width. What lies outside the bins is in
  // none, so that the bars together hold the share inside. A bin holds its lower edge; the last
  // one both.
  void fill(const ColumnIn& x) {
    std::fill(density_.begin(), density_.end(), 0.0);
    const double low = edges_.front();
    const double high = edges_.back();
    const double binsPerUnit = static_cast<double>(density_.size()) / (high - low);
    const double weight = binsPerUnit / static_cast<double>(x.size());
    for (const double value : x) {
      if (value >= low && value <= high) {
        const auto bin = static_cast<std::size_t>((value - low) * binsPerUnit);
        density_[std::min(bin, density_.size() - 1)] += weight;
      }
    }
  }

  const std::vector<double>& edges() const { return edges_; }      // [k + 1]
  const std::vector<double>& density() const { return density_; }  // [k]

 private:
  std::vector<double> edges_, density_;
};

}  // namespace wv
