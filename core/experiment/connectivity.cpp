// Are minima connected? Pairs of small networks trained to one loss, and paths between them that
// Dynamic String Sampling finds or does not.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "experiment/connectivity_settings.hpp"
#include "experiment/path_plane.hpp"
#include "experiment/registry.hpp"
#include "experiment/trained_ends.hpp"
#include "landscape/dependent_units.hpp"
#include "landscape/string_sampling.hpp"

namespace wv {
namespace {

using Eigen::Index;

// Of the path's and the chord's loss in the picture; a divisor of the points that the search looks
// at, so that it shows no other.
constexpr int drawnPoints = 16;
constexpr int segmentPoints = 32;
constexpr int chordPoints = 256;
// A level above the loss of an end that training has not brought below L0.
constexpr double failedRoom = 1.04;

class Connectivity final : public Experiment {
 public:
  explicit Connectivity(const Settings& settings)
      : Experiment(settings),
        plan_(planConnectivity(settings)),
        ends_(plan_),
        leastDependentLoss_(hasSquareWeights(plan_.network) ? leastDependentLoss(plan_.network)
                                                            : 0) {
    beginSearches();
  }

  Status status() const override {
    return {isFinished_ ? RunState::finished : RunState::running, step_};
  }

  Channel channel(std::string_view id) const override {
    report();
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    ++step_;
    if (!ends_.isOver()) {
      ends_.step();
      beginSearches();
      return;
    }
    for (StringSampling& search : searches_) {
      search.step();
    }
    finish();
  }

  void apply(std::string_view, const Value&) override {}

 private:
  std::array<NamedValues, 20> named() const {
    return {{{"path", &path_, 2},
             {"beads", &beads_, plan_.network.dim()},
             {"window", &window_},
             {"planeBeads", &planeBeads_},
             {"field", &field_, PathPlane::fieldSide},
             {"profile", &profile_, 2},
             {"chord", &chord_, 2},
             {"level", &level_},
             {"highest", &highest_},
             {"barrier", &barrier_},
             {"chordBarrier", &chordBarrier_},
             {"lengthRatio", &lengthRatio_},
             {"beadCount", &beadCount_},
             {"found", &found_},
             {"searched", &searched_},
             {"endLoss", &endLoss_, 2},
             {"attempts", &attempts_, 2},
             {"endsTrained", &endsTrained_},
             {"wall", &wall_},
             {"gradientEvaluations", &evaluations_}}};
  }

  double worseEnd(int pair) const { return std::max(ends_.loss(pair, 0), ends_.loss(pair, 1)); }
  bool isTrained(int pair) const { return worseEnd(pair) <= plan_.level; }
  // Where training has failed, a path from the worse end must be allowed its loss.
  double levelOf(int pair) const {
    return !ends_.isOver() || isTrained(pair) ? plan_.level : failedRoom * worseEnd(pair);
  }
  double targetOf(int pair) const {
    return isTrained(pair) ? trainedShare * plan_.level : std::sqrt(failedRoom) * worseEnd(pair);
  }

  // What every path between these ends must cross; 0 where nothing is known.
  double wallOf(int pair) const {
    const bool isKnown = hasSquareWeights(plan_.network) &&
                         areTurnedOver(plan_.network, ends_.end(pair, 0), ends_.end(pair, 1));
    return isKnown ? leastDependentLoss_ : 0;
  }

  void beginSearches() {
    if (!ends_.isOver()) {
      return;
    }
    for (int pair = 0; pair < plan_.pairs; ++pair) {
      const double level = levelOf(pair);
      searches_.emplace_back(plan_.network,
                             StringSettings{.level = level,
                                            .beads = {.target = targetOf(pair),
                                                      .stepSize = trainingStep,
                                                      .patience = plan_.patience},
                                            .mostBeads = plan_.mostBeads,
                                            .segmentPoints = segmentPoints},
                             ends_.end(pair, 0), ends_.end(pair, 1));
    }
    finish();
  }

  void finish() {
    isFinished_ = std::all_of(searches_.begin(), searches_.end(),
                              [](const StringSampling& search) { return search.isOver(); });
  }

  Block endsOf(int pair) const {
    Block ends(2, plan_.network.dim());
    for (int which = 0; which < 2; ++which) {
      ends.row(which) = ends_.end(pair, which).transpose().array();
    }
    return ends;
  }

  void report() const {
    if (reported_ == step_) {
      return;
    }
    reported_ = step_;
    reportPairs();
    reportPath();
  }

  void reportPairs() const {
    for (std::vector<double>* values :
         {&level_, &highest_, &barrier_, &chordBarrier_, &lengthRatio_, &beadCount_, &found_,
          &searched_, &endLoss_, &attempts_, &wall_}) {
      values->clear();
    }
    double updates = ends_.updates();
    for (int pair = 0; pair < plan_.pairs; ++pair) {
      const Block ends = endsOf(pair);
      const double level = levelOf(pair);
      const double onChord = valuesOnPath(plan_.network, ends, chordPoints).maxCoeff();
      const bool isSearched = !searches_.empty();
      const StringSampling* search =
          isSearched ? &searches_[static_cast<std::size_t>(pair)] : nullptr;
      const double highest = search ? search->highest() : onChord;
      level_.push_back(level);
      highest_.push_back(highest);
      barrier_.push_back(std::max(0.0, highest - level));
      chordBarrier_.push_back(std::max(0.0, onChord - level));
      lengthRatio_.push_back(search ? search->lengthRatio() : 1);
      beadCount_.push_back(search ? static_cast<double>(search->beads().rows()) : 2);
      found_.push_back(search && search->isOver() && search->holdsLevel() ? 1 : 0);
      searched_.push_back(search && search->isOver() ? 1 : 0);
      wall_.push_back(wallOf(pair));
      for (int which = 0; which < 2; ++which) {
        endLoss_.push_back(ends_.loss(pair, which));
        attempts_.push_back(ends_.attempts(pair, which));
      }
      updates += search ? search->updates() : 0;
    }
    endsTrained_ = {ends_.isOver() ? 1.0 : 0.0};
    evaluations_ = {updates * plan_.network.terms()};
  }

  void reportPath() const {
    const StringSampling* search =
        searches_.empty() ? nullptr : &searches_[static_cast<std::size_t>(plan_.shown)];
    const Block beads = search ? search->beads() : endsOf(plan_.shown);
    // The plane moves only when a generation of beads has come to rest, or with the ends.
    const int generation = search ? search->generation() : -1;
    if (!plane_ || !search || generation != planeOf_) {
      const Block resting = search ? search->restingBeads() : beads;
      plane_.emplace(plan_.network, resting);
      planeBeads_ = {static_cast<double>(resting.rows())};
      planeOf_ = generation;
      const Window& box = plane_->window();
      window_ = {box.xMin, box.xMax, box.yMin, box.yMax};
      field_ = plane_->field();
    }
    path_ = plane_->feet(beads);
    beads_.clear();
    for (Index r = 0; r < beads.rows(); ++r) {
      const Point bead = beads.row(r).transpose().matrix();
      beads_.insert(beads_.end(), bead.begin(), bead.end());
    }
    profile_ = profileOf(beads, drawnPoints);
    chord_ = profileOf(endsOf(plan_.shown), chordPoints);
  }

  // Rows of (share of the path's length, loss).
  std::vector<double> profileOf(const Block& beads, int points) const {
    const Column values = valuesOnPath(plan_.network, beads, points);
    std::vector<double> profile = {0, values(0)};
    double length = 0;
    for (Index i = 0; i + 1 < beads.rows(); ++i) {
      const double segment = (beads.row(i + 1) - beads.row(i)).matrix().norm();
      for (int k = 1; k <= points; ++k) {
        profile.push_back(length + segment * k / points);
        profile.push_back(values(i * points + k));
      }
      length += segment;
    }
    for (std::size_t i = 0; i < profile.size() && length > 0; i += 2) {
      profile[i] /= length;
    }
    return profile;
  }

  ConnectivityPlan plan_;
  TrainedEnds ends_;
  double leastDependentLoss_;
  std::vector<StringSampling> searches_;
  std::uint32_t step_ = 0;
  bool isFinished_ = false;

  // As of the last report.
  mutable std::uint32_t reported_ = ~0U;
  mutable std::optional<PathPlane> plane_;
  mutable int planeOf_ = -1;
  mutable std::vector<double> path_, beads_, window_, planeBeads_, field_, profile_, chord_, level_,
      highest_, barrier_, chordBarrier_, lengthRatio_, beadCount_, found_, searched_, endLoss_,
      attempts_, endsTrained_, wall_, evaluations_;
};

Creation createConnectivity(const Settings& settings, const DataLibrary&) {
  std::vector<Issue> issues;
  if (settings.text("ends") == "exchanged" && settings.number("width") < 2) {
    issues.push_back({"ends", "ends can be “exchanged” from width 2 on; 1 has no two units."});
  }
  return createUnlessRefused<Connectivity>(std::move(issues), settings);
}

}  // namespace

ExperimentInfo connectivityExperiment() {
  return {
      .id = "connectivity",
      .title = "Are minima connected?",
      .section = "§4.1",
      .parameters = connectivityParameters(),
      .channels =
          {
              {"path",
               "the beads of the pair in the picture, projected onto the plane through both ends "
               "and the beads' mean, in distances of the ends",
               "", "[beads, 2]"},
              {"beads", "their weights: those into each hidden unit, then those out", "",
               "[beads, p(d+1)]"},
              {"window", "the box of the picture: x from, to, y from, to", "", "[4]"},
              {"planeBeads",
               "how many beads that mean is over, the ones at rest; of 2, which are the ends, the "
               "plane takes the way downhill from the middle",
               "", "[1]"},
              {"field", "the loss in that plane", "", "[64, 64]"},
              {"profile", "share of the path's length, and the loss there", "", "[points, 2]"},
              {"chord", "the same on the straight line between the ends", "", "[points, 2]"},
              {"level",
               "the level of each pair: L0, or a little above its worse end where training failed",
               "", "[pairs]"},
              {"highest", "the highest loss seen on the path", "", "[pairs]"},
              {"barrier", "how far that is above the level", "", "[pairs]"},
              {"chordBarrier", "the same of the straight line", "", "[pairs]"},
              {"lengthRatio", "the path's length over that of the straight line", "", "[pairs]"},
              {"beadCount", "beads on the path", "", "[pairs]"},
              {"found", "1 if the search has ended with a path below the level", "", "[pairs]"},
              {"searched", "1 if the search has ended", "", "[pairs]"},
              {"endLoss", "the loss of both ends", "", "[pairs, 2]"},
              {"attempts", "trainings begun for each end", "", "[pairs, 2]"},
              {"endsTrained", "1 once every end is trained and the searches have begun", "", "[1]"},
              {"wall",
               "a loss that every path between the ends must reach, for p = d ≤ 2 and ends on both "
               "sides of det W = 0; else 0",
               "", "[pairs]"},
              {"gradientEvaluations", "term gradients of all trainings so far", "", "[1]"},
          },
      .create = createConnectivity,
  };
}

}  // namespace wv
