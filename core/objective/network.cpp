#include "objective/network.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace wv {
namespace {

using Eigen::Index;

// Calls use(tile, first slot) for each tile of a batch.
template <class Use>
void forEachTile(std::span<const int> batch, const Use& use) {
  for (std::size_t first = 0; first < batch.size(); first += tileSamples) {
    const std::size_t count = std::min<std::size_t>(tileSamples, batch.size() - first);
    use(batch.subspan(first, count), static_cast<int>(first));
  }
}

// The weights without the biases, in place.
template <class Use>
void forEachWeight(const NetworkShape& shape, const Use& use) {
  for (const NetworkLayer& layer : shape.layers()) {
    for (Index i = layer.weights; i < layer.biases; ++i) {
      use(i);
    }
  }
}

Point rowOf(const BlockIn& x, Index r) { return x.row(r).transpose().matrix(); }

}  // namespace

Network::Network(NetworkShape shape, LabelledSamples samples, double ridge)
    : shape_(std::move(shape)),
      samples_(std::move(samples)),
      ridge_(ridge),
      all_(static_cast<std::size_t>(samples_.labels.size())) {
  std::iota(all_.begin(), all_.end(), 0);
}

void Network::value(const BlockIn& x, ColumnOut f) const {
  for (Index r = 0; r < x.rows(); ++r) {
    const Point weights = rowOf(x, r);
    double squares = 0;
    forEachWeight(shape_, [&](Index i) { squares += weights(i) * weights(i); });
    f(r) = meanLoss(weights, all_) + 0.5 * ridge_ * squares;
  }
}

void Network::gradient(const BlockIn& x, BlockOut g) const {
  for (Index r = 0; r < x.rows(); ++r) {
    g.row(r) = batchGradient(rowOf(x, r), all_).transpose().array();
  }
}

void Network::termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const {
  for (Index r = 0; r < x.rows(); ++r) {
    const int sample = term(r);
    g.row(r) = batchGradient(rowOf(x, r), {&sample, 1}).transpose().array();
  }
}

Matrix Network::hessian(const PointIn& x) const {
  const Point weights = x;
  Matrix hessian(dim(), dim());
  for (Index j = 0; j < dim(); ++j) {
    hessian.col(j) = hessianProduct(weights, all_, Point::Unit(dim(), j));
  }
  // The products agree with their mirror images to rounding only.
  return 0.5 * (hessian + hessian.transpose());
}

Point Network::batchGradient(const Point& weights, std::span<const int> batch,
                             const Dropout& dropout) const {
  NetworkPass pass(shape_);
  Point sums = Point::Zero(dim());
  forEachTile(batch, [&](std::span<const int> tile, int firstSlot) {
    pass.load(samples_, tile);
    if (dropout.rate > 0) {
      pass.dropUnits(dropout, firstSlot);
    }
    pass.forward(weights.data());
    pass.backward(weights.data());
    pass.addGradient(sums.data());
  });
  return withRidge(sums / static_cast<double>(batch.size()), weights);
}

Point Network::hessianProduct(const Point& weights, std::span<const int> batch,
                              const Point& direction) const {
  return withRidge(lossHessianProduct(weights, batch, direction), direction);
}

Point Network::lossHessianProduct(const Point& weights, std::span<const int> batch,
                                  const Point& direction) const {
  NetworkTangent pass(shape_);
  Point sums = Point::Zero(dim());
  forEachTile(batch, [&](std::span<const int> tile, int) {
    pass.load(samples_, tile);
    pass.forward(weights.data());
    pass.backward(weights.data());
    pass.addHessianProduct(weights.data(), direction.data(), sums.data());
  });
  return sums / static_cast<double>(batch.size());
}

double Network::meanLoss(const Point& weights, std::span<const int> batch) const {
  NetworkPass pass(shape_);
  double sum = 0;
  forEachTile(batch, [&](std::span<const int> tile, int) {
    pass.load(samples_, tile);
    pass.forward(weights.data());
    sum += pass.loss();
  });
  return sum / static_cast<double>(batch.size());
}

Network::Evaluation Network::evaluate(const Point& weights) const {
  NetworkPass pass(shape_);
  Evaluation result;
  result.predictions.resize(terms());
  forEachTile(all_, [&](std::span<const int> tile, int) {
    pass.load(samples_, tile);
    pass.forward(weights.data());
    result.loss += pass.loss();
    for (std::size_t k = 0; k < tile.size(); ++k) {
      const int predicted = pass.predicted(static_cast<Index>(k));
      result.predictions(tile[k]) = predicted;
      result.errors += predicted != samples_.labels(tile[k]) ? 1 : 0;
    }
  });
  result.loss /= terms();
  return result;
}

// The ridge adds its share of `weights`.
Point Network::withRidge(Point mean, const Point& weights) const {
  if (ridge_ > 0) {
    forEachWeight(shape_, [&](Index i) { mean(i) += ridge_ * weights(i); });
  }
  return mean;
}

}  // namespace wv
