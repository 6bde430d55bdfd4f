// The Gibbs law e^(-beta f)/Z of a function of two variables, as masses of the cells of a grid.
#pragma once

#include <optional>

#include "objective/objective.hpp"

namespace wv {

class PlaneGibbsLaw {
 public:
  // The box that holds the law is found by growing the objective's window until
  // e^(-beta (f - min f)) < e^-40 all around its edge, Z by adaptive tensor Gauss rules in it, to
  // about 1e-8. Nothing if no such box is found, so that (as far as can be seen) Z is infinite. f
  // has dim() == 2 and must outlive the law; beta > 0.
  static std::optional<PlaneGibbsLaw> onPlane(const Objective& f, double beta);

  double beta() const { return beta_; }
  double logZ() const { return logZ_; }
  double meanValue() const { return meanValue_; }  // E f
  const Window& box() const { return box_; }

  double density(double x, double y) const;
  // [rows * columns + 1]: the mass of each of the equal cells of the window, ordered as
  // PlaneHistogram::shares, and last the mass outside; they add up to 1. About 1e-6 or better.
  Column cellMasses(const Window& window, int columns, int rows) const;

 private:
  PlaneGibbsLaw(const Objective& f, double beta, double shift, const Window& box);

  const Objective* objective_;
  double beta_, shift_;
  Window box_;
  double norm_ = 0, logZ_ = 0, meanValue_ = 0;
};

}  // namespace wv
