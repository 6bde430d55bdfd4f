// The deterministic update rules by name: the one list of their ids, labels and formulas.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "method/method.hpp"

namespace wv {

struct MethodInfo {
  std::string_view id;
  std::string_view label;
  std::string_view formula;
  bool usesMomentum;
};

std::span<const MethodInfo> methods();

// Null when no method has this id. `momentum` is mu in [0, 1).
std::unique_ptr<const Method> makeMethod(std::string_view id, double momentum);

}  // namespace wv
