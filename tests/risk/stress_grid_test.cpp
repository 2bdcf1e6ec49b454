#include "risk/stress/stress_grid.h"

#include "risk_books.h"

#include <QtTest>

#include <algorithm>
#include <numeric>

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

constexpr std::size_t still = 6, stillVolatility = 2; // of the default axes

StressGrid gridOf(const RiskBook& book, const StressOptions& options = {})
{
    const auto grid = stressGridOf(book, options);
    return grid ? *grid : StressGrid();
}

/// Sold between 95 and 105, bought at 90 and 110: 5 dollars a share at most.
std::vector<RiskPosition> condor()
{
    return {optionOf(Right::Put, 90, 1), optionOf(Right::Put, 95, -1), optionOf(Right::Call, 105, -1),
            optionOf(Right::Call, 110, 1)};
}

/// Of European positions by the textbook.
double closedProfit(const std::vector<RiskPosition>& positions, double spotMove, double factor, double days)
{
    double profit = 0;
    for (const RiskPosition& each : positions) {
        const double strike = each.option->strike.toDouble();
        const auto value = [&](double spot, double years, double vol) {
            return test::closedForm(each.option->right, spot, strike, years, vol, 0.04, 0.01);
        };
        profit += each.shares() * (value(100 * (1 + spotMove), each.years - days / 365, factor * each.volatility) -
                                   value(100, each.years, each.volatility));
    }
    return profit;
}

bool isNear(double one, double other, double tolerance = 1e-9)
{
    return std::abs(one - other) <= tolerance;
}

} // namespace

class StressGridTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDefaultIsTheReferencesAndStandsStillAtNothing()
    {
        std::vector<RiskPosition> positions = condor();
        positions.push_back(optionOf(Right::Put, 98, -3, ExerciseStyle::American));
        positions.push_back(sharesOf(70));
        const StressGrid grid = gridOf(bookOf(positions));
        QCOMPARE(grid.profits.size(), std::size_t{13 * 6 * 4});
        QCOMPARE(grid.axes.spotMoves[still], 0.0);
        QCOMPARE(grid.axes.volatilityFactors[stillVolatility], 1.0);
        QVERIFY(grid.profits[grid.cellAt(still, stillVolatility, 0)] == 0);
        QVERIFY(std::ranges::count(grid.profits, 0.0) == 1);
    }

    void aCondorsCellsAndItsWorst()
    {
        const std::vector<RiskPosition> positions = condor();
        const StressGrid grid = gridOf(bookOf(positions));
        const StressAxes& axes = grid.axes;
        double worst = 0;
        for (std::size_t date = 0; date < axes.days.size(); ++date) {
            for (std::size_t vol = 0; vol < axes.volatilityFactors.size(); ++vol) {
                for (std::size_t spot = 0; spot < axes.spotMoves.size(); ++spot) {
                    const double expected =
                        closedProfit(positions, axes.spotMoves[spot], axes.volatilityFactors[vol], axes.days[date]);
                    QVERIFY(isNear(grid.profits[grid.cellAt(spot, vol, date)], expected));
                    worst = std::min(worst, expected);
                }
            }
        }
        QVERIFY(isNear(grid.worst.profit, worst));
        // Far below the wing, at volatilities that give the bought put no hope; nearer to expiry the loss is nearly whole.
        QCOMPARE(axes.spotMoves[grid.worst.spot], -0.30);
        QCOMPARE(axes.volatilityFactors[grid.worst.volatility], 0.5);
        QCOMPARE(axes.days[grid.worst.date], 21.0);
        double credit = 0;
        for (const RiskPosition& each : positions)
            credit -= each.shares() * test::closedForm(each.option->right, 100, each.option->strike.toDouble(),
                                                       each.years, each.volatility, 0.04, 0.01);
        QVERIFY(worst < -0.97 * (500 - credit) && worst > -(500 - credit));
        QCOMPARE(grid.worstPosition, std::optional<std::size_t>(1)); // the sold put
        QCOMPARE(grid.parts.size(), std::size_t{4});
        QVERIFY(isNear(std::accumulate(grid.parts.begin(), grid.parts.end(), 0.0), grid.worst.profit));
        QCOMPARE(std::ranges::min(grid.parts), grid.parts[1]);
    }

    void theWorstSliceIsTheLowestAverage_data()
    {
        QTest::addColumn<double>("shares");
        QTest::addColumn<int>("straddles");
        QTest::addColumn<int>("axis");
        QTest::addColumn<double>("at");
        QTest::newRow("long shares: the deepest fall") << 100.0 << 0 << int(GridAxis::Spot) << -0.30;
        QTest::newRow("short shares: the highest rise") << -100.0 << 0 << int(GridAxis::Spot) << 0.25;
        QTest::newRow("long straddle: the lowest volatility") << 0.0 << 1 << int(GridAxis::Volatility) << 0.50;
    }
    void theWorstSliceIsTheLowestAverage()
    {
        QFETCH(double, shares);
        QFETCH(int, straddles);
        QFETCH(int, axis);
        QFETCH(double, at);
        const StressGrid grid =
            gridOf(bookOf({sharesOf(shares), optionOf(Right::Put, 100, straddles, ExerciseStyle::European, 700),
                           optionOf(Right::Call, 100, straddles, ExerciseStyle::European, 700)}));
        QCOMPARE(int(grid.worstSlice.axis), axis);
        const bool isSpot = grid.worstSlice.axis == GridAxis::Spot;
        const std::size_t tick = grid.worstSlice.tick;
        QCOMPARE(isSpot ? grid.axes.spotMoves[tick] : grid.axes.volatilityFactors[tick], at);
        if (isSpot)
            QVERIFY(isNear(grid.worstSlice.average, 100 * shares * at, 1e-8));
    }

    void gridsAddUpOverPositions()
    {
        std::vector<RiskPosition> one = condor();
        std::vector<RiskPosition> other{optionOf(Right::Put, 98, -3, ExerciseStyle::American),
                                        optionOf(Right::Call, 98, 2, ExerciseStyle::American, 4), sharesOf(70)};
        const StressGrid first = gridOf(bookOf(one)), second = gridOf(bookOf(other));
        one.insert(one.end(), other.begin(), other.end());
        const StressGrid both = gridOf(bookOf(one));
        for (std::size_t cell = 0; cell < both.profits.size(); ++cell)
            QVERIFY(isNear(both.profits[cell], first.profits[cell] + second.profits[cell], 1e-8));
        QVERIFY(std::ranges::any_of(second.profits, [](double profit) { return profit < -1000; }));
    }

    void aLongStraddleGainsWithVolatility_data()
    {
        QTest::addColumn<bool>("isAmerican");
        QTest::newRow("European") << false;
        QTest::newRow("American") << true;
    }
    void aLongStraddleGainsWithVolatility()
    {
        QFETCH(bool, isAmerican);
        const ExerciseStyle style = isAmerican ? ExerciseStyle::American : ExerciseStyle::European;
        const StressGrid grid =
            gridOf(bookOf({optionOf(Right::Put, 100, 1, style), optionOf(Right::Call, 100, 1, style)}));
        for (std::size_t date = 0; date < 4; ++date) {
            for (std::size_t spot = 0; spot < 13; ++spot) {
                for (std::size_t vol = 1; vol < 6; ++vol)
                    QVERIFY(grid.profits[grid.cellAt(spot, vol, date)] >
                            grid.profits[grid.cellAt(spot, vol - 1, date)]);
            }
        }
    }

    void daysThatWereAreReplayed()
    {
        const std::vector<RiskPosition> positions = condor();
        const StressGrid grid = gridOf(bookOf(positions));
        QCOMPARE(grid.historical.size(), std::size_t{6});
        QVERIFY(isNear(grid.historical[0], closedProfit(positions, -0.2047, 150.19 / 36.37, 0)));
        QVERIFY(isNear(grid.historical[5], closedProfit(positions, -0.03, 38.57 / 23.39, 0)));
        const std::span<const HistoricalMove> moves = historicalMoves();
        QVERIFY(moves[0].date == base::Date{std::chrono::year{1987} / 10 / 19});
        QVERIFY(std::ranges::is_sorted(moves, {}, &HistoricalMove::date));
    }

    void namesMoveByTheirBetas()
    {
        RiskBook book = bookOf({sharesOf(100), sharesOf(100, 1), sharesOf(100, 2)});
        book.underlyings.resize(3, book.underlyings[0]);
        book.underlyings[0].beta = 1.5;
        book.underlyings[1].beta = unknown;
        book.underlyings[2].beta = 4;
        StressOptions options;
        const std::size_t fall = 0; // -30 %
        QVERIFY(isNear(gridOf(book, options).profits[fall], -3 * 0.3 * 10'000));
        QVERIFY(gridOf(book, options).withoutBeta.empty());
        options.spotRule = SpotRule::ByBeta;
        const StressGrid grid = gridOf(book, options);
        QVERIFY(isNear(grid.profits[fall], -(0.45 + 0.3 + 0.99) * 10'000)); // nothing falls below nothing
        QCOMPARE(grid.withoutBeta, std::vector<std::size_t>{1});
        QVERIFY(grid.profits[grid.cellAt(still, stillVolatility, 0)] == 0);
        QVERIFY(isNear(grid.historical[5], -0.03 * (1.5 + 1 + 4) * 10'000));
    }

    void aTwistShowsWhereNothingElseMoves()
    {
        StressOptions options;
        options.skewTwist = 0.1;
        const StressGrid grid = gridOf(bookOf({optionOf(Right::Put, 90, 1)}), options);
        const double vol = 0.3 + 0.1 * std::log(100.0 / 90);
        const double expected = 100 * (test::closedForm(Right::Put, 100, 90, 91.0 / 365, vol, 0.04, 0.01) -
                                       test::closedForm(Right::Put, 100, 90, 91.0 / 365, 0.3, 0.04, 0.01));
        QVERIFY(isNear(grid.profits[grid.cellAt(still, stillVolatility, 0)], expected));
    }

    void leavingCrossesTheSpread()
    {
        RiskPosition shortPut = optionOf(Right::Put, 95, -2);
        shortPut.bid = 4.00;
        shortPut.ask = 4.20;
        RiskPosition longCall = optionOf(Right::Call, 140, 1, ExerciseStyle::European, 5); // worth next to nothing
        longCall.bid = 0;
        longCall.ask = 0.10;
        RiskPosition shortCall = optionOf(Right::Call, 60, -1, ExerciseStyle::European, 5);
        shortCall.bid = 39.95;
        shortCall.ask = 40.05;
        RiskPosition shares = sharesOf(100);
        shares.bid = 99.98;
        shares.ask = 100.02;
        const StressGrid grid = gridOf(bookOf({shortPut, longCall, shortCall, shares}));
        const auto cost = [&](std::size_t spot, std::size_t vol, std::size_t date) {
            const std::size_t cell = grid.cellAt(spot, vol, date);
            return grid.profits[cell] - grid.liquidation[cell];
        };
        const double dead = 100 * test::closedForm(Right::Call, 100, 140, 5.0 / 365, 0.3, 0.04, 0.01);
        QVERIFY(dead < 0.01);
        QVERIFY(isNear(cost(still, stillVolatility, 0), 200 * 0.10 + dead + 100 * 0.05 + 100 * 0.02));
        QVERIFY(isNear(cost(still, 0, 0), 200 * 0.10 + 100 * 0.05 + 100 * 0.02, 1e-2)); // never narrower
        // Doubled, and the calls have expired.
        QVERIFY(isNear(cost(0, 5, 3), 2 * 200 * 0.10 + 2 * 100 * 0.02 * 0.7));
        // +25 % at twice the volatility gives the call more than half of its spread to lose.
        const double call = 100 * test::closedForm(Right::Call, 125, 140, 5.0 / 365, 0.6, 0.04, 0.01);
        QVERIFY(call > 10);
        QVERIFY(isNear(cost(12, 5, 0), 2 * 200 * 0.10 + 2 * 200 * 0.05 + 2 * 100 * 0.02 * 1.25));
        QVERIFY(grid.withoutSpread.empty());
    }

    void whatIsNotKnownIsLeftOutAndListed()
    {
        std::vector<RiskPosition> positions = condor();
        RiskPosition unknowable = optionOf(Right::Put, 80, 1);
        unknowable.volatility = unknown;
        positions.insert(positions.begin(), unknowable);
        const StressGrid grid = gridOf(bookOf(positions)), without = gridOf(bookOf(condor()));
        QVERIFY(grid.profits == without.profits);
        QVERIFY(grid.historical == without.historical);
        QVERIFY(grid.liquidation == without.profits); // no bids, no asks
        QCOMPARE(grid.withoutSpread, (std::vector<std::size_t>{1, 2, 3, 4}));
        QCOMPARE(grid.unknown.size(), std::size_t{1});
        QVERIFY(std::isnan(grid.parts[0]) && std::isfinite(grid.parts[1]));
        QCOMPARE(grid.worstPosition, std::optional<std::size_t>(2));
    }

    void axesThatAreNoneAreNamed_data()
    {
        QTest::addColumn<QList<double>>("spots");
        QTest::addColumn<QList<double>>("factors");
        QTest::addColumn<QList<double>>("days");
        QTest::addColumn<QString>("field");
        const QList<double> spots{-0.1, 0}, factors{1, 2}, days{0, 1};
        QTest::newRow("sound") << spots << factors << days << "";
        QTest::newRow("no spots") << QList<double>{} << factors << days << "spot moves";
        QTest::newRow("falling") << QList<double>{0, -0.1} << factors << days << "spot moves";
        QTest::newRow("no standing still") << QList<double>{-0.1, 0.1} << factors << days << "spot moves";
        QTest::newRow("not a number") << spots << QList<double>{1, unknown} << days << "volatility factors";
        QTest::newRow("volatility must move") << spots << QList<double>{0.5, 2} << days << "volatility factors";
        QTest::newRow("no today") << spots << factors << QList<double>{1, 5} << "days";
        QTest::newRow("spot gone") << QList<double>{-1, 0} << factors << days << "spot move";
        QTest::newRow("negative volatility") << spots << QList<double>{-1, 1} << days << "volatility factor";
        QTest::newRow("yesterday") << spots << factors << QList<double>{-1, 0} << "days";
    }
    void axesThatAreNoneAreNamed()
    {
        QFETCH(QList<double>, spots);
        QFETCH(QList<double>, factors);
        QFETCH(QList<double>, days);
        QFETCH(QString, field);
        const auto ticks = [](const QList<double>& list) { return std::vector<double>(list.begin(), list.end()); };
        StressOptions options;
        options.axes = {ticks(spots), ticks(factors), ticks(days)};
        const auto grid = stressGridOf(bookOf(condor()), options);
        QCOMPARE(grid ? QString() : QString::fromStdString(grid.error().field), field);
    }

    void anEmptyBookLosesNothing()
    {
        const StressGrid grid = gridOf(RiskBook());
        QCOMPARE(grid.profits, std::vector<double>(312));
        QVERIFY(!grid.worstPosition);
    }
};

QTEST_APPLESS_MAIN(StressGridTest)
#include "stress_grid_test.moc"
