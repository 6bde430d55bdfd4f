// The boundary to JavaScript. Values cross it checked and copied; nothing throws.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "experiment/description.hpp"
#include "experiment/registry.hpp"
#include "experiment/shard.hpp"
#include "objective/csv.hpp"

// The standard library's last resort, here and not in JavaScript: the linker names what a core
// takes from JavaScript by how often it is used, and one script runs the cores of all chapters. So
// only these bindings, the same in all, may take anything.
extern "C" void abort() { __builtin_trap(); }

namespace {

using emscripten::val;

wv::Value valueFrom(const val& value) {
  const std::string type = value.typeOf().as<std::string>();
  if (type == "number") {
    return value.as<double>();
  }
  if (type == "string") {
    return value.as<std::string>();
  }
  if (type == "boolean") {
    return value.as<bool>();
  }
  return wv::Foreign{value.isNull()    ? "null"
                     : value.isArray() ? "a list"
                                       : "a value of type " + type};
}

val valueTo(const wv::Value& value) {
  if (const double* number = std::get_if<double>(&value)) {
    return val(*number);
  }
  if (const std::string* text = std::get_if<std::string>(&value)) {
    return val(*text);
  }
  const bool* truth = std::get_if<bool>(&value);
  return truth ? val(*truth) : val::null();
}

val issuesTo(const std::vector<wv::Issue>& issues) {
  val list = val::array();
  for (const wv::Issue& issue : issues) {
    val item = val::object();
    item.set("parameter", issue.parameter);
    item.set("message", issue.message);
    list.call<void>("push", item);
  }
  return list;
}

class Run {
 public:
  explicit Run(std::unique_ptr<wv::Experiment> experiment) : experiment_(std::move(experiment)) {}

  void advance(int steps) { experiment_->advance(steps); }

  val set(const std::string& parameter, const val& value) {
    return issuesTo(experiment_->set(parameter, valueFrom(value)));
  }

  // `data` is a view of this memory, good until the next call.
  val channel(const std::string& id) const {
    const wv::Channel channel = experiment_->channel(id);
    val shape = val::array();
    std::size_t count = 1;
    for (int extent : channel.shape) {
      shape.call<void>("push", extent);
      count *= static_cast<std::size_t>(extent);
    }
    val result = val::object();
    result.set("shape", shape);
    result.set("data", val(emscripten::typed_memory_view(count, channel.data)));
    return result;
  }

  val edits() const {
    val list = val::array();
    for (const wv::Edit& edit : experiment_->edits()) {
      val item = val::object();
      item.set("step", edit.step);
      item.set("parameter", edit.parameter);
      item.set("value", valueTo(edit.value));
      list.call<void>("push", item);
    }
    return list;
  }

  val status() const {
    static const char* const names[] = {"running", "finished", "diverged"};
    const wv::Status status = experiment_->status();
    val result = val::object();
    result.set("state", std::string(names[static_cast<int>(status.state)]));
    result.set("step", status.step);
    return result;
  }

 private:
  std::unique_ptr<wv::Experiment> experiment_;
};

// Enough of a column to recognise it by.
val firstCells(const wv::TableColumn& column, int rows) {
  constexpr int previewRows = 3;
  val cells = val::array();
  for (int i = 0; i < std::min(rows, previewRows); ++i) {
    const auto row = static_cast<std::size_t>(i);
    cells.call<void>("push",
                     column.isNumeric() ? val(column.numbers[row]) : val(column.texts[row]));
  }
  return cells;
}

class Lab {
 public:
  // "" or one sentence that says what is wrong with the text, and where.
  std::string addData(const std::string& id, const std::string& csv) {
    wv::CsvResult result = wv::readCsv(csv);
    if (!result.issues.empty()) {
      const wv::CsvIssue& first = result.issues.front();
      return "line " + std::to_string(first.line) + ", column " + std::to_string(first.column) +
             ": " + first.message;
    }
    data_.add(id, std::move(result.table));
    return {};
  }

  // {rows, columns: [{name, numeric, first: [...], mean, deviation, oddLine, oddText}]}, or null
  // when there is no such table. Mean and deviation are what standardising takes, NaN in a text
  // column. The odd cell is the first that is no number; line 0 in a numeric column.
  val table(const std::string& id) const {
    const wv::Table* table = data_.find(id);
    if (!table) {
      return val::null();
    }
    val columns = val::array();
    for (const wv::TableColumn& column : table->columns) {
      val item = val::object();
      item.set("name", column.name);
      item.set("numeric", column.isNumeric());
      item.set("first", firstCells(column, table->rows));
      const wv::ColumnScale scale = column.isNumeric()
                                        ? wv::columnScale(column.numbers)
                                        : wv::ColumnScale{std::nan(""), std::nan("")};
      item.set("mean", scale.mean);
      item.set("deviation", scale.deviation);
      item.set("oddLine", column.isNumeric() ? 0 : column.firstText->line);
      item.set("oddText", column.isNumeric() ? std::string() : column.firstText->text);
      columns.call<void>("push", item);
    }
    val result = val::object();
    result.set("rows", table->rows);
    result.set("columns", columns);
    return result;
  }

  // {run} or {issues}. `settings` is a plain object.
  val create(const std::string& experiment, const val& settings) {
    return creationTo(wv::createExperiment(experiment, settingsFrom(settings), data_));
  }

  // The same for a part of a run.
  val createShard(const std::string& experiment, const val& settings, double firstReplicate) {
    return creationTo(wv::createShard(experiment, settingsFrom(settings), firstReplicate, data_));
  }

 private:
  static std::vector<wv::Setting> settingsFrom(const val& settings) {
    std::vector<wv::Setting> given;
    const val keys = val::global("Object").call<val>("keys", settings);
    const int count = keys["length"].as<int>();
    for (int i = 0; i < count; ++i) {
      const std::string id = keys[i].as<std::string>();
      given.push_back({id, valueFrom(settings[id])});
    }
    return given;
  }

  static val creationTo(wv::Creation creation) {
    val result = val::object();
    if (creation.experiment) {
      result.set("run", std::make_shared<Run>(std::move(creation.experiment)));
    }
    result.set("issues", issuesTo(creation.issues));
    return result;
  }

  wv::DataLibrary data_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(wide_valley) {
  emscripten::function("describeExperiments", &wv::describeExperiments);
  emscripten::function("describeDataSets", &wv::describeDataSets);
  emscripten::constant("mostReplicates", wv::replicatesApart);
  emscripten::class_<Run>("Run")
      .smart_ptr<std::shared_ptr<Run>>("RunPointer")
      .function("advance", &Run::advance)
      .function("set", &Run::set)
      .function("channel", &Run::channel)
      .function("edits", &Run::edits)
      .function("status", &Run::status);
  emscripten::class_<Lab>("Lab")
      .constructor<>()
      .function("addData", &Lab::addData)
      .function("table", &Lab::table)
      .function("createShard", &Lab::createShard)
      .function("create", &Lab::create);
}
