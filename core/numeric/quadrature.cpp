#include "numeric/quadrature.hpp"

#include <cmath>

namespace wv::numeric {
namespace {

constexpr Eigen::Index kPairs = gaussLegendrePoints / 2;
// The nodes of the 16-point rule on [-1, 1] come in pairs +-node.
constexpr double kNodes[kPairs] = {0.98940093499164994, 0.9445750230732326,  0.86563120238783176,
                                   0.755404408355003,   0.61787624440264377, 0.45801677765722737,
                                   0.28160355077925892, 0.095012509837637441};
constexpr double kWeights[kPairs] = {
    0.027152459411754096, 0.062253523938647894, 0.095158511682492786, 0.12462897125553388,
    0.14959598881657674,  0.16915651939500254,  0.18260341504492358,  0.1894506104550685};
constexpr int kMostHalvings = 40;
constexpr std::size_t kMostPanels = 20000;

struct Panel {
  double low, high, value;
  int halvings;
};

}  // namespace

double gaussLegendre(const Integrand& f, double low, double high) {
  const double half = 0.5 * (high - low);
  const Column x = gaussLegendreNodes(low, high);
  Column y(2 * kPairs);
  f(x, y);
  double sum = 0;
  for (Eigen::Index i = 0; i < kPairs; ++i) {
    sum += kWeights[i] * (y(2 * i) + y(2 * i + 1));
  }
  return half * sum;
}

PanelColumn gaussLegendreNodes(double low, double high) {
  const double middle = 0.5 * (low + high), half = 0.5 * (high - low);
  PanelColumn x;
  for (Eigen::Index i = 0; i < kPairs; ++i) {
    x(2 * i) = middle - half * kNodes[i];
    x(2 * i + 1) = middle + half * kNodes[i];
  }
  return x;
}

PanelColumn gaussLegendreWeights() {
  PanelColumn weights;
  for (Eigen::Index i = 0; i < kPairs; ++i) {
    weights(2 * i) = weights(2 * i + 1) = kWeights[i];
  }
  return weights;
}

PanelIntegrals integratePanels(const Integrand& f, const std::vector<double>& edges,
                               double relativeTolerance) {
  // From right to left, so that the next panel is the last one.
  std::vector<Panel> waiting;
  double magnitude = 0;
  for (std::size_t i = edges.size() - 1; i > 0; --i) {
    waiting.push_back({edges[i - 1], edges[i], gaussLegendre(f, edges[i - 1], edges[i]), 0});
    magnitude += std::fabs(waiting.back().value);
  }
  PanelIntegrals result;
  result.edges.push_back(edges.front());
  while (!waiting.empty()) {
    const Panel panel = waiting.back();
    waiting.pop_back();
    const double middle = panel.low + 0.5 * (panel.high - panel.low);
    const double left = gaussLegendre(f, panel.low, middle);
    const double right = gaussLegendre(f, middle, panel.high);
    const double change = std::fabs((left + right) - panel.value);
    magnitude = std::fmax(magnitude, std::fabs(left) + std::fabs(right));
    const bool accepted = change <= relativeTolerance * magnitude;
    if (!accepted && panel.halvings < kMostHalvings &&
        result.values.size() + waiting.size() < kMostPanels) {
      waiting.push_back({middle, panel.high, right, panel.halvings + 1});
      waiting.push_back({panel.low, middle, left, panel.halvings + 1});
      continue;
    }
    result.edges.insert(result.edges.end(), {middle, panel.high});
    result.values.insert(result.values.end(), {left, right});
    result.value += left + right;
    result.error += change;
    result.converged = result.converged && accepted;
  }
  return result;
}

Integral integrate(const Integrand& f, double low, double high, double relativeTolerance) {
  const PanelIntegrals panels = integratePanels(f, {low, high}, relativeTolerance);
  return {panels.value, panels.error, panels.converged};
}

}  // namespace wv::numeric
