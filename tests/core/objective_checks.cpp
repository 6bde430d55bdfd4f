#include "objective_checks.hpp"

#include <doctest.h>

#include <random>

#include "eigen_oracles.hpp"

namespace wv::test {

Block seededBlock(std::uint32_t seed, Eigen::Index rows, Eigen::Index columns) {
  std::mt19937 generator(seed);
  Block block(rows, columns);
  for (Eigen::Index j = 0; j < columns; ++j) {
    for (Eigen::Index r = 0; r < rows; ++r) {
      block(r, j) = static_cast<double>(generator()) * 0x1p-31 - 1;
    }
  }
  return block;
}

Block pointsInWindow(const Objective& objective, std::uint32_t seed, Eigen::Index rows) {
  const Window box = objective.window();
  Block points = seededBlock(seed, rows, objective.dim());
  points.col(0) = box.xMin + (box.xMax - box.xMin) * 0.5 * (points.col(0) + 1);
  if (objective.dim() == 2) {
    points.col(1) = box.yMin + (box.yMax - box.yMin) * 0.5 * (points.col(1) + 1);
  }
  return points;
}

double valueAt(const Objective& objective, const Point& x) {
  Column f(1);
  objective.value(x.transpose().array(), f);
  return f(0);
}

Point gradientAt(const Objective& objective, const Point& x) {
  Block g(1, x.size());
  objective.gradient(x.transpose().array(), g);
  return g.row(0).transpose().matrix();
}

Point row(const Block& block, Eigen::Index r) { return block.row(r).transpose().matrix(); }

void checkDerivatives(const Objective& objective, const Block& points) {
  const double h = 1e-5;
  for (Eigen::Index r = 0; r < points.rows(); ++r) {
    const Point x = row(points, r);
    const Point gradient = gradientAt(objective, x);
    const Matrix hessian = objective.hessian(x);
    CAPTURE(x.transpose());
    CHECK(hessian == hessian.transpose());
    const double tolerance =
        1e-6 * (1 + std::abs(valueAt(objective, x)) + gradient.cwiseAbs().maxCoeff() +
                hessian.cwiseAbs().maxCoeff());
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      Point ahead = x, behind = x;
      ahead(j) += h;
      behind(j) -= h;
      const double slope = (valueAt(objective, ahead) - valueAt(objective, behind)) / (2 * h);
      CHECK(std::abs(slope - gradient(j)) < tolerance);
      const Point bend = (gradientAt(objective, ahead) - gradientAt(objective, behind)) / (2 * h);
      CHECK((bend - hessian.col(j)).cwiseAbs().maxCoeff() < tolerance);
    }
  }
}

void checkBatch(const Objective& objective, const Block& points) {
  const Eigen::Index rows = points.rows();
  IndexColumn term(rows);
  for (Eigen::Index r = 0; r < rows; ++r) {
    term(r) = static_cast<int>((7 * r) % objective.terms());
  }
  Column f(rows);
  Block g(rows, points.cols()), termG(rows, points.cols());
  objective.value(points, f);
  objective.gradient(points, g);
  objective.termGradient(points, term, termG);
  for (Eigen::Index r = 0; r < rows; ++r) {
    const Block alone = points.row(r);
    Column oneF(1);
    Block oneG(1, points.cols()), oneTermG(1, points.cols());
    objective.value(alone, oneF);
    objective.gradient(alone, oneG);
    objective.termGradient(alone, term.segment(r, 1), oneTermG);
    CHECK(oneF(0) == f(r));
    CHECK((oneG.row(0) == g.row(r)).all());
    CHECK((oneTermG.row(0) == termG.row(r)).all());
    Block moved = alone;
    const double stepSize =
        objective.descendTerm(term(r), 0.3, {moved.data(), static_cast<std::size_t>(moved.size())})
            ? 0.3
            : 0;
    CHECK((moved.row(0) == alone.row(0) - stepSize * oneTermG.row(0)).all());
  }
  const Eigen::Index part = rows / 3;
  Block wide = Block::Constant(rows, points.cols(), -7);
  objective.gradient(points.middleRows(part, part), wide.middleRows(part, part));
  CHECK((wide.middleRows(part, part) == g.middleRows(part, part)).all());
  CHECK((wide.topRows(part) == -7).all());
  CHECK((wide.bottomRows(rows - 2 * part) == -7).all());
}

void checkTerms(const Objective& objective, const Point& x) {
  const Eigen::Index n = objective.terms();
  const Block copies = x.transpose().array().replicate(n, 1);
  const IndexColumn all = IndexColumn::LinSpaced(n, 0, static_cast<int>(n - 1));
  Block g(n, x.size());
  objective.termGradient(copies, all, g);
  const Point gradient = gradientAt(objective, x);
  const Point mean = g.colwise().mean().transpose().matrix();
  CHECK((mean - gradient).cwiseAbs().maxCoeff() < 1e-13 * (1 + g.abs().maxCoeff()));
}

void checkMinimizers(const Objective& objective) {
  const std::vector<Point> minimizers = objective.minimizers();
  REQUIRE(!minimizers.empty());
  for (const Point& x : minimizers) {
    CAPTURE(x.transpose());
    const Matrix hessian = objective.hessian(x);
    CHECK(eigenvaluesOf(hessian).minCoeff() > 0);
    CHECK(gradientAt(objective, x).norm() <= 4e-15 * hessian.norm() * std::max(1.0, x.norm()));
    CHECK(valueAt(objective, minimizers.front()) <= valueAt(objective, x) + 1e-15);
  }
}

std::uint64_t hashOfObjective(const Objective& objective, const Block& points) {
  Column f(points.rows());
  Block g(points.rows(), points.cols());
  objective.value(points, f);
  objective.gradient(points, g);
  return hashOf(g, hashOf(f));
}

}  // namespace wv::test
