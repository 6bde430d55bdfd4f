// What the theory of SGD promises for an L-smooth, m-strongly convex f whose stochastic gradients
// are unbiased with E |grad f_w|^2 <= sigma0 + sigma |grad f|^2: the lecture's Lemmas 5 and 6 and
// Theorems 7 and 8. Numbers in brackets are those of L. Bottou, F. Curtis, J. Nocedal,
// "Optimization methods for large-scale machine learning", SIAM Review 60 (2018).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "theory/gradient_noise.hpp"

namespace wv {

struct DescentConstants {
  double smoothness = 0;       // L
  double strongConvexity = 0;  // m
  NoiseConstants noise;        // of the gradients in use: see ofBatch
};

// Bounds on E f(x - alpha grad f_w) - f(x), at a point with the given |grad f|^2.
// Lemma 5 (4.2), with the true E |grad f_w|^2: -alpha |grad f|^2 + alpha^2 L E |grad f_w|^2 / 2.
double descentBound(double alpha, double smoothness, double fullSquare, double stochasticSquare);
// Lemma 6 (4.4): -alpha (1 - alpha L sigma/2) |grad f|^2 + alpha^2 L sigma0 / 2.
double descentBound(double alpha, double smoothness, double fullSquare,
                    const NoiseConstants& noise);

// 1 / (L sigma): the largest step of Theorem 7, and of the first update in Theorem 8.
double largestStep(const DescentConstants& constants);

// What E f - f* is certain to fall to: alpha L sigma0 / (2 m).
double constantStepFloor(double alpha, const DescentConstants& constants);

// Theorem 7 (4.6): E f(x_t) - f* <= floor + (1 - alpha m)^t (gap0 - floor) after t updates from a
// point with f - f* = gap0. The lecture's exponent is one less, which is false below the floor:
// f = x^2/2 with unit noise, alpha = 1/2, from 0 reaches 1/8 after one update.
double constantStepBound(double alpha, const DescentConstants& constants, double gap0,
                         double updates);

// Sentences that name the hypotheses of Theorem 7 that fail, 0 < alpha <= 1/(L sigma) and m > 0;
// empty if it applies.
std::vector<std::string> constantStepFailures(double alpha, const DescentConstants& constants);

// The steps alpha0/(t0 + 1), alpha0/(t0 + 2), ... (ScheduleKind::inverseTime).
struct InverseTimeSteps {
  double alpha0 = 0;
  double t0 = 1;
};

// Theorem 8 (4.7): E f - f* <= nu / (t0 + 1 + t) after t updates from a point with f - f* = gap0,
// nu = max(alpha0^2 L sigma0 / (2 (alpha0 m - 1)), (t0 + 1) gap0). (4.7 numbers the points from 1.)
// Infinite unless alpha0 > 1/m.
double inverseTimeNu(const InverseTimeSteps& steps, const DescentConstants& constants, double gap0);
double inverseTimeBound(double nu, double t0, double updates);

// The same for Theorem 8: alpha0 > 1/m, t0 > 0, the first step at most 1/(L sigma), m > 0.
std::vector<std::string> inverseTimeFailures(const InverseTimeSteps& steps,
                                             const DescentConstants& constants);

// alpha0 = 2/m, which makes alpha0^2 / (alpha0 m - 1) least, and the smallest t0 that is allowed
// (at least 1e-9, as it must be above 0).
InverseTimeSteps bestInverseTimeSteps(const DescentConstants& constants);

}  // namespace wv
