#include "experiment/network_measures.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/lanczos.hpp"
#include "random/fill.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr double weightsTimesSamples = 2.5e6;
constexpr int topSteps = 30;
constexpr int topCount = 10;
constexpr int densitySteps = 20;
constexpr Index densityStarts = 4;
constexpr Index traceStarts = 16;
constexpr double nearZeroShare = 0.01;

// d x count independent signs.
Matrix signsAt(const Address& address, Index d, Index count) {
  Block uniform(count, d);
  fillUniform(address, uniform);
  return (uniform < 0.5)
      .select(Block::Constant(count, d, -1), Block::Ones(count, d))
      .matrix()
      .transpose();
}

// As many weights into each unit as its norm in `weights`, in directions of `normal`.
Point filterNormalized(const NetworkShape& shape, const Point& weights, const Point& normal) {
  Point direction = Point::Zero(weights.size());
  for (const NetworkLayer& layer : shape.layers()) {
    for (Index unit = 0; unit < layer.units; ++unit) {
      const Index from = layer.weights + unit * layer.inputs;
      const auto filter = normal.segment(from, layer.inputs);
      const double scale = weights.segment(from, layer.inputs).norm() / filter.norm();
      direction.segment(from, layer.inputs) = scale * filter;
    }
  }
  return direction;
}

}  // namespace

std::span<const int> measuredSamples(const Network& network) {
  const double affordable = std::clamp(weightsTimesSamples / network.dim(), 32.0, 512.0);
  const auto all = network.allSamples();
  return all.first(std::min(all.size(), static_cast<std::size_t>(affordable)));
}

HessianSpectrum hessianSpectrum(const Network& network, const Point& weights, std::uint32_t seed) {
  const auto samples = measuredSamples(network);
  const auto product = [&](const Point& v) {
    return network.lossHessianProduct(weights, samples, v);
  };
  const Matrix starts =
      signsAt({.seed = seed, .stream = Stream::instance, .step = 1}, weights.size(), traceStarts);
  const int d = network.dim();
  HessianSpectrum spectrum;
  const numeric::RitzValues top =
      numeric::lanczos(product, starts.col(traceStarts - 1), std::min(topSteps, d));
  for (Index k = top.values.size(); k > 0 && top.values.size() - k < topCount; --k) {
    spectrum.largest.push_back(top.values(k - 1));
  }
  const auto density =
      numeric::spectralDensity(product, starts.leftCols(densityStarts), std::min(densitySteps, d));
  spectrum.values.assign(density.values.begin(), density.values.end());
  spectrum.shares.assign(density.weights.begin(), density.weights.end());
  spectrum.nearZero = density.shareWithin(nearZeroShare * std::fabs(spectrum.largest.front()));
  const auto traces = numeric::spectralDensity(product, starts, 1);
  spectrum.trace = traces.trace;
  spectrum.traceStandardError = traces.traceStandardError;
  return spectrum;
}

std::vector<double> filterNormalizedSlice(const Network& network, const Point& weights, int side,
                                          std::uint32_t seed) {
  Block normal(2, weights.size());
  fillNormal({.seed = seed, .stream = Stream::instance, .step = 2}, normal);
  const auto along = [&](Index row) {
    return filterNormalized(network.shape(), weights, normal.row(row).transpose().matrix());
  };
  const Point u = along(0), v = along(1);
  const auto samples = measuredSamples(network);
  std::vector<double> slice;
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const double a = sliceAbscissa(column, side), b = sliceAbscissa(row, side);
      slice.push_back(network.meanLoss(weights + a * u + b * v, samples));
    }
  }
  return slice;
}

double sliceAbscissa(int index, int side) { return 2.0 * index / (side - 1) - 1; }

}  // namespace wv
