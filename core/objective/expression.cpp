#include "objective/expression.hpp"

#include <array>
#include <utility>

#include "numeric/number_text.hpp"
#include "objective/spectrum.hpp"

namespace wv {

namespace {

// Made by arithmetic alone, without kinks and steps, whose second derivatives are 0 elsewhere.
bool isRational(const ExpressionGraph& graph, int root) {
  const std::vector<bool> needed = graph.neededFor({&root, 1});
  for (int i = 0; i <= root; ++i) {
    if (needed[static_cast<std::size_t>(i)] && graph.node(i).operation > Operation::integerPower) {
      return false;
    }
  }
  return true;
}

}  // namespace

CompiledExpression compileExpression(ParsedExpression parsed) {
  ExpressionGraph& graph = parsed.graph;
  const int dim = graph.dependsOn(parsed.root, 1) ? 2 : 1;
  std::vector<int> gradient, hessian;
  for (int j = 0; j < dim; ++j) {
    gradient.push_back(graph.derivative(parsed.root, j));
  }
  bool isQuadratic = isRational(graph, parsed.root);
  for (int j = 0; j < dim; ++j) {
    for (int i = j; i < dim; ++i) {
      hessian.push_back(graph.derivative(gradient[static_cast<std::size_t>(j)], i));
      isQuadratic = isQuadratic && graph.isConstant(hessian.back());
    }
  }
  return {dim, ExpressionProgram(graph, std::array{parsed.root}),
          ExpressionProgram(graph, gradient), ExpressionProgram(graph, hessian), isQuadratic};
}

Expression::Expression(CompiledExpression compiled) : compiled_(std::move(compiled)) {
  survey_ = survey(*this);
  if (compiled_.isQuadratic && !survey_.minimizers.empty()) {
    const Extremes ends = extremeEigenvalues(hessian(survey_.minimizers.front()));
    if (ends.smallest > 0) {
      curvature_ = Curvature{ends.largest, ends.smallest};
    }
  }
}

void Expression::value(const BlockIn& x, ColumnOut f) const {
  compiled_.value.run(x, std::array{f.data()});
}

void Expression::gradient(const BlockIn& x, BlockOut g) const {
  const std::array columns = {g.col(0).data(), g.col(compiled_.dim - 1).data()};
  compiled_.gradient.run(x, std::span(columns).first(static_cast<std::size_t>(compiled_.dim)));
}

Matrix Expression::hessian(const PointIn& x) const {
  std::array<double, 3> entries{};
  const std::array places = {&entries[0], &entries[1], &entries[2]};
  if (compiled_.dim == 1) {
    compiled_.hessian.run(x.transpose().array(), std::span(places).first(1));
    return Matrix::Constant(1, 1, entries[0]);
  }
  compiled_.hessian.run(x.transpose().array(), places);
  Matrix hessian(2, 2);
  hessian << entries[0], entries[1], entries[1], entries[2];
  return hessian;
}

ExpressionResult makeExpression(std::string_view text, int variables) {
  ExpressionReading reading = parseExpression(text, variables);
  if (!reading.parsed) {
    return {nullptr, std::move(reading.error)};
  }
  auto expression = std::make_unique<Expression>(compileExpression(std::move(*reading.parsed)));
  if (!expression->isDefined()) {
    return {nullptr,
            {0, "expression is a number nowhere within " + numeric::numberText(searchReach) +
                    " of 0, where its valleys are looked for."}};
  }
  return {std::move(expression), {}};
}

}  // namespace wv
