#include "experiment/expected_descent.hpp"

#include "experiment/sampled_descent.hpp"
#include "experiment/term_noise.hpp"
#include "objective/at_point.hpp"
#include "objective/finite_sum.hpp"

namespace wv {
namespace {

using Eigen::Index;

// Far beyond the replicates of an ensemble.
constexpr std::uint32_t firstSampleReplicate = 1U << 30U;

// trace(A B) of symmetric matrices, summed in a fixed order.
double traceOfProduct(const Matrix& A, const Matrix& B) {
  double sum = 0;
  for (Index j = 0; j < A.cols(); ++j) {
    for (Index k = 0; k < A.rows(); ++k) {
      sum += A(k, j) * B(k, j);
    }
  }
  return sum;
}

// E g_B^T H g_B = g^T H g + c trace(H Cov grad l_i).
double quadraticDescent(const SampledProblem& problem, const Point& x, double alpha) {
  const Objective& objective = problem.objective();
  const Point full = gradientAt(objective, x);
  Matrix errors = termGradients(objective, x).matrix().transpose();
  errors.colwise() -= full;
  Matrix secondMoment = problem.varianceFactor * weightedGram(errors, Point::Ones(errors.cols()));
  double square = 0;
  for (Index j = 0; j < full.size(); ++j) {
    square += full(j) * full(j);
    for (Index k = 0; k < full.size(); ++k) {
      secondMoment(k, j) += full(k) * full(j);
    }
  }
  return -alpha * square + 0.5 * alpha * alpha * traceOfProduct(objective.hessian(x), secondMoment);
}

// Row r is one equally likely (or drawn) gradient of the next step.
Block nextGradients(const SampledProblem& problem, const Point& x, std::uint32_t seed,
                    std::uint32_t step) {
  const Objective& objective = problem.objective();
  if (problem.varianceFactor == 0) {
    return gradientAt(objective, x).transpose().array();
  }
  if (problem.batch == 1 && objective.terms() <= mostExactTerms) {
    return termGradients(objective, x);
  }
  SamplerSettings settings = problem.samplerSettings(seed, descentSamples);
  settings.firstReplicate = firstSampleReplicate;
  const Sampler sampler(settings);
  const Block points = x.transpose().array().replicate(descentSamples, 1);
  Block gradients(points.rows(), points.cols());
  MiniBatchGradient(objective, sampler).gradient(step, points, gradients);
  return gradients;
}

}  // namespace

ExpectedDescent expectedDescent(const SampledProblem& problem, const Point& x, double alpha,
                                std::uint32_t seed, std::uint32_t step) {
  if (problem.isQuadratic()) {
    return {quadraticDescent(problem, x, alpha), 0};
  }
  const Block gradients = nextGradients(problem, x, seed, step);
  const Block next = x.transpose().array().replicate(gradients.rows(), 1) - alpha * gradients;
  Column change(next.rows());
  problem.objective().value(next, change);
  change -= valueAt(problem.objective(), x);
  const bool isExact = problem.varianceFactor == 0 ||
                       (problem.batch == 1 && problem.objective().terms() <= mostExactTerms);
  return {numeric::mean(change), isExact ? 0 : standardErrorOrZero(change)};
}

}  // namespace wv
