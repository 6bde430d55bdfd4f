#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "experiment_run.hpp"
#include "objective/catalogue.hpp"

namespace {

using wv::Experiment;
using wv::Setting;
using wv::test::refusedBy;
using wv::test::runOf;
using wv::test::valuesOf;

using Numbers = std::vector<double>;

std::unique_ptr<Experiment> gibbsAfter(int steps, const std::vector<Setting>& settings) {
  auto run = runOf("gibbs", settings);
  run->advance(steps);
  return run;
}

// Oracle 8 of the science notes.
const std::vector<Setting> parabola = {{"objective", std::string("quadratic-1d")},
                                       {"k", 2.0},
                                       {"beta", 3.0},
                                       {"alpha", 0.25},
                                       {"x0", -1.5}};

std::vector<Setting> with(std::vector<Setting> settings, const std::vector<Setting>& more) {
  settings.insert(settings.end(), more.begin(), more.end());
  return settings;
}

// One number measured and one predicted: 4 standard errors leave 6 in 100 000 to chance, with fixed
// seeds, for some hundred comparisons.
bool agrees(double measured, double error, double exact) {
  return std::fabs(measured - exact) <= 4 * error;
}

}  // namespace

TEST_CASE("gibbs: oracle 8, the parabola in closed form, and the walkers beside it") {
  const auto run = gibbsAfter(400, parabola);
  CHECK(valuesOf(*run, "predictedVariance").at(0) == doctest::Approx(2.0 / 9).epsilon(1e-12));
  CHECK(valuesOf(*run, "gibbsVariance").at(0) == doctest::Approx(1.0 / 6).epsilon(1e-10));
  CHECK(valuesOf(*run, "predictedAutocorrelationTime").at(0) == doctest::Approx(3).epsilon(1e-12));
  // The oracle's distances are those of the densities. Bins of an eighth of a deviation see a
  // little less: for a cell of width h, KL loses a share of about h^2/12 in units of the variance.
  const Numbers bias = valuesOf(*run, "bias");
  REQUIRE(bias.size() == 3);
  CHECK(bias[0] < 0.022825630441);
  CHECK(bias[0] == doctest::Approx(0.022825630441).epsilon(0.01));
  CHECK(bias[2] == doctest::Approx(0.063156230327).epsilon(0.01));

  const Numbers variance = valuesOf(*run, "variance");
  const Numbers error = valuesOf(*run, "varianceStandardError");
  CHECK(agrees(variance[0], error[0], 2.0 / 9));
  CHECK_FALSE(agrees(variance[0], error[0], 1.0 / 6));
  const Numbers time = valuesOf(*run, "autocorrelationTime");
  REQUIRE(time.size() == 3);
  CHECK(time[2] == 1);
  CHECK(agrees(time[0], time[1], 3));
  CHECK(valuesOf(*run, "effectiveSampleSize")[0] ==
        doctest::Approx(200 * 64 / time[0]).epsilon(1e-12));
}

TEST_CASE(
    "gibbs: on parabolas the variance is 1/(beta k (1 - alpha k/2)), with a corrector 1/(beta k)") {
  for (const double alpha : {0.1, 0.5, 1.0, 1.5}) {
    CAPTURE(alpha);
    for (const char* corrector : {"none", "mala", "leimkuhler-matthews"}) {
      CAPTURE(corrector);
      const auto run = gibbsAfter(100, {{"objective", std::string("quadratic-1d")},
                                        {"beta", 3.0},
                                        {"alpha", alpha},
                                        {"x0", 0.5},
                                        {"corrector", std::string(corrector)},
                                        {"replicates", 4000.0}});
      const bool isPlain = std::string(corrector) == "none";
      const double exact = isPlain ? 1 / (3 * (1 - alpha / 2)) : 1.0 / 3;
      CHECK(
          agrees(valuesOf(*run, "variance")[0], valuesOf(*run, "varianceStandardError")[0], exact));
      CHECK(valuesOf(*run, "predictedVariance").at(0) == doctest::Approx(exact).epsilon(1e-9));
      // What is left of KL with a corrector is chance alone.
      const double limit = valuesOf(*run, "limit").at(0), floor = valuesOf(*run, "floor").at(0);
      CHECK(agrees(valuesOf(*run, "kl").back(), valuesOf(*run, "klStandardError").back(), limit));
      CHECK((isPlain ? limit > 1.1 * floor : limit == doctest::Approx(floor).epsilon(1e-6)));
      if (std::string(corrector) == "mala") {
        const Numbers acceptance = valuesOf(*run, "acceptance");
        // The first steps, on the way to the limit law, are within a fifth of an error.
        CHECK(std::fabs(acceptance[0] - valuesOf(*run, "predictedAcceptance").at(0)) <=
              4.2 * acceptance[1]);
      }
    }
  }
}

TEST_CASE(
    "gibbs: what is expected of KL and total variation is what is measured, all the way down") {
  const std::vector<std::vector<Setting>> chains = {
      {{"objective", std::string("double-well-1d")}, {"tilt", 0.3}, {"alpha", 0.04}},
      {{"objective", std::string("mixture-1d")}, {"beta", 1.0}, {"alpha", 0.002}},
      {{"objective", std::string("cosine-1d")}, {"beta", 2.0}, {"alpha", 0.3}, {"x0", 40.0}},
      {{"objective", std::string("quadratic")}, {"condition", 4.0}, {"alpha", 0.2}, {"x0", -2.0}},
      {{"objective", std::string("quadratic-1d")},
       {"corrector", std::string("leimkuhler-matthews")},
       {"alpha", 0.7}}};
  for (const auto& settings : chains) {
    CAPTURE(std::get<std::string>(settings[0].value));
    const auto run = gibbsAfter(150, with(settings, {{"replicates", 4000.0}}));
    const Numbers kl = valuesOf(*run, "kl"), expected = valuesOf(*run, "predictedKl");
    const Numbers error = valuesOf(*run, "klStandardError");
    const Numbers tv = valuesOf(*run, "totalVariation");
    const Numbers tvExpected = valuesOf(*run, "predictedTotalVariation");
    const Numbers tvError = valuesOf(*run, "totalVariationStandardError");
    REQUIRE(expected.size() == kl.size());
    REQUIRE(tvExpected.size() == kl.size());
    for (std::size_t i = 0; i < kl.size(); ++i) {
      CAPTURE(i);
      // 5 per cent of what chance adds: expectedSampleKl is no better than that.
      const double rough = 0.05 * valuesOf(*run, "floor")[0];
      CHECK(std::fabs(kl[i] - expected[i]) <= 4 * error[i] + rough);
      // A walker or none in 4000 says nothing of its error.
      CHECK(std::fabs(tv[i] - tvExpected[i]) <= 4 * tvError[i] + 1e-4);
    }
  }
}

TEST_CASE("gibbs: Example 2 with its own noise is uniform, and no Gaussian of its variance") {
  const std::vector<Setting> twoTerms = {
      {"objective", std::string("scalar")},  {"a", std::string("1, 1")},
      {"b", std::string("1, -1")},           {"alpha", 0.5},
      {"temperature", std::string("batch")}, {"x0", 1.0}};
  const auto sgd = gibbsAfter(60, with(twoTerms, {{"noise", std::string("sgd")}}));
  const auto model = gibbsAfter(60, twoTerms);
  // Noise of variance 1: beta = 2 b/alpha = 4.
  CHECK(valuesOf(*sgd, "beta") == Numbers{4});
  for (const auto* run : {&sgd, &model}) {
    const Numbers variance = valuesOf(**run, "variance");
    CHECK(agrees(variance[0], valuesOf(**run, "varianceStandardError")[0], 1.0 / 3));
    // Of cells, for the draws themselves.
    CHECK(valuesOf(**run, "predictedVariance").at(0) == doctest::Approx(1.0 / 3).epsilon(1e-3));
  }
  const Numbers x = valuesOf(*sgd, "x");
  CHECK(*std::min_element(x.begin(), x.end()) >= -1);
  CHECK(*std::max_element(x.begin(), x.end()) <= 1);
  // The uniform density 1/2 inside, 0 outside, in the bins that hold no end.
  const Numbers edges = valuesOf(*sgd, "edges"), density = valuesOf(*sgd, "histogram");
  const Numbers predicted = valuesOf(*sgd, "chainLaw");
  for (std::size_t i = 0; i < density.size(); ++i) {
    const double low = edges[i], high = edges[i + 1];
    if ((low < -1 && high > -1) || (low < 1 && high > 1)) {
      continue;
    }
    const double exact = low >= -1 && high <= 1 ? 0.5 : 0;
    const double share = exact * (high - low);
    // So many standard errors, as each of some 80 cells must keep to it.
    CHECK(std::fabs(density[i] - exact) <=
          4.5 * std::sqrt(share * (1 - share) / 10'000) / (high - low));
    // Of the cells one at each end is partly empty, which the walk passes on.
    CHECK(std::fabs(predicted[i] - exact) < 0.05);
  }
  // KL(uniform | N(0, 1/4)) = 2/3 - log 2 + log(2 pi/4)/2 = 0.199. Both distances differ by far
  // more than their errors.
  const Numbers kl = valuesOf(*sgd, "kl"), modelKl = valuesOf(*model, "kl");
  CHECK(kl.back() == doctest::Approx(0.199).epsilon(0.05));
  CHECK(modelKl.back() < 0.5 * kl.back());
}

TEST_CASE("gibbs: 2 alpha and 2 b reach the law of alpha and b; b doubled alone does not") {
  const auto reached = [](double alpha, double batch) {
    return gibbsAfter(static_cast<int>(30 / alpha), {{"tilt", 0.3},
                                                     {"temperature", std::string("batch")},
                                                     {"alpha", alpha},
                                                     {"batch", batch},
                                                     {"corrector", std::string("mala")},
                                                     {"x0", -1.0},
                                                     {"replicates", 4000.0}});
  };
  const auto one = reached(0.1, 1), both = reached(0.2, 2), batchOnly = reached(0.1, 2);
  CHECK(valuesOf(*one, "beta") == Numbers{20});
  CHECK(valuesOf(*both, "beta") == Numbers{20});
  CHECK(valuesOf(*batchOnly, "beta") == Numbers{40});
  CHECK(valuesOf(*one, "gibbsWellMass") == valuesOf(*both, "gibbsWellMass"));
  // In the shallow well no walker has crossed: within one well the law is that of the temperature.
  const auto meanValue = [](const Experiment& run) { return valuesOf(run, "meanValue"); };
  const Numbers a = meanValue(*one), b = meanValue(*both), c = meanValue(*batchOnly);
  CHECK(std::fabs(a[0] - b[0]) <= 4 * std::hypot(a[1], b[1]));
  CHECK(std::fabs(a[0] - c[0]) > 10 * std::hypot(a[1], c[1]));
}

TEST_CASE("gibbs: a run in parts, and part of the walkers, are the same run") {
  const std::vector<Setting> settings = {{"objective", std::string("double-well")}};
  const auto whole = gibbsAfter(1000, with(settings, {{"replicates", 100.0}}));
  const auto parts = runOf("gibbs", with(settings, {{"replicates", 100.0}}));
  parts->advance(600);
  valuesOf(*parts, "kl");
  parts->advance(400);
  for (const char* id : {"x", "kl", "times", "totalVariation", "autocorrelationTime"}) {
    CAPTURE(id);
    CHECK(valuesOf(*whole, id) == valuesOf(*parts, id));
  }
  const auto few = gibbsAfter(1000, with(settings, {{"replicates", 20.0}}));
  const Numbers all = valuesOf(*whole, "x"), some = valuesOf(*few, "x");
  CHECK(std::equal(some.begin(), some.end(), all.begin()));
  // Some hundred numbers, however long the run, the present one last.
  const auto longer = gibbsAfter(50'001, with(settings, {{"replicates", 1.0}}));
  const Numbers times = valuesOf(*longer, "times");
  CHECK(times.size() < 900);
  CHECK(times.back() == 50'001);
  CHECK(valuesOf(*longer, "kl").size() == times.size());
}

TEST_CASE("gibbs: a change on the way is what a run with the new chain goes on with") {
  const auto run = gibbsAfter(100, {{"objective", std::string("quadratic-1d")}, {"alpha", 0.5}});
  CHECK(run->set("beta", 8.0).empty());
  CHECK(run->set("alpha", 0.2).empty());
  CHECK(run->edits().size() == 2);
  CHECK(valuesOf(*run, "beta") == Numbers{8});
  run->advance(100);
  // The exact law is carried over both changes.
  const Numbers kl = valuesOf(*run, "kl"), expected = valuesOf(*run, "predictedKl");
  REQUIRE(expected.size() == kl.size());
  CHECK(agrees(kl.back(), valuesOf(*run, "klStandardError").back(), expected.back()));
  CHECK(agrees(valuesOf(*run, "variance")[0], valuesOf(*run, "varianceStandardError")[0],
               1 / (8 * 0.9)));
  CHECK(run->set("corrector", std::string("mala")).empty());
  run->advance(100);
  CHECK(agrees(valuesOf(*run, "variance")[0], valuesOf(*run, "varianceStandardError")[0], 1.0 / 8));
  CHECK(valuesOf(*run, "acceptance")[0] < 1);
  CHECK_FALSE(run->set("replicates", 10.0).empty());
}

TEST_CASE("gibbs: no law where Z is infinite; a chain past 2/k diverges with finite numbers") {
  const auto beale = gibbsAfter(50, {{"objective", std::string("beale")}, {"alpha", 0.001}});
  CHECK(beale->status().state == wv::RunState::running);
  for (const char* id : {"logZ", "kl", "gibbs", "floor", "gibbsMeanValue"}) {
    CHECK(valuesOf(*beale, id).empty());
  }
  CHECK(valuesOf(*beale, "histogram").size() == 36 * 25);

  const auto fast = gibbsAfter(2000, with(parabola, {{"alpha", 1.1}}));
  CHECK(fast->status().state == wv::RunState::diverged);
  CHECK(fast->status().step < 200);
  for (const char* id : {"x", "kl", "variance", "varianceStandardError", "meanValue", "w2"}) {
    CAPTURE(id);
    const Numbers values = valuesOf(*fast, id);
    CHECK(std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }));
  }
  CHECK(valuesOf(*fast, "predictedVariance").empty());
  // A Metropolis test holds it back.
  const auto held =
      gibbsAfter(200, with(parabola, {{"alpha", 1.1}, {"corrector", std::string("mala")}}));
  CHECK(held->status().state == wv::RunState::running);
}

TEST_CASE("gibbs: the wells hold what the law gives them, once there was time to cross") {
  const auto run = gibbsAfter(
      600, {{"tilt", 0.3}, {"beta", 2.0}, {"alpha", 0.1}, {"corrector", std::string("mala")}});
  CHECK(valuesOf(*run, "wells").at(0) == doctest::Approx(-1.035579).epsilon(1e-6));
  const Numbers share = valuesOf(*run, "wellMass"), mass = valuesOf(*run, "gibbsWellMass");
  REQUIRE(share.size() == 2);
  CHECK(agrees(share[1], valuesOf(*run, "wellMassStandardError")[1], mass[1]));
  // The sum over a grid is the integral to rounding: all derivatives vanish at both ends.
  const auto f = wv::makeLandscape("double-well-1d", {.tilt = 0.3});
  const wv::Column x = wv::Column::LinSpaced(4001, -4, 4);
  wv::Column values(x.size());
  f->value(x, values);
  const double logZ = std::log((-2 * values).exp().sum() * (x(1) - x(0)));
  CHECK(valuesOf(*run, "logZ").at(0) == doctest::Approx(logZ).epsilon(1e-9));
  CHECK(agrees(valuesOf(*run, "meanValue")[0], valuesOf(*run, "meanValue")[1],
               valuesOf(*run, "gibbsMeanValue")[0]));
}

TEST_CASE("gibbs: combinations that make no sense are refused under the parameter to change") {
  const std::vector<Setting> sgd = {{"noise", std::string("sgd")}};
  CHECK(refusedBy("gibbs", sgd) == "noise");
  const auto scalar = with(sgd, {{"objective", std::string("scalar")}});
  CHECK(refusedBy("gibbs", scalar) == "temperature");
  const auto batch = with(scalar, {{"temperature", std::string("batch")}});
  CHECK(refusedBy("gibbs", with(batch, {{"corrector", std::string("mala")}})) == "corrector");
  CHECK(refusedBy("gibbs", with(batch, {{"replicates", 30'000.0}})) == "replicates");
  CHECK(refusedBy("gibbs", with(batch, {{"b", std::string("1, 2, 3")}})) == "b");
}

TEST_CASE("gibbs: a function on a half line has its law there, and a walker that leaves ends it") {
  const std::vector<Setting> typed = {{"objective", std::string("expression")},
                                      {"expression", std::string("x - log(x)")},
                                      {"beta", 5.0},
                                      {"alpha", 0.3},
                                      {"replicates", 1000.0}};
  const auto plain = runOf("gibbs", typed);
  CHECK(valuesOf(*plain, "startInstead") == valuesOf(*plain, "suggestedStart"));
  CHECK(valuesOf(*plain, "logZ").at(0) == doctest::Approx(std::log(120 / 15625.0)).epsilon(1e-10));
  const Numbers window = valuesOf(*plain, "window");
  CHECK(window[0] < 1);
  CHECK(window[1] > 1);
  // The noise of a step is 0.35: one of a thousand walkers soon jumps over 0.
  plain->advance(200);
  CHECK(plain->status().state == wv::RunState::diverged);
  const auto held = runOf("gibbs", with(typed, {{"corrector", std::string("mala")}}));
  held->advance(200);
  CHECK(held->status().state == wv::RunState::running);
  const Numbers mean = valuesOf(*held, "mean"), error = valuesOf(*held, "meanStandardError");
  CHECK(agrees(mean[0], error[0], 1.2));
  for (const auto* run : {plain.get(), held.get()}) {
    for (const char* id : {"gibbs", "histogram", "chainLaw", "kl", "totalVariation", "w2",
                           "predictedKl", "floor", "limit", "meanValue", "gibbsMeanValue",
                           "variance", "gibbsVariance", "autocorrelationTime", "acceptance"}) {
      CAPTURE(id);
      for (const double value : valuesOf(*run, id)) {
        CHECK(std::isfinite(value));
      }
    }
  }
  CHECK(refusedBy("gibbs", with(typed, {{"x0", -1.0}})) == "x0");
}

TEST_CASE("gibbs: without a law the picture is the objective's window") {
  // Climbs, but not by 60/beta within reach.
  const auto run = runOf("gibbs", {{"objective", std::string("expression")},
                                   {"expression", std::string("log(1 + x^2)/4")},
                                   {"beta", 1.0},
                                   {"x0", 1.0},
                                   {"replicates", 100.0}});
  CHECK(valuesOf(*run, "logZ").empty());
  const Numbers window = valuesOf(*run, "window");
  CHECK(window[0] < -1);
  CHECK(window[1] > 1);
}
