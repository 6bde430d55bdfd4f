// Integrals over an interval, with an estimate of their error.
#pragma once

#include <vector>

#include "numeric/block.hpp"

namespace wv::numeric {

// A view of a function that fills y with its values at the points x (equal lengths): anything
// callable as f(const Column& x, Column& y). The function must outlive the view. A pointer and a
// context, because std::function costs more in the page than the rule itself.
class Integrand {
 public:
  template <class F>
  Integrand(const F& f)  // NOLINT: implicit, so that a lambda can be passed as it is
      : context_(&f), call_([](const void* context, const Column& x, Column& y) {
          (*static_cast<const F*>(context))(x, y);
        }) {}

  void operator()(const Column& x, Column& y) const { call_(context_, x, y); }

 private:
  const void* context_;
  void (*call_)(const void* context, const Column& x, Column& y);
};

// The Gauss-Legendre rule of 16 points on one panel: exact for polynomials of degree 31.
double gaussLegendre(const Integrand& f, double low, double high);

// The same rule for who has the values already: its points in a panel, and its weights on [-1, 1],
// in the same order.
inline constexpr int gaussLegendrePoints = 16;
using PanelColumn = Eigen::Array<double, gaussLegendrePoints, 1>;
PanelColumn gaussLegendreNodes(double low, double high);
PanelColumn gaussLegendreWeights();

// The panels of an adaptive rule, in order from low to high, and what f integrates to over each.
struct PanelIntegrals {
  std::vector<double> edges;   // k + 1
  std::vector<double> values;  // k
  double value = 0;            // their sum
  double error = 0;       // the sum of what the last halvings changed: far above the true error
  bool converged = true;  // no panel was given up
};

// Halves a panel until its two halves together change its integral by at most relativeTolerance
// times that of |f| over all panels; gives it up after 40 halvings, or when there are 20 000
// panels. `edges` (ascending, at least 2) are the first panels: put them where f has a kink or a
// narrow peak, which an adaptive rule cannot see if all its points miss it.
PanelIntegrals integratePanels(const Integrand& f, const std::vector<double>& edges,
                               double relativeTolerance);

struct Integral {
  double value = 0;
  double error = 0;
  bool converged = false;
};

// The same over [low, high], low < high, from one panel on.
Integral integrate(const Integrand& f, double low, double high, double relativeTolerance);

}  // namespace wv::numeric
