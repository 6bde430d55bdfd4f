#include "theory/chain_law.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr double inverseRootTwoPi = 0x1.9884533d43651p-2;
constexpr double nodesPerDeviation = 1.25;
constexpr int leastPerBin = 4;
constexpr int mostNodes = 4096;
constexpr int mostEliminated = 640;
// Of the deviation: beyond, a Gaussian has less than 1e-16.
constexpr double reach = 8.3;
constexpr double mostLostInLimit = 1e-6;

// P(a < N(0, 1) < b), from the tail that both are nearer to.
double normalMass(double a, double b) {
  return a > 0 ? numeric::normalCdf(-a) - numeric::normalCdf(-b)
               : numeric::normalCdf(b) - numeric::normalCdf(a);
}

// [k + 2]
Column gaussianShares(const GaussianLaw& law, double centre, const Bins& bins) {
  const std::vector<double> edges = bins.edges();
  const double mean = centre + law.mean, deviation = std::sqrt(law.variance);
  Column shares(bins.count + 2);
  double below = -HUGE_VAL;
  for (int i = 0; i <= bins.count + 1; ++i) {
    const double above = i <= bins.count ? edges[static_cast<std::size_t>(i)] : HUGE_VAL;
    const double low = below - mean, high = above - mean;
    // A point belongs to the bin whose lower edge it is.
    shares(i) = deviation > 0 ? normalMass(low / deviation, high / deviation)
                              : (low <= 0 && high > 0 ? 1.0 : 0.0);
    below = above;
  }
  return shares;
}

// Of one coordinate as it is, of two as the cells of the plane.
Column productShares(const std::vector<Column>& coordinates) {
  if (coordinates.size() == 1) {
    return coordinates.front();
  }
  const Index columns = coordinates[0].size() - 2, rows = coordinates[1].size() - 2;
  Column shares(columns * rows + 1);
  for (Index row = 0; row < rows; ++row) {
    shares.segment(row * columns, columns) =
        coordinates[1](row + 1) * coordinates[0].segment(1, columns);
  }
  shares(columns * rows) = std::fmax(0, 1 - shares.head(columns * rows).sum());
  return shares;
}

}  // namespace

std::vector<double> Bins::edges() const {
  std::vector<double> edges;
  for (int i = 0; i <= count; ++i) {
    edges.push_back(low + (high - low) * i / count);
  }
  return edges;
}

QuadraticChainLaw::QuadraticChainLaw(Corrector corrector, double alpha, double beta,
                                     std::vector<QuadraticCoordinate> coordinates)
    : corrector_(corrector), alpha_(alpha), beta_(beta), coordinates_(std::move(coordinates)) {}

LangevinQuadratic QuadraticChainLaw::chainOf(const QuadraticCoordinate& coordinate) const {
  return {alpha_, beta_, coordinate.curvature};
}

void QuadraticChainLaw::step() {
  for (QuadraticCoordinate& coordinate : coordinates_) {
    // Two steps in a row tell what a later one adds to the variance, a share of one noise being in
    // both; what is there already shrinks by the square of the mean's factor.
    const LangevinQuadratic chain = chainOf(coordinate);
    const double one = lawAfter(corrector_, chain, {0, 0}, 1)->variance;
    const double factor = 1 - chain.q();
    const double later = lawAfter(corrector_, chain, {0, 0}, 2)->variance - factor * factor * one;
    coordinate.law = {factor * coordinate.law.mean,
                      factor * factor * coordinate.law.variance + (stepped_ ? later : one)};
  }
  stepped_ = true;
}

Column QuadraticChainLaw::shares() const {
  std::vector<Column> shares;
  for (const QuadraticCoordinate& coordinate : coordinates_) {
    shares.push_back(gaussianShares(coordinate.law, coordinate.centre, coordinate.bins));
  }
  return productShares(shares);
}

std::optional<LimitLaw> QuadraticChainLaw::limit() const {
  std::vector<Column> shares;
  LimitLaw limit;
  for (const QuadraticCoordinate& coordinate : coordinates_) {
    const auto variance = stationaryVariance(corrector_, chainOf(coordinate));
    if (!variance) {
      return {};
    }
    shares.push_back(gaussianShares({0, *variance}, coordinate.centre, coordinate.bins));
    limit.variance.push_back(*variance);
  }
  limit.shares = productShares(shares);
  return limit;
}

std::unique_ptr<LangevinChainLaw> LangevinChainLaw::create(const Objective& f, double alpha,
                                                           double beta, const Bins& bins,
                                                           double margin, PointMasses start) {
  auto law = std::unique_ptr<LangevinChainLaw>(
      new LangevinChainLaw(f, alpha, beta, bins, std::move(start)));
  const double widest = law->deviation_ / nodesPerDeviation;
  const double perBin = std::fmax(leastPerBin, std::ceil(bins.width() / widest));
  const double marginBins = bins.isCircle ? 0 : std::ceil(margin / bins.width());
  if (!(perBin * (bins.count + 2 * marginBins) <= mostNodes) || law->now_.spacing > widest) {
    return nullptr;
  }
  law->perBin_ = static_cast<int>(perBin);
  law->marginBins_ = static_cast<int>(marginBins);
  law->prepareKernel();
  return law;
}

LangevinChainLaw::LangevinChainLaw(const Objective& f, double alpha, double beta, const Bins& bins,
                                   PointMasses start)
    : objective_(&f),
      alpha_(alpha),
      deviation_(std::sqrt(2 * alpha / beta)),
      bins_(bins),
      now_(std::move(start)) {}

Column LangevinChainLaw::means(const Column& x) const {
  Block slope(x.size(), 1);
  objective_->gradient(x, slope);
  return x - alpha_ * slope.col(0);
}

void LangevinChainLaw::prepareKernel() {
  const int count = perBin_ * (bins_.count + 2 * marginBins_);
  const double spacing = bins_.width() / perBin_;
  nodes_.resize(count);
  for (int i = 0; i < count; ++i) {
    nodes_(i) = bins_.low + spacing * (i + 0.5 - perBin_ * marginBins_);
  }
  const Column mean = means(nodes_);
  for (int j = 0; j < count; ++j) {
    const double low = (mean(j) - reach * deviation_ - nodes_(0)) / spacing;
    const double high = (mean(j) + reach * deviation_ - nodes_(0)) / spacing;
    // False for a mean that overflows.
    const bool lands = bins_.isCircle ? std::fabs(low) < 1e9 : high >= 0 && low <= count - 1;
    const int first = !lands           ? 0
                      : bins_.isCircle ? static_cast<int>(std::ceil(low))
                                       : static_cast<int>(std::ceil(std::fmax(low, 0)));
    const int last = !lands           ? -1
                     : bins_.isCircle ? static_cast<int>(std::floor(high))
                                      : static_cast<int>(std::floor(std::fmin(high, count - 1)));
    first_.push_back(first);
    rowStart_.push_back(kernel_.size());
    for (int i = first; i <= last; ++i) {
      const double z = (nodes_(0) + spacing * i - mean(j)) / deviation_;
      kernel_.push_back(spacing / deviation_ * inverseRootTwoPi * numeric::exp(-0.5 * z * z));
    }
  }
  rowStart_.push_back(kernel_.size());
}

int LangevinChainLaw::firstNode(std::size_t row) const {
  const auto count = static_cast<int>(nodes_.size());
  return (first_[row] % count + count) % count;
}

void LangevinChainLaw::spread(double mean, double mass, Column& into) const {
  const double spacing = bins_.width() / perBin_;
  const double scale = mass * spacing / deviation_ * inverseRootTwoPi;
  const double turn = bins_.high - bins_.low;
  for (Index i = 0; i < nodes_.size(); ++i) {
    double distance = nodes_(i) - mean;
    if (bins_.isCircle) {
      distance -= turn * std::floor(distance / turn + 0.5);
      // The neighbouring turns, where the noise is wide.
      for (const double side : {-turn, turn}) {
        const double z = (distance + side) / deviation_;
        into(i) += scale * numeric::exp(-0.5 * z * z);
      }
    }
    const double z = distance / deviation_;
    into(i) += scale * numeric::exp(-0.5 * z * z);
  }
}

void LangevinChainLaw::step() {
  if (settled_) {
    return;
  }
  Column next = Column::Zero(nodes_.size());
  const bool onNodes = now_.spacing > 0 && now_.x.size() == nodes_.size() &&
                       now_.x(0) == nodes_(0) && now_.spacing == bins_.width() / perBin_;
  if (!onNodes) {
    const Column mean = means(now_.x);
    for (Index j = 0; j < now_.x.size(); ++j) {
      if (std::isfinite(mean(j))) {
        spread(mean(j), now_.mass(j), next);
      }
    }
    now_ = {nodes_, next, bins_.width() / perBin_};
    return;
  }
  const Index count = nodes_.size();
  for (Index j = 0; j < count; ++j) {
    const double mass = now_.mass(j);
    const auto row = static_cast<std::size_t>(j);
    Index at = firstNode(row);
    for (std::size_t k = rowStart_[row]; k < rowStart_[row + 1]; ++k) {
      next(at) += mass * kernel_[k];
      at = at + 1 < count ? at + 1 : 0;
    }
  }
  settled_ = (next - now_.mass).abs().sum() < 1e-14;
  now_.mass = next;
}

double LangevinChainLaw::lost() const { return std::fmax(0, 1 - now_.mass.sum()); }

Column LangevinChainLaw::sharesOf(const Column& mass) const {
  Column shares = Column::Zero(bins_.count + 2);
  for (Index i = 0; i < mass.size(); ++i) {
    const Index bin = i / perBin_ - marginBins_ + 1;
    shares(std::clamp<Index>(bin, 0, bins_.count + 1)) += mass(i);
  }
  return shares / shares.sum();
}

Column LangevinChainLaw::shares() const {
  if (now_.spacing > 0) {
    return sharesOf(now_.mass);
  }
  Column shares = Column::Zero(bins_.count + 2);
  const double turn = bins_.high - bins_.low;
  for (Index i = 0; i < now_.x.size(); ++i) {
    const double turns = bins_.isCircle ? std::floor((now_.x(i) - bins_.low) / turn) : 0;
    const double place = (now_.x(i) - turn * turns - bins_.low) / bins_.width();
    const double bin = std::clamp(std::floor(place), -1.0, static_cast<double>(bins_.count));
    shares(static_cast<Index>(bin) + 1) += now_.mass(i);
  }
  return shares;
}

LimitLaw LangevinChainLaw::limitOf(const Column& mass) const {
  LimitLaw limit{sharesOf(mass), {}};
  if (!bins_.isCircle) {
    const double total = mass.sum(), mean = (mass * nodes_).sum() / total;
    limit.variance = {(mass * (nodes_ - mean).square()).sum() / total};
  }
  return limit;
}

std::optional<LimitLaw> LangevinChainLaw::limit() const {
  if (settled_) {
    return limitOf(now_.mass);
  }
  const auto count = static_cast<int>(nodes_.size());
  if (count > mostEliminated) {
    return {};
  }
  Matrix transitions = Matrix::Zero(count, count);
  Column kept = Column::Zero(count);
  for (int j = 0; j < count; ++j) {
    const auto row = static_cast<std::size_t>(j);
    int at = firstNode(row);
    for (std::size_t k = rowStart_[row]; k < rowStart_[row + 1]; ++k) {
      transitions(j, at) += kernel_[k];
      kept(j) += kernel_[k];
      at = at + 1 < count ? at + 1 : 0;
    }
  }
  const Column limit = stationaryLaw(transitions);
  const double lostPerStep = (limit * (1 - kept)).sum();
  return lostPerStep < mostLostInLimit ? std::optional(limitOf(limit)) : std::nullopt;
}

MatrixChainLaw::MatrixChainLaw(Matrix transitions, const Bins& bins, int perBin, double start)
    : transitions_(std::move(transitions)),
      bins_(bins),
      perBin_(perBin),
      now_(Column::Zero(transitions_.rows())) {
  now_(gridOf(bins, perBin).cellOf(start)) = 1;
}

void MatrixChainLaw::step() { now_ = afterStep(transitions_, now_); }

Column MatrixChainLaw::sharesOf(const Column& cells) const {
  Column shares = Column::Zero(bins_.count + 2);
  for (Index i = 0; i < cells.size(); ++i) {
    shares(i / perBin_ + 1) += cells(i);
  }
  return shares;
}

Column MatrixChainLaw::shares() const { return sharesOf(now_); }

std::optional<LimitLaw> MatrixChainLaw::limit() const {
  const Column cells = stationaryLaw(transitions_);
  const CellGrid grid = gridOf(bins_, perBin_);
  const Column x = grid.centres();
  const double mean = (cells * x).sum();
  return LimitLaw{sharesOf(cells),
                  {(cells * (x - mean).square()).sum() + grid.width() * grid.width() / 12}};
}

}  // namespace wv
