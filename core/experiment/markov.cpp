// Section 3.2 of the lecture: SGD as a Markov process. Where one step leads, the Gaussian model of
// it, and the chain on a grid with its matrix.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "experiment/field.hpp"
#include "experiment/grid_chain.hpp"
#include "experiment/markov_settings.hpp"
#include "experiment/next_step.hpp"
#include "experiment/registry.hpp"
#include "method/gd.hpp"
#include "method/mini_batch.hpp"
#include "numeric/histogram.hpp"
#include "numeric/statistics.hpp"
#include "theory/constants.hpp"
#include "theory/gradient_noise.hpp"

namespace wv {
namespace {

// Of batches listed as moves of the grid.
constexpr int mostMoves = 3000;

class Markov final : public Experiment {
 public:
  Markov(const Settings& settings, MarkovProblem problem)
      : Experiment(settings),
        problem_(std::move(problem)),
        f_(problem_.objective()),
        sampler_(problem_.sampling),
        source_(f_, sampler_),
        alpha_(settings.number("alpha")),
        constants_(constantsOf(f_, problem_.start)),
        everyTerm_(allTerms(f_)),
        model_(f_, problem_.features(), problem_.targets(), problem_.noise, factorAnew(),
               problem_.sampling.seed, problem_.sampling.firstReplicate),
        cells_(static_cast<int>(settings.number("grid"))) {
    walkers_.x = problem_.start.transpose().array().replicate(problem_.sampling.replicates, 1);
    method_.init(walkers_);
    modelWalkers_ = walkers_;
    describe(settings);
    record();
  }

  Status status() const override { return {runState_, walkers_.step}; }

  Channel channel(std::string_view id) const override {
    if (id == "x" || id == "modelX") {
      return pointsOf(id == "x" ? walkers_ : modelWalkers_, id == "x" ? x_ : modelX_);
    }
    if (id == "field" || id == "grid" || id == "gridY") {
      return fieldChannel(id);
    }
    for (const Channel& found : {findChannel(named(), id), nextStep().channel(id)}) {
      if (!found.shape.empty()) {
        return found;
      }
    }
    return chainChannel(id);
  }

 protected:
  void advanceOneStep() override {
    const State before = walkers_;
    const State modelBefore = modelWalkers_;
    method_.step({source_, alpha_}, walkers_);
    model_.step(alpha_, modelWalkers_);
    if (!walkers_.x.isFinite().all() || !modelWalkers_.x.isFinite().all()) {
      walkers_ = before;
      modelWalkers_ = modelBefore;
      runState_ = RunState::diverged;
      return;
    }
    record();
    if (meanSquareDistance() > limit_) {
      runState_ = RunState::diverged;
    } else if (walkers_.step >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view, const Value&) override {}

 private:
  static constexpr std::uint32_t longestRun = 20'000;
  // A mean square distance from the minimiser past this multiple of the picture's size, squared.
  static constexpr double growthLimit = 1e4;

  std::array<NamedValues, 8> named() const {
    return {{{"path", &path_, f_.dim()},
             {"window", &window_},
             {"minimizer", &minimizer_},
             {"start", &start_},
             {"constants", &constantValues_},
             {"stepSizeMarks", &stepSizeMarks_},
             {"varianceFactor", &varianceFactor_},
             {"termCount", &termCount_}}};
  }

  bool isOnLine() const { return f_.dim() == 1; }
  bool reshuffles() const { return problem_.sampling.mode == Sampling::reshuffle; }

  // How a batch is drawn if what was drawn before is not known.
  Sampling modeAnew() const { return reshuffles() ? Sampling::distinct : problem_.sampling.mode; }
  double factorAnew() const {
    return varianceFactor(modeAnew(), problem_.sampling.terms, problem_.sampling.batch);
  }

  void record() {
    for (Eigen::Index j = 0; j < walkers_.x.cols(); ++j) {
      path_.push_back(walkers_.x(0, j));
    }
    next_.reset();
    x_.clear();
    modelX_.clear();
  }

  double meanSquareDistance() const {
    Column square = Column::Zero(walkers_.x.rows());
    for (Eigen::Index j = 0; j < walkers_.x.cols(); ++j) {
      square += (walkers_.x.col(j) - constants_.minimizer(j)).square();
    }
    return numeric::mean(square);
  }

  void describe(const Settings& settings) {
    const Window window = problem_.window();
    window_ = {window.xMin, window.xMax, window.yMin, window.yMax};
    const double width = window.xMax - window.xMin, height = window.yMax - window.yMin;
    limit_ = growthLimit * std::max(width * width + height * height, meanSquareDistance());
    minimizer_.assign(constants_.minimizer.begin(), constants_.minimizer.end());
    const Point start = f_.start();
    start_.assign(start.begin(), start.end());
    const double ridge = isOnLine() ? 0 : settings.number("ridge");
    const LeastSquaresNoise noise(problem_.features(), problem_.targets(), ridge);
    const double sigma = noise.defaultSigma();
    const NoiseConstants batch = ofBatch({noise.sigma0(sigma), sigma}, factorAnew());
    constantValues_ = {constants_.smoothness, constants_.strongConvexity, constants_.minimum,
                       batch.sigma0, batch.sigma};
    const StepSizeMarks marks = stepSizeMarks(constants_.smoothness, constants_.strongConvexity);
    stepSizeMarks_ = {marks.monotone, marks.fastest, marks.limit};
    varianceFactor_ = {factorAnew()};
    termCount_ = {static_cast<double>(f_.terms())};
  }

  // The terms that replicate 0 has not used in this epoch.
  IndexColumn unusedTerms() const {
    const std::uint32_t first = walkers_.step - walkers_.step % sampler_.stepsPerEpoch();
    std::vector<bool> used(static_cast<std::size_t>(f_.terms()));
    IndexColumn term(1);
    for (std::uint32_t step = first; step < walkers_.step; ++step) {
      for (int slot = 0; slot < sampler_.batchSize(step); ++slot) {
        sampler_.fillTerms(step, slot, 0, term);
        used[static_cast<std::size_t>(term(0))] = true;
      }
    }
    const auto left = std::count(used.begin(), used.end(), false);
    IndexColumn terms(left);
    Eigen::Index at = 0;
    for (int i = 0; i < f_.terms(); ++i) {
      if (!used[static_cast<std::size_t>(i)]) {
        terms(at++) = i;
      }
    }
    return terms;
  }

  // Of replicate 0. Made when first asked for: a run without a picture has no use for it.
  const NextStep& nextStep() const {
    if (!next_) {
      const int batch = sampler_.batchSize(walkers_.step);
      StepFrom from{.x = walkers_.x.row(0).matrix().transpose(),
                    .alpha = alpha_,
                    .draws = {everyTerm_, modeAnew(), batch},
                    .memoryless = {everyTerm_, modeAnew(), batch},
                    .seed = problem_.sampling.seed,
                    .step = walkers_.step,
                    .replicates = problem_.sampling.replicates};
      if (reshuffles()) {
        from.draws.terms = unusedTerms();
      }
      next_.emplace(f_, model_, from);
    }
    return *next_;
  }

  // Nothing in the plane, and where the next step is no function of x.
  GridChain* chain() const {
    if (!isOnLine() || reshuffles()) {
      return nullptr;
    }
    if (!chain_) {
      const CellGrid grid{window_[0], window_[1], cells_};
      chain_.emplace(grid,
                     batchMoves(f_, grid.edges(), alpha_, problem_.sampling.mode,
                                problem_.sampling.batch, mostMoves, problem_.sampling.seed),
                     problem_.start(0));
    }
    return &*chain_;
  }

  Channel chainChannel(std::string_view id) const {
    scratch_.clear();
    if (id == "shares" || id == "modelShares") {
      fillShares((id == "shares" ? walkers_ : modelWalkers_).x);
    } else if (GridChain* const chain = this->chain()) {
      Channel found = chain->channel(id, walkers_.step);
      if (!found.shape.empty()) {
        return found;
      }
      // Of the walkers from the matrix's law: measured, and what chance alone would make of it.
      fillShares(walkers_.x);
      const Column& law = chain->law(walkers_.step);
      const double distance =
          numeric::totalVariation(Eigen::Map<const Column>(scratch_.data(), law.size()), law);
      scratch_ = {distance, numeric::expectedTotalVariation(
                                law, static_cast<double>(problem_.sampling.replicates))};
    }
    return vectorChannel(scratch_);
  }

  // Of walkers on the line in each cell; the end cells hold what lies outside.
  void fillShares(const Block& x) const {
    if (!isOnLine()) {
      return;
    }
    const CellGrid grid{window_[0], window_[1], cells_};
    scratch_.assign(static_cast<std::size_t>(cells_), 0.0);
    for (const double value : x.col(0)) {
      scratch_[static_cast<std::size_t>(grid.cellOf(value))] += 1.0 / static_cast<double>(x.rows());
    }
  }

  Channel pointsOf(const State& state, std::vector<double>& rows) const {
    if (rows.empty()) {
      for (Eigen::Index r = 0; r < state.x.rows(); ++r) {
        for (Eigen::Index j = 0; j < state.x.cols(); ++j) {
          rows.push_back(state.x(r, j));
        }
      }
    }
    return {{static_cast<int>(state.x.rows()), f_.dim()}, rows.data()};
  }

  Channel fieldChannel(std::string_view id) const {
    if (grid_.empty() && isOnLine()) {
      const Column centres = CellGrid{window_[0], window_[1], cells_}.centres();
      grid_.assign(centres.begin(), centres.end());
    } else if (grid_.empty()) {
      const auto [columns, rows] = fieldSize(f_.terms());
      grid_ = evenlySpaced(window_[0], window_[1], columns);
      gridY_ = evenlySpaced(window_[2], window_[3], rows);
      const Column values = valuesOnGrid(f_, grid_, gridY_);
      field_.assign(values.begin(), values.end());
    }
    if (id == "field") {
      const int columns = isOnLine() ? 0 : static_cast<int>(grid_.size());
      return {{static_cast<int>(gridY_.size()), columns}, field_.data()};
    }
    return vectorChannel(id == "grid" ? grid_ : gridY_);
  }

  MarkovProblem problem_;
  const Objective& f_;
  Sampler sampler_;
  MiniBatchGradient source_;
  GradientDescent method_;
  double alpha_;
  Constants constants_;
  IndexColumn everyTerm_;
  GaussianModel model_;
  int cells_;
  State walkers_, modelWalkers_;
  RunState runState_ = RunState::running;
  double limit_ = 0;
  std::vector<double> path_, window_, minimizer_, start_, constantValues_, stepSizeMarks_,
      varianceFactor_, termCount_;
  mutable std::optional<NextStep> next_;
  mutable std::optional<GridChain> chain_;
  mutable std::vector<double> x_, modelX_, grid_, gridY_, field_, scratch_;
};

Creation createMarkov(const Settings& settings, const DataLibrary& data) {
  std::vector<Issue> issues;
  MarkovProblem problem = chooseMarkovProblem(settings, data, issues);
  return createUnlessRefused<Markov>(std::move(issues), settings, std::move(problem));
}

}  // namespace

ExperimentInfo markovExperiment() {
  return {
      .id = "markov",
      .title = "One step as a Markov chain",
      .section = "§3.2",
      .parameters = markovParameters(),
      .channels =
          {
              {"x", "the chains after t steps from the start", "", "[R, d]"},
              {"path", "chain 0", "", "[t+1, d]"},
              {"cloud", "the next point of chain 0, drawn R times", "", "[draws, d]"},
              {"mean", "of the cloud", "", "[d]"},
              {"meanStandardError", "its standard error", "", "[d]"},
              {"covariance", "of the cloud", "", "[d, d]"},
              {"covarianceStandardError", "its standard error", "", "[d, d]"},
              {"predictedMean", "exact mean of the next point, given all drawn so far", "", "[d]"},
              {"predictedCovariance", "exact covariance likewise", "", "[d, d]"},
              {"sample", "the first points of the cloud, for a picture", "", "[k, d]"},
              {"atoms", "where each term alone leads, if they are few", "", "[m, d]"},
              {"available", "numbers of the terms that the next batch is drawn from", "", "[m]"},
              {"modelX", "chains of the Gaussian model (3)", "", "[R, d]"},
              {"modelCloud", "the next point by the model, drawn R times", "", "[draws, d]"},
              {"modelSample", "the first points of these", "", "[k, d]"},
              {"modelMean", "x − α∇f(x)", "", "[d]"},
              {"modelCovariance", "of the model's noise", "", "[d, d]"},
              {"axis", "direction of the largest variance", "", "[d]"},
              {"scale", "standard deviation of the next point along it, if only x is known", "",
               "[1]"},
              {"density", "of the cloud along the axis, from x − α∇f, in such deviations", "",
               "[bins]"},
              {"modelDensity", "of the model's cloud likewise", "", "[bins]"},
              {"densityEdges", "edges of the bins", "deviations", "[bins+1]"},
              {"shape", "skewness and excess kurtosis along the axis; empty for no spread", "",
               "[2]"},
              {"shapeStandardError", "their standard errors", "", "[2]"},
              {"predictedShape", "the same, exact", "", "[2]"},
              {"varianceByStepSize",
               "α, measured E‖x⁺ − E x⁺‖², its standard error, α² c tr Var ∇f_ω", "", "[k, 4]"},
              {"varianceByBatch", "the same by b", "", "[k, 4]"},
              {"transition", "probabilities of the hops from cell to cell", "",
               "[g, g], or [0] in the plane"},
              {"stationary", "the law that the matrix keeps", "", "[g], or [0] in the plane"},
              {"law", "the start's cell times the matrix's t-th power", "",
               "[g], or [0] in the plane"},
              {"totalVariation", "distance of that law from the stationary one, at each step", "",
               "[t+1], or [0] in the plane"},
              {"secondEigenvalue", "|λ₂| of the matrix; its gap is 1 − |λ₂|", "", "[1]"},
              {"transitionIsExact", "1 if every batch is in the matrix, 0 if 3000 drawn ones are",
               "", "[1]"},
              {"shares", "share of the chains in each cell", "", "[g]"},
              {"modelShares", "share of the model's chains in each cell", "", "[g]"},
              {"sharesDistance",
               "total variation between the shares and the law: measured, and by chance alone", "",
               "[2]"},
              {"grid", "x of the cells, or of the field's columns", "", "[g]"},
              {"gridY", "y of the field's rows; in the plane", "", "[rows]"},
              {"field", "f over the window; in the plane", "", "[rows, columns]"},
              {"window", "xMin, xMax, yMin, yMax", "", "[4]"},
              {"minimizer", "x*", "", "[d]"},
              {"start", "a start that shows something", "", "[d]"},
              {"termCount", "n", "", "[1]"},
              {"varianceFactor", "c: 1/b, or (n − b)/((n − 1)b) without replacement", "", "[1]"},
              {"constants", "L, m, f*, σ₀, σ, the last two of a batch", "", "[5]"},
              {"stepSizeMarks", "1/L, 2/(m+L), 2/L", "", "[3]"},
          },
      .create = createMarkov,
  };
}

}  // namespace wv
