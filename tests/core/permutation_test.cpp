#include "random/permutation.hpp"

#include <doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "golden.hpp"

namespace {

using namespace wv;
using wv::test::hashOf;

IndexTable permutations(const Address& address, int n, Eigen::Index replicates) {
  IndexTable order(replicates, n);
  fillPermutations(address, order);
  return order;
}

std::vector<int> rowOf(const IndexTable& order, Eigen::Index r) {
  std::vector<int> row(static_cast<std::size_t>(order.cols()));
  for (Eigen::Index k = 0; k < order.cols(); ++k) row[static_cast<std::size_t>(k)] = order(r, k);
  return row;
}

// Chi-square of the counts of all n! orders in units of its standard deviation sqrt(2 (n! - 1)),
// from its mean n! - 1.
double chiSquareError(const IndexTable& order, double factorial) {
  std::map<std::vector<int>, double> count;
  for (Eigen::Index r = 0; r < order.rows(); ++r) count[rowOf(order, r)] += 1;
  CHECK(static_cast<double>(count.size()) == factorial);
  const double expected = static_cast<double>(order.rows()) / factorial;
  double chiSquare = 0;
  for (const auto& [row, times] : count) {
    chiSquare += (times - expected) * (times - expected) / expected;
  }
  return (chiSquare - (factorial - 1)) / std::sqrt(2 * (factorial - 1));
}

TEST_CASE("every row is a permutation") {
  for (int n : {1, 2, 17, 300}) {
    const IndexTable order = permutations({1, Stream::permutation, 0, 0, 0}, n, 200);
    for (Eigen::Index r = 0; r < order.rows(); ++r) {
      std::vector<int> row = rowOf(order, r);
      std::sort(row.begin(), row.end());
      for (int k = 0; k < n; ++k) REQUIRE(row[static_cast<std::size_t>(k)] == k);
    }
  }
}

// A sound shuffle misses four standard deviations for one seed in some thousands; the seeds are
// fixed. A shuffle that exchanges with any position, the usual mistake, misses by hundreds: with
// n = 3 it gives some orders the probability 4/27 instead of 1/6.
TEST_CASE("all orders of three and of four are equally likely") {
  for (std::uint32_t epoch : {0U, 1U, 1000U}) {
    const Address address{2, Stream::permutation, epoch, 0, 0};
    CHECK(std::fabs(chiSquareError(permutations(address, 3, 120000), 6)) < 4);
    CHECK(std::fabs(chiSquareError(permutations(address, 4, 120000), 24)) < 4);
  }
}

TEST_CASE("every position of a long order is uniform, and so is the step to the next position") {
  constexpr int n = 50, replicates = 50000;
  const IndexTable order = permutations({3, Stream::permutation, 7, 0, 0}, n, replicates);
  const auto check = [](const Column& count) {
    const double expected = count.sum() / static_cast<double>(count.size());
    const auto freedom = static_cast<double>(count.size() - 1);
    const double chiSquare = (count - expected).square().sum() / expected;
    CHECK(std::fabs(chiSquare - freedom) < 4 * std::sqrt(2 * freedom));
  };
  for (int k : {0, 1, 24, 48, 49}) {
    Column at = Column::Zero(n), step = Column::Zero(n - 1);
    for (int r = 0; r < replicates; ++r) {
      at[order(r, k)] += 1;
      step[(order(r, (k + 1) % n) - order(r, k) + n) % n - 1] += 1;
    }
    check(at);
    check(step);
  }
}

TEST_CASE("the orders of different epochs are independent") {
  // Agreements of position 0 are Bernoulli(1/n).
  constexpr int n = 20, replicates = 100000;
  const IndexTable one = permutations({4, Stream::permutation, 0, 0, 0}, n, replicates);
  const IndexTable two = permutations({4, Stream::permutation, 1, 0, 0}, n, replicates);
  for (int k : {0, 10, 19}) {
    const double share = (one.col(k) == two.col(k)).cast<double>().mean();
    const double error = std::sqrt((1.0 / n) * (1 - 1.0 / n) / replicates);
    CHECK(std::fabs(share - 1.0 / n) < 4 * error);
  }
}

TEST_CASE("splitting the replicates of an order anywhere changes no bit") {
  const Address whole{5, Stream::permutation, 3, 0, 0xffffff00};  // wraps at 2^32
  const IndexTable order = permutations(whole, 33, 700);
  IndexTable split(700, 33);
  const int cuts[] = {0, 1, 4, 131, 259, 260, 513, 700};
  for (int part = 0; part < 7; ++part) {
    Address address = whole;
    address.firstReplicate += static_cast<std::uint32_t>(cuts[part]);
    fillPermutations(address, split.middleRows(cuts[part], cuts[part + 1] - cuts[part]));
  }
  CHECK((split == order).all());
}

TEST_CASE("a shuffle in parts is the whole shuffle, and settled positions stay") {
  const Address address{6, Stream::permutation, 2, 0, 9};
  const IndexTable order = permutations(address, 40, 300);
  IndexTable walked(300, 40);
  startPermutations(walked);
  int settled = 0;
  for (int end : {1, 2, 7, 39, 40}) {
    shufflePositions(address, settled, end, walked);
    settled = end;
    CHECK((walked.leftCols(settled) == order.leftCols(settled)).all());
  }
}

TEST_CASE("golden hash of the permutations") {
  CHECK(hashOf(permutations({2024, Stream::permutation, 17, 0, 1000}, 97, 301)) ==
        0xd72ad1c6c3e0f37c);
}

}  // namespace
