#include "pricing/american/cash_dividends.h"

#include "american_cases.h"
#include "pricing/american/log_grid.h"
#include "reference_values.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

std::vector<CashDividend> dividendsOf(const reference_values::Row& row)
{
    const QStringList times = row.text("div_times").split(QLatin1Char(';'));
    const QStringList amounts = row.text("div_amounts").split(QLatin1Char(';'));
    std::vector<CashDividend> out;
    for (qsizetype i = 0; i < times.size(); ++i)
        out.push_back({times[i].toDouble(), amounts[i].toDouble()});
    return out;
}

using Price = double (*)(Right, const MarketPoint&, std::span<const CashDividend>, double, double, double);

struct Stock {
    MarketPoint market;
    std::vector<CashDividend> dividends;
    double strike = 0, years = 0, vol = 0;

    double price(Price engine, Right right) const { return engine(right, market, dividends, strike, years, vol); }
    double american(Right right) const { return price(americanPriceWithDividends, right); }
    double european(Right right) const { return price(europeanPriceWithDividends, right); }
};

Stock randomStock(base::Generator& generator)
{
    Stock out;
    out.market = {generator.uniform(20, 400), generator.uniform(0, 0.1), 0};
    out.years = generator.uniform(0.1, 2);
    out.vol = generator.uniform(0.1, 0.8);
    out.strike = out.market.spot * generator.uniform(0.7, 1.4);
    const auto count = generator.integer(1, 4);
    for (int i = 1; i <= count; ++i)
        out.dividends.push_back({out.years * (i - generator.uniform(0.1, 0.9)) / static_cast<double>(count),
                                 out.market.spot * generator.uniform(0.002, 0.03)});
    return out;
}

} // namespace

class AmericanDividendsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithExactValues();
    void gridAgreesWithQuadrature();
    void boundsAndParityHold();
    void isHomogeneous();
    void hasGreeksThatAreDerivatives();
    void withoutDividendsIsTheContinuousCase();
    void ignoresDividendsOutsideItsLife();
    void dividendAboveTheSpotTakesItToZero();
    void whatIsWorthNothingHasNoDelta();
    void manySpotsAreAsOne();
    void refusesBadInputs();
};

void AmericanDividendsTest::whatIsWorthNothingHasNoDelta()
{
    const std::array paid{CashDividend{0.05, 0.5}};
    const Greeks put = americanWithDividends(Right::Put, {100, 0.05, 0}, paid, 60, 0.1, 0.1),
                 call = americanWithDividends(Right::Call, {100, 0.03, 0.02}, paid, 150, 0.1, 0.1);
    for (const Greeks& each : {put, call}) {
        QVERIFY(each.price < 1e-9);
        QVERIFY(std::abs(each.delta) < 1e-6);
    }
}

void AmericanDividendsTest::manySpotsAreAsOne()
{
    const std::array paid{CashDividend{0.2, 1.5}};
    const std::array spots{70.0, 85.0, 97.0, 100.0, 104.0, 130.0};
    for (const Right right : {Right::Put, Right::Call}) {
        std::array<double, spots.size()> prices{}, deltas{};
        americanPricesWithDividends(right, {100, 0.05, 0.01}, paid, 100, 0.5, 0.25, spots, prices, deltas);
        for (std::size_t i = 0; i < spots.size(); ++i) {
            const Greeks one = americanWithDividends(right, {spots[i], 0.05, 0.01}, paid, 100, 0.5, 0.25);
            QVERIFY2(std::abs(prices[i] - one.price) < 1e-3, QByteArray::number(prices[i] - one.price));
            QVERIFY2(std::abs(deltas[i] - one.delta) < 1e-3, QByteArray::number(deltas[i] - one.delta));
        }
        std::array<double, 1> far{1e6}, price{}, delta{};
        americanPricesWithDividends(right, {100, 0.05, 0.01}, paid, 100, 0.5, 0.25, far, price, delta);
        QVERIFY(std::isnan(price[0]) && std::isnan(delta[0]));
    }
}

void AmericanDividendsTest::agreesWithExactValues()
{
    const auto rows = reference_values::read("dividend.csv");
    QCOMPARE(rows.size(), std::size_t(26));
    reference_values::Scores scores;
    for (const auto& row : rows) {
        const auto dividends = dividendsOf(row);
        const auto price =
            row.text("exercise") == QLatin1String("american") ? americanPriceWithDividends : europeanPriceWithDividends;
        const double ours = price(row.right(), {row.number("S"), row.number("r"), 0}, dividends, row.number("K"),
                                  row.number("T"), row.number("sigma"));
        scores.add(std::abs(ours - row.number("price")) / row.number("price_tol"), row.text("id"));
    }
    qInfo().noquote() << scores.summary("error over the file's own tolerance");
    QVERIFY(scores.worst() <= 1);
}

/// American calls by the two methods, which share nothing.
void AmericanDividendsTest::gridAgreesWithQuadrature()
{
    base::Generator generator(1);
    for (int count = 0; count < 10; ++count) {
        const Stock stock = randomStock(generator);
        const auto grid = american_detail::valueOnGrid(
            {Right::Call, stock.market, stock.strike, stock.years, stock.vol, true, stock.dividends}, {1600, 400});
        const Greeks exact =
            americanWithDividends(Right::Call, stock.market, stock.dividends, stock.strike, stock.years, stock.vol);
        QVERIFY2(std::abs(grid.price - exact.price) <= 2e-6 * stock.strike, qPrintable(QString::number(count)));
        QVERIFY(std::abs(grid.delta - exact.delta) <= 2e-5);
        QVERIFY(std::abs(grid.gamma - exact.gamma) * stock.market.spot <= 2e-3);
    }
}

void AmericanDividendsTest::boundsAndParityHold()
{
    base::Generator generator(2);
    for (int count = 0; count < 12; ++count) {
        const Stock stock = randomStock(generator);
        const double slack = 2e-6 * stock.strike;
        for (const Right right : {Right::Call, Right::Put}) {
            const double intrinsic = std::max(0.0, right == Right::Call ? stock.market.spot - stock.strike
                                                                        : stock.strike - stock.market.spot);
            QVERIFY(stock.american(right) >= std::max(stock.european(right), intrinsic) - slack);
            Stock up = stock;
            up.market.spot *= 1.01;
            const double rise = up.american(right) - stock.american(right);
            QVERIFY((right == Right::Call ? rise : -rise) >= -slack);
            Stock more = stock;
            more.dividends.front().amount *= 1.5;
            const double gain = more.american(right) - stock.american(right);
            QVERIFY((right == Right::Put ? gain : -gain) >= -slack);
        }
        // Parity, as long as no dividend is ever near to taking all.
        double paid = 0;
        for (const CashDividend& dividend : stock.dividends)
            paid += dividend.amount * std::exp(-stock.market.rate * dividend.years);
        const double forward = stock.market.spot - paid - stock.strike * std::exp(-stock.market.rate * stock.years);
        if (stock.vol * std::sqrt(stock.years) < 0.5)
            QVERIFY(std::abs(stock.european(Right::Call) - stock.european(Right::Put) - forward) <=
                    1e-8 * stock.strike);
    }
}

/// Spot, strike and dividends in another currency.
void AmericanDividendsTest::isHomogeneous()
{
    base::Generator generator(3);
    for (int count = 0; count < 6; ++count) {
        const Stock stock = randomStock(generator);
        Stock scaled = stock;
        scaled.market.spot *= 4;
        scaled.strike *= 4;
        for (CashDividend& dividend : scaled.dividends)
            dividend.amount *= 4;
        for (const Right right : {Right::Call, Right::Put}) {
            QVERIFY(std::abs(scaled.european(right) - 4 * stock.european(right)) <= 1e-10 * scaled.strike);
            QVERIFY(std::abs(scaled.american(right) - 4 * stock.american(right)) <= 1e-6 * scaled.strike);
        }
    }
}

void AmericanDividendsTest::hasGreeksThatAreDerivatives()
{
    const std::vector<CashDividend> dividends{{0.2, 1.5}, {0.45, 1.5}};
    const MarketPoint market{100, 0.04, 0};
    const double strike = 103, years = 0.5, vol = 0.3;
    struct Kind {
        Price price;
        Greeks greeks;
        Right right;
        double tolerance; // relative
    };
    for (const Kind& kind :
         {Kind{europeanPriceWithDividends, europeanWithDividends(Right::Put, market, dividends, strike, years, vol),
               Right::Put, 1e-5},
          Kind{americanPriceWithDividends, americanWithDividends(Right::Call, market, dividends, strike, years, vol),
               Right::Call, 1e-5},
          Kind{americanPriceWithDividends, americanWithDividends(Right::Put, market, dividends, strike, years, vol),
               Right::Put, 1e-3}}) {
        const auto at = [&](double spot, double rate, double sigma) {
            return kind.price(kind.right, {spot, rate, 0}, dividends, strike, years, sigma);
        };
        const auto agrees = [&](double value, double difference, double scale) {
            return std::abs(value - difference) <= kind.tolerance * scale;
        };
        QVERIFY(agrees(kind.greeks.delta, (at(101, 0.04, vol) - at(99, 0.04, vol)) / 2, 10 * 1.0));
        QVERIFY(agrees(kind.greeks.gamma, at(101, 0.04, vol) - 2 * at(100, 0.04, vol) + at(99, 0.04, vol), 1.0));
        QVERIFY(agrees(kind.greeks.vega, (at(100, 0.04, vol + 0.01) - at(100, 0.04, vol - 0.01)) / 0.02, 400));
        QVERIFY(agrees(kind.greeks.rho, (at(100, 0.042, vol) - at(100, 0.038, vol)) / 0.004, 100));
        // A day's passing brings the ex-dates nearer too.
        const double day = 1.0 / 365;
        std::vector<CashDividend> nearer = dividends;
        for (CashDividend& dividend : nearer)
            dividend.years -= day;
        const double later = kind.price(kind.right, market, nearer, strike, years - day, vol);
        QVERIFY(agrees(kind.greeks.theta, (later - kind.greeks.price) / day, 5000));
    }
}

void AmericanDividendsTest::withoutDividendsIsTheContinuousCase()
{
    const MarketPoint market{100, 0.04, 0.01};
    const Greeks ours = americanWithDividends(Right::Put, market, {}, 105, 0.5, 0.3);
    const Greeks theirs = american(Right::Put, market, 105, 0.5, 0.3);
    QCOMPARE(ours.price, theirs.price);
    QCOMPARE(ours.rho, theirs.rho);
    // A dividend of nothing, against a grid that thinks it has one.
    const std::vector<CashDividend> tiny{{0.25, 1e-9}};
    QVERIFY(std::abs(americanPriceWithDividends(Right::Put, market, tiny, 105, 0.5, 0.3) - theirs.price) < 1e-4);
    QVERIFY(std::abs(europeanPriceWithDividends(Right::Call, market, tiny, 105, 0.5, 0.3) -
                     blackScholesPrice(Right::Call, market, 105, 0.5, 0.3)) < 1e-8);
}

void AmericanDividendsTest::ignoresDividendsOutsideItsLife()
{
    const MarketPoint market{100, 0.04, 0};
    const std::vector<CashDividend> inside{{0.2, 1}}, around{{-0.1, 3}, {0.2, 1}, {0.5, 3}, {0.7, 3}};
    for (const Right right : {Right::Call, Right::Put})
        QCOMPARE(americanPriceWithDividends(right, market, around, 100, 0.5, 0.3),
                 americanPriceWithDividends(right, market, inside, 100, 0.5, 0.3));
}

void AmericanDividendsTest::dividendAboveTheSpotTakesItToZero()
{
    const MarketPoint market{10, 0.05, 0};
    const std::vector<CashDividend> all{{0.5, 1000}};
    QVERIFY(std::abs(europeanPriceWithDividends(Right::Put, market, all, 10, 1, 0.3) - 10 * std::exp(-0.05)) < 1e-10);
    QVERIFY(europeanPriceWithDividends(Right::Call, market, all, 10, 1, 0.3) < 1e-10);
    // Exercised on the eve, as a European call that expires there; the put is worth its strike after.
    QVERIFY(std::abs(americanPriceWithDividends(Right::Call, market, all, 10, 1, 0.3) -
                     blackScholesPrice(Right::Call, market, 10, 0.5, 0.3)) < 1e-8);
    QVERIFY(std::abs(americanPriceWithDividends(Right::Put, market, all, 10, 1, 0.3) - 10 * std::exp(-0.05 * 0.5)) <
            1e-4);
}

void AmericanDividendsTest::refusesBadInputs()
{
    const MarketPoint market{100, 0.04, 0};
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<CashDividend> negative{{0.2, -1}}, unordered{{0.3, 1}, {0.2, 1}}, endless{{infinity, 1}};
    for (const auto* dividends : {&negative, &unordered, &endless}) {
        QVERIFY(!checkDividends(*dividends).has_value());
        QVERIFY(std::isnan(americanPriceWithDividends(Right::Put, market, *dividends, 100, 1, 0.3)));
        QVERIFY(std::isnan(europeanWithDividends(Right::Put, market, *dividends, 100, 1, 0.3).vega));
    }
    QVERIFY(std::isnan(americanPriceWithDividends(Right::Put, {-1, 0, 0}, {}, 100, 1, 0.3)));
    QVERIFY(checkDividends({}).has_value());
}

QTEST_GUILESS_MAIN(AmericanDividendsTest)
#include "american_dividends_test.moc"
