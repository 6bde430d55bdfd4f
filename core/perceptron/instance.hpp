// Patterns and labels of a binary perceptron.
#pragma once

#include <cstdint>
#include <vector>

namespace wv {

enum class PerceptronLabels {
  teacher,  // y_i = sign(w* . x_i)
  storage,  // random
};

// Entries are +1 and -1. The labels are taken into the patterns (the gauge x_i -> y_i x_i), so that
// w errs on pattern i where w . x_i < 0, and w . x_i = 0 does not happen because d is odd.
struct PerceptronInstance {
  int d = 0, n = 0;
  std::vector<std::int8_t> teacher;   // d; of random labels it means nothing
  std::vector<std::int8_t> patterns;  // n x d, row-major, each times its label

  const std::int8_t* pattern(int i) const {
    return patterns.data() + static_cast<std::ptrdiff_t>(i) * d;
  }
};

// d odd, n >= 1. From splitmix64(seed), +1 where the top bit of a draw is set: the teacher, the
// patterns row by row, and for `storage` the labels. So anyone can make the same one.
PerceptronInstance makePerceptron(int d, int n, PerceptronLabels labels, std::uint64_t seed);

// How many patterns w (d entries) errs on.
int perceptronErrors(const PerceptronInstance& instance, const std::int8_t* w);

// sum_j a_j b_j over d entries.
int signProduct(const std::int8_t* a, const std::int8_t* b, int d);

}  // namespace wv
