// A function that the reader types.
#pragma once

#include <memory>
#include <string_view>

#include "objective/expression_parser.hpp"
#include "objective/expression_program.hpp"
#include "objective/expression_window.hpp"
#include "objective/objective.hpp"

namespace wv {

// A formula and its derivatives, ready to run.
struct CompiledExpression {
  int dim;  // 1, or 2 where y occurs
  ExpressionProgram value, gradient;
  ExpressionProgram hessian;  // xx, or xx, xy, yy
  bool isQuadratic;           // all entries of the Hessian are constants of the formula
};
CompiledExpression compileExpression(ParsedExpression parsed);

// f(x) or f(x, y). Derivatives are those of the formula, exact to rounding; the functions of
// core/numeric give them the same bits on every machine.
class Expression final : public Objective {
 public:
  explicit Expression(CompiledExpression compiled);

  int dim() const override { return compiled_.dim; }
  int terms() const override { return 1; }
  void value(const BlockIn& x, ColumnOut f) const override;
  // g must not overlap x.
  void gradient(const BlockIn& x, BlockOut g) const override;
  void termGradient(const BlockIn& x, const IndexIn&, BlockOut g) const override { gradient(x, g); }
  Matrix hessian(const PointIn& x) const override;

  // Those within searchReach that a survey finds.
  std::vector<Point> minimizers() const override { return survey_.minimizers; }
  // Only of a quadratic with a minimum.
  std::optional<Curvature> curvature() const override { return curvature_; }
  Window window() const override { return survey_.window; }
  Point start() const override { return survey_.start; }

  // Whether f is a number anywhere within searchReach.
  bool isDefined() const { return survey_.isDefined; }
  // Whether f has a minimum within searchReach and is nowhere lower there.
  bool isBounded() const { return survey_.isBounded; }

 private:
  CompiledExpression compiled_;
  Survey survey_;
  std::optional<Curvature> curvature_;
};

// One of the two.
struct ExpressionResult {
  std::unique_ptr<Expression> expression;
  ExpressionError error;
};

// Any bytes will do: what is no formula, and what is nowhere a number, is an error.
ExpressionResult makeExpression(std::string_view text, int variables = 2);

}  // namespace wv
