#include <doctest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <limits>

#include "numeric/number_text.hpp"
#include "random/fill.hpp"

using wv::numeric::numberText;

TEST_CASE("numbers as a person writes them") {
  CHECK(numberText(0.17) == "0.17");
  CHECK(numberText(-3) == "-3");
  CHECK(numberText(0) == "0");
  CHECK(numberText(-0.0) == "0");
  CHECK(numberText(1e-6) == "1e-06");
  CHECK(numberText(2.5e-7) == "2.5e-07");
  CHECK(numberText(4294967295.0) == "4294967295");
  CHECK(numberText(100000) == "100000");
  CHECK(numberText(1e300) == "1e+300");
  CHECK(numberText(5e-324, 3) == "4.94e-324");
  CHECK(numberText(1.7976931348623157e308, 3) == "1.8e+308");
  CHECK(numberText(0.0001) == "0.0001");
  CHECK(numberText(999999.5) == "1e+06");
  CHECK(numberText(99.99999, 3) == "100");
  CHECK(numberText(std::nan("")) == "nan");
  CHECK(numberText(-INFINITY) == "-inf");
}

TEST_CASE("six digits agree with the C library's %g wherever it does not round a tie") {
  wv::Block u(4000, 2);
  wv::fillUniform({.seed = 3, .stream = wv::Stream::uniform}, u);
  int differing = 0;
  for (int i = 0; i < u.rows(); ++i) {
    const double x = (u(i, 1) - 0.5) * std::pow(10.0, std::floor(60 * u(i, 0)) - 30);
    char text[40];
    std::snprintf(text, sizeof text, "%.6g", x);
    differing += numberText(x) != text ? 1 : 0;
  }
  // Scaling by a power of ten may move a number by a rounding, and so past half a digit: at most
  // one in 10^9.
  CHECK(differing == 0);
}

TEST_CASE("decimals of up to twelve digits read back as themselves") {
  for (double x : {0.17, 1e-6, 0.1, 0.3, 123456.789012, 1e-300, 0.999999999999, 1234567890.25}) {
    CHECK(std::strtod(numberText(x, 12).c_str(), nullptr) == x);
  }
}
