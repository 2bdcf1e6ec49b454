#pragma once

#include "history/chain_source.h"
#include "history/store/chain_year.h"

#include <memory>
#include <string>
#include <vector>

namespace vegadesk::history
{

/// Chains from columns, in memory or mapped from files.
///
/// Memory  a chain that is given back to next() keeps its own: while an expiration's listing stays the same only prices are
///         written, and nothing is allocated.
/// Spot    where a snapshot has no price of the underlying: the day's close, for one at the close; else what put-call parity
///         implies. The quote of the underlying is then that number on both sides, without sizes.
/// Ticks   the coarsest of the exchanges' ladders that all prices until then stand on: none was told more at the time.
/// Settles PM options at the recorded close of their day, AM ones at its recorded opening.
class StoredChainSource final : public ChainSource
{
public:
    /// `years` share one underlying; there is at least one snapshot. Of two with the same instant the earlier year's counts.
    StoredChainSource(std::string description, std::vector<ChainYear> years);

    const std::string& underlying() const override { return m_years.front().underlying; }
    std::string description() const override { return m_description; }
    /// Wherever they lie: a copy of a folder, or another vendor's, is of the same market.
    std::string origin() const override { return "recorded quotes of " + underlying(); }
    bool isSimulated() const override { return false; }
    std::size_t snapshotCount() const override { return m_order.size(); }
    /// Errors: a snapshot whose bytes are damaged.
    base::Result<bool> next(market::OptionChain& chain) override;
    void rewind() override { m_next = 0; }
    base::Result<void> seek(base::Instant at) override;
    std::vector<DailyClose> closes(base::Date from, base::Date to) override;
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override;
    std::optional<double> riskFreeRate(base::Date) const override { return std::nullopt; }
    std::optional<double> dividendYield() const override { return std::nullopt; }

private:
    void fillUnderlying(const StoredSnapshot& snapshot, market::OptionChain& chain) const;
    const StoredClose* closeOn(base::Date date) const;

    std::string m_description;
    std::vector<ChainYear> m_years;
    std::vector<market::TickTable> m_ladders;
    struct Place {
        std::size_t year = 0, snapshot = 0;
        std::size_t ladder = 0; ///< that prices up to then stand on
    };
    std::vector<Place> m_order; // of the snapshots in time
    std::size_t m_next = 0;
};

/// Every snapshot as a chain of its own.
base::Result<std::vector<market::OptionChain>> allChains(ChainSource& source);

} // namespace vegadesk::history
