#pragma once

#include "portfolio/attribution.h"
#include "trading/correlation_recorder.h"
#include "trading/loop.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::backtest
{

/// Where one trade's profit came from, in whole cents.
struct TradeAttribution {
    std::string group;
    portfolio::ProfitParts parts;
    std::vector<strategies::AttributionLine> lines; ///< the same, as the strategy sees it
};

/// Where a run's profit came from. In whole cents, and exact: the trades' totals and `other` add up to the net profit, rounded once.
struct RunAttribution {
    portfolio::ProfitParts total;
    std::vector<TradeAttribution> trades;           ///< in the report's order
    portfolio::ProfitParts other;                   ///< of no trade: interest and what else moved cash
    std::vector<strategies::AttributionLine> lines; ///< of all trades together
    std::size_t unknownCount = 0; ///< positions whose profit is wholly or in part unexplained for want of a mark
};

/// Feeds portfolio::Attribution from a loop: what was held from picture to picture, by trade.
///
/// Marks   are the loop's own, which the equity curve is made of.
/// Expiry  between two pictures counts as a settlement against the last mark.
class AttributionRecorder
{
public:
    AttributionRecorder(const trading::Loop& loop, base::Instant start);

    /// After the loop has booked the fill.
    void onFill(const trading::Loop& loop, const execution::Order& order, const portfolio::Fill& fill);
    /// Cash that shares brought without a trade.
    void onDividend(std::span<const portfolio::AttributedCash> parts);
    /// After everything at this picture was done.
    void mark(const trading::Loop& loop, base::Instant now);
    /// `profits`: each trade's, in the order of the loop's groups; `netProfit`: the account's. NaN leaves what cannot be known out.
    RunAttribution report(const trading::Loop& loop, const strategies::Strategy& strategy,
                          const std::vector<double>& profits, double netProfit) const;

private:
    using Key = std::pair<std::string, std::string>; ///< symbol, group

    void add(portfolio::AttributedTrade trade, const std::string& group, base::Quantity quantity);

    portfolio::Attribution m_attribution;
    trading::CorrelationRecorder m_correlation;
    std::map<Key, base::Quantity> m_held;                ///< by trade, as all fills so far say
    std::vector<portfolio::AttributedTrade> m_sinceMark; ///< in their order
    std::vector<portfolio::AttributedCash> m_paidSinceMark;
};

} // namespace vegadesk::backtest
