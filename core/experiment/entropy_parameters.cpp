#include "experiment/entropy_parameters.hpp"

namespace wv {

std::vector<Parameter> entropyParameters(const EntropyDefaults& defaults,
                                         const std::vector<std::string_view>& methods) {
  std::vector<Parameter> table = {
      {.id = "innerSteps",
       .label = "inner steps",
       .symbol = "Λ",
       .help = "gradients in one step: of one inner loop, or of so many plain updates",
       .kind = Kind::integer,
       .initial = 20.0,
       .min = 1,
       .max = 200,
       .scale = Scale::logarithmic},
      {.id = "innerAlpha",
       .label = "inner step size",
       .symbol = "η′",
       .help = "of the Langevin steps of x′",
       .initial = defaults.innerAlpha,
       .min = 1e-5,
       .max = 1,
       .scale = Scale::logarithmic},
      {.id = "noise",
       .label = "inner noise",
       .symbol = "ε",
       .help = "√2 samples the local Gibbs law at β = 1; the paper's 1e−4 makes a proximal step",
       .initial = defaults.noise,
       .min = 0,
       .max = 5},
      {.id = "averaging",
       .label = "averaging",
       .symbol = "κ",
       .help = "weight of the newest x′ in the mean μ",
       .initial = 0.75,
       .min = 0.01,
       .max = 1},
      {.id = "gamma0",
       .label = "coupling",
       .symbol = "γ₀",
       .help = "strength of the spring between x and x′ at first",
       .initial = defaults.gamma0,
       .min = 1e-4,
       .max = 1000,
       .scale = Scale::logarithmic},
      {.id = "gamma1",
       .label = "scoping",
       .symbol = "γ₁",
       .help = "γ grows by the factor 1 + γ₁ at each outer step",
       .initial = defaults.gamma1,
       .min = 0,
       .max = 0.2},
      {.id = "outerAlpha",
       .label = "outer step size",
       .symbol = "η",
       .help = "how far x moves towards μ",
       .initial = defaults.outerAlpha,
       .min = 1e-3,
       .max = 10,
       .scale = Scale::logarithmic},
  };
  for (Parameter& parameter : table) {
    parameter.live = true;
    parameter.relevant = {{"method", methods}};
  }
  return table;
}

EntropySgdSettings entropySettings(const Settings& settings) {
  return {.innerSteps = static_cast<int>(settings.number("innerSteps")),
          .innerStepSize = settings.number("innerAlpha"),
          .noise = settings.number("noise"),
          .averaging = settings.number("averaging"),
          .gamma0 = settings.number("gamma0"),
          .gamma1 = settings.number("gamma1"),
          .seed = static_cast<std::uint32_t>(settings.number("seed")),
          .firstReplicate = settings.firstReplicate()};
}

}  // namespace wv
