#include "larger_market.h"
#include "rest_caller.h"

#include "market/calendar.h"
#include "tastytrade/wire/futures.h"
#include "tastytrade/wire/instruments.h"
#include "tastytrade/wire/market_data.h"
#include "tastytrade/wire/market_metrics.h"
#include "tastytrade/wire/market_time.h"
#include "venue/market_hours.h"

#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using base::Decimal;

namespace
{

Caller larger()
{
    return Caller(thursday(), false, std::make_unique<LargerMarket>());
}

double number(const std::optional<Decimal>& value)
{
    return value ? value->toDouble() : market::unknown;
}

base::Instant newYork(int month, int day, std::chrono::minutes time)
{
    return market::fromNewYork(base::makeDate(2025, static_cast<unsigned>(month), static_cast<unsigned>(day)), time);
}

} // namespace

/// The routes about the market against the market.
class RestMarketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void metricsAreOfTheMarket()
    {
        Caller caller;
        const auto items = caller.get("/market-metrics?symbols=SPY,AAPL,SPX,NOPE").items();
        QCOMPARE(items.size(), 3);
        for (const QJsonValue& item : items) {
            const auto metrics = wire::read<wire::MarketMetrics>(item.toObject()).value();
            const std::string& symbol = metrics.symbol;
            QVERIFY2(number(metrics.volatilityIndex) > 0.03 && number(metrics.volatilityIndex) < 1.5, symbol.c_str());
            for (const auto& fraction : {metrics.rank, metrics.percentile, metrics.tosRank, metrics.twRank})
                QVERIFY2(number(fraction) >= 0 && number(fraction) <= 1, symbol.c_str());
            QVERIFY(std::abs(number(metrics.implied30) - 100 * number(metrics.volatilityIndex)) < 1e-3); // percent
            QVERIFY2(number(metrics.historical30) > 2 && number(metrics.historical30) < 150, symbol.c_str());
            QVERIFY(std::abs(number(metrics.implied30) - number(metrics.historical30) -
                             number(metrics.impliedLessHistorical30)) < 1e-3);
            QVERIFY2(number(metrics.beta) > 0.5 && number(metrics.beta) < 2, symbol.c_str());
            QVERIFY2(number(metrics.correlation) > 0.3 && number(metrics.correlation) <= 1, symbol.c_str());
            QCOMPARE(metrics.dividendExDate.has_value(), symbol != "SPX"); // an index pays as a yield
            QCOMPARE(metrics.earnings.has_value(), symbol == "AAPL");
            if (metrics.earnings) // nobody knows yet
                QVERIFY(*metrics.earnings->expectedDate >= caller.exchange.today() && !metrics.earnings->actual);
            const auto* chain = caller.market->definition(symbol, caller.exchange.today());
            std::set<std::pair<base::Date, market::Settlement>> expiries;
            for (const market::Instrument& option : chain->options) {
                if (option.expiresAt > caller.exchange.now())
                    expiries.emplace(option.option->expiry, option.settlement);
            }
            QCOMPARE(metrics.expirations.size(), expiries.size());
            for (const auto& expiration : metrics.expirations)
                QVERIFY2(number(expiration.volatility) > 0.02 && number(expiration.volatility) < 2, symbol.c_str());
        }
        const auto spy = wire::read<wire::MarketMetrics>(items[0].toObject()).value();
        QVERIFY(std::abs(number(spy.beta) - 1) < 1e-6);
        QVERIFY(*spy.liquidityRating == 4 && *spy.marketCap > 1e9);
        QCOMPARE(*wire::read<wire::MarketMetrics>(items[2].toObject()).value().marketCap, 0.0); // of an index
    }

    void metricsAreTheSameForTheSameSeed()
    {
        Caller one, two;
        two.get("/market-metrics?symbols=KO"); // what was asked before changes nothing
        QCOMPARE(one.get("/market-metrics?symbols=SPY,KO").body, two.get("/market-metrics?symbols=SPY,KO").body);
    }

    void dividendsAndEarnings()
    {
        Caller caller = larger();
        const auto metrics =
            wire::read<wire::MarketMetrics>(caller.get("/market-metrics?symbols=KO").items().first().toObject())
                .value();
        QCOMPARE(*metrics.dividendExDate, base::makeDate(2024, 12, 30));
        QCOMPARE(*metrics.dividendPayDate, base::makeDate(2025, 1, 13));
        QCOMPARE(*metrics.dividendNextDate, base::makeDate(2025, 3, 31));
        QCOMPARE(*metrics.annualDividend, dollars("2.0"));
        QVERIFY(number(metrics.dividendYield) > 0.01 && number(metrics.dividendYield) < 0.1);
        QCOMPARE(*metrics.earnings->expectedDate, base::makeDate(2025, 4, 29));
        QVERIFY(metrics.earnings->isEstimated && !metrics.earnings->actual);
        const QByteArray events = "/market-metrics/historic-corporate-events";
        QCOMPARE(textsOf(caller.get(events + "/dividends/KO").items(), "occurred-date"),
                 (QByteArrayList{"2024-04-01", "2024-07-01", "2024-09-30", "2024-12-30"}));
        QCOMPARE(textsOf(caller.get(events + "/earnings-reports/KO?start-date=2024-01-01").items(), "eps"),
                 (QByteArrayList{"0.77", "0.55"})); // what is to come is no history
        QCOMPARE(caller.get(events + "/earnings-reports/KO?start-date=2024-01-01&end-date=2024-12-31").items().size(),
                 1);
        QVERIFY(caller.get(events + "/dividends/SPY").items().isEmpty());
        const auto board = wire::read<wire::MarketSnapshot>(caller.get("/market-data/equity/KO").data()).value();
        QCOMPARE(*board.dividend, dollars("0.5"));
        QCOMPARE(*board.dividendFrequency, dollars("4"));
    }

    void futures_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("count"); // of items; -1: one object
        QTest::newRow("active ones") << QByteArray("/instruments/futures") << 1;
        QTest::newRow("all") << QByteArray("/instruments/futures?only-active-futures=false") << 2;
        QTest::newRow("by symbol") << QByteArray("/instruments/futures?symbol[]=/ESM5&symbol[]=/NQM5") << 1;
        QTest::newRow("by product") << QByteArray("/instruments/futures?product-code%5B%5D=NQ") << 0;
        QTest::newRow("by exchange") << QByteArray("/instruments/futures?exchange=CME") << 1;
        QTest::newRow("encoded") << QByteArray("/instruments/futures/%2FESM5") << -1;
        QTest::newRow("not encoded") << QByteArray("/instruments/futures//ESM5") << -1;
        QTest::newRow("without its slash") << QByteArray("/instruments/futures/ESM5") << -1;
        QTest::newRow("products") << QByteArray("/instruments/future-products") << 1;
        QTest::newRow("product") << QByteArray("/instruments/future-products/CME/ES") << -1;
        QTest::newRow("option products") << QByteArray("/instruments/future-option-products") << 1;
        QTest::newRow("option product") << QByteArray("/instruments/future-option-products/EW2") << -1;
        QTest::newRow("of an exchange") << QByteArray("/instruments/future-option-products/CME/EW2") << -1;
        QTest::newRow("option") << QByteArray("/instruments/future-options/.%2FESM5%20EW2H5%20250314C5600") << -1;
        QTest::newRow("option, slash plain")
            << QByteArray("/instruments/future-options/./ESM5%20EW2H5%20250314C5600") << -1;
        QTest::newRow("options") << QByteArray("/futures-option-chains/ES") << 1;
        QTest::newRow("chain") << QByteArray("/futures-option-chains/ES/nested") << -1;
        QTest::newRow("search") << QByteArray("/instruments/search?query=es&type=Future") << 2;
    }
    void futures()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, count);
        Caller caller = larger();
        const Reply reply = caller.get(target);
        QVERIFY2(reply.status == 200, reply.body.constData());
        QCOMPARE(reply.data().contains("items"), count >= 0);
        if (count >= 0)
            QCOMPARE(reply.items().size(), count);
    }

    void boardsByTimeOfDay_data()
    {
        QTest::addColumn<base::Instant>("at");
        QTest::addColumn<QString>("closeType");
        QTest::addColumn<QString>("summaryDate");
        QTest::addColumn<QString>("before");
        QTest::newRow("before the open") << newYork(3, 13, 8h) << "Unknown"
                                         << "2025-03-13"
                                         << "2025-03-12";
        QTest::newRow("in session") << newYork(3, 13, 11h) << "Indicative"
                                    << "2025-03-13"
                                    << "2025-03-12";
        QTest::newRow("after the close") << newYork(3, 13, 17h) << "Regular"
                                         << "2025-03-13"
                                         << "2025-03-12";
        QTest::newRow("on a Sunday") << newYork(3, 16, 11h) << "Regular"
                                     << "2025-03-14"
                                     << "2025-03-13";
    }
    void boardsByTimeOfDay()
    {
        QFETCH(base::Instant, at);
        QFETCH(QString, closeType);
        QFETCH(QString, summaryDate);
        QFETCH(QString, before);
        Caller caller(at);
        const QJsonObject data = caller.get("/market-data/equity/KO").data();
        const auto board = wire::read<wire::MarketSnapshot>(data).value();
        QCOMPARE(QString::fromStdString(board.closeType), closeType);
        QCOMPARE(board.close.has_value(), closeType != "Unknown");
        QCOMPARE(data.value("summary-date").toString(), summaryDate);
        QCOMPARE(data.value("prev-close-date").toString(), before);
        QCOMPARE(board.haltStart, -1);
        QVERIFY(number(board.yearLow) <= number(board.mark) && number(board.mark) <= number(board.yearHigh));
    }

    void boardsAreQuotes()
    {
        Caller caller;
        const auto call = contract(*caller.market, caller.exchange.now(), "SPY", market::Right::Call, 1, 30);
        const QByteArray symbol = QUrl::toPercentEncoding(QString::fromStdString(call.symbol));
        const Reply reply = caller.get("/market-data/by-type?equity-option=" + symbol + "&index=SPX,SPX");
        QVERIFY(reply.json().contains("pagination") && reply.json().value("pagination").isNull());
        QCOMPARE(reply.items().size(), 3);
        const auto board = wire::read<wire::MarketSnapshot>(reply.items().last().toObject()).value();
        const market::MarketData data = caller.market->data(call, caller.exchange.now());
        QCOMPARE(board.symbol, call.symbol);
        QCOMPARE(board.instrumentType, std::string("Equity Option"));
        QVERIFY(std::abs(number(board.bid) - data.quote.bid) < 1e-6 &&
                std::abs(number(board.ask) - data.quote.ask) < 1e-6);
        QCOMPARE(number(board.openInterest), data.summary.openInterest);
        QVERIFY(!board.yearHigh && !board.beta);
        QByteArrayList many;
        for (int i = 0; i < 101; ++i)
            many.append("KO");
        QCOMPARE(caller.get("/market-data/by-type?equity=" + many.join(',')).status, 400);
        many.removeLast();
        QCOMPARE(caller.get("/market-data/by-type?equity=" + many.join(',')).items().size(), 100);
    }

    void chainsInThreeFormsAreTheSame()
    {
        Caller caller;
        std::multiset<std::string> nested, compact, full, streamers, otherStreamers;
        for (const QJsonValue& item : caller.get("/option-chains/SPX/nested").items()) {
            const wire::NestedChain chain = wire::parseNestedChain(item.toObject()).value();
            for (const wire::ChainExpiration& expiration : chain.expirations) {
                for (const wire::ChainStrike& strike : expiration.strikes) {
                    nested.insert(strike.call);
                    nested.insert(strike.put);
                    streamers.insert(strike.callStreamer);
                    streamers.insert(strike.putStreamer);
                }
            }
        }
        nested.erase("");
        streamers.erase("");
        for (const QJsonValue& item : caller.get("/option-chains/SPX/compact").items()) {
            const auto chain = wire::read<wire::CompactChain>(item.toObject()).value();
            compact.insert(chain.symbols.begin(), chain.symbols.end());
            otherStreamers.insert(chain.streamerSymbols.begin(), chain.streamerSymbols.end());
        }
        for (const QJsonValue& item : caller.get("/option-chains/SPX").items()) {
            const auto option = wire::read<wire::EquityOption>(item.toObject()).value();
            full.insert(option.symbol);
            QCOMPARE(option.exerciseStyle, std::string("European"));
            QCOMPARE(option.settlement, std::string(option.root == "SPX" ? "AM" : "PM"));
        }
        QVERIFY(nested.size() > 1000);
        QVERIFY(compact == nested);
        QVERIFY(full == nested);
        QVERIFY(otherStreamers == streamers);
    }

    void deliverablesOfStocksAlone()
    {
        Caller caller;
        const auto spy =
            wire::parseNestedChain(caller.get("/option-chains/SPY/nested").items().first().toObject()).value();
        QCOMPARE(spy.deliverables.size(), 1U);
        QCOMPARE(*spy.deliverables[0].amount, dollars("100"));
        const auto spx =
            wire::parseNestedChain(caller.get("/option-chains/SPX/nested").items().first().toObject()).value();
        QVERIFY(spx.deliverables.empty()); // cash
    }

    void hours_data()
    {
        QTest::addColumn<base::Instant>("at");
        QTest::addColumn<QString>("collection");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("date");
        const auto row = [](const char* name, base::Instant at, const char* collection, const char* state,
                            const char* date) {
            QTest::newRow(name) << at << QString::fromLatin1(collection) << QString::fromLatin1(state)
                                << QString::fromLatin1(date);
        };
        row("night", newYork(3, 13, 3h), "Equity", "Closed", "2025-03-13");
        row("morning", newYork(3, 13, 8h + 15min), "Equity", "Pre-market", "2025-03-13");
        row("opening", newYork(3, 13, 9h + 30min), "Equity", "Open", "2025-03-13");
        row("closing", newYork(3, 13, 16h), "Equity", "Extended", "2025-03-13");
        row("evening", newYork(3, 13, 20h), "Equity", "Closed", "2025-03-13");
        row("Saturday", newYork(3, 15, 12h), "Equity", "Closed", "2025-03-17");
        row("half day", newYork(7, 3, 13h), "Equity", "Extended", "2025-07-03");
        row("holiday", newYork(7, 4, 12h), "Equity", "Closed", "2025-07-07");
        row("futures at night", newYork(3, 13, 3h), "CME", "Open", "2025-03-13");
        row("futures' break", newYork(3, 13, 17h + 30min), "CME", "Closed", "2025-03-13");
        row("futures' evening", newYork(3, 13, 18h), "CME", "Open", "2025-03-14");
        row("futures' weekend", newYork(3, 15, 12h), "CFE", "Closed", "2025-03-17");
        row("futures' Sunday", newYork(3, 16, 19h), "CFE", "Open", "2025-03-17");
    }
    void hours()
    {
        QFETCH(base::Instant, at);
        QFETCH(QString, collection);
        QFETCH(QString, state);
        QFETCH(QString, date);
        const wire::MarketSession session =
            venue::currentSession(venue::hoursFromText(collection.toStdString()).value(), at);
        QCOMPARE(QString::fromStdString(session.state), state);
        QCOMPARE(QString::fromStdString(base::formatDate(*session.hours.date)), date);
        QVERIFY(*session.previous->date < *session.hours.date && *session.hours.date < *session.next->date);
        QVERIFY(*session.previous->closeAtExtended <= *session.hours.startAt);
    }

    void holidays()
    {
        Caller caller;
        const auto days = wire::read<wire::MarketHolidays>(caller.get("/market-time/equities/holidays").data()).value();
        const auto has = [](const std::vector<std::string>& list, const char* date) {
            return std::ranges::find(list, date) != list.end();
        };
        QVERIFY(has(days.holidays, "2025-12-25") && has(days.holidays, "2026-11-26"));
        QVERIFY(has(days.halfDays, "2025-07-03") && has(days.halfDays, "2025-11-28"));
        QVERIFY(!has(days.holidays, "2025-03-15")); // a Saturday is none
    }
};

QTEST_GUILESS_MAIN(RestMarketTest)
#include "rest_market_test.moc"
