#include "random_fields.h"
#include "wire_reading.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;
using namespace vegadesk::tastytrade::test;

namespace
{

/// JSON written with single quotes. (Qt 6.4's moc loses its way in raw strings with braces.)
QJsonObject js(const char* text)
{
    return json(QByteArray(text).replace('\'', '"').constData());
}

template<class T>
T must(base::Result<T> result)
{
    if (!result)
        qFatal("%s", result.error().message().c_str());
    return std::move(*result);
}

} // namespace

/// The bodies of the routes about the account's past, instruments, metrics, hours and lists.
class WireRoutesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDescribesItselfIsReadAsItIsPrinted();
    void watchlistsAndTransactionsAreReadAsTheyArePrinted();
    void customer();
    void tradingStatusOfManyKeysAndFew();
    void metricsHaveMoreDecimalsThanPrices();
    void marketDataBeforeTheOpen();
    void marginGroups();
    void netLiquidationTimes_data();
    void netLiquidationTimes();
    void tradesCarryTheirCosts();
    void futuresChain();
    void watchlistsInSnakeCase();
    void snapshotsAreBalances();
    void figures_data();
    void figures();
    void whatIsMissingOrWrongIsNamed_data();
    void whatIsMissingOrWrongIsNamed();
};

void WireRoutesTest::whatDescribesItselfIsReadAsItIsPrinted()
{
    base::Generator chance(20261127);
    random::forEachDescribed([&]<class T>() {
        for (int i = 0; i < 60; ++i) {
            const T value = random::described<T>(chance);
            const QByteArray printed = toBytes(toJson(value));
            const auto again = read<T>(*parseObject(printed, "test"));
            QVERIFY2(again, again ? "" : (again.error().message() + printed.toStdString()).c_str());
            QCOMPARE(toBytes(toJson(*again)), printed);
            if constexpr (std::equality_comparable<T>)
                QVERIFY2(*again == value, printed.constData());
        }
    });
}

void WireRoutesTest::watchlistsAndTransactionsAreReadAsTheyArePrinted()
{
    base::Generator chance(20261128);
    for (int i = 0; i < 300; ++i) {
        const Watchlist list = random::watchlist(chance);
        const auto again = parseWatchlist(toJson(list));
        QVERIFY2(again, again ? "" : again.error().message().c_str());
        QVERIFY2(*again == list, toBytes(toJson(list)).constData());
        const Transaction row = random::transaction(chance);
        const auto read = parseTransaction(*parseObject(toBytes(toJson(row)), "test"));
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QVERIFY2(*read == row, toBytes(toJson(row)).constData());
    }
}

void WireRoutesTest::customer()
{
    const Customer customer = must(read<Customer>(js(
        "{'id': 'me', 'first-name': 'Ada', 'last-name': 'Example', 'birth-date': '1990-02-03', 'is-professional': true,"
        "'address': {'city': 'Chicago', 'country': 'USA', 'is-domestic': true, 'postal-code': '60606',"
        "'state-region': 'IL', 'street-one': '1 Option Way', 'street-two': null},"
        "'permitted-account-types': [{'name': 'Individual', 'is_tax_advantaged': false, 'has_multiple_owners': false,"
        "'margin_types': [{'name': 'Margin', 'is_margin': true}, {'name': 'Cash', 'is_margin': false}]}],"
        "'favourite-colour': 'green'}")));
    QCOMPARE(customer.address.region, std::string("IL"));
    QVERIFY(customer.isProfessional && !customer.isForeign);
    QCOMPARE(customer.accountTypes.at(0).marginTypes.size(), 2U);
    QVERIFY(customer.accountTypes.at(0).marginTypes.at(0).isMargin);
}

void WireRoutesTest::tradingStatusOfManyKeysAndFew()
{
    const TradingStatus many = must(read<TradingStatus>(
        js("{'account-number': '5WX00042', 'id': 77, 'options-level': 'Covered And Cash Secured', 'is-frozen': true,"
           "'futures-margin-rate-multiplier': '0.0', 'short-calls-enabled': false,"
           "'updated-at': '2026-11-20T14:30:00.123+00:00'}")));
    QCOMPARE(many.id, std::string("77"));
    QCOMPARE(many.optionsLevel, std::string("Covered And Cash Secured"));
    QVERIFY(many.isFrozen && !many.areShortCallsEnabled);
    const TradingStatus few = must(read<TradingStatus>(js("{'account-number': '5WX00042', 'id': '77'}")));
    QCOMPARE(few.id, std::string("77"));
    QVERIFY(!few.isFrozen && !few.updatedAt);
}

void WireRoutesTest::metricsHaveMoreDecimalsThanPrices()
{
    const MarketMetrics metrics = must(read<MarketMetrics>(js(
        "{'symbol': 'XYZ', 'implied-volatility-index': '0.318274655', 'implied-volatility-index-rank': '0.4471',"
        "'liquidity-value': '1203.5581734219', 'liquidity-rating': 3, 'market-cap': 3741002226900,"
        "'updated-at': '2026-11-20T20:55:23.376Z', 'dividend-ex-date': '2026-11-09',"
        "'option-expiration-implied-volatilities': [{'expiration-date': '2026-12-18', 'option-chain-type': "
        "'Standard',"
        "'settlement-type': 'PM', 'implied-volatility': '0.31'}, {'expiration-date': '2027-01-15'}],"
        "'liquidity-running-state': {'sum': '381.0', 'count': 48},"
        "'earnings': {'visible': true, 'expected-report-date': '2027-01-28', 'time-of-day': 'AMC', 'late-flag': 0}}")));
    QCOMPARE(*metrics.volatilityIndex, decimal("0.31827466")); // rounded, as a figure may be
    QCOMPARE(*metrics.liquidityValue, decimal("1203.55817342"));
    QCOMPARE(*metrics.marketCap, 3741002226900.0);
    QCOMPARE(metrics.expirations.size(), 2U);
    QVERIFY(!metrics.expirations.at(1).volatility && !metrics.liquidity->updatedAt && !metrics.beta);
    QCOMPARE(*metrics.earnings->expectedDate, base::makeDate(2027, 1, 28));
    QVERIFY(must(read<MarketMetrics>(js("{'symbol': 'XYZ'}"))).expirations.empty());
}

void WireRoutesTest::marketDataBeforeTheOpen()
{
    const MarketSnapshot board = must(read<MarketSnapshot>(
        js("{'symbol': 'XYZ', 'instrument-type': 'Equity', 'updated-at': '2026-11-20T12:00:00.5Z', 'bid': '99.5',"
           "'bid-size': 300, 'ask': '100.5', 'ask-size': '2.0', 'mark': '100.0', 'close-price-type': 'Unknown',"
           "'prev-close': '98.25', 'prev-close-price-type': 'Regular', 'halt-start-time': -1, 'year-high-price': "
           "'NaN'}")));
    QVERIFY(!board.close && !board.yearHigh);
    QCOMPARE(*board.bidSize, decimal("300"));
    QCOMPARE(*board.previousClose, decimal("98.25"));
    QCOMPARE(base::formatInstant(*board.updatedAt), std::string("2026-11-20T12:00:00.500+00:00"));
}

void WireRoutesTest::marginGroups()
{
    const MarginReport report = must(read<MarginReport>(js(
        "{'account-number': '5WX00042', 'description': 'Total', 'margin-requirement': '5025.5',"
        "'margin-requirement-effect': 'Debit', 'option-buying-power': '64000.0', 'option-buying-power-effect': "
        "'Credit',"
        "'groups': [{}, {'description': 'XYZ', 'underlying-symbol': 'XYZ', 'margin-requirement': '5025.5',"
        "'margin-requirement-effect': 'Debit', 'groups': [{'description': 'LONG_UNDERLYING', 'position-entries':"
        "[{'instrument-symbol': 'XYZ', 'instrument-type': 'Equity', 'quantity': '355.0', 'fixing-price': 'NaN'}]}]}],"
        "'last-state-timestamp': 1795185528049}")));
    QCOMPARE(report.requirement, decimal("-5025.5"));
    QCOMPARE(report.optionBuyingPower, decimal("64000"));
    QCOMPARE(report.groups.size(), 2U);
    const MarginEntry& entry = report.groups.at(1).groups.at(0).entries.at(0);
    QCOMPARE(entry.quantity, decimal("355"));
    QVERIFY(!entry.fixingPrice);
    QCOMPARE(toJson(entry).value("fixing-price").toString(), QStringLiteral("NaN"));
}

void WireRoutesTest::netLiquidationTimes_data()
{
    QTest::addColumn<QString>("time");
    QTest::newRow("as the broker writes it") << "2026-06-08 13:30:00+00";
    QTest::newRow("ISO 8601") << "2026-06-08T13:30:00.000+00:00";
    QTest::newRow("Z") << "2026-06-08T13:30:00Z";
    QTest::newRow("another zone") << "2026-06-08 08:30:00-05";
}

void WireRoutesTest::netLiquidationTimes()
{
    QFETCH(QString, time);
    const NetLiquidation row = must(read<NetLiquidation>({{QStringLiteral("time"), time},
                                                          {QStringLiteral("open"), QStringLiteral("1.5")},
                                                          {QStringLiteral("close"), 2}}));
    QCOMPARE(*row.time, *base::parseInstant("2026-06-08T13:30:00Z"));
    QCOMPARE(row.value.close, decimal("2"));
    QCOMPARE(toJson(row).value("time").toString(), QStringLiteral("2026-06-08 13:30:00+00"));
}

void WireRoutesTest::tradesCarryTheirCosts()
{
    const Transaction trade = must(parseTransaction(
        js("{'id': 252640963, 'account-number': '5WX00042', 'symbol': 'XYZ   261218C00100000',"
           "'instrument-type': 'Equity Option', 'transaction-type': 'Trade', 'transaction-sub-type': 'Sell to Open',"
           "'action': 'Sell to Open', 'quantity': '2.0', 'price': '1.3', 'value': '260.0', 'value-effect': 'Credit',"
           "'net-value': '257.7', 'net-value-effect': 'Credit', 'commission': '2.0', 'commission-effect': 'Debit',"
           "'clearing-fees': '0.2', 'clearing-fees-effect': 'Debit', 'regulatory-fees': '0.1',"
           "'regulatory-fees-effect': 'Debit', 'order-id': 270561, 'ext-group-fill-id': '0', 'leg-count': 1,"
           "'transaction-date': '2026-11-20', 'lots': [{'id': 1}], 'other-charge': null}")));
    QCOMPARE(trade.value, decimal("260"));
    QCOMPARE(trade.netValue, decimal("257.7"));
    QCOMPARE(*trade.details.commission, decimal("-2"));
    QCOMPARE(trade.details.orderId, std::string("270561"));
    QVERIFY(!trade.details.otherCharge && !trade.details.indexOptionFees);
    QCOMPARE(*trade.details.legCount, 1);
}

void WireRoutesTest::futuresChain()
{
    const FuturesChain chain = must(read<FuturesChain>(
        js("{'futures': [{'symbol': '/ESZ6', 'root-symbol': '/ES', 'streamer-symbol': '/ESZ26:XCME', "
           "'maturity-date': '2026-12-18', 'days-to-expiration': 23, 'active-month': true}],"
           "'option-chains': [{'underlying-symbol': '/ES', 'root-symbol': '/ES', 'exercise-style': 'European',"
           "'expirations': [{'underlying-symbol': '/ESZ6', 'option-root-symbol': 'EW4', 'option-contract-symbol': "
           "'EW4X6',"
           "'expiration-date': '2026-11-27', 'notional-value': '0.5', 'display-factor': '0.01', 'strike-factor': '1.0',"
           "'tick-sizes': [{'threshold': '10.0', 'value': '0.05'}, {'value': '0.25'}], 'strikes': [{'strike-price': "
           "'6000.0',"
           "'call': './ESZ6 EW4X6 261127C6000', 'call-streamer-symbol': './EW4X26C6000:XCME'}]}]}]}")));
    QCOMPARE(chain.futures.at(0).streamerSymbol, std::string("/ESZ26:XCME"));
    QVERIFY(chain.futures.at(0).isActiveMonth);
    const FuturesExpiration& expiration = chain.chains.at(0).expirations.at(0);
    QCOMPARE(expiration.contract, std::string("EW4X6"));
    QCOMPARE(market::tickAt(expiration.ticks, decimal("9")), decimal("0.05"));
    QCOMPARE(expiration.strikes.at(0).call, std::string("./ESZ6 EW4X6 261127C6000"));
    QVERIFY(expiration.strikes.at(0).put.empty());
}

void WireRoutesTest::watchlistsInSnakeCase()
{
    const Watchlist deleted = must(parseWatchlist(js("{'id': 31, 'name': 'Mine', 'group_name': 'g', 'order_index': 7,"
                                                     "'watchlist_entries': [{'symbol': 'XYZ', 'instrument_type': "
                                                     "'Equity'}]}")));
    QCOMPARE(*deleted.id, std::string("31"));
    QCOMPARE(deleted.orderIndex, 7);
    QCOMPARE(deleted.entries.at(0).instrumentType, std::string("Equity"));
    const Watchlist again = must(parseWatchlist(toSnakeJson(deleted)));
    QVERIFY(again == deleted);
    const Watchlist counted = must(parseWatchlist(js("{'name': 'Big', 'id': 5, 'watchlist-entry-count': 40}")));
    QVERIFY(counted.entries.empty());
    QCOMPARE(*counted.entryCount, 40);
}

void WireRoutesTest::snapshotsAreBalances()
{
    base::Generator chance(4);
    BalanceSnapshot snapshot{random::balance(chance), "EOD"};
    snapshot.balance.snapshotDate = base::makeDate(2026, 11, 20);
    const BalanceSnapshot again = must(parseBalanceSnapshot(toJson(snapshot)));
    QCOMPARE(again.timeOfDay, std::string("EOD"));
    QCOMPARE(toBytes(toJson(again)), toBytes(toJson(snapshot)));
    QVERIFY(!parseBalanceSnapshot(js("{'time-of-day': 'EOD'}")));
}

void WireRoutesTest::figures_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value"); // "none", "refused", or the figure
    QTest::newRow("exact") << QByteArray("'0.25'") << "0.25";
    QTest::newRow("nine decimals") << QByteArray("'0.123456789'") << "0.12345679";
    QTest::newRow("many") << QByteArray("'-1.000000004'") << "-1.0";
    QTest::newRow("exponent") << QByteArray("'2.5e-9'") << "0.0";
    QTest::newRow("number") << QByteArray("12.5") << "12.5";
    QTest::newRow("NaN") << QByteArray("'NaN'") << "none";
    QTest::newRow("null") << QByteArray("null") << "none";
    QTest::newRow("too large") << QByteArray("'1e300'") << "refused";
    QTest::newRow("infinite") << QByteArray("'Infinity'") << "refused";
    QTest::newRow("least of all") << QByteArray("'-92233720368.547758080'") << "refused";
    QTest::newRow("words") << QByteArray("'much'") << "refused";
}

void WireRoutesTest::figures()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, value);
    Fields in(js(("{'figure': " + text + "}").constData()), "test");
    const auto figure = in.optionalFigure("figure");
    const QString found = in.failed() ? QStringLiteral("refused")
                          : figure    ? QString::fromStdString(figure->toString())
                                      : QStringLiteral("none");
    QCOMPARE(found, value);
}

void WireRoutesTest::whatIsMissingOrWrongIsNamed_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("found");
    const auto row = [](const char* name, const auto& result, const char* field) {
        QTest::newRow(name) << field
                            << (result ? QStringLiteral("read") : QString::fromStdString(result.error().field));
    };
    row("status without an account", read<TradingStatus>(js("{'id': 1}")), "trading status.account-number");
    row("metrics without a symbol", read<MarketMetrics>(js("{}")), "market metrics.symbol");
    row("metrics of words", read<MarketMetrics>(js("{'symbol': 'X', 'beta': 'high'}")), "market metrics.beta");
    row("market cap", read<MarketMetrics>(js("{'symbol': 'X', 'market-cap': 'large'}")), "market metrics.market-cap");
    row("strike", read<EquityOption>(js("{'symbol': 'X', 'option-type': 'C', 'expiration-date': '2026-12-18'}")),
        "equity option.strike-price");
    row("date", read<DividendEvent>(js("{'occurred-date': '2026-13-01', 'amount': '1.0'}")), "occurred-date");
    row("time", read<MarketSession>(js("{'open-at': 'noon'}")), "open-at");
    row("inner object", read<Future>(js("{'symbol': '/ESZ6', 'future-etf-equivalent': 'SPY'}")),
        "fund equivalent.symbol");
    row("tick", read<Equity>(js("{'symbol': 'X', 'tick-sizes': [{'value': '-1'}]}")), "tick size.value");
    row("texts", read<MarketHolidays>(js("{'market-holidays': [20261126]}")), "holidays.market-holidays");
    row("effect", read<TotalFees>(js("{'total-fees': '1.0', 'total-fees-effect': 'Loss'}")),
        "total fees.total-fees-effect");
    row("alert", read<QuoteAlert>(js("{'symbol': 'X', 'field': 'Last', 'operator': '>', 'threshold': ''}")),
        "quote alert.threshold");
    row("watchlist", parseWatchlist(js("{'watchlist-entries': []}")), "watchlist.name");
    row("watchlist entry", parseWatchlist(js("{'name': 'n', 'watchlist-entries': ['X']}")), "watchlist entry.symbol");
    row("nothing wrong", read<Warrant>(js("{'symbol': 'X', 'active': 'maybe', 'more': {}}")), "read");
}

void WireRoutesTest::whatIsMissingOrWrongIsNamed()
{
    QFETCH(QString, field);
    QFETCH(QString, found);
    QCOMPARE(found, field);
}

QTEST_GUILESS_MAIN(WireRoutesTest)
#include "wire_routes.moc"
