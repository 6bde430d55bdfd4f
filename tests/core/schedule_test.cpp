#include <doctest.h>

#include <cmath>
#include <initializer_list>

#include "method/schedule.hpp"

using wv::alphaAt;
using wv::Schedule;
using wv::ScheduleKind;

TEST_CASE("schedules take their values by hand") {
  CHECK(alphaAt({ScheduleKind::constant, 0.3}, 1000) == 0.3);
  CHECK(alphaAt({ScheduleKind::inverseTime, 2, 7}, 0) == 2.0 / 8);
  CHECK(alphaAt({ScheduleKind::inverseTime, 2, 7}, 12) == 2.0 / 20);
  CHECK(alphaAt({ScheduleKind::inverseSqrt, 2, 3}, 0) == 1.0);
  CHECK(alphaAt({ScheduleKind::inverseSqrt, 2, 3}, 12) == 0.5);
  CHECK(alphaAt({ScheduleKind::tooFast, 2, 1}, 8) == 0.02);
  CHECK(alphaAt({ScheduleKind::staircase, 0.8, 1, 10}, 9) == 0.8);
  CHECK(alphaAt({ScheduleKind::staircase, 0.8, 1, 10}, 10) == 0.4);
  CHECK(alphaAt({ScheduleKind::staircase, 0.8, 1, 10}, 35) == 0.1);
}

TEST_CASE("Bottou's schedules take their values by hand") {
  // alpha0 lambda = 1/8: 1 + t/8 is 1 at t = 0 and 16 at t = 120, where 16^(-3/4) = 1/8.
  const Schedule plain{ScheduleKind::bottou, 0.5, 1, 1, 0.25};
  const Schedule averaged{ScheduleKind::bottouAveraged, 0.5, 1, 1, 0.25};
  CHECK(alphaAt(plain, 0) == 0.5);
  CHECK(alphaAt(plain, 120) == 0.5 / 16);
  CHECK(alphaAt(averaged, 0) == 0.5);
  CHECK(alphaAt(averaged, 120) == 0.5 / 8);
  // Three roundings under the root and two roots stay within 4 units of the last place of pow.
  for (std::uint32_t t = 0; t < 100'000; t += 37) {
    const double growth = 1 + 0.125 * t;
    CHECK(alphaAt(averaged, t) == doctest::Approx(0.5 * std::pow(growth, -0.75)).epsilon(1e-15));
  }
}

TEST_CASE("the sum of a too fast schedule stays below its limit, that of inverse time does not") {
  double tooFast = 0;
  double inverse = 0;
  for (std::uint32_t t = 0; t < 100'000; ++t) {
    tooFast += alphaAt({ScheduleKind::tooFast, 1, 1}, t);
    inverse += alphaAt({ScheduleKind::inverseTime, 1, 1}, t);
  }
  // Sum over k >= 2 of 1/k^2 is pi^2/6 - 1; the harmonic sum grows like log.
  CHECK(tooFast < M_PI * M_PI / 6 - 1);
  CHECK(inverse > std::log(100'000.0) - 1);
}

TEST_CASE("a stage lasts until (1 - alpha m)^k has fallen to a third") {
  for (double alpha : {0.01, 0.1, 0.4}) {
    const auto k = wv::halvingStageLength(alpha, 1.5);
    CHECK(std::pow(1 - 1.5 * alpha, k) <= 1.0 / 3);
    CHECK(std::pow(1 - 1.5 * alpha, k - 1.0) > 1.0 / 3);
  }
  CHECK(wv::halvingStageLength(1, 1) == 1);
  CHECK(wv::halvingStageLength(5, 1) == 1);
}

TEST_CASE(
    "a stage lasts log 3/(alpha m) updates where alpha m is rounding beside 1, and for ever "
    "without m") {
  CHECK(wv::halvingStageLength(1e-8, 1) == std::ceil(std::log(3.0) * 1e8 - 0.5 * std::log(3.0)));
  CHECK(wv::halvingStageLength(1e-20, 1) == wv::longestStage);
  CHECK(wv::halvingStageLength(0.1, 0) == wv::longestStage);
  wv::HalvingStaircase flat(0.1, 0);
  for (int t = 0; t < 1000; ++t) {
    flat.advance();
  }
  CHECK(flat.alpha() == 0.1);
}
