// Section 4.2 of the lecture: every weight vector of a small binary perceptron, and how those
// without an error lie to one another.
#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/perceptron_parameters.hpp"
#include "experiment/registry.hpp"
#include "experiment/shared_parameters.hpp"
#include "perceptron/enumeration.hpp"
#include "perceptron/generalisation.hpp"
#include "perceptron/solutions.hpp"

namespace wv {
namespace {

constexpr std::uint32_t blocksAStep = 512;
constexpr std::size_t mostCompared = 2000;
// Fewer where each is to be compared with very many: words of 64 vectors looked at in about a
// second.
constexpr std::size_t mostWords = 100'000'000;
constexpr int sampledPatterns = 4000;
// Runs of an algorithm on the same patterns, to see which solutions learning finds.
constexpr std::uint32_t learners = 60;
constexpr std::uint32_t mostEpochs = 400;

class PerceptronExperiment final : public Experiment {
 public:
  explicit PerceptronExperiment(const Settings& settings)
      : Experiment(settings),
        seed_(static_cast<std::uint32_t>(settings.number("seed"))),
        radius_(static_cast<int>(settings.number("radius"))),
        algorithm_(settings.text("algorithm")),
        instance_(makePerceptron(static_cast<int>(settings.number("d")),
                                 static_cast<int>(settings.number("n")), labelsOf(settings),
                                 seed_)),
        enumeration_(instance_) {
    const int d = instance_.d, n = instance_.n;
    const bool hasTeacher = labelsOf(settings) == PerceptronLabels::teacher;
    testError_ = generalisationErrors(d);
    expectedHistogram_ =
        hasTeacher ? expectedHistogramOfTeacher(d, n) : expectedHistogramOfStorage(d, n);
    for (int m = 0; m <= n; ++m) {
      const std::vector<double> all = expectedSolutions(d, m);
      double sum = 0;
      for (const double count : all) {
        sum += count;
      }
      expectedByPatterns_.push_back(hasTeacher ? sum : std::ldexp(1, d - m));
    }
    if (hasTeacher) {
      expectedDistance_ = expectedSolutions(d, n);
    } else {
      expectedDistance_ = expectedSolutions(d, 0);
      for (double& count : expectedDistance_) {
        count = std::ldexp(count, -n);
      }
    }
    sampleTestErrors();
  }

  Status status() const override {
    return {enumeration_.isFinished() ? RunState::finished : RunState::running, step_};
  }

  Channel channel(std::string_view id) const override {
    done_ = {enumeration_.vectorsDone(), std::ldexp(1, instance_.d)};
    if (id == "clusters" || id == "solutions" || id == "learned") {
      fillSolutions();
    }
    return findChannel(named(), id);
  }

 protected:
  void advanceOneStep() override {
    enumeration_.advance(blocksAStep);
    ++step_;
    areSolutionsKnown_ = false;
  }
  void apply(std::string_view, const Value&) override {}

 private:
  std::array<NamedValues, 12> named() const {
    return {{{"energyHistogram", &enumeration_.histogram()},
             {"expectedHistogram", &expectedHistogram_},
             {"done", &done_},
             {"solutionsByPatterns", &enumeration_.solutionsByPatterns()},
             {"expectedByPatterns", &expectedByPatterns_},
             {"teacherDistance", &enumeration_.solutionsByDistance()},
             {"expectedDistance", &expectedDistance_},
             {"testError", &testError_},
             {"testErrorSampled", &sampled_, 2},
             {"clusters", &clusters_},
             {"solutions", &solutions_, 3},
             {"learned", &learned_, 3}}};
  }

  // Pairs that differ in their first k weights, on random patterns of their own: by symmetry any
  // pair at that distance.
  void sampleTestErrors() {
    const int d = instance_.d;
    const WeightBits all = (WeightBits{1} << d) - 1;
    for (int k = 0; k <= d; ++k) {
      const WeightBits other = (WeightBits{1} << k) - 1;
      int differ = 0;
      for (std::uint32_t i = 0; i < sampledPatterns; ++i) {
        const Address address{seed_, Stream::uniform, static_cast<std::uint32_t>(k), 0, 0};
        const WeightBits x = wordsAt(address, i)[0] & all;
        differ += (2 * hammingDistance(x, 0) > d) != (2 * hammingDistance(x, other) > d) ? 1 : 0;
      }
      const double mean = static_cast<double>(differ) / sampledPatterns;
      sampled_.insert(sampled_.end(), {mean, std::sqrt(mean * (1 - mean) / sampledPatterns)});
    }
  }

  void fillSolutions() const {
    if (areSolutionsKnown_) {
      return;
    }
    areSolutionsKnown_ = true;
    const Neighbourhoods near(enumeration_.solutions(), radius_);
    const std::size_t affordable = mostWords / std::max<std::size_t>(1, near.words());
    const std::vector<WeightBits> compared =
        enumeration_.sample(std::min(mostCompared, affordable));
    const SolutionClusters clusters = clusterSolutions(enumeration_.solutions(), compared);
    clusters_.assign(clusters.sizes.begin(), clusters.sizes.end());
    solutions_ = rowsOf(compared, clusters.sizeOf, near);
    if (enumeration_.isFinished()) {
      learn(near);
    }
  }

  // Of each its distance to the teacher, its neighbours, and what else is known of it.
  std::vector<double> rowsOf(const std::vector<WeightBits>& some, const std::vector<int>& known,
                             const Neighbourhoods& near) const {
    const WeightBits teacher = bitsOfWeights(instance_.teacher);
    std::vector<double> rows;
    for (std::size_t k = 0; k < some.size(); ++k) {
      rows.insert(rows.end(),
                  {static_cast<double>(hammingDistance(some[k], teacher)),
                   static_cast<double>(near.count(some[k])), static_cast<double>(known[k])});
    }
    return rows;
  }

  void learn(const Neighbourhoods& near) const {
    std::vector<WeightBits> ends;
    std::vector<int> epochs;
    for (std::uint32_t replicate = 0; replicate < learners && enumeration_.histogram()[0] > 0;
         ++replicate) {
      const auto learner = makeLearner(algorithm_, {}, instance_, {seed_, replicate});
      const auto errors = [&] { return perceptronErrors(instance_, learner->weights().data()); };
      while (learner->epochs() < mostEpochs && errors() > 0) {
        learner->epoch();
      }
      if (errors() == 0) {
        ends.push_back(bitsOfWeights(learner->weights()));
        epochs.push_back(static_cast<int>(learner->epochs()));
      }
    }
    learned_ = rowsOf(ends, epochs, near);
  }

  std::uint32_t seed_, step_ = 0;
  int radius_;
  std::string algorithm_;
  PerceptronInstance instance_;
  PerceptronEnumeration enumeration_;
  std::vector<double> testError_, expectedHistogram_, expectedByPatterns_, expectedDistance_,
      sampled_;
  mutable bool areSolutionsKnown_ = false;
  mutable std::vector<double> done_, clusters_, solutions_, learned_;
};

std::vector<Parameter> perceptronParameters() {
  return {
      oddDimensionParameter(7, largestEnumerated, 21, "weights; all 2^d are gone through"),
      {.id = "n",
       .label = "patterns",
       .symbol = "n",
       .help = "random inputs with their labels",
       .kind = Kind::integer,
       .initial = 12.0,
       .min = 1,
       .max = mostEnumeratedPatterns},
      perceptronLabelsParameter("teacher"),
      {.id = "radius",
       .label = "near",
       .symbol = "r",
       .help = "solutions within so many flips count as neighbours",
       .kind = Kind::integer,
       .initial = 3.0,
       .min = 1,
       .max = 8},
      perceptronAlgorithmParameter("whose solutions are marked among all"),
      seedParameter(),
  };
}

Creation createPerceptron(const Settings& settings, const DataLibrary&) {
  return {std::make_unique<PerceptronExperiment>(settings), {}};
}

}  // namespace

ExperimentInfo perceptronExperiment() {
  return {
      .id = "perceptron",
      .title = "Binary perceptron",
      .section = "§4.2, Questions 17 and 18",
      .parameters = perceptronParameters(),
      .channels =
          {
              {"energyHistogram", "weight vectors gone through with E errors", "", "[n+1]"},
              {"expectedHistogram", "expected over random patterns, of all 2^d", "", "[n+1]"},
              {"done", "weight vectors gone through, and 2^d", "", "[2]"},
              {"solutionsByPatterns", "of these, without an error on the first m patterns", "",
               "[n+1]"},
              {"expectedByPatterns", "expected of all 2^d", "", "[n+1]"},
              {"teacherDistance", "solutions by their distance to the teacher", "", "[d+1]"},
              {"expectedDistance", "C(d,k)(1 − εₖ)ⁿ; of random labels C(d,k)/2ⁿ", "", "[d+1]"},
              {"testError", "εₖ: probability of another label at distance k, exact", "", "[d+1]"},
              {"testErrorSampled", "εₖ by 4000 random patterns, and its standard error", "",
               "[d+1, 2]"},
              {"clusters", "sizes of the clusters that single flips connect", "", "[c]", true},
              {"solutions",
               "of each solution, or of at most 2000 evenly among them, the distance to the "
               "teacher, neighbours among all, cluster size",
               "", "[m, 3]", true},
              {"learned",
               "of the solutions that the algorithm finds in 60 runs: distance to the teacher, "
               "neighbours among all, epochs",
               "", "[s, 3]", true},
          },
      .create = createPerceptron,
  };
}

}  // namespace wv
