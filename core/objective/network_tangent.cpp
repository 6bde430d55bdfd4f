#include <algorithm>

#include "objective/network_pass.hpp"

namespace wv {

using Eigen::Index;

NetworkTangent::NetworkTangent(const NetworkShape& shape)
    : NetworkPass(shape), tangents_(shape.layers().size()) {
  for (std::size_t l = 0; l < tangents_.size(); ++l) {
    tangents_[l].input.resize(scratch()[l].input.size());
    tangents_[l].inputSlope.resize(scratch()[l].input.size());
    tangents_[l].transposed.resize(scratch()[l].transposed.size());
    tangents_[l].output.resize(scratch()[l].output.size());
    tangents_[l].slope.resize(scratch()[l].output.size());
  }
}

void NetworkTangent::addHessianProduct(const double* weights, const double* direction,
                                       double* sums) {
  moveForward(weights, direction);
  moveProbabilities();
  moveBackward(weights, direction);
  for (std::size_t l = 0; l < tangents_.size(); ++l) {
    const NetworkLayer& layer = shape().layers()[l];
    addProduct(layer, tangents_[l].slope, scratch()[l].transposed, sums);
    if (l > 0) {  // the data do not move
      addOuter(layer.units, layer.inputs, samples(), scratch()[l].slope.data(),
               tangents_[l].transposed.data(), sums + layer.weights);
    }
  }
}

void NetworkTangent::moveForward(const double* weights, const double* direction) {
  for (std::size_t l = 0; l < tangents_.size(); ++l) {
    const NetworkLayer& layer = shape().layers()[l];
    LayerTangent& of = tangents_[l];
    for (Index p = 0; p < layer.units; ++p) {
      std::fill_n(of.output.data() + p * tileSamples, tileSamples, direction[layer.biases + p]);
    }
    addForward({direction + layer.weights, layer.units, layer.inputs}, lanes(),
               scratch()[l].input.data(), of.output.data());
    if (l == 0) {
      continue;
    }
    const Tile& factor = scratch()[l].inputFactor;
    for (std::size_t i = 0; i < of.input.size(); ++i) {
      of.input[i] = factor[i] * tangents_[l - 1].output[i];
    }
    transpose(layer.inputs, of.input, of.transposed);
    addForward({weights + layer.weights, layer.units, layer.inputs}, lanes(), of.input.data(),
               of.output.data());
  }
}

// The slope by a logit is p - 1[label]; p moves by p (z' - sum of p z').
void NetworkTangent::moveProbabilities() {
  const Index classes = shape().classes();
  const double* __restrict__ p = probabilities().data();
  const double* __restrict__ moved = tangents_.back().output.data();
  double* __restrict__ slope = tangents_.back().slope.data();
  double mean[tileSamples] = {};
  for (Index c = 0; c < classes; ++c) {
    for (Index k = 0; k < tileSamples; ++k) {
      mean[k] += p[c * tileSamples + k] * moved[c * tileSamples + k];
    }
  }
  for (Index c = 0; c < classes; ++c) {
    for (Index k = 0; k < tileSamples; ++k) {
      const Index i = c * tileSamples + k;
      slope[i] = p[i] * (moved[i] - mean[k]);
    }
  }
}

void NetworkTangent::moveBackward(const double* weights, const double* direction) {
  for (std::size_t l = tangents_.size() - 1; l > 0; --l) {
    const NetworkLayer& layer = shape().layers()[l];
    const LayerScratch& still = scratch()[l];
    LayerTangent& of = tangents_[l];
    std::fill(of.inputSlope.begin(), of.inputSlope.end(), 0.0);
    addBackward({weights + layer.weights, layer.units, layer.inputs}, lanes(), of.slope.data(),
                of.inputSlope.data());
    addBackward({direction + layer.weights, layer.units, layer.inputs}, lanes(), still.slope.data(),
                of.inputSlope.data());
    // Of 1 - a^2; the rectifier's slope does not move.
    const double curvature = shape().activation() == Activation::tanh ? -2 : 0;
    double* __restrict__ before = tangents_[l - 1].slope.data();
    for (std::size_t i = 0; i < of.inputSlope.size(); ++i) {
      before[i] = still.inputFactor[i] * of.inputSlope[i] +
                  curvature * still.input[i] * of.input[i] * still.inputSlope[i];
    }
  }
}

}  // namespace wv
