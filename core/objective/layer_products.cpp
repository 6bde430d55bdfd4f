#include "objective/layer_products.hpp"

#include <algorithm>

namespace wv {
namespace {

using Eigen::Index;

// Where the weight of output p and input q stands: at p * perOutput + q * perInput.
struct Strides {
  Index perOutput, perInput;
};

// So many outputs at once, over one group of samples, with the sums in registers.
template <int outputs>
inline void addGroup(const double* __restrict__ weights, Strides strides, Index inputs,
                     const double* __restrict__ input, double* __restrict__ output) {
  double sum[outputs][laneGroup];
  for (int p = 0; p < outputs; ++p) {
    for (Index k = 0; k < laneGroup; ++k) {
      sum[p][k] = output[p * tileSamples + k];
    }
  }
  for (Index q = 0; q < inputs; ++q) {
    const double* __restrict__ column = input + q * tileSamples;
    for (int p = 0; p < outputs; ++p) {
      const double weight = weights[p * strides.perOutput + q * strides.perInput];
      for (Index k = 0; k < laneGroup; ++k) {
        sum[p][k] += weight * column[k];
      }
    }
  }
  for (int p = 0; p < outputs; ++p) {
    for (Index k = 0; k < laneGroup; ++k) {
      output[p * tileSamples + k] = sum[p][k];
    }
  }
}

void addProducts(const double* weights, Strides strides, Index outputs, Index inputs, Index samples,
                 const double* input, double* output) {
  for (Index k = 0; k < samples; k += laneGroup) {
    Index p = 0;
    for (; p + 1 < outputs; p += 2) {
      addGroup<2>(weights + p * strides.perOutput, strides, inputs, input + k,
                  output + p * tileSamples + k);
    }
    if (p < outputs) {
      addGroup<1>(weights + p * strides.perOutput, strides, inputs, input + k,
                  output + p * tileSamples + k);
    }
  }
}

// One group of the weights into so many units; a unit's group is `stride` after that of the one
// before.
template <int units>
inline void addOuterGroup(Index samples, Index inputs, const double* __restrict__ slope,
                          const double* __restrict__ transposed, double* __restrict__ group,
                          Index stride) {
  double sum[units][laneGroup];
  for (int p = 0; p < units; ++p) {
    for (Index q = 0; q < laneGroup; ++q) {
      sum[p][q] = group[p * stride + q];
    }
  }
  for (Index k = 0; k < samples; ++k) {
    const double* __restrict__ sample = transposed + k * inputs;
    for (int p = 0; p < units; ++p) {
      const double factor = slope[p * tileSamples + k];
      for (Index q = 0; q < laneGroup; ++q) {
        sum[p][q] += factor * sample[q];
      }
    }
  }
  for (int p = 0; p < units; ++p) {
    for (Index q = 0; q < laneGroup; ++q) {
      group[p * stride + q] = sum[p][q];
    }
  }
}

template <int units>
void addOuterRows(Index inputs, Index samples, const double* slope, const double* transposed,
                  double* sums) {
  const Index padded = wholeGroups(inputs);
  Index q = 0;
  for (; q + laneGroup <= inputs; q += laneGroup) {
    addOuterGroup<units>(samples, padded, slope, transposed + q, sums + q, inputs);
  }
  if (q < inputs) {
    double group[units * laneGroup] = {};
    for (int p = 0; p < units; ++p) {
      std::copy(sums + p * inputs + q, sums + (p + 1) * inputs, group + p * laneGroup);
    }
    addOuterGroup<units>(samples, padded, slope, transposed + q, group, laneGroup);
    for (int p = 0; p < units; ++p) {
      std::copy_n(group + p * laneGroup, inputs - q, sums + p * inputs + q);
    }
  }
}

}  // namespace

void addForward(const LayerWeights& layer, Index samples, const double* input, double* output) {
  addProducts(layer.weights, {layer.inputs, 1}, layer.units, layer.inputs, samples, input, output);
}

void addBackward(const LayerWeights& layer, Index samples, const double* slope,
                 double* inputSlope) {
  addProducts(layer.weights, {1, layer.inputs}, layer.inputs, layer.units, samples, slope,
              inputSlope);
}

void addOuter(Index units, Index inputs, Index samples, const double* slope,
              const double* transposed, double* sums) {
  Index p = 0;
  for (; p + 1 < units; p += 2) {
    addOuterRows<2>(inputs, samples, slope + p * tileSamples, transposed, sums + p * inputs);
  }
  if (p < units) {
    addOuterRows<1>(inputs, samples, slope + p * tileSamples, transposed, sums + p * inputs);
  }
}

}  // namespace wv
