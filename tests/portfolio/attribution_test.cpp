#include "portfolio/attribution.h"

#include "base/random.h"
#include "portfolio/lots.h"
#include "portfolio/marked_positions.h"
#include "pricing/black_scholes.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using namespace vegadesk::tests;
using base::Decimal;
using market::Right;

namespace
{

AttributedTrade trade(const MarkedPosition& of, int quantity, double price, double fees = 0)
{
    return {.symbol = of.symbol,
            .group = of.group,
            .underlying = of.underlying,
            .multiplier = of.multiplier,
            .quantity = quantity,
            .price = dollars(price),
            .fees = dollars(fees)};
}

bool isInCents(const ProfitParts& parts)
{
    return std::ranges::all_of(parts.parts, [](Decimal part) { return part.isMultipleOf(Decimal::cent()); });
}

} // namespace

class AttributionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Random books, trades, settlements and gaps in what is known: parts, rows and steps add up, and a restart changes
    /// nothing.
    void addsUpToTheCent()
    {
        base::Generator random(11);
        for (int round = 0; round < 25; ++round) {
            std::vector<MarkedPosition> book;
            for (int i = 0; i < 6; ++i) {
                MarkedPosition held = i == 0 ? shares(static_cast<int>(random.integer(-300, 300)))
                                             : option(random.integer(0, 1) ? Right::Call : Right::Put, 90.0 + 4 * i,
                                                      static_cast<int>(random.integer(-5, 5)));
                held.group = i % 3 == 0 ? "" : i % 3 == 1 ? "condor" : "calendar";
                held.underlying = i % 2 ? "XYZ" : "ABC";
                book.push_back(held);
            }
            const auto markAll = [&](int step) {
                Marking all = marking({}, step);
                for (const MarkedPosition& held : book) {
                    MarkedPosition marked =
                        priced(held, 100 + random.normal(), 0.2 + 0.01 * random.normal(), 0.1 - step * 1e-4);
                    marked.mark = std::round(marked.mark * 200) / 200; // half cents
                    all.positions.push_back(marked);
                }
                return all;
            };
            const Marking first = markAll(0);
            Attribution attribution(first);
            const auto valueOf = [](const Marking& all) {
                Decimal value;
                for (const MarkedPosition& held : all.positions)
                    value += dollars(held.mark) * (held.quantity * held.multiplier);
                return value;
            };
            Decimal cash;
            Decimal atDayStart = valueOf(first), cashAtDayStart;
            for (int step = 1; step <= 20; ++step) {
                std::vector<AttributedTrade> trades;
                std::vector<AttributedCash> payments;
                for (MarkedPosition& held : book) {
                    if (random.integer(0, 3) > 0)
                        continue;
                    AttributedTrade made = trade(held, static_cast<int>(random.integer(-4, 4)), 0);
                    made.price = Decimal::fromUnits(random.integer(0, 2000) * 1'000'000);
                    if (!held.option) // a fraction of a share
                        made.quantity = base::Quantity::fromUnits(random.integer(-900'000'000, 900'000'000));
                    made.fees = Decimal::fromUnits(random.integer(0, 100'000'000));
                    made.isSettlement = random.integer(0, 5) == 0;
                    held.quantity += made.quantity;
                    cash -= made.price * (made.quantity * made.multiplier) + made.fees;
                    trades.push_back(made);
                }
                if (random.integer(0, 4) == 0) {
                    payments.push_back({book[0].symbol, book[0].group, book[0].underlying, dollars(12.345)});
                    cash += dollars(12.345);
                }
                Marking all = markAll(step);
                Marking shown = all;
                if (step < 20) // by the last step all is known again
                    shown.positions[static_cast<std::size_t>(random.integer(0, 5))].mark = market::unknown;
                attribution.advance(shown, trades, payments);
                if (step == 10) {
                    const AttributionState kept = attribution.state();
                    attribution = Attribution(kept);
                }
                if (step == 16 && round % 2 == 0) {
                    // What waits would count in the new day: have it all known before.
                    attribution.advance(all);
                    attribution.startDay();
                    atDayStart = valueOf(all);
                    cashAtDayStart = cash;
                }
                if (step < 20)
                    continue;
                const auto check = [&](AttributionSpan span, Decimal profit) {
                    const AttributionReport report = attribution.report(span);
                    QCOMPARE(report.book.unknownCount, std::size_t{0});
                    QCOMPARE(QString::fromStdString(report.book.parts.total().toString()),
                             QString::fromStdString(profit.roundedTo(Decimal::cent()).toString()));
                    QVERIFY(isInCents(report.book.parts));
                    ProfitParts positions, groups, underlyings;
                    for (const AttributionRow& row : report.positions)
                        positions += row.parts;
                    for (const AttributionRow& row : report.groups)
                        groups += row.parts;
                    for (const AttributionRow& row : report.underlyings)
                        underlyings += row.parts;
                    QVERIFY(positions == report.book.parts);
                    QVERIFY(groups == report.book.parts);
                    QVERIFY(underlyings == report.book.parts);
                    ProfitParts byName;
                    for (const char* const group : {"", "condor", "calendar"})
                        byName += report.ofGroup(group);
                    QVERIFY(byName == report.book.parts);
                };
                if (round % 2 == 1) // what was closed the day before has left
                    check(AttributionSpan::SinceEntry, valueOf(all) - valueOf(first) + cash);
                check(AttributionSpan::Today, valueOf(all) - atDayStart + cash - cashAtDayStart);
            }
        }
    }

    /// From nothing on, what the parts add up to is what lots and fees say was earned.
    void agreesWithTheLots()
    {
        base::Generator random(17);
        LotBook lots;
        Attribution attribution(marking({}, 0));
        std::vector<MarkedPosition> book{option(Right::Call, 102, 0), option(Right::Put, 97, 0), shares(0)};
        book[0].group = book[1].group = "strangle";
        for (int step = 1; step <= 40; ++step) {
            std::vector<AttributedTrade> trades;
            for (std::size_t i = 0; i < book.size(); ++i) {
                MarkedPosition& held = book[i];
                held = priced(held, 100 + 2 * random.normal(), 0.2, 0.2 - step * 0.002);
                const auto bought = static_cast<int>(random.integer(-3, 3));
                if (bought == 0)
                    continue;
                trades.push_back(trade(held, bought, std::round(held.mark * 100) / 100, 1.13));
                held.quantity += bought;
                const Fill fill{.fillId = std::to_string(step),
                                .orderId = held.symbol,
                                .symbol = held.symbol,
                                .action = bought > 0 ? Action::BuyToOpen : Action::SellToOpen,
                                .quantity = std::abs(bought),
                                .price = trades.back().price};
                const InstrumentFacts facts{held.underlying, market::InstrumentType::EquityOption, held.multiplier};
                QVERIFY(lots.book(fill, facts, held.group,
                                  {.commission = dollars(1.13), .clearing = {}, .regulatory = {}}));
            }
            attribution.advance(marking(book, step), trades);
        }
        const LotBook::Mark mark = [&](const LotHolding& holding) {
            return std::ranges::find(book, holding.symbol, &MarkedPosition::symbol)->mark;
        };
        const LotProfit profit = lots.profit(mark);
        QCOMPARE(attribution.report(AttributionSpan::SinceEntry).book.parts.total().toString(),
                 (profit.realized + profit.open - profit.fees).roundedTo(Decimal::cent()).toString());
        const auto byGroup = lots.profitBy(LotKey::Group, mark);
        const LotProfit& strangle = byGroup.at("strangle");
        const Decimal difference = attribution.report(AttributionSpan::SinceEntry).ofGroup("strangle").total() -
                                   (strangle.realized + strangle.open - strangle.fees);
        QVERIFY(difference.abs() < Decimal::cent());
    }

    void measuresTradesAgainstTheMark()
    {
        MarkedPosition call = option(Right::Call, 100, 2);
        const MarkedPosition before = priced(call, 100, 0.2, 0.1);
        call.quantity = 5;
        MarkedPosition after = priced(call, 101, 0.2, 0.1);
        after.mark = 3.40; // its own volatility is another one
        const AttributionReport report = attribute(marking({before}, 0), marking({after}, 1),
                                                   std::array{trade(call, 4, 3.45, 4.52), trade(call, -1, 3.38, 0.12)});
        const ProfitParts& parts = report.book.parts;
        QCOMPARE(parts[ProfitSource::Trades].toString(), std::string("-22.0")); // 4 bought 5 cents dear, 1 sold 2 cheap
        QCOMPARE(parts[ProfitSource::Fees].toString(), std::string("-4.64"));
        // Only the two that were there before have moved with the market.
        const double delta = pricing::blackScholes(Right::Call, {100, 0.03, 0.01}, 100, 0.1, 0.2).delta;
        QCOMPARE(parts[ProfitSource::Delta], dollars(200 * delta).roundedTo(Decimal::cent()));
    }

    void positionsComeAndGo_data()
    {
        QTest::addColumn<int>("held");
        QTest::addColumn<int>("bought");
        QTest::addColumn<bool>("isMarkedAfter");
        QTest::addColumn<QString>("trades");
        QTest::newRow("closed, and marked still") << 1 << -1 << true << "-5.0";
        QTest::newRow("closed, against the last mark") << 1 << -1 << false << "25.0";
        QTest::newRow("opened") << 0 << 2 << true << "10.0";
        QTest::newRow("reversed") << 1 << -3 << true << "-15.0";
    }
    void positionsComeAndGo()
    {
        QFETCH(int, held);
        QFETCH(int, bought);
        QFETCH(bool, isMarkedAfter);
        QFETCH(QString, trades);
        MarkedPosition call = option(Right::Call, 100, held);
        MarkedPosition before = priced(call, 100, 0.2, 0.1);
        before.mark = 2.50;
        call.quantity = held + bought;
        MarkedPosition after = priced(call, 100.6, 0.2, 0.1);
        after.mark = 2.80;
        std::vector<MarkedPosition> first, second;
        if (held != 0)
            first.push_back(before);
        if (isMarkedAfter)
            second.push_back(after);
        const AttributionReport report =
            attribute(marking(first, 0), marking(second, 1), std::array{trade(call, bought, 2.75)});
        QCOMPARE(report.book.unknownCount, std::size_t{0});
        QCOMPARE(QString::fromStdString(report.book.parts[ProfitSource::Trades].toString()), trades);
        const double market = isMarkedAfter ? held * 30.0 : 0; // 30 cents
        QVERIFY(std::abs(report.book.parts.total().toDouble() - market - trades.toDouble()) < 1e-9);
    }

    void tradesThatNobodyMarkedStillCount()
    {
        const MarkedPosition call = option(Right::Call, 100, 0);
        const AttributionReport report =
            attribute(marking({}, 0), marking({}, 1), std::array{trade(call, 3, 2.00, 1), trade(call, -3, 2.10, 1)});
        QCOMPARE(report.book.parts[ProfitSource::Trades].toString(), std::string("30.0"));
        QCOMPARE(report.book.parts.total().toString(), std::string("28.0"));
    }

    void whatIsNotKnownWaits_data()
    {
        QTest::addColumn<int>("missing");
        QTest::newRow("mark") << static_cast<int>(AttributionGap::NoMark);
        QTest::newRow("spot") << static_cast<int>(AttributionGap::NoMarket);
    }
    void whatIsNotKnownWaits()
    {
        QFETCH(int, missing);
        const MarkedPosition call = option(Right::Call, 100, 1), stock = shares(10);
        const MarkedPosition start = priced(call, 100, 0.2, 0.1);
        Attribution attribution(marking({start, priced(stock, 100, 0, 0)}, 0));
        MarkedPosition unknown = priced(call, 101, 0.21, 0.1);
        (missing == static_cast<int>(AttributionGap::NoMark) ? unknown.mark : unknown.spot) = market::unknown;
        attribution.advance(marking({unknown, priced(stock, 101, 0, 0)}, 1));
        const AttributionReport between = attribution.report(AttributionSpan::Today);
        QCOMPARE(between.book.unknownCount, std::size_t{1});
        QCOMPARE(static_cast<int>(between.positions.front().gap), missing);
        QCOMPARE(between.book.parts.total().toString(), std::string("10.0")); // of the shares

        const MarkedPosition end = priced(call, 102, 0.22, 0.1);
        attribution.advance(marking({end, priced(stock, 102, 0, 0)}, 2));
        const AttributionReport known = attribution.report(AttributionSpan::Today);
        QCOMPARE(known.book.unknownCount, std::size_t{0});
        QCOMPARE(known.positions.front().parts.total(),
                 (dollars(end.mark) * 100 - dollars(start.mark) * 100).roundedTo(Decimal::cent()));
    }

    void saysWhatItCannotSay()
    {
        MarkedPosition call = option(Right::Call, 100, 1);
        MarkedPosition unmarked = priced(call, 100, 0.2, 0.1);
        unmarked.mark = market::unknown;
        Attribution late(marking({unmarked}, 0));
        QCOMPARE(late.report(AttributionSpan::Today).positions.front().gap, AttributionGap::NoMark);
        late.advance(marking({priced(call, 101, 0.2, 0.1)}, 1));
        QCOMPARE(late.report(AttributionSpan::Today).positions.front().gap, AttributionGap::NoStart);
        QVERIFY(late.report(AttributionSpan::Today).book.parts.total().isZero());
        late.startDay();
        QCOMPARE(late.report(AttributionSpan::Today).positions.front().gap, AttributionGap::None);
        QCOMPARE(late.report(AttributionSpan::SinceEntry).positions.front().gap, AttributionGap::NoStart);

        // Two more, and no trade that says so: they are taken at their mark, until it does.
        const MarkedPosition before = priced(call, 100, 0.2, 0.1);
        Attribution jump(marking({before}, 0));
        call.quantity = 3;
        MarkedPosition after = before;
        after.quantity = 3;
        jump.advance(marking({after}, 1));
        QCOMPARE(jump.report(AttributionSpan::Today).positions.front().gap, AttributionGap::QuantityJump);
        QVERIFY(jump.report(AttributionSpan::Today).book.parts.total().isZero());
        jump.advance(marking({after}, 2), std::array{trade(call, 2, before.mark - 0.10)});
        QCOMPARE(jump.report(AttributionSpan::Today).positions.front().gap, AttributionGap::None);
        QCOMPARE(jump.report(AttributionSpan::Today).book.parts.total().toString(), std::string("20.0"));
    }

    void aWideQuoteIsNoVolatility()
    {
        MarkedPosition call = option(Right::Call, 70, 1); // next to no vega
        const MarkedPosition before = priced(call, 100, 0.2, 0.05);
        MarkedPosition after = before;
        after.mark += 0.15;
        const ProfitParts parts = attribute(marking({before}, 0), marking({after}, 1)).book.parts;
        QCOMPARE(parts[ProfitSource::Unexplained].toString(), std::string("15.0"));
        QCOMPARE(parts.gross().toString(), std::string("15.0"));
    }

    void booksAssignmentsAndDividends()
    {
        // A short put is assigned at 100 with the shares at 95, where it was worth 5.10; then a dividend goes off.
        MarkedPosition put = option(Right::Put, 100, -1);
        MarkedPosition stock = shares(0);
        MarkedPosition before = priced(put, 95, 0.2, 0.01);
        before.mark = 5.10;
        Attribution attribution(marking({before}, 0));
        stock.quantity = 100;
        AttributedTrade gone = trade(put, 1, 0), delivered = trade(stock, 100, 100);
        gone.isSettlement = delivered.isSettlement = true;
        attribution.advance(marking({priced(stock, 95, 0, 0)}, 1), std::array{gone, delivered});
        const AttributionReport assigned = attribution.report(AttributionSpan::Today);
        QCOMPARE(assigned.book.parts.total().toString(), std::string("10.0")); // the time value that was never paid for
        QCOMPARE(assigned.book.parts[ProfitSource::Settlements].toString(), std::string("10.0"));
        attribution.startDay();
        attribution.advance(marking({priced(stock, 94.2, 0, 0)}, 2), {},
                            std::array{AttributedCash{"XYZ", "", "XYZ", dollars(75)}});
        const AttributionReport paid = attribution.report(AttributionSpan::Today);
        QCOMPARE(paid.book.parts[ProfitSource::Delta].toString(), std::string("-80.0"));
        QCOMPARE(paid.book.parts[ProfitSource::Settlements].toString(), std::string("75.0"));
        QCOMPARE(paid.positions.size(), std::size_t{1}); // the put went with the day before
    }

    void aTradeStaysWholeUntilItIsOver()
    {
        MarkedPosition near = option(Right::Call, 100, -1), far = option(Right::Call, 110, 1);
        near.group = far.group = "vertical";
        Attribution attribution(marking({priced(near, 100, 0.2, 0.1), priced(far, 100, 0.2, 0.1)}, 0));
        const MarkedPosition left = priced(far, 100, 0.2, 0.1);
        attribution.advance(marking({left}, 1), std::array{trade(near, 1, 2)});
        attribution.startDay();
        QCOMPARE(attribution.report(AttributionSpan::SinceEntry).positions.size(), std::size_t{2});
        attribution.advance(marking({}, 2), std::array{trade(far, -1, 0.1)});
        attribution.startDay();
        QVERIFY(attribution.state().positions.empty());
    }
};

QTEST_APPLESS_MAIN(AttributionTest)
#include "attribution_test.moc"
