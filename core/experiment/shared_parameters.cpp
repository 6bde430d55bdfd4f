#include "experiment/shared_parameters.hpp"

#include "method/catalogue.hpp"

namespace wv {

Parameter seedParameter() {
  return {.id = "seed",
          .label = "seed",
          .help = "names the random numbers: the same seed gives the same run",
          .kind = Kind::integer,
          .initial = 1.0,
          .min = 0,
          .max = 4294967295.0};
}

Parameter stepSizeParameter(double initial) {
  return {.id = "alpha",
          .label = "step size",
          .symbol = "α",
          .help = "how far one step goes along the negative gradient",
          .kind = Kind::real,
          .initial = initial,
          .min = 1e-6,
          .max = 100,
          .scale = Scale::logarithmic,
          .live = true};
}

Parameter replicatesParameter(double initial) {
  return {.id = "replicates",
          .label = "replicates",
          .symbol = "R",
          .help = "independent runs from the same start, over which means are taken",
          .kind = Kind::integer,
          .initial = initial,
          .min = 1,
          .max = 100'000,
          .scale = Scale::logarithmic};
}

Parameter scalarStartParameter(double initial) {
  return {.id = "x0",
          .label = "start",
          .symbol = "x₀",
          .help = "where every replicate starts",
          .kind = Kind::real,
          .initial = initial,
          .min = -1e6,
          .max = 1e6,
          .relevant = {{"objective", {"scalar"}}}};
}

Parameter planeStartParameter(std::string_view id, std::string_view symbol, std::string_view help,
                              double initial) {
  return {.id = id,
          .label = "start",
          .symbol = symbol,
          .help = help,
          .kind = Kind::real,
          .initial = initial,
          .min = -100,
          .max = 100};
}

Parameter samplingParameter(std::span<const Sampling> modes, std::string_view help) {
  Parameter parameter{.id = "sampling", .label = "sampling", .help = help, .kind = Kind::choice};
  for (const Sampling mode : modes) {
    for (const SamplingInfo& info : samplings()) {
      if (info.mode == mode) {
        parameter.choices.push_back({info.id, info.label, info.help});
      }
    }
  }
  parameter.initial = std::string(parameter.choices.front().id);
  return parameter;
}

Parameter batchSizeParameter(double largest) {
  return {.id = "batch",
          .label = "batch size",
          .symbol = "b",
          .help = "how many terms one gradient is the mean of",
          .kind = Kind::integer,
          .initial = 1.0,
          .min = 1,
          .max = largest,
          .scale = Scale::logarithmic};
}

void refuseLargeBatch(Sampling sampling, int batch, int terms, std::vector<Issue>& issues) {
  if (sampling != Sampling::replacement && batch > terms) {
    issues.push_back({"batch", "batch must be at most " + formatNumber(terms) +
                                   ", the number of terms, unless it is drawn with replacement; " +
                                   formatNumber(batch) + " is more."});
  }
}

Parameter momentumParameter(std::vector<std::string_view> methods) {
  return {.id = "momentum",
          .label = "momentum",
          .symbol = "μ",
          .help = "the share of the velocity kept at each step",
          .kind = Kind::real,
          .initial = 0.8,
          .min = 0,
          .max = 0.999,
          .live = true,
          .relevant = {{"method", std::move(methods)}}};
}

Parameter methodParameter() {
  Parameter parameter{.id = "method",
                      .label = "method",
                      .help = "the update rule",
                      .kind = Kind::choice,
                      .initial = std::string(methods().front().id)};
  for (const MethodInfo& info : methods()) {
    parameter.choices.push_back({info.id, info.label, info.formula});
  }
  return parameter;
}

}  // namespace wv
