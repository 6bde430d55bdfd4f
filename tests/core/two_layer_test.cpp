// The network with one hidden layer: derivatives, batches, and what leaves its outputs unchanged.
#include "objective/two_layer.hpp"

#include <doctest.h>

#include <algorithm>

#include "objective_checks.hpp"

namespace {

using wv::Block;
using wv::HiddenUnit;
using wv::Point;
using wv::TwoLayer;

TwoLayer smallNetwork(HiddenUnit unit) {
  return {unit, 3, wv::test::seededBlock(5, 7, 2).matrix(), wv::test::seededBlock(6, 7, 1).col(0)};
}

}  // namespace

TEST_CASE("two layers: derivatives, terms and blocks agree with the values") {
  for (const HiddenUnit unit : {HiddenUnit::relu, HiddenUnit::quadratic}) {
    CAPTURE(static_cast<int>(unit));
    const TwoLayer network = smallNetwork(unit);
    // Seeded, so that no rectifier is within a finite difference of its kink.
    const Block points = wv::test::seededBlock(11, 4, network.dim());
    wv::test::checkDerivatives(network, points);
    wv::test::checkBatch(network, points);
    wv::test::checkTerms(network, wv::test::row(points, 0));
  }
}

TEST_CASE("two layers: a loss by hand") {
  wv::Matrix inputs(2, 2);
  inputs << 1, 2, -1, 1;
  wv::Column targets(2);
  targets << 1, 2;
  Point theta(6);
  theta << 1, 1, 2, 0, 0.5, -1;  // w1 = (1, 1), w2 = (2, 0), u = (0.5, -1)
  const TwoLayer relu(HiddenUnit::relu, 2, inputs, targets);
  // Outputs 0.5 * 3 - 2 and 0.5 * 0 - 0.
  CHECK(wv::test::valueAt(relu, theta) == doctest::Approx((1.5 * 1.5 + 4) / 2));
  const TwoLayer quadratic(HiddenUnit::quadratic, 2, inputs, targets);
  // Outputs 0.5 * 9 - 4 and 0.5 * 0 - 4.
  CHECK(wv::test::valueAt(quadratic, theta) == doctest::Approx((0.5 * 0.5 + 36) / 2));
}

TEST_CASE("two layers: scaling a unit and exchanging two leaves every output") {
  for (const HiddenUnit unit : {HiddenUnit::relu, HiddenUnit::quadratic}) {
    const TwoLayer network = smallNetwork(unit);
    const Point theta = wv::test::row(wv::test::seededBlock(3, 1, network.dim()), 0);
    Point changed = theta;
    changed.segment(0, 2) *= 4;
    changed(6) /= unit == HiddenUnit::relu ? 4 : 16;
    changed.segment(2, 2).swap(changed.segment(4, 2));
    std::swap(changed(7), changed(8));
    const wv::Column apart = network.outputs(theta) - network.outputs(changed);
    CHECK(apart.abs().maxCoeff() < 1e-14);
  }
}
