#include "numeric/quadrature.hpp"

#include <doctest.h>

#include <cmath>

namespace {

using namespace wv;
using numeric::Integral;

TEST_CASE("the Gauss-Legendre rule integrates degree 31 and no more") {
  for (int degree = 0; degree <= 32; ++degree) {
    CAPTURE(degree);
    const auto power = [degree](const Column& x, Column& y) { y = x.pow(degree); };
    const double exact = (std::pow(1.5, degree + 1) - std::pow(-1, degree + 1)) / (degree + 1);
    const double error = std::fabs(numeric::gaussLegendre(power, -1, 1.5) / exact - 1);
    if (degree < 32) {
      CHECK(error < 1e-14);
    }
  }
  const auto next = [](const Column& x, Column& y) { y = x.pow(32); };
  CHECK(std::fabs(numeric::gaussLegendre(next, -1, 1) * 33 / 2 - 1) > 1e-9);
}

TEST_CASE("adaptive quadrature against closed forms") {
  const auto wave = [](const Column& x, Column& y) { y = (50 * x).sin(); };
  const Integral smooth = numeric::integrate(wave, 0, 3, 1e-12);
  CHECK(smooth.converged);
  CHECK(std::fabs(smooth.value - (1 - std::cos(150.0)) / 50) < 1e-14);

  const auto root = [](const Column& x, Column& y) { y = x.abs().sqrt(); };
  const Integral kinked = numeric::integrate(root, -1, 2, 1e-10);
  CHECK(kinked.converged);
  CHECK(std::fabs(kinked.value - (2 + 2 * std::pow(2, 1.5)) / 3) < 1e-10);
  CHECK(kinked.error < 1e-8);
}

TEST_CASE("panels begin at the edges given, stay in order and add up") {
  // A peak that sixteen points of [-1, 1] do not see.
  const auto peak = [](const Column& x, Column& y) { y = (-0.5e10 * (x - 0.3).square()).exp(); };
  const numeric::PanelIntegrals panels =
      numeric::integratePanels(peak, {-1, 0.3 - 1e-4, 0.3, 0.3 + 1e-4, 1}, 1e-12);
  CHECK(panels.converged);
  CHECK(std::fabs(panels.value / (1e-5 * std::sqrt(2 * 3.14159265358979324)) - 1) < 1e-11);
  REQUIRE(panels.edges.size() == panels.values.size() + 1);
  CHECK(panels.edges.front() == -1);
  CHECK(panels.edges.back() == 1);
  double sum = 0;
  for (std::size_t i = 0; i < panels.values.size(); ++i) {
    CHECK(panels.edges[i] < panels.edges[i + 1]);
    sum += panels.values[i];
  }
  CHECK(sum == panels.value);
}

TEST_CASE("what cannot be integrated is said not to have converged") {
  const auto wild = [](const Column& x, Column& y) { y = x.inverse(); };
  CHECK_FALSE(numeric::integrate(wild, 0, 1, 1e-12).converged);
}

}  // namespace
