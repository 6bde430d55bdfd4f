// Every update rule against a sequence worked out by hand (or, where roots appear, in 30-digit
// decimal arithmetic) on f(x, y) = (x^2 + 4 y^2)/2 from (1, 1), whose gradient is (x, 4y).
#include <doctest.h>

#include <cmath>

#include "method/catalogue.hpp"
#include "objective/catalogue.hpp"

namespace {

using wv::Block;

std::unique_ptr<wv::Objective> quadratic(double condition) {
  wv::LandscapeParameters parameters;
  parameters.condition = condition;
  return wv::makeLandscape("quadratic", parameters);
}

struct Race {
  std::unique_ptr<wv::Objective> objective = quadratic(4);
  wv::FullGradient source{*objective};
  std::unique_ptr<const wv::Method> method;
  wv::State state;

  Race(std::string_view id, double momentum) : method(wv::makeMethod(id, momentum)) {
    REQUIRE(method);
    state.x = Block::Ones(1, 2);
    method->init(state);
  }
  void expect(double alpha, double x, double y) {
    method->step({source, alpha}, state);
    CHECK(state.x(0, 0) == doctest::Approx(x).epsilon(1e-14));
    CHECK(state.x(0, 1) == doctest::Approx(y).epsilon(1e-14));
  }
};

}  // namespace

TEST_CASE("gradient descent takes (1 - alpha)^t and (1 - 4 alpha)^t") {
  Race race("gd", 0);
  race.expect(0.1, 0.9, 0.6);
  race.expect(0.1, 0.81, 0.36);
  race.expect(0.5, 0.405, -0.36);
  CHECK(race.state.step == 3);
  CHECK(race.state.gradientEvaluations == 3);
}

TEST_CASE("the heavy ball carries its velocity") {
  Race race("heavy-ball", 0.5);
  race.expect(0.1, 0.9, 0.6);
  race.expect(0.1, 0.76, 0.16);
  race.expect(0.1, 0.614, -0.124);
}

TEST_CASE("Nesterov takes the gradient ahead") {
  Race race("nesterov", 0.5);
  race.expect(0.1, 0.9, 0.6);
  race.expect(0.1, 0.765, 0.24);
  race.expect(0.1, 0.62775, 0.036);
}

TEST_CASE("AdaGrad divides by the root of the sum of squares") {
  Race race("adagrad", 0);
  race.expect(0.5, 0.500000004999999950, 0.500000001249999996);
  race.expect(0.5, 0.276393207461166615, 0.276393203552807432);
  race.expect(0.5, 0.156398740371335776, 0.156398737110992954);
}

TEST_CASE("RMSProp divides by the root of the moving mean square") {
  Race race("rmsprop", 0);
  race.expect(0.1, 0.683772243983161750, 0.683772236483162047);
  race.expect(0.1, 0.498870620117237464, 0.498870610201962162);
  race.expect(0.1, 0.369180567427794115, 0.369180556723442458);
}

TEST_CASE("Adam corrects the bias of both moments") {
  Race race("adam", 0);
  race.expect(0.1, 0.900000000999999990, 0.900000000249999999);
  race.expect(0.1, 0.800412229712337391, 0.800412228181519518);
  race.expect(0.1, 0.701586274504414214, 0.701586272166837204);
}

TEST_CASE("backtracking halves until Armijo's condition holds, each replicate for itself") {
  // From (1, 1) with alpha = 1: x - a g = (1 - a, 1 - 4a), f = ((1-a)^2 + 4 (1-4a)^2)/2 against
  // 2.5 - a 17e-4: a = 1 gives 18, a = 1/2 gives 2.125, which is accepted.
  // From (1, 0): a = 1 gives 0, which is accepted at once.
  const auto objective = quadratic(4);
  const wv::FullGradient source(*objective);
  const auto method = wv::makeMethod("backtracking", 0);
  wv::State state;
  state.x = Block(2, 2);
  state.x << 1, 1, 1, 0;
  method->init(state);
  method->step({source, 1.0}, state);
  CHECK(state.x(0, 0) == 0.5);
  CHECK(state.x(0, 1) == -1);
  CHECK(state.x(1, 0) == 0);
  CHECK(state.slots[0](0, 0) == 0.5);
  CHECK(state.slots[0](1, 0) == 1);
  CHECK(state.gradientEvaluations == 4);  // one gradient, f before, f at 1 and at 1/2
}

TEST_CASE("a method does not exist under another name") {
  CHECK(wv::makeMethod("sgdd", 0.9) == nullptr);
  for (const wv::MethodInfo& info : wv::methods()) {
    CHECK(wv::makeMethod(info.id, 0.9) != nullptr);
  }
}

TEST_CASE("every method gives the same bits for a replicate alone and in a block") {
  const auto objective = wv::makeLandscape("rosenbrock", {});
  const wv::FullGradient source(*objective);
  for (const wv::MethodInfo& info : wv::methods()) {
    CAPTURE(info.id);
    const auto method = wv::makeMethod(info.id, 0.7);
    wv::State block;
    block.x = Block(5, 2);
    for (int r = 0; r < 5; ++r) {
      block.x.row(r) << -1.5 + 0.6 * r, 0.3 * r;
    }
    wv::State alone;
    alone.x = block.x.row(3);
    method->init(block);
    method->init(alone);
    for (int t = 0; t < 40; ++t) {
      method->step({source, 5e-4}, block);
      method->step({source, 5e-4}, alone);
    }
    CHECK((block.x.row(3) == alone.x.row(0)).all());
  }
}

TEST_CASE("a copied state resumes the same path") {
  const auto objective = wv::makeLandscape("himmelblau", {});
  const wv::FullGradient source(*objective);
  for (const wv::MethodInfo& info : wv::methods()) {
    CAPTURE(info.id);
    const auto method = wv::makeMethod(info.id, 0.5);
    wv::State state;
    state.x = Block::Constant(1, 2, 0.5);
    method->init(state);
    for (int t = 0; t < 10; ++t) {
      method->step({source, 0.01}, state);
    }
    wv::State copy = state;
    for (int t = 0; t < 10; ++t) {
      method->step({source, 0.01}, state);
      method->step({source, 0.01}, copy);
    }
    CHECK((state.x == copy.x).all());
    CHECK(state.step == copy.step);
  }
}
