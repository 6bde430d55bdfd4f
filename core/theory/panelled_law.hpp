// The law e^(-beta f(x') - beta gamma (x' - x)^2/2) of a function that a lattice cannot follow: one
// with kinks, jumps or edges. Gauss-Legendre panels end at them.
#pragma once

#include <vector>

#include "numeric/quadrature.hpp"
#include "objective/objective.hpp"

namespace wv {

// Weights below e^-45 of the largest are left out.
inline constexpr double weightCutoff = 45;

// Of a law around x.
struct LocalLaw {
  double logMass = 0;   // log int e^(-beta (f - shift) - beta gamma (x' - x)^2/2) dx'
  double offset = 0;    // <x'> - x
  double variance = 0;  // Var x'
};

class PanelledLaw {
 public:
  // Panels in [low, high] on which beta f is a polynomial to about 1e-12 of its size, for any f
  // that is analytic but at single points. The first ones end at `edges` (ascending, from low to
  // high): closely enough that no feature of f lies between two points of a panel. f must outlive
  // this.
  PanelledLaw(const Objective& f, double beta, double greatestGamma, std::vector<double> edges);

  // False when f is too rugged for 20 000 panels: no other member may be called then.
  bool isAffordable() const { return isAffordable_; }
  // Whether there are points at which f is not analytic.
  bool hasBreaks() const { return hasBreaks_; }
  std::size_t count() const { return panels_.size(); }

  double shift() const { return shift_; }  // the least f seen

  // About x, for gamma up to the greatest; relative error of e^logMass and absolute errors of
  // offset and variance about 1e-12.
  LocalLaw around(double x, double gamma) const;

 private:
  struct Panel {
    double low, high;
    numeric::PanelColumn values;  // beta (f - shift)
  };
  class Sum;

  Panel panelOn(double low, double high) const;
  // Ends of panels on which f stays unresolved, however narrow they are, are `breaks`.
  std::vector<Panel> resolved(const std::vector<double>& edges, std::vector<double>& breaks);
  static double accuracyOf(const Panel& panel);
  bool isTooNarrow(double low, double high) const;
  void include(const Panel& first, Sum& sum) const;

  const Objective& f_;
  double beta_;
  double shortest_;  // the deviation of the narrowest coupling
  double shift_ = 0;
  bool isAffordable_ = true, hasBreaks_ = false;
  std::vector<Panel> panels_;
};

}  // namespace wv
