#include "pricing/black_scholes.h"

#include "base/random.h"
#include "model_checks.h"
#include "pricing/normal_distribution.h"
#include "pricing/reference/quantlib.h"
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

constexpr double eps = std::numeric_limits<double>::epsilon();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

struct Case {
    Right right;
    MarketPoint market;
    double strike, years, vol;

    Greeks value() const { return blackScholes(right, market, strike, years, vol); }
    double price() const { return blackScholesPrice(right, market, strike, years, vol); }
    std::string text() const
    {
        return model_checks::Contract{right, market, strike, years}.text() +
               QStringLiteral("vol=%1").arg(vol, 0, 'g', 17).toStdString();
    }
};

/// What an options desk meets: moneyness within five deviations, a day to three years.
Case randomCase(base::Generator& generator)
{
    Case out;
    out.right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
    out.market = {generator.uniform(5, 5000), generator.uniform(-0.03, 0.12), generator.uniform(-0.02, 0.1)};
    out.years = generator.uniform(1.0 / 365, 3);
    out.vol = generator.uniform(0.03, 1.5);
    out.strike = out.market.spot * std::exp(generator.uniform(-3, 3) * out.vol * std::sqrt(out.years));
    return out;
}

Case with(Case base, double MarketPoint::* member, double value)
{
    base.market.*member = value;
    return base;
}

double spotLeg(const Case& each)
{
    return each.market.spot * std::exp(-each.market.dividendYield * each.years);
}

double strikeLeg(const Case& each)
{
    return each.strike * std::exp(-each.market.rate * each.years);
}

bool isSame(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool allNaN(const Greeks& greeks)
{
    return std::isnan(greeks.price) && std::isnan(greeks.delta) && std::isnan(greeks.gamma) &&
           std::isnan(greeks.vega) && std::isnan(greeks.theta) && std::isnan(greeks.rho);
}

} // namespace

class BlackScholesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesExactValues();
    void scaledErrorFunction_data();
    void scaledErrorFunction();
    void normalTails();
    void matchesQuantLib();
    void parity();
    void staysWithinItsBounds();
    void risesWithVolatilityAndIsConvexInStrike();
    void scalesWithSpotAndStrike();
    void greeksAreDerivatives();
    void stripIsTheScalar();
    void badLaneStaysAlone();
    void limits_data();
    void limits();
    void refusesBadInputs_data();
    void refusesBadInputs();
};

/// Bounds: price within 4 eps of its condition; Greeks within 1e-12 of the larger of their size and their scale,
/// where the scale is the Greek's largest size over volatilities at the row's spot, strike and time.
void BlackScholesTest::matchesExactValues()
{
    const auto rows = reference_values::read("black_scholes.csv");
    QCOMPARE(rows.size(), std::size_t{348});
    std::map<std::string, reference_values::Scores> scores;
    for (const auto& row : rows) {
        const double spot = row.number("S");
        const double strike = row.number("K");
        const double years = row.number("T");
        const double rate = row.number("r");
        const double yield = row.number("q");
        const double vol = row.number("sigma");
        const Greeks found = blackScholes(row.right(), {spot, rate, yield}, strike, years, vol);
        const double price = row.number("price");
        if (price > 1e-290) {
            const double bySpot = row.number("delta") * spot / price;
            const double condition = 1 + std::abs(bySpot) + std::abs(1 - bySpot) + row.number("vega") * vol / price;
            scores["price"].add(std::abs(found.price - price) / price / (4 * eps * condition), row.text("id"));
        } else {
            scores["price"].add(found.price <= 1e-290 ? 0 : infinity, row.text("id"));
        }
        const double root = std::sqrt(years);
        const std::array<std::tuple<const char*, double, double>, 5> greeks{
            std::tuple{"delta", found.delta, 1.0}, std::tuple{"gamma", found.gamma, 0.4 / (spot * vol * root)},
            std::tuple{"vega", found.vega, 0.4 * spot * root},
            std::tuple{"theta", found.theta, spot * (0.2 * vol / root + std::abs(rate) + std::abs(yield))},
            std::tuple{"rho", found.rho, strike * years}};
        for (const auto& [name, value, scale] : greeks) {
            const double exact = row.number(name);
            scores[name].add(std::abs(value - exact) / (1e-12 * std::max(std::abs(exact), scale)), row.text("id"));
        }
    }
    for (const auto& [name, each] : scores)
        qInfo("%s", qPrintable(each.summary(name.c_str())));
    for (const auto& [name, each] : scores)
        QVERIFY2(each.worst() <= 1, name.c_str());
}

/// 30-digit values of exp(z²) erfc(z).
void BlackScholesTest::scaledErrorFunction_data()
{
    QTest::addColumn<double>("z");
    QTest::addColumn<double>("expected");
    QTest::newRow("0") << 0.0 << 1.0;
    QTest::newRow("1e-9") << 1e-9 << 0.99999999887162083390;
    QTest::newRow("0.1") << 0.1 << 0.89645697996912661700;
    QTest::newRow("0.5") << 0.5 << 0.61569034419292587487;
    QTest::newRow("1") << 1.0 << 0.42758357615580700442;
    QTest::newRow("2") << 2.0 << 0.25539567631050574386;
    QTest::newRow("4") << 4.0 << 0.136999457625061389889;
    QTest::newRow("just above 4") << 4.0000000001 << 0.136999457621823039012;
    QTest::newRow("10") << 10.0 << 0.05614099274382258586;
    QTest::newRow("100") << 100.0 << 0.00564161378298943290;
    QTest::newRow("1e8") << 1e8 << 5.6418958354775625873e-9;
    QTest::newRow("1e200") << 1e200 << 5.6418958354775628695e-201;
}

void BlackScholesTest::scaledErrorFunction()
{
    QFETCH(double, z);
    QFETCH(double, expected);
    QVERIFY2(std::abs(erfcx(z) - expected) <= 4 * eps * expected, qPrintable(QString::number(erfcx(z), 'g', 17)));
}

void BlackScholesTest::normalTails()
{
    QCOMPARE(normalCdf(0), 0.5);
    const auto isNear = [](double value, double x, double exact) {
        return std::abs(value - exact) <= (2 + x * x) * eps * exact;
    };
    QVERIFY(isNear(normalCdf(-10), 10, 7.6198530241605260660e-24));
    QVERIFY(isNear(normalCdf(-37), 37, 5.7255712225245768227e-300));
    QVERIFY(isNear(normalCdf(1.959963984540054), 1, 0.97499999999999998912));
    QVERIFY(isNear(normalDensity(1), 1, 0.24197072451914334980));
    base::Generator generator(77);
    for (int i = 0; i < 10'000; ++i) { // the two forms of the tail agree
        const double z = generator.uniform(0, 26);
        const double tail = std::erfc(z);
        QVERIFY(std::abs(erfcx(z) * std::exp(-z * z) - tail) <= (8 + z * z) * eps * tail);
    }
    QVERIFY(std::isnan(erfcx(notANumber)));
    QCOMPARE(erfcx(infinity), 0.0);
}

void BlackScholesTest::matchesQuantLib()
{
    base::Generator generator(101);
    for (int i = 0; i < 5000; ++i) {
        const Case each = randomCase(generator);
        const auto theirs = reference::blackScholes(each.right, each.market, each.strike, each.years, each.vol);
        QVERIFY(theirs);
        const Greeks ours = each.value();
        const double spot = each.market.spot;
        const double root = std::sqrt(each.years);
        const auto agrees = [](double a, double b, double scale) { return std::abs(a - b) <= 1e-11 * scale; };
        QVERIFY2(agrees(ours.price, theirs->price, spot + each.strike), each.text().c_str());
        QVERIFY2(agrees(ours.delta, theirs->delta, 1), each.text().c_str());
        QVERIFY2(agrees(ours.gamma, theirs->gamma, 1 / (spot * each.vol * root)), each.text().c_str());
        QVERIFY2(agrees(ours.vega, theirs->vega, spot * root), each.text().c_str());
        QVERIFY2(agrees(ours.theta, theirs->theta, (spot + each.strike) * (each.vol / root + 0.25)),
                 each.text().c_str());
        QVERIFY2(agrees(ours.rho, theirs->rho, (spot + each.strike) * each.years), each.text().c_str());
    }
}

void BlackScholesTest::parity()
{
    base::Generator generator(102);
    for (int i = 0; i < 20'000; ++i) {
        Case call = randomCase(generator);
        call.right = Right::Call;
        Case put = call;
        put.right = Right::Put;
        const Greeks c = call.value();
        const Greeks p = put.value();
        const double size = spotLeg(call) + strikeLeg(call);
        QVERIFY2(std::abs(c.price - p.price - (spotLeg(call) - strikeLeg(call))) <= 8 * eps * size,
                 call.text().c_str());
        QVERIFY(std::abs(c.delta - p.delta - spotLeg(call) / call.market.spot) <= 8 * eps);
        QVERIFY(isSame(c.gamma, p.gamma));
        QVERIFY(isSame(c.vega, p.vega));
        QVERIFY(std::abs(c.rho - p.rho - call.years * strikeLeg(call)) <= 8 * eps * call.years * size);
    }
}

void BlackScholesTest::staysWithinItsBounds()
{
    base::Generator generator(103);
    for (int i = 0; i < 20'000; ++i) {
        const Case each = randomCase(generator);
        const Greeks value = each.value();
        const double forward = spotLeg(each) - strikeLeg(each);
        const double intrinsic = std::max(0.0, each.right == Right::Call ? forward : -forward);
        const double bound = each.right == Right::Call ? spotLeg(each) : strikeLeg(each);
        QVERIFY2(value.price >= intrinsic, each.text().c_str()); // to the bit: fits rely on it
        QVERIFY2(value.price <= bound * (1 + 4 * eps), each.text().c_str());
        QVERIFY(value.gamma >= 0 && value.vega >= 0);
        QVERIFY(each.right == Right::Call ? value.delta >= 0 : value.delta <= 0);
        QVERIFY(std::abs(value.delta) <= spotLeg(each) / each.market.spot * (1 + 4 * eps));
        QVERIFY(isSame(each.price(), value.price));
    }
}

void BlackScholesTest::risesWithVolatilityAndIsConvexInStrike()
{
    base::Generator generator(104);
    for (int i = 0; i < 5000; ++i) {
        Case each = randomCase(generator);
        const double noise = 16 * eps * (spotLeg(each) + strikeLeg(each));
        Case wilder = each;
        wilder.vol *= 1.01;
        QVERIFY2(wilder.price() >= each.price() - noise, each.text().c_str());

        const double step = each.strike * generator.uniform(0.001, 0.05);
        Case lower = each;
        Case higher = each;
        lower.strike -= step;
        higher.strike += step;
        const double sign = each.right == Right::Call ? 1 : -1;
        QVERIFY(sign * (lower.price() - each.price()) >= -noise);
        QVERIFY(lower.price() - 2 * each.price() + higher.price() >= -4 * noise);
    }
}

void BlackScholesTest::scalesWithSpotAndStrike()
{
    base::Generator generator(105);
    for (int i = 0; i < 5000; ++i) {
        const Case each = randomCase(generator);
        const double factor = generator.uniform(0.01, 100);
        Case scaled = each;
        scaled.market.spot *= factor;
        scaled.strike *= factor;
        const double size = factor * (spotLeg(each) + strikeLeg(each));
        QVERIFY2(std::abs(scaled.price() - factor * each.price()) <= 16 * eps * size, each.text().c_str());
        QVERIFY(std::abs(scaled.value().delta - each.value().delta) <= 1e-12 / (each.vol * std::sqrt(each.years)));
    }
}

/// Central differences of fourth order; the tolerance is their own error, which step and third derivatives set.
void BlackScholesTest::greeksAreDerivatives()
{
    base::Generator generator(106);
    const auto slope = [](const auto& f, double step) {
        return (8 * (f(step) - f(-step)) - (f(2 * step) - f(-2 * step))) / (12 * step);
    };
    for (int i = 0; i < 2000; ++i) {
        Case each = randomCase(generator);
        each.years = std::max(each.years, 0.02);
        const Greeks value = each.value();
        const double deviation = each.vol * std::sqrt(each.years);
        const double spot = each.market.spot;
        const double size = spotLeg(each) + strikeLeg(each);
        const auto agrees = [&](double greek, double difference, double scale) {
            return std::abs(greek - difference) <= 2e-6 * scale;
        };
        const double h = 0.01 * deviation;
        QVERIFY2(agrees(value.delta,
                        slope([&](double d) { return with(each, &MarketPoint::spot, spot + d).price(); }, h * spot), 1),
                 each.text().c_str());
        QVERIFY2(
            agrees(value.gamma,
                   slope([&](double d) { return with(each, &MarketPoint::spot, spot + d).value().delta; }, h * spot),
                   1 / (spot * deviation)),
            each.text().c_str());
        QVERIFY2(agrees(value.vega,
                        slope(
                            [&](double d) {
                                Case c = each;
                                c.vol += d;
                                return c.price();
                            },
                            0.005 * each.vol),
                        spot * std::sqrt(each.years)),
                 each.text().c_str());
        QVERIFY2(agrees(value.theta,
                        -slope(
                            [&](double d) {
                                Case c = each;
                                c.years += d;
                                return c.price();
                            },
                            0.005 * each.years),
                        size * (each.vol / std::sqrt(each.years) + 0.2)),
                 each.text().c_str());
        QVERIFY2(agrees(value.rho,
                        slope([&](double d) { return with(each, &MarketPoint::rate, each.market.rate + d).price(); },
                              0.01 * deviation / each.years),
                        size * each.years),
                 each.text().c_str());
    }
}

void BlackScholesTest::stripIsTheScalar()
{
    base::Generator generator(107);
    for (int round = 0; round < 100; ++round) {
        const Case first = randomCase(generator);
        const auto count = static_cast<std::size_t>(generator.integer(0, 33));
        std::vector<double> strikes;
        std::vector<double> vols;
        for (std::size_t i = 0; i < count; ++i) {
            strikes.push_back(first.market.spot * generator.uniform(0.3, 3));
            vols.push_back(generator.uniform(0.01, 2));
        }
        GreeksColumns columns;
        columns.resize(count);
        blackScholesStrip(first.right, first.market, first.years, strikes, vols, columns.view());
        std::vector<double> deltas(count, -7);
        GreeksView onlyDelta;
        onlyDelta.delta = deltas;
        blackScholesStrip(first.right, first.market, first.years, strikes, vols, onlyDelta);
        for (std::size_t i = 0; i < count; ++i) {
            const Greeks scalar = blackScholes(first.right, first.market, strikes[i], first.years, vols[i]);
            const Greeks lane = columns.at(i);
            QVERIFY(isSame(lane.price, scalar.price) && isSame(lane.delta, scalar.delta));
            QVERIFY(isSame(lane.gamma, scalar.gamma) && isSame(lane.vega, scalar.vega));
            QVERIFY(isSame(lane.theta, scalar.theta) && isSame(lane.rho, scalar.rho));
            QVERIFY(isSame(deltas[i], scalar.delta));
        }
    }
}

void BlackScholesTest::badLaneStaysAlone()
{
    const std::vector<double> strikes{90, -1, notANumber, 0, 100, infinity, 110};
    const std::vector<double> vols{0.2, 0.2, 0.2, 0.2, -0.2, 0.2, 0.2};
    GreeksColumns out;
    out.resize(strikes.size());
    blackScholesStrip(Right::Call, {100, 0.05, 0}, 1, strikes, vols, out.view());
    for (std::size_t i = 0; i < strikes.size(); ++i)
        QCOMPARE(allNaN(out.at(i)), i != 0 && i != 6);
}

void BlackScholesTest::limits_data()
{
    QTest::addColumn<bool>("isCall");
    QTest::addColumn<double>("strike");
    QTest::addColumn<double>("years");
    QTest::addColumn<double>("vol");
    QTest::addColumn<double>("price");
    QTest::addColumn<double>("delta");
    QTest::newRow("expired call in the money") << true << 90.0 << 0.0 << 0.2 << 10.0 << 1.0;
    QTest::newRow("expired call out of the money") << true << 110.0 << 0.0 << 0.2 << 0.0 << 0.0;
    QTest::newRow("expired put in the money") << false << 110.0 << 0.0 << 0.2 << 10.0 << -1.0;
    QTest::newRow("expired at the strike") << true << 100.0 << 0.0 << 0.2 << 0.0 << 0.5;
    QTest::newRow("put at the strike") << false << 100.0 << 0.0 << 0.2 << 0.0 << -0.5;
    QTest::newRow("no volatility") << true << 100.0 << 1.0 << 0.0 << 100 - 100 * std::exp(-0.05) << 1.0;
    QTest::newRow("no volatility, put") << false << 100.0 << 1.0 << 0.0 << 0.0 << 0.0;
    QTest::newRow("a second left") << true << 90.0 << 1 / (365 * 86400.0) << 0.2 << 10.000000142694 << 1.0;
    QTest::newRow("volatility without end") << true << 100.0 << 1.0 << 1000.0 << 100.0 << 1.0;
}

void BlackScholesTest::limits()
{
    QFETCH(bool, isCall);
    QFETCH(double, strike);
    QFETCH(double, years);
    QFETCH(double, vol);
    QFETCH(double, price);
    QFETCH(double, delta);
    const Greeks value = blackScholes(isCall ? Right::Call : Right::Put, {100, 0.05, 0}, strike, years, vol);
    QVERIFY2(std::abs(value.price - price) <= 1e-11, qPrintable(QString::number(value.price, 'g', 17)));
    QVERIFY(std::abs(value.delta - delta) <= 1e-11);
    QVERIFY(std::isfinite(value.gamma) && std::isfinite(value.vega) && std::isfinite(value.theta));
}

void BlackScholesTest::refusesBadInputs_data()
{
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("strike");
    QTest::addColumn<double>("years");
    QTest::addColumn<double>("vol");
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("yield");
    QTest::addColumn<QString>("field");
    QTest::newRow("spot 0") << 0.0 << 100.0 << 1.0 << 0.2 << 0.0 << 0.0 << "spot";
    QTest::newRow("spot NaN") << notANumber << 100.0 << 1.0 << 0.2 << 0.0 << 0.0 << "spot";
    QTest::newRow("spot negative") << -5.0 << 100.0 << 1.0 << 0.2 << 0.0 << 0.0 << "spot";
    QTest::newRow("strike 0") << 100.0 << 0.0 << 1.0 << 0.2 << 0.0 << 0.0 << "strike";
    QTest::newRow("strike infinite") << 100.0 << infinity << 1.0 << 0.2 << 0.0 << 0.0 << "strike";
    QTest::newRow("years negative") << 100.0 << 100.0 << -1e-9 << 0.2 << 0.0 << 0.0 << "years";
    QTest::newRow("years NaN") << 100.0 << 100.0 << notANumber << 0.2 << 0.0 << 0.0 << "years";
    QTest::newRow("volatility negative") << 100.0 << 100.0 << 1.0 << -0.2 << 0.0 << 0.0 << "volatility";
    QTest::newRow("volatility infinite") << 100.0 << 100.0 << 1.0 << infinity << 0.0 << 0.0 << "volatility";
    QTest::newRow("rate NaN") << 100.0 << 100.0 << 1.0 << 0.2 << notANumber << 0.0 << "rate";
    QTest::newRow("yield infinite") << 100.0 << 100.0 << 1.0 << 0.2 << 0.0 << infinity << "dividend yield";
}

void BlackScholesTest::refusesBadInputs()
{
    QFETCH(double, spot);
    QFETCH(double, strike);
    QFETCH(double, years);
    QFETCH(double, vol);
    QFETCH(double, rate);
    QFETCH(double, yield);
    QFETCH(QString, field);
    const MarketPoint market{spot, rate, yield};
    QVERIFY(allNaN(blackScholes(Right::Call, market, strike, years, vol)));
    QVERIFY(allNaN(blackScholes(Right::Put, market, strike, years, vol)));
    QVERIFY(std::isnan(blackScholesPrice(Right::Put, market, strike, years, vol)));
    const auto checked = checkInputs(market, strike, years, vol);
    QVERIFY(!checked);
    QCOMPARE(QString::fromStdString(checked.error().field), field);
    QVERIFY(!reference::blackScholes(Right::Call, market, strike, years, vol));
}

QTEST_GUILESS_MAIN(BlackScholesTest)
#include "black_scholes_test.moc"
