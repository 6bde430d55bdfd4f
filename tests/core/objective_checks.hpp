// What must hold of every objective, checked against its values alone.
#pragma once

#include <cstdint>

#include "golden.hpp"
#include "objective/objective.hpp"

namespace wv::test {

// Seeded, the same points everywhere: only the generator's integers are used. Entries in [-1, 1).
Block seededBlock(std::uint32_t seed, Eigen::Index rows, Eigen::Index columns);

// Points of the objective's window (one or two coordinates).
Block pointsInWindow(const Objective& objective, std::uint32_t seed, Eigen::Index rows);

double valueAt(const Objective& objective, const Point& x);

Point gradientAt(const Objective& objective, const Point& x);

Point row(const Block& block, Eigen::Index r);

// Central differences with h = 1e-5 times the length of the domain, about 1 to 10 here: the
// truncation h^2 f'''/6 and the rounding eps f / h both stay below 1e-6 of the scale of f, its
// gradient and its Hessian at the point, which is the tolerance.
void checkDerivatives(const Objective& objective, const Block& points);

// A block of any number of rows, also inside a larger one, gives the bits of its rows one by one.
void checkBatch(const Objective& objective, const Block& points);

// grad f is the mean of the grad l_i, to rounding in a sum of n terms.
void checkTerms(const Objective& objective, const Point& x);

// Zero gradient, relative to the scale of the Hessian, and a positive definite Hessian.
void checkMinimizers(const Objective& objective);

// Values and gradients at fixed points: one literal for every compiler and machine.
std::uint64_t hashOfObjective(const Objective& objective, const Block& points);

}  // namespace wv::test
