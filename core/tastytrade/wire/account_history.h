#pragma once

#include "tastytrade/wire/account.h"
#include "tastytrade/wire/described.h"

namespace vegadesk::tastytrade::wire
{

/// An item of GET /accounts/{n}/balance-snapshots: a balance as it was on its snapshotDate.
struct BalanceSnapshot {
    AccountBalance balance;
    std::string timeOfDay; ///< "BOD", "EOD" or "Intraday"; empty for the present balance
};
base::Result<BalanceSnapshot> parseBalanceSnapshot(const QJsonObject& object);
QJsonObject toJson(const BalanceSnapshot& snapshot);

/// An item of GET /accounts/{n}/net-liq/history: what the account was worth between one moment and the next. Cash that is
/// pending is not in open to close; the totals hold both.
struct NetLiquidation {
    static constexpr std::string_view what = "net liquidation";
    struct Range {
        base::Decimal open, high, low, close;

        friend bool operator==(const Range&, const Range&) = default;
    };
    Range value, pendingCash, total;
    std::optional<base::Instant> time; ///< where the row begins; none: now

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("open", self.value.open);
        io("high", self.value.high);
        io("low", self.value.low);
        io.need("close", self.value.close);
        io("pending-cash-open", self.pendingCash.open);
        io("pending-cash-high", self.pendingCash.high);
        io("pending-cash-low", self.pendingCash.low);
        io("pending-cash-close", self.pendingCash.close);
        io("total-open", self.total.open);
        io("total-high", self.total.high);
        io("total-low", self.total.low);
        io("total-close", self.total.close);
        io.spaced("time", self.time);
    }
    friend bool operator==(const NetLiquidation&, const NetLiquidation&) = default;
};

/// Data of GET /accounts/{n}/transactions/total-fees: what was paid on one day; below 0 is paid.
struct TotalFees {
    static constexpr std::string_view what = "total fees";
    base::Decimal total;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.amount("total-fees", self.total);
    }
    friend bool operator==(const TotalFees&, const TotalFees&) = default;
};

} // namespace vegadesk::tastytrade::wire
