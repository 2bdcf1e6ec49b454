#pragma once

#include "history/chain_source.h"

#include <memory>

namespace vegadesk::history
{

/// Dividends, reports and corporate actions of one underlying.
struct EventTable {
    std::vector<CashPayment> payments;    ///< ascending by ex-date
    std::vector<ExpectedReport> reports;  ///< ascending by date
    std::vector<CorporateAction> actions; ///< ascending by effective date
};

/// Reads a CSV file with the columns underlying, kind (dividend, report, split, special dividend, spin-off, merger, symbol change,
/// delisting), announced, effective (of a dividend its ex-date, of a report its day), and where they apply pay_date, amount (dollars
/// a share), new_shares and old_shares. Lines of other underlyings are passed over.
/// Errors  name file, line and field: an unknown kind, an amount or a number of shares that is not above 0, an announcement after
///         the date that it is of, dividends without a pay date.
base::Result<EventTable> readEventTable(const std::string& path, std::string_view underlying);

/// Another source's chains with the events of a table beside them. Of what the table has none, dividends or reports, the source's
/// own stay. Its constituents are the source's unless others are given.
class SourceWithEvents final : public ChainSource
{
public:
    SourceWithEvents(std::shared_ptr<ChainSource> chains, EventTable events,
                     std::vector<ConstituentChains> constituents = {})
        : m_chains(std::move(chains)), m_events(std::move(events)), m_constituents(std::move(constituents))
    {
    }

    const std::string& underlying() const override { return m_chains->underlying(); }
    std::string description() const override { return m_chains->description(); }
    std::string origin() const override { return m_chains->origin(); }
    bool isSimulated() const override { return m_chains->isSimulated(); }
    std::size_t snapshotCount() const override { return m_chains->snapshotCount(); }
    base::Result<bool> next(market::OptionChain& chain) override { return m_chains->next(chain); }
    void rewind() override { m_chains->rewind(); }
    base::Result<void> seek(base::Instant at) override { return m_chains->seek(at); }
    std::vector<DailyClose> closes(base::Date from, base::Date to) override { return m_chains->closes(from, to); }
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override
    {
        return m_chains->settlementPrice(expiry, settlement);
    }
    std::optional<double> riskFreeRate(base::Date date) const override { return m_chains->riskFreeRate(date); }
    std::optional<double> dividendYield() const override { return m_chains->dividendYield(); }
    std::span<const CashPayment> payments() const override
    {
        return m_events.payments.empty() ? m_chains->payments() : m_events.payments;
    }
    std::span<const ExpectedReport> reports() const override
    {
        return m_events.reports.empty() ? m_chains->reports() : m_events.reports;
    }
    std::span<const CorporateAction> corporateActions() const override { return m_events.actions; }
    std::span<const ConstituentChains> constituents() const override
    {
        return m_constituents.empty() ? m_chains->constituents() : m_constituents;
    }

private:
    std::shared_ptr<ChainSource> m_chains;
    EventTable m_events;
    std::vector<ConstituentChains> m_constituents;
};

/// The source with the events of the table at `path`, its own and those of its constituents.
/// Errors: readEventTable()'s.
base::Result<std::unique_ptr<ChainSource>> withEventTable(std::unique_ptr<ChainSource> source, const std::string& path);

} // namespace vegadesk::history
