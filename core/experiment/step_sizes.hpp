// Step sizes that fall, by the schedules of Theorem 8's section.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

#include "experiment/parameter.hpp"
#include "method/schedule.hpp"

namespace wv {

struct ScheduleChoice {
  Choice choice;
  ScheduleKind kind;
};

// The staircase is HalvingStaircase, not that of Schedule.
inline const ScheduleChoice scheduleChoices[] = {
    {{"inverse-time", "inverse time", "α₀/(t₀ + t)"}, ScheduleKind::inverseTime},
    {{"inverse-sqrt", "inverse square root", "α₀/√(t₀ + t)"}, ScheduleKind::inverseSqrt},
    {{"too-fast", "too fast", "α₀/(t₀ + t)²"}, ScheduleKind::tooFast},
    {{"staircase", "staircase", "α₀, halved after every log 3/(αm) steps"},
     ScheduleKind::staircase},
    {{"constant", "constant", "α₀"}, ScheduleKind::constant},
    {{"averaged", "for averages", "α₀ (1 + α₀mt)^(−3/4)"}, ScheduleKind::bottouAveraged},
};

// The id must be one of these.
inline ScheduleKind scheduleNamed(std::string_view id) {
  return std::find_if(std::begin(scheduleChoices), std::end(scheduleChoices),
                      [&](const ScheduleChoice& known) { return known.choice.id == id; })
      ->kind;
}

// The step size of the update about to be made.
class StepSizes {
 public:
  StepSizes(ScheduleKind kind, double alpha0, double t0, double strongConvexity)
      : schedule_{.kind = kind, .alpha0 = alpha0, .t0 = t0, .lambda = strongConvexity},
        strongConvexity_(strongConvexity),
        staircase_(alpha0, strongConvexity) {}

  double alpha() const {
    return schedule_.kind == ScheduleKind::staircase ? staircase_.alpha() : alphaAt(schedule_, t_);
  }
  void advance() {
    ++t_;
    staircase_.advance();
  }
  // A staircase begins a stage; the others go on as if alpha0 had been this from the start.
  void setAlpha0(double alpha0) {
    schedule_.alpha0 = alpha0;
    staircase_ = HalvingStaircase(alpha0, strongConvexity_);
  }

 private:
  Schedule schedule_;
  double strongConvexity_;
  HalvingStaircase staircase_;
  std::uint32_t t_ = 0;
};

}  // namespace wv
