// Question 17 of the lecture: algorithms that find weights of +1 and -1, run on several instances
// at once.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/perceptron_parameters.hpp"
#include "experiment/registry.hpp"
#include "experiment/shared_parameters.hpp"
#include "method/sampler.hpp"

namespace wv {
namespace {

int patternsOf(const Settings& settings) {
  const double d = settings.number("d");
  return std::max(1, static_cast<int>(std::floor(settings.number("load") * d + 0.5)));
}

LearningRates ratesOf(const Settings& settings) {
  return {.cautious = settings.number("cautious"),
          .cooling = settings.number("cooling"),
          .coupling = settings.number("coupling"),
          .pairs = static_cast<int>(settings.number("pairs")),
          .reinforcement = settings.number("reinforcement")};
}

class PerceptronLearning final : public Experiment {
 public:
  explicit PerceptronLearning(const Settings& settings)
      : Experiment(settings), mostEpochs_(static_cast<std::uint32_t>(settings.number("epochs"))) {
    const int d = static_cast<int>(settings.number("d"));
    const auto seed = static_cast<std::uint32_t>(settings.number("seed"));
    hasTeacher_ = labelsOf(settings) == PerceptronLabels::teacher;
    const auto runs = static_cast<std::uint32_t>(settings.number("replicates"));
    // The learners refer to the instances.
    instances_.reserve(runs);
    for (std::uint32_t run = 0; run < runs; ++run) {
      const std::uint32_t replicate = settings.firstReplicate() + run;
      const std::uint64_t instanceSeed = (std::uint64_t{replicate} << 32) | seed;
      instances_.push_back(
          makePerceptron(d, patternsOf(settings), labelsOf(settings), instanceSeed));
      learners_.push_back(makeLearner(settings.text("algorithm"), ratesOf(settings),
                                      instances_.back(), {seed, replicate}));
    }
    solvedAt_.assign(runs, -1);
    record();
  }

  Status status() const override { return {runState_, step_}; }
  Channel channel(std::string_view id) const override { return findChannel(named(), id); }

 protected:
  void advanceOneStep() override {
    for (std::size_t r = 0; r < learners_.size(); ++r) {
      if (solvedAt_[r] < 0) {
        learners_[r]->epoch();
      }
    }
    ++step_;
    record();
  }
  void apply(std::string_view, const Value&) override {}

 private:
  std::array<NamedValues, 4> named() const {
    return {{{"errors", &errors_, static_cast<int>(learners_.size())},
             {"overlap", &overlap_, static_cast<int>(learners_.size())},
             {"solvedAt", &solvedAt_},
             {"solvedShare", &solvedShare_}}};
  }

  void record() {
    double solved = 0;
    for (std::size_t r = 0; r < learners_.size(); ++r) {
      const std::int8_t* w = learners_[r]->weights().data();
      const int errors = perceptronErrors(instances_[r], w);
      errors_.push_back(errors);
      const int d = instances_[r].d;
      overlap_.push_back(
          hasTeacher_ ? static_cast<double>(signProduct(w, instances_[r].teacher.data(), d)) / d
                      : 0);
      if (errors == 0 && solvedAt_[r] < 0) {
        solvedAt_[r] = step_;
      }
      solved += solvedAt_[r] >= 0 ? 1 : 0;
    }
    const auto runs = static_cast<double>(learners_.size());
    const double share = solved / runs;
    // Of a mean of runs that succeed or not.
    solvedShare_ = {share, std::sqrt(share * (1 - share) / runs)};
    if (share == 1 || step_ >= mostEpochs_) {
      runState_ = RunState::finished;
    }
  }

  bool hasTeacher_ = false;
  std::uint32_t step_ = 0, mostEpochs_;
  RunState runState_ = RunState::running;
  std::vector<PerceptronInstance> instances_;
  std::vector<std::unique_ptr<PerceptronLearner>> learners_;
  std::vector<double> errors_, overlap_, solvedAt_, solvedShare_;
};

struct Rate {
  std::string_view id, label, symbol, help;
  double initial, min, max;
  std::vector<std::string_view> algorithms;
};

Parameter rateParameter(const Rate& rate) {
  return {.id = rate.id,
          .label = rate.label,
          .symbol = rate.symbol,
          .help = rate.help,
          .kind = Kind::real,
          .initial = rate.initial,
          .min = rate.min,
          .max = rate.max,
          .relevant = {{"algorithm", rate.algorithms}}};
}

std::vector<Parameter> learningParameters() {
  const LearningRates usual;
  Parameter replicates = replicatesParameter(5);
  replicates.max = 20;
  return {
      oddDimensionParameter(51, 2001, 301, "weights"),
      {.id = "load",
       .label = "load",
       .symbol = "n/d",
       .help = "patterns per weight",
       .kind = Kind::real,
       .initial = 0.5,
       .min = 0.02,
       .max = 4},
      perceptronLabelsParameter("storage"),
      perceptronAlgorithmParameter("how weights of +1 and −1 are sought"),
      rateParameter({"cautious",
                     "caution",
                     "p",
                     "how often a barely right pattern is strengthened",
                     usual.cautious,
                     0,
                     1,
                     {sbpiId}}),
      rateParameter({"cooling",
                     "cooling",
                     "",
                     "β grows by this each epoch",
                     usual.cooling,
                     0.001,
                     10,
                     {annealingId, replicatedId}}),
      rateParameter({"coupling",
                     "coupling",
                     "",
                     "γ grows by this each epoch",
                     usual.coupling,
                     0,
                     10,
                     {replicatedId}}),
      {.id = "pairs",
       .label = "pairs of replicas",
       .help = "beside the one that makes their number odd",
       .kind = Kind::integer,
       .initial = static_cast<double>(usual.pairs),
       .min = 1,
       .max = 4,
       .relevant = {{"algorithm", {replicatedId}}}},
      rateParameter({"reinforcement",
                     "reinforcement",
                     "ρ",
                     "how fast beliefs are held to: 1/Y = (1 − ρ)ᵗ",
                     usual.reinforcement,
                     0,
                     0.5,
                     {beliefsId}}),
      {.id = "epochs",
       .label = "most epochs",
       .help = "where a run that has not succeeded is given up",
       .kind = Kind::integer,
       .initial = 200.0,
       .min = 1,
       .max = 5000},
      replicates,
      seedParameter(),
  };
}

// What each pattern's entry takes, in bytes: the pattern, its column, its message.
double bytesAnEntry(const std::string& algorithm) {
  return algorithm == beliefsId ? 9 : algorithm == clippedId || algorithm == sbpiId ? 1 : 2;
}

Creation createLearning(const Settings& settings, const DataLibrary&) {
  std::vector<Issue> issues;
  const double bytes = settings.number("replicates") * settings.number("d") * patternsOf(settings) *
                       bytesAnEntry(settings.text("algorithm"));
  if (bytes > largestTableBytes) {
    issues.push_back({"load", "The patterns of all runs would take " +
                                  formatNumber(std::round(bytes / 1e6)) +
                                  " million bytes, and load, d and replicates may ask for " +
                                  formatNumber(largestTableBytes / 1e6) + " million at most."});
  }
  if (!issues.empty()) {
    return {nullptr, std::move(issues)};
  }
  return {std::make_unique<PerceptronLearning>(settings), {}};
}

}  // namespace

ExperimentInfo perceptronLearningExperiment() {
  return {
      .id = "perceptron-learning",
      .title = "Learning a binary perceptron",
      .section = "§4.2, Question 17",
      .parameters = learningParameters(),
      .channels =
          {
              {"errors", "patterns that each run errs on", "", "[t+1, R]"},
              {"overlap", "w·w*/d with the teacher; 0 of random labels", "", "[t+1, R]"},
              {"solvedAt", "epochs until no error was left, −1 of a run that is not there", "",
               "[R]"},
              {"solvedShare", "share of the runs without an error, and its standard error", "",
               "[2]"},
          },
      .create = createLearning,
  };
}

}  // namespace wv
