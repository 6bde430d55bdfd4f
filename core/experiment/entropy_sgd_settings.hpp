// The parameter table of the experiment entropy-sgd, and the methods that it races.
#pragma once

#include <memory>
#include <vector>

#include "experiment/parameter.hpp"
#include "method/entropy_sgd.hpp"

namespace wv {

std::vector<Parameter> entropySgdParameters();

bool startsInSharpValley(const Settings& settings);

// One of the race. A step of the experiment costs every method `innerSteps` gradients: one step of
// Entropy-SGD or Parle, that many of the others.
struct Racer {
  std::unique_ptr<const Method> method;
  const EntropySgd* entropy = nullptr;  // the method, when it has an inner loop
  double stepSize = 0;
  int updatesPerStep = 1;
  int groupSize = 1;  // replicas that move together
};

// Its replicates are those of the settings.
Racer racerOf(const Settings& settings);

}  // namespace wv
