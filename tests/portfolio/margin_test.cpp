#include "portfolio/margin.h"

#include "base/random.h"

#include <QtTest>

#include <algorithm>
#include <array>
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
        row("covered call worth nearly the stock", {stock(100), call(10, -1, 97)}, 100, false, 9700, 0);
        row("protective put", {stock(100), put(100, 1, 3)}, 100, false, 1000, 300);
        row("protective put out of the money, later", {stock(100), put(90, 1, 2, later)}, 100, false, 900 + 1000, 200);
        row("a put far out protects nothing", {stock(100), put(10, 1, 0.01)}, 100, false, 5000, 1);
        row("protective call", {stock(-100), call(100, 1, 3)}, 100, false, 1000, 300);
        row("protective call out of the money", {stock(-100), call(110, 1, 1)}, 100, false, 1100 + 1000, 100);
        row("half protected", {stock(200), put(100, 1, 3)}, 100, false, 1000 + 5000, 300);
        row("collar", {stock(100), put(90, 1, 1), call(110, -1, 1)}, 100, false, 900 + 1000, 100);
        row("collar, a quarter of the call's strike", {stock(100), put(80, 1, 1), call(105, -1, 1)}, 100, false, 2625,
            100);
        row("collar with the call in the money", {stock(100), put(85, 1, 1), call(95, -1, 6)}, 100, false,
            850 + 1500 + 500, 100);
        row("collar of two expiries is a covered call or a protected stock",
            {stock(100), put(90, 1, 1, later), call(110, -1, 1)}, 100, false, 900 + 1000 + 1100, 100);
        row("two lots, one collared, one covered", {stock(200), put(90, 1, 1), call(110, -2, 1)}, 100, false,
            1900 + 5000, 100);
        row("conversion", {stock(100), put(100, 1, 3), call(100, -1, 3)}, 100, false, 1000, 300);
        row("conversion in the money", {stock(100), put(95, 1, 1), call(95, -1, 6)}, 100, false, 950 + 500, 100);
        row("reversal", {stock(-100), call(100, 1, 3), put(100, -1, 3)}, 100, false, 1000, 300);
        row("reversal in the money", {stock(-100), call(105, 1, 1), put(105, -1, 6)}, 100, false, 1050 + 500, 100);
        row("a covered call's stock protects no second call", {stock(100), call(110, -1, 1), call(105, -1, 2)}, 100,
            false, 5000 + 1100, 0);
        row("long straddle", {put(100, 1, 3), call(100, 1, 3)}, 100, false, 0, 600);
        row("short straddle", {put(100, -1, 3), call(100, -1, 4)}, 100, false, 2400 + 300, 0);
        row("index strangle", {put(7000, -1, 30), call(7800, -1, 20)}, 7400, true, 100 * (20 + 740 + 30), 0);
        row("iron butterfly", {put(95, 1, 1), put(100, -1, 3), call(100, -1, 3), call(110, 1, 1)}, 100, false, 1000, 0);
        row("long box", {call(100, 1, 4), call(105, -1, 2), put(100, -1, 2), put(105, 1, 4.9)}, 100, false, 0, 490);
        row("short box", {call(100, -1, 4), call(105, 1, 2), put(100, 1, 2), put(105, -1, 4.5)}, 100, false, 500, 0);
        row("short box that costs its width to close",
            {call(100, -1, 4), call(105, 1, 2), put(100, 1, 2), put(105, -1, 4.95)}, 100, false, 1.02 * 495, 0);
        row("short box beside a vertical",
            {call(100, -2, 4), call(105, 2, 2), put(100, 2, 2), put(105, -2, 4.95), call(110, -1, 1), call(113, 1, 1)},
            100, false, 2 * 1.02 * 495 + 300, 0);
        row("calendar rather than vertical", {call(100, -1, 3), call(110, 1, 1), call(100, 1, 5, later)}, 100, false, 0,
            300);
        row("double calendar", {call(105, -1, 2), put(95, -1, 2), call(105, 1, 3, later), put(95, 1, 3, later)}, 100,
            false, 0, 200);
        row("shares for less than a contract cover none", {stock(95), call(110, -1, 1)}, 100, false, 4750 + 1100, 0);
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

    void namedRules_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"vertical", "butterfly", "condor", "iron butterfly", "iron condor"})
            QTest::newRow(kind) << QString(kind);
    }
    /// The general rule gives what the rule of each spread of limited risk gives, bought and sold.
    void namedRules()
    {
        QFETCH(QString, kind);
        base::Generator random(20261126);
        for (int round = 0; round < 400; ++round) {
            const auto lots = random.integer(1, 9);
            const std::int64_t sign = random.integer(0, 1) == 0 ? 1 : -1;
            const Right right = random.integer(0, 1) == 0 ? Right::Call : Right::Put;
            // Near strikes, so that no width exceeds the naked requirement of its short.
            const auto low = static_cast<double>(random.integer(93, 98));
            const std::array<double, 3> gaps{static_cast<double>(random.integer(1, 3)),
                                             static_cast<double>(random.integer(1, 3)),
                                             static_cast<double>(random.integer(1, 3))};
            const auto at = [&](Right of, double strike, std::int64_t each) {
                return option(of, strike, sign * each * lots, 3);
            };
            Legs legs;
            double loss = 0; // of one bought, where the first leg is long; of one sold below
            double lossSold = 0;
            if (kind == "vertical") {
                legs = {at(right, low, 1), at(right, low + gaps[0], -1)};
                loss = right == Right::Put ? gaps[0] : 0;
                lossSold = right == Right::Put ? 0 : gaps[0];
            } else if (kind == "butterfly") {
                const double middle = low + gaps[0];
                legs = {at(right, low, 1), at(right, middle, -2), at(right, middle + gaps[0], 1)};
                lossSold = gaps[0];
            } else if (kind == "condor") {
                legs = {at(right, low, 1), at(right, low + gaps[0], -1), at(right, low + gaps[0] + gaps[1], -1),
                        at(right, low + 2 * gaps[0] + gaps[1], 1)};
                lossSold = gaps[0];
            } else {
                const double body = kind == "iron condor" ? gaps[1] : 0;
                const double puts = low + gaps[0];
                legs = {at(Right::Put, low, 1), at(Right::Put, puts, -1), at(Right::Call, puts + body, -1),
                        at(Right::Call, puts + body + gaps[2], 1)};
                loss = std::max(gaps[0], gaps[2]); // the wider wing
            }
            const double named = 100 * static_cast<double>(lots) * (sign > 0 ? loss : lossSold);
            const double held = marginOf(legs, 100, false).held;
            const double general = worstLossAtExpiry(legs);
            QVERIFY2(std::abs(general - named) < 1e-6 && std::abs(held - named) < 1e-6,
                     qPrintable(QString("round %1: %2, %3, named %4").arg(round).arg(general).arg(held).arg(named)));
        }
    }

    void theGeneralRuleAndItsLimits()
    {
        QCOMPARE(worstLossAtExpiry({}), 0.0);
        QCOMPARE(worstLossAtExpiry(Legs{put(90, -2, market::unknown)}), 18000.0);
        QVERIFY(std::isinf(worstLossAtExpiry(Legs{call(100, -2, 1), call(90, 1, 1)})));
        QCOMPARE(worstLossAtExpiry(Legs{call(100, 2, 1), call(90, -1, 1)}), 1000.0);
        QVERIFY(std::isnan(worstLossAtExpiry(Legs{call(100, 1, 1), call(100, 1, 1, later)})));
        QVERIFY(std::isnan(worstLossAtExpiry(Legs{call(100, 1, 1), stock(100)})));
        QVERIFY(std::isnan(worstLossAtExpiry(Legs{call(market::unknown, 1, 1)})));
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
            QVERIFY(std::abs(worstLossAtExpiry(legs) + worst) < 1e-6);
            QVERIFY2(std::abs(held + worst) < 1e-6,
                     qPrintable(QString("round %1: %2, worst %3").arg(round).arg(held).arg(worst)));
        }
    }

    void protectedStockCanBeHeldToAskForItself()
    {
        const auto held = [](const Legs& legs) {
            return marginOf(legs, 100, false, ProtectedStock::AsksForItself).held;
        };
        QCOMPARE(held({stock(100), put(100, 1, 3)}), 5000.0);
        QCOMPARE(held({stock(-100), call(100, 1, 3)}), 5000.0);
        QCOMPARE(held({stock(100), put(90, 1, 1), call(110, -1, 1)}), 5000.0);
        QCOMPARE(held({stock(-100), call(100, 1, 3), put(100, -1, 3)}), 5000.0);
        QCOMPARE(held({put(90, 1, 1), put(100, -1, 3)}), 1000.0);
    }

    void unknownMarkMakesItUnknown()
    {
        QVERIFY(std::isnan(marginOf(Legs{put(90, -1, market::unknown)}, 100, false).held));
        QVERIFY(std::isnan(marginOf(Legs{put(90, -1, 1)}, market::unknown, false).requirement()));
    }
};

QTEST_APPLESS_MAIN(MarginTest)
#include "margin_test.moc"
