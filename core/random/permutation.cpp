#include "random/permutation.hpp"

#include <algorithm>
#include <utility>

#include "random/fill.hpp"

namespace wv {
namespace {

using Eigen::Index;

// All positions of so many replicates stay in cache while they are exchanged.
constexpr Index rowsAtOnce = 128;

}  // namespace

// NOLINTNEXTLINE(performance-unnecessary-value-param): a view, as everywhere.
void fillPermutations(const Address& address, IndexTableOut order) {
  startPermutations(order);
  shufflePositions(address, 0, static_cast<int>(order.cols()), order);
}

void startPermutations(IndexTableOut order) {
  for (Index k = 0; k < order.cols(); ++k) order.col(k).setConstant(static_cast<int>(k));
}

void shufflePositions(const Address& address, int begin, int end, IndexTableOut order) {
  const int n = static_cast<int>(order.cols());
  int ahead[rowsAtOnce];
  for (Index row = 0; row < order.rows(); row += rowsAtOnce) {
    const Index count = std::min(rowsAtOnce, order.rows() - row);
    Address local = address;
    local.firstReplicate += static_cast<std::uint32_t>(row);
    for (int k = begin; k < end; ++k) {
      local.slot = address.slot + static_cast<std::uint32_t>(k);
      fillIndex(local, n - k, Eigen::Map<IndexColumn>(ahead, count));
      for (Index i = 0; i < count; ++i) {
        std::swap(order(row + i, k), order(row + i, k + ahead[i]));
      }
    }
  }
}

}  // namespace wv
