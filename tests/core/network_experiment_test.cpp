#include <cmath>
#include <numeric>

#include "eigen_oracles.hpp"
#include "experiment/network_measures.hpp"
#include "experiment/network_training.hpp"
#include "experiment_run.hpp"
#include "golden.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

std::unique_ptr<Experiment> create(const std::vector<Setting>& settings) {
  return runOf("network", settings);
}

std::vector<Setting> with(std::vector<Setting> settings, std::vector<Setting> more) {
  settings.insert(settings.end(), more.begin(), more.end());
  return settings;
}

const std::vector<Setting> small = {{"hidden", std::string("8")}, {"epochs", 2.0}};
const std::vector<std::string> everyMethod = {"sgd", "momentum", "adam", "entropy-sgd"};

std::uint64_t hashOfRun(const Experiment& run, const std::vector<std::string_view>& channels) {
  std::uint64_t hash = kHashOffset;
  for (const std::string_view id : channels) {
    const auto values = valuesOf(run, id);
    hash = hashOf(values.data(), values.size(), hash);
  }
  return hash;
}

}  // namespace

TEST_CASE("network: the split is four to one, disjoint, by the seed") {
  const Table& table = dataSet("digits");
  const auto split = splitForClassification(table, "digit", {}, 16, 3).split;
  CHECK(split.classes == 10);
  CHECK(split.test.labels.size() == 359);
  CHECK(split.train.labels.size() == 1438);
  const TableColumn* digit = table.find("digit");
  const TableColumn* pixel = table.find("p33");
  std::vector<int> seen(1797, 0);
  const auto place = static_cast<Eigen::Index>(pixel - table.columns.data());
  for (Eigen::Index i = 0; i < 359; ++i) {
    const auto row = static_cast<std::size_t>(split.testRows(i));
    ++seen[row];
    CHECK(split.test.labels(i) == digit->numbers[row]);
    CHECK(split.test.inputs(place, i) == pixel->numbers[row] / 16);
  }
  CHECK(*std::max_element(seen.begin(), seen.end()) == 1);
  // Together they are the whole set.
  const double total =
      16 * (split.train.inputs.row(place).sum() + split.test.inputs.row(place).sum());
  CHECK(total == std::accumulate(pixel->numbers.begin(), pixel->numbers.end(), 0.0));
  CHECK(splitForClassification(table, "digit", {}, 16, 3).split.testRows.matrix() ==
        split.testRows.matrix());
  CHECK(splitForClassification(table, "digit", {}, 16, 4).split.testRows.matrix() !=
        split.testRows.matrix());
  CHECK(!splitForClassification(dataSet("penguins"), "species", {}, 1, 3).error.empty());
}

TEST_CASE("network: every method spends the same, and learns") {
  for (const std::string& method : everyMethod) {
    CAPTURE(method);
    const auto run =
        create({{"method", method}, {"epochs", 4.0}, {"alpha", method == "sgd" ? 1.0 : 0.1}});
    run->advance(1000);
    CHECK(run->status().state == RunState::finished);
    CHECK(run->status().step == 4 * 45);
    const auto spent = valuesOf(*run, "gradientEvaluations");
    CHECK(spent == std::vector<double>{0, 1438, 2876, 4314, 5752});
    const auto error = valuesOf(*run, "testError");
    CHECK(error.front() > 0.8);
    CHECK(error.back() < 0.15);
    const auto loss = valuesOf(*run, "trainLoss");
    CHECK(loss.front() > 2);
    CHECK(loss.back() < 0.6);
  }
}

TEST_CASE("network: in one go or in parts, the same bits; another seed, other ones") {
  for (const std::string& method : everyMethod) {
    CAPTURE(method);
    const std::vector<Setting> settings = with(small, {{"method", method}, {"dropout", 0.3}});
    const auto whole = create(settings), parts = create(settings);
    whole->advance(90);
    parts->advance(33);
    valuesOf(*parts, "confusionMatrix");
    parts->advance(57);
    for (const char* id : {"trainLoss", "testLoss", "testError", "wrongLabels"}) {
      CHECK(valuesOf(*whole, id) == valuesOf(*parts, id));
    }
    const auto other = create(with(settings, {{"seed", 2.0}}));
    other->advance(90);
    CHECK(valuesOf(*whole, "trainLoss") != valuesOf(*other, "trainLoss"));
  }
}

TEST_CASE(
    "network: one epoch of SGD by hand, its step size falling to 0, with the library's gradients "
    "alone") {
  const auto run = create({{"method", std::string("sgd")},
                           {"dropout", 0.0},
                           {"alpha", 0.5},
                           {"schedule", std::string("linear")},
                           {"hidden", std::string("6")},
                           {"weightDecay", 0.01},
                           {"epochs", 1.0},
                           {"seed", 5.0}});
  run->advance(45);
  const auto split = splitForClassification(dataSet("digits"), "digit", {}, 16, 5).split;
  const Network network(NetworkShape(64, {6}, 10, Activation::relu), split.train, 0.01);
  IndexTable order(1, 1438);
  fillPermutations({.seed = 5, .stream = Stream::permutation}, order);
  Point x = initialWeights(network.shape(), 5, 0);
  for (int first = 0; first < 1438; first += 32) {
    std::vector<int> batch;
    for (int i = first; i < std::min(first + 32, 1438); ++i) {
      batch.push_back(order(0, i));
    }
    const int step = first / 32;
    x -= (1 - step / 45.0) * 0.5 * network.batchGradient(x, batch);
  }
  CHECK(valuesOf(*run, "trainLoss").back() ==
        doctest::Approx(network.evaluate(x).loss).epsilon(1e-12));
}

TEST_CASE("network: what is wrong agrees with the error and the confusion matrix") {
  const auto run = create(small);
  run->advance(90);
  const auto matrix = valuesOf(*run, "confusionMatrix");
  const auto labels = valuesOf(*run, "wrongLabels");
  const auto digits = valuesOf(*run, "wrongDigits");
  CHECK(std::accumulate(matrix.begin(), matrix.end(), 0.0) == 359);
  double onDiagonal = 0;
  for (std::size_t k = 0; k < 10; ++k) {
    onDiagonal += matrix[11 * k];
  }
  const std::size_t wrong = labels.size() / 3;
  CHECK(wrong > 0);
  CHECK(359 - onDiagonal == double(wrong));
  CHECK(valuesOf(*run, "testError").back() == doctest::Approx(double(wrong) / 359).epsilon(1e-15));
  CHECK(digits.size() == 64 * wrong);
  const Table& table = dataSet("digits");
  for (std::size_t k = 0; k < wrong; ++k) {
    CHECK(labels[3 * k] != labels[3 * k + 1]);
    const auto row = static_cast<std::size_t>(labels[3 * k + 2]);
    CHECK(table.find("digit")->numbers[row] == labels[3 * k]);
    CHECK(table.columns[20].numbers[row] / 16 == digits[64 * k + 20]);
  }
}

TEST_CASE("network: it sees the pixels that are named, and its errors are shown whole") {
  auto settings = with(small, {{"features", std::string("p33,p34, p43")}});
  const auto run = create(settings);
  CHECK(valuesOf(*run, "weights")[0] == 3 * 8 + 8 + 8 * 10 + 10);
  run->advance(30);
  const auto labels = valuesOf(*run, "wrongLabels");
  const auto digits = valuesOf(*run, "wrongDigits");
  REQUIRE(digits.size() == 64 * labels.size() / 3);
  CHECK(dataSet("digits").columns[20].numbers[static_cast<std::size_t>(labels[2])] / 16 ==
        digits[20]);
  const auto split = splitForClassification(dataSet("digits"), "digit",
                                            std::vector<std::string>{"p34", "p33"}, 16, 3)
                         .split;
  const auto whole = splitForClassification(dataSet("digits"), "digit", {}, 16, 3).split;
  CHECK(split.train.inputs.row(1) == whole.train.inputs.row(3 * 8 + 3));
  CHECK(split.test.inputs.row(0) == whole.test.inputs.row(3 * 8 + 4));
  CHECK(split.wholeTestInputs == whole.test.inputs);
  CHECK(split.train.labels.matrix() == whole.train.labels.matrix());
  for (const char* names : {"p33, p88", "digit", "p33,p33"}) {
    CAPTURE(names);
    CHECK(refusedBy("network", {{"features", std::string(names)}}) == "features");
  }
}

// The dense Hessian of a small network on the samples that are measured.
TEST_CASE("network: eigenvalues, trace and the share near zero against a dense solve") {
  const auto split = splitForClassification(dataSet("digits"), "digit", {}, 16, 1).split;
  // A coarse picture of the digits: the dense solve takes seconds otherwise.
  LabelledSamples coarse;
  coarse.inputs = split.train.inputs.topRows(20).leftCols(200);
  coarse.labels = split.train.labels.head(200);
  const Network network(NetworkShape(20, {6}, 10, Activation::relu), coarse, 0.5);
  const Network bare(network.shape(), coarse, 0);
  const Point weights = 2 * initialWeights(network.shape(), 7, 0);
  const Point exact = wv::test::eigenvaluesOf(bare.hessian(weights));
  const HessianSpectrum found = hessianSpectrum(network, weights, 1);
  const Eigen::Index d = exact.size();
  for (Eigen::Index k = 0; k < 4; ++k) {
    CHECK(std::fabs(found.largest[static_cast<std::size_t>(k)] - exact(d - 1 - k)) < 1e-6);
  }
  CHECK(std::fabs(found.trace - exact.sum()) < 4 * found.traceStandardError);
  const double share = (exact.array().abs() <= 0.01 * exact(d - 1)).cast<double>().mean();
  // Four starts in some 200 dimensions: a few hundredths.
  CHECK(std::fabs(found.nearZero - share) < 0.08);
  CHECK(std::accumulate(found.shares.begin(), found.shares.end(), 0.0) ==
        doctest::Approx(1).epsilon(1e-12));
}

TEST_CASE("network: the slice has the loss in its middle, and both directions keep unit norms") {
  const auto run = create(small);
  run->advance(90);
  const auto slice = valuesOf(*run, "slice");
  const auto axis = valuesOf(*run, "sliceAxis");
  const auto samples = valuesOf(*run, "samples");
  const std::size_t side = axis.size();
  CHECK(slice.size() == side * side);
  CHECK(axis.front() == -1);
  CHECK(axis.back() == 1);
  CHECK(axis[side / 2] == 0);
  // Of the measured samples, not of all: near the training loss.
  CHECK(slice[side * (side / 2) + side / 2] ==
        doctest::Approx(valuesOf(*run, "trainLoss").back()).epsilon(0.3));
  CHECK(samples[2] == 512);
  // Scaling the weights into a hidden ReLU unit by c, and those out of it by 1/c, is the same
  // network, and the same slice along the directions scaled alike, which the normalisation gives.
  const auto split = splitForClassification(dataSet("digits"), "digit", {}, 16, 1).split;
  LabelledSamples few = split.train;
  few.inputs = split.train.inputs.leftCols(40).eval();
  few.labels = split.train.labels.head(40).eval();
  const Network network(NetworkShape(64, {1}, 10, Activation::relu), few, 0);
  Point weights = initialWeights(network.shape(), 1, 0);
  const auto before = filterNormalizedSlice(network, weights, 5, 1);
  const NetworkLayer& last = network.shape().layers()[1];
  weights.head(64) *= 8;
  weights.segment(last.weights, 10) /= 8;
  const auto after = filterNormalizedSlice(network, weights, 5, 1);
  for (std::size_t i = 0; i < before.size(); ++i) {
    CHECK(after[i] == doctest::Approx(before[i]).epsilon(1e-12));
  }
}

TEST_CASE("network: a step size too large ends as diverged, with numbers in every channel") {
  const auto run = create(
      with(small, {{"alpha", 100.0}, {"activation", std::string("relu")}, {"weightDecay", 1.0}}));
  run->advance(1000);
  CHECK(run->status().state == RunState::diverged);
  for (const char* id : {"trainLoss", "testLoss", "trainError", "confusionMatrix", "trace",
                         "hessianEigenvalues", "hessianSpectrum", "slice"}) {
    CAPTURE(id);
    for (const double value : valuesOf(*run, id)) {
      CHECK(std::isfinite(value));
    }
  }
}

TEST_CASE("network: live hyper-parameters take effect from the next step on") {
  const auto changed = create(small), same = create(small), late = create(small);
  for (Experiment* run : {changed.get(), same.get(), late.get()}) {
    run->advance(45);
  }
  CHECK(changed->set("alpha", 0.02).empty());
  CHECK(same->set("alpha", 0.1).empty());
  for (Experiment* run : {changed.get(), same.get(), late.get()}) {
    run->advance(45);
  }
  CHECK(valuesOf(*same, "trainLoss") == valuesOf(*late, "trainLoss"));
  CHECK(valuesOf(*changed, "trainLoss") != valuesOf(*late, "trainLoss"));
  CHECK(!changed->set("method", std::string("sgd")).empty());
}

TEST_CASE("network: widths that cannot be are named") {
  for (const char* hidden : {"", "0", "129", "8.5", "8,8,8,8", "eight"}) {
    CAPTURE(hidden);
    CHECK(refusedBy("network", {{"hidden", std::string(hidden)}}) == "hidden");
  }
  CHECK(create({{"hidden", std::string("8, 5; 3")}}));
}

TEST_CASE(
    "network: golden hashes of two epochs of every method, tanh and ReLU, and what is measured") {
  std::uint64_t hash = kHashOffset;
  for (const std::string& method : everyMethod) {
    const auto run = create({{"hidden", std::string("9, 5")},
                             {"epochs", 2.0},
                             {"activation", std::string(method == "adam" ? "tanh" : "relu")},
                             {"method", method}});
    run->advance(90);
    const std::uint64_t one =
        hashOfRun(*run, {"trainLoss", "testLoss", "testError", "hessianEigenvalues",
                         "hessianSpectrum", "trace", "slice"});
    hash = hashOf(Column::Constant(1, double(one >> 12)), hash);
  }
  CHECK(hash == 0xf4f2c7ee26f9a156);
}

// What users of a mainstream library get from the same network: about 2 %. Some 2 s; as wasm twice
// that, so natively only: the hashes above hold both to the same bits.
#ifndef __EMSCRIPTEN__
TEST_CASE("network: mean test error at most 2.5 % over five seeds within 60 epochs") {
  double sum = 0;
  for (const double seed : {1.0, 2.0, 3.0, 4.0, 5.0}) {
    const auto run = create({{"seed", seed}});
    run->advance(60 * 45);
    CHECK(run->status().state == RunState::finished);
    sum += valuesOf(*run, "testError").back();
  }
  MESSAGE("mean test error " << sum / 5);
  CHECK(sum / 5 <= 0.025);
}
#endif
