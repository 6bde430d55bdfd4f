#include "experiment/value_table.hpp"

namespace wv {

const std::vector<double>* ValueTable::find(std::string_view id) const {
  for (const auto& [name, values] : lists_) {
    if (name == id) {
      return &values;
    }
  }
  return nullptr;
}

std::vector<double>& ValueTable::operator[](std::string_view id) {
  for (auto& [name, values] : lists_) {
    if (name == id) {
      return values;
    }
  }
  lists_.push_back({id, {}});
  return lists_.back().second;
}

}  // namespace wv
