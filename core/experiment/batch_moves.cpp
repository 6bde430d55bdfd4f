#include "experiment/batch_moves.hpp"

#include <algorithm>
#include <vector>

namespace wv {
namespace {

// Beyond the replicates of any ensemble.
constexpr std::uint32_t ownReplicates = 1U << 31;

// C(n + b - 1, b) or C(n, b), or any number above `most` when it is above.
double countOfBatches(Sampling sampling, int terms, int batch, double most) {
  const bool isDistinct = sampling == Sampling::distinct;
  const int chosen = std::min(batch, isDistinct ? terms - batch : terms - 1);
  const double pool = isDistinct ? terms : terms + batch - 1.0;
  double count = 1;
  for (int k = 0; k < chosen && count <= most; ++k) {
    count *= (pool - k) / (k + 1);
  }
  return count;
}

// Lists batches by how often each term is in them.
class Listing {
 public:
  Listing(const Block& gradients, Sampling sampling, int batch)
      : gradients_(gradients),
        mostOfOne_(sampling == Sampling::distinct ? 1 : batch),
        sum_(Column::Zero(gradients.rows())) {
    add(0, batch, 1);
  }

  const std::vector<Column>& sums() const { return sums_; }
  const std::vector<double>& weights() const { return weights_; }

 private:
  // `weight` is one over the product of the factorials of the counts so far.
  void add(Eigen::Index term, int left, double weight) {
    if (left == 0) {
      sums_.push_back(sum_);
      weights_.push_back(weight);
      return;
    }
    if (term == gradients_.cols() || mostOfOne_ * (gradients_.cols() - term) < left) {
      return;
    }
    const Column before = sum_;
    for (int count = 0; count <= std::min(left, mostOfOne_); ++count) {
      weight /= std::max(1, count);
      add(term + 1, left - count, weight);
      sum_ += gradients_.col(term);
    }
    sum_ = before;
  }

  const Block& gradients_;
  int mostOfOne_;
  Column sum_;
  std::vector<Column> sums_;
  std::vector<double> weights_;
};

BatchMoves drawn(const Block& gradients, Sampling sampling, int batch, int most,
                 std::uint32_t seed) {
  const Sampler sampler({.mode = sampling,
                         .terms = static_cast<int>(gradients.cols()),
                         .batch = batch,
                         .seed = seed,
                         .firstReplicate = ownReplicates,
                         .replicates = most});
  BatchMoves moves{Block::Zero(gradients.rows(), most), Column::Constant(most, 1.0 / most), false};
  IndexColumn term(most);
  for (int slot = 0; slot < batch; ++slot) {
    sampler.fillTerms(0, slot, 0, term);
    for (int m = 0; m < most; ++m) {
      moves.images.col(m) += gradients.col(term(m));
    }
  }
  return moves;
}

BatchMoves listed(const Block& gradients, Sampling sampling, int batch) {
  const Listing listing(gradients, sampling, batch);
  const auto count = static_cast<Eigen::Index>(listing.sums().size());
  BatchMoves moves{Block(gradients.rows(), count), Column(count), true};
  for (Eigen::Index m = 0; m < count; ++m) {
    moves.images.col(m) = listing.sums()[static_cast<std::size_t>(m)];
    moves.probability(m) = listing.weights()[static_cast<std::size_t>(m)];
  }
  moves.probability /= moves.probability.sum();
  return moves;
}

}  // namespace

BatchMoves batchMoves(const Objective& objective, const ColumnIn& points, double alpha,
                      Sampling sampling, int batch, int most, std::uint32_t seed) {
  Block gradients(points.size(), objective.terms());
  Block gradient(points.size(), 1);
  for (int i = 0; i < objective.terms(); ++i) {
    objective.termGradient(points, IndexColumn::Constant(points.size(), i), gradient);
    gradients.col(i) = gradient.col(0);
  }
  BatchMoves moves = countOfBatches(sampling, objective.terms(), batch, most) <= most
                         ? listed(gradients, sampling, batch)
                         : drawn(gradients, sampling, batch, most, seed);
  moves.images = moves.images * (-alpha / batch);
  moves.images.colwise() += points;
  return moves;
}

}  // namespace wv
