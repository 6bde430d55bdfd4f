#include "perceptron/instance.hpp"

#include "random/splitmix64.hpp"

namespace wv {

int signProduct(const std::int8_t* a, const std::int8_t* b, int d) {
  int sum = 0;
  for (int j = 0; j < d; ++j) {
    sum += a[j] * b[j];
  }
  return sum;
}

PerceptronInstance makePerceptron(int d, int n, PerceptronLabels labels, std::uint64_t seed) {
  SplitMix64 generator(seed);
  const auto sign = [&generator]() -> std::int8_t {
    return (generator.next() >> 63) != 0 ? 1 : -1;
  };
  PerceptronInstance instance{
      d, n, std::vector<std::int8_t>(static_cast<std::size_t>(d)),
      std::vector<std::int8_t>(static_cast<std::size_t>(d) * static_cast<std::size_t>(n))};
  for (std::int8_t& entry : instance.teacher) {
    entry = sign();
  }
  for (std::int8_t& entry : instance.patterns) {
    entry = sign();
  }
  for (int i = 0; i < n; ++i) {
    std::int8_t* pattern = instance.patterns.data() + static_cast<std::ptrdiff_t>(i) * d;
    const int label = labels == PerceptronLabels::storage
                          ? sign()
                          : (signProduct(pattern, instance.teacher.data(), d) > 0 ? 1 : -1);
    for (int j = 0; j < d; ++j) {
      pattern[j] = static_cast<std::int8_t>(label * pattern[j]);
    }
  }
  return instance;
}

int perceptronErrors(const PerceptronInstance& instance, const std::int8_t* w) {
  int errors = 0;
  for (int i = 0; i < instance.n; ++i) {
    errors += signProduct(instance.pattern(i), w, instance.d) < 0 ? 1 : 0;
  }
  return errors;
}

}  // namespace wv
