#include "desk/live_chain.h"

#include "desk/assumptions.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <utility>

namespace vegadesk::desk
{

namespace
{

constexpr base::Nanos wholePeriod = std::chrono::seconds(1), oneMoment = std::chrono::seconds(10);

bool isTradableButForAge(market::QuoteFlags flags)
{
    flags.clear(market::QuoteFlag::Stale);
    return market::isTradable(flags);
}

/// How many quotes can be traded at, and how many could if none were too old.
std::pair<std::size_t, std::size_t> newAndAll(const market::Expiration& expiration)
{
    std::size_t fresh = 0, all = 0;
    for (const market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
        for (const market::QuoteFlags flags : side->flags) {
            fresh += market::isTradable(flags) ? 1 : 0;
            all += isTradableButForAge(flags) ? 1 : 0;
        }
    }
    return {fresh, all};
}

/// By their bits: a quote that is not there stays not there.
bool isAlike(double left, double right)
{
    return std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

} // namespace

bool hasTradable(const market::Expiration& expiration)
{
    return newAndAll(expiration).first > 0;
}

bool isAllStale(const market::Expiration& expiration)
{
    const auto [fresh, all] = newAndAll(expiration);
    return fresh == 0 && all > 0;
}

market::Expiration asLastQuoted(market::Expiration expiration)
{
    base::Instant newest{};
    for (const market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
        for (std::size_t row = 0; row < side->size(); ++row) {
            if (isTradableButForAge(side->flags[row]))
                newest = std::max(newest, side->time[row]);
        }
    }
    for (market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
        for (std::size_t row = 0; row < side->size(); ++row) {
            if (newest - side->time[row] <= oneMoment)
                side->flags[row].clear(market::QuoteFlag::Stale);
        }
    }
    return expiration;
}

double lastSpotOf(const market::OptionChain& chain, base::Instant now)
{
    const double spot = pricing::spotOf(chain, now, assumedRates);
    if (std::isfinite(spot))
        return spot;
    market::OptionChain last = chain;
    std::ranges::transform(chain.expirations, last.expirations.begin(), asLastQuoted);
    return pricing::spotOf(last, now, assumedRates);
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

void LiveExpiration::beOld(const market::Expiration& expiration, base::Instant wall, base::Instant now, double spot)
{
    if (!isSame(expiration)) {
        analyse(expiration, asLastQuoted(expiration), wall, now, spot);
        m_good.reset();
    } else if (m_good) {
        m_analytics = *std::move(m_good);
        m_good.reset();
    }
    m_isGood = m_analytics.isOld = true;
}

const pricing::ExpirationAnalytics& LiveExpiration::update(const market::Expiration& expiration, base::Instant wall,
                                                           base::Instant now, double spot)
{
    const auto [fresh, all] = newAndAll(expiration);
    if (fresh == 0 && all > 0 && now < expiration.expiresAt) {
        beOld(expiration, wall, now, spot);
        return m_analytics;
    }
    const bool isKnown = isSame(expiration), isGood = 2 * fresh >= all;
    if (isGood || !isKnown)
        m_good.reset();
    else if (m_isGood)
        m_good = m_analytics;
    m_isGood = isGood;
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
    const double spot = pricing::spotOf(chain, now, assumedRates);
    out.isSpotImplied = std::isfinite(spot) && !(chain.spot() > 0);
    out.spot = std::isfinite(spot) ? spot : lastSpotOf(chain, now);
    m_expirations.resize(chain.expirations.size());
    for (std::size_t i = 0; i < chain.expirations.size(); ++i)
        out.expirations.push_back(m_expirations[i].update(chain.expirations[i], wall, now, out.spot));
    return out;
}

} // namespace vegadesk::desk
