// The paper's headline: a network on real digits, by SGD and by Entropy-SGD, and how flat the
// valleys are that they end in.
#include <array>
#include <optional>

#include "experiment/network_measures.hpp"
#include "experiment/network_training.hpp"
#include "experiment/registry.hpp"

namespace wv {
namespace {

constexpr int sliceSide = 21;

// What is worked out from the weights of one step when someone asks.
struct Looks {
  std::vector<double> confusion, wrongDigits, wrongLabels;
  bool classified = false;
  std::vector<double> slice;
  std::optional<HessianSpectrum> hessian;
  std::vector<double> spectrum, trace, nearZero;
};

class NetworkExperiment final : public Experiment {
 public:
  NetworkExperiment(const Settings& settings, NetworkPlan plan)
      : Experiment(settings),
        training_(plan, settings),
        test_(training_.network().shape(), plan.split.test, 0),
        testRows_(std::move(plan.split.testRows)),
        pictures_(std::move(plan.split.wholeTestInputs)),
        seed_(plan.seed) {
    budget_ = {static_cast<double>(training_.lastStep())};
    samples_ = {static_cast<double>(training_.network().terms()),
                static_cast<double>(test_.terms()),
                static_cast<double>(measuredSamples(training_.network()).size())};
    weights_ = {static_cast<double>(training_.network().dim())};
    for (int i = 0; i < sliceSide; ++i) {
      sliceAxis_.push_back(sliceAbscissa(i, sliceSide));
    }
    record();
  }

  Status status() const override { return {runState_, training_.stepsMade()}; }

  Channel channel(std::string_view id) const override {
    Channel kept = findChannel(vectors(), id);
    if (!kept.shape.empty()) {
      return kept;
    }
    if (id == "slice") {
      return slice();
    }
    const Channel classes = classification(id);
    return classes.shape.empty() ? curvature(id) : classes;
  }

 protected:
  void advanceOneStep() override {
    looks_ = {};
    if (!training_.step()) {
      runState_ = RunState::diverged;
      return;
    }
    if (training_.stepsMade() % training_.stepsPerEpoch() == 0) {
      record();
    }
    if (training_.stepsMade() >= training_.lastStep()) {
      runState_ = RunState::finished;
    }
  }

  void apply(std::string_view id, const Value& value) override { training_.set(id, value); }

 private:
  std::array<NamedValues, 9> vectors() const {
    return {{{"gradientEvaluations", &gradientEvaluations_},
             {"trainLoss", &trainLoss_},
             {"testLoss", &testLoss_},
             {"trainError", &trainError_},
             {"testError", &testError_},
             {"budget", &budget_},
             {"samples", &samples_},
             {"weights", &weights_},
             {"sliceAxis", &sliceAxis_}}};
  }

  void record() {
    const Point weights = training_.weights();
    const auto train = training_.network().evaluate(weights);
    const auto test = test_.evaluate(weights);
    gradientEvaluations_.push_back(training_.gradientEvaluations());
    trainLoss_.push_back(train.loss);
    testLoss_.push_back(test.loss);
    trainError_.push_back(train.errors / samples_[0]);
    testError_.push_back(test.errors / samples_[1]);
  }

  Channel slice() const {
    if (looks_.slice.empty()) {
      looks_.slice =
          filterNormalizedSlice(training_.network(), training_.weights(), sliceSide, seed_);
    }
    return {{sliceSide, sliceSide}, looks_.slice.data()};
  }

  // What the test set is taken for. No shape when the channel is another one.
  Channel classification(std::string_view id) const {
    if (!looks_.classified) {
      classify();
    }
    const int classes = static_cast<int>(test_.shape().classes());
    const int pixels = static_cast<int>(pictures_.rows());
    const int wrong = static_cast<int>(looks_.wrongLabels.size()) / 3;
    if (id == "confusionMatrix") {
      return {{classes, classes}, looks_.confusion.data()};
    }
    if (id == "wrongDigits") {
      return {{wrong, pixels}, looks_.wrongDigits.data()};
    }
    if (id == "wrongLabels") {
      return {{wrong, 3}, looks_.wrongLabels.data()};
    }
    return {};
  }

  void classify() const {
    const auto predictions = test_.evaluate(training_.weights()).predictions;
    const auto classes = static_cast<std::size_t>(test_.shape().classes());
    looks_.confusion.assign(classes * classes, 0.0);
    for (Eigen::Index i = 0; i < predictions.size(); ++i) {
      const int label = test_.samples().labels(i);
      const auto cell = static_cast<std::size_t>(label) * classes;
      looks_.confusion[cell + static_cast<std::size_t>(predictions(i))] += 1;
      if (label != predictions(i)) {
        const auto pixels = pictures_.col(i);
        looks_.wrongDigits.insert(looks_.wrongDigits.end(), pixels.begin(), pixels.end());
        looks_.wrongLabels.insert(looks_.wrongLabels.end(),
                                  {static_cast<double>(label), static_cast<double>(predictions(i)),
                                   static_cast<double>(testRows_(i))});
      }
    }
    looks_.classified = true;
  }

  Channel curvature(std::string_view id) const {
    if (!looks_.hessian) {
      looks_.hessian = hessianSpectrum(training_.network(), training_.weights(), seed_);
      const HessianSpectrum& found = *looks_.hessian;
      for (std::size_t k = 0; k < found.values.size(); ++k) {
        looks_.spectrum.insert(looks_.spectrum.end(), {found.values[k], found.shares[k]});
      }
      looks_.trace = {found.trace, found.traceStandardError};
      looks_.nearZero = {found.nearZero};
    }
    if (id == "hessianSpectrum") {
      return {{static_cast<int>(looks_.spectrum.size()) / 2, 2}, looks_.spectrum.data()};
    }
    return vectorChannel(id == "trace"      ? looks_.trace
                         : id == "nearZero" ? looks_.nearZero
                                            : looks_.hessian->largest);
  }

  NetworkTraining training_;
  Network test_;
  IndexColumn testRows_;
  Matrix pictures_;
  std::uint32_t seed_;
  RunState runState_ = RunState::running;
  std::vector<double> gradientEvaluations_, trainLoss_, testLoss_, trainError_, testError_;
  std::vector<double> budget_, samples_, weights_, sliceAxis_;
  mutable Looks looks_;
};

Creation createNetwork(const Settings& settings, const DataLibrary& data) {
  Creation creation;
  std::optional<NetworkPlan> plan = planNetwork(settings, data, creation.issues);
  if (plan) {
    creation.experiment = std::make_unique<NetworkExperiment>(settings, std::move(*plan));
  }
  return creation;
}

}  // namespace

ExperimentInfo networkExperiment() {
  return {
      .id = "network",
      .title = "A network on real digits",
      .section = "Title; Entropy-SGD",
      .parameters = networkParameters(),
      .channels =
          {
              {"gradientEvaluations", "at the start and after each epoch", "term gradients", "[k]"},
              {"trainLoss", "mean of −log p(label) over the training set", "", "[k]"},
              {"testLoss", "the same over the test set", "", "[k]"},
              {"trainError", "share of the training set that is taken for another digit", "",
               "[k]"},
              {"testError", "the same of the test set", "", "[k]"},
              {"budget", "steps of the whole training, each one stochastic gradient", "steps",
               "[1]"},
              {"samples",
               "in the training set, in the test set, and those of the training set that the "
               "Hessian and the slice are measured on",
               "", "[3]"},
              {"weights", "how many there are, biases included", "", "[1]"},
              {"confusionMatrix", "digits of the test set by label (row) and by answer (column)",
               "", "[10, 10]"},
              {"wrongDigits", "pixels of the test digits taken for another one, row by row, 0 to 1",
               "", "[k, 64]"},
              {"wrongLabels", "their label, the answer, and their row in the data set from 0", "",
               "[k, 3]"},
              {.id = "hessianEigenvalues",
               .label = "the largest eigenvalues of the training loss’s Hessian, by Lanczos",
               .shape = "[10]",
               .costly = true},
              {.id = "hessianSpectrum",
               .label = "its spectral density: values, and the share of the eigenvalues that each "
                        "stands for",
               .shape = "[k, 2]",
               .costly = true},
              {.id = "trace",
               .label = "of the Hessian by Hutchinson’s estimate, and its standard error",
               .shape = "[2]",
               .costly = true},
              {.id = "nearZero",
               .label = "share of the eigenvalues within 1 % of the largest from 0",
               .shape = "[1]",
               .costly = true},
              {.id = "slice",
               .label = "training loss around the weights in two filter-normalised directions",
               .shape = "[g, g]",
               .costly = true},
              {"sliceAxis", "both coordinates of the slice, the weights at 0", "", "[g]"},
          },
      .create = createNetwork,
  };
}

}  // namespace wv
