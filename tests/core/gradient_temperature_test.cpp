// SGD as a Langevin chain: with isotropic noise that does not depend on where it is, a step size
// alpha and a batch b are a temperature, alpha s^2/(2 b) for noise of variance s^2 in each
// direction.
#include <doctest.h>

#include <cmath>

#include "method/gd.hpp"
#include "method/mini_batch.hpp"
#include "numeric/statistics.hpp"
#include "objective/landscape_2d.hpp"
#include "random/fill.hpp"

namespace {

using namespace wv;

// f_i = f + c_i . x with c_i = +-sqrt(2) s e_1, +-sqrt(2) s e_2: gradients of mean grad f and
// covariance s^2 I, everywhere.
class ShiftedTerms final : public Objective {
 public:
  ShiftedTerms(const Objective& f, double s) : f_(f), shift_(std::sqrt(2.0) * s) {}

  int dim() const override { return 2; }
  int terms() const override { return 4; }
  void value(const BlockIn& x, ColumnOut f) const override { f_.value(x, f); }
  void gradient(const BlockIn& x, BlockOut g) const override { f_.gradient(x, g); }
  void termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const override {
    f_.gradient(x, g);
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
      g(r, term(r) / 2) += term(r) % 2 == 0 ? shift_ : -shift_;
    }
  }
  Matrix hessian(const PointIn& x) const override { return f_.hessian(x); }
  std::vector<Point> minimizers() const override { return f_.minimizers(); }
  std::optional<Curvature> curvature() const override { return f_.curvature(); }
  Window window() const override { return f_.window(); }
  Point start() const override { return f_.start(); }

 private:
  const Objective& f_;
  double shift_;
};

constexpr int count = 2500;

Block walkersAfter(const Objective& f, double alpha, int batch, double time, std::uint32_t seed) {
  const Sampler sampler({Sampling::replacement, f.terms(), batch, seed, 0, count});
  const MiniBatchGradient source(f, sampler);
  State state;
  state.x = Block(count, 2);
  fillNormal({seed, Stream::initial, 0, 0, 0}, state.x);
  const GradientDescent method;
  method.init(state);
  for (int t = 0; t < time / alpha; ++t) {
    method.step({source, alpha}, state);
  }
  return state.x;
}

TEST_CASE("doubling alpha and b leaves SGD's law on a bowl alone, up to the step's own bias") {
  const auto bowl = makeQuadratic2d(2);
  const double s = 3;
  const ShiftedTerms f(*bowl, s);
  const double alphas[] = {0.05, 0.1, 0.05};
  const int batches[] = {1, 2, 2};
  for (int i = 0; i < 3; ++i) {
    CAPTURE(i);
    const double temperature = alphas[i] * s * s / (2 * batches[i]);
    const Block x = walkersAfter(f, alphas[i], batches[i], 6, 5 + i);
    for (int axis = 0; axis < 2; ++axis) {
      const double k = 1 + axis;
      const double expected = temperature / (k * (1 - alphas[i] * k / 2));
      CHECK(std::fabs(numeric::sampleVariance(x.col(axis)) - expected) <
            4 * std::sqrt(2.0 / count) * expected);
      // The first two are the law of one temperature to alpha k/2, at most a tenth here.
      CHECK(std::fabs(expected * k / (i < 2 ? 0.225 : 0.1125) - 1) < 0.12);
    }
  }
}

TEST_CASE("doubling alpha and b leaves the share of each well alone, doubling b does not") {
  const auto wells = makeDoubleWell2d(0.3);
  // alpha s^2/(2 b) = 1.
  const ShiftedTerms f(*wells, std::sqrt(200.0));
  const auto rightShare = [&](double alpha, int batch, std::uint32_t seed) {
    const Block x = walkersAfter(f, alpha, batch, 8, seed);
    return static_cast<double>((x.col(0) > 0).count()) / count;
  };
  const double base = rightShare(0.02, 2, 21), both = rightShare(0.04, 4, 22);
  const double colder = rightShare(0.02, 4, 23);
  // P(x > 0) at beta = 1 and 2; the bias of the step is about one standard error.
  const double hot = 0.378407, cold = 0.261080;
  const double error = std::sqrt(hot * (1 - hot) / count);
  CHECK(std::fabs(base - hot) < 5 * error);
  CHECK(std::fabs(both - hot) < 5 * error);
  CHECK(std::fabs(both - base) < 4 * std::sqrt(2.0) * error);
  CHECK(std::fabs(colder - cold) < 5 * error);
}

}  // namespace
