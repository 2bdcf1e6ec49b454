#include "desk/assumptions.h"
#include "desk/chain_figures.h"
#include "desk/named_chain.h"
#include "desk/reference_pricer.h"
#include "desk/ticket_evaluator.h"
#include "desk/variance_clock.h"
#include "pricing/chains.h"
#include "pricing/surface/smile_quotes.h"
#include "pricing/surface/surface_fit.h"

#include <QTest>

using namespace vegadesk;
using namespace std::chrono_literals;
using market::Right;

namespace
{
const pricing::MarketPoint point{100, 0.04, 0.01};
const base::Instant now = market::fromNewYork(base::makeDate(2026, 6, 1), 11h); // a Monday
constexpr std::size_t shown = 1;                                                // the expiration of a month

struct Case {
    explicit Case(market::ExerciseStyle style = market::ExerciseStyle::European)
        : chain(chains::named(chains::smooth(point, now, {10, 30, 90}, style, 0.01))),
          analytics(pricing::analyse(chain.expirations[shown], now, point.spot, desk::assumedRates))
    {
        fits.underlying = chain.underlying;
        const auto all = pricing::analyse(chain, now, desk::assumedRates);
        fits.surface = pricing::fitSurface(pricing::quotesForFit(chain, all), {.spot = point.spot}).value();
    }

    desk::ChainView view(desk::ChainModel model, desk::TimeBasis basis = desk::TimeBasis::Calendar) const
    {
        desk::ChainView out;
        out.underlying = chain.underlying;
        out.atmVolatility = analytics.atmVolatility;
        out.tabs.resize(chain.expirations.size());
        const market::Expiration& expiration = chain.expirations[shown];
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row)
            out.rows.push_back({expiration.strikes[row], desk::chainCell(expiration.calls, analytics, Right::Call, row),
                                desk::chainCell(expiration.puts, analytics, Right::Put, row)});
        const desk::FigureSources sources{model, fits, reference, {basis, now}, now};
        pricing::AmericanBoundaries boundaries;
        desk::applyModel(out, expiration, analytics, boundaries, sources);
        desk::applyProbabilities(out, chain, analytics, sources);
        return out;
    }
    std::size_t middle() const { return chain.expirations[shown].strikes.size() / 2; }

    market::OptionChain chain;
    pricing::ExpirationAnalytics analytics;
    desk::ChainFits fits;
    desk::ReferenceFigures reference;
};

bool isNear(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}
} // namespace

class ChainFiguresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWeekendCountsLess()
    {
        using desk::TimeBasis;
        const base::Instant friday = market::fromNewYork(base::makeDate(2026, 6, 5), 16h);
        const base::Instant monday = market::fromNewYork(base::makeDate(2026, 6, 8), 16h);
        const auto calendar = desk::VarianceClock::at(TimeBasis::Calendar, friday, monday);
        QCOMPARE(calendar.volatility, 1.0);
        QCOMPARE(calendar.years, 3.0 / 365);
        QCOMPARE(calendar.theta(-5, 20, 0.2, calendar.years), -5.0);
        const auto trading = desk::VarianceClock::at(TimeBasis::Trading, friday, monday);
        // 8 hours of Friday, 16 of Monday and a tenth of two days, in a year of 252 days and a tenth of 113.
        QVERIFY(isNear(trading.years, (1 + 0.2) / (252 + 11.3), 1e-12));
        QVERIFY2(trading.volatility > 1.3, "the same price over less time is more volatility");
        // At Saturday noon hardly any of it passes.
        const base::Instant saturday = market::fromNewYork(base::makeDate(2026, 6, 6), 12h);
        QVERIFY(desk::VarianceClock::at(TimeBasis::Trading, saturday, monday).rate < 0.2);
        QVERIFY2(trading.rate < 1, "most of the next 24 hours are Saturday's");
        const base::Instant thursday = market::fromNewYork(base::makeDate(2026, 6, 4), 16h);
        QVERIFY(isNear(desk::VarianceClock::at(TimeBasis::Trading, thursday, monday).rate, 365 / 263.3, 1e-9));
        QVERIFY2(isNear(desk::VarianceClock::at(TimeBasis::Trading, monday - 2h, monday).rate, 365 / 263.3, 1e-9),
                 "what is left of the last day");
        const auto over = desk::VarianceClock::at(TimeBasis::Trading, monday, friday);
        QCOMPARE(over.volatility, 1.0);
    }

    void tradingTimeKeepsPricesAndDeltas()
    {
        const Case made;
        const desk::ChainView calendar = made.view(desk::ChainModel::BlackScholes);
        const desk::ChainView trading = made.view(desk::ChainModel::BlackScholes, desk::TimeBasis::Trading);
        QVERIFY(trading.isTradingTime && !calendar.isTradingTime);
        const auto clock =
            desk::VarianceClock::at(desk::TimeBasis::Trading, now, made.chain.expirations[shown].expiresAt);
        QCOMPARE(trading.varianceYears, clock.years);
        QVERIFY(clock.volatility != 1);
        QVERIFY(isNear(trading.atmVolatility, calendar.atmVolatility * clock.volatility, 1e-12));
        const desk::ChainCell &before = calendar.rows[made.middle()].call, &after = trading.rows[made.middle()].call;
        QCOMPARE(after.theo, before.theo);
        QCOMPARE(after.delta, before.delta);
        QVERIFY(isNear(after.iv, before.iv * clock.volatility, 1e-12));
        QVERIFY(isNear(after.iv * after.vega, before.iv * before.vega, 1e-9));
        QVERIFY2(after.theta < before.theta, "on a trading day more of the value goes");
        QVERIFY(after.theta > 2 * before.theta);
    }

    void thetaIsOneInEveryPanel_data()
    {
        QTest::addColumn<bool>("isTrading");
        QTest::newRow("calendar") << false;
        QTest::newRow("trading time") << true;
    }
    void thetaIsOneInEveryPanel()
    {
        QFETCH(const bool, isTrading);
        const desk::TimeBasis basis = isTrading ? desk::TimeBasis::Trading : desk::TimeBasis::Calendar;
        Case made;
        made.fits.merton = pricing::MertonParameters{0.2, 0.3, -0.1, 0.15};
        const market::Expiration& expiration = made.chain.expirations[shown];
        const std::size_t row = made.middle();
        const desk::ChainCell ours = made.view(desk::ChainModel::BlackScholes, basis).rows[row].call;

        risk::InstrumentState state;
        state.option = market::parseOccSymbol(expiration.calls.symbols[row]).value();
        state.years = made.analytics.years;
        state.spot = made.analytics.market.spot;
        state.rate = made.analytics.market.rate;
        state.dividendYield = made.analytics.market.dividendYield;
        state.volatility = made.analytics.volatility[row];
        portfolio::Position held;
        held.quantity = 1;
        const desk::PositionRow position = desk::positionRow(held, state, ours.mark, {basis, now});
        QVERIFY(isNear(position.greeks.theta, 100 * ours.theta, 1e-6));

        market::Book book;
        market::Instrument option;
        option.symbol = option.streamerSymbol = expiration.calls.symbols[row];
        option.underlying = made.chain.underlying;
        option.type = market::InstrumentType::EquityOption;
        option.multiplier = 100;
        option.option = state.option;
        option.expiresAt = expiration.expiresAt;
        market::FeedGreeks said; // what we would say by the calendar
        const double calendarTheta = made.view(desk::ChainModel::BlackScholes).rows[row].call.theta;
        said.theta = calendarTheta;
        said.vega = made.analytics.calls.vega[row] / 100;
        said.volatility = state.volatility;
        said.delta = said.gamma = 0.1;
        book.put(book.add(option), said);
        desk::ContractFigures figures;
        for (const desk::ChainModel model : {desk::ChainModel::Surface, desk::ChainModel::Merton}) {
            const desk::FigureSources sources{model, made.fits, made.reference, {basis, now}, now};
            const auto view = figures.update({option.symbol}, book, made.chain, point.spot, sources, now);
            QCOMPARE(view.isTradingTime, isTrading);
            const desk::ContractGreeks* const contract = view.of(option.symbol);
            const double cell = made.view(model, basis).rows[row].call.theta;
            QVERIFY(isNear(contract->model.theta, 100 * cell, 1e-6));
            QVERIFY2(isNear(contract->broker.theta, 100 * ours.theta, 1e-6), "the broker's in the same time");
            // Nearly all of it is decay, which a trading day has more of than a day of the calendar, by any model.
            const double byCalendar = made.view(model).rows[row].call.theta;
            const auto clock = desk::VarianceClock::at(basis, now, expiration.expiresAt);
            const double pace = clock.rate * made.analytics.years / clock.years;
            QVERIFY2(isNear(cell / byCalendar, pace, 0.15), qPrintable(QString::number(cell / byCalendar)));
        }
    }

    void whatIsNotFittedIsByBlackScholes()
    {
        const Case made;
        const desk::ChainView view = made.view(desk::ChainModel::Heston);
        QCOMPARE(view.model, std::string("black_scholes"));
        QVERIFY(!view.modelNote.empty());
        QCOMPARE(view.rows[made.middle()].put.theo,
                 made.view(desk::ChainModel::BlackScholes).rows[made.middle()].put.theo);
        QVERIFY(made.view(desk::ChainModel::Surface).modelNote.empty());
    }

    void probabilitiesAddUp()
    {
        const Case made;
        const desk::ChainView view = made.view(desk::ChainModel::BlackScholes);
        double last = 1;
        for (const desk::ChainRow& row : view.rows) {
            QVERIFY(isNear(row.call.inTheMoney + row.put.inTheMoney, 1, 1e-12));
            QVERIFY(row.call.inTheMoney <= last);
            last = row.call.inTheMoney;
            // It cannot end beyond a strike without touching it; the smile's slope is in one of the two only.
            const double beyond = row.strike > point.spot ? row.call.inTheMoney : row.put.inTheMoney;
            QVERIFY2(row.call.touch > beyond - 0.03, qPrintable(QString::number(row.strike)));
            QVERIFY(row.call.touch <= 1 && row.call.touch == row.put.touch);
        }
        const desk::ChainRow& nearest = *std::ranges::min_element(
            view.rows, {}, [](const desk::ChainRow& row) { return std::abs(row.strike - point.spot); });
        QVERIFY2(nearest.call.touch > 0.9, "what is next to the spot is as good as touched");
        for (std::size_t tab = 1; tab < view.tabs.size(); ++tab)
            QVERIFY(view.tabs[tab].expectedMove > view.tabs[tab - 1].expectedMove);
        // One standard deviation of the chain's 22 % or so.
        QVERIFY(isNear(view.tabs[shown].expectedMove, 100 * 0.22 * std::sqrt(30.0 / 365), 0.5));
        Case other;
        other.fits.underlying = "ABC";
        QVERIFY(std::isnan(other.view(desk::ChainModel::BlackScholes).rows.front().call.inTheMoney));
    }

    void contractsAreSaidByModelAndBroker()
    {
        const Case made;
        market::Book book;
        const market::Expiration& expiration = made.chain.expirations[shown];
        market::Instrument option;
        option.symbol = expiration.calls.symbols[made.middle()];
        option.streamerSymbol = "." + option.symbol;
        option.underlying = made.chain.underlying;
        option.type = market::InstrumentType::EquityOption;
        option.multiplier = 100;
        option.option = market::parseOccSymbol(option.symbol).value();
        const auto index = book.add(option);
        market::FeedGreeks said;
        said.delta = 0.5;
        said.gamma = 0.06;
        said.theta = -0.04;
        said.vega = 0.11;
        said.time = now - 4s;
        book.put(index, said);
        const std::set<std::string> symbols{option.symbol, "not known"};
        const desk::FigureSources sources{desk::ChainModel::Surface, made.fits, made.reference, {{}, now}, now};
        desk::ContractFigures figures;
        const desk::GreeksView view = figures.update(symbols, book, made.chain, point.spot, sources, now);
        QCOMPARE(view.model, std::string("surface"));
        QCOMPARE(view.contracts.size(), std::size_t{1});
        const desk::ContractGreeks* const contract = view.of(option.symbol);
        QVERIFY(contract && !view.of("not known"));
        QCOMPARE(contract->broker.delta, 50.0);
        QCOMPARE(contract->broker.theta, -4.0);
        QCOMPARE(contract->brokerAge, 4.0);
        const desk::ChainCell shownCell = made.view(desk::ChainModel::Surface).rows[made.middle()].call;
        QVERIFY(isNear(contract->model.delta, 100 * shownCell.delta, 1e-9));
        QVERIFY(isNear(contract->model.vega, 100 * shownCell.vega, 1e-9));
        QVERIFY(isNear(contract->model.dollarDelta, 100 * shownCell.delta * point.spot, 1e-6));
    }

    void keptBoundariesGiveTheSameGreeks()
    {
        const Case made(market::ExerciseStyle::American);
        market::Book book;
        std::set<std::string> symbols;
        for (const Right right : {Right::Call, Right::Put}) {
            market::Instrument option;
            option.symbol = option.streamerSymbol =
                made.chain.expirations[shown].side(right).symbols[made.middle() + 2];
            option.underlying = made.chain.underlying;
            option.type = market::InstrumentType::EquityOption;
            option.option = market::parseOccSymbol(option.symbol).value();
            book.add(option);
            symbols.insert(option.symbol);
        }
        const auto at = [&](desk::ContractFigures& figures, base::Nanos later, double spot) {
            market::OptionChain chain = made.chain;
            chains::requote(chain, {spot, point.rate, point.dividendYield}, now + later, 0.01);
            const desk::FigureSources sources{
                desk::ChainModel::Surface, made.fits, made.reference, {{}, now + later}, now + later};
            return figures.update(symbols, book, chain, spot, sources, now + later);
        };
        desk::ContractFigures kept, fresh;
        (void)at(kept, 0s, point.spot);
        const desk::GreeksView after = at(kept, 250ms, point.spot + 1), anew = at(fresh, 250ms, point.spot + 1);
        QCOMPARE(after.contracts.size(), std::size_t{2});
        for (std::size_t i = 0; i < after.contracts.size(); ++i) {
            const desk::GreekSums &keptSums = after.contracts[i].model, &freshSums = anew.contracts[i].model;
            QVERIFY(std::isfinite(freshSums.delta));
            QVERIFY(isNear(keptSums.delta, freshSums.delta, 1e-2));
            QVERIFY(isNear(keptSums.theta, freshSums.theta, 1e-2));
            QVERIFY2(keptSums.delta != freshSums.delta, "to the last bit the same: nothing was kept");
        }
    }

    void quantLibPricesWhatIsShown_data()
    {
        QTest::addColumn<bool>("isAmerican");
        QTest::newRow("European") << false;
        QTest::newRow("American") << true;
    }
    void quantLibPricesWhatIsShown()
    {
        QFETCH(const bool, isAmerican);
        Case made(isAmerican ? market::ExerciseStyle::American : market::ExerciseStyle::European);
        const auto figures = std::make_shared<desk::Published<desk::ReferenceFigures>>();
        desk::ReferencePricer pricer(figures);
        auto request = std::make_shared<desk::ReferenceRequest>();
        request->underlying = made.chain.underlying;
        request->expiration = made.chain.expirations[shown];
        request->at = now;
        request->spot = point.spot;
        request->first = made.middle() - 1;
        request->count = 3;
        pricer.submit(request);
        QVERIFY2(figures->load()->strikes.empty(), "nothing happens inside the call");
        const auto isDone = [&figures] {
            const auto now = figures->load();
            return now->strikes.size() == 3 &&
                   std::ranges::none_of(now->puts.price, [](double price) { return std::isnan(price); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 60'000);
        made.reference = *figures->load();
        QVERIFY(made.reference.isOf(made.chain.underlying, made.chain.expirations[shown]));
        QVERIFY2(made.reference.largestGap < 1e-3, qPrintable(QString::number(made.reference.largestGap)));
        const desk::ChainView view = made.view(desk::ChainModel::Reference);
        QCOMPARE(view.model, std::string("quantlib"));
        QCOMPARE(view.modelAt, now);
        QCOMPARE(view.modelStrikes, 3);
        QCOMPARE(view.modelStrikesAsked, 3);
        const std::size_t row = made.middle();
        // Of one volatility a strike, both sides: what early exercise adds to the put is in neither mid here.
        QVERIFY(isNear(view.rows[row].call.theo, view.rows[row].call.mark, isAmerican ? 0.1 : 0.01));
        QVERIFY(view.rows[row].put.delta < 0 && view.rows[row].put.delta > -1);
        QVERIFY2(std::isnan(view.rows[row + 4].call.theo), "a strike that was not asked for");
    }

    void theReferenceOfAnotherExpirationIsNotShown()
    {
        Case made;
        made.reference.underlying = made.chain.underlying;
        made.reference.root = made.chain.expirations[0].root;
        made.reference.date = made.chain.expirations[0].date;
        const desk::ChainView view = made.view(desk::ChainModel::Reference);
        QCOMPARE(view.model, std::string("black_scholes"));
        QVERIFY(!view.modelNote.empty());
    }
};

QTEST_GUILESS_MAIN(ChainFiguresTest)
#include "test_chain_figures.moc"
