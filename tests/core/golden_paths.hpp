// The path of each method on Himmelblau's function, hashed: the same bits natively, as wasm in Node
// and in a browser. The list is read by the C++ and by the JavaScript tests.
#pragma once

#include <cstdint>
#include <string_view>

struct GoldenPath {
  std::string_view method;
  double alpha;
  std::uint64_t hash;
};

inline constexpr GoldenPath goldenPaths[] = {
#include "golden_paths.inc"
};
