#include "execution/journal_codec.h"
#include "execution/settlement.h"
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

std::int64_t sharesOf(const std::vector<Settlement>& settlements)
{
    std::int64_t shares = 0;
    for (const Settlement& one : settlements)
        shares += one.shares;
    return shares;
}

} // namespace

class SettlementTest : public QObject
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
        const auto settled = execution::settlementsOf("SPY", ended, shareChange, lastPrice, base::Instant{});
        QCOMPARE(!settled.empty(), isExplained);
        if (!isExplained)
            return;
        QCOMPARE(settled.size(), ended.size());
        QCOMPARE(sharesOf(settled), shareChange);
        for (std::size_t i = 0; i < settled.size(); ++i) {
            QCOMPARE(settled[i].quantity, ended[i].quantity);
            QVERIFY(settled[i].price.isZero());
        }
    }

    void theLastPriceDecidesBetweenEqualShares()
    {
        // A long call spread brings no shares below both strikes, nor above them.
        const std::vector<EndedOption> spread{{option("SPY", Right::Call, 600), 1, 100},
                                              {option("SPY", Right::Call, 605), -1, 100}};
        const auto above = execution::settlementsOf("SPY", spread, 0, 610, base::Instant{});
        QCOMPARE(above.at(0).shares, std::int64_t{100});
        QCOMPARE(above.at(1).shares, std::int64_t{-100});
        const auto below = execution::settlementsOf("SPY", spread, 0, 595, base::Instant{});
        QCOMPARE(below.at(0).shares, std::int64_t{0});
        QCOMPARE(below.at(1).shares, std::int64_t{0});
    }

    void indexOptionsEndInCash()
    {
        const std::vector<EndedOption> ended{{option("SPXW", Right::Put, 6000), -1, 100},
                                             {option("SPXW", Right::Call, 6100), 2, 100}};
        const auto settled = execution::settlementsOf("SPX", ended, 0, 5987.654, base::Instant{});
        QCOMPARE(settled.at(0).price, base::Decimal::parse("12.35").value());
        QVERIFY(settled.at(1).price.isZero());
        QCOMPARE(sharesOf(settled), std::int64_t{0});
        QVERIFY(execution::settlementsOf("SPX", ended, 0, market::unknown, base::Instant{}).empty());
        QVERIFY(execution::settlementsOf("SPX", ended, 100, 5987, base::Instant{}).empty());
    }

    void theJournalKeepsThemWhole()
    {
        const auto settled = execution::settlementsOf("SPY", {{option("SPY", Right::Put, 590), -3, 100}}, 300, 585,
                                                      base::Instant(base::Nanos(1'795'000'000'123'456'789)));
        const auto read = execution::settlementFromJson(execution::toJson(settled.at(0)));
        QVERIFY(read);
        QVERIFY(*read == settled.at(0));
        QVERIFY(!execution::settlementFromJson("{}"));
    }
};

QTEST_APPLESS_MAIN(SettlementTest)
#include "settlement_test.moc"
