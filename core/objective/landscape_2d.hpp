// Functions of two variables, after the definitions in the design notes.
#pragma once

#include <memory>

#include "objective/objective.hpp"

namespace wv {

// (x^2 + condition y^2) / 2, condition > 0.
std::unique_ptr<Objective> makeQuadratic2d(double condition);

// (1 - x)^2 + 100 (y - x^2)^2. H. H. Rosenbrock, Computer Journal 3 (1960).
std::unique_ptr<Objective> makeRosenbrock();

// (x^2 + y - 11)^2 + (x + y^2 - 7)^2: four minima of depth 0.
std::unique_ptr<Objective> makeHimmelblau();

// sum over k = 1, 2, 3 of (c_k - x (1 - y^k))^2 with c = 1.5, 2.25, 2.625. Minimum 0 at (3, 0.5).
std::unique_ptr<Objective> makeBeale();

// (x^2 - y^2) / 2 + y^4 / 4: a saddle at the origin between two minima of depth -1/4.
std::unique_ptr<Objective> makeSaddle();

// (x^2 - 1)^2 + y^2 / 2 + tilt x.
std::unique_ptr<Objective> makeDoubleWell2d(double tilt);

}  // namespace wv
