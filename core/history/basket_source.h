#pragma once

#include "history/chain_source.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::history
{

/// Chains of an index, with those of its members beside them: all but constituents() and the description is the index' own.
class BasketSource final : public ChainSource
{
public:
    /// `constituents` heaviest first.
    BasketSource(std::unique_ptr<ChainSource> index, std::vector<ConstituentChains> constituents,
                 std::string description)
        : m_index(std::move(index)), m_constituents(std::move(constituents)), m_description(std::move(description))
    {
    }

    const std::string& underlying() const override { return m_index->underlying(); }
    std::string description() const override { return m_description; }
    std::string origin() const override { return m_index->origin(); }
    bool isSimulated() const override { return m_index->isSimulated(); }
    std::size_t snapshotCount() const override { return m_index->snapshotCount(); }
    base::Result<bool> next(market::OptionChain& chain) override { return m_index->next(chain); }
    void rewind() override { m_index->rewind(); }
    base::Result<void> seek(base::Instant at) override { return m_index->seek(at); }
    std::vector<DailyClose> closes(base::Date from, base::Date to) override { return m_index->closes(from, to); }
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override
    {
        return m_index->settlementPrice(expiry, settlement);
    }
    std::optional<double> riskFreeRate(base::Date date) const override { return m_index->riskFreeRate(date); }
    std::optional<double> dividendYield() const override { return m_index->dividendYield(); }
    std::span<const CashPayment> payments() const override { return m_index->payments(); }
    std::span<const ExpectedReport> reports() const override { return m_index->reports(); }
    std::span<const CorporateAction> corporateActions() const override { return m_index->corporateActions(); }
    std::span<const ConstituentChains> constituents() const override { return m_constituents; }

private:
    std::unique_ptr<ChainSource> m_index;
    std::vector<ConstituentChains> m_constituents;
    std::string m_description;
};

} // namespace vegadesk::history
