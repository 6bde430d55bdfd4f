// Blocks of replicates: the shape that every kernel works on.
#pragma once

#include <Eigen/Core>

namespace wv {

// R x d, column-major: row r is replicate r, and one coordinate is contiguous over the replicates.
using Block = Eigen::ArrayXXd;
using BlockIn = Eigen::Ref<const Block>;
using BlockOut = Eigen::Ref<Block>;

// One number (or one index) for each replicate.
using Column = Eigen::ArrayXd;
using ColumnIn = Eigen::Ref<const Column>;
using ColumnOut = Eigen::Ref<Column>;
using IndexColumn = Eigen::ArrayXi;
using IndexIn = Eigen::Ref<const IndexColumn>;
using IndexOut = Eigen::Ref<IndexColumn>;

// One point of the parameter space.
using Point = Eigen::VectorXd;
using PointIn = Eigen::Ref<const Point>;
using Matrix = Eigen::MatrixXd;

}  // namespace wv
