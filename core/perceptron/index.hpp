#pragma once

#include <cstddef>

namespace wv {

// What counts weights and patterns, as an index into a vector. k >= 0.
inline std::size_t at(int k) { return static_cast<std::size_t>(k); }

}  // namespace wv
