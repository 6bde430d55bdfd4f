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
