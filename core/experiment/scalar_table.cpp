#include "experiment/scalar_table.hpp"

#include "experiment/number_list.hpp"

namespace wv {
namespace {

constexpr std::size_t mostTableEntries = 1000;  // what the longest list can hold

}  // namespace

std::vector<Parameter> scalarTableParameters(const Relevance& when) {
  const auto numbers = [&](std::string_view id, std::string_view label, std::string_view help,
                           std::string initial) {
    return Parameter{.id = id,
                     .label = label,
                     .help = help,
                     .kind = Kind::text,
                     .initial = std::move(initial),
                     .max = longestText,
                     .relevant = {when}};
  };
  return {numbers("a", "slopes a", "of the residuals aᵢx − bᵢ, separated by commas", "1, 2, 3"),
          numbers("b", "targets b", "of the residuals aᵢx − bᵢ, as many as there are slopes",
                  "1, 1, 4.5")};
}

std::unique_ptr<ScalarQuadratic> scalarFromTable(const Settings& settings,
                                                 std::vector<Issue>& issues) {
  const auto a = parseNumbers("a", settings.text("a"), mostTableEntries, issues);
  const auto b = parseNumbers("b", settings.text("b"), mostTableEntries, issues);
  if (!issues.empty()) {
    return nullptr;
  }
  const std::string refused = scalarQuadraticRefusal(a, b);
  if (!refused.empty()) {
    const char* const parameter = refused.starts_with("b_") ? "b" : "a";
    issues.push_back({parameter, std::string(parameter) + ": " + refused});
    return nullptr;
  }
  return std::make_unique<ScalarQuadratic>(a, b);
}

}  // namespace wv
