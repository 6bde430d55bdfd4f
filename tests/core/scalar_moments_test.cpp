#include "theory/scalar_moments.hpp"

#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "scalar_walks.hpp"

namespace {

using namespace wv::test;
using wv::Sampling;
using wv::ScalarMoments;
using wv::ScalarQuadratic;

const Sampling allModes[] = {Sampling::replacement, Sampling::distinct, Sampling::reshuffle,
                             Sampling::shuffleOnce, Sampling::cyclic};

ScalarQuadratic exampleD() { return ScalarQuadratic(Numbers{1, 2, 3}, Numbers{1, 1, 4.5}); }

// The means over all n! orders of the error and its square at each step.
struct BruteForce {
  Numbers mean, second;
  double count = 0;

  void add(const Numbers& path, double minimizer) {
    mean.resize(path.size(), 0);
    second.resize(path.size(), 0);
    for (std::size_t t = 0; t < path.size(); ++t) {
      mean[t] += path[t] - minimizer;
      second[t] += (path[t] - minimizer) * (path[t] - minimizer);
    }
    count += 1;
  }
};

template <class Visit>
void forEachOrder(int n, const Visit& visit) {
  Order order = identity(n);
  do {
    visit(order);
  } while (std::next_permutation(order.begin(), order.end()));
}

void checkAgainst(const wv::TransientMoments& exact, const BruteForce& brute) {
  REQUIRE(exact.meanError.size() == brute.mean.size());
  for (std::size_t t = 0; t < brute.mean.size(); ++t) {
    CAPTURE(t);
    const double second = brute.second[t] / brute.count;
    const double tolerance = 1e-12 * (1 + second);
    CHECK(std::abs(exact.meanError[t] - brute.mean[t] / brute.count) < tolerance);
    CHECK(std::abs(exact.secondMoment[t] - second) < tolerance);
  }
}

double varianceOf(Sampling sampling, int batch) {
  return ScalarMoments(exampleD(), sampling, batch, 0.05).stationary()->variance;
}

}  // namespace

TEST_CASE("scalar moments, oracles 1 and 2: limit, stationary variance and excess") {
  const ScalarQuadratic f = exampleD();
  CHECK(std::abs(wv::scalarStepLimit(f, Sampling::replacement, 1).alpha - 2.0 / 7) < 1e-15);
  CHECK(std::abs(varianceOf(Sampling::replacement, 1) - 0.034129560915) < 5e-13);
  CHECK(std::abs(varianceOf(Sampling::replacement, 2) - 0.016482080637) < 5e-13);
  CHECK(std::abs(varianceOf(Sampling::distinct, 2) - 0.008102701512) < 5e-13);
  CHECK(varianceOf(Sampling::distinct, 3) == 0);
  const auto stationary = ScalarMoments(f, Sampling::replacement, 1, 0.05).stationary();
  CHECK(std::abs(stationary->excess - 0.079635642136) < 5e-13);
  CHECK(stationary->bias == 0);
}

TEST_CASE("scalar moments, oracle 3: the transient") {
  const ScalarQuadratic f = exampleD();
  const auto transient =
      ScalarMoments(f, Sampling::replacement, 1, 0.05).transient(5 - f.minimizer(), 10);
  REQUIRE(transient.meanError.size() == 11);
  CHECK(transient.meanError[0] == 5 - f.minimizer());
  CHECK(std::abs(transient.meanError[10] - 0.268096756196) < 5e-13);
  CHECK(std::abs(transient.secondMoment[10] - 0.107581526638) < 5e-13);
}

TEST_CASE("scalar moments, oracle 4: the uniform law on [-1, 1] has variance 1/3") {
  const ScalarQuadratic f(Numbers{1, 1}, Numbers{1, -1});
  const auto stationary = ScalarMoments(f, Sampling::replacement, 1, 0.5).stationary();
  CHECK(stationary->variance == doctest::Approx(1.0 / 3).epsilon(1e-15));
}

TEST_CASE("reshuffling: every step of an epoch against all n! orders, every batch size") {
  for (int n = 1; n <= 7; ++n) {
    const ScalarQuadratic f = seededTerms(70 + static_cast<std::uint32_t>(n), n);
    for (int batch = 1; batch <= n; ++batch) {
      for (double alpha : {0.01, 0.3, 1.1}) {  // alpha a^2 from 0.0025 to 4.4
        CAPTURE(n);
        CAPTURE(batch);
        CAPTURE(alpha);
        BruteForce brute;
        forEachOrder(n, [&](const Order& order) {
          brute.add(walked(f, f.minimizer() - 1.5, alpha, order, batch), f.minimizer());
        });
        const ScalarMoments moments(f, Sampling::reshuffle, batch, alpha);
        checkAgainst(moments.transient(-1.5, stepsPerEpoch(n, batch)), brute);
      }
    }
  }
}

TEST_CASE("reshuffling: two epochs against all pairs of orders") {
  const ScalarQuadratic f = seededTerms(81, 5);
  for (int batch : {1, 2, 3}) {
    BruteForce brute;
    forEachOrder(5, [&](const Order& first) {
      const Numbers begin = walked(f, f.minimizer() + 2, 0.2, first, batch);
      forEachOrder(5, [&](const Order& second) {
        Numbers path = begin;
        const Numbers end = walked(f, begin.back(), 0.2, second, batch);
        path.insert(path.end(), end.begin() + 1, end.end());
        brute.add(path, f.minimizer());
      });
    });
    const ScalarMoments moments(f, Sampling::reshuffle, batch, 0.2);
    checkAgainst(moments.transient(2, 2 * stepsPerEpoch(5, batch)), brute);
  }
}

TEST_CASE("shuffle-once: three epochs of the same order, against all orders") {
  for (int n : {2, 5, 8}) {
    const ScalarQuadratic f = seededTerms(90 + static_cast<std::uint32_t>(n), n);
    for (int batch : {1, 2, 3}) {
      CAPTURE(n);
      CAPTURE(batch);
      const bool known = n <= wv::mostEnumeratedTerms || batch == 1;
      CHECK(wv::scalarMomentsRefusal(f, Sampling::shuffleOnce, batch).empty() == known);
      if (!known || batch > n) {
        continue;
      }
      BruteForce brute;
      forEachOrder(n, [&](const Order& order) {
        Numbers path{f.minimizer() + 2};
        for (int epoch = 0; epoch < 3; ++epoch) {
          const Numbers next = walked(f, path.back(), 0.2, order, batch);
          path.insert(path.end(), next.begin() + 1, next.end());
        }
        brute.add(path, f.minimizer());
      });
      const int steps = 3 * stepsPerEpoch(n, batch);
      auto exact = ScalarMoments(f, Sampling::shuffleOnce, batch, 0.2).transient(2, steps);
      for (int t = 0; t <= steps && n > wv::mostEnumeratedTerms; ++t) {
        const auto entry = static_cast<std::size_t>(t);
        CHECK(std::isnan(exact.meanError[entry]) == (t % n != 0));
        CHECK(std::isnan(exact.secondMoment[entry]) == (t % n != 0));
        if (t % n != 0) {
          exact.meanError[entry] = brute.mean[entry] / brute.count;
          exact.secondMoment[entry] = brute.second[entry] / brute.count;
        }
      }
      checkAgainst(exact, brute);
    }
  }
}

TEST_CASE("cyclic: the path itself, without variance") {
  const ScalarQuadratic f = seededTerms(95, 8);
  Numbers path{f.minimizer() + 2};
  for (int epoch = 0; epoch < 400; ++epoch) {
    const Numbers next = walked(f, path.back(), 0.1, identity(8), 3);
    path.insert(path.end(), next.begin() + 1, next.end());
  }
  BruteForce brute;
  brute.add(path, f.minimizer());
  const ScalarMoments moments(f, Sampling::cyclic, 3, 0.1);
  checkAgainst(moments.transient(2, 1200), brute);
  CHECK(moments.stationary()->bias == doctest::Approx(path.back() - f.minimizer()).epsilon(1e-12));
  CHECK(moments.stationary()->variance == 0);
}

TEST_CASE("a batch of every term is gradient descent in every order without replacement") {
  const ScalarQuadratic f = seededTerms(96, 300);
  for (Sampling sampling :
       {Sampling::distinct, Sampling::reshuffle, Sampling::shuffleOnce, Sampling::cyclic}) {
    CHECK(wv::scalarMomentsRefusal(f, sampling, 300) == "");
    const ScalarMoments moments(f, sampling, 300, 0.3);
    const auto transient = moments.transient(2, 20);
    double e = 2;
    for (std::size_t t = 0; t <= 20; ++t, e *= 1 - 0.3 * f.meanSquare()) {
      CHECK(std::abs(transient.meanError[t] - e) < 1e-14);
      CHECK(std::abs(transient.secondMoment[t] - e * e) < 1e-14);
    }
    CHECK(moments.stationary()->variance < 1e-30);
    const wv::StepLimit limit = wv::scalarStepLimit(f, sampling, 300);
    CHECK(limit.sharp);
    CHECK(limit.alpha == doctest::Approx(2 / f.meanSquare()).epsilon(1e-14));
  }
}

TEST_CASE("the transient tends to the stationary moments, in every mode") {
  const ScalarQuadratic f = seededTerms(97, 6);
  for (Sampling sampling : allModes) {
    for (int batch : {1, 2, 4}) {
      for (double alpha : {0.02, 0.1, 0.5}) {
        CAPTURE(static_cast<int>(sampling));
        CAPTURE(batch);
        CAPTURE(alpha);
        const ScalarMoments moments(f, sampling, batch, alpha);
        const auto stationary = moments.stationary();
        REQUIRE(stationary);
        const auto late = moments.transient(3, 3000);  // a whole number of epochs
        const double bias = late.meanError.back();
        const double variance = late.secondMoment.back() - bias * bias;
        const double scale = stationary->variance + stationary->bias * stationary->bias;
        CHECK(std::abs(stationary->bias - bias) < 1e-10 * std::sqrt(scale));
        CHECK(std::abs(stationary->variance - variance) < 1e-10 * scale);
        CHECK(stationary->excess ==
              doctest::Approx(0.5 * f.meanSquare() * (variance + bias * bias)).epsilon(1e-10));
      }
    }
  }
}

TEST_CASE("floors: O(alpha) with replacement, O(alpha^2) without") {
  const ScalarQuadratic f = seededTerms(98, 12);
  const auto excess = [&](Sampling sampling, double alpha) {
    return ScalarMoments(f, sampling, 1, alpha).stationary()->excess;
  };
  const double shrink = excess(Sampling::replacement, 1e-4) / excess(Sampling::replacement, 1e-3);
  CHECK(shrink == doctest::Approx(0.1).epsilon(0.01));
  for (Sampling sampling : {Sampling::reshuffle, Sampling::shuffleOnce, Sampling::cyclic}) {
    CHECK(excess(sampling, 1e-4) / excess(sampling, 1e-3) == doctest::Approx(0.01).epsilon(0.1));
  }
}

TEST_CASE("step limits: bounded below, unbounded above") {
  const ScalarQuadratic f = seededTerms(99, 6);
  for (Sampling sampling : allModes) {
    for (int batch : {1, 2, 4}) {
      CAPTURE(static_cast<int>(sampling));
      CAPTURE(batch);
      const wv::StepLimit limit = wv::scalarStepLimit(f, sampling, batch);
      for (double share : {0.01, 0.5, 0.9, 0.999999}) {
        const ScalarMoments below(f, sampling, batch, share * limit.alpha);
        CHECK(below.contraction() < 1);
        CHECK(below.stationary());
      }
      const bool walks = sampling == Sampling::reshuffle || sampling == Sampling::shuffleOnce;
      CHECK(limit.sharp == !(walks && batch > 1));
      if (limit.sharp) {
        const ScalarMoments above(f, sampling, batch, 1.000001 * limit.alpha);
        CHECK(above.contraction() > 1);
        CHECK(!above.stationary());
      }
    }
  }
  CHECK(wv::scalarStepLimit(exampleD(), Sampling::replacement, 1).condition ==
        "α < 2A/E a⁴ = 0.2857");
}

TEST_CASE("step limits: the first step at which the product of an epoch leaves (-1, 1)") {
  // Wide spreads of a, where hills between poles matter; equal ones; zeros.
  for (const Numbers& a : {Numbers{1, 2, 3}, Numbers{1, 1, 1}, Numbers{0.3, 0, 2, 0.5},
                           Numbers{3, 2.9, 0.1, 0.1, 0.1}, Numbers{10, 1, 1, 0.9, 0.5, 0.4}}) {
    const ScalarQuadratic f(a, Numbers(a.size(), 1));
    const double limit = wv::scalarStepLimit(f, Sampling::cyclic, 1).alpha;
    CHECK(limit == wv::scalarStepLimit(f, Sampling::reshuffle, 1).alpha);
    const auto product = [&](double alpha) {
      double result = 1;
      for (const double entry : a) {
        result *= 1 - alpha * entry * entry;
      }
      return std::abs(result);
    };
    CHECK(product(limit) == doctest::Approx(1).epsilon(1e-12));
    for (int k = 1; k < 100'000; ++k) {
      if (!(product(limit * k / 100'000) < 1)) {
        FAIL("crosses 1 before the limit, at ", limit * k / 100'000, " of ", limit);
      }
    }
    CHECK(product(limit * (1 + 1e-9)) > 1);
  }
}

TEST_CASE("scalar moments: what has no exact law is refused with a sentence") {
  const ScalarQuadratic f = seededTerms(102, 201);
  CHECK(wv::scalarMomentsRefusal(f, Sampling::replacement, 500) == "");
  CHECK(wv::scalarMomentsRefusal(f, Sampling::distinct, 20) == "");
  CHECK(wv::scalarMomentsRefusal(f, Sampling::cyclic, 1) == "");
  CHECK(wv::scalarMomentsRefusal(f, Sampling::reshuffle, 1) ==
        "With a new order for each epoch, exact moments are computed for at most 200 terms; these "
        "data have 201.");
  CHECK(wv::scalarMomentsRefusal(f, Sampling::shuffleOnce, 1) ==
        "With one order for all epochs, exact moments are computed for at most 200 terms; these "
        "data have 201.");
  CHECK(wv::scalarMomentsRefusal(f, Sampling::shuffleOnce, 2) ==
        "With one order for all epochs and batches of several terms, exact moments are computed "
        "for at most 7 terms; these data have 201.");
}
