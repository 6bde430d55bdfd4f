// Random blocks and columns. Every entry is a pure function of its address, so the rows of a small
// fill are the same rows of a large one, bit for bit, on every compiler and machine.
#pragma once

#include <cstdint>

#include "numeric/block.hpp"
#include "random/address.hpp"

namespace wv {

// How many slots, from address.slot on, a fill of `columns` columns consumes: two columns share
// one.
constexpr std::uint32_t slotsOfColumns(std::uint32_t columns) { return (columns + 1) / 2; }

// Uniform on the open interval (0, 1): the 2^52 odd multiples of 2^-53, symmetric about 1/2. Open,
// because log u and log(1 - u) are then finite. Columns 2k and 2k + 1 come from slot + k.
void fillUniform(const Address& address, BlockOut u);

// Standard normal by the Box-Muller transform; |z| < 8.6. Columns 2k and 2k + 1 are the pair of
// slot + k; of an odd last pair the second number is not used.
void fillNormal(const Address& address, BlockOut z);

// Uniform on 0 .. n - 1, for 1 <= n < 2^31. The probability of each index is within a factor
// 1 +- 2^-65 of 1 / n (a 96-bit product). Consumes one slot.
void fillIndex(const Address& address, int n, IndexOut index);

// The numbers that fillIndex gives to the replicate firstReplicate at the steps step, step + 1, ...
void fillIndexOfSteps(const Address& address, int n, IndexOut index);

// The number that fillUniform puts into column 0 of this row.
double uniformAt(const Address& address, std::uint32_t row);

// The number that fillIndex puts into this row.
int indexAt(const Address& address, int n, std::uint32_t row);

}  // namespace wv
