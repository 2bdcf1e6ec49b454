#include "monitoring/position_alarms.h"

#include "market/calendar.h"
#include "market/symbols.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::monitoring
{

namespace
{

using base::SentenceNumber;
using base::translatable;
using market::Right;

constexpr double pinWidth = 0.005; ///< of the spot; source: domain reference, B1 row 9

double intrinsic(const HeldInstrument& held)
{
    const double strike = held.option->strike.toDouble();
    return held.option->right == Right::Call ? held.spot - strike : strike - held.spot;
}

double timeValueLeft(const HeldInstrument& held)
{
    if (std::isfinite(held.timeValueAfterDividend))
        return held.timeValueAfterDividend;
    return held.option->strike.toDouble() * -std::expm1(-held.rate * held.years);
}

SentenceNumber contracts(const HeldInstrument& held)
{
    return {std::abs(held.quantity), 0};
}

void alarmOfDividend(const HeldInstrument& held, base::Date today, std::vector<Alarm>& alarms)
{
    if (!held.dividend || !(held.dividend->amount > 0))
        return;
    const base::Date exDate = held.dividend->exDate;
    if (exDate <= today || exDate > market::nextTradingDay(today))
        return;
    const SentenceNumber amount{held.dividend->amount, 2};
    if (!held.option) {
        if (held.quantity < 0)
            alarms.push_back({AlarmKind::DividendOwed,
                              held.symbol,
                              exDate,
                              {translatable("Core", "%1 goes ex-dividend on %2: %3 short shares owe %4 a share."),
                               {held.symbol, base::formatDate(exDate), contracts(held), amount}}});
        return;
    }
    const bool isLikely = held.option->right == Right::Call && held.style == market::ExerciseStyle::American &&
                          held.option->expiry >= exDate && intrinsic(held) > 0 &&
                          timeValueLeft(held) < held.dividend->amount;
    if (!isLikely) // of an unknown spot too
        return;
    if (held.quantity < 0)
        alarms.push_back(
            {AlarmKind::EarlyAssignment,
             held.symbol,
             exDate,
             {translatable("Core",
                           "%1 short %2 will probably be assigned before the ex-date %3: %4 of dividend is more "
                           "than the %5 that is left of its time value."),
              {contracts(held), market::contractName(held.symbol), base::formatDate(exDate), amount,
               SentenceNumber{timeValueLeft(held), 2}}}});
    else
        alarms.push_back(
            {AlarmKind::DividendForgone,
             held.symbol,
             exDate,
             {translatable("Core", "%1 long %2 loses more by the dividend of %4 on %3 than the %5 that is left of its "
                                   "time value: exercise or sell it before."),
              {contracts(held), market::contractName(held.symbol), base::formatDate(exDate), amount,
               SentenceNumber{timeValueLeft(held), 2}}}});
}

void alarmOfExpiry(const HeldInstrument& held, base::Date today, std::vector<Alarm>& alarms)
{
    const base::Date expiry = held.option->expiry;
    if (expiry < today || expiry > market::nextTradingDay(today) || !std::isfinite(held.spot))
        return;
    const double strike = held.option->strike.toDouble();
    const auto add = [&](AlarmKind kind, const char* form) {
        alarms.push_back({kind,
                          held.symbol,
                          expiry,
                          {form,
                           {contracts(held), market::contractName(held.symbol), base::formatDate(expiry),
                            SentenceNumber{held.spot, 2}}}});
    };
    if (held.quantity < 0 && expiry == today && std::abs(held.spot - strike) < pinWidth * held.spot)
        add(AlarmKind::Pin,
            translatable("Core", "%1 short %2 expires today at %4 near its strike: whether it is assigned "
                                 "is open until the evening."));
    else if (intrinsic(held) > 0 && held.quantity < 0)
        add(AlarmKind::ExpiryAssignment,
            translatable("Core", "%1 short %2 is in the money at %4 and expires on %3: it will be assigned."));
    else if (intrinsic(held) > 0)
        add(AlarmKind::ExpiryExercise,
            translatable("Core", "%1 long %2 is in the money at %4 and expires on %3: it will be exercised."));
}

} // namespace

std::vector<Alarm> positionAlarms(std::span<const HeldInstrument> held, base::Instant now)
{
    std::vector<Alarm> alarms;
    const base::Date today = market::newYorkDate(now);
    for (const HeldInstrument& each : held) {
        if (each.quantity == 0)
            continue;
        alarmOfDividend(each, today, alarms);
        if (each.option)
            alarmOfExpiry(each, today, alarms);
    }
    return alarms;
}

} // namespace vegadesk::monitoring
