// Paths between trained networks, every loss on them worked out again by plain loops.
#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "experiment_run.hpp"
#include "landscape/dependent_units.hpp"
#include "objective/two_layer.hpp"
#include "objective_checks.hpp"
#include "random/fill.hpp"

namespace {

using wv::Point;
using wv::TwoLayer;
using wv::test::runOf;
using wv::test::valuesOf;

constexpr int largest = 100'000;  // steps; every search ends before
constexpr int samples = 64;

wv::Setting text(const char* id, const char* value) { return {id, std::string(value)}; }

// The teacher's data as the experiment says they are drawn.
struct Data {
  wv::Block inputs;
  std::vector<double> targets;
};

double outputAt(const double* theta, std::ptrdiff_t width, const wv::Block& inputs, int i) {
  double output = 0;
  for (std::ptrdiff_t k = 0; k < width; ++k) {
    const double z = theta[2 * k] * inputs(i, 0) + theta[2 * k + 1] * inputs(i, 1);
    output += theta[2 * width + k] * std::fmax(0, z);
  }
  return output;
}

Data dataOf(std::uint32_t seed, int teacherUnits) {
  Data data{wv::Block(samples, 2), {}};
  wv::Block normal(1, 3 * teacherUnits);
  wv::fillNormal({.seed = seed, .stream = wv::Stream::instance}, data.inputs);
  wv::fillNormal({.seed = seed, .stream = wv::Stream::instance, .slot = 1000}, normal);
  double squares = 0;
  for (int i = 0; i < samples; ++i) {  // common factors of the weights do not matter
    data.targets.push_back(outputAt(normal.data(), teacherUnits, data.inputs, i));
    squares += data.targets.back() * data.targets.back();
  }
  for (double& target : data.targets) {
    target /= std::sqrt(squares / samples);
  }
  return data;
}

double lossAt(const Data& data, const double* theta, int width) {
  double sum = 0;
  for (int i = 0; i < samples; ++i) {
    const double residual =
        outputAt(theta, width, data.inputs, i) - data.targets[static_cast<std::size_t>(i)];
    sum += residual * residual;
  }
  return sum / samples;
}

// The highest loss on the path through the beads, at `points` points of each segment.
double highestOn(const Data& data, const std::vector<double>& beads, int width, int points) {
  const std::size_t dim = 3 * static_cast<std::size_t>(width);
  double highest = 0;
  std::vector<double> theta(dim);
  for (std::size_t first = 0; first + dim < beads.size(); first += dim) {
    for (int k = 0; k <= points; ++k) {
      const double t = static_cast<double>(k) / points;
      for (std::size_t j = 0; j < dim; ++j) {
        theta[j] = (1 - t) * beads[first + j] + t * beads[first + dim + j];
      }
      highest = std::max(highest, lossAt(data, theta.data(), width));
    }
  }
  return highest;
}

}  // namespace

TEST_CASE("connectivity: a certified path for p = 16 in d = 2 over 5 pairs") {
  const double level = 0.002;
  const Data data = dataOf(1, 6);
  for (int pair = 1; pair <= 5; ++pair) {
    CAPTURE(pair);
    const double number = pair;
    const auto run = runOf("connectivity", {{"pair", number}, {"pairs", number}});
    run->advance(largest);
    REQUIRE(run->status().state == wv::RunState::finished);
    const auto index = static_cast<std::size_t>(pair - 1);
    CHECK(valuesOf(*run, "found")[index] == 1);
    CHECK(valuesOf(*run, "level")[index] == level);
    CHECK(valuesOf(*run, "barrier")[index] == 0);

    const std::vector<double> beads = valuesOf(*run, "beads");
    const std::size_t dim = 48;
    REQUIRE(beads.size() / dim == valuesOf(*run, "beadCount")[index]);
    for (std::size_t first = 0; first < beads.size(); first += dim) {
      CHECK(lossAt(data, beads.data() + first, 16) <= level);
    }
    // At 131 points a segment, between the 32 that the search looks at: at most a curvature's worth
    // above the level.
    CHECK(highestOn(data, beads, 16, 131) < 1.01 * level);
    // The straight line is no such path.
    std::vector<double> ends(beads.begin(), beads.begin() + dim);
    ends.insert(ends.end(), beads.end() - dim, beads.end());
    const double onChord = highestOn(data, ends, 16, 256);
    CHECK(onChord > 10 * level);
    CHECK(valuesOf(*run, "chordBarrier")[index] == doctest::Approx(onChord - level).epsilon(1e-9));
  }
}

TEST_CASE("connectivity: a run is the sum of its parts") {
  const auto whole = runOf("connectivity", {{"pairs", 2.0}});
  const auto parts = runOf("connectivity", {{"pairs", 2.0}});
  whole->advance(200);
  parts->advance(50);
  valuesOf(*parts, "path");
  parts->advance(100);
  valuesOf(*parts, "window");
  parts->advance(50);
  CHECK(valuesOf(*whole, "searched")[0] == 0);
  CHECK(valuesOf(*whole, "beadCount")[0] > 2);
  for (const char* id : {"beads", "path", "window", "field", "profile", "barrier"}) {
    CAPTURE(id);
    CHECK(valuesOf(*whole, id) == valuesOf(*parts, id));
  }
}

TEST_CASE("connectivity: pair 2 of 2 is pair 2 of 4") {
  const auto two = runOf("connectivity", {{"pairs", 2.0}, {"pair", 2.0}});
  const auto four = runOf("connectivity", {{"pairs", 4.0}, {"pair", 2.0}});
  two->advance(largest);
  four->advance(largest);
  CHECK(valuesOf(*two, "beads") == valuesOf(*four, "beads"));
  CHECK(valuesOf(*two, "highest")[1] == valuesOf(*four, "highest")[1]);
}

TEST_CASE("connectivity: the picture's plane holds both ends and the mean of the beads") {
  const auto run = runOf("connectivity", {});
  run->advance(largest);
  const std::vector<double> path = valuesOf(*run, "path");
  const std::vector<double> window = valuesOf(*run, "window");
  const std::size_t beads = path.size() / 2;
  double mean = 0;
  for (std::size_t i = 0; i < beads; ++i) {
    mean += path[2 * i + 1] / static_cast<double>(beads);
    CHECK(path[2 * i] > window[0]);
    CHECK(path[2 * i + 1] < window[3]);
  }
  CHECK(mean > 0);
  CHECK(std::fabs(path[0]) + std::fabs(path[1]) < 1e-12);
  CHECK(path[2 * beads - 2] == doctest::Approx(1));
  CHECK(std::fabs(path[2 * beads - 1]) < 1e-12);
  // Losses at the ends, at both ends of the profile.
  const std::vector<double> profile = valuesOf(*run, "profile");
  const std::vector<double> ends = valuesOf(*run, "endLoss");
  CHECK(profile[1] == ends[0]);
  CHECK(profile[profile.size() - 2] == doctest::Approx(1));
  CHECK(profile.back() == doctest::Approx(ends[1]).epsilon(1e-12));
  const std::vector<double> field = valuesOf(*run, "field");
  CHECK(*std::min_element(field.begin(), field.end()) >= 0);
}

TEST_CASE("connectivity: two exchanged units of two are walled off, of eight they are not") {
  const std::vector<wv::Setting> exchanged = {
      {"width", 2.0}, {"teacher", 2.0}, {"seed", 10.0}, {"pairs", 1.0}, text("ends", "exchanged")};
  const auto narrow = runOf("connectivity", exchanged);
  narrow->advance(largest);
  CHECK(valuesOf(*narrow, "found")[0] == 0);
  const double wall = valuesOf(*narrow, "wall")[0];
  CHECK(wall > 10 * valuesOf(*narrow, "level")[0]);
  CHECK(valuesOf(*narrow, "endLoss")[0] == valuesOf(*narrow, "endLoss")[1]);
  // The wall stands in every path: in the one found, on a fine sampling, too.
  const Data data = dataOf(10, 2);
  CHECK(highestOn(data, valuesOf(*narrow, "beads"), 2, 131) > 0.999 * wall);

  std::vector<wv::Setting> wider = exchanged;
  wider[0].value = 8.0;
  const auto wide = runOf("connectivity", wider);
  wide->advance(largest);
  CHECK(valuesOf(*wide, "found")[0] == 1);
  CHECK(valuesOf(*wide, "wall")[0] == 0);
}

TEST_CASE("connectivity: no network with dependent units is below the wall") {
  const Data data = dataOf(10, 2);
  const TwoLayer network(wv::HiddenUnit::relu, 2, data.inputs.matrix(),
                         Eigen::Map<const wv::Column>(data.targets.data(), samples));
  const double wall = wv::leastDependentLoss(network);
  wv::Block normal(4000, 5);
  wv::fillNormal({.seed = 3, .stream = wv::Stream::normal}, normal);
  double least = 1;
  for (Eigen::Index r = 0; r < normal.rows(); ++r) {
    const double x = normal(r, 0), y = normal(r, 1), along = normal(r, 2);
    const double theta[] = {x, y, along * x, along * y, normal(r, 3), normal(r, 4)};
    least = std::min(least, lossAt(data, theta, 2));
  }
  CHECK(least > wall);
  CHECK(least < wall + 0.1);  // so the search over random ones came near

  Point first(6), last(6);
  first << 1, 0, 1, 1, 2, 3;
  last << 1, 1, 1, 0, 3, 2;
  CHECK(wv::areTurnedOver(network, first, last));
  CHECK_FALSE(wv::areTurnedOver(network, first, first));
}

TEST_CASE("connectivity: quadratic units, below p = 2d and from there on") {
  std::vector<wv::Setting> settings = {text("activation", "quadratic"), {"teacher", 3.0}};
  settings.push_back({"width", 2.0});
  const auto narrow = runOf("connectivity", settings);
  narrow->advance(largest);
  CHECK(valuesOf(*narrow, "wall")[0] > 0.005);
  CHECK(valuesOf(*narrow, "found")[0] == 0);
  settings.back().value = 4.0;
  const auto wide = runOf("connectivity", settings);
  wide->advance(largest);
  for (const double found : valuesOf(*wide, "found")) {
    CHECK(found == 1);
  }
}

TEST_CASE(
    "connectivity: one quadratic unit of one input has two valleys, each with a minimum of 0") {
  // u w^2 with w of either sign; between them w = 0, where the loss is the mean square, 1.
  const auto run = runOf("connectivity", {text("activation", "quadratic"),
                                          {"width", 1.0},
                                          {"dimension", 1.0},
                                          {"teacher", 1.0},
                                          {"pair", 3.0},
                                          {"patience", 100.0}});
  run->advance(largest);
  CHECK(valuesOf(*run, "wall")[2] == doctest::Approx(1).epsilon(1e-12));
  CHECK(valuesOf(*run, "found")[2] == 0);
  CHECK(valuesOf(*run, "highest")[2] > 0.99);
  CHECK(valuesOf(*run, "found")[0] == 1);
}

TEST_CASE("connectivity: one unit has none to be exchanged with") {
  CHECK(wv::test::refusedBy("connectivity", {{"width", 1.0}, text("ends", "exchanged")}) == "ends");
}
