#include "experiment/network_training.hpp"

#include <algorithm>

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
constexpr double largestWeight = 1e6;

template <class Infos>
Choice choiceOf(const Infos& infos, std::string_view id) {
  const auto found =
      std::find_if(infos.begin(), infos.end(), [&](const auto& info) { return info.id == id; });
  return {found->id, found->label, found->formula};
}

Parameter onlyFor(std::string_view method, Parameter parameter) {
  parameter.relevant = {{"method", {method}}};
  return parameter;
}

Parameter stepSizeOf(std::string_view method, std::string_view id, std::string_view label,
                     double initial, std::string_view help) {
  Parameter parameter = onlyFor(method, stepSizeParameter(initial));
  parameter.id = id;
  parameter.label = label;
  parameter.help = help;
  return parameter;
}

std::vector<Parameter> entropyParameters() {
  std::vector<Parameter> table = {
      {.id = "innerSteps",
       .label = "inner steps",
       .symbol = "Λ",
       .help = "stochastic gradients to one outer step",
       .kind = Kind::integer,
       .initial = 20.0,
       .min = 1,
       .max = 200,
       .scale = Scale::logarithmic},
      stepSizeOf(entropyId, "innerAlpha", "inner step size", 1,
                 "step size η′ of the inner Langevin loop"),
      {.id = "noise",
       .label = "inner noise",
       .symbol = "ε",
       .help = "size of the inner loop’s noise; √2 would sample the local Gibbs law at β = 1",
       .kind = Kind::real,
       .initial = 1e-4,
       .min = 0,
       .max = 2},
      {.id = "averaging",
       .label = "averaging",
       .symbol = "κ",
       .help = "weight of the newest inner point in the running mean",
       .kind = Kind::real,
       .initial = 0.75,
       .min = 0.001,
       .max = 1},
      {.id = "gamma0",
       .label = "scope",
       .symbol = "γ₀",
       .help = "how strongly the inner loop is held near x, at first",
       .kind = Kind::real,
       .initial = 1e-4,
       .min = 1e-8,
       .max = 100,
       .scale = Scale::logarithmic},
      {.id = "gamma1",
       .label = "scoping",
       .symbol = "γ₁",
       .help = "growth of γ with each outer step",
       .kind = Kind::real,
       .initial = 1e-3,
       .min = 0,
       .max = 1},
      stepSizeOf(entropyId, "outerAlpha", "outer step", 1,
                 "how far an outer step goes to the mean of the inner loop"),
  };
  for (Parameter& parameter : table) {
    parameter = onlyFor(entropyId, std::move(parameter));
    parameter.live = true;
  }
  return table;
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
  Parameter alpha = stepSizeParameter(0.1);
  alpha.help = "of SGD, with momentum or without; without, it takes ten times as much";
  alpha.relevant = {{"method", {sgdId, momentumId}}};
  Parameter momentum = onlyFor(momentumId, momentumParameter());
  momentum.initial = 0.9;
  momentum.help = "the share of the velocity kept at each step";
  std::vector<Parameter> table = {std::move(method), std::move(alpha), std::move(momentum),
                                  stepSizeOf(adamId, "adamAlpha", "step size of Adam", 0.003,
                                             "about how far one step moves each weight")};
  for (Parameter& parameter : entropyParameters()) {
    table.push_back(std::move(parameter));
  }
  return table;
}

NetworkTraining::NetworkTraining(const NetworkPlan& plan, const Settings& settings)
    : network_(NetworkShape(static_cast<int>(plan.split.train.inputs.rows()), plan.hidden,
                            plan.split.classes, plan.activation),
               plan.split.train, plan.weightDecay),
      sampler_({Sampling::reshuffle, network_.terms(), plan.batch, plan.seed, 0, 1}),
      source_(network_, sampler_, {plan.dropout, {.seed = plan.seed, .stream = Stream::dropout}}),
      method_(settings.text("method")),
      seed_(plan.seed) {
  for (const Parameter& parameter : networkMethodParameters()) {
    if (parameter.kind != Kind::choice) {
      hyperParameters_.push_back({parameter.id, settings.number(parameter.id)});
    }
  }
  makeMethod();
  state_.x = initialWeights(network_.shape(), plan.seed, 0).transpose().array();
  entropy_ ? entropy_->init(state_) : rule_->init(state_);
}

void NetworkTraining::set(std::string_view id, double value) {
  for (HyperParameter& parameter : hyperParameters_) {
    if (parameter.id == id) {
      parameter.value = value;
    }
  }
  makeMethod();
}

double NetworkTraining::value(std::string_view id) const {
  return std::find_if(hyperParameters_.begin(), hyperParameters_.end(),
                      [&](const HyperParameter& parameter) { return parameter.id == id; })
      ->value;
}

void NetworkTraining::makeMethod() {
  stepSize_ = value("alpha");
  if (method_ == sgdId) {
    rule_ = std::make_unique<GradientDescent>();
  } else if (method_ == momentumId) {
    rule_ = std::make_unique<HeavyBall>(value("momentum"));
  } else if (method_ == adamId) {
    stepSize_ = value("adamAlpha");
    rule_ = std::make_unique<Adam>();
  } else {
    stepSize_ = value("outerAlpha");
    entropy_ = std::make_unique<EntropySgd>(
        EntropySgdSettings{.innerSteps = static_cast<int>(value("innerSteps")),
                           .innerStepSize = value("innerAlpha"),
                           .noise = value("noise"),
                           .averaging = value("averaging"),
                           .gamma0 = value("gamma0"),
                           .gamma1 = value("gamma1"),
                           .seed = seed_},
        OuterStep::gammaFree);
  }
}

bool NetworkTraining::step() {
  const Block before = state_.x;
  if (entropy_) {
    entropyStep();
  } else {
    rule_->step({source_, stepSize_}, state_);
  }
  const bool bounded = (state_.x.abs() <= largestWeight).all() &&
                       (!entropy_ || (EntropySgd::innerPoint(state_).abs() <= largestWeight).all());
  if (!bounded) {
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
