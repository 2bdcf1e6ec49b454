#pragma once

#include "base/journal.h"
#include "execution/order.h"
#include "portfolio/attribution.h"
#include "risk/gate/gate.h"
#include "risk/limits.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::trading
{

/// A dividend as it was booked. What is held besides the trades the journal does not know, so how it was divided is kept.
struct BookedDividend {
    execution::CashDividend dividend;
    std::vector<portfolio::AttributedCash> parts; ///< empty in older records
    base::Instant toldAt{};
};

/// What of the loop outlives the program, besides its orders. Keys begin with the account's prefix.
///
/// Kinds  session.start, a day's first net liquidation; trading.state, whether trading is halted and on which New York date
///        the daily loss was reached; limits, old and new figures and why; cash.moved, what was paid in or out; live.armed
///        and live.disarmed, why; broker.check, the broker's figures for an order beside ours; dividend, cash that a holding
///        brought. cash.moved, live.* and broker.check are for people to read.
struct SessionMemory {
    std::optional<std::pair<base::Date, double>> dayStart; ///< the last day's
    std::optional<base::Instant> dayStartSince;            ///< its beginning was not seen, but only this moment
    risk::TradingState state = risk::TradingState::Active;
    std::string stateReason;
    std::optional<base::Date> dailyStopOn;
    std::optional<risk::Limits> limits;
    std::vector<BookedDividend> dividends; ///< each once, in the order in which they were heard of
};

/// From everything the journal holds; a record that cannot be read is left out, a state that cannot be read is Halted.
SessionMemory rememberedSession(std::span<const base::JournalRecord> records, const std::string& prefix);

base::JournalRecord dayStartRecord(base::Instant at, const std::string& prefix, base::Date day, double netLiquidation,
                                   std::optional<base::Instant> since);
base::JournalRecord stateRecord(base::Instant at, const std::string& prefix, risk::TradingState state,
                                std::optional<base::Date> dailyStopOn, std::string_view reason);
base::JournalRecord limitsRecord(base::Instant at, const std::string& prefix, const std::optional<risk::Limits>& before,
                                 const risk::Limits& limits, std::string_view reason);
/// Orders may be sent from then on, or may not.
base::JournalRecord armingRecord(base::Instant at, const std::string& prefix, bool isArmed, std::string_view reason);
/// What the broker says of an order before it is sent, and what we say: cash, costs positive; null: not known.
base::JournalRecord brokerCheckRecord(base::Instant at, const std::string& prefix, std::string_view origin,
                                      const portfolio::DryRunResult& broker, double ourFees, double ourBuyingPower);
base::JournalRecord dividendRecord(base::Instant at, const std::string& prefix, const execution::CashDividend& dividend,
                                   std::span<const portfolio::AttributedCash> parts);
base::JournalRecord cashRecord(base::Instant at, const std::string& prefix, base::Decimal amount);

} // namespace vegadesk::trading
