#include <doctest.h>

#include <cmath>

#include "experiment/gap_series.hpp"
#include "numeric/statistics.hpp"
#include "random/fill.hpp"

using wv::Column;

TEST_CASE("mean, standard error and quantiles agree with the plain statistics") {
  for (int replicates : {1, 2, 3, 10, 101, 1000}) {
    CAPTURE(replicates);
    wv::GapSeries series;
    for (std::uint32_t step = 0; step < 3; ++step) {
      wv::Block block(replicates, 1);
      wv::fillNormal({.seed = 7, .stream = wv::Stream::normal, .step = step}, block);
      const Column gap = block.col(0).square();
      REQUIRE(series.record(gap));
      CHECK(series.mean()[step] == wv::numeric::mean(gap));
      CHECK(series.standardError()[step] == (replicates > 1 ? wv::numeric::standardError(gap) : 0));
      for (std::size_t k = 0; k < wv::recordedQuantiles.size(); ++k) {
        CHECK(series.quantiles()[5UL * step + k] ==
              doctest::Approx(wv::numeric::quantile(gap, wv::recordedQuantiles[k])).epsilon(1e-14));
      }
    }
  }
}

TEST_CASE("a gap that is no number is not recorded") {
  wv::GapSeries series;
  Column gap = Column::Ones(4);
  REQUIRE(series.record(gap));
  gap(2) = std::nan("");
  CHECK(!series.record(gap));
  gap(2) = INFINITY;
  CHECK(!series.record(gap));
  CHECK(series.mean().size() == 1);
  CHECK(series.quantiles().size() == 5);
}
