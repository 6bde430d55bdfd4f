#include "method/gradient_flow.hpp"

#include <doctest.h>

#include <cmath>

#include "objective/catalogue.hpp"
#include "objective/linear_network.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

State flowFrom(const Objective& f, const Block& x, double time, int steps) {
  const FullGradient source(f);
  const GradientFlow flow;
  State state;
  state.x = x;
  flow.init(state);
  for (int t = 0; t < steps; ++t) {
    flow.step({source, time}, state);
  }
  return state;
}

}  // namespace

TEST_CASE("gradient flow on a quadratic is the exponential") {
  const auto f = makeLandscape("quadratic", {.condition = 30});
  const Block start = Eigen::RowVector2d(-2, 1.2).array();
  for (const double time : {0.01, 0.7}) {
    const State end = flowFrom(*f, start, time, 3);
    CHECK(end.x(0, 0) == doctest::Approx(-2 * std::exp(-3 * time)).epsilon(1e-9));
    CHECK(std::fabs(end.x(0, 1) - 1.2 * std::exp(-90 * time)) < 1e-9);
    CHECK(end.step == 3);
    CHECK(end.gradientEvaluations >= 3 * 12);
  }
}

TEST_CASE("gradient flow does not mind how its time is cut") {
  const auto f = makeLandscape("himmelblau", {});
  const Block start = Eigen::RowVector2d(-0.5, -0.5).array();
  const Block whole = flowFrom(*f, start, 0.4, 1).x, parts = flowFrom(*f, start, 0.01, 40).x;
  CHECK((whole - parts).abs().maxCoeff() < 1e-8);
}

TEST_CASE("gradient flow keeps what layers differ by, |u|^2 - |v|^2, while f falls") {
  for (const int width : {1, 3}) {
    const auto f = makeTwoLayerNetwork(width, 0);
    const Block start = 1.5 * seededBlock(3, 1, 2L * width);
    const auto kept = [width](const Block& x) {
      return x.leftCols(width).square().sum() - x.rightCols(width).square().sum();
    };
    const Block end = flowFrom(*f, start, 0.05, 200).x;
    CHECK(kept(end) == doctest::Approx(kept(start)).epsilon(1e-9));
    CHECK(valueAt(*f, row(end, 0)) < 1e-8);
  }
}
