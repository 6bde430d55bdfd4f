// Whatever is typed becomes a function whose value and derivatives can be asked for anywhere, or is
// refused in a sentence with a place inside the text.
#include <cstdint>
#include <string_view>

#include "objective/expression.hpp"
#include "require.hpp"

namespace {

using namespace wv;

void requireUsable(const Expression& f) {
  Block x(5, f.dim());
  for (Eigen::Index r = 0; r < x.rows(); ++r) {
    x.row(r) = 1.5 * static_cast<double>(r - 2);
  }
  Column value(x.rows());
  Block gradient(x.rows(), x.cols());
  f.value(x, value);
  f.gradient(x, gradient);
  require(f.hessian(f.start()).rows() == f.dim());
  require(f.isDefined());
  const Window box = f.window();
  require(box.xMin < box.xMax && box.xMin >= -searchReach && box.xMax <= searchReach);
  require(f.dim() == 1 || box.yMin < box.yMax);
  for (const Point& minimizer : f.minimizers()) {
    require(minimizer.size() == f.dim() && (minimizer.array().abs() <= searchReach).all());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ExpressionResult result = makeExpression(text);
  if (result.expression) {
    requireUsable(*result.expression);
  } else {
    require(!result.error.message.empty() && result.error.position <= size);
  }
  return 0;
}
