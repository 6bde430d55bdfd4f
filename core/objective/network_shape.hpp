// The layers of a multilayer perceptron, and where its weights stand in the vector of them all.
#pragma once

#include <vector>

#include "numeric/block.hpp"

namespace wv {

enum class Activation { relu, tanh };

// z = W a + b, a the layer before; `weights` and `biases` are offsets into the weight vector, W is
// row-major (the weights into unit 0 first), and b follows it.
struct NetworkLayer {
  Eigen::Index inputs = 0, units = 0;
  Eigen::Index weights = 0, biases = 0;

  Eigen::Index end() const { return biases + units; }
};

// Layer by layer from the input on. Hidden layers are followed by the activation, the last one by
// the softmax.
class NetworkShape {
 public:
  // inputs, classes >= 1; one to three hidden layers of >= 1 units.
  NetworkShape(int inputs, const std::vector<int>& hidden, int classes, Activation activation);

  const std::vector<NetworkLayer>& layers() const { return layers_; }
  Activation activation() const { return activation_; }
  Eigen::Index dim() const { return layers_.back().end(); }
  Eigen::Index classes() const { return layers_.back().units; }

 private:
  std::vector<NetworkLayer> layers_;
  Activation activation_;
};

// Normal weights of variance 2/inputs before a rectifier (K. He, X. Zhang, S. Ren, J. Sun,
// "Delving deep into rectifiers", ICCV 2015), 2/(inputs + units) before tanh (X. Glorot,
// Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
// 2010); biases 0. The last layer, which has no activation, takes 1/inputs and 2/(inputs + units).
// Numbers: Stream::initial at step 0, row `replicate`, one column for each weight.
Point initialWeights(const NetworkShape& shape, std::uint32_t seed, std::uint32_t replicate);

}  // namespace wv
