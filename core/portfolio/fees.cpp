#include "portfolio/fees.h"

#include "market/broad_index.h"

#include <algorithm>
#include <array>

namespace vegadesk::portfolio
{

namespace
{

using base::Decimal;

Decimal amount(std::string_view text)
{
    return Decimal::parse(text).value();
}

Decimal commissionFor(const OrderLeg& leg, std::string_view underlying, const FeeSchedule& schedule,
                      std::int64_t quantity)
{
    if (!isOpening(leg.action))
        return {};
    if (isBroadIndex(underlying))
        return schedule.indexOptionOpening * quantity;
    return std::min(schedule.optionOpening * quantity, schedule.optionCapPerLeg);
}

} // namespace

bool isBroadIndex(std::string_view underlying)
{
    return market::broadIndex(underlying) != nullptr;
}

std::span<const FeeSchedule> feeSchedules()
{
    static const std::array<FeeSchedule, 1> schedules{
        FeeSchedule{.from = base::makeDate(2019, 1, 1),
                    .optionOpening = amount("1"),
                    .optionCapPerLeg = amount("10"),
                    .indexOptionOpening = amount("1"),
                    .optionClearing = amount("0.10"),
                    .stockClearing = amount("0.0008"),
                    .optionRegulatory = amount("0.02")},
    };
    return schedules;
}

const FeeSchedule& feeScheduleOn(base::Date date)
{
    const std::span<const FeeSchedule> schedules = feeSchedules();
    const FeeSchedule* inForce = &schedules.front();
    for (const FeeSchedule& schedule : schedules) {
        if (schedule.from <= date)
            inForce = &schedule;
    }
    return *inForce;
}

Fees& Fees::operator+=(const Fees& other)
{
    commission += other.commission;
    clearing += other.clearing;
    regulatory += other.regulatory;
    return *this;
}

Fees feesFor(const OrderLeg& leg, std::string_view underlying, base::Date date, std::int64_t quantity,
             std::int64_t filledBefore)
{
    const FeeSchedule& schedule = feeScheduleOn(date);
    Fees fees;
    if (leg.type == market::InstrumentType::EquityOption) {
        fees.commission = commissionFor(leg, underlying, schedule, filledBefore + quantity) -
                          commissionFor(leg, underlying, schedule, filledBefore);
        fees.clearing = schedule.optionClearing * quantity;
        fees.regulatory = schedule.optionRegulatory * quantity;
    } else if (leg.type == market::InstrumentType::Equity) {
        fees.clearing = schedule.stockClearing * quantity;
    }
    return fees;
}

Fees feesFor(const OrderIntent& intent, base::Date date)
{
    Fees fees;
    for (const OrderLeg& leg : intent.legs)
        fees += feesFor(leg, intent.underlying, date, leg.quantity);
    return fees;
}

} // namespace vegadesk::portfolio
