#include "landscape/dependent_units.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "numeric/statistics.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr int coarseAngles = 720;
constexpr int refinements = 40;
using numeric::pi;

double determinant(const TwoLayer& network, const PointIn& theta) {
  return network.width() == 1 ? theta(0) : theta(0) * theta(3) - theta(1) * theta(2);
}

// The loss left by the best a phi(v . x) + b phi(-v . x), v at this angle.
double lossOnLine(const TwoLayer& network, double angle) {
  const auto [sine, cosine] = numeric::sincos(angle);
  Point theta = Point::Zero(network.dim());
  theta.head(4) << cosine, sine, -cosine, -sine;
  const Index n = network.terms();
  Block features(n, 2);
  for (Index k = 0; k < 2; ++k) {
    theta.tail(2) = Point::Unit(2, k);
    features.col(k) = network.outputs(theta);
  }
  const Column& y = network.targets();
  const double aa = numeric::sum(features.col(0).square());
  const double bb = numeric::sum(features.col(1).square());
  const double ab = numeric::sum(features.col(0) * features.col(1));
  const double ay = numeric::sum(features.col(0) * y), by = numeric::sum(features.col(1) * y);
  const double det = aa * bb - ab * ab;
  double a = 0, b = 0;
  if (det > 1e-12 * aa * bb) {
    a = (bb * ay - ab * by) / det;
    b = (aa * by - ab * ay) / det;
  } else if (aa >= bb) {
    a = aa > 0 ? ay / aa : 0;
  } else {
    b = by / bb;
  }
  return numeric::sum((a * features.col(0) + b * features.col(1) - y).square()) /
         static_cast<double>(n);
}

}  // namespace

bool hasSquareWeights(const TwoLayer& network) {
  return network.width() == network.inputDim() && network.width() <= 2;
}

bool areTurnedOver(const TwoLayer& network, const PointIn& first, const PointIn& last) {
  return determinant(network, first) * determinant(network, last) < 0;
}

double leastDependentLoss(const TwoLayer& network) {
  if (network.width() == 1) {
    return numeric::mean(network.targets().square());
  }
  const double spacing = pi / coarseAngles;
  int best = 0;
  double least = lossOnLine(network, 0);
  for (int i = 1; i < coarseAngles; ++i) {
    const double loss = lossOnLine(network, i * spacing);
    if (loss < least) {
      least = loss;
      best = i;
    }
  }
  double low = (best - 1) * spacing, high = (best + 1) * spacing;
  for (int i = 0; i < refinements; ++i) {  // thirds: the ends keep the minimum between them
    const double left = low + (high - low) / 3, right = high - (high - low) / 3;
    const double atLeft = lossOnLine(network, left), atRight = lossOnLine(network, right);
    (atLeft < atRight ? high : low) = atLeft < atRight ? right : left;
    least = std::min({least, atLeft, atRight});
  }
  return least;
}

}  // namespace wv
