#include "execution/fill_model.h"

#include "base/random.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::execution;
using base::Decimal;
using portfolio::Action;
using portfolio::OrderIntent;
using portfolio::PriceEffect;

namespace
{

Decimal decimal(std::string_view text)
{
    return Decimal::parse(text).value();
}

LegQuote quote(double bid, double ask, double size = 10, const char* tick = "0.01")
{
    LegQuote leg;
    leg.quote = {bid, ask, size, size, {}};
    leg.flags = market::classify(leg.quote, {}, base::Nanos{0});
    leg.tick = decimal(tick);
    return leg;
}

OrderIntent limitOrder(std::vector<std::pair<Action, std::int64_t>> legs, const char* price, PriceEffect effect)
{
    OrderIntent intent;
    for (std::size_t i = 0; i < legs.size(); ++i)
        intent.legs.push_back({.symbol = std::to_string(i), .action = legs[i].first, .quantity = legs[i].second});
    intent.price = decimal(price);
    intent.effect = effect;
    return intent;
}

Decimal netOf(const OrderIntent& intent, const FillDecision& decision)
{
    Decimal net;
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const Decimal part = decision.legPrices[i] * (intent.legs[i].quantity / portfolio::unitCount(intent));
        net += portfolio::isBuy(intent.legs[i].action) ? part : -part;
    }
    return net;
}

QString priceText(const FillDecision& decision)
{
    QStringList prices;
    for (const Decimal price : decision.legPrices)
        prices << QString::fromStdString(price.toFixed(2));
    return prices.join(' ');
}

} // namespace

class FillModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void single_data()
    {
        QTest::addColumn<bool>("buys");
        QTest::addColumn<QString>("limit");
        QTest::addColumn<bool>("resting");
        QTest::addColumn<QString>("price"); // empty: no fill; the market is 1.00 at 1.10
        QTest::newRow("buy at the ask") << true << "1.10" << false << "1.10";
        QTest::newRow("buy above the ask pays the ask") << true << "1.50" << false << "1.10";
        QTest::newRow("buy below the ask waits") << true << "1.09" << false << "";
        QTest::newRow("resting buy that is traded through gets its limit") << true << "1.15" << true << "1.15";
        QTest::newRow("resting buy still waits") << true << "1.09" << true << "";
        QTest::newRow("sell at the bid") << false << "1.00" << false << "1.00";
        QTest::newRow("sell below the bid gets the bid") << false << "0.50" << false << "1.00";
        QTest::newRow("sell above the bid waits") << false << "1.01" << false << "";
        QTest::newRow("resting sell gets its limit") << false << "0.95" << true << "0.95";
    }
    void single()
    {
        QFETCH(bool, buys);
        QFETCH(QString, limit);
        QFETCH(bool, resting);
        QFETCH(QString, price);
        const OrderIntent intent =
            limitOrder({{buys ? Action::BuyToOpen : Action::SellToOpen, 1}}, limit.toUtf8().constData(),
                       buys ? PriceEffect::Debit : PriceEffect::Credit);
        const std::array market{quote(1.00, 1.10)};
        const FillDecision decision = FillModel({}).fill(intent, market, 1, {.isResting = resting});
        QCOMPARE(priceText(decision), price);
        QCOMPARE(decision.units, std::int64_t{price.isEmpty() ? 0 : 1});
    }

    void spreads_data()
    {
        QTest::addColumn<QString>("credit"); // short 580 put at 2.00/2.10, long 575 put at 1.50/1.55
        QTest::addColumn<bool>("resting");
        QTest::addColumn<QString>("prices");
        QTest::newRow("at natural") << "0.45" << false << "2.00 1.55";
        QTest::newRow("less than natural gets natural") << "0.30" << false << "2.00 1.55";
        QTest::newRow("more than natural waits") << "0.46" << false << "";
        QTest::newRow("resting gets its limit, given back by one leg") << "0.30" << true << "1.85 1.55";
        QTest::newRow("resting at natural") << "0.45" << true << "2.00 1.55";
    }
    void spreads()
    {
        QFETCH(QString, credit);
        QFETCH(bool, resting);
        QFETCH(QString, prices);
        const OrderIntent intent = limitOrder({{Action::SellToOpen, 3}, {Action::BuyToOpen, 3}},
                                              credit.toUtf8().constData(), PriceEffect::Credit);
        const std::array market{quote(2.00, 2.10), quote(1.50, 1.55)};
        QCOMPARE(priceText(FillModel({}).fill(intent, market, 3, {.isResting = resting})), prices);
    }

    void flaggedQuotesDoNotFill_data()
    {
        QTest::addColumn<double>("bid");
        QTest::addColumn<double>("ask");
        QTest::addColumn<bool>("buys");
        QTest::addColumn<bool>("fills");
        const double none = market::unknown;
        QTest::newRow("two-sided") << 1.0 << 1.1 << true << true;
        QTest::newRow("locked") << 1.1 << 1.1 << true << true;
        QTest::newRow("crossed") << 1.2 << 1.1 << true << false;
        QTest::newRow("no ask") << 1.0 << none << true << false;
        QTest::newRow("no bid") << none << 1.1 << true << false;
        QTest::newRow("negative") << -1.0 << 1.1 << true << false;
        QTest::newRow("zero bid can be bought") << 0.0 << 0.05 << true << true;
        QTest::newRow("zero bid cannot be sold to") << 0.0 << 0.05 << false << false;
    }
    void flaggedQuotesDoNotFill()
    {
        QFETCH(double, bid);
        QFETCH(double, ask);
        QFETCH(bool, buys);
        QFETCH(bool, fills);
        OrderIntent intent = limitOrder({{buys ? Action::BuyToOpen : Action::SellToOpen, 1}}, "1", PriceEffect::None);
        intent.type = portfolio::OrderType::Market;
        intent.price.reset();
        const std::array market{quote(bid, ask)};
        QCOMPARE(FillModel({}).fill(intent, market, 1, {}).units, std::int64_t{fills ? 1 : 0});
        QCOMPARE(std::isfinite(naturalPrice(intent, market)), fills);
    }

    void aStaleQuoteDoesNotFill()
    {
        const OrderIntent intent = limitOrder({{Action::BuyToOpen, 1}}, "9", PriceEffect::Debit);
        std::array market{quote(1, 1.1)};
        market[0].flags.set(market::QuoteFlag::Stale);
        QCOMPARE(FillModel({}).fill(intent, market, 1, {}).units, std::int64_t{0});
    }

    void aWorthlessWingGoesWithItsSpread()
    {
        const OrderIntent intent =
            limitOrder({{Action::BuyToClose, 1}, {Action::SellToClose, 1}}, "0.10", PriceEffect::Debit);
        std::array market{quote(0.05, 0.10), quote(0, 0.05)};
        market[1].quote.bidSize = 0; // as exchanges show it where there is no bid
        QCOMPARE(priceText(FillModel({}).fill(intent, market, 1, {})), "0.10 0.00");
        QVERIFY(std::abs(naturalPrice(intent, market) - 0.10) < 1e-12);
    }

    void sizes_data()
    {
        QTest::addColumn<double>("firstSize");
        QTest::addColumn<double>("secondSize");
        QTest::addColumn<bool>("caps");
        QTest::addColumn<int>("units"); // of 10 units of a 1:2 spread
        QTest::newRow("enough") << 50.0 << 50.0 << true << 10;
        QTest::newRow("first leg short") << 4.0 << 50.0 << true << 4;
        QTest::newRow("second leg short, by its ratio") << 50.0 << 9.0 << true << 4;
        QTest::newRow("nothing shown") << 0.0 << 50.0 << true << 0;
        QTest::newRow("no cap") << 1.0 << 1.0 << false << 10;
        QTest::newRow("size not known") << market::unknown << 6.0 << true << 3;
    }
    void sizes()
    {
        QFETCH(double, firstSize);
        QFETCH(double, secondSize);
        QFETCH(bool, caps);
        QFETCH(int, units);
        const OrderIntent intent =
            limitOrder({{Action::BuyToOpen, 10}, {Action::SellToOpen, 20}}, "5", PriceEffect::Debit);
        const std::array market{quote(4, 4.1, firstSize), quote(1, 1.1, secondSize)};
        const FillDecision decision = FillModel({.capAtDisplayedSize = caps}).fill(intent, market, 10, {});
        QCOMPARE(decision.units, std::int64_t{units});
    }

    void slippageGoesAgainstUs()
    {
        const FillModel model({.slippage = 0.001});
        const OrderIntent buy = limitOrder({{Action::BuyToOpen, 1}}, "10.02", PriceEffect::Debit);
        const OrderIntent sell = limitOrder({{Action::SellToOpen, 1}}, "9.88", PriceEffect::Credit);
        const std::array market{quote(9.90, 10.00)};
        QCOMPARE(priceText(model.fill(buy, market, 1, {})), "10.01");
        QCOMPARE(priceText(model.fill(sell, market, 1, {})), "9.89"); // 9.8901, down to the tick
        const OrderIntent tight = limitOrder({{Action::BuyToOpen, 1}}, "10.00", PriceEffect::Debit);
        QCOMPARE(model.fill(tight, market, 1, {}).units, std::int64_t{0}); // the slipped price is beyond its limit
        const std::array fine{quote(9.90, 10.00, 10, "0.0001")};
        QCOMPARE(model.fill(sell, fine, 1, {}).legPrices.front().toString(), std::string("9.8901"));
    }

    void partOfTheSpread()
    {
        const OrderIntent buy = limitOrder({{Action::BuyToOpen, 1}}, "9", PriceEffect::Debit);
        const std::array market{quote(1.00, 1.10)};
        QCOMPARE(priceText(FillModel({.spreadFraction = 0}).fill(buy, market, 1, {})), "1.05");
        QCOMPARE(priceText(FillModel({.spreadFraction = 0.75}).fill(buy, market, 1, {})), "1.09"); // 1.0875, up
        const std::array nickels{quote(1.00, 1.10, 10, "0.05")};
        QCOMPARE(priceText(FillModel({.spreadFraction = 0.75}).fill(buy, nickels, 1, {})), "1.10");
    }

    void restingOrdersNeedATradeThrough_data()
    {
        QTest::addColumn<QString>("limit"); // of an order to buy; the market is 1.00 at 1.10, its mid 1.05
        QTest::addColumn<bool>("wasAtMarket");
        QTest::addColumn<double>("draw"); // against a chance of one half
        QTest::addColumn<QString>("price");
        QTest::newRow("touched") << "1.10" << false << 1.0 << "";
        QTest::newRow("traded through") << "1.11" << false << 1.0 << "1.11";
        QTest::newRow("what was left over for want of size") << "1.10" << true << 1.0 << "1.10";
        QTest::newRow("at the mid, lucky") << "1.05" << false << 0.49 << "1.05";
        QTest::newRow("at the mid, unlucky") << "1.05" << false << 0.5 << "";
        QTest::newRow("touched, lucky") << "1.10" << false << 0.0 << "1.10";
        QTest::newRow("short of the mid") << "1.04" << false << 0.0 << "";
    }
    void restingOrdersNeedATradeThrough()
    {
        QFETCH(QString, limit);
        QFETCH(bool, wasAtMarket);
        QFETCH(double, draw);
        QFETCH(QString, price);
        const OrderIntent intent = limitOrder({{Action::BuyToOpen, 1}}, limit.toUtf8().constData(), PriceEffect::Debit);
        const std::array market{quote(1.00, 1.10)};
        const FillModel model(findFillPreset("passive").value()->settings);
        QCOMPARE(priceText(model.fill(intent, market, 1, {true, wasAtMarket, draw})), price);
        const FillModel broker(findFillPreset("broker").value()->settings); // no chance, whatever is drawn
        const QString without = draw < 1 ? QString() : price;
        QCOMPARE(priceText(broker.fill(intent, market, 1, {true, wasAtMarket, draw})), without);
    }

    void aSpreadTakenByChanceFillsAtItsLimit()
    {
        const OrderIntent intent =
            limitOrder({{Action::SellToOpen, 1}, {Action::BuyToOpen, 1}}, "0.52", PriceEffect::Credit);
        const std::array market{quote(2.00, 2.10), quote(1.50, 1.55)}; // natural 0.45, at the mids 0.525
        const FillModel certain({.passive = PassiveFills::Through, .passiveChance = 1});
        QCOMPARE(certain.fill(intent, market, 1, {}).units, std::int64_t{0}); // it has to rest first
        const FillDecision decision = certain.fill(intent, market, 1, {.isResting = true, .draw = 0.999});
        QCOMPARE(decision.units, std::int64_t{1});
        QVERIFY(netOf(intent, decision) == decimal("-0.52"));
        OrderIntent greedy = intent;
        greedy.price = decimal("0.53");
        QCOMPARE(certain.fill(greedy, market, 1, {.isResting = true, .draw = 0}).units, std::int64_t{0});
    }

    void presetsAreNamed()
    {
        QCOMPARE(fillPresets().front().name, std::string_view("broker"));
        QCOMPARE(findFillPreset("three-quarters").value()->settings.spreadFraction, 0.75);
        QCOMPARE(findFillPreset("mid").value()->settings.spreadFraction, 0.0);
        for (const FillPreset& preset : fillPresets())
            QVERIFY(preset.settings.passive == PassiveFills::Through && preset.settings.slippage == 0);
        const auto unknown = findFillPreset("best");
        QVERIFY(!unknown && unknown.error().allowed == "one of broker, three-quarters, mid, passive");
    }

    void nicklesAddUpToACent()
    {
        const OrderIntent intent =
            limitOrder({{Action::SellToOpen, 1}, {Action::BuyToOpen, 1}}, "0.42", PriceEffect::Credit);
        const std::array market{quote(2.00, 2.10, 10, "0.05"), quote(1.50, 1.55, 10, "0.05")};
        const FillDecision decision = FillModel({}).fill(intent, market, 1, {.isResting = true});
        QCOMPARE(decision.units, std::int64_t{1});
        QVERIFY(netOf(intent, decision) == decimal("-0.42"));
    }

    void wrongShapesDoNotFill()
    {
        const OrderIntent intent = limitOrder({{Action::BuyToOpen, 1}}, "9", PriceEffect::Debit);
        const std::array two{quote(1, 1.1), quote(1, 1.1)};
        QCOMPARE(FillModel({}).fill(intent, two, 1, {}).units, std::int64_t{0});
        QCOMPARE(FillModel({}).fill(intent, std::span(two).first(1), 0, {}).units, std::int64_t{0});
        QCOMPARE(FillModel({}).fill({}, {}, 1, {}).units, std::int64_t{0});
        OrderIntent effectless = intent;
        effectless.effect = PriceEffect::None;
        QCOMPARE(FillModel({}).fill(effectless, std::span(two).first(1), 1, {}).units, std::int64_t{0});
    }

    /// For any spread: prices on tick (or in cents, in a spread), never negative, adding up to the natural price for a taker and
    /// to the limit for an order that rested; no fill is better than natural or worse than the limit.
    void everyFillAddsUp()
    {
        base::Generator random(11);
        int fills = 0;
        for (int round = 0; round < 30000; ++round) {
            std::vector<std::pair<Action, std::int64_t>> legs;
            std::vector<LegQuote> market;
            const auto units = random.integer(1, 3);
            for (auto count = random.integer(1, 4); count > 0; --count) {
                legs.emplace_back(random.integer(0, 1) ? Action::BuyToOpen : Action::SellToOpen,
                                  units * random.integer(1, 3));
                const bool nickels = random.integer(0, 3) == 0;
                const double tick = nickels ? 0.05 : 0.01;
                const double bid = tick * static_cast<double>(random.integer(0, 300));
                market.push_back(
                    quote(bid, bid + tick * static_cast<double>(random.integer(0, 8)), 100, nickels ? "0.05" : "0.01"));
            }
            OrderIntent intent = limitOrder(legs, "1", PriceEffect::Debit);
            const double natural = naturalPrice(intent, market);
            if (!std::isfinite(natural))
                continue;
            const Decimal limit = (Decimal::fromDouble(natural).value() +
                                   Decimal::fromUnits(random.integer(-5, 40) * Decimal::unitsPerOne / 100))
                                      .roundedTo(decimal("0.01"));
            intent.price = limit.abs();
            intent.effect = limit.isNegative() ? PriceEffect::Credit : PriceEffect::Debit;
            const bool resting = random.integer(0, 1) == 1;
            const FillDecision decision =
                FillModel({.capAtDisplayedSize = false})
                    .fill(intent, market, portfolio::unitCount(intent), {.isResting = resting});
            const Decimal naturalNet = Decimal::fromDouble(natural).value().roundedTo(decimal("0.01"));
            if (naturalNet > limit) {
                QCOMPARE(decision.units, std::int64_t{0});
                continue;
            }
            if (decision.units == 0)
                continue; // a resting order whose legs cannot add up to its limit; counted below
            ++fills;
            const bool isSingle = intent.legs.size() == 1;
            for (std::size_t i = 0; i < market.size(); ++i) {
                QVERIFY(!decision.legPrices[i].isNegative());
                QVERIFY(decision.legPrices[i].isMultipleOf(isSingle ? market[i].tick : decimal("0.01")));
            }
            const Decimal net = netOf(intent, decision);
            if (!resting)
                QVERIFY(net == naturalNet);
            else if (!isSingle)
                QVERIFY2(net == limit, qPrintable(QString::number(round)));
            QVERIFY(net >= naturalNet && net <= limit);
        }
        QVERIFY2(fills > 15000, qPrintable(QString::number(fills)));
    }
};

QTEST_APPLESS_MAIN(FillModelTest)
#include "fill_model_test.moc"
