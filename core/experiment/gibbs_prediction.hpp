// What is known exactly of the walkers' law: through time, and in the limit.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "experiment/gibbs_settings.hpp"
#include "experiment/gibbs_target.hpp"

namespace wv {

class GibbsPrediction {
 public:
  // The set-up and, until the next change, the target must outlive this.
  GibbsPrediction(const GibbsSetup& setup, const GibbsTarget& target);

  // From the step last asked for on, the chain is this one. What is known of the walkers is carried
  // on where the new chain can take it up.
  void change(const ChainSettings& chain, const GibbsTarget& target);

  // The shares of the target's cells after so many steps, not fewer than last asked for. Nothing
  // from where no exact law is known.
  std::optional<Column> sharesAt(std::uint32_t step);

  // Of the limit law of the chain now: the shares of the cells, and the variance of each
  // coordinate. Both are empty if there is none; one may be known without the other.
  const Column& limitShares() const { return limit_.shares; }
  const std::vector<double>& limitVariance() const { return limit_.variance; }

 private:
  std::unique_ptr<ChainLaw> quadraticLaw(const ChainSettings& chain, const GibbsTarget& target);
  std::unique_ptr<ChainLaw> walkOnLine(const ChainSettings& chain, const LineTarget& target);
  std::unique_ptr<ChainLaw> sgdLaw(const ChainSettings& chain, const LineTarget& target);
  std::unique_ptr<ChainLaw> lawOf(const ChainSettings& chain, const GibbsTarget& target);
  LimitLaw limitOf(const ChainLaw* law, const ChainSettings& chain,
                   const GibbsTarget& target) const;

  const GibbsSetup& setup_;
  bool isQuadratic_;
  std::unique_ptr<ChainLaw> law_;
  LimitLaw limit_;
  std::uint32_t step_ = 0;
  bool remembersNoise_ = false;
};

}  // namespace wv
