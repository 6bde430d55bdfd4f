#include "experiment/gibbs_target.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/statistics.hpp"

namespace wv {
namespace {

using Eigen::Index;

// The bins reach to these quantiles and a share of the distance between them beyond, so that the
// wider law of a coarse chain fits in.
constexpr double outerShare = 1e-5;
constexpr double linePadding = 0.15;
// The window in the plane grows until less than this lies outside.
constexpr double mostOutside = 0.02;
constexpr double planeGrowth = 1.25;
constexpr int mostGrowths = 60;
constexpr int tablePoints = 1000;

double midpoint(Index i, Index n) {
  return (static_cast<double>(i) + 0.5) / static_cast<double>(n);
}

}  // namespace

LineTarget::LineTarget(const Objective& f, double beta, const Window& covered)
    : law_(GibbsLaw::onLine(f, beta)) {
  double low = covered.xMin, high = covered.xMax;
  if (law_) {
    const double left = law_->quantile(outerShare), right = law_->quantile(1 - outerShare);
    const double padding = linePadding * (right - left);
    low = std::min(low, left - padding);
    high = std::max(high, right + padding);
  } else {
    const Window shown = f.window();
    low = std::min(low, shown.xMin);
    high = std::max(high, shown.xMax);
  }
  const double least = 1e-9 * std::max({1.0, std::fabs(low), std::fabs(high)});
  bins_ = {low, std::max(high, low + least), binCount, false};
  takeMasses();
}

LineTarget::LineTarget(const Objective& f, double beta, const Bins& circle)
    : bins_(circle), law_(GibbsLaw::onInterval(f, beta, circle.low, circle.high)) {
  takeMasses();
}

void LineTarget::takeMasses() {
  if (law_) {
    masses_ = law_->binMasses(bins_.edges());
    logZ_ = law_->logZ();
    meanValue_ = law_->meanValue();
  }
}

Column LineTarget::folded(const ColumnIn& x) const {
  if (!bins_.isCircle) {
    return x;
  }
  const double turn = bins_.high - bins_.low;
  return x - turn * ((x - bins_.low) / turn).floor();
}

Column LineTarget::shares(const Block& x) const {
  numeric::Histogram histogram(bins_.low, bins_.high, bins_.count);
  histogram.add(folded(x.col(0)));
  return histogram.shares();
}

Window PlaneTarget::roomFor(const Objective& f, double beta) {
  constexpr int side = 4;
  Window window = f.window();
  const auto law = PlaneGibbsLaw::onPlane(f, beta);
  const auto outside = [&] { return law->cellMasses(window, side, side)(Index{side} * side); };
  for (int i = 0; law && i < mostGrowths && outside() > mostOutside; ++i) {
    const double x = 0.5 * (planeGrowth - 1) * (window.xMax - window.xMin);
    const double y = 0.5 * (planeGrowth - 1) * (window.yMax - window.yMin);
    window = {window.xMin - x, window.xMax + x, window.yMin - y, window.yMax + y};
  }
  return window;
}

PlaneTarget::PlaneTarget(const Objective& f, double beta, const Window& window) : window_(window) {
  if (const auto law = PlaneGibbsLaw::onPlane(f, beta)) {
    masses_ = law->cellMasses(window_, columns, rows);
    logZ_ = law->logZ();
    meanValue_ = law->meanValue();
  }
}

Column PlaneTarget::shares(const Block& x) const {
  numeric::PlaneHistogram histogram(window_.xMin, window_.xMax, columns, window_.yMin, window_.yMax,
                                    rows);
  histogram.add(x);
  return histogram.shares();
}

LineQuantiles::LineQuantiles(const GibbsLaw& law, int replicates)
    : ofSample_(law.midpointQuantiles(replicates)), table_(law.midpointQuantiles(tablePoints)) {
  const Column density = law.density(ofSample_);
  Column spread(ofSample_.size());
  for (Index i = 0; i < spread.size(); ++i) {
    const double u = midpoint(i, spread.size());
    spread(i) = density(i) > 0 ? u * (1 - u) / (density(i) * density(i)) : 0;
  }
  floor_ = std::sqrt(numeric::mean(spread) / static_cast<double>(replicates));
}

double LineQuantiles::fromSample(const ColumnIn& x) const {
  return numeric::wasserstein2(x, ofSample_);
}

double LineQuantiles::fromShares(const ColumnIn& shares, const Bins& bins) const {
  Column squares(tablePoints);
  double below = 0;  // the share of the bins before `bin`; bin 0 is what lies below them all
  Index bin = 0;
  for (Index i = 0; i < tablePoints; ++i) {
    const double u = midpoint(i, tablePoints);
    while (bin + 1 < shares.size() && below + shares(bin) < u) {
      below += shares(bin);
      ++bin;
    }
    const double within = shares(bin) > 0 ? std::clamp((u - below) / shares(bin), 0.0, 1.0) : 0;
    const double place =
        std::clamp(static_cast<double>(bin) - 1 + within, 0.0, static_cast<double>(bins.count));
    const double away = bins.low + bins.width() * place - table_(i);
    squares(i) = away * away;
  }
  return std::sqrt(numeric::mean(squares));
}

}  // namespace wv
