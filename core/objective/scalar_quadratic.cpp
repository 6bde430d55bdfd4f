#include "objective/scalar_quadratic.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/number_text.hpp"
#include "numeric/statistics.hpp"

namespace wv {
namespace {

Column columnOf(std::span<const double> numbers) {
  return Eigen::Map<const Column>(numbers.data(), static_cast<Eigen::Index>(numbers.size()));
}

std::string entryRefusal(const char* name, std::span<const double> entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string entry = std::string(name) + "_" + std::to_string(i + 1);
    if (!std::isfinite(entries[i])) {
      return entry + " is not a finite number.";
    }
    if (std::fabs(entries[i]) > largestScalarData) {
      return entry + " is " + numeric::numberText(entries[i]) + ", but must lie from " +
             numeric::numberText(-largestScalarData) + " to " +
             numeric::numberText(largestScalarData) + ".";
    }
  }
  return {};
}

std::string slopeRefusal(std::span<const double> a) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != 0 && std::fabs(a[i]) < leastScalarSlope) {
      return "a_" + std::to_string(i + 1) + " is " + numeric::numberText(a[i]) +
             ", but must be 0 or at least " + numeric::numberText(leastScalarSlope) +
             " in modulus.";
    }
  }
  const bool allZero = std::all_of(a.begin(), a.end(), [](double x) { return x == 0; });
  return allZero ? "Every a_i is 0, so f is constant and has no minimiser of its own: at least one "
                   "a_i must not be 0."
                 : "";
}

Region regionOf(const Column& a, const Column& b) {
  Region region{numeric::infinity, -numeric::infinity, 0};
  double steepest = 0;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    if (a(i) != 0) {
      region.low = std::min(region.low, b(i) / a(i));
      region.high = std::max(region.high, b(i) / a(i));
      steepest = std::max(steepest, a(i) * a(i));
    }
  }
  region.largestAbsorbingStep = 1 / steepest;
  return region;
}

}  // namespace

std::string scalarQuadraticRefusal(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) {
    return "a and b must hold equally many numbers, one of each for every term; a holds " +
           std::to_string(a.size()) + " and b " + std::to_string(b.size()) + ".";
  }
  if (a.empty() || a.size() > static_cast<std::size_t>(mostScalarTerms)) {
    return "a and b must hold from 1 to " + std::to_string(mostScalarTerms) + " numbers, not " +
           std::to_string(a.size()) + ".";
  }
  for (const std::string& refusal : {entryRefusal("a", a), entryRefusal("b", b), slopeRefusal(a)}) {
    if (!refusal.empty()) {
      return refusal;
    }
  }
  return {};
}

ScalarQuadratic::ScalarQuadratic(std::span<const double> a, std::span<const double> b, double ridge)
    : a_(columnOf(a)), b_(columnOf(b)), leastOfTerms_(Column::Zero(a_.size())) {
  if (ridge > 0) {
    const Column square = a_.square() + ridge;
    leastOfTerms_ = 0.5 * ridge * b_.square() / square;
    b_ *= a_ / square.sqrt();
    a_ = square.sqrt();
  }
  region_ = regionOf(a_, b_);
  meanSquare_ = numeric::mean(a_.square());
  minimizer_ = numeric::mean(a_ * b_) / meanSquare_;
  minimum_ = 0.5 * numeric::mean((a_ * minimizer_ - b_).square()) + numeric::mean(leastOfTerms_);
}

void ScalarQuadratic::value(const BlockIn& x, ColumnOut f) const {
  const double half = 0.5 * meanSquare_, centre = minimizer_, least = minimum_;
  const double* in = x.col(0).data();
  double* out = f.data();
  for (Eigen::Index r = 0; r < x.rows(); ++r) {
    const double error = in[r] - centre;
    out[r] = least + half * error * error;
  }
}

void ScalarQuadratic::gradient(const BlockIn& x, BlockOut g) const {
  const double slope = meanSquare_, centre = minimizer_;
  const double* in = x.col(0).data();
  double* out = g.col(0).data();
  for (Eigen::Index r = 0; r < x.rows(); ++r) {
    out[r] = slope * (in[r] - centre);
  }
}

void ScalarQuadratic::termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const {
  const double* in = x.col(0).data();
  double* out = g.col(0).data();
  for (Eigen::Index r = 0; r < x.rows(); ++r) {
    const double a = a_(term(r));
    out[r] = a * (a * in[r] - b_(term(r)));
  }
}

double ScalarQuadratic::unit() const {
  const double width = region_.high - region_.low;
  // Equal quotients may differ by their rounding.
  const double scale = std::max(std::fabs(region_.low), std::fabs(region_.high));
  return width > 1e-12 * scale ? width : std::max(1.0, scale);
}

Window ScalarQuadratic::window() const {
  const double margin = 1.5 * unit();
  return {region_.low - margin, region_.high + margin, 0, 0};
}

Point ScalarQuadratic::start() const { return Point::Constant(1, region_.high + unit()); }

}  // namespace wv
