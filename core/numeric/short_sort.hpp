// A stable sort for short lists. std::stable_sort brings several kilobytes of merging to every core
// that a page downloads.
#pragma once

#include <algorithm>
#include <iterator>

namespace wv::numeric {

// By insertion: the cost is that of the square of the length.
template <class Iterator, class Less>
void sortShort(Iterator begin, Iterator end, const Less& less) {
  for (Iterator next = begin; next != end; ++next) {
    std::rotate(std::upper_bound(begin, next, *next, less), next, std::next(next));
  }
}

}  // namespace wv::numeric
