#pragma once

#include "market/option_chain.h"
#include "pricing/chain_analytics.h"

#include <string>
#include <vector>

namespace vegadesk::desk
{

bool hasTradable(const market::Expiration& expiration);
/// Nothing of it can be traded at, and what could be is too old: the market is closed, or its quotes have stopped.
bool isAllStale(const market::Expiration& expiration);
/// As it stood when its quotes were new.
market::Expiration withoutAge(market::Expiration expiration);

/// The figures of one expiration while its quotes move, as listed: an American one keeps its exercise boundaries, and only
/// strikes whose quotes have changed get new volatilities. All of it, forward included, is made anew once a second, and at
/// once for another expiration. When all its quotes are too old, its figures are what they said when they were new, and are
/// marked so.
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
    void findChanged(const market::Expiration& expiration);
    /// All of it; `of` is the expiration, or it without the age of its quotes.
    void analyse(const market::Expiration& expiration, const market::Expiration& of, base::Instant wall,
                 base::Instant now, double spot);
    void analyseOld(const market::Expiration& expiration, base::Instant wall, double spot);

    std::string m_root;
    base::Instant m_expiresAt{};
    std::vector<double> m_strikes;
    SeenSide m_calls, m_puts;
    double m_spot = market::unknown;
    base::Instant m_analysedAt{}; ///< all of it, by our own clock
    base::Instant m_newAt{};      ///< when a quote was new last, by the market's clock
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
    double m_spot = market::unknown; ///< the last that was known
    std::vector<LiveExpiration> m_expirations;
};

} // namespace vegadesk::desk
