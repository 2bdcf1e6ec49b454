#pragma once

#include "market/option_chain.h"
#include "pricing/chain_analytics.h"

#include <string>
#include <vector>

namespace vegadesk::desk
{

/// The figures of one expiration while its quotes move, as listed: an American one keeps its exercise boundaries, and only
/// strikes whose quotes have changed get new volatilities. All of it, forward included, is made anew once a second, and at
/// once for another expiration.
class LiveExpiration
{
public:
    /// `wall` by our own clock, `now` by the market's. The answer is good until the next call.
    const pricing::ExpirationAnalytics& update(const market::Expiration& expiration, base::Instant wall,
                                               base::Instant now, double spot);
    /// Of this expiration, for whoever prices its options at other volatilities.
    pricing::AmericanBoundaries& boundaries() { return m_boundaries; }

private:
    struct SeenSide {
        std::vector<double> bid, ask;
        std::vector<market::QuoteFlags> flags;
    };
    bool isSame(const market::Expiration& expiration) const;
    void see(const market::Expiration& expiration);

    std::string m_root;
    base::Instant m_expiresAt{};
    std::vector<double> m_strikes;
    SeenSide m_calls, m_puts;
    double m_spot = market::unknown;
    base::Instant m_analysedAt{}; ///< all of it, by our own clock
    std::vector<std::size_t> m_changed;
    pricing::ExpirationAnalytics m_analytics;
    pricing::AmericanBoundaries m_boundaries;
};

/// The same for every expiration of a chain.
class LiveChain
{
public:
    pricing::ChainAnalytics update(const market::OptionChain& chain, base::Instant wall, base::Instant now);

private:
    std::vector<LiveExpiration> m_expirations;
};

} // namespace vegadesk::desk
