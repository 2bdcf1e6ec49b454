#include "backtest/chain_feed.h"

#include "backtest/shared_chains.h"
#include "market/calendar.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace vegadesk::backtest
{

void ChainFeed::rewind()
{
    m_source.rewind();
    m_chain.reset();
    m_ahead.reset();
    m_isOver = false;
}

/// The account and the loop live on the old chain until time has passed it.
std::shared_ptr<market::OptionChain> ChainFeed::freeBuffer()
{
    const auto unused = std::ranges::find_if(m_buffers, [](const auto& buffer) { return buffer.use_count() == 1; });
    return unused != m_buffers.end() ? *unused : m_buffers.emplace_back(std::make_shared<market::OptionChain>());
}

base::Result<bool> ChainFeed::readAhead()
{
    m_ahead.reset();
    if (m_isOver)
        return false;
    auto buffer = freeBuffer();
    auto next = m_source.next(*buffer);
    if (!next)
        return next;
    m_isOver = !*next;
    if (*next)
        m_ahead = std::move(buffer);
    return next;
}

void ChainFeed::take()
{
    m_chain = std::exchange(m_ahead, nullptr);
}

base::Result<bool> ChainFeed::catchUp(base::Instant until)
{
    bool isNew = false;
    while (true) {
        if (!m_ahead) {
            const auto more = readAhead();
            if (!more)
                return more;
            if (!*more)
                return isNew;
        }
        if (m_ahead->at > until)
            return isNew;
        if (m_chain && m_ahead->at <= m_chain->at)
            return base::fail(base::ErrorKind::BadInput, "snapshot",
                              underlying() + " " + base::formatInstant(m_ahead->at),
                              "snapshots must go forward in time");
        take();
        if (m_chain->at == until)
            return true;
        isNew = true;
    }
}

Picture ChainFeed::picture() const
{
    const pricing::Rates rates{m_source.riskFreeRate(market::newYorkDate(m_chain->at)).value_or(m_interestRate),
                               m_source.dividendYield().value_or(0)};
    // Kept figures are read by several threads at once: all of them are worked out before. Others only where they are looked at.
    auto* const keeper = dynamic_cast<AnalyticsKeeper*>(&m_source);
    const auto analyse = [&]() -> AnalyticsKeeper::Analytics {
        return std::make_shared<const pricing::ChainAnalytics>(pricing::analyse(*m_chain, m_chain->at, rates));
    };
    const bool isLastRead = !m_ahead && keeper; // what it keeps is of the chain that it gave last
    return {m_chain, isLastRead ? keeper->analytics(analyse)
                                : std::make_shared<const pricing::ChainAnalytics>(
                                      pricing::analyseOnDemand(m_chain, m_chain->at, rates))};
}

bool ChainFeed::learnCloses(base::Date today, base::Date first)
{
    const base::Date from = m_closesUntil ? *m_closesUntil + std::chrono::days(1) : first;
    const base::Date yesterday = today - std::chrono::days(1);
    if (yesterday < from)
        return false;
    std::vector<double> volatilities;
    for (const history::DailyClose& day : m_source.closes(from, yesterday)) {
        m_days.push_back(day);
        volatilities.push_back(day.impliedVolatility);
    }
    if (!m_closesUntil) // of later days the loop has seen them itself
        m_volatilities = std::move(volatilities);
    m_closesUntil = yesterday;
    return true;
}

std::vector<double> ChainFeed::closes() const
{
    std::vector<double> out;
    std::ranges::transform(m_days, std::back_inserter(out), &history::DailyClose::close);
    return out;
}

std::optional<std::vector<double>> ChainFeed::takeVolatilities()
{
    return std::exchange(m_volatilities, std::nullopt);
}

} // namespace vegadesk::backtest
