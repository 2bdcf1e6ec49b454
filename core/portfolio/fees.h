#pragma once

#include "base/decimal.h"
#include "base/time.h"
#include "portfolio/order_intent.h"

#include <optional>
#include <span>
#include <string_view>

namespace vegadesk::portfolio
{

/// Broad-based index options: other commission rules and other margin than equity options. By the
/// underlying's symbol, and market/broad_index.h.
bool isBroadIndex(std::string_view underlying);

/// Futures of a tenth of the usual contract's size or so, which cost less to trade: by the underlying's symbol, of a contract
/// ("/MESZ6") or of a product ("/MES"). Source: CME Group's list of its micro contracts.
bool isMicroFuture(std::string_view underlying);

/// What an exchange asks for options on an index that it owns.
struct IndexOptionFee {
    std::string_view underlying; ///< "SPX"
    base::Decimal perContract;   ///< opening and closing
};

/// The broker's tariff from a day on. Cash per contract or share, positive.
struct FeeSchedule {
    base::Date from{};
    base::Decimal optionOpening;                     ///< commission per equity option contract opened; closing is free
    base::Decimal optionCapPerLeg;                   ///< most commission one leg of an equity option order can cost
    base::Decimal indexOptionOpening;                ///< per broad index option contract opened, without a cap
    base::Decimal optionClearing;                    ///< per contract, opening and closing
    base::Decimal stockClearing;                     ///< per share
    base::Decimal optionRegulatory;                  ///< per contract; an estimate, see feeSchedules()
    std::span<const IndexOptionFee> indexOptionFees; ///< of an index that is not in it the fee is not known
    base::Decimal future, microFuture;               ///< commission per contract of a future, each side
    base::Decimal futureOptionOpening, microFutureOptionOpening; ///< per contract of an option on one; closing is free
    base::Decimal futuresClearing;                               ///< per contract of any of them, each side
    base::Decimal futureExchange, futureOptionExchange; ///< per contract, the regulator's cents included; estimates
    std::optional<base::Decimal> microFutureExchange, microFutureOptionExchange; ///< the same; none: not known
};

/// Every tariff we know, oldest first.
///
/// Source  the domain reference, B2, read from the broker's published rates. Its regulatory lines were not verified: the
///         options regulatory fee of 0.02 a contract is what a published sample answer of the broker shows. The exchanges'
///         fees on index options are not in it at all and are not guessed, nor are those on micro futures; those of other
///         futures are the exchange's for its E-mini contracts and were not verified either. What exercise and assignment
///         cost is not in it. Either way the truth is the broker's dry run.
std::span<const FeeSchedule> feeSchedules();
/// The one in force, of at least one, oldest first; for days before the first, the first.
const FeeSchedule& feeScheduleOn(base::Date date, std::span<const FeeSchedule> schedules = feeSchedules());

/// What a leg costs, by the lines the broker shows. Positive is paid.
struct Fees {
    base::Decimal commission;
    base::Decimal clearing;
    base::Decimal regulatory;  ///< an estimate
    base::Decimal indexOption{}; ///< the exchange's own
    bool isComplete = true;    ///< false: the schedule lacks a fee, which is in none of these and is paid besides

    base::Decimal total() const { return commission + clearing + regulatory + indexOption; }
    Fees& operator+=(const Fees& other);
    friend bool operator==(const Fees&, const Fees&) = default;
};

/// Fees for `quantity` (> 0) contracts or shares of one leg. `filledBefore` is what of the same leg of the
/// same order has filled already: the cap counts over the whole leg, so partial fills add up to the fees of
/// one fill. Instruments other than stock, futures and options on either cost nothing here and are not complete, because their
/// tariff is not in the schedule.
Fees feesFor(const OrderLeg& leg, std::string_view underlying, const FeeSchedule& schedule, base::Quantity quantity,
             base::Quantity filledBefore = 0);
/// By the tariff of that day.
Fees feesFor(const OrderLeg& leg, std::string_view underlying, base::Date date, base::Quantity quantity,
             base::Quantity filledBefore = 0, std::span<const FeeSchedule> schedules = feeSchedules());
/// Fees for a whole order.
Fees feesFor(const OrderIntent& intent, base::Date date, std::span<const FeeSchedule> schedules = feeSchedules());

} // namespace vegadesk::portfolio
