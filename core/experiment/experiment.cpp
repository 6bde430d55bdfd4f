#include "experiment/experiment.hpp"

namespace wv {

void Experiment::advance(int steps) {
  for (int i = 0; i < steps && status().state == RunState::running; ++i) {
    advanceOneStep();
  }
}

std::vector<Issue> Experiment::set(std::string_view id, const Value& value) {
  const Parameter* parameter = findParameter(settings_.table(), id);
  if (!parameter) {
    return {{std::string(id), "There is no parameter “" + std::string(id) + "”."}};
  }
  if (!parameter->live) {
    std::vector<std::string_view> live;
    for (const Parameter& candidate : settings_.table()) {
      if (candidate.live) {
        live.push_back(candidate.id);
      }
    }
    return {{std::string(id),
             std::string(id) + " cannot change while a run goes on; " + joined(live) + " can."}};
  }
  std::string message = refusal(*parameter, value);
  if (!message.empty()) {
    return {{std::string(id), std::move(message)}};
  }
  if (isRelevant(*parameter, settings_)) {
    apply(parameter->id, value);
  }
  edits_.push_back({status().step, std::string(id), value});
  return {};
}

}  // namespace wv
