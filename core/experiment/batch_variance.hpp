// The variance of a mini-batch gradient at one point: measured, and from the variance of one term.
#pragma once

#include <cstdint>

#include "method/sampler.hpp"
#include "objective/objective.hpp"

namespace wv {

// E |grad f_B - grad f|^2 over draws of the batch, with its standard error.
struct MeasuredVariance {
  double mean = 0, standardError = 0;
};

class BatchVariance {
 public:
  // Sampling::replacement or Sampling::distinct. The objective must outlive this.
  BatchVariance(const Objective& objective, const Point& at, Sampling sampling, std::uint32_t seed);

  // The share c(b) of the variance of one term that is left in the mean of b.
  double factor(int batch) const;
  // c(b) E |grad l_i - grad f|^2, exact.
  double predicted(int batch) const { return factor(batch) * termVariance_; }
  double termVariance() const { return termVariance_; }

  // By drawing: as many batches as some 10^7 numbers make, from 200 to 10 000.
  MeasuredVariance measure(int batch) const;

 private:
  const Objective& objective_;
  Point at_;
  Sampling sampling_;
  std::uint32_t seed_;
  double termVariance_;
};

}  // namespace wv
