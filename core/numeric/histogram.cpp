#include "numeric/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "numeric/statistics.hpp"

namespace wv::numeric {
namespace {

using Eigen::Index;

// Which of `count` equal bins over [low, high] holds x, which lies in the interval.
Index binOf(double x, double low, double high, int count) {
  const auto bin = static_cast<Index>((x - low) / (high - low) * count);
  return std::min<Index>(bin, count - 1);
}

Column sharesOf(const Column& counts, double total) {
  return total > 0 ? Column(counts / total) : Column(counts);
}

}  // namespace

Histogram::Histogram(double low, double high, int bins)
    : edges_(static_cast<std::size_t>(bins) + 1), counts_(Column::Zero(bins + 2)) {
  for (int i = 0; i <= bins; ++i) {
    edges_[static_cast<std::size_t>(i)] = low + (high - low) * i / bins;
  }
}

void Histogram::add(const ColumnIn& x) {
  const double low = edges_.front(), high = edges_.back();
  const int count = bins();
  for (const double value : x) {
    const bool inside = value >= low && value <= high;
    counts_(inside ? 1 + binOf(value, low, high, count) : (value < low ? 0 : count + 1)) += 1;
  }
  total_ += static_cast<double>(x.size());
}

void Histogram::clear() {
  counts_.setZero();
  total_ = 0;
}

Column Histogram::shares() const { return sharesOf(counts_, total_); }

Column Histogram::density() const { return shares().segment(1, bins()) / width(); }

PlaneHistogram::PlaneHistogram(double xMin, double xMax, int columns, double yMin, double yMax,
                               int rows)
    : xMin_(xMin),
      xMax_(xMax),
      yMin_(yMin),
      yMax_(yMax),
      columns_(columns),
      rows_(rows),
      counts_(Column::Zero(Index{columns} * rows + 1)) {}

void PlaneHistogram::add(const BlockIn& x) {
  const Index outside = counts_.size() - 1;
  for (Index r = 0; r < x.rows(); ++r) {
    const double u = x(r, 0), v = x(r, 1);
    const bool inside = u >= xMin_ && u <= xMax_ && v >= yMin_ && v <= yMax_;
    counts_(inside ? binOf(v, yMin_, yMax_, rows_) * columns_ + binOf(u, xMin_, xMax_, columns_)
                   : outside) += 1;
  }
  total_ += static_cast<double>(x.rows());
}

void PlaneHistogram::clear() {
  counts_.setZero();
  total_ = 0;
}

Column PlaneHistogram::shares() const { return sharesOf(counts_, total_); }

double klDivergence(const ColumnIn& p, const ColumnIn& q) {
  Column terms(p.size());
  for (Index i = 0; i < p.size(); ++i) {
    if (p(i) > 0 && !(q(i) > 0)) {
      return infinity;
    }
    // Shifted by q - p, whose sum is 0: each term is then a square, to leading order, and their sum
    // does not cancel.
    terms(i) = p(i) > 0 ? p(i) * log(p(i) / q(i)) + (q(i) - p(i)) : q(i);
  }
  return sum(terms);
}

double totalVariation(const ColumnIn& p, const ColumnIn& q) { return 0.5 * sum((p - q).abs()); }

double expectedKlDivergence(const ColumnIn& q, double count) {
  return 0.5 * (static_cast<double>((q > 0).count()) - 1) / count;
}

double expectedTotalVariation(const ColumnIn& q, double count) {
  return sum((q * (1 - q) / (2 * pi * count)).sqrt());
}

double wasserstein2(const ColumnIn& sample, const ColumnIn& quantiles) {
  if (sample.isNaN().any()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  Column sorted = sample;
  std::sort(sorted.data(), sorted.data() + sorted.size());
  return std::sqrt(mean((sorted - quantiles).square()));
}

}  // namespace wv::numeric
