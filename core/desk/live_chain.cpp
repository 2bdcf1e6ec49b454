#include "desk/live_chain.h"

#include "desk/assumptions.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

constexpr base::Nanos wholePeriod = std::chrono::seconds(1);

/// By their bits: a quote that is not there stays not there.
bool isAlike(double left, double right)
{
    return std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

} // namespace

bool hasTradable(const market::Expiration& expiration)
{
    return std::ranges::any_of(expiration.calls.flags, market::isTradable) ||
           std::ranges::any_of(expiration.puts.flags, market::isTradable);
}

bool isAllStale(const market::Expiration& expiration)
{
    return !hasTradable(expiration) && hasTradable(withoutAge(expiration));
}

market::Expiration withoutAge(market::Expiration expiration)
{
    for (market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
        for (market::QuoteFlags& flags : side->flags)
            flags.clear(market::QuoteFlag::Stale);
    }
    return expiration;
}

bool LiveExpiration::isSame(const market::Expiration& expiration) const
{
    return m_root == expiration.root && m_expiresAt == expiration.expiresAt && m_strikes == expiration.strikes &&
           m_analytics.style == expiration.style;
}

void LiveExpiration::see(const market::Expiration& expiration)
{
    for (const market::Right right : {market::Right::Call, market::Right::Put}) {
        const market::OptionColumns& now = expiration.side(right);
        SeenSide& seen = right == market::Right::Call ? m_calls : m_puts;
        seen.bid = now.bid;
        seen.ask = now.ask;
        seen.flags = now.flags;
    }
}

void LiveExpiration::findChanged(const market::Expiration& expiration)
{
    m_changed.clear();
    for (std::size_t row = 0; row < m_strikes.size(); ++row) {
        const auto hasMoved = [row](const SeenSide& seen, const market::OptionColumns& side) {
            return !isAlike(seen.bid[row], side.bid[row]) || !isAlike(seen.ask[row], side.ask[row]) ||
                   seen.flags[row] != side.flags[row];
        };
        if (hasMoved(m_calls, expiration.calls) || hasMoved(m_puts, expiration.puts))
            m_changed.push_back(row);
    }
}

void LiveExpiration::analyse(const market::Expiration& expiration, const market::Expiration& of, base::Instant wall,
                             base::Instant now, double spot)
{
    m_analytics = pricing::analyse(of, now, spot, assumedRates, m_boundaries);
    m_root = expiration.root;
    m_expiresAt = expiration.expiresAt;
    m_strikes = expiration.strikes;
    m_spot = spot;
    m_analysedAt = wall;
    see(expiration);
}

void LiveExpiration::analyseOld(const market::Expiration& expiration, base::Instant wall, double spot)
{
    if (m_analytics.isOld && isSame(expiration) && isAlike(m_spot, spot)) {
        findChanged(expiration);
        if (m_changed.empty())
            return;
    }
    analyse(expiration, withoutAge(expiration), wall, m_newAt, spot);
    m_analytics.isOld = true;
}

const pricing::ExpirationAnalytics& LiveExpiration::update(const market::Expiration& expiration, base::Instant wall,
                                                           base::Instant now, double spot)
{
    const bool isKnown = isSame(expiration);
    const bool isOld = now < expiration.expiresAt && isAllStale(expiration);
    if (!isOld || !isKnown)
        m_newAt = now;
    if (isOld) {
        analyseOld(expiration, wall, spot);
        return m_analytics;
    }
    const bool isWhole = expiration.style != market::ExerciseStyle::American || !isKnown || m_analytics.isOld ||
                         wall - m_analysedAt >= wholePeriod || wall < m_analysedAt;
    if (!isWhole) {
        findChanged(expiration);
        if (pricing::refresh(m_analytics, expiration, now, spot / m_spot, m_changed, m_boundaries)) {
            m_spot = spot;
            see(expiration);
            return m_analytics;
        }
    }
    analyse(expiration, expiration, wall, now, spot);
    return m_analytics;
}

pricing::ChainAnalytics LiveChain::update(const market::OptionChain& chain, base::Instant wall, base::Instant now)
{
    pricing::ChainAnalytics out;
    out.at = now;
    out.spot = pricing::spotOf(chain, now, assumedRates);
    out.isSpotImplied = std::isfinite(out.spot) && !(chain.spot() > 0);
    if (std::isfinite(out.spot))
        m_spot = out.spot;
    else
        out.spot = m_spot; // implied as long as quotes were new
    m_expirations.resize(chain.expirations.size());
    for (std::size_t i = 0; i < chain.expirations.size(); ++i)
        out.expirations.push_back(m_expirations[i].update(chain.expirations[i], wall, now, out.spot));
    return out;
}

} // namespace vegadesk::desk
