#include "experiment/bias_check.hpp"

#include <algorithm>
#include <cmath>

namespace wv {
namespace {

constexpr std::uint32_t firstReplicate = 1U << 29U;

SamplerSettings settingsOf(const SampledProblem& problem, std::uint32_t seed) {
  SamplerSettings settings = problem.samplerSettings(seed, BiasCheck::drawsAtATime);
  settings.firstReplicate = firstReplicate;
  return settings;
}

// Relative to the largest term.
constexpr double roundingOfSum = 1e-12;

double squaredNorm(const BlockIn& row) {
  double sum = 0;
  for (Eigen::Index j = 0; j < row.cols(); ++j) {
    sum += row(0, j) * row(0, j);
  }
  return sum;
}

struct TermGradients {
  Block mean;
  double largestNorm = 0;
};

TermGradients overTerms(const Objective& objective, const Block& x) {
  Block sum = Block::Zero(1, x.cols());
  double largest = 0;
  Block gradient(1, x.cols());
  IndexColumn term(1);
  for (term(0) = 0; term(0) < objective.terms(); ++term(0)) {
    objective.termGradient(x, term, gradient);
    sum += gradient;
    largest = std::max(largest, squaredNorm(gradient));
  }
  return {sum / objective.terms(), std::sqrt(largest)};
}

}  // namespace

double rowNorm(const BlockIn& row) { return std::sqrt(squaredNorm(row)); }

BiasCheck::BiasCheck(const SampledProblem& problem, std::uint32_t seed)
    : objective_(problem.objective()),
      sampler_(settingsOf(problem, seed)),
      source_(objective_, sampler_),
      x_(problem.start.transpose().array()),
      points_(x_.replicate(drawsAtATime, 1)),
      full_(1, x_.cols()),
      sum_(Block::Zero(1, x_.cols())),
      result_{0, 0, 0, 0} {
  objective_.gradient(x_, full_);
  const double norm = rowNorm(full_);
  const TermGradients terms = overTerms(objective_, x_);
  gradientNorm_ = {norm > roundingOfSum * terms.largestNorm ? norm : 0};
  scale_ = gradientNorm_[0] > 0 ? norm : 1;
  result_[0] = rowNorm(terms.mean - full_) / scale_;
}

void BiasCheck::draw(std::uint32_t step) {
  Block gradients(points_.rows(), points_.cols());
  source_.gradient(step, points_, gradients);
  for (Eigen::Index r = 0; r < gradients.rows(); ++r) {
    const Block error = gradients.row(r) - full_;
    sum_ += error;
    squares_ += squaredNorm(error);
  }
  const double draws = result_[3] + drawsAtATime;
  result_ = {result_[0], rowNorm(sum_ / draws) / scale_,
             std::sqrt(squares_ / draws / (draws - 1)) / scale_, draws};
}

}  // namespace wv
