#include "method/gradient_source.hpp"

namespace wv {

double GradientSource::descend(std::uint32_t step, double stepSize, Block& x) const {
  Block g(x.rows(), x.cols());
  const double cost = gradient(step, x, g);
  x -= stepSize * g;
  return cost;
}

double FullGradient::gradient(std::uint32_t, const BlockIn& x, BlockOut g) const {
  objective_.gradient(x, g);
  return objective_.terms();
}

}  // namespace wv
