#include "portfolio/greek_table.h"

#include "base/random.h"
#include "history/market_generator.h"
#include "market/calendar.h"
#include "portfolio/beta.h"
#include "portfolio/marked_positions.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using namespace vegadesk::tests;
using market::Right;

namespace
{

const base::Date april = base::makeDate(2024, 4, 19), june = base::makeDate(2024, 6, 21);

bool isNear(double figure, double expected)
{
    return std::abs(figure - expected) <= 1e-12 * (1 + std::abs(expected));
}

MarkedPosition of(MarkedPosition position, const char* underlying)
{
    position.underlying = underlying;
    position.symbol += underlying;
    return position;
}

std::vector<DatedClose> closesOf(history::MarketGenerator& generator, const char* symbol, base::Date from,
                                 base::Date to)
{
    std::vector<DatedClose> closes;
    for (const market::Candle& day : generator.dailyCandles(*history::findSimulated(symbol), from, to))
        closes.push_back({market::newYorkDate(day.time), day.close});
    return closes;
}

} // namespace

class GreekTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsInTheWindowsUnits_data()
    {
        QTest::addColumn<bool>("isAmerican");
        QTest::newRow("European") << false;
        QTest::newRow("American") << true;
    }
    void addsInTheWindowsUnits()
    {
        QFETCH(bool, isAmerican);
        MarkedPosition put = option(Right::Put, 104, -3);
        put.style = isAmerican ? market::ExerciseStyle::American : market::ExerciseStyle::European;
        const std::vector<MarkedPosition> held{priced(put, 100, 0.25, 0.2), priced(shares(-120), 100, 0, 0)};
        const pricing::MarketPoint market{100, 0.03, 0.01};
        const pricing::Greeks one = isAmerican ? pricing::american(Right::Put, market, 104, 0.2, 0.25)
                                               : pricing::blackScholes(Right::Put, market, 104, 0.2, 0.25);
        const GreekTable table = greekTable(held);
        const GreekFigures& book = table.book.figures;
        QVERIFY(isNear(book.delta, -300 * one.delta - 120));
        QVERIFY(isNear(book.dollarDelta, 100 * book.delta));
        QVERIFY(isNear(book.gamma, -300 * one.gamma));
        QVERIFY(isNear(book.dollarGamma, 100 * book.gamma)); // 100² / 100
        QVERIFY(isNear(book.theta, -300 * one.theta / 365));
        QVERIFY(isNear(book.vega, -3 * one.vega));
        QVERIFY(isNear(book.rho, -3 * one.rho));
        QCOMPARE(table.book.unknownCount, 0);
        QVERIFY(table.leftOut.empty());
    }

    void takesAnotherClock()
    {
        const std::vector<MarkedPosition> held{priced(option(Right::Call, 100, 2), 100, 0.2, 0.1),
                                               priced(shares(10), 100, 0, 0)};
        const GreekTable table =
            greekTable(held, {}, [](const MarkedPosition& position, const pricing::Greeks& greeks) {
                return position.volatility * greeks.vega;
            });
        const double vega = pricing::blackScholes(Right::Call, {100, 0.03, 0.01}, 100, 0.1, 0.2).vega;
        QVERIFY(isNear(table.book.figures.theta, 200 * 0.2 * vega / 365));
    }

    void partsByUnderlyingAndExpiration()
    {
        const std::vector<MarkedPosition> held{
            of(priced(option(Right::Call, 100, 1, june), 100, 0.2, 0.3), "SPY"),
            of(priced(option(Right::Put, 95, -2, april), 100, 0.2, 0.1), "SPY"),
            of(priced(option(Right::Put, 90, 2, april), 100, 0.2, 0.1), "SPY"),
            of(priced(option(Right::Call, 55, -4, april), 50, 0.4, 0.1), "KO"),
            of(priced(shares(300), 50, 0, 0), "KO"),
            of(priced(option(Right::Call, 60, 0, april), 50, 0.4, 0.1), "KO"), // closed
        };
        const GreekTable table = greekTable(held);
        QCOMPARE(table.cells.size(), std::size_t{4});
        QCOMPARE(table.cells[0].underlying, std::string("KO"));
        QVERIFY(!table.cells[0].expiry && table.cells[1].expiry == april);
        QCOMPARE(table.cells[2].underlying, std::string("SPY"));
        QVERIFY(table.cells[2].expiry == april && table.cells[3].expiry == june);
        QVERIFY(table.cells[0].contracts == 0 && table.cells[2].contracts == 4);
        QCOMPARE(table.underlyings.size(), std::size_t{2});
        QVERIFY(
            isNear(table.underlyings[1].figures.gamma, table.cells[2].figures.gamma + table.cells[3].figures.gamma));
        QCOMPARE(table.expirations.size(), std::size_t{2});
        QVERIFY(table.expirations[0].expiry == april && table.expirations[0].underlying.empty());
        QVERIFY(isNear(table.expirations[0].figures.vega, table.cells[1].figures.vega + table.cells[2].figures.vega));
        QVERIFY(table.book.contracts == 9);
        QVERIFY(isNear(table.book.figures.dollarDelta,
                       table.underlyings[0].figures.dollarDelta + table.underlyings[1].figures.dollarDelta));
    }

    void weighsByBeta()
    {
        const std::vector<MarkedPosition> held{
            of(priced(shares(100), 50, 0, 0), "KO"), of(priced(option(Right::Call, 50, 2), 50, 0.4, 0.1), "KO"),
            of(priced(shares(-10), 600, 0, 0), "SPY"), of(priced(shares(7), 20, 0, 0), "NEW")};
        const BetaReference spy{"SPY", 600, {{"KO", 1.5}, {"NEW", market::unknown}}};
        const GreekTable table = greekTable(held, spy);
        const pricing::Greeks call = pricing::blackScholes(Right::Call, {50, 0.03, 0.01}, 50, 0.1, 0.4);
        const GreekFigures& ko = table.underlyings[0].figures;
        const double ratio = 1.5 * 50 / 600;
        QVERIFY(isNear(ko.betaDelta, ratio * (100 + 200 * call.delta))); // 12.5 of it for the shares
        QVERIFY(isNear(ko.betaGamma, ratio * ratio * 200 * call.gamma));
        QVERIFY(isNear(ko.betaDollarDelta, 600 * ko.betaDelta));
        QVERIFY(isNear(table.book.figures.betaDelta, ko.betaDelta - 10));
        QCOMPARE(table.book.unknownBetas, 1);
        QCOMPARE(table.underlyings[1].unknownBetas, 1);
        QVERIFY(isNear(table.underlyings[1].figures.delta, 7));
        QCOMPARE(greekTable(held, {"SPY", market::unknown, {{"KO", 1.5}}}).book.unknownBetas, 4);
    }

    void leavesOutWhatIsNotKnown_data()
    {
        QTest::addColumn<double>("spot");
        QTest::addColumn<double>("volatility");
        QTest::newRow("spot") << market::unknown << 0.2;
        QTest::newRow("volatility") << 100.0 << market::unknown;
    }
    void leavesOutWhatIsNotKnown()
    {
        QFETCH(double, spot);
        QFETCH(double, volatility);
        const MarkedPosition known = priced(option(Right::Call, 100, 1), 100, 0.2, 0.1);
        MarkedPosition unknown = priced(option(Right::Call, 105, 1), 100, 0.2, 0.1);
        unknown.spot = spot;
        unknown.volatility = volatility;
        const GreekTable table = greekTable(std::vector{known, unknown}, {"XYZ", 100, {}});
        QCOMPARE(table.book.unknownCount, 1);
        QCOMPARE(table.leftOut, std::vector{unknown.symbol});
        const GreekFigures alone = greekTable(std::vector{known}).book.figures;
        QCOMPARE(table.book.figures.delta, alone.delta);
        QCOMPARE(table.expirations[0].unknownCount, 1);
    }

    void betaIsTheSlopeOfReturns()
    {
        base::Generator random(3);
        std::vector<double> reference, returns;
        for (int i = 0; i < 400; ++i) {
            reference.push_back(0.01 * random.normal());
            returns.push_back(0.002 + (i < 200 ? -3 : 1.25) * reference.back()); // the window leaves the first half out
        }
        returns[300] = market::unknown;
        const BetaEstimate estimate = estimateBeta(returns, reference, 150);
        QCOMPARE(estimate.returns, std::size_t{150});
        QVERIFY(isNear(estimate.beta, 1.25) && estimate.standardError < 1e-9);
        QVERIFY(isNear(estimate.correlation, 1));
        QVERIFY(std::isnan(estimateBeta(returns, std::vector<double>(400, 0.0)).beta)); // it never moved
    }

    void betaNeedsSixtyCommonReturns()
    {
        std::vector<DatedClose> closes, reference;
        base::Generator random(3);
        for (int i = 0; i < 62; ++i) {
            const base::Date day = base::makeDate(2024, 1, 1) + std::chrono::days(i);
            reference.push_back({day, 100 * std::exp(0.01 * random.normal())});
            closes.push_back({day, std::pow(reference.back().close, 2)});
        }
        closes[30].close = market::unknown; // the return over it spans two days
        QCOMPARE(estimateBeta(closes, reference).returns, std::size_t{60});
        QVERIFY(isNear(estimateBeta(closes, reference).beta, 2));
        closes.erase(closes.begin() + 10);
        QCOMPARE(estimateBeta(closes, reference).returns, std::size_t{59});
        QVERIFY(std::isnan(estimateBeta(closes, reference).beta));
    }

    void findsTheSimulatedBetas_data()
    {
        QTest::addColumn<QString>("symbol");
        QTest::newRow("SPY") << "SPY";
        QTest::newRow("QQQ") << "QQQ";
        QTest::newRow("NVDA") << "NVDA";
        QTest::newRow("KO") << "KO";
    }
    void findsTheSimulatedBetas()
    {
        QFETCH(QString, symbol);
        const QByteArray name = symbol.toLatin1();
        history::MarketGenerator generator(7);
        const base::Date from = base::makeDate(2020, 1, 2), to = base::makeDate(2023, 12, 29);
        const BetaEstimate estimate =
            estimateBeta(closesOf(generator, name, from, to), closesOf(generator, "SPX", from, to), 1000);
        QCOMPARE(estimate.returns, std::size_t{1000});
        const double beta = history::findSimulated(name.constData())->beta;
        QVERIFY2(std::abs(estimate.beta - beta) < 4 * estimate.standardError + 0.001,
                 qPrintable(QString("%1 ± %2").arg(estimate.beta).arg(estimate.standardError)));
    }
};

QTEST_APPLESS_MAIN(GreekTableTest)
#include "greek_table_test.moc"
