#include "theory/step_law.hpp"

#include "numeric/statistics.hpp"
#include "theory/gradient_noise.hpp"

namespace wv {

Block gradientsOf(const Objective& objective, const PointIn& x, const IndexIn& terms) {
  const Block points = x.transpose().array().replicate(terms.size(), 1);
  Block gradients(terms.size(), x.size());
  objective.termGradient(points, terms, gradients);
  return gradients;
}

IndexColumn allTerms(const Objective& objective) {
  IndexColumn terms(objective.terms());
  for (int i = 0; i < objective.terms(); ++i) {
    terms(i) = i;
  }
  return terms;
}

double varianceFactor(Sampling sampling, int terms, int batch) {
  return sampling == Sampling::distinct ? distinctVarianceFactor(terms, batch)
                                        : replacementVarianceFactor(batch);
}

StepLaw stepLaw(const PointIn& x, const Block& gradients, double alpha, Sampling sampling,
                int batch) {
  const Eigen::Index d = x.size();
  const double factor =
      alpha * alpha * varianceFactor(sampling, static_cast<int>(gradients.rows()), batch);
  StepLaw law{x, Matrix(d, d)};
  Block centred = gradients;
  for (Eigen::Index j = 0; j < d; ++j) {
    const double mean = numeric::mean(gradients.col(j));
    law.mean(j) -= alpha * mean;
    centred.col(j) -= mean;
  }
  for (Eigen::Index j = 0; j < d; ++j) {
    for (Eigen::Index k = 0; k < d; ++k) {
      law.covariance(j, k) = factor * numeric::mean(centred.col(j) * centred.col(k));
    }
  }
  return law;
}

}  // namespace wv
