#pragma once

#include "history/chain_source.h"
#include "strategies/test_chain.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::tests
{

/// Chains that a test wrote down, one a TestMarket; settlement prices are what it says, and nothing else.
class ScriptedSource final : public history::ChainSource
{
public:
    explicit ScriptedSource(std::vector<TestMarket> markets) : m_markets(std::move(markets)) {}

    const std::string& underlying() const override { return m_markets.front().underlying; }
    std::string description() const override { return "a test's own chains"; }
    bool isSimulated() const override { return true; }
    std::size_t snapshotCount() const override { return m_markets.size(); }
    base::Result<bool> next(market::OptionChain& chain) override
    {
        if (m_next == m_markets.size())
            return false;
        chain = m_markets[m_next++].chain();
        return true;
    }
    void rewind() override { m_next = 0; }
    std::vector<history::DailyClose> closes(base::Date, base::Date) override { return {}; }
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override
    {
        if (settlement != settlesBy)
            return std::nullopt;
        const auto known = settlements.find(expiry);
        return known == settlements.end() ? std::nullopt : std::optional(known->second);
    }
    std::optional<double> riskFreeRate(base::Date) const override { return rate; }
    std::optional<double> dividendYield() const override { return 0; }

    std::span<const history::CashPayment> payments() const override { return dividends; }
    std::span<const history::ExpectedReport> reports() const override { return expected; }
    std::span<const history::CorporateAction> corporateActions() const override { return actions; }

    std::map<base::Date, double> settlements;
    market::Settlement settlesBy = market::Settlement::PM; ///< of the other kind nothing is known
    std::optional<double> rate = 0;
    std::vector<history::CashPayment> dividends;
    std::vector<history::ExpectedReport> expected;
    std::vector<history::CorporateAction> actions;

private:
    std::vector<TestMarket> m_markets;
    std::size_t m_next = 0;
};

} // namespace vegadesk::tests
