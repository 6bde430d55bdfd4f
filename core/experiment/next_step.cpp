#include "experiment/next_step.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/histogram.hpp"
#include "numeric/statistics.hpp"
#include "numeric/symmetric_eigen.hpp"
#include "random/fill.hpp"
#include "theory/batch_moments.hpp"

namespace wv {
namespace {

// As many points as a picture can tell apart.
constexpr Eigen::Index mostShown = 1500;
constexpr Eigen::Index mostAtoms = 60;
// Of the histograms, in deviations.
constexpr double reach = 5;
constexpr int bins = 125;
// Another draw at the same step than that of the model's chain.
constexpr std::uint32_t cloudSlot = 8;

// The first rows, row-major.
std::vector<double> rowsOf(const Block& points, Eigen::Index count) {
  std::vector<double> rows;
  rows.reserve(static_cast<std::size_t>(count * points.cols()));
  for (Eigen::Index r = 0; r < count; ++r) {
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
      rows.push_back(points(r, j));
    }
  }
  return rows;
}

std::vector<double> valuesOf(const Point& point) { return {point.begin(), point.end()}; }

std::vector<double> valuesOf(const Matrix& symmetric) {
  return {symmetric.data(), symmetric.data() + symmetric.size()};
}

bool allEqual(const ColumnIn& values) { return (values == values(0)).all(); }

// Without rounding where a step is certain.
double meanOf(const ColumnIn& values) {
  return allEqual(values) ? values(0) : numeric::mean(values);
}

// 0 for a single replicate too, of which nothing is known.
double errorOf(const ColumnIn& values) {
  return allEqual(values) ? 0 : numeric::standardError(values);
}

Block modelPoints(const GaussianModel& model, const StepFrom& from, const Point& centre) {
  const Eigen::Index d = from.x.size();
  Block noise(from.replicates, d);
  fillNormal({.seed = from.seed, .stream = Stream::normal, .step = from.step, .slot = cloudSlot},
             noise);
  const Matrix covariance = model.covariance(from.x);
  Block entries(1, d * (d + 1) / 2);
  entries(0, 0) = covariance(0, 0);
  if (d == 2) {
    entries(0, 1) = covariance(0, 1);
    entries(0, 2) = covariance(1, 1);
  }
  colour(entries, noise);
  return (from.alpha * noise).rowwise() + centre.transpose().array();
}

}  // namespace

NextStep::NextStep(const Objective& objective, const GaussianModel& model, const StepFrom& from)
    : from_(from), gradients_(gradientsOf(objective, from.x, from.draws.terms)) {
  cloud_ =
      -from.alpha * meanGradients(gradients_, from.draws, from.replicates, from.seed, from.step, 0);
  cloud_.rowwise() += from.x.transpose().array();
  const Block all = gradientsOf(objective, from.x, from.memoryless.terms);
  const StepLaw memoryless =
      stepLaw(from.x, all, from.alpha, from.memoryless.sampling, from.memoryless.batch);
  centre_ = memoryless.mean;
  modelCloud_ = modelPoints(model, from, centre_);
  measure();
  predict(stepLaw(from.x, gradients_, from.alpha, from.draws.sampling, from.draws.batch), model);
  chooseAxis(memoryless.covariance);
  describeShape();
  fillDensities();
  fillAtoms();
  const Eigen::Index shown = std::min(mostShown, from.replicates);
  sampleRows_ = rowsOf(cloud_, shown);
  modelSampleRows_ = rowsOf(modelCloud_, shown);
  available_.assign(from.draws.terms.begin(), from.draws.terms.end());
}

Channel NextStep::channel(std::string_view id) const {
  if (id == "cloud" && cloudRows_.empty()) {
    cloudRows_ = rowsOf(cloud_, cloud_.rows());
  }
  if (id == "modelCloud" && modelCloudRows_.empty()) {
    modelCloudRows_ = rowsOf(modelCloud_, modelCloud_.rows());
  }
  if (id.starts_with("varianceBy") && laws_.byBatch.empty()) {
    laws_ = varianceLaws(gradients_, from_.draws, from_.alpha, from_.seed, from_.step);
  }
  const int d = static_cast<int>(from_.x.size());
  const NamedValues named[] = {{"cloud", &cloudRows_, d},
                               {"modelCloud", &modelCloudRows_, d},
                               {"sample", &sampleRows_, d},
                               {"modelSample", &modelSampleRows_, d},
                               {"atoms", &atoms_, d},
                               {"varianceByStepSize", &laws_.byStepSize, 4},
                               {"varianceByBatch", &laws_.byBatch, 4},
                               {"covariance", &covariance_, d},
                               {"covarianceStandardError", &covarianceStandardError_, d},
                               {"predictedCovariance", &predictedCovariance_, d},
                               {"modelCovariance", &modelCovariance_, d},
                               {"mean", &mean_},
                               {"meanStandardError", &meanStandardError_},
                               {"predictedMean", &predictedMean_},
                               {"modelMean", &modelMean_},
                               {"axis", &axis_},
                               {"scale", &scale_},
                               {"shape", &shape_},
                               {"shapeStandardError", &shapeStandardError_},
                               {"predictedShape", &predictedShape_},
                               {"density", &density_},
                               {"densityEdges", &densityEdges_},
                               {"modelDensity", &modelDensity_},
                               {"available", &available_}};
  return findChannel(named, id);
}

void NextStep::measure() {
  const Eigen::Index d = from_.x.size();
  Block centred = cloud_;
  for (Eigen::Index j = 0; j < d; ++j) {
    mean_.push_back(meanOf(cloud_.col(j)));
    meanStandardError_.push_back(errorOf(cloud_.col(j)));
    centred.col(j) -= mean_.back();
  }
  const auto R = static_cast<double>(cloud_.rows());
  const double unbiased = R > 1 ? R / (R - 1) : 1;
  for (Eigen::Index j = 0; j < d; ++j) {
    for (Eigen::Index k = 0; k < d; ++k) {
      const Column product = unbiased * centred.col(j) * centred.col(k);
      covariance_.push_back(numeric::mean(product));
      covarianceStandardError_.push_back(errorOf(product));
    }
  }
}

void NextStep::predict(const StepLaw& law, const GaussianModel& model) {
  predictedMean_ = valuesOf(law.mean);
  predictedCovariance_ = valuesOf(law.covariance);
  modelMean_ = valuesOf(centre_);
  modelCovariance_ = valuesOf(Matrix(from_.alpha * from_.alpha * model.covariance(from_.x)));
}

// The direction of the largest variance; of no variance at all, any, with a unit of length.
void NextStep::chooseAxis(const Matrix& covariance) {
  const numeric::SymmetricEigen eigen = numeric::symmetricEigen(covariance);
  const Eigen::Index last = covariance.rows() - 1;
  const double variance = eigen.values(last);
  Point axis = eigen.vectors.col(last);
  if (axis(0) < 0) {
    axis = -axis;
  }
  axis_ = valuesOf(axis);
  scale_ = {variance > 0 ? std::sqrt(variance) : 1};
}

Column NextStep::alongAxis(const Block& points) const {
  Column along = Column::Zero(points.rows());
  for (Eigen::Index j = 0; j < points.cols(); ++j) {
    along += axis_[static_cast<std::size_t>(j)] * (points.col(j) - centre_(j));
  }
  return along / scale_[0];
}

// Standard errors by the influence functions of the moment ratios: those of z^3 and z^4 with mean
// and deviation estimated too (Serfling, Approximation Theorems of Mathematical Statistics, 1980,
// section 2.2).
void NextStep::describeShape() {
  Column along = Column::Zero(gradients_.rows());
  for (Eigen::Index j = 0; j < gradients_.cols(); ++j) {
    along -= axis_[static_cast<std::size_t>(j)] * gradients_.col(j);
  }
  const BatchMoments exact = batchMoments(along, from_.draws.sampling, from_.draws.batch);
  if (!(exact.variance > 0) || from_.replicates < 2) {
    return;
  }
  predictedShape_ = {exact.skewness, exact.excessKurtosis};
  Column z = alongAxis(cloud_);
  z -= numeric::mean(z);
  const double variance = numeric::populationVariance(z);
  if (!(variance > 0)) {
    return;
  }
  z /= std::sqrt(variance);
  const Column square = z.square();
  const double skewness = numeric::mean(square * z);
  const double kurtosis = numeric::mean(square.square());
  shape_ = {skewness, kurtosis - 3};
  shapeStandardError_ = {
      numeric::standardError(square * z - 3 * z - 1.5 * skewness * square),
      numeric::standardError(square.square() - 4 * skewness * z - 2 * kurtosis * square)};
}

void NextStep::fillDensities() {
  numeric::Histogram histogram(-reach, reach, bins);
  densityEdges_ = histogram.edges();
  const auto densityOf = [&](const Block& points) {
    histogram.clear();
    histogram.add(alongAxis(points));
    const Column density = histogram.density();
    return std::vector<double>(density.begin(), density.end());
  };
  density_ = densityOf(cloud_);
  modelDensity_ = densityOf(modelCloud_);
}

void NextStep::fillAtoms() {
  if (gradients_.rows() > mostAtoms) {
    return;
  }
  Block atoms = -from_.alpha * gradients_;
  atoms.rowwise() += from_.x.transpose().array();
  atoms_ = rowsOf(atoms, atoms.rows());
}

}  // namespace wv
