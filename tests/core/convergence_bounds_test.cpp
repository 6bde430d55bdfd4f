#include "theory/convergence_bounds.hpp"

#include <doctest.h>

#include <cmath>

#include "method/schedule.hpp"

namespace {

using wv::DescentConstants;

const DescentConstants oracle5{4, 1, {2, 1}};

}  // namespace

TEST_CASE("Theorem 7, oracle 5") {
  CHECK(wv::constantStepFloor(0.1, oracle5) == doctest::Approx(0.4).epsilon(1e-14));
  CHECK(wv::constantStepBound(0.1, oracle5, 10, 0) == 10);
  CHECK(std::abs(wv::constantStepBound(0.1, oracle5, 10, 1) - 9.04) < 1e-14);
  CHECK(std::abs(wv::constantStepBound(0.1, oracle5, 10, 10) - 3.747313024960) < 5e-13);
  CHECK(std::abs(wv::constantStepBound(0.1, oracle5, 10, 100) - 0.400254989429) < 5e-13);
  CHECK(wv::constantStepBound(0.1, oracle5, 10, 1e9) == wv::constantStepFloor(0.1, oracle5));
}

TEST_CASE("Theorem 7 satisfies the recursion that it is proved by, and is exact on x^2/2") {
  double gap = 10;
  const double floor = wv::constantStepFloor(0.07, oracle5);
  for (int t = 0; t < 300; ++t) {
    CHECK(wv::constantStepBound(0.07, oracle5, 10, t) == doctest::Approx(gap).epsilon(1e-12));
    gap = (1 - 0.07) * gap + 0.07 * floor;
  }
  // Additive unit noise: E f_{t+1} = (1 - alpha)^2 E f_t + alpha^2/2. From the minimum the bound
  // with the exponent t (not t - 1) meets the first step exactly.
  const DescentConstants unit{1, 1, {1, 1}};
  CHECK(wv::constantStepBound(0.5, unit, 0, 1) == 0.125);
  double exact = 0;
  for (int t = 0; t < 50; ++t) {
    CHECK(exact <= wv::constantStepBound(0.5, unit, 0, t));
    exact = 0.25 * exact + 0.125;
  }
}

TEST_CASE("Theorem 7 names the hypotheses that fail") {
  const DescentConstants constants{4, 1, {2, 2}};
  CHECK(wv::largestStep(constants) == 0.125);
  CHECK(wv::constantStepFailures(0.125, constants).empty());
  const auto tooLong = wv::constantStepFailures(0.3, constants);
  REQUIRE(tooLong.size() == 1);
  CHECK(tooLong[0] == "α ≤ 1/(Lσ) fails: α is 0.3, but 1/(Lσ) is 0.125.");
  CHECK(wv::constantStepFailures(0, constants) == std::vector<std::string>{"α > 0 fails: α is 0."});
  CHECK(wv::constantStepFailures(0.1, {4, 0, {2, 2}}) ==
        std::vector<std::string>{"m > 0 fails: f is not strongly convex."});
  CHECK(wv::constantStepFailures(std::nan(""), constants).size() == 2);
}

TEST_CASE("Theorem 8: nu is the larger of noise and start") {
  const DescentConstants constants{4, 0.5, {2, 1}};
  // 16 * 4 * 2 / (2 (4/2 - 1)) = 64.
  CHECK(wv::inverseTimeNu({4, 15}, constants, 1) == 64);
  CHECK(wv::inverseTimeNu({4, 15}, constants, 10) == 160);
  CHECK(wv::inverseTimeBound(160, 15, 0) == 10);
  CHECK(wv::inverseTimeBound(160, 15, 64) == 2);
  CHECK(std::isinf(wv::inverseTimeNu({2, 15}, constants, 1)));
}

TEST_CASE("Theorem 8 survives the recursion that it is proved by") {
  // One step: E gap_{t+1} <= (1 - alpha m) E gap_t + alpha^2 L sigma0 / 2.
  const DescentConstants constants{4, 0.5, {2, 3}};
  for (double alpha0 : {2.1, 4.0, 10.0}) {
    for (double gap0 : {0.0, 1.0, 100.0}) {
      const wv::InverseTimeSteps steps{alpha0, alpha0 * 12};
      REQUIRE(wv::inverseTimeFailures(steps, constants).empty());
      const double nu = wv::inverseTimeNu(steps, constants, gap0);
      const wv::Schedule schedule{wv::ScheduleKind::inverseTime, steps.alpha0, steps.t0, 1};
      double gap = gap0;
      for (std::uint32_t t = 0; t < 3000; ++t) {
        CHECK(gap <= wv::inverseTimeBound(nu, steps.t0, t) * (1 + 1e-13));
        const double alpha = wv::alphaAt(schedule, t);
        gap = (1 - alpha * constants.strongConvexity) * gap +
              0.5 * alpha * alpha * constants.smoothness * constants.noise.sigma0;
      }
    }
  }
}

TEST_CASE("Theorem 8 names the hypotheses that fail; the best steps have none") {
  const DescentConstants constants{4, 0.5, {2, 3}};
  CHECK(wv::inverseTimeFailures({2, 30}, constants) ==
        std::vector<std::string>{"α0 > 1/m fails: α0 is 2, but 1/m is 2."});
  CHECK(wv::inverseTimeFailures({4, 1}, constants) ==
        std::vector<std::string>{
            "α1 ≤ 1/(Lσ) fails: the first step is α0/(t0 + 1) = 2, but 1/(Lσ) is 0.08333."});
  CHECK(wv::inverseTimeFailures({4, 0}, constants).size() == 2);
  CHECK(wv::inverseTimeFailures({4, 100}, {4, 0, {2, 3}}).size() == 1);

  const wv::InverseTimeSteps best = wv::bestInverseTimeSteps(constants);
  CHECK(best.alpha0 == 4);
  CHECK(best.t0 == doctest::Approx(47).epsilon(1e-12));
  CHECK(wv::inverseTimeFailures(best, constants).empty());
  CHECK(wv::inverseTimeFailures(wv::bestInverseTimeSteps({1, 1, {1, 1}}), {1, 1, {1, 1}}).empty());
  CHECK(wv::inverseTimeFailures(wv::bestInverseTimeSteps({1, 1, {1, 0.1}}), {1, 1, {1, 0.1}})
            .empty());
  for (double alpha0 : {2.5, 3.0, 3.9, 4.1, 6.0}) {
    CHECK(wv::inverseTimeNu({alpha0, 47}, constants, 0) > wv::inverseTimeNu(best, constants, 0));
  }
}

TEST_CASE("Lemmas 5 and 6 at a point") {
  // -0.1 * 3 + 0.01 * 4 * 5 / 2
  CHECK(wv::descentBound(0.1, 4, 3, 5) == doctest::Approx(-0.2).epsilon(1e-14));
  // -0.1 (1 - 0.1 * 4 * 1.5 / 2) * 3 + 0.01 * 4 * 2 / 2
  CHECK(wv::descentBound(0.1, 4, 3, wv::NoiseConstants{2, 1.5}) ==
        doctest::Approx(-0.17).epsilon(1e-14));
}
