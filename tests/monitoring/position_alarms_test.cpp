#include "monitoring/position_alarms.h"

#include <QtTest>

#include <algorithm>

using namespace vegadesk;
using namespace vegadesk::monitoring;
using market::Right;

namespace
{

const base::Instant wednesday = *base::parseInstant("2026-11-18T20:00:00Z"); // 15:00 in New York
constexpr base::Date today = base::makeDate(2026, 11, 18), tomorrow = base::makeDate(2026, 11, 19);

HeldInstrument option(Right right, int strike, double quantity, base::Date expiry, double spot = 100)
{
    return {.symbol = "XYZ",
            .underlying = "XYZ",
            .option = market::OptionTerms{"XYZ", expiry, right, base::Decimal::fromInteger(strike)},
            .quantity = quantity,
            .multiplier = 100,
            .spot = spot,
            .rate = 0.04,
            .years = 10.0 / 365};
}

std::vector<int> kindsOf(const std::vector<Alarm>& alarms)
{
    std::vector<int> kinds;
    for (const Alarm& alarm : alarms)
        kinds.push_back(static_cast<int>(alarm.kind));
    return kinds;
}

} // namespace

Q_DECLARE_METATYPE(vegadesk::monitoring::HeldInstrument)

class PositionAlarmsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsDue_data()
    {
        QTest::addColumn<HeldInstrument>("held");
        QTest::addColumn<QList<int>>("expected");
        const auto row = [](const char* name, const HeldInstrument& held, std::initializer_list<AlarmKind> expected) {
            QList<int> kinds;
            for (const AlarmKind kind : expected)
                kinds << static_cast<int>(kind);
            QTest::newRow(name) << held << kinds;
        };
        const base::Date later = today + std::chrono::days(10);
        const auto paying = [](HeldInstrument held, double amount, base::Date exDate, double left = market::unknown) {
            held.dividend = Dividend{amount, exDate};
            held.timeValueAfterDividend = left;
            return held;
        };
        const HeldInstrument call = option(Right::Call, 90, -3, later);

        // Oracle F9: S 100, K 90, 10 days, 4 %, 20 %, dividend 1.00: 0.1002 is left after the ex-date.
        row("F9", paying(call, 1.0, tomorrow, 0.1002), {AlarmKind::EarlyAssignment});
        row("F9 by interest alone (0.0986)", paying(call, 1.0, tomorrow), {AlarmKind::EarlyAssignment});
        row("a dividend below what is left", paying(call, 0.09, tomorrow, 0.1002), {});
        row("interest alone keeps it", paying(call, 0.09, tomorrow), {});
        row("the ex-date is further off", paying(call, 1.0, today + std::chrono::days(5), 0.1), {});
        row("the ex-date is today: too late to exercise for it", paying(call, 1.0, today, 0.1), {});
        row("it expires before the ex-date", paying(option(Right::Call, 90, -3, today), 1.0, tomorrow, 0.1),
            {AlarmKind::ExpiryAssignment});
        row("out of the money", paying(option(Right::Call, 110, -3, later), 1.0, tomorrow, 0.01), {});
        row("a put", paying(option(Right::Put, 110, -3, later), 1.0, tomorrow, 0.01), {});
        row("long", paying(option(Right::Call, 90, 2, later), 1.0, tomorrow, 0.1), {AlarmKind::DividendForgone});
        HeldInstrument european = paying(call, 1.0, tomorrow, 0.1);
        european.style = market::ExerciseStyle::European;
        row("European", european, {});
        row("the spot is not known", paying(option(Right::Call, 90, -3, later, market::unknown), 1.0, tomorrow, 0.1),
            {});

        HeldInstrument shares{.symbol = "XYZ", .underlying = "XYZ", .option = {}, .quantity = -200, .spot = 100};
        row("short shares", paying(shares, 1.0, tomorrow), {AlarmKind::DividendOwed});
        shares.quantity = 200;
        row("shares", paying(shares, 1.0, tomorrow), {});

        row("short, in the money tomorrow", option(Right::Put, 105, -1, tomorrow), {AlarmKind::ExpiryAssignment});
        row("long, in the money today", option(Right::Put, 105, 1, today), {AlarmKind::ExpiryExercise});
        row("short at the strike today", option(Right::Call, 100, -1, today, 100.4), {AlarmKind::Pin});
        row("short just out of the money today", option(Right::Call, 100, -1, today, 99.6), {AlarmKind::Pin});
        row("short beyond the width", option(Right::Call, 100, -1, today, 99.4), {});
        row("long at the strike today", option(Right::Call, 100, 1, today, 99.9), {});
        row("a week away", option(Right::Put, 105, -1, today + std::chrono::days(7)), {});
        row("nothing held", option(Right::Put, 105, 0, tomorrow), {});
    }
    void whatIsDue()
    {
        QFETCH(HeldInstrument, held);
        QFETCH(QList<int>, expected);
        const std::vector<Alarm> alarms = positionAlarms(std::vector{held}, wednesday);
        const std::vector<int> kinds = kindsOf(alarms);
        QCOMPARE(QList<int>(kinds.begin(), kinds.end()), expected);
        for (const Alarm& alarm : alarms)
            QVERIFY(!alarm.sentence.english().empty() && alarm.sentence.english().find('%') == std::string::npos);
    }

    /// On a Friday the next trading day is Monday: what is ex then is decided today.
    void weekendsCountAsNothing()
    {
        HeldInstrument held = option(Right::Call, 90, -1, base::makeDate(2026, 12, 18));
        held.dividend = Dividend{1.0, base::makeDate(2026, 11, 23)};
        held.timeValueAfterDividend = 0.1;
        const base::Instant friday = *base::parseInstant("2026-11-20T20:00:00Z");
        QCOMPARE(positionAlarms(std::vector{held}, friday).size(), 1U);
        QVERIFY(positionAlarms(std::vector{held}, wednesday).empty());
    }
};

QTEST_APPLESS_MAIN(PositionAlarmsTest)
#include "position_alarms_test.moc"
