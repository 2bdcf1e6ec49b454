#pragma once

#include "history/chain_source.h"
#include "pricing/chain_analytics.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::backtest
{

/// A source that keeps what a chain's figures were, for the next run over it.
class AnalyticsKeeper
{
public:
    using Analytics = std::shared_ptr<const pricing::ChainAnalytics>;
    virtual ~AnalyticsKeeper() = default;
    /// Of the chain that next() gave last: kept ones, or those that `analyse` gives, which then are kept. They must hang on the
    /// chain and the source alone.
    virtual Analytics analytics(const std::function<Analytics()>& analyse) = 0;
};

/// A source's chains read once, for many runs at a time: nothing of it changes after read() for whoever looks, so that any number of
/// threads may have a source() each.
class SharedChains : public std::enable_shared_from_this<SharedChains>
{
public:
    /// Contracts times snapshots whose volatilities and Greeks are kept once a run has worked them out: a gigabyte and a half.
    static constexpr std::size_t keptRowsMost = 20'000'000;

    /// Reads all of `source`, and what it says about closes, rates and settlements of the time. Memory: about 170 bytes a contract
    /// and snapshot.
    /// `progress` is told after every snapshot.
    /// Errors: the source's own; Cancelled.
    static base::Result<std::shared_ptr<const SharedChains>>
    read(history::ChainSource& source, std::stop_token stop = {},
         const std::function<void(double fraction)>& progress = {});

    /// An AnalyticsKeeper too. Chains of these New York dates, both included; empty: from the first, to the last. It may outlive the pointer this is
    /// held by.
    std::unique_ptr<history::ChainSource> source(std::optional<base::Date> from = {},
                                                 std::optional<base::Date> to = {}) const;

    const std::string& underlying() const { return m_underlying; }
    const std::string& description() const { return m_description; }
    const std::string& origin() const { return m_origin; }
    const std::vector<market::OptionChain>& chains() const { return m_chains; }
    /// Of the same chains as source()'s. As Report::dataHash.
    std::string dataHash(std::optional<base::Date> from, std::optional<base::Date> to) const;
    /// Those that have a chain, ascending.
    std::vector<base::Date> dates() const;

private:
    class View;
    using Range = std::pair<std::size_t, std::size_t>;
    Range rangeOf(std::optional<base::Date> from, std::optional<base::Date> to) const;

    std::string m_underlying, m_description, m_origin;
    bool m_isSimulated = false;
    std::vector<market::OptionChain> m_chains;
    /// Of the first `m_keptCount` chains, empty until some run has come by: the only thing that changes, and only once.
    std::unique_ptr<std::atomic<AnalyticsKeeper::Analytics>[]> m_kept;
    std::size_t m_keptCount = 0;
    std::vector<history::DailyClose> m_closes;
    std::map<std::pair<base::Date, market::Settlement>, double> m_settlements; ///< of the expiries that the chains list
    std::map<base::Date, double> m_rates;
    std::optional<double> m_dividendYield;
    std::vector<history::CashPayment> m_payments;
    std::vector<history::ExpectedReport> m_reports;
    std::vector<history::CorporateAction> m_corporateActions;
};

} // namespace vegadesk::backtest
