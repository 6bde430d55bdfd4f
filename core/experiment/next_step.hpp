// One step of SGD from one point, taken many times: the cloud of next points, what is measured of
// it and what theory says, and the same for the Gaussian model of the step.
#pragma once

#include <vector>

#include "experiment/batch_draws.hpp"
#include "experiment/channel.hpp"
#include "objective/objective.hpp"
#include "theory/gaussian_model.hpp"
#include "theory/step_law.hpp"

namespace wv {

// The step that is about to be taken.
struct StepFrom {
  Point x;
  double alpha = 0;
  BatchDraws draws;  // given all that has been drawn before
  // The same if only x is known: from all terms.
  BatchDraws memoryless;
  std::uint32_t seed = 0, step = 0;
  Eigen::Index replicates = 1;
};

class NextStep {
 public:
  NextStep(const Objective& objective, const GaussianModel& model, const StepFrom& from);

  // Without a shape when there is no such channel here.
  Channel channel(std::string_view id) const;

 private:
  void measure();
  void predict(const StepLaw& law, const GaussianModel& model);
  void chooseAxis(const Matrix& covariance);
  void describeShape();
  // Along the axis, from x - alpha grad f, in units of the scale.
  Column alongAxis(const Block& points) const;
  void fillDensities();
  void fillAtoms();

  StepFrom from_;
  Block gradients_;  // of the terms of from_.draws, m x d
  Block cloud_, modelCloud_;
  Point centre_;  // x - alpha grad f
  std::vector<double> mean_, meanStandardError_, covariance_, covarianceStandardError_;
  std::vector<double> predictedMean_, predictedCovariance_, modelMean_, modelCovariance_;
  std::vector<double> axis_, scale_, shape_, shapeStandardError_, predictedShape_;
  std::vector<double> density_, densityEdges_, modelDensity_, atoms_, available_;
  // Row-major, as channels are.
  mutable std::vector<double> cloudRows_, modelCloudRows_;  // and laws_: made when first asked for
  std::vector<double> sampleRows_, modelSampleRows_;
  mutable VarianceLaws laws_;
};

}  // namespace wv
