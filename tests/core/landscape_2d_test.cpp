#include <doctest.h>

#include <cmath>

#include "objective/catalogue.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv::test;
using wv::LandscapeParameters;
using wv::makeLandscape;
using wv::Point;

std::vector<std::unique_ptr<wv::Objective>> landscapes2d() {
  std::vector<std::unique_ptr<wv::Objective>> all;
  for (const wv::LandscapeInfo& info : wv::landscapes()) {
    if (info.dimension == 2) {
      all.push_back(makeLandscape(info.id, {}));
      REQUIRE(all.back());
    }
  }
  all.push_back(makeLandscape("quadratic", {.condition = 0.04}));
  for (double tilt : {0.3, -1.2, 5.0}) {
    all.push_back(makeLandscape("double-well", {.tilt = tilt}));
  }
  return all;
}

Point at(double x, double y) {
  Point point(2);
  point << x, y;
  return point;
}

}  // namespace

TEST_CASE("2-D landscapes: derivatives, batches, terms and minimisers") {
  for (const auto& objective : landscapes2d()) {
    CHECK(objective->dim() == 2);
    CHECK(objective->terms() == 1);
    checkDerivatives(*objective, pointsInWindow(*objective, 31, 40));
    checkBatch(*objective, pointsInWindow(*objective, 32, 100));
    checkTerms(*objective, objective->start());
    checkMinimizers(*objective);
    const wv::Window box = objective->window();
    std::vector<Point> inside = objective->minimizers();
    inside.push_back(objective->start());
    for (const Point& point : inside) {
      CAPTURE(point.transpose());
      CHECK((box.xMin < point(0) && point(0) < box.xMax));
      CHECK((box.yMin < point(1) && point(1) < box.yMax));
    }
  }
}

TEST_CASE("quadratic: values and global constants") {
  const auto steep = makeLandscape("quadratic", {.condition = 25});
  CHECK(valueAt(*steep, at(3, 2)) == 0.5 * (9 + 100));
  CHECK(gradientAt(*steep, at(3, 2)) == at(3, 50));
  CHECK(steep->curvature()->smoothness == 25);
  CHECK(steep->curvature()->strongConvexity == 1);
  const auto flat = makeLandscape("quadratic", {.condition = 0.04});
  CHECK(flat->curvature()->smoothness == 1);
  CHECK(flat->curvature()->strongConvexity == 0.04);
  for (const wv::LandscapeInfo& info : wv::landscapes()) {
    if (info.dimension == 2) {
      CHECK(makeLandscape(info.id, {})->curvature().has_value() == (info.id == "quadratic"));
    }
  }
}

TEST_CASE("known minima and values") {
  const auto rosenbrock = makeLandscape("rosenbrock", {});
  CHECK(rosenbrock->minimizers() == std::vector<Point>{at(1, 1)});
  CHECK(valueAt(*rosenbrock, at(-1.2, 1)) == doctest::Approx(24.2).epsilon(1e-15));

  const auto beale = makeLandscape("beale", {});
  CHECK(beale->minimizers() == std::vector<Point>{at(3, 0.5)});
  CHECK(valueAt(*beale, at(3, 0.5)) == 0);
  CHECK(valueAt(*beale, at(0, 0)) == 14.203125);

  const auto saddle = makeLandscape("saddle", {});
  CHECK(saddle->minimizers() == std::vector<Point>{at(0, 1), at(0, -1)});
  CHECK(valueAt(*saddle, at(0, 1)) == -0.25);
  CHECK(valueAt(*saddle, at(0, 0)) == 0);
  CHECK(gradientAt(*saddle, at(0, 0)) == at(0, 0));
  CHECK(saddle->hessian(at(0, 0))(1, 1) == -1);

  const auto well = makeLandscape("double-well", {.tilt = 0.3});
  CHECK(std::abs(well->minimizers()[0](0) + 1.035579) < 5e-7);
  CHECK(std::abs(well->minimizers()[1](0) - 0.960150) < 5e-7);
  CHECK(makeLandscape("double-well", {.tilt = -0.3})->minimizers()[0](0) > 1);
}

TEST_CASE("Himmelblau: four minima of depth 0 at the published places, one maximum") {
  const auto objective = makeLandscape("himmelblau", {});
  const Point published[] = {at(3, 2), at(-2.805118, 3.131313), at(-3.779310, -3.283186),
                             at(3.584428, -1.848127)};
  const std::vector<Point> minimizers = objective->minimizers();
  REQUIRE(minimizers.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK((minimizers[i] - published[i]).cwiseAbs().maxCoeff() < 6e-7);
    CHECK(valueAt(*objective, minimizers[i]) < 1e-27);
  }
  CHECK(valueAt(*objective, at(-0.270845, -0.923039)) == doctest::Approx(181.617).epsilon(1e-5));
  CHECK(gradientAt(*objective, at(-0.270845, -0.923039)).norm() < 1e-4);
}

TEST_CASE("overflow gives no trap and no finite lie") {
  for (const auto& objective : landscapes2d()) {
    wv::Block far(2, 2);
    far << 1e200, -1e200, NAN, 0;
    wv::Column f(2);
    wv::Block g(2, 2);
    objective->value(far, f);
    objective->gradient(far, g);
    CHECK(!std::isfinite(f(0)));
    CHECK(std::isnan(f(1)));
  }
}

TEST_CASE("mixture: the sum of its Gaussians, one alone a bowl, and the sharp valley the deeper") {
  const auto f = makeLandscape("mixture", {});
  const auto gaussian = [](double x, double y, double variance) {
    return std::exp(-(x * x + y * y) / (2 * variance)) / (2 * M_PI * variance);
  };
  const wv::Block points = pointsInWindow(*f, 33, 20);
  for (Eigen::Index r = 0; r < points.rows(); ++r) {
    const Point p = points.row(r).matrix().transpose();
    const double density =
        0.35 * gaussian(p(0) + 1, p(1), 0.01) + 0.65 * gaussian(p(0) - 1, p(1), 0.25);
    CHECK(valueAt(*f, p) == doctest::Approx(-std::log(density)).epsilon(1e-12));
  }
  const auto one = makeLandscape("mixture", {.weights = {1}, .means = {2}, .deviations = {0.5}});
  CHECK(gradientAt(*one, at(3, 1)).isApprox(at(4, 4), 1e-12));
  REQUIRE(f->minimizers().size() == 2);
  CHECK(f->minimizers()[0](0) == doctest::Approx(-1).epsilon(1e-3));
  CHECK(makeLandscape("mixture", {.weights = {1}}) == nullptr);
}

TEST_CASE("an unknown landscape does not exist, and every listed one does") {
  CHECK(makeLandscape("quadratics", {}) == nullptr);
  CHECK(makeLandscape("", {}) == nullptr);
  for (const wv::LandscapeInfo& info : wv::landscapes()) {
    CHECK(makeLandscape(info.id, {})->dim() == info.dimension);
  }
}

TEST_CASE("golden: 2-D values and gradients have the same bits on every platform") {
  const struct {
    std::string_view id;
    std::uint64_t hash;
  } goldens[] = {
      {"quadratic", 0x4cfa8f82782cf632},  {"rosenbrock", 0xb5339554ccdceb0f},
      {"himmelblau", 0x6fcdc0fe6f6157cf}, {"beale", 0xb4b3c0bba2df3a77},
      {"saddle", 0x5401caf7fe6fb474},     {"double-well", 0x73fe77dbf3497ddf},
  };
  for (const auto& golden : goldens) {
    CAPTURE(golden.id);
    const auto objective = makeLandscape(golden.id, {.condition = 7.3, .tilt = 0.3});
    const std::uint64_t hash = hashOfObjective(*objective, 4 * seededBlock(41, 500, 2));
    CHECK(hash == golden.hash);
  }
}
