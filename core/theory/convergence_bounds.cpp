#include "theory/convergence_bounds.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/integer_power.hpp"
#include "numeric/number_text.hpp"

namespace wv {
namespace {

void addConvexityFailure(const DescentConstants& constants, std::vector<std::string>& failures) {
  if (!(constants.strongConvexity > 0)) {
    failures.push_back("m > 0 fails: f is not strongly convex.");
  }
}

}  // namespace

double descentBound(double alpha, double smoothness, double fullSquare, double stochasticSquare) {
  return alpha * (0.5 * alpha * smoothness * stochasticSquare - fullSquare);
}

double descentBound(double alpha, double smoothness, double fullSquare,
                    const NoiseConstants& noise) {
  return descentBound(alpha, smoothness, fullSquare, noise.sigma0 + noise.sigma * fullSquare);
}

double largestStep(const DescentConstants& constants) {
  return 1 / (constants.smoothness * constants.noise.sigma);
}

double constantStepFloor(double alpha, const DescentConstants& constants) {
  return alpha * constants.smoothness * constants.noise.sigma0 / (2 * constants.strongConvexity);
}

double constantStepBound(double alpha, const DescentConstants& constants, double gap0,
                         double updates) {
  const double floor = constantStepFloor(alpha, constants);
  return floor + numeric::integerPower(1 - alpha * constants.strongConvexity,
                                       static_cast<std::uint64_t>(updates)) *
                     (gap0 - floor);
}

std::vector<std::string> constantStepFailures(double alpha, const DescentConstants& constants) {
  std::vector<std::string> failures;
  addConvexityFailure(constants, failures);
  const double largest = largestStep(constants);
  if (!(alpha > 0)) {
    failures.push_back("α > 0 fails: α is " + numeric::numberText(alpha, 4) + ".");
  }
  if (!(alpha <= largest)) {
    failures.push_back("α ≤ 1/(Lσ) fails: α is " + numeric::numberText(alpha, 4) +
                       ", but 1/(Lσ) is " + numeric::numberText(largest, 4) + ".");
  }
  return failures;
}

double inverseTimeNu(const InverseTimeSteps& steps, const DescentConstants& constants,
                     double gap0) {
  const double excess = steps.alpha0 * constants.strongConvexity - 1;
  if (!(excess > 0)) {
    return numeric::infinity;
  }
  const double noise =
      steps.alpha0 * steps.alpha0 * constants.smoothness * constants.noise.sigma0 / (2 * excess);
  return std::max(noise, (steps.t0 + 1) * gap0);
}

double inverseTimeBound(double nu, double t0, double updates) { return nu / (t0 + 1 + updates); }

std::vector<std::string> inverseTimeFailures(const InverseTimeSteps& steps,
                                             const DescentConstants& constants) {
  std::vector<std::string> failures;
  addConvexityFailure(constants, failures);
  const double least = 1 / constants.strongConvexity;
  if (constants.strongConvexity > 0 && !(steps.alpha0 > least)) {
    failures.push_back("α0 > 1/m fails: α0 is " + numeric::numberText(steps.alpha0, 4) +
                       ", but 1/m is " + numeric::numberText(least, 4) + ".");
  }
  if (!(steps.t0 > 0)) {
    failures.push_back("t0 > 0 fails: t0 is " + numeric::numberText(steps.t0, 4) + ".");
  }
  const double first = steps.alpha0 / (steps.t0 + 1), largest = largestStep(constants);
  if (!(first <= largest)) {
    failures.push_back(
        "α1 ≤ 1/(Lσ) fails: the first step is α0/(t0 + 1) = " + numeric::numberText(first, 4) +
        ", but 1/(Lσ) is " + numeric::numberText(largest, 4) + ".");
  }
  return failures;
}

InverseTimeSteps bestInverseTimeSteps(const DescentConstants& constants) {
  constexpr double leastT0 = 1e-9;
  const double alpha0 = 2 / constants.strongConvexity;
  InverseTimeSteps steps{alpha0, std::max(leastT0, alpha0 / largestStep(constants) - 1)};
  // So that the first step is no rounding above the largest.
  while (!(steps.alpha0 / (steps.t0 + 1) <= largestStep(constants))) {
    steps.t0 = std::nextafter(steps.t0, numeric::infinity);
  }
  return steps;
}

}  // namespace wv
