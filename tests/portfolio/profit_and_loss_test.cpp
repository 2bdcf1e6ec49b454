#include "portfolio/profit_and_loss.h"

#include <QtTest>

#include <array>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::portfolio;

namespace
{

Position position(std::int64_t quantity, const char* open, const char* basis, const char* realized = "0")
{
    Position held;
    held.symbol = "X";
    held.quantity = quantity;
    held.averageOpenPrice = base::Decimal::parse(open).value();
    held.averageDailyMarketClosePrice = base::Decimal::parse(basis).value();
    held.realizedToday = base::Decimal::parse(realized).value();
    return held;
}

} // namespace

class ProfitAndLossTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void profits_data()
    {
        QTest::addColumn<int>("quantity");
        QTest::addColumn<double>("mark");
        QTest::addColumn<double>("open");
        QTest::addColumn<double>("day");
        QTest::newRow("long gains") << 2 << 3.0 << 200.0 << 100.0 + 7;
        QTest::newRow("short loses") << -2 << 3.0 << -200.0 << -100.0 + 7;
        QTest::newRow("closed today") << 0 << market::unknown << 0.0 << 7.0;
    }
    void profits()
    {
        QFETCH(int, quantity);
        QFETCH(double, mark);
        QFETCH(double, open);
        QFETCH(double, day);
        const Profit profit = profitOf(position(quantity, "2.00", "2.50", "7"), mark);
        QVERIFY(std::abs(profit.open - open) < 1e-9);
        QVERIFY(std::abs(profit.day - day) < 1e-9);
    }

    void unknownMarkIsNeverZero()
    {
        QVERIFY(std::isnan(profitOf(position(1, "2", "2"), market::unknown).open));
        const std::array held{position(1, "2", "2"), position(-1, "4", "4")};
        const ProfitTotal total =
            profitOf(held, [](const Position& one) { return one.quantity > 0 ? 3.0 : market::unknown; });
        QCOMPARE(total.unknownCount, std::size_t{1});
        QVERIFY(std::abs(total.open - 100) < 1e-9);
    }

    void greeksAreScaledToTheWindowsUnits()
    {
        const UnitGreeks unit{.delta = 0.5, .gamma = 0.01, .thetaPerYear = -36.5, .vegaPerUnit = 80};
        const PositionGreeks greeks = greeksOf(position(-3, "2", "2"), unit, 600);
        QVERIFY(std::abs(greeks.delta - -150) < 1e-9);
        QVERIFY(std::abs(greeks.gamma - -3) < 1e-9);
        QVERIFY(std::abs(greeks.thetaPerDay - 30) < 1e-9);
        QVERIFY(std::abs(greeks.vegaPerPoint - -240) < 1e-9);
        QVERIFY(std::abs(greeks.dollarDelta - -90000) < 1e-9);

        Position shares = position(150, "600", "600");
        shares.multiplier = 1;
        GreeksTotal total;
        total.add(greeks);
        total.add(greeksOf(shares, stockGreeks, 600));
        total.add(greeksOf(shares, stockGreeks, market::unknown));
        QVERIFY(std::abs(total.sum.dollarDelta) < 1e-6);
        QVERIFY(std::abs(total.sum.gamma - -3) < 1e-9);
        QCOMPARE(total.unknownCount, std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(ProfitAndLossTest)
#include "profit_and_loss_test.moc"
