#include "objective/two_layer.hpp"

#include <cmath>
#include <utility>

#include "random/fill.hpp"

namespace wv {

using Eigen::Index;

// What one term leaves for its gradient: of each hidden unit (column) at each row of a block.
struct TwoLayer::Pass {
  Pass(Index rows, Index width) : activation(rows, width), slope(rows, width), residual(rows) {}

  Block activation, slope;
  Column residual;  // output - target
};

TwoLayer::TwoLayer(HiddenUnit unit, int width, Matrix inputs, Column targets)
    : unit_(unit), width_(width), inputs_(std::move(inputs)), targets_(std::move(targets)) {}

void TwoLayer::runTerm(const BlockIn& theta, Index term, Pass& pass) const {
  const Index d = inputs_.cols();
  pass.residual.setConstant(-targets_(term));
  for (Index k = 0; k < width_; ++k) {
    auto z = pass.activation.col(k);
    z = theta.col(k * d) * inputs_(term, 0);
    for (Index j = 1; j < d; ++j) {
      z += theta.col(k * d + j) * inputs_(term, j);
    }
    if (unit_ == HiddenUnit::relu) {
      pass.slope.col(k) = (z > 0).cast<double>();
      z *= pass.slope.col(k);
    } else {
      pass.slope.col(k) = 2 * z;
      z *= z;
    }
    pass.residual += theta.col(width_ * d + k) * z;
  }
}

void TwoLayer::addTermGradient(const BlockIn& theta, Index term, Pass& pass, BlockOut g) const {
  const Index d = inputs_.cols();
  for (Index k = 0; k < width_; ++k) {
    const Index out = width_ * d + k;
    g.col(out) += pass.residual * pass.activation.col(k);
    auto pulled = pass.slope.col(k);
    pulled *= pass.residual * theta.col(out);
    for (Index j = 0; j < d; ++j) {
      g.col(k * d + j) += pulled * inputs_(term, j);
    }
  }
}

Column TwoLayer::outputs(const PointIn& theta) const {
  const Block row = theta.transpose().array();
  Pass pass(1, width_);
  Column outputs(terms());
  for (Index i = 0; i < terms(); ++i) {
    runTerm(row, i, pass);
    outputs(i) = pass.residual(0) + targets_(i);
  }
  return outputs;
}

void TwoLayer::value(const BlockIn& x, ColumnOut f) const {
  Pass pass(x.rows(), width_);
  f.setZero();
  for (Index i = 0; i < terms(); ++i) {
    runTerm(x, i, pass);
    f += pass.residual.square();
  }
  f /= terms();
}

void TwoLayer::gradient(const BlockIn& x, BlockOut g) const {
  Pass pass(x.rows(), width_);
  g.setZero();
  for (Index i = 0; i < terms(); ++i) {
    runTerm(x, i, pass);
    addTermGradient(x, i, pass, g);
  }
  g *= 2.0 / terms();
}

void TwoLayer::termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const {
  Pass pass(1, width_);
  g.setZero();
  for (Index r = 0; r < x.rows(); ++r) {
    const Block row = x.row(r);
    Block slope = Block::Zero(1, dim());
    runTerm(row, term(r), pass);
    addTermGradient(row, term(r), pass, slope);
    g.row(r) = 2 * slope.row(0);
  }
}

Matrix TwoLayer::hessian(const PointIn& x) const {
  const Index d = inputs_.cols();
  const Block row = x.transpose().array();
  Pass pass(1, width_);
  Matrix hessian = Matrix::Zero(dim(), dim());
  Point slope(dim());  // of the output
  for (Index i = 0; i < terms(); ++i) {
    runTerm(row, i, pass);
    const double residual = pass.residual(0);
    const Point input = inputs_.row(i).transpose();
    for (Index k = 0; k < width_; ++k) {
      const Index out = width_ * d + k;
      const Point side = pass.slope(0, k) * input;
      slope(out) = pass.activation(0, k);
      slope.segment(k * d, d) = x(out) * side;
      hessian.block(k * d, out, d, 1) += residual * side;
      hessian.block(out, k * d, 1, d) += residual * side.transpose();
      if (unit_ == HiddenUnit::quadratic) {
        hessian.block(k * d, k * d, d, d) +=
            (2 * residual * x(out)) * input.lazyProduct(input.transpose());
      }
    }
    hessian += slope.lazyProduct(slope.transpose());
  }
  return hessian * (2.0 / terms());
}

Point TwoLayer::start() const {
  return twoLayerWeights(width_, inputDim(), {.stream = Stream::initial}, 1)
      .row(0)
      .transpose()
      .matrix();
}

Block twoLayerWeights(int width, int inputs, const Address& address, Index rows) {
  Block weights(rows, width * (inputs + 1));
  fillNormal(address, weights);
  weights.leftCols(width * inputs) /= std::sqrt(inputs);
  weights.rightCols(width) /= std::sqrt(width);
  return weights;
}

}  // namespace wv
