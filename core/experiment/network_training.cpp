#include "experiment/network_training.hpp"

#include <algorithm>

#include "experiment/entropy_parameters.hpp"
#include "experiment/shared_parameters.hpp"
#include "method/adam.hpp"
#include "method/catalogue.hpp"
#include "method/gd.hpp"
#include "method/momentum.hpp"
#include "method/stochastic_catalogue.hpp"

namespace wv {
namespace {

constexpr std::string_view sgdId = "sgd";
constexpr std::string_view momentumId = "momentum";
constexpr std::string_view adamId = "adam";
constexpr std::string_view entropyId = "entropy-sgd";
constexpr std::string_view linearId = "linear";
constexpr double largestWeight = 1e6;

template <class Infos>
Choice choiceOf(const Infos& infos, std::string_view id) {
  const auto found =
      std::find_if(infos.begin(), infos.end(), [&](const auto& info) { return info.id == id; });
  return {found->id, found->label, found->formula};
}

}  // namespace

std::vector<Parameter> networkMethodParameters() {
  Parameter method{
      .id = "method",
      .label = "method",
      .help = "the update rule",
      .kind = Kind::choice,
      .initial = std::string(momentumId),
      .choices = {choiceOf(stochasticMethods(), sgdId),
                  choiceOf(stochasticMethods(), momentumId),
                  choiceOf(methods(), adamId),
                  {entropyId, "Entropy-SGD",
                   "x ← x − η(x − ⟨x′⟩), ⟨x′⟩ from Λ noisy steps on f + ½γ‖x′ − x‖²"}}};
  Parameter schedule{.id = "schedule",
                     .label = "schedule",
                     .help = "of the step size; for Entropy-SGD, of its inner one",
                     .kind = Kind::choice,
                     .initial = std::string(linearId),
                     .choices = {{linearId, "linear to 0", "by what is left of the budget"},
                                 {"constant", "constant", "the same to the end"}}};
  Parameter alpha = stepSizeParameter(0.1);
  alpha.help = "of SGD, with momentum or without; without, it takes α/(1 − μ)";
  alpha.relevant = {{"method", {sgdId, momentumId}}};
  Parameter momentum = momentumParameter({momentumId});
  momentum.initial = 0.9;
  Parameter adamAlpha = stepSizeParameter(0.003);
  adamAlpha.id = "adamAlpha";
  adamAlpha.label = "step size of Adam";
  adamAlpha.help = "about how far one step moves each weight";
  adamAlpha.relevant = {{"method", {adamId}}};
  std::vector<Parameter> table = {std::move(method), std::move(alpha), std::move(momentum),
                                  std::move(adamAlpha)};
  for (Parameter& parameter : entropyParameters(
           {.innerAlpha = 1, .noise = 1e-4, .gamma0 = 1e-4, .gamma1 = 1e-3, .outerAlpha = 1},
           {entropyId})) {
    table.push_back(std::move(parameter));
  }
  table.push_back(std::move(schedule));
  return table;
}

NetworkTraining::NetworkTraining(const NetworkPlan& plan, const Settings& settings)
    : network_(NetworkShape(static_cast<int>(plan.split.train.inputs.rows()), plan.hidden,
                            plan.split.classes, plan.activation),
               plan.split.train, plan.weightDecay),
      sampler_({Sampling::reshuffle, network_.terms(), plan.batch, plan.seed, 0, 1}),
      source_(network_, sampler_, {plan.dropout, {.seed = plan.seed, .stream = Stream::dropout}}),
      settings_(settings),
      lastStep_(sampler_.stepsPerEpoch() * static_cast<std::uint32_t>(plan.epochs)) {
  makeMethod();
  state_.x = initialWeights(network_.shape(), plan.seed, 0).transpose().array();
  entropy_ ? entropy_->init(state_) : rule_->init(state_);
}

void NetworkTraining::set(std::string_view id, const Value& value) {
  settings_.replace(id, value);
  makeMethod();
}

void NetworkTraining::makeMethod() {
  const std::string& method = settings_.text("method");
  stepSize_ = settings_.number(method == adamId      ? "adamAlpha"
                               : method == entropyId ? "outerAlpha"
                                                     : "alpha");
  if (method == sgdId) {
    rule_ = std::make_unique<GradientDescent>();
  } else if (method == momentumId) {
    rule_ = std::make_unique<HeavyBall>(settings_.number("momentum"));
  } else if (method == adamId) {
    rule_ = std::make_unique<Adam>();
  } else {
    EntropySgdSettings entropy = entropySettings(settings_);
    entropy.innerStepSize *= shareOfStepSize();
    entropy_ = std::make_unique<EntropySgd>(entropy, OuterStep::gammaFree);
  }
}

// What the schedule leaves of the step size for the next step.
double NetworkTraining::shareOfStepSize() const {
  return settings_.text("schedule") == linearId ? 1 - static_cast<double>(step_) / lastStep_ : 1;
}

bool NetworkTraining::step() {
  const Block before = state_.x;
  if (entropy_) {
    makeMethod();
    entropyStep();
  } else {
    rule_->step({source_, shareOfStepSize() * stepSize_}, state_);
  }
  const bool bounded = (state_.x.abs() <= largestWeight).all() &&
                       (!entropy_ || (EntropySgd::innerPoint(state_).abs() <= largestWeight).all());
  if (bounded) {
    ++step_;
  } else {
    state_.x = before;
  }
  return bounded;
}

void NetworkTraining::entropyStep() {
  if (innerStep_ == 0) {
    entropy_->startInnerLoop(state_);
  }
  entropy_->innerStep({source_, stepSize_}, state_);
  ++innerStep_;
  if (innerStep_ >= entropy_->settings().innerSteps) {
    entropy_->outerStep(stepSize_, state_);
    innerStep_ = 0;
  }
}

}  // namespace wv
