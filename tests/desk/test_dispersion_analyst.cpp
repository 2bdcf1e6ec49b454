#include "desk/assumptions.h"
#include "desk/dispersion_analyst.h"
#include "market/calendar.h"
#include "market/symbols.h"
#include "pricing/black_scholes.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace std::chrono_literals;
using desk::DispersionAnalyst;
using desk::DispersionGap;
using market::Right;

namespace
{

const base::Date today = base::makeDate(2026, 6, 1); // a Monday
const base::Instant marketTime = market::fromNewYork(today, 11h);
const base::Instant wall = marketTime;
const base::Nanos staleAfter = 10s;
const desk::DispersionBasket basket{"IDX", {{"AAA", 0.6}, {"BBB", 0.4}}};

market::ChainDefinition listing(const std::string& symbol, const std::vector<int>& days,
                                market::Settlement settlement = market::Settlement::PM)
{
    market::ChainDefinition definition;
    definition.underlying.symbol = definition.underlying.streamerSymbol = definition.underlying.underlying = symbol;
    for (const int each : days) {
        const base::Date expiry = today + std::chrono::days(each);
        for (int strike = 80; strike <= 120; strike += 2) {
            for (const Right right : {Right::Call, Right::Put}) {
                market::Instrument option;
                option.option = market::OptionTerms{symbol, expiry, right, base::Decimal::fromInteger(strike)};
                option.symbol = *market::toOccSymbol(*option.option);
                option.streamerSymbol = *market::toStreamerSymbol(*option.option);
                option.type = market::InstrumentType::EquityOption;
                option.underlying = symbol;
                option.multiplier = 100;
                option.style = market::ExerciseStyle::European;
                option.settlement = settlement;
                option.expiresAt = market::expiryInstant(expiry, settlement);
                definition.options.push_back(option);
            }
        }
    }
    return definition;
}

std::vector<int> daysAround(const std::vector<int>& listed, market::Settlement settlement = market::Settlement::PM)
{
    const market::OptionChain layout = market::emptyChain(listing("XYZ", listed, settlement));
    std::vector<int> out;
    for (const std::size_t i : desk::expirationsAround(layout, today, 30))
        out.push_back(static_cast<int>((layout.expirations[i].date - today).count()));
    return out;
}

struct Rig {
    market::Book book;
    std::shared_ptr<desk::Published<desk::DispersionView>> view =
        std::make_shared<desk::Published<desk::DispersionView>>();
    DispersionAnalyst analyst{view};
    std::map<std::string, std::shared_ptr<const market::ChainDefinition>> definitions;

    void list(const std::string& symbol)
    {
        auto definition = std::make_shared<const market::ChainDefinition>(listing(symbol, {4, 25, 39, 74}));
        book.add(definition->underlying);
        for (const market::Instrument& option : definition->options)
            book.add(option);
        definitions[symbol] = definition;
        analyst.addDefinition(definition);
    }
    /// All its options at one volatility.
    void quote(const std::string& symbol, double volatility, base::Instant at = wall)
    {
        book.put(*book.find(symbol), market::Quote{99.99, 100.01, 1, 1, at});
        for (const market::Instrument& option : definitions[symbol]->options) {
            const double years = market::yearsUntil(marketTime, option.expiresAt);
            const double price = pricing::blackScholesPrice(option.option->right, {100, desk::assumedRates.rate, 0},
                                                            option.option->strike.toDouble(), years, volatility);
            book.put(*book.find(option.symbol), market::Quote{price - 0.005, price + 0.005, 10, 10, at});
        }
    }
    /// Until there is another view, or `most` calls have brought none.
    int tickUntilView(int most, base::Instant at = wall)
    {
        const auto before = view->load();
        for (int calls = 1; calls <= most; ++calls) {
            analyst.tick(book, at, staleAfter, marketTime + (at - wall));
            if (view->load() != before)
                return calls;
        }
        return 0;
    }
};

} // namespace

class DispersionAnalystTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expirationsAreThoseAroundTheMonth()
    {
        QCOMPARE(daysAround({4, 11, 25, 39, 74}), (std::vector{25, 39}));
        QCOMPARE(daysAround({4, 30, 74}), std::vector{30});
        QCOMPARE(daysAround({4, 11}), std::vector{11});
        QCOMPARE(daysAround({46, 74}), std::vector{46});
        QCOMPARE(daysAround({0}), std::vector<int>{}); // today's says nothing of a month
        QCOMPARE(daysAround({25, 39}, market::Settlement::AM), std::vector<int>{});
    }

    void eachCallLooksAtOneChain()
    {
        Rig rig;
        for (const char* const symbol : {"IDX", "AAA", "BBB"})
            rig.list(symbol);
        rig.quote("IDX", 0.20);
        rig.quote("AAA", 0.30);
        rig.quote("BBB", 0.25);
        QCOMPARE(rig.tickUntilView(10), 0); // nobody follows it
        rig.analyst.follow(basket);
        QCOMPARE(rig.view->load()->members.size(), 2U); // at once, and nothing known yet
        QVERIFY(std::isnan(rig.view->load()->exact));
        QCOMPARE(rig.tickUntilView(10), 4); // three chains, then the view

        const auto view = rig.view->load();
        QVERIFY2(std::abs(view->index.implied - 0.20) < 1e-3, qPrintable(QString::number(view->index.implied)));
        QVERIFY(std::abs(view->members[0].implied - 0.30) < 1e-3);
        QVERIFY(std::abs(view->members[1].implied - 0.25) < 1e-3);
        const double own = 0.18 * 0.18 + 0.1 * 0.1;
        QVERIFY(std::abs(view->exact - (0.2 * 0.2 - own) / (0.28 * 0.28 - own)) < 0.02);
        QVERIFY(view->index.gap == DispersionGap::None && !view->index.isOld);
        QVERIFY(view->at == marketTime);

        QCOMPARE(rig.tickUntilView(10, wall + 500ms), 0); // not yet due
        QCOMPARE(rig.tickUntilView(10, wall + 1s), 4);
        rig.analyst.follow(std::nullopt);
        QCOMPARE(rig.tickUntilView(10, wall + 3s), 0);
    }

    void gapsAreSaid()
    {
        Rig rig;
        rig.list("IDX");
        rig.quote("IDX", 0.20);
        rig.list("AAA");
        rig.analyst.setNotKnown("BBB");
        rig.analyst.follow(basket);
        QVERIFY(rig.tickUntilView(10) > 0);
        auto view = rig.view->load();
        QVERIFY(view->members[0].gap == DispersionGap::Quotes);
        QVERIFY(view->members[1].gap == DispersionGap::NotKnown);
        QCOMPARE(view->known, 0U);

        auto none = std::make_shared<market::ChainDefinition>();
        none->underlying.symbol = "BBB";
        rig.analyst.addDefinition(none);
        rig.quote("AAA", 0.30, wall + 1s);
        QVERIFY(rig.tickUntilView(10, wall + 1s) > 0);
        view = rig.view->load();
        QVERIFY(view->members[0].gap == DispersionGap::None);
        QVERIFY(view->members[1].gap == DispersionGap::NoOptions);

        rig.analyst.follow(desk::DispersionBasket{"IDX", {{"CCC", 0.6}, {"AAA", 0.4}}});
        QCOMPARE(rig.view->load()->members[0].symbol, std::string("CCC")); // never another basket's figures
        QVERIFY(rig.view->load()->members[0].gap == DispersionGap::Listing);
    }

    void oldQuotesKeepTheirVolatility()
    {
        Rig rig;
        for (const char* const symbol : {"IDX", "AAA", "BBB"}) {
            rig.list(symbol);
            rig.quote(symbol, 0.25);
        }
        rig.analyst.follow(basket);
        QVERIFY(rig.tickUntilView(10) > 0);
        QVERIFY(rig.tickUntilView(10, wall + 1min) > 0);
        QVERIFY(rig.view->load()->index.isOld);
        QVERIFY(std::abs(rig.view->load()->index.implied - 0.25) < 1e-3);
    }

    void daysAndPositionsArrive()
    {
        Rig rig;
        for (const char* const symbol : {"IDX", "AAA", "BBB"}) {
            rig.list(symbol);
            rig.quote(symbol, 0.25);
            market::Candle bar;
            bar.time = base::Instant((today - std::chrono::days(3)).time_since_epoch());
            bar.close = 100;
            rig.analyst.setDays(symbol, {bar});
        }
        desk::GreekSums greeks;
        greeks.vega = -12;
        rig.analyst.setHeld({{"IDX", {greeks, 0}}, {"ZZZ", {greeks, 0}}});
        rig.analyst.follow(basket);
        QVERIFY(rig.tickUntilView(10) > 0);
        auto view = rig.view->load();
        QCOMPARE(view->history->size(), 1U);
        QVERIFY(view->index.hasDays && view->index.held && !view->members[0].held);
        QCOMPARE(view->residual.indexVega, -12.0);

        // The next morning's bars carry no implied volatility of today: what was seen takes its place.
        for (const char* const symbol : {"IDX", "AAA", "BBB"}) {
            market::Candle bar;
            bar.time = base::Instant(today.time_since_epoch());
            bar.close = 101;
            rig.analyst.setDays(symbol, {bar});
        }
        const double seen = view->exact;
        QVERIFY(!std::isnan(seen));
        QVERIFY(rig.tickUntilView(10, wall + 2s) > 0);
        view = rig.view->load();
        QCOMPARE(view->history->back().exact, seen);
    }
};

QTEST_GUILESS_MAIN(DispersionAnalystTest)
#include "test_dispersion_analyst.moc"
