#include "theory/annealing.hpp"

#include <algorithm>

#include "numeric/elementary.hpp"
#include "theory/first_passage.hpp"

namespace wv {
namespace {

constexpr double longest = 1e300;

// Durations e^(depth/T_(k+1)) - e^(depth/T_k), all over the last exponential, which may overflow.
std::vector<double> logarithmicShares(std::span<const AnnealingStage> stages, double cooling,
                                      double depth) {
  const double largest = depth / (stages.back().temperature * cooling);
  std::vector<double> shares;
  double sum = 0;
  for (const AnnealingStage& stage : stages) {
    const double end = numeric::exp(depth / (stage.temperature * cooling) - largest);
    shares.push_back(end - numeric::exp(depth / stage.temperature - largest));
    sum += shares.back();
  }
  for (double& share : shares) {
    share /= sum;
  }
  return shares;
}

}  // namespace

double sgdTemperature(double alpha, double batch, double gradientVariance) {
  return alpha * gradientVariance / (2 * batch);
}

Well globalWell(const GibbsLaw& law) {
  const std::vector<Well> wells = law.wells();
  return *std::min_element(wells.begin(), wells.end(), [](const Well& a, const Well& b) {
    return a.minimum.value < b.minimum.value;
  });
}

std::optional<double> globalWellMass(const Objective& f, double temperature) {
  const std::optional<GibbsLaw> law = GibbsLaw::onLine(f, 1 / temperature);
  return law ? std::optional<double>(globalWell(*law).mass) : std::nullopt;
}

std::vector<AnnealingStage> annealingStages(const Objective& f, double alpha,
                                            double firstTemperature, double cooling, int count) {
  std::vector<AnnealingStage> stages;
  double factor = 1;
  for (int k = 0; k < count; ++k, factor *= cooling) {
    const std::optional<GibbsLaw> law = GibbsLaw::onLine(f, 1 / (firstTemperature * factor));
    if (!law) {
      return {};
    }
    AnnealingStage stage{alpha * factor, firstTemperature * factor, globalWell(*law).mass, longest};
    const double rate = stage.alpha * spectralGap(*law);
    if (rate > 1 / longest) {
      stage.relaxationSteps = 1 / rate;
    }
    stages.push_back(stage);
  }
  return stages;
}

std::vector<double> stageShares(CoolingSchedule schedule, std::span<const AnnealingStage> stages,
                                double cooling, double depth) {
  std::vector<double> shares(stages.size(), 0.0);
  switch (schedule) {
    case CoolingSchedule::stagewise: {
      double sum = 0;
      for (const AnnealingStage& stage : stages) {
        sum += stage.relaxationSteps / static_cast<double>(stages.size());
      }
      for (std::size_t k = 0; k < stages.size(); ++k) {
        shares[k] = stages[k].relaxationSteps / static_cast<double>(stages.size()) / sum;
      }
      break;
    }
    case CoolingSchedule::geometric:
      std::fill(shares.begin(), shares.end(), 1 / static_cast<double>(stages.size()));
      break;
    case CoolingSchedule::logarithmic:
      return logarithmicShares(stages, cooling, depth);
    case CoolingSchedule::constant:
      shares.front() = 1;
      break;
    case CoolingSchedule::quench:
      shares.back() = 1;
      break;
  }
  return shares;
}

double relaxedShare(double share, const AnnealingStage& stage, double steps) {
  return stage.globalMass +
         (share - stage.globalMass) * numeric::exp(-steps / stage.relaxationSteps);
}

}  // namespace wv
