#pragma once

#include "history/chain_source.h"
#include "pricing/chain_analytics.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::backtest
{

/// One underlying at one moment of a replay.
struct Picture {
    std::shared_ptr<const market::OptionChain> chain;
    std::shared_ptr<const pricing::ChainAnalytics> analytics;
};

/// One underlying's part of a replay: its chains in their order, and of its past what is over by then.
///
/// Memory  chains are read into buffers that nobody looks at any more: whoever keeps a chain keeps it whole.
class ChainFeed
{
public:
    /// `interestRate` per year of days whose rate the source does not tell; `weight` of a constituent, 0: what is replayed for its
    /// own sake.
    ChainFeed(history::ChainSource& source, double interestRate, double weight = 0)
        : m_source(source), m_interestRate(interestRate), m_weight(weight)
    {
    }

    history::ChainSource& source() const { return m_source; }
    const std::string& underlying() const { return m_source.underlying(); }
    double weight() const { return m_weight; }

    void rewind();
    /// Reads the chain that follows; false at the end. Errors: the source's.
    base::Result<bool> readAhead();
    /// Null where none was read, or it was taken.
    const market::OptionChain* ahead() const { return m_ahead.get(); }
    /// What was read ahead is the chain now.
    void take();
    /// Goes on to the last chain that is no later than `until`; whether there was another.
    base::Result<bool> catchUp(base::Instant until);

    /// Null before the first.
    const std::shared_ptr<market::OptionChain>& chain() const { return m_chain; }
    /// Of the chain now.
    Picture picture() const;

    /// Days from `first` on that are over before `today`, in closes(), and the volatilities of those that were over when it was asked
    /// first. False where there is nothing new to ask.
    bool learnCloses(base::Date today, base::Date first);
    std::vector<double> closes() const;
    /// As the source told them.
    const std::vector<history::DailyClose>& days() const { return m_days; }
    /// Once: empty afterwards.
    std::optional<std::vector<double>> takeVolatilities();

private:
    std::shared_ptr<market::OptionChain> freeBuffer();

    history::ChainSource& m_source;
    double m_interestRate, m_weight;
    std::vector<std::shared_ptr<market::OptionChain>> m_buffers;
    std::shared_ptr<market::OptionChain> m_chain, m_ahead;
    bool m_isOver = false;
    std::vector<history::DailyClose> m_days;
    std::optional<std::vector<double>> m_volatilities;
    std::optional<base::Date> m_closesUntil; ///< the last date asked for
};

} // namespace vegadesk::backtest
