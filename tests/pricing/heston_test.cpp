#include "pricing/heston/heston.h"

#include "derivative.h"
#include "heston_cases.h"
#include "pricing/reference/engine_option.h"
#include "reference_values.h"

#include <QtTest>

#include <array>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::pricing;
using namespace heston_cases;

namespace
{

std::array<double, 10> cells(const HestonValue& v)
{
    return {v.price, v.delta, v.gamma, v.theta, v.rho, v.byV0, v.byKappa, v.byTheta, v.bySigma, v.byRho};
}

} // namespace

class HestonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesExactValues();
    void matchesQuantLib();
    void parity();
    void staysWithinItsBounds();
    void isMonotoneAndConvexInStrike();
    void scalesWithSpotAndStrike();
    void derivativesAreDerivatives();
    void stripIsTheScalar();
    void pathsAgree();
};

/// Bounds: price 1e-12 of the spot, and 1e-8 of itself down to 1e-30; Greeks and gradient 1e-9 of the larger of their
/// size and their scale. Scales: delta 1, gamma 0.4 / (S w) with w the log return's deviation, theta
/// S (0.2 w / T + |r| + |q|), rho K T; by v0 and by theta S sqrt(T) / w, by kappa, sigma and rho S w.
void HestonTest::matchesExactValues()
{
    const auto rows = reference_values::read("heston.csv");
    QCOMPARE(rows.size(), std::size_t{51});
    const auto addRow = [&](const reference_values::Row& row, model_checks::ScoresByColumn& scores) {
        Case each;
        each.read(row);
        each.model = {row.number("v0"), row.number("kappa"), row.number("theta_v"), row.number("sigma_v"),
                      row.number("rho_c")};
        const HestonValue found = each.value();
        const double price = row.number("price");
        const double spot = each.market.spot;
        const double error = std::abs(found.price - price);
        scores["price, absolute"].add(error / (1e-12 * spot), row.text("id"));
        scores["price, relative"].add(error / (1e-8 * std::max(price, 1e-30)), row.text("id"));
        scores["price alone"].add(std::abs(each.price() - price) / (1e-8 * std::max(price, 1e-30)), row.text("id"));
        const double w = meanVol(each) * std::sqrt(each.years);
        const double byVariance = spot * each.years / w;
        const std::array<std::tuple<const char*, double, double>, 9> derivatives{
            std::tuple{"delta", found.delta, 1.0},
            std::tuple{"gamma", found.gamma, 0.4 / (spot * w)},
            std::tuple{"theta", found.theta,
                       spot *
                           (0.2 * w / each.years + std::abs(each.market.rate) + std::abs(each.market.dividendYield))},
            std::tuple{"rho", found.rho, each.strike * each.years},
            std::tuple{"dV_dv0", found.byV0, byVariance},
            std::tuple{"dV_dkappa", found.byKappa, spot * w},
            std::tuple{"dV_dtheta", found.byTheta, byVariance},
            std::tuple{"dV_dsigma", found.bySigma, spot * w},
            std::tuple{"dV_drho", found.byRho, spot * w}};
        for (const auto& [name, value, scale] : derivatives) {
            const double exact = row.number(name);
            scores[name].add(std::abs(value - exact) / (1e-9 * std::max(std::abs(exact), scale)), row.text("id"));
        }
    };
    const std::string fault = model_checks::scoreFault(rows, addRow);
    QVERIFY2(fault.empty(), fault.c_str());
}

/// QuantLib's default quadrature keeps eight digits of the spot on what equity options are fitted with.
void HestonTest::matchesQuantLib()
{
    base::Generator generator(801);
    for (int i = 0; i < 100; ++i) {
        Case each = randomCase(generator);
        const int days = static_cast<int>(generator.integer(30, 700));
        each.years = days / 365.0;
        each.model.v0 += 0.02;
        each.model.theta += 0.02;
        each.strike = each.forward() * std::exp(generator.uniform(-2, 2) * meanVol(each) * std::sqrt(each.years));
        auto theirs = reference::EngineOption::heston(each.right, each.market, each.strike, each.years, each.model,
                                                      reference::HestonIntegration::Default);
        QVERIFY(theirs);
        const auto value = theirs->price(each.market.spot);
        QVERIFY(value);
        QVERIFY2(std::abs(each.price() - *value) <= 1e-7 * each.market.spot, each.text().c_str());
    }
}

void HestonTest::parity()
{
    base::Generator generator(802);
    for (int i = 0; i < 500; ++i) {
        const std::string fault = model_checks::parityFault(randomCase(generator), &HestonValue::bySigma);
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void HestonTest::staysWithinItsBounds()
{
    base::Generator generator(803);
    for (int i = 0; i < 2000; ++i) {
        const std::string fault = model_checks::boundsFault(randomCase(generator));
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void HestonTest::isMonotoneAndConvexInStrike()
{
    base::Generator generator(804);
    for (int i = 0; i < 100; ++i) {
        const Case each = randomCase(generator);
        const std::string fault =
            model_checks::shapeFault(each, [&](std::span<const double> strikes, std::span<double> prices) {
                HestonView view;
                view.price = prices;
                hestonStrip(each.right, each.market, each.years, each.model, strikes, view);
            });
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void HestonTest::scalesWithSpotAndStrike()
{
    base::Generator generator(805);
    for (int i = 0; i < 300; ++i) {
        const Case each = randomCase(generator);
        Case twice = each;
        twice.market.spot *= 2;
        twice.strike *= 2;
        const HestonValue a = each.value();
        const HestonValue b = twice.value();
        QVERIFY2(std::abs(b.price - 2 * a.price) <= 1e-13 * each.market.spot, each.text().c_str());
        QVERIFY(std::abs(b.delta - a.delta) <= 1e-11);
        QVERIFY(std::abs(b.byV0 - 2 * a.byV0) <= 1e-10 * each.market.spot);
    }
}

/// Four-point differences of prices that are exact to about 1e-15 of the spot.
void HestonTest::derivativesAreDerivatives()
{
    base::Generator generator(806);
    for (int i = 0; i < 200; ++i) {
        const Case each = randomCase(generator);
        const HestonValue value = each.value();
        const double spot = each.market.spot;
        const double w = meanVol(each) * std::sqrt(each.years);
        const double spotStep = 0.005 * spot * std::min(1.0, w);
        const HestonParameters& m = each.model;
        const std::array<model_checks::Slope<Case>, 8> slopes{
            {{"delta", value.delta, [](Case& c) -> double& { return c.market.spot; }, spotStep, 1},
             {"rho", value.rho, [](Case& c) -> double& { return c.market.rate; }, 1e-3, spot* each.years},
             {"theta", -value.theta, [](Case& c) -> double& { return c.years; }, 0.002 * each.years,
              spot* w / each.years},
             {"v0", value.byV0, [](Case& c) -> double& { return c.model.v0; }, 0.002 * m.v0, spot},
             {"kappa", value.byKappa, [](Case& c) -> double& { return c.model.kappa; }, 0.002 * m.kappa, spot},
             {"theta_v", value.byTheta, [](Case& c) -> double& { return c.model.theta; }, 0.002 * m.theta, spot},
             {"sigma", value.bySigma, [](Case& c) -> double& { return c.model.sigma; }, 0.002 * m.sigma, spot},
             {"correlation", value.byRho, [](Case& c) -> double& { return c.model.rho; }, 1e-3, spot}}};
        const std::string fault = model_checks::slopeFault(each, slopes, 2e-7);
        QVERIFY2(fault.empty(), fault.c_str());
        const auto deltaAt = [&](double x) {
            Case moved = each;
            moved.market.spot = x;
            return moved.value().delta;
        };
        QVERIFY2(std::abs(value.gamma - derivative(deltaAt, spot, spotStep)) <=
                     2e-7 * std::max(1 / (spot * w), value.gamma),
                 each.text().c_str());
    }
}

/// A strip's contour is one for many strikes: prices agree to 1e-13 of the spot and to 2e-9 of themselves.
void HestonTest::stripIsTheScalar()
{
    base::Generator generator(807);
    for (int i = 0; i < 60; ++i) {
        const Case each = randomCase(generator);
        constexpr std::size_t count = 90; // more than a chunk
        std::array<std::array<double, count>, 10> columns{};
        std::array<double, count> strikes{};
        for (std::size_t k = 0; k < count; ++k) {
            const double deviations = -8 + 16 * static_cast<double>(k) / (count - 1);
            strikes[k] = each.forward() * std::exp(deviations * meanVol(each) * std::sqrt(each.years));
        }
        hestonStrip(each.right, each.market, each.years, each.model, strikes,
                    {columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7],
                     columns[8], columns[9]});
        for (std::size_t k = 0; k < count; ++k) {
            Case one = each;
            one.strike = strikes[k];
            const auto expected = cells(one.value());
            const double spot = each.market.spot;
            QVERIFY2(std::abs(columns[0][k] - expected[0]) <= 1e-13 * (spot + one.strike), one.text().c_str());
            const bool isOut = (one.strike >= one.forward()) == (each.right == Right::Call);
            if (isOut && expected[0] > 1e-30 * spot)
                QVERIFY2(std::abs(columns[0][k] - expected[0]) <= 2e-9 * expected[0], one.text().c_str());
            for (std::size_t c = 1; c < columns.size(); ++c)
                QVERIFY2(std::abs(columns[c][k] - expected[c]) <= 1e-9 * (spot + one.strike), one.text().c_str());
        }
    }
}

/// Instruction sets round differently: prices agree to 1e-14 of the spot and to 1e-9 of themselves.
void HestonTest::pathsAgree()
{
    base::Generator generator(808);
    for (int i = 0; i < 200; ++i) {
        const Case each = randomCase(generator);
        QVERIFY2(model_checks::pathSpread(each) <= 1e-14, each.text().c_str());
    }
}

QTEST_GUILESS_MAIN(HestonTest)
#include "heston_test.moc"
