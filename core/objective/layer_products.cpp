#include "objective/layer_products.hpp"

#include <algorithm>

#include "numeric/pair.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr Index pairs = laneGroup / 2;

struct Group {
  Pair pair[pairs];
};

inline Group loadGroup(const double* from) {
  Group group;
  for (Index k = 0; k < pairs; ++k) {
    group.pair[k] = loadPair(from + 2 * k);
  }
  return group;
}

inline void storeGroup(const Group& group, double* to) {
  for (Index k = 0; k < pairs; ++k) {
    storePair(group.pair[k], to + 2 * k);
  }
}

// sum += factor group
inline void addMultiple(double factor, const Group& group, Group& sum) {
  for (Index k = 0; k < pairs; ++k) {
    sum.pair[k] += factor * group.pair[k];
  }
}

// Where the weight of output p and input q stands: at p * perOutput + q * perInput.
struct Strides {
  Index perOutput, perInput;
};

// So many outputs at once, over one group of samples, with the sums in registers.
template <int outputs>
inline void addGroup(const double* __restrict__ weights, Strides strides, Index inputs,
                     const double* __restrict__ input, double* __restrict__ output) {
  Group sum[outputs];
  for (int p = 0; p < outputs; ++p) {
    sum[p] = loadGroup(output + p * tileSamples);
  }
  for (Index q = 0; q < inputs; ++q) {
    const Group column = loadGroup(input + q * tileSamples);
    for (int p = 0; p < outputs; ++p) {
      addMultiple(weights[p * strides.perOutput + q * strides.perInput], column, sum[p]);
    }
  }
  for (int p = 0; p < outputs; ++p) {
    storeGroup(sum[p], output + p * tileSamples);
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
  Group sum[units];
  for (int p = 0; p < units; ++p) {
    sum[p] = loadGroup(group + p * stride);
  }
  for (Index k = 0; k < samples; ++k) {
    const Group sample = loadGroup(transposed + k * inputs);
    for (int p = 0; p < units; ++p) {
      addMultiple(slope[p * tileSamples + k], sample, sum[p]);
    }
  }
  for (int p = 0; p < units; ++p) {
    storeGroup(sum[p], group + p * stride);
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
