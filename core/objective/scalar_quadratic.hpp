// The parabolas of one weight: f(x) = (1/2n) sum_i (a_i x - b_i)^2, the lecture's Example 2. With
// l_i(x) = (a_i x - b_i)^2 / 2, f(x) = f* + A (x - x*)^2 / 2, where A is the mean of a_i^2 and
// x* = mean(a_i b_i) / A. A ridge leaves them parabolas:
//   (a x - b)^2 / 2 + ridge x^2 / 2 = (a' x - b')^2 / 2 + least,
//   a'^2 = a^2 + ridge, a' b' = a b, least = b^2 ridge / (2 a'^2).
#pragma once

#include <span>
#include <string>

#include "objective/objective.hpp"

namespace wv {

inline constexpr int mostScalarTerms = 10'000;
// a_i = 0 is allowed. The bounds keep every quantity of the theory far from overflow.
inline constexpr double leastScalarSlope = 1e-6;
inline constexpr double largestScalarData = 1e6;

// "" or a sentence that says what is wrong with the data, naming the entry (from 1): a and b have
// one length of 1 to mostScalarTerms; the numbers are finite and not beyond +-largestScalarData;
// each a_i is 0 or at least leastScalarSlope in modulus, and not all are 0.
std::string scalarQuadraticRefusal(std::span<const double> a, std::span<const double> b);

// The region of confusion: the hull of the minimisers b_i / a_i of the terms with a_i not 0.
// Outside it the gradients of all these terms point the same way.
struct Region {
  double low = 0, high = 0;
  // 1 / max a_i^2. Up to this step size every update is a mean of points between x and a minimiser
  // b_i / a_i (or x itself), so that no batch leaves the region: it is absorbing. Beyond, the
  // steepest term overshoots its own minimiser, wherever x is.
  double largestAbsorbingStep = 0;

  bool contains(double x) const { return low <= x && x <= high; }
  bool isAbsorbing(double alpha) const { return alpha <= largestAbsorbingStep; }
};

class ScalarQuadratic final : public Objective {
 public:
  // Of data that scalarQuadraticRefusal accepts; ridge >= 0.
  ScalarQuadratic(std::span<const double> a, std::span<const double> b, double ridge = 0);

  int dim() const override { return 1; }
  int terms() const override { return static_cast<int>(a_.size()); }

  // By A and x*, so the cost does not depend on n.
  void value(const BlockIn& x, ColumnOut f) const override;
  void gradient(const BlockIn& x, BlockOut g) const override;
  void termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const override;

  Matrix hessian(const PointIn&) const override { return Matrix::Constant(1, 1, meanSquare_); }
  std::vector<Point> minimizers() const override { return {Point::Constant(1, minimizer_)}; }
  // L = m = A.
  std::optional<Curvature> curvature() const override {
    return Curvature{meanSquare_, meanSquare_};
  }

  // The region of confusion in the middle, and room for the start; y is unused.
  Window window() const override;
  // To the right of the region, as far from it as it is wide.
  Point start() const override;

  // With the ridge taken in: a', b' and the least value of each term, 0 without a ridge.
  const Column& a() const { return a_; }
  const Column& b() const { return b_; }
  const Column& leastOfTerms() const { return leastOfTerms_; }
  double meanSquare() const { return meanSquare_; }  // A
  double minimizer() const { return minimizer_; }    // x*
  double minimum() const { return minimum_; }        // f*
  const Region& region() const { return region_; }

 private:
  // The width of the region, or where all minimisers agree a length of the size of x.
  double unit() const;

  Column a_, b_, leastOfTerms_;
  double meanSquare_ = 0, minimizer_ = 0, minimum_ = 0;
  Region region_;
};

}  // namespace wv
