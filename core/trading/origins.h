#pragma once

#include <string_view>

namespace vegadesk::trading
{

/// How the origin of a strategy's order begins; its registry name follows.
inline constexpr std::string_view strategyOrigin = "strategy:";
inline constexpr std::string_view hedgeOrigin = "hedge:";

/// Whose order it is: the strategy's name, empty for everybody else's.
constexpr std::string_view strategyOf(std::string_view origin)
{
    for (const std::string_view prefix : {strategyOrigin, hedgeOrigin}) {
        if (origin.starts_with(prefix))
            return origin.substr(prefix.size());
    }
    return {};
}

} // namespace vegadesk::trading
