// The law that the walkers are held against, on the cells in which they are counted.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "numeric/histogram.hpp"
#include "objective/objective.hpp"
#include "theory/chain_law.hpp"
#include "theory/gibbs.hpp"
#include "theory/gibbs_plane.hpp"

namespace wv {

class LineTarget;

class GibbsTarget {
 public:
  virtual ~GibbsTarget() = default;

  // Whether e^(-beta f) has a finite integral, as far as can be seen. Without it there are cells
  // but no masses, and the numbers below are 0.
  bool exists() const { return masses_.size() > 0; }
  // Of the cells in their order, what lies outside included; the sum is 1.
  const Column& masses() const { return masses_; }
  double logZ() const { return logZ_; }
  double meanValue() const { return meanValue_; }  // E f

  // How the rows of x (R x d) fill the cells.
  virtual Column shares(const Block& x) const = 0;
  // xMin, xMax, yMin, yMax of the cells.
  virtual Window window() const = 0;
  // Null in the plane.
  virtual const LineTarget* asLine() const { return nullptr; }

 protected:
  Column masses_;
  double logZ_ = 0, meanValue_ = 0;
};

class LineTarget final : public GibbsTarget {
 public:
  static constexpr int binCount = 80;

  // The bins cover where the law is, without one the objective's window, and what is in `covered`
  // (xMin, xMax).
  LineTarget(const Objective& f, double beta, const Window& covered);
  // Of a circle.
  LineTarget(const Objective& f, double beta, const Bins& circle);

  Column shares(const Block& x) const override;
  Window window() const override { return {bins_.low, bins_.high, 0, 0}; }
  const LineTarget* asLine() const override { return this; }

  const Bins& bins() const { return bins_; }
  const std::optional<GibbsLaw>& law() const { return law_; }
  // x as it is, on a circle moved by whole turns into [low, high).
  Column folded(const ColumnIn& x) const;

 private:
  void takeMasses();

  Bins bins_;
  std::optional<GibbsLaw> law_;
};

class PlaneTarget final : public GibbsTarget {
 public:
  static constexpr int columns = 36, rows = 25;

  // The objective's window, grown until little of the law is outside.
  static Window roomFor(const Objective& f, double beta);

  PlaneTarget(const Objective& f, double beta, const Window& window);
  // Of an objective that has no law.
  explicit PlaneTarget(const Window& window) : window_(window) {}

  Column shares(const Block& x) const override;
  Window window() const override { return window_; }

 private:
  Window window_;
};

// The same law by its quantiles, which W2 on the line needs.
class LineQuantiles {
 public:
  // The law must exist and outlive this; `replicates` is the size of the samples.
  LineQuantiles(const GibbsLaw& law, int replicates);

  // W2 between a sample of that size and the law.
  double fromSample(const ColumnIn& x) const;
  // W2 between the law and one that is spread evenly within the bins; what is outside lies at the
  // ends.
  double fromShares(const ColumnIn& shares, const Bins& bins) const;
  // The root of E W2^2 for a sample of the law itself, to leading order: the mean over i of
  // u_i (1 - u_i)/(R density(Q(u_i))^2).
  double floor() const { return floor_; }

 private:
  Column ofSample_, table_;
  double floor_ = 0;
};

}  // namespace wv
