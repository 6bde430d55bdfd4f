#include "theory/annealing.hpp"

#include <doctest.h>

#include <cmath>
#include <numeric>

#include "objective/landscape_1d.hpp"

namespace {

using wv::AnnealingStage;
using wv::CoolingSchedule;

}  // namespace

TEST_CASE("the temperature of SGD is alpha s^2/(2 b)") {
  CHECK(wv::sgdTemperature(0.1, 1, 1) == doctest::Approx(0.05));
  CHECK(wv::sgdTemperature(0.2, 2, 1) == doctest::Approx(0.05));  // (2 alpha, 2 b): the same law
  CHECK(wv::sgdTemperature(0.05, 1, 40) == doctest::Approx(1));
}

TEST_CASE("stages: masses and relaxation of known wells") {
  const auto even = wv::makeDoubleWell1d(0);
  const auto stages = wv::annealingStages(*even, 0.1, 0.5, 0.5, 3);
  REQUIRE(stages.size() == 3);
  CHECK(stages[1].alpha == doctest::Approx(0.05));
  CHECK(stages[1].temperature == doctest::Approx(0.25));
  // The spectral gap at beta = 4, by shooting (as in the tests of first passages).
  CHECK(stages[1].relaxationSteps == doctest::Approx(1 / (0.05 * 0.02977959331)).epsilon(1e-6));
  for (const AnnealingStage& stage : stages) {
    CHECK(stage.globalMass == doctest::Approx(0.5).epsilon(1e-10));
  }
  // Oracle 10: P(x > 0), the sliver between 0 and the maximum at 0.075429 left out by a midpoint
  // rule of its own.
  const auto tilted = wv::makeDoubleWell1d(0.3);
  for (const auto& [beta, right] : {std::pair{1.0, 0.378407}, {2.0, 0.261080}, {5.0, 0.055082}}) {
    const auto law = wv::GibbsLaw::onLine(*tilted, beta);
    double sliver = 0;
    for (int i = 0; i < 1000; ++i) {
      const double x = 0.075429 * (i + 0.5) / 1000;
      const double f = (x * x - 1) * (x * x - 1) + 0.3 * x;
      sliver += std::exp(-beta * f - law->logZ()) * 0.075429 / 1000;
    }
    CHECK(*wv::globalWellMass(*tilted, 1 / beta) ==
          doctest::Approx(1 - right + sliver).epsilon(2e-6));
  }
  CHECK(wv::globalWell(*wv::GibbsLaw::onLine(*tilted, 1)).minimum.x ==
        doctest::Approx(-1.035579).epsilon(1e-6));
}

TEST_CASE("in the cold a well is left after ages, which stay a number") {
  const auto tilted = wv::makeDoubleWell1d(0.5);
  const auto cold = wv::annealingStages(*tilted, 0.05, 0.01, 0.01, 2);
  CHECK(cold[0].globalMass == doctest::Approx(1).epsilon(1e-12));
  // Kramers: barrier 0.548, some 1/(0.05 0.7) e^54.8.
  CHECK(cold[0].relaxationSteps > 1e24);
  CHECK(cold[0].relaxationSteps < 1e26);
  CHECK(cold[1].relaxationSteps == 1e300);
}

TEST_CASE("no stages where there is no law") {
  const auto waves = wv::makeCosine1d(1, 1);
  CHECK(wv::annealingStages(*waves, 0.1, 1, 0.5, 3).empty());
  CHECK(!wv::globalWellMass(*waves, 1));
}

TEST_CASE("shares of every schedule, by hand") {
  const std::vector<AnnealingStage> stages = {
      {0.1, 1, 0.6, 10}, {0.05, 0.5, 0.8, 30}, {0.025, 0.25, 0.9, 60}};
  const auto shares = [&](CoolingSchedule schedule) {
    auto list = wv::stageShares(schedule, stages, 0.5, 0.7);
    CHECK(std::accumulate(list.begin(), list.end(), 0.0) == doctest::Approx(1).epsilon(1e-14));
    return list;
  };
  CHECK(shares(CoolingSchedule::stagewise)[2] == doctest::Approx(0.6));
  CHECK(shares(CoolingSchedule::geometric)[1] == doctest::Approx(1.0 / 3));
  CHECK(shares(CoolingSchedule::constant) == std::vector<double>{1, 0, 0});
  CHECK(shares(CoolingSchedule::quench) == std::vector<double>{0, 0, 1});
  // T = c/log(e^(c/T_0) + t) has come down to T_1, T_2, T_3 at these times.
  const auto due = [](double T) { return std::exp(0.7 / T) - std::exp(0.7); };
  const auto logarithmic = shares(CoolingSchedule::logarithmic);
  CHECK(logarithmic[0] == doctest::Approx(due(0.5) / due(0.125)).epsilon(1e-13));
  CHECK(logarithmic[1] == doctest::Approx((due(0.25) - due(0.5)) / due(0.125)).epsilon(1e-13));
}

TEST_CASE("a share relaxes to the Gibbs mass, in parts as at once") {
  const AnnealingStage stage{0.1, 0.5, 0.8, 200};
  CHECK(wv::relaxedShare(0, stage, 200) == doctest::Approx(0.8 * (1 - std::exp(-1))));
  CHECK(wv::relaxedShare(wv::relaxedShare(0.3, stage, 50), stage, 150) ==
        doctest::Approx(wv::relaxedShare(0.3, stage, 200)).epsilon(1e-14));
  CHECK(wv::relaxedShare(0.3, {0.1, 0.01, 1, 1e300}, 1e6) == doctest::Approx(0.3));
}
