#pragma once

#include <string>

namespace wv::numeric {

// A number as a person writes it: "0.17", "-3", "2.5e-07", with at most `digits` significant digits
// (1 to 15) and no trailing zeros; scientific below 1e-4 and from 10^max(digits, 10) on; "nan",
// "inf". Up to 12 digits the text reads back to the same decimal. The C library's printf would do,
// and weighs more in the page than all that is printed by it.
std::string numberText(double x, int digits = 6);

}  // namespace wv::numeric
