#include "random/fill.hpp"

#include <doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "golden.hpp"

namespace {

using namespace wv;
using wv::test::hashOf;

constexpr int kSample = 200000;

// Seeds are fixed, so nothing here is left to chance. Each statistic may deviate by four standard
// errors: of a sound generator one seed in 16 000 would.
constexpr double kStandardErrors = 4;

Block uniformBlock(const Address& address, int rows, int cols) {
  Block block(rows, cols);
  fillUniform(address, block);
  return block;
}

Block normalBlock(const Address& address, int rows, int cols) {
  Block block(rows, cols);
  fillNormal(address, block);
  return block;
}

IndexColumn indexColumn(const Address& address, int n, int rows) {
  IndexColumn index(rows);
  fillIndex(address, n, index);
  return index;
}

// sqrt(n) times the Kolmogorov-Smirnov distance to a continuous distribution.
double kolmogorov(const Column& sample, const std::function<double(double)>& distribution) {
  Column sorted = sample;
  std::sort(sorted.data(), sorted.data() + sorted.size());
  const auto n = static_cast<double>(sorted.size());
  double distance = 0;
  for (Eigen::Index i = 0; i < sorted.size(); ++i) {
    const double p = distribution(sorted[i]);
    const auto rank = static_cast<double>(i);
    distance = std::max({distance, p - rank / n, (rank + 1) / n - p});
  }
  return std::sqrt(n) * distance;
}

// In standard errors, for entries that are independent of mean 0 and variance 1.
double correlationError(const Column& a, const Column& b) {
  return std::fabs((a * b).mean()) * std::sqrt(static_cast<double>(a.size()));
}

// Standardised squares see dependence that leaves the correlation at zero.
Column squares(const Column& normal) { return (normal.square() - 1) / std::sqrt(2.0); }

void checkIndependent(const Column& a, const Column& b) {
  CHECK(correlationError(a, b) < kStandardErrors);
  CHECK(correlationError(squares(a), squares(b)) < kStandardErrors);
  CHECK(correlationError(squares(a), b) < kStandardErrors);
}

TEST_CASE("uniform numbers are odd multiples of 2^-53 in the open unit interval") {
  const Block u = uniformBlock({1, Stream::uniform, 0, 0, 0}, 1000, 3);
  const Block scaled = u * 0x1p53;
  CHECK(u.minCoeff() > 0);
  CHECK(u.maxCoeff() < 1);
  CHECK((scaled == scaled.floor()).all());
  CHECK((scaled - 2 * (0.5 * scaled).floor() == 1).all());
}

TEST_CASE("uniform numbers are uniform") {
  const Block u = uniformBlock({2, Stream::uniform, 3, 4, 5}, kSample, 2);
  const double error = 1 / std::sqrt(12.0 * kSample);
  for (int column = 0; column < 2; ++column) {
    CHECK(std::fabs(u.col(column).mean() - 0.5) < kStandardErrors * error);
    // 1.95 is the 0.1 % point of Kolmogorov's distribution.
    CHECK(kolmogorov(u.col(column), [](double x) { return x; }) < 1.95);
  }
}

TEST_CASE("normal numbers have the moments and the distribution of N(0, 1)") {
  const Block block = normalBlock({3, Stream::normal, 0, 0, 0}, kSample, 2);
  const double root = std::sqrt(static_cast<double>(kSample));
  for (int column = 0; column < 2; ++column) {
    const Column z = block.col(column);
    // Var z^k = m_2k - m_k^2 with the moments 1, 3, 15, 105.
    CHECK(std::fabs(z.mean()) * root < kStandardErrors);
    CHECK(std::fabs(z.square().mean() - 1) * root < kStandardErrors * std::sqrt(2.0));
    CHECK(std::fabs(z.cube().mean()) * root < kStandardErrors * std::sqrt(15.0));
    CHECK(std::fabs(z.square().square().mean() - 3) * root < kStandardErrors * std::sqrt(96.0));
    CHECK(kolmogorov(z, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }) < 1.95);
  }
}

TEST_CASE("normal numbers are the Box-Muller transform of the uniform numbers of their address") {
  const Address address{4, Stream::normal, 1, 2, 3};
  const Block u = uniformBlock(address, 500, 2);
  const Block z = normalBlock(address, 500, 2);
  const double twoPi = 2 * std::acos(-1.0);
  for (int row = 0; row < 500; ++row) {
    const double radius = std::sqrt(-2 * std::log(u(row, 0)));
    CHECK(std::fabs(z(row, 0) - radius * std::cos(twoPi * u(row, 1))) < 1e-14);
    CHECK(std::fabs(z(row, 1) - radius * std::sin(twoPi * u(row, 1))) < 1e-14);
  }
}

TEST_CASE("indices are uniform on 0 .. n - 1") {
  for (int n : {2, 3, 10, 97}) {
    const IndexColumn index = indexColumn({5, Stream::index, 1, 0, 0}, n, kSample);
    Column count = Column::Zero(n);
    for (int i : index) count[i] += 1;
    const double expected = static_cast<double>(kSample) / n;
    const double chiSquare = (count - expected).square().sum() / expected;
    // Chi-square of n - 1 degrees of freedom has standard deviation sqrt(2 (n - 1)).
    CHECK(std::fabs(chiSquare - (n - 1)) < kStandardErrors * std::sqrt(2.0 * (n - 1)));
  }
}

TEST_CASE("indices at the ends of the range of n") {
  const Address address{6, Stream::index, 0, 0, 0};
  CHECK((indexColumn(address, 1, 1000) == 0).all());

  constexpr int kLargest = 2147483647;
  const IndexColumn index = indexColumn(address, kLargest, kSample);
  CHECK(index.minCoeff() >= 0);
  CHECK(index.maxCoeff() < kLargest);
  const double mean = index.cast<double>().mean() / kLargest;
  CHECK(std::fabs(mean - 0.5) < kStandardErrors / std::sqrt(12.0 * kSample));

  // For a power of two the index is the leading bits.
  const IndexColumn leading = indexColumn(address, 1 << 30, 1000);
  for (std::uint32_t row = 0; row < 1000; ++row) {
    CHECK(leading[row] == static_cast<int>(wordsAt(address, row)[1] >> 2));
  }
}

TEST_CASE("streams, seeds, steps, slots, columns and replicates are independent") {
  const Address origin{7, Stream::normal, 10, 20, 30};
  const Column base = normalBlock(origin, kSample, 1).col(0);
  for (Stream stream : {Stream::index, Stream::uniform, Stream::initial}) {
    checkIndependent(base, normalBlock({7, stream, 10, 20, 30}, kSample, 1).col(0));
  }
  checkIndependent(base, normalBlock({8, Stream::normal, 10, 20, 30}, kSample, 1).col(0));
  checkIndependent(base, normalBlock({7, Stream::normal, 11, 20, 30}, kSample, 1).col(0));
  checkIndependent(base, normalBlock({7, Stream::normal, 10, 21, 30}, kSample, 1).col(0));
  // Step and slot exchanged.
  checkIndependent(base, normalBlock({7, Stream::normal, 20, 10, 30}, kSample, 1).col(0));

  const Block columns = normalBlock(origin, kSample, 3);
  checkIndependent(columns.col(0), columns.col(1));
  checkIndependent(columns.col(0), columns.col(2));
  for (int lag : {1, 2, 4, 128}) {
    checkIndependent(base.head(kSample - lag), base.tail(kSample - lag));
  }
}

TEST_CASE("a small fill is the top of a large one") {
  const Address address{9, Stream::normal, 1, 0, 0};
  CHECK((normalBlock(address, 100, 3) == normalBlock(address, 1000, 3).topRows(100)).all());
  CHECK((uniformBlock(address, 100, 3) == uniformBlock(address, 1000, 3).topRows(100)).all());
  CHECK((indexColumn(address, 60, 100) == indexColumn(address, 60, 1000).head(100)).all());
}

TEST_CASE("splitting the replicates anywhere changes no bit") {
  const Address whole{10, Stream::normal, 2, 5, 77};
  const Block uniform = uniformBlock(whole, 1000, 5), normal = normalBlock(whole, 1000, 5);
  const IndexColumn index = indexColumn(whole, 1797, 1000);
  const int cuts[] = {0, 1, 4, 131, 259, 260, 513, 1000};
  Block splitUniform(1000, 5), splitNormal(1000, 5);
  IndexColumn splitIndex(1000);
  for (int part = 0; part < 7; ++part) {
    const int first = cuts[part], rows = cuts[part + 1] - first;
    Address address = whole;
    address.firstReplicate += static_cast<std::uint32_t>(first);
    fillUniform(address, splitUniform.middleRows(first, rows));
    fillNormal(address, splitNormal.middleRows(first, rows));
    fillIndex(address, 1797, splitIndex.segment(first, rows));
  }
  CHECK((splitUniform == uniform).all());
  CHECK((splitNormal == normal).all());
  CHECK((splitIndex == index).all());
}

TEST_CASE("two columns share a slot") {
  const Address address{11, Stream::normal, 2, 5, 0};
  const Block all = normalBlock(address, 200, 5);
  CHECK(slotsOfColumns(4) == 2);
  CHECK(slotsOfColumns(5) == 3);
  for (std::uint32_t slot = 0; slot < slotsOfColumns(4); ++slot) {
    const Block pair = normalBlock({11, Stream::normal, 2, 5 + slot, 0}, 200, 2);
    CHECK((all.middleCols(2 * static_cast<Eigen::Index>(slot), 2) == pair).all());
  }
  CHECK((all.rightCols(1) == normalBlock({11, Stream::normal, 2, 7, 0}, 200, 1)).all());
}

TEST_CASE("replicates count modulo 2^32") {
  const Block wrapped = normalBlock({12, Stream::normal, 0, 0, 0xfffffff0}, 32, 2);
  CHECK((wrapped.bottomRows(16) == normalBlock({12, Stream::normal, 0, 0, 0}, 16, 2)).all());
}

TEST_CASE("single numbers are those of the fills") {
  const Address address{13, Stream::acceptance, 3, 1, 5};
  const Block u = uniformBlock(address, 300, 1);
  const IndexColumn index = indexColumn(address, 41, 300);
  for (std::uint32_t row = 0; row < 300; ++row) {
    CHECK(uniformAt(address, row) == u(row, 0));
    CHECK(indexAt(address, 41, row) == index[row]);
  }
}

TEST_CASE("indices of many steps are those of each step") {
  for (const int count : {1, 128, 300}) {
    IndexColumn index(count);
    fillIndexOfSteps({13, Stream::index, 0xfffffff0, 2, 5}, 1797, index);
    for (int i = 0; i < count; ++i) {
      const std::uint32_t step = 0xfffffff0 + static_cast<std::uint32_t>(i);
      CHECK(index[i] == indexAt({13, Stream::index, step, 2, 5}, 1797, 0));
    }
  }
}

TEST_CASE("empty fills write nothing") {
  const Address address{14, Stream::normal, 0, 0, 0};
  CHECK(normalBlock(address, 0, 3).size() == 0);
  CHECK(uniformBlock(address, 3, 0).size() == 0);
  CHECK(indexColumn(address, 5, 0).size() == 0);
}

TEST_CASE("golden hashes of the fills") {
  const Address address{2024, Stream::normal, 17, 3, 1000};
  CHECK(hashOf(uniformBlock(address, 5001, 3)) == 0xcbb13380a15b6e51);
  CHECK(hashOf(normalBlock(address, 5001, 3)) == 0x47c44ae523628fb6);
  CHECK(hashOf(indexColumn(address, 1000003, 5001)) == 0x3040a2b7627e1041);
}

}  // namespace
