#include "experiment/gibbs_distances.hpp"

#include <cmath>

#include "theory/sample_distance.hpp"

namespace wv {
namespace {

constexpr std::uint32_t densePart = 128;

bool isKept(std::uint32_t step) {
  std::uint32_t stride = 1;
  while (step / stride >= densePart) {
    stride *= 2;
  }
  return step % stride == 0;
}

}  // namespace

void GibbsDistances::useTarget(const GibbsTarget& target) {
  target_ = &target;
  shown_ = {};
  line_ = target.asLine();
  if (line_ && (line_->bins().isCircle || !line_->law())) {
    line_ = nullptr;
  }
  quantiles_ = line_ ? std::make_unique<LineQuantiles>(*line_->law(), replicates_) : nullptr;
}

void GibbsDistances::record(std::uint32_t step, const Block& x) {
  if (isKept(step)) {
    measure(step, x, kept_);
  }
}

void GibbsDistances::measure(std::uint32_t step, const Block& x, ValueTable& into) const {
  into["times"].push_back(step);
  if (!target_->exists()) {
    return;
  }
  const Column shares = target_->shares(x);
  const SampleDistance kl = sampleKl(shares, target_->masses(), replicates_);
  const SampleDistance variation = sampleTotalVariation(shares, target_->masses(), replicates_);
  into["kl"].push_back(kl.value);
  into["klStandardError"].push_back(kl.standardError);
  into["totalVariation"].push_back(variation.value);
  into["totalVariationStandardError"].push_back(variation.standardError);
  if (quantiles_) {
    into["w2"].push_back(quantiles_->fromSample(x.col(0)));
  }
}

// A prediction once missing is missing from then on.
void GibbsDistances::predict(GibbsPrediction& prediction, ValueTable& into) const {
  const std::vector<double> times = into["times"];
  for (std::size_t i = into["predictedKl"].size(); i < times.size() && target_->exists(); ++i) {
    const auto shares = prediction.sharesAt(static_cast<std::uint32_t>(times[i]));
    if (!shares) {
      return;
    }
    const Distances distances = expected(*shares);
    constexpr std::string_view ids[] = {"predictedKl", "predictedTotalVariation", "predictedW2"};
    for (std::size_t k = 0; k < distances.size(); ++k) {
      into[ids[k]].push_back(distances[k]);
    }
  }
}

const ValueTable& GibbsDistances::upTo(std::uint32_t step, const Block& x,
                                       GibbsPrediction& prediction) const {
  const auto last = [](ValueTable& series) {
    const std::vector<double>& times = series["times"];
    return times.empty() ? -1 : times.back();
  };
  if (last(shown_) != step) {
    predict(prediction, kept_);
    shown_ = kept_;
    if (last(kept_) != step) {
      measure(step, x, shown_);
      predict(prediction, shown_);
    }
  }
  return shown_;
}

Distances GibbsDistances::expected(const Column& shares) const {
  if (shares.size() == 0) {
    return {};
  }
  const Column& law = target_->masses();
  Distances distances = {expectedSampleKl(shares, law, replicates_),
                         expectedSampleTotalVariation(shares, law, replicates_)};
  if (quantiles_) {
    const double w2 = quantiles_->fromShares(shares, line_->bins()), chance = quantiles_->floor();
    distances.push_back(std::sqrt(w2 * w2 + chance * chance));
  }
  return distances;
}

Distances GibbsDistances::exact(const Column& shares) const {
  if (shares.size() == 0) {
    return {};
  }
  const Column& law = target_->masses();
  Distances distances = {numeric::klDivergence(shares, law.max(1e-300)),
                         numeric::totalVariation(shares, law)};
  if (quantiles_) {
    distances.push_back(quantiles_->fromShares(shares, line_->bins()));
  }
  return distances;
}

Distances GibbsDistances::floor() const {
  if (!target_->exists()) {
    return {};
  }
  Distances distances = expected(target_->masses());
  if (quantiles_) {
    distances[2] = quantiles_->floor();
  }
  return distances;
}

}  // namespace wv
