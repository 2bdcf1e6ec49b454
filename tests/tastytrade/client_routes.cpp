#include "venue_routes.h"

#include "market/calendar.h"

#include <QtTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;
using portfolio::Action;

namespace
{

const std::string number = "SIM00001";

} // namespace

/// Every typed call against the venue: what one side prints the other reads.
class ClientRoutesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_client = std::make_unique<Client>();
        m_broker = std::make_unique<VenueRoutes>(*m_client);
    }
    void cleanup()
    {
        m_client.reset();
        m_broker.reset();
    }

    void theCustomerAndTheAccount();
    void whatIsHeld();
    void thePast();
    void pagesOfThePast();
    void margin();
    void instruments();
    void optionsInAllForms();
    void futuresAndWhatIsNotTradedHere();
    void metrics();
    void snapshots();
    void hours();
    void watchlists();
    void alerts();
    void writesAreNotRepeatedBlindly();
    void whatCannotBeReadIsLeftOut();
    void errorsAreTyped();

private:
    template<class T>
    using Done = std::function<void(base::Result<T>)>;

    /// The answer to one call.
    template<class T, class Ask>
    base::Result<T> ask(Ask call)
    {
        std::vector<base::Result<T>> results;
        call(Done<T>([&results](base::Result<T> result) { results.push_back(std::move(result)); }));
        if (!m_client->until([&] { return !results.empty(); }))
            return base::fail(base::ErrorKind::Timeout, "test", {}, "no answer came");
        return results.front();
    }
    template<class T, class Ask>
    T get(Ask call)
    {
        auto result = ask<T>(std::move(call));
        if (!result)
            qFatal("%s", result.error().message().c_str());
        return std::move(*result);
    }
    template<class T, class Ask>
    std::vector<T> list(Ask call)
    {
        return get<std::vector<T>>(std::move(call));
    }

    AccountApi& accountApi() { return m_client->side->rest().accountApi(); }
    InstrumentsApi& instrumentsApi() { return m_client->side->rest().instruments(); }
    MarketApi& marketApi() { return m_client->side->rest().market(); }
    ListsApi& listsApi() { return m_client->side->rest().lists(); }

    std::unique_ptr<Client> m_client;
    std::unique_ptr<VenueRoutes> m_broker;
};

void ClientRoutesTest::theCustomerAndTheAccount()
{
    QCOMPARE(get<wire::SessionUser>([&](auto done) { accountApi().validate(done); }).username,
             std::string("simulated"));
    QCOMPARE(get<wire::Customer>([&](auto done) { accountApi().customer(done); }).address.country, std::string("USA"));
    const auto one = get<wire::Account>([&](auto done) { accountApi().account(number, done); });
    QCOMPARE(one.number, number);
    QCOMPARE(*one.openedAt, morning);
    QCOMPARE(get<wire::TradingStatus>([&](auto done) { accountApi().tradingStatus(number, done); }).account, number);
    QCOMPARE(get<wire::PositionLimit>([&](auto done) { accountApi().positionLimit(number, done); }).equityOrder,
             50'000);
}

void ClientRoutesTest::whatIsHeld()
{
    PositionFilter filter;
    filter.underlyings = {"SPY"};
    filter.includeMarks = true;
    const auto held = list<wire::AccountPosition>([&](auto done) { accountApi().positions(number, filter, done); });
    QVERIFY(!held.empty());
    for (const wire::AccountPosition& position : held)
        QVERIFY(position.values.underlying == "SPY" && position.markPrice && position.mark);
    filter = {};
    filter.instrumentType = "Equity";
    QCOMPARE(list<wire::AccountPosition>([&](auto done) { accountApi().positions(number, filter, done); }).size(), 1U);
}

void ClientRoutesTest::thePast()
{
    m_broker->exchange.advanceTo(morning + 24h);
    TransactionFilter filter;
    filter.types = {"Money Movement"};
    filter.from = base::makeDate(2025, 3, 13);
    const auto paid = list<wire::Transaction>([&](auto done) { accountApi().transactions(number, filter, done); });
    QCOMPARE(paid.size(), 1U);
    QCOMPARE(paid[0].value, base::Decimal::fromInteger(100'000));
    QVERIFY(get<wire::Transaction>([&](auto done) { accountApi().transaction(number, paid[0].id, done); }) == paid[0]);
    filter.from = base::makeDate(2025, 3, 14);
    QVERIFY(list<wire::Transaction>([&](auto done) { accountApi().transactions(number, filter, done); }).empty());
    QVERIFY(get<wire::TotalFees>([&](auto done) { accountApi().totalFees(number, {}, done); }).total.isZero());

    const auto snapshots = list<wire::BalanceSnapshot>([&](auto done) {
        accountApi().balanceSnapshots(number, base::makeDate(2025, 3, 13), base::makeDate(2025, 3, 14), "EOD", done);
    });
    QCOMPARE(snapshots.size(), 1U);
    QCOMPARE(*snapshots[0].balance.snapshotDate, base::makeDate(2025, 3, 13));
    const auto day =
        list<wire::NetLiquidation>([&](auto done) { accountApi().netLiquidationHistory(number, "1d", done); });
    QCOMPARE(day.size(), 7U); // six of five minutes and the present
    const auto since =
        list<wire::NetLiquidation>([&](auto done) { accountApi().netLiquidationSince(number, morning, done); });
    QVERIFY(since.size() > day.size() && *since.front().time >= morning);
}

void ClientRoutesTest::pagesOfThePast()
{
    // 300 fills are two pages; every row must be there once.
    for (int i = 0; i < 300; ++i) {
        wire::OrderRequest request;
        request.intent.legs = {{"KO", market::InstrumentType::Equity, Action::BuyToOpen, 1}};
        request.intent.price = base::Decimal::fromInteger(500);
        request.intent.effect = portfolio::PriceEffect::Debit;
        QVERIFY(m_broker->exchange.place(request));
        m_broker->exchange.advanceTo(m_broker->exchange.now() + 1s);
    }
    TransactionFilter filter;
    filter.types = {"Trade"};
    filter.symbol = "KO";
    filter.isOldestFirst = true;
    const auto trades = list<wire::Transaction>([&](auto done) { accountApi().transactions(number, filter, done); });
    QCOMPARE(trades.size(), 300U);
    for (std::size_t i = 1; i < trades.size(); ++i)
        QVERIFY(std::stoll(trades[i].id) > std::stoll(trades[i - 1].id));
    QCOMPARE(m_broker->asked["GET /accounts/SIM00001/transactions"], 2);
}

void ClientRoutesTest::margin()
{
    const auto report = get<wire::MarginReport>([&](auto done) { accountApi().marginRequirements(number, done); });
    QVERIFY(report.requirement.isNegative() && !report.groups.empty());
    const auto effective =
        get<wire::EffectiveMargin>([&](auto done) { accountApi().effectiveMargin(number, "SPX", done); });
    QCOMPARE(*effective.nakedStandard, *base::Decimal::parse("0.15"));
    QVERIFY(!get<wire::MarginConfiguration>([&](auto done) {
                 accountApi().marginConfiguration(done);
             }).riskFreeRate.isNegative());
    portfolio::OrderIntent intent;
    intent.underlying = "KO";
    intent.legs = {{"KO", market::InstrumentType::Equity, Action::BuyToOpen, 10}};
    intent.price = base::Decimal::fromInteger(60);
    intent.effect = portfolio::PriceEffect::Debit;
    const auto dryRun = get<wire::MarginDryRun>([&](auto done) { accountApi().marginDryRun(number, intent, done); });
    QVERIFY(dryRun.newBuyingPower < dryRun.currentBuyingPower);
    QCOMPARE(dryRun.lastResults.underlying, std::string("KO"));
    intent.legs[0].quantity = 90'000;
    const auto refused = ask<wire::MarginDryRun>([&](auto done) { accountApi().marginDryRun(number, intent, done); });
    QCOMPARE(refused.error().kind, base::ErrorKind::Refused);
}

void ClientRoutesTest::instruments()
{
    const auto all = list<wire::Equity>([&](auto done) { instrumentsApi().equities({}, done); });
    QCOMPARE(all.size(), m_broker->market->underlyings().size());
    const auto two = list<wire::Equity>([&](auto done) { instrumentsApi().equities({"SPX", "KO"}, done); });
    QCOMPARE(two.size(), 2U);
    QVERIFY(two[0].isIndex && !two[1].isIndex);
    QCOMPARE(list<wire::Equity>([&](auto done) { instrumentsApi().activeEquities(done); }).size(), all.size());
    QVERIFY(!list<wire::QuantityPrecision>([&](auto done) { instrumentsApi().quantityPrecisions(done); }).empty());
    const auto found = list<wire::FoundInstrument>([&](auto done) { instrumentsApi().search("simulated", 5, done); });
    QCOMPARE(found.size(), 5U);
}

void ClientRoutesTest::optionsInAllForms()
{
    const auto full = list<wire::EquityOption>([&](auto done) { instrumentsApi().optionChain("KO", done); });
    std::size_t symbols = 0;
    for (const auto& chain : list<wire::CompactChain>([&](auto done) { instrumentsApi().compactChain("KO", done); }))
        symbols += chain.symbols.size();
    QCOMPARE(symbols, full.size());
    const wire::EquityOption& some = full.at(full.size() / 2);
    QVERIFY(get<wire::EquityOption>([&](auto done) { instrumentsApi().equityOption(some.symbol, done); }) == some);
}

void ClientRoutesTest::futuresAndWhatIsNotTradedHere()
{
    const auto futures = list<wire::Future>([&](auto done) { instrumentsApi().futures({"ES"}, done); });
    QVERIFY(!futures.empty());
    const std::string near = futures.front().symbol; // "/ESH5"
    QCOMPARE(get<wire::Future>([&](auto done) { instrumentsApi().future(near, done); }).symbol, near);
    QCOMPARE(list<wire::FutureProduct>([&](auto done) { instrumentsApi().futureProducts(done); }).size(), 1U);
    QCOMPARE(get<wire::FutureProduct>([&](auto done) { instrumentsApi().futureProduct("CME", "ES", done); }).root,
             std::string("/ES"));
    const auto products =
        list<wire::FutureOptionProduct>([&](auto done) { instrumentsApi().futureOptionProducts(done); });
    QVERIFY(!products.empty());
    QVERIFY(!get<wire::FuturesChain>([&](auto done) { instrumentsApi().futuresChain("ES", done); }).chains.empty());
    const auto options = list<wire::FutureOption>([&](auto done) { instrumentsApi().futuresOptions("ES", done); });
    QVERIFY(!options.empty());
    const std::string some = options[options.size() / 2].symbol;
    QCOMPARE(get<wire::FutureOption>([&](auto done) { instrumentsApi().futureOption(some, done); }).symbol, some);
    QVERIFY(list<wire::Cryptocurrency>([&](auto done) { instrumentsApi().cryptocurrencies(done); }).empty());
    QVERIFY(list<wire::Warrant>([&](auto done) { instrumentsApi().warrants({}, done); }).empty());
    const std::vector<base::Error> errors{
        ask<wire::Future>([&](auto done) { instrumentsApi().future("/ESM1", done); }).error(),
        ask<wire::FutureProduct>([&](auto done) { instrumentsApi().futureProduct("CME", "XX", done); }).error(),
        ask<wire::FutureOptionProduct>([&](auto done) {
            instrumentsApi().futureOptionProduct("CME", "XX", done);
        }).error(),
        ask<wire::FutureOption>([&](auto done) {
            instrumentsApi().futureOption("./ESM1 EW2H1 210314C5600", done);
        }).error(),
        ask<wire::Cryptocurrency>([&](auto done) { instrumentsApi().cryptocurrency("BTC/USD", done); }).error(),
        ask<wire::Warrant>([&](auto done) { instrumentsApi().warrant("W", done); }).error()};
    for (const base::Error& error : errors)
        QVERIFY2(error.kind == base::ErrorKind::NotFound, error.message().c_str());
    QVERIFY(m_broker->asked.contains("GET /instruments/futures/%2FESM1"));
    QVERIFY(m_broker->asked.contains("GET /instruments/future-options/.%2FESM1%20EW2H1%20210314C5600"));
}

void ClientRoutesTest::metrics()
{
    const auto metrics = list<wire::MarketMetrics>([&](auto done) { marketApi().metrics({"SPY", "KO"}, done); });
    QCOMPARE(metrics.size(), 2U);
    QVERIFY(metrics[1].volatilityIndex && metrics[1].rank && !metrics[1].expirations.empty());
    QVERIFY(!list<wire::DividendEvent>([&](auto done) { marketApi().dividends("KO", done); }).empty());
    QCOMPARE(list<wire::EarningsEvent>([&](auto done) {
                 marketApi().earnings("KO", base::makeDate(2024, 1, 1), base::makeDate(2024, 12, 31), done);
             }).size(),
             4U); // a quarter each
}

void ClientRoutesTest::snapshots()
{
    MarketApi::Wanted wanted;
    wanted.indices = {"SPX"};
    wanted.equities = {"SPY", "KO"};
    wanted.options = {m_broker->market->definition("KO", m_broker->exchange.today())->options.front().symbol};
    const auto boards = list<wire::MarketSnapshot>([&](auto done) { marketApi().snapshots(wanted, done); });
    QCOMPARE(boards.size(), 4U);
    QCOMPARE(boards[3].symbol, wanted.options[0]);
    QVERIFY(boards[1].bid && boards[1].ask && *boards[1].bid < *boards[1].ask);
    QCOMPARE(get<wire::MarketSnapshot>([&](auto done) { marketApi().snapshot("equity", "KO", done); }).symbol,
             std::string("KO"));
    wanted.equities.assign(100, "KO");
    const auto asked = m_broker->asked;
    const auto refused =
        ask<std::vector<wire::MarketSnapshot>>([&](auto done) { marketApi().snapshots(wanted, done); });
    QCOMPARE(refused.error().kind, base::ErrorKind::BadInput);
    QVERIFY(m_broker->asked == asked); // not even asked for
}

void ClientRoutesTest::hours()
{
    using Exchange = MarketApi::Exchange;
    const base::Date today = base::makeDate(2025, 3, 13);
    const auto now = get<wire::MarketSession>([&](auto done) { marketApi().currentSession(Exchange::Equity, done); });
    QCOMPARE(now.state, std::string("Open"));
    QCOMPARE(*now.hours.openAt, market::sessionOn(today)->open);
    const auto next = get<wire::MarketSession>([&](auto done) { marketApi().nextSession(Exchange::Cme, today, done); });
    QCOMPARE(*next.hours.date, base::makeDate(2025, 3, 14));
    QCOMPARE(next.hours.collection, std::string("CME"));
    const auto previous =
        get<wire::MarketSession>([&](auto done) { marketApi().previousSession(Exchange::Cfe, today, done); });
    QCOMPARE(*previous.hours.date, base::makeDate(2025, 3, 12));
    const auto week = list<wire::MarketSession>(
        [&](auto done) { marketApi().sessions(Exchange::Equity, today, today + std::chrono::days(6), done); });
    QCOMPARE(week.size(), 5U);
    QVERIFY(!get<wire::MarketHolidays>([&](auto done) { marketApi().holidays(Exchange::Cme, done); }).holidays.empty());
}

void ClientRoutesTest::watchlists()
{
    wire::Watchlist mine;
    mine.name = "Mine / all & more";
    mine.group = "desk";
    mine.orderIndex = 4;
    mine.entries = {{"SPY", "Equity"}, {"KO", "Equity"}};
    QVERIFY(get<wire::Watchlist>([&](auto done) { listsApi().addWatchlist(mine, done); }) == mine);
    QCOMPARE(ask<wire::Watchlist>([&](auto done) { listsApi().addWatchlist(mine, done); }).error().kind,
             base::ErrorKind::Refused);
    QVERIFY(get<wire::Watchlist>([&](auto done) { listsApi().watchlist(mine.name, done); }) == mine);
    wire::Watchlist other = mine;
    other.name = "Other";
    other.entries.pop_back();
    QVERIFY(get<wire::Watchlist>([&](auto done) { listsApi().changeWatchlist(mine.name, other, done); }) == other);
    QVERIFY(list<wire::Watchlist>([&](auto done) { listsApi().watchlists(done); }) == std::vector{other});
    QVERIFY(get<wire::Watchlist>([&](auto done) { listsApi().deleteWatchlist("Other", done); }) == other);
    QCOMPARE(ask<wire::Watchlist>([&](auto done) { listsApi().deleteWatchlist("Other", done); }).error().kind,
             base::ErrorKind::NotFound);

    const auto counts = list<wire::Watchlist>([&](auto done) { listsApi().publicWatchlists(true, done); });
    QVERIFY(!counts.empty());
    for (const wire::Watchlist& counted : counts) {
        const auto whole = get<wire::Watchlist>([&](auto done) { listsApi().publicWatchlist(counted.name, done); });
        QCOMPARE(static_cast<std::int64_t>(whole.entries.size()), *counted.entryCount);
    }
    QVERIFY(list<wire::PairsWatchlist>([&](auto done) { listsApi().pairsWatchlists(done); }).empty());
    QCOMPARE(ask<wire::PairsWatchlist>([&](auto done) { listsApi().pairsWatchlist("x", done); }).error().kind,
             base::ErrorKind::NotFound);
    QCOMPARE(list<wire::FoundSymbol>([&](auto done) { listsApi().search("ko", done); }).at(0).symbol,
             std::string("KO"));
}

void ClientRoutesTest::alerts()
{
    wire::QuoteAlert alert;
    alert.symbol = alert.streamerSymbol = "SPY";
    alert.field = "Bid";
    alert.comparison = "<";
    alert.threshold = *base::Decimal::parse("550.25");
    const auto added = get<wire::QuoteAlert>([&](auto done) { listsApi().addQuoteAlert(alert, done); });
    QVERIFY(!added.id.empty());
    QCOMPARE(added.threshold, alert.threshold);
    QVERIFY(list<wire::QuoteAlert>([&](auto done) { listsApi().quoteAlerts(done); }) == std::vector{added});
    QVERIFY(get<bool>([&](auto done) { listsApi().deleteQuoteAlert(added.id, done); }));
    QCOMPARE(ask<bool>([&](auto done) { listsApi().deleteQuoteAlert(added.id, done); }).error().kind,
             base::ErrorKind::NotFound);
    alert.field = "Volume";
    QCOMPARE(ask<wire::QuoteAlert>([&](auto done) { listsApi().addQuoteAlert(alert, done); }).error().kind,
             base::ErrorKind::Refused);
}

void ClientRoutesTest::writesAreNotRepeatedBlindly()
{
    wire::QuoteAlert alert;
    alert.symbol = "SPY";
    alert.field = "Last";
    alert.comparison = ">";
    m_broker->lost["/quote-alerts"] = 1;
    const auto added = ask<wire::QuoteAlert>([&](auto done) { listsApi().addQuoteAlert(alert, done); });
    QCOMPARE(added.error().kind, base::ErrorKind::Network); // it may be there
    m_client->advance(60s);
    QCOMPARE(m_broker->asked["POST /quote-alerts"], 1);
    QCOMPARE(list<wire::QuoteAlert>([&](auto done) { listsApi().quoteAlerts(done); }).size(), 1U); // and it is
    // What comes out the same, however often it arrives, is sent again.
    wire::Watchlist list;
    list.name = "mine";
    get<wire::Watchlist>([&](auto done) { listsApi().addWatchlist(list, done); });
    m_broker->lost["/watchlists/mine"] = 2;
    list.orderIndex = 2;
    QVERIFY(get<wire::Watchlist>([&](auto done) { listsApi().changeWatchlist("mine", list, done); }) == list);
    QCOMPARE(m_broker->asked["PUT /watchlists/mine"], 3);
}

void ClientRoutesTest::whatCannotBeReadIsLeftOut()
{
    m_broker->firstItem = {{"/market-metrics", QStringLiteral("later")},
                           {"/instruments/equities", QJsonObject{{QStringLiteral("symbol"), 7}}},
                           {"/accounts/SIM00001/transactions", QJsonValue::Null}};
    QCOMPARE(list<wire::MarketMetrics>([&](auto done) { marketApi().metrics({"SPY", "KO"}, done); }).size(), 1U);
    QCOMPARE(list<wire::Equity>([&](auto done) { instrumentsApi().equities({"SPY", "KO", "SPX"}, done); }).size(), 2U);
    QVERIFY(!list<wire::Transaction>([&](auto done) { accountApi().transactions(number, {}, done); }).empty());
    const auto entries = m_client->quarantine.entries();
    QCOMPARE(entries.size(), 3U);
    QCOMPARE(entries[0].source, std::string("market metrics"));
    QVERIFY2(entries[1].reason.find("equity.symbol") != std::string::npos, entries[1].reason.c_str());
}

void ClientRoutesTest::errorsAreTyped()
{
    const auto foreign = ask<wire::TradingStatus>([&](auto done) { accountApi().tradingStatus("5WX00042", done); });
    QCOMPARE(foreign.error().kind, base::ErrorKind::Refused);
    QVERIFY2(foreign.error().message().find("not permitted") != std::string::npos, foreign.error().message().c_str());
    TransactionFilter filter;
    filter.types = {"Gift"};
    const auto malformed =
        ask<std::vector<wire::Transaction>>([&](auto done) { accountApi().transactions(number, filter, done); });
    QCOMPARE(malformed.error().kind, base::ErrorKind::Refused);
    QVERIFY2(malformed.error().message().find("Gift") != std::string::npos, malformed.error().message().c_str());
    m_client->transport.isDown = true;
    QCOMPARE(ask<wire::Customer>([&](auto done) { accountApi().customer(done); }).error().kind,
             base::ErrorKind::Network);
}

QTEST_GUILESS_MAIN(ClientRoutesTest)
#include "client_routes.moc"
