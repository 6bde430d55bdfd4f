// The constants of an objective that the theory of gradient descent speaks of, and its rates.
#pragma once

#include "objective/objective.hpp"

namespace wv {

struct Constants {
  double smoothness = 0;       // L; infinite at a kink
  double strongConvexity = 0;  // m
  // f*, the global minimum; the infimum of a convex f that does not attain it; without convexity
  // and without a minimum, the least value in the window
  double minimum = 0;
  Point minimizer;      // the local one nearest to the point asked about; empty if none
  bool global = false;  // whether L and m hold everywhere
};

// L and m are the objective's own when it has global ones. Otherwise they are the largest modulus
// and the smallest of the eigenvalues of the Hessian at the minimiser (or at `near`, without one),
// and say how descent ends, not how it begins. At a minimiser with a kink there is no Hessian.
Constants constantsOf(const Objective& objective, const PointIn& near);

// rho^2 with rho = max(|1 - alpha m|, |1 - alpha L|): for 0 < alpha < 2/L the exact worst-case
// factor of f - f* per step of gradient descent over all L-smooth, m-strongly convex f, reached on
// quadratics. A. Taylor, J. Hendrickx, F. Glineur, "Exact worst-case convergence rates of the
// proximal gradient method for composite convex minimization", J. Optim. Theory Appl. 178 (2018).
double gradientDescentRate(double alpha, double smoothness, double strongConvexity);

// max(1 - alpha m, (alpha L - 1)^2), at least gradientDescentRate for every 0 < alpha <= 2/L:
// up to alpha = 1/m, (1 - alpha m)^2 <= 1 - alpha m; beyond, |1 - alpha m| <= alpha L - 1.
// It is the lecture's factor 1 - alpha m as long as alpha <= 2/L - m/L^2, which is at least
// 2/(m + L).
double linearRateBound(double alpha, double smoothness, double strongConvexity);

// Up to `monotone` = 1/L no coordinate of a quadratic overshoots; `fastest` = 2/(m + L) has the
// least rate; from `limit` = 2/L on, gradient descent need not converge. Infinite for L = 0.
struct StepSizeMarks {
  double monotone = 0, fastest = 0, limit = 0;
};
StepSizeMarks stepSizeMarks(double smoothness, double strongConvexity);

// Along one direction of a quadratic, of curvature L > 0: up to `monotone` the path runs into the
// minimiser without a swing across it, from `limit` on it does not come to rest.
struct StepSizeRange {
  double monotone = 0, limit = 0;
};
// x <- x - alpha grad f: 1/L and 2/L.
StepSizeRange gradientDescentRange(double smoothness);
// The heavy ball, 0 <= mu < 1: the roots of z^2 - (1 + mu - alpha L) z + mu are real and positive
// up to (1 - sqrt mu)^2/L, and inside the unit circle up to 2 (1 + mu)/L (B. T. Polyak, "Some
// methods of speeding up the convergence of iteration methods", 1964).
StepSizeRange heavyBallRange(double smoothness, double momentum);
// Nesterov's method, 0 <= mu < 1: likewise those of z^2 - (1 + mu)(1 - alpha L) z +
// mu (1 - alpha L), up to ((1 - mu)/(1 + mu))^2/L and 2 (1 + mu)/((1 + 2 mu) L).
StepSizeRange nesterovRange(double smoothness, double momentum);

}  // namespace wv
