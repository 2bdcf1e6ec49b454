#include "pricing/jump/merton.h"

#include "base/random.h"
#include "derivative.h"
#include "model_checks.h"
#include "pricing/reference/engine_option.h"
#include "reference_values.h"

#include <QtTest>

#include <array>
#include <bit>
#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

struct Case : model_checks::Contract {
    MertonParameters model{0.2, 1, -0.1, 0.15};

    MertonValue value() const { return merton(right, market, strike, years, model); }
    double price() const { return mertonPrice(right, market, strike, years, model); }
    double deviation() const
    {
        const double jumps = model.jumpMean * model.jumpMean + model.jumpDeviation * model.jumpDeviation;
        return std::sqrt(years * (model.vol * model.vol + model.intensity * jumps));
    }
    std::string text() const
    {
        return Contract::text() + QStringLiteral("vol=%1 lambda=%2 mu=%3 delta=%4")
                                      .arg(model.vol, 0, 'g', 17)
                                      .arg(model.intensity, 0, 'g', 17)
                                      .arg(model.jumpMean, 0, 'g', 17)
                                      .arg(model.jumpDeviation, 0, 'g', 17)
                                      .toStdString();
    }
};

Case randomCase(base::Generator& generator)
{
    Case out;
    out.randomise(generator);
    out.years = generator.uniform(1.0 / 365, 3);
    out.model = {generator.uniform(0.05, 0.5), generator.uniform(0.05, 8), generator.uniform(-0.3, 0.2),
                 generator.uniform(0.02, 0.3)};
    out.strike = out.forward() * std::exp(generator.uniform(-3, 3) * out.deviation());
    return out;
}

bool isSame(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

} // namespace

class MertonTest : public QObject
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
    void seriesAndTransformAgree();
    void stripIsTheScalar();
    void pathsAgree();
    void limits();
    void refusesBadInputs_data();
    void refusesBadInputs();
};

/// Bounds: price 1e-13 of the spot, and 1e-12 of itself where that exceeds 1e-8 of the spot; Greeks 1e-12 of the larger
/// of their size and their scale, with w the log return's deviation: delta 1, gamma 0.4 / (S w), vega 0.4 S sqrt(T),
/// theta S (0.2 w / T + |r| + |q|), rho K T.
void MertonTest::matchesExactValues()
{
    const auto rows = reference_values::read("merton.csv");
    QCOMPARE(rows.size(), std::size_t{66});
    const auto addRow = [&](const reference_values::Row& row, model_checks::ScoresByColumn& scores) {
        Case each;
        each.read(row);
        each.model = {row.number("sigma"), row.number("lambda"), row.number("mu_j"), row.number("delta_j")};
        const MertonValue found = each.value();
        const double price = row.number("price");
        const double spot = each.market.spot;
        scores["price, absolute"].add(std::abs(found.price - price) / (1e-13 * spot), row.text("id"));
        if (price > 1e-8 * spot)
            scores["price, relative"].add(std::abs(found.price - price) / (1e-12 * price), row.text("id"));
        const double w = each.deviation();
        const std::array<std::tuple<const char*, double, double>, 5> greeks{
            std::tuple{"delta", found.delta, 1.0}, std::tuple{"gamma", found.gamma, 0.4 / (spot * w)},
            std::tuple{"vega", found.vega, 0.4 * spot * std::sqrt(each.years)},
            std::tuple{"theta", found.theta,
                       spot *
                           (0.2 * w / each.years + std::abs(each.market.rate) + std::abs(each.market.dividendYield))},
            std::tuple{"rho", found.rho, each.strike * each.years}};
        for (const auto& [name, value, scale] : greeks) {
            const double exact = row.number(name);
            scores[name].add(std::abs(value - exact) / (1e-12 * std::max(std::abs(exact), scale)), row.text("id"));
        }
    };
    const std::string fault = model_checks::scoreFault(rows, addRow);
    QVERIFY2(fault.empty(), fault.c_str());
}

/// QuantLib's engine ends its sum at a relative 1e-4 of a term.
void MertonTest::matchesQuantLib()
{
    base::Generator generator(901);
    for (int i = 0; i < 200; ++i) {
        Case each = randomCase(generator);
        const int days = static_cast<int>(generator.integer(30, 700));
        each.years = days / 365.0;
        each.strike = each.forward() * std::exp(generator.uniform(-1, 1) * each.deviation());
        const MertonParameters& model = each.model;
        auto theirs = reference::EngineOption::merton(each.right, each.market, each.strike, each.years, model.vol,
                                                      {model.intensity, model.jumpMean, model.jumpDeviation});
        QVERIFY(theirs);
        const auto value = theirs->price(each.market.spot);
        QVERIFY(value);
        QVERIFY2(std::abs(each.price() - *value) <= 1e-4 * *value, each.text().c_str());
    }
}

void MertonTest::parity()
{
    base::Generator generator(902);
    for (int i = 0; i < 5000; ++i) {
        const std::string fault = model_checks::parityFault(randomCase(generator), &MertonValue::vega);
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void MertonTest::staysWithinItsBounds()
{
    base::Generator generator(903);
    for (int i = 0; i < 5000; ++i) {
        const std::string fault = model_checks::boundsFault(randomCase(generator));
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void MertonTest::isMonotoneAndConvexInStrike()
{
    base::Generator generator(904);
    for (int i = 0; i < 200; ++i) {
        const Case each = randomCase(generator);
        const std::string fault =
            model_checks::shapeFault(each, [&](std::span<const double> strikes, std::span<double> prices) {
                MertonView view;
                view.price = prices;
                mertonStrip(each.right, each.market, each.years, each.model, strikes, view);
            });
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void MertonTest::scalesWithSpotAndStrike()
{
    base::Generator generator(905);
    for (int i = 0; i < 1000; ++i) {
        const Case each = randomCase(generator);
        Case twice = each;
        twice.market.spot *= 2;
        twice.strike *= 2;
        QCOMPARE(twice.price(), 2 * each.price()); // a power of two moves no digit
        QCOMPARE(twice.value().delta, each.value().delta);
    }
}

void MertonTest::derivativesAreDerivatives()
{
    base::Generator generator(906);
    for (int i = 0; i < 500; ++i) {
        const Case each = randomCase(generator);
        const MertonValue value = each.value();
        const double spot = each.market.spot;
        // Without a jump the option has the diffusion's deviation alone: steps are small beside it.
        const double narrow = each.model.vol * std::sqrt(each.years);
        const double spotStep = 0.01 * spot * narrow;
        const MertonParameters& m = each.model;
        const double byJumps = spot * (1 + m.intensity * each.years);
        const std::array<model_checks::Slope<Case>, 7> slopes{
            {{"delta", value.delta, [](Case& c) -> double& { return c.market.spot; }, spotStep, 1},
             {"rho", value.rho, [](Case& c) -> double& { return c.market.rate; }, 0.01 * narrow, spot* each.years},
             {"theta", -value.theta, [](Case& c) -> double& { return c.years; }, 0.002 * each.years,
              spot* each.deviation() / each.years},
             {"vega", value.vega, [](Case& c) -> double& { return c.model.vol; }, 0.002 * m.vol, spot},
             {"intensity", value.byIntensity, [](Case& c) -> double& { return c.model.intensity; }, 0.002 * m.intensity,
              spot},
             {"jump mean", value.byJumpMean, [](Case& c) -> double& { return c.model.jumpMean; }, 0.001 * narrow,
              byJumps},
             {"jump deviation", value.byJumpDeviation, [](Case& c) -> double& { return c.model.jumpDeviation; },
              0.002 * m.jumpDeviation, byJumps}}};
        const std::string fault = model_checks::slopeFault(each, slopes, 2e-7);
        QVERIFY2(fault.empty(), fault.c_str());
        const auto deltaAt = [&](double x) {
            Case moved = each;
            moved.market.spot = x;
            return moved.value().delta;
        };
        QVERIFY2(std::abs(value.gamma - derivative(deltaAt, spot, spotStep)) <=
                     2e-7 * std::max(1 / (spot * narrow), value.gamma),
                 each.text().c_str());
    }
}

/// On either side of sixty jumps the method changes: jumps that small in the drift of one are neighbours in value.
void MertonTest::seriesAndTransformAgree()
{
    base::Generator generator(907);
    for (int i = 0; i < 100; ++i) {
        Case series = randomCase(generator);
        series.model = {generator.uniform(0.05, 0.3), 60 / series.years, generator.uniform(-0.03, 0.03),
                        generator.uniform(0.02, 0.05)};
        series.strike = series.forward() * std::exp(generator.uniform(-3, 3) * series.deviation());
        series.model.intensity = std::nextafter(series.model.intensity, 0);
        while (series.model.intensity * series.years > 60)
            series.model.intensity = std::nextafter(series.model.intensity, 0);
        Case transform = series;
        while (transform.model.intensity * transform.years <= 60)
            transform.model.intensity = std::nextafter(transform.model.intensity, 1e9);
        const MertonValue a = series.value();
        const MertonValue b = transform.value();
        const double spot = series.market.spot;
        QVERIFY2(std::abs(a.price - b.price) <= 1e-12 * spot, series.text().c_str());
        QVERIFY2(std::abs(a.delta - b.delta) <= 1e-11, series.text().c_str());
        QVERIFY2(std::abs(a.vega - b.vega) <= 1e-10 * spot, series.text().c_str());
        QVERIFY2(std::abs(a.theta - b.theta) <= 1e-9 * spot * series.model.intensity, series.text().c_str());
        QVERIFY2(std::abs(a.byJumpMean - b.byJumpMean) <= 1e-9 * spot, series.text().c_str());
        QVERIFY2(std::abs(a.byJumpDeviation - b.byJumpDeviation) <= 1e-9 * spot, series.text().c_str());
    }
}

void MertonTest::stripIsTheScalar()
{
    base::Generator generator(908);
    const Case each = randomCase(generator);
    const std::array<double, 5> strikes{0.8 * each.forward(), notANumber, each.forward(), 0, 1.3 * each.forward()};
    std::array<double, 5> price{}, delta{}, theta{}, byJumpMean{};
    MertonView view;
    view.price = price;
    view.delta = delta;
    view.theta = theta;
    view.byJumpMean = byJumpMean;
    mertonStrip(each.right, each.market, each.years, each.model, strikes, view);
    for (const std::size_t row : {0, 2, 4}) {
        Case one = each;
        one.strike = strikes[row];
        const MertonValue value = one.value();
        QVERIFY(isSame(price[row], value.price));
        QVERIFY(isSame(delta[row], value.delta));
        QVERIFY(isSame(theta[row], value.theta));
        QVERIFY(isSame(byJumpMean[row], value.byJumpMean));
        QVERIFY(isSame(price[row], one.price()));
    }
    for (const std::size_t row : {1, 3})
        QVERIFY(std::isnan(price[row]) && std::isnan(theta[row]));
}

/// Instruction sets round differently: prices agree to 1e-14 of the spot.
void MertonTest::pathsAgree()
{
    base::Generator generator(909);
    for (int i = 0; i < 500; ++i) {
        const Case each = randomCase(generator);
        QVERIFY2(model_checks::pathSpread(each) <= 1e-14, each.text().c_str());
    }
}

void MertonTest::limits()
{
    base::Generator generator(910);
    for (int i = 0; i < 500; ++i) { // no jumps
        Case each = randomCase(generator);
        each.model.intensity = 0;
        const Greeks exact = blackScholes(each.right, each.market, each.strike, each.years, each.model.vol);
        const MertonValue value = each.value();
        const double size = each.market.spot + each.strike;
        QVERIFY2(std::abs(value.price - exact.price) <= 1e-14 * size, each.text().c_str());
        QVERIFY(std::abs(value.delta - exact.delta) <= 1e-12);
        QVERIFY(std::abs(value.theta - exact.theta) <= 1e-11 * size * (1 + 1 / each.years));
        Case few = each;
        few.model.intensity = 1e-7; // a slope of its own
        QVERIFY(std::abs(few.price() - value.price - 1e-7 * value.byIntensity) <= 1e-12 * size);
    }
    Case each;
    each.strike = 90;
    each.years = 0;
    QCOMPARE(each.price(), 10.0);
    each.years = 1;
    each.model = {0, 2, -0.1, 0}; // jumps of one size and nothing else: a lattice
    double sum = 0;
    double weight = std::exp(-2.0);
    for (int n = 0; n < 40; weight *= 2.0 / ++n)
        sum += weight * std::max(0.0, each.forward() * std::exp(-2 * std::expm1(-0.1) - 0.1 * n) - each.strike);
    QVERIFY(std::abs(each.price() - sum * std::exp(-0.03)) < 1e-12);
    each.model = {0.2, 1e6, -0.0001, 0.0002}; // so many that they are a diffusion of their own
    const double vol = std::sqrt(0.04 + 1e6 * (1e-8 + 4e-8));
    const double smooth = blackScholesPrice(each.right, each.market, each.strike, each.years, vol);
    QVERIFY(std::abs(each.price() - smooth) < 1e-2);
}

void MertonTest::refusesBadInputs_data()
{
    QTest::addColumn<double>("vol");
    QTest::addColumn<double>("intensity");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("deviation");
    QTest::addColumn<QString>("field");
    QTest::newRow("negative volatility") << -0.2 << 1.0 << -0.1 << 0.1 << "volatility";
    QTest::newRow("negative intensity") << 0.2 << -1.0 << -0.1 << 0.1 << "jump intensity";
    QTest::newRow("no mean") << 0.2 << 1.0 << notANumber << 0.1 << "jump mean";
    QTest::newRow("endless mean jump") << 0.2 << 1.0 << 1e4 << 0.1 << "jump mean";
    QTest::newRow("negative deviation") << 0.2 << 1.0 << -0.1 << -0.1 << "jump deviation";
}

void MertonTest::refusesBadInputs()
{
    QFETCH(double, vol);
    QFETCH(double, intensity);
    QFETCH(double, mean);
    QFETCH(double, deviation);
    QFETCH(QString, field);
    const Case good;
    const MertonParameters bad{vol, intensity, mean, deviation};
    const auto refused = checkInputs(good.market, good.strike, good.years, bad);
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().field), field);
    QVERIFY(std::isnan(merton(good.right, good.market, good.strike, good.years, bad).vega));
    QVERIFY(checkInputs(good.market, good.strike, good.years, good.model));
}

QTEST_GUILESS_MAIN(MertonTest)
#include "merton_test.moc"
