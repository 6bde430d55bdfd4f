// The last gradient seen of each term, which SAG and SAGA remember.
#pragma once

#include "method/method.hpp"
#include "method/sampler.hpp"

namespace wv {

// A view of a State: slot 0 is the table, R x (n d), with the gradient of term i in the columns
// i d .. i d + d - 1; slot 1 is the mean of its n gradients, R x d.
class GradientTable {
 public:
  // Whether the table keeps to largestTableBytes.
  static bool fits(int terms, int dim, Eigen::Index replicates) {
    return static_cast<double>(replicates) * bytes(terms, dim) <= largestTableBytes;
  }
  // Of one replicate.
  static double bytes(int terms, int dim) {
    return static_cast<double>(terms) * dim * sizeof(double);
  }

  static void clear(State& state, int terms) {
    clearState(state, 2);
    state.slots[0].setZero(state.x.rows(), terms * state.x.cols());
  }

  explicit GradientTable(State& state)
      : state_(state), table_(state.slots[0]), mean_(state.slots[1]) {}

  const Block& mean() const { return mean_; }

  // Takes the gradient at x of the term that the sampler draws for this step, puts it into the
  // table and returns new minus old. Costs 1, and n more at step 0, where the table is filled.
  Block exchange(const Objective& objective, const Sampler& sampler) {
    if (state_.step == 0) {
      fill(objective);
    }
    IndexColumn term(state_.x.rows());
    sampler.fillTerms(state_.step, 0, 0, term);
    Block g(state_.x.rows(), state_.x.cols());
    objective.termGradient(state_.x, term, g);
    state_.gradientEvaluations += 1;
    for (Eigen::Index j = 0; j < g.cols(); ++j) {
      for (Eigen::Index r = 0; r < g.rows(); ++r) {
        double& kept = table_(r, term(r) * g.cols() + j);
        const double change = g(r, j) - kept;
        kept = g(r, j);
        g(r, j) = change;
      }
    }
    return g;
  }

  // Enters into the mean what `exchange` has changed.
  void moveMean(const Block& change) {
    const Eigen::Index terms = table_.cols() / mean_.cols();
    mean_ += change / static_cast<double>(terms);
  }

 private:
  void fill(const Objective& objective) {
    const Eigen::Index d = mean_.cols();
    const int n = objective.terms();
    mean_.setZero();
    for (int i = 0; i < n; ++i) {
      auto gradient = table_.middleCols(i * d, d);
      objective.termGradient(state_.x, IndexColumn::Constant(state_.x.rows(), i), gradient);
      mean_ += gradient;
    }
    mean_ /= n;
    state_.gradientEvaluations += n;
  }

  State& state_;
  Block& table_;
  Block& mean_;
};

}  // namespace wv
