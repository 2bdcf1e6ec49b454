#include "base/sentence.h"

#include <cassert>
#include <cstddef>
#include <fmt/format.h>

namespace vegadesk::base
{

std::string Sentence::english() const
{
    std::string out;
    for (const char* at = form; *at != '\0'; ++at) {
        if (*at != '%' || at[1] < '1' || at[1] > '9') {
            out += *at;
            continue;
        }
        const auto index = static_cast<std::size_t>(*++at - '1');
        assert(index < parts.size());
        if (index >= parts.size())
            continue;
        if (const auto* const number = std::get_if<SentenceNumber>(&parts[index]))
            out += fmt::format("{:.{}f}", number->value, number->decimals);
        else
            out += std::get<std::string>(parts[index]);
    }
    return out;
}

} // namespace vegadesk::base
