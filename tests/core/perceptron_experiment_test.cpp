#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "experiment_run.hpp"
#include "total.hpp"

namespace {

using namespace wv;
using namespace wv::test;

Setting text(const char* id, const char* value) { return {id, std::string(value)}; }

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

TEST_CASE("perceptron: of very many solutions all are counted, and a teacher is among them") {
  const auto run = runOf("perceptron", {{"d", 21.0}, {"n", 4.0}});
  run->advance(1000);
  const auto distance = valuesOf(*run, "teacherDistance");
  CHECK(valuesOf(*run, "energyHistogram")[0] == 162'063);
  CHECK(total(distance) == 162'063);
  CHECK(distance[0] == 1);
  CHECK(valuesOf(*run, "clusters") == std::vector<double>{162'063});
  const auto rows = valuesOf(*run, "solutions");
  CHECK(rows.size() <= 3 * 2000);
  double near = 0, squares = 0;
  for (std::size_t k = 0; k < rows.size(); k += 3) {
    near += rows[k + 1];
    squares += rows[k + 1] * rows[k + 1];
    CHECK(rows[k + 2] == 162'063);
  }
  const double count = static_cast<double>(rows.size()) / 3, mean = near / count;
  // The mean over all pairs, to 4 standard errors of the sample's.
  CHECK(std::fabs(mean - 544) < 4 * std::sqrt((squares / count - mean * mean) / count) + 0.5);
}

TEST_CASE("perceptron: another algorithm's solutions are marked where it is asked for") {
  std::vector<std::vector<double>> learned;
  for (const char* algorithm :
       {"clipped", "sbpi", "annealing", "replicated", "belief-propagation"}) {
    CAPTURE(algorithm);
    const auto run = runOf("perceptron", {{"d", 15.0}, {"n", 8.0}, text("algorithm", algorithm)});
    run->advance(1000);
    learned.push_back(valuesOf(*run, "learned"));
    CHECK(learned.back().size() >= 3 * 5);
  }
  const auto usual = runOf("perceptron", {{"d", 15.0}, {"n", 8.0}});
  usual->advance(1000);
  CHECK(valuesOf(*usual, "learned") == learned[1]);
  CHECK(learned[0] != learned[1]);
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

TEST_CASE("perceptron-learning: the epochs that the page's cards name") {
  const auto epochs = [](const std::vector<Setting>& settings) {
    const auto run = runOf("perceptron-learning", settings);
    run->advance(200);
    return valuesOf(*run, "solvedAt");
  };
  CHECK(epochs({{"load", 0.4}}) == std::vector<double>{11, 24, 15, 9, 11});
  CHECK(epochs({{"load", 0.4}, text("algorithm", "clipped")}) ==
        std::vector<double>{55, 110, 65, 41, 26});
  const auto messages = [&](double reinforcement) {
    return epochs({{"d", 101.0},
                   {"load", 0.5},
                   {"replicates", 3.0},
                   {"reinforcement", reinforcement},
                   text("algorithm", "belief-propagation")});
  };
  CHECK(messages(0.1) == std::vector<double>{9, 11, 12});
  CHECK(messages(0.01) == std::vector<double>{31, 77, 92});
}
