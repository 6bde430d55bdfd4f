#include "objective/expression.hpp"

#include <doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "numeric/elementary.hpp"
#include "objective/catalogue.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

std::unique_ptr<Expression> expressionOf(const std::string& text) {
  ExpressionResult result = makeExpression(text);
  CAPTURE(text);
  CAPTURE(result.error.message);
  REQUIRE(result.expression);
  return std::move(result.expression);
}

double valueOf(const std::string& text, double x, double y = 0) {
  const auto f = expressionOf(text);
  Point at(f->dim());
  at(0) = x;
  if (f->dim() == 2) {
    at(1) = y;
  }
  return valueAt(*f, at);
}

// Relative to the scale of both.
double largestDifference(const Block& a, const Block& b) {
  return ((a - b).abs() / (1 + a.abs().max(b.abs()))).maxCoeff();
}

}  // namespace

TEST_CASE("a typed function: precedence, signs and names as in a textbook") {
  CHECK(valueOf("-x^2", 3) == -9);
  CHECK(valueOf("(-x)^2", 3) == 9);
  CHECK(valueOf("x^3^2", 2) == 512);
  CHECK(valueOf("2^-x", 2) == doctest::Approx(0.25).epsilon(1e-15));
  CHECK(valueOf("1 - x - 2", 4) == -5);
  CHECK(valueOf("8/x/2", 2) == 2);
  CHECK(valueOf("2x(x + 1)(x - 1)", 3) == 48);
  CHECK(valueOf("1/2x", 3) == 1.5);
  CHECK(valueOf("2e3x + .5e-1x + 2e x", 1) == doctest::Approx(2000.05 + 2 * std::exp(1.0)));
  CHECK(valueOf("x² − 3·x × 2 ÷ 4 + 0π", 2) == 1);
  CHECK(valueOf("x**2 + pi", 2) == doctest::Approx(4 + std::acos(-1.0)).epsilon(1e-15));
  CHECK(valueOf("+x - -x - +x", 5) == 5);
  CHECK(valueOf("min(x, 3, 2x) + max(x, y)", 2, 7) == 9);
  CHECK(valueOf("if(x < 0, 10, if(x >= 2, 20, 30)) + 0y", 2) == 20);
  CHECK(valueOf("if(x ≤ 2, 1, 2) x", 2) == 2);
  CHECK(valueOf("(x > 1) + (x > 3) + sign(-x) + abs(-x)", 2) == 2);
  CHECK(valueOf("sqrt(x) + x^0.5 + x^1.5 + x^-1", 4) == doctest::Approx(2 + 2 + 8 + 0.25));
  CHECK(valueOf("x^y", 2, 10) == doctest::Approx(1024).epsilon(1e-14));
}

TEST_CASE("a typed function: the functions are those of core/numeric, to the last bit") {
  const double x = 0.7310585786300049;
  CHECK(valueOf("exp(x)", x) == numeric::exp(x));
  CHECK(valueOf("log(x)", x) == numeric::log(x));
  CHECK(valueOf("ln(x)", x) == numeric::log(x));
  CHECK(valueOf("sin(x)", x) == numeric::sincos(x).sin);
  CHECK(valueOf("cos(x)", x) == numeric::sincos(x).cos);
  CHECK(valueOf("tanh(x)", x) == numeric::tanh(x));
  CHECK(valueOf("atan(x)", x) == numeric::atan(x));
  CHECK(valueOf("softplus(x)", x) == numeric::softplus(x));
  CHECK(valueOf("logistic(x)", x) == numeric::logistic(x));
  CHECK(valueOf("sqrt(x)", x) == std::sqrt(x));
  CHECK(valueOf("sinh(x)", 1e-9) == doctest::Approx(1e-9).epsilon(1e-14));
  CHECK(valueOf("cosh(x)", x) == doctest::Approx(std::cosh(x)).epsilon(1e-14));
  CHECK(valueOf("tan(x)", x) == doctest::Approx(std::tan(x)).epsilon(1e-14));
}

TEST_CASE("a typed function: every refusal points at the character that is wrong") {
  struct Case {
    const char* text;
    std::size_t position;
    const char* says;
  };
  const Case cases[] = {
      {"", 0, "is empty"},
      {"   ", 0, "is empty"},
      {"x^2 + $", 6, "“$”"},
      {"x^2 + * 3", 6, "“*” where a number"},
      {"x^2 +", 5, "its end"},
      {"(x + 1", 0, "never closed"},
      {"sin(x", 0, "“sin(” that is never closed"},
      {"x + 1)", 5, "closes nothing"},
      {"x² + ½", 5, "“½”"},
      {"2 3 x", 2, "where a sign is missing"},
      {"0,5x", 1, "decimals take a point"},
      {"xy + 1", 0, "as in x*y"},
      {"1 + Sin(x)", 4, "small letters: sin"},
      {"1 + foo(x)", 4, "unknown name “foo”"},
      {"sin x", 0, "sin(…)"},
      {"x + min(x)", 4, "at least 2"},
      {"if(x < 0, 1)", 0, "it takes 3"},
      {"x < 1 < 2", 6, "one comparison"},
      {"1.2.3 x", 0, "a number such as"},
      {"1e999 x", 0, "a number such as"},
      {"x^2000", 2, "exponent beyond 1024"},
      {"3 + 4", 0, "the same everywhere"},
      {"x - x", 0, "the same everywhere"},
      {"log(-1 - x^2)", 0, "nowhere within 100"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const ExpressionResult result = makeExpression(each.text);
    REQUIRE_FALSE(result.expression);
    CAPTURE(result.error.message);
    CHECK(result.error.position == each.position);
    CHECK(result.error.message.find(each.says) != std::string::npos);
    CHECK(result.error.message.back() == '.');
  }
  const ExpressionResult plane = makeExpression("x + 2 y", 1);
  REQUIRE_FALSE(plane.expression);
  CHECK(plane.error.position == 6);
  CHECK(plane.error.message.find("x alone: character 7, x + 2 ▸y") != std::string::npos);
}

TEST_CASE("a typed function: no text is too deep, too long or too strange") {
  const auto repeated = [](const std::string& part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) {
      text += part;
    }
    return text;
  };
  for (const std::string& text :
       {repeated("(", 499), repeated("-", 400) + "x", repeated("x^", 200) + "x",
        repeated("sin(", 120), repeated("x+", 249) + "x", repeated("x", 501),
        std::string("x\0y", 3), std::string("\xff\xfe"), repeated("x*(x+", 90), std::string("²"),
        repeated("exp(", 40) + "x" + repeated(")", 40)}) {
    const ExpressionReading reading = parseExpression(text);
    CHECK((reading.parsed.has_value() != !reading.error.message.empty()));
  }
  CHECK(makeExpression(repeated("tanh(", 40) + "x" + repeated(")", 40)).expression);
}

TEST_CASE("a typed function: value, gradient and Hessian of the landscapes written by hand") {
  struct Pair {
    const char* id;
    LandscapeParameters parameters;
    const char* text;
  };
  const Pair pairs[] = {
      {"quadratic", {.condition = 10}, "(x^2 + 10y^2)/2"},
      {"rosenbrock", {}, "(1 - x)^2 + 100(y - x^2)^2"},
      {"himmelblau", {}, "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"},
      {"beale", {}, "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2"},
      {"saddle", {}, "(x^2 - y^2)/2 + y^4/4"},
      {"double-well", {.tilt = 0.3}, "(x^2 - 1)^2 + y^2/2 + 0.3x"},
      {"quadratic-1d", {.curvature = 3}, "3x^2/2"},
      {"double-well-1d", {.tilt = -0.4}, "(x^2 - 1)^2 - 0.4x"},
      {"cosine-1d", {.amplitude = 2, .omega = 3}, "2cos(3x)"},
      {"mixture-1d",
       {.weights = {0.4, 0.6}, .means = {-1, 1}, .deviations = {0.5, 0.5}},
       "-log((0.4exp(-2(x + 1)^2) + 0.6exp(-2(x - 1)^2))/(0.5sqrt(2pi)))"},
  };
  for (const Pair& pair : pairs) {
    CAPTURE(pair.text);
    const auto byHand = makeLandscape(pair.id, pair.parameters);
    const auto typed = expressionOf(pair.text);
    REQUIRE(typed->dim() == byHand->dim());
    const Block x = pointsInWindow(*byHand, 41, 300);
    Column f(x.rows()), g(x.rows());
    typed->value(x, f);
    byHand->value(x, g);
    CHECK(largestDifference(f, g) < 1e-12);
    Block slope(x.rows(), x.cols()), slopeByHand(x.rows(), x.cols());
    typed->gradient(x, slope);
    byHand->gradient(x, slopeByHand);
    CHECK(largestDifference(slope, slopeByHand) < 1e-12);
    for (Eigen::Index r = 0; r < 20; ++r) {
      const Point at = row(x, r);
      CHECK(largestDifference(typed->hessian(at), byHand->hessian(at)) < 1e-11);
    }
  }
}

TEST_CASE("a typed function: derivatives against differences of its values, and blocks") {
  for (const char* text :
       {"exp(-x^2) + 0.1x^2", "sin(2x) + tanh(x) + atan(3x)", "sqrt(1 + x^2) + log(2 + x^2)",
        "softplus(3x) + logistic(x) x^2", "x^2 tan(x/4) + sinh(x/2) cosh(x/3)",
        "1/(1 + x^2) + x^-2/(2 + 1/x^4)", "(1 + x^2)^0.7 + 2^(x/3) + (2 + x^2)^(x/5)",
        "x^2/20 - exp(-20(x + 1)^2) - 0.9exp(-(x - 1.5)^2)", "(x^2 + y^2)/10 + sin(2x) cos(2y)",
        "exp(x y/5)/(1 + x^2 + y^2) + x^2 + y^2",
        "log(1 + (x - y)^2) + tanh(x y) + 0.1(x^4 + y^4)"}) {
    CAPTURE(text);
    const auto f = expressionOf(text);
    const Block x = 2 * seededBlock(42, 40, f->dim()) + 0.01;
    checkDerivatives(*f, x);
    checkBatch(*f, 2 * seededBlock(43, 300, f->dim()));
    checkTerms(*f, f->start());
  }
}

TEST_CASE("a typed function: replicate 17 of 100 is replicate 17 of 10 000") {
  const auto f = expressionOf("(x^2 + y - 11)^2 + exp(-x y) + sin(3x) + if(x < y, x, y^2)");
  const Block many = 3 * seededBlock(44, 10'000, 2);
  Block gradient(many.rows(), 2);
  f->gradient(many, gradient);
  Column value(many.rows());
  f->value(many, value);
  for (const Eigen::Index rows : {1, 2, 17, 100, 127, 128, 129, 1000}) {
    const Block some = many.topRows(rows);
    Block g(rows, 2);
    f->gradient(some, g);
    Column v(rows);
    f->value(some, v);
    CHECK((g == gradient.topRows(rows)).all());
    CHECK((v == value.head(rows)).all());
  }
}

TEST_CASE(
    "a typed function: kinks have the slope of one side, what is not chosen does not matter") {
  const auto slope = [](const std::string& text, double x) {
    return gradientAt(*expressionOf(text), Point::Constant(1, x))(0);
  };
  CHECK(slope("abs(x)", 0) == 0);
  CHECK(slope("abs(x)", -2) == -1);
  CHECK(slope("max(x, -2x)", -1) == -2);
  CHECK(slope("max(x, -2x)", 1) == 1);
  CHECK(slope("min(x^2, 4)", 1) == 2);
  CHECK(slope("min(x^2, 4)", 3) == 0);
  // Neither branch's NaN leaks into the other.
  CHECK(slope("if(x > 0, x log(x), x^2)", -1) == -2);
  CHECK(slope("if(x > 0, x log(x), x^2)", 1) == 1);
  CHECK(valueOf("if(x > 0, sqrt(x), 0)", -1) == 0);
  CHECK(std::isnan(valueOf("sqrt(x)", -1)));
  CHECK(slope("abs(x)^1.5", 0) == 0);
  CHECK(std::isinf(valueOf("x^2 exp(x)", 1e3)));
}

TEST_CASE("a typed function: curvature is known of quadratics, and of them alone") {
  const auto bowl = expressionOf("x^2 + x y + y^2 - 3x + 1");
  REQUIRE(bowl->curvature());
  CHECK(bowl->curvature()->smoothness == doctest::Approx(3).epsilon(1e-14));
  CHECK(bowl->curvature()->strongConvexity == doctest::Approx(1).epsilon(1e-14));
  CHECK(expressionOf("(2x - 1)(x + 3)/5")->curvature()->smoothness == doctest::Approx(0.8));
  for (const char* text : {"x^2 - y^2", "x^4", "exp(x) - x", "x^2 + abs(x)", "x"}) {
    CAPTURE(text);
    CHECK_FALSE(expressionOf(text)->curvature());
  }
}

TEST_CASE("a typed function: the survey finds the valleys, a window and a start") {
  struct Case {
    const char* text;
    std::size_t minima;
    double x, y;  // of the first
    bool isBounded;
  };
  const Case cases[] = {
      {"x^2", 1, 0, 0, true},
      {"(x^2 - 1)^2", 2, 1, 0, true},
      {"sin(x) + 0.1x^2", 2, -1.3064400081, 0, true},
      {"exp(x) - x", 1, 0, 0, true},
      {"log(1 + x^2)", 1, 0, 0, true},
      {"x log(x)", 1, 0.36787944117, 0, true},
      {"abs(x - 2)", 1, 2, 0, true},
      {"sqrt(abs(x))", 1, 0, 0, true},
      {"(x - 50)^2", 1, 50, 0, true},
      {"x^4", 1, 0, 0, true},
      {"x^3 - x", 1, 0.57735026919, 0, false},
      {"log(x)", 0, 0, 0, false},
      {"sqrt(x)", 0, 0, 0, false},
      {"-x^2", 0, 0, 0, false},
      {"log(abs(x))", 0, 0, 0, false},
      {"-1/x^2", 0, 0, 0, false},
      {"(x^2 + y - 11)^2 + (x + y^2 - 7)^2", 4, 3, 2, true},
      {"(1 - x)^2 + 100(y - x^2)^2", 1, 1, 1, true},
      {"x^4 + y^4", 1, 0, 0, true},
      {"abs(x) + 2abs(y)", 1, 0, 0, true},
      {"(1 - x y)^2", 1, 1, 1, true},
      {"-x^2 - y^2", 0, 0, 0, false},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const auto f = expressionOf(each.text);
    const std::vector<Point> minimizers = f->minimizers();
    CHECK(minimizers.size() == each.minima);
    CHECK(f->isBounded() == each.isBounded);
    const Window box = f->window();
    const auto isInside = [&](const Point& point) {
      const bool inX = box.xMin < point(0) && point(0) < box.xMax;
      return inX && (f->dim() == 1 || (box.yMin < point(1) && point(1) < box.yMax));
    };
    if (!minimizers.empty()) {
      CHECK(minimizers.front()(0) == doctest::Approx(each.x).epsilon(1e-9));
      CHECK((f->dim() == 1 || std::fabs(minimizers.front()(1) - each.y) < 1e-9));
      CHECK(isInside(minimizers.front()));
    }
    CHECK(isInside(f->start()));
    CHECK(std::isfinite(valueAt(*f, f->start())));
    CHECK(gradientAt(*f, f->start()).norm() > 0);
    CHECK(box.xMax - box.xMin > 0.5);
    CHECK(box.xMax <= searchReach);
  }
  // Fallen short of a pole or of where it is undefined, a picture shows just a little of it.
  CHECK(expressionOf("x log(x)")->window().xMin < 0);
  CHECK(expressionOf("x log(x)")->window().xMin > -0.5);
  // Of endless waves, those around one valley.
  const Window waves = expressionOf("cos(x)")->window();
  CHECK(waves.xMax - waves.xMin > 12);
  CHECK(waves.xMax - waves.xMin < 60);
}

TEST_CASE("a bottom whose nearest round number is a pole stays where it is") {
  // 2x/21 + c/x^2 = 0 with c = exp(-40), the other factor's slope being nothing so near to 0.
  const double x = -std::cbrt(10.5 * std::exp(-40.0));
  const auto f = expressionOf("x^2/21 - exp(-40(x + 1)^2)/x");
  REQUIRE(!f->minimizers().empty());
  for (const Point& minimizer : f->minimizers()) {
    CHECK(std::isfinite(valueAt(*f, minimizer)));
  }
  CHECK(f->minimizers().front()(0) == doctest::Approx(x).epsilon(1e-3));
}

TEST_CASE("golden hash of typed functions: the same bits on every machine") {
  std::uint64_t hash = kHashOffset;
  for (const char* text :
       {"exp(-x^2) + 0.1x^2 + tanh(x)^3", "log(1 + (x - y)^2) + sin(x y)/3 + 0.1(x^4 + y^4)",
        "if(x < y, softplus(x), atan(y))^2 + abs(x)^1.3 + y^2"}) {
    const auto f = expressionOf(text);
    const Block x = 2 * seededBlock(45, 200, f->dim());
    Column value(x.rows());
    f->value(x, value);
    Block gradient(x.rows(), x.cols());
    f->gradient(x, gradient);
    const Window box = f->window();
    hash = hashOf(gradient, hashOf(value, hash));
    for (Eigen::Index r = 0; r < 20; ++r) {
      hash = hashOf(f->hessian(row(x, r)), hash);
    }
    const Point facts = (Point(6) << f->start()(0), box.xMin, box.xMax, box.yMin, box.yMax,
                         f->minimizers().front()(0))
                            .finished();
    hash = hashOf(facts, hash);
  }
  CHECK(hash == 0x79be87478e0100b8);
}
