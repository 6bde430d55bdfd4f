#include "method/stochastic_catalogue.hpp"

#include "method/averaged_sgd.hpp"
#include "method/gd.hpp"
#include "method/momentum.hpp"
#include "method/sag.hpp"
#include "method/saga.hpp"
#include "method/svrg.hpp"

namespace wv {
namespace {

using Made = std::unique_ptr<const Method>;
using Maker = Made (*)(const StochasticOptions& options, const Sampler& sampler);

Made sgd(const StochasticOptions&, const Sampler&) { return std::make_unique<GradientDescent>(); }
Made momentum(const StochasticOptions& options, const Sampler&) {
  return std::make_unique<HeavyBall>(options.momentum);
}
Made averagedSgd(const StochasticOptions& options, const Sampler&) {
  return std::make_unique<AveragedSgd>(options.averagingStart);
}
Made svrg(const StochasticOptions& options, const Sampler& sampler) {
  const auto epoch = static_cast<std::uint32_t>(sampler.terms());
  return std::make_unique<Svrg>(sampler, options.anchorPeriod.value_or(epoch));
}
template <class Rule>
Made remembering(const StochasticOptions&, const Sampler& sampler) {
  return std::make_unique<Rule>(sampler);
}

constexpr StochasticMethodInfo stochasticInfos[] = {
    {"sgd", "SGD", "x ← x − α∇f_ω(x)", Draws::batches, false},
    {"momentum", "SGD with momentum", "v ← μv − α∇f_ω(x), x ← x + v", Draws::batches, true},
    {"averaged-sgd", "averaged SGD", "x ← x − α∇f_ω(x), x̄ ← x̄ + (x − x̄)/max(1, t − t₀)",
     Draws::batches, false},
    {"svrg", "SVRG", "x ← x − α(∇ℓ_i(x) − ∇ℓ_i(z) + ∇f(z)), z ← x every epoch", Draws::singleTerms,
     false},
    {"sag", "SAG", "y_i ← ∇ℓ_i(x), x ← x − αȳ", Draws::rememberedTerms, false},
    {"saga", "SAGA", "x ← x − α(∇ℓ_i(x) − y_i + ȳ), y_i ← ∇ℓ_i(x)", Draws::rememberedTerms, false},
};
constexpr Maker makers[] = {sgd, momentum, averagedSgd, svrg, remembering<Sag>, remembering<Saga>};
static_assert(std::size(stochasticInfos) == std::size(makers));

}  // namespace

std::span<const StochasticMethodInfo> stochasticMethods() { return stochasticInfos; }

std::unique_ptr<const Method> makeStochasticMethod(std::string_view id,
                                                   const StochasticOptions& options,
                                                   const Sampler& sampler) {
  for (std::size_t i = 0; i < std::size(stochasticInfos); ++i) {
    if (stochasticInfos[i].id == id) {
      const bool drawable = stochasticInfos[i].draws == Draws::batches || sampler.batch() == 1;
      return drawable ? makers[i](options, sampler) : nullptr;
    }
  }
  return nullptr;
}

}  // namespace wv
