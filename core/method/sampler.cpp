#include "method/sampler.hpp"

#include <algorithm>
#include <vector>

#include "random/fill.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr SamplingInfo samplingInfos[] = {
    {Sampling::replacement, "replacement", "with replacement",
     "each term of a batch is drawn from all n, whatever came before"},
    {Sampling::distinct, "distinct", "distinct in each batch",
     "the terms of a batch differ; each step draws anew from all n"},
    {Sampling::reshuffle, "reshuffle", "reshuffled every epoch",
     "each epoch uses every term once, in a new random order"},
    {Sampling::shuffleOnce, "shuffle-once", "shuffled once",
     "each epoch uses every term once, always in the same random order"},
    {Sampling::cyclic, "cyclic", "cyclic", "each epoch uses every term once, in the data's order"},
};

// One replicate alone draws for many steps at once, as vectors do; this must divide 2^32.
constexpr std::uint32_t stepsAhead = 128;
constexpr int mostTermsAhead = 64;

// What these settings keep, in indices for each replicate.
int tableColumns(const SamplerSettings& settings) {
  switch (settings.mode) {
    case Sampling::distinct:
      return settings.batch;
    case Sampling::reshuffle:
    case Sampling::shuffleOnce:
      return settings.terms;
    case Sampling::replacement:
    case Sampling::cyclic:
      return 0;
  }
  return 0;
}

// R. W. Floyd's choice of b out of n (J. Bentley, "Programming pearls: a sample of brilliance",
// Comm. ACM 30 (1987) 754): entry k of a row holds an index drawn from 0 .. n - b + k; where that
// is taken already, n - b + k, which cannot be, takes its place.
void makeDistinct(int n, IndexTable& table, std::vector<Index>& takenBy) {
  const int b = static_cast<int>(table.cols());
  takenBy.assign(static_cast<std::size_t>(n), -1);
  for (Index r = 0; r < table.rows(); ++r) {
    for (int k = 0; k < b; ++k) {
      int& term = table(r, k);
      if (takenBy[static_cast<std::size_t>(term)] == r) {
        term = n - b + k;
      }
      takenBy[static_cast<std::size_t>(term)] = r;
    }
  }
}

}  // namespace

std::span<const SamplingInfo> samplings() { return samplingInfos; }

std::optional<Sampling> findSampling(std::string_view id) {
  for (const SamplingInfo& info : samplingInfos) {
    if (info.id == id) {
      return info.mode;
    }
  }
  return std::nullopt;
}

bool Sampler::fits(const SamplerSettings& settings) {
  return static_cast<double>(settings.replicates) * tableColumns(settings) * sizeof(int) <=
         largestTableBytes;
}

bool Sampler::walksAnOrder() const {
  return settings_.mode != Sampling::replacement && settings_.mode != Sampling::distinct;
}

std::uint32_t Sampler::stepsPerEpoch() const {
  return static_cast<std::uint32_t>((settings_.terms - 1) / settings_.batch + 1);
}

bool Sampler::usesEveryTerm() const {
  return settings_.mode != Sampling::replacement && settings_.batch == settings_.terms;
}

int Sampler::batchSize(std::uint32_t step) const {
  if (!walksAnOrder()) {
    return settings_.batch;
  }
  const int begin = static_cast<int>(step % stepsPerEpoch()) * settings_.batch;
  return std::min(settings_.batch, settings_.terms - begin);
}

void Sampler::fillTerms(std::uint32_t step, int slot, Index row, IndexOut term) const {
  if (walksAnOrder()) {
    fillFromOrder(step, slot, row, term);
  } else if (settings_.mode == Sampling::distinct) {
    term = distinctTerms(step).col(slot).segment(row, term.size());
  } else if (settings_.replicates == 1 && settings_.batch <= mostTermsAhead) {
    term(0) = termsAhead(step)(step % stepsAhead, slot);
  } else {
    Address local = address(Stream::index, step);
    local.slot = static_cast<std::uint32_t>(slot);
    local.firstReplicate += static_cast<std::uint32_t>(row);
    fillIndex(local, settings_.terms, term);
  }
}

void Sampler::fillFromOrder(std::uint32_t step, int slot, Index row, IndexOut term) const {
  const std::uint32_t epoch = step / stepsPerEpoch();
  const int position = static_cast<int>(step % stepsPerEpoch()) * settings_.batch + slot;
  if (settings_.mode == Sampling::cyclic) {
    term.setConstant(position);
  } else {
    const std::uint32_t shuffled = settings_.mode == Sampling::reshuffle ? epoch : 0;
    term = order(shuffled, position + 1).col(position).segment(row, term.size());
  }
}

Address Sampler::address(Stream stream, std::uint32_t step) const {
  return {settings_.seed, stream, step, 0, settings_.firstReplicate};
}

const IndexTable& Sampler::termsAhead(std::uint32_t step) const {
  const std::uint32_t first = step - step % stepsAhead;
  if (!cache_.filled || cache_.time != first) {
    cache_.table.resize(stepsAhead, settings_.batch);
    Address local = address(Stream::index, first);
    for (int k = 0; k < settings_.batch; ++k) {
      local.slot = static_cast<std::uint32_t>(k);
      fillIndexOfSteps(local, settings_.terms, cache_.table.col(k));
    }
    cache_.filled = true;
    cache_.time = first;
  }
  return cache_.table;
}

const IndexTable& Sampler::distinctTerms(std::uint32_t step) const {
  if (cache_.filled && cache_.time == step) {
    return cache_.table;
  }
  cache_.table.resize(settings_.replicates, settings_.batch);
  Address local = address(Stream::index, step);
  for (int k = 0; k < settings_.batch; ++k) {
    local.slot = static_cast<std::uint32_t>(k);
    fillIndex(local, settings_.terms - settings_.batch + k + 1, cache_.table.col(k));
  }
  makeDistinct(settings_.terms, cache_.table, cache_.takenBy);
  cache_.filled = true;
  cache_.time = step;
  return cache_.table;
}

const IndexTable& Sampler::order(std::uint32_t epoch, int positions) const {
  if (!cache_.filled || cache_.time != epoch) {
    cache_.table.resize(settings_.replicates, settings_.terms);
    startPermutations(cache_.table);
    cache_.filled = true;
    cache_.time = epoch;
    cache_.settled = 0;
  }
  if (cache_.settled < positions) {
    shufflePositions(address(Stream::permutation, epoch), cache_.settled, positions, cache_.table);
    cache_.settled = positions;
  }
  return cache_.table;
}

}  // namespace wv
