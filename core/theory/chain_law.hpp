// The exact law of a chain, step by step, as shares of fixed cells: what a histogram of many
// walkers is held against, before the limit and in it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "objective/objective.hpp"
#include "theory/langevin_quadratic.hpp"
#include "theory/transition_matrix.hpp"

namespace wv {

// k equal bins over [low, high]. A circle is a line whose ends are one point: what leaves on one
// side comes in on the other, and nothing is outside.
struct Bins {
  double low = -1, high = 1;
  int count = 1;
  bool isCircle = false;

  double width() const { return (high - low) / count; }
  std::vector<double> edges() const;  // [k + 1]
};

struct LimitLaw {
  Column shares;                 // of the cells
  std::vector<double> variance;  // of each coordinate; empty on a circle
};

class ChainLaw {
 public:
  virtual ~ChainLaw() = default;

  virtual void step() = 0;
  // Of the cells in their order, what lies outside included; the sum is 1.
  virtual Column shares() const = 0;
  // Nothing if there is none, or it is not known.
  virtual std::optional<LimitLaw> limit() const = 0;
  // What has left the part of the line that is followed.
  virtual double lost() const { return 0; }
};

// One coordinate of a quadratic, curvature (x - centre)^2 / 2, and the law of the walkers in it.
struct QuadraticCoordinate {
  double curvature = 1, centre = 0;
  GaussianLaw law;  // of x - centre
  Bins bins;        // on the line
};

// On a quadratic that is the sum of one or two coordinates, in closed form: unadjusted or
// Leimkuhler-Matthews. The cells are the bins of the one coordinate (below, k bins, above: k + 2);
// of two, the products of their bins as PlaneHistogram::shares orders them, and last the outside.
// Where Leimkuhler-Matthews does not start from a point, its first noise must be new.
class QuadraticChainLaw final : public ChainLaw {
 public:
  QuadraticChainLaw(Corrector corrector, double alpha, double beta,
                    std::vector<QuadraticCoordinate> coordinates);

  void step() override;
  Column shares() const override;
  std::optional<LimitLaw> limit() const override;

  const std::vector<QuadraticCoordinate>& coordinates() const { return coordinates_; }

 private:
  LangevinQuadratic chainOf(const QuadraticCoordinate& coordinate) const;

  Corrector corrector_;
  double alpha_, beta_;
  std::vector<QuadraticCoordinate> coordinates_;
  bool stepped_ = false;
};

// Masses at points, or a smooth density at the nodes of a rule: sums over them are its integrals.
struct PointMasses {
  Column x, mass;
  double spacing = 0;  // of the nodes; 0 for true points
};

// x <- x - alpha f'(x) + sqrt(2 alpha/beta) N(0, 1) on the line or a circle. The law after a step
// is smooth: its integral against the Gaussian kernel is a sum over equidistant nodes no farther
// apart than 4/5 of the noise's deviation, to about 1e-9 (the trapezoidal rule; E. J. Nystrom's
// method). The line is followed for `margin` on either side of the bins; what leaves that is lost.
class LangevinChainLaw final : public ChainLaw {
 public:
  // Nothing if that takes more than 4096 nodes, or if the nodes of `start` are too wide for this
  // noise. alpha, beta > 0; f has dim() == 1 and must outlive the law.
  static std::unique_ptr<LangevinChainLaw> create(const Objective& f, double alpha, double beta,
                                                  const Bins& bins, double margin,
                                                  PointMasses start);

  void step() override;
  Column shares() const override;
  // By elimination, for at most 640 nodes. Nothing if more than 1e-6 leaves in a step: then there
  // is no limit law.
  std::optional<LimitLaw> limit() const override;

  const PointMasses& masses() const { return now_; }
  double lost() const override;

 private:
  LangevinChainLaw(const Objective& f, double alpha, double beta, const Bins& bins,
                   PointMasses start);

  // What of a unit of mass goes to the nodes first, first + 1, ..., on a circle modulo their
  // number.
  struct Row {
    Eigen::Index first = 0;
    std::vector<double> weights;
  };

  void prepareKernel();
  // Where the step leads before the noise is added.
  Column means(const Column& x) const;
  // The law N(mean, deviation^2) on the nodes; empty for a mean that overflows.
  Row rowFrom(double mean) const;
  Row rowOnLine(double mean) const;
  Row rowOnCircle(double mean) const;
  double weightAt(double distance) const;
  static void spread(const Row& row, double mass, Column& into);
  Column sharesOf(const Column& mass) const;
  LimitLaw limitOf(const Column& mass) const;

  const Objective* objective_;
  double alpha_, deviation_;
  Bins bins_;
  int perBin_ = 4, marginBins_ = 0;
  Column nodes_;
  PointMasses now_;
  std::vector<Row> rows_;  // from each node
  bool settled_ = false;
};

// Any chain whose moves are known cell by cell: each bin is cut into `perBin` equal cells, and what
// leaves the bins stays in the end cells.
class MatrixChainLaw final : public ChainLaw {
 public:
  static CellGrid gridOf(const Bins& bins, int perBin) {
    return {bins.low, bins.high, perBin * bins.count};
  }

  // transitions over gridOf(bins, perBin); all start in the cell of `start`.
  MatrixChainLaw(Matrix transitions, const Bins& bins, int perBin, double start);

  void step() override;
  Column shares() const override;
  std::optional<LimitLaw> limit() const override;

 private:
  Column sharesOf(const Column& cells) const;

  Matrix transitions_;
  Bins bins_;
  int perBin_;
  Column now_;
};

}  // namespace wv
