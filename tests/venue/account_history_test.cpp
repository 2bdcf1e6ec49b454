#include "venue/account_history.h"

#include "market/calendar.h"

#include <QTest>

#include <chrono>

using namespace vegadesk;
using namespace std::chrono_literals;
namespace wire = tastytrade::wire;
using base::Decimal;
using base::Instant;
using venue::AccountHistory;
using venue::WorthRow;

namespace
{

Instant at(unsigned day, std::chrono::minutes time)
{
    return market::fromNewYork(base::makeDate(2025, 11, day), time); // the 27th is Thanksgiving, the 28th a half day
}

/// Worth as many dollars as minutes have passed since the month began.
Decimal minutesOf(Instant moment)
{
    return Decimal::fromInteger((moment - at(1, 0min)) / std::chrono::minutes(1));
}

portfolio::Position shortStock()
{
    const std::string symbol = "XYZ";
    return {.account = "SIM00001",
            .symbol = symbol,
            .underlying = symbol,
            .type = market::InstrumentType::Equity,
            .quantity = -20,
            .multiplier = 1,
            .averageOpenPrice = *Decimal::parse("70.5"),
            .averageDailyMarketClosePrice = {},
            .realizedToday = {},
            .updatedAt = {}};
}

std::vector<WorthRow> all(const AccountHistory& history, Instant now)
{
    return history.minutesSince(Instant{}, now, minutesOf(now));
}

} // namespace

class AccountHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void samplesEveryFiveMinutesOfASession()
    {
        AccountHistory history(at(25, 9h));
        std::vector<Instant> moments;
        history.sampleUntil(at(25, 18h), [&](Instant moment) {
            moments.push_back(moment);
            return minutesOf(moment);
        });
        QCOMPARE(moments.size(), 79U); // with both ends
        QCOMPARE(moments.front(), at(25, 9h + 30min));
        QCOMPARE(moments.back(), at(25, 16h));
        const std::vector<WorthRow> rows = all(history, at(25, 18h));
        QCOMPARE(rows.size(), 79U); // 78 of five minutes and the present moment
        for (std::size_t i = 0; i < 78; ++i) {
            QCOMPARE(rows[i].from, at(25, 9h + 30min) + static_cast<std::int64_t>(i) * 5min);
            QCOMPARE(rows[i].open, minutesOf(rows[i].from));
            QCOMPARE(rows[i].close, minutesOf(rows[i].from + 5min));
            QVERIFY(rows[i].low == rows[i].open && rows[i].high == rows[i].close);
        }
        QCOMPARE(rows.back().from, at(25, 18h));
    }

    void skipsClosedDaysAndKnowsHalfDays()
    {
        AccountHistory history(at(26, 15h + 57min));
        history.sampleUntil(at(30, 12h), minutesOf);
        const std::vector<WorthRow> rows = all(history, at(30, 12h));
        QCOMPARE(rows.size(), 1U + 42U); // the 26th was sampled at its close alone; 42 are 9:30 to 13:00
        QCOMPARE(rows.front().from, at(28, 9h + 30min));
        const std::vector<WorthRow> days = history.daysSince(Instant{}, at(30, 12h), Decimal{});
        QCOMPARE(days.size(), 3U); // with the present
        QCOMPARE(days[0].from, at(26, 16h));
        QCOMPARE(days[1].close, minutesOf(at(28, 13h)));
    }

    void itDoesNotMatterHowOftenItIsAsked()
    {
        AccountHistory once(at(25, 8h)), often(at(25, 8h));
        once.sampleUntil(at(28, 20h), minutesOf);
        for (Instant moment = at(25, 8h); moment <= at(28, 20h); moment += 7min)
            often.sampleUntil(moment, minutesOf);
        often.sampleUntil(at(28, 20h), minutesOf);
        QCOMPARE(wire::toBytes(toJson(often.state())), wire::toBytes(toJson(once.state())));
        QVERIFY(once.minutesSince(Instant{}, at(28, 20h), {}).size() > 190);
    }

    void aRowThatIsNotOverReachesThePresent()
    {
        AccountHistory history(at(25, 9h));
        history.sampleUntil(at(25, 10h + 2min), minutesOf);
        const std::vector<WorthRow> rows =
            history.minutesSince(at(25, 9h + 55min), at(25, 10h + 2min), Decimal::fromInteger(5));
        QCOMPARE(rows.size(), 2U);
        QCOMPARE(rows[1].from, at(25, 10h));
        QCOMPARE(rows[1].open, minutesOf(at(25, 10h)));
        QCOMPARE(rows[1].close, Decimal::fromInteger(5));
        QCOMPARE(rows[1].low, Decimal::fromInteger(5));
    }

    void oldRowsAreForgotten()
    {
        AccountHistory history(at(3, 9h));
        const Instant end = market::fromNewYork(base::makeDate(2032, 6, 1), 12h);
        history.sampleUntil(end, [](Instant) { return Decimal::fromInteger(1); });
        QCOMPARE(history.state().minutes.size(), AccountHistory::minutesMost);
        QCOMPARE(history.state().days.size(), AccountHistory::daysMost);
        QVERIFY(end - history.state().minutes.back().from < 6min);
        for (int i = 0; i < 300; ++i) {
            wire::AccountBalance balance;
            balance.values.cash = Decimal::fromInteger(i);
            history.bookBalance(balance, "EOD");
        }
        QCOMPARE(history.balances().size(), AccountHistory::balancesMost);
        QCOMPARE(history.balances().back().balance.values.cash, Decimal::fromInteger(299));
        for (std::size_t i = 0; i < AccountHistory::transactionsMost + 10; ++i)
            history.bookDeposit("SIM00001", Decimal::fromInteger(1), end);
        QCOMPARE(history.transactions().size(), AccountHistory::transactionsMost);
        QCOMPARE(history.transactions().front().id, std::string("1000000011")); // ids go on
    }

    void tradesAreWorthWhatTheyMove()
    {
        wire::Order order;
        order.id = "270001";
        order.account = "SIM00001";
        order.underlying = "SPY";
        order.legs.resize(2);
        order.legs[1].terms = {"SPY   251219C00600000", market::InstrumentType::EquityOption,
                               portfolio::Action::SellToOpen, 3};
        order.legs[1].fills = {{"f", 3, {}, {}, "VENUE"}};
        const portfolio::Fill fill{"270001.1.2",
                                   order.id,
                                   order.legs[1].terms.symbol,
                                   order.legs[1].terms.action,
                                   3,
                                   *Decimal::parse("1.25"),
                                   at(25, 10h) + std::chrono::microseconds(1'234)};
        AccountHistory history(at(25, 9h));
        history.bookTrade(order, 1, fill, 100,
                          {Decimal::fromInteger(3), *Decimal::parse("0.3"), *Decimal::parse("0.06")});
        const wire::Transaction& row = history.transactions().front();
        QCOMPARE(row.type, std::string("Trade"));
        QCOMPARE(row.subType, std::string("Sell to Open"));
        QCOMPARE(row.value, Decimal::fromInteger(375));
        QCOMPARE(row.netValue, *Decimal::parse("371.64"));
        QCOMPARE(*row.details.commission, Decimal::fromInteger(-3));
        QCOMPARE(*row.details.legCount, 2);
        QCOMPARE(row.details.orderId, order.id);
        QCOMPARE(row.executedAt, at(25, 10h) + 1ms); // as it will be read again
        const auto again = wire::parseTransaction(wire::toJson(row));
        QVERIFY(again && *again == row);
    }

    void stateIsReadAsItIsPrinted()
    {
        AccountHistory history(at(25, 9h));
        history.bookDeposit("SIM00001", Decimal::fromInteger(100'000), at(25, 9h));
        history.bookDelivery(shortStock(), at(25, 9h));
        wire::AccountBalance balance;
        balance.values.account = "SIM00001";
        balance.values.pendingCash = Decimal::fromInteger(-3);
        balance.snapshotDate = base::makeDate(2025, 11, 25);
        history.bookBalance(balance, "BOD");
        history.sampleUntil(at(26, 11h), minutesOf);
        QCOMPARE(history.transactions().back().value, Decimal::fromInteger(1410));
        const QByteArray printed = wire::toBytes(toJson(history.state()));
        const auto state = venue::parseAccountHistory(*wire::parseObject(printed, "test"));
        QVERIFY2(state, state ? "" : state.error().message().c_str());
        QCOMPARE(wire::toBytes(toJson(*state)), printed);
        AccountHistory again(*state);
        again.sampleUntil(at(28, 11h), minutesOf);
        history.sampleUntil(at(28, 11h), minutesOf);
        QCOMPARE(wire::toBytes(toJson(again.state())), wire::toBytes(toJson(history.state())));
    }

    void damagedStateIsRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("row") << "minutes" << QJsonValue(QJsonArray{QStringLiteral("1 2 3")});
        QTest::newRow("day") << "days" << QJsonValue(QJsonArray{QStringLiteral("x")});
        QTest::newRow("transaction") << "transactions" << QJsonValue(QJsonArray{QJsonObject{}});
        QTest::newRow("balance") << "balances" << QJsonValue(QJsonArray{QStringLiteral("all")});
        QTest::newRow("count") << "booked" << QJsonValue();
        QTest::newRow("moment") << "sampled-at" << QJsonValue(QStringLiteral("now"));
    }
    void damagedStateIsRefused()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QJsonObject object = toJson(AccountHistory(at(25, 9h)).state());
        QVERIFY(venue::parseAccountHistory(object));
        object.insert(key, value);
        QVERIFY(!venue::parseAccountHistory(object));
    }
};

QTEST_GUILESS_MAIN(AccountHistoryTest)
#include "account_history_test.moc"
