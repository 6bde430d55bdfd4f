// Step-size schedules alpha_t, t = 0, 1, 2, ... counting the updates already made.
#pragma once

#include <cstdint>

namespace wv {

enum class ScheduleKind {
  constant,
  inverseTime,
  inverseSqrt,
  tooFast,
  staircase,
  bottou,
  bottouAveraged,
};

// alpha0 and t0 > 0 as in Theorem 8 (Bottou, Curtis, Nocedal 2018, Theorem 4.7 numbers t from 1:
// its alpha_t = alpha0/(t0+t) is alphaAt(t-1) with the same t0).
struct Schedule {
  ScheduleKind kind = ScheduleKind::constant;
  double alpha0 = 0;
  double t0 = 1;
  std::uint32_t stageLength = 1;  // staircase: updates before each halving
  double lambda = 0;              // bottou, bottouAveraged: >= 0, the strong convexity
};

// constant alpha0; inverseTime alpha0/(t0+t+1); inverseSqrt alpha0/sqrt(t0+t+1);
// tooFast alpha0/(t0+t+1)^2, whose sum is finite; staircase alpha0/2^floor(t/stageLength);
// bottou alpha0/(1+alpha0 lambda t) for SGD and bottouAveraged alpha0 (1+alpha0 lambda t)^(-3/4)
// for averaged SGD (L. Bottou, "Stochastic gradient descent tricks", Neural Networks: Tricks of the
// Trade, 2nd edition, 2012).
double alphaAt(const Schedule& schedule, std::uint32_t t);

// What a stage lasts that has no end: without strong convexity no transient falls.
constexpr std::uint32_t longestStage = 1'000'000'000;

// Updates until the gap of Theorem 7, four floors high when a stage begins, has come down to two:
// the three of them that are transient to one, (1 - alpha m)^k = 1/3 (the halving rule of Bottou,
// Curtis, Nocedal 2018, section 4.2). About log 3/(alpha m), at least 1; longestStage for m = 0.
std::uint32_t halvingStageLength(double alpha, double strongConvexity);

// The halving rule carried on: each stage lasts as long as its own step size asks for, so stages
// double as the step size halves, and the step sizes of each sum to about log 3/m. (The staircase
// of a Schedule has stages of one length, so that all its step sizes have a finite sum.)
class HalvingStaircase {
 public:
  HalvingStaircase(double alpha, double strongConvexity)
      : alpha_(alpha),
        strongConvexity_(strongConvexity),
        left_(halvingStageLength(alpha, strongConvexity)) {}

  // The step size of the next update.
  double alpha() const { return alpha_; }
  // An update has been made.
  void advance() {
    if (--left_ == 0) {
      *this = HalvingStaircase(0.5 * alpha_, strongConvexity_);
    }
  }

 private:
  double alpha_, strongConvexity_;
  std::uint32_t left_;
};

}  // namespace wv
