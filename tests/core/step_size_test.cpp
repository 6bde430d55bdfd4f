#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"
#include "golden.hpp"
#include "golden_paths.hpp"
#include "method/catalogue.hpp"
#include "objective/csv.hpp"

namespace {

using wv::Setting;
using wv::test::allDataSets;
using wv::test::valuesOf;

std::unique_ptr<wv::Experiment> create(const std::vector<Setting>& settings) {
  return wv::test::runOf("step-size", settings);
}

std::vector<Setting> quadratic(double alpha, std::string method = "gd") {
  return {{"objective", std::string("quadratic")},
          {"condition", 10.0},
          {"method", std::move(method)},
          {"alpha", alpha},
          {"x0", 1.0},
          {"y0", 1.0}};
}

}  // namespace

TEST_CASE("gradient descent on the quadratic takes (0.85^t, (-0.5)^t)") {
  const auto run = create(quadratic(0.15));
  run->advance(30);
  CHECK(run->status().step == 30);
  CHECK(run->status().state == wv::RunState::running);
  const wv::Channel path = run->channel("path");
  REQUIRE(path.shape == std::vector<int>{31, 2});
  for (std::ptrdiff_t t = 0; t <= 30; ++t) {
    CHECK(std::fabs(path.data[2 * t] - std::pow(0.85, t)) < 1e-12);
    CHECK(std::fabs(path.data[2 * t + 1] - std::pow(-0.5, t)) < 1e-12);
  }
}

TEST_CASE("constants and marks of the quadratic") {
  const auto run = create(quadratic(0.15));
  CHECK(valuesOf(*run, "constants") == std::vector<double>{10, 1, 0});
  const auto marks = valuesOf(*run, "stepSizeMarks");
  CHECK(marks[0] == doctest::Approx(0.1).epsilon(1e-15));
  CHECK(marks[1] == doctest::Approx(2.0 / 11).epsilon(1e-15));
  CHECK(marks[2] == doctest::Approx(0.2).epsilon(1e-15));
}

TEST_CASE("past 2/L growth is reported as divergence, with finite numbers, and the run stops") {
  const auto run = create(quadratic(0.21));
  run->advance(1000);
  const wv::Status status = run->status();
  CHECK(status.state == wv::RunState::diverged);
  // y_t = (-1.1)^t: the gap 5 * 1.21^t passes 100 times its start, 550, at t = 25.
  CHECK(status.step == 25);
  const auto gap = valuesOf(*run, "gap");
  REQUIRE(gap.size() == 26);
  CHECK(gap[24] <= 550);
  CHECK(gap[25] > 550);
  CHECK(std::isfinite(gap[25]));
  run->advance(10);
  CHECK(run->status().step == 25);
}

TEST_CASE("just below 2/L nothing diverges") {
  const auto run = create(quadratic(0.199));
  run->advance(5000);
  CHECK(run->status().state == wv::RunState::running);
  CHECK(valuesOf(*run, "gap").back() < 1e-20);
}

TEST_CASE("the gap stays below both rates, and the sharp one is reached on the quadratic") {
  for (double alpha : {0.02, 0.1, 0.15, 2.0 / 11, 0.19, 0.199}) {
    CAPTURE(alpha);
    auto settings = quadratic(alpha);
    settings[4].value = 0.0;  // on the stiff axis the contraction is |1 - 10 alpha|
    const auto stiff = create(settings);
    settings[4].value = 1.0;
    settings[5].value = 0.0;  // on the flat axis it is 1 - alpha
    const auto flat = create(settings);
    stiff->advance(40);
    flat->advance(40);
    const double stiffGap = valuesOf(*stiff, "gap").back() / valuesOf(*stiff, "gap").front();
    const double flatGap = valuesOf(*flat, "gap").back() / valuesOf(*flat, "gap").front();
    const auto rate = valuesOf(*stiff, "rate");
    CHECK(std::max(stiffGap, flatGap) ==
          doctest::Approx(rate.back() / rate.front()).epsilon(1e-11));

    const auto run = create(quadratic(alpha));
    run->advance(60);
    CHECK(valuesOf(*run, "theoryHolds")[0] == 1);
    const auto gap = valuesOf(*run, "gap");
    const auto sharp = valuesOf(*run, "rate");
    const auto bound = valuesOf(*run, "bound");
    for (std::size_t t = 0; t < gap.size(); ++t) {
      CHECK(gap[t] <= sharp[t] * (1 + 1e-12));
      CHECK(sharp[t] <= bound[t] * (1 + 1e-12));
    }
  }
}

TEST_CASE("up to 2/(m+L) the bound is the lecture's (1 - alpha m)^t") {
  const auto run = create(quadratic(0.17));
  run->advance(20);
  const auto bound = valuesOf(*run, "bound");
  for (std::size_t t = 0; t < bound.size(); ++t) {
    CHECK(bound[t] == doctest::Approx(5.5 * std::pow(0.83, double(t))).epsilon(1e-12));
  }
}

TEST_CASE("the rates claim nothing where their hypotheses fail") {
  const auto holds = [](const std::vector<Setting>& settings) {
    return valuesOf(*create(settings), "theoryHolds")[0];
  };
  CHECK(holds(quadratic(0.15)) == 1);
  CHECK(holds(quadratic(0.2)) == 0);
  CHECK(holds(quadratic(0.15, "heavy-ball")) == 0);
  CHECK(holds({{"objective", std::string("rosenbrock")}, {"alpha", 1e-4}}) == 0);
  CHECK(holds({{"objective", std::string("least-squares")}, {"alpha", 0.1}}) == 1);
  CHECK(holds({{"objective", std::string("logistic")}, {"alpha", 0.1}}) == 1);
}

TEST_CASE("the measured gap obeys the rates on real data") {
  for (const char* objective : {"least-squares", "logistic"}) {
    for (const char* dataset : {"penguins", "diabetes", "breast-cancer"}) {
      CAPTURE(objective);
      CAPTURE(dataset);
      std::vector<Setting> settings = {{"objective", std::string(objective)},
                                       {"dataset", std::string(dataset)}};
      const double smoothness = valuesOf(*create(settings), "constants")[0];
      for (double share : {0.3, 1.0, 1.9}) {
        settings.resize(2);
        settings.push_back({"alpha", share / smoothness});
        const auto run = create(settings);
        run->advance(100);
        const auto gap = valuesOf(*run, "gap");
        const auto sharp = valuesOf(*run, "rate");
        const double rounding = 1e-13 * gap.front();
        for (std::size_t t = 0; t < gap.size(); ++t) {
          CHECK(gap[t] <= sharp[t] * (1 + 1e-10) + rounding);
        }
      }
    }
  }
}

TEST_CASE("600 + 400 steps are 1000 steps, bit for bit, and edits replay") {
  for (const wv::MethodInfo& method : wv::methods()) {
    CAPTURE(method.id);
    const auto whole = create(quadratic(0.01, std::string(method.id)));
    const auto parts = create(quadratic(0.01, std::string(method.id)));
    whole->advance(600);
    REQUIRE(whole->set("alpha", 0.005).empty());
    whole->advance(400);
    parts->advance(250);
    parts->advance(350);
    for (const wv::Edit& edit : whole->edits()) {
      REQUIRE(edit.step == 600);
      REQUIRE(parts->set(edit.parameter, edit.value).empty());
    }
    for (int i = 0; i < 400; ++i) {
      parts->advance(1);
    }
    CHECK(valuesOf(*whole, "path") == valuesOf(*parts, "path"));
    CHECK(valuesOf(*whole, "stepTaken")[600] ==
          (method.id == "backtracking" ? valuesOf(*parts, "stepTaken")[600] : 0.01));
  }
}

TEST_CASE("data that cannot be drawn as two weights is refused under `features`") {
  const std::vector<Setting> three = {{"objective", std::string("least-squares")},
                                      {"dataset", std::string("diabetes")},
                                      {"features", std::string("bmi,s5,bp")}};
  const wv::Creation creation = wv::createExperiment("step-size", three, allDataSets());
  REQUIRE(creation.issues.size() == 1);
  CHECK(creation.issues[0].parameter == "features");
}

namespace {

std::vector<Setting> typed(std::string expression, double x0, double alpha) {
  return {{"objective", std::string("expression")},
          {"expression", std::move(expression)},
          {"x0", x0},
          {"alpha", alpha}};
}

}  // namespace

TEST_CASE("f* is called a minimum only while nothing lower is known") {
  for (const char* text : {"x^2", "abs(x)", "x log(x)"}) {
    CAPTURE(text);
    CHECK(valuesOf(*create(typed(text, 1.5, 0.1)), "minimumIsOpen").empty());
  }
  for (const char* text : {"x", "-x^2", "log(x)", "x^3 - x", "(x - 500)^2", "exp(-x)"}) {
    CAPTURE(text);
    CHECK(valuesOf(*create(typed(text, 1.5, 0.1)), "minimumIsOpen").size() == 1);
  }
  // Of a minimum within reach of the search, until a step jumps over the hill beyond.
  const auto run = create(typed("if(x < 120, (x - 90)^2, -x)", 89, 40));
  CHECK(valuesOf(*run, "minimumIsOpen").empty());
  run->advance(2);
  CHECK(valuesOf(*run, "minimumIsOpen").size() == 1);
  CHECK(valuesOf(*run, "gap").back() < 0);
}

TEST_CASE("below the least value of the picture f - f* is negative, and falling without end ends") {
  // From 0 the way to the bottom at 500, where f = 0, leads below the whole picture.
  const auto far = create(typed("(x - 500)^2", 0, 0.25));
  far->advance(40);
  CHECK(far->status().state == wv::RunState::running);
  CHECK(valuesOf(*far, "gap").back() ==
        doctest::Approx(-valuesOf(*far, "constants")[2]).epsilon(1e-9));
  // x_t = -2 (1.2)^t.
  const auto hill = create(typed("-x^2", -2, 0.1));
  hill->advance(1000);
  CHECK(hill->status().state == wv::RunState::diverged);
  CHECK(valuesOf(*hill, "divergence")[0] == 2);
  CHECK(valuesOf(*hill, "gap").back() < -100);
  CHECK(std::isfinite(valuesOf(*hill, "f").back()));
}

TEST_CASE("a run says how it diverged") {
  const auto grown = create(quadratic(0.21));
  CHECK(valuesOf(*grown, "divergence").empty());
  grown->advance(1000);
  CHECK(valuesOf(*grown, "divergence")[0] == 1);
  // From 0.5 downhill to 0.3, to -0.03.
  const auto left = create(typed("log(x)", 0.5, 0.1));
  left->advance(30);
  CHECK(left->status().state == wv::RunState::diverged);
  CHECK(left->status().step == 1);
  CHECK(valuesOf(*left, "divergence")[0] == 3);
  CHECK(valuesOf(*left, "gap")[1] < valuesOf(*left, "gap")[0]);
}

TEST_CASE("at a kink no L bounds the curvature") {
  for (const char* text : {"abs(x)", "abs(x) + abs(y)", "x^2 + abs(x - 0.2)", "sqrt(abs(x))"}) {
    CAPTURE(text);
    CHECK(std::isinf(valuesOf(*create(typed(text, 0.3, 0.1)), "constants")[0]));
  }
  for (const char* text : {"x^2", "x^4", "1000x^2 + sin(3x)", "x^2/20 - exp(-20(x + 1)^2)"}) {
    CAPTURE(text);
    CHECK(std::isfinite(valuesOf(*create(typed(text, 0.3, 0.1)), "constants")[0]));
  }
}

TEST_CASE("a start that nobody chose gives way where a typed function is undefined") {
  for (const char* text : {"x - log(x)", "x log(x)", "log(x)", "sqrt(x - 3) + y^2"}) {
    CAPTURE(text);
    const auto run =
        create({{"objective", std::string("expression")}, {"expression", std::string(text)}});
    const auto path = valuesOf(*run, "path");
    CHECK(path == valuesOf(*run, "start"));
    CHECK(std::isfinite(valuesOf(*run, "f")[0]));
    CHECK(wv::test::refusedBy("step-size", typed(text, -1.5, 0.1)) == "x0");
  }
}

TEST_CASE("a target that cannot be learnt is refused under `targetColumn`") {
  wv::DataLibrary data;
  data.add("own", wv::readCsv("a,b,same,three\n1,2,7,0\n2,1,7,1\n3,5,7,2\n").table);
  const auto refused = [&](const char* objective, const char* target, const char* features) {
    const wv::Creation creation = wv::createExperiment("step-size",
                                                       {{{"objective", std::string(objective)},
                                                         {"dataset", std::string("own")},
                                                         {"features", std::string(features)},
                                                         {"targetColumn", std::string(target)}}},
                                                       data);
    REQUIRE(creation.issues.size() == 1);
    return creation.issues[0].parameter;
  };
  CHECK(refused("least-squares", "same", "a,b") == "targetColumn");
  CHECK(refused("logistic", "three", "a,b") == "targetColumn");
  CHECK(refused("least-squares", "three", "a,same") == "features");
}

TEST_CASE("one-dimensional objectives run on a curve") {
  const auto run = create(
      {{"objective", std::string("double-well-1d")}, {"tilt", 0.3}, {"alpha", 0.05}, {"x0", 1.5}});
  run->advance(200);
  CHECK(run->channel("path").shape == std::vector<int>{201, 1});
  CHECK(run->channel("field").shape[0] == 1);
  // The shallow well of oracle 10.
  CHECK(valuesOf(*run, "path").back() == doctest::Approx(0.960150).epsilon(1e-6));
  CHECK(valuesOf(*run, "minimizers")[0] == doctest::Approx(-1.035579).epsilon(1e-6));
}

TEST_CASE("golden: one path of each method, the same bits on every platform") {
  REQUIRE(std::size(goldenPaths) == wv::methods().size());
  for (std::size_t i = 0; i < std::size(goldenPaths); ++i) {
    const GoldenPath& golden = goldenPaths[i];
    CAPTURE(golden.method);
    CHECK(golden.method == wv::methods()[i].id);
    const auto run = create({{"objective", std::string("himmelblau")},
                             {"method", std::string(golden.method)},
                             {"alpha", golden.alpha},
                             {"x0", -2.0},
                             {"y0", 1.2}});
    run->advance(200);
    CHECK(run->status().step == 200);
    const auto path = valuesOf(*run, "path");
    CHECK(wv::test::hashOf(path.data(), path.size()) == golden.hash);
  }
}
