#include "experiment/perceptron_parameters.hpp"

#include <string>

#include "perceptron/annealed_perceptron.hpp"
#include "perceptron/belief_propagation.hpp"
#include "perceptron/clipped_perceptron.hpp"

namespace wv {
namespace {

constexpr std::string_view teacherId = "teacher", storageId = "storage";

}  // namespace

Parameter oddDimensionParameter(int least, int most, int initial, std::string_view help) {
  return {.id = "d",
          .label = "dimension",
          .symbol = "d",
          .help = help,
          .kind = Kind::integer,
          .initial = static_cast<double>(initial),
          .min = static_cast<double>(least),
          .max = static_cast<double>(most),
          .stride = 2};
}

Parameter perceptronLabelsParameter(std::string_view initial) {
  return {.id = "labels",
          .label = "labels",
          .help = "where they come from",
          .kind = Kind::choice,
          .initial = std::string(initial),
          .choices = {{teacherId, "of a teacher", "y = sign(w*·x): there is a solution"},
                      {storageId, "random", "+1 or −1 by chance: nothing but memory"}}};
}

PerceptronLabels labelsOf(const Settings& settings) {
  return settings.text("labels") == teacherId ? PerceptronLabels::teacher
                                              : PerceptronLabels::storage;
}

Parameter perceptronAlgorithmParameter(std::string_view help) {
  return {.id = "algorithm",
          .label = "algorithm",
          .help = help,
          .kind = Kind::choice,
          .initial = std::string(sbpiId),
          .choices = {{clippedId, "clipped perceptron", "h ← h + 2yx where it errs, w = sign h"},
                      {sbpiId, "SBPI", "and sometimes where it is only just right"},
                      {annealingId, "simulated annealing", "single flips, colder each epoch"},
                      {replicatedId, "replicated annealing", "replicas that attract each other"},
                      {beliefsId, "reinforced belief propagation",
                       "messages between patterns and weights"}}};
}

std::unique_ptr<PerceptronLearner> makeLearner(std::string_view algorithm,
                                               const LearningRates& rates,
                                               const PerceptronInstance& instance,
                                               const LearnerAddress& address) {
  if (algorithm == clippedId || algorithm == sbpiId) {
    const double cautious = algorithm == sbpiId ? rates.cautious : 0;
    return std::make_unique<ClippedPerceptron>(instance, address, cautious);
  }
  if (algorithm == beliefsId) {
    return std::make_unique<BeliefPropagation>(instance, address, rates.reinforcement);
  }
  AnnealingRates annealing{.cooling = rates.cooling};
  if (algorithm == replicatedId) {
    annealing.replicas = 2 * rates.pairs + 1;
    annealing.coupling = rates.coupling;
  }
  return std::make_unique<AnnealedPerceptron>(instance, address, annealing);
}

}  // namespace wv
