#include "pricing/surface/variance_index.h"

#include "chains.h"
#include "history/reference_tables.h"

#include <QDir>
#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

const base::Instant now = market::fromNewYork(base::makeDate(2026, 11, 20), std::chrono::hours(12));

/// One flat volatility on a fine, wide grid of strikes.
market::Expiration flatExpiration(double vol, double years, double rate)
{
    market::Expiration out;
    for (double strike = 20; strike <= 400; strike += 0.5)
        out.strikes.push_back(strike);
    out.calls.resize(out.strikes.size());
    out.puts.resize(out.strikes.size());
    for (std::size_t row = 0; row < out.strikes.size(); ++row) {
        for (const Right right : {Right::Call, Right::Put}) {
            const double price = blackScholesPrice(right, {100, rate, 0}, out.strikes[row], years, vol);
            chains::setQuote(out.side(right), row, price, price, now);
        }
    }
    return out;
}

} // namespace

class VarianceIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flatMarketGivesItsVolatility();
    void twoMissingBidsEndTheStrip();
    void whitePaper();
    void refusals();
};

void VarianceIndexTest::flatMarketGivesItsVolatility()
{
    for (const double vol : {0.15, 0.4}) {
        const auto near = modelFreeVariance(flatExpiration(vol, 0.06, 0.03), 0.06, 0.03);
        const auto next = modelFreeVariance(flatExpiration(vol, 0.15, 0.03), 0.15, 0.03);
        QVERIFY(near && next);
        QVERIFY(std::abs(near->forward - 100 * std::exp(0.03 * 0.06)) < 1e-9);
        QVERIFY2(std::abs(std::sqrt(near->variance) - vol) < 3e-4, qPrintable(QString::number(near->variance)));
        const auto index = varianceIndex(*near, *next, 30.0 / 365);
        QVERIFY(index);
        QVERIFY2(std::abs(*index - 100 * vol) < 0.03,
                 qPrintable(QString::number(*index))); // strikes half a dollar apart
    }
}

void VarianceIndexTest::twoMissingBidsEndTheStrip()
{
    market::Expiration expiration = flatExpiration(0.2, 0.1, 0);
    const auto whole = modelFreeVariance(expiration, 0.1, 0);
    const auto row =
        static_cast<std::size_t>(std::ranges::find(expiration.strikes, 110.0) - expiration.strikes.begin());
    chains::setQuote(expiration.calls, row, 0, 0.05, now);
    const auto one = modelFreeVariance(expiration, 0.1, 0);
    chains::setQuote(expiration.calls, row + 1, 0, 0.05, now);
    const auto two = modelFreeVariance(expiration, 0.1, 0);
    QVERIFY(whole && one && two);
    QCOMPARE(one->options + 1, whole->options);
    QVERIFY(std::abs(one->variance / whole->variance - 1) < 0.002); // its neighbours take over its width
    QVERIFY(two->variance < one->variance);
    QVERIFY(two->options + 10 < one->options); // everything above 110 is gone
}

/// "The CBOE Volatility Index - VIX" (2009): 9 and 37 days to settlement at 8:30, seen at 8:30, and 61.22 as printed.
void VarianceIndexTest::whitePaper()
{
    const QString folder = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/cboe_vix_whitepaper");
    if (!QDir(folder).exists())
        QSKIP("the shared data set cboe_vix_whitepaper is not here");
    const auto tables = history::readOptionTables(folder.toStdString());
    QVERIFY2(tables, tables ? "" : tables.error().message().c_str());
    QCOMPARE(tables->size(), std::size_t{2});
    std::vector<ModelFreeVariance> found;
    for (const history::OptionTable& table : *tables) {
        constexpr int minutesToMidnight = 930, minutesOnTheDay = 510;
        const double minutes = minutesToMidnight + minutesOnTheDay + 1440.0 * (table.days - 1);
        const auto variance = modelFreeVariance(table.expiration, minutes / 525'600, table.rate);
        QVERIFY2(variance, variance ? "" : variance.error().message().c_str());
        found.push_back(*variance);
    }
    QVERIFY(std::abs(found[0].forward - 920.50) < 0.005);
    QCOMPARE(found[0].centreStrike, 920.0);
    const auto index = varianceIndex(found[0], found[1], 43'200.0 / 525'600);
    QVERIFY(index);
    QVERIFY2(std::abs(*index - 61.218) < 0.0005, qPrintable(QString::number(*index, 'f', 6)));
}

void VarianceIndexTest::refusals()
{
    const market::Expiration expiration = flatExpiration(0.2, 0.1, 0);
    QCOMPARE(modelFreeVariance(expiration, 0, 0).error().field, std::string("years"));
    QCOMPARE(modelFreeVariance({}, 0.1, 0).error().field, std::string("quotes"));
    market::Expiration high = expiration; // only strikes above the forward
    market::Expiration upper;
    for (std::size_t row = 0; row < high.strikes.size(); ++row) {
        if (high.strikes[row] > 150)
            upper.strikes.push_back(high.strikes[row]);
    }
    upper.calls.resize(upper.strikes.size());
    upper.puts.resize(upper.strikes.size());
    for (std::size_t row = 0; row < upper.strikes.size(); ++row) {
        chains::setQuote(upper.calls, row, 0.01, 0.02, now);
        chains::setQuote(upper.puts, row, upper.strikes[row] - 100, upper.strikes[row] - 100, now);
    }
    QCOMPARE(modelFreeVariance(upper, 0.1, 0).error().field, std::string("strikes"));
    const ModelFreeVariance early{0.05, 0.04, 100, 100, 10}, late{0.15, 0.04, 100, 100, 10};
    QCOMPARE(varianceIndex(late, early, 0.1).error().field, std::string("years"));
    QCOMPARE(varianceIndex(early, late, 0).error().field, std::string("target years"));
    const ModelFreeVariance falling{0.15, 0.001, 100, 100, 10};
    QCOMPARE(varianceIndex(early, falling, 0.5).error().field, std::string("total variance"));
    QVERIFY(std::abs(*varianceIndex(early, late, 0.1) - 20) < 1e-12);
}

QTEST_GUILESS_MAIN(VarianceIndexTest)
#include "variance_index_test.moc"
