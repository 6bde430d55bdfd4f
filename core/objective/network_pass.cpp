#include "objective/network_pass.hpp"

#include <algorithm>

#include "numeric/elementary.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr std::uint32_t slotsOfLayer = 1U << 12;
constexpr std::uint32_t mostHiddenLayers = 3;

}  // namespace

NetworkPass::NetworkPass(const NetworkShape& shape)
    : shape_(shape),
      scratch_(shape.layers().size()),
      probabilities_(static_cast<std::size_t>(tileSamples * shape.classes())),
      losses_(tileSamples),
      labels_(tileSamples) {
  for (std::size_t l = 0; l < scratch_.size(); ++l) {
    const NetworkLayer& layer = shape.layers()[l];
    const auto entering = static_cast<std::size_t>(tileSamples * layer.inputs);
    const auto leaving = static_cast<std::size_t>(tileSamples * layer.units);
    LayerScratch& of = scratch_[l];
    of.input.resize(entering);
    of.inputFactor.resize(entering);
    of.inputSlope.resize(entering);
    of.transposed.resize(static_cast<std::size_t>(tileSamples * wholeGroups(layer.inputs)));
    of.output.resize(leaving);
    of.slope.resize(leaving);
  }
}

void NetworkPass::load(const LabelledSamples& samples, std::span<const int> indices) {
  samples_ = static_cast<Index>(indices.size());
  lanes_ = wholeGroups(samples_);
  LayerScratch& first = scratch_.front();
  const Index features = shape_.layers().front().inputs;
  for (Index k = 0; k < samples_; ++k) {
    const int sample = indices[static_cast<std::size_t>(k)];
    labels_[static_cast<std::size_t>(k)] = samples.labels(sample);
    const double* const from = samples.inputs.col(sample).data();
    std::copy_n(from, features, first.transposed.data() + k * wholeGroups(features));
    for (Index q = 0; q < features; ++q) {
      first.input[static_cast<std::size_t>(q * tileSamples + k)] = from[q];
    }
  }
}

void NetworkPass::dropUnits(const Dropout& dropout, int firstSlot) {
  const auto threshold = static_cast<std::uint64_t>(dropout.rate * 0x1p32);
  const double kept = 1 / (1 - dropout.rate);
  for (std::size_t l = 1; l < scratch_.size(); ++l) {
    Tile& mask = scratch_[l].mask;
    mask.resize(scratch_[l].input.size());
    const Index units = shape_.layers()[l].inputs;
    for (Index k = 0; k < tileSamples; ++k) {
      Address local = dropout.address;
      const auto slot = static_cast<std::uint32_t>(firstSlot + k);
      local.slot += (slot * mostHiddenLayers + static_cast<std::uint32_t>(l - 1)) * slotsOfLayer;
      for (Index u = 0; u < units; u += 4, ++local.slot) {
        const PhiloxCounter words = wordsAt(local, 0);
        for (Index i = 0; i < std::min<Index>(4, units - u); ++i) {
          mask[static_cast<std::size_t>((u + i) * tileSamples + k)] =
              words[static_cast<std::size_t>(i)] < threshold ? 0 : kept;
        }
      }
    }
  }
}

void NetworkPass::forward(const double* weights) {
  for (std::size_t l = 0; l < scratch_.size(); ++l) {
    if (l > 0) {
      activate(l);
    }
    const NetworkLayer& layer = shape_.layers()[l];
    LayerScratch& of = scratch_[l];
    for (Index p = 0; p < layer.units; ++p) {
      std::fill_n(of.output.data() + p * tileSamples, tileSamples, weights[layer.biases + p]);
    }
    addForward({weights + layer.weights, layer.units, layer.inputs}, lanes_, of.input.data(),
               of.output.data());
  }
  fillProbabilities();
}

// The output of the layer before becomes the input of this one.
void NetworkPass::activate(std::size_t layer) {
  LayerScratch& of = scratch_[layer];
  const Index count = static_cast<Index>(of.input.size());
  const double* __restrict__ z = scratch_[layer - 1].output.data();
  double* __restrict__ a = of.input.data();
  double* __restrict__ factor = of.inputFactor.data();
  if (shape_.activation() == Activation::relu) {
    for (Index i = 0; i < count; ++i) {
      a[i] = z[i] > 0 ? z[i] : 0;
      factor[i] = z[i] > 0 ? 1 : 0;
    }
  } else {
    for (Index i = 0; i < count; ++i) {
      a[i] = numeric::tanh(z[i]);
      factor[i] = 1 - a[i] * a[i];
    }
  }
  if (!of.mask.empty()) {
    const double* __restrict__ mask = of.mask.data();
    for (Index i = 0; i < count; ++i) {
      a[i] *= mask[i];
      factor[i] *= mask[i];
    }
  }
  transpose(shape_.layers()[layer].inputs, of.input, of.transposed);
}

// The softmax of the logits, from the largest of which all are counted, so that none overflows.
void NetworkPass::fillProbabilities() {
  const Index classes = shape_.classes();
  const double* __restrict__ z = scratch_.back().output.data();
  double* __restrict__ p = probabilities_.data();
  double largest[tileSamples], sum[tileSamples] = {};
  std::copy_n(z, tileSamples, largest);
  for (Index c = 1; c < classes; ++c) {
    for (Index k = 0; k < tileSamples; ++k) {
      const double logit = z[c * tileSamples + k];
      largest[k] = logit > largest[k] ? logit : largest[k];
    }
  }
  for (Index c = 0; c < classes; ++c) {
    for (Index k = 0; k < tileSamples; ++k) {
      const double power = numeric::exp(z[c * tileSamples + k] - largest[k]);
      p[c * tileSamples + k] = power;
      sum[k] += power;
    }
  }
  for (Index c = 0; c < classes; ++c) {
    for (Index k = 0; k < tileSamples; ++k) {
      p[c * tileSamples + k] /= sum[k];
    }
  }
  for (Index k = 0; k < samples_; ++k) {
    const auto sample = static_cast<std::size_t>(k);
    losses_[sample] = numeric::log(sum[k]) + (largest[k] - z[labels_[sample] * tileSamples + k]);
  }
}

double NetworkPass::loss() const {
  double sum = 0;
  for (Index k = 0; k < samples_; ++k) {
    sum += losses_[static_cast<std::size_t>(k)];
  }
  return sum;
}

int NetworkPass::predicted(Index sample) const {
  const double* const p = probabilities_.data() + sample;
  int best = 0;
  for (Index c = 1; c < shape_.classes(); ++c) {
    best = p[c * tileSamples] > p[best * tileSamples] ? static_cast<int>(c) : best;
  }
  return best;
}

void NetworkPass::backward(const double* weights) {
  Tile& last = scratch_.back().slope;
  last = probabilities_;
  for (Index k = 0; k < samples_; ++k) {
    last[static_cast<std::size_t>(labels_[static_cast<std::size_t>(k)] * tileSamples + k)] -= 1;
  }
  for (std::size_t l = scratch_.size() - 1; l > 0; --l) {
    const NetworkLayer& layer = shape_.layers()[l];
    LayerScratch& of = scratch_[l];
    std::fill(of.inputSlope.begin(), of.inputSlope.end(), 0.0);
    addBackward({weights + layer.weights, layer.units, layer.inputs}, lanes_, of.slope.data(),
                of.inputSlope.data());
    const double* __restrict__ factor = of.inputFactor.data();
    const double* __restrict__ arrived = of.inputSlope.data();
    double* __restrict__ before = scratch_[l - 1].slope.data();
    for (std::size_t i = 0; i < of.inputSlope.size(); ++i) {
      before[i] = factor[i] * arrived[i];
    }
  }
}

void NetworkPass::addGradient(double* sums) const {
  for (std::size_t l = 0; l < scratch_.size(); ++l) {
    addProduct(shape_.layers()[l], scratch_[l].slope, scratch_[l].transposed, sums);
  }
}

void NetworkPass::transpose(Index units, const Tile& tile, std::vector<double>& transposed) const {
  const Index padded = wholeGroups(units);
  for (Index k = 0; k < samples_; ++k) {
    for (Index q = 0; q < units; ++q) {
      transposed[static_cast<std::size_t>(k * padded + q)] =
          tile[static_cast<std::size_t>(q * tileSamples + k)];
    }
  }
}

void NetworkPass::addProduct(const NetworkLayer& layer, const Tile& slope,
                             const std::vector<double>& transposed, double* sums) const {
  addOuter(layer.units, layer.inputs, samples_, slope.data(), transposed.data(),
           sums + layer.weights);
  for (Index p = 0; p < layer.units; ++p) {
    for (Index k = 0; k < samples_; ++k) {
      sums[layer.biases + p] += slope[static_cast<std::size_t>(p * tileSamples + k)];
    }
  }
}

}  // namespace wv
