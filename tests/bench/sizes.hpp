// How much each kernel does: the same in every program that is compared. plain-kernels.js has the
// sizes too, in its own language.
#pragma once

namespace wv::bench {

constexpr int terms = 1000;  // n of the least squares
constexpr double stepSize = 0.01;
constexpr int trajectorySteps = 200'000;
constexpr int replicates = 10'000;
constexpr int ensembleSteps = 100;
constexpr double beta = 3, langevinStepSize = 0.01;
constexpr int normals = 2'000'000;
constexpr int walkers = 1000, outerSteps = 20, innerSteps = 20;
constexpr double innerStepSize = 0.1, innerNoise = 0.1, averaging = 0.75, gamma = 1;
constexpr int samples = 1438, pixels = 64, hidden = 64, classes = 10, batch = 32;
constexpr double momentum = 0.9, networkStepSize = 0.1;
constexpr int enumerated = 21, enumeratedPatterns = 20;

}  // namespace wv::bench
