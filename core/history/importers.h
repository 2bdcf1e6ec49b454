#pragma once

#include "base/error.h"
#include "history/chain_source.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// Option chains that were recorded, in memory.
class RecordedChainSource final : public ChainSource
{
public:
    /// `chains` ascend in time and share one underlying; there is at least one.
    RecordedChainSource(std::string description, std::vector<market::OptionChain> chains,
                        std::vector<DailyClose> closes);

    const std::string& underlying() const override { return m_chains.front().underlying; }
    std::string description() const override { return m_description; }
    bool isSimulated() const override { return false; }
    std::size_t snapshotCount() const override { return m_chains.size(); }
    base::Result<bool> next(market::OptionChain& chain) override;
    void rewind() override { m_next = 0; }
    std::vector<DailyClose> closes(base::Date from, base::Date to) override;
    /// Of PM options the recorded close of that day, of AM ones nothing.
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override;
    std::optional<double> riskFreeRate(base::Date) const override { return std::nullopt; }
    std::optional<double> dividendYield() const override { return std::nullopt; }

    const std::vector<market::OptionChain>& chains() const { return m_chains; }

private:
    std::string m_description;
    std::vector<market::OptionChain> m_chains;
    std::vector<DailyClose> m_closes;
    std::size_t m_next = 0;
};

/// Reads every .csv and .csv.gz of a folder (or one such file) whose columns we understand, and passes over the rest.
///
/// Quotes  columns expiry, cp (C or P), strike, bid or close_bid, ask or close_ask, date or trade_date; optional
///         underlying (else the file's name up to its first "_"), ms_since_midnight (New York; without it the
///         prices are the session's last), bid_size, ask_size, spot. Empty: no quote.
/// Closes  columns underlying, date, unadjusted_close.
/// Result  one chain for each instant. Without a price of the underlying its spot is implied by put-call parity, and the
///         quote of the underlying is then that number on both sides, without sizes. Ticks are the finest of the exchanges'
///         usual ladders that every price fits. Broad indices are European, everything else American.
/// Errors  name file, line and field; also: no quotes at all, several underlyings and none chosen, two quotes for
///         one contract at one instant, a bid or ask below 0.
base::Result<std::unique_ptr<RecordedChainSource>> openRecordedChains(const std::string& path,
                                                                      std::string_view underlying = {});

} // namespace vegadesk::history
