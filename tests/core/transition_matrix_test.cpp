#include "theory/transition_matrix.hpp"

#include <doctest.h>

#include <cmath>

#include "method/langevin.hpp"
#include "numeric/histogram.hpp"
#include "numeric/statistics.hpp"
#include "objective/landscape_1d.hpp"
#include "objective/scalar_quadratic.hpp"

namespace {

using namespace wv;

void checkStochastic(const Matrix& P) {
  CHECK(P.minCoeff() >= 0);
  CHECK((P.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-14);
}

Matrix matrixOf(int size, std::initializer_list<double> byRow) {
  return Eigen::Map<const Matrix>(byRow.begin(), size, size).transpose();
}

TEST_CASE("cells of points") {
  const CellGrid grid{-1, 3, 8};
  CHECK(grid.width() == 0.5);
  CHECK(grid.centre(0) == -0.75);
  CHECK(grid.edges().size() == 9);
  CHECK(grid.cellOf(-1) == 0);
  CHECK(grid.cellOf(0.01) == 2);
  CHECK(grid.cellOf(3) == 7);
  CHECK(grid.cellOf(-5) == 0);
  CHECK(grid.cellOf(1e300) == 7);
}

TEST_CASE("SGD on two opposite parabolas: uniform on its region, which is no Gibbs law") {
  const double a[] = {1, 1}, b[] = {1, -1};
  const ScalarQuadratic f(a, b);
  const CellGrid grid{-1, 1, 50};
  const Matrix P = sgdTransitions(f, grid, 0.5);
  checkStochastic(P);
  const Column law = stationaryLaw(P);
  CHECK((law - 1.0 / 50).abs().maxCoeff() < 1e-15);
}

TEST_CASE("SGD that jumps onto a minimiser puts all of a cell into one") {
  const double a[] = {1, 1}, b[] = {0.3, -0.7};
  const ScalarQuadratic f(a, b);
  const CellGrid grid{-1, 1, 10};
  const Matrix P = sgdTransitions(f, grid, 1);
  checkStochastic(P);
  for (int i = 0; i < 10; ++i) {
    CHECK(P(i, 1) == 0.5);
    CHECK(P(i, 6) == 0.5);
  }
}

TEST_CASE("moves spread a cell over its image, and keep what leaves in the end cells") {
  const CellGrid grid{0, 4, 4};
  Block images(5, 2);
  images.col(0) << 0.5, 1.5, 2.5, 3.5, 4.5;
  images.col(1) << 5, 3, 1, -1, -3;
  Column probability(2);
  probability << 0.75, 0.25;
  const Matrix P = moveTransitions(grid, images, probability);
  checkStochastic(P);
  CHECK(P(0, 0) == doctest::Approx(0.375));
  CHECK(P(0, 1) == doctest::Approx(0.375));
  CHECK(P(0, 3) == doctest::Approx(0.25));
  CHECK(P(1, 1) == doctest::Approx(0.375 + 0.125));
  CHECK(P(1, 2) == doctest::Approx(0.375 + 0.125));
  CHECK(P(3, 3) == doctest::Approx(0.75));
  CHECK(P(3, 0) == doctest::Approx(0.25));
}

TEST_CASE("the chain on a grid relaxes like the chain on the line") {
  const double k = 2, beta = 3;
  const auto f = makeQuadratic1d(k);
  for (const double q : {0.1, 0.5, 1.5}) {
    CAPTURE(q);
    const double variance = 1 / (beta * k * (1 - q / 2));
    const double reach = 7 * std::sqrt(variance);
    const CellGrid grid{-reach, reach, 200};
    const Matrix P = langevinTransitions(*f, grid, q / k, beta);
    checkStochastic(P);
    const SpectralGap gap = spectralGap(P);
    CHECK(gap.converged);
    CHECK(std::fabs(gap.secondEigenvalue - std::fabs(1 - q)) < 1e-7);
    // Being spread over cells adds twice width^2/12 to the variance of a step's noise: once by
    // being put at a centre (Sheppard's correction), once by leaving from anywhere in the cell.
    const Column law = stationaryLaw(P), x = grid.centres();
    const double within = grid.width() * grid.width() / 12;
    const double extra = 2 * within / (1 - (1 - q) * (1 - q));
    CHECK(extra < 0.01 * variance);
    CHECK(std::fabs(numeric::sum(law * x.square()) + within - variance - extra) < 1e-8 * variance);
    CHECK((afterStep(P, law) - law).abs().maxCoeff() < 1e-15);
  }
}

TEST_CASE("the stationary law of the grid is the histogram of a long chain") {
  const auto f = makeDoubleWell1d(0.3);
  const double alpha = 0.05, beta = 2;
  constexpr int count = 15000, perBin = 5;
  const CellGrid grid{-2.2, 2.2, 200};
  const Column law = stationaryLaw(langevinTransitions(*f, grid, alpha, beta));

  const auto method = makeLangevin(Corrector::none, {beta, 3, 0});
  const FullGradient source(*f);
  State state;
  state.x = Block::Constant(count, 1, -1);
  state.x.topRows(count / 2).setConstant(1);
  method->init(state);
  for (int t = 0; t < 600; ++t) {
    method->step({source, alpha}, state);
  }
  numeric::Histogram bins(-2.2, 2.2, 200 / perBin);
  bins.add(state.x.col(0));
  Column shares = bins.shares().segment(1, bins.bins());
  shares(0) += bins.shares()(0);
  shares(bins.bins() - 1) += bins.shares()(bins.bins() + 1);
  for (Eigen::Index j = 0; j < bins.bins(); ++j) {
    CAPTURE(j);
    const double expected = law.segment(perBin * j, perBin).sum();
    // Four standard errors; half a percent for the cells' width.
    const double error = std::sqrt(expected * (1 - expected) / count);
    CHECK(std::fabs(shares(j) - expected) < 4 * error + 0.005 * expected);
  }
}

TEST_CASE("stationary laws and eigenvalues of small chains by hand") {
  const Matrix two = matrixOf(2, {0.9, 0.1, 0.3, 0.7});
  CHECK(stationaryLaw(two)(0) == doctest::Approx(0.75));
  CHECK(spectralGap(two).secondEigenvalue == doctest::Approx(0.6));

  // Round and round, with a uniform jump now and then: a complex pair of modulus 0.9.
  const double j = 0.1 / 3;
  const Matrix ring = matrixOf(3, {j, 0.9 + j, j, j, j, 0.9 + j, 0.9 + j, j, j});
  CHECK(spectralGap(ring).secondEigenvalue == doctest::Approx(0.9));

  // Hardly any way between two halves: powers would take 10^15 steps.
  const double leak = 1e-15;
  const Matrix halves = matrixOf(4, {0.5, 0.5, 0, 0, 0.5, 0.5 - leak, leak, 0, 0, 3 * leak,
                                     0.5 - 3 * leak, 0.5, 0, 0, 0.5, 0.5});
  const Column law = stationaryLaw(halves);
  CHECK(law(0) == doctest::Approx(0.375));
  CHECK(law(3) == doctest::Approx(0.125));

  // All the same after one step.
  CHECK(spectralGap(Matrix::Constant(3, 3, 1.0 / 3)).secondEigenvalue < 1e-15);
}

TEST_CASE("states that are left for good have no mass") {
  const Matrix left = matrixOf(3, {0.5, 0.5, 0, 0, 0.2, 0.8, 0, 0.6, 0.4});
  const Column forward = stationaryLaw(left);
  CHECK(forward(0) == 0);
  CHECK(forward(1) == doctest::Approx(0.6 / 1.4));
  const Matrix right = matrixOf(3, {0.4, 0.6, 0, 0.8, 0.2, 0, 0, 0.5, 0.5});
  const Column backward = stationaryLaw(right);
  CHECK(backward(2) == 0);
  CHECK(backward(0) == doctest::Approx(0.8 / 1.4));
}

}  // namespace
