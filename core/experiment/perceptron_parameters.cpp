#include "experiment/perceptron_parameters.hpp"

#include <string>

namespace wv {
namespace {

constexpr std::string_view teacherId = "teacher", storageId = "storage";

}  // namespace

Parameter oddDimensionParameter(int least, int most, int initial, std::string_view help) {
  return {.id = "d",
          .label = "dimension",
          .symbol = "d",
          .help = help,
          .kind = Kind::integer,
          .initial = static_cast<double>(initial),
          .min = static_cast<double>(least),
          .max = static_cast<double>(most),
          .stride = 2};
}

Parameter perceptronLabelsParameter(std::string_view initial) {
  return {.id = "labels",
          .label = "labels",
          .help = "where they come from",
          .kind = Kind::choice,
          .initial = std::string(initial),
          .choices = {{teacherId, "of a teacher", "y = sign(w*·x): there is a solution"},
                      {storageId, "random", "+1 or −1 by chance: nothing but memory"}}};
}

PerceptronLabels labelsOf(const Settings& settings) {
  return settings.text("labels") == teacherId ? PerceptronLabels::teacher
                                              : PerceptronLabels::storage;
}

}  // namespace wv
