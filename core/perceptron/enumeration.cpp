#include "perceptron/enumeration.hpp"

#include <algorithm>
#include <bit>

#include "perceptron/index.hpp"

namespace wv {
namespace {

constexpr int planes = 6;  // counts up to 63

}  // namespace

PerceptronEnumeration::PerceptronEnumeration(const PerceptronInstance& instance)
    : d_(instance.d),
      n_(instance.n),
      blocks_(std::uint32_t{1} << (instance.d - 1 - lowWeights)),
      teacherHighBits_(bitsOfWeights(instance.teacher) >> lowWeights),
      differIn_(lowWeights + 1, 0),
      histogram_(at(instance.n + 1), 0),
      byPatterns_(at(instance.n + 1), 0),
      byDistance_(at(instance.d + 1), 0),
      solutions_(instance.d) {
  const WeightBits teacherLane = bitsOfWeights(instance.teacher) % lanes;
  for (WeightBits lane = 0; lane < lanes; ++lane) {
    differIn_[at(hammingDistance(lane, teacherLane))] |= std::uint64_t{1} << lane;
  }
  for (int i = 0; i < n_; ++i) {
    std::uint32_t bits = 0;
    for (int j = 0; j < d_; ++j) {
      bits |= (instance.pattern(i)[j] > 0 ? 1U : 0U) << j;
    }
    highBits_.push_back(bits >> lowWeights);
    for (int most = 0; most < 8; ++most) {
      std::uint64_t mask = 0;
      for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        const int agree = lowWeights - std::popcount((lane ^ bits) & (lanes - 1));
        mask |= std::uint64_t{agree <= most} << lane;
      }
      agreeAtMost_.push_back(mask);
    }
  }
}

void PerceptronEnumeration::advance(std::uint32_t blocks) {
  const std::uint32_t end = next_ + std::min(blocks, blocks_ - next_);
  for (; next_ < end; ++next_) {
    block(next_);
  }
}

void PerceptronEnumeration::block(std::uint32_t high) {
  const int highWeights = d_ - lowWeights;
  std::uint64_t count[planes] = {};
  std::uint64_t right = ~std::uint64_t{0}, wrong = ~std::uint64_t{0};
  byPatterns_[0] += 2 * lanes;
  for (int i = 0; i < n_; ++i) {
    // w . x < 0 where fewer than half agree: at most (d - 1)/2 in all.
    const int agree = highWeights - std::popcount(high ^ highBits_[at(i)]);
    const int most = (d_ - 1) / 2 - agree;
    std::uint64_t carry = most < 0 ? 0 : agreeAtMost_[at(8 * i + std::min(most, 7))];
    right &= ~carry;
    wrong &= carry;
    byPatterns_[at(i + 1)] += std::popcount(right) + std::popcount(wrong);
    for (int p = 0; p < planes && carry != 0; ++p) {
      const std::uint64_t sum = count[p] ^ carry;
      carry &= count[p];
      count[p] = sum;
    }
  }
  for (int e = 0; e <= n_; ++e) {
    std::uint64_t mask = ~std::uint64_t{0};
    for (int p = 0; p < planes; ++p) {
      mask &= (e >> p & 1) != 0 ? count[p] : ~count[p];
    }
    const int found = std::popcount(mask);
    histogram_[at(e)] += found;
    histogram_[at(n_ - e)] += found;
  }
  keep(high, right, wrong);
}

void PerceptronEnumeration::keep(std::uint32_t high, std::uint64_t right, std::uint64_t wrong) {
  if ((right | wrong) == 0) {
    return;
  }
  const int differ = hammingDistance(high, teacherHighBits_);
  for (int m = 0; m <= lowWeights; ++m) {
    const std::uint64_t which = differIn_[at(m)];
    byDistance_[at(differ + m)] += std::popcount(right & which);
    byDistance_[at(d_ - differ - m)] += std::popcount(wrong & which);
  }
  solutions_.add(high, right);
  solutions_.add(oppositeWord(high), oppositeLanes(wrong));
}

std::uint32_t PerceptronEnumeration::oppositeWord(std::uint32_t high) const {
  return 2 * blocks_ - 1 - high;
}

std::vector<WeightBits> PerceptronEnumeration::sample(std::size_t most) const {
  const auto count = static_cast<std::size_t>(histogram_[0]);
  const std::size_t stride = std::max<std::size_t>(1, (count + most - 1) / most);
  const WeightBits all = (WeightBits{1} << d_) - 1;
  std::vector<WeightBits> found;
  std::size_t number = 0;
  const auto look = [&](std::uint64_t which, std::uint32_t high, WeightBits turned) {
    for (; which != 0; which &= which - 1, ++number) {
      if (number % stride == 0) {
        const auto lane = static_cast<WeightBits>(std::countr_zero(which));
        found.push_back((high << lowWeights | lane) ^ turned);
      }
    }
  };
  for (std::uint32_t high = 0; high < next_; ++high) {
    look(solutions_.words()[high], high, 0);
    look(oppositeLanes(solutions_.words()[oppositeWord(high)]), high, all);
  }
  return found;
}

}  // namespace wv
