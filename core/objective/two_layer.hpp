// A network with one hidden layer and one output, fitted to given outputs by least squares.
#pragma once

#include "objective/objective.hpp"
#include "random/address.hpp"

namespace wv {

// relu: max(0, z); quadratic: z^2.
enum class HiddenUnit { relu, quadratic };

// f(theta) = (1/n) sum_i (sum_k u_k phi(w_k . x_i) - y_i)^2 with p hidden units and no biases.
// theta holds the rows w_1, ..., w_p (d numbers each), then u_1, ..., u_p: p (d + 1) numbers.
//
// Neither multiplying w_k and dividing u_k by a positive factor (its square for z^2) nor exchanging
// two units changes what the network computes: no minimum is isolated.
class TwoLayer final : public Objective {
 public:
  // inputs: n x d; targets: n; width p >= 1.
  TwoLayer(HiddenUnit unit, int width, Matrix inputs, Column targets);

  int width() const { return width_; }
  int inputDim() const { return static_cast<int>(inputs_.cols()); }
  const Matrix& inputs() const { return inputs_; }
  const Column& targets() const { return targets_; }
  // What the network computes at each input.
  Column outputs(const PointIn& theta) const;

  int dim() const override { return width_ * (inputDim() + 1); }
  int terms() const override { return static_cast<int>(targets_.size()); }
  void value(const BlockIn& x, ColumnOut f) const override;
  void gradient(const BlockIn& x, BlockOut g) const override;
  void termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const override;
  // At a kink of the rectifier, of the side on which it is 0.
  Matrix hessian(const PointIn& x) const override;
  std::vector<Point> minimizers() const override { return {}; }
  std::optional<Curvature> curvature() const override { return std::nullopt; }
  Window window() const override { return {}; }
  // Weights of seed 0.
  Point start() const override;

 private:
  struct Pass;
  void runTerm(const BlockIn& theta, Eigen::Index term, Pass& pass) const;
  void addTermGradient(const BlockIn& theta, Eigen::Index term, Pass& pass, BlockOut g) const;

  HiddenUnit unit_;
  int width_;
  Matrix inputs_;
  Column targets_;
};

// rows x p (d + 1) normal weights, of variance 1/d into a unit and 1/p out of it; one column of the
// address for each weight.
Block twoLayerWeights(int width, int inputs, const Address& address, Eigen::Index rows);

}  // namespace wv
