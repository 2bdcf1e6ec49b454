#pragma once

#include "market/option_chain.h"
#include "pricing/chain_analytics.h"

#include <optional>
#include <string>
#include <vector>

namespace vegadesk::desk
{

bool hasTradable(const market::Expiration& expiration);
/// Nothing of it can be traded at, and what could be is too old: the market is closed, or its quotes have stopped.
bool isAllStale(const market::Expiration& expiration);
/// As it stood when quotes came last: what is as new as the newest, within the seconds in which a market's quotes follow one
/// another, loses its age; older ones knew another market and keep it.
market::Expiration asLastQuoted(market::Expiration expiration);
/// The chain's spot; while no quote is new enough, the one that the last of them implied. NaN when there was none.
double lastSpotOf(const market::OptionChain& chain, base::Instant now);

/// The figures of one expiration while its quotes move, as listed: an American one keeps its exercise boundaries, and only
/// strikes whose quotes have changed get new volatilities. All of it, forward included, is made anew once a second, and at
/// once for another expiration. When all its quotes are too old, its figures are those of the last moment in which most of
/// them were new, marked as old: quotes that are gone are not set against a spot that moves on.
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
    /// All of it; `of` is the expiration as it is read.
    void analyse(const market::Expiration& expiration, const market::Expiration& of, base::Instant wall,
                 base::Instant now, double spot);
    void beOld(const market::Expiration& expiration, base::Instant wall, base::Instant now, double spot);

    std::string m_root;
    base::Instant m_expiresAt{};
    std::vector<double> m_strikes;
    SeenSide m_calls, m_puts;
    double m_spot = market::unknown;
    base::Instant m_analysedAt{}; ///< all of it, by our own clock
    std::vector<std::size_t> m_changed;
    pricing::ExpirationAnalytics m_analytics;
    bool m_isGood = false;                              ///< most of the quotes that they are from were new
    std::optional<pricing::ExpirationAnalytics> m_good; ///< the last such, while they are from fewer
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
