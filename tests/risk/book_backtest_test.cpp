#include "history/csv_file.h"
#include "risk/value_at_risk/book_backtest.h"
#include "risk/var_rig.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace vegadesk;
using namespace vegadesk::risk;
using namespace vegadesk::testing;
using market::Right;

namespace
{

bool isNear(double found, double expected, double tolerance)
{
    if (std::abs(found - expected) <= tolerance)
        return true;
    qInfo("found %.12g, expected %.12g within %g", found, expected, tolerance);
    return false;
}

RiskBook shortStraddle()
{
    RiskBook book = emptyBook(1);
    addOption(book, 0, -10, Right::Call, 100, 30);
    addOption(book, 0, -10, Right::Put, 100, 30);
    addShares(book, 0, 50);
    return book;
}

BookBacktestSettings small()
{
    BookBacktestSettings settings;
    settings.warmUp = 100;
    settings.testDays = 250;
    settings.var.days = 250;
    settings.paths = 300;
    return settings;
}

FactorHistory withoutTheLast(FactorHistory history, std::size_t days)
{
    history.dates.resize(history.dates.size() - days);
    for (FactorColumn& column : history.columns) {
        column.spotReturns.resize(history.dates.size());
        column.volatilityReturns.resize(history.dates.size());
    }
    return history;
}

/// Closes by date; empty where the file is not there.
std::map<base::Date, double> closesOf(const QString& name)
{
    std::map<base::Date, double> out;
    const QString folder = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/index_history/");
    auto file = history::CsvFile::read((folder + name).toStdString());
    if (!file || !file->column("date") || !file->column("close"))
        return out;
    while (file->next()) {
        const auto date = file->date(*file->column("date"));
        const auto close = file->number(*file->column("close"));
        if (date && close)
            out[*date] = *close;
    }
    return out;
}

} // namespace

class BookBacktestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ewmaIsItsRecursion();
    void garchFindsItsParameters();
    void forecastsKnowNoLaterMove_data();
    void forecastsKnowNoLaterMove();
    void profitsAreThoseOfTheBook();
    void hitsAreCountedAndTested();
    void rightForecastsPass();
    void deltaNormalOfAStraddleIsRed();
    void shownMethodHoldsThroughTwoCrises();
    void laterDaysChangeNoEarlierDigit_data();
    void laterDaysChangeNoEarlierDigit();
    void vegaIsNotLeftOut();
    void unknownPositionsAreListed();
    void stopsWhenAsked();
    void badInputsAreNamed();
};

void BookBacktestTest::ewmaIsItsRecursion()
{
    std::vector<double> moves(20, 0.01);
    moves.insert(moves.end(), {0.05, -0.02});
    const auto found = forecastDeviations(moves, VolatilityFilter::Ewma, 0.9);
    QCOMPARE(found.size(), std::size_t(23));
    QVERIFY(isNear(found[20], 0.01, 1e-15));
    QVERIFY(isNear(found[21], std::sqrt(0.9 * 1e-4 + 0.1 * 0.05 * 0.05), 1e-15));
    QVERIFY(isNear(found[22], std::sqrt(0.9 * (0.9 * 1e-4 + 0.1 * 0.05 * 0.05) + 0.1 * 0.02 * 0.02), 1e-15));
}

void BookBacktestTest::garchFindsItsParameters()
{
    base::Generator generator(1);
    std::vector<double> moves;
    double variance = 1e-4;
    for (int day = 0; day < 6000; ++day) {
        moves.push_back(std::sqrt(variance) * generator.normal());
        variance = 1e-4 * 0.05 + 0.1 * moves.back() * moves.back() + 0.85 * variance;
    }
    const GarchParameters found = fitGarch(moves);
    QVERIFY(isNear(found.shock, 0.1, 0.03));
    QVERIFY(isNear(found.memory, 0.85, 0.05));
    QVERIFY(isNear(found.longRun, 1e-4, 2e-5));
    QCOMPARE(fitGarch(std::vector<double>(30, 0.01)).shock, 0.0);
    const auto still = forecastDeviations(std::vector<double>(100, 0.0), VolatilityFilter::Garch, 0.94);
    QVERIFY(std::ranges::all_of(still, [](double each) { return each > 0 && each < 1e-7; }));
}

void BookBacktestTest::forecastsKnowNoLaterMove_data()
{
    QTest::addColumn<int>("filter");
    QTest::newRow("EWMA") << int(VolatilityFilter::Ewma);
    QTest::newRow("GARCH") << int(VolatilityFilter::Garch);
}

void BookBacktestTest::forecastsKnowNoLaterMove()
{
    QFETCH(int, filter);
    const std::vector<double> moves = normalHistory(1, 300, 2).columns[0].spotReturns;
    const auto whole = forecastDeviations(moves, VolatilityFilter(filter), 0.94, 21);
    for (const std::size_t days : {61, 120, 200, 299}) {
        const auto part = forecastDeviations(std::span(moves).first(days), VolatilityFilter(filter), 0.94, 21);
        QVERIFY(std::ranges::equal(part, std::span(whole).first(days + 1)));
    }
}

void BookBacktestTest::profitsAreThoseOfTheBook()
{
    RiskBook book = emptyBook(2);
    addShares(book, 0, 100);
    addShares(book, 1, -40);
    const FactorHistory history = normalHistory(2, 200, 3);
    const auto found = backtestBook(book, history, small());
    QVERIFY(found);
    QCOMPARE(found->dates.size(), std::size_t(100));
    QCOMPARE(found->dates.front(), history.dates[100]);
    for (std::size_t i = 0; i < found->dates.size(); ++i) {
        const double expected = 100 * 100 * std::expm1(history.columns[0].spotReturns[100 + i]) -
                                40 * 100 * std::expm1(history.columns[1].spotReturns[100 + i]);
        QVERIFY(isNear(found->profits[i], expected, 1e-9));
    }
}

void BookBacktestTest::hitsAreCountedAndTested()
{
    const auto found = backtestBook(shortStraddle(), normalHistory(1, 400, 4), small());
    QVERIFY(found);
    QCOMPARE(found->methods.size(), varMethods.size());
    for (const MethodBacktest& method : found->methods) {
        QCOMPARE(method.valuesAtRisk.size(), found->dates.size());
        QCOMPARE(method.expectedShortfalls.size(), found->dates.size());
        std::size_t count = 0;
        for (std::size_t day = 0; day < found->dates.size(); ++day) {
            const bool isHit = found->profits[day] < -method.valuesAtRisk[day];
            QCOMPARE(method.hits[day] != 0, isHit);
            QVERIFY(method.expectedShortfalls[day] >= method.valuesAtRisk[day]);
            count += isHit ? 1 : 0;
        }
        QCOMPARE(method.hitCount, count);
        QCOMPARE(method.kupiec.pValue, kupiec(found->dates.size(), count, 0.95)->pValue);
        QCOMPARE(method.christoffersen.coverage.pValue, christoffersen(method.hits, 0.95)->coverage.pValue);
        QCOMPARE(method.lights.light, trafficLights(found->dates.size(), count, 0.95)->light);
        QVERIFY(method.shortfall);
    }
}

void BookBacktestTest::rightForecastsPass()
{
    RiskBook book = shortStraddle();
    addOption(book, 0, 20, Right::Put, 90, 60);
    const auto found = backtestBook(book, normalHistory(1, 500, 5), small());
    QVERIFY(found);
    for (const VarMethod method : {VarMethod::Historical, VarMethod::FilteredHistorical, VarMethod::MonteCarlo}) {
        const MethodBacktest& tested = *found->find(method);
        QVERIFY(tested.kupiec.pValue > 0.01);
        QVERIFY(tested.christoffersen.coverage.pValue > 0.01);
        QVERIFY(tested.lights.light != TrafficLight::Red);
        QVERIFY(tested.shortfall->pValueNormal > 0.01);
    }
}

void BookBacktestTest::deltaNormalOfAStraddleIsRed()
{
    const auto found = backtestBook(shortStraddle(), normalHistory(1, 400, 6), small());
    QVERIFY(found);
    const MethodBacktest& blind = *found->find(VarMethod::DeltaNormal);
    QCOMPARE(blind.lights.light, TrafficLight::Red);
    QVERIFY(blind.kupiec.pValue < 1e-6);
    QVERIFY(blind.shortfall->pValueStudent < 0.01);
}

/// A strangle on the S&P 500 with the VIX as its volatility, 2001 to 2011.
void BookBacktestTest::shownMethodHoldsThroughTwoCrises()
{
    const auto index = closesOf(QStringLiteral("sp500_daily_1999_2018.csv.gz"));
    const auto volatility = closesOf(QStringLiteral("vix_daily_1990_2019.csv.gz"));
    if (index.empty() || volatility.empty())
        QSKIP("no ../shared/data/index_history beside the source tree");
    UnderlyingCloses closes{"U0", {}};
    for (const auto& [date, close] : index) {
        const auto found = volatility.find(date);
        if (date < base::makeDate(2011, 1, 1))
            closes.days.push_back({date, close, found == volatility.end() ? market::unknown : found->second / 100});
    }
    const FactorHistoryReport report = factorHistoryOf(std::vector{closes}, "U0");
    QVERIFY(report.splits.empty() && !report.history.columns[0].isVolatilityModelled);
    RiskBook book = emptyBook(1);
    addOption(book, 0, -1, Right::Put, 94, 45, 0.22, market::ExerciseStyle::European);
    addOption(book, 0, -1, Right::Call, 105, 45, 0.15, market::ExerciseStyle::European);
    BookBacktestSettings settings;
    settings.warmUp = 500;
    settings.testDays = 10'000;
    settings.paths = 200;
    const auto found = backtestBook(book, report.history, settings);
    QVERIFY(found);
    QVERIFY(found->dates.size() > 2400);
    const MethodBacktest& shown = *found->find(shownMethod);
    qInfo("%zu days, %zu hits, p %.3f by number, %.3f with their clustering, shortfall %.3f (p %.3f)",
          found->dates.size(), shown.hitCount, shown.kupiec.pValue, shown.christoffersen.coverage.pValue,
          shown.shortfall->statistic, shown.shortfall->pValueStudent);
    QVERIFY(shown.kupiec.pValue > 0.05);
    QVERIFY(shown.christoffersen.coverage.pValue > 0.05);
    QCOMPARE(shown.lights.light, TrafficLight::Green);
    QVERIFY(shown.shortfall->pValueStudent > 0.05);
    QCOMPARE(found->find(VarMethod::DeltaNormal)->lights.light, TrafficLight::Red);
    // Unfiltered, what went before comes late: hits cluster.
    QVERIFY(found->find(VarMethod::Historical)->christoffersen.independence.pValue < 0.05);
}

void BookBacktestTest::laterDaysChangeNoEarlierDigit_data()
{
    forecastsKnowNoLaterMove_data();
}

void BookBacktestTest::laterDaysChangeNoEarlierDigit()
{
    QFETCH(int, filter);
    RiskBook book = shortStraddle();
    book.underlyings.push_back(emptyBook(2).underlyings[1]);
    addOption(book, 1, 3, Right::Put, 95, 20);
    FactorHistory history = normalHistory(2, 220, 7);
    BookBacktestSettings settings = small();
    settings.var.filter = VolatilityFilter(filter);
    const auto whole = backtestBook(book, history, settings);
    const auto part = backtestBook(book, withoutTheLast(history, 60), settings);
    history.columns[0].spotReturns.back() = -0.4; // nor does what they are
    const auto other = backtestBook(book, history, settings);
    QVERIFY(whole && part && other);
    QCOMPARE(part->dates.size() + 60, whole->dates.size());
    for (std::size_t i = 0; i < whole->methods.size(); ++i) {
        const MethodBacktest &one = whole->methods[i], &shorter = part->methods[i], &changed = other->methods[i];
        QVERIFY(std::ranges::equal(shorter.valuesAtRisk, std::span(one.valuesAtRisk).first(part->dates.size())));
        QVERIFY(std::ranges::equal(shorter.expectedShortfalls,
                                   std::span(one.expectedShortfalls).first(part->dates.size())));
        QVERIFY(std::ranges::equal(changed.valuesAtRisk, one.valuesAtRisk));
    }
    QVERIFY(other->profits.back() != whole->profits.back());
}

void BookBacktestTest::vegaIsNotLeftOut()
{
    FactorHistory history = normalHistory(1, 200, 8);
    history.columns[0].volatilityReturns.assign(200, market::unknown);
    const auto found = backtestBook(shortStraddle(), history, small());
    QVERIFY(found);
    QVERIFY(found->find(VarMethod::CornishFisher) == nullptr);
    QCOMPARE(found->refused.size(), std::size_t(1));
    QCOMPARE(found->methods.size(), varMethods.size() - 1);
}

void BookBacktestTest::unknownPositionsAreListed()
{
    RiskBook book = shortStraddle();
    addOption(book, 0, 3, Right::Call, 100, 30, market::unknown);
    const auto found = backtestBook(book, normalHistory(1, 200, 9), small());
    QVERIFY(found);
    QCOMPARE(found->unknown.size(), std::size_t(1));
    for (const MethodBacktest& method : found->methods)
        QVERIFY(std::ranges::all_of(method.valuesAtRisk, [](double each) { return std::isfinite(each); }));
}

void BookBacktestTest::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const auto found = backtestBook(shortStraddle(), normalHistory(1, 200, 10), small(), stop.get_token());
    QVERIFY(!found);
    QCOMPARE(found.error().kind, base::ErrorKind::Cancelled);
}

void BookBacktestTest::badInputsAreNamed()
{
    const auto field = [](auto change, std::size_t days = 200) {
        BookBacktestSettings settings = small();
        change(settings);
        const auto found = backtestBook(shortStraddle(), normalHistory(1, days, 11), settings);
        return found ? std::string() : found.error().field;
    };
    QCOMPARE(field([](BookBacktestSettings& of) { of.var.horizon = 2; }), std::string("horizon"));
    QCOMPARE(field([](BookBacktestSettings& of) { of.var.level = 2; }), std::string("level"));
    QCOMPARE(field([](BookBacktestSettings& of) { of.testDays = 1; }), std::string("test days"));
    QCOMPARE(field([](BookBacktestSettings& of) { of.warmUp = 1; }), std::string("warm-up"));
    QCOMPARE(field([](BookBacktestSettings& of) { of.paths = 1; }), std::string("paths"));
    QCOMPARE(field([](BookBacktestSettings& of) { of.refitEvery = 0; }), std::string("refit every"));
    QCOMPARE(field([](BookBacktestSettings&) {}, 110), std::string("history"));
    QCOMPARE(field([](BookBacktestSettings&) {}), std::string());
}

QTEST_APPLESS_MAIN(BookBacktestTest)
#include "book_backtest_test.moc"
