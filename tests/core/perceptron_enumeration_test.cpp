#include "perceptron/enumeration.hpp"

#include <doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "perceptron/generalisation.hpp"
#include "random/splitmix64.hpp"
#include "total.hpp"

namespace {

using namespace wv;
using wv::test::total;

std::vector<std::int8_t> weightsOf(WeightBits bits, int d) {
  std::vector<std::int8_t> w;
  w.reserve(static_cast<std::size_t>(d));
  for (int j = 0; j < d; ++j) {
    w.push_back((bits >> j & 1) != 0 ? 1 : -1);
  }
  return w;
}

PerceptronEnumeration enumerated(const PerceptronInstance& instance) {
  PerceptronEnumeration all(instance);
  all.advance(all.blocks());
  CHECK(all.isFinished());
  return all;
}

// Distances, neighbours and clusters, by every pair of solutions.
void checkAgainstPairs(const PerceptronEnumeration& all, const std::vector<WeightBits>& solutions,
                       WeightBits teacher) {
  std::vector<double> distances(all.solutionsByDistance().size(), 0);
  std::vector<std::size_t> clusterOf(solutions.size());
  std::iota(clusterOf.begin(), clusterOf.end(), std::size_t{0});
  std::vector<int> nearOne(solutions.size(), 0), nearEight = nearOne;
  for (std::size_t a = 0; a < solutions.size(); ++a) {
    ++distances[static_cast<std::size_t>(hammingDistance(solutions[a], teacher))];
    for (std::size_t b = 0; b < solutions.size(); ++b) {
      const int flips = hammingDistance(solutions[a], solutions[b]);
      nearOne[a] += flips == 1 ? 1 : 0;
      nearEight[a] += flips > 0 && flips <= 8 ? 1 : 0;
      if (flips == 1 && clusterOf[a] != clusterOf[b]) {
        std::replace(clusterOf.begin(), clusterOf.end(), clusterOf[b], clusterOf[a]);
      }
    }
  }
  CHECK(all.solutionsByDistance() == distances);
  const Neighbourhoods one(all.solutions(), 1), eight(all.solutions(), 8);
  for (std::size_t a = 0; a < solutions.size(); ++a) {
    CHECK(one.count(solutions[a]) == nearOne[a]);
    CHECK(eight.count(solutions[a]) == nearEight[a]);
  }
  const SolutionClusters clusters = clusterSolutions(all.solutions(), solutions);
  CHECK(std::accumulate(clusters.sizes.begin(), clusters.sizes.end(), std::size_t{0}) ==
        solutions.size());
  for (std::size_t a = 0; a < solutions.size(); ++a) {
    CHECK(clusters.sizeOf[a] == std::count(clusterOf.begin(), clusterOf.end(), clusterOf[a]));
  }
}

}  // namespace

TEST_CASE("splitmix64's first number, and the instance of oracle 16") {
  CHECK(SplitMix64(42).next() == 0xbdd732262feb6e95);
  const PerceptronInstance instance = makePerceptron(15, 12, PerceptronLabels::teacher, 7);
  CHECK(perceptronErrors(instance, instance.teacher.data()) == 0);
  const PerceptronEnumeration all = enumerated(instance);
  const std::vector<double> expected = {41, 437, 1297, 2479, 3849, 5340, 5882};
  for (std::size_t e = 0; e < expected.size(); ++e) {
    CHECK(all.histogram()[e] == expected[e]);
  }
  const std::vector<double>& distances = all.solutionsByDistance();
  CHECK(std::vector<double>(distances.begin(), distances.begin() + 7) ==
        std::vector<double>{1, 1, 9, 6, 16, 4, 4});
  const SolutionClusters clusters = clusterSolutions(all.solutions(), {});
  REQUIRE(clusters.sizes.size() == 16);
  CHECK(clusters.sizes[0] == 26);
  CHECK(clusters.sizes[1] == 1);
}

TEST_CASE("the enumeration counts what one weight vector after the other counts") {
  for (const PerceptronLabels labels : {PerceptronLabels::teacher, PerceptronLabels::storage}) {
    for (const int d : {7, 9, 13}) {
      for (const int n : {1, 10, 63}) {
        const PerceptronInstance instance = makePerceptron(d, n, labels, 3);
        const PerceptronEnumeration all = enumerated(instance);
        std::vector<double> histogram(static_cast<std::size_t>(n + 1), 0);
        std::vector<WeightBits> solutions;
        for (WeightBits bits = 0; bits < WeightBits{1} << d; ++bits) {
          const int errors = perceptronErrors(instance, weightsOf(bits, d).data());
          ++histogram[static_cast<std::size_t>(errors)];
          if (errors == 0) {
            solutions.push_back(bits);
          }
        }
        CHECK(all.histogram() == histogram);
        std::vector<WeightBits> found = all.sample(solutions.size() + 1);
        std::sort(found.begin(), found.end());
        CHECK(found == solutions);
        if (solutions.size() < 1000) {
          checkAgainstPairs(all, solutions, bitsOfWeights(instance.teacher));
        }
      }
    }
  }
}

TEST_CASE("the histogram is a palindrome, also on the way, and parts make the whole") {
  const PerceptronInstance instance = makePerceptron(17, 12, PerceptronLabels::storage, 5);
  PerceptronEnumeration parts(instance);
  for (int k = 0; k < 100 && !parts.isFinished(); ++k) {
    parts.advance(37);
    CHECK(
        std::equal(parts.histogram().begin(), parts.histogram().end(), parts.histogram().rbegin()));
    CHECK(total(parts.histogram()) == parts.vectorsDone());
  }
  const PerceptronEnumeration all = enumerated(instance);
  CHECK(parts.histogram() == all.histogram());
  CHECK(total(all.histogram()) == std::ldexp(1, 17));
  CHECK(parts.solutions().words() == all.solutions().words());
}

TEST_CASE("solutions of the first m patterns are those of the instance with m patterns") {
  const PerceptronInstance instance = makePerceptron(11, 20, PerceptronLabels::teacher, 9);
  const PerceptronEnumeration all = enumerated(instance);
  for (int m = 1; m <= 20; ++m) {
    PerceptronInstance first = instance;
    first.n = m;
    CHECK(all.solutionsByPatterns()[static_cast<std::size_t>(m)] ==
          enumerated(first).histogram()[0]);
  }
}

TEST_CASE("generalisation errors: oracle 15, and every pattern counted one by one") {
  CHECK(generalisationErrors(3)[1] == doctest::Approx(0.5).epsilon(1e-15));
  CHECK(generalisationErrors(5)[1] == doctest::Approx(3.0 / 8).epsilon(1e-15));
  CHECK(generalisationErrors(11)[3] == doctest::Approx(49.0 / 128).epsilon(1e-15));
  CHECK(generalisationErrors(101)[25] == doctest::Approx(0.335176402326).epsilon(1e-11));
  const int d = 9;
  const std::vector<double> errors = generalisationErrors(d);
  for (int k = 0; k <= d; ++k) {
    int differ = 0;
    for (WeightBits x = 0; x < WeightBits{1} << d; ++x) {
      const int agree = d - hammingDistance(x, 0);
      const int other = d - hammingDistance(x, (WeightBits{1} << k) - 1);
      differ += (2 * agree > d) != (2 * other > d) ? 1 : 0;
    }
    CHECK(errors[static_cast<std::size_t>(k)] == doctest::Approx(differ / 512.0).epsilon(1e-14));
  }
}

TEST_CASE("expected numbers of solutions: oracle 15, and the mean over instances") {
  CHECK(total(expectedSolutions(15, 15)) == doctest::Approx(12.864805416837).epsilon(1e-12));
  CHECK(total(expectedHistogramOfTeacher(11, 9)) == doctest::Approx(2048));
  CHECK(expectedHistogramOfTeacher(11, 9)[0] == doctest::Approx(total(expectedSolutions(11, 9))));
  CHECK(expectedHistogramOfStorage(11, 9)[0] == doctest::Approx(4));
  for (const PerceptronLabels labels : {PerceptronLabels::teacher, PerceptronLabels::storage}) {
    const int instances = 200;
    double sum = 0, squares = 0;
    for (std::uint64_t seed = 0; seed < instances; ++seed) {
      const double count = enumerated(makePerceptron(11, 9, labels, 1000 + seed)).histogram()[0];
      sum += count;
      squares += count * count;
    }
    const double mean = sum / instances;
    const double error = std::sqrt((squares / instances - mean * mean) / instances);
    const double expected = labels == PerceptronLabels::teacher
                                ? expectedHistogramOfTeacher(11, 9)[0]
                                : expectedHistogramOfStorage(11, 9)[0];
    // 4 standard errors: a seeded test that a right program fails once in 16 000 choices of seeds.
    CHECK(std::fabs(mean - expected) < 4 * error);
  }
}

TEST_CASE("a sample of many solutions is spread evenly over the order in which they were found") {
  const PerceptronEnumeration all = enumerated(makePerceptron(13, 1, PerceptronLabels::teacher, 4));
  const std::vector<WeightBits> every = all.sample(10'000), some = all.sample(100);
  REQUIRE(every.size() > 2000);
  const std::size_t stride = (every.size() + 99) / 100;
  REQUIRE(some.size() == (every.size() + stride - 1) / stride);
  for (std::size_t k = 0; k < some.size(); ++k) {
    CHECK(some[k] == every[k * stride]);
  }
}
