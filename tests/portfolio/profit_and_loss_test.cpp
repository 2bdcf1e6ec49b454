#include "portfolio/profit_and_loss.h"

#include <QtTest>

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

    void unknownMarkIsNeverZero() { QVERIFY(std::isnan(profitOf(position(1, "2", "2"), market::unknown).open)); }
};

QTEST_APPLESS_MAIN(ProfitAndLossTest)
#include "profit_and_loss_test.moc"
