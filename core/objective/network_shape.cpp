#include "objective/network_shape.hpp"

#include <cmath>

#include "random/fill.hpp"

namespace wv {

NetworkShape::NetworkShape(int inputs, const std::vector<int>& hidden, int classes,
                           Activation activation)
    : activation_(activation) {
  Eigen::Index width = inputs, offset = 0;
  const auto addLayer = [&](Eigen::Index units) {
    layers_.push_back({width, units, offset, offset + width * units});
    width = units;
    offset = layers_.back().end();
  };
  for (const int units : hidden) {
    addLayer(units);
  }
  addLayer(classes);
}

Point initialWeights(const NetworkShape& shape, std::uint32_t seed, std::uint32_t replicate) {
  Block normal(1, shape.dim());
  fillNormal({.seed = seed, .stream = Stream::initial, .firstReplicate = replicate}, normal);
  Point weights = normal.row(0).transpose().matrix();
  for (const NetworkLayer& layer : shape.layers()) {
    const auto inputs = static_cast<double>(layer.inputs);
    const auto units = static_cast<double>(layer.units);
    const bool last = &layer == &shape.layers().back();
    const double variance =
        shape.activation() == Activation::tanh ? 2 / (inputs + units) : (last ? 1 : 2) / inputs;
    weights.segment(layer.weights, layer.inputs * layer.units) *= std::sqrt(variance);
    weights.segment(layer.biases, layer.units).setZero();
  }
  return weights;
}

}  // namespace wv
