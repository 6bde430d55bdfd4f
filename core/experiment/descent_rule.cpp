#include "experiment/descent_rule.hpp"

#include <algorithm>

#include "experiment/shared_parameters.hpp"

namespace wv {
namespace {

constexpr std::string_view averagedId = "averaged-sgd";

}  // namespace

std::vector<Parameter> descentRuleParameters() {
  Parameter method{.id = "method",
                   .label = "method",
                   .help = "the update rule; the last three kinds draw single terms",
                   .kind = Kind::choice,
                   .initial = std::string(stochasticMethods().front().id)};
  std::vector<std::string_view> withMomentum;
  for (const StochasticMethodInfo& info : stochasticMethods()) {
    method.choices.push_back({info.id, info.label, info.formula});
    if (info.usesMomentum) {
      withMomentum.push_back(info.id);
    }
  }
  Parameter momentum = momentumParameter(std::move(withMomentum));
  momentum.live = false;
  return {method,
          momentum,
          {.id = "averagingStart",
           .label = "average from step",
           .help = "the average is of the iterates after this many updates",
           .kind = Kind::integer,
           .initial = 0.0,
           .min = 0,
           .max = 100'000,
           .relevant = {{"method", {averagedId}}}}};
}

DescentRule chooseDescentRule(const Settings& settings, std::vector<Issue>& issues) {
  const auto known = stochasticMethods();
  const auto method = std::find_if(known.begin(), known.end(), [&](const auto& info) {
    return info.id == settings.text("method");
  });
  const double batch = settings.number("batch");
  if (method->draws != Draws::batches && batch != 1) {
    issues.push_back({"batch", "batch must be 1 for " + std::string(method->label) +
                                   ", which draws single terms, not " + formatNumber(batch) + "."});
  }
  StochasticOptions options;
  options.momentum = settings.number("momentum");
  options.averagingStart = static_cast<std::uint32_t>(settings.number("averagingStart"));
  return {&*method, options};
}

}  // namespace wv
