#include "objective/dataset.hpp"

#include <doctest.h>

#include <cmath>

#include "data_sets.hpp"

namespace {

using namespace wv::test;
using Names = std::vector<std::string>;

wv::Table tableOf(std::string_view text) {
  wv::CsvResult result = wv::readCsv(text);
  REQUIRE(result.issues.empty());
  return std::move(result.table);
}

std::string regressionError(const wv::Table& table, std::string_view id, const Names& features) {
  const wv::DesignResult result = wv::regressionDesign(table, *wv::findDataset(id), features);
  CHECK((result.error.empty() || result.design.X.size() == 0));
  return result.error;
}

std::string classificationError(const wv::Table& table, std::string_view id,
                                const Names& features) {
  return wv::classificationDesign(table, *wv::findDataset(id), features).error;
}

bool contains(const std::string& text, std::string_view part) {
  CAPTURE(text);
  CAPTURE(part);
  return text.find(part) != std::string::npos;
}

int countPositive(const wv::Point& labels) {
  CHECK(labels.cwiseAbs() == wv::Point::Ones(labels.size()));
  return static_cast<int>((labels.array() > 0).count());
}

}  // namespace

TEST_CASE("the table of data sets") {
  CHECK(wv::datasets().size() == 4);
  CHECK(wv::findDataset("iris") == nullptr);
  for (const wv::DatasetInfo& info : wv::datasets()) {
    CAPTURE(info.id);
    CHECK(wv::findDataset(info.id) == &info);
    CHECK(!info.source.empty());
    CHECK(!info.licence.empty());
    const auto pair = wv::defaultFeaturePair(info.id);
    CHECK(regressionOf(info.id, {pair[0], pair[1]}).X.cols() == 2);
    CHECK(classificationOf(info.id, {pair[0], pair[1]}).X.cols() == 2);
  }
}

TEST_CASE("shapes: rows, features and targets") {
  const struct {
    std::string_view id;
    int rows, regression, classification;
    std::string_view target;
  } expected[] = {
      {"penguins", 342, 3, 4, "body_mass_g"},
      {"diabetes", 442, 10, 10, "progression"},
      {"breast-cancer", 569, 30, 30, "benign"},
      {"digits", 1797, 61, 61, "digit"},  // three of the 64 pixels are always empty
  };
  for (const auto& e : expected) {
    CAPTURE(e.id);
    const auto regression = regressionOf(e.id);
    const auto classification = classificationOf(e.id);
    CHECK(regression.X.rows() == e.rows);
    CHECK(regression.y.size() == e.rows);
    CHECK(regression.X.cols() == e.regression);
    CHECK(regression.target == e.target);
    CHECK(classification.X.rows() == e.rows);
    CHECK(classification.X.cols() == e.classification);
    CHECK(classification.features.size() == static_cast<std::size_t>(e.classification));
  }
  CHECK(regressionOf("penguins").features ==
        Names{"beak_length_mm", "beak_depth_mm", "flipper_length_mm"});
  CHECK(classificationOf("penguins").features ==
        Names{"beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"});
}

TEST_CASE("features have mean 0 and variance 1 (dividing by n), and undo to the raw numbers") {
  for (const wv::DatasetInfo& info : wv::datasets()) {
    CAPTURE(info.id);
    const wv::Table& table = dataSet(info.id);
    for (const auto& design : {regressionOf(info.id), classificationOf(info.id)}) {
      const double n = static_cast<double>(design.X.rows());
      for (Eigen::Index j = 0; j < design.X.cols(); ++j) {
        CHECK(std::abs(design.X.col(j).sum() / n) < 1e-12);
        CHECK(std::abs(design.X.col(j).squaredNorm() / n - 1) < 1e-12);
        const auto& raw = table.find(design.features[static_cast<std::size_t>(j)])->numbers;
        for (Eigen::Index i = 0; i < design.X.rows(); ++i) {
          const double back = design.X(i, j) * design.deviations(j) + design.means(j);
          REQUIRE(back == doctest::Approx(raw[static_cast<std::size_t>(i)]).epsilon(1e-12));
        }
      }
    }
    const auto regression = regressionOf(info.id);
    const double n = static_cast<double>(regression.y.size());
    CHECK(std::abs(regression.y.sum() / n) < 1e-12);
    CHECK(std::abs(regression.y.squaredNorm() / n - 1) < 1e-12);
    const auto& raw = table.find(regression.target)->numbers;
    CHECK(regression.y(5) * regression.targetDeviation + regression.targetMean ==
          doctest::Approx(raw[5]).epsilon(1e-13));
  }
}

TEST_CASE("labels: how many rows are +1") {
  CHECK(countPositive(classificationOf("penguins").y) == 151);
  CHECK(countPositive(classificationOf("diabetes").y) == 221);  // half of 442
  CHECK(countPositive(classificationOf("breast-cancer").y) == 357);
  // Counts of the odd digits 1, 3, 5, 7, 9 in the test part: 182, 183, 182, 179, 180.
  CHECK(countPositive(classificationOf("digits").y) == 906);
  CHECK(classificationOf("digits").y(0) == -1);  // a 0
  CHECK(classificationOf("digits").y(1) == 1);   // a 1
}

TEST_CASE("features by name keep the order given") {
  const auto design = regressionOf("diabetes", {"s5", "bmi"});
  CHECK(design.features == Names{"s5", "bmi"});
  const auto all = regressionOf("diabetes");
  CHECK(design.X.col(0) == all.X.col(8));
  CHECK(design.X.col(1) == all.X.col(2));
}

TEST_CASE("refusals name the column, the place and what is allowed") {
  const auto unknown = regressionError(dataSet("diabetes"), "diabetes", {"bmi", "bmo"});
  CHECK(contains(unknown, "“bmo”"));
  CHECK(contains(unknown, "age, sex, bmi, bp, s1, s2, s3, s4, s5, s6."));
  CHECK(!contains(unknown, "progression"));
  CHECK(
      contains(regressionError(dataSet("diabetes"), "diabetes", {"progression"}), "is the target"));
  CHECK(contains(regressionError(dataSet("diabetes"), "diabetes", {"bmi", "s5", "bmi"}),
                 "“bmi” is named twice"));
  const auto text = regressionError(dataSet("penguins"), "penguins", {"species"});
  CHECK(contains(text, "“species” holds text"));
  CHECK(contains(text, "line 2, column 5 is “Adelie”"));
  CHECK(
      contains(regressionError(dataSet("digits"), "digits", {"p33", "p00"}), "“p00” is constant"));
}

TEST_CASE("one odd cell is named when its column is used") {
  const auto table = tableOf("bmi,s5,progression\n20,1,5\n21,2,6\n22 kg,3,7\n");
  CHECK(contains(regressionError(table, "diabetes", {"bmi"}), "line 4, column 1 is “22 kg”"));
  CHECK(regressionError(table, "diabetes", {}) == "");
  CHECK(wv::regressionDesign(table, *wv::findDataset("diabetes"), {}).design.features ==
        Names{"s5"});
  const auto oddTarget = tableOf("bmi,progression\n20,5\n21,?\n");
  CHECK(contains(regressionError(oddTarget, "diabetes", {}), "line 3, column 2 is “?”"));
  CHECK(contains(classificationError(oddTarget, "diabetes", {}), "line 3, column 2 is “?”"));
}

TEST_CASE("tables that fit no design") {
  const auto textsAlone = tableOf("name,progression\nx,2\ny,1\n");
  CHECK(regressionError(textsAlone, "diabetes", {"bmi"}) ==
        "There is no column “bmi”; no other column holds numbers.");
  const auto noTarget = tableOf("bmi,s5\n1,2\n3,4\n");
  CHECK(contains(regressionError(noTarget, "diabetes", {}), "no column “progression”"));
  CHECK(contains(classificationError(noTarget, "diabetes", {}), "no column “progression”"));
  const auto flatTarget = tableOf("bmi,progression\n1,2\n3,2\n");
  CHECK(contains(regressionError(flatTarget, "diabetes", {}), "“progression” is constant"));
  CHECK(contains(classificationError(flatTarget, "diabetes", {}), "in the same class"));
  const auto flatFeatures = tableOf("bmi,progression\n3,2\n3,1\n");
  CHECK(contains(regressionError(flatFeatures, "diabetes", {}), "no numeric column that varies"));
  const auto huge = tableOf("bmi,progression\n1e308,2\n-1e308,1\n");
  CHECK(contains(regressionError(huge, "diabetes", {}), "too large"));
  const auto numbers = tableOf("beak_depth_mm,body_mass_g,species\n1,2,1\n2,3,2\n");
  CHECK(contains(classificationError(numbers, "penguins", {}), "class names"));
  // Equal numbers whose mean is rounded are constant all the same.
  const auto rounded = tableOf("bmi,s5,progression\n0.1,1,1\n0.1,2,2\n0.1,3,4\n");
  CHECK(contains(regressionError(rounded, "diabetes", {"bmi"}), "constant"));
}

TEST_CASE("the intercept is a last column of ones") {
  auto design = classificationOf("penguins");
  const wv::Matrix before = design.X;
  wv::appendIntercept(design);
  REQUIRE(design.X.cols() == 5);
  CHECK(design.X.leftCols(4) == before);
  CHECK(design.X.col(4) == wv::Point::Ones(342));
  CHECK(design.features.back() == "intercept");
  CHECK(design.means(4) == 0);
  CHECK(design.deviations(4) == 1);
}

TEST_CASE("the library replaces and finds tables by id") {
  wv::DataLibrary library;
  CHECK(library.find("penguins") == nullptr);
  library.add("penguins", tableOf("a,b\n1,2\n"));
  library.add("penguins", tableOf("a,b\n1,2\n3,4\n"));
  REQUIRE(library.find("penguins"));
  CHECK(library.find("penguins")->rows == 2);
}

TEST_CASE("columnScale: the mean and the deviation that standardising takes, to the bit") {
  const std::vector<double> numbers = {2, 4, 4, 4, 5, 5, 7, 9};
  const wv::ColumnScale scale = wv::columnScale(numbers);
  CHECK(scale.mean == 5);
  CHECK(scale.deviation == 2);
  const std::vector<double> equal(7, 0.1);
  CHECK(wv::columnScale(equal).mean == 0.1);
  CHECK(wv::columnScale(equal).deviation == 0);
  const std::vector<double> huge = {1e300, -1e300};
  CHECK_FALSE(std::isfinite(wv::columnScale(huge).deviation));
}
