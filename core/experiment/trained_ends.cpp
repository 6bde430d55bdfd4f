#include "experiment/trained_ends.hpp"

#include <limits>
#include <numeric>

namespace wv {
namespace {

using Eigen::Index;

constexpr int mostAttempts = 3;
constexpr int endPatience = 2000;

}  // namespace

TrainedEnds::TrainedEnds(const ConnectivityPlan& plan)
    : plan_(plan),
      training_(plan.network, {.target = trainedShare * plan.level,
                               .stepSize = trainingStep,
                               .patience = endPatience}) {
  const Index rows = Index{plan.isExchanged ? 1 : 2} * plan.pairs;
  best_.resize(rows, plan.network.dim());
  bestLoss_ = Column::Constant(rows, std::numeric_limits<double>::max());
  attempts_ = IndexColumn::Zero(rows);
  open_.resize(static_cast<std::size_t>(rows));
  std::iota(open_.begin(), open_.end(), 0);
  beginAttempt();
}

void TrainedEnds::step() {
  if (isOver()) {
    return;
  }
  training_.step();
  collect();
  if (training_.isOver()) {
    beginAttempt();
  }
}

// Of the rows that are not low enough yet, unless they have had their attempts.
void TrainedEnds::beginAttempt() {
  std::vector<Index> open;
  for (const Index row : open_) {
    if (bestLoss_(row) > trainedShare * plan_.level && attempts_(row) < mostAttempts) {
      open.push_back(row);
    }
  }
  open_ = std::move(open);
  if (open_.empty()) {
    return;
  }
  Block starts(static_cast<Index>(open_.size()), plan_.network.dim());
  for (std::size_t r = 0; r < open_.size(); ++r) {
    const Address address{.seed = plan_.seed,
                          .stream = Stream::initial,
                          .step = static_cast<std::uint32_t>(attempts_(open_[r])++),
                          .firstReplicate = static_cast<std::uint32_t>(open_[r])};
    starts.row(static_cast<Index>(r)) =
        twoLayerWeights(plan_.network.width(), plan_.network.inputDim(), address, 1);
  }
  training_.begin(starts);
  collect();
}

void TrainedEnds::collect() {
  for (std::size_t r = 0; r < open_.size(); ++r) {
    const double loss = training_.value()(static_cast<Index>(r));
    if (loss < bestLoss_(open_[r])) {
      bestLoss_(open_[r]) = loss;
      best_.row(open_[r]) = training_.x().row(static_cast<Index>(r));
    }
  }
}

Index TrainedEnds::rowOf(int pair, int which) const {
  return plan_.isExchanged ? pair : 2 * pair + which;
}

Point TrainedEnds::end(int pair, int which) const {
  Point theta = best_.row(rowOf(pair, which)).transpose().matrix();
  if (plan_.isExchanged && which == 1) {
    const Index d = plan_.network.inputDim(), out = plan_.network.width() * d;
    theta.head(d).swap(theta.segment(d, d));
    std::swap(theta(out), theta(out + 1));
  }
  return theta;
}

double TrainedEnds::loss(int pair, int which) const { return bestLoss_(rowOf(pair, which)); }

int TrainedEnds::attempts(int pair, int which) const { return attempts_(rowOf(pair, which)); }

}  // namespace wv
