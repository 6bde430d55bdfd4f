#include "method/langevin.hpp"

#include <cmath>

#include "numeric/elementary.hpp"
#include "random/fill.hpp"

namespace wv {
namespace {

constexpr CorrectorInfo correctorInfos[] = {
    {Corrector::none, "none", "none", "x ← x − α∇f(x) + √(2α/β) ξ_t"},
    {Corrector::mala, "mala", "Metropolis (MALA)",
     "accept y with probability min(1, e^(−βf(y)) q(x|y) / e^(−βf(x)) q(y|x))"},
    {Corrector::leimkuhlerMatthews, "leimkuhler-matthews", "Leimkuhler–Matthews",
     "x ← x − α∇f(x) + √(2α/β) (ξ_t + ξ_{t+1})/2"},
};

class Langevin : public Method {
 public:
  explicit Langevin(const LangevinSettings& settings) : settings_(settings) {}

  void init(State& state) const final {
    clearState(state, 0);
    state.slots.push_back(Block::Zero(state.x.rows(), 1));
  }

 protected:
  Address address(Stream stream, std::uint32_t step) const {
    return {settings_.seed, stream, step, 0, settings_.firstReplicate};
  }
  // xi of this step, R x d.
  Block normals(std::uint32_t step, const State& state) const {
    Block xi(state.x.rows(), state.x.cols());
    fillNormal(address(Stream::normal, step), xi);
    return xi;
  }
  double beta() const { return settings_.beta; }
  double noiseScale(double alpha) const { return std::sqrt(2 * alpha / settings_.beta); }

 private:
  LangevinSettings settings_;
};

class Unadjusted final : public Langevin {
 public:
  using Langevin::Langevin;

  void step(const Context& context, State& state) const override {
    const Block g = takeGradient(context, state.x, state);
    const Block xi = normals(state.step, state);
    state.x += noiseScale(context.stepSize) * xi - context.stepSize * g;
    ++state.step;
  }
};

// Both noises are drawn anew at each step instead of being kept: a state then holds nothing that
// the next step depends on but x.
class LeimkuhlerMatthews final : public Langevin {
 public:
  using Langevin::Langevin;

  void step(const Context& context, State& state) const override {
    const Block g = takeGradient(context, state.x, state);
    const Block xi = normals(state.step, state);
    const Block next = normals(state.step + 1, state);
    state.x += 0.5 * noiseScale(context.stepSize) * (xi + next) - context.stepSize * g;
    ++state.step;
  }
};

class Mala final : public Langevin {
 public:
  using Langevin::Langevin;

  void step(const Context& context, State& state) const override {
    const double alpha = context.stepSize;
    const Block xi = normals(state.step, state);
    const Block g = takeGradient(context, state.x, state);
    const Block y = state.x + noiseScale(alpha) * xi - alpha * g;
    const Block back = takeGradient(context, y, state);
    const Column before = takeValue(context, state.x, state), after = takeValue(context, y, state);
    Block u(state.x.rows(), 1);
    fillUniform(address(Stream::acceptance, state.step), u);
    const double perSquare = beta() / (4 * alpha);
    for (Eigen::Index r = 0; r < state.x.rows(); ++r) {
      // |y - x + alpha g|^2 beta/(4 alpha) = |xi|^2/2, and the same seen from y.
      double logRatio = beta() * (before(r) - after(r));
      for (Eigen::Index i = 0; i < state.x.cols(); ++i) {
        const double returned = state.x(r, i) - y(r, i) + alpha * back(r, i);
        logRatio += 0.5 * xi(r, i) * xi(r, i) - perSquare * returned * returned;
      }
      // False for a NaN: a proposal where f or its gradient overflows.
      if (numeric::log(u(r, 0)) < logRatio) {
        state.x.row(r) = y.row(r);
        state.slots[0](r, 0) += 1;
      }
    }
    ++state.step;
  }

 private:
  static Column takeValue(const Context& context, const BlockIn& x, State& state) {
    const Objective& objective = context.source.objective();
    Column f(x.rows());
    objective.value(x, f);
    state.gradientEvaluations += objective.terms();
    return f;
  }
};

}  // namespace

std::span<const CorrectorInfo> correctors() { return correctorInfos; }

std::optional<Corrector> findCorrector(std::string_view id) {
  for (const CorrectorInfo& info : correctorInfos) {
    if (info.id == id) {
      return info.corrector;
    }
  }
  return {};
}

std::unique_ptr<const Method> makeLangevin(Corrector corrector, const LangevinSettings& settings) {
  switch (corrector) {
    case Corrector::none:
      return std::make_unique<Unadjusted>(settings);
    case Corrector::mala:
      return std::make_unique<Mala>(settings);
    case Corrector::leimkuhlerMatthews:
      return std::make_unique<LeimkuhlerMatthews>(settings);
  }
  return nullptr;
}

}  // namespace wv
