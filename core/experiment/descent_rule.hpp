// The stochastic method of a run whose user may choose one.
#pragma once

#include <vector>

#include "experiment/parameter.hpp"
#include "method/stochastic_catalogue.hpp"

namespace wv {

struct DescentRule {
  // Of stochasticMethods(), whose first is plain SGD.
  const StochasticMethodInfo* method = &stochasticMethods().front();
  StochasticOptions options = {};

  // What the theorems speak of.
  bool isPlainSgd() const { return method == &stochasticMethods().front(); }
  // Whether some step of it passes over all the terms.
  bool passesOverTerms() const { return method->draws != Draws::batches; }
  bool keepsGradients() const { return method->draws == Draws::rememberedTerms; }
};

// `method`, `momentum` and `averagingStart`.
std::vector<Parameter> descentRuleParameters();

// Adds an issue for a method that draws single terms when the batch is not 1.
DescentRule chooseDescentRule(const Settings& settings, std::vector<Issue>& issues);

}  // namespace wv
