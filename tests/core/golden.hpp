// Golden hashes hold every compiler and machine to the same bits: a test hashes a long table of
// results and compares with a literal.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>

namespace wv::test {

constexpr std::uint64_t kHashOffset = 0xcbf29ce484222325;

// FNV-1a of the 64 bits of each number, low byte first. All NaNs count as one: their sign and
// payload are the only bits that IEEE arithmetic leaves to the machine.
inline std::uint64_t hashOf(const double* data, std::size_t count,
                            std::uint64_t seed = kHashOffset) {
  std::uint64_t hash = seed;
  for (std::size_t i = 0; i < count; ++i) {
    const bool nan = data[i] != data[i];
    const std::uint64_t bits =
        nan ? 0x7ff8000000000000 : __builtin_bit_cast(std::uint64_t, data[i]);
    for (int shift = 0; shift < 64; shift += 8) {
      hash = (hash ^ ((bits >> shift) & 0xff)) * 0x100000001b3;
    }
  }
  return hash;
}

// Of any Eigen array or matrix, column by column; integers are hashed as doubles.
template <class Derived>
std::uint64_t hashOf(const Eigen::DenseBase<Derived>& array, std::uint64_t seed = kHashOffset) {
  using Plain = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic>;
  const Plain plain = array.derived().array().template cast<double>();
  return hashOf(plain.data(), static_cast<std::size_t>(plain.size()), seed);
}

}  // namespace wv::test
