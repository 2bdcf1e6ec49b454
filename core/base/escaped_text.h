#pragma once

#include <string>
#include <string_view>

namespace vegadesk::base
{

/// In quotation marks, as JSON writes a text; what is no UTF-8 becomes U+FFFD, byte by byte.
std::string jsonText(std::string_view text);
/// What means something in HTML and XML as entities.
std::string xmlText(std::string_view text);

} // namespace vegadesk::base
