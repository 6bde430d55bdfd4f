// The parameter table: declared once by each experiment. Controls, validation, links,
// documentation, types and the command line all read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wv {

enum class Kind { real, integer, choice, text };
enum class Scale { linear, logarithmic };

// A value of a type that no parameter takes (null, a list, ...), kept to be named in the issue.
struct Foreign {
  std::string typeName;
};
using Value = std::variant<double, std::string, bool, Foreign>;

// One of a choice parameter's values; `help` may be a formula.
struct Choice {
  std::string_view id, label, help;
};

// The parameter matters only while `parameter` has one of `values`.
struct Relevance {
  std::string_view parameter;
  std::vector<std::string_view> values;
};

struct Parameter {
  std::string_view id = {}, label = {}, symbol = {}, unit = {}, help = {};
  Kind kind = Kind::real;
  Value initial = 0.0;
  double min = 0, max = 0;  // real and integer: both ends allowed; text: max is the longest length
  double stride = 1;        // integer: allowed are min, min + stride, ..., max
  Scale scale = Scale::linear;
  bool live = false;  // may change between steps
  std::vector<Choice> choices = {};
  std::vector<Relevance> relevant = {};  // all must hold; empty: always
};

struct Issue {
  std::string parameter, message;
};

struct Setting {
  std::string id;
  Value value;
};

// One valid value for every parameter of a table, in the table's order.
class Settings {
 public:
  Settings(std::span<const Parameter> table, std::vector<Value> values)
      : table_(table), values_(std::move(values)) {}

  std::span<const Parameter> table() const { return table_; }

  // The id must be in the table and of that kind (number: real or integer; text: choice or text).
  double number(std::string_view id) const;
  const std::string& text(std::string_view id) const;
  void replace(std::string_view id, Value value);

  // Of a shard (experiment/shard.hpp): which replicate of the whole run its first one is.
  void makeShard(std::uint32_t firstReplicate) { firstReplicate_ = firstReplicate; }
  bool isShard() const { return firstReplicate_.has_value(); }
  // 0 of a whole run.
  std::uint32_t firstReplicate() const { return firstReplicate_.value_or(0); }

 private:
  std::size_t indexOf(std::string_view id) const;

  std::span<const Parameter> table_;
  std::vector<Value> values_;
  std::optional<std::uint32_t> firstReplicate_;
};

const Parameter* findParameter(std::span<const Parameter> table, std::string_view id);

// Empty when the value is allowed; otherwise one sentence that names the parameter, the value and
// what is allowed.
std::string refusal(const Parameter& parameter, const Value& value);

// Whether the parameter matters beside the other settings.
bool isRelevant(const Parameter& parameter, const Settings& settings);

// The table's defaults with `given` over them; every refused or unknown setting adds an issue and
// leaves the default in its place.
Settings validate(std::span<const Parameter> table, std::span<const Setting> given,
                  std::vector<Issue>& issues);

// "1, 2, 3.5" for messages and lists.
std::string joined(std::span<const std::string_view> words);
std::string formatNumber(double x);

}  // namespace wv
