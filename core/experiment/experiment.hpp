// A simulation that its caller advances. Nothing here draws, sleeps or throws.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "experiment/channel.hpp"
#include "experiment/parameter.hpp"
#include "objective/dataset.hpp"

namespace wv {

enum class RunState { running, finished, diverged };

struct Status {
  RunState state = RunState::running;
  std::uint32_t step = 0;
};

// A live change: made when `step` updates had been done. Enough, with the settings, to replay.
struct Edit {
  std::uint32_t step;
  std::string parameter;
  Value value;
};

class Experiment {
 public:
  virtual ~Experiment() = default;

  // At most `steps` more steps; fewer when the run finishes or diverges.
  void advance(int steps);

  // Changes a live parameter between steps and enters it in the edit log. One that does not matter
  // beside the other settings changes nothing else, as when a run is created. On an issue nothing
  // changes.
  std::vector<Issue> set(std::string_view id, const Value& value);

  const std::vector<Edit>& edits() const { return edits_; }
  virtual Status status() const = 0;
  // The id must be one of the experiment's channels.
  virtual Channel channel(std::string_view id) const = 0;

 protected:
  explicit Experiment(const Settings& settings) : settings_(settings) {}

  virtual void advanceOneStep() = 0;
  virtual void apply(std::string_view id, const Value& value) = 0;

 private:
  Settings settings_;  // as created: what a live parameter depends on is never live itself
  std::vector<Edit> edits_;
};

// What came of asking for an experiment: it, or why not.
struct Creation {
  std::unique_ptr<Experiment> experiment;
  std::vector<Issue> issues;
};

// Why not, when there are issues; else a Made of the settings and its other parts, which are looked
// at only then.
template <class Made, class... Parts>
Creation createUnlessRefused(std::vector<Issue> issues, const Settings& settings,
                             Parts&&... parts) {
  if (!issues.empty()) {
    return {nullptr, std::move(issues)};
  }
  return {std::make_unique<Made>(settings, std::forward<Parts>(parts)...), {}};
}

struct ExperimentInfo {
  std::string_view id, title, section;
  std::vector<Parameter> parameters;
  std::vector<ChannelInfo> channels;
  Creation (*create)(const Settings& settings, const DataLibrary& data);
  int chapter = 0;  // which core carries it; the registry fills it in
};

}  // namespace wv
