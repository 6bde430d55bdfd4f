#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "experiment_run.hpp"

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

[[maybe_unused]] std::vector<Setting> with(std::vector<Setting> settings, const std::vector<Setting>& more) {
  settings.insert(settings.end(), more.begin(), more.end());
  return settings;
}

// One number measured and one predicted: 4 standard errors leave 6 in 100 000 to chance, with fixed
// seeds, for some hundred comparisons.
[[maybe_unused]] bool agrees(double measured, double error, double exact) {
  return std::fabs(measured - exact) <= 4 * error;
}

}  // namespace

TEST_CASE("gibbs: probe") {
  for (const char* objective : {"double-well-1d", "quadratic-1d", "mixture-1d", "cosine-1d", "scalar", "quadratic", "double-well", "saddle", "himmelblau", "rosenbrock", "beale"}) {
    auto run = gibbsAfter(300, {{"objective", std::string(objective)}, {"alpha", 0.02}});
    MESSAGE(objective << " status " << int(run->status().state) << " step " << run->status().step);
    for (const char* id : {"kl", "klStandardError", "predictedKl", "totalVariation", "predictedTotalVariation", "w2", "predictedW2", "floor","bias","limit","variance","varianceStandardError","predictedVariance","gibbsVariance","meanValue","gibbsMeanValue","autocorrelationTime","predictedAutocorrelationTime","wells","wellMass","gibbsWellMass","window","logZ","curvature"}) {
      const Numbers v = valuesOf(*run, id);
      std::string text;
      for (std::size_t i = v.size() > 4 ? v.size() - 3 : 0; i < v.size(); ++i) text += std::to_string(v[i]) + " ";
      MESSAGE("   " << id << " [" << v.size() << "] " << text);
    }
  }
}
