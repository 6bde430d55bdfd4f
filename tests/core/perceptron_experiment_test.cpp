#include <doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiment_run.hpp"

namespace {

using namespace wv;
using namespace wv::test;

Setting text(const char* id, const char* value) { return {id, std::string(value)}; }

double total(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("perceptron: the instance of oracle 16, through the experiment") {
  const auto run = runOf("perceptron", {{"d", 15.0}, {"n", 12.0}, {"seed", 7.0}});
  run->advance(1000);
  CHECK(run->status().state == RunState::finished);
  const auto histogram = valuesOf(*run, "energyHistogram");
  CHECK(histogram[0] == 41);
  CHECK(histogram[6] == 5882);
  CHECK(valuesOf(*run, "solutionsByPatterns").back() == 41);
  const auto distance = valuesOf(*run, "teacherDistance");
  CHECK(distance[4] == 16);
  CHECK(total(distance) == 41);
  CHECK(valuesOf(*run, "clusters").front() == 26);
  CHECK(valuesOf(*run, "clusters").size() == 16);
  CHECK(valuesOf(*run, "solutions").size() == 3 * 41);
}

TEST_CASE("perceptron: on the way the histogram is a palindrome, and d = 25 takes 512 steps") {
  const auto run = runOf("perceptron", {{"d", 25.0}, {"n", 20.0}});
  run->advance(3);
  const auto done = valuesOf(*run, "done");
  CHECK(done[0] == 3 * 512 * 128);
  CHECK(done[1] == 512 * 512 * 128);
  const auto histogram = valuesOf(*run, "energyHistogram");
  CHECK(total(histogram) == done[0]);
  CHECK(std::equal(histogram.begin(), histogram.end(), histogram.rbegin()));
}

TEST_CASE("perceptron: sampled test errors agree with the exact ones") {
  const auto run = runOf("perceptron", {{"d", 21.0}});
  const auto exact = valuesOf(*run, "testError"), sampled = valuesOf(*run, "testErrorSampled");
  for (std::size_t k = 0; k < exact.size(); ++k) {
    // 4.5 standard errors: 22 comparisons, of which a right program fails one in 10^4 choices.
    CHECK(std::fabs(sampled[2 * k] - exact[k]) <=
          4.5 * std::sqrt(exact[k] * (1 - exact[k]) / 4000));
  }
}

TEST_CASE("perceptron: what SBPI finds has more neighbours than a solution has on average") {
  for (const double seed : {1.0, 2.0, 3.0}) {
    const auto run = runOf("perceptron", {{"d", 17.0}, {"n", 10.0}, {"seed", seed}});
    run->advance(1000);
    const auto neighbours = [&](const char* channel) {
      const auto rows = valuesOf(*run, channel);
      REQUIRE(rows.size() > 3 * 20);
      double sum = 0;
      for (std::size_t k = 1; k < rows.size(); k += 3) {
        sum += rows[k];
      }
      return sum / (static_cast<double>(rows.size()) / 3);
    };
    CHECK(neighbours("learned") > 1.2 * neighbours("solutions"));
  }
}

TEST_CASE("perceptron: even dimensions are refused with the reason") {
  CHECK(refusedBy("perceptron", {{"d", 16.0}}) == "d");
  CHECK(refusedBy("perceptron-learning", {{"d", 100.0}}) == "d");
  CHECK(refusedBy("perceptron-learning", {{"d", 2001.0}, {"load", 4.0}, {"replicates", 20.0}}) ==
        "load");
}

TEST_CASE("perceptron-learning: every algorithm solves an easy load, and stops there") {
  for (const char* algorithm :
       {"clipped", "sbpi", "annealing", "replicated", "belief-propagation"}) {
    CAPTURE(algorithm);
    const auto run =
        runOf("perceptron-learning",
              {text("algorithm", algorithm), {"d", 51.0}, {"load", 0.15}, {"replicates", 3.0}});
    run->advance(400);
    CHECK(run->status().state == RunState::finished);
    CHECK(valuesOf(*run, "solvedShare")[0] == 1);
    const auto errors = valuesOf(*run, "errors"), solvedAt = valuesOf(*run, "solvedAt");
    for (std::size_t r = 0; r < 3; ++r) {
      CHECK(errors[3 * static_cast<std::size_t>(solvedAt[r]) + r] == 0);
      CHECK(errors[errors.size() - 3 + r] == 0);
    }
  }
}

TEST_CASE("perceptron-learning: the teacher is found where its labels are many") {
  const auto run =
      runOf("perceptron-learning",
            {text("labels", "teacher"), {"d", 201.0}, {"load", 3.0}, {"replicates", 2.0}});
  run->advance(200);
  const auto overlap = valuesOf(*run, "overlap");
  CHECK(overlap[overlap.size() - 1] == 1);
  CHECK(overlap[overlap.size() - 2] == 1);
  CHECK(valuesOf(*run, "solvedShare")[1] == 0);
}
