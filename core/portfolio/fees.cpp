#include "portfolio/fees.h"

#include "market/broad_index.h"

#include <algorithm>
#include <array>
#include <cassert>

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
                      base::Quantity quantity)
{
    if (!isOpening(leg.action))
        return {};
    if (isBroadIndex(underlying))
        return schedule.indexOptionOpening * quantity;
    return std::min(schedule.optionOpening * quantity, schedule.optionCapPerLeg);
}

Fees optionFees(const OrderLeg& leg, std::string_view underlying, const FeeSchedule& schedule, base::Quantity quantity,
                base::Quantity filledBefore)
{
    Fees fees;
    fees.commission = commissionFor(leg, underlying, schedule, filledBefore + quantity) -
                      commissionFor(leg, underlying, schedule, filledBefore);
    fees.clearing = schedule.optionClearing * quantity;
    fees.regulatory = schedule.optionRegulatory * quantity;
    if (!isBroadIndex(underlying))
        return fees;
    const auto own = std::ranges::find(schedule.indexOptionFees, underlying, &IndexOptionFee::underlying);
    fees.isComplete = own != schedule.indexOptionFees.end();
    if (fees.isComplete)
        fees.indexOption = own->perContract * quantity;
    return fees;
}

Fees futureFees(const OrderLeg& leg, std::string_view underlying, const FeeSchedule& schedule, base::Quantity quantity)
{
    const bool isMicro = isMicroFuture(underlying);
    const bool isOption = leg.type == market::InstrumentType::FutureOption;
    Fees fees;
    if (!isOption)
        fees.commission = (isMicro ? schedule.microFuture : schedule.future) * quantity;
    else if (isOpening(leg.action))
        fees.commission = (isMicro ? schedule.microFutureOptionOpening : schedule.futureOptionOpening) * quantity;
    fees.clearing = schedule.futuresClearing * quantity;
    std::optional<Decimal> exchange = isOption ? schedule.futureOptionExchange : schedule.futureExchange;
    if (isMicro)
        exchange = isOption ? schedule.microFutureOptionExchange : schedule.microFutureExchange;
    fees.isComplete = exchange.has_value();
    fees.regulatory = exchange.value_or(Decimal{}) * quantity;
    return fees;
}

constexpr std::array<std::string_view, 19> microFutures{"MES", "MNQ", "M2K", "MYM", "MCL", "MNG", "MGC",
                                                        "SIL", "MHG", "M6A", "M6B", "M6E", "MCD", "MSF",
                                                        "MJY", "MBT", "MET", "MTN", "MWN"};

} // namespace

bool isMicroFuture(std::string_view underlying)
{
    if (!underlying.starts_with('/'))
        return false;
    std::string_view product = underlying.substr(1);
    if (std::ranges::find(microFutures, product) != microFutures.end())
        return true;
    // A contract: the product, one letter for the month, one or two digits for the year.
    while (!product.empty() && product.back() >= '0' && product.back() <= '9')
        product.remove_suffix(1);
    if (!product.empty())
        product.remove_suffix(1);
    return std::ranges::find(microFutures, product) != microFutures.end();
}

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
                    .optionRegulatory = amount("0.02"),
                    .indexOptionFees = {},
                    .future = amount("1.25"),
                    .microFuture = amount("0.85"),
                    .futureOptionOpening = amount("2.50"),
                    .microFutureOptionOpening = amount("1.50"),
                    .futuresClearing = amount("0.30"),
                    .futureExchange = amount("1.40"),
                    .futureOptionExchange = amount("0.57"),
                    .microFutureExchange = {},
                    .microFutureOptionExchange = {}},
    };
    return schedules;
}

const FeeSchedule& feeScheduleOn(base::Date date, std::span<const FeeSchedule> schedules)
{
    assert(!schedules.empty());
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
    indexOption += other.indexOption;
    isComplete = isComplete && other.isComplete;
    return *this;
}

Fees feesFor(const OrderLeg& leg, std::string_view underlying, const FeeSchedule& schedule, base::Quantity quantity,
             base::Quantity filledBefore)
{
    Fees fees;
    switch (leg.type) {
    case market::InstrumentType::EquityOption:
        return optionFees(leg, underlying, schedule, quantity, filledBefore);
    case market::InstrumentType::Future:
    case market::InstrumentType::FutureOption:
        return futureFees(leg, underlying, schedule, quantity);
    case market::InstrumentType::Equity:
        fees.clearing = schedule.stockClearing * quantity;
        return fees;
    case market::InstrumentType::Index:
    case market::InstrumentType::Cryptocurrency:
        break;
    }
    fees.isComplete = false;
    return fees;
}

Fees feesFor(const OrderLeg& leg, std::string_view underlying, base::Date date, base::Quantity quantity,
             base::Quantity filledBefore, std::span<const FeeSchedule> schedules)
{
    return feesFor(leg, underlying, feeScheduleOn(date, schedules), quantity, filledBefore);
}

Fees feesFor(const OrderIntent& intent, base::Date date, std::span<const FeeSchedule> schedules)
{
    Fees fees;
    for (const OrderLeg& leg : intent.legs)
        fees += feesFor(leg, intent.underlying, date, leg.quantity, 0, schedules);
    return fees;
}

} // namespace vegadesk::portfolio
