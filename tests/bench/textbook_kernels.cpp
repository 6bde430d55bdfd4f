// The kernels as a textbook writes them: Eigen's vectors as they come, the standard library's
// generator and distributions.
#include <Eigen/Dense>
#include <bit>
#include <cmath>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

#include "kernel.hpp"
#include "sizes.hpp"

namespace wv::bench {
namespace {

using Eigen::MatrixXd;
using Eigen::Vector2d;
using Eigen::VectorXd;

struct Regression {
  MatrixXd X;
  VectorXd y;
};

Regression randomRegression(int d) {
  std::mt19937_64 generator(1);
  std::normal_distribution<double> normal;
  Regression data{MatrixXd(terms, d), VectorXd(terms)};
  for (double& entry : data.X.reshaped()) {
    entry = normal(generator);
  }
  for (int i = 0; i < terms; ++i) {
    data.y(i) = data.X.row(i).sum() + normal(generator);
  }
  return data;
}

double walk(const Regression& data, std::mt19937_64& generator, int steps) {
  std::uniform_int_distribution<int> term(0, terms - 1);
  VectorXd w = VectorXd::Zero(data.X.cols());
  for (int t = 0; t < steps; ++t) {
    const int i = term(generator);
    const VectorXd x = data.X.row(i);
    w -= stepSize * (x.dot(w) - data.y(i)) * x;
  }
  return w.sum();
}

// Of (x^2 - 1)^2 + y^2/2 + x/10.
Vector2d doubleWellGradient(const Vector2d& x) {
  return {4 * x(0) * (x(0) * x(0) - 1) + 0.1, x(1)};
}

struct Layer {
  MatrixXd W, velocity;
  VectorXd b, biasVelocity;

  Layer(int inputs, int units, std::mt19937_64& generator)
      : W(units, inputs),
        velocity(MatrixXd::Zero(units, inputs)),
        b(VectorXd::Zero(units)),
        biasVelocity(VectorXd::Zero(units)) {
    std::normal_distribution<double> normal(0, std::sqrt(2.0 / inputs));
    for (double& weight : W.reshaped()) {
      weight = normal(generator);
    }
  }

  void descend(const MatrixXd& delta, const MatrixXd& inputs) {
    const double share = networkStepSize / static_cast<double>(inputs.cols());
    velocity = momentum * velocity - share * delta * inputs.transpose();
    biasVelocity = momentum * biasVelocity - share * delta.rowwise().sum();
    W += velocity;
    b += biasVelocity;
  }
};

struct Digits {
  MatrixXd inputs;
  std::vector<int> labels;
};

Digits randomDigits() {
  std::mt19937_64 generator(1);
  std::uniform_real_distribution<double> uniform;
  std::uniform_int_distribution<int> label(0, classes - 1);
  Digits digits{MatrixXd(pixels, samples), std::vector<int>(samples)};
  for (double& entry : digits.inputs.reshaped()) {
    entry = uniform(generator);
  }
  for (int& each : digits.labels) {
    each = label(generator);
  }
  return digits;
}

void train(Layer& first, Layer& last, const MatrixXd& inputs, const std::vector<int>& labels) {
  const MatrixXd a = ((first.W * inputs).colwise() + first.b).cwiseMax(0.0);
  MatrixXd p = (last.W * a).colwise() + last.b;
  p = (p.rowwise() - p.colwise().maxCoeff()).array().exp();
  p.array().rowwise() /= p.colwise().sum().array();
  for (std::size_t k = 0; k < labels.size(); ++k) {
    p(labels[k], static_cast<Eigen::Index>(k)) -= 1;
  }
  const MatrixXd delta = (last.W.transpose() * p).array() * (a.array() > 0).template cast<double>();
  last.descend(p, a);
  first.descend(delta, inputs);
}

}  // namespace

Kernel sgd(std::string_view id, int d, int rows, int steps) {
  return {id, static_cast<double>(rows) * steps, [=] {
            return [=, data = randomRegression(d)] {
              std::mt19937_64 generator(1);
              double sum = 0;
              for (int r = 0; r < rows; ++r) {
                sum += walk(data, generator, steps);
              }
              return sum;
            };
          }};
}

Kernel langevin(std::string_view id) {
  return {id, static_cast<double>(replicates) * ensembleSteps, [] {
            return [] {
              std::mt19937_64 generator(1);
              std::normal_distribution<double> normal;
              const double noise = std::sqrt(2 * langevinStepSize / beta);
              double sum = 0;
              for (int r = 0; r < replicates; ++r) {
                Vector2d x = Vector2d::Zero();
                for (int t = 0; t < ensembleSteps; ++t) {
                  x -= langevinStepSize * doubleWellGradient(x);
                  x(0) += noise * normal(generator);
                  x(1) += noise * normal(generator);
                }
                sum += x.sum();
              }
              return sum;
            };
          }};
}

Kernel normalVariates(std::string_view id) {
  return {id, normals, [] {
            const auto numbers = std::make_shared<VectorXd>(normals);
            return [=] {
              std::mt19937_64 generator(1);
              std::normal_distribution<double> normal;
              for (double& entry : *numbers) {
                entry = normal(generator);
              }
              return numbers->sum();
            };
          }};
}

Kernel entropySgd(std::string_view id) {
  return {id, static_cast<double>(walkers) * outerSteps, [] {
            return [] {
              std::mt19937_64 generator(1);
              std::normal_distribution<double> normal;
              const double noise = std::sqrt(innerStepSize) * innerNoise;
              double sum = 0;
              for (int r = 0; r < walkers; ++r) {
                Vector2d x = Vector2d::Zero();
                for (int t = 0; t < outerSteps; ++t) {
                  Vector2d inner = x, mean = x;
                  for (int k = 0; k < innerSteps; ++k) {
                    inner -= innerStepSize * (doubleWellGradient(inner) - gamma * (x - inner));
                    inner(0) += noise * normal(generator);
                    inner(1) += noise * normal(generator);
                    mean = (1 - averaging) * mean + averaging * inner;
                  }
                  x = mean;
                }
                sum += x.sum();
              }
              return sum;
            };
          }};
}

Kernel networkEpoch(std::string_view id) {
  return {id, 1, [] {
            return [digits = randomDigits()] {
              std::mt19937_64 generator(1);
              Layer first(pixels, hidden, generator), last(hidden, classes, generator);
              std::vector<int> order(samples);
              std::iota(order.begin(), order.end(), 0);
              std::shuffle(order.begin(), order.end(), generator);
              for (int begin = 0; begin < samples; begin += batch) {
                const std::vector<int> rows(order.begin() + begin,
                                            order.begin() + std::min(begin + batch, samples));
                std::vector<int> labels;
                labels.reserve(rows.size());
                for (const int i : rows) {
                  labels.push_back(digits.labels[static_cast<std::size_t>(i)]);
                }
                train(first, last, digits.inputs(Eigen::all, rows), labels);
              }
              return first.W.sum() + last.W.sum();
            };
          }};
}

Kernel enumeration(std::string_view id) {
  return {id, static_cast<double>(1 << enumerated), [] {
            std::mt19937_64 generator(1);
            std::vector<std::uint32_t> patterns;
            patterns.reserve(enumeratedPatterns);
            for (int i = 0; i < enumeratedPatterns; ++i) {
              patterns.push_back(static_cast<std::uint32_t>(generator() >> (64 - enumerated)));
            }
            return [=] {
              std::vector<double> histogram(enumeratedPatterns + 1, 0);
              for (std::uint32_t w = 0; w < std::uint32_t{1} << enumerated; ++w) {
                std::size_t errors = 0;
                for (const std::uint32_t x : patterns) {
                  errors += 2 * std::popcount(w ^ x) > enumerated ? 1 : 0;
                }
                ++histogram[errors];
              }
              return histogram[0];
            };
          }};
}

}  // namespace wv::bench
