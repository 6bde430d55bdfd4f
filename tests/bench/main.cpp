// bench                 its kernels: a line with the id and the work of a run for each
// bench ID REPEATS      for every repeat, a line: how much work was done in a second
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "kernel.hpp"

namespace {

using namespace wv::bench;

double secondsOf(const std::function<double()>& run, double& checksum) {
  const auto start = std::chrono::steady_clock::now();
  checksum += run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int time(const Kernel& kernel, int repeats) {
  const auto run = kernel.prepare();
  double checksum = 0;
  secondsOf(run, checksum);  // engines compile what they run, caches fill
  for (int i = 0; i < repeats; ++i) {
    std::printf("%.17g\n", kernel.work / secondsOf(run, checksum));
  }
  std::fprintf(stderr, "%.17g\n", checksum);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  for (const Kernel& kernel : kernels()) {
    if (count < 2) {
      std::printf("%s, %.17g\n", kernel.id.data(), kernel.work);
    } else if (kernel.id == words[1]) {
      return time(kernel, count > 2 ? std::atoi(words[2]) : 1);
    }
  }
  return count < 2 ? 0 : 1;
}
