// Walks every parameter of every experiment in the registry: nothing here names one of them.
#include <doctest.h>

#include <cmath>
#include <limits>
#include <set>

#include "data_sets.hpp"
#include "experiment/description.hpp"
#include "experiment/registry.hpp"
#include "numeric/elementary.hpp"

namespace {

using wv::Creation;
using wv::ExperimentInfo;
using wv::Kind;
using wv::Parameter;
using wv::Setting;
using wv::Value;
using wv::test::allDataSets;

constexpr double infinity = std::numeric_limits<double>::infinity();

wv::Settings defaultsOf(const ExperimentInfo& info) {
  std::vector<wv::Issue> issues;
  return wv::validate(info.parameters, {}, issues);
}

std::vector<std::uint64_t> bitsOf(const wv::Channel& channel) {
  std::vector<std::uint64_t> bits;
  std::size_t count = 1;
  for (const int extent : channel.shape) {
    count *= static_cast<std::size_t>(extent);
  }
  for (std::size_t i = 0; i < count; ++i) {
    bits.push_back(wv::numeric::detail::bitsOf(channel.data[i]));
  }
  return bits;
}

bool isNumeric(const Parameter& parameter) {
  return parameter.kind == Kind::real || parameter.kind == Kind::integer;
}

// The parameter at `value`, and whatever makes it matter. Few replicates show what many do.
std::vector<Setting> settingsFor(const ExperimentInfo& info, const Parameter& parameter,
                                 const Value& value) {
  std::vector<Setting> settings;
  const Parameter* replicates = wv::findParameter(info.parameters, "replicates");
  if (replicates && replicates != &parameter) {
    settings.push_back({"replicates", std::min(100.0, std::get<double>(replicates->initial))});
  }
  for (const wv::Relevance& relevance : parameter.relevant) {
    settings.push_back({std::string(relevance.parameter), std::string(relevance.values.front())});
  }
  settings.push_back({std::string(parameter.id), value});
  return settings;
}

std::string whatMakesItMatter(const Parameter& parameter) {
  std::string settings;
  for (const wv::Relevance& relevance : parameter.relevant) {
    settings.append(relevance.parameter).append("=").append(relevance.values.front()).append(";");
  }
  return settings;
}

void expectNumbers(const wv::Experiment& run, const wv::ChannelInfo& channel) {
  CAPTURE(channel.id);
  const wv::Channel measured = run.channel(channel.id);
  std::size_t count = 1;
  for (int extent : measured.shape) {
    count *= static_cast<std::size_t>(extent);
  }
  CHECK(!measured.shape.empty());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < count; ++i) {
    wrong += std::isnan(measured.data[i]) ? 1 : 0;
  }
  CHECK(wrong == 0);
}

Creation create(const ExperimentInfo& info, const Parameter& parameter, const Value& value) {
  return wv::createExperiment(info.id, settingsFor(info, parameter, value), allDataSets());
}

void expectSteps(const ExperimentInfo& info, wv::Experiment& run) {
  run.advance(5);
  for (const wv::ChannelInfo& channel : info.channels) {
    if (!channel.costly) {
      expectNumbers(run, channel);
    }
  }
}

void expectRun(const ExperimentInfo& info, const Parameter& parameter, const Value& value) {
  const Creation creation = create(info, parameter, value);
  if (creation.experiment) {
    expectSteps(info, *creation.experiment);
  } else {
    FAIL_CHECK(creation.issues.front().message);
  }
}

void expectIssue(const ExperimentInfo& info, const Parameter& parameter, const Value& value) {
  const Creation creation = create(info, parameter, value);
  CHECK(creation.experiment == nullptr);
  REQUIRE(creation.issues.size() == 1);
  CHECK(creation.issues[0].parameter == parameter.id);
  CHECK(creation.issues[0].message.find(parameter.id) != std::string::npos);
}

// Either is right where a value is allowed by itself but not together with the other defaults.
void expectRunOrNamedIssue(const ExperimentInfo& info, const Parameter& parameter,
                           const Value& value) {
  const Creation creation = create(info, parameter, value);
  if (creation.experiment) {
    expectSteps(info, *creation.experiment);
  } else {
    REQUIRE(!creation.issues.empty());
    CHECK(!creation.issues[0].message.empty());
    CHECK(wv::findParameter(info.parameters, creation.issues[0].parameter) != nullptr);
  }
}

// What the objective must go together with: a start with its picture, a tilt with two valleys.
bool dependsOnObjective(const ExperimentInfo& info, const Parameter& parameter) {
  return (info.id == "local-entropy" && parameter.id == "x0") ||
         (info.id == "entropy-sgd" && parameter.id == "tilt");
}

void walkNumber(const ExperimentInfo& info, const Parameter& parameter) {
  const auto expect = dependsOnObjective(info, parameter) ? expectRunOrNamedIssue : expectRun;
  expect(info, parameter, parameter.min);
  expect(info, parameter, parameter.max);
  const double below = parameter.kind == Kind::integer ? parameter.min - 1
                                                       : std::nextafter(parameter.min, -infinity);
  const double above =
      parameter.kind == Kind::integer ? parameter.max + 1 : std::nextafter(parameter.max, infinity);
  for (double bad : {below, above, -1e300, 1e300, infinity, -infinity,
                     std::numeric_limits<double>::quiet_NaN()}) {
    CAPTURE(bad);
    expectIssue(info, parameter, bad);
  }
  if (parameter.kind == Kind::integer) {
    expectIssue(info, parameter, parameter.min + parameter.stride / 2);
  }
  expectIssue(info, parameter, std::string("1"));
}

void walkText(const ExperimentInfo& info, const Parameter& parameter) {
  expectRunOrNamedIssue(info, parameter, std::string());
  expectIssue(info, parameter, std::string(static_cast<std::size_t>(parameter.max) + 1, 'x'));
  for (const char* odd : {"?", "a,b", "1;2", "1,,2", "<b>", "\xff", "NaN", "1e999"}) {
    CAPTURE(odd);
    expectRunOrNamedIssue(info, parameter, std::string(odd));
  }
  expectIssue(info, parameter, 1.0);
}

void walkChoice(const ExperimentInfo& info, const Parameter& parameter) {
  std::set<std::string_view> ids;
  for (const wv::Choice& choice : parameter.choices) {
    CAPTURE(choice.id);
    CHECK(ids.insert(choice.id).second);
    CHECK(!choice.label.empty());
    expectRun(info, parameter, std::string(choice.id));
  }
  expectIssue(info, parameter, std::string("no-such-choice"));
  expectIssue(info, parameter, std::string());
  expectIssue(info, parameter, 0.0);
}

}  // namespace

TEST_CASE("every parameter of every experiment: default, ends, outside, NaN, wrong type") {
  for (const ExperimentInfo& info : wv::experiments()) {
    // Most parameters matter at all the other defaults: that run is the same for each of them.
    std::set<std::string> defaultsRun;
    for (const Parameter& parameter : info.parameters) {
      CAPTURE(info.id);
      CAPTURE(parameter.id);
      CHECK(!parameter.label.empty());
      CHECK(!parameter.help.empty());
      CHECK(wv::refusal(parameter, parameter.initial).empty());
      if (defaultsRun.insert(whatMakesItMatter(parameter)).second) {
        expectRun(info, parameter, parameter.initial);
      }
      if (isNumeric(parameter)) {
        walkNumber(info, parameter);
      } else if (parameter.kind == Kind::text) {
        walkText(info, parameter);
      } else {
        walkChoice(info, parameter);
      }
      expectIssue(info, parameter, true);
      expectIssue(info, parameter, wv::Foreign{"null"});
    }
  }
}

TEST_CASE("costly channels hold numbers, and are kept until a step") {
  for (const ExperimentInfo& info : wv::experiments()) {
    const Creation creation = wv::createExperiment(info.id, {}, allDataSets());
    REQUIRE(creation.experiment);
    creation.experiment->advance(5);
    for (const wv::ChannelInfo& channel : info.channels) {
      if (channel.costly) {
        expectNumbers(*creation.experiment, channel);
        CHECK(creation.experiment->channel(channel.id).data ==
              creation.experiment->channel(channel.id).data);
      }
    }
  }
}

TEST_CASE("live parameters change between steps and are logged; the others are refused") {
  for (const ExperimentInfo& info : wv::experiments()) {
    const Creation creation = wv::createExperiment(info.id, {}, allDataSets());
    REQUIRE(creation.experiment);
    wv::Experiment& run = *creation.experiment;
    run.advance(3);
    std::size_t logged = 0;
    for (const Parameter& parameter : info.parameters) {
      CAPTURE(info.id);
      CAPTURE(parameter.id);
      const auto issues = run.set(parameter.id, parameter.initial);
      if (!parameter.live) {
        REQUIRE(issues.size() == 1);
        CHECK(issues[0].parameter == parameter.id);
        CHECK(run.edits().size() == logged);
        continue;
      }
      CHECK(issues.empty());
      REQUIRE(run.edits().size() == ++logged);
      CHECK(run.edits().back().step == 3);
      CHECK(run.edits().back().parameter == parameter.id);
      const auto refused = run.set(parameter.id, wv::Foreign{"a list"});
      REQUIRE(refused.size() == 1);
      CHECK(refused[0].parameter == parameter.id);
      CHECK(run.edits().size() == logged);
    }
  }
}

TEST_CASE("a live change that does not matter beside the other settings changes no number") {
  int changed = 0;
  for (const ExperimentInfo& info : wv::experiments()) {
    std::vector<Setting> settings;
    if (const Parameter* replicates = wv::findParameter(info.parameters, "replicates")) {
      settings.push_back({"replicates", replicates->min});
    }
    const Creation plain = wv::createExperiment(info.id, settings, allDataSets());
    const Creation other = wv::createExperiment(info.id, settings, allDataSets());
    REQUIRE(plain.experiment);
    const wv::Settings defaults = defaultsOf(info);
    int irrelevant = 0;
    for (const Parameter& parameter : info.parameters) {
      if (parameter.live && isNumeric(parameter) && !wv::isRelevant(parameter, defaults)) {
        CHECK(other.experiment->set(parameter.id, parameter.max).empty());
        ++irrelevant;
      }
    }
    CHECK(other.experiment->edits().size() == static_cast<std::size_t>(irrelevant));
    changed += irrelevant;
    if (irrelevant > 0) {
      plain.experiment->advance(3);
      other.experiment->advance(3);
      for (const wv::ChannelInfo& channel : info.channels) {
        CAPTURE(info.id);
        CAPTURE(channel.id);
        if (!channel.costly) {
          CHECK(bitsOf(plain.experiment->channel(channel.id)) ==
                bitsOf(other.experiment->channel(channel.id)));
        }
      }
    }
  }
  CHECK(changed > 0);
}

TEST_CASE("tables are whole: ids are unique, what a parameter depends on exists") {
  std::set<std::string_view> experimentIds;
  for (const ExperimentInfo& info : wv::experiments()) {
    CAPTURE(info.id);
    CHECK(experimentIds.insert(info.id).second);
    std::set<std::string_view> ids;
    for (const Parameter& parameter : info.parameters) {
      CHECK(ids.insert(parameter.id).second);
      for (const wv::Relevance& relevance : parameter.relevant) {
        const Parameter* other = wv::findParameter(info.parameters, relevance.parameter);
        REQUIRE(other != nullptr);
        CHECK(!other->live);
        for (std::string_view value : relevance.values) {
          CHECK(wv::refusal(*other, std::string(value)).empty());
        }
      }
    }
    CHECK(ids.count("seed") == 1);
    std::set<std::string_view> channels;
    for (const wv::ChannelInfo& channel : info.channels) {
      CHECK(channels.insert(channel.id).second);
    }
  }
}

TEST_CASE("unknown experiments and parameters are named, with what there is") {
  const Creation noExperiment = wv::createExperiment("step-sise", {}, allDataSets());
  REQUIRE(noExperiment.issues.size() == 1);
  CHECK(noExperiment.issues[0].parameter == "experiment");
  CHECK(noExperiment.issues[0].message.find("step-size") != std::string::npos);

  const std::vector<Setting> odd = {{"alhpa", 0.1}, {"objective", std::string("cubic")}};
  const Creation twoIssues = wv::createExperiment("step-size", odd, allDataSets());
  REQUIRE(twoIssues.issues.size() == 2);
  CHECK(twoIssues.issues[0].parameter == "alhpa");
  CHECK(twoIssues.issues[0].message.find("alpha") != std::string::npos);
  CHECK(twoIssues.issues[1].parameter == "objective");
  CHECK(twoIssues.issues[1].message.find("rosenbrock") != std::string::npos);
}

TEST_CASE("a text may have as many characters as its refusal says, of however many bytes") {
  const Parameter list = {.id = "list", .label = "list", .kind = Kind::text, .max = 3};
  CHECK(wv::refusal(list, std::string("\u2212\u22121")).empty());
  CHECK(wv::refusal(list, std::string("\u2212\u221212")) ==
        "list must be a text of at most 3 characters, not the text \u201c\u2212\u221212\u201d.");
}

TEST_CASE(
    "a refusal names the parameter as the page and as a link do, once where both are one word") {
  const wv::Parameter width = {.id = "width", .label = "width", .min = 1, .max = 4};
  const wv::Parameter alpha = {.id = "alpha", .label = "step size", .min = 0, .max = 1};
  CHECK(wv::refusal(width, 2.0).empty());
  CHECK(wv::refusal(width, 5.0) == "width must be a number from 1 to 4, not 5.");
  CHECK(wv::refusal(alpha, infinity) ==
        "step size (alpha) must be a number from 0 to 1, not infinity.");
  CHECK(wv::refusal(alpha, -infinity) ==
        "step size (alpha) must be a number from 0 to 1, not -infinity.");
  CHECK(wv::refusal(alpha, std::nan("")) ==
        "step size (alpha) must be a number from 0 to 1, not NaN.");
  CHECK(wv::refusal(alpha, 1.0000000001) ==
        "step size (alpha) must be a number from 0 to 1, not 1.0000000001.");
}

TEST_CASE("the description is JSON that names every experiment and parameter") {
  const std::string json = wv::describeExperiments();
  for (const ExperimentInfo& info : wv::experiments()) {
    CHECK(json.find("\"id\":\"" + std::string(info.id) + "\"") != std::string::npos);
    for (const Parameter& parameter : info.parameters) {
      CHECK(json.find("\"id\":\"" + std::string(parameter.id) + "\"") != std::string::npos);
    }
  }
  CHECK(json.find(":nan") == std::string::npos);
  CHECK(json.find(":inf") == std::string::npos);
}

TEST_CASE("a long name is echoed in part: no character is cut, and bytes of none do no harm") {
  const std::string ends =
      std::string(59, 'a') + "\xe2\x82\xac" + std::string(9, 'b');  // a euro sign
  for (const std::string& name : {ends, std::string(200, '\xa1'), std::string(61, '\x80')}) {
    const Creation creation = wv::createExperiment("step-size", {{{name, 1.0}}}, allDataSets());
    REQUIRE(creation.issues.size() == 1);
    const std::string& message = creation.issues[0].message;
    const std::size_t echo = message.find("\u201c") + 3, cut = message.find("\u2026");
    REQUIRE(cut != std::string::npos);
    CHECK(cut - echo >= 57);
    CHECK(cut - echo <= 60);
    CHECK(name.substr(0, cut - echo) == message.substr(echo, cut - echo));
    if (name == ends) {
      CHECK(cut - echo == 59);
    }
  }
}
