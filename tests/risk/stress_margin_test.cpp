#include "risk/stress/stress_margin.h"

#include "risk_books.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::ExerciseStyle;
using market::Right;
using market::unknown;
using test::bookOf;
using test::optionOf;
using test::sharesOf;

namespace
{

StressMargin marginOf(const RiskBook& book, const StressOptions& options = {})
{
    Revaluation revaluation(book);
    const auto margin = stressMarginOf(revaluation, options);
    return margin ? *margin : StressMargin{{}, unknown, {}, {}};
}

double putValue(double spot, double vol = 0.3, double days = 91)
{
    return test::closedForm(Right::Put, spot, 95, days / 365, vol, 0.04, 0.01);
}

/// One naked put at 95, by the rule's own words: cash is net liquidation now and what the put is worth.
double nakedPutFree(double netLiquidation, double spot, double vol = 0.3, double days = 91)
{
    const double outOfMoney = std::max(0.0, spot - 95);
    const double held = putValue(spot, vol, days) + std::max(0.20 * spot - outOfMoney, 0.10 * 95);
    return netLiquidation + 100 * putValue(100) - 100 * held;
}

} // namespace

class StressMarginTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNakedPutInEveryCell()
    {
        RiskBook book = bookOf({optionOf(Right::Put, 95, -1)});
        book.netLiquidation = 5'000;
        const StressMargin margin = marginOf(book);
        const StressAxes axes;
        QCOMPARE(margin.free.size(), axes.cellCount());
        std::size_t cell = 0;
        for (const double days : axes.days) {
            for (const double factor : axes.volatilityFactors) {
                for (const double move : axes.spotMoves) {
                    const double expected = nakedPutFree(5'000, 100 * (1 + move), 0.3 * factor, 91 - days);
                    QVERIFY2(std::abs(margin.free[cell] - expected) < 1e-8, QByteArray::number(margin.free[cell]));
                    ++cell;
                }
            }
        }
        QVERIFY(std::abs(margin.freeNow - nakedPutFree(5'000, 100)) < 1e-8);
    }

    void theCallIsWhereFreeBuyingPowerEnds()
    {
        RiskBook book = bookOf({optionOf(Right::Put, 95, -1)});
        book.netLiquidation = 3'000;
        const StressMargin margin = marginOf(book);
        QVERIFY(margin.callDown.has_value());
        QVERIFY(nakedPutFree(3'000, 100 * (1 + *margin.callDown)) < 0);
        QVERIFY(nakedPutFree(3'000, 100 * (1 + *margin.callDown + 2e-5)) > 0);
        QVERIFY(!margin.callUp);
    }

    void theMarksCountNow()
    {
        RiskBook book = bookOf({optionOf(Right::Put, 95, -1)});
        book.netLiquidation = 5'000;
        const double before = marginOf(book).freeNow;
        book.positions[0].mark = putValue(100) + 0.5; // of what is due and in what is held alike
        QVERIFY(std::abs(marginOf(book).freeNow - before) < 1e-8);
        book.positions[0].quantity = 1; // a long one lends nothing, whatever it is marked at
        QVERIFY(std::abs(marginOf(book).freeNow - (5'000 - 100 * book.positions[0].mark)) < 1e-8);
    }

    void noOptionIsMarkedBelowNothing()
    {
        RiskBook book = bookOf({optionOf(Right::Call, 105, 1)});
        book.netLiquidation = 5'000;
        book.positions[0].mark = 0.05; // far below the model's
        StressOptions options;
        options.axes = {{-0.3, 0}, {1}, {0}};
        const auto value = [](double spot) {
            return test::closedForm(Right::Call, spot, 105, 91.0 / 365, 0.3, 0.04, 0.01);
        };
        const double profit = 100 * (value(70) - value(100));
        QVERIFY(profit < -100);
        QVERIFY(std::abs(marginOf(book, options).free[0] - (5'000 + profit)) < 1e-8);
    }

    void aTwistIsInTheCellsAndNotInTheDistance()
    {
        RiskBook book = bookOf({optionOf(Right::Put, 95, -1)});
        book.netLiquidation = 3'000;
        StressOptions options;
        options.axes = {{-0.1, 0}, {1}, {0}};
        const StressMargin plain = marginOf(book, options);
        options.skewTwist = 1;
        const StressMargin twisted = marginOf(book, options);
        QCOMPARE(twisted.freeNow, plain.freeNow);
        QVERIFY(twisted.callDown && twisted.callDown == plain.callDown);
        const double vol = 0.3 + std::log(100 / 95.0);
        QVERIFY(std::abs(twisted.free[1] - nakedPutFree(3'000, 100, vol)) < 1e-8);
    }

    void aSpreadIsNeverCalledAndAShortStockIsOnTheWayUp()
    {
        RiskBook spread = bookOf({optionOf(Right::Put, 95, -1), optionOf(Right::Put, 90, 1)});
        spread.netLiquidation = 600;
        const StressMargin margin = marginOf(spread);
        QVERIFY(!margin.callDown && !margin.callUp);
        QVERIFY(std::ranges::min(margin.free) > 0);

        RiskBook stock = bookOf({sharesOf(-100)});
        stock.netLiquidation = 8'000; // 8,000 - 100 (spot - 100) against half of 100 spot
        const StressMargin call = marginOf(stock);
        QVERIFY(!call.callDown);
        QVERIFY(call.callUp && std::abs(*call.callUp - 0.2) < 1.1e-5);
    }

    void betasMakeTheDistanceTheIndexs()
    {
        RiskBook stock = bookOf({sharesOf(-100)});
        stock.netLiquidation = 8'000;
        stock.underlyings[0].beta = 2;
        StressOptions options;
        options.spotRule = SpotRule::ByBeta;
        const StressMargin call = marginOf(stock, options);
        QVERIFY(call.callUp && std::abs(*call.callUp - 0.1) < 1.1e-5);
    }

    void whatHasExpiredHoldsNothing()
    {
        RiskBook book = bookOf({optionOf(Right::Put, 95, -1, ExerciseStyle::American, 5)});
        book.netLiquidation = 5'000;
        StressOptions options;
        options.axes = {{-0.1, 0}, {1}, {0, 5}};
        Revaluation revaluation(book);
        const StressMargin margin = marginOf(book, options);
        const double premium = 100 * revaluation.priceNow(0);
        QVERIFY(std::abs(margin.free[2] - (5'000 + premium - 500)) < 1e-8); // exercised against, 5 in the money
        QVERIFY(std::abs(margin.free[3] - (5'000 + premium)) < 1e-8);
        QVERIFY(margin.free[1] < 5'000 - 1'000);
    }

    void anAccountThatIsBelowAlreadyIsAtNoDistance()
    {
        RiskBook book = bookOf({optionOf(Right::Put, 95, -1)});
        book.netLiquidation = 1'000;
        const StressMargin margin = marginOf(book);
        QVERIFY(margin.freeNow < 0);
        QCOMPARE(margin.callDown, std::optional(0.0));
        QCOMPARE(margin.callUp, std::optional(0.0));
    }

    void whatIsNotKnownIsNamed_data()
    {
        QTest::addColumn<double>("netLiquidation");
        QTest::addColumn<double>("volatility");
        QTest::addColumn<double>("lowestMove");
        QTest::addColumn<QString>("field");
        QTest::newRow("net liquidation") << unknown << 0.3 << -0.1 << "net liquidation";
        QTest::newRow("volatility") << 5'000.0 << unknown << -0.1 << "the volatility of ABC";
        QTest::newRow("axis") << 5'000.0 << 0.3 << -1.0 << "spot move";
    }
    void whatIsNotKnownIsNamed()
    {
        QFETCH(double, netLiquidation);
        QFETCH(double, volatility);
        QFETCH(double, lowestMove);
        QFETCH(QString, field);
        RiskBook book = bookOf({optionOf(Right::Put, 95, -1)});
        book.netLiquidation = netLiquidation;
        book.positions[0].volatility = volatility;
        Revaluation revaluation(book);
        StressOptions options;
        options.axes.spotMoves = {lowestMove, 0};
        const auto margin = stressMarginOf(revaluation, options);
        QVERIFY(!margin);
        QVERIFY2(QString::fromStdString(margin.error().field).startsWith(field), margin.error().message().c_str());
    }
};

QTEST_APPLESS_MAIN(StressMarginTest)
#include "stress_margin_test.moc"
