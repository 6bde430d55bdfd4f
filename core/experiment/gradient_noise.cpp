// Section 2, Lemmas 5 and 6 of the lecture: how noisy sampled gradients are, far from the minimiser
// and near it, and what one step of SGD does to f on average.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/bias_check.hpp"
#include "experiment/expected_descent.hpp"
#include "experiment/registry.hpp"
#include "experiment/sampled_descent.hpp"
#include "experiment/shared_parameters.hpp"
#include "experiment/term_noise.hpp"
#include "numeric/elementary.hpp"
#include "random/fill.hpp"
#include "theory/convergence_bounds.hpp"

namespace wv {
namespace {

// The points lie at distances from 0.01 to 10 times that of the start, equally many in each decade.
constexpr double logNearest = -4.605170185988091368;  // ln 0.01
constexpr double logSpan = 6.907755278982137052;      // ln 1000

// Pairs (|grad f|^2, E |grad f_B|^2).
struct Pairs {
  std::vector<double> full, batch, interleaved;

  void add(double fullSquare, double batchSquare) {
    full.push_back(fullSquare);
    batch.push_back(batchSquare);
    interleaved.insert(interleaved.end(), {fullSquare, batchSquare});
  }
  // The least sigma0 that these pairs leave to this sigma.
  double sigma0(double sigma) const {
    double most = 0;
    for (std::size_t i = 0; i < full.size(); ++i) {
      most = std::max(most, batch[i] - sigma * full[i]);
    }
    return most;
  }
};

class GradientNoise final : public Experiment {
 public:
  GradientNoise(const Settings& settings, SampledProblem problem)
      : Experiment(settings),
        problem_(std::move(problem)),
        seed_(static_cast<std::uint32_t>(settings.number("seed"))),
        alpha_(settings.number("alpha")),
        wantedSigma_(settings.number("sigma")),
        limit_(problem_.divergenceLimit()),
        pointScale_(scaleOfPoints()),
        descent_(problem_.objective(), problem_.samplerSettings(seed_, 1), problem_.start),
        bias_(problem_, seed_) {
    addPoints(static_cast<Eigen::Index>(settings.number("points")));
    leastSigma_ = {problem_.noise->leastSigma()};
    recommendedSigma_ = {problem_.noise->defaultSigma()};
    isTight_ = {problem_.noise->isTight() ? 1.0 : 0.0};
    varianceFactor_ = {problem_.varianceFactor};
    const double smoothness = problem_.constants.smoothness;
    stepSizeMarks_ = {1 / smoothness, 2 / smoothness};
    record();
    useSigma();
    bias_.draw(0);
  }

  Status status() const override { return {runState_, step_}; }

  Channel channel(std::string_view id) const override { return findChannel(named(), id); }

 protected:
  void advanceOneStep() override {
    descent_.step(alpha_);
    ++step_;
    if (!record()) {
      --step_;
      runState_ = RunState::diverged;
      return;
    }
    addPoints(1);
    useSigma();
    bias_.draw(step_);
    if (gap_.back() > limit_) {
      runState_ = RunState::diverged;
    } else if (step_ >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view id, const Value& value) override {
    const double number = std::get<double>(value);
    if (id == "alpha") {
      alpha_ = number;
      stepSizes_.back() = number;  // the step about to be taken
      measureDescent();
    } else {
      wantedSigma_ = number;
    }
    useSigma();
  }

 private:
  static constexpr std::uint32_t longestRun = 20'000;

  std::array<NamedValues, 19> named() const {
    return {{{"points", &points_.interleaved, 2},
             {"iterates", &iterates_.interleaved, 2},
             {"bias", &bias_.result()},
             {"startGradientNorm", &bias_.gradientNorm()},
             {"descentBound", &descentBound_, 2},
             {"sigma0", &sigma0_},
             {"sigma", &sigma_},
             {"termConstants", &termConstants_},
             {"leastSigma", &leastSigma_},
             {"recommendedSigma", &recommendedSigma_},
             {"sigmaHolds", &sigmaHolds_},
             {"isTight", &isTight_},
             {"touch", &touch_},
             {"varianceFactor", &varianceFactor_},
             {"gap", &gap_},
             {"descentMeasured", &descentMeasured_},
             {"descentStandardError", &descentStandardError_},
             {"constants", &constants_},
             {"stepSizeMarks", &stepSizeMarks_}}};
  }

  double scaleOfPoints() const {
    const double distance = problem_.startDistance();
    return distance > 0
               ? distance
               : std::max(1e-3,
                          (problem_.objective().start() - problem_.constants.minimizer).norm());
  }

  void add(const Block& x, Pairs& pairs) {
    const GradientSquares squares = gradientSquares(problem_.objective(), x);
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
      pairs.add(squares.full(r),
                batchSquare(squares.full(r), squares.term(r), problem_.varianceFactor));
    }
  }

  // More points in uniformly random directions from the minimiser. Point k is the same, however
  // many are added at a time.
  void addPoints(Eigen::Index count) {
    const Eigen::Index d = problem_.objective().dim();
    Address address{.seed = seed_, .stream = Stream::initial, .firstReplicate = pointsDrawn_};
    Block distance(count, 1), x(count, d);
    fillUniform(address, distance);
    address.slot = 1;
    fillNormal(address, x);
    for (Eigen::Index r = 0; r < count; ++r) {
      const double norm = rowNorm(x.row(r));
      const double radius = pointScale_ * numeric::exp(logNearest + logSpan * distance(r, 0));
      x.row(r) = problem_.constants.minimizer.transpose().array() + radius / norm * x.row(r);
    }
    add(x, points_);
    pointsDrawn_ += static_cast<std::uint32_t>(count);
  }

  // Of single terms, and from it of the batch; both lemmas' bounds follow.
  void useSigma() {
    const double sigma = wantedSigma_ > 0 ? wantedSigma_ : recommendedSigma_[0];
    const double proved = problem_.noise->sigma0(sigma);
    const bool holds = std::isfinite(proved);
    const double c = problem_.varianceFactor;
    const double slope = 1 + c * (sigma - 1);
    const double sigma0 = holds ? c * proved : points_.sigma0(slope);
    sigmaHolds_ = {holds ? 1.0 : 0.0};
    sigma_ = {slope};
    sigma0_ = {sigma0};
    termConstants_ = {holds ? proved : c > 0 ? sigma0 / c : 0, sigma};
    constants_ = constantsChannel(problem_.constants, {sigma0, slope});
    fillTouch(sigma, holds);
    fillBounds();
  }

  // Where the line touches what is possible: nothing where none is known.
  void fillTouch(double sigma, bool holds) {
    touch_.clear();
    const auto* quadratic = dynamic_cast<const LeastSquaresNoise*>(problem_.noise.get());
    if (quadratic && holds) {
      Pairs pair;
      add(quadratic->maximizer(sigma).transpose().array(), pair);
      touch_ = pair.interleaved;
    }
  }

  void fillBounds() {
    const double smoothness = problem_.constants.smoothness;
    const NoiseConstants noise{sigma0_[0], sigma_[0]};
    descentBound_.clear();
    for (std::size_t t = 0; t < iterates_.full.size(); ++t) {
      const double full = iterates_.full[t];
      descentBound_.push_back(descentBound(stepSizes_[t], smoothness, full, iterates_.batch[t]));
      descentBound_.push_back(descentBound(stepSizes_[t], smoothness, full, noise));
    }
  }

  void measureDescent() {
    const Point x = descent_.x().row(0).matrix().transpose();
    const ExpectedDescent descent = expectedDescent(problem_, x, alpha_, seed_, step_);
    descentMeasured_.resize(gap_.size());
    descentStandardError_.resize(gap_.size());
    descentMeasured_.back() = descent.mean;
    descentStandardError_.back() = descent.standardError;
  }

  // False, with nothing recorded, when f or a gradient is no longer a number.
  bool record() {
    Column f(1);
    problem_.objective().value(descent_.x(), f);
    Pairs next;
    add(descent_.x(), next);
    if (!std::isfinite(f(0)) || !std::isfinite(next.batch[0])) {
      return false;
    }
    iterates_.add(next.full[0], next.batch[0]);
    stepSizes_.push_back(alpha_);
    gap_.push_back(f(0) - problem_.constants.minimum);
    measureDescent();
    return true;
  }

  SampledProblem problem_;
  std::uint32_t seed_;
  double alpha_, wantedSigma_, limit_, pointScale_;
  SampledDescent descent_;
  BiasCheck bias_;
  std::uint32_t step_ = 0, pointsDrawn_ = 0;
  RunState runState_ = RunState::running;
  Pairs points_, iterates_;
  std::vector<double> stepSizes_, gap_, descentMeasured_, descentStandardError_, descentBound_;
  std::vector<double> sigma0_, sigma_, termConstants_, leastSigma_, recommendedSigma_, sigmaHolds_,
      isTight_, touch_, varianceFactor_, constants_, stepSizeMarks_;
};

std::vector<Parameter> gradientNoiseParameters() {
  std::vector<Parameter> table = sampledProblemParameters(5);
  table.push_back(stepSizeParameter(0.05));
  table.push_back({.id = "sigma",
                   .label = "slope",
                   .symbol = "σ",
                   .help = "of single terms; 0 takes twice the least that is possible",
                   .kind = Kind::real,
                   .initial = 0.0,
                   .min = 0,
                   .max = 1e6,
                   .scale = Scale::linear,
                   .live = true});
  table.push_back({.id = "points",
                   .label = "points",
                   .help = "how many x around the minimiser are looked at, before each step adds "
                           "one",
                   .kind = Kind::integer,
                   .initial = 400.0,
                   .min = 10,
                   .max = 5000,
                   .scale = Scale::logarithmic});
  table.push_back(seedParameter());
  return table;
}

Creation createGradientNoise(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  SampledProblem problem = chooseSampledProblem(settings, data, issues);
  refuseTooMuchWork(problem, "points", settings.number("points"), issues);
  return createUnlessRefused<GradientNoise>(std::move(issues), settings, std::move(problem));
}

}  // namespace

ExperimentInfo gradientNoiseExperiment() {
  return {
      .id = "gradient-noise",
      .title = "Gradient noise σ₀, σ",
      .section = "§2 Lemmas 5, 6",
      .parameters = gradientNoiseParameters(),
      .channels =
          {
              {"points", "‖∇f‖² and E‖∇f_B‖² of the batch at each x", "", "[k, 2]"},
              {"iterates", "the same at the iterates of one run of SGD", "", "[t+1, 2]"},
              {"sigma0", "least σ₀ for this σ, of a batch; if none is known, of the points alone",
               "", "[1]"},
              {"sigma", "σ of a batch, 1 + c(σ − 1)", "", "[1]"},
              {"termConstants", "σ₀ and σ of single terms", "", "[2]"},
              {"leastSigma", "at or below it no σ₀ is enough for single terms", "", "[1]"},
              {"recommendedSigma", "twice the least", "", "[1]"},
              {"sigmaHolds", "1 where σ₀ + σ‖∇f‖² is proved for every x", "", "[1]"},
              {"isTight", "1 where no smaller σ₀ would do", "", "[1]"},
              {"touch", "‖∇f‖² and E‖∇f_B‖² where the line is met, if that is known", "", "[2]"},
              {"varianceFactor", "c: the share of the variance that a batch leaves", "", "[1]"},
              {"bias",
               "at the start: ‖E∇f_B − ∇f‖/‖∇f‖ over all terms, over drawn batches, its standard "
               "error, batches drawn; not divided where ∇f is 0",
               "", "[4]"},
              {"startGradientNorm", "‖∇f‖ at the start; 0 where it is rounding alone", "", "[1]"},
              {"gap", "f(xₜ) − f*", "", "[t+1]"},
              {"descentMeasured", "E f(xₜ₊₁) − f(xₜ) over the next batch", "", "[t+1]"},
              {"descentStandardError", "of the same; 0 where it is exact", "", "[t+1]"},
              {"descentBound", "the right-hand sides of Lemmas 5 and 6", "", "[t+1, 2]"},
              {"constants", "L, m, f*, σ₀, σ, the last two of a batch", "", "[5]"},
              {"stepSizeMarks", "1/L, 2/L", "", "[2]"},
          },
      .create = createGradientNoise,
  };
}

}  // namespace wv
