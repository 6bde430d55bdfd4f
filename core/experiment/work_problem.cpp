#include "experiment/work_problem.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/optimality_gap.hpp"
#include "experiment/term_noise.hpp"
#include "method/schedule.hpp"
#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "numeric/symmetric_eigen.hpp"
#include "objective/least_squares.hpp"
#include "objective/logistic.hpp"
#include "random/fill.hpp"
#include "random/permutation.hpp"
#include "theory/work.hpp"

namespace wv {
namespace {

// Apart in the slots of Stream::instance.
constexpr std::uint32_t featureStep = 0, noiseStep = 1, orderStep = 2;
// Multiplications that a prediction may cost.
constexpr double dearestPrediction = 3e8;
using numeric::infinity;

// Twice: once leaves an error of the size of the rounding times the condition of the columns.
void orthonormalize(Block& columns) {
  for (int pass = 0; pass < 2; ++pass) {
    for (Eigen::Index j = 0; j < columns.cols(); ++j) {
      for (Eigen::Index k = 0; k < j; ++k) {
        columns.col(j) -= (columns.col(k) * columns.col(j)).sum() * columns.col(k);
      }
      columns.col(j) /= std::sqrt(columns.col(j).square().sum());
    }
  }
}

double eigenvalueOf(int j, int dimension, double condition) {
  return j == 0 ? 1 : numeric::exp(-numeric::log(condition) * j / (dimension - 1));
}

std::unique_ptr<const Objective> objectiveOf(const DesignMatrix& design, Task task, double ridge) {
  if (task == Task::regression) {
    return std::make_unique<LeastSquares>(design, ridge);
  }
  return std::make_unique<Logistic>(design, ridge);
}

}  // namespace

DesignMatrix syntheticDesign(int n, int dimension, double condition, double noise,
                             std::uint32_t seed) {
  Block columns(n, dimension);
  fillNormal({.seed = seed, .stream = Stream::instance, .step = featureStep}, columns);
  orthonormalize(columns);
  Block error(n, 1);
  fillNormal({.seed = seed, .stream = Stream::instance, .step = noiseStep}, error);
  DesignMatrix design;
  design.X = Matrix(n, dimension);
  design.y = noise * error.col(0).matrix();
  for (int j = 0; j < dimension; ++j) {
    const double eigenvalue = eigenvalueOf(j, dimension, condition);
    design.X.col(j) = std::sqrt(n * eigenvalue) * columns.col(j).matrix();
    design.y += design.X.col(j) / std::sqrt(dimension * eigenvalue);
  }
  return design;
}

DesignMatrix sampleOfRows(const DesignMatrix& design, int n, std::uint32_t seed) {
  IndexTable order(1, design.X.rows());
  fillPermutations({.seed = seed, .stream = Stream::instance, .step = orderStep}, order);
  DesignMatrix sample = design;
  sample.X.resize(n, design.X.cols());
  sample.y.resize(n);
  for (int i = 0; i < n; ++i) {
    sample.X.row(i) = design.X.row(order(0, i));
    sample.y(i) = design.y(order(0, i));
  }
  return sample;
}

WorkProblem::WorkProblem(const DesignMatrix& design, Task task, double ridge)
    : X_(design.X),
      task_(task),
      ridge_(ridge),
      objective_(objectiveOf(design, task, ridge)),
      constants_(constantsOf(*objective_, Point::Zero(design.X.cols()))),
      termSmoothness_(largestTermSmoothness(design.X, task == Task::regression ? 1 : 0.25, ridge)) {
  const OptimalityGap gap(*objective_, constants_.minimizer, constants_.minimum);
  initialGap_ = gap(Block::Zero(1, objective_->dim()))(0);
}

double WorkProblem::stepSize(WorkMethod method, std::uint32_t t) const {
  const double m = constants_.strongConvexity;
  switch (method) {
    case WorkMethod::gradientDescent:
      return 2 / (m + constants_.smoothness);
    case WorkMethod::sgd:
      return alphaAt(
          {.kind = ScheduleKind::inverseTime, .alpha0 = 2 / m, .t0 = 4 * termSmoothness_ / m - 1},
          t);
    case WorkMethod::svrg:
      return 1 / (4 * termSmoothness_);
    case WorkMethod::saga:
      return 1 / (3 * termSmoothness_);
  }
  return 0;
}

std::optional<double> WorkProblem::predictedWork(WorkMethod method, double target,
                                                 double most) const {
  double work = 0;
  if (method == WorkMethod::gradientDescent) {
    const double rate =
        gradientDescentRate(stepSize(method, 0), constants_.smoothness, constants_.strongConvexity);
    work = gradientDescentWork(objective_->terms(), rate, initialGap_, target);
  } else if (method == WorkMethod::sgd) {
    work = expectedSgdWork(target, most);
  } else {
    work = varianceReducedWork(objective_->terms(), termSmoothness_, constants_.strongConvexity,
                               initialGap_, target);
  }
  return work <= most ? std::optional(work) : std::nullopt;
}

Column WorkProblem::lossCurvatures() const {
  Column curvature = Column::Ones(X_.rows());
  if (task_ == Task::classification) {
    const Column margin = (X_ * constants_.minimizer).array();
    for (Eigen::Index i = 0; i < margin.size(); ++i) {
      curvature(i) = LogisticLoss::curvature(margin(i), 0);
    }
  }
  return curvature;
}

// With e = V^T (w - w*) and z_i = V^T x_i, one update is e -> e - alpha (A_i e - r_i) with
// A_i = c_i z_i z_i^T + ridge I, c_i the curvature of the loss at w*, and r_i = -grad l_i there; of
// the second moments of e only the diagonal s is kept.
double WorkProblem::expectedSgdWork(double target, double most) const {
  const Point& minimizer = constants_.minimizer;
  const auto [values, V] = numeric::symmetricEigen(objective_->hessian(minimizer));
  const Column eigenvalues = values;
  const double n = objective_->terms();
  const Block z = X_.lazyProduct(V);
  const Block square = z.square().colwise() * lossCurvatures();
  Matrix coupling = square.matrix().transpose().lazyProduct(square.matrix()) / n;
  coupling.diagonal().array() += ridge_ * (2 * eigenvalues - ridge_);
  const Matrix noises = termGradients(*objective_, minimizer).matrix().lazyProduct(V);
  const Column noise = noises.array().square().colwise().mean().transpose();
  Column s = (V.transpose() * minimizer).array().square();
  const double longest = std::min(most, dearestPrediction / static_cast<double>(coupling.size()));
  for (std::uint32_t t = 0; t <= longest; ++t) {
    if (0.5 * (eigenvalues * s).sum() <= target) {
      return t;
    }
    const double alpha = stepSize(WorkMethod::sgd, t);
    const Column mixed = (coupling * s.matrix()).array();
    s += alpha * (alpha * (mixed + noise) - 2 * eigenvalues * s);
  }
  return infinity;
}

}  // namespace wv
