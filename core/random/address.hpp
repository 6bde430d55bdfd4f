// Where a random number lives. There is no generator object and no hidden state: the number of a
// replicate is a pure function of (seed, stream, replicate, step, slot).
#pragma once

#include <cstdint>

#include "random/philox.hpp"

namespace wv {

// What the numbers are for. Two purposes never share numbers, whatever their steps and slots. The
// values are part of what makes a run reproducible: add at the end, never renumber.
enum class Stream : std::uint32_t {
  index = 0,        // which term of a finite sum
  normal = 1,       // Gaussian noise of a method
  uniform = 2,      // uniform noise of a method
  permutation = 3,  // reshuffling
  initial = 4,      // starting points and initial weights
  acceptance = 5,   // accept or reject a proposal
  instance = 6,     // random problems and data
  gradient = 7,     // noise of a gradient that is no finite sum's
  dropout = 8,      // which units of a network are left out
};

// `slot` tells apart the numbers that one replicate needs within one step; fills of several columns
// use consecutive slots from it on. Row r of a fill belongs to replicate firstReplicate + r, modulo
// 2^32, so a block may be split over workers anywhere.
struct Address {
  std::uint32_t seed = 0;
  Stream stream = Stream::uniform;
  std::uint32_t step = 0;
  std::uint32_t slot = 0;
  std::uint32_t firstReplicate = 0;
};

// The 128 random bits of one replicate at this address.
[[gnu::always_inline]] inline PhiloxCounter wordsAt(const Address& address, std::uint32_t row) {
  return philox4x32({address.firstReplicate + row, address.step, address.slot,
                     static_cast<std::uint32_t>(address.stream)},
                    {address.seed, 0});
}

}  // namespace wv
