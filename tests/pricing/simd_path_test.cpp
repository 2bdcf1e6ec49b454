#include "pricing/simd_path.h"

#include "base/random.h"
#include "pricing/black_scholes.h"
#include "pricing/implied_volatility.h"
#include "reference_values.h"

#include <QtTest>

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <thread>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double eps = std::numeric_limits<double>::epsilon();

bool isSame(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Options that share nothing: a minute to five years, up to eight deviations from the money.
struct Options {
    std::vector<Right> rights;
    std::vector<double> spots, rates, yields, years, strikes, vols;

    Options(base::Generator& generator, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            rights.push_back(generator.integer(0, 1) == 0 ? Right::Call : Right::Put);
            spots.push_back(generator.uniform(1, 5000));
            rates.push_back(generator.uniform(-0.03, 0.12));
            yields.push_back(generator.uniform(-0.02, 0.1));
            years.push_back(std::exp(generator.uniform(std::log(1.0 / 525600), std::log(5.0))));
            vols.push_back(generator.uniform(0.02, 2));
            strikes.push_back(spots[i] * std::exp(generator.uniform(-8, 8) * vols[i] * std::sqrt(years[i])));
        }
    }
    std::size_t size() const { return strikes.size(); }
    MarketPoint market(std::size_t i) const { return {spots[i], rates[i], yields[i]}; }
    OptionsView view() const { return {rights, spots, rates, yields, years, strikes, vols}; }
};

constexpr std::size_t columnCount = 13;
using Row = std::array<double, columnCount>;

/// Every output of a batch, a column each.
struct Columns {
    std::array<std::vector<double>, columnCount> cells;

    explicit Columns(std::size_t count) { cells.fill(std::vector<double>(count, -7)); }
    GreeksView greeks() { return {cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]}; }
    HigherGreeksView higher() { return {cells[6], cells[7], cells[8], cells[9], cells[10], cells[11], cells[12]}; }
    Row row(std::size_t i) const
    {
        Row out{};
        for (std::size_t column = 0; column < columnCount; ++column)
            out[column] = cells[column][i];
        return out;
    }
};

Row scalar(Right right, const MarketPoint& market, double strike, double years, double vol)
{
    const Greeks g = blackScholes(right, market, strike, years, vol);
    const HigherGreeks h = higherGreeks(right, market, strike, years, vol);
    return {g.price, g.delta, g.gamma, g.vega,  g.theta, g.rho,        h.vanna,
            h.volga, h.charm, h.speed, h.zomma, h.color, h.dividendRho};
}

bool areSame(const Row& a, const Row& b)
{
    return std::ranges::equal(a, b, isSame);
}

void addPathRows()
{
    QTest::addColumn<int>("path");
    for (const SimdPath path : supportedSimdPaths())
        QTest::addRow("%s", std::string(simdPathName(path)).c_str()) << static_cast<int>(path);
}

} // namespace

class SimdPathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pinsNestAndStayOnTheirThread();
    void pricesAreExactOnEveryPath_data() { addPathRows(); }
    void pricesAreExactOnEveryPath();
    void volatilitiesAreExactOnEveryPath_data() { addPathRows(); }
    void volatilitiesAreExactOnEveryPath();
    void scalarStripAndBatchAreOne_data() { addPathRows(); }
    void scalarStripAndBatchAreOne();
    void badLaneStaysAlone_data() { addPathRows(); }
    void badLaneStaysAlone();
    void pathsAgree();
    void volatilityPathsAgree();
};

void SimdPathTest::pinsNestAndStayOnTheirThread()
{
    const auto paths = supportedSimdPaths();
    QVERIFY(!paths.empty());
    QCOMPARE(paths.front(), SimdPath::Baseline);
    QCOMPARE(simdPath(), paths.back());
    {
        const SimdPathPin outer(SimdPath::Baseline);
        QCOMPARE(simdPath(), SimdPath::Baseline);
        {
            const SimdPathPin inner(paths.back());
            QCOMPARE(simdPath(), paths.back());
        }
        QCOMPARE(simdPath(), SimdPath::Baseline);
        SimdPath elsewhere{};
        std::jthread([&] { elsewhere = simdPath(); }).join();
        QCOMPARE(elsewhere, paths.back());
    }
    QCOMPARE(simdPath(), paths.back());
    for (const SimdPath path : paths)
        QVERIFY(!simdPathName(path).empty());
}

void SimdPathTest::pricesAreExactOnEveryPath()
{
    QFETCH(int, path);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    reference_values::Scores scores;
    for (const auto& row : reference_values::read("black_scholes.csv")) {
        const double exact = row.number("price");
        if (exact <= 1e-290)
            continue;
        const double spot = row.number("S");
        const double vol = row.number("sigma");
        const double price = blackScholesPrice(row.right(), {spot, row.number("r"), row.number("q")}, row.number("K"),
                                               row.number("T"), vol);
        const double bySpot = row.number("delta") * spot / exact;
        const double condition = 1 + std::abs(bySpot) + std::abs(1 - bySpot) + row.number("vega") * vol / exact;
        scores.add(std::abs(price - exact) / exact / (4 * eps * condition), row.text("id"));
    }
    qInfo("%s", qPrintable(scores.summary("price")));
    QVERIFY(scores.worst() >= 0 && scores.worst() <= 1);
}

void SimdPathTest::volatilitiesAreExactOnEveryPath()
{
    QFETCH(int, path);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    reference_values::Scores scores;
    for (const auto& row : reference_values::read("implied_vol.csv")) {
        const double found = impliedVolatility(row.right(), {row.number("S"), row.number("r"), row.number("q")},
                                               row.number("K"), row.number("T"), row.number("price"));
        const double exact = row.number("sigma");
        const double knowable = row.number("sigma_half_ulp_price") + row.number("sigma_cond_inputs");
        scores.add(std::abs(found - exact) / std::max(4 * knowable, 4 * eps * exact), row.text("id"));
    }
    qInfo("%s", qPrintable(scores.summary("volatility")));
    QVERIFY(scores.worst() >= 0 && scores.worst() <= 1);
}

void SimdPathTest::scalarStripAndBatchAreOne()
{
    QFETCH(int, path);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    base::Generator generator(301);
    for (std::size_t count = 0; count < 35; ++count) { // every remainder of every width
        const Options options(generator, count);
        Columns batch(count);
        blackScholesBatch(options.view(), batch.greeks(), batch.higher());
        for (std::size_t i = 0; i < count; ++i)
            QVERIFY(areSame(batch.row(i), scalar(options.rights[i], options.market(i), options.strikes[i],
                                                 options.years[i], options.vols[i])));
        if (count == 0)
            continue;
        Columns strip(count);
        blackScholesStrip(options.rights[0], options.market(0), options.years[0], options.strikes, options.vols,
                          strip.greeks(), strip.higher());
        std::vector<double> found(count, -7);
        impliedVolatilityStrip(options.rights[0], options.market(0), options.years[0], options.strikes, strip.cells[0],
                               found);
        for (std::size_t i = 0; i < count; ++i) {
            QVERIFY(areSame(strip.row(i), scalar(options.rights[0], options.market(0), options.strikes[i],
                                                 options.years[0], options.vols[i])));
            const double alone = impliedVolatility(options.rights[0], options.market(0), options.strikes[i],
                                                   options.years[0], strip.cells[0][i]);
            QVERIFY(isSame(found[i], alone) || (std::isnan(found[i]) && std::isnan(alone)));
        }
    }
}

void SimdPathTest::badLaneStaysAlone()
{
    QFETCH(int, path);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
    base::Generator generator(302);
    Options options(generator, 12);
    options.spots[1] = 0;
    options.rates[2] = notANumber;
    options.yields[3] = infinity;
    options.years[4] = -1e-9;
    options.strikes[5] = infinity;
    options.vols[6] = -0.2;
    options.vols[7] = 0;   // not bad: a limit
    options.years[8] = 0;  // the same
    options.vols[9] = 1e9; // the other end
    Columns out(options.size());
    blackScholesBatch(options.view(), out.greeks(), out.higher());
    for (std::size_t i = 0; i < options.size(); ++i) {
        const bool isBad = i >= 1 && i <= 6;
        for (const double cell : out.row(i))
            QCOMPARE(std::isnan(cell), isBad);
    }
}

/// A path's rounding: 4 eps of the price times its condition, 1e-14 of a first-order Greek's scale. The wide paths make
/// the same operations one for one.
void SimdPathTest::pathsAgree()
{
    base::Generator generator(303);
    const Options options(generator, 20'000);
    std::vector<Columns> found;
    for (const SimdPath path : supportedSimdPaths()) {
        const SimdPathPin pin(path);
        Columns& columns = found.emplace_back(options.size());
        blackScholesBatch(options.view(), columns.greeks(), columns.higher());
    }
    double worst = 0;
    for (std::size_t i = 0; i < options.size(); ++i) {
        const Row base = found.front().row(i);
        if (base[0] < 1e-290)
            continue;
        const double spot = options.spots[i];
        const double root = std::sqrt(options.years[i]);
        const double bySpot = base[1] * spot / base[0];
        const double condition = 1 + std::abs(bySpot) + std::abs(1 - bySpot) + base[3] * options.vols[i] / base[0];
        for (const Columns& each : found) {
            const Row row = each.row(i);
            worst = std::max(worst, std::abs(row[0] - base[0]) / base[0] / (eps * condition));
            QVERIFY(std::abs(row[1] - base[1]) <= 1e-14);
            QVERIFY(std::abs(row[2] - base[2]) <= 1e-14 / (spot * options.vols[i] * root));
            QVERIFY(std::abs(row[3] - base[3]) <= 1e-14 * spot * root);
        }
        for (std::size_t path = 2; path < found.size(); ++path)
            QVERIFY(areSame(found[path].row(i), found[1].row(i)));
    }
    qInfo("worst difference of prices between paths: %.3g eps of the condition", worst);
    QVERIFY(worst <= 4);
}

void SimdPathTest::volatilityPathsAgree()
{
    base::Generator generator(304);
    double worst = 0;
    int compared = 0;
    for (int i = 0; i < 20'000; ++i) {
        const Options one(generator, 1);
        const Greeks greeks = blackScholes(one.rights[0], one.market(0), one.strikes[0], one.years[0], one.vols[0]);
        const double leg = one.spots[0] + one.strikes[0];
        const double knowable = eps * (one.vols[0] + 2 * leg / greeks.vega);
        if (!(knowable < 1e-3 * one.vols[0]))
            continue;
        std::vector<double> found;
        for (const SimdPath path : supportedSimdPaths()) {
            const SimdPathPin pin(path);
            found.push_back(
                impliedVolatility(one.rights[0], one.market(0), one.strikes[0], one.years[0], greeks.price));
            worst = std::max(worst, std::abs(found.back() - found.front()) / knowable);
        }
        ++compared;
    }
    qInfo("worst difference of volatilities between paths: %.3g of what is knowable, %d compared", worst, compared);
    QVERIFY(compared > 10'000);
    QVERIFY(worst <= 2);
}

QTEST_GUILESS_MAIN(SimdPathTest)
#include "simd_path_test.moc"
