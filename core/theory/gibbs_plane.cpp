#include "theory/gibbs_plane.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "objective/landscape.hpp"

namespace wv {
namespace {

using Eigen::Index;

using numeric::infinity;
// The box ends where beta (f - min f) is above this all around.
constexpr double cut = 40;

// The Gauss-Legendre rule of five points.
constexpr int order = 5;
constexpr int nodes = order * order;
constexpr double abscissae[order] = {-0.90617984593866399, -0.53846931010568309, 0,
                                     0.53846931010568309, 0.90617984593866399};
constexpr double weights[order] = {0.23692688505618909, 0.47862867049936647, 0.56888888888888889,
                                   0.47862867049936647, 0.23692688505618909};

// What is infinite or undefined has no weight.
void fillValues(const Objective& f, const Block& x, Column& y) {
  f.value(x, y);
  for (double& value : y) {
    value = std::isnan(value) ? infinity : value;
  }
}

Column valuesAt(const Objective& f, const Block& x) {
  Column y(x.rows());
  fillValues(f, x, y);
  return y;
}

// count x count points, row by row, in the middles of equal cells.
Block middles(const Window& box, int count) {
  Block points(Index{count} * count, 2);
  for (int row = 0; row < count; ++row) {
    for (int column = 0; column < count; ++column) {
      points.row(Index{row} * count + column)
          << box.xMin + (box.xMax - box.xMin) * (column + 0.5) / count,
          box.yMin + (box.yMax - box.yMin) * (row + 0.5) / count;
    }
  }
  return points;
}

// On one side of the box, from (x0, y0) to (x1, y1). Around the lowest of its points the search
// goes on with finer steps: a valley may cross the side.
double leastOnSide(const Objective& f, double x0, double y0, double x1, double y1) {
  constexpr int count = 100;
  constexpr int zooms = 6;
  Block points(count + 1, 2);
  double from = 0, to = 1, least = infinity;
  for (int zoom = 0; zoom < zooms; ++zoom) {
    const double step = (to - from) / count;
    for (int i = 0; i <= count; ++i) {
      const double u = from + step * i;
      points.row(i) << x0 + (x1 - x0) * u, y0 + (y1 - y0) * u;
    }
    Index lowest = 0;
    least = std::fmin(least, valuesAt(f, points).minCoeff(&lowest));
    const double centre = from + step * static_cast<double>(lowest);
    from = std::fmax(0, centre - step);
    to = std::fmin(1, centre + step);
  }
  return least;
}

double leastValue(const Objective& f, const Window& box) {
  double least = valuesAt(f, middles(box, 64)).minCoeff();
  for (const Point& x : f.minimizers()) {
    least = std::fmin(least, valuesAt(f, x.transpose().array())(0));
  }
  return least;
}

// Moves each side out until f is high all along it.
std::optional<Window> grown(const Objective& f, Window box, double height, double& least) {
  constexpr int mostRounds = 40;
  for (int round = 0; round < mostRounds; ++round) {
    const double stepX = 0.25 * (box.xMax - box.xMin), stepY = 0.25 * (box.yMax - box.yMin);
    const double left = leastOnSide(f, box.xMin, box.yMin, box.xMin, box.yMax);
    const double right = leastOnSide(f, box.xMax, box.yMin, box.xMax, box.yMax);
    const double bottom = leastOnSide(f, box.xMin, box.yMin, box.xMax, box.yMin);
    const double top = leastOnSide(f, box.xMin, box.yMax, box.xMax, box.yMax);
    least = std::min({least, left, right, bottom, top});
    const auto isLow = [&](double value) { return !(value - least > height); };
    if (!isLow(left) && !isLow(right) && !isLow(bottom) && !isLow(top)) {
      return box;
    }
    box.xMin -= isLow(left) ? stepX : 0;
    box.xMax += isLow(right) ? stepX : 0;
    box.yMin -= isLow(bottom) ? stepY : 0;
    box.yMax += isLow(top) ? stepY : 0;
  }
  return {};
}

// Down to the cells of a 64 x 64 grid that are not high, and their neighbours.
Window shrunk(const Objective& f, const Window& box, double height, double least) {
  constexpr int count = 64;
  const Block points = middles(box, count);
  const Column values = valuesAt(f, points);
  const double cellX = (box.xMax - box.xMin) / count, cellY = (box.yMax - box.yMin) / count;
  Window kept{box.xMax, box.xMin, box.yMax, box.yMin};
  const auto keep = [&](double x, double y) {
    kept.xMin = std::max(box.xMin, std::min(kept.xMin, x - 1.5 * cellX));
    kept.xMax = std::min(box.xMax, std::max(kept.xMax, x + 1.5 * cellX));
    kept.yMin = std::max(box.yMin, std::min(kept.yMin, y - 1.5 * cellY));
    kept.yMax = std::min(box.yMax, std::max(kept.yMax, y + 1.5 * cellY));
  };
  for (Index i = 0; i < points.rows(); ++i) {
    if (values(i) - least <= height) {
      keep(points(i, 0), points(i, 1));
    }
  }
  for (const Point& x : f.minimizers()) {
    keep(x(0), x(1));
  }
  return kept;
}

// What the integrals of a cell are: of the weight, and of the weight times f - shift.
struct CellIntegrals {
  double mass = 0, value = 0;
  double largestWeight = 0;  // at a node
};

void add(CellIntegrals& sum, const CellIntegrals& part) {
  sum.mass += part.mass;
  sum.value += part.value;
  sum.largestWeight = std::fmax(sum.largestWeight, part.largestWeight);
}

// Integrates e^(-beta (f - shift)) over rectangles.
class CellRule {
 public:
  CellRule(const Objective& f, double beta, double shift, double tolerance)
      : f_(f),
        beta_(beta),
        shift_(shift),
        tolerance_(tolerance),
        points_(nodes, 2),
        rise_(nodes),
        weight_(nodes) {
    for (const Point& x : f.minimizers()) {
      const double value = valuesAt(f, x.transpose().array())(0);
      peaks_.push_back({x(0), x(1), numeric::exp(-beta * (value - shift))});
    }
  }

  // By quartering, until that changes the mass by less than the tolerance.
  CellIntegrals integrate(const Window& cell) { return refine(cell, rule(cell), 0); }

 private:
  struct Peak {
    double x, y, weight;
  };

  CellIntegrals rule(const Window& cell) {
    const double halfX = 0.5 * (cell.xMax - cell.xMin), halfY = 0.5 * (cell.yMax - cell.yMin);
    const double midX = cell.xMin + halfX, midY = cell.yMin + halfY;
    for (int i = 0; i < nodes; ++i) {
      points_(i, 0) = midX + halfX * abscissae[i % order];
      points_(i, 1) = midY + halfY * abscissae[i / order];
    }
    fillValues(f_, points_, rise_);
    rise_ -= shift_;
    weight_ = -beta_ * rise_;
    numeric::exp(weight_, weight_);
    CellIntegrals sum;
    for (int i = 0; i < nodes; ++i) {
      const double share = halfX * halfY * weights[i % order] * weights[i / order] * weight_(i);
      sum.mass += share;
      sum.value += share > 0 ? share * rise_(i) : 0;
      sum.largestWeight = std::fmax(sum.largestWeight, weight_(i));
    }
    return sum;
  }

  // Whether a minimiser lies in the cell and no node comes near enough to see it.
  bool missesPeak(const Window& cell, double largestWeight) const {
    return std::any_of(peaks_.begin(), peaks_.end(), [&](const Peak& peak) {
      return peak.x >= cell.xMin && peak.x <= cell.xMax && peak.y >= cell.yMin &&
             peak.y <= cell.yMax && largestWeight < 0.5 * peak.weight;
    });
  }

  CellIntegrals refine(const Window& cell, const CellIntegrals& whole, int depth) {
    constexpr int deepest = 12;
    const double midX = 0.5 * (cell.xMin + cell.xMax), midY = 0.5 * (cell.yMin + cell.yMax);
    const Window quarters[] = {{cell.xMin, midX, cell.yMin, midY},
                               {midX, cell.xMax, cell.yMin, midY},
                               {cell.xMin, midX, midY, cell.yMax},
                               {midX, cell.xMax, midY, cell.yMax}};
    CellIntegrals parts[4], sum;
    for (int i = 0; i < 4; ++i) {
      parts[i] = rule(quarters[i]);
      add(sum, parts[i]);
    }
    const bool settled =
        std::fabs(sum.mass - whole.mass) <= tolerance_ && !missesPeak(cell, sum.largestWeight);
    if (settled || depth == deepest) {
      return sum;
    }
    CellIntegrals refined;
    for (int i = 0; i < 4; ++i) {
      add(refined, refine(quarters[i], parts[i], depth + 1));
    }
    return refined;
  }

  const Objective& f_;
  double beta_, shift_, tolerance_;
  // Scratch memory.
  Block points_;
  Column rise_, weight_;
  std::vector<Peak> peaks_;
};

// The cell of a grid over the window.
Window cellOf(const Window& window, int columns, int rows, int column, int row) {
  const auto x = [&](int i) { return window.xMin + (window.xMax - window.xMin) * i / columns; };
  const auto y = [&](int i) { return window.yMin + (window.yMax - window.yMin) * i / rows; };
  return {x(column), x(column + 1), y(row), y(row + 1)};
}

// Beginning with count x count cells.
CellIntegrals integrateBox(CellRule rule, const Window& box, int count) {
  CellIntegrals sum;
  for (int row = 0; row < count; ++row) {
    for (int column = 0; column < count; ++column) {
      add(sum, rule.integrate(cellOf(box, count, count, column, row)));
    }
  }
  return sum;
}

}  // namespace

std::optional<PlaneGibbsLaw> PlaneGibbsLaw::onPlane(const Objective& f, double beta) {
  const double height = cut / beta;
  double least = leastValue(f, f.window());
  std::optional<Window> box = grown(f, f.window(), height, least);
  // Shrinking may cut off a valley that runs between the points of its grid.
  for (int round = 0; box && round < 3; ++round) {
    box = grown(f, shrunk(f, *box, height, least), height, least);
  }
  if (!box) {
    return {};
  }
  return PlaneGibbsLaw(f, beta, leastValue(f, *box), *box);
}

PlaneGibbsLaw::PlaneGibbsLaw(const Objective& f, double beta, double shift, const Window& box)
    : objective_(&f), beta_(beta), shift_(shift), box_(box) {
  // Roughly first, to know what is little; the box may be much larger than what the law fills.
  const double area = (box.xMax - box.xMin) * (box.yMax - box.yMin);
  const CellIntegrals rough = integrateBox(CellRule(f, beta, shift, 1e-9 * area), box, 16);
  const CellIntegrals fine = integrateBox(CellRule(f, beta, shift, 1e-9 * rough.mass), box, 64);
  norm_ = fine.mass;
  logZ_ = numeric::log(norm_) - beta * shift;
  meanValue_ = shift + fine.value / norm_;
}

double PlaneGibbsLaw::density(double x, double y) const {
  const double value = valuesAt(*objective_, point2(x, y).transpose().array())(0);
  return numeric::exp(-beta_ * (value - shift_)) / norm_;
}

Column PlaneGibbsLaw::cellMasses(const Window& window, int columns, int rows) const {
  Column masses(Index{columns} * rows + 1);
  CellRule rule(*objective_, beta_, shift_, 1e-8 * norm_);
  double inside = 0;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const Window cell = cellOf(window, columns, rows, column, row);
      const double mass = rule.integrate(cell).mass / norm_;
      masses(Index{row} * columns + column) = mass;
      inside += mass;
    }
  }
  masses(masses.size() - 1) = std::fmax(0, 1 - inside);
  return masses;
}

}  // namespace wv
