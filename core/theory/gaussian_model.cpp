#include "theory/gaussian_model.hpp"

#include <algorithm>
#include <cmath>

#include "random/fill.hpp"

namespace wv {
namespace {

// The entries (j, k), j <= k, in the order of the layout.
template <class Visit>
void eachEntry(Eigen::Index d, const Visit& visit) {
  Eigen::Index column = 0;
  for (Eigen::Index j = 0; j < d; ++j) {
    for (Eigen::Index k = j; k < d; ++k) {
      visit(j, k, column++);
    }
  }
}

Point gradientOf(const Objective& objective, const Point& x) {
  Block gradient(1, x.size());
  objective.gradient(x.transpose().array(), gradient);
  return gradient.row(0).matrix().transpose();
}

}  // namespace

TermCovariance::TermCovariance(const Matrix& X, const Point& y) {
  const Eigen::Index n = X.rows(), d = X.cols();
  // Column block j is x_ij z_i less its mean, n x (d + 1).
  std::vector<Matrix> products;
  for (Eigen::Index j = 0; j < d; ++j) {
    Matrix product(n, d + 1);
    for (Eigen::Index p = 0; p <= d; ++p) {
      const auto z = p < d ? Point(X.col(p)) : y;
      product.col(p) = X.col(j).cwiseProduct(z);
      product.col(p).array() -= product.col(p).mean();
    }
    products.push_back(std::move(product));
  }
  eachEntry(d, [&](Eigen::Index j, Eigen::Index k, Eigen::Index) {
    const Matrix& left = products[static_cast<std::size_t>(j)];
    const Matrix& right = products[static_cast<std::size_t>(k)];
    forms_.push_back(left.transpose().lazyProduct(right) / static_cast<double>(n));
  });
}

void TermCovariance::fill(const BlockIn& x, BlockOut covariance) const {
  const Eigen::Index d = x.cols();
  for (std::size_t entry = 0; entry < forms_.size(); ++entry) {
    const Matrix& form = forms_[entry];
    auto out = covariance.col(static_cast<Eigen::Index>(entry));
    out.setConstant(form(d, d));
    for (Eigen::Index p = 0; p < d; ++p) {
      out -= (form(p, d) + form(d, p)) * x.col(p);
      for (Eigen::Index q = 0; q < d; ++q) {
        out += form(p, q) * x.col(p) * x.col(q);
      }
    }
  }
}

GaussianModel::GaussianModel(const Objective& objective, const Matrix& X, const Point& y,
                             ModelNoise noise, double varianceFactor, std::uint32_t seed,
                             std::uint32_t firstReplicate)
    : gradientAtZero_(gradientOf(objective, Point::Zero(X.cols()))),
      hessian_(objective.hessian(Point::Zero(X.cols()))),
      terms_(objective.terms()),
      termCovariance_(X, y),
      noise_(noise),
      factor_(varianceFactor),
      seed_(seed),
      firstReplicate_(firstReplicate) {}

Block GaussianModel::covariances(const BlockIn& x) const {
  const Eigen::Index d = x.cols();
  Block covariance = Block::Zero(x.rows(), d * (d + 1) / 2);
  if (noise_ == ModelNoise::matched) {
    termCovariance_.fill(x, covariance);
  } else {
    covariance.col(0).setOnes();
    covariance.rightCols(1).setOnes();
  }
  return covariance * factor_;
}

Matrix GaussianModel::covariance(const PointIn& x) const {
  const Block entries = covariances(x.transpose().array());
  Matrix covariance(x.size(), x.size());
  eachEntry(x.size(), [&](Eigen::Index j, Eigen::Index k, Eigen::Index column) {
    covariance(j, k) = covariance(k, j) = entries(0, column);
  });
  return covariance;
}

void GaussianModel::step(double alpha, State& state) const {
  Block gradient(state.x.rows(), state.x.cols());
  for (Eigen::Index j = 0; j < gradient.cols(); ++j) {
    gradient.col(j).setConstant(gradientAtZero_(j));
    for (Eigen::Index k = 0; k < gradient.cols(); ++k) {
      gradient.col(j) += hessian_(j, k) * state.x.col(k);
    }
  }
  Block noise(state.x.rows(), state.x.cols());
  fillNormal({.seed = seed_,
              .stream = Stream::normal,
              .step = state.step,
              .firstReplicate = firstReplicate_},
             noise);
  colour(covariances(state.x), noise);
  state.x += alpha * (noise - gradient);
  state.gradientEvaluations += terms_;
  ++state.step;
}

void colour(const BlockIn& covariance, BlockOut xi) {
  const bool same = covariance.rows() == 1;
  for (Eigen::Index r = 0; r < xi.rows(); ++r) {
    const Eigen::Index row = same ? 0 : r;
    const double first = std::sqrt(std::max(0.0, covariance(row, 0)));
    if (xi.cols() == 2) {
      const double across = first > 0 ? covariance(row, 1) / first : 0;
      const double second = std::sqrt(std::max(0.0, covariance(row, 2) - across * across));
      xi(r, 1) = across * xi(r, 0) + second * xi(r, 1);
    }
    xi(r, 0) *= first;
  }
}

}  // namespace wv
