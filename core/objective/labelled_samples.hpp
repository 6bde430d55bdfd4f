// Samples with class labels, split into those for training and those for testing.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "objective/csv.hpp"
#include "objective/network_pass.hpp"

namespace wv {

// The classes are the whole numbers 0 .. classes - 1.
struct ClassificationSplit {
  LabelledSamples train, test;
  IndexColumn testRows;    // of the table, from 0
  Matrix wholeTestInputs;  // every column but the labels', whatever the features
  int classes = 0;
};

// `error`, a sentence, is not empty when the table does not hold what is asked for.
struct SplitResult {
  ClassificationSplit split;
  std::string error;
};

// The features are the named columns, which featuresRefusal must accept, or without names every
// column but `target`; they are divided by `scale`. One fifth of the rows (rounded down),
// chosen at random, is kept for testing. Numbers: Stream::instance at step 0 of the seed, so that
// every method trained with this seed has the same split.
SplitResult splitForClassification(const Table& table, std::string_view target,
                                   std::span<const std::string> features, double scale,
                                   std::uint32_t seed);

}  // namespace wv
