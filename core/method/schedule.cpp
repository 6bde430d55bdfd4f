#include "method/schedule.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"

namespace wv {

double alphaAt(const Schedule& schedule, std::uint32_t t) {
  const double time = schedule.t0 + static_cast<double>(t) + 1;
  const double growth = 1 + schedule.alpha0 * schedule.lambda * static_cast<double>(t);
  switch (schedule.kind) {
    case ScheduleKind::constant:
      return schedule.alpha0;
    case ScheduleKind::inverseTime:
      return schedule.alpha0 / time;
    case ScheduleKind::inverseSqrt:
      return schedule.alpha0 / std::sqrt(time);
    case ScheduleKind::tooFast:
      return schedule.alpha0 / (time * time);
    case ScheduleKind::staircase:
      return std::ldexp(schedule.alpha0, -static_cast<int>(t / schedule.stageLength));
    case ScheduleKind::bottou:
      return schedule.alpha0 / growth;
    case ScheduleKind::bottouAveraged:
      // Roots are rounded alike everywhere; pow is not.
      return schedule.alpha0 / std::sqrt(growth * std::sqrt(growth));
  }
  return schedule.alpha0;
}

std::uint32_t halvingStageLength(double alpha, double strongConvexity) {
  const double contraction = alpha * strongConvexity;
  if (!(contraction < 1)) {
    return 1;
  }
  if (!(contraction > 0)) {
    return longestStage;
  }
  // -log(1 - contraction): what 1 - contraction has lost to rounding is made up for.
  const double left = 1 - contraction;
  const double decay = left == 1 ? contraction : -numeric::log(left) * (contraction / (1 - left));
  const double steps = std::ceil(numeric::log(3.0) / decay);
  return static_cast<std::uint32_t>(std::clamp<double>(steps, 1, longestStage));
}

}  // namespace wv
