#include "objective/catalogue.hpp"

#include <iterator>

#include "objective/landscape_1d.hpp"
#include "objective/landscape_2d.hpp"
#include "objective/mixture_1d.hpp"
#include "objective/mixture_2d.hpp"

namespace wv {
namespace {

using Parameters = LandscapeParameters;
using Maker = std::unique_ptr<Objective> (*)(const Parameters&);

constexpr LandscapeInfo infos[] = {
    {"quadratic", "quadratic bowl", "½(x² + κy²)", 2},
    {"rosenbrock", "Rosenbrock's valley", "(1 − x)² + 100(y − x²)²", 2},
    {"himmelblau", "Himmelblau's four minima", "(x² + y − 11)² + (x + y² − 7)²", 2},
    {"beale", "Beale's plateau", "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²", 2},
    {"saddle", "saddle between two minima", "½(x² − y²) + ¼y⁴", 2},
    {"double-well", "double well", "(x² − 1)² + ½y² + tilt·x", 2},
    {"mixture", "wells of a Gaussian mixture in the plane", "−log Σ wᵢ N(x; mᵢ, sᵢ²) N(y; 0, sᵢ²)",
     2},
    {"quadratic-1d", "parabola", "½kx²", 1},
    {"double-well-1d", "double well on a line", "(x² − 1)² + tilt·x", 1},
    {"mixture-1d", "wells of a Gaussian mixture", "−log Σ wᵢ N(x; mᵢ, sᵢ²)", 1},
    {"cosine-1d", "cosine waves", "A cos ωx", 1},
};

template <std::unique_ptr<Objective> make(const Mixture&)>
std::unique_ptr<Objective> mixture(const Parameters& p) {
  const Mixture mixture{p.weights, p.means, p.deviations};
  return mixtureRefusal(mixture).empty() ? make(mixture) : nullptr;
}

constexpr Maker makers[] = {
    [](const Parameters& p) { return makeQuadratic2d(p.condition); },
    [](const Parameters&) { return makeRosenbrock(); },
    [](const Parameters&) { return makeHimmelblau(); },
    [](const Parameters&) { return makeBeale(); },
    [](const Parameters&) { return makeSaddle(); },
    [](const Parameters& p) { return makeDoubleWell2d(p.tilt); },
    mixture<makeMixture2d>,
    [](const Parameters& p) { return makeQuadratic1d(p.curvature); },
    [](const Parameters& p) { return makeDoubleWell1d(p.tilt); },
    mixture<makeMixture1d>,
    [](const Parameters& p) { return makeCosine1d(p.amplitude, p.omega); },
};
static_assert(std::size(infos) == std::size(makers));

}  // namespace

std::span<const LandscapeInfo> landscapes() { return infos; }

std::unique_ptr<Objective> makeLandscape(std::string_view id,
                                         const LandscapeParameters& parameters) {
  for (std::size_t i = 0; i < std::size(infos); ++i) {
    if (infos[i].id == id) {
      return makers[i](parameters);
    }
  }
  return nullptr;
}

}  // namespace wv
