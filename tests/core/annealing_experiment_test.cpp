#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"

namespace {

using wv::Setting;
using wv::test::refusedBy;
using wv::test::runOf;
using wv::test::valuesOf;

std::vector<Setting> with(std::vector<Setting> settings, const std::vector<Setting>& more) {
  settings.insert(settings.end(), more.begin(), more.end());
  return settings;
}

// alpha s^2/2 = 1/beta.
std::vector<Setting> at(double beta, double alpha) {
  return {{"alpha", alpha}, {"variance", 2 / (alpha * beta)}, {"stages", 1.0}};
}

double last(const wv::Experiment& run, std::string_view id) { return valuesOf(run, id).back(); }

}  // namespace

TEST_CASE("the ladder: alpha falls, and T = alpha s^2/(2b) with it") {
  const auto run = runOf("annealing", {{"alpha", 0.08},
                                       {"batch", 2.0},
                                       {"variance", 30.0},
                                       {"cooling", 0.5},
                                       {"stages", 3.0},
                                       {"tilt", 0.3}});
  CHECK(valuesOf(*run, "ladder")[0] == doctest::Approx(0.6));
  CHECK(valuesOf(*run, "ladder")[2] == doctest::Approx(0.15));
  CHECK(valuesOf(*run, "stepSizes")[2] == doctest::Approx(0.02));
  // Oracle 10: the shallow well's barrier is 0.717136, and T = 7.5 alpha.
  CHECK(valuesOf(*run, "marks")[0] == doctest::Approx(0.717136 / 7.5).epsilon(1e-6));
  // What the notes have in one place, alpha/b, is twice the temperature.
  const auto twice = runOf("annealing", {{"alpha", 0.16},
                                         {"batch", 2.0},
                                         {"variance", 30.0},
                                         {"cooling", 0.5},
                                         {"stages", 3.0},
                                         {"tilt", 0.3}});
  CHECK(valuesOf(*run, "notesPrediction") == valuesOf(*twice, "ladderPrediction"));
}

TEST_CASE("well masses of the tilted double well by an ensemble: oracle 10") {
  struct Row {
    double beta, right, alpha;
    int steps;
  };
  // Some five relaxation times (18, 63, 2300 steps) from the wrong well; there the step size shifts
  // the masses by less than 0.003 (from the stationary law of the transition matrix).
  for (const Row& row : {Row{1, 0.378407, 0.02, 800}, Row{2, 0.261080, 0.02, 1500},
                         Row{5, 0.055082, 0.02, 12'000}}) {
    CAPTURE(row.beta);
    const auto run =
        runOf("annealing", with(at(row.beta, row.alpha), {{"tilt", 0.3},
                                                          {"schedule", std::string("constant")},
                                                          {"tolerance", 0.005},
                                                          {"stageSteps", 50'000.0},
                                                          {"replicates", 1000.0}}));
    run->advance(row.steps);
    double right = 0;
    for (const double x : valuesOf(*run, "x")) {
      right += x > 0 ? 1e-3 : 0;
    }
    // 4 standard errors of 1000 independent walkers, for three comparisons with a fixed seed.
    CHECK(std::fabs(right - row.right) < 4 * std::sqrt(row.right * (1 - row.right) / 1000));
    CHECK(std::fabs(last(*run, "globalFraction") - last(*run, "predictedGlobalFraction")) <
          4 * last(*run, "globalFractionStandardError"));
  }
}

TEST_CASE("stagewise: every stage passes its test, and ends at its Gibbs mass") {
  for (const char* objective : {"double-well-1d", "double-well"}) {
    CAPTURE(objective);
    const auto run = runOf("annealing", {{"objective", std::string(objective)},
                                         {"stages", 3.0},
                                         {"replicates", 400.0},
                                         {"stageSteps", 100.0}});
    run->advance(100'000);
    CHECK(run->status().state == wv::RunState::finished);
    const auto share = valuesOf(*run, "stageGlobalFraction");
    const auto error = valuesOf(*run, "stageStandardError");
    const auto predicted = valuesOf(*run, "ladderPrediction");
    const auto length = valuesOf(*run, "stageEnd");
    REQUIRE(share.size() == 3);
    for (std::size_t k = 0; k < 3; ++k) {
      CHECK(valuesOf(*run, "stageEquilibrated")[k] == 1);
      CHECK(valuesOf(*run, "scaleReduction")[k] <= 1.2);
      // 4 standard errors, and what alpha shifts the first mass by: 0.01 of 0.72.
      CHECK(std::fabs(share[k] - predicted[k]) < 4 * error[k] + 0.01);
      // R-hat <= 1.2 asks for half windows of about tau/0.44, tau twice the relaxation time.
      const double steps = length[k] - (k > 0 ? length[k - 1] : 0);
      CHECK(steps > 4 * valuesOf(*run, "relaxationSteps")[k]);
    }
    CHECK(length.back() == run->status().step);
  }
}

TEST_CASE("cooled too fast, the walkers freeze where the two-well theory says") {
  const auto run = runOf("annealing", {{"schedule", std::string("geometric")},
                                       {"tilt", 0.3},
                                       {"stages", 8.0},
                                       {"stageSteps", 100.0}});
  run->advance(10'000);
  CHECK(run->status().state == wv::RunState::finished);
  CHECK(run->status().step == 800);
  const double share = last(*run, "globalFraction");
  const double error = last(*run, "globalFractionStandardError");
  CHECK(last(*run, "predictedGlobalFraction") > 0.99);
  CHECK(share < 0.8);
  CHECK(std::fabs(share - last(*run, "relaxedGlobalFraction")) < 4 * error + 0.01);
  CHECK(last(*run, "equilibrated") == 0);
  CHECK(last(*run, "scaleReduction") > 3);
}

TEST_CASE("a stage that begins at this step ends, so far, at this step, with the share of now") {
  const auto run = runOf("annealing", {{"schedule", std::string("geometric")},
                                       {"stages", 3.0},
                                       {"stageSteps", 100.0},
                                       {"replicates", 200.0}});
  for (const double step : {100.0, 200.0}) {
    run->advance(100);
    CHECK(last(*run, "stageStart") == step);
    CHECK(last(*run, "stageEnd") == step);
    CHECK(last(*run, "stageGlobalFraction") == last(*run, "globalFraction"));
    CHECK(last(*run, "stageStandardError") == last(*run, "globalFractionStandardError"));
  }
}

TEST_CASE("no test sees a well that no walker has visited") {
  // So cold from the start that all stay where they are: they agree perfectly, in the wrong well.
  const auto run = runOf(
      "annealing", {{"schedule", std::string("quench")}, {"stages", 10.0}, {"replicates", 200.0}});
  run->advance(8000);
  CHECK(last(*run, "globalFraction") == 0);
  CHECK(last(*run, "predictedGlobalFraction") > 0.999);
  CHECK(last(*run, "equilibrated") == 1);
}

TEST_CASE("the logarithmic schedule reaches each temperature when it is due") {
  const auto run = runOf("annealing", {{"schedule", std::string("logarithmic")},
                                       {"depth", 0.6},
                                       {"stages", 4.0},
                                       {"stageSteps", 50.0},
                                       {"replicates", 10.0}});
  run->advance(100'000);
  const auto due = [](double T) { return std::exp(0.6 / T) - std::exp(0.6); };
  const auto ends = valuesOf(*run, "stageEnd");
  REQUIRE(ends.size() == 4);
  for (std::size_t k = 0; k < 4; ++k) {
    const double exact = 50 * due(std::pow(0.7, double(k) + 1)) / due(0.7);
    CHECK(std::fabs(ends[k] - exact) < static_cast<double>(k) + 1);  // whole steps
  }
}

TEST_CASE("series: the steps that are kept do not depend on who looks, the last is now") {
  const std::vector<Setting> settings = {{"replicates", 20.0}, {"tolerance", 0.01}};
  const auto once = runOf("annealing", settings);
  const auto often = runOf("annealing", settings);
  once->advance(1000);
  for (int i = 0; i < 250; ++i) {
    often->advance(4);
    CHECK(last(*often, "sampledSteps") == 4 * (i + 1));
  }
  for (const char* id : {"x", "sampledSteps", "globalFraction", "equilibrated", "stageEnd",
                         "scaleReduction", "density", "gibbs", "relaxedGlobalFraction"}) {
    CAPTURE(id);
    CHECK(valuesOf(*once, id) == valuesOf(*often, id));
  }
  const auto steps = valuesOf(*once, "sampledSteps");
  CHECK(steps.size() < 450);
  for (std::size_t t = 0; t <= 128; ++t) {
    CHECK(steps[t] == t);
  }
}

TEST_CASE("walker 17 of 20 is walker 17 of 50") {
  const std::vector<Setting> settings = {{"schedule", std::string("geometric")}};
  const auto few = runOf("annealing", with(settings, {{"replicates", 20.0}}));
  const auto many = runOf("annealing", with(settings, {{"replicates", 50.0}}));
  few->advance(300);
  many->advance(300);
  const auto all = valuesOf(*many, "x");
  CHECK(valuesOf(*few, "x") == std::vector<double>(all.begin(), all.begin() + 20));
}

TEST_CASE("the last mark is the step size from which on walkers leave") {
  for (const double variance : {10.0, 40.0}) {
    CAPTURE(variance);
    const auto runAt = [&](double alpha) {
      return runOf(
          "annealing",
          {{"alpha", alpha}, {"variance", variance}, {"schedule", std::string("constant")}});
    };
    const double mark = valuesOf(*runAt(0.02), "marks")[2];
    const auto endOf = [&](double alpha) {
      const auto run = runAt(alpha);
      run->advance(3000);
      return run->status().state;
    };
    CHECK(endOf(0.95 * mark) == wv::RunState::running);
    CHECK(endOf(1.2 * mark) == wv::RunState::diverged);
  }
}

TEST_CASE("too long a first step diverges, with numbers that can be drawn") {
  const auto run = runOf("annealing", {{"alpha", 0.5}, {"variance", 10.0}});
  run->advance(1000);
  CHECK(run->status().state == wv::RunState::diverged);
  for (const char* id : {"x", "density", "globalFraction", "stageEnd", "scaleReduction"}) {
    for (const double value : valuesOf(*run, id)) {
      CHECK(std::isfinite(value));
    }
  }
}

TEST_CASE("a ladder into the absolute cold is refused by name") {
  CHECK(refusedBy("annealing", {{"cooling", 0.3}, {"stages", 12.0}}) == "stages");
  CHECK(refusedBy("equilibration", {{"batch", 1000.0}, {"stages", 15.0}}) == "stages");
  CHECK(refusedBy("annealing-budget", {{"objective", std::string("mixture-1d")},
                                       {"weights", std::string("-1, 2")}}) == "weights");
}

TEST_CASE("success against budget: measured against the two-well theory, and in the right order") {
  const auto successOf = [](const char* schedule) {
    const auto run =
        runOf("annealing-budget",
              {{"schedule", std::string(schedule)}, {"budget", 1600.0}, {"replicates", 800.0}});
    run->advance(5000);
    CHECK(run->status().state == wv::RunState::finished);
    CHECK(run->status().step == 1600);
    const auto budgets = valuesOf(*run, "budgets");
    auto success = valuesOf(*run, "success");
    const auto error = valuesOf(*run, "successStandardError");
    const auto predicted = valuesOf(*run, "predictedSuccess");
    REQUIRE(budgets.size() == 9);
    CHECK(budgets[0] == 100);
    CHECK(budgets[7] == 1131);
    for (std::size_t i = 3; i < budgets.size(); ++i) {
      CAPTURE(budgets[i]);
      // The fast modes that the theory leaves out delay everything by a few steps: 0.03 of the
      // share where that is steepest.
      CHECK(std::fabs(success[i] - predicted[i]) < 4 * error[i] + 0.03);
    }
    return success;
  };
  const auto constant = successOf("constant");
  const auto quench = successOf("quench");
  const auto geometric = successOf("geometric");
  const auto stagewise = successOf("stagewise");
  CHECK(quench[2] < 0.25);            // frozen where it began
  CHECK(geometric[2] > 0.65);         // 200 steps
  CHECK(constant[8] < geometric[8]);  // hot for ever
  CHECK(stagewise[8] > 0.9);
}

TEST_CASE("a budget's runs are those of the annealing experiment, in law") {
  const auto budget =
      runOf("annealing-budget", {{"schedule", std::string("geometric")}, {"budget", 500.0}});
  budget->advance(500);
  const auto run = runOf(
      "annealing", {{"schedule", std::string("geometric")}, {"stageSteps", 100.0}, {"seed", 2.0}});
  run->advance(500);
  const double error =
      std::hypot(last(*budget, "successStandardError"), last(*run, "globalFractionStandardError"));
  CHECK(std::fabs(last(*budget, "success") - last(*run, "globalFraction")) < 4 * error);
}

TEST_CASE("annealing: a function that is undefined where walkers come is refused") {
  for (const char* text : {"x - log(x)", "x log(x)", "x^2 + sqrt(x + 1.5)"}) {
    CAPTURE(text);
    CHECK(refusedBy("annealing", {{"objective", std::string("expression")},
                                  {"expression", std::string(text)}}) == "expression");
  }
}
