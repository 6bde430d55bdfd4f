// Section 3.3 of the lecture: where a chain with noise ends up, and how far that is from the Gibbs
// law e^(-beta f)/Z.
#include <algorithm>
#include <cmath>

#include "experiment/field.hpp"
#include "experiment/gibbs_picture.hpp"
#include "experiment/gibbs_summary.hpp"
#include "experiment/registry.hpp"
#include "method/gd.hpp"
#include "method/mini_batch.hpp"

namespace wv {
namespace {

using Eigen::Index;

// A walker so many windows away has left for good: no chain at hand comes back from there.
constexpr double farthest = 1e6;
constexpr Index mostDrawn = 1000;   // of the walkers, in a picture
constexpr double startRoom = 0.05;  // around the start, so that it is not at the edge

class Gibbs final : public Experiment {
 public:
  Gibbs(const Settings& settings, GibbsSetup setup)
      : Experiment(settings),
        setup_(std::move(setup)),
        f_(*setup_.chosen.objective),
        chain_(setup_.chain),
        distances_(setup_.replicates),
        facts_(gibbsFacts(f_, chain_)) {
    const bool isAsAsked = setup_.start(0) == settings.number("x0") &&
                           (f_.dim() == 1 || setup_.start(1) == settings.number("y0"));
    if (!isAsAsked) {
      facts_["startInstead"].assign(setup_.start.begin(), setup_.start.end());
    }
    state_.x = setup_.start.transpose().array().replicate(setup_.replicates, 1);
    useMethod();
    method_->init(state_);
    useTarget(firstTarget());
    prediction_ = std::make_unique<GibbsPrediction>(setup_, *target_);
    const Window window = target_->window();
    reach_ = farthest * std::fmax(1, window.xMax - window.xMin);
    describeLaw();
    record();
  }

  Status status() const override { return {runState_, state_.step}; }

  Channel channel(std::string_view id) const override {
    if (id == "x" || id == "sample") {
      const Index count = id == "x" ? state_.x.rows() : std::min(mostDrawn, state_.x.rows());
      fillWalkers(count);
      return {{static_cast<int>(count), f_.dim()}, walkers_.data()};
    }
    const bool isPlane = f_.dim() == 2;
    if (id == "field") {
      if (isPlane && field_.empty()) {
        fillField();  // a run without a picture has no use for it
      }
      return {{isPlane ? fieldRows : 0, isPlane ? fieldColumns : 0}, field_.data()};
    }
    if (id == "histogram") {
      return cells(target_->shares(state_.x), histogram_);
    }
    if (id == "chainLaw") {
      return cells(prediction_->limitShares(), chainLaw_);
    }
    if (id == "gibbs" && isPlane) {
      return cells(target_->masses(), gibbs_);
    }
    return listChannel(id);
  }

 protected:
  void advanceOneStep() override {
    const Block before = state_.x;
    method_->step({*source_, chain_.alpha}, state_);
    if (!(state_.x.abs() <= reach_).all() || leftDomain()) {
      state_.x = before;
      --state_.step;
      runState_ = RunState::diverged;
      return;
    }
    record();
    if (state_.step >= longestRun) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view id, const Value& value) override {
    // What was expected of the chain so far is settled before it changes.
    distances_.upTo(state_.step, state_.x, *prediction_);
    const double beta = chain_.beta();
    if (id == "corrector") {
      const Corrector chosen = *findCorrector(std::get<std::string>(value));
      chain_.corrector = setup_.drawsTerms ? Corrector::none : chosen;
    } else {
      const double number = std::get<double>(value);
      (id == "alpha" ? chain_.alpha : id == "beta" ? chain_.givenBeta : chain_.batch) = number;
    }
    useMethod();
    history_.restart();
    changedAt_ = state_.step;
    acceptedBefore_ = state_.slots.empty() ? Column() : Column(acceptedProposals(state_));
    isMeasured_ = false;
    if (chain_.beta() != beta) {
      useTarget(nextTarget());
    }
    prediction_->change(chain_, *target_);
    describeLaw();
  }

 private:
  static constexpr std::uint32_t longestRun = 100'000;

  void useMethod() {
    if (!setup_.drawsTerms) {
      source_ = std::make_unique<FullGradient>(f_);
      method_ = makeLangevin(
          chain_.corrector,
          {.beta = chain_.beta(), .seed = setup_.seed, .firstReplicate = setup_.firstReplicate});
      return;
    }
    sampler_ = std::make_unique<Sampler>(SamplerSettings{.terms = f_.terms(),
                                                         .batch = static_cast<int>(chain_.batch),
                                                         .seed = setup_.seed,
                                                         .firstReplicate = setup_.firstReplicate,
                                                         .replicates = setup_.replicates});
    source_ = std::make_unique<MiniBatchGradient>(f_, *sampler_);
    method_ = std::make_unique<GradientDescent>();
  }

  std::unique_ptr<GibbsTarget> firstTarget() const {
    const double beta = chain_.beta();
    if (f_.dim() == 2) {
      return planeTarget(setup_.hasLaw ? PlaneTarget::roomFor(f_, beta) : f_.window());
    }
    if (setup_.isCircle) {
      // One wave, from the top of one hill to the next.
      const double turn = 2 * f_.minimizers().front().norm();
      return std::make_unique<LineTarget>(f_, beta, Bins{0, turn, LineTarget::binCount, true});
    }
    const double start = setup_.start(0), room = startRoom * std::fmax(1, std::fabs(start));
    return std::make_unique<LineTarget>(f_, beta, Window{start - room, start + room, 0, 0});
  }

  std::unique_ptr<GibbsTarget> planeTarget(const Window& window) const {
    return setup_.hasLaw ? std::make_unique<PlaneTarget>(f_, chain_.beta(), window)
                         : std::make_unique<PlaneTarget>(window);
  }

  // The same for another temperature; what is in the picture stays there.
  std::unique_ptr<GibbsTarget> nextTarget() const {
    const double beta = chain_.beta();
    if (f_.dim() == 2) {
      return planeTarget(target_->window());
    }
    if (setup_.isCircle) {
      return std::make_unique<LineTarget>(f_, beta, target_->asLine()->bins());
    }
    return std::make_unique<LineTarget>(f_, beta, target_->window());
  }

  void useTarget(std::unique_ptr<GibbsTarget> target) {
    target_ = std::move(target);
    distances_.useTarget(*target_);
    curves_ = gibbsCurves(f_, *target_);
  }

  void describeLaw() {
    theory_ = theoryNumbers(setup_, chain_, *target_, *prediction_, distances_);
  }

  void record() {
    isMeasured_ = false;
    const LineTarget* const line = target_->asLine();
    history_.record(line ? line->folded(state_.x.col(0)) : Column(state_.x.col(0)));
    distances_.record(state_.step, state_.x);
  }

  // Only the reader's own function can be undefined anywhere.
  bool leftDomain() const {
    if (!setup_.chosen.expression) {
      return false;
    }
    Column values(state_.x.rows());
    f_.value(state_.x, values);
    return !values.isFinite().all();
  }

  // Since the chain last changed; empty where nothing is proposed.
  Column accepted() const {
    if (chain_.corrector != Corrector::mala) {
      return {};
    }
    const Column total = acceptedProposals(state_);
    return acceptedBefore_.size() > 0 ? Column(total - acceptedBefore_) : total;
  }

  // Row by row, on a circle as folded.
  void fillWalkers(Index count) const {
    const LineTarget* const line = target_->asLine();
    walkers_.resize(static_cast<std::size_t>(count * f_.dim()));
    for (Index i = 0; i < f_.dim(); ++i) {
      const auto head = state_.x.col(i).head(count);
      const Column x = line ? line->folded(head) : Column(head);
      for (Index r = 0; r < count; ++r) {
        walkers_[static_cast<std::size_t>(r * f_.dim() + i)] = x(r);
      }
    }
  }

  void fillField() const {
    const Window w = target_->window();
    const Column values = valuesOnGrid(f_, evenlySpaced(w.xMin, w.xMax, fieldColumns),
                                       evenlySpaced(w.yMin, w.yMax, fieldRows));
    field_.assign(values.begin(), values.end());
  }

  Channel cells(const Column& shares, std::vector<double>& memory) const {
    memory = cellDensity(*target_, shares);
    return cellChannel(*target_, memory);
  }

  // What is in none of the tables is not measured or not known.
  Channel listChannel(std::string_view id) const {
    static const std::vector<double> none;
    measure();
    const ValueTable& series = distances_.upTo(state_.step, state_.x, *prediction_);
    const ValueTable* const tables[] = {&facts_, &curves_, &theory_, &measured_, &series};
    for (const ValueTable* table : tables) {
      if (const std::vector<double>* values = table->find(id)) {
        return vectorChannel(*values);
      }
    }
    return vectorChannel(none);
  }

  // Once for all the channels of a step.
  void measure() const {
    if (!isMeasured_) {
      const Column sinceChange = accepted();
      const auto steps = static_cast<double>(state_.step - changedAt_);
      measured_ = walkerNumbers(f_, *target_, {state_.x, sinceChange, steps, history_});
      isMeasured_ = true;
    }
  }

  GibbsSetup setup_;
  const Objective& f_;
  ChainSettings chain_;
  std::unique_ptr<Sampler> sampler_;
  std::unique_ptr<const GradientSource> source_;
  std::unique_ptr<const Method> method_;
  State state_;
  RunState runState_ = RunState::running;
  double reach_ = 0;
  std::unique_ptr<GibbsTarget> target_;
  GibbsDistances distances_;
  std::unique_ptr<GibbsPrediction> prediction_;
  WalkerHistory history_;
  std::uint32_t changedAt_ = 0;
  Column acceptedBefore_;
  ValueTable facts_, curves_, theory_;
  mutable ValueTable measured_;
  mutable std::vector<double> gibbs_, histogram_, chainLaw_, walkers_, field_;
  mutable bool isMeasured_ = false;
};

Creation createGibbs(const Settings& settings, const DataLibrary&) {
  Creation creation;
  if (auto setup = chooseGibbsSetup(settings, creation.issues)) {
    creation.experiment = std::make_unique<Gibbs>(settings, std::move(*setup));
  }
  return creation;
}

}  // namespace

ExperimentInfo gibbsExperiment() {
  return {
      .id = "gibbs",
      .title = "The Gibbs law",
      .section = "§3.3",
      .parameters = gibbsParameters(),
      .channels =
          {
              {"x", "the walkers", "", "[R, d]"},
              {"sample", "the first 1000 of them, on a circle folded onto one turn", "", "[k, d]"},
              {"edges", "edges of the bins; empty in the plane", "", "[bins+1]"},
              {"histogram", "density of the walkers in each cell", "", "[bins] or [rows, columns]"},
              {"gibbs", "e^(−βf)/Z, on the grid or as the mean of each cell of the plane", "",
               "[points] or [rows, columns]"},
              {"chainLaw",
               "density, in each cell, of the limit law of the chain at this α; empty "
               "where it is not known",
               "", "[bins] or [rows, columns]"},
              {"logZ", "log ∫ e^(−βf); empty where the integral has no limit", "", "[1]"},
              {"beta", "β in force", "", "[1]"},
              {"noiseVariance", "s², the variance of one term's gradient", "", "[1]"},
              {"times",
               "the steps of the distances: each up to 128, then 64 in each doubling, and "
               "the present",
               "", "[k]"},
              {"kl", "KL(walkers | Gibbs law) over the cells", "nats", "[k]"},
              {"klStandardError", "its standard error", "nats", "[k]"},
              {"predictedKl", "its expectation, as far as the chain's law is known exactly", "nats",
               "[≤ k]"},
              {"totalVariation", "total variation between both", "", "[k]"},
              {"totalVariationStandardError", "its standard error", "", "[k]"},
              {"predictedTotalVariation", "its expectation, likewise", "", "[≤ k]"},
              {"w2", "Wasserstein distance W₂ between both; on the line only", "", "[k]"},
              {"predictedW2", "its expectation, likewise; from the cells' shares, to 1 %", "",
               "[≤ k]"},
              {"floor", "KL, total variation, W₂ expected of R independent points of the Gibbs law",
               "", "[3]"},
              {"bias", "the same distances of the limit law of the chain itself", "", "[3]"},
              {"limit", "and expected of R walkers of that law", "", "[3]"},
              {"mean", "of each coordinate", "", "[d]"},
              {"meanStandardError", "its standard error", "", "[d]"},
              {"variance", "of each coordinate", "", "[d]"},
              {"varianceStandardError", "its standard error", "", "[d]"},
              {"gibbsVariance", "of the Gibbs law, where it is known", "", "[d]"},
              {"predictedVariance", "of the limit law of the chain, where it is known", "", "[d]"},
              {"meanValue", "mean of f(x), and its standard error", "", "[2]"},
              {"gibbsMeanValue", "E f under the Gibbs law", "", "[1]"},
              {"autocorrelationTime",
               "integrated, of the first coordinate; its standard error; 1 if the window closed, "
               "else it is too short",
               "steps", "[3]"},
              {"predictedAutocorrelationTime", "on a quadratic", "steps", "[1]"},
              {"effectiveSampleSize", "independent points that the late steps are worth", "",
               "[1]"},
              {"acceptance", "share of the proposals accepted, and its standard error", "", "[2]"},
              {"predictedAcceptance", "on a parabola", "", "[1]"},
              {"startInstead",
               "where the walkers began, if not at (x₀, y₀) since f is undefined there; else empty",
               "", "[d]"},
              {"wells", "minimisers on the line, from left to right", "", "[k]"},
              {"wellMass", "share of the walkers in each well", "", "[k]"},
              {"wellMassStandardError", "its standard error", "", "[k]"},
              {"gibbsWellMass", "mass of each well under the Gibbs law", "", "[k]"},
              {"window", "xMin, xMax, yMin, yMax of the cells", "", "[4]"},
              {"grid", "x of the curves on the line", "", "[points]"},
              {"curve", "f on the grid", "", "[points]"},
              {"field", "f over the window of the plane", "", "[rows, columns]"},
              {"curvature", "largest f'' at the minimisers", "", "[1]"},
              {"minimum", "least f", "", "[1]"},
              {"suggestedStart", "a start from which this objective shows something", "", "[d]"},
          },
      .create = createGibbs,
  };
}

}  // namespace wv
