#include "venue/exchange_desk.h"

#include <QJsonArray>
#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::PriceEffect;
using wire::OrderState;

/// Conditions and times of an order's own.
class ExchangeOrderRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOrdersOwnRules_data()
    {
        QTest::addColumn<QJsonObject>("rules");
        QTest::addColumn<int>("soon"); // its state after a few seconds, and after ten minutes
        QTest::addColumn<int>("later");
        const auto row = [](const char* name, const QJsonObject& rules, OrderState soon, OrderState later) {
            QTest::newRow(name) << rules << static_cast<int>(soon) << static_cast<int>(later);
        };
        using enum OrderState;
        const base::Instant inFive = thursday() + 5min;
        const char* const never = "100000.0";
        row("routed at a time", {{QStringLiteral("route-after"), at(inFive)}}, Contingent, Filled);
        row("cancelled at a time before it is routed",
            {{QStringLiteral("route-after"), at(inFive)}, {QStringLiteral("cancel-at"), at(inFive - 1min)}}, Contingent,
            Cancelled);
        row("above", condition("route", "SPY", "last", "gte", "1.0"), Filled, Filled);
        row("not above", condition("route", "SPY", "last", "gte", never), Contingent, Contingent);
        row("the natural price below", condition("route", "SPY", "nat", "lte", never), Filled, Filled);
        row("the natural price not below", condition("route", "SPY", "nat", "lte", "1.0"), Contingent, Contingent);
        row("cancelled at a price", condition("cancel", "SPY", "last", "lte", never), Cancelled, Cancelled);
        row("not cancelled", condition("cancel", "SPY", "last", "gte", never), Filled, Filled);
    }
    void anOrdersOwnRules()
    {
        QFETCH(QJsonObject, rules);
        QFETCH(int, soon);
        QFETCH(int, later);
        Desk desk;
        const double price = 1.02 * desk.ask(*desk.market->find("KO", desk.exchange.today()));
        wire::OrderRequest request = limitOrder({stockLeg("KO", Action::BuyToOpen, 1)},
                                                venue::toCents(price).toString().c_str(), PriceEffect::Debit);
        request.rules = rules;
        const std::string id = desk.place(request);
        for (int i = 0; i < 20; ++i)
            desk.wait(300ms);
        QCOMPARE(static_cast<int>(desk.stateOf(id)), soon);
        QCOMPARE(desk.exchange.order(id)->rules, rules);
        QCOMPARE(desk.exchange.order(id)->contingentStatus,
                 std::string(soon == static_cast<int>(OrderState::Contingent) ? "Pending Condition" : ""));
        // One that begins from what it was goes on waiting.
        venue::Exchange again(plain(), *desk.market, thursday(), desk.exchange.state());
        for (venue::Exchange* const exchange : {&desk.exchange, &again}) {
            exchange->advanceTo(thursday() + 10min);
            QCOMPARE(static_cast<int>(exchange->order(id)->state), later);
        }
        desk.exchange.advanceTo(thursday(17));
        QVERIFY(isTerminal(desk.stateOf(id))); // a day's order is over with the day, whatever it waited for
    }

    void aReplacementKeepsThem()
    {
        Desk desk;
        wire::OrderRequest request =
            limitOrder({optionLeg(desk.call().symbol, Action::BuyToOpen, 1)}, "5.0", PriceEffect::Debit);
        request.rules = condition("route", "SPY", "last", "gte", "100000.0");
        const std::string id = desk.place(request);
        request.rules = {};
        request.intent.price = dollars("4.0");
        const auto next = desk.exchange.replace(id, request);
        QVERIFY(next);
        QCOMPARE(desk.exchange.order(next->id)->rules, desk.exchange.order(id)->rules);
        QCOMPARE(desk.stateOf(next->id), OrderState::Contingent);
    }

    void aConditionOnASpread()
    {
        Desk desk;
        const std::string near = desk.call(1).symbol, far = desk.call(1.05).symbol;
        const auto quoteOf = [&](const std::string& symbol) {
            return desk.market->quote(*desk.market->find(symbol, desk.exchange.today()), desk.exchange.now());
        };
        // Sold, it brings the near one's bid less the far one's offer.
        const double brings = quoteOf(near).bid - quoteOf(far).ask;
        for (const bool isNotional : {false, true}) {
            for (const double over : {-0.5, 0.5}) {
                const double threshold = (brings + over) * (isNotional ? 100 : 1);
                QJsonObject rules = condition("route", "", "nat", "gte", venue::toCents(threshold).toString().c_str());
                QJsonObject first = rules.value(QLatin1String("conditions")).toArray().at(0).toObject();
                first.remove(QLatin1String("symbol"));
                first.insert(QLatin1String("is-threshold-based-on-notional"), isNotional);
                first.insert(QLatin1String("price-components"),
                             QJsonArray{component(near, "Long"), component(far, "Short")});
                rules = {{QStringLiteral("conditions"), QJsonArray{first}}};
                wire::OrderRequest request =
                    limitOrder({optionLeg(near, Action::BuyToOpen, 1)}, "0.01", PriceEffect::Debit);
                request.rules = rules;
                QCOMPARE(desk.stateOf(desk.place(request)), over < 0 ? OrderState::Routed : OrderState::Contingent);
            }
        }
    }

    void refusals_data()
    {
        QTest::addColumn<QJsonObject>("rules");
        QTest::newRow("on what is not listed") << condition("route", "ZZZZ", "last", "gte", "1.0");
        QTest::newRow("of no kind") << condition("route", "SPY", "last", "above", "1.0");
        QTest::newRow("of no action") << condition("wait", "SPY", "last", "gte", "1.0");
        QTest::newRow("of no price") << condition("route", "SPY", "mid", "gte", "1.0");
        QTest::newRow("not a number") << condition("route", "SPY", "last", "gte", "NaN");
        QTest::newRow("a time that has passed") << QJsonObject{{QStringLiteral("cancel-at"), at(thursday())}};
    }
    void refusals()
    {
        QFETCH(QJsonObject, rules);
        Desk desk;
        wire::OrderRequest request =
            limitOrder({optionLeg(desk.call().symbol, Action::BuyToOpen, 1)}, "5.0", PriceEffect::Debit);
        request.rules = rules;
        QCOMPARE(desk.place(request), std::string("refused: order_rules_invalid"));
        QVERIFY(desk.exchange.orders().empty());
    }

    void rulesThatSayNothingAreNone()
    {
        Desk desk;
        wire::OrderRequest request =
            limitOrder({optionLeg(desk.call().symbol, Action::BuyToOpen, 1)}, "0.01", PriceEffect::Debit);
        request.rules = {{QStringLiteral("route-after"), QJsonValue()}, {QStringLiteral("conditions"), QJsonArray()}};
        QVERIFY(desk.exchange.place(request));
    }

private:
    static QString at(base::Instant moment) { return QString::fromStdString(base::formatInstant(moment)); }
    static QJsonObject condition(const char* action, const char* symbol, const char* indicator, const char* comparator,
                                 const char* threshold)
    {
        const auto text = [](const char* word) { return QString::fromLatin1(word); };
        return {
            {QStringLiteral("conditions"), QJsonArray{QJsonObject{{QStringLiteral("action"), text(action)},
                                                                  {QStringLiteral("symbol"), text(symbol)},
                                                                  {QStringLiteral("indicator"), text(indicator)},
                                                                  {QStringLiteral("comparator"), text(comparator)},
                                                                  {QStringLiteral("threshold"), text(threshold)}}}}};
    }
    static QJsonObject component(const std::string& symbol, const char* direction)
    {
        return {{QStringLiteral("symbol"), QString::fromStdString(symbol)},
                {QStringLiteral("instrument-type"), QStringLiteral("Equity Option")},
                {QStringLiteral("quantity"), 1},
                {QStringLiteral("quantity-direction"), QString::fromLatin1(direction)}};
    }
};

QTEST_GUILESS_MAIN(ExchangeOrderRulesTest)
#include "exchange_order_rules_test.moc"
