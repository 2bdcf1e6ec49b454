#include "venue/exchange_desk.h"

#include "market/calendar.h"
#include "tastytrade/wire/json.h"
#include "tastytrade/wire/order_answer.h"

#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::PriceEffect;
using portfolio::TimeInForce;
using wire::OrderState;

namespace
{

using base::makeDate;

venue::Dividend dividendAfter(const char* symbol, base::Date date)
{
    return venue::makeGeneratedMarket(5)->dividends(symbol, date, date + std::chrono::days(120)).front();
}

} // namespace

/// What becomes of options that are held to their end, and of what is held over an ex-date.
class ExchangeExpiryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indexOptionsSettleInCash()
    {
        Desk desk;
        const market::Instrument call =
            contract(*desk.market, desk.exchange.now(), "SPX", market::Right::Call, 0.99, 1);
        desk.place(limitOrder({optionLeg(call.symbol, Action::BuyToOpen, 1)}, "999.0", PriceEffect::Debit));
        desk.wait();
        QCOMPARE(desk.exchange.positions(false).size(), std::size_t{1});
        const base::Decimal before = desk.exchange.balance().values.cash;
        desk.exchange.advanceTo(call.expiresAt + 1h);
        QVERIFY(desk.exchange.positions(false).empty());
        const double close = *desk.market->settlementPrice("SPX", call.option->expiry, market::Settlement::PM);
        const double worth = std::max(0.0, close - call.option->strike.toDouble());
        QCOMPARE(desk.exchange.balance().values.cash, before + venue::toCents(worth) * 100);
    }

    void amOptionsStopADayEarlier()
    {
        // The third Friday of March 2025 is the 21st: SPX trades for the last time on the 20th.
        Desk desk(thursday() + 6 * 24h + 4h);
        const auto find = [&](const char* root) {
            const market::ChainDefinition* chain = desk.market->definition("SPX", desk.exchange.today());
            return *std::ranges::find_if(chain->options, [&](const market::Instrument& option) {
                return option.option->root == root && option.option->expiry == base::makeDate(2025, 3, 21) &&
                       option.option->right == market::Right::Call &&
                       option.option->strike.toDouble() >
                           0.9 * desk.market->mark(chain->underlying, desk.exchange.now());
            });
        };
        const market::Instrument monthly = find("SPX"), weekly = find("SPXW");
        const auto buy = [&](const market::Instrument& option, const char* price) {
            wire::OrderRequest request =
                limitOrder({optionLeg(option.symbol, Action::BuyToOpen, 1)}, price, PriceEffect::Debit);
            request.intent.timeInForce = TimeInForce::Gtc;
            return desk.place(request);
        };
        const std::string resting = buy(monthly, "0.05");
        QVERIFY(!buy(monthly, "900.0").starts_with("refused"));
        desk.wait();
        desk.exchange.advanceTo(thursday(16) + 7 * 24h + 1min);
        QCOMPARE(desk.exchange.order(resting)->state, OrderState::Expired);
        QCOMPARE(buy(monthly, "0.05"), std::string("refused: instrument_expired"));
        QVERIFY(!buy(weekly, "0.05").starts_with("refused"));
        QCOMPARE(desk.exchange.positions(false).size(), std::size_t{1});
        const base::Decimal before = desk.exchange.balance().values.cash;
        desk.exchange.advanceTo(thursday(9, 30) + 8 * 24h);
        QVERIFY(desk.exchange.positions(false).empty());
        const double opening =
            *desk.market->settlementPrice("SPX", base::makeDate(2025, 3, 21), market::Settlement::AM);
        QCOMPARE(desk.exchange.balance().values.cash,
                 before + venue::toCents(std::max(0.0, opening - monthly.option->strike.toDouble())) * 100);
    }

    void stockOptionsSettleInStock_data()
    {
        QTest::addColumn<bool>("isCall");
        QTest::addColumn<double>("moneyness");
        QTest::addColumn<int>("shares");
        QTest::newRow("short put in the money") << false << 1.25 << 100;
        QTest::newRow("short put out of the money") << false << 0.8 << 0;
        QTest::newRow("short call in the money") << true << 0.75 << -100;
    }

    void stockOptionsSettleInStock()
    {
        QFETCH(bool, isCall);
        QFETCH(double, moneyness);
        QFETCH(int, shares);
        Desk desk;
        const auto right = isCall ? market::Right::Call : market::Right::Put;
        const market::Instrument option = contract(*desk.market, desk.exchange.now(), "KO", right, moneyness, 30);
        desk.place(limitOrder({optionLeg(option.symbol, Action::SellToOpen, 1)}, "0.0", PriceEffect::Credit));
        for (int i = 0; i < 20; ++i)
            desk.wait();
        if (desk.exchange.orders().front()->state != OrderState::Filled)
            QVERIFY(shares == 0); // nobody bids for the far put; then nothing is held and nothing settles
        desk.exchange.advanceTo(option.expiresAt + 1h);
        base::Quantity held = 0;
        for (const wire::AccountPosition& position : desk.exchange.positions(false)) {
            QCOMPARE(position.values.symbol, std::string("KO"));
            QCOMPARE(position.values.averageOpenPrice, option.option->strike);
            held = position.values.quantity;
        }
        QCOMPARE(held, shares);
    }

    void dividendsArePaid_data()
    {
        QTest::addColumn<int>("shares");
        QTest::newRow("to a holder") << 100;
        QTest::newRow("by who is short") << -100;
    }

    void dividendsArePaid()
    {
        QFETCH(int, shares);
        const venue::Dividend due = dividendAfter("KO", makeDate(2025, 3, 13));
        Desk desk(market::sessionOn(market::previousTradingDay(due.exDate))->close - 1h);
        const market::Quote quote =
            desk.market->quote(*desk.market->find("KO", desk.exchange.today()), desk.exchange.now());
        const bool buys = shares > 0;
        const std::string limit = venue::toCents(buys ? 1.01 * quote.ask : 0.99 * quote.bid).toString();
        desk.place(limitOrder({stockLeg("KO", buys ? Action::BuyToOpen : Action::SellToOpen, std::abs(shares))},
                              limit.c_str(), buys ? PriceEffect::Debit : PriceEffect::Credit));
        desk.exchange.advanceTo(desk.exchange.now() + 30min);
        QCOMPARE(desk.exchange.positions(false).front().values.quantity, shares);
        const base::Decimal before = desk.exchange.balance().values.cash;
        desk.exchange.advanceTo(market::sessionOn(due.payDate)->open - 1s);
        QCOMPARE(desk.exchange.balance().values.cash, before);
        desk.exchange.advanceTo(market::sessionOn(due.payDate)->open);
        QCOMPARE(desk.exchange.balance().values.cash, before + due.amount * shares);
        const wire::Transaction& row = desk.exchange.history().transactions().back();
        QCOMPARE(row.type, std::string("Money Movement"));
        QCOMPARE(row.subType, std::string("Dividend"));
        QCOMPARE(row.symbol, std::string("KO"));
        QCOMPARE(row.netValue, due.amount * shares);
        desk.exchange.advanceTo(market::sessionOn(due.payDate)->close + 24h); // and once only
        QCOMPARE(desk.exchange.balance().values.cash, before + due.amount * shares);
    }

    void whoBuysOnTheExDateIsNotPaid()
    {
        const venue::Dividend due = dividendAfter("KO", makeDate(2025, 3, 13));
        Desk desk(market::fromNewYork(due.exDate, 10h));
        desk.hold(100);
        const base::Decimal before = desk.exchange.balance().values.cash;
        desk.exchange.advanceTo(market::sessionOn(due.payDate)->close);
        QCOMPARE(desk.exchange.balance().values.cash, before);
    }

    void shortOptionsAreAssignedEarly_data()
    {
        QTest::addColumn<QByteArray>("symbol");
        QTest::addColumn<bool>("isCall");
        QTest::addColumn<double>("moneyness");
        QTest::addColumn<Action>("action");
        QTest::addColumn<int>("shares");
        QTest::newRow("call before a dividend") << QByteArray("CVX") << true << 0.8 << Action::SellToOpen << -100;
        QTest::newRow("call with time value") << QByteArray("CVX") << true << 1.0 << Action::SellToOpen << 0;
        QTest::newRow("call without dividend") << QByteArray("AMZN") << true << 0.7 << Action::SellToOpen << 0;
        QTest::newRow("put without time value") << QByteArray("AMZN") << false << 1.35 << Action::SellToOpen << 100;
        QTest::newRow("put with time value") << QByteArray("AMZN") << false << 1.0 << Action::SellToOpen << 0;
        QTest::newRow("own call") << QByteArray("CVX") << true << 0.8 << Action::BuyToOpen << 0;
    }

    void shortOptionsAreAssignedEarly()
    {
        QFETCH(QByteArray, symbol);
        QFETCH(bool, isCall);
        QFETCH(double, moneyness);
        QFETCH(Action, action);
        QFETCH(int, shares);
        const base::Date exDate = dividendAfter("CVX", makeDate(2025, 3, 13)).exDate;
        const base::Date eve = market::previousTradingDay(exDate);
        Desk desk(market::fromNewYork(eve, 11h));
        const market::Instrument option = contract(*desk.market, desk.exchange.now(), symbol.toStdString(),
                                                   isCall ? market::Right::Call : market::Right::Put, moneyness, 14);
        wire::OrderRequest open;
        open.intent.legs = {optionLeg(option.symbol, action, 1)};
        open.intent.type = portfolio::OrderType::Market;
        const std::string id = desk.place(open);
        for (int i = 0; i < 20; ++i)
            desk.wait();
        QCOMPARE(desk.stateOf(id), OrderState::Filled);
        wire::OrderRequest resting = limitOrder(
            {optionLeg(option.symbol, action == Action::SellToOpen ? Action::BuyToClose : Action::SellToClose, 1)},
            action == Action::SellToOpen ? "0.05" : "900.0",
            action == Action::SellToOpen ? PriceEffect::Debit : PriceEffect::Credit);
        resting.intent.timeInForce = TimeInForce::Gtc;
        const std::string closing = desk.place(resting);
        const base::Decimal before = desk.exchange.balance().values.cash;
        desk.exchange.advanceTo(market::sessionOn(eve)->close);
        const auto held = desk.exchange.positions(false);
        QCOMPARE(held.size(), std::size_t{1});
        if (shares == 0) {
            QCOMPARE(held.front().values.symbol, option.symbol);
            QVERIFY(desk.exchange.deliveries().empty());
            QCOMPARE(desk.stateOf(closing), OrderState::Live);
            return;
        }
        QCOMPARE(held.front().values.symbol, symbol.toStdString());
        QCOMPARE(held.front().values.quantity, shares);
        QCOMPARE(desk.exchange.deliveries().front().subType, std::string("Assignment"));
        QCOMPARE(desk.exchange.balance().values.cash, before - option.option->strike * shares);
        QCOMPARE(desk.stateOf(closing), OrderState::Cancelled);
        QCOMPARE(desk.exchange.order(closing)->rejectReason, std::string("the option was assigned"));
        QCOMPARE(wire::settlementsIn(desk.exchange.deliveries()).size(), std::size_t{1});
    }

    void expiriesAreToldAsDeliveries()
    {
        Desk desk;
        const auto now = desk.exchange.now();
        const market::Instrument index = contract(*desk.market, now, "SPX", market::Right::Call, 0.95, 1);
        const market::Instrument far = contract(*desk.market, now, "SPX", market::Right::Call, 1.1, 1);
        const market::Instrument stock = contract(*desk.market, now, "KO", market::Right::Put, 1.25, 30);
        desk.place(limitOrder({optionLeg(index.symbol, Action::BuyToOpen, 1)}, "999.0", PriceEffect::Debit));
        desk.wait(); // until then it ties up all there is
        desk.place(limitOrder({optionLeg(far.symbol, Action::BuyToOpen, 1)}, "9.0", PriceEffect::Debit));
        desk.place(limitOrder({optionLeg(stock.symbol, Action::SellToOpen, 1)}, "0.0", PriceEffect::Credit));
        for (int i = 0; i < 20; ++i)
            desk.wait();
        QCOMPARE(desk.exchange.positions(false).size(), std::size_t{3});
        QVERIFY(desk.exchange.deliveries().empty());
        const base::Decimal before = desk.exchange.balance().values.cash;
        desk.exchange.advanceTo(stock.expiresAt + 1h);

        const auto& rows = desk.exchange.deliveries();
        base::Decimal moved;
        for (const wire::Transaction& row : rows) {
            moved += row.value;
            QCOMPARE(row.type, std::string("Receive Deliver"));
            QCOMPARE(row.account, std::string("SIM00001"));
        }
        QCOMPARE(desk.exchange.balance().values.cash, before + moved);
        const auto rowOf = [&](const std::string& symbol) {
            return *std::ranges::find(rows, symbol, &wire::Transaction::symbol);
        };
        QCOMPARE(rowOf(index.symbol).subType, std::string("Cash Settled Exercise"));
        QCOMPARE(rowOf(index.symbol).price, index.option->strike); // as the broker has it: the cash is in the value
        QVERIFY(rowOf(index.symbol).value > base::Decimal{} && !rowOf(index.symbol).action);
        QCOMPARE(rowOf(far.symbol).subType, std::string("Expiration"));
        QVERIFY(rowOf(far.symbol).value.isZero());
        QCOMPARE(rowOf(stock.symbol).subType, std::string("Assignment"));
        QCOMPARE(rowOf("KO").subType, std::string("Buy to Open"));
        QCOMPARE(rowOf("KO").quantity, 100);

        const auto settled = wire::settlementsIn(rows);
        QCOMPARE(settled.size(), std::size_t{3});
        const auto assigned = std::ranges::find(settled, stock.symbol, &execution::Settlement::symbol);
        QVERIFY(assigned != settled.end() && assigned->shares);
        QCOMPARE(assigned->shares->price, stock.option->strike);
        const double close = *desk.market->settlementPrice("SPX", index.option->expiry, market::Settlement::PM);
        const auto cash = std::ranges::find(settled, index.symbol, &execution::Settlement::symbol);
        QCOMPARE(cash->price, venue::toCents(close - index.option->strike.toDouble()));
    }
};

QTEST_GUILESS_MAIN(ExchangeExpiryTest)
#include "exchange_expiry_test.moc"
