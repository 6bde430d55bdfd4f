#include "objective/expression_program.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "objective/expression_loops.hpp"

namespace wv {
namespace {

using Eigen::Index;

// Long enough to hide what an instruction costs beside its loop, short enough for a dozen
// temporaries to stay in the first-level cache.
constexpr Index tile = 256;
constexpr int variables = 2;

bool isFusible(Operation operation) {
  return operation == Operation::add || operation == Operation::subtract ||
         operation == Operation::multiply;
}

// base^exponent, exponent >= 1, in the order of numeric::integerPower: its powers of two are
// shared.
int product(ExpressionGraph& into, int base, std::uint32_t exponent) {
  const auto times = [&](int a, int b) {
    return into.intern(
        {.operation = Operation::multiply, .a = std::min(a, b), .b = std::max(a, b)});
  };
  int result = -1;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1U) {
      result = result < 0 ? base : times(result, base);
    }
    base = exponent > 1 ? times(base, base) : base;
  }
  return result;
}

// One node of a graph in another one, without its power; the operands are there already.
int plainNode(ExpressionGraph& into, const Node& node) {
  const double exponent = node.number;
  if (node.operation == Operation::integerPower) {
    const int power = product(into, node.a, static_cast<std::uint32_t>(std::fabs(exponent)));
    return exponent > 0 ? power : into.intern({Operation::divide, into.constant(1), power, -1, 0});
  }
  if (node.operation == Operation::realPower) {
    const int logarithm = into.intern({Operation::logarithm, node.a, -1, -1, 0});
    const int scaled =
        into.intern({Operation::multiply, into.constant(exponent), logarithm, -1, 0});
    return into.intern({Operation::exponential, scaled, -1, -1, 0});
  }
  return into.intern(node);
}

// What the roots need of a graph, without powers; `roots` become the nodes there.
ExpressionGraph withoutPowers(const ExpressionGraph& graph, std::vector<int>& roots) {
  ExpressionGraph plain;
  const std::vector<bool> needed = graph.neededFor(roots);
  std::vector<int> plainOf(needed.size(), -1);
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (needed[i]) {
      Node node = graph.node(static_cast<int>(i));
      for (int* operand : {&node.a, &node.b, &node.c}) {
        *operand = *operand < 0 ? -1 : plainOf[static_cast<std::size_t>(*operand)];
      }
      plainOf[i] = plainNode(plain, node);
    }
  }
  for (int& root : roots) {
    root = plainOf[static_cast<std::size_t>(root)];
  }
  return plain;
}

bool isLeaf(Operation operation) {
  return operation == Operation::x || operation == Operation::y || operation == Operation::constant;
}

// One pass over its operands: a node, or a node with one of its operands computed on the way.
struct Step {
  ExpressionLoop loop = nullptr;
  int node = -1;
  int operands[3] = {-1, -1, -1};  // nodes
};

class Fusing {
 public:
  Fusing(const ExpressionGraph& graph, std::span<const int> roots)
      : graph_(graph), uses_(static_cast<std::size_t>(graph.size()), 0) {
    const std::vector<bool> needed = graph.neededFor(roots);
    for (const int root : roots) {
      ++uses(root);
    }
    for (int i = 0; i < static_cast<int>(needed.size()); ++i) {
      const Node& node = graph.node(i);
      for (const int operand : {node.a, node.b, node.c}) {
        if (needed[static_cast<std::size_t>(i)] && operand >= 0) {
          ++uses(operand);
        }
      }
    }
    // A root is an output, whoever else uses it.
    for (const int root : roots) {
      ++uses(root);
    }
    for (int i = static_cast<int>(needed.size()) - 1; i >= 0; --i) {
      if (needed[static_cast<std::size_t>(i)] && uses(i) > 0 && !isLeaf(graph.node(i).operation)) {
        steps_.push_back(stepOf(i));
      }
    }
    std::reverse(steps_.begin(), steps_.end());
  }

  const std::vector<Step>& steps() const { return steps_; }

 private:
  int& uses(int node) { return uses_[static_cast<std::size_t>(node)]; }

  bool canBeFused(int operand) {
    return operand >= 0 && uses(operand) == 1 && isFusible(graph_.node(operand).operation);
  }

  Step stepOf(int index) {
    const Node& node = graph_.node(index);
    if (isFusible(node.operation) && (canBeFused(node.a) || canBeFused(node.b))) {
      const bool isLeft = canBeFused(node.a);
      const int inside = isLeft ? node.a : node.b;
      const Node& inner = graph_.node(inside);
      uses(inside) = 0;  // no step of its own
      return {isLeft ? leftFusedLoop(node.operation, inner.operation)
                     : rightFusedLoop(node.operation, inner.operation),
              index,
              {inner.a, inner.b, isLeft ? node.b : node.a}};
    }
    return {expressionLoop(node.operation), index, {node.a, node.b, node.c}};
  }

  const ExpressionGraph& graph_;
  std::vector<int> uses_;
  std::vector<Step> steps_;
};

}  // namespace

// Gives every value a place: variables, outputs and constants their own, the others temporaries
// that are used again once nothing needs what was there.
class ExpressionCompiler {
 public:
  ExpressionCompiler(const ExpressionGraph& graph, std::span<const int> roots,
                     ExpressionProgram& program)
      : program_(program),
        places_(static_cast<std::size_t>(graph.size()), -1),
        lastUse_(static_cast<std::size_t>(graph.size()), -1) {
    program_.outputs_ = static_cast<int>(roots.size());
    placeLeaves(graph, graph.neededFor(roots));
    for (int i = 0; i < program_.outputs_; ++i) {
      int& place = placeOf(roots[static_cast<std::size_t>(i)]);
      place = place < 0 ? variables + i : place;
    }
    emit(Fusing(graph, roots).steps());
    // Roots that are variables, constants, or the same as another root.
    for (int i = 0; i < program_.outputs_; ++i) {
      const int from = placeOf(roots[static_cast<std::size_t>(i)]);
      if (from != variables + i) {
        program_.instructions_.push_back({copyLoop, variables + i, from, from, from});
      }
    }
  }

 private:
  int& placeOf(int node) { return places_[static_cast<std::size_t>(node)]; }
  int firstTemporary() const {
    return variables + program_.outputs_ + static_cast<int>(program_.constants_.size());
  }

  void placeLeaves(const ExpressionGraph& graph, const std::vector<bool>& needed) {
    for (int i = 0; i < static_cast<int>(needed.size()); ++i) {
      const Node& node = graph.node(i);
      if (!needed[static_cast<std::size_t>(i)] || !isLeaf(node.operation)) {
        continue;
      }
      if (node.operation == Operation::constant) {
        placeOf(i) = firstTemporary();
        program_.constants_.push_back(node.number);
      } else {
        placeOf(i) = node.operation == Operation::x ? 0 : 1;
      }
    }
  }

  void emit(const std::vector<Step>& steps) {
    for (int k = 0; k < static_cast<int>(steps.size()); ++k) {
      for (const int operand : steps[static_cast<std::size_t>(k)].operands) {
        if (operand >= 0) {
          lastUse_[static_cast<std::size_t>(operand)] = k;
        }
      }
    }
    for (int k = 0; k < static_cast<int>(steps.size()); ++k) {
      const Step& step = steps[static_cast<std::size_t>(k)];
      // Before the operands are released: a loop never writes to what it reads.
      if (placeOf(step.node) < 0) {
        placeOf(step.node) = claimTemporary();
      }
      const auto read = [&](int operand) {
        return placeOf(operand < 0 ? step.operands[0] : operand);
      };
      program_.instructions_.push_back({step.loop, placeOf(step.node), read(step.operands[0]),
                                        read(step.operands[1]), read(step.operands[2])});
      for (const int operand : step.operands) {
        if (operand >= 0 && lastUse_[static_cast<std::size_t>(operand)] == k) {
          release(placeOf(operand));
          lastUse_[static_cast<std::size_t>(operand)] = -1;  // it may be an operand twice
        }
      }
    }
  }

  int claimTemporary() {
    if (!free_.empty()) {
      const int place = free_.back();
      free_.pop_back();
      return place;
    }
    return firstTemporary() + program_.temporaries_++;
  }
  void release(int place) {
    if (place >= firstTemporary()) {
      free_.push_back(place);
    }
  }

  ExpressionProgram& program_;
  std::vector<int> places_, lastUse_, free_;
};

ExpressionProgram::ExpressionProgram(const ExpressionGraph& graph, std::span<const int> roots) {
  std::vector<int> plainRoots(roots.begin(), roots.end());
  const ExpressionGraph plain = withoutPowers(graph, plainRoots);
  ExpressionCompiler(plain, plainRoots, *this);
}

void ExpressionProgram::run(const BlockIn& x, std::span<double* const> outputs) const {
  const Index rows = x.rows(), lanes = std::min(rows, tile);
  const std::size_t scratch = constants_.size() + static_cast<std::size_t>(temporaries_);
  std::vector<double> memory(scratch * static_cast<std::size_t>(lanes));
  std::vector<const double*> reads(variables + outputs.size() + scratch, nullptr);
  std::vector<double*> writes(reads.size(), nullptr);
  for (std::size_t i = 0; i < scratch; ++i) {
    double* const slot = memory.data() + i * static_cast<std::size_t>(lanes);
    reads[variables + outputs.size() + i] = writes[variables + outputs.size() + i] = slot;
    if (i < constants_.size()) {
      std::fill_n(slot, lanes, constants_[i]);
    }
  }
  for (Index first = 0; first < rows; first += lanes) {
    for (Index j = 0; j < std::min<Index>(variables, x.cols()); ++j) {
      reads[static_cast<std::size_t>(j)] = x.col(j).data() + first;
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      reads[variables + i] = writes[variables + i] = outputs[i] + first;
    }
    const auto at = [](std::int32_t place) { return static_cast<std::size_t>(place); };
    for (const Instruction& instruction : instructions_) {
      instruction.loop(writes[at(instruction.out)], reads[at(instruction.a)],
                       reads[at(instruction.b)], reads[at(instruction.c)],
                       std::min(lanes, rows - first));
    }
  }
}

}  // namespace wv
