#include "experiment/connectivity_settings.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "experiment/shared_parameters.hpp"
#include "numeric/statistics.hpp"
#include "random/fill.hpp"

namespace wv {
namespace {

// Beyond the slots of the inputs, which have one column for each of their few coordinates.
constexpr std::uint32_t teacherSlot = 1000;

TwoLayer networkOf(const Settings& settings, std::uint32_t seed) {
  const HiddenUnit unit =
      settings.text("activation") == "relu" ? HiddenUnit::relu : HiddenUnit::quadratic;
  const int inputs = static_cast<int>(settings.number("dimension"));
  const int teacherUnits = static_cast<int>(settings.number("teacher"));
  Address address{.seed = seed, .stream = Stream::instance};
  Block points(static_cast<Eigen::Index>(settings.number("samples")), inputs);
  fillNormal(address, points);
  address.slot = teacherSlot;
  const Point weights =
      twoLayerWeights(teacherUnits, inputs, address, 1).row(0).transpose().matrix();
  const TwoLayer teacher(unit, teacherUnits, points.matrix(), Column::Zero(points.rows()));
  Column targets = teacher.outputs(weights);
  const double meanSquare = numeric::mean(targets.square());
  if (meanSquare > 0) {
    targets /= std::sqrt(meanSquare);
  }
  return {unit, static_cast<int>(settings.number("width")), points.matrix(), std::move(targets)};
}

}  // namespace

std::vector<Parameter> connectivityParameters() {
  return {
      {.id = "activation",
       .label = "hidden units",
       .symbol = "φ",
       .help = "what a hidden unit makes of its input",
       .kind = Kind::choice,
       .initial = std::string("relu"),
       .choices = {{"relu", "ReLU", "max(0, z)"}, {"quadratic", "quadratic", "z²"}}},
      {.id = "width",
       .label = "width",
       .symbol = "p",
       .help = "units in the hidden layer of the two networks",
       .kind = Kind::integer,
       .initial = 16.0,
       .min = 1,
       .max = 64,
       .scale = Scale::logarithmic},
      {.id = "dimension",
       .label = "inputs",
       .symbol = "d",
       .help = "numbers that enter a network",
       .kind = Kind::integer,
       .initial = 2.0,
       .min = 1,
       .max = 10},
      {.id = "teacher",
       .label = "teacher’s units",
       .help = "hidden units of the network whose outputs are to be learned",
       .kind = Kind::integer,
       .initial = 6.0,
       .min = 1,
       .max = 32,
       .scale = Scale::logarithmic},
      {.id = "ends",
       .label = "the two ends",
       .help = "which two networks are to be connected",
       .kind = Kind::choice,
       .initial = std::string("trained"),
       .choices = {{"trained", "two trainings", "each from random weights of its own"},
                   {"exchanged", "one, two units exchanged",
                    "one training, and the same network with its first two units exchanged"}}},
      {.id = "level",
       .label = "level",
       .symbol = "L₀",
       .help = "the loss that the path shall not rise above; the ends are trained below it",
       .kind = Kind::real,
       .initial = 0.002,
       .min = 1e-5,
       .max = 0.5,
       .scale = Scale::logarithmic},
      {.id = "pairs",
       .label = "pairs",
       .help = "pairs of networks, each connected by itself",
       .kind = Kind::integer,
       .initial = 5.0,
       .min = 1,
       .max = 20},
      {.id = "pair",
       .label = "pair in the picture",
       .help = "counted from 1; the last one where there are fewer",
       .kind = Kind::integer,
       .initial = 1.0,
       .min = 1,
       .max = 20},
      {.id = "beads",
       .label = "most beads",
       .help = "points at which the path may bend, its ends included",
       .kind = Kind::integer,
       .initial = 48.0,
       .min = 2,
       .max = 200,
       .scale = Scale::logarithmic},
      {.id = "patience",
       .label = "patience",
       .unit = "updates",
       .help = "updates of a bead before it is left where it is",
       .kind = Kind::integer,
       .initial = 600.0,
       .min = 10,
       .max = 10'000,
       .scale = Scale::logarithmic},
      {.id = "samples",
       .label = "samples",
       .symbol = "n",
       .help = "points at which the teacher’s output is known",
       .kind = Kind::integer,
       .initial = 64.0,
       .min = 8,
       .max = 512,
       .scale = Scale::logarithmic},
      seedParameter(),
  };
}

ConnectivityPlan planConnectivity(const Settings& settings) {
  const auto integer = [&](std::string_view id) { return static_cast<int>(settings.number(id)); };
  const auto seed = static_cast<std::uint32_t>(settings.number("seed"));
  return {.network = networkOf(settings, seed),
          .level = settings.number("level"),
          .isExchanged = settings.text("ends") == "exchanged",
          .pairs = integer("pairs"),
          .shown = std::min(integer("pair"), integer("pairs")) - 1,
          .patience = integer("patience"),
          .mostBeads = integer("beads"),
          .seed = seed};
}

}  // namespace wv
