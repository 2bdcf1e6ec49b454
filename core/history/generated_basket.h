#pragma once

#include "history/market_generator.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// SPX, or the fund that follows it, with chains of its heaviest constituents at the same moments.
///
/// Weights      SimulatedUnderlying::indexWeight: they are the same at all times and their sum is below 1.
/// Correlation  every return is beta times the market factor plus a part of the name's own; the index is the factor alone. Two names
///              therefore correlate by β₁β₂σ_F² / σ₁σ₂, jumps and intraday paths included, and options know the same variances. That
///              holds of the index and of each name by itself: the index' price is not the weighted sum of its members', whose betas
///              and trends differ from its own. The exact implied correlation of the members shown differs from the pairs' for
///              that reason, by a nearly constant amount.
class GeneratedBasketSource final : public ChainSource
{
public:
    /// Errors: those of GeneratedChainSource::make(); an underlying that has no constituents here; fewer than 2 names, or more than it
    /// has.
    static base::Result<std::unique_ptr<GeneratedBasketSource>> make(std::string_view underlying, base::Date from,
                                                                     base::Date to, std::uint64_t seed,
                                                                     std::size_t names, int snapshotsPerDay = 1,
                                                                     CorporateEvents events = CorporateEvents::Ignored);

    const std::string& underlying() const override { return m_index->underlying(); }
    std::string description() const override { return m_index->description(); }
    std::string origin() const override { return m_index->origin(); }
    bool isSimulated() const override { return true; }
    std::size_t snapshotCount() const override { return m_index->snapshotCount(); }
    base::Result<bool> next(market::OptionChain& chain) override { return m_index->next(chain); }
    void rewind() override { m_index->rewind(); }
    std::vector<DailyClose> closes(base::Date from, base::Date to) override { return m_index->closes(from, to); }
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override
    {
        return m_index->settlementPrice(expiry, settlement);
    }
    std::optional<double> riskFreeRate(base::Date date) const override { return m_index->riskFreeRate(date); }
    std::optional<double> dividendYield() const override { return m_index->dividendYield(); }
    std::span<const CashPayment> payments() const override { return m_index->payments(); }
    std::span<const ConstituentChains> constituents() const override { return m_constituents; }

private:
    std::unique_ptr<GeneratedChainSource> m_index;
    std::vector<ConstituentChains> m_constituents;
};

} // namespace vegadesk::history
