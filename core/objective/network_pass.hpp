// One tile of samples on its way through a network and back.
#pragma once

#include <span>
#include <vector>

#include "objective/layer_products.hpp"
#include "objective/network_shape.hpp"
#include "random/address.hpp"

namespace wv {

// Column i of `inputs` (features x n) is sample i; labels are 0 .. classes - 1.
struct LabelledSamples {
  Matrix inputs;
  IndexColumn labels;
};

// Inverted dropout (N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov,
// "Dropout", JMLR 15 (2014)): each hidden unit is 0 with probability `rate`, and otherwise divided
// by 1 - rate. One 32-bit word decides over unit u of hidden layer h for the batch's slot k: word
// u % 4 at address.slot + (3 k + h) 2^12 + u / 4. So layers have at most 2^14 units.
struct Dropout {
  double rate = 0;  // [0, 1)
  Address address = {};
};

// The sums of one tile's passes; sums over samples run in the order in which they were loaded. The
// calls come in the order load, forward, backward, and each reads what those before it left. All
// weight vectors have shape.dim() entries.
class NetworkPass {
 public:
  // The shape must outlive it.
  explicit NetworkPass(const NetworkShape& shape);

  // At most tileSamples indices of samples.
  void load(const LabelledSamples& samples, std::span<const int> indices);
  // For the load that follows, which holds the batch's slots firstSlot, firstSlot + 1, ...
  void dropUnits(const Dropout& dropout, int firstSlot);

  void forward(const double* weights);
  // The sum of the losses -log p(label).
  double loss() const;
  // The class of the largest probability, the first of several.
  int predicted(Eigen::Index sample) const;

  void backward(const double* weights);
  // sums += the sum of the samples' gradients.
  void addGradient(double* sums) const;

 protected:
  using Tile = std::vector<double>;  // tileSamples x units, column-major

  struct LayerScratch {
    // What enters the layer: for a hidden activation, also its slope by its argument and the share
    // of each unit that dropout leaves (empty: all of it).
    Tile input, inputFactor, mask;
    std::vector<double> transposed;  // the input, wholeGroups(inputs) x tileSamples
    Tile output;                     // W input + b
    // The sum of losses by the output, and by the input.
    Tile slope, inputSlope;
  };

  const NetworkShape& shape() const { return shape_; }
  const std::vector<LayerScratch>& scratch() const { return scratch_; }
  const Tile& probabilities() const { return probabilities_; }
  Eigen::Index samples() const { return samples_; }
  // The samples rounded up to groups: the rows that loops go over.
  Eigen::Index lanes() const { return lanes_; }

  // transposed(q, k) = tile(k, q) for every sample.
  void transpose(Eigen::Index units, const Tile& tile, std::vector<double>& transposed) const;
  // sums += slope^T input into the weights' places, the slopes' sums into the biases'.
  void addProduct(const NetworkLayer& layer, const Tile& slope,
                  const std::vector<double>& transposed, double* sums) const;

 private:
  void activate(std::size_t layer);
  void fillProbabilities();

  const NetworkShape& shape_;
  std::vector<LayerScratch> scratch_;
  Tile probabilities_;
  std::vector<double> losses_;
  std::vector<int> labels_;
  Eigen::Index samples_ = 0, lanes_ = 0;
};

// B. A. Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6 (1994): the
// derivative of every number of the pass as the weights move along a direction, without dropout.
// At a kink of the rectifier it is that of the side on which the slope is taken.
class NetworkTangent final : public NetworkPass {
 public:
  explicit NetworkTangent(const NetworkShape& shape);

  // After forward and backward. sums += the sum of the samples' Hessians, times the direction.
  void addHessianProduct(const double* weights, const double* direction, double* sums);

 private:
  struct LayerTangent {
    Tile input, output, slope, inputSlope;
    std::vector<double> transposed;
  };

  void moveForward(const double* weights, const double* direction);
  void moveProbabilities();
  void moveBackward(const double* weights, const double* direction);

  std::vector<LayerTangent> tangents_;
};

}  // namespace wv
