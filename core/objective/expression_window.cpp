#include "objective/expression_window.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "numeric/constants.hpp"
#include "objective/at_point.hpp"
#include "objective/critical_points.hpp"
#include "objective/landscape.hpp"
#include "objective/newton.hpp"
#include "objective/spectrum.hpp"

namespace wv {
namespace {

using Eigen::Index;

using numeric::infinity;
constexpr double halfWidths[] = {1, 3, 10, 30, searchReach};
constexpr int lineCells = 2000;
constexpr int planeCells = 60;
// Of the lowest cells of a box that lie below their neighbours, so many are looked into.
constexpr std::size_t mostStarts = 24;
// A picture of a line shows so many valleys and hills, one of the plane so many valleys.
constexpr std::size_t mostShownOnLine = 13, mostShownInPlane = 9;
// Half the width of a picture of one minimum, and its distance up to which the origin is in it too.
constexpr double ownHalfWidth = 2.5, originNear = 5;
constexpr double heightShare = 0.7;
constexpr double planeRoom = 0.35;  // around several minima, in widths of their box
// Relative, of values and of places.
constexpr double sameValue = 1e-9, samePlace = 1e-6;
constexpr double flatShare = 1e-6;

struct Bottom {
  Point x;
  double value = 0;
};

// What is undefined is no place to go down to.
double heightAt(const Objective& f, const Point& x) {
  const double value = valueAt(f, x);
  return std::isnan(value) ? infinity : value;
}

double lengthOf(const Point& x) { return std::sqrt(x.squaredNorm()); }

bool isSame(double a, double b) {
  return std::fabs(a - b) <= sameValue * (1 + std::fmax(std::fabs(a), std::fabs(b)));
}

using Before = bool (*)(const Bottom& a, const Bottom& b);

// By insertion: there are few, and the library's sorts weigh more than all else here.
void sortStably(std::vector<Bottom>::iterator first, std::vector<Bottom>::iterator last,
                Before isBefore) {
  for (auto i = first; i != last; ++i) {
    for (auto j = i; j != first && isBefore(*j, *(j - 1)); --j) {
      std::swap(*j, *(j - 1));
    }
  }
}

bool isLower(const Bottom& a, const Bottom& b) { return a.value < b.value; }

bool isNearer(const Bottom& a, const Bottom& b) {
  const double near = lengthOf(a.x), far = lengthOf(b.x);
  return isSame(near, far) ? a.x(0) > b.x(0) : near < far;
}

// The deepest first; nearly equal ones by their distance from the origin, the right one first.
void sortBottoms(std::vector<Bottom>& bottoms) {
  sortStably(bottoms.begin(), bottoms.end(), isLower);
  for (auto first = bottoms.begin(); first != bottoms.end();) {
    auto last = first + 1;
    while (last != bottoms.end() && isSame(first->value, last->value)) {
      ++last;
    }
    sortStably(first, last, isNearer);
    first = last;
  }
}

// Whether f falls without end towards x: on the way to a bottom the fall slows down, on the way to
// a pole it does not. Two stretches are compared, each a million times nearer.
bool isPole(const Objective& f, const Point& x, double distance) {
  constexpr double nearer = 0x1p-20;
  const auto lowestAt = [&](double away) {
    double lowest = infinity;
    for (Index j = 0; j < x.size(); ++j) {
      for (const double signedAway : {-away, away}) {
        Point beside = x;
        beside(j) += signedAway;
        lowest = std::fmin(lowest, heightAt(f, beside));
      }
    }
    return lowest;
  };
  const double middle = lowestAt(nearer * distance);
  const double outer = lowestAt(distance) - middle;
  const double inner = middle - lowestAt(nearer * nearer * distance);
  return inner > 0 && !(inner < 0.5 * outer);
}

struct Span {
  double low = infinity, high = -infinity;

  void include(double x) {
    low = std::fmin(low, x);
    high = std::fmax(high, x);
  }
  double length() const { return high - low; }
  double middle() const { return 0.5 * (low + high); }
};

// The decimal unit of which a length has 20 to 200.
struct Unit {
  double count = 1;  // of units in 1, or of ones in a unit
  bool isPart = true;

  explicit Unit(double length) {
    while (isPart && length * count < 20) {
      count *= 10;
    }
    for (isPart = length * count < 200; !isPart && length / count >= 200;) {
      count *= 10;
    }
  }
  double inUnits(double x) const { return isPart ? x * count : x / count; }
  double of(double units) const { return isPart ? units / count : units * count; }
  double nearest(double x) const { return of(std::floor(inUnits(x) + 0.5)); }
};

// Outwards to round numbers, inside of the reach.
Span rounded(const Span& span) {
  const Unit unit(span.length());
  constexpr double slack = 1e-6;
  return {std::fmax(-searchReach, unit.of(std::floor(unit.inUnits(span.low) + slack))),
          std::fmin(searchReach, unit.of(std::ceil(unit.inUnits(span.high) - slack)))};
}

// Of `points`, those nearest to the first.
std::vector<Point> shown(const std::vector<Point>& points, std::size_t most) {
  std::vector<Bottom> byDistance;
  byDistance.reserve(points.size());
  for (const Point& x : points) {
    byDistance.push_back({x, lengthOf(x - points.front())});
  }
  sortStably(byDistance.begin(), byDistance.end(), isLower);
  std::vector<Point> nearest;
  for (std::size_t i = 0; i < std::min(points.size(), most); ++i) {
    nearest.push_back(byDistance[i].x);
  }
  return nearest;
}

// One point alone is seen from the origin, when that is near.
void addOrigin(const Objective& f, std::vector<Point>& points) {
  const Point origin = Point::Zero(f.dim());
  if (points.size() == 1 && lengthOf(points.front()) <= originNear &&
      std::isfinite(heightAt(f, origin))) {
    points.push_back(origin);
  }
}

bool isUsable(const Objective& f, const Point& x) {
  const Point gradient = gradientAt(f, x);
  return std::isfinite(heightAt(f, x)) && gradient.array().isFinite().all() &&
         lengthOf(gradient) > 0;
}

// From which descent has far to go: of the corners the farthest from `target`, or what is usable on
// the way from there.
Point startIn(const Objective& f, const Window& window, const Point& target) {
  constexpr double inset = 0.12;
  constexpr int stations = 50;
  const auto inside = [](double low, double high, double share) {
    return Unit(high - low).nearest(low + (high - low) * share);
  };
  std::vector<Bottom> corners;  // with minus their distance from the target
  for (const double shareY : {1 - inset, inset}) {
    for (const double shareX : {inset, 1 - inset}) {
      Point corner(f.dim());
      corner(0) = inside(window.xMin, window.xMax, shareX);
      if (f.dim() == 2) {
        corner(1) = inside(window.yMin, window.yMax, shareY);
      }
      corners.push_back({corner, -lengthOf(corner - target)});
    }
  }
  sortStably(corners.begin(), corners.end(), [](const Bottom& a, const Bottom& b) {
    return a.value < b.value && !isSame(a.value, b.value);
  });
  const Unit unit(0.1 * (window.xMax - window.xMin));
  for (int k = 0; k < stations; ++k) {
    for (const Bottom& corner : corners) {
      Point x = corner.x + (static_cast<double>(k) / stations) * (target - corner.x);
      for (double& coordinate : x) {
        coordinate = unit.nearest(coordinate);
      }
      if (isUsable(f, x)) {
        return x;
      }
    }
  }
  return corners.front().x;
}

// Where f is a number: the box of it in the smallest search box that has any.
Window definedWindow(const Objective& f) {
  for (const double half : halfWidths) {
    Span x, y;
    const int rows = f.dim() == 1 ? 0 : planeCells;
    for (int row = 0; row <= rows && half > halfWidths[0]; ++row) {
      for (int column = 0; column <= planeCells; ++column) {
        Point at(f.dim());
        at(0) = half * (2.0 * column / planeCells - 1);
        if (f.dim() == 2) {
          at(1) = heightShare * half * (2.0 * row / planeCells - 1);
        }
        if (std::isfinite(heightAt(f, at))) {
          x.include(at(0));
          y.include(f.dim() == 2 ? at(1) : 0);
        }
      }
    }
    if (x.length() > 0 && f.dim() == 1) {
      return {x.low, x.high, 0, 0};
    }
    if (x.length() > 0 && y.length() > 0) {
      const double halfX = std::fmax(0.5 * x.length(), 0.5 * y.length() / heightShare);
      return {x.middle() - halfX, x.middle() + halfX, y.middle() - heightShare * halfX,
              y.middle() + heightShare * halfX};
    }
  }
  return {-ownHalfWidth, ownHalfWidth, -heightShare * ownHalfWidth, heightShare * ownHalfWidth};
}

Column lineGrid() {
  constexpr Index count = Index{lineCells} + 1;
  Column grid(count * static_cast<Index>(std::size(halfWidths)));
  Index at = 0;
  for (const double half : halfWidths) {
    for (Index i = 0; i < count; ++i) {
      grid(at++) = half * (2 * static_cast<double>(i) / lineCells - 1);
    }
  }
  std::sort(grid.data(), grid.data() + grid.size());
  return grid;
}

// Without what is undefined at its ends, but for a margin that shows it.
Span trimmedLine(const Objective& f, const Span& span) {
  constexpr int cells = 400;
  constexpr double margin = 0.03;
  Span defined;
  for (int i = 0; i <= cells; ++i) {
    const double x = span.low + span.length() * i / cells;
    if (std::isfinite(heightAt(f, point1(x)))) {
      defined.include(x);
    }
  }
  const double room = margin * span.length();
  return defined.length() > 0 ? Span{std::fmax(span.low, defined.low - room),
                                     std::fmin(span.high, defined.high + room)}
                              : span;
}

Window lineWindow(const Objective& f, std::vector<Point> points) {
  if (points.empty()) {
    return definedWindow(f);
  }
  points = shown(points, mostShownOnLine);
  const auto spaces = static_cast<double>(points.size() - 1);
  addOrigin(f, points);
  Span span;
  for (const Point& x : points) {
    span.include(x(0));
  }
  const double room = spaces == 0 ? ownHalfWidth : span.length() / spaces;
  span = rounded(trimmedLine(f, {span.low - room, span.high + room}));
  return {span.low, span.high, 0, 0};
}

// A bottom at round numbers is one of the function as it was meant, unless there is a pole.
Bottom atRoundNumbers(const Objective& f, const Bottom& bottom) {
  constexpr double perUnit = 1000, near = 1e-4;
  Point round = bottom.x;
  for (double& coordinate : round) {
    coordinate = std::floor(coordinate * perUnit + 0.5) / perUnit;
  }
  const double value = heightAt(f, round);
  const bool isRound =
      lengthOf(round - bottom.x) < near && std::isfinite(value) && value <= bottom.value;
  return isRound ? Bottom{round, value} : bottom;
}

Survey surveyLine(const Objective& f) {
  const Column grid = lineGrid();
  Column values(grid.size());
  f.value(grid, values);
  double least = infinity;
  Survey result;
  for (const double value : values) {
    least = std::fmin(least, value);
    result.isDefined = result.isDefined || std::isfinite(value);
  }
  std::vector<Bottom> bottoms;
  std::vector<Point> turns;
  for (const CriticalPoint& point : criticalPoints(f, grid)) {
    const Point x = point1(point.x);
    const double scale = 1e-3 * (1 + std::fabs(point.x));
    if (!std::isfinite(point.value) || (point.isMinimum && isPole(f, x, scale))) {
      continue;
    }
    turns.push_back(x);
    if (point.isMinimum) {
      bottoms.push_back(atRoundNumbers(f, {x, point.value}));
      turns.back() = bottoms.back().x;
    }
  }
  sortBottoms(bottoms);
  for (const Bottom& bottom : bottoms) {
    result.minimizers.push_back(bottom.x);
  }
  result.isBounded =
      !bottoms.empty() && (least > bottoms.front().value || isSame(least, bottoms.front().value));
  // What is shown is chosen from the lowest point on.
  if (!bottoms.empty()) {
    turns.insert(turns.begin(), bottoms.front().x);
    turns.erase(std::find(turns.begin() + 1, turns.end(), turns.front()));
  }
  result.window = lineWindow(f, turns);
  const Point middle = point1(0.5 * (result.window.xMin + result.window.xMax));
  result.start = startIn(f, result.window, bottoms.empty() ? middle : bottoms.front().x);
  return result;
}

// With ever shorter strides in sixteen directions: for bottoms at which f has a kink. Nothing where
// it has not come to rest.
std::optional<Bottom> compassSearch(const Objective& f, Bottom from, double stride) {
  constexpr int mostRounds = 400;
  constexpr double directions[][2] = {{1, 0}, {1, 1}, {0, 1},  {-1, 1},
                                      {2, 1}, {1, 2}, {-1, 2}, {-2, 1}};
  constexpr Index count = 2 * static_cast<Index>(std::size(directions));
  const double shortest = 0x1p-44 * stride;
  Block moves(count, 2);
  for (Index i = 0; i < count; ++i) {
    const double* direction = directions[i / 2];
    const double sign = i % 2 == 0 ? 1 : -1;
    moves.row(i) << sign * direction[0], sign * direction[1];
  }
  Column values(count);
  for (int round = 0; round < mostRounds; ++round) {
    const Block points = (stride * moves).rowwise() + from.x.transpose().array();
    f.value(points, values);
    Bottom best = from;
    for (Index i = 0; i < count; ++i) {
      if (values(i) < best.value) {
        best = {points.row(i).matrix().transpose(), values(i)};
      }
    }
    if (best.value == from.value) {
      stride *= 0.5;
    }
    from = best;
    if (stride < shortest) {
      return from;
    }
  }
  return {};
}

struct PlaneBottom : Bottom {
  bool isFlat = false;
};

bool isInReach(const Point& x) { return (x.array().abs() <= searchReach).all(); }

// The minimiser that Newton's method finds from there; nothing if it finds a saddle, or none.
std::optional<PlaneBottom> newtonSearch(const Objective& f, const Bottom& from) {
  const NewtonResult newton = minimizeByNewton(f, from.x);
  const double value = heightAt(f, newton.x);
  const Matrix hessian = f.hessian(newton.x);
  if (!newton.converged || !(value <= from.value) || !hessian.array().isFinite().all()) {
    return {};
  }
  const Extremes ends = extremeEigenvalues(hessian);
  if (ends.smallest < -flatShare * std::fabs(ends.largest)) {
    return {};
  }
  return PlaneBottom{{newton.x, value}, !(ends.smallest > flatShare * ends.largest)};
}

// Downhill from the lowest point of a cell of this size. Nothing where that leads out of reach, or
// to no end.
std::optional<PlaneBottom> bottomBelow(const Objective& f, const Bottom& from, double cell) {
  std::optional<PlaneBottom> bottom = newtonSearch(f, from);
  if (!bottom) {
    if (const std::optional<Bottom> rest = compassSearch(f, from, cell)) {
      bottom = newtonSearch(f, *rest);
      bottom = bottom ? bottom : PlaneBottom{*rest, false};
    }
  }
  if (!bottom) {
    return {};
  }
  static_cast<Bottom&>(*bottom) = atRoundNumbers(f, *bottom);
  const bool isThere = std::isfinite(bottom->value) && isInReach(bottom->x);
  return isThere && !isPole(f, bottom->x, cell) ? bottom : std::nullopt;
}

// The lowest of the vertices of a grid over a box that are below their neighbours. Keeps up to date
// whether f is a number anywhere, and the least that it is.
std::vector<Bottom> lowVertices(const Objective& f, double half, bool& isDefined, double& least) {
  constexpr int side = planeCells + 1;
  Block points(Index{side} * side, 2);
  for (Index i = 0; i < points.rows(); ++i) {
    const Index row = i / side, column = i % side;
    points.row(i) << half * (2 * static_cast<double>(column) / planeCells - 1),
        half * (2 * static_cast<double>(row) / planeCells - 1);
  }
  Column values(points.rows());
  f.value(points, values);
  const auto at = [&](Index row, Index column) {
    const double value = values(row * side + column);
    return std::isnan(value) ? infinity : value;
  };
  std::vector<Bottom> low;
  for (Index row = 0; row < side; ++row) {
    for (Index column = 0; column < side; ++column) {
      least = std::fmin(least, at(row, column));
      bool isLow = std::isfinite(at(row, column));
      isDefined = isDefined || isLow;
      for (Index r = std::max<Index>(0, row - 1); r <= std::min<Index>(side - 1, row + 1); ++r) {
        for (Index c = std::max<Index>(0, column - 1); c <= std::min<Index>(side - 1, column + 1);
             ++c) {
          isLow = isLow && at(row, column) <= at(r, c);
        }
      }
      const bool isInside = row > 0 && row + 1 < side && column > 0 && column + 1 < side;
      if (isLow && isInside) {
        low.push_back({points.row(row * side + column).matrix().transpose(), at(row, column)});
      }
    }
  }
  sortBottoms(low);
  low.erase(low.begin() + static_cast<Index>(std::min(low.size(), mostStarts)), low.end());
  return low;
}

Window planeWindow(const Objective& f, std::vector<Point> points) {
  if (points.empty()) {
    return definedWindow(f);
  }
  points = shown(points, mostShownInPlane);
  const bool isSingle = points.size() == 1;
  addOrigin(f, points);
  Span x, y;
  for (const Point& point : points) {
    x.include(point(0));
    y.include(point(1));
  }
  const double spread = std::fmax(x.length(), y.length() / heightShare);
  const double half = 0.5 * spread + (isSingle ? ownHalfWidth : planeRoom * spread);
  const Span wide = rounded({x.middle() - half, x.middle() + half});
  const Unit unit(wide.length());
  const double middle = unit.nearest(y.middle()), halfHeight = 0.5 * heightShare * wide.length();
  return {wide.low, wide.high, middle - halfHeight, middle + halfHeight};
}

Survey surveyPlane(const Objective& f) {
  Survey result;
  double least = infinity;
  std::vector<PlaneBottom> found;
  for (const double half : halfWidths) {
    for (const Bottom& low : lowVertices(f, half, result.isDefined, least)) {
      const std::optional<PlaneBottom> bottom = bottomBelow(f, low, 2 * half / planeCells);
      const bool isNew =
          bottom && std::none_of(found.begin(), found.end(), [&](const PlaneBottom& known) {
            const bool isFloor =
                bottom->isFlat && known.isFlat && isSame(bottom->value, known.value);
            return isFloor || lengthOf(known.x - bottom->x) <= samePlace * (1 + lengthOf(known.x));
          });
      if (isNew) {
        found.push_back(*bottom);
      }
    }
  }
  std::vector<Bottom> bottoms(found.begin(), found.end());
  sortBottoms(bottoms);
  for (const Bottom& bottom : bottoms) {
    result.minimizers.push_back(bottom.x);
  }
  result.isBounded =
      !bottoms.empty() && (least > bottoms.front().value || isSame(least, bottoms.front().value));
  result.window = planeWindow(f, result.minimizers);
  Point middle = point2(0.5 * (result.window.xMin + result.window.xMax),
                        0.5 * (result.window.yMin + result.window.yMax));
  result.start = startIn(f, result.window, bottoms.empty() ? middle : result.minimizers.front());
  return result;
}

}  // namespace

Survey survey(const Objective& f) { return f.dim() == 1 ? surveyLine(f) : surveyPlane(f); }

}  // namespace wv
