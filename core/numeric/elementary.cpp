#include "numeric/elementary.hpp"

#include <algorithm>

namespace wv::numeric {
namespace {

constexpr Eigen::Index valuesAtOnce = 128;

// The chunk is copied first: with the input in local memory the compiler knows that it does not
// alias the output, and vectorises even when x and y are the same column.
template <class Function>
void forEachChunk(const ColumnIn& x, const Function& function) {
  double input[valuesAtOnce];
  for (Eigen::Index first = 0; first < x.size(); first += valuesAtOnce) {
    const Eigen::Index count = std::min(valuesAtOnce, x.size() - first);
    std::copy_n(x.data() + first, count, input);
    function(input, first, count);
  }
}

template <class Function>
void map(const ColumnIn& x, ColumnOut& y, const Function& function) {
  forEachChunk(x, [&](const double* input, Eigen::Index first, Eigen::Index count) {
    double* const output = y.data() + first;
    for (Eigen::Index i = 0; i < count; ++i) output[i] = function(input[i]);
  });
}

}  // namespace

void exp(const ColumnIn& x, ColumnOut y) {
  map(x, y, [](double v) { return exp(v); });
}

void log(const ColumnIn& x, ColumnOut y) {
  map(x, y, [](double v) { return log(v); });
}

void tanh(const ColumnIn& x, ColumnOut y) {
  map(x, y, [](double v) { return tanh(v); });
}

void softplus(const ColumnIn& x, ColumnOut y) {
  map(x, y, [](double v) { return softplus(v); });
}

void logistic(const ColumnIn& x, ColumnOut y) {
  map(x, y, [](double v) { return logistic(v); });
}

void sincos(const ColumnIn& x, ColumnOut sin, ColumnOut cos) {
  forEachChunk(x, [&](const double* input, Eigen::Index first, Eigen::Index count) {
    double* const s = sin.data() + first;
    double* const c = cos.data() + first;
    for (Eigen::Index i = 0; i < count; ++i) {
      const SinCos both = sincos(input[i]);
      s[i] = both.sin;
      c[i] = both.cos;
    }
  });
}

}  // namespace wv::numeric
