// Local entropy of a function of one variable (P. Chaudhari et al., ICLR 2017; P. Chaudhari et al.,
// "Deep relaxation: partial differential equations for optimizing deep neural networks", 2018):
// what Entropy-SGD descends on, computed by quadrature.
//
// At inverse temperature beta and coupling gamma, the local Gibbs law at x is
// rho(x') ~ e^(-beta f(x') - beta gamma (x' - x)^2 / 2), and
//   F(x) = log int e^(-beta f(x') - beta gamma (x' - x)^2 / 2) dx',
//   u(x) = -(1/beta) log(G * e^(-beta f))(x), G the normal density of variance 1/(beta gamma),
//        = (log(2 pi/(beta gamma))/2 - F)/beta,
//   u'(x) = gamma (x - <x'>), u''(x) = gamma (1 - beta gamma Var x'),
// with t = 1/gamma: u_t = -u_x^2/2 + u_xx/(2 beta), u = f at t = 0.
#pragma once

#include <optional>
#include <vector>

#include "objective/objective.hpp"
#include "theory/panelled_law.hpp"

namespace wv {

// One entry for each x.
struct LocalEntropyCurve {
  Column logPartition;  // F
  Column smoothed;      // u
  Column mean;          // <x'>
  Column variance;      // Var x'
};

class LocalEntropy {
 public:
  // Takes f on a lattice wide and fine enough for every x in [low, high] and every
  // gamma in [leastGamma, greatestGamma]; on panels where f has kinks or jumps, or turns that the
  // lattice does not follow. f has dim() == 1 and must outlive this; beta > 0,
  // 0 < leastGamma <= greatestGamma, low < high. Where e^(-beta f) alone confines the law, the
  // lattice ends; else its reach is that of leastGamma.
  LocalEntropy(const Objective& f, double beta, double leastGamma, double greatestGamma, double low,
               double high);

  // False when features narrow against the reach would make a curve too expensive: no other member
  // may be called then.
  bool isAffordable() const { return panels_ || values_.size() > 0; }

  double beta() const { return beta_; }
  double low() const { return low_; }
  double high() const { return high_; }

  // Relative error of e^F and error of the mean, relative to 1 + |mean - x|: about 1e-12 on panels;
  // on the lattice, where the trapezoidal rule converges geometrically, mostly so too and never
  // above 1e-9, which is checked against panels.
  double accuracy() const { return accuracy_; }
  // x in [low, high].
  LocalEntropyCurve at(const Column& x, double gamma) const;
  // The density of the local Gibbs law of x at these points.
  Column density(double x, double gamma, const Column& points) const;
  // (G * f)(x): what smoothing f itself would give; near a jump of f to about 1/300 of it.
  Column gaussianSmoothing(const Column& x, double gamma) const;

  // Every local minimiser of u in [low, high], from left to right, that a scan of 240 cells shows,
  // to 1e-10 (high - low). Where u is flat to the accuracy it has none.
  std::vector<double> minimizers(double gamma) const;

 private:
  // The entries first .. first + count - 1 of the lattice carry the law of x.
  struct Reach {
    Eigen::Index first, count, stride;
  };
  void takeLattice(double end, double leastGamma);
  void takePanels(PanelledLaw panels);
  double latticeError(const PanelledLaw& panels, double leastGamma, double greatestGamma) const;
  double spacingAt(double gamma) const;
  Reach reachOf(double x, double gamma) const;
  LocalLaw onLattice(double x, double gamma) const;
  // beta (f - least) + beta gamma (x' - x)^2/2 at the points of the reach.
  Column exponents(const Reach& reach, double x, double gamma) const;
  Column offsets(const Reach& reach, double x) const;
  double refined(double left, double right, double gamma) const;

  const Objective& f_;
  double beta_, low_, high_;
  double accuracy_ = 0;
  double least_ = 0;  // of f on the lattice or the panels
  double start_ = 0, spacing_ = 1;
  double steepest_ = 0;  // the largest f'' in [low, high], at least 0
  Column values_;        // beta (f - least), on the lattice
  std::optional<PanelledLaw> panels_;
};

// The local minimisers of u for each of several gamma.
struct MinimizerTrack {
  std::vector<double> gammas;
  std::vector<std::vector<double>> minimizers;
  std::vector<std::vector<double>>
      least;  // of each gamma the global ones: all that are equally deep
};
// gammas descending, as far as the lattice allows.
MinimizerTrack trackMinimizers(const LocalEntropy& entropy, std::vector<double> gammas);

// Where the least of u jumps from one valley to another as gamma falls: from where it was to where
// nothing was as deep before.
struct Overtaking {
  double gamma = 0;
  double before = 0, after = 0;  // the minimisers that are equally deep there
};
// The first jump of the track, to a relative 1e-6 in gamma; nothing if the least only slides.
std::optional<Overtaking> overtaking(const LocalEntropy& entropy, const MinimizerTrack& track);

}  // namespace wv
