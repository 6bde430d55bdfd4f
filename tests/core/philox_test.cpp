#include "random/philox.hpp"

#include <doctest.h>

#include "random/address.hpp"

namespace {

using namespace wv;

TEST_CASE("philox4x32-10 gives the known answers published with Random123") {
  CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) ==
        PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
        PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("flipping any bit of counter or key flips about half of the output bits") {
  const PhiloxCounter base{1, 2, 3, 4};
  const PhiloxKey key{5, 6};
  int flipped = 0;
  for (int bit = 0; bit < 192; ++bit) {
    PhiloxCounter counter = base;
    PhiloxKey otherKey = key;
    const std::uint32_t mask = std::uint32_t{1} << (bit % 32);
    (bit < 128 ? counter[bit / 32] : otherKey[bit / 32 - 4]) ^= mask;
    const PhiloxCounter before = philox4x32(base, key), after = philox4x32(counter, otherKey);
    for (int word = 0; word < 4; ++word) flipped += __builtin_popcount(before[word] ^ after[word]);
  }
  // 192 * 128 fair bits: mean 12288, standard deviation 78.4; four of them allowed.
  CHECK(flipped > 12288 - 314);
  CHECK(flipped < 12288 + 314);
}

TEST_CASE("an address is the counter (replicate, step, slot, stream) under the key (seed, 0)") {
  const Address address{7, Stream::normal, 11, 13, 100};
  CHECK(wordsAt(address, 5) == philox4x32({105, 11, 13, 1}, {7, 0}));
  CHECK(wordsAt({7, Stream::normal, 11, 13, 0xffffffff}, 1) == philox4x32({0, 11, 13, 1}, {7, 0}));
}

}  // namespace
