#include "experiment/annealing_settings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "experiment/shared_parameters.hpp"
#include "objective/landscape_1d.hpp"
#include "theory/confinement.hpp"

namespace wv {
namespace {

constexpr std::string_view planeId = "double-well";
// Past it a step of any of the landscapes leads still farther out.
constexpr double farthest = 1e6;
// The law is then so narrow that its wells no longer matter to one another.
constexpr double coldest = 1e-4;

struct CoolingChoice {
  Choice choice;
  CoolingSchedule schedule;
};

const CoolingChoice coolingChoices[] = {
    {{"stagewise", "until equilibrated", "each stage until its test is passed"},
     CoolingSchedule::stagewise},
    {{"geometric", "geometric", "as many steps in every stage: T₀ρᵏ"}, CoolingSchedule::geometric},
    {{"logarithmic", "logarithmic", "c/log(t + const)"}, CoolingSchedule::logarithmic},
    {{"constant", "never cooled", "T₀"}, CoolingSchedule::constant},
    {{"quench", "cold from the start", "the last temperature"}, CoolingSchedule::quench},
};

// Walkers wander over all of the first temperature's law, and a little farther.
void refuseUndefined(const Objective& f, const GibbsLaw& hottest, std::vector<Issue>& issues) {
  const double room = 0.05 * (hottest.high() - hottest.low());
  const double low = hottest.low() - room, high = hottest.high() + room;
  const Column x = evenGrid(low, high, scanCells);
  Column values(x.size());
  valuesAt(f, x, values);
  const auto odd = std::find_if(values.begin(), values.end(),
                                [](double value) { return !std::isfinite(value); });
  if (odd == values.end()) {
    return;
  }
  issues.push_back({"expression",
                    "expression: f must be a number wherever walkers come at the first "
                    "temperature, from x = " +
                        formatNumber(low) + " to " + formatNumber(high) +
                        "; at x = " + formatNumber(x(odd - values.begin())) + " it is not."});
}

Parameter& named(std::vector<Parameter>& table, std::string_view id) {
  return *std::find_if(table.begin(), table.end(),
                       [&](const Parameter& parameter) { return parameter.id == id; });
}

}  // namespace

std::vector<Parameter> annealingParameters() {
  static constexpr std::array<std::string_view, 5> objectives = {
      "double-well-1d", "mixture-1d", planeId, "quadratic-1d", expressionId};
  std::vector<Parameter> table = objectiveParameters(objectives);
  named(table, "objective").initial = std::string(objectives.front());
  named(table, "tilt").initial = 0.5;
  named(table, "deviations").initial = std::string("0.25, 0.5");
  Parameter alpha = stepSizeParameter(0.05);
  alpha.label = "first step size";
  alpha.symbol = "α₀";
  alpha.min = 1e-3;
  alpha.max = 1;
  alpha.live = false;
  table.push_back(std::move(alpha));
  table.push_back({.id = "batch",
                   .label = "batch",
                   .symbol = "b",
                   .help = "gradients averaged in a step: the temperature is αs²/(2b)",
                   .kind = Kind::integer,
                   .initial = 1.0,
                   .min = 1,
                   .max = 1000,
                   .scale = Scale::logarithmic});
  table.push_back({.id = "variance",
                   .label = "gradient variance",
                   .symbol = "s²",
                   .help = "of one term's gradient, in every coordinate and everywhere the same",
                   .kind = Kind::real,
                   .initial = 40.0,
                   .min = 1,
                   .max = 1000,
                   .scale = Scale::logarithmic});
  table.push_back({.id = "cooling",
                   .label = "cooling",
                   .symbol = "ρ",
                   .help = "α, and with it T, of a stage over those of the stage before",
                   .kind = Kind::real,
                   .initial = 0.7,
                   .min = 0.3,
                   .max = 0.99});
  table.push_back({.id = "stages",
                   .label = "stages",
                   .symbol = "",
                   .help = "step sizes on the ladder",
                   .kind = Kind::integer,
                   .initial = 5.0,
                   .min = 1,
                   .max = 20});
  table.push_back(replicatesParameter(1000));
  table.push_back(seedParameter());
  return table;
}

std::vector<Parameter> coolingScheduleParameters() {
  Parameter schedule{.id = "schedule",
                     .label = "schedule",
                     .help = "when the step size is lowered",
                     .kind = Kind::choice,
                     .initial = std::string(coolingChoices[0].choice.id)};
  for (const CoolingChoice& known : coolingChoices) {
    schedule.choices.push_back(known.choice);
  }
  return {std::move(schedule),
          {.id = "depth",
           .label = "depth",
           .symbol = "c",
           .help = "of the logarithmic schedule: it converges if c is at least the barrier that "
                   "traps a walker",
           .kind = Kind::real,
           .initial = 0.6,
           .min = 0.01,
           .max = 10,
           .scale = Scale::logarithmic,
           .relevant = {{"schedule", {"logarithmic"}}}}};
}

CoolingSchedule coolingScheduleOf(const Settings& settings) {
  const std::string& id = settings.text("schedule");
  return std::find_if(std::begin(coolingChoices), std::end(coolingChoices),
                      [&](const CoolingChoice& known) { return known.choice.id == id; })
      ->schedule;
}

Parameter walkersStartParameter() {
  return {.id = "x0",
          .label = "start",
          .symbol = "x₀",
          .help = "where every walker starts",
          .kind = Kind::real,
          .initial = 1.0,
          .min = -10,
          .max = 10};
}

const CriticalPoint* AnnealingProblem::otherMinimum() const {
  const CriticalPoint* other = nullptr;
  for (const CriticalPoint& point : criticalPoints) {
    const bool isOther = point.isMinimum && point.x != globalWell.minimum.x;
    if (isOther && (!other || point.value < other->value)) {
      other = &point;
    }
  }
  return other;
}

double AnnealingProblem::barrier() const {
  const CriticalPoint* other = otherMinimum();
  if (!other) {
    return 0;
  }
  const auto [from, to] = std::minmax(other->x, globalWell.minimum.x);
  double highest = other->value;
  for (const CriticalPoint& point : criticalPoints) {
    if (from < point.x && point.x < to) {
      highest = std::max(highest, point.value);
    }
  }
  return highest - other->value;
}

AnnealingProblem chooseAnnealingProblem(const Settings& settings, std::vector<Issue>& issues) {
  AnnealingProblem problem;
  ChosenObjective chosen = chooseLineObjective(settings, issues);
  refuseWithoutLaw(chosen, issues);
  problem.objective = std::move(chosen.objective);
  if (!issues.empty()) {
    return problem;
  }
  if (settings.text("objective") == planeId) {
    problem.profile = makeDoubleWell1d(settings.number("tilt"));
  }
  problem.cooling = settings.number("cooling");
  const double alpha = settings.number("alpha");
  const double first = sgdTemperature(alpha, settings.number("batch"), settings.number("variance"));
  const int count = static_cast<int>(settings.number("stages"));
  double last = first;
  for (int k = 1; k < count; ++k) {
    last *= problem.cooling;
  }
  if (last < coldest) {
    issues.push_back({"stages", "stages: the last temperature would be " + formatNumber(last) +
                                    "; it must be at least " + formatNumber(coldest) + "."});
    return problem;
  }
  problem.stages = annealingStages(problem.line(), alpha, first, problem.cooling, count);
  if (problem.stages.empty()) {
    issues.push_back({"expression",
                      "expression: f climbs too slowly on one side for a law e^(−f/T) at the first "
                      "temperature, " +
                          formatNumber(first) + "; give it walls, such as x^2/20."});
    return problem;
  }
  const std::optional<GibbsLaw> hottest = GibbsLaw::onLine(problem.line(), 1 / first);
  refuseUndefined(problem.line(), *hottest, issues);
  if (!issues.empty()) {
    return problem;
  }
  problem.criticalPoints = hottest->criticalPoints();
  problem.globalWell = globalWell(*hottest);
  if (!(problem.globalWell.minimum.curvature > 0)) {
    issues.push_back({"expression", "expression: at its lowest minimum, x = " +
                                        formatNumber(problem.globalWell.minimum.x) +
                                        ", f'' must be positive: step sizes are measured by it."});
  }
  return problem;
}

AnnealingWalkers::AnnealingWalkers(const AnnealingProblem& problem, const Settings& settings,
                                   double x0, std::uint32_t firstReplicate)
    : problem_(&problem),
      source_(*problem.objective),
      langevin_{.beta = 1 / problem.stages.front().temperature,
                .seed = static_cast<std::uint32_t>(settings.number("seed")),
                .firstReplicate = firstReplicate + settings.firstReplicate()},
      method_(makeLangevin(Corrector::none, langevin_)) {
  const auto count = static_cast<Eigen::Index>(settings.number("replicates"));
  state_.x = Block::Zero(count, problem.objective->dim());
  state_.x.col(0) = x0;
  method_->init(state_);
}

bool AnnealingWalkers::step(std::size_t stage) {
  const AnnealingStage& now = problem_->stages[stage];
  if (stage != stage_) {
    stage_ = stage;
    langevin_.beta = 1 / now.temperature;
    method_ = makeLangevin(Corrector::none, langevin_);
  }
  const Block before = state_.x;
  method_->step({source_, now.alpha}, state_);
  if ((state_.x.abs() <= farthest).all()) {
    return true;
  }
  state_.x = before;
  return false;
}

GlobalShare AnnealingWalkers::globalShare() const {
  Eigen::Index inside = 0;
  for (const double x : state_.x.col(0)) {
    inside += problem_->isGlobal(x) ? 1 : 0;
  }
  const auto count = static_cast<double>(state_.x.rows());
  const double share = static_cast<double>(inside) / count;
  return {share, std::sqrt(share * (1 - share) / count)};
}

}  // namespace wv
