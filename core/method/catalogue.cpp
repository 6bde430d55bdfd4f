#include "method/catalogue.hpp"

#include "method/adagrad.hpp"
#include "method/adam.hpp"
#include "method/backtracking.hpp"
#include "method/gd.hpp"
#include "method/momentum.hpp"
#include "method/nesterov.hpp"
#include "method/rmsprop.hpp"

namespace wv {
namespace {

using Maker = std::unique_ptr<const Method> (*)(double momentum);

template <class Rule>
std::unique_ptr<const Method> plain(double) {
  return std::make_unique<Rule>();
}
template <class Rule>
std::unique_ptr<const Method> withMomentum(double momentum) {
  return std::make_unique<Rule>(momentum);
}

constexpr MethodInfo methodInfos[] = {
    {"gd", "gradient descent", "x ← x − α∇f(x)", false},
    {"heavy-ball", "heavy ball", "v ← μv − α∇f(x), x ← x + v", true},
    {"nesterov", "Nesterov", "v ← μv − α∇f(x + μv), x ← x + v", true},
    {"adagrad", "AdaGrad", "s ← s + g², x ← x − αg/(√s + ε)", false},
    {"rmsprop", "RMSProp", "s ← 0.9s + 0.1g², x ← x − αg/(√s + ε)", false},
    {"adam", "Adam", "x ← x − α m̂/(√ŝ + ε), β₁ = 0.9, β₂ = 0.999", false},
    {"backtracking", "backtracking", "halve α until f falls by 10⁻⁴ α‖∇f‖²", false},
};
constexpr Maker makers[] = {plain<GradientDescent>, withMomentum<HeavyBall>, withMomentum<Nesterov>,
                            plain<AdaGrad>,         plain<RmsProp>,          plain<Adam>,
                            plain<Backtracking>};
static_assert(std::size(methodInfos) == std::size(makers));

}  // namespace

std::span<const MethodInfo> methods() { return methodInfos; }

std::unique_ptr<const Method> makeMethod(std::string_view id, double momentum) {
  for (std::size_t i = 0; i < std::size(methodInfos); ++i) {
    if (methodInfos[i].id == id) {
      return makers[i](momentum);
    }
  }
  return nullptr;
}

}  // namespace wv
