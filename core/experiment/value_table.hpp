// Lists of numbers by the names of their channels.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace wv {

class ValueTable {
 public:
  // What is there under this name, at first an empty list. The name must outlive this.
  std::vector<double>& operator[](std::string_view id);
  // Null if nothing is.
  const std::vector<double>* find(std::string_view id) const;

 private:
  std::vector<std::pair<std::string_view, std::vector<double>>> lists_;
};

}  // namespace wv
