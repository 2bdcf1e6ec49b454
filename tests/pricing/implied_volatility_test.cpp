#include "pricing/implied_volatility.h"

#include "base/random.h"
#include "pricing/normalised_black.h"
#include "pricing/reference/quantlib.h"
#include "reference_values.h"

#include <QtTest>

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

} // namespace

class ImpliedVolatilityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesExactValues();
    void roundTrips();
    void solvesTheWholePlane();
    void lanesSolveTheWholePlane();
    void normalisedBlackHasItsDerivatives();
    void stripIsTheScalar();
    void answersNothing_data();
    void answersNothing();
    void intrinsicValueIsZeroVolatility();
    void agreesWithQuantLib();
};

/// Score: error over 4 (half an ulp of the price over vega + one rounding of the inputs), at least 4 eps sigma. Rows
/// without rates have exact inputs, so they also pass without the second term.
void ImpliedVolatilityTest::matchesExactValues()
{
    const auto rows = reference_values::read("implied_vol.csv");
    QCOMPARE(rows.size(), std::size_t{468});
    reference_values::Scores score;
    reference_values::Scores strict;
    for (const auto& row : rows) {
        const double rate = row.number("r");
        const double yield = row.number("q");
        const double found = impliedVolatility(row.right(), {row.number("S"), rate, yield}, row.number("K"),
                                               row.number("T"), row.number("price"));
        const double exact = row.number("sigma");
        const double byPrice = row.number("sigma_half_ulp_price");
        const double byInputs = row.number("sigma_cond_inputs");
        const double error = std::abs(found - exact);
        score.add(error / std::max(4 * (byPrice + byInputs), 4 * eps * exact), row.text("id"));
        const bool isExactInput = rate == 0 && yield == 0 && row.text("tag") != QLatin1String("black_itm");
        if (isExactInput)
            strict.add(error / std::max(4 * byPrice, 4 * eps * exact), row.text("id"));
    }
    qInfo("%s", qPrintable(score.summary("score")));
    qInfo("%s", qPrintable(strict.summary("score without the inputs' rounding")));
    QVERIFY(score.worst() <= 1);
    QVERIFY(strict.worst() <= 1);
}

void ImpliedVolatilityTest::roundTrips()
{
    base::Generator generator(201);
    for (int i = 0; i < 50'000; ++i) {
        const Right right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
        const MarketPoint market{generator.uniform(5, 5000), generator.uniform(-0.03, 0.12),
                                 generator.uniform(-0.02, 0.1)};
        const double years = std::exp(generator.uniform(std::log(1e-5), std::log(3.0)));
        const double vol = generator.uniform(0.02, 3);
        const double strike = market.spot * std::exp(generator.uniform(-4, 4) * vol * std::sqrt(years));
        const Greeks greeks = blackScholes(right, market, strike, years, vol);
        const double found = impliedVolatility(right, market, strike, years, greeks.price);
        // The price carries a few roundings of the two legs; that over vega is all the volatility can know.
        const double doubt = 8 * eps * (market.spot + strike) * 1.5 / greeks.vega + 8 * eps * vol;
        if (doubt > 0.1 * vol)
            continue;
        QVERIFY2(std::abs(found - vol) <= doubt, qPrintable(QStringLiteral("S=%1 K=%2 T=%3 vol=%4 found=%5 doubt=%6")
                                                                .arg(market.spot, 0, 'g', 17)
                                                                .arg(strike, 0, 'g', 17)
                                                                .arg(years, 0, 'g', 17)
                                                                .arg(vol, 0, 'g', 17)
                                                                .arg(found, 0, 'g', 17)
                                                                .arg(doubt)));
    }
}

void ImpliedVolatilityTest::solvesTheWholePlane()
{
    base::Generator generator(202);
    int solved = 0;
    for (int i = 0; i < 100'000; ++i) {
        const double x = -std::pow(10, generator.uniform(-12, 2.5));
        const double s = std::pow(10, generator.uniform(-6, 1.2));
        const NormalisedBlack b = normalisedBlack(x, s);
        const double complement = normalisedBlackComplement(x, s);
        if (b.value < 1e-300 || complement < 1e-300)
            continue;
        const double found = solveNormalisedBlack(x, b.value, complement);
        const double knowable = b.value < complement ? b.value : complement;
        const double doubt = 16 * eps * (s + knowable / b.slope);
        QVERIFY2(
            std::abs(found - s) <= doubt,
            qPrintable(
                QStringLiteral("x=%1 s=%2 found=%3").arg(x, 0, 'g', 17).arg(s, 0, 'g', 17).arg(found, 0, 'g', 17)));
        ++solved;
    }
    QVERIFY(solved > 30'000);
    QVERIFY(std::isnan(solveNormalisedBlack(0.1, 0.1, 0.9)));
    QVERIFY(std::isnan(solveNormalisedBlack(-0.1, 0, 0.9)));
    QVERIFY(std::isnan(solveNormalisedBlack(-0.1, 0.1, 0)));
    QVERIFY(std::isnan(solveNormalisedBlack(notANumber, 0.1, 0.9)));
}

/// The same through the public function: what the lanes solve.
/// Bound: 16 eps of the volatility, of what the price (or its bound, when nearer) knows and of ln K, which is rounded.
void ImpliedVolatilityTest::lanesSolveTheWholePlane()
{
    base::Generator generator(206);
    std::vector<double> strikes;
    std::vector<double> prices;
    std::vector<double> exact;
    std::vector<double> doubts;
    for (int i = 0; i < 200'000; ++i) {
        const double strike = std::exp(std::pow(10, generator.uniform(-12, 2)));
        const double x = -std::log(strike);
        const double s = std::pow(10, generator.uniform(-6, 1.2));
        const NormalisedBlack b = normalisedBlack(x, s);
        const double price = b.value * std::sqrt(strike);
        const double known = b.value < normalisedBlackComplement(x, s) ? b.value : std::exp(0.5 * x);
        const double doubt = 16 * eps * (s + known / b.slope + 2);
        if (b.value < 1e-300 || price >= 1 || !(doubt < 0.1 * s))
            continue;
        strikes.push_back(strike);
        prices.push_back(price);
        exact.push_back(s);
        doubts.push_back(doubt);
    }
    QVERIFY(strikes.size() > 100'000);
    std::vector<double> found(strikes.size());
    impliedVolatilityStrip(Right::Call, {1, 0, 0}, 1, strikes, prices, found);
    for (std::size_t i = 0; i < found.size(); ++i)
        QVERIFY2(std::abs(found[i] - exact[i]) <= doubts[i],
                 qPrintable(QStringLiteral("K=%1 price=%2 found=%3 exact=%4")
                                .arg(strikes[i], 0, 'g', 17)
                                .arg(prices[i], 0, 'g', 17)
                                .arg(found[i], 0, 'g', 17)
                                .arg(exact[i], 0, 'g', 17)));
}

void ImpliedVolatilityTest::normalisedBlackHasItsDerivatives()
{
    base::Generator generator(203);
    for (int i = 0; i < 2000; ++i) {
        const double s = generator.uniform(0.3, 5);
        const double x = -generator.uniform(0, 3) * s; // beyond three deviations differences are too rough to compare
        const double step = 1e-4 * s;
        const NormalisedBlack b = normalisedBlack(x, s);
        const NormalisedBlack up = normalisedBlack(x, s + step);
        const NormalisedBlack down = normalisedBlack(x, s - step);
        const auto isNear = [](double a, double expected, double size) {
            return std::abs(a - expected) <= 1e-5 * size;
        };
        QVERIFY(isNear(b.logSlope, (up.logValue - down.logValue) / (2 * step), 1 + std::abs(b.logSlope)));
        QVERIFY(isNear(b.curvatureRatio, (up.slope - down.slope) / (2 * step * b.slope), 1 + x * x / (s * s * s)));
        const double third = (up.slope - 2 * b.slope + down.slope) / (step * step * b.slope);
        QVERIFY(isNear(b.thirdRatio, third, 10 + std::pow(x, 4) / std::pow(s, 6)));
        QVERIFY(std::abs(b.value + normalisedBlackComplement(x, s) - std::exp(0.5 * x)) <= 4 * eps);
        QVERIFY(std::abs(std::exp(b.logValue) - b.value) <= 1e-12 * b.value);
    }
}

void ImpliedVolatilityTest::stripIsTheScalar()
{
    base::Generator generator(204);
    const MarketPoint market{100, 0.04, 0.01};
    std::vector<double> strikes;
    std::vector<double> prices;
    for (int i = 0; i < 1001; ++i) {
        strikes.push_back(generator.uniform(50, 200));
        prices.push_back(generator.uniform(-1, 60)); // some have no volatility
    }
    strikes[3] = notANumber;
    prices[4] = infinity;
    for (const Right right : {Right::Call, Right::Put}) {
        std::vector<double> vols(strikes.size());
        impliedVolatilityStrip(right, market, 0.5, strikes, prices, vols);
        int known = 0;
        for (std::size_t i = 0; i < strikes.size(); ++i) {
            const double scalar = impliedVolatility(right, market, strikes[i], 0.5, prices[i]);
            QVERIFY(std::bit_cast<std::uint64_t>(vols[i]) == std::bit_cast<std::uint64_t>(scalar) ||
                    (std::isnan(vols[i]) && std::isnan(scalar)));
            QCOMPARE(solveImpliedVolatility(right, market, strikes[i], 0.5, prices[i]).has_value(),
                     !std::isnan(scalar));
            known += std::isnan(scalar) ? 0 : 1;
        }
        QVERIFY(known > 300 && known < 900);
        QVERIFY(std::isnan(vols[3]) && std::isnan(vols[4]));
    }
}

void ImpliedVolatilityTest::answersNothing_data()
{
    QTest::addColumn<bool>("isCall");
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("strike");
    QTest::addColumn<double>("years");
    QTest::addColumn<double>("price");
    QTest::addColumn<QString>("field");
    QTest::newRow("below intrinsic") << true << 100.0 << 90.0 << 1.0 << 9.0 << "price";
    QTest::newRow("negative") << true << 100.0 << 110.0 << 1.0 << -0.01 << "price";
    QTest::newRow("call worth the spot") << true << 100.0 << 90.0 << 1.0 << 100.0 << "price";
    QTest::newRow("put worth the strike") << false << 100.0 << 90.0 << 1.0 << 90.0 << "price";
    QTest::newRow("NaN") << true << 100.0 << 90.0 << 1.0 << notANumber << "price";
    QTest::newRow("infinite") << true << 100.0 << 90.0 << 1.0 << infinity << "price";
    QTest::newRow("expired") << true << 100.0 << 90.0 << 0.0 << 10.0 << "years";
    QTest::newRow("no strike") << true << 100.0 << 0.0 << 1.0 << 10.0 << "strike";
    QTest::newRow("no spot") << true << notANumber << 90.0 << 1.0 << 10.0 << "spot";
}

void ImpliedVolatilityTest::answersNothing()
{
    QFETCH(bool, isCall);
    QFETCH(double, spot);
    QFETCH(double, strike);
    QFETCH(double, years);
    QFETCH(double, price);
    QFETCH(QString, field);
    const Right right = isCall ? Right::Call : Right::Put;
    const MarketPoint market{spot, 0.05, 0.02};
    QVERIFY(std::isnan(impliedVolatility(right, market, strike, years, price)));
    const auto solved = solveImpliedVolatility(right, market, strike, years, price);
    QVERIFY(!solved);
    QCOMPARE(QString::fromStdString(solved.error().field), field);
    QVERIFY(!solved.error().allowed.empty());
}

void ImpliedVolatilityTest::intrinsicValueIsZeroVolatility()
{
    QCOMPARE(impliedVolatility(Right::Call, {100, 0, 0}, 90, 1, 10), 0.0);
    QCOMPARE(impliedVolatility(Right::Call, {100, 0, 0}, 110, 1, 0), 0.0);
    const double barely = impliedVolatility(Right::Call, {100, 0, 0}, 110, 1, 1e-300);
    QVERIFY(barely > 0 && barely < 0.01);
}

void ImpliedVolatilityTest::agreesWithQuantLib()
{
    base::Generator generator(205);
    const MarketPoint market{100, 0.03, 0.01};
    std::vector<double> strikes;
    std::vector<double> vols;
    for (int i = 0; i < 500; ++i) {
        strikes.push_back(generator.uniform(70, 140));
        vols.push_back(generator.uniform(0.1, 0.8));
    }
    std::vector<double> prices(strikes.size());
    std::vector<double> theirs(strikes.size());
    std::vector<double> ours(strikes.size());
    QVERIFY(reference::blackFormulaStrip(Right::Put, market, 0.5, strikes, vols, prices));
    QVERIFY(reference::impliedVolatilityStrip(Right::Put, market, 0.5, strikes, prices, theirs));
    impliedVolatilityStrip(Right::Put, market, 0.5, strikes, prices, ours);
    for (std::size_t i = 0; i < strikes.size(); ++i) {
        QVERIFY(std::abs(ours[i] - vols[i]) <= 1e-9);
        QVERIFY(std::isnan(theirs[i]) || std::abs(ours[i] - theirs[i]) <= 1e-7);
    }
}

QTEST_GUILESS_MAIN(ImpliedVolatilityTest)
#include "implied_volatility_test.moc"
