// A multilayer perceptron that tells classes apart, as a finite sum over its training samples.
#pragma once

#include "objective/network_pass.hpp"
#include "objective/objective.hpp"

namespace wv {

// f(w) = (1/n) sum_i -log p(label_i | sample_i, w) + ridge/2 |weights|^2, p the softmax of the last
// layer. The ridge leaves biases alone; l_i carries its share. Weights are laid out as
// NetworkShape says.
//
// Per sample and weight the order of every sum is fixed (see layer_products.hpp), so that the bits
// depend neither on the machine nor on what else is in a block or a batch.
class Network final : public Objective {
 public:
  // n >= 1 samples that fit the shape; ridge >= 0.
  Network(NetworkShape shape, LabelledSamples samples, double ridge);

  const NetworkShape& shape() const { return shape_; }
  const LabelledSamples& samples() const { return samples_; }

  int dim() const override { return static_cast<int>(shape_.dim()); }
  int terms() const override { return static_cast<int>(samples_.labels.size()); }
  void value(const BlockIn& x, ColumnOut f) const override;
  void gradient(const BlockIn& x, BlockOut g) const override;
  void termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const override;
  // By dim() Hessian products: for small networks.
  Matrix hessian(const PointIn& x) const override;
  // None is known, and no constant holds everywhere.
  std::vector<Point> minimizers() const override { return {}; }
  std::optional<Curvature> curvature() const override { return std::nullopt; }
  Window window() const override { return {}; }
  // The initial weights of seed 0.
  Point start() const override { return initialWeights(shape_, 0, 0); }

  // The mean of the terms' gradients over a batch of samples, added up in its order, ridge
  // included; with dropout, slot k of the batch belongs to its k-th sample.
  Point batchGradient(const Point& weights, std::span<const int> batch,
                      const Dropout& dropout = {}) const;

  // The Hessian of the mean over these samples, ridge included, times a direction: exact wherever f
  // is twice differentiable.
  Point hessianProduct(const Point& weights, std::span<const int> batch,
                       const Point& direction) const;
  // The same without the ridge.
  Point lossHessianProduct(const Point& weights, std::span<const int> batch,
                           const Point& direction) const;

  // The mean of -log p(label) over these samples, without the ridge.
  double meanLoss(const Point& weights, std::span<const int> batch) const;

  struct Evaluation {
    double loss = 0;          // mean of -log p(label) over all samples, without the ridge
    IndexColumn predictions;  // the likeliest class of each sample
    int errors = 0;           // how many of these are not the label
  };
  Evaluation evaluate(const Point& weights) const;

  // 0, 1, ..., terms() - 1
  std::span<const int> allSamples() const { return all_; }

 private:
  Point withRidge(Point mean, const Point& weights) const;

  NetworkShape shape_;
  LabelledSamples samples_;
  double ridge_;
  std::vector<int> all_;
};

}  // namespace wv
