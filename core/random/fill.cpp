#include "random/fill.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr Index kChunk = 128;

// The random bits of each replicate of a chunk. Being local memory, the compiler sees that loops
// over it alias nothing, and vectorises them.
struct Bits {
  std::uint64_t first[kChunk];
  std::uint64_t second[kChunk];
};

// One pair of numbers for each replicate of a chunk.
struct Pairs {
  double first[kChunk];
  double second[kChunk];
};

inline std::uint64_t join(std::uint32_t low, std::uint32_t high) {
  return (std::uint64_t{high} << 32) | low;
}

// Of the words that wordsOf(i) gives, i < count.
template <class WordsOf>
[[gnu::always_inline]] inline void fillBits(const WordsOf& wordsOf, Index count, Bits& bits) {
#ifdef __wasm__
  // The vectoriser multiplies in 64-bit lanes; engines emulate that with three products, and it
  // takes twice the time of scalar code.
#pragma clang loop vectorize(disable)
#endif
  for (Index i = 0; i < count; ++i) {
    const PhiloxCounter words = wordsOf(static_cast<std::uint32_t>(i));
    bits.first[i] = join(words[0], words[1]);
    bits.second[i] = join(words[2], words[3]);
  }
}

// The upper 52 bits, as an odd multiple of 2^-53. Setting the exponent to that of 1 gives
// 1 + m 2^-52, and the subtraction is exact.
inline double openUnit(std::uint64_t bits) {
  return numeric::detail::fromBits((bits >> 12) | 0x3ff0000000000000) - (1 - 0x1p-53);
}

// n times the 96-bit fraction first, second, rounded down.
inline int scaledIndex(std::uint64_t first, std::uint64_t second, std::uint64_t n) {
  const std::uint64_t low = (n * (second & 0xffffffff)) >> 32;
  const std::uint64_t middle = (n * (first & 0xffffffff) + low) >> 32;
  return static_cast<int>((n * (first >> 32) + middle) >> 32);
}

void uniformPairs(const Bits& bits, Index count, Pairs& pairs) {
  for (Index i = 0; i < count; ++i) pairs.first[i] = openUnit(bits.first[i]);
  for (Index i = 0; i < count; ++i) pairs.second[i] = openUnit(bits.second[i]);
}

// Box and Muller (1958). Three loops, because a square root that may set errno stays scalar and
// would hold up the rest.
void normalPairs(const Bits& bits, Index count, Pairs& pairs) {
  uniformPairs(bits, count, pairs);
  for (Index i = 0; i < count; ++i) {
    pairs.first[i] = -2 * numeric::detail::logOfNormal(pairs.first[i]);
  }
  for (Index i = 0; i < count; ++i) pairs.first[i] = std::sqrt(pairs.first[i]);
  for (Index i = 0; i < count; ++i) {
    const numeric::SinCos direction = numeric::sinCosTurns(pairs.second[i]);
    const double radius = pairs.first[i];
    pairs.first[i] = radius * direction.cos;
    pairs.second[i] = radius * direction.sin;
  }
}

// Calls use(first row, rows, bits) for each chunk of the rows of a column or pair of columns.
template <class Use>
void forEachChunk(Address address, Index rows, const Use& use) {
  const std::uint32_t origin = address.firstReplicate;
  Bits bits;
  for (Index row = 0; row < rows; row += kChunk) {
    const Index count = std::min(kChunk, rows - row);
    address.firstReplicate = origin + static_cast<std::uint32_t>(row);
    const Address local = address;
    fillBits([local](std::uint32_t i) { return wordsAt(local, i); }, count, bits);
    use(row, count, bits);
  }
}

template <class MakePairs>
void fillByPairs(Address address, BlockOut& block, const MakePairs& makePairs) {
  Pairs pairs;
  for (Index column = 0; column < block.cols(); column += 2, ++address.slot) {
    forEachChunk(address, block.rows(), [&](Index row, Index count, const Bits& bits) {
      makePairs(bits, count, pairs);
      std::copy_n(pairs.first, count, &block(row, column));
      if (column + 1 < block.cols()) std::copy_n(pairs.second, count, &block(row, column + 1));
    });
  }
}

}  // namespace

void fillUniform(const Address& address, BlockOut u) { fillByPairs(address, u, uniformPairs); }

void fillNormal(const Address& address, BlockOut z) { fillByPairs(address, z, normalPairs); }

void fillIndex(const Address& address, int n, IndexOut index) {
  const auto range = static_cast<std::uint64_t>(n);
  forEachChunk(address, index.size(), [&](Index row, Index count, const Bits& bits) {
    int* const output = index.data() + row;
    for (Index i = 0; i < count; ++i) {
      output[i] = scaledIndex(bits.first[i], bits.second[i], range);
    }
  });
}

void fillIndexOfSteps(const Address& address, int n, IndexOut index) {
  const auto range = static_cast<std::uint64_t>(n);
  Bits bits;
  for (Index begin = 0; begin < index.size(); begin += kChunk) {
    const Index count = std::min(kChunk, index.size() - begin);
    Address first = address;
    first.step += static_cast<std::uint32_t>(begin);
    const auto wordsOf = [first](std::uint32_t i) {
      Address at = first;
      at.step += i;
      return wordsAt(at, 0);
    };
    fillBits(wordsOf, count, bits);
    for (Index i = 0; i < count; ++i) {
      index(begin + i) = scaledIndex(bits.first[i], bits.second[i], range);
    }
  }
}

double uniformAt(const Address& address, std::uint32_t row) {
  const PhiloxCounter words = wordsAt(address, row);
  return openUnit(join(words[0], words[1]));
}

int indexAt(const Address& address, int n, std::uint32_t row) {
  const PhiloxCounter words = wordsAt(address, row);
  return scaledIndex(join(words[0], words[1]), words[2], static_cast<std::uint64_t>(n));
}

}  // namespace wv
