#include "learning/pricer/neural_prices.h"

#include "base/random.h"
#include "pricing/heston/american_heston.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace vegadesk;
using learning::NetworkPricer;
using learning::NeuralAmericanHeston;
using learning::NeuralPrices;
using learning::NeuralValue;
using pricing::HestonParameters;
using pricing::MarketPoint;
using pricing::Right;

namespace
{

constexpr MarketPoint market{100, 0.05, 0.02};
constexpr HestonParameters law{0.05, 2, 0.07, 0.5, -0.6};

/// A strip of one side at some strikes.
struct Strip {
    std::vector<double> strikes, price, delta, gamma, theta, rho, byV0, byKappa, byTheta, bySigma, byRho, bound;

    explicit Strip(std::vector<double> at) : strikes(std::move(at))
    {
        for (auto* const column :
             {&price, &delta, &gamma, &theta, &rho, &byV0, &byKappa, &byTheta, &bySigma, &byRho, &bound})
            column->resize(strikes.size());
    }
    learning::NeuralHestonView view()
    {
        return {price, delta, gamma, theta, rho, byV0, byKappa, byTheta, bySigma, byRho, bound};
    }
};

std::vector<double> strikesAbout(double spot)
{
    std::vector<double> out;
    for (int i = -20; i <= 20; ++i)
        out.push_back(spot * std::exp(0.015 * i));
    return out;
}

} // namespace

class NeuralPricesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricesKeepTheirBounds_data();
    void pricesKeepTheirBounds();
    void stripsKeepTheirBounds_data();
    void stripsKeepTheirBounds();
    void slopesAreThePrices();
    void noPriceInvitesArbitrage_data();
    void noPriceInvitesArbitrage();
    void greeksAreNearTheTeachers();
    void gammaIsSmoothWhereTheForwardIsTheStrike();
    void thetaKnowsThatTheExDateComesNearer();
    void oneAtATimeIsAStrip();
    void whatIsNeverExercisedEarlyIsEuropean();
    void whatIsOutsideIsNamed();
    void aMissingFileIsNamed();
    void aDamagedFileIsNamed();

private:
    static void addSides();
};

void NeuralPricesTest::addSides()
{
    QTest::addColumn<int>("side");
    QTest::newRow("puts") << static_cast<int>(Right::Put);
    QTest::newRow("calls") << static_cast<int>(Right::Call);
}

void NeuralPricesTest::pricesKeepTheirBounds_data()
{
    QTest::addColumn<QString>("teacher");
    for (const auto& each : learning::teachers())
        QTest::newRow(std::string(each->id()).c_str()) << QString::fromStdString(std::string(each->id()));
}

/// At random points that neither training nor the report have seen.
void NeuralPricesTest::pricesKeepTheirBounds()
{
    QFETCH(QString, teacher);
    const auto opened = NetworkPricer::open(teacher.toStdString());
    QVERIFY2(opened, opened ? "" : opened.error().message().c_str());
    const NetworkPricer& pricer = **opened;
    const auto inputs = pricer.teacher().inputs();
    base::Generator chance(99);
    constexpr std::size_t count = 200;
    std::vector<double> samples, prices(count), bounds(count);
    for (std::size_t row = 0; row < count; ++row) {
        for (const learning::InputRange& input : inputs)
            samples.push_back(chance.uniform(input.low, input.high));
    }
    pricer.price(samples, prices, bounds);
    for (std::size_t row = 0; row < count; ++row) {
        const learning::Sample sample = std::span<const double>(samples).subspan(row * inputs.size(), inputs.size());
        const double exact = pricer.teacher().price(sample);
        QVERIFY2(std::abs(prices[row] - exact) <= bounds[row],
                 QByteArray::number(prices[row] - exact) + " beyond " + QByteArray::number(bounds[row]));
    }
    // One outside is not known, and its neighbours are as before.
    std::vector<double> again(count);
    samples[inputs.size()] = inputs[0].high + 1;
    pricer.price(samples, again, bounds);
    QVERIFY(std::isnan(again[1]) && std::isnan(bounds[1]));
    QCOMPARE(again[0], prices[0]);
    QCOMPARE(again[2], prices[2]);
}

void NeuralPricesTest::stripsKeepTheirBounds_data()
{
    addSides();
}

void NeuralPricesTest::stripsKeepTheirBounds()
{
    QFETCH(int, side);
    const auto right = static_cast<Right>(side);
    const auto networks = NeuralAmericanHeston::open().value();
    for (const double years : {0.05, 0.3, 1.0}) {
        Strip strip(strikesAbout(market.spot));
        networks->strip(right, market, years, law, strip.strikes, strip.view());
        std::vector<double> exact(strip.strikes.size());
        pricing::AmericanHestonView view;
        view.price = exact;
        pricing::americanHestonStrip(right, market, years, law, strip.strikes, view);
        int inBox = 0;
        for (std::size_t i = 0; i < exact.size(); ++i) {
            const bool isInBox = networks->checkBox(right, market, strip.strikes[i], years, law).has_value();
            QCOMPARE(std::isfinite(strip.price[i]), isInBox);
            inBox += isInBox ? 1 : 0;
            QVERIFY(!isInBox || std::abs(strip.price[i] - exact[i]) <= strip.bound[i]);
        }
        QVERIFY(inBox > 20);
    }
}

/// What is handed out as derivatives are those of the price that is handed out.
void NeuralPricesTest::slopesAreThePrices()
{
    const auto networks = NeuralAmericanHeston::open().value();
    for (const Right right : {Right::Put, Right::Call}) {
        const auto priceOf = [&](const MarketPoint& at, double years, const HestonParameters& p) {
            Strip strip({104});
            networks->strip(right, at, years, p, strip.strikes, strip.view());
            return strip.price[0];
        };
        Strip strip({104});
        networks->strip(right, market, 0.6, law, strip.strikes, strip.view());
        const auto isNear = [](double found, double above, double below, double step, double scale) {
            return std::abs(found - (above - below) / (2 * step)) < 2e-3 * scale;
        };
        const auto spot = [&](double by) {
            return priceOf({market.spot + by, market.rate, market.dividendYield}, 0.6, law);
        };
        QVERIFY(isNear(strip.delta[0], spot(0.5), spot(-0.5), 0.5, 1));
        QVERIFY(std::abs(strip.gamma[0] - (spot(1) - 2 * spot(0) + spot(-1))) < 2e-3);
        QVERIFY(isNear(-strip.theta[0], priceOf(market, 0.61, law), priceOf(market, 0.59, law), 0.01, 10));
        const auto rate = [&](double by) {
            return priceOf({market.spot, market.rate + by, market.dividendYield}, 0.6, law);
        };
        QVERIFY(isNear(strip.rho[0], rate(1e-3), rate(-1e-3), 1e-3, 60));
        const auto moved = [&](double HestonParameters::* member, double by) {
            HestonParameters p = law;
            p.*member += by;
            return priceOf(market, 0.6, p);
        };
        for (const auto& [member, column, step, scale] : {std::tuple{&HestonParameters::v0, &Strip::byV0, 1e-3, 50.0},
                                                          {&HestonParameters::kappa, &Strip::byKappa, 0.05, 1.0},
                                                          {&HestonParameters::theta, &Strip::byTheta, 1e-3, 50.0},
                                                          {&HestonParameters::sigma, &Strip::bySigma, 0.01, 10.0},
                                                          {&HestonParameters::rho, &Strip::byRho, 0.01, 5.0}})
            QVERIFY(isNear((strip.*column)[0], moved(member, step), moved(member, -step), step, scale));
    }
}

void NeuralPricesTest::noPriceInvitesArbitrage_data()
{
    addSides();
}

/// By construction between exercise, the European price and what early exercise earns at most; by its bound rising and bent as
/// strikes ask.
void NeuralPricesTest::noPriceInvitesArbitrage()
{
    QFETCH(int, side);
    const auto right = static_cast<Right>(side);
    const double sign = right == Right::Put ? 1 : -1;
    const auto networks = NeuralAmericanHeston::open().value();
    for (const double years : {0.1, 0.5, 1.5}) {
        Strip strip(strikesAbout(market.spot));
        networks->strip(right, market, years, law, strip.strikes, strip.view());
        for (std::size_t i = 0; i < strip.strikes.size(); ++i) {
            if (!std::isfinite(strip.price[i]))
                continue;
            const double strike = strip.strikes[i], european = pricing::hestonPrice(right, market, strike, years, law);
            QVERIFY(strip.price[i] >= sign * (strike - market.spot));
            QVERIFY(strip.price[i] >= european - 1e-9);
            if (i == 0 || !std::isfinite(strip.price[i - 1]))
                continue;
            const double slope = (strip.price[i] - strip.price[i - 1]) / (strike - strip.strikes[i - 1]);
            const double slack = (strip.bound[i] + strip.bound[i - 1]) / (strike - strip.strikes[i - 1]);
            QVERIFY(sign * slope >= -slack && sign * slope <= 1 + slack);
        }
    }
}

void NeuralPricesTest::greeksAreNearTheTeachers()
{
    NeuralPrices networks;
    const std::array<pricing::CashDividend, 1> paid{pricing::CashDividend{0.2, 1}};
    for (const double strike : {90.0, 100.0, 112.0}) {
        for (const Right right : {Right::Put, Right::Call}) {
            const std::array pairs{std::pair{networks.blackScholes(right, market, strike, 0.5, 0.25),
                                             pricing::blackScholes(right, market, strike, 0.5, 0.25)},
                                   std::pair{networks.american(right, market, paid, strike, 0.5, 0.25),
                                             pricing::americanWithDividends(right, market, paid, strike, 0.5, 0.25)}};
            for (const auto& [found, exact] : pairs) {
                QVERIFY2(found, found ? "" : found.error().message().c_str());
                const pricing::Greeks& greeks = found->greeks;
                QVERIFY(std::abs(greeks.price - exact.price) <= found->bound);
                QVERIFY(std::abs(greeks.delta - exact.delta) < 5e-3);
                QVERIFY(std::abs(greeks.gamma - exact.gamma) < 3e-3);
                QVERIFY(std::abs(greeks.vega - exact.vega) < 0.3);
                QVERIFY(std::abs(greeks.theta - exact.theta) < 0.5);
                QVERIFY(std::abs(greeks.rho - exact.rho) < 1.5);
            }
        }
    }
}

void NeuralPricesTest::gammaIsSmoothWhereTheForwardIsTheStrike()
{
    NeuralPrices networks;
    for (const double yield : {0.03, 0.0301, 0.031}) {
        const MarketPoint flat{100, 0.03, yield};
        const double gamma = networks.blackScholes(Right::Call, flat, 100, 0.5, 0.2).value().greeks.gamma;
        QVERIFY2(std::abs(gamma - pricing::blackScholes(Right::Call, flat, 100, 0.5, 0.2).gamma) < 2e-3,
                 QByteArray::number(gamma));
    }
}

void NeuralPricesTest::thetaKnowsThatTheExDateComesNearer()
{
    NeuralPrices networks;
    const std::array paid{pricing::CashDividend{0.4, 3}};
    const MarketPoint rich{98, 0.08, 0};
    const double exact = pricing::americanWithDividends(Right::Put, rich, paid, 100, 0.5, 0.15).theta,
                 found = networks.american(Right::Put, rich, paid, 100, 0.5, 0.15).value().greeks.theta;
    QVERIFY2(std::abs(found - exact) < 0.5, QByteArray::number(found - exact)); // without it 2.6 off
}

void NeuralPricesTest::oneAtATimeIsAStrip()
{
    NeuralPrices networks;
    const auto strips = NeuralAmericanHeston::open().value();
    Strip strip({97, 103});
    strips->strip(Right::Put, market, 0.4, law, strip.strikes, strip.view());
    const NeuralValue value = networks.americanHeston(Right::Put, market, 103, 0.4, law).value();
    QCOMPARE(value.network, std::string("american_heston_put"));
    QVERIFY(std::abs(value.greeks.price - strip.price[1]) < 1e-9);
    QVERIFY(std::abs(value.greeks.vega - 2 * std::sqrt(law.v0) * strip.byV0[1]) < 1e-6);
    QCOMPARE(value.bound, strip.bound[1]);
}

void NeuralPricesTest::whatIsNeverExercisedEarlyIsEuropean()
{
    const auto networks = NeuralAmericanHeston::open().value();
    const MarketPoint noYield{100, 0.05, 0};
    Strip strip({90, 100, -1});
    networks->strip(Right::Call, noYield, 0.4, law, strip.strikes, strip.view());
    QVERIFY(networks->checkBox(Right::Call, noYield, 100, 0.4, law));
    for (const std::size_t i : {0, 1}) {
        const pricing::HestonValue exact = pricing::heston(Right::Call, noYield, strip.strikes[i], 0.4, law);
        QVERIFY(std::abs(strip.price[i] - exact.price) < 1e-9);
        QVERIFY(std::abs(strip.bySigma[i] - exact.bySigma) < 1e-6);
        QCOMPARE(strip.bound[i], 0.0);
    }
    QVERIFY(std::isnan(strip.price[2]) && std::isnan(strip.bound[2]));
}

void NeuralPricesTest::whatIsOutsideIsNamed()
{
    NeuralPrices networks;
    const auto vol = networks.american(Right::Put, market, {}, 100, 0.5, 3);
    QVERIFY(!vol && vol.error().field == "vol" && vol.error().message().find("0.05 to 0.8") != std::string::npos);
    const std::array two{pricing::CashDividend{0.1, 1}, pricing::CashDividend{0.3, 1}};
    const auto dividends = networks.american(Right::Put, market, two, 100, 0.5, 0.3);
    QVERIFY(!dividends && dividends.error().field == "dividends");
    const auto far = networks.americanHeston(Right::Put, market, 1000, 0.1, law);
    QVERIFY(!far && far.error().field == "deviations");
    const auto nothing = networks.heston(Right::Call, market, std::nan(""), 0.5, law);
    QVERIFY(!nothing && nothing.error().kind == base::ErrorKind::BadInput);
}

void NeuralPricesTest::aMissingFileIsNamed()
{
    const QTemporaryDir empty;
    NeuralPrices networks(empty.path().toStdString());
    const auto missing = networks.american(Right::Put, market, {}, 100, 0.5, 0.3);
    QVERIFY(!missing && missing.error().kind == base::ErrorKind::NotFound);
    QVERIFY(missing.error().message().find("american_put.network") != std::string::npos);
}

void NeuralPricesTest::aDamagedFileIsNamed()
{
    const QTemporaryDir folder;
    const std::string whole = learning::networkFile(learning::networksFolder(), "american_put"),
                      copy = learning::networkFile(folder.path().toStdString(), "american_put");
    QVERIFY(QFile::copy(QString::fromStdString(whole), QString::fromStdString(copy)));
    QFile file(QString::fromStdString(copy));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.resize(file.size() - 7));
    NeuralPrices networks(folder.path().toStdString());
    const auto damaged = networks.american(Right::Put, market, {}, 100, 0.5, 0.3);
    QVERIFY(!damaged && damaged.error().kind == base::ErrorKind::Storage);
    QVERIFY(damaged.error().message().find("american_put.network") != std::string::npos);
    // Another's network under its name prices something else.
    QVERIFY(file.remove());
    QVERIFY(QFile::copy(QString::fromStdString(learning::networkFile(learning::networksFolder(), "heston")),
                        QString::fromStdString(copy)));
    const auto other = networks.american(Right::Put, market, {}, 100, 0.5, 0.3);
    QVERIFY(!other && other.error().kind == base::ErrorKind::BadInput);
}

QTEST_APPLESS_MAIN(NeuralPricesTest)
#include "neural_prices_test.moc"
