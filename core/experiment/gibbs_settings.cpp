#include "experiment/gibbs_settings.hpp"

#include "experiment/shared_parameters.hpp"
#include "experiment/term_noise.hpp"
#include "objective/catalogue.hpp"

namespace wv {
namespace {

constexpr std::string_view byBeta = "beta", byBatch = "batch";
constexpr std::string_view isotropic = "isotropic", ofTerms = "sgd";
constexpr std::string_view scalarId = "scalar";
constexpr std::string_view circleId = "cosine-1d";
// With y = 1 - u/x its residuals tend to c_k - k u: along that valley, which narrows as 1/x, f
// stays near 0.452 for u = 0.991, and the integral of e^(-beta f) grows as log x.
constexpr std::string_view withoutLawId = "beale";
// Term gradients of one step: about half a second in a browser.
constexpr double mostBatch = 1000;
constexpr double mostGradientsPerStep = 2e7;

std::vector<std::string_view> objectives() {
  std::vector<std::string_view> ids = {"double-well-1d"};
  for (const LandscapeInfo& info : landscapes()) {
    if (info.id != ids.front()) {
      ids.push_back(info.id);
    }
  }
  ids.push_back(expressionId);
  ids.push_back(scalarId);
  return ids;
}

std::vector<std::string_view> objectivesInThePlane() {
  std::vector<std::string_view> ids;
  for (const LandscapeInfo& info : landscapes()) {
    if (info.dimension == 2) {
      ids.push_back(info.id);
    }
  }
  ids.push_back(expressionId);
  return ids;
}

Parameter temperatureParameter() {
  return {.id = "temperature",
          .label = "temperature by",
          .help = "what sets the temperature 1/β",
          .kind = Kind::choice,
          .initial = std::string(byBeta),
          .choices = {{byBeta, "β", "1/β, whatever the step size"},
                      {byBatch, "batch size", "1/β = αs²/(2b), s² the variance of one gradient"}}};
}

Parameter betaParameter() {
  return {.id = "beta",
          .label = "inverse temperature",
          .symbol = "β",
          .help = "the larger, the less noise",
          .kind = Kind::real,
          .initial = 2.0,
          .min = 0.01,
          .max = 1000,
          .scale = Scale::logarithmic,
          .live = true,
          .relevant = {{"temperature", {byBeta}}}};
}

Parameter batchParameter() {
  Parameter parameter = batchSizeParameter(mostBatch);
  parameter.live = true;
  parameter.relevant = {{"temperature", {byBatch}}};
  return parameter;
}

Parameter noiseParameter() {
  return {.id = "noise",
          .label = "noise",
          .help = "what disturbs the gradient",
          .kind = Kind::choice,
          .initial = std::string(isotropic),
          .choices = {{isotropic, "Gaussian, the same everywhere", "the model of the lecture"},
                      {ofTerms, "that of SGD", "b terms drawn with replacement"}},
          .relevant = {{"objective", {scalarId}}, {"temperature", {byBatch}}}};
}

Parameter correctorParameter() {
  Parameter parameter{.id = "corrector",
                      .label = "corrector",
                      .help = "what is done about the bias of a finite step",
                      .kind = Kind::choice,
                      .initial = std::string(correctors().front().id),
                      .live = true,
                      .relevant = {{"noise", {isotropic}}}};
  for (const CorrectorInfo& info : correctors()) {
    parameter.choices.push_back({info.id, info.label, info.formula});
  }
  return parameter;
}

// What goes wrong only together.
void refuseCombinations(const Settings& settings, bool drawsTerms, std::vector<Issue>& issues) {
  if (!drawsTerms) {
    return;
  }
  if (settings.text("objective") != scalarId) {
    issues.push_back({"noise",
                      "noise can be that of SGD only for the objective scalar, which has "
                      "terms to draw."});
  } else if (settings.text("temperature") != byBatch) {
    issues.push_back({"temperature",
                      "temperature must be given by the batch when noise is that of "
                      "SGD: the batch sets it."});
  } else if (settings.text("corrector") != correctors().front().id) {
    issues.push_back({"corrector",
                      "corrector must be none when noise is that of SGD: the others "
                      "need exact gradients."});
  } else if (settings.number("replicates") * mostBatch > mostGradientsPerStep) {
    issues.push_back({"replicates", "replicates must be at most " +
                                        formatNumber(mostGradientsPerStep / mostBatch) +
                                        " when noise is that of SGD, not " +
                                        formatNumber(settings.number("replicates")) + "."});
  }
}

}  // namespace

std::vector<Parameter> gibbsParameters() {
  std::vector<Parameter> table = objectiveParameters(objectives());
  table.push_back(stepSizeParameter(0.05));
  table.push_back(temperatureParameter());
  table.push_back(betaParameter());
  table.push_back(batchParameter());
  table.push_back(noiseParameter());
  table.push_back(correctorParameter());
  table.push_back(planeStartParameter("x0", "x₀", "first coordinate of the start", -1.8));
  table.push_back(planeStartParameter("y0", "y₀", "second coordinate of the start", 1.2));
  table.back().relevant = {{"objective", objectivesInThePlane()}};
  table.push_back(replicatesParameter(10'000));
  table.push_back(seedParameter());
  return table;
}

bool isSeparableQuadratic(const Objective& f) {
  return f.curvature() && (f.dim() == 1 || f.hessian(f.minimizers().front())(0, 1) == 0);
}

std::optional<GibbsSetup> chooseGibbsSetup(const Settings& settings, std::vector<Issue>& issues) {
  GibbsSetup setup;
  setup.chosen = chooseObjectiveOrExpression(settings, issues);
  setup.drawsTerms = settings.text("noise") == ofTerms;
  setup.isCircle = settings.text("objective") == circleId;
  setup.hasLaw = settings.text("objective") != withoutLawId;
  refuseCombinations(settings, setup.drawsTerms, issues);
  refuseWithoutLaw(setup.chosen, issues);
  if (!issues.empty()) {
    return {};
  }
  setup.chain = {.alpha = settings.number("alpha"),
                 .byBatch = settings.text("temperature") == byBatch,
                 .givenBeta = settings.number("beta"),
                 .batch = settings.number("batch"),
                 .corrector = *findCorrector(settings.text("corrector"))};
  if (setup.chosen.scalar) {
    const ScalarQuadratic& f = *setup.chosen.scalar;
    setup.chain.noiseVariance = termVariance(f, f.minimizers().front());
    const double scale = f.meanSquare() * f.meanSquare() * f.minimizer() * f.minimizer();
    if (setup.chain.byBatch && !(setup.chain.noiseVariance > 1e-20 * (1 + scale))) {
      issues.push_back({"b",
                        "b: all terms have the same minimiser, so there is no noise and no "
                        "temperature; change an entry of a or b, or give β itself."});
      return {};
    }
  }
  const int dim = setup.chosen.objective->dim();
  setup.start = Point(dim);
  const Settings settled = withDefinedStart(settings, setup.chosen, issues);
  if (!issues.empty()) {
    return {};
  }
  setup.start(0) = settled.number("x0");
  if (dim == 2) {
    setup.start(1) = settled.number("y0");
  }
  setup.replicates = static_cast<int>(settings.number("replicates"));
  setup.seed = static_cast<std::uint32_t>(settings.number("seed"));
  setup.firstReplicate = settings.firstReplicate();
  return setup;
}

}  // namespace wv
