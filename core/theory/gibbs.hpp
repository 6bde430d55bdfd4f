// The Gibbs law e^(-beta f)/Z of a function of one variable, by quadrature.
#pragma once

#include <optional>
#include <vector>

#include "numeric/quadrature.hpp"
#include "objective/critical_points.hpp"
#include "objective/objective.hpp"

namespace wv {

// One basin of f under the law: between the local maxima (or the ends) on both sides of a minimum.
struct Well {
  CriticalPoint minimum;
  double left = 0, right = 0;  // infinite at the outer ends of a law on the line
  double mass = 0;
};

// Numbers are relative to 1e-10 or better for smooth f (checked against closed forms), including
// masses in the far tails; isAccurate says whether the rule converged to that. Construction takes
// some ten thousand values of f, well under a millisecond natively.
class GibbsLaw {
 public:
  // On the whole line. Where the law lives is found by walking out from the objective's window
  // until f is above all that it is in there, and e^(-beta (f - min f)) < e^-60, on both sides.
  // Nothing if f does not get there, so that (as far as can be seen) Z is infinite, as for a
  // cosine. Where f is undefined the law has no mass, and may end. f has dim() == 1 and must
  // outlive the law; beta > 0.
  static std::optional<GibbsLaw> onLine(const Objective& f, double beta);
  // On an interval, low < high, both finite.
  static GibbsLaw onInterval(const Objective& f, double beta, double low, double high);

  double beta() const { return beta_; }
  const Objective& objective() const { return *objective_; }
  // The interval of the quadrature. A law on the line goes on outside, with less than about 1e-20
  // of its mass; masses there are computed all the same.
  double low() const { return edges_.front(); }
  double high() const { return edges_.back(); }

  double logZ() const { return logZ_; }
  double mean() const { return mean_; }
  double variance() const { return variance_; }
  double meanValue() const { return meanValue_; }  // E f
  bool isAccurate() const { return accurate_; }

  // The minima and maxima of f in [low, high], from left to right.
  const std::vector<CriticalPoint>& criticalPoints() const { return critical_; }
  // From left to right; they hold all the mass. A minimum at the end of an interval counts.
  std::vector<Well> wells() const;

  Column density(const ColumnIn& x) const;

  // P(X < x), P(X > x), each accurate relative to itself; P(a < X < b), a <= b.
  double massBelow(double x) const;
  double massAbove(double x) const;
  double massBetween(double a, double b) const;
  // [k + 2] for k + 1 ascending edges: below them, between neighbours, above; they add up to 1 and
  // stand beside Histogram::shares.
  Column binMasses(const std::vector<double>& edges) const;

  // The x with P(X < x) = p, for 0 < p < 1.
  double quantile(double p) const;
  // Q((i + 1/2)/n), i = 0 .. n - 1, as numeric::wasserstein2 takes them. About 40 values of f each.
  Column midpointQuantiles(int n) const;

 private:
  GibbsLaw(const Objective& f, double beta, bool onLine)
      : objective_(&f), beta_(beta), onLine_(onLine) {}

  void findPanels(double low, double high);
  void addLevels(double a, double b, std::vector<double>& edges) const;
  void trim(std::vector<double>& edges) const;
  double expectation(const numeric::Integrand& g) const;
  void integrateMoments();

  // e^(-beta (f - shift)) at x.
  void weight(const Column& x, Column& y) const;
  // The mass of a part of one panel, and of an interval beyond them all.
  double panelMass(double a, double b) const;
  double tailMass(double a, double b) const;
  std::size_t panelOf(double x) const;
  double quantileInPanel(std::size_t panel, double mass, double guess) const;
  double quantileNear(double p, double guess) const;
  CriticalPoint endPoint(double x) const;

  const Objective* objective_;
  double beta_;
  bool onLine_;
  double shift_ = 0;  // the least f
  std::vector<CriticalPoint> critical_;
  std::vector<double> edges_;          // of the panels
  std::vector<double> below_, above_;  // the mass on either side of each edge
  double norm_ = 1;                    // the integral of weight
  double logZ_ = 0, mean_ = 0, variance_ = 0, meanValue_ = 0;
  bool accurate_ = false;
};

}  // namespace wv
