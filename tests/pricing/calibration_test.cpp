#include "pricing/calibration/calibration.h"

#include "base/random.h"
#include "dax_board.h"
#include "pricing/implied_volatility.h"

#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

using namespace vegadesk;
using namespace vegadesk::pricing;
using namespace vegadesk::pricing::calibration;

namespace
{

using Price = std::function<double(Right, const MarketPoint&, double strike, double years)>;

/// A chain's volatilities of five expiries and thirteen strikes within two deviations, from prices rounded to `tick`
/// or, with a tick of 0, as they are. Options under three ticks are left out, as a desk would.
std::vector<Slice> chainOf(const Price& price, double vol, double tick = 0)
{
    std::vector<Slice> out;
    for (const double years : {0.08, 0.25, 0.5, 1.0, 2.0}) {
        Slice slice;
        slice.market = {100, 0.03, 0.01};
        slice.years = years;
        const double forward = 100 * std::exp(0.02 * years);
        for (int i = -6; i <= 6; ++i) {
            const double strike = forward * std::exp(i * vol * std::sqrt(years) / 3);
            const Right right = strike >= forward ? Right::Call : Right::Put;
            double value = price(right, slice.market, strike, years);
            if (tick > 0)
                value = std::round(value / tick) * tick;
            if (tick > 0 && value < 3 * tick)
                continue;
            slice.strikes.push_back(strike);
            slice.vols.push_back(impliedVolatility(right, slice.market, strike, years, value));
        }
        out.push_back(std::move(slice));
    }
    return out;
}

template<class Parameters, class Function>
Price priceOf(Function function, const Parameters& parameters)
{
    return [=](Right right, const MarketPoint& market, double strike, double years) {
        return function(right, market, strike, years, parameters);
    };
}

HestonParameters randomHeston(base::Generator& generator)
{
    return {generator.uniform(0.02, 0.12), generator.uniform(0.8, 5), generator.uniform(0.02, 0.12),
            generator.uniform(0.3, 1), generator.uniform(-0.85, -0.2)};
}

bool isNear(double found, double exact, double relative)
{
    return std::abs(found - exact) <= relative * std::abs(exact);
}

bool areNear(const HestonParameters& found, const HestonParameters& exact, double relative)
{
    return isNear(found.v0, exact.v0, relative) && isNear(found.kappa, exact.kappa, relative) &&
           isNear(found.theta, exact.theta, relative) && isNear(found.sigma, exact.sigma, relative) &&
           isNear(found.rho, exact.rho, relative);
}

} // namespace

class CalibrationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recoversHeston();
    void recoversHestonFromRoundedQuotes();
    void recoversMerton();
    void recoversMertonFromRoundedQuotes();
    void recoversBates();
    void fitsBatesToRoundedQuotes();
    void fitsTheDaxBoard();
    void findsTheDaxOptimumFromAnywhere();
    void batesFitsNoWorseThanHeston();
    void staysInTheBox();
    void insideTheBoxNothingIsAtItsEdge();
    void refusesFewerQuotesThanParameters();
    void fellerPenaltyPullsTheVarianceFromZero();
    void weightsMatter();
    void residualsFollowTheQuotesOrder();
    void stopsWhenAsked();
    void endsAtTheIterationLimit();
    void refusesBadQuotes_data();
    void refusesBadQuotes();
};

/// Noiseless chains give the parameters back to 1e-6, from the generic start.
void CalibrationTest::recoversHeston()
{
    base::Generator generator(1001);
    for (int i = 0; i < 25; ++i) {
        const HestonParameters exact = randomHeston(generator);
        const auto fit = fitHeston(chainOf(priceOf(hestonPrice, exact), std::sqrt(exact.theta)));
        QVERIFY(fit);
        QCOMPARE(fit->outcome, Outcome::Converged);
        QVERIFY2(areNear(fit->parameters, exact, 1e-6), qPrintable(QString::number(i)));
        QVERIFY(fit->rootMeanSquare < 1e-8);
    }
}

/// Prices to the cent on a spot of 100 leave about a tenth of a vol point in the wings: the fit is no worse than the
/// truth is on the same quotes, and levels and correlation come back to 15 %, the speed and the volatility of variance,
/// which trade against each other, to 40 %.
void CalibrationTest::recoversHestonFromRoundedQuotes()
{
    base::Generator generator(1002);
    for (int i = 0; i < 25; ++i) {
        const HestonParameters exact = randomHeston(generator);
        const auto chain = chainOf(priceOf(hestonPrice, exact), std::sqrt(exact.theta), 0.01);
        const auto fit = fitHeston(chain);
        QVERIFY(fit);
        Options none;
        none.maxIterations = 0;
        const auto truth = fitHeston(chain, none, exact);
        QVERIFY(truth);
        QVERIFY(fit->rootMeanSquare <= truth->rootMeanSquare * (1 + 1e-9));
        const HestonParameters& found = fit->parameters;
        const QByteArray text = QByteArray::number(i);
        QVERIFY2(isNear(found.v0, exact.v0, 0.15), text);
        QVERIFY2(isNear(found.theta, exact.theta, 0.15), text);
        QVERIFY2(isNear(found.rho, exact.rho, 0.15), text);
        QVERIFY2(isNear(found.kappa, exact.kappa, 0.4), text);
        QVERIFY2(isNear(found.sigma, exact.sigma, 0.4), text);
    }
}

/// To 1e-6, for jumps that are rarer than once in two weeks and larger than the diffusion's daily move.
void CalibrationTest::recoversMerton()
{
    base::Generator generator(1003);
    for (int i = 0; i < 25; ++i) {
        const MertonParameters exact{generator.uniform(0.1, 0.3), generator.uniform(0.2, 2),
                                     generator.uniform(-0.25, -0.05), generator.uniform(0.08, 0.25)};
        const auto fit = fitMerton(chainOf(priceOf(mertonPrice, exact), 0.3));
        QVERIFY(fit);
        const QByteArray text = QByteArray::number(i);
        QVERIFY2(isNear(fit->parameters.vol, exact.vol, 1e-6), text);
        QVERIFY2(isNear(fit->parameters.intensity, exact.intensity, 1e-6), text);
        QVERIFY2(isNear(fit->parameters.jumpMean, exact.jumpMean, 1e-6), text);
        QVERIFY2(isNear(fit->parameters.jumpDeviation, exact.jumpDeviation, 1e-6), text);
    }
}

/// Prices to the cent: a fit no worse than the truth, the volatility to 3 %, jumps, of which fewer and larger look much
/// like more and smaller, to 40 %: where they show at all beside the diffusion.
void CalibrationTest::recoversMertonFromRoundedQuotes()
{
    base::Generator generator(1004);
    for (int i = 0; i < 25; ++i) {
        const MertonParameters exact{generator.uniform(0.1, 0.2), generator.uniform(0.5, 2),
                                     generator.uniform(-0.25, -0.1), generator.uniform(0.1, 0.25)};
        const auto chain = chainOf(priceOf(mertonPrice, exact), 0.3, 0.01);
        const auto fit = fitMerton(chain);
        QVERIFY(fit);
        Options none;
        none.maxIterations = 0;
        const auto truth = fitMerton(chain, none, exact);
        QVERIFY(truth);
        const QByteArray text = QByteArray::number(i);
        QVERIFY2(fit->rootMeanSquare <= truth->rootMeanSquare * (1 + 1e-9), text);
        QVERIFY2(isNear(fit->parameters.vol, exact.vol, 0.03), text);
        QVERIFY2(isNear(fit->parameters.intensity, exact.intensity, 0.4), text);
        QVERIFY2(isNear(fit->parameters.jumpMean, exact.jumpMean, 0.4), text);
        QVERIFY2(isNear(fit->parameters.jumpDeviation, exact.jumpDeviation, 0.4), text);
    }
}

/// To 1e-4: eight unknowns leave long flat valleys.
void CalibrationTest::recoversBates()
{
    base::Generator generator(1005);
    for (int i = 0; i < 8; ++i) {
        const BatesParameters exact{randomHeston(generator), generator.uniform(0.3, 1.5),
                                    generator.uniform(-0.25, -0.08), generator.uniform(0.08, 0.2)};
        const auto fit = fitBates(chainOf(priceOf(batesPrice, exact), std::sqrt(exact.heston.theta) + 0.1));
        QVERIFY(fit);
        const QByteArray text = QByteArray::number(i);
        QVERIFY2(fit->rootMeanSquare < 1e-7, text);
        QVERIFY2(areNear(fit->parameters.heston, exact.heston, 1e-4), text);
        QVERIFY2(isNear(fit->parameters.intensity, exact.intensity, 1e-4), text);
        QVERIFY2(isNear(fit->parameters.jumpMean, exact.jumpMean, 1e-4), text);
        QVERIFY2(isNear(fit->parameters.jumpDeviation, exact.jumpDeviation, 1e-4), text);
    }
}

/// Prices to the cent do not pin eight parameters: what comes back is the smile, to no more than the truth's own error,
/// and the variance now to 30 %.
void CalibrationTest::fitsBatesToRoundedQuotes()
{
    base::Generator generator(1006);
    for (int i = 0; i < 8; ++i) {
        const BatesParameters exact{randomHeston(generator), generator.uniform(0.3, 1.5),
                                    generator.uniform(-0.25, -0.08), generator.uniform(0.08, 0.2)};
        const auto chain = chainOf(priceOf(batesPrice, exact), std::sqrt(exact.heston.theta) + 0.1, 0.01);
        const auto fit = fitBates(chain);
        QVERIFY(fit);
        Options none;
        none.maxIterations = 0;
        const auto truth = fitBates(chain, none, exact);
        QVERIFY(truth);
        QVERIFY2(fit->rootMeanSquare <= truth->rootMeanSquare * (1 + 1e-9), qPrintable(QString::number(i)));
        QVERIFY2(isNear(fit->parameters.heston.v0, exact.heston.v0, 0.3), qPrintable(QString::number(i)));
    }
}

void CalibrationTest::fitsTheDaxBoard()
{
    const auto board = dax_board::read();
    if (board.quotes.empty())
        QSKIP("the DAX board is not beside the source tree");
    const auto fit = fitHeston(dax_board::slices(board));
    QVERIFY(fit);
    qInfo("sum of squares %.4f in %d iterations", fit->sumOfSquares, fit->iterations);
    QCOMPARE(fit->outcome, Outcome::Converged);
    QVERIFY(fit->sumOfSquares <= 177.24);
    QVERIFY(areNear(fit->parameters, {0.1957, 15.66, 0.07459, 3.362, -0.5115}, 1e-3));
    QVERIFY(!fit->parameters.isFeller());
}

void CalibrationTest::findsTheDaxOptimumFromAnywhere()
{
    const auto board = dax_board::read();
    if (board.quotes.empty())
        QSKIP("the DAX board is not beside the source tree");
    const auto slices = dax_board::slices(board);
    base::Generator generator(1007);
    for (int i = 0; i < 50; ++i) {
        const HestonParameters start{generator.uniform(0.01, 0.4), std::exp(generator.uniform(-2, 3)),
                                     generator.uniform(0.01, 0.4), std::exp(generator.uniform(-2, 1.2)),
                                     generator.uniform(-0.9, 0.5)};
        const auto fit = fitHeston(slices, {}, start);
        QVERIFY(fit);
        QVERIFY2(fit->sumOfSquares <= 177.24, qPrintable(QString::number(i)));
    }
}

void CalibrationTest::batesFitsNoWorseThanHeston()
{
    const auto board = dax_board::read();
    if (board.quotes.empty())
        QSKIP("the DAX board is not beside the source tree");
    const auto slices = dax_board::slices(board);
    const auto heston = fitHeston(slices);
    const auto bates = fitBates(slices);
    QVERIFY(heston && bates);
    qInfo("sum of squares %.2f with jumps in %d iterations", bates->sumOfSquares, bates->iterations);
    QVERIFY(bates->sumOfSquares < 0.3 * heston->sumOfSquares);
}

/// A smile that no correlation reaches: the search ends at the box, not beyond it.
void CalibrationTest::staysInTheBox()
{
    Slice slice;
    slice.market = {100, 0, 0};
    slice.years = 0.5;
    slice.strikes = {70, 80, 90, 100, 110, 120};
    slice.vols = {1.2, 0.9, 0.6, 0.3, 0.1, 0.02};
    const auto fit = fitHeston(std::vector{slice});
    QVERIFY(fit);
    QVERIFY(std::abs(fit->parameters.rho) <= 0.999 * (1 + 1e-12));
    QVERIFY(fit->parameters.kappa <= 100 * (1 + 1e-12) && fit->parameters.kappa >= 1e-3 * (1 - 1e-12));
    QVERIFY(fit->parameters.sigma <= 20 * (1 + 1e-12));
    QVERIFY(std::isfinite(fit->rootMeanSquare));
    const auto isRho = [](const EdgeParameter& each) { return each.name == "rho" && each.low == -0.999; };
    QVERIFY(std::ranges::any_of(fit->atEdge, isRho));
}

void CalibrationTest::insideTheBoxNothingIsAtItsEdge()
{
    const auto fit = fitHeston(chainOf(priceOf(hestonPrice, HestonParameters{0.04, 1.5, 0.05, 0.6, -0.6}), 0.22));
    QVERIFY(fit);
    QVERIFY(fit->atEdge.empty());
}

/// Five parameters pass through four quotes in any number of ways.
void CalibrationTest::refusesFewerQuotesThanParameters()
{
    Slice slice{{100, 0, 0}, 0.5, {90, 95, 100, 105}, {0.3, 0.28, 0.26, 0.25}, {}};
    const auto few = fitHeston(std::vector{slice});
    QVERIFY(!few);
    QCOMPARE(few.error().message(),
             std::string("usable quotes \"4\" is not allowed: 5 or more, as many as the model has parameters"));
    QVERIFY(fitMerton(std::vector{slice}));
    slice.weights = {1, 1, 0, 1};
    QCOMPARE(fitMerton(std::vector{slice}).error().value, std::string("3"));
    QCOMPARE(fitBates(std::vector{slice}).error().value, std::string("3"));
}

void CalibrationTest::fellerPenaltyPullsTheVarianceFromZero()
{
    const HestonParameters exact{0.04, 1.5, 0.05, 0.9, -0.6}; // sigma² is 5.4 times 2 kappa theta
    const auto chain = chainOf(priceOf(hestonPrice, exact), 0.22);
    Options options;
    options.fellerPenalty = 10;
    const auto free = fitHeston(chain);
    const auto held = fitHeston(chain, options);
    QVERIFY(free && held);
    const auto excess = [](const HestonParameters& p) { return p.sigma * p.sigma / (2 * p.kappa * p.theta); };
    QVERIFY(excess(free->parameters) > 5);
    QVERIFY(excess(held->parameters) < 1.02);
    QVERIFY(held->rootMeanSquare > free->rootMeanSquare);
}

void CalibrationTest::weightsMatter()
{
    const HestonParameters exact{0.04, 1.5, 0.05, 0.6, -0.6};
    auto chain = chainOf(priceOf(hestonPrice, exact), 0.22);
    for (Slice& slice : chain) {
        slice.weights.assign(slice.strikes.size(), 1);
        slice.weights.front() = 0;
        slice.vols.front() += 0.1; // nobody's quote
    }
    const auto fit = fitHeston(chain);
    QVERIFY(fit);
    QVERIFY(areNear(fit->parameters, exact, 1e-6));
}

void CalibrationTest::residualsFollowTheQuotesOrder()
{
    const HestonParameters exact{0.04, 1.5, 0.05, 0.6, -0.6};
    auto chain = chainOf(priceOf(hestonPrice, exact), 0.22);
    chain[1].vols[4] += 0.02;
    Options none;
    none.maxIterations = 0;
    const auto fit = fitHeston(chain, none, exact);
    QVERIFY(fit);
    const std::size_t moved = chain[0].strikes.size() + 4;
    for (std::size_t i = 0; i < fit->residuals.size(); ++i)
        QVERIFY(std::abs(fit->residuals[i] + (i == moved ? 0.02 : 0)) < 1e-9);
    QVERIFY(std::abs(fit->sumOfSquares - 4) < 1e-5);
}

void CalibrationTest::stopsWhenAsked()
{
    std::stop_source source;
    source.request_stop();
    const HestonParameters exact{0.04, 1.5, 0.05, 0.6, -0.6};
    const auto fit = fitHeston(chainOf(priceOf(hestonPrice, exact), 0.22), {}, {}, source.get_token());
    QVERIFY(fit);
    QCOMPARE(fit->outcome, Outcome::Stopped);
    QCOMPARE(fit->iterations, 0);
}

void CalibrationTest::endsAtTheIterationLimit()
{
    Options options;
    options.maxIterations = 2;
    const HestonParameters exact{0.04, 1.5, 0.05, 0.6, -0.6};
    const auto fit = fitHeston(chainOf(priceOf(hestonPrice, exact), 0.22), options);
    QVERIFY(fit);
    QCOMPARE(fit->outcome, Outcome::IterationLimit);
    QCOMPARE(fit->iterations, 2);
}

void CalibrationTest::refusesBadQuotes_data()
{
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("years");
    QTest::addColumn<double>("strike");
    QTest::addColumn<double>("vol");
    QTest::addColumn<QString>("field");
    QTest::newRow("spot") << -1.0 << 1.0 << 100.0 << 0.2 << "spot of slice 1";
    QTest::newRow("expired") << 100.0 << 0.0 << 100.0 << 0.2 << "years of slice 1";
    QTest::newRow("strike") << 100.0 << 1.0 << 0.0 << 0.2 << "strike of slice 1";
    QTest::newRow("no volatility") << 100.0 << 1.0 << 100.0 << 0.0 << "volatility of slice 1";
    QTest::newRow("beyond all volatility") << 100.0 << 1.0 << 100.0 << 1e12 << "volatility of slice 1";
    QTest::newRow("not a volatility") << 100.0 << 1.0 << 100.0 << std::numeric_limits<double>::quiet_NaN()
                                      << "volatility of slice 1";
}

void CalibrationTest::refusesBadQuotes()
{
    QFETCH(double, spot);
    QFETCH(double, years);
    QFETCH(double, strike);
    QFETCH(double, vol);
    QFETCH(QString, field);
    const Slice good{{100, 0, 0}, 1, {100}, {0.2}, {}};
    const Slice bad{{spot, 0, 0}, years, {strike}, {vol}, {}};
    const auto refused = fitHeston(std::vector{good, bad});
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().field), field);
    QVERIFY(!fitMerton({}));
    Slice uneven = good;
    uneven.vols.push_back(0.3);
    QVERIFY(!fitBates(std::vector{uneven}));
    Slice negative = good;
    negative.weights = {-1};
    QVERIFY(!fitHeston(std::vector{negative}));
}

QTEST_GUILESS_MAIN(CalibrationTest)
#include "calibration_test.moc"
