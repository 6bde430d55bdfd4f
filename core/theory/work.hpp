// How many term gradients it takes to reach f - f* <= target: the lecture's Remark 11.
#pragma once

#include <optional>

#include "theory/convergence_bounds.hpp"

namespace wv {

// In all of these gap0 is f - f* at the start, and the work is 0 if gap0 <= target, else at least
// one step; beyond one, steps are not rounded up to whole ones. Targets are above 0.

// Gradient descent, n evaluations a step, each of which multiplies the gap by at most `rate` (see
// gradientDescentRate): n log(gap0/target) / -log rate. Infinite for rate >= 1.
double gradientDescentWork(int terms, double rate, double gap0, double target);

// SGD by Theorem 7: batch t evaluations with constantStepBound(t) = target. Infinite if the floor
// is not below the target.
double constantStepWork(double alpha, const DescentConstants& constants, int batch, double gap0,
                        double target);
// The step of (0, 1/(L sigma)] with the least constantStepWork, to about 7 digits; 0 if gap0 <=
// target. When sigma0 > 0 and the target is small, its floor is a little below the target.
double bestConstantStep(const DescentConstants& constants, double gap0, double target);

// SGD by Theorem 8: batch t evaluations with nu / (t0 + 1 + t) = target.
double inverseTimeWork(const InverseTimeSteps& steps, const DescentConstants& constants, int batch,
                       double gap0, double target);

// max_i L_i of a linear model: largest |x_i|^2 (X is n x d) times the loss's largest curvature (1
// for least squares, 1/4 for logistic loss), plus the ridge.
double largestTermSmoothness(const Matrix& X, double lossCurvature, double ridge);

// The order of SVRG, SAG and SAGA: (n + max_i L_i / m) log(gap0/target), up to a constant factor.
// R. Johnson, T. Zhang, NIPS 26 (2013); A. Defazio, F. Bach, S. Lacoste-Julien, NIPS 27 (2014).
double varianceReducedWork(int terms, double largestTermSmoothness, double strongConvexity,
                           double gap0, double target);

// As orders of the target alone, SGD costs 1/target and gradient descent n log(1/target). They
// cross at the target with 1/target = n log(1/target), here to the last digits; SGD is cheaper for
// larger targets (below 1), gradient descent for smaller ones. Nothing for n < 3: then gradient
// descent is cheaper for every target below 1. (There is a second crossing near target = 1, where
// neither method has anything to do.)
std::optional<double> crossoverTarget(double terms);

}  // namespace wv
