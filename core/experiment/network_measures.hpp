// How flat a trained network's valley is, and what it looks like: measured on a part of the
// training set.
#pragma once

#include <cstdint>
#include <vector>

#include "objective/network.hpp"

namespace wv {

// The first samples, so many that one product with the Hessian stays at some milliseconds: at most
// 512, at least 32.
std::span<const int> measuredSamples(const Network& network);

// Of the Hessian of the mean loss over the measured samples, without the ridge, so that networks
// trained with and without it can be compared.
struct HessianSpectrum {
  std::vector<double> largest;         // eigenvalues, descending
  std::vector<double> values, shares;  // of the spectral density: see numeric::SpectralDensity
  double trace = 0, traceStandardError = 0;
  double nearZero = 0;  // the share of eigenvalues within 1 % of the largest from 0
};

// Numbers: Stream::instance at step 1 of the seed.
HessianSpectrum hessianSpectrum(const Network& network, const Point& weights, std::uint32_t seed);

// The mean loss over the measured samples at w + a u + b v, for a (columns) and b (rows) on an even
// grid of `side` points from -1 to 1; u and v are normal directions in which the weights into each
// unit have the norm that they have in w, and biases do not move (H. Li, Z. Xu, G. Taylor,
// C. Studer, T. Goldstein, "Visualizing the loss landscape of neural nets", NeurIPS 2018).
// Row-major. Numbers: Stream::instance at step 2 of the seed.
std::vector<double> filterNormalizedSlice(const Network& network, const Point& weights, int side,
                                          std::uint32_t seed);
double sliceAbscissa(int index, int side);

}  // namespace wv
