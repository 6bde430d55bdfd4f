// Formulas compiled for blocks: a flat list of instructions, each of which runs over the lanes of a
// tile of replicates, so that an instruction's cost is that of its loop.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "numeric/block.hpp"
#include "objective/expression_graph.hpp"
#include "objective/expression_loops.hpp"

namespace wv {

// Immutable once compiled. A replicate's results depend on its own coordinates alone: they have the
// same bits in every block.
class ExpressionProgram {
 public:
  // Computes the nodes `roots` of the graph, which is not needed afterwards.
  ExpressionProgram(const ExpressionGraph& graph, std::span<const int> roots);

  // x has one column for each variable that the roots have, or more; outputs[i], of x.rows() lanes,
  // becomes roots[i]. No output may overlap x or another output.
  void run(const BlockIn& x, std::span<double* const> outputs) const;

  int instructions() const { return static_cast<int>(instructions_.size()); }

 private:
  friend class ExpressionCompiler;
  // Places count x, y, then the outputs, then the constants, then the temporaries.
  struct Instruction {
    ExpressionLoop loop;
    std::int32_t out, a, b, c;
  };

  std::vector<Instruction> instructions_;
  std::vector<double> constants_;
  int outputs_ = 0, temporaries_ = 0;
};

}  // namespace wv
