#include "experiment/field.hpp"

#include <doctest.h>

#include <string>

#include "experiment/registry.hpp"
#include "objective/landscape_2d.hpp"

using wv::fieldColumns;
using wv::fieldRows;

TEST_CASE("values on a grid come row after row, both ends of either axis included") {
  const auto f = wv::makeHimmelblau();
  const std::vector<double> xs = wv::evenlySpaced(-1, 3, 5), ys = wv::evenlySpaced(-2, 0, 3);
  CHECK(xs == std::vector<double>{-1, 0, 1, 2, 3});
  const wv::Column values = wv::valuesOnGrid(*f, xs, ys);
  REQUIRE(values.size() == 15);
  for (int k = 0; k < 15; ++k) {
    const double x = xs[static_cast<std::size_t>(k % 5)], y = ys[static_cast<std::size_t>(k / 5)];
    const double a = x * x + y - 11, b = x + y * y - 7;
    CHECK(values(k) == doctest::Approx(a * a + b * b).epsilon(1e-14));
  }
}

TEST_CASE("a field has fewer points where each of them takes long, in the same proportion") {
  for (const int terms : {1, 442, 1797, 9000}) {
    CHECK(wv::fieldSize(terms).columns == fieldColumns);
    CHECK(wv::fieldSize(terms).rows == fieldRows);
  }
  const auto [columns, rows] = wv::fieldSize(200'000);
  CHECK(columns >= 50);
  CHECK(static_cast<double>(columns) / rows ==
        doctest::Approx(static_cast<double>(fieldColumns) / fieldRows).epsilon(0.02));
  CHECK(200'000.0 * columns * rows <= 4e8);
}

TEST_CASE("the picture of a large table is a coarser one of the same function") {
  const int rows = 20'000;
  std::string text = "a,b,c\n";
  for (int i = 0; i < rows; ++i) {
    text +=
        std::to_string(i % 7) + "," + std::to_string(i % 11) + "," + std::to_string(i % 13) + "\n";
  }
  wv::DataLibrary data;
  data.add(std::string(wv::ownDatasetId), wv::readCsv(text).table);
  for (const char* id : {"step-size", "markov"}) {
    CAPTURE(id);
    const std::vector<wv::Setting> settings = {{"objective", std::string("least-squares")},
                                               {"dataset", std::string(wv::ownDatasetId)},
                                               {"features", std::string("a,b")}};
    const wv::Creation creation = wv::createExperiment(id, settings, data);
    for (const wv::Issue& issue : creation.issues) {
      FAIL(issue.message);
    }
    const wv::Channel field = creation.experiment->channel("field");
    const auto [columns, lines] = wv::fieldSize(rows);
    CHECK(columns < fieldColumns);
    CHECK(field.shape == std::vector<int>{lines, columns});
    CHECK(creation.experiment->channel("grid").shape == std::vector<int>{columns});
    CHECK(creation.experiment->channel("gridY").shape == std::vector<int>{lines});
  }
}
