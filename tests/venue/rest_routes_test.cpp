#include "rest_caller.h"
#include "rest_keys.h"

#include <QTest>

using namespace venue_test;

namespace
{

const QByteArray account = "/accounts/SIM00001";

} // namespace

/// Every route of the reference but those of orders: status, envelope and keys.
class RestRoutesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_caller = std::make_unique<Caller>(thursday(), true);
        m_option = contract(*m_caller->market, m_caller->exchange.now(), "SPY", market::Right::Call, 1, 30);
        m_caller->wait(std::chrono::minutes(11));
    }

    void objects_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("keys");
        const auto row = [](const QByteArray& target, const char* keys) {
            QTest::newRow(target) << target << QByteArray(keys);
        };
        row("/customers/me", customerKeys);
        row("/customers/me/accounts/SIM00001", accountKeys);
        row(account + "/trading-status", statusKeys);
        row(account + "/balances", balanceKeys);
        row(account + "/balances/USD", balanceKeys);
        row(account + "/net-liq", worthKeys);
        row(account + "/transactions/1000000001", rowKeys);
        row(account + "/transactions/total-fees?date=2025-03-13", "total-fees total-fees-effect");
        row("/margin/accounts/SIM00001/requirements", marginKeys);
        row(account + "/margin-requirements/SPY/effective",
            "underlying-symbol long-equity-initial short-equity-initial long-equity-maintenance "
            "short-equity-maintenance "
            "naked-option-standard naked-option-minimum naked-option-floor");
        row(account + "/position-limit", limitKeys);
        row("/margin-requirements-public-configuration", "risk-free-rate");
        row("/instruments/equities/SPY", equityKeys);
        row("//instruments//equities/SPX", equityKeys);
        row("/instruments/equity-options/" + QUrl::toPercentEncoding(QString::fromStdString(m_option.symbol)),
            optionKeys);
        row("/futures-option-chains/ES/nested", "futures option-chains");
        row("/market-data/Equity/SPY", boardKeys);
        row("/market-data/index/SPX", boardKeys);
        row("/market-time/equities/sessions/current", sessionKeys);
        row("/market-time/equities/sessions/next?date=2025-03-14", sessionKeys);
        row("/market-time/equities/sessions/previous", sessionKeys);
        row("/market-time/futures/sessions/current/CME", sessionKeys);
        row("/market-time/futures/sessions/next/CFE", sessionKeys);
        row("/market-time/futures/sessions/previous/CME?date=2025-03-17", sessionKeys);
        row("/market-time/equities/holidays", "market-half-days market-holidays");
        row("/market-time/futures/holidays/CFE", "market-half-days market-holidays");
        row("/public-watchlists/Funds", "name group-name order-index watchlist-entries");
        row("/api-quote-tokens", "token dxlink-url level");
    }
    void objects()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, keys);
        const Reply reply = m_caller->get(target);
        QVERIFY2(reply.status == 200, reply.body.constData());
        QCOMPARE(reply.json().value("context").toString(), QString::fromLatin1(target.split('?').first()));
        check(reply.data(), keys);
    }

    void lists_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("count"); // -1: some
        QTest::addColumn<QByteArray>("keys");
        const auto row = [](const QByteArray& target, int count, const char* keys = "") {
            QTest::newRow(target) << target << count << QByteArray(keys);
        };
        row("/customers/me/accounts", 1, "account authority-level");
        row(account + "/balance-snapshots", 1, balanceKeys);
        row(account + "/positions?include-marks=true", -1, positionKeys);
        row(account + "/transactions", -1, rowKeys);
        row(account + "/net-liq/history?time-back=1d", 2, worthKeys);
        row(account + "/net-liq/history?start-time=2025-03-13T00:00:00Z", 2, worthKeys);
        row("/span/rows?date=2025-03-13&exchange=CME", 0);
        row("/option-chains/SPX/nested", 2,
            "underlying-symbol root-symbol option-chain-type shares-per-contract tick-sizes "
            "expirations deliverables");
        row("/option-chains/SPY/compact", -1,
            "underlying-symbol root-symbol option-chain-type settlement-type "
            "shares-per-contract expiration-type deliverables symbols streamer-symbols");
        row("/option-chains/SPY", -1, optionKeys);
        row("/futures-option-chains/ES", 9228);
        row("/futures-option-chains/NQ", 0);
        row("/instruments/equities?is-etf=true", 3, equityKeys);
        row("/instruments/equities?is-index=true", 1, equityKeys);
        row("/instruments/equities?lendability=Locate%20Required", 0);
        row("/instruments/equities?lendability=Easy+To+Borrow", -1, equityKeys);
        row("/instruments/equities?symbol[]=SPY&symbol%5B%5D=KO&symbol=SPX", 3, equityKeys);
        row("/instruments/equities/active?per-page=2", 2, equityKeys);
        row("/instruments/equity-options?symbol[]=" + QUrl::toPercentEncoding(QString::fromStdString(m_option.symbol)),
            1, optionKeys);
        row("/instruments/futures", 4);
        row("/instruments/future-products", 1);
        row("/instruments/future-option-products", 11);
        row("/instruments/cryptocurrencies", 0);
        row("/instruments/warrants", 0);
        row("/instruments/quantity-decimal-precisions", -1, "instrument-type value minimum-increment-precision");
        row("/instruments/search?query=sp", 3, "symbol description exchange instrument-type");
        row("/instruments/search?query=simulated&limit=4", 4, "symbol description exchange instrument-type");
        row("/market-metrics?symbols=KO,SPX", 2, metricKeys);
        row("/market-metrics?symbols=NOPE", 0);
        row("/market-metrics/historic-corporate-events/dividends/KO", 45);
        row("/market-metrics/historic-corporate-events/earnings-reports/KO?start-date=2024-01-01", 5);
        row("/market-data/by-type?equity=KO,SPY&index=SPX&future=/ESZ6", 3, boardKeys);
        row("/market-data/by-type?equity=KO&equity=SPY", 2, boardKeys);
        row("/market-time/sessions/current?instrument-collections[]=Equity&instrument-collections[]=CFE", 2,
            sessionKeys);
        row("/market-time/sessions?from-date=2025-03-10&to-date=2025-03-16&instrument-collection=CME", 5, sessionKeys);
        row("/market-time/futures/sessions/current", 2, sessionKeys);
        row("/symbols/search/sp", 3,
            "symbol description listed-market price-increments trading-hours options instrument-type");
        row("/watchlists", 0);
        row("/public-watchlists?counts-only=true", 3, "name id watchlist-entry-count");
        row("/pairs-watchlists", 0);
        row("/quote-alerts", 0);
    }
    void lists()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, count);
        QFETCH(QByteArray, keys);
        const Reply reply = m_caller->get(target);
        QVERIFY2(reply.status == 200, reply.body.constData());
        QVERIFY(reply.data().value("items").isArray());
        if (count >= 0)
            QCOMPARE(reply.items().size(), count);
        else
            QVERIFY(reply.items().size() > 0);
        for (const QJsonValue& item : reply.items())
            check(item.toObject(), keys);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* method, const QByteArray& target, int status, const char* code) {
            QTest::newRow(method + (' ' + target))
                << QByteArray(method) << target << status << QString::fromLatin1(code);
        };
        const char* const missing = "record_not_found";
        for (const char* target : {"/",
                                   "/nope",
                                   "/customers/me/nope",
                                   "/accounts/SIM00001",
                                   "/accounts/SIM00001/nope",
                                   "/accounts/SIM00001/trading-status/more",
                                   "/accounts/SIM00001/balances/EUR",
                                   "/accounts/SIM00001/transactions/1",
                                   "/accounts/SIM00001/net-liq/nope",
                                   "/accounts/SIM00001/margin-requirements/NOPE/effective",
                                   "/margin/accounts/SIM00001/nope",
                                   "/instruments/nope",
                                   "/instruments/equities/NOPE",
                                   "/instruments/equity-options/NOPE",
                                   "/instruments/futures/%2FESZ6",
                                   "/instruments/futures//ESZ6",
                                   "/instruments/futures/ESZ6",
                                   "/instruments/future-products/CME/NQ",
                                   "/instruments/future-option-products/EW9",
                                   "/instruments/future-options/.%2FESZ6%20EW4X6%20261127C6000",
                                   "/instruments/cryptocurrencies/BTC%2FUSD",
                                   "/instruments/warrants/NOPE",
                                   "/option-chains/NOPE/nested",
                                   "/market-data/equity/SPX",
                                   "/market-data/future/SPY",
                                   "/market-metrics/nope",
                                   "/market-metrics/historic-corporate-events/dividends/NOPE",
                                   "/market-time/nope",
                                   "/market-time/equities/sessions",
                                   "/market-time/equities/sessions/nope",
                                   "/market-time/equities/holidays/CME",
                                   "/market-time/futures/sessions/current/Equity",
                                   "/symbols/search",
                                   "/watchlists/nope",
                                   "/public-watchlists/nope",
                                   "/pairs-watchlists/nope"})
            row("GET", target, 404, missing);
        for (const char* target :
             {"/customers/me", "/accounts/SIM00001/positions", "/instruments/equities", "/market-metrics",
              "/option-chains/SPY/nested", "/market-time/equities/holidays", "/symbols/search/a", "/public-watchlists",
              "/margin/accounts/SIM00001/requirements", "/market-data/by-type"})
            row("POST", target, 404, missing);
        for (const char* target : {"/accounts/OTHER/positions", "/margin/accounts/OTHER/requirements", "/customers/42"})
            row("GET", target, 403, "not_permitted");
        row("POST", "/sessions", 403, "not_permitted");
        row("DELETE", "/sessions", 403, "not_permitted");
        for (const char* target :
             {"/market-data/by-type", "/market-data/by-type?equity=" /* too few */,
              "/instruments/equities?is-etf=perhaps", "/accounts/SIM00001/transactions?start-date=soon",
              "/accounts/SIM00001/transactions?type=Gift", "/accounts/SIM00001/transactions?end-at=now",
              "/accounts/SIM00001/transactions/total-fees?date=x",
              "/accounts/SIM00001/balance-snapshots?time-of-day=Noon",
              "/accounts/SIM00001/balance-snapshots?snapshot-date=2025-02-30",
              "/accounts/SIM00001/net-liq/history?time-back=2d",
              "/accounts/SIM00001/net-liq/history?start-time=yesterday",
              "/market-metrics/historic-corporate-events/earnings-reports/KO", "/market-time/sessions",
              "/market-time/sessions?from-date=2025-01-01&to-date=2025-12-31",
              "/market-time/sessions/current?instrument-collections[]=Moon",
              "/market-time/equities/sessions/next?date=tomorrow"})
            row("GET", target, 400, "validation_error");
    }
    void refusals()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        QFETCH(QString, code);
        const Reply reply = m_caller->call(method, target);
        QVERIFY2(reply.status == status, reply.body.constData());
        QCOMPARE(reply.errorCode(), code);
        if (status != 400)
            return;
        const QJsonObject reason = reply.json().value("error").toObject().value("errors").toArray().first().toObject();
        QVERIFY2(!reason.value("domain").toString().isEmpty() && !reason.value("reason").toString().isEmpty(),
                 reply.body.constData());
    }

    void whoAsks()
    {
        Caller& caller = *m_caller;
        const QByteArray bearer = std::exchange(caller.bearer, "Bearer nonsense");
        QCOMPARE(caller.get("/customers/me").errorCode(), QStringLiteral("unauthorized"));
        QCOMPARE(caller.get("/customers/me").status, 401);
        QCOMPARE(caller.get("/margin-requirements-public-configuration").status, 200); // for everybody
        QCOMPARE(caller.call("POST", "/sessions").status, 403);
        QCOMPARE(caller.call("POST", "/sessions/validate").status, 401);
        caller.bearer = bearer;
        const Reply valid = caller.call("POST", "/sessions/validate");
        QCOMPARE(valid.status, 201);
        check(valid.data(), "email username external-id id");
        const QByteArray agent = std::exchange(caller.userAgent, " ");
        const Reply page = caller.get("/customers/me");
        QCOMPARE(page.status, 401);
        QVERIFY(page.body.contains("401 Authorization Required"));
        caller.userAgent = agent;
    }

    void versions_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isList");  // the balance
        QTest::addColumn<bool>("isPaged"); // the instruments
        QTest::addColumn<int>("searched"); // the status of an order search that has no beginning
        QTest::newRow("none") << QByteArray() << 200 << false << true << 200;
        QTest::newRow("the oldest") << QByteArray("20240501") << 200 << true << false << 200;
        QTest::newRow("between two") << QByteArray("20250714") << 200 << true << false << 200;
        QTest::newRow("pages") << QByteArray("20250715") << 200 << true << true << 200;
        QTest::newRow("what a client sends") << QByteArray("20251101") << 200 << true << true << 200;
        QTest::newRow("before the search's beginning") << QByteArray("20261011") << 200 << true << true << 200;
        QTest::newRow("the search's beginning") << QByteArray("20261012") << 200 << true << true << 400;
        QTest::newRow("after all") << QByteArray("20991231") << 200 << true << true << 400;
        QTest::newRow("before all") << QByteArray("20240430") << 406 << false << false << 406;
        QTest::newRow("a word") << QByteArray("latest") << 406 << false << false << 406;
        QTest::newRow("short") << QByteArray("2025") << 406 << false << false << 406;
    }
    void versions()
    {
        QFETCH(QByteArray, version);
        QFETCH(int, status);
        QFETCH(bool, isList);
        QFETCH(bool, isPaged);
        QFETCH(int, searched);
        m_caller->version = version;
        const Reply balance = m_caller->get(account + "/balances");
        const Reply equities = m_caller->get("/instruments/equities");
        const Reply one = m_caller->get(account + "/balances/USD");
        const Reply search = m_caller->get(account + "/orders");
        const Reply searchFrom = m_caller->get(account + "/orders?start-date=2020-01-01");
        const Reply live = m_caller->get("/customers/me/orders/live?account-numbers[]=SIM00001");
        m_caller->version.clear();
        QCOMPARE(search.status, searched);
        QCOMPARE(searchFrom.status, status);
        QCOMPARE(live.status, status);
        QCOMPARE(balance.status, status);
        if (status == 406) {
            QCOMPARE(balance.json().value("error").toObject().value("code"), QJsonValue(406)); // a number
            return;
        }
        QCOMPARE(balance.data().contains("items"), isList);
        QCOMPARE(balance.data().contains("cash-balance"), !isList);
        QCOMPARE(equities.json().contains("pagination"), isPaged);
        QVERIFY(one.data().contains("cash-balance"));
    }

    void pages()
    {
        const QJsonArray all = m_caller->get("/instruments/equities").items();
        QByteArrayList symbols;
        for (int number = 0; number < 4; ++number) {
            const Reply reply =
                m_caller->get("/instruments/equities?per-page=5&page-offset=" + QByteArray::number(number));
            const QJsonObject pagination = reply.json().value("pagination").toObject();
            QCOMPARE(pagination.value("page-offset").toInt(), number);
            QCOMPARE(pagination.value("item-offset").toInt(), 5 * number); // the offset counts pages
            QCOMPARE(pagination.value("total-items").toInt(), all.size());
            QCOMPARE(pagination.value("total-pages").toInt(), (all.size() + 4) / 5);
            QCOMPARE(pagination.value("current-item-count").toInt(), reply.items().size());
            QVERIFY(pagination.contains("next-link") && pagination.value("next-link").isNull());
            symbols += textsOf(reply.items(), "symbol");
        }
        QCOMPARE(symbols, textsOf(all, "symbol").mid(0, 20));
        QCOMPARE(m_caller->get("/instruments/equities?page-offset=99").items().size(), 0);
        QCOMPARE(m_caller->get("/instruments/equities?per-page=0&page-offset=-1").items().size(), 1);
    }

    void nanIsNeverPrinted()
    {
        for (const char* target : {"/market-metrics?symbols=SPX,KO", "/market-data/by-type?index=SPX&equity=KO"}) {
            const QByteArray body = m_caller->get(target).body.toLower();
            QVERIFY2(!body.contains("nan") && !body.contains("inf\""), body.constData());
        }
    }

private:
    void check(const QJsonObject& object, const QByteArray& keys)
    {
        for (const QByteArray& key : keys.simplified().split(' ')) {
            if (!key.isEmpty())
                QVERIFY2(object.contains(QLatin1String(key)),
                         (key + " is missing in " + QJsonDocument(object).toJson()).constData());
        }
    }

    std::unique_ptr<Caller> m_caller;
    market::Instrument m_option;
};

QTEST_GUILESS_MAIN(RestRoutesTest)
#include "rest_routes_test.moc"
