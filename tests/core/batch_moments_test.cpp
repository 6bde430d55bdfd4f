// The moments of a batch's mean against every batch, listed.
#include "theory/batch_moments.hpp"

#include <doctest.h>

#include <cmath>

namespace {

using wv::Column;
using wv::Sampling;

// Every batch as a number in base m; those with an entry twice are no batches of distinct ones.
bool takesApart(int code, int m, int batch, bool distinct, std::vector<int>& entries) {
  entries.clear();
  for (int k = 0; k < batch; ++k, code /= m) {
    for (const int earlier : entries) {
      if (distinct && earlier == code % m) {
        return false;
      }
    }
    entries.push_back(code % m);
  }
  return true;
}

wv::BatchMoments listed(const Column& population, bool distinct, int batch) {
  const int m = static_cast<int>(population.size());
  std::vector<double> means;
  std::vector<int> entries;
  for (int code = 0; code < std::lround(std::pow(m, batch)); ++code) {
    if (takesApart(code, m, batch, distinct, entries)) {
      double sum = 0;
      for (const int i : entries) {
        sum += population(i) / batch;
      }
      means.push_back(sum);
    }
  }
  const auto moment = [&](double about, int power) {
    double sum = 0;
    for (const double mean : means) {
      sum += std::pow(mean - about, power);
    }
    return sum / static_cast<double>(means.size());
  };
  const double mean = moment(0, 1), variance = moment(mean, 2);
  return {mean, variance, moment(mean, 3) / std::pow(variance, 1.5),
          moment(mean, 4) / (variance * variance) - 3};
}

}  // namespace

TEST_CASE("the moments of a batch's mean are those over all batches") {
  Column population(5);
  population << -1, 0.5, 2, 2.25, 11;
  for (const Sampling sampling : {Sampling::replacement, Sampling::distinct}) {
    for (const int batch : {1, 2, 3, 4}) {
      CAPTURE(batch);
      const bool distinct = sampling == Sampling::distinct;
      CAPTURE(distinct);
      const wv::BatchMoments expected = listed(population, distinct, batch);
      const wv::BatchMoments moments = wv::batchMoments(population, sampling, batch);
      CHECK(moments.mean == doctest::Approx(expected.mean).epsilon(1e-13));
      CHECK(moments.variance == doctest::Approx(expected.variance).epsilon(1e-12));
      CHECK(moments.skewness == doctest::Approx(expected.skewness).epsilon(1e-11));
      CHECK(moments.excessKurtosis == doctest::Approx(expected.excessKurtosis).epsilon(1e-11));
    }
  }
}

TEST_CASE("a batch of all, or of equal entries, has no spread and no shape") {
  Column population(3);
  population << 1.1, 1.3, 7.7;
  const wv::BatchMoments all = wv::batchMoments(population, Sampling::distinct, 3);
  const wv::BatchMoments equal =
      wv::batchMoments(Column::Constant(7, 0.1), Sampling::replacement, 2);
  for (const wv::BatchMoments& moments : {all, equal}) {
    CHECK(moments.variance == 0);
    CHECK(moments.skewness == 0);
    CHECK(moments.excessKurtosis == 0);
  }
}
