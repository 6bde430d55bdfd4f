// The parameters of the experiment `work`, and what they ask for.
#pragma once

#include <optional>
#include <vector>

#include "experiment/parameter.hpp"
#include "experiment/work_cell.hpp"
#include "objective/dataset.hpp"

namespace wv {

std::vector<Parameter> workParameters();

// What the settings say of the data, checked.
struct WorkPlan {
  std::vector<int> sizes;
  std::optional<DesignMatrix> data;  // synthetic if empty
  Task task = Task::regression;
  double condition = 1, noise = 0, ridge = 0;
  int dimension = 1;
  WorkRules rules;

  // Of n terms, one of `sizes`.
  WorkProblem problem(int n) const;
};

// With an issue where the settings do not go together; then the plan is of no use.
WorkPlan planWork(const Settings& settings, const DataLibrary& data, std::vector<Issue>& issues);

}  // namespace wv
