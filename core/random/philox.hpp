// Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as
// easy as 1, 2, 3", SC11 (2011). A bijection of 128-bit counters for each 64-bit key.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

namespace wv {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

namespace detail {

[[gnu::always_inline]] inline PhiloxCounter philoxRound(const PhiloxCounter& c,
                                                        const PhiloxKey& key) {
  const std::uint64_t p0 = std::uint64_t{0xD2511F53} * c[0];
  const std::uint64_t p1 = std::uint64_t{0xCD9E8D57} * c[2];
  return {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ key[0], static_cast<std::uint32_t>(p1),
          static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ key[1], static_cast<std::uint32_t>(p0)};
}

// The rounds are unrolled by the pack, not by a loop: compilers only vectorise the innermost loop,
// and that must be the caller's loop over counters.
template <std::uint32_t... round>
[[gnu::always_inline]] inline PhiloxCounter philoxRounds(
    PhiloxCounter c, const PhiloxKey& key, std::integer_sequence<std::uint32_t, round...>) {
  ((c = philoxRound(c, {key[0] + round * 0x9E3779B9, key[1] + round * 0xBB67AE85})), ...);
  return c;
}

}  // namespace detail

[[gnu::always_inline]] inline PhiloxCounter philox4x32(const PhiloxCounter& counter,
                                                       const PhiloxKey& key) {
  return detail::philoxRounds(counter, key, std::make_integer_sequence<std::uint32_t, 10>{});
}

}  // namespace wv
