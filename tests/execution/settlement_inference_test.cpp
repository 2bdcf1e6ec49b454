#include "execution/settlement_inference.h"
#include "market/quote.h"
#include "market/symbols.h"

#include <QtTest>

using namespace vegadesk;
using execution::EndedOption;
using execution::Settlement;
using market::Right;

namespace
{

constexpr base::Date expiry = base::makeDate(2026, 11, 25);

std::string option(std::string_view root, Right right, int strike)
{
    return market::toOccSymbol({std::string(root), expiry, right, base::Decimal::fromInteger(strike)}).value();
}

std::int64_t sharesOf(const Settlement& one)
{
    if (!one.shares)
        return 0;
    return portfolio::signedQuantity(one.shares->action, one.shares->quantity).whole();
}

std::int64_t sharesOf(const std::vector<Settlement>& settlements)
{
    std::int64_t shares = 0;
    for (const Settlement& one : settlements)
        shares += sharesOf(one);
    return shares;
}

} // namespace

class SettlementInferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesSayWhatWasExercised_data()
    {
        QTest::addColumn<int>("callStrike");
        QTest::addColumn<int>("callQuantity");
        QTest::addColumn<int>("putStrike");
        QTest::addColumn<int>("putQuantity");
        QTest::addColumn<qint64>("shareChange");
        QTest::addColumn<double>("lastPrice");
        QTest::addColumn<bool>("isExplained");
        QTest::newRow("long call in the money") << 600 << 1 << 590 << 0 << qint64{100} << 605.0 << true;
        QTest::newRow("it moved after the last quote") << 600 << 1 << 590 << 0 << qint64{100} << 599.9 << true;
        QTest::newRow("no price at all") << 600 << 1 << 590 << 0 << qint64{100} << market::unknown << true;
        QTest::newRow("worthless") << 600 << 1 << 590 << -1 << qint64{0} << 595.0 << true;
        QTest::newRow("short put assigned") << 600 << -2 << 590 << -2 << qint64{200} << 580.0 << true;
        QTest::newRow("short call assigned") << 600 << -2 << 590 << -2 << qint64{-200} << 580.0 << true;
        QTest::newRow("too few shares") << 600 << 2 << 590 << 0 << qint64{100} << 605.0 << false;
        QTest::newRow("both sides cannot be") << 600 << 1 << 590 << 1 << qint64{7} << 605.0 << false;
    }
    void sharesSayWhatWasExercised()
    {
        QFETCH(int, callStrike);
        QFETCH(int, callQuantity);
        QFETCH(int, putStrike);
        QFETCH(int, putQuantity);
        QFETCH(qint64, shareChange);
        QFETCH(double, lastPrice);
        QFETCH(bool, isExplained);
        std::vector<EndedOption> ended{{option("SPY", Right::Call, callStrike), callQuantity, 100}};
        if (putQuantity != 0)
            ended.push_back({option("SPY", Right::Put, putStrike), putQuantity, 100});
        const auto settled = execution::inferredSettlements("SPY", ended, shareChange, lastPrice, base::Instant{});
        QCOMPARE(!settled.empty(), isExplained);
        if (!isExplained)
            return;
        QCOMPARE(settled.size(), ended.size());
        QCOMPARE(sharesOf(settled), shareChange);
        for (std::size_t i = 0; i < settled.size(); ++i) {
            QCOMPARE(settled[i].contracts, ended[i].quantity.abs());
            QVERIFY(settled[i].price.isZero());
        }
    }

    void theLastPriceDecidesBetweenEqualShares()
    {
        // A long call spread brings no shares below both strikes, nor above them.
        const std::vector<EndedOption> spread{{option("SPY", Right::Call, 600), 1, 100},
                                              {option("SPY", Right::Call, 605), -1, 100}};
        const auto above = execution::inferredSettlements("SPY", spread, 0, 610, base::Instant{});
        QCOMPARE(sharesOf(above.at(0)), std::int64_t{100});
        QCOMPARE(sharesOf(above.at(1)), std::int64_t{-100});
        const auto below = execution::inferredSettlements("SPY", spread, 0, 595, base::Instant{});
        QCOMPARE(sharesOf(below.at(0)), std::int64_t{0});
        QCOMPARE(sharesOf(below.at(1)), std::int64_t{0});
    }

    void indexOptionsEndInCash()
    {
        const std::vector<EndedOption> ended{{option("SPXW", Right::Put, 6000), -1, 100},
                                             {option("SPXW", Right::Call, 6100), 2, 100}};
        const auto settled = execution::inferredSettlements("SPX", ended, 0, 5987.654, base::Instant{});
        QCOMPARE(settled.at(0).price, base::Decimal::parse("12.35").value());
        QVERIFY(settled.at(1).price.isZero());
        QCOMPARE(sharesOf(settled), std::int64_t{0});
        QVERIFY(execution::inferredSettlements("SPX", ended, 0, market::unknown, base::Instant{}).empty());
        QVERIFY(execution::inferredSettlements("SPX", ended, 100, 5987, base::Instant{}).empty());
    }
};

QTEST_APPLESS_MAIN(SettlementInferenceTest)
#include "settlement_inference_test.moc"
