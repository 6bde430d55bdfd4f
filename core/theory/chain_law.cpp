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
// Noise as wide as so many turns of a circle leaves nothing but the even law, to 1e-12.
constexpr double evenTurns = 1.2;
constexpr double mostLostInLimit = 1e-6;

// P(a < N(0, 1) < b), from the tail that both are nearer to, so that masses far out keep their
// digits.
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
    rows_.push_back(rowFrom(mean(j)));
  }
}

LangevinChainLaw::Row LangevinChainLaw::rowFrom(double mean) const {
  if (!std::isfinite(mean)) {
    return {};
  }
  return bins_.isCircle ? rowOnCircle(mean) : rowOnLine(mean);
}

double LangevinChainLaw::weightAt(double distance) const {
  const double z = distance / deviation_;
  return bins_.width() / perBin_ / deviation_ * inverseRootTwoPi * numeric::exp(-0.5 * z * z);
}

LangevinChainLaw::Row LangevinChainLaw::rowOnLine(double mean) const {
  const double spacing = bins_.width() / perBin_, end = static_cast<double>(nodes_.size()) - 1;
  const double low = (mean - reach * deviation_ - nodes_(0)) / spacing;
  const double high = (mean + reach * deviation_ - nodes_(0)) / spacing;
  if (!(high >= 0 && low <= end)) {
    return {};
  }
  Row row{static_cast<Index>(std::ceil(std::fmax(low, 0))), {}};
  const auto last = static_cast<Index>(std::floor(std::fmin(high, end)));
  for (Index i = row.first; i <= last; ++i) {
    row.weights.push_back(weightAt(nodes_(i) - mean));
  }
  return row;
}

LangevinChainLaw::Row LangevinChainLaw::rowOnCircle(double mean) const {
  const double turn = bins_.high - bins_.low;
  const Index count = nodes_.size();
  if (deviation_ > evenTurns * turn) {
    return {0,
            std::vector<double>(static_cast<std::size_t>(count), 1 / static_cast<double>(count))};
  }
  const double spacing = turn / static_cast<double>(count);
  const double folded = mean - turn * std::floor((mean - bins_.low) / turn);
  const double low = (folded - reach * deviation_ - nodes_(0)) / spacing;
  const double high = (folded + reach * deviation_ - nodes_(0)) / spacing;
  const auto first = static_cast<Index>(std::ceil(low)),
             last = static_cast<Index>(std::floor(high));
  // Where the noise reaches more than once around, what falls on one node adds up.
  Row row{(first % count + count) % count,
          std::vector<double>(static_cast<std::size_t>(std::min(count, last - first + 1)), 0)};
  for (Index i = first; i <= last; ++i) {
    row.weights[static_cast<std::size_t>((i - first) % count)] +=
        weightAt(nodes_(0) + spacing * static_cast<double>(i) - folded);
  }
  return row;
}

void LangevinChainLaw::spread(const Row& row, double mass, Column& into) {
  Index at = row.first;
  for (const double weight : row.weights) {
    into(at) += mass * weight;
    at = at + 1 < into.size() ? at + 1 : 0;
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
      spread(rowFrom(mean(j)), now_.mass(j), next);
    }
    now_ = {nodes_, next, bins_.width() / perBin_};
    return;
  }
  for (Index j = 0; j < nodes_.size(); ++j) {
    spread(rows_[static_cast<std::size_t>(j)], now_.mass(j), next);
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
  const Index count = nodes_.size();
  if (count > mostEliminated) {
    return {};
  }
  Matrix transitions(count, count);
  Column row(count), kept(count);
  for (Index j = 0; j < count; ++j) {
    row.setZero();
    spread(rows_[static_cast<std::size_t>(j)], 1, row);
    transitions.row(j) = row;
    kept(j) = row.sum();
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
