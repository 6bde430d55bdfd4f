// Moments of what the first k updates of an epoch do together, when its order is drawn at random.
#pragma once

#include <span>
#include <vector>

namespace wv {

// Mean and second moment of an error e.
struct Moments {
  double mean = 0, second = 0;
};

// What is known of a random update e -> F e + Q that is drawn independently of e; the identity by
// default.
struct AffineMoments {
  double factor = 1;        // E F
  double offset = 0;        // E Q
  double squareFactor = 1;  // E F^2
  double product = 0;       // E F Q
  double squareOffset = 0;  // E Q^2

  Moments operator()(const Moments& e) const {
    return {factor * e.mean + offset,
            squareFactor * e.second + 2 * product * e.mean + squareOffset};
  }
};

inline constexpr int mostRandomOrderTerms = 200;

// n terms, each with an update e -> factor_i e + offset_i, are put in a uniformly random order and
// cut into batches (1 <= batch <= n; the last one may be short); an update applies the mean of the
// maps of its batch. Entry k, for k = 0 .. ceil(n / batch), describes the first k updates together.
//
// Exact, in O(n^3) operations, for n up to mostRandomOrderTerms. Expanding the composed map and its
// square into products over terms, an expectation depends only on how many factors, squared
// factors and offsets a product has. These symmetric sums are built up term by term, without a
// division or a subtraction of large numbers. Two copies of one update pick the same term of a
// batch of size s with probability 1/s, which is all that the batch size changes; in particular the
// means (`factor`, `offset`) depend on k alone.
std::vector<AffineMoments> randomOrderMoments(std::span<const double> factors,
                                              std::span<const double> offsets, int batch);

}  // namespace wv
