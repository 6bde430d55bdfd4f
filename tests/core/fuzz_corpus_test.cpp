// What the fuzzer keeps of requests for experiments (tests/fuzz), and seeded changes of it: the
// fuzzer itself needs the whole core compiled its own way, which takes longer than a run of the
// tests may.
#include <doctest.h>

// Natively alone: there the sanitizers watch.
#ifndef __EMSCRIPTEN__

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

// Stops the program where something does not hold that must (tests/fuzz/parameters_fuzz.cpp).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int changesOfEach = 100;

std::vector<std::string> requests() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(WV_FUZZ_CORPUS "/parameters")) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

// Another value of one of its parameters.
std::string changed(std::string text, std::mt19937& bits) {
  static const std::vector<std::string> oddities = {"-", "0", "9",  "1e999", "nan",
                                                    ",", "=", "\n", ".5",    "\xff"};
  std::vector<std::size_t> values;
  for (std::size_t at = text.find('='); at != std::string::npos; at = text.find('=', at + 1)) {
    values.push_back(at + 1);
  }
  if (values.empty()) {
    return text;
  }
  const std::size_t start = values[bits() % values.size()];
  const std::size_t length = std::min(text.find('\n', start), text.size()) - start;
  const std::size_t at = start + bits() % (length + 1);
  switch (bits() % 4) {
    case 0:
      return text.erase(at, std::min<std::size_t>(1 + bits() % 2, start + length - at));
    case 1:
      return text.insert(at, text.substr(start, 1 + bits() % (length + 1)));
    case 2:
      return text.replace(start, length, oddities[bits() % oddities.size()]);
    default:
      return text.insert(at, oddities[bits() % oddities.size()]);
  }
}

void request(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

TEST_CASE("requests that the fuzzer keeps, and seeded changes of them, are refused or run") {
  std::mt19937 bits(1);
  const std::vector<std::string> kept = requests();
  REQUIRE(kept.size() > 15);
  for (const std::string& text : kept) {
    request(text);
    std::string next = text;
    for (int change = 0; change < changesOfEach; ++change) {
      next = changed(change % 3 == 0 ? text : next, bits);
      request(next);
    }
  }
}

#endif
