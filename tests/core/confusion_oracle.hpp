// The moments of SGD on a few parabolas by brute force: every batch, every order.
#pragma once

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

namespace wv::test {

struct ExactMoments {
  double mean = 0, second = 0;
};

class ConfusionOracle {
 public:
  ConfusionOracle(std::vector<double> a, std::vector<double> b, int batch, double alpha)
      : a_(std::move(a)), b_(std::move(b)), batch_(batch), alpha_(alpha) {
    double ab = 0;
    double aa = 0;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      ab += a_[i] * b_[i];
      aa += a_[i] * a_[i];
    }
    minimizer_ = ab / aa;
  }

  double minimizer() const { return minimizer_; }

  // E e_t and E e_t^2 from e_0 = error; `mode` as the parameter `sampling`.
  ExactMoments after(std::string_view mode, double error, int steps) const {
    if (mode == "replacement" || mode == "distinct") {
      return independent(mode == "replacement" ? tuples() : subsets(), error, steps);
    }
    const auto all = orders();
    if (mode == "cyclic") {
      return overOrders({all.front()}, error, steps);
    }
    return mode == "shuffle-once" ? overOrders(all, error, steps) : reshuffled(all, error, steps);
  }

 private:
  using Batch = std::vector<int>;
  struct Map {
    double factor = 1, offset = 0;
  };

  int terms() const { return static_cast<int>(a_.size()); }

  // x - alpha mean(a (a x - b)) in terms of the error.
  Map mapOf(const Batch& batch) const {
    double slope = 0;
    double pull = 0;
    for (int i : batch) {
      const auto k = static_cast<std::size_t>(i);
      slope += a_[k] * a_[k];
      pull += a_[k] * (a_[k] * minimizer_ - b_[k]);
    }
    const double size = static_cast<double>(batch.size());
    return {1 - alpha_ * slope / size, -alpha_ * pull / size};
  }

  std::vector<Batch> tuples() const {
    std::vector<Batch> all = {{}};
    for (int k = 0; k < batch_; ++k) {
      std::vector<Batch> longer;
      for (const Batch& batch : all) {
        for (int i = 0; i < terms(); ++i) {
          longer.push_back(batch);
          longer.back().push_back(i);
        }
      }
      all = std::move(longer);
    }
    return all;
  }

  std::vector<Batch> subsets() const {
    std::vector<Batch> all = tuples();
    std::erase_if(all, [](Batch batch) {
      std::sort(batch.begin(), batch.end());
      return std::adjacent_find(batch.begin(), batch.end()) != batch.end();
    });
    return all;
  }

  std::vector<Batch> orders() const {
    Batch order(a_.size());
    std::iota(order.begin(), order.end(), 0);
    std::vector<Batch> all;
    do {
      all.push_back(order);
    } while (std::next_permutation(order.begin(), order.end()));
    return all;
  }

  // The map of the first `steps` updates of an epoch in this order.
  Map composed(const Batch& order, int steps) const {
    Map whole;
    for (int k = 0; k < steps; ++k) {
      const int begin = k * batch_, end = std::min(terms(), (k + 1) * batch_);
      const Map next = mapOf({order.begin() + begin, order.begin() + end});
      whole = {next.factor * whole.factor, next.factor * whole.offset + next.offset};
    }
    return whole;
  }

  static ExactMoments applied(const std::vector<Map>& maps, const ExactMoments& before) {
    ExactMoments after;
    for (const auto& [factor, offset] : maps) {
      after.mean += factor * before.mean + offset;
      after.second +=
          factor * factor * before.second + 2 * factor * offset * before.mean + offset * offset;
    }
    const double count = static_cast<double>(maps.size());
    return {after.mean / count, after.second / count};
  }

  ExactMoments independent(const std::vector<Batch>& batches, double error, int steps) const {
    std::vector<Map> maps;
    maps.reserve(batches.size());
    for (const Batch& batch : batches) {
      maps.push_back(mapOf(batch));
    }
    ExactMoments moments{error, error * error};
    for (int t = 0; t < steps; ++t) {
      moments = applied(maps, moments);
    }
    return moments;
  }

  std::vector<Map> epochs(const std::vector<Batch>& orders, int steps) const {
    std::vector<Map> maps;
    maps.reserve(orders.size());
    for (const Batch& order : orders) {
      maps.push_back(composed(order, steps));
    }
    return maps;
  }

  int stepsPerEpoch() const { return (terms() + batch_ - 1) / batch_; }

  ExactMoments reshuffled(const std::vector<Batch>& orders, double error, int steps) const {
    ExactMoments moments{error, error * error};
    for (; steps >= stepsPerEpoch(); steps -= stepsPerEpoch()) {
      moments = applied(epochs(orders, stepsPerEpoch()), moments);
    }
    return applied(epochs(orders, steps), moments);
  }

  ExactMoments overOrders(const std::vector<Batch>& orders, double error, int steps) const {
    ExactMoments moments;
    for (const Batch& order : orders) {
      double e = error;
      for (int left = steps; left > 0; left -= stepsPerEpoch()) {
        const Map map = composed(order, std::min(left, stepsPerEpoch()));
        e = map.factor * e + map.offset;
      }
      moments.mean += e;
      moments.second += e * e;
    }
    const double count = static_cast<double>(orders.size());
    return {moments.mean / count, moments.second / count};
  }

  std::vector<double> a_, b_;
  int batch_;
  double alpha_;
  double minimizer_ = 0;
};

}  // namespace wv::test
