// The stochastic update rules by name: the one list of their ids, labels and formulas.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "method/method.hpp"
#include "method/sampler.hpp"

namespace wv {

// Where a rule takes its gradients from.
enum class Draws {
  batches,          // the context's source, which should be a MiniBatchGradient
  singleTerms,      // the sampler, whose batch must be 1
  rememberedTerms,  // the same, and it keeps a GradientTable (see GradientTable::fits)
};

struct StochasticMethodInfo {
  std::string_view id;
  std::string_view label;
  std::string_view formula;
  Draws draws;
  bool usesMomentum;
};

std::span<const StochasticMethodInfo> stochasticMethods();

// Each rule reads its own.
struct StochasticOptions {
  double momentum = 0.9;                      // momentum: mu in [0, 1)
  std::optional<std::uint32_t> anchorPeriod;  // svrg: updates >= 1; n unless given
  std::uint32_t averagingStart = 0;           // averaged-sgd: t0
};

// Null when no rule has this id, and for a rule that draws single terms when the sampler's batch is
// not 1. The sampler must outlive the method.
std::unique_ptr<const Method> makeStochasticMethod(std::string_view id,
                                                   const StochasticOptions& options,
                                                   const Sampler& sampler);

}  // namespace wv
