#include "desk/american_figures.h"
#include "desk/assumptions.h"
#include "desk/chain_figures.h"
#include "desk/named_chain.h"
#include "pricing/chains.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace std::chrono_literals;
using desk::ChainModel;
using market::Right;

namespace
{
const pricing::MarketPoint point{100, 0.04, 0.01};
const base::Instant now = market::fromNewYork(base::makeDate(2026, 6, 1), 11h);
const pricing::HestonParameters law{.v0 = 0.05, .kappa = 2, .theta = 0.05, .sigma = 0.5, .rho = -0.6};
/// So quiet that the chain's outer strikes are more deviations away than the networks were trained for.
const pricing::HestonParameters quiet{.v0 = 0.011, .kappa = 2, .theta = 0.011, .sigma = 0.2, .rho = -0.6};
constexpr std::size_t shown = 2; // the expiration of 90 days

struct Case {
    explicit Case(market::ExerciseStyle style = market::ExerciseStyle::American)
        : chain(chains::named(chains::smooth(point, now, {10, 30, 90}, style, 0.01))),
          analytics(
              pricing::analyse(expiration(), now, point.spot, desk::assumedRates, pricing::EarlyExercise::AsListed))
    {
        fits.underlying = chain.underlying;
        fits.heston = law;
    }
    /// With the networks fitted, and the shown expiration solved.
    void fit(const pricing::HestonParameters& parameters)
    {
        auto opened = learning::NeuralAmericanHeston::open();
        QVERIFY2(opened, opened ? "" : opened.error().message().c_str());
        fits.networks = *opened;
        fits.american = parameters;
        solve(parameters);
    }
    void solve(const pricing::HestonParameters& parameters)
    {
        auto solved = desk::solveExpiration(expiration(), analytics, parameters, fits.networks.get());
        QVERIFY2(solved, solved ? "" : solved.error().message().c_str());
        fits.solved = *solved;
    }
    const market::Expiration& expiration() const { return chain.expirations[shown]; }
    std::size_t middle() const { return expiration().strikes.size() / 2; }
    /// The put in the middle; its symbol.
    std::string add(market::Book& book) const
    {
        market::Instrument option;
        option.symbol = expiration().puts.symbols[middle()];
        option.streamerSymbol = "." + option.symbol;
        option.underlying = chain.underlying;
        option.type = market::InstrumentType::EquityOption;
        option.multiplier = 100;
        option.option = market::parseOccSymbol(option.symbol).value();
        book.add(option);
        return option.symbol;
    }

    desk::ChainView view(ChainModel model) const
    {
        desk::ChainView out;
        out.underlying = chain.underlying;
        for (std::size_t row = 0; row < expiration().strikes.size(); ++row)
            out.rows.push_back({expiration().strikes[row],
                                desk::chainCell(expiration().calls, analytics, Right::Call, row),
                                desk::chainCell(expiration().puts, analytics, Right::Put, row)});
        const desk::FigureSources sources{model, fits, reference, {desk::TimeBasis::Calendar, now}, now};
        pricing::AmericanBoundaries boundaries;
        desk::applyModel(out, expiration(), analytics, boundaries, sources);
        return out;
    }

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

class AmericanFiguresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSolutionIsReadAtAnySpot();
    void everyPriceHasItsBound();
    void whatIsOutsideIsSolvedAndSaysSo();
    void callsWithoutDividendsAreExact();
    void aDisagreementBeyondTheBoundIsCounted();
    void withoutNetworksTheNoteNamesTheFile();
    void europeanOptionsFallBack_data();
    void europeanOptionsFallBack();
    void anotherExpirationIsNotReadOff();
    void greeksAreByTheChainsModel();
    void quotesAreFittedAsTraded();
};

void AmericanFiguresTest::aSolutionIsReadAtAnySpot()
{
    Case made;
    made.solve(law);
    for (const double spot : {100.0, 93.0}) {
        made.analytics.market.spot = spot;
        for (const Right right : {Right::Call, Right::Put}) {
            const auto read = desk::readSolved(*made.fits.solved, made.expiration(), made.analytics, right);
            std::vector<double> prices(read.size()), deltas(read.size()), byV0(read.size());
            pricing::AmericanHestonView view;
            view.price = prices;
            view.delta = deltas;
            view.byV0 = byV0;
            pricing::americanHestonStrip(right, made.analytics.market, made.analytics.years, law,
                                         made.expiration().strikes, view);
            for (std::size_t row = 0; row < read.size(); ++row) {
                QVERIFY(isNear(read.price[row], prices[row], 1e-9));
                QVERIFY(isNear(read.delta[row], deltas[row], 1e-9));
                QVERIFY(isNear(read.vega[row], byV0[row] * 2 * std::sqrt(law.v0), 1e-9));
            }
        }
    }
    const desk::ChainView view = made.view(ChainModel::AmericanHeston);
    QCOMPARE(view.model, std::string("american_heston"));
    QVERIFY(view.modelNote.empty() && !view.networks);
}

void AmericanFiguresTest::everyPriceHasItsBound()
{
    Case made;
    made.fit(law);
    const desk::ChainView view = made.view(ChainModel::Neural);
    QCOMPARE(view.model, std::string("neural"));
    QVERIFY2(view.modelNote.empty(), view.modelNote.c_str());
    QVERIFY(view.networks);
    QCOMPARE(view.networks->options, static_cast<int>(2 * view.rows.size()));
    QCOMPARE(view.networks->disputed, 0);
    for (const desk::ChainRow& row : view.rows) {
        for (const desk::ChainCell* const cell : {&row.call, &row.put}) {
            QVERIFY(std::isfinite(cell->theo) && std::isfinite(cell->delta) && std::isfinite(cell->theta));
            if (cell->isTheoSolved)
                continue;
            QVERIFY(cell->theoBound > 0 && cell->theoBound <= view.networks->largestBound);
            QVERIFY(std::abs(cell->theoGap) <= cell->theoBound);
            QVERIFY(std::abs(cell->theoGap) <= view.networks->largestGap);
        }
    }
    const desk::ChainView classical = made.view(ChainModel::AmericanHeston);
    const desk::ChainCell &ours = view.rows[made.middle()].put, &theirs = classical.rows[made.middle()].put;
    QVERIFY(isNear(ours.theo - ours.theoGap, theirs.theo, 1e-9));
    QVERIFY(isNear(ours.delta, theirs.delta, 0.02));
    QVERIFY(isNear(ours.vega, theirs.vega, 0.05 * theirs.vega));
    QVERIFY(isNear(ours.theta, theirs.theta, 0.1 * std::abs(theirs.theta)));
}

void AmericanFiguresTest::whatIsOutsideIsSolvedAndSaysSo()
{
    Case made;
    made.fit(quiet);
    const desk::ChainView view = made.view(ChainModel::Neural);
    QVERIFY(view.networks->solved > 0 && view.networks->solved < view.networks->options);
    const desk::ChainCell &outside = view.rows.front().put, &inside = view.rows[made.middle()].put;
    QVERIFY(outside.isTheoSolved && std::isfinite(outside.theo));
    QVERIFY(std::isnan(outside.theoBound) && std::isnan(outside.theoGap));
    QVERIFY(!inside.isTheoSolved && std::isfinite(inside.theoBound));
    made.fits.solved.reset();
    QVERIFY2(std::isnan(made.view(ChainModel::Neural).rows.front().put.theo), "nobody can say");
}

void AmericanFiguresTest::callsWithoutDividendsAreExact()
{
    Case made;
    made.analytics.market = {100, 0.04, 0};
    made.fit(law);
    const auto calls = desk::priceByNetworks(made.fits, made.expiration(), made.analytics, Right::Call);
    for (std::size_t row = 0; row < calls.figures.size(); ++row) {
        QCOMPARE(calls.bounds[row], 0.0);
        QVERIFY(isNear(calls.figures.price[row],
                       pricing::hestonPrice(Right::Call, made.analytics.market, made.expiration().strikes[row],
                                            made.analytics.years, law),
                       1e-9));
    }
    QVERIFY(std::ranges::all_of(made.fits.solved->callGaps, [](double gap) { return std::isnan(gap); }));
}

void AmericanFiguresTest::aDisagreementBeyondTheBoundIsCounted()
{
    Case made;
    made.fit(law);
    auto wrong = std::make_shared<desk::SolvedExpiration>();
    wrong->root = made.expiration().root;
    wrong->date = made.expiration().date;
    wrong->market = made.analytics.market;
    wrong->years = made.analytics.years;
    wrong->parameters = law;
    wrong->strikes = made.expiration().strikes;
    const std::size_t count = wrong->strikes.size();
    wrong->callGaps.assign(count, 0.001);
    wrong->putGaps.assign(count, 0.001);
    wrong->callBounds.assign(count, 0.01);
    wrong->putBounds.assign(count, 0.01);
    wrong->putGaps[made.middle()] = -0.25;
    made.fits.solved = wrong;
    const desk::ChainView view = made.view(ChainModel::Neural);
    QCOMPARE(view.networks->disputed, 1);
    QCOMPARE(view.networks->largestGap, 0.25);
    QVERIFY(view.rows[made.middle()].put.isTheoDisputed);
    QVERIFY(!view.rows[made.middle()].call.isTheoDisputed);
}

void AmericanFiguresTest::withoutNetworksTheNoteNamesTheFile()
{
    Case made;
    made.fits.networksFault = "/somewhere/american_heston_put.network: no such file";
    desk::ChainView view = made.view(ChainModel::Neural);
    QCOMPARE(view.model, std::string("heston")); // until it is solved
    QVERIFY2(view.modelNote.find("american_heston_put.network") != std::string::npos, view.modelNote.c_str());
    made.solve(law);
    view = made.view(ChainModel::Neural);
    QCOMPARE(view.model, std::string("american_heston"));
    QVERIFY2(view.modelNote.find("american_heston_put.network") != std::string::npos, view.modelNote.c_str());
    QVERIFY(std::isfinite(view.rows[made.middle()].put.theo) && !view.networks);
    made.fits.networksFault.clear();
    made.fits.americanNote = "too few quotes";
    QVERIFY(made.view(ChainModel::Neural).modelNote.find("too few quotes") != std::string::npos);
    made.fits = {};
    made.fits.underlying = "ABC";
    view = made.view(ChainModel::Neural);
    QCOMPARE(view.model, std::string("black_scholes"));
    QVERIFY(!view.modelNote.empty());
}

void AmericanFiguresTest::europeanOptionsFallBack_data()
{
    QTest::addColumn<int>("model");
    QTest::newRow("networks") << static_cast<int>(ChainModel::Neural);
    QTest::newRow("finite differences") << static_cast<int>(ChainModel::AmericanHeston);
}

void AmericanFiguresTest::europeanOptionsFallBack()
{
    QFETCH(const int, model);
    Case made(market::ExerciseStyle::European);
    made.fit(law);
    const desk::ChainView view = made.view(static_cast<ChainModel>(model));
    QCOMPARE(view.model, std::string("heston"));
    QVERIFY2(view.modelNote.find("exercised early") != std::string::npos, view.modelNote.c_str());
    QVERIFY(!view.networks);
    // The Greeks panel goes by the same law as the chain.
    market::Book book;
    const std::string symbol = made.add(book);
    desk::ContractFigures figures;
    const desk::FigureSources sources{static_cast<ChainModel>(model), made.fits, made.reference, {{}, now}, now};
    const desk::GreeksView greeks = figures.update({symbol}, book, made.chain, point.spot, sources, now);
    QCOMPARE(greeks.model, std::string("heston"));
    QVERIFY(isNear(greeks.of(symbol)->model.delta, 100 * view.rows[made.middle()].put.delta, 1e-9));
    const auto neural = desk::priceByNetworks(made.fits, made.expiration(), made.analytics, Right::Put);
    QVERIFY(std::ranges::all_of(neural.figures.price, [](double price) { return std::isnan(price); }));
    made.fits.heston.reset();
    QCOMPARE(made.view(static_cast<ChainModel>(model)).model, std::string("black_scholes"));
}

void AmericanFiguresTest::anotherExpirationIsNotReadOff()
{
    Case made;
    made.solve(law);
    const market::Expiration& other = made.chain.expirations[0];
    const auto analytics =
        pricing::analyse(other, now, point.spot, desk::assumedRates, pricing::EarlyExercise::AsListed);
    const auto read = desk::readSolved(*made.fits.solved, other, analytics, Right::Put);
    QCOMPARE(read.size(), other.strikes.size());
    QVERIFY(std::ranges::all_of(read.price, [](double price) { return std::isnan(price); }));
}

void AmericanFiguresTest::greeksAreByTheChainsModel()
{
    Case made;
    made.solve(law);
    made.fits.networksFault = "no file";
    market::Book book;
    const std::string symbol = made.add(book);
    desk::ContractFigures figures;
    const auto shownBy = [&](ChainModel model) {
        const desk::FigureSources sources{model, made.fits, made.reference, {{}, now}, now};
        return figures.update({symbol}, book, made.chain, point.spot, sources, now);
    };
    const desk::GreeksView standIn = shownBy(ChainModel::Neural);
    QCOMPARE(standIn.model, std::string("american_heston"));
    QVERIFY(standIn.isWhole());
    const desk::ChainCell cell = made.view(ChainModel::Neural).rows[made.middle()].put;
    QVERIFY(isNear(standIn.of(symbol)->model.delta, 100 * cell.delta, 1e-6));
    made.fits.networksFault.clear();
    made.fit(law);
    const desk::GreeksView neural = shownBy(ChainModel::Neural);
    QCOMPARE(neural.model, std::string("neural"));
    QVERIFY(neural.isWhole());
}

void AmericanFiguresTest::quotesAreFittedAsTraded()
{
    const Case made;
    const pricing::SmileQuotes quotes = pricing::quotesForFit(made.expiration(), made.analytics);
    std::vector<double> vegas;
    const learning::PricedSlice slice = desk::asTraded(made.expiration(), made.analytics, quotes, vegas);
    QCOMPARE(slice.strikes.size(), quotes.size());
    QCOMPARE(vegas.size(), quotes.size());
    for (std::size_t i = 0; i < slice.strikes.size(); ++i) {
        const auto row = static_cast<std::size_t>(std::ranges::find(made.expiration().strikes, slice.strikes[i]) -
                                                  made.expiration().strikes.begin());
        QCOMPARE(slice.prices[i], made.expiration().side(slice.rights[i]).quoteAt(row).mid());
        QCOMPARE(slice.rights[i] == Right::Call, slice.strikes[i] >= quotes.forward);
        QVERIFY(isNear(slice.errors[i], vegas[i] * quotes.error[i], 1e-12));
    }
    QVERIFY(isNear(desk::volatilityError({0.2, std::nan(""), -0.4}, {10, 1, 20}), 0.02, 1e-12));
}

QTEST_GUILESS_MAIN(AmericanFiguresTest)
#include "test_american_figures.moc"
