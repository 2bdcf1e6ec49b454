#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vegadesk::pricing
{

enum class VolatilityOrigin : std::uint8_t {
    Quote,        ///< the strike's own out-of-the-money mid
    Interpolated, ///< between two strikes that have one
    Extrapolated, ///< beyond the last such strike
    None,         ///< not known
};

/// Volatilities of one expiry by log-moneyness, joined by straight lines in total variance and flat outside.
class Smile
{
public:
    struct Node {
        double logMoneyness; ///< ln(K / F), strictly ascending
        double volatility;   ///< > 0
    };

    Smile() = default;
    /// The lines are straight in vol², which at one expiry is total variance up to a factor.
    explicit Smile(std::vector<Node> nodes);

    struct Value {
        double volatility; ///< NaN without nodes
        VolatilityOrigin origin;
    };
    Value at(double logMoneyness) const;
    bool isEmpty() const { return m_nodes.empty(); }
    const std::vector<Node>& nodes() const { return m_nodes; }

private:
    std::vector<Node> m_nodes;
};

} // namespace vegadesk::pricing
