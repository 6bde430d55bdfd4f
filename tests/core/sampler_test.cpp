#include "method/sampler.hpp"

#include <doctest.h>

#include <cmath>
#include <set>
#include <vector>

#include "golden.hpp"
#include "random/fill.hpp"

namespace {

using namespace wv;
using wv::test::hashOf;

IndexColumn termsAt(const Sampler& sampler, std::uint32_t step, int slot) {
  IndexColumn term(sampler.replicates());
  sampler.fillTerms(step, slot, 0, term);
  return term;
}

// R x the sum of the batch sizes of the steps first .. last - 1.
IndexTable walk(const Sampler& sampler, std::uint32_t first, std::uint32_t last) {
  std::vector<IndexColumn> columns;
  for (std::uint32_t step = first; step < last; ++step) {
    for (int slot = 0; slot < sampler.batchSize(step); ++slot) {
      columns.push_back(termsAt(sampler, step, slot));
    }
  }
  IndexTable table(sampler.replicates(), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t k = 0; k < columns.size(); ++k) {
    table.col(static_cast<Eigen::Index>(k)) = columns[k];
  }
  return table;
}

bool isPermutation(const IndexTable& table, Eigen::Index r) {
  const std::set<int> seen(table.row(r).begin(), table.row(r).end());
  return static_cast<Eigen::Index>(seen.size()) == table.cols() && *seen.begin() == 0 &&
         *seen.rbegin() == table.cols() - 1;
}

}  // namespace

TEST_CASE("sampling modes are found by their ids") {
  for (const SamplingInfo& info : samplings()) {
    CHECK(findSampling(info.id) == info.mode);
  }
  CHECK(!findSampling("bootstrap"));
}

TEST_CASE("an epoch is ceil(n / b) steps, and its last batch is what is left") {
  const Sampler walking({Sampling::reshuffle, 10, 4, 1});
  CHECK(walking.stepsPerEpoch() == 3);
  CHECK(walking.batchSize(0) == 4);
  CHECK(walking.batchSize(1) == 4);
  CHECK(walking.batchSize(2) == 2);
  CHECK(walking.batchSize(3) == 4);
  CHECK(walking.batchSize(3'000'000'002) == 2);
  CHECK(Sampler({Sampling::cyclic, 12, 4, 1}).batchSize(2) == 4);
  const Sampler drawing({Sampling::distinct, 10, 4, 1});
  CHECK(drawing.stepsPerEpoch() == 3);
  CHECK(drawing.batchSize(2) == 4);
}

TEST_CASE("only without repetition does a batch of n use every term") {
  for (const SamplingInfo& info : samplings()) {
    CHECK(Sampler({info.mode, 7, 7, 1}).usesEveryTerm() == (info.mode != Sampling::replacement));
    CHECK(!Sampler({info.mode, 7, 6, 1}).usesEveryTerm());
  }
}

TEST_CASE("every term comes exactly once in an epoch, short last batch included") {
  for (Sampling mode : {Sampling::reshuffle, Sampling::shuffleOnce, Sampling::cyclic}) {
    for (int b : {1, 3, 4, 10}) {
      const Sampler sampler({mode, 10, b, 2, 5, 40});
      const std::uint32_t length = sampler.stepsPerEpoch();
      for (std::uint32_t epoch : {0U, 1U, 77U}) {
        const IndexTable table = walk(sampler, epoch * length, (epoch + 1) * length);
        REQUIRE(table.cols() == 10);
        for (Eigen::Index r = 0; r < table.rows(); ++r) CHECK(isPermutation(table, r));
      }
    }
  }
}

TEST_CASE("reshuffling changes the order, shuffling once keeps the first, cyclic has the data's") {
  const SamplerSettings settings{Sampling::reshuffle, 12, 5, 3, 0, 30};
  SamplerSettings once = settings, cyclic = settings;
  once.mode = Sampling::shuffleOnce;
  cyclic.mode = Sampling::cyclic;
  const Sampler reshuffled(settings), shuffled(once), ordered(cyclic);
  const IndexTable first = walk(reshuffled, 0, 3);
  CHECK((walk(shuffled, 0, 3) == first).all());
  CHECK((walk(shuffled, 27, 30) == first).all());
  CHECK((walk(reshuffled, 27, 30) != first).any());
  // Of 30 orders of 12, two agree with probability 1e-6.
  std::set<std::vector<int>> orders;
  for (Eigen::Index r = 0; r < 30; ++r) orders.insert({first.row(r).begin(), first.row(r).end()});
  CHECK(orders.size() == 30);
  const IndexTable data = walk(ordered, 3, 6);
  for (int k = 0; k < 12; ++k) CHECK((data.col(k) == k).all());
}

TEST_CASE("a size of batch does not change the order that is walked") {
  const Sampler one({Sampling::reshuffle, 11, 1, 4, 0, 20});
  const Sampler four({Sampling::reshuffle, 11, 4, 4, 0, 20});
  CHECK((walk(one, 22, 33) == walk(four, 6, 9)).all());
}

// Each of the C(5, 3) = 10 sets has probability 1/10; chi-square of 9 degrees of freedom has
// standard deviation sqrt(18), and four of them are allowed.
TEST_CASE("distinct batches: every set of b terms is equally likely, at each step anew") {
  constexpr int replicates = 100000;
  const Sampler sampler({Sampling::distinct, 5, 3, 5, 0, replicates});
  for (std::uint32_t step : {0U, 1U, 500U}) {
    const IndexTable table = walk(sampler, step, step + 1);
    Column count = Column::Zero(1 << 5);
    for (int r = 0; r < replicates; ++r) {
      count[(1 << table(r, 0)) | (1 << table(r, 1)) | (1 << table(r, 2))] += 1;
    }
    const double expected = replicates / 10.0;
    double chiSquare = 0;
    for (int set = 0; set < 1 << 5; ++set) {
      if (__builtin_popcount(static_cast<unsigned>(set)) == 3) {
        chiSquare += (count[set] - expected) * (count[set] - expected) / expected;
      } else {
        CHECK(count[set] == 0);
      }
    }
    CHECK(std::fabs(chiSquare - 9) < 4 * std::sqrt(18.0));
  }
  CHECK((walk(sampler, 0, 1) != walk(sampler, 1, 2)).any());
}

TEST_CASE("with replacement the terms are those of the index stream, and repeat") {
  const Sampler sampler({Sampling::replacement, 9, 12, 6, 3, 500});
  IndexColumn expected(500);
  fillIndex({6, Stream::index, 41, 11, 3}, 9, expected);
  CHECK((termsAt(sampler, 41, 11) == expected).all());
  const Sampler distinct({Sampling::distinct, 9, 1, 6, 3, 500});
  CHECK((termsAt(distinct, 41, 0) == termsAt(sampler, 41, 0)).all());
  const IndexTable table = walk(Sampler({Sampling::replacement, 3, 2, 6, 0, 90000}), 0, 1);
  const double repeats = (table.col(0) == table.col(1)).cast<double>().mean();
  CHECK(std::fabs(repeats - 1.0 / 3) < 4 * std::sqrt(2.0 / 9 / 90000));
}

TEST_CASE("steps may be asked for in any order, and rows in any parts") {
  for (const SamplingInfo& info : samplings()) {
    CAPTURE(info.id);
    const SamplerSettings settings{info.mode, 13, 4, 7, 100, 300};
    const Sampler jumping(settings);
    for (std::uint32_t step : {6U, 2U, 3U, 0U, 400U, 2U, 5U, 4U, 7U, 1U}) {
      for (int slot = jumping.batchSize(step) - 1; slot >= 0; --slot) {
        const IndexColumn expected = termsAt(Sampler(settings), step, slot);
        CHECK((termsAt(jumping, step, slot) == expected).all());
        IndexColumn part(37);
        jumping.fillTerms(step, slot, 200, part);
        CHECK((part == expected.segment(200, 37)).all());
      }
    }
  }
}

TEST_CASE("a replicate draws the same terms in any block") {
  for (const SamplingInfo& info : samplings()) {
    CAPTURE(info.id);
    const IndexTable whole = walk(Sampler({info.mode, 21, 5, 8, 0, 100}), 0, 12);
    const IndexTable front = walk(Sampler({info.mode, 21, 5, 8, 0, 37}), 0, 12);
    const IndexTable back = walk(Sampler({info.mode, 21, 5, 8, 37, 63}), 0, 12);
    CHECK((whole.topRows(37) == front).all());
    CHECK((whole.bottomRows(63) == back).all());
  }
}

TEST_CASE("a replicate alone draws the same terms as in a block, at steps in any order") {
  for (const SamplingInfo& info : samplings()) {
    CAPTURE(info.id);
    for (const int batch : {1, 5, 64, 65}) {
      CAPTURE(batch);
      const Sampler block({info.mode, 70, batch, 8, 16, 3});
      const Sampler alone({info.mode, 70, batch, 8, 17, 1});
      for (std::uint32_t step : {0U, 127U, 128U, 3U, 300U, 0xffffffffU}) {
        for (int slot = 0; slot < alone.batchSize(step); ++slot) {
          CHECK(termsAt(alone, step, slot)(0) == termsAt(block, step, slot)(1));
        }
      }
    }
  }
}

TEST_CASE("only tables of at most 2e8 bytes fit") {
  SamplerSettings settings{Sampling::reshuffle, 500, 1, 0, 0, 100'000};
  CHECK(Sampler::fits(settings));  // exactly
  settings.replicates += 1;
  CHECK(!Sampler::fits(settings));
  settings.mode = Sampling::shuffleOnce;
  CHECK(!Sampler::fits(settings));
  settings.mode = Sampling::distinct;
  CHECK(Sampler::fits(settings));
  settings.batch = 500;
  CHECK(!Sampler::fits(settings));
  settings.mode = Sampling::replacement;
  CHECK(Sampler::fits(settings));
  settings.mode = Sampling::cyclic;
  CHECK(Sampler::fits(settings));
}

TEST_CASE("golden hashes of the sampling modes") {
  const auto hash = [](Sampling mode) {
    return hashOf(walk(Sampler({mode, 101, 8, 2024, 1000, 203}), 10, 40));
  };
  CHECK(hash(Sampling::replacement) == 0x495451018783594c);
  CHECK(hash(Sampling::distinct) == 0xc0b0fc84774b5740);
  CHECK(hash(Sampling::reshuffle) == 0xbcee37f14703ea13);
  CHECK(hash(Sampling::shuffleOnce) == 0x3aec338f90b444c9);
}
