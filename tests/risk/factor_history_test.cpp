#include "market/calendar.h"
#include "risk/value_at_risk/factor_history.h"

#include <QtTest>

#include <cmath>
#include <sstream>

using namespace vegadesk;
using namespace vegadesk::risk;

namespace
{

const base::Date monday = base::makeDate(2026, 11, 9);

/// Instants of New York.
base::Instant at(base::Date date, int hour, int minute = 0)
{
    return market::fromNewYork(date, std::chrono::hours(hour) + std::chrono::minutes(minute));
}

/// One close a trading day from `first` on; volatility likewise where given.
UnderlyingCloses closes(std::string underlying, const std::vector<double>& prices,
                        const std::vector<double>& volatilities = {}, base::Date first = monday)
{
    UnderlyingCloses out{std::move(underlying), {}};
    for (std::size_t i = 0; i < prices.size(); ++i) {
        out.days.push_back({first, prices[i], i < volatilities.size() ? volatilities[i] : market::unknown});
        first = market::nextTradingDay(first);
    }
    return out;
}

/// Sixty days that go up and down, the volatility by `slope` against them.
UnderlyingCloses wave(std::string underlying, double slope, double size, std::size_t measured)
{
    std::vector<double> prices, volatilities;
    for (int day = 0; day < 60; ++day) {
        const double move = size * std::sin(1.7 * day);
        prices.push_back(100 * std::exp(move));
        volatilities.push_back(0.2 * std::exp(slope * move));
    }
    volatilities.resize(measured);
    return closes(std::move(underlying), prices, volatilities);
}

bool isNear(double found, double expected)
{
    if (std::abs(found - expected) <= 1e-12)
        return true;
    qInfo("found %.12g, expected %.12g", found, expected);
    return false;
}

} // namespace

class FactorHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dayIsTheSameWhereverItStarts();
    void partialDayIsLeftOut();
    void daysAreInOrderAndOnce();
    void movesAreOfNeighbouringDays();
    void datesAreAligned();
    void splitsAreFlagged_data();
    void splitsAreFlagged();
    void measuredVolatilitiesAreKept();
    void gapsFollowTheOwnSlope();
    void withoutVolatilityTheIndexIsFollowed();
    void withoutAnyTheUsualSlopeIsTaken();
    void filesAreRead();
    void badFilesAreNamed_data();
    void badFilesAreNamed();
};

void FactorHistoryTest::dayIsTheSameWhereverItStarts()
{
    market::Candle candle;
    candle.close = 10;
    candle.impliedVolatility = 0.3;
    const base::Instant midnightUtc(monday.time_since_epoch());
    for (const base::Instant start : {midnightUtc, at(monday, 0), at(monday, 9, 30)}) {
        candle.time = start;
        const auto days = dailyClosesOf(std::vector{candle}, at(monday, 20));
        QCOMPARE(days.size(), std::size_t(1));
        QCOMPARE(days[0].date, monday);
        QCOMPARE(days[0].close, 10.0);
        QCOMPARE(days[0].impliedVolatility, 0.3);
    }
}

void FactorHistoryTest::partialDayIsLeftOut()
{
    std::vector<market::Candle> candles(2);
    candles[0].time = at(monday, 0);
    candles[1].time = at(market::nextTradingDay(monday), 0);
    candles[0].close = candles[1].close = 10;
    const base::Date tuesday = market::nextTradingDay(monday);
    QCOMPARE(dailyClosesOf(candles, at(tuesday, 15, 59)).size(), std::size_t(1));
    QCOMPARE(dailyClosesOf(candles, at(tuesday, 16, 0)).size(), std::size_t(2));
    QCOMPARE(dailyClosesOf(candles, at(monday, 15)).size(), std::size_t(0));
}

void FactorHistoryTest::daysAreInOrderAndOnce()
{
    std::vector<market::Candle> candles(5);
    const base::Date tuesday = market::nextTradingDay(monday);
    candles[0].time = at(tuesday, 0);
    candles[0].close = 11;
    candles[1].time = at(monday, 0);
    candles[1].close = 9;
    candles[2].time = at(monday, 0); // corrected
    candles[2].close = 10;
    candles[3].time = at(monday - std::chrono::days(1), 0); // a Sunday
    candles[3].close = 8;
    candles[4].time = at(market::nextTradingDay(tuesday), 0); // without a close
    const auto days = dailyClosesOf(candles, at(monday + std::chrono::days(20), 0));
    QCOMPARE(days.size(), std::size_t(2));
    QCOMPARE(days[0].close, 10.0);
    QCOMPARE(days[1].close, 11.0);
}

void FactorHistoryTest::movesAreOfNeighbouringDays()
{
    UnderlyingCloses of = closes("A", {100, 101, 102, 103, 104, 105}, {0.2, 0.21, 0.22, 0.23, 0.24, 0.25});
    of.days.erase(of.days.begin() + 2); // Wednesday
    const FactorHistory history = factorHistoryOf(std::vector{of}, "").history;
    QCOMPARE(history.dates.size(), std::size_t(4));
    const auto& moves = history.columns[0].spotReturns;
    QVERIFY(isNear(moves[0], std::log(1.01)));
    QVERIFY(std::isnan(moves[1])); // two days' move
    QVERIFY(isNear(moves[2], std::log(104.0 / 103)));
    QVERIFY(isNear(moves[3], std::log(105.0 / 104))); // over the weekend
    QVERIFY(std::isnan(history.columns[0].volatilityReturns[1]));
    QVERIFY(isNear(history.columns[0].volatilityReturns[3], std::log(0.25 / 0.24)));
}

void FactorHistoryTest::datesAreAligned()
{
    const base::Date wednesday = monday + std::chrono::days(2);
    const std::vector all{closes("A", {100, 101, 102, 103}), closes("B", {50, 51, 52}, {}, wednesday)};
    const FactorHistory history = factorHistoryOf(all, "").history;
    QCOMPARE(history.dates.size(), std::size_t(4)); // Tuesday to Friday
    QVERIFY(std::ranges::is_sorted(history.dates));
    for (const FactorColumn& column : history.columns)
        QVERIFY(column.spotReturns.size() == 4 && column.volatilityReturns.size() == 4);
    const FactorColumn& b = *history.find("B");
    QVERIFY(std::isnan(b.spotReturns[0]) && std::isnan(b.spotReturns[1]));
    QVERIFY(isNear(b.spotReturns[2], std::log(51.0 / 50)));
    QVERIFY(std::isnan(history.find("A")->spotReturns[3]));
    QVERIFY(history.find("C") == nullptr);
}

void FactorHistoryTest::splitsAreFlagged_data()
{
    QTest::addColumn<double>("after");
    QTest::addColumn<double>("volatilityAfter"); // 0.2 before
    QTest::addColumn<double>("ratio");           // 0: none
    QTest::newRow("two for one") << 50.5 << 0.2 << 2.0;
    QTest::newRow("three for two") << 66.0 << market::unknown << 1.5;
    QTest::newRow("twenty for one") << 4.9 << 0.21 << 20.0;
    QTest::newRow("one for ten") << 1010.0 << 0.2 << 0.1;
    QTest::newRow("an ordinary day") << 97.0 << 0.22 << 0.0;
    QTest::newRow("a bad day") << 78.0 << 0.3 << 0.0;
    QTest::newRow("a crash, as its volatility says") << 50.0 << 0.8 << 0.0;
}

void FactorHistoryTest::splitsAreFlagged()
{
    QFETCH(double, after);
    QFETCH(double, volatilityAfter);
    QFETCH(double, ratio);
    const FactorHistoryReport report =
        factorHistoryOf(std::vector{closes("A", {100, after, after}, {0.2, volatilityAfter, 0.2})}, "");
    QCOMPARE(report.splits.size(), std::size_t(ratio == 0 ? 0 : 1));
    const FactorColumn& column = report.history.columns[0];
    QCOMPARE(std::isnan(column.spotReturns[0]), ratio != 0);
    QCOMPARE(std::isnan(column.volatilityReturns[0]), ratio != 0);
    QVERIFY(isNear(column.spotReturns[1], 0));
    if (ratio != 0) {
        QCOMPARE(report.splits[0].underlying, std::string("A"));
        QCOMPARE(report.splits[0].ratio, ratio);
        QCOMPARE(report.splits[0].date, report.history.dates[0]);
    }
}

void FactorHistoryTest::measuredVolatilitiesAreKept()
{
    const FactorColumn column = factorHistoryOf(std::vector{wave("A", -5, 0.02, 60)}, "").history.columns[0];
    QVERIFY(!column.isVolatilityModelled);
    for (std::size_t day = 0; day < column.spotReturns.size(); ++day)
        QVERIFY(isNear(column.volatilityReturns[day], -5 * column.spotReturns[day]));
}

void FactorHistoryTest::gapsFollowTheOwnSlope()
{
    const std::vector all{wave("INDEX", -6, 0.01, 60), wave("FEW", -2, 0.02, 58), wave("MANY", -3, 0.02, 30)};
    const FactorHistory history = factorHistoryOf(all, "INDEX").history;
    QVERIFY(!history.find("FEW")->isVolatilityModelled); // nine days of ten are measured
    QVERIFY(history.find("MANY")->isVolatilityModelled);
    for (std::size_t day = 0; day < history.dates.size(); ++day) {
        QVERIFY(isNear(history.find("FEW")->volatilityReturns[day], -2 * history.find("FEW")->spotReturns[day]));
        QVERIFY(isNear(history.find("MANY")->volatilityReturns[day], -3 * history.find("MANY")->spotReturns[day]));
    }
}

void FactorHistoryTest::withoutVolatilityTheIndexIsFollowed()
{
    const std::vector all{wave("NONE", 0, 0.02, 0), wave("INDEX", -6, 0.01, 60)};
    const FactorHistory history = factorHistoryOf(all, "INDEX").history;
    QVERIFY(history.find("NONE")->isVolatilityModelled);
    QVERIFY(!history.find("INDEX")->isVolatilityModelled);
    for (std::size_t day = 0; day < history.dates.size(); ++day)
        QVERIFY(isNear(history.find("NONE")->volatilityReturns[day], history.find("INDEX")->volatilityReturns[day]));
}

void FactorHistoryTest::withoutAnyTheUsualSlopeIsTaken()
{
    const FactorColumn column = factorHistoryOf(std::vector{wave("NONE", 0, 0.02, 0)}, "INDEX").history.columns[0];
    QVERIFY(column.isVolatilityModelled);
    for (std::size_t day = 0; day < column.spotReturns.size(); ++day)
        QVERIFY(isNear(column.volatilityReturns[day], usualVolatilitySlope * column.spotReturns[day]));
}

void FactorHistoryTest::filesAreRead()
{
    std::istringstream file("close,volume,date,iv\r\n10.5,1000,2026-11-10,0.25\r\n10,900,2026-11-09,nan\r\n\r\n"
                            "11,900,2026-11-11,\r\n12,1,2026-11-12,0.2\r\n");
    const auto days = readDailyCloses(file, at(base::makeDate(2026, 11, 12), 12)); // of the last day only a part
    QVERIFY(days);
    QCOMPARE(days->size(), std::size_t(3));
    QCOMPARE((*days)[0].date, monday);
    QVERIFY(std::isnan((*days)[0].impliedVolatility));
    QCOMPARE((*days)[1].impliedVolatility, 0.25);
    QCOMPARE((*days)[2].close, 11.0);
    std::istringstream withoutVolatility("date,close\n2026-11-09,10\n");
    QCOMPARE(readDailyCloses(withoutVolatility, at(monday, 20))->size(), std::size_t(1));
}

void FactorHistoryTest::badFilesAreNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("empty") << "" << "header";
    QTest::newRow("no close") << "date,open\n" << "header";
    QTest::newRow("short line") << "date,close\n2026-11-09,1\n2026-11-10\n" << "line 3";
    QTest::newRow("date") << "date,close\n2026-02-30,1\n" << "line 2, date";
    QTest::newRow("close") << "date,close\n2026-11-09,-1\n" << "line 2, close";
    QTest::newRow("date twice") << "date,close\n2026-11-09,1\n2026-11-10,1\n2026-11-09,2\n" << "line 4, date";
    QTest::newRow("infinite") << "date,close\n2026-11-09,inf\n" << "line 2, close";
    QTest::newRow("volatility in points") << "date,close,iv\n2026-11-09,1,20.5\n" << "line 2, iv";
    QTest::newRow("volatility") << "date,close,iv\n2026-11-09,1,low\n" << "line 2, iv";
}

void FactorHistoryTest::badFilesAreNamed()
{
    QFETCH(QString, text);
    QFETCH(QString, field);
    std::istringstream file(text.toStdString());
    const auto days = readDailyCloses(file, at(monday, 20));
    QVERIFY(!days);
    QCOMPARE(days.error().kind, base::ErrorKind::BadInput);
    QCOMPARE(QString::fromStdString(days.error().field), field);
}

QTEST_APPLESS_MAIN(FactorHistoryTest)
#include "factor_history_test.moc"
