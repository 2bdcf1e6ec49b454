#include "venue/rest_desk.h"

#include "history/market_generator.h"
#include "market/calendar.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace venue_test;
using namespace std::chrono_literals;
using base::makeDate;
using market::Right;
using portfolio::PriceEffect;
using wire::OrderState;

namespace
{

portfolio::OrderLeg leg(const market::Instrument& instrument, Action action, std::int64_t quantity = 1)
{
    return {instrument.symbol, instrument.type, action, quantity};
}

wire::OrderRequest marketOrder(const market::Instrument& instrument, Action action, std::int64_t quantity = 1)
{
    wire::OrderRequest request;
    request.intent.legs = {leg(instrument, action, quantity)};
    request.intent.type = portfolio::OrderType::Market;
    return request;
}

struct FuturesDesk : RestDesk {
    using RestDesk::RestDesk;

    market::Instrument future(std::size_t which = 0)
    {
        return *market->find(market->futures(exchange.today()).at(which).symbol, exchange.today());
    }
    /// Of the expiry that `root` has next: the strike nearest to `moneyness` of the future.
    market::Instrument option(const std::string& root, Right right, double moneyness = 1)
    {
        const auto all = market->futureOptions("ES", exchange.today());
        const double target = moneyness * market->mark(future(), exchange.now());
        const wire::FutureOption* best = nullptr;
        const auto distance = [&](const wire::FutureOption& one) { return std::abs(one.strike.toDouble() - target); };
        for (const wire::FutureOption& one : all) {
            if (one.optionRoot != root || (one.right == "C") != (right == Right::Call))
                continue;
            if (best == nullptr || one.expiration < best->expiration ||
                (one.expiration == best->expiration && distance(one) < distance(*best)))
                best = &one;
        }
        return *market->find(best->symbol, exchange.today());
    }
    base::Decimal cash() { return exchange.balance().values.cash; }
    void fill(const wire::OrderRequest& request)
    {
        const std::string id = place(request);
        QVERIFY2(!id.starts_with("refused"), id.c_str());
        wait();
        QCOMPARE(stateOf(id), OrderState::Filled);
    }
};

} // namespace

/// /ES and the options on it.
class FuturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void symbolsAreTheBrokers()
    {
        FuturesDesk desk(thursday()); // 2025-03-13
        const base::Date today = desk.exchange.today();
        const auto futures = desk.market->futures(today);
        QCOMPARE(futures.size(), std::size_t{4});
        QCOMPARE(futures[0].symbol, std::string("/ESH5"));
        QCOMPARE(futures[0].streamerSymbol, std::string("/ESH25:XCME"));
        QCOMPARE(futures[0].rollTarget, std::string("/ESM5"));
        QCOMPARE(*futures[0].expirationDate, makeDate(2025, 3, 21));
        QCOMPARE(*futures[0].expiresAt, market::fromNewYork(makeDate(2025, 3, 21), 9h + 30min));
        const market::Instrument friday = desk.option("EW2", Right::Put);
        const std::string strike = std::to_string(std::llround(friday.option->strike.toDouble()));
        QCOMPARE(friday.symbol, "./ESH5 EW2H5 250314P" + strike);
        QCOMPARE(friday.streamerSymbol, "./EW2H25P" + strike + ":XCME");
        QCOMPARE(friday.style, market::ExerciseStyle::European);
        QCOMPARE(desk.market->find(friday.streamerSymbol, today)->symbol, friday.symbol);
        // After its own future has ended that morning, a weekly of the third Friday is on the next one.
        QVERIFY(desk.option("EW3", Right::Call).symbol.starts_with("./ESM5 EW3H5 250321C"));
        const market::Instrument quarterly = desk.option("ES", Right::Call);
        QVERIFY(quarterly.symbol.starts_with("./ESH5 ESH5 250321C"));
        QCOMPARE(quarterly.style, market::ExerciseStyle::American);
        QCOMPARE(quarterly.expiresAt, *futures[0].expiresAt);
        std::set<std::string> symbols;
        for (const wire::FutureOption& one : desk.market->futureOptions("ES", today)) {
            QVERIFY(symbols.insert(one.symbol).second && symbols.insert(one.streamerSymbol).second);
            QVERIFY(one.symbol.starts_with("." + one.underlying + " " + one.optionRoot));
        }
        QVERIFY(symbols.size() > 4000);
    }

    void theFutureIsTheIndexCarried()
    {
        FuturesDesk desk(thursday());
        const base::Instant now = desk.exchange.now();
        const double spot = desk.market->mark(*desk.market->find("SPX", desk.exchange.today()), now);
        const double rate = desk.market->riskFreeRate(desk.exchange.today());
        const double yield = history::findSimulated("SPX")->dividendYield;
        for (std::size_t i = 0; i < 4; ++i) {
            const market::Instrument future = desk.future(i);
            const market::Quote quote = desk.market->quote(future, now);
            const double years = market::yearsUntil(now, future.expiresAt);
            const double fair = spot * std::exp((rate - yield) * years);
            QVERIFY(std::abs(quote.mid() - fair) < 0.7);
            QCOMPARE(quote.ask - quote.bid, 0.25);
            QCOMPARE(quote.bid * 4, std::floor(quote.bid * 4));
        }
        // On the last morning it is what it settles at.
        const market::Instrument front = desk.future();
        const double opening = *desk.market->settlementPrice("/ESH5", makeDate(2025, 3, 21), market::Settlement::AM);
        QVERIFY(std::abs(desk.market->mark(front, front.expiresAt - 1s) - opening) < 0.004 * opening);
    }

    void itMovesWhileStocksAreClosed()
    {
        FuturesDesk desk(thursday());
        const market::Instrument future = desk.future(1);
        const auto at = [&](base::Instant when) { return desk.market->mark(future, when); };
        const base::Instant close = thursday(16);
        std::set<double> seen;
        for (int hours = 3; hours < 17; ++hours)
            seen.insert(at(close + hours * 1h));
        QVERIFY(seen.size() > 6);
        const market::Instrument index = *desk.market->find("SPX", desk.exchange.today());
        QCOMPARE(desk.market->mark(index, close + 3h), desk.market->mark(index, close + 12h));
        QCOMPARE(at(close + 1h + 1min), at(close + 1h + 59min));                               // the exchange's pause
        QVERIFY(std::abs(at(close + 17h + 30min - 1s) / at(close + 17h + 30min) - 1) < 0.003); // no jump at the open
    }

    void optionsHaveTheSmileOfTheIndex()
    {
        FuturesDesk desk(thursday());
        const base::Instant now = desk.exchange.now();
        const market::ChainDefinition* const chain = desk.market->definition("SPX", desk.exchange.today());
        const base::Date friday = makeDate(2025, 3, 28);
        // Both volatilities as functions of log-moneyness: where strikes differ by the carry, so does the place on the smile.
        std::map<double, double> ofIndex;
        const double rate = desk.market->riskFreeRate(desk.exchange.today());
        const double yield = history::findSimulated("SPX")->dividendYield;
        const double spot = desk.market->mark(chain->underlying, now);
        for (const market::Instrument& one : chain->options) {
            if (one.option->root != "SPXW" || one.option->expiry != friday || one.option->right != Right::Put)
                continue;
            const double forward = spot * std::exp((rate - yield) * market::yearsUntil(now, one.expiresAt));
            ofIndex[std::log(one.option->strike.toDouble() / forward)] = desk.market->data(one, now).greeks.volatility;
        }
        int compared = 0;
        for (const wire::FutureOption& described : desk.market->futureOptions("ES", desk.exchange.today())) {
            if (described.expiration != friday || described.right != "P")
                continue;
            const market::Instrument one = *desk.market->find(described.symbol, desk.exchange.today());
            const market::Instrument future = *desk.market->find(one.underlying, desk.exchange.today());
            const double forward = spot * std::exp((rate - yield) * market::yearsUntil(now, future.expiresAt));
            const double place = std::log(described.strike.toDouble() / forward);
            const auto after = ofIndex.lower_bound(place);
            if (after == ofIndex.begin() || after == ofIndex.end())
                continue;
            const auto before = std::prev(after);
            const double weight = (place - before->first) / (after->first - before->first);
            const double expected = before->second + weight * (after->second - before->second);
            QVERIFY(std::abs(desk.market->data(one, now).greeks.volatility - expected) < 0.002);
            ++compared;
        }
        QVERIFY(compared > 50);
    }

    /// Per future: each side falls (rises) with the strike by no more than the strike and is convex in it, parity holds for European
    /// ones, and what ends later is worth no less.
    void noStaticArbitrage_data()
    {
        QTest::addColumn<base::Instant>("at");
        QTest::newRow("in session") << thursday(11);
        QTest::newRow("overnight") << thursday(22);
        QTest::newRow("before the roll") << thursday(15) + 7 * 24h;
    }

    void noStaticArbitrage()
    {
        QFETCH(base::Instant, at);
        FuturesDesk desk(at);
        const double rate = desk.market->riskFreeRate(desk.exchange.today());
        struct Key {
            std::string underlying, right;
            std::int64_t strike;
            auto operator<=>(const Key&) const = default;
        };
        std::map<Key, double> earlier, ofExpiry;
        std::map<std::pair<std::string, base::Date>, std::map<std::int64_t, std::map<std::string, double>>> slices;
        std::map<std::string, base::Instant> ends;
        for (const wire::FutureOption& one : desk.market->futureOptions("ES", desk.exchange.today())) {
            const market::Instrument option = *desk.market->find(one.symbol, desk.exchange.today());
            if (option.expiresAt <= at)
                continue;
            const double price = desk.market->data(option, at).greeks.price;
            const std::int64_t strike = std::llround(one.strike.toDouble());
            slices[{one.underlying + one.optionRoot, one.expiration}][strike][one.right] = price;
            const market::Quote quote = desk.market->quote(option, at);
            QVERIFY(quote.bid <= price + 1e-9 && quote.ask >= price - 1e-9 && quote.ask > quote.bid);
            // They come by expiry. Discounting costs what is deep in the money more the later it ends.
            double& before = earlier[{one.underlying, one.right, strike}];
            const double years = market::yearsUntil(at, option.expiresAt);
            QVERIFY2(price * std::exp(rate * years) >= before - 1e-6, one.symbol.c_str());
            before = price * std::exp(rate * years);
            if (one.exerciseStyle == "American")
                continue;
            const double forward =
                desk.market->worth(*desk.market->find(one.underlying, desk.exchange.today()), at, 0, 1);
            if (one.right == "P") {
                const double call = slices[{one.underlying + one.optionRoot, one.expiration}][strike]["C"];
                QVERIFY(std::abs(call - price - std::exp(-rate * years) * (forward - static_cast<double>(strike))) <
                        1e-6);
            }
        }
        for (const auto& [key, slice] : slices) {
            for (const char* right : {"C", "P"}) {
                const double sign = *right == 'C' ? 1 : -1;
                std::vector<std::pair<double, double>> points;
                for (const auto& [strike, sides] : slice)
                    points.emplace_back(static_cast<double>(strike), sides.at(right));
                double lastSlope = -2;
                for (std::size_t i = 1; i < points.size(); ++i) {
                    const double slope =
                        (points[i].second - points[i - 1].second) / (points[i].first - points[i - 1].first);
                    QVERIFY(sign * slope <= 1e-9 && sign * slope >= -1 - 1e-9);
                    QVERIFY2(slope >= lastSlope - 1e-7, key.first.c_str());
                    lastSlope = slope;
                }
            }
        }
        QVERIFY(slices.size() > 10);
    }

    void nothingIsPaidToOpenAFuture()
    {
        FuturesDesk desk(thursday());
        const market::Instrument future = desk.future(1);
        const base::Decimal before = desk.cash();
        const auto figures = desk.exchange.dryRun(marketOrder(future, Action::BuyToOpen));
        QVERIFY(figures.has_value());
        const double notional = 50 * desk.market->mark(future, desk.exchange.now());
        const double margin = -figures->buyingPower->changeInMargin.toDouble();
        QVERIFY2(margin > 0.06 * notional && margin < 0.07 * notional, qPrintable(QString::number(margin)));
        QCOMPARE(figures->fees->commission, dollars("1.25"));
        desk.fill(marketOrder(future, Action::BuyToOpen));
        QCOMPARE(desk.cash(), before - figures->fees->total);
        const double value = desk.exchange.balance().values.netLiquidation.toDouble() - desk.cash().toDouble();
        QVERIFY(std::abs(value) < 600); // what it moved in two seconds, not a third of a million
        // One too many for the account.
        QCOMPARE(desk.place(marketOrder(future, Action::BuyToOpen, 9)), std::string("refused: margin_check_failed"));
    }

    void everyCloseSettlesInCash()
    {
        FuturesDesk desk(thursday());
        const market::Instrument future = desk.future(1);
        desk.fill(marketOrder(future, Action::BuyToOpen));
        const base::Decimal open = desk.exchange.positions(false).front().values.averageOpenPrice;
        const base::Decimal paid = desk.cash();
        desk.exchange.advanceTo(thursday(16));
        const auto settlement = [&](base::Date date) {
            return base::Decimal::fromDouble(*desk.market->settlementPrice(future.symbol, date, market::Settlement::PM))
                .value();
        };
        const base::Decimal first = settlement(desk.exchange.today());
        QCOMPARE(desk.cash(), paid + (first - open) * 50);
        QCOMPARE(desk.exchange.positions(false).front().values.averageOpenPrice, first);
        const auto& rows = desk.exchange.history().transactions();
        QCOMPARE(rows.back().subType, std::string("Mark to Market"));
        QCOMPARE(rows.back().value, (first - open) * 50);
        desk.exchange.advanceTo(thursday(16) + 24h);
        QCOMPARE(desk.cash(), paid + (settlement(desk.exchange.today()) - open) * 50);
        // Sold in the evening, while stocks are closed; all rows together are the cash.
        desk.exchange.advanceTo(thursday(22) + 3 * 24h); // Sunday
        desk.fill(marketOrder(future, Action::SellToClose));
        QVERIFY(desk.exchange.positions(false).empty());
        base::Decimal sum;
        for (const wire::Transaction& row : desk.exchange.history().transactions())
            sum += row.netValue;
        QCOMPARE(desk.cash(), sum);
        QCOMPARE(desk.exchange.balance().values.netLiquidation, sum);
    }

    void ordersKeepTheHoursOfFutures()
    {
        FuturesDesk desk(thursday(16, 30));
        const market::Instrument future = desk.future(1);
        const std::string resting =
            desk.place(limitOrder({leg(future, Action::BuyToOpen)}, "1000.0", PriceEffect::Debit));
        desk.wait();
        QCOMPARE(desk.stateOf(resting), OrderState::Live);
        desk.exchange.advanceTo(thursday(17));
        QCOMPARE(desk.stateOf(resting), OrderState::Expired);
        desk.wait(5min); // the pause
        QCOMPARE(desk.place(marketOrder(future, Action::BuyToOpen)),
                 std::string("refused: tif_no_after_hours_opening_market_orders"));
        const std::string waiting =
            desk.place(limitOrder({leg(future, Action::BuyToOpen)}, "1000.0", PriceEffect::Debit));
        QCOMPARE(desk.stateOf(waiting), OrderState::Received);
        desk.exchange.advanceTo(thursday(18, 1));
        QCOMPARE(desk.stateOf(waiting), OrderState::Live);
        QCOMPARE(desk.place(limitOrder({leg(future, Action::BuyToOpen)}, "1000.1", PriceEffect::Debit)),
                 std::string("refused: invalid_price_increment"));
    }

    void buyingAndSellingNets()
    {
        FuturesDesk desk(thursday());
        const market::Instrument future = desk.future(1);
        desk.fill(marketOrder(future, Action::SellToOpen));
        desk.fill(marketOrder(future, Action::BuyToOpen)); // the broker's "Buy"
        QVERIFY(desk.exchange.positions(false).empty());
        QCOMPARE(desk.exchange.orders().front()->legs.front().terms.action, Action::BuyToClose);
    }

    void ordersEndWithTheirOption_data()
    {
        QTest::addColumn<QByteArray>("root");
        QTest::newRow("at the close of stocks") << QByteArray("EW2");
        QTest::newRow("on the last morning") << QByteArray("ES");
    }

    void ordersEndWithTheirOption()
    {
        QFETCH(QByteArray, root);
        const market::Instrument option = FuturesDesk().option(root.toStdString(), Right::Call, 0.95);
        FuturesDesk desk(option.expiresAt - 5min);
        wire::OrderRequest resting = limitOrder({leg(option, Action::BuyToOpen)}, "0.05", PriceEffect::Debit);
        resting.intent.timeInForce = portfolio::TimeInForce::Gtc;
        const std::string id = desk.place(resting);
        desk.exchange.advanceTo(option.expiresAt - 1s);
        QCOMPARE(desk.stateOf(id), OrderState::Live);
        desk.exchange.advanceTo(option.expiresAt);
        QCOMPARE(desk.stateOf(id), OrderState::Expired);
        QCOMPARE(desk.place(resting), std::string("refused: instrument_expired"));
    }

    void optionsEndInTheFuture_data()
    {
        QTest::addColumn<QByteArray>("root");
        QTest::addColumn<bool>("isCall");
        QTest::newRow("weekly call") << QByteArray("EW2") << true;
        QTest::newRow("weekly put") << QByteArray("EW2") << false;
        QTest::newRow("quarterly call") << QByteArray("ES") << true;
    }

    void optionsEndInTheFuture()
    {
        QFETCH(QByteArray, root);
        QFETCH(bool, isCall);
        FuturesDesk desk(thursday());
        const market::Instrument option =
            desk.option(root.toStdString(), isCall ? Right::Call : Right::Put, isCall ? 0.97 : 1.03);
        desk.fill(marketOrder(option, Action::BuyToOpen));
        const base::Decimal paid = desk.cash();
        desk.exchange.advanceTo(option.expiresAt);
        const double value = *desk.market->settlementPrice(option.underlying, option.option->expiry, option.settlement);
        const double strike = option.option->strike.toDouble();
        QVERIFY(isCall ? value > strike : value < strike);
        const auto& rows = desk.exchange.deliveries();
        QCOMPARE(rows.front().subType, std::string("Exercise"));
        QCOMPARE(rows[1].symbol, option.underlying);
        QCOMPARE(rows[1].quantity, 1);
        QCOMPARE(*rows[1].price, option.option->strike);
        // Settled with the day, or for good where the future ends too: the gain is in the cash.
        QCOMPARE(desk.cash(), paid + venue::toCents(std::abs(value - strike)) * 50);
        const auto held = desk.exchange.positions(false);
        if (root == "ES") {
            QVERIFY(held.empty());
            QCOMPARE(rows.back().subType, std::string("Cash Settled Expiration"));
        } else {
            QCOMPARE(held.size(), std::size_t{1});
            QCOMPARE(held.front().values.quantity, isCall ? 1 : -1);
        }
    }

    void marginsAreOfTheWholeBook()
    {
        FuturesDesk desk(thursday());
        const market::Instrument future = desk.future();
        const market::Instrument call = desk.option("ES", Right::Call, 1.01), put = desk.option("ES", Right::Put, 0.9);
        const auto margin = [&](std::vector<venue::HoldingChange> changes) {
            return desk.exchange.book().requirement(desk.exchange.now(), changes);
        };
        const double outright = margin({{future, 1}});
        QVERIFY(std::abs(margin({{future, -1}}) - outright) < 1e-6);
        QVERIFY(std::abs(margin({{future, 2}}) - 2 * outright) < 1e-6);
        QCOMPARE(margin({{call, 1}}), 0.0); // what it may lose is paid
        QVERIFY(margin({{call, -1}}) > 0.5 * outright);
        QVERIFY(margin({{call, -1}, {future, 1}}) < 0.75 * (outright + margin({{call, -1}}))); // covered
        const double far = margin({{put, -1}});
        QVERIFY(far > 50 && far < margin({{call, -1}}));
    }

    void theRoutesShowThem()
    {
        FuturesDesk desk(thursday());
        const QJsonObject chain = desk.call("GET", "/futures-option-chains/ES/nested").data();
        QCOMPARE(chain.value("futures").toArray().size(), 4);
        const QJsonArray roots = chain.value("option-chains").toArray();
        QCOMPARE(roots.size(), 2);
        const QJsonObject weekly = roots[1].toObject().value("expirations").toArray()[0].toObject();
        QCOMPARE(weekly.value("option-contract-symbol").toString(), QString("E2DH5"));
        const QJsonObject strike = weekly.value("strikes").toArray()[0].toObject();
        QVERIFY(strike.value("call-streamer-symbol").toString().startsWith("./E2DH25C"));
        QVERIFY(strike.value("put").toString().startsWith("./ESH5 E2DH5 250313P"));
        QCOMPARE(desk.call("GET", "/instruments/futures/ESM5").data().value("streamer-symbol").toString(),
                 QString("/ESM25:XCME"));
        const QJsonArray boards = desk.call("GET", "/market-data/by-type?future=/ESM5").items();
        QCOMPARE(boards.size(), 1);
        QVERIFY(boards[0].toObject().value("bid").toString().toDouble() > 1000);
        const QJsonArray metrics = desk.call("GET", "/market-metrics?symbols=/ESM5").items();
        QCOMPARE(metrics.size(), 1);
        QVERIFY(desk.ask("GET", "/trading-status").data().value("is-futures-enabled").toBool());
        desk.fill(marketOrder(desk.future(1), Action::SellToOpen));
        const QJsonObject position = desk.ask("GET", "/positions").items()[0].toObject();
        QCOMPARE(position.value("instrument-type").toString(), QString("Future"));
        QCOMPARE(position.value("underlying-symbol").toString(), QString("/ESM5"));
    }
};

QTEST_GUILESS_MAIN(FuturesTest)
#include "futures_test.moc"
