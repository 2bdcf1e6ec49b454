#include "portfolio/margin.h"

#include "base/random.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using market::Right;

namespace
{

constexpr base::Date near = base::makeDate(2026, 12, 18);
constexpr base::Date later = base::makeDate(2027, 1, 15);

MarginLeg option(Right right, double strike, std::int64_t quantity, double mark, base::Date expiry = near)
{
    return {.isOption = true,
            .right = right,
            .strike = strike,
            .expiry = expiry,
            .quantity = quantity,
            .multiplier = 100,
            .mark = mark};
}
MarginLeg call(double strike, std::int64_t quantity, double mark, base::Date expiry = near)
{
    return option(Right::Call, strike, quantity, mark, expiry);
}
MarginLeg put(double strike, std::int64_t quantity, double mark, base::Date expiry = near)
{
    return option(Right::Put, strike, quantity, mark, expiry);
}
MarginLeg stock(std::int64_t shares)
{
    return {.isOption = false, .quantity = shares, .multiplier = 1};
}

} // namespace

using Legs = std::vector<MarginLeg>;
Q_DECLARE_METATYPE(Legs)

class MarginTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOpeningsLongDoesNotCoverTheClosesShort()
    {
        MarginLeg longAm = call(6000, 5, 50), shortPm = call(6000, -5, 50);
        longAm.settlement = market::Settlement::AM;
        const double naked = marginOf(Legs{shortPm}, 6000, true).held;
        QVERIFY(naked > 400'000);
        QCOMPARE(marginOf(Legs{longAm, shortPm}, 6000, true).held, naked);
        MarginLeg shortAm = longAm, longPm = shortPm;
        shortAm.quantity = -5;
        longPm.quantity = 5;
        QCOMPARE(marginOf(Legs{shortAm, longPm}, 6000, true).held, 0.0);
    }

    void strategies_data()
    {
        QTest::addColumn<Legs>("legs");
        QTest::addColumn<double>("spot");
        QTest::addColumn<bool>("isIndex");
        QTest::addColumn<double>("held");
        QTest::addColumn<double>("paid");
        const auto row = [](const char* name, Legs legs, double spot, bool isIndex, double held, double paid) {
            QTest::newRow(name) << legs << spot << isIndex << held << paid;
        };
        // F8 of the domain reference
        row("naked put K90", {put(90, -1, 1.20)}, 100, false, 1120, 0);
        row("naked put K70, ten per cent of the strike", {put(70, -1, 0.10)}, 100, false, 710, 0);
        row("naked call K110", {call(110, -1, 1.00)}, 100, false, 1100, 0);
        row("strangle 90/110", {put(90, -1, 1.20), call(110, -1, 1.00)}, 100, false, 1220, 0);
        row("condor 7135/7185/7500/7660 x2",
            {put(7135, 2, 20), put(7185, -2, 25), call(7500, -2, 40), call(7660, 2, 10)}, 7400, true, 32000, 0);
        row("condor 50/53/67/70 x2", {put(50, 2, 0.3), put(53, -2, 0.8), call(67, -2, 0.7), call(70, 2, 0.3)}, 60,
            false, 600, 0);
        row("nothing", {}, market::unknown, false, 0, 0);
        row("long call is paid for", {call(100, 3, 2.50)}, 100, false, 0, 750);
        row("index put takes 15 per cent", {put(7000, -1, 30)}, 7400, true, 100 * (30 + 710), 0);
        row("debit vertical", {call(100, 1, 4), call(105, -1, 2)}, 100, false, 0, 200);
        row("credit vertical", {call(100, -1, 4), call(105, 1, 2)}, 100, false, 500, 0);
        row("wing so far out that naked is less", {put(90, -1, 1.20), put(10, 1, 0.01)}, 100, false, 1120, 0);
        row("long butterfly", {call(95, 1, 7), call(100, -2, 4), call(105, 1, 2)}, 100, false, 0, 100);
        row("short butterfly", {call(95, -1, 7), call(100, 2, 4), call(105, -1, 2)}, 100, false, 500, 0);
        row("long calendar", {call(100, -1, 3), call(100, 1, 5, later)}, 100, false, 0, 200);
        row("diagonal with the long further out", {call(100, -1, 3), call(103, 1, 4, later)}, 100, false, 300, 100);
        row("short calendar is a naked short", {call(100, 1, 3), call(100, -1, 5, later)}, 100, false, 2500, 300);
        row("long stock", {stock(200)}, 100, false, 10000, 0);
        row("short stock", {stock(-200)}, 100, false, 10000, 0);
        row("covered call out of the money", {stock(100), call(110, -1, 1)}, 100, false, 5000, 0);
        row("covered call in the money", {stock(100), call(90, -1, 11)}, 100, false, 4500 + 1000, 0);
        row("covered put in the money", {stock(-100), put(110, -1, 11)}, 100, false, 5000 + 1000, 0);
        row("short puts ride on dearer short calls rather than pair with far longs",
            {call(100, -4, 2), put(90, -3, 2), put(60, 3, 0.1)}, 100, false, 4 * 2200 + 3 * 200, 30);
        row("half covered", {stock(100), call(110, -2, 1)}, 100, false, 5000 + 1100, 0);
    }
    void strategies()
    {
        QFETCH(Legs, legs);
        QFETCH(double, spot);
        QFETCH(bool, isIndex);
        QFETCH(double, held);
        QFETCH(double, paid);
        std::ranges::sort(legs, {}, [](const MarginLeg& leg) { return leg.strike; });
        do {
            const Margin margin = marginOf(legs, spot, isIndex);
            QVERIFY2(std::abs(margin.held - held) < 1e-6, qPrintable(QString::number(margin.held, 'f', 2)));
            QVERIFY2(std::abs(margin.paid - paid) < 1e-6, qPrintable(QString::number(margin.paid, 'f', 2)));
        } while (std::ranges::next_permutation(legs, {}, [](const MarginLeg& leg) { return leg.strike; }).found);
    }

    /// B3's general rule: what limited-risk options of one expiry can lose there.
    void limitedRiskIsTheWorstPayoff()
    {
        base::Generator random(20261120);
        for (int round = 0; round < 5000; ++round) {
            Legs legs;
            const auto lots = random.integer(1, 5);
            for (const Right right : {Right::Put, Right::Call}) {
                for (auto pair = random.integer(0, 2); pair > 0; --pair) {
                    // Neighbouring strikes, so that no width exceeds the naked requirement of its short.
                    legs.push_back(option(right, static_cast<double>(random.integer(96, 104)), lots, 3));
                    legs.push_back(option(right, static_cast<double>(random.integer(96, 104)), -lots, 3));
                }
            }
            double worst = 0;
            for (int spot = 0; spot <= 200; ++spot) {
                double value = 0;
                for (const MarginLeg& leg : legs)
                    value +=
                        leg.shares() * std::max(0.0, leg.right == Right::Call ? spot - leg.strike : leg.strike - spot);
                worst = std::min(worst, value);
            }
            const double held = marginOf(legs, 100, false).held;
            QVERIFY2(std::abs(held + worst) < 1e-6,
                     qPrintable(QString("round %1: %2, worst %3").arg(round).arg(held).arg(worst)));
        }
    }

    void unknownMarkMakesItUnknown()
    {
        QVERIFY(std::isnan(marginOf(Legs{put(90, -1, market::unknown)}, 100, false).held));
        QVERIFY(std::isnan(marginOf(Legs{put(90, -1, 1)}, market::unknown, false).requirement()));
    }
};

QTEST_APPLESS_MAIN(MarginTest)
#include "margin_test.moc"
