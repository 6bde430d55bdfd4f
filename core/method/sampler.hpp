// Which terms of a finite sum a block of replicates uses at each step: the orders in which
// stochastic gradient descent may visit its data.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "numeric/block.hpp"
#include "random/permutation.hpp"

namespace wv {

enum class Sampling {
  replacement,  // b independent terms
  distinct,     // b different terms, drawn anew at each step
  reshuffle,    // the next b terms of an order that is drawn anew at each epoch
  shuffleOnce,  // the same, but every epoch has the order of the first one
  cyclic,       // the same, in the order 0, 1, 2, ... of the data
};

struct SamplingInfo {
  Sampling mode;
  std::string_view id, label, help;
};

// The one list of ids, labels and one-line explanations.
std::span<const SamplingInfo> samplings();
// Nothing when no mode has this id.
std::optional<Sampling> findSampling(std::string_view id);

// The most bytes that one table of a sampler or of a method may take. A page has 2 GB at best, and
// has to hold several runs side by side, with copies of their states to step back to.
constexpr double largestTableBytes = 2e8;

// terms = n >= 1; 1 <= batch, and batch <= n unless drawn with replacement. The replicates are
// those from firstReplicate on, modulo 2^32: they say which random numbers belong to which row.
struct SamplerSettings {
  Sampling mode = Sampling::replacement;
  int terms = 1;
  int batch = 1;
  std::uint32_t seed = 0;
  std::uint32_t firstReplicate = 0;
  Eigen::Index replicates = 1;
};

// The term of (step, slot, replicate) is a pure function of these three and the seed: steps may be
// asked for in any order. What is kept of the last step or epoch only saves time, and makes one
// object unfit for several threads.
//
// Numbers: replacement and distinct draw from Stream::index at the step, one slot for each term of
// the batch; reshuffle and shuffle-once from Stream::permutation at the epoch.
class Sampler {
 public:
  explicit Sampler(const SamplerSettings& settings) : settings_(settings) {}

  // Whether the table that these settings need keeps to largestTableBytes: R x n indices for
  // reshuffle and shuffle-once, R x b for distinct, none for the others. Otherwise make no sampler.
  static bool fits(const SamplerSettings& settings);

  int terms() const { return settings_.terms; }
  // b; see batchSize for the last, short batch of an epoch.
  int batch() const { return settings_.batch; }
  Eigen::Index replicates() const { return settings_.replicates; }
  // ceil(n / b)
  std::uint32_t stepsPerEpoch() const;
  // Whether the batch of every step is each term once, in some order.
  bool usesEveryTerm() const;

  // How many terms this step uses: b, or what is left of the epoch for the modes that walk an
  // order.
  int batchSize(std::uint32_t step) const;

  // term[i] becomes the term number `slot` of this step for row `row + i` of the block;
  // 0 <= slot < batchSize(step), row + term.size() <= replicates.
  void fillTerms(std::uint32_t step, int slot, Eigen::Index row, IndexOut term) const;

 private:
  bool walksAnOrder() const;
  // fillTerms of the modes that go through the terms one epoch after the other.
  void fillFromOrder(std::uint32_t step, int slot, Eigen::Index row, IndexOut term) const;
  Address address(Stream stream, std::uint32_t step) const;
  const IndexTable& termsAhead(std::uint32_t step) const;
  const IndexTable& distinctTerms(std::uint32_t step) const;
  const IndexTable& order(std::uint32_t epoch, int positions) const;

  // The terms of one step, R x b; or those of one replicate, steps x b, from the step `time` on; or
  // the orders of one epoch, R x n, of which the first `settled` positions are final.
  struct Cache {
    bool filled = false;
    std::uint32_t time = 0;
    int settled = 0;
    IndexTable table;
    std::vector<Eigen::Index> takenBy;  // by term, the last row that has it in its batch
  };

  SamplerSettings settings_;
  mutable Cache cache_;
};

}  // namespace wv
