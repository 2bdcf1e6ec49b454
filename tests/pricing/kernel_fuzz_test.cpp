#include "any_double.h"
#include "base/random.h"
#include "pricing/american/american.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/american/cash_dividends.h"
#include "pricing/heston/bates.h"
#include "pricing/implied_volatility.h"
#include "pricing/jump/merton.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;
using fuzz::anyDouble;

namespace
{

// QVERIFY2 would write every input down, also where all is well.
#define CHECK_INPUT(condition)                                                                                         \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            QFAIL((#condition " is false: " + in.text()).c_str());                                                     \
    } while (false)

struct Input {
    Right right = Right::Call;
    MarketPoint market;
    double strike = 0, years = 0;
    std::array<double, 8> model{}; ///< the parameters, in their struct's order

    std::string text() const
    {
        QString out = QStringLiteral("%1 S=%2 r=%3 q=%4 K=%5 T=%6")
                          .arg(right == Right::Call ? "call" : "put")
                          .arg(market.spot, 0, 'g', 17)
                          .arg(market.rate, 0, 'g', 17)
                          .arg(market.dividendYield, 0, 'g', 17)
                          .arg(strike, 0, 'g', 17)
                          .arg(years, 0, 'g', 17);
        for (const double each : model)
            out += QStringLiteral(" %1").arg(each, 0, 'g', 17);
        return out.toStdString();
    }
};

struct Range {
    double low = 0, high = 0;
};

struct Kernel {
    const char* name;
    std::function<std::vector<double>(const Input&)> values; ///< the price first
    std::function<bool(const Input&)> isAllowed;             ///< what checkInputs() says
    std::vector<Range> ranges;                               ///< of the parameters, where values must be known
    market::ExerciseStyle style;
    double tolerance; ///< of bounds, as a share of spot and strike
    int count;
};

HestonParameters hestonOf(const Input& in)
{
    return {in.model[0], in.model[1], in.model[2], in.model[3], in.model[4]};
}

BatesParameters batesOf(const Input& in)
{
    return {hestonOf(in), in.model[5], in.model[6], in.model[7]};
}

MertonParameters mertonOf(const Input& in)
{
    return {in.model[0], in.model[1], in.model[2], in.model[3]};
}

std::vector<double> listed(const Greeks& each)
{
    return {each.price, each.delta, each.gamma, each.vega, each.theta, each.rho};
}

std::vector<double> listed(const HestonValue& each)
{
    return {each.price, each.delta,   each.gamma,   each.theta,   each.rho,
            each.byV0,  each.byKappa, each.byTheta, each.bySigma, each.byRho};
}

const std::vector<Kernel>& kernels()
{
    using market::ExerciseStyle;
    const auto isAllowed = [](const Input& in) {
        return checkInputs(in.market, in.strike, in.years, in.model[0]).has_value();
    };
    const std::vector<Range> variance{{0.002, 1}, {0.05, 10}, {0.002, 1}, {0.01, 2}, {-0.95, 0.95}};
    std::vector<Range> varianceAndJumps = variance;
    for (const Range& each : {Range{0, 5}, Range{-0.4, 0.4}, Range{0.05, 0.4}})
        varianceAndJumps.push_back(each);
    static const std::vector<Kernel> table{
        {"black_scholes",
         [](const Input& in) {
             std::vector<double> out = listed(blackScholes(in.right, in.market, in.strike, in.years, in.model[0]));
             const HigherGreeks more = higherGreeks(in.right, in.market, in.strike, in.years, in.model[0]);
             out.insert(out.end(),
                        {more.vanna, more.volga, more.charm, more.speed, more.zomma, more.color, more.dividendRho});
             return out;
         },
         isAllowed,
         {{0.01, 2}},
         ExerciseStyle::European,
         1e-14,
         200'000},
        {"american",
         [](const Input& in) {
             return listed(pricing::american(in.right, in.market, in.strike, in.years, in.model[0]));
         },
         isAllowed,
         {{0.01, 2}},
         ExerciseStyle::American,
         1e-7,
         1'500},
        {"merton",
         [](const Input& in) {
             const MertonValue all = merton(in.right, in.market, in.strike, in.years, mertonOf(in));
             return std::vector<double>{all.price, all.delta,       all.gamma,      all.vega,           all.theta,
                                        all.rho,   all.byIntensity, all.byJumpMean, all.byJumpDeviation};
         },
         [](const Input& in) { return checkInputs(in.market, in.strike, in.years, mertonOf(in)).has_value(); },
         {{0.01, 2}, {0, 5}, {-0.4, 0.4}, {0, 0.4}},
         ExerciseStyle::European,
         1e-13,
         20'000},
        {"heston",
         [](const Input& in) { return listed(heston(in.right, in.market, in.strike, in.years, hestonOf(in))); },
         [](const Input& in) { return checkInputs(in.market, in.strike, in.years, hestonOf(in)).has_value(); },
         variance, ExerciseStyle::European, 1e-12, 20'000},
        {"bates", [](const Input& in) { return listed(bates(in.right, in.market, in.strike, in.years, batesOf(in))); },
         [](const Input& in) { return checkInputs(in.market, in.strike, in.years, batesOf(in)).has_value(); },
         varianceAndJumps, ExerciseStyle::European, 1e-9, 10'000}};
    return table;
}

Input anyInput(base::Generator& generator)
{
    Input out;
    out.right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
    out.market = {anyDouble(generator), anyDouble(generator), anyDouble(generator)};
    out.strike = anyDouble(generator);
    out.years = anyDouble(generator);
    for (double& each : out.model)
        each = anyDouble(generator);
    return out;
}

/// Minutes to ten years, strikes far into both wings.
Input mappedInput(base::Generator& generator, const std::vector<Range>& ranges)
{
    Input out;
    out.right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
    out.market = {std::exp(generator.uniform(0, 8)), generator.uniform(-0.02, 0.15), generator.uniform(-0.02, 0.15)};
    out.years = std::exp(generator.uniform(std::log(1e-3), std::log(10)));
    out.strike = out.market.spot * std::exp(generator.uniform(-2, 2) * std::sqrt(out.years));
    for (std::size_t i = 0; i < ranges.size(); ++i)
        out.model[i] = generator.uniform(ranges[i].low, ranges[i].high);
    return out;
}

struct Bounds {
    double low = 0, high = 0;
};

Bounds boundsOf(const Input& in, market::ExerciseStyle style)
{
    const double sign = in.right == Right::Call ? 1 : -1;
    const double spot = in.market.spot * std::exp(-in.market.dividendYield * in.years);
    const double strike = in.strike * std::exp(-in.market.rate * in.years);
    Bounds out{std::max(0.0, sign * (spot - strike)), in.right == Right::Call ? spot : strike};
    if (style == market::ExerciseStyle::American) {
        out.low = std::max(out.low, sign * (in.market.spot - in.strike));
        out.high = std::max(out.high, in.right == Right::Call ? in.market.spot : in.strike);
    }
    return out;
}

void addKernels()
{
    QTest::addColumn<int>("kernel");
    for (std::size_t i = 0; i < kernels().size(); ++i)
        QTest::newRow(kernels()[i].name) << static_cast<int>(i);
}

} // namespace

/// Random doubles into every kernel: first from the domain, where answers must be known and within their bounds, then of
/// any bits, where a refusal must be announced and nothing may be out of bounds.
class KernelFuzzTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsDomain_data() { addKernels(); }
    void knowsItsDomain();
    void survivesAnything_data() { addKernels(); }
    void survivesAnything();
    void inversionsSurviveAnything();
    void dividendsSurviveAnything();
};

void KernelFuzzTest::knowsItsDomain()
{
    QFETCH(int, kernel);
    const Kernel& each = kernels()[static_cast<std::size_t>(kernel)];
    base::Generator generator(1401);
    for (int i = 0; i < each.count; ++i) {
        const Input in = mappedInput(generator, each.ranges);
        CHECK_INPUT(each.isAllowed(in));
        const std::vector<double> values = each.values(in);
        for (const double value : values)
            CHECK_INPUT(std::isfinite(value));
        const Bounds bounds = boundsOf(in, each.style);
        const double slack = each.tolerance * (in.market.spot + in.strike);
        CHECK_INPUT(values.front() >= bounds.low - slack && values.front() <= bounds.high + slack);
    }
}

void KernelFuzzTest::survivesAnything()
{
    QFETCH(int, kernel);
    const Kernel& each = kernels()[static_cast<std::size_t>(kernel)];
    base::Generator generator(1402);
    int allowed = 0;
    for (int i = 0; i < each.count / 5; ++i) { // what is odd is slow: grids stand in for boundaries
        const Input in = anyInput(generator);
        const std::vector<double> values = each.values(in);
        if (!each.isAllowed(in)) {
            for (const double value : values)
                CHECK_INPUT(std::isnan(value));
            continue;
        }
        ++allowed;
        CHECK_INPUT(!(values.front() < 0));
    }
    QVERIFY(allowed > 0);
}

/// What an inversion finds gives the price back, and what it cannot find is NaN.
void KernelFuzzTest::inversionsSurviveAnything()
{
    base::Generator generator(1403);
    for (int i = 0; i < 50'000; ++i) {
        const Input in = anyInput(generator);
        const double vol = impliedVolatility(in.right, in.market, in.strike, in.years, in.model[0]);
        CHECK_INPUT(std::isnan(vol) || vol >= 0);
        CHECK_INPUT(std::isnan(vol) !=
                    solveImpliedVolatility(in.right, in.market, in.strike, in.years, in.model[0]).has_value());
    }
    for (int i = 0; i < 120; ++i) {
        const Input in = anyInput(generator);
        const double vol = americanImpliedVolatility(in.right, in.market, in.strike, in.years, in.model[0]);
        CHECK_INPUT(std::isnan(vol) || vol >= 0);
    }
    for (int i = 0; i < 500; ++i) {
        const Input in = mappedInput(generator, {{0.05, 1}});
        const double price = americanPrice(in.right, in.market, in.strike, in.years, in.model[0]);
        const double vol = americanImpliedVolatility(in.right, in.market, in.strike, in.years, price);
        if (std::isnan(vol))
            continue; // worth no more than without volatility, to the price's own digits
        const double again = americanPrice(in.right, in.market, in.strike, in.years, vol);
        CHECK_INPUT(std::abs(again - price) <= 1e-7 * in.strike);
    }
}

void KernelFuzzTest::dividendsSurviveAnything()
{
    base::Generator generator(1404);
    for (int i = 0; i < 300; ++i) {
        const Input in = anyInput(generator);
        const std::array<CashDividend, 2> paid{CashDividend{in.model[1], in.model[2]}, {in.model[3], in.model[4]}};
        const double price = europeanPriceWithDividends(in.right, in.market, paid, in.strike, in.years, in.model[0]);
        if (!checkInputs(in.market, in.strike, in.years, in.model[0]) || !checkDividends(paid))
            CHECK_INPUT(std::isnan(price));
        else
            CHECK_INPUT(!(price < 0));
    }
    for (int i = 0; i < 30; ++i) {
        const Input in = mappedInput(generator, {{0.05, 1}});
        const std::array<CashDividend, 2> paid{CashDividend{0.3 * in.years, 0.02 * in.market.spot},
                                               {0.7 * in.years, 0.02 * in.market.spot}};
        const double price = americanPriceWithDividends(in.right, in.market, paid, in.strike, in.years, in.model[0]);
        const double intrinsic =
            std::max(0.0, in.right == Right::Call ? in.market.spot - in.strike : in.strike - in.market.spot);
        CHECK_INPUT(price >= intrinsic - 1e-6 * in.strike);
        CHECK_INPUT(price <= boundsOf(in, market::ExerciseStyle::American).high + 1e-6 * in.strike);
    }
}

QTEST_GUILESS_MAIN(KernelFuzzTest)
#include "kernel_fuzz_test.moc"
