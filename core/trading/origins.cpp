#include "trading/origins.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace vegadesk::trading
{

std::string groupName(std::string_view strategy, std::string_view underlying, base::Instant now)
{
    return fmt::format("{}:{}:{:%Y%m%dT%H%M%S}", strategy, underlying,
                       std::chrono::time_point_cast<std::chrono::seconds>(now));
}

std::string_view homeOf(const portfolio::OrderIntent& intent)
{
    const std::string_view strategy = strategyOf(intent.origin);
    std::string_view group = intent.group;
    if (strategy.empty() || !group.starts_with(strategy) || !group.substr(strategy.size()).starts_with(':'))
        return intent.underlying;
    group.remove_prefix(strategy.size() + 1);
    const std::size_t end = group.rfind(':');
    return end == std::string_view::npos || end == 0 ? std::string_view(intent.underlying) : group.substr(0, end);
}

} // namespace vegadesk::trading
