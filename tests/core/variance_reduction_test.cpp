#include <doctest.h>

#include <cmath>
#include <vector>

#include "data_sets.hpp"
#include "method/averaged_sgd.hpp"
#include "method/gradient_table.hpp"
#include "method/mini_batch.hpp"
#include "method/stochastic_catalogue.hpp"
#include "objective/least_squares.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

LeastSquares scalarData() {
  DesignMatrix design;
  design.X = Point{{1, 2, 3}};
  design.y = Point{{1, 1, 4.5}};
  return LeastSquares(design, 0);
}

// An ensemble with all that its step needs.
struct Ensemble {
  const Objective& objective;
  Sampler sampler;
  MiniBatchGradient source{objective, sampler};
  std::unique_ptr<const Method> method;
  State state;

  Ensemble(const Objective& sum, std::string_view id, const SamplerSettings& settings,
           const Block& x, const StochasticOptions& options = {})
      : objective(sum), sampler(settings), method(makeStochasticMethod(id, options, sampler)) {
    REQUIRE(method);
    state.x = x;
    method->init(state);
  }
  Ensemble(const Ensemble&) = delete;
  Ensemble& operator=(const Ensemble&) = delete;

  void advance(int steps, double alpha) {
    for (int t = 0; t < steps; ++t) method->step({source, alpha}, state);
  }
  // The largest f - f* of the replicates, by the quadratic form that f exactly is: a difference of
  // values would not resolve 1e-16.
  double largestGap() const {
    const Point minimizer = objective.minimizers().front();
    const Matrix hessian = objective.hessian(minimizer);
    double largest = 0;
    for (Eigen::Index r = 0; r < state.x.rows(); ++r) {
      const Point e = row(state.x, r) - minimizer;
      largest = std::max(largest, 0.5 * e.dot(hessian * e));
    }
    return largest;
  }
};

// The replicates, of those that draw at random, whose first five terms are 1, 2, 3, 3, 1 must visit
// the values of SCIENCE.md's oracle 7, which is given to 9 decimals.
void checkOracle(std::string_view id, const double (&expected)[5], const double (&cost)[5],
                 double tolerance) {
  CAPTURE(id);
  constexpr Eigen::Index replicates = 2000;
  const LeastSquares objective = scalarData();
  StochasticOptions options;
  options.anchorPeriod = 5;
  Ensemble ensemble(objective, id, {Sampling::replacement, 3, 1, 7, 0, replicates},
                    Block::Zero(replicates, 1), options);
  const int terms[] = {0, 1, 2, 2, 0};
  std::vector<bool> follows(replicates, true);
  int checked = 0;
  for (std::uint32_t t = 0; t < 5; ++t) {
    IndexColumn term(replicates);
    ensemble.sampler.fillTerms(t, 0, 0, term);
    ensemble.advance(1, 0.05);
    CHECK(ensemble.state.gradientEvaluations == cost[t]);
    for (Eigen::Index r = 0; r < replicates; ++r) {
      const auto i = static_cast<std::size_t>(r);
      follows[i] = follows[i] && term(r) == terms[t];
      if (follows[i]) {
        CHECK(std::fabs(ensemble.state.x(r, 0) - expected[t]) < tolerance);
        checked += t == 4;
      }
    }
  }
  CHECK(checked > 0);
}

SamplerSettings single(const Objective& objective, Eigen::Index replicates,
                       std::uint32_t firstReplicate = 0, Sampling mode = Sampling::replacement) {
  return {mode, objective.terms(), 1, 11, firstReplicate, replicates};
}

}  // namespace

TEST_CASE("SVRG, SAGA and SAG on oracle 1's data visit the numbers of oracle 7") {
  // Exact decimals, to rounding; the others are rounded to 9 decimals.
  checkOracle("sgd", {0.05, 0.14, 0.752, 1.0886, 1.08417}, {1, 2, 3, 4, 5}, 1e-15);
  checkOracle("svrg", {0.275, 0.495, 0.54725, 0.5759875, 0.822188125}, {5, 7, 9, 11, 13}, 1e-15);
  checkOracle("saga", {0.275, 0.495, 0.528916667, 0.696070833, 0.838596458}, {4, 5, 6, 7, 8},
              5e-10);
  checkOracle("sag", {0.275, 0.531666667, 0.708583333, 0.8589625, 0.995025625}, {4, 5, 6, 7, 8},
              5e-10);
}

TEST_CASE("SVRG moves its anchor at every period, which is n updates unless given") {
  const LeastSquares objective = scalarData();
  Ensemble ensemble(objective, "svrg", single(objective, 4), Block::Zero(4, 1));
  const Block& anchor = ensemble.state.slots[0];
  std::vector<Block> path;
  for (int t = 0; t < 7; ++t) {
    path.push_back(ensemble.state.x);
    ensemble.advance(1, 0.05);
    CHECK((anchor == path[static_cast<std::size_t>(t - t % 3)]).all());
  }
  CHECK(ensemble.state.gradientEvaluations == 3 * 3 + 7 * 2);
}

TEST_CASE("the tables of SAG and SAGA hold the last gradient of each term, and their mean") {
  const LeastSquares objective(regressionOf("penguins"), 0.1);
  const int n = objective.terms();
  const Eigen::Index d = objective.dim();
  for (std::string_view id : {"sag", "saga"}) {
    CAPTURE(id);
    Ensemble ensemble(objective, id, single(objective, 3), seededBlock(5, 3, d));
    // The x at which each replicate has last seen each term.
    std::vector<Block> seen(static_cast<std::size_t>(n), ensemble.state.x);
    for (std::uint32_t t = 0; t < 500; ++t) {
      IndexColumn term(3);
      ensemble.sampler.fillTerms(t, 0, 0, term);
      for (Eigen::Index r = 0; r < 3; ++r) {
        seen[static_cast<std::size_t>(term(r))].row(r) = ensemble.state.x.row(r);
      }
      ensemble.advance(1, 0.02);
    }
    Block mean = Block::Zero(3, d), g(3, d);
    bool same = true;
    for (int i = 0; i < n; ++i) {
      objective.termGradient(seen[static_cast<std::size_t>(i)], IndexColumn::Constant(3, i), g);
      same = same && (ensemble.state.slots[0].middleCols(i * d, d) == g).all();
      mean += g / n;
    }
    CHECK(same);
    // 500 updates of the mean, each rounded.
    CHECK((ensemble.state.slots[1] - mean).abs().maxCoeff() < 1e-13);
    CHECK(ensemble.state.gradientEvaluations == n + 500);
  }
}

TEST_CASE("a gradient table of more than 2e8 bytes does not fit") {
  CHECK(GradientTable::fits(500, 50, 1000));
  CHECK(!GradientTable::fits(500, 50, 1001));
  CHECK(!GradientTable::fits(2'000'000'000, 2'000'000'000, 100'000));
}

namespace {

// The largest L_i of the terms is max |x_i|^2 + ridge; 1/(3 L) is SAGA's step size in Defazio, Bach
// and Lacoste-Julien (2014), Corollary 1.
struct Penguins {
  static constexpr Eigen::Index replicates = 20;
  DesignMatrix design = regressionOf("penguins");
  LeastSquares objective{design, 0.1};
  double alpha = 1 / (3 * (design.X.rowwise().squaredNorm().maxCoeff() + 0.1));

  std::unique_ptr<Ensemble> start(std::string_view id, Sampling mode) const {
    return std::make_unique<Ensemble>(objective, id, single(objective, replicates, 0, mode),
                                      Block::Zero(replicates, objective.dim()));
  }
};

}  // namespace

TEST_CASE("variance reduction converges linearly where SGD at the same step size does not") {
  const Penguins penguins;
  const int epoch = penguins.objective.terms();
  const auto check = [&](std::string_view id, Sampling mode) {
    CAPTURE(id);
    const auto ensemble = penguins.start(id, mode);
    ensemble->advance(12 * epoch, penguins.alpha);
    const double gap = ensemble->largestGap();
    ensemble->advance(28 * epoch, penguins.alpha);
    CHECK(ensemble->largestGap() < 1e-10);
    CHECK(ensemble->largestGap() < 1e-2 * gap);
  };
  check("svrg", Sampling::replacement);
  check("svrg", Sampling::reshuffle);
  check("saga", Sampling::replacement);
  check("saga", Sampling::reshuffle);
  check("sag", Sampling::replacement);
  const auto sgd = penguins.start("sgd", Sampling::replacement);
  sgd->advance(40 * epoch, penguins.alpha);
  CHECK(sgd->largestGap() > 1e-3);
}

// A direct program in another language agrees: after 40 epochs the gradient is 1e-7 with
// replacement and 1e5 reshuffled.
TEST_CASE("SAG diverges in a reshuffled order at a step size that suits independent draws") {
  const Penguins penguins;
  const auto sag = penguins.start("sag", Sampling::reshuffle);
  sag->advance(40 * penguins.objective.terms(), penguins.alpha);
  CHECK(sag->largestGap() > 1e6);
}

TEST_CASE("averaged SGD steps like SGD, and its average is the mean of the path from t0 + 1 on") {
  const LeastSquares objective(regressionOf("penguins"), 0.1);
  const SamplerSettings settings{Sampling::replacement, objective.terms(), 4, 12, 0, 6};
  const Block start = seededBlock(6, 6, objective.dim());
  StochasticOptions options;
  options.averagingStart = 10;
  Ensemble averaged(objective, "averaged-sgd", settings, start, options);
  Ensemble sgd(objective, "sgd", settings, start);
  CHECK((AveragedSgd::averaged(averaged.state) == start).all());
  Block sum = Block::Zero(6, objective.dim());
  for (int t = 1; t <= 60; ++t) {
    averaged.advance(1, 0.05);
    sgd.advance(1, 0.05);
    CHECK((averaged.state.x == sgd.state.x).all());
    if (t <= 11) CHECK((AveragedSgd::averaged(averaged.state) == sgd.state.x).all());
    if (t >= 11) {
      sum += sgd.state.x;
      CHECK((AveragedSgd::averaged(averaged.state) - sum / (t - 10)).abs().maxCoeff() < 1e-14);
    }
  }
  CHECK(averaged.state.gradientEvaluations == 240);
}

TEST_CASE("averaging lowers the floor") {
  const LeastSquares objective(regressionOf("penguins"), 0.1);
  const SamplerSettings settings = single(objective, 50);
  StochasticOptions options;
  options.averagingStart = 2000;
  Ensemble ensemble(objective, "averaged-sgd", settings, Block::Zero(50, objective.dim()), options);
  ensemble.advance(20000, 0.02);
  const double gap = ensemble.largestGap();
  ensemble.state.x = AveragedSgd::averaged(ensemble.state);
  CHECK(ensemble.largestGap() < 0.2 * gap);
}

TEST_CASE("a stochastic method exists under its id, and with single terms only if it needs them") {
  const Sampler one({Sampling::replacement, 10, 1, 0});
  const Sampler two({Sampling::replacement, 10, 2, 0});
  for (const StochasticMethodInfo& info : stochasticMethods()) {
    CHECK(makeStochasticMethod(info.id, {}, one) != nullptr);
    CHECK((makeStochasticMethod(info.id, {}, two) != nullptr) == (info.draws == Draws::batches));
  }
  CHECK(makeStochasticMethod("gd", {}, one) == nullptr);
}

TEST_CASE("every stochastic method gives the same bits for a block, its parts and one replicate") {
  const LeastSquares objective(regressionOf("penguins"), 0.1);
  const Block start = seededBlock(7, 100, objective.dim());
  for (const StochasticMethodInfo& info : stochasticMethods()) {
    CAPTURE(info.id);
    const auto part = [&](Eigen::Index first, Eigen::Index count) {
      Ensemble ensemble(
          objective, info.id,
          single(objective, count, static_cast<std::uint32_t>(first), Sampling::reshuffle),
          start.middleRows(first, count));
      ensemble.advance(400, 0.02);
      return ensemble.state;
    };
    const State whole = part(0, 100), front = part(0, 37), back = part(37, 63), alone = part(50, 1);
    CHECK((whole.x.topRows(37) == front.x).all());
    CHECK((whole.x.bottomRows(63) == back.x).all());
    CHECK((whole.x.row(50) == alone.x.row(0)).all());
    for (std::size_t slot = 0; slot < whole.slots.size(); ++slot) {
      CHECK((whole.slots[slot].row(50) == alone.slots[slot].row(0)).all());
    }
  }
}

TEST_CASE("a copied state resumes the same path of every stochastic method") {
  const LeastSquares objective(regressionOf("penguins"), 0.1);
  const Block start = seededBlock(8, 10, objective.dim());
  for (const StochasticMethodInfo& info : stochasticMethods()) {
    CAPTURE(info.id);
    Ensemble ensemble(objective, info.id, single(objective, 10, 0, Sampling::reshuffle), start);
    ensemble.advance(300, 0.02);
    const State snapshot = ensemble.state;
    ensemble.advance(500, 0.02);
    const State end = ensemble.state;
    ensemble.state = snapshot;
    ensemble.advance(500, 0.02);
    CHECK((ensemble.state.x == end.x).all());
    CHECK(ensemble.state.gradientEvaluations == end.gradientEvaluations);
    // From the start again, with all that init must forget.
    ensemble.state.x = start;
    ensemble.method->init(ensemble.state);
    ensemble.advance(300, 0.02);
    CHECK((ensemble.state.x == snapshot.x).all());
  }
}

TEST_CASE("golden hashes of the stochastic methods") {
  const LeastSquares objective(regressionOf("penguins"), 0.1);
  const auto hash = [&](std::string_view id) {
    Ensemble ensemble(objective, id, single(objective, 40), seededBlock(9, 40, objective.dim()));
    ensemble.advance(700, 0.02);
    return hashOf(ensemble.state.slots.empty() ? ensemble.state.x : ensemble.state.slots.back(),
                  hashOf(ensemble.state.x));
  };
  CHECK(hash("sgd") == 0x1b2b96181b8a2b49);
  CHECK(hash("momentum") == 0xbe56d7cc8b60c29f);
  CHECK(hash("averaged-sgd") == 0x2b107ad6ab815b4);
  CHECK(hash("svrg") == 0x424803210e11ce51);
  CHECK(hash("sag") == 0xe909f68a944201d6);
  CHECK(hash("saga") == 0x8f6222e2b8faa92b);
}
