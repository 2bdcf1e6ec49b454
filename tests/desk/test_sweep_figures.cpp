#include "desk/sweep_axes.h"
#include "desk/sweep_figures.h"
#include "desk/sweep_reports.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace vegadesk;
using test::axis;
using test::sweepOf;

namespace
{

const std::vector<desk::SweepMetric> metrics{{"sharpe", "ratio"}, {"max_drawdown", "fraction"}};

/// A hill whose top is at (2, 1), or a flat with one spike there.
std::shared_ptr<desk::SweepReport> land(bool isHill)
{
    return sweepOf({axis("short_delta", 5), axis("profit_target", 4)}, metrics, [isHill](const auto& places) {
        const double away = std::abs(static_cast<double>(places[0]) - 2) + std::abs(static_cast<double>(places[1]) - 1);
        const double sharpe = isHill ? 2 - 0.2 * away : away == 0 ? 2.0 : 0.1;
        return std::vector{sharpe, 0.05 + 0.01 * away};
    });
}

} // namespace

class SweepFiguresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBestIsByTheFiguresOwnSense();
    void nothingLostIsBest();
    void theMapTakesTheBestOfWhatIsNotDrawn();
    void whatIsFixedIsFixed();
    void aSparseGridHasEmptyCells();
    void aPlateauIsNotAlone_data();
    void aPlateauIsNotAlone();
    void ofFewRunsNothingIsSaid();
    void wordsHaveNoOrder();
    void rangesAreChecked_data();
    void rangesAreChecked();
    void aRangeHasBothEnds();
};

void SweepFiguresTest::theBestIsByTheFiguresOwnSense()
{
    auto report = land(true);
    const std::size_t top = *desk::bestRun(*report, 0);
    QCOMPARE(report->runs[top].places, (std::vector<std::size_t>{2, 1}));
    QCOMPARE(*desk::bestRun(*report, 1), top); // the least drawdown
    report->runs[top].figures.clear();
    QVERIFY(*desk::bestRun(*report, 0) != top);
    for (desk::SweepRun& run : report->runs)
        run.figures = {desk::unknown, desk::unknown};
    QVERIFY(!desk::bestRun(*report, 0));
    QVERIFY(!desk::bestRun(*report, 7));
}

void SweepFiguresTest::nothingLostIsBest()
{
    // The third never lost, the fourth never traded.
    const auto report =
        sweepOf({axis("a", 2), axis("b", 2)}, {{"profit_factor", "ratio"}, {"trades", "count"}, {"net_profit", "usd"}},
                [](const auto& places) {
                    const bool isKnown = places[0] == 0, trades = isKnown || places[1] == 0;
                    return std::vector{isKnown ? 5.0 : desk::unknown, trades ? 4.0 : 0.0, trades ? 10.0 : 0.0};
                });
    QCOMPARE(*desk::bestRun(*report, 0), std::size_t{2});
    QVERIFY(std::isnan(desk::figureOf(report->runs[2], 0))); // ranked so, not shown so
    const desk::SweepMap map = desk::mapOf(*report, {.metric = 0, .across = 1, .up = {}, .fixed = {}});
    QCOMPARE(*map.run(0, 0), std::size_t{2});
    QCOMPARE(*map.run(1, 0), std::size_t{1});
}

void SweepFiguresTest::theMapTakesTheBestOfWhatIsNotDrawn()
{
    const auto report = sweepOf({axis("a", 3), axis("b", 2), axis("c", 4)}, metrics, [](const auto& places) {
        const double figure = 100.0 * static_cast<double>(places[0]) + 10.0 * static_cast<double>(places[1]) -
                              static_cast<double>(places[2]);
        return std::vector{figure, figure};
    });
    const desk::SweepMap more = desk::mapOf(*report, {.metric = 0, .across = 0, .up = 1, .fixed = {}});
    const desk::SweepMap less = desk::mapOf(*report, {.metric = 1, .across = 0, .up = 1, .fixed = {}});
    QCOMPARE(more.across, std::size_t{3});
    QCOMPARE(more.up, std::size_t{2});
    for (std::size_t x = 0; x < 3; ++x)
        for (std::size_t y = 0; y < 2; ++y) {
            QCOMPARE(report->runs[*more.run(x, y)].places, (std::vector<std::size_t>{x, y, 0}));
            QCOMPARE(report->runs[*less.run(x, y)].places, (std::vector<std::size_t>{x, y, 3})); // a drawdown
        }
    const desk::SweepMap row = desk::mapOf(*report, {.metric = 0, .across = 2, .up = {}, .fixed = {}});
    QCOMPARE(row.up, std::size_t{1});
    QCOMPARE(report->runs[*row.run(1, 0)].places, (std::vector<std::size_t>{2, 1, 1}));
}

void SweepFiguresTest::whatIsFixedIsFixed()
{
    const auto report = sweepOf({axis("a", 3), axis("b", 2), axis("c", 4)}, metrics,
                                [](const auto& places) { return std::vector{static_cast<double>(places[2]), 0.0}; });
    const desk::SweepMap map =
        desk::mapOf(*report, {.metric = 0, .across = 1, .up = 0, .fixed = {std::nullopt, std::nullopt, 2}});
    for (std::size_t x = 0; x < 2; ++x)
        for (std::size_t y = 0; y < 3; ++y)
            QCOMPARE(report->runs[*map.run(x, y)].places, (std::vector<std::size_t>{y, x, 2}));
}

void SweepFiguresTest::aSparseGridHasEmptyCells()
{
    auto report = land(true);
    std::erase_if(report->runs, [](const desk::SweepRun& run) { return run.places[0] == run.places[1]; });
    report->runs.front().figures[0] = desk::unknown;
    const auto gone = report->runs.front().places;
    const desk::SweepMap map = desk::mapOf(*report, {.metric = 0, .across = 0, .up = 1, .fixed = {}});
    for (std::size_t x = 0; x < 5; ++x)
        for (std::size_t y = 0; y < 4; ++y)
            QCOMPARE(map.run(x, y).has_value(), x != y && gone != std::vector<std::size_t>({x, y}));
}

void SweepFiguresTest::aPlateauIsNotAlone_data()
{
    QTest::addColumn<bool>("isHill");
    QTest::newRow("hill") << true;
    QTest::newRow("spike") << false;
}

void SweepFiguresTest::aPlateauIsNotAlone()
{
    QFETCH(bool, isHill);
    const auto report = land(isHill);
    const auto around = desk::neighbourhoodOf(*report, 0, *desk::bestRun(*report, 0));
    QVERIFY(around);
    QCOMPARE(around->count, std::size_t{4});
    QCOMPARE(around->median, isHill ? 1.8 : 0.1);
    // Of the hill's twenty: one at 2, four at 1.8, six at 1.6, five at 1.4, three at 1.2, one at 1.
    QVERIFY(std::abs(around->medianOfAll - (isHill ? 1.6 : 0.1)) < 1e-12);
    QCOMPARE(around->isAlone, !isHill);
}

void SweepFiguresTest::ofFewRunsNothingIsSaid()
{
    const auto report = sweepOf({axis("a", 8)}, metrics,
                                [](const auto& places) { return std::vector{places[0] == 3 ? 2.0 : 0.0, 0.0}; });
    QVERIFY(!desk::neighbourhoodOf(*report, 0, 3));
    const auto nine = sweepOf({axis("a", 9)}, metrics,
                              [](const auto& places) { return std::vector{places[0] == 3 ? 2.0 : 0.0, 0.0}; });
    QVERIFY(desk::neighbourhoodOf(*nine, 0, 3)->isAlone);
}

void SweepFiguresTest::wordsHaveNoOrder()
{
    desk::SweepAxis words{"wings", {"delta", "width", "none"}};
    QVERIFY(!desk::isOrdered(words));
    QVERIFY(desk::isOrdered(axis("a", 3)));
    const auto report = sweepOf({axis("a", 3), words}, metrics,
                                [](const auto& places) { return std::vector{static_cast<double>(places[0]), 0.0}; });
    // From the corner: one step of the number, and every other word.
    QCOMPARE(desk::neighbourhoodOf(*report, 0, *desk::bestRun(*report, 0))->count, std::size_t{3});
}

void SweepFiguresTest::rangesAreChecked_data()
{
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("last");
    QTest::addColumn<double>("step");
    QTest::addColumn<QString>("wrong");
    QTest::newRow("below") << 0.01 << 0.3 << 0.1
                           << QStringLiteral("short_delta \"0.01\" is not allowed: 0.05 to 0.5 delta");
    QTest::newRow("above") << 0.1 << 0.7 << 0.1
                           << QStringLiteral("short_delta \"0.7\" is not allowed: 0.05 to 0.5 delta");
    QTest::newRow("no step") << 0.1 << 0.3 << 0.0
                             << QStringLiteral("short_delta, step \"0\" is not allowed: a positive number");
    QTest::newRow("backwards") << 0.3 << 0.1 << 0.1
                               << QStringLiteral("short_delta, to \"0.1\" is not allowed: not below 0.3");
    QTest::newRow("too fine") << 0.1 << 0.3 << 1e-9
                              << QStringLiteral("short_delta, step \"1e-09\" is not allowed: at most 10000 values");
}

void SweepFiguresTest::rangesAreChecked()
{
    QFETCH(double, first);
    QFETCH(double, last);
    QFETCH(double, step);
    QFETCH(QString, wrong);
    const base::ParameterSpec spec{
        .name = "short_delta", .unit = "delta", .minimum = 0.05, .maximum = 0.5, .fallback = 0.2};
    const auto values = desk::axisRange(spec, first, last, step);
    QVERIFY(!values);
    QCOMPARE(QString::fromStdString(values.error().message()), wrong);
}

void SweepFiguresTest::aRangeHasBothEnds()
{
    const base::ParameterSpec days{
        .name = "days", .kind = base::ParameterKind::Integer, .minimum = 1, .maximum = 90, .fallback = 45};
    QCOMPARE(desk::axisRange(days, 30, 60, 15).value(), (std::vector<std::string>{"30", "45", "60"}));
    QVERIFY(!desk::axisRange(days, 30, 60, 7.5)); // half a day is none
    const base::ParameterSpec wings{
        .name = "wings", .kind = base::ParameterKind::Choice, .choices = {"delta", "width"}};
    QCOMPARE(desk::axisValues(wings, std::vector<std::string>{"width"}).value(), (std::vector<std::string>{"width"}));
    QCOMPARE(desk::axisValues(wings, std::vector<std::string>{"wide"}).error().message(),
             std::string("wings \"wide\" is not allowed: one of delta, width"));
    QVERIFY(!desk::axisValues(wings, {}));
    QVERIFY(!desk::axisValues(days, std::vector<std::string>{"30", "30.0"}));
}

QTEST_GUILESS_MAIN(SweepFiguresTest)
#include "test_sweep_figures.moc"
