#pragma once

#include "strategies/volatility/implied_correlation.h"
#include "trading/loop.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::trading
{

/// Of trades in an index and its members, how much of what the index' options made by implied volatility came of correlation.
///
/// Method  from picture to picture the index' volatility at the money moves from σ to σ′. With the exact implied correlation of
///         before, the members' volatilities alone would have brought it to σ″ (strategies::volatilityAtCorrelation()): vega times
///         (σ′ − σ″) is correlation's, vega as it was before. Volatilities are of the expiries that are held.
/// Use     mark() after everything at a picture was done.
/// Errors  a step in which a figure of the index is not known, or fewer than two members have one, is the level's.
class CorrelationRecorder
{
public:
    explicit CorrelationRecorder(const Loop& loop) : m_loop(loop) {}

    void mark();
    /// Dollars so far; 0 of a trade that is in one underlying.
    double of(std::string_view group) const;

private:
    struct Seen {
        double vega = 0; ///< of the index' options held from here on, dollars per 1.00
        double volatility = market::unknown;
        std::vector<strategies::BasketMember> members; ///< in the order of the constituents; NaN: not held or not known
    };
    struct Account {
        Seen last;
        double dollars = 0;
    };
    Seen look(const TradeGroup& group, const UnderlyingMarket& index) const;

    const Loop& m_loop;
    std::map<std::string, Account, std::less<>> m_accounts; ///< by group
};

} // namespace vegadesk::trading
