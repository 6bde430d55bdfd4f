// Whether sampled gradients are unbiased, seen at one point.
#pragma once

#include <vector>

#include "experiment/sampled_descent.hpp"
#include "experiment/sampled_problem.hpp"

namespace wv {

// |x| of a row, summed from the first coordinate to the last.
double rowNorm(const BlockIn& row);

// |mean of all term gradients - grad f| and |mean of the batches drawn so far - grad f|, both at
// the start of the problem, which must outlive this.
class BiasCheck {
 public:
  // How many batches each call of draw() draws. They are replicates that no ensemble has.
  static constexpr int drawsAtATime = 100;

  BiasCheck(const SampledProblem& problem, std::uint32_t seed);
  BiasCheck(const BiasCheck&) = delete;
  BiasCheck& operator=(const BiasCheck&) = delete;

  // The batches of this step; a step must not come twice.
  void draw(std::uint32_t step);

  // Both relative to |grad f| (or as they are, where it is 0), the standard error of the second,
  // and how many batches were drawn.
  const std::vector<double>& result() const { return result_; }

  // |grad f| at the start, 0 where it is the rounding of a sum of terms alone.
  const std::vector<double>& gradientNorm() const { return gradientNorm_; }

 private:
  const Objective& objective_;
  Sampler sampler_;
  MiniBatchGradient source_;
  Block x_, points_, full_, sum_;
  double squares_ = 0, scale_ = 1;
  std::vector<double> result_, gradientNorm_;
};

}  // namespace wv
