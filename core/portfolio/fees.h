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

/// The broker's tariff from a day on. Cash per contract or share, positive.
struct FeeSchedule {
    base::Date from{};
    base::Decimal optionOpening;      ///< commission per equity option contract opened; closing is free
    base::Decimal optionCapPerLeg;    ///< most commission one leg of an equity option order can cost
    base::Decimal indexOptionOpening; ///< per broad index option contract opened, without a cap
    base::Decimal optionClearing;     ///< per contract, opening and closing
    base::Decimal stockClearing;      ///< per share
    base::Decimal optionRegulatory;   ///< per contract; an estimate, see feeSchedules()
};

/// Every tariff we know, oldest first.
///
/// Source  the domain reference, B2, read from the broker's published rates. Its regulatory lines were not
/// verified: the
///         options regulatory fee of 0.02 a contract is what a published sample answer of the broker shows.
///         The exchanges' fees on index options are not in it at all and are not guessed. Either way the
///         truth is the broker's dry run.
std::span<const FeeSchedule> feeSchedules();
/// The one in force; for days before the first, the first.
const FeeSchedule& feeScheduleOn(base::Date date);

/// What a leg costs, by the lines the broker shows. Positive is paid.
struct Fees {
    base::Decimal commission;
    base::Decimal clearing;
    base::Decimal regulatory; ///< an estimate

    base::Decimal total() const { return commission + clearing + regulatory; }
    Fees& operator+=(const Fees& other);
    friend bool operator==(const Fees&, const Fees&) = default;
};

/// Fees for `quantity` (> 0) contracts or shares of one leg. `filledBefore` is what of the same leg of the
/// same order has filled already: the cap counts over the whole leg, so partial fills add up to the fees of
/// one fill. Instruments other than stock and equity options cost nothing here, because their tariff is not
/// in the schedule.
Fees feesFor(const OrderLeg& leg, std::string_view underlying, base::Date date, std::int64_t quantity,
             std::int64_t filledBefore = 0);
/// Fees for a whole order.
Fees feesFor(const OrderIntent& intent, base::Date date);

} // namespace vegadesk::portfolio
