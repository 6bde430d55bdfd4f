#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"

namespace {

using wv::Setting;
using wv::test::allDataSets;
using wv::test::valuesOf;

// The lecture's Example 2 with the data of the defaults: a = (1, 2, 3), b = (1, 1, 4.5).
constexpr double A = 14.0 / 3;
constexpr double minimizer = 16.5 / 14;
constexpr double meanFourth = 98.0 / 3;  // E a^4

std::unique_ptr<wv::Experiment> create(const std::vector<Setting>& settings) {
  return wv::test::runOf("decaying-step", settings);
}

std::vector<Setting> scheduled(std::string schedule, double alpha0, double t0 = 4) {
  std::vector<Setting> settings = {{"schedule", std::move(schedule)}, {"alpha0", alpha0}};
  settings.push_back({"t0", t0});
  return settings;
}

// With 2/m, and a delay for which the first step is well inside 1/(L sigma).
void expectBelowNu(std::vector<Setting> settings, double replicates, int steps) {
  settings.push_back({"replicates", replicates});
  const auto marks = valuesOf(*create(settings), "marks");  // marks[2] is of t0 = 4
  settings.push_back({"alpha0", marks[1]});
  settings.push_back({"t0", 2 * 5 * marks[1] / marks[2]});
  const auto run = create(settings);
  REQUIRE(valuesOf(*run, "theoryHolds")[0] == 1);
  run->advance(steps);
  const auto gap = valuesOf(*run, "gap");
  const auto error = valuesOf(*run, "gapStandardError");
  const auto bound = valuesOf(*run, "bound");
  REQUIRE(gap.size() == static_cast<std::size_t>(steps) + 1);
  for (std::size_t t = 0; t < gap.size(); ++t) {
    CHECK(gap[t] <= bound[t] * (1 + 1e-12) + 4 * error[t]);
  }
}

}  // namespace

TEST_CASE("step sizes of every schedule by hand, and their sums") {
  const std::vector<std::pair<std::string, double (*)(int)>> formulas = {
      {"inverse-time", [](int t) { return 0.4 / (3 + t + 1); }},
      {"inverse-sqrt", [](int t) { return 0.4 / std::sqrt(3.0 + t + 1); }},
      {"too-fast", [](int t) { return 0.4 / ((3.0 + t + 1) * (3.0 + t + 1)); }},
      {"constant", [](int) { return 0.4; }},
      {"averaged", [](int t) { return 0.4 * std::pow(1 + 0.4 * A * t, -0.75); }},
  };
  for (const auto& entry : formulas) {
    const std::string& id = entry.first;
    const auto formula = entry.second;
    CAPTURE(id);
    auto settings = scheduled(id, 0.4, 3);
    settings.push_back({"batch", 10.0});  // a constant step of 0.4 is stable only for a batch
    const auto run = create(settings);
    run->advance(50);
    const auto schedule = valuesOf(*run, "schedule");
    const auto sums = valuesOf(*run, "sums");
    REQUIRE(schedule.size() == 51);
    REQUIRE(sums.size() == 102);
    double sum = 0, squares = 0;
    for (int t = 0; t <= 50; ++t) {
      const auto i = static_cast<std::size_t>(t);
      CHECK(schedule[i] == doctest::Approx(formula(t)).epsilon(1e-15));
      CHECK(sums[2 * i] == doctest::Approx(sum).epsilon(1e-13));
      CHECK(sums[2 * i + 1] == doctest::Approx(squares).epsilon(1e-13));
      sum += formula(t);
      squares += formula(t) * formula(t);
    }
  }
}

TEST_CASE(
    "the staircase halves when (1 - alpha m)^k has reached 1/3, each stage by its own alpha") {
  const auto run = create(scheduled("staircase", 0.1));
  run->advance(200);
  const auto schedule = valuesOf(*run, "schedule");
  std::size_t t = 0;
  double alpha = 0.1;
  while (t < 100) {
    double left = 1;
    while (left > 1.0 / 3) {
      CHECK(schedule[t] == doctest::Approx(alpha).epsilon(1e-15));
      left *= 1 - alpha * A;
      ++t;
    }
    alpha /= 2;
  }
}

TEST_CASE("nu and its constants by hand") {
  const auto run = create(scheduled("inverse-time", 0.43));
  run->advance(20);
  const double firstStep = 0.43 / 5;
  const double sigma = 1 / (A * firstStep);
  // E r^2 and E a^2 r of oracle 1.
  const double sigma0 = 5.255952380952 + 25 / (sigma * A * A - meanFourth);
  const auto constants = valuesOf(*run, "constants");
  CHECK(constants[0] == doctest::Approx(A).epsilon(1e-12));
  CHECK(constants[1] == doctest::Approx(A).epsilon(1e-12));
  CHECK(constants[2] == doctest::Approx(0.467261904762).epsilon(1e-11));
  CHECK(constants[3] == doctest::Approx(sigma0).epsilon(1e-10));
  CHECK(constants[4] == doctest::Approx(sigma).epsilon(1e-12));
  const double start = 0.5 * A * (3 - minimizer) * (3 - minimizer);
  const double noisePart = 0.43 * 0.43 * A * sigma0 / (2 * (0.43 * A - 1));
  const double nu = std::fmax(noisePart, 5 * start);
  CHECK(valuesOf(*run, "nu")[0] == doctest::Approx(nu).epsilon(1e-10));
  CHECK(valuesOf(*run, "theoryHolds")[0] == 1);
  const auto bound = valuesOf(*run, "bound");
  REQUIRE(bound.size() == 21);
  for (std::size_t t = 0; t < bound.size(); ++t) {
    CHECK(bound[t] == doctest::Approx(nu / (4 + double(t) + 1)).epsilon(1e-10));
  }

  // From the minimiser the other half of the maximum counts.
  auto settings = scheduled("inverse-time", 0.43);
  settings.push_back({"x0", minimizer});
  CHECK(valuesOf(*create(settings), "nu")[0] == doctest::Approx(noisePart).epsilon(1e-10));
}

TEST_CASE("each condition of Theorem 8 is named, and without one of them nothing is claimed") {
  const auto conditions = [](const std::vector<Setting>& settings) {
    const auto run = create(settings);
    CHECK(valuesOf(*run, "theoryHolds")[0] == 0);
    CHECK(std::isinf(valuesOf(*run, "nu")[0]));
    CHECK(std::isinf(valuesOf(*run, "bound")[0]));
    return valuesOf(*run, "conditions");
  };
  using Five = std::vector<double>;
  CHECK(conditions(scheduled("staircase", 0.43)) == Five{1, 0, 1, 0, 1});
  CHECK(conditions(scheduled("inverse-time", 0.2)) == Five{1, 1, 0, 1, 1});  // 1/m = 0.2143
  // alpha_1 = 1/(L sigma) leaves sigma = 1.5, where sigma0 is infinite: t0 = 0.43 L 1.5 - 1.
  CHECK(conditions(scheduled("inverse-time", 0.43, 2.0)) == Five{1, 1, 1, 0, 1});
  CHECK(valuesOf(*create(scheduled("inverse-time", 0.43, 2.02)), "theoryHolds")[0] == 1);
  auto withMomentum = scheduled("inverse-time", 0.43, 2.02);
  withMomentum.push_back({"method", std::string("momentum")});
  CHECK(conditions(withMomentum) == Five{1, 1, 1, 1, 0});
  CHECK(valuesOf(*create(withMomentum), "predictedGap").empty());
  const auto marks = valuesOf(*create(scheduled("inverse-time", 0.43, 2.01)), "marks");
  CHECK(marks[0] == doctest::Approx(1 / A).epsilon(1e-12));
  CHECK(marks[1] == doctest::Approx(2 / A).epsilon(1e-12));
  CHECK(marks[2] == doctest::Approx(3.01 / (A * 1.5)).epsilon(1e-12));
}

TEST_CASE("the exact mean gap: oracle 3, and the ensemble within its standard errors") {
  auto constant = scheduled("constant", 0.05);
  constant.push_back({"x0", 5.0});
  const auto known = create(constant);
  known->advance(10);
  CHECK(valuesOf(*known, "predictedGap").back() ==
        doctest::Approx(0.5 * A * 0.107581526638).epsilon(1e-11));

  for (const auto& settings : {scheduled("inverse-time", 0.43), scheduled("too-fast", 2.15),
                               scheduled("inverse-sqrt", 0.19), scheduled("staircase", 0.086)}) {
    for (const double batch : {1.0, 2.0}) {
      auto all = settings;
      all.push_back({"batch", batch});
      all.push_back({"replicates", 20'000.0});
      const auto run = create(all);
      run->advance(200);
      const auto gap = valuesOf(*run, "gap");
      const auto error = valuesOf(*run, "gapStandardError");
      const auto predicted = valuesOf(*run, "predictedGap");
      // 4 standard errors: of 24 nearly independent comparisons one in 600 sets would fail, and the
      // seed is fixed.
      for (const std::size_t t : {1U, 10U, 200U}) {
        CAPTURE(t);
        CHECK(std::fabs(gap[t] - predicted[t]) < 4 * error[t]);
      }
    }
  }
}

// The bound is loose by far more than the noise, so that 4 standard errors at each of many steps
// are no lottery.
TEST_CASE("the mean gap is never above nu/(t0 + t) by more than 4 standard errors") {
  expectBelowNu({{"x0", 3.0}}, 100, 400);
  expectBelowNu({{"x0", minimizer}}, 100, 400);
  expectBelowNu({{"a", std::string("1, 1")}, {"b", std::string("1, -1")}}, 100, 400);
  expectBelowNu({{"x0", 1.5}, {"batch", 3.0}}, 100, 400);
  expectBelowNu({{"objective", std::string("least-squares")}, {"ridge", 1.0}}, 100, 400);
}

TEST_CASE("the same on every data set, least squares and logistic") {
  for (const char* objective : {"least-squares", "logistic"}) {
    for (const char* dataset : {"penguins", "diabetes", "breast-cancer", "digits"}) {
      CAPTURE(objective);
      CAPTURE(dataset);
      const bool isLarge = std::string_view(dataset) == "digits";
      expectBelowNu({{"objective", std::string(objective)},
                     {"dataset", std::string(dataset)},
                     {"ridge", 0.5}},
                    isLarge ? 10 : 40, isLarge ? 60 : 200);
    }
  }
}

// Polyak and Juditsky: with steps that fall like t^(-3/4) the average, not the iterate, has the
// best rate, 1/t.
TEST_CASE("the average of slowly falling steps is far below the iterate, and falls like 1/t") {
  const auto gapsOf = [](const char* method) {
    auto settings = scheduled("averaged", 0.2);
    settings.push_back({"method", std::string(method)});
    settings.push_back({"averagingStart", 50.0});
    settings.push_back({"replicates", 600.0});
    const auto run = create(settings);
    run->advance(8000);
    return std::pair(valuesOf(*run, "gap"), valuesOf(*run, "gapStandardError"));
  };
  const auto iterate = gapsOf("sgd").first;
  const auto [average, error] = gapsOf("averaged-sgd");
  CHECK(average[50] == iterate[50]);  // the average begins with the next iterate
  CHECK(average[8000] < 0.3 * iterate[8000]);
  // Asymptotically E f - f* = E r^2 / (2 A t), t the iterates averaged; 10 % for what is left of
  // the start, and 4 standard errors.
  for (const std::size_t t : {2000U, 8000U}) {
    const double expected = 5.255952380952 / (2 * A * (double(t) - 50));
    CHECK(std::fabs(average[t] - expected) < 0.1 * expected + 4 * error[t]);
  }
}

TEST_CASE("by hand: a step size lowered while the run goes on, and nothing claimed after that") {
  auto settings = scheduled("constant", 0.2);
  settings.push_back({"replicates", 1.0});
  const auto run = create(settings);
  run->advance(30);
  CHECK(run->set("alpha0", 0.02).empty());
  CHECK(valuesOf(*run, "schedule").back() == 0.02);
  run->advance(30);
  REQUIRE(run->edits().size() == 1);
  CHECK(run->edits()[0].step == 30);
  const auto schedule = valuesOf(*run, "schedule");
  CHECK(schedule[29] == 0.2);
  CHECK(schedule[30] == 0.02);
  CHECK(valuesOf(*run, "sums")[120] == doctest::Approx(30 * 0.2 + 30 * 0.02).epsilon(1e-13));

  // Replayed from the log, the same bits.
  const auto again = create(settings);
  again->advance(30);
  again->set("alpha0", 0.02);
  again->advance(30);
  CHECK(valuesOf(*again, "gap") == valuesOf(*run, "gap"));

  const auto claimed = create(scheduled("inverse-time", 0.43));
  claimed->advance(5);
  claimed->set("alpha0", 0.3);
  claimed->advance(5);
  CHECK(valuesOf(*claimed, "theoryHolds")[0] == 0);
  const auto bound = valuesOf(*claimed, "bound");
  CHECK(std::isfinite(bound[5]));
  CHECK(std::isinf(bound[6]));
  CHECK(valuesOf(*claimed, "schedule")[5] == doctest::Approx(0.3 / (4 + 5 + 1)).epsilon(1e-15));
}

TEST_CASE("advance(600) and advance(400) are advance(1000), for every schedule") {
  for (const char* id :
       {"inverse-time", "inverse-sqrt", "too-fast", "staircase", "constant", "averaged"}) {
    CAPTURE(id);
    const auto whole = create(scheduled(id, 0.1));
    const auto parts = create(scheduled(id, 0.1));
    whole->advance(1000);
    parts->advance(600);
    parts->advance(400);
    for (const char* channel : {"gap", "quantiles", "schedule", "sums", "predictedGap"}) {
      CHECK(valuesOf(*whole, channel) == valuesOf(*parts, channel));
    }
  }
}

TEST_CASE("the first replicate of two is the first replicate of one") {
  const auto gapsOf = [](double replicates) {
    auto settings = scheduled("inverse-time", 0.43);
    settings.push_back({"replicates", replicates});
    const auto run = create(settings);
    run->advance(100);
    return std::pair(valuesOf(*run, "gap").back(), valuesOf(*run, "quantiles"));
  };
  const double alone = gapsOf(1).first;
  const auto [mean, quantiles] = gapsOf(2);
  // With two values low <= high, the 5 % quantile is low + 0.05 (high - low).
  const double low = mean - (mean - quantiles[500]) / 0.9;
  const double high = 2 * mean - low;
  CHECK(std::fmin(std::fabs(low - alone), std::fabs(high - alone)) < 1e-12 * alone);
}

TEST_CASE(
    "what would take too long or too much memory is refused with the number that is allowed") {
  const wv::Creation creation = wv::createExperiment("decaying-step",
                                                     {{{"objective", std::string("logistic")},
                                                       {"dataset", std::string("digits")},
                                                       {"replicates", 100'000.0}}},
                                                     allDataSets());
  REQUIRE(creation.issues.size() == 1);
  CHECK(creation.issues[0].parameter == "replicates");
  CHECK(creation.issues[0].message.find("must be at most 2") != std::string::npos);
}

TEST_CASE("a step size that is far too large diverges with finite numbers") {
  const auto run = create(scheduled("constant", 5));
  run->advance(1000);
  CHECK(run->status().state == wv::RunState::diverged);
  for (const double gap : valuesOf(*run, "gap")) {
    CHECK(std::isfinite(gap));
  }
  CHECK(valuesOf(*run, "gap").size() == run->status().step + 1);
}
