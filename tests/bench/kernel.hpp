// What the benchmark times. The same names are kept by three programs: this project's core, a
// textbook's way to write it, and plain JavaScript (plain-kernels.js).
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace wv::bench {

struct Kernel {
  std::string_view id;
  double work;  // in one run, in units that web/build/bench.js names
  // Makes what is not timed. What it returns does the work once; its number depends on all of it,
  // so that no compiler leaves any out.
  std::function<std::function<double()>()> prepare;
};

// Of a program, in the order in which they are timed.
std::vector<Kernel> kernels();

// How each of the programs does it.
Kernel sgd(std::string_view id, int d, int rows, int steps);
Kernel langevin(std::string_view id);
Kernel normalVariates(std::string_view id);
Kernel entropySgd(std::string_view id);
Kernel networkEpoch(std::string_view id);
Kernel enumeration(std::string_view id);

}  // namespace wv::bench
