#include "experiment/entropy_sgd_settings.hpp"

#include <string>

#include "experiment/entropy_parameters.hpp"
#include "experiment/objective_parameters.hpp"
#include "experiment/shared_parameters.hpp"
#include "method/catalogue.hpp"
#include "method/langevin.hpp"
#include "method/parle.hpp"

namespace wv {
namespace {

constexpr std::string_view entropyId = "entropy-sgd", parleId = "parle", sgdId = "sgd",
                           momentumId = "momentum", adamId = "adam", langevinId = "langevin";
constexpr std::string_view sharp = "sharp", everywhere = "everywhere";
constexpr std::string_view gammaFree = "gamma-free", scaled = "scaled";

const std::vector<std::string_view> withInnerLoop = {entropyId, parleId};
const std::vector<std::string_view> withoutInnerLoop = {sgdId, momentumId, adamId, langevinId};

struct Live {
  std::string_view id, label, symbol, help;
  double initial, min, max;
  Scale scale;
  std::vector<std::string_view> methods;
};

Parameter liveParameter(const Live& live) {
  Parameter parameter{.id = live.id,
                      .label = live.label,
                      .symbol = live.symbol,
                      .help = live.help,
                      .kind = Kind::real,
                      .initial = live.initial,
                      .min = live.min,
                      .max = live.max,
                      .scale = live.scale,
                      .live = true};
  if (!live.methods.empty()) {
    parameter.relevant = {{"method", live.methods}};
  }
  return parameter;
}

Parameter raceMethodParameter() {
  return {.id = "method",
          .label = "method",
          .help = "all at the same number of gradients per step, from the same starts",
          .kind = Kind::choice,
          .initial = std::string(entropyId),
          .choices = {{entropyId, "Entropy-SGD", "descent on the local entropy"},
                      {parleId, "Parle", "Entropy-SGD in replicas that attract each other"},
                      {sgdId, "SGD", "x ← x − αg"},
                      {momentumId, "heavy ball", "v ← μv − αg, x ← x + v"},
                      {adamId, "Adam", "x ← x − α m̂/(√ŝ + ε)"},
                      {langevinId, "Langevin", "x ← x − αg + √(2α/β) ξ"}}};
}

void addEntropyParameters(std::vector<Parameter>& table) {
  for (Parameter& parameter : entropyParameters(
           {.innerAlpha = 0.01, .noise = 1.4142, .gamma0 = 1, .gamma1 = 0.005, .outerAlpha = 0.5},
           withInnerLoop)) {
    if (parameter.id == "innerSteps") {
      parameter.relevant = {};  // of every method: it is what one step costs
    }
    table.push_back(std::move(parameter));
  }
  table.push_back({.id = "outer",
                   .label = "outer step",
                   .help = "how the mean μ is used",
                   .kind = Kind::choice,
                   .initial = std::string(gammaFree),
                   .choices = {{gammaFree, "x ← x − η(x − μ)", "as the paper ran it"},
                               {scaled, "x ← x − ηγ(x − μ)", "a gradient step on −F"}},
                   .relevant = {{"method", withInnerLoop}}});
  table.push_back({.id = "replicas",
                   .label = "replicas",
                   .help = "how many move together; they count as runs",
                   .kind = Kind::integer,
                   .initial = 4.0,
                   .min = 1,
                   .max = 100,
                   .relevant = {{"method", {parleId}}}});
  table.push_back(liveParameter({"elasticity",
                                 "elasticity",
                                 "ρ",
                                 "pull of each replica to the mean of its group",
                                 0.2,
                                 0,
                                 10,
                                 Scale::linear,
                                 {parleId}}));
}

std::unique_ptr<const Method> plainMethod(const Settings& settings) {
  const std::string& id = settings.text("method");
  if (id == langevinId) {
    return makeLangevin(Corrector::none,
                        {.beta = settings.number("beta"),
                         .seed = static_cast<std::uint32_t>(settings.number("seed")),
                         .firstReplicate = settings.firstReplicate()});
  }
  return makeMethod(id == sgdId        ? "gd"
                    : id == momentumId ? "heavy-ball"
                                       : std::string_view(id),
                    settings.number("momentum"));
}

}  // namespace

std::vector<Parameter> entropySgdParameters() {
  constexpr std::string_view objectives[] = {"mixture-1d",  "mixture",   "double-well-1d",
                                             "double-well", "cosine-1d", "himmelblau",
                                             expressionId};
  std::vector<Parameter> table = objectiveParameters(objectives);
  table.front().initial = std::string(objectives[0]);
  table.push_back(raceMethodParameter());
  addEntropyParameters(table);
  Parameter stepSize = stepSizeParameter(0.005);
  stepSize.relevant = {{"method", withoutInnerLoop}};
  table.push_back(stepSize);
  table.push_back(momentumParameter({momentumId}));
  table.push_back(liveParameter({"beta",
                                 "inverse temperature",
                                 "β",
                                 "of the Langevin chain",
                                 1,
                                 0.01,
                                 1000,
                                 Scale::logarithmic,
                                 {langevinId}}));
  table.push_back(liveParameter({"gradientNoise",
                                 "gradient noise",
                                 "s",
                                 "standard deviation of each coordinate of every gradient",
                                 5,
                                 0,
                                 100,
                                 Scale::linear,
                                 {}}));
  table.push_back({.id = "start",
                   .label = "start",
                   .help = "where the runs begin",
                   .kind = Kind::choice,
                   .initial = std::string(sharp),
                   .choices = {{sharp, "the sharpest valley", "every run at its minimiser"},
                               {everywhere, "everywhere", "uniform over the picture"}}});
  table.push_back(replicatesParameter(1000));
  table.push_back(seedParameter());
  return table;
}

bool startsInSharpValley(const Settings& settings) { return settings.text("start") == sharp; }

Racer racerOf(const Settings& settings) {
  const std::string& id = settings.text("method");
  const OuterStep outer =
      settings.text("outer") == gammaFree ? OuterStep::gammaFree : OuterStep::scaled;
  Racer racer;
  if (id == entropyId) {
    auto entropy = std::make_unique<EntropySgd>(entropySettings(settings), outer);
    racer.entropy = entropy.get();
    racer.method = std::move(entropy);
    racer.stepSize = settings.number("outerAlpha");
  } else if (id == parleId) {
    racer.groupSize = static_cast<int>(settings.number("replicas"));
    auto parle = std::make_unique<Parle>(entropySettings(settings), outer, racer.groupSize,
                                         settings.number("elasticity"));
    racer.entropy = parle.get();
    racer.method = std::move(parle);
    racer.stepSize = settings.number("outerAlpha");
  } else {
    racer.method = plainMethod(settings);
    racer.stepSize = settings.number("alpha");
    racer.updatesPerStep = static_cast<int>(settings.number("innerSteps"));
  }
  return racer;
}

}  // namespace wv
