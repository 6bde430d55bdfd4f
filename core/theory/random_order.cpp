#include "theory/random_order.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace wv {
namespace {

using std::size_t;

// Expectations over different terms, drawn at random without replacement, of
//   (special terms) x (p terms, each its factor) x (m terms, each its squared factor).
// With F the factor and Q the offset of a term, the special terms are none, Q, Q Q', F Q, Q F' Q',
// and Q^2.
class TermProducts {
 public:
  enum Special { none, offset, offsets, product, offsetProduct, squareOffset };

  // m goes up to mostSquares.
  TermProducts(std::span<const double> factors, std::span<const double> termOffsets,
               size_t mostSquares)
      : width_(factors.size() + 1), height_(mostSquares + 1) {
    for (auto& table : tables_) {
      table.assign(width_ * height_, 0);
    }
    tables_[none][0] = 1;
    for (size_t i = 0; i < factors.size(); ++i) {
      addTerm(i + 1, factors[i], termOffsets[i]);
    }
  }

  double operator()(Special special, size_t p, size_t m) const {
    return tables_[special][m * width_ + p];
  }

 private:
  struct Source {
    Special from;
    double weight;
  };

  // Which of the first `count` terms takes which part is equally likely for all of them, so the
  // newest one is each of the parts with probability 1/count.
  void addTerm(size_t count, double factor, double offsetOfTerm) {
    const double both = factor * offsetOfTerm;
    const Source unused = {none, 0};
    update(count, factor, offsets, 2, {offset, 2 * offsetOfTerm}, unused);
    update(count, factor, offsetProduct, 2, {product, offsetOfTerm}, {offset, both});
    update(count, factor, offset, 1, {none, offsetOfTerm}, unused);
    update(count, factor, product, 1, {none, both}, unused);
    update(count, factor, squareOffset, 1, {none, offsetOfTerm * offsetOfTerm}, unused);
    update(count, factor, none, 0, unused, unused);
  }

  // In place, from the largest p and m down: what is read has not been written yet. `specials` is
  // the number of special terms.
  void update(size_t count, double factor, Special special, size_t specials, Source first,
              Source second) {
    if (count < specials) {
      return;
    }
    const double share = 1 / static_cast<double>(count);
    const size_t room = count - specials;
    double* const table = tables_[special].data();
    const double* const sourceA = tables_[first.from].data();
    const double* const sourceB = tables_[second.from].data();
    for (size_t m = std::min(room, height_ - 1) + 1; m-- > 0;) {
      const double squareWeight = static_cast<double>(m) * factor * factor * share;
      const size_t row = m * width_, below = m == 0 ? row : row - width_;
      for (size_t p = room - m + 1; p-- > 0;) {
        const double unused = static_cast<double>(room - m - p);
        double sum = unused * table[row + p] + first.weight * sourceA[row + p] +
                     second.weight * sourceB[row + p];
        if (p > 0) {
          sum += static_cast<double>(p) * factor * table[row + p - 1];
        }
        table[row + p] = sum * share + squareWeight * table[below + p];
      }
    }
  }

  size_t width_, height_;
  std::array<std::vector<double>, 6> tables_;
};

// How two copies of the updates meet: for the update that k others follow, `own[k]` is the
// probability that both copies pick the same term of its batch, and `later[k][c]` that they do so
// in exactly c of these k.
struct Coincidences {
  std::vector<double> own;
  std::vector<std::vector<double>> later;

  Coincidences(size_t updates, int batch, int lastBatch) : later{{1}} {
    for (size_t k = 0; k < updates; ++k) {
      const double same = 1.0 / (k == 0 ? lastBatch : batch);
      const std::vector<double>& before = later.back();
      std::vector<double> next(before.size() + 1, 0);
      for (size_t c = 0; c < before.size(); ++c) {
        next[c] += (1 - same) * before[c];
        next[c + 1] += same * before[c];
      }
      own.push_back(same);
      later.push_back(std::move(next));
    }
  }
};

// The expansion of the composed map: a special term at one update or two, p factors from the
// updates before or between, and the squares of the k updates after.
class Expansion {
 public:
  Expansion(const TermProducts& products, const Coincidences& coincidences)
      : products_(products), coincidences_(coincidences) {}

  double squaresAfter(TermProducts::Special special, size_t p, size_t k) const {
    const std::vector<double>& probability = coincidences_.later[k];
    double sum = 0;
    for (size_t c = 0; c <= k; ++c) {
      if (probability[c] != 0) {
        sum += probability[c] * products_(special, p + 2 * (k - c), c);
      }
    }
    return sum;
  }
  // p factors, then F Q of one update, then k squares.
  double product(size_t p, size_t k) const {
    return mix(k, TermProducts::product, p, TermProducts::offset, p + 1);
  }
  // Q^2 of one update, then k squares.
  double square(size_t k) const {
    return mix(k, TermProducts::squareOffset, 0, TermProducts::offsets, 0);
  }
  // Q of one update, p factors, F Q of another update, then k squares.
  double pair(size_t p, size_t k) const {
    return mix(k, TermProducts::offsetProduct, p, TermProducts::offsets, p + 1);
  }

 private:
  // Both copies of the update that k others follow pick one term, or two different ones.
  double mix(size_t k, TermProducts::Special same, size_t pSame, TermProducts::Special different,
             size_t pDifferent) const {
    const double probability = coincidences_.own[k];
    double sum = probability * squaresAfter(same, pSame, k);
    if (probability < 1) {
      sum += (1 - probability) * squaresAfter(different, pDifferent, k);
    }
    return sum;
  }

  const TermProducts& products_;
  const Coincidences& coincidences_;
};

std::vector<AffineMoments> compositions(const TermProducts& products,
                                        const Coincidences& coincidences) {
  const Expansion expansion(products, coincidences);
  const size_t updates = coincidences.own.size();
  std::vector<AffineMoments> maps(updates + 1);
  for (size_t t = 1; t <= updates; ++t) {
    AffineMoments& map = maps[t];
    map.factor = products(TermProducts::none, t, 0);
    map.offset = maps[t - 1].offset + products(TermProducts::offset, t - 1, 0);
    map.squareFactor = expansion.squaresAfter(TermProducts::none, 0, t);
    map.product = 0;
    map.squareOffset = maps[t - 1].squareOffset + expansion.square(t - 1);
    for (size_t k = 0; k < t; ++k) {
      map.product += expansion.product(t - 1 - k, k);
    }
    for (size_t k = 0; k + 1 < t; ++k) {
      map.squareOffset += 2 * expansion.pair(t - 2 - k, k);
    }
  }
  return maps;
}

}  // namespace

std::vector<AffineMoments> randomOrderMoments(std::span<const double> factors,
                                              std::span<const double> offsets, int batch) {
  const size_t size = static_cast<size_t>(batch);
  const size_t full = factors.size() / size, rest = factors.size() % size;
  const size_t updates = full + (rest > 0 ? 1 : 0);
  const TermProducts products(factors, offsets, updates);
  std::vector<AffineMoments> maps = compositions(products, Coincidences(full, batch, batch));
  if (rest > 0) {
    const Coincidences withShortLast(updates, batch, static_cast<int>(rest));
    maps.push_back(compositions(products, withShortLast).back());
  }
  return maps;
}

}  // namespace wv
