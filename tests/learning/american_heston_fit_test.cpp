#include "learning/pricer/american_heston_fit.h"
#include "learning/teachers/teacher.h"
#include "pricing/heston/american_heston.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using learning::PricedSlice;
using pricing::HestonParameters;
using pricing::Right;

namespace
{

const pricing::MarketPoint point{100, 0.04, 0.015};
const HestonParameters known{.v0 = 0.05, .kappa = 2, .theta = 0.06, .sigma = 0.5, .rho = -0.6};

/// Out of the money, as a chain is fitted: prices of finite differences, an error of one cent each.
PricedSlice sliceOf(double years, const HestonParameters& parameters = known,
                    const pricing::MarketPoint& market = point)
{
    PricedSlice slice;
    slice.market = market;
    slice.years = years;
    const double forward = market.spot * std::exp((market.rate - market.dividendYield) * years);
    for (const Right right : {Right::Put, Right::Call}) {
        std::vector<double> strikes, prices;
        for (int i = 0; i <= 6; ++i)
            strikes.push_back(forward * std::exp((right == Right::Call ? 1 : -1) * 0.22 * std::sqrt(years) * i / 4.0));
        prices.resize(strikes.size());
        pricing::AmericanHestonView view;
        view.price = prices;
        pricing::americanHestonStrip(right, market, years, parameters, strikes, view);
        for (std::size_t i = 0; i < strikes.size(); ++i) {
            slice.rights.push_back(right);
            slice.strikes.push_back(strikes[i]);
            slice.prices.push_back(prices[i]);
            slice.errors.push_back(0.01);
        }
    }
    return slice;
}

std::vector<PricedSlice> chain()
{
    return {sliceOf(0.15), sliceOf(0.4), sliceOf(0.9)};
}

std::string fault(const base::Result<learning::AmericanHestonFit>& fit)
{
    return fit ? "no error" : fit.error().message();
}

} // namespace

class AmericanHestonFitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pricesAreFittedBack();
    void aStartOutsideTheBoxIsHeldInside();
    void whatEndsAtTheBoxIsSaid();
    void whatIsOutsideDoesNotCount();
    void callsWithoutDividendsCountAsEuropean();
    void badInputIsNamed_data();
    void badInputIsNamed();
    void tooFewInTheBoxIsSaid();
    void aStoppedSearchIsReturnedAsItIs();

private:
    std::shared_ptr<const learning::NeuralAmericanHeston> m_networks;
};

void AmericanHestonFitTest::initTestCase()
{
    auto opened = learning::NeuralAmericanHeston::open();
    QVERIFY2(opened, opened ? "" : opened.error().message().c_str());
    m_networks = *opened;
}

/// What the networks promise of each price is what a fit by them can be off by.
void AmericanHestonFitTest::pricesAreFittedBack()
{
    const auto slices = chain();
    const auto fit = learning::fitAmericanHeston(*m_networks, slices);
    QVERIFY2(fit, fault(fit).c_str());
    QCOMPARE(fit->outcome, pricing::calibration::Outcome::Converged);
    QCOMPARE(fit->quotes + fit->outside, std::size_t{3 * 14});
    QCOMPARE(fit->outside, std::size_t{0});
    double squares = 0, promised = 0;
    std::size_t row = 0;
    for (const PricedSlice& slice : slices) {
        for (std::size_t i = 0; i < slice.strikes.size(); ++i, ++row) {
            double bound = 0;
            learning::NeuralHestonView view;
            view.bound = std::span(&bound, 1);
            m_networks->strip(slice.rights[i], slice.market, slice.years, known, std::span(&slice.strikes[i], 1), view);
            QVERIFY(std::isfinite(bound) && bound > 0);
            squares += fit->residuals[row] * fit->residuals[row];
            promised += bound * bound;
            // Finite differences themselves are good to 3e-5 of the strike.
            QVERIFY2(
                std::abs(fit->residuals[row]) < 2 * bound + 3e-5 * slice.strikes[i],
                qPrintable(
                    QStringLiteral("%1 at %2, bound %3").arg(fit->residuals[row]).arg(slice.strikes[i]).arg(bound)));
        }
    }
    QVERIFY(squares <= promised);
    QVERIFY(std::abs(fit->rootMeanSquare - std::sqrt(squares / static_cast<double>(row)) / 0.01) < 1e-9);
    // Prices know the level of the variance well, and the lean of the smile.
    QVERIFY2(std::abs(fit->parameters.v0 - known.v0) < 0.01, qPrintable(QString::number(fit->parameters.v0)));
    QVERIFY2(std::abs(fit->parameters.theta - known.theta) < 0.02, qPrintable(QString::number(fit->parameters.theta)));
    QVERIFY2(std::abs(fit->parameters.rho - known.rho) < 0.2, qPrintable(QString::number(fit->parameters.rho)));
}

void AmericanHestonFitTest::aStartOutsideTheBoxIsHeldInside()
{
    const auto slices = chain();
    const HestonParameters outside{.v0 = 3, .kappa = 90, .theta = 3, .sigma = 15, .rho = 0.99};
    const auto fit = learning::fitAmericanHeston(*m_networks, slices, {}, outside);
    QVERIFY2(fit, fault(fit).c_str());
    const auto inputs = learning::findTeacher("american_heston_put").value()->inputs();
    const auto isInside = [&inputs](const char* name, double value) {
        const auto input = std::ranges::find(inputs, std::string(name), &learning::InputRange::name);
        return input != inputs.end() && value >= input->low && value <= input->high;
    };
    QVERIFY(isInside("v0", fit->parameters.v0) && isInside("kappa", fit->parameters.kappa));
    QVERIFY(isInside("theta", fit->parameters.theta) && isInside("sigma", fit->parameters.sigma));
    QVERIFY(isInside("rho", fit->parameters.rho));
    QVERIFY(std::isfinite(fit->rootMeanSquare));
}

/// The networks know no share whose variance falls with it.
void AmericanHestonFitTest::whatEndsAtTheBoxIsSaid()
{
    HestonParameters other = known;
    other.rho = 0.6;
    const std::vector slices{sliceOf(0.15, other), sliceOf(0.4, other), sliceOf(0.9, other)};
    const auto fit = learning::fitAmericanHeston(*m_networks, slices);
    QVERIFY2(fit, fault(fit).c_str());
    const auto edge = std::ranges::find(fit->atEdge, "rho", &pricing::calibration::EdgeParameter::name);
    QVERIFY(edge != fit->atEdge.end());
    QCOMPARE(edge->high, 0.0);
    const auto inside = learning::fitAmericanHeston(*m_networks, chain());
    QVERIFY(inside && inside->atEdge.empty());
}

void AmericanHestonFitTest::whatIsOutsideDoesNotCount()
{
    auto slices = chain();
    slices[1].rights.push_back(Right::Put);
    slices[1].strikes.push_back(1); // many deviations away
    slices[1].prices.push_back(50);
    slices[1].errors.push_back(0.01);
    const auto fit = learning::fitAmericanHeston(*m_networks, slices);
    QVERIFY2(fit, fault(fit).c_str());
    QCOMPARE(fit->outside, std::size_t{1});
    QVERIFY(std::isnan(fit->residuals[14 + 14]));
    const auto without = learning::fitAmericanHeston(*m_networks, chain());
    QVERIFY2(without, fault(without).c_str());
    QVERIFY(std::abs(fit->parameters.v0 - without->parameters.v0) < 1e-5);
    QVERIFY(std::abs(fit->rootMeanSquare - without->rootMeanSquare) < 1e-4);
}

/// The networks know no call that is never exercised, and the European price is the answer there.
void AmericanHestonFitTest::callsWithoutDividendsCountAsEuropean()
{
    const pricing::MarketPoint dry{100, 0.04, 0};
    std::vector<PricedSlice> slices;
    for (const double years : {0.15, 0.4, 0.9})
        slices.push_back(sliceOf(years, known, dry));
    const auto fit = learning::fitAmericanHeston(*m_networks, slices);
    QVERIFY2(fit, fault(fit).c_str());
    QCOMPARE(fit->outside, std::size_t{0});
    QVERIFY2(std::abs(fit->parameters.v0 - known.v0) < 0.01, qPrintable(QString::number(fit->parameters.v0)));
}

void AmericanHestonFitTest::badInputIsNamed_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("words");
    QTest::newRow("no slices") << 0 << "slices";
    QTest::newRow("no strikes") << 1 << "strikes of slice 1";
    QTest::newRow("a price too few") << 2 << "prices of slice 1";
    QTest::newRow("no time") << 3 << "years of slice 1";
    QTest::newRow("a price of nothing") << 4 << "price of slice 1";
    QTest::newRow("an error of nothing") << 5 << "error of slice 1";
    QTest::newRow("no spot") << 6 << "spot of slice 1";
    QTest::newRow("a start that is none") << 7 << "v0";
}

void AmericanHestonFitTest::badInputIsNamed()
{
    QFETCH(const int, fault);
    QFETCH(const QString, words);
    auto slices = chain();
    std::optional<HestonParameters> start;
    switch (fault) {
    case 0:
        slices.clear();
        break;
    case 1:
        slices[1].strikes.clear();
        break;
    case 2:
        slices[1].prices.pop_back();
        break;
    case 3:
        slices[1].years = 0;
        break;
    case 4:
        slices[1].prices[2] = 0;
        break;
    case 5:
        slices[1].errors[2] = std::nan("");
        break;
    case 6:
        slices[1].market.spot = std::nan("");
        break;
    default:
        start = known;
        start->v0 = std::nan("");
        break;
    }
    const auto fit = learning::fitAmericanHeston(*m_networks, slices, {}, start);
    QVERIFY(!fit);
    QCOMPARE(fit.error().kind, base::ErrorKind::BadInput);
    QVERIFY2(fit.error().message().find(words.toStdString()) != std::string::npos, fit.error().message().c_str());
}

void AmericanHestonFitTest::tooFewInTheBoxIsSaid()
{
    PricedSlice slice = sliceOf(0.4);
    for (auto* const column : {&slice.strikes, &slice.prices, &slice.errors})
        column->resize(4);
    slice.rights.resize(4);
    const auto fit = learning::fitAmericanHeston(*m_networks, std::span(&slice, 1));
    QVERIFY(!fit);
    QCOMPARE(fit.error().kind, base::ErrorKind::NotFound);
}

void AmericanHestonFitTest::aStoppedSearchIsReturnedAsItIs()
{
    std::stop_source source;
    source.request_stop();
    const auto slices = chain();
    const auto fit = learning::fitAmericanHeston(*m_networks, slices, {}, known, source.get_token());
    QVERIFY2(fit, fault(fit).c_str());
    QCOMPARE(fit->outcome, pricing::calibration::Outcome::Stopped);
    QCOMPARE(fit->iterations, 0);
    QVERIFY(std::abs(fit->parameters.v0 - known.v0) < 1e-9);
}

QTEST_GUILESS_MAIN(AmericanHestonFitTest)
#include "american_heston_fit_test.moc"
