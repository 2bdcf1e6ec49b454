#include "pricing/smile.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace vegadesk::pricing
{

Smile::Smile(std::vector<Node> nodes) : m_nodes(std::move(nodes))
{
    assert(std::ranges::is_sorted(m_nodes, std::ranges::less_equal{}, &Node::logMoneyness));
}

Smile::Value Smile::at(double logMoneyness) const
{
    if (m_nodes.empty() || std::isnan(logMoneyness))
        return {std::numeric_limits<double>::quiet_NaN(), VolatilityOrigin::None};
    const auto right = std::ranges::lower_bound(m_nodes, logMoneyness, {}, &Node::logMoneyness);
    if (right != m_nodes.end() && right->logMoneyness == logMoneyness)
        return {right->volatility, VolatilityOrigin::Quote};
    if (right == m_nodes.begin())
        return {right->volatility, VolatilityOrigin::Extrapolated};
    if (right == m_nodes.end())
        return {m_nodes.back().volatility, VolatilityOrigin::Extrapolated};
    const Node& left = *std::prev(right);
    const double share = (logMoneyness - left.logMoneyness) / (right->logMoneyness - left.logMoneyness);
    const double variance =
        (1 - share) * left.volatility * left.volatility + share * right->volatility * right->volatility;
    return {std::sqrt(variance), VolatilityOrigin::Interpolated};
}

} // namespace vegadesk::pricing
