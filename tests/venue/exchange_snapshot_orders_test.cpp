#include "venue/tape_account.h"

#include <QFile>
#include <QTemporaryDir>

#include <map>

using namespace venue_test;
using namespace std::chrono_literals;
using market::Instrument;
using market::Right;
using portfolio::OrderType;
using portfolio::PriceEffect;
using portfolio::TimeInForce;

namespace
{

struct SpreadLeg {
    Instrument option;
    Action action;
};

/// Two days of an account with an order of every kind, which a snapshot is taken of at many moments.
class Story
{
public:
    explicit Story(const QString& file) : m_file(file), m_account(openTape(file)) {}

    void run()
    {
        const base::Instant start = m_account.exchange->now();
        const auto call = [&](const char* name, double moneyness, int days) {
            return contract(*m_account.market, start, name, Right::Call, moneyness, days);
        };
        const auto put = [&](const char* name, double moneyness, int days) {
            return contract(*m_account.market, start, name, Right::Put, moneyness, days);
        };
        // Each is held to its end: shares change hands for the one, cash for the other.
        const std::vector<SpreadLeg> ofToday{{call("SPY", 0.96, 0), Action::BuyToOpen},
                                             {call("SPY", 0.98, 0), Action::SellToOpen}};
        const std::vector<SpreadLeg> condor{{put("SPX", 0.96, 1), Action::BuyToOpen},
                                            {put("SPX", 0.995, 1), Action::SellToOpen},
                                            {call("SPX", 0.998, 1), Action::SellToOpen},
                                            {call("SPX", 1.03, 1), Action::BuyToOpen}};
        const std::vector<SpreadLeg> later{{call("QQQ", 1.01, 30), Action::BuyToOpen},
                                           {call("QQQ", 1.02, 30), Action::SellToOpen}};
        placeMarketable(ofToday, 1);
        placeMarketable(condor, 1);
        placeAt(later, 2, -0.01, TimeInForce::Gtc); // for a credit of a cent: it rests
        const std::string first = m_account.exchange->orders().front()->id;
        snapshot("orders on their way");
        m_account.wait(20ms);
        m_account.exchange->advanceTo(start + 5s);

        wire::OrderRequest cheaper = request(later, 2, -0.02);
        cheaper.intent.timeInForce = TimeInForce::Gtc;
        m_account.replace(first, cheaper);
        snapshot("a replacement on its way");
        m_account.wait(5s);
        // Or what works is cancelled, and another one follows.
        m_account.cancel(m_account.exchange->orders().front()->id);
        placeAt(later, 2, -0.03, TimeInForce::Gtc);
        snapshot("a cancel on its way");
        m_account.wait(5s);

        placeBracket("MSFT", 1.01, 998.0, 0.5); // its trigger fills at once, and the pair works for days
        placeBracket("NVDA", 0.5, 998.0, 0.4);  // its trigger never fills
        snapshot("brackets on their way");
        m_account.wait(5s);
        snapshot("a bracket released and one that waits");
        placeBracket("JPM", 1.01, 998.0, 0.999); // the stop is reached within the hour
        m_account.cancelComplex(m_account.exchange->complexOrders(false)[1].id);
        snapshot("a bracket cancelled");

        const std::vector<SpreadLeg> large{{call("AAPL", 1.01, 7), Action::BuyToOpen},
                                           {call("AAPL", 1.03, 7), Action::SellToOpen}};
        placeMarketable(large, 200);
        m_account.wait(200ms);
        snapshot("a spread filled in part");
        m_account.wait(2min);

        placeStop("KO", OrderType::Stop, 1.2, {}, TimeInForce::Day);         // never triggered
        placeStop("KO", OrderType::StopLimit, 0.999, 0.9, TimeInForce::Gtc); // at once, and rests below the market
        placeStop("TSLA", OrderType::Stop, 1.0005, {}, TimeInForce::Day);    // when the price gets there
        m_account.wait(1s);
        snapshot("stops that wait and one that rests");
        m_account.wait(45min);
        snapshot("in the middle of the session");

        m_account.exchange->advanceTo(thursday(17));
        snapshot("after an expiry into shares");
        placeMarketable(later, 1);
        m_account.exchange->advanceTo(thursday(8) + 24h);
        snapshot("before the next open");
        m_account.exchange->advanceTo(thursday(11) + 24h);
        close(later);
        m_account.wait(1s);
        snapshot("closed the next day");
        m_account.exchange->advanceTo(thursday(17) + 24h);
        snapshot("after a settlement in cash");
        m_account.exchange->advanceTo(thursday(9, 45) + 96h);
        snapshot("the end");
    }

    const std::map<std::string, QByteArray>& snapshots() const { return m_snapshots; }

private:
    static wire::OrderRequest request(const std::vector<SpreadLeg>& legs, std::int64_t units, double net)
    {
        wire::OrderRequest request;
        for (const SpreadLeg& leg : legs)
            request.intent.legs.push_back(optionLeg(leg.option.symbol, leg.action, units));
        request.intent.price = venue::toCents(std::abs(net));
        request.intent.effect = net < 0 ? PriceEffect::Credit : PriceEffect::Debit;
        return request;
    }
    void placeAt(const std::vector<SpreadLeg>& legs, std::int64_t units, double net, TimeInForce timeInForce)
    {
        wire::OrderRequest order = request(legs, units, net);
        order.intent.timeInForce = timeInForce;
        m_account.place(order);
    }
    /// A cent more than what every leg's own side asks for.
    void placeMarketable(const std::vector<SpreadLeg>& legs, std::int64_t units)
    {
        double natural = 0.01;
        for (const SpreadLeg& leg : legs) {
            const market::Quote quote = m_account.market->quote(leg.option, m_account.exchange->now());
            natural += isBuy(leg.action) ? quote.ask : -quote.bid;
        }
        placeAt(legs, units, natural, TimeInForce::Day);
    }
    void close(std::vector<SpreadLeg> legs)
    {
        for (SpreadLeg& leg : legs)
            leg.action = isBuy(leg.action) ? Action::SellToClose : Action::BuyToClose;
        placeMarketable(legs, 1);
    }
    /// A buy of one share; trigger and limit as parts of the price now.
    void placeStop(const char* symbol, OrderType type, double trigger, std::optional<double> limit,
                   TimeInForce timeInForce)
    {
        const Instrument share = *m_account.market->find(symbol, m_account.exchange->today());
        const double price = m_account.market->mark(share, m_account.exchange->now());
        wire::OrderRequest order;
        order.intent.legs = {stockLeg(symbol, Action::BuyToOpen, 1)};
        order.intent.type = type;
        order.intent.timeInForce = timeInForce;
        order.intent.stopTrigger = venue::toCents(trigger * price);
        if (limit) {
            order.intent.price = venue::toCents(*limit * price);
            order.intent.effect = PriceEffect::Debit;
        }
        m_account.place(order);
    }
    /// Ten shares bought, and sold again at either end; prices as parts of the one now, and in dollars for the upper end.
    void placeBracket(const char* symbol, double limit, double upper, double stop)
    {
        const Instrument share = *m_account.market->find(symbol, m_account.exchange->today());
        const double price = m_account.market->mark(share, m_account.exchange->now());
        wire::ComplexOrderRequest request;
        request.trigger = limitOrder({stockLeg(symbol, Action::BuyToOpen, 10)},
                                     venue::toCents(limit * price).toString().c_str(), PriceEffect::Debit);
        request.orders.push_back(limitOrder({stockLeg(symbol, Action::SellToClose, 10)},
                                            venue::toCents(upper).toString().c_str(), PriceEffect::Credit));
        wire::OrderRequest& out = request.orders.emplace_back();
        out.intent.legs = {stockLeg(symbol, Action::SellToClose, 10)};
        out.intent.type = OrderType::Stop;
        out.intent.stopTrigger = venue::toCents(stop * price);
        for (wire::OrderRequest& part : request.orders)
            part.intent.timeInForce = TimeInForce::Gtc;
        m_account.place(request);
    }
    void snapshot(const char* moment)
    {
        m_account.saveSnapshot();
        QFile written(m_file + QStringLiteral(".snapshot"));
        QVERIFY(written.open(QIODevice::ReadOnly));
        m_snapshots[moment] = written.readAll();
    }

    QString m_file;
    Account m_account;
    std::map<std::string, QByteArray> m_snapshots; ///< by their moment
};

} // namespace

/// Spreads, stops and replaced orders over a restart: what goes on from a snapshot is what a replay of everything gives.
class ExchangeSnapshotOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Story story(file());
        story.run();
        m_snapshots = story.snapshots();
        for (const auto& [moment, bytes] : m_snapshots)
            QVERIFY2(!bytes.isEmpty(), moment.c_str());
    }

    void theStoryHasAllThatItTells_data()
    {
        QTest::addColumn<QString>("moment");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* moment, const char* text) {
            QTest::addRow("%s: %s", moment, text) << QString(moment) << js(text);
        };
        row("orders on their way", "'Routed'");
        row("a replacement on its way", "'Replace Requested'");
        row("a replacement on its way", "'replaces-order-id'");
        row("a cancel on its way", "'Cancel Requested'");
        row("a cancel on its way", "'Routed'");
        row("brackets on their way", "'Contingent'");
        row("brackets on their way", "'OTOCO::trigger-order'");
        row("a bracket released and one that waits", "'next-step-at':'9223372036854775807'");
        row("a bracket cancelled", "'Cancelled'");
        row("a spread filled in part", "'fill-count':1,");
        row("stops that wait and one that rests", "'triggered':true");
        row("stops that wait and one that rests", "'Stop Limit'");
        row("after an expiry into shares", "'Exercise'");
        row("after an expiry into shares", "'Assignment'");
        row("after an expiry into shares", "'Expired'");
        row("before the next open", "'Received'");
        row("after a settlement in cash", "'Cash Settled Assignment'");
    }
    void theStoryHasAllThatItTells()
    {
        QFETCH(QString, moment);
        QFETCH(QByteArray, text);
        QVERIFY(m_snapshots.at(moment.toStdString()).contains(text));
    }

    void aRestartIsTheSameAtEachMoment_data()
    {
        QTest::addColumn<QByteArray>("snapshot");
        QTest::newRow("no snapshot") << QByteArray();
        for (const auto& [moment, bytes] : m_snapshots)
            QTest::newRow(moment.c_str()) << bytes;
    }
    void aRestartIsTheSameAtEachMoment()
    {
        QFETCH(QByteArray, snapshot);
        const QTemporaryDir directory;
        const QString copy = directory.filePath(QStringLiteral("copy.tape"));
        QVERIFY(QFile::copy(file(), copy));
        QFile saved(copy + QStringLiteral(".snapshot"));
        if (!snapshot.isEmpty())
            QVERIFY(saved.open(QIODevice::WriteOnly) && saved.write(snapshot) == snapshot.size());
        saved.close();

        Account again(openTape(copy));
        QCOMPARE(again.tape.beginning() == nullptr, snapshot.isEmpty());
        QVERIFY(again.tape.saveSnapshot(*again.exchange));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), m_snapshots.at("the end"));
    }

private:
    QString file() const { return m_directory.filePath(QStringLiteral("state.tape")); }
    QTemporaryDir m_directory;
    std::map<std::string, QByteArray> m_snapshots; ///< of the story, by their moment
};

QTEST_GUILESS_MAIN(ExchangeSnapshotOrdersTest)
#include "exchange_snapshot_orders_test.moc"
