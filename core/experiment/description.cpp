#include "experiment/description.hpp"

#include "experiment/registry.hpp"
#include "numeric/number_text.hpp"

namespace wv {
namespace {

std::string quotedJson(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += ' ';  // no text of ours holds a control character
    } else {
      json += c;
    }
  }
  return json + "\"";
}

// Tables hold decimals of a few digits; twelve bring each of them back as it is.
std::string numberJson(double x) { return numeric::numberText(x, 12); }

std::string valueJson(const Value& value) {
  const double* number = std::get_if<double>(&value);
  return number ? numberJson(*number) : quotedJson(std::get<std::string>(value));
}

// Joins "key": value pairs, then items of lists.
class ObjectJson {
 public:
  ObjectJson& raw(std::string_view key, const std::string& json) {
    text_ += (text_.empty() ? "" : ",") + quotedJson(key) + ":" + json;
    return *this;
  }
  ObjectJson& text(std::string_view key, std::string_view value) {
    return raw(key, quotedJson(value));
  }
  std::string json() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

template <class List, class ToJson>
std::string listJson(const List& list, ToJson toJson) {
  std::string json;
  for (const auto& item : list) {
    json += (json.empty() ? "" : ",") + toJson(item);
  }
  return "[" + json + "]";
}

std::string choiceJson(const Choice& choice) {
  return ObjectJson()
      .text("id", choice.id)
      .text("label", choice.label)
      .text("help", choice.help)
      .json();
}

std::string relevanceJson(const Relevance& relevance) {
  return ObjectJson()
      .text("parameter", relevance.parameter)
      .raw("values", listJson(relevance.values, quotedJson))
      .json();
}

std::string parameterJson(const Parameter& parameter) {
  static const char* const kinds[] = {"real", "integer", "choice", "text"};
  ObjectJson json;
  json.text("id", parameter.id)
      .text("label", parameter.label)
      .text("symbol", parameter.symbol)
      .text("unit", parameter.unit)
      .text("help", parameter.help)
      .text("kind", kinds[static_cast<int>(parameter.kind)])
      .raw("initial", valueJson(parameter.initial))
      .raw("min", numberJson(parameter.min))
      .raw("max", numberJson(parameter.max))
      .raw("stride", numberJson(parameter.stride))
      .text("scale", parameter.scale == Scale::logarithmic ? "logarithmic" : "linear")
      .raw("live", parameter.live ? "true" : "false")
      .raw("choices", listJson(parameter.choices, choiceJson))
      .raw("relevant", listJson(parameter.relevant, relevanceJson));
  return json.json();
}

std::string channelJson(const ChannelInfo& channel) {
  return ObjectJson()
      .text("id", channel.id)
      .text("label", channel.label)
      .text("unit", channel.unit)
      .text("shape", channel.shape)
      .raw("costly", channel.costly ? "true" : "false")
      .json();
}

std::string experimentJson(const ExperimentInfo& info) {
  return ObjectJson()
      .text("id", info.id)
      .text("title", info.title)
      .text("section", info.section)
      .raw("chapter", std::to_string(info.chapter))
      .raw("parameters", listJson(info.parameters, parameterJson))
      .raw("channels", listJson(info.channels, channelJson))
      .json();
}

std::string dataSetJson(const DatasetInfo& info) {
  return ObjectJson()
      .text("id", info.id)
      .text("title", info.title)
      .text("file", info.file)
      .text("source", info.source)
      .text("licence", info.licence)
      .text("pair", std::string(info.featurePair[0]) + "," + std::string(info.featurePair[1]))
      .text("regressionTarget", info.regressionTarget)
      .text("positive", info.positiveLabel)
      .text("negative", info.negativeLabel)
      .json();
}

}  // namespace

std::string describeExperiments() { return listJson(experiments(), experimentJson); }

std::string describeDataSets() {
  const auto shipped = datasets();
  std::vector<DatasetInfo> all(shipped.begin(), shipped.end());
  all.push_back(*findDataset(ownDatasetId));
  return listJson(all, dataSetJson);
}

}  // namespace wv
