#pragma once

#include "history/chain_source.h"
#include "market/calendar.h"

#include <algorithm>

namespace vegadesk::tests
{

/// Another source, in all but what a test changes.
class BorrowedSource : public history::ChainSource
{
public:
    explicit BorrowedSource(history::ChainSource& other) : m_other(other) {}

    const std::string& underlying() const override { return m_other.underlying(); }
    std::string description() const override { return m_other.description(); }
    bool isSimulated() const override { return m_other.isSimulated(); }
    std::size_t snapshotCount() const override { return m_other.snapshotCount(); }
    base::Result<bool> next(market::OptionChain& chain) override { return m_other.next(chain); }
    void rewind() override { m_other.rewind(); }
    std::vector<history::DailyClose> closes(base::Date from, base::Date to) override
    {
        return m_other.closes(from, to);
    }
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override
    {
        return m_other.settlementPrice(expiry, settlement);
    }
    std::optional<double> riskFreeRate(base::Date date) const override { return m_other.riskFreeRate(date); }
    std::optional<double> dividendYield() const override { return m_other.dividendYield(); }

private:
    history::ChainSource& m_other;
};

/// Knows nothing after a day.
class TruncatedSource final : public BorrowedSource
{
public:
    TruncatedSource(history::ChainSource& other, base::Date last) : BorrowedSource(other), m_last(last) {}

    base::Result<bool> next(market::OptionChain& chain) override
    {
        auto more = BorrowedSource::next(m_read);
        if (!more || !*more || market::newYorkDate(m_read.at) > m_last)
            return more ? base::Result<bool>(false) : more;
        chain = m_read;
        return true;
    }
    std::vector<history::DailyClose> closes(base::Date from, base::Date to) override
    {
        return BorrowedSource::closes(from, std::min(to, m_last));
    }
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override
    {
        return expiry > m_last ? std::nullopt : BorrowedSource::settlementPrice(expiry, settlement);
    }

private:
    base::Date m_last;
    market::OptionChain m_read;
};

/// With the rates and the past of another one: a recording tells neither.
class RatedSource final : public BorrowedSource
{
public:
    RatedSource(history::ChainSource& quotes, history::ChainSource& facts) : BorrowedSource(quotes), m_facts(facts) {}

    std::vector<history::DailyClose> closes(base::Date from, base::Date to) override
    {
        return m_facts.closes(from, to);
    }
    std::optional<double> riskFreeRate(base::Date date) const override { return m_facts.riskFreeRate(date); }
    std::optional<double> dividendYield() const override { return m_facts.dividendYield(); }

private:
    history::ChainSource& m_facts;
};

} // namespace vegadesk::tests
