#include "experiment/term_noise.hpp"

#include "objective/logistic.hpp"

namespace wv {

std::unique_ptr<NoiseBound> termNoiseOf(const ChosenObjective& chosen, const Settings& settings) {
  if (chosen.scalar) {
    return std::make_unique<LeastSquaresNoise>(chosen.scalar->a().matrix(),
                                               chosen.scalar->b().matrix(), 0.0);
  }
  const Matrix& X = chosen.design->X;
  const double ridge = settings.number("ridge");
  if (const auto* logistic = dynamic_cast<const Logistic*>(chosen.objective.get())) {
    return std::make_unique<LogisticNoise>(*logistic, X, ridge);
  }
  return std::make_unique<LeastSquaresNoise>(X, chosen.design->y, ridge);
}

NoiseConstants defaultNoise(const NoiseBound& bound) {
  const double sigma = bound.defaultSigma();
  return {bound.sigma0(sigma), sigma};
}

Block termGradients(const Objective& objective, const Point& x) {
  const Eigen::Index n = objective.terms();
  const Block here = x.transpose().array().replicate(n, 1);
  Block gradients(n, x.size());
  objective.termGradient(here, IndexColumn::LinSpaced(n, 0, static_cast<int>(n) - 1), gradients);
  return gradients;
}

double termVariance(const Objective& objective, const Point& x) {
  Block full(1, x.size());
  objective.gradient(x.transpose().array(), full);
  const Block terms = termGradients(objective, x);
  return (terms.rowwise() - full.row(0)).square().sum() / static_cast<double>(objective.terms());
}

std::vector<double> constantsChannel(const Constants& constants, const NoiseConstants& noise) {
  return {constants.smoothness, constants.strongConvexity, constants.minimum, noise.sigma0,
          noise.sigma};
}

}  // namespace wv
