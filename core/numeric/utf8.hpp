// Characters of UTF-8 text, of which a byte or more make one.
#pragma once

#include <algorithm>
#include <string_view>

namespace wv::numeric {

// Whether a byte goes on with a character that an earlier one began.
inline bool continuesCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

inline std::size_t characterCount(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !continuesCharacter(byte); }));
}

}  // namespace wv::numeric
