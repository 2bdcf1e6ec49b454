#include "pricing/reference/engine_option.h"
#include "pricing/reference/model.h"
#include "pricing/reference/quantlib.h"

#include <QtTest>

#include <array>
#include <atomic>
#include <cmath>
#include <thread>

using namespace vegadesk;
using namespace vegadesk::pricing;

class ReferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsPublishedValues();
    void engineAgreesWithCalculator();
    void refusesWhatQuantLibCannotTake();
    void servesManyThreads();
    void knowsMertonsLimits();
    void knowsLewissHestonPrices();
    void batesWithoutJumpsIsHeston();
    void knowsAmericanHeston();
    void knowsAmericanValues();
    void knowsCashDividends();
    void enginesRunAtTheirOwnSettings();
    void modelsAreFoundByName();
    void calibrationRecoversParameters();
};

void ReferenceTest::knowsPublishedValues()
{
    // 100/100, one year, 5 %, 20 %; and Haug's call of 60/65, three months, 8 %, 30 %.
    const auto plain = reference::blackScholes(Right::Call, {100, 0.05, 0}, 100, 1, 0.2);
    QVERIFY(plain);
    QVERIFY(std::abs(plain->price - 10.450583572185567) <= 1e-12);
    const auto haug = reference::blackScholes(Right::Call, {60, 0.08, 0}, 65, 0.25, 0.3);
    QVERIFY(haug);
    QVERIFY(std::abs(haug->price - 2.1334) <= 5e-5);
}

void ReferenceTest::engineAgreesWithCalculator()
{
    auto option = reference::EngineOption::make(Right::Put, {100, 0.04, 0.015}, 105, 0.2, 0.25);
    QVERIFY(option);
    for (const double spot : {80.0, 100.0, 130.0}) {
        const auto engine = option->value(spot, 0.3);
        const auto calculator = reference::blackScholes(Right::Put, {spot, 0.04, 0.015}, 105, 0.2, 0.3);
        QVERIFY(engine && calculator);
        QVERIFY(std::abs(engine->price - calculator->price) <= 1e-11);
        QVERIFY(std::abs(engine->delta - calculator->delta) <= 1e-11);
        QVERIFY(std::abs(engine->gamma - calculator->gamma) <= 1e-11);
        QVERIFY(std::abs(engine->vega - calculator->vega) <= 1e-9);
        QVERIFY(std::abs(engine->theta - calculator->theta) <= 1e-9);
        QVERIFY(std::abs(engine->rho - calculator->rho) <= 1e-9);
    }
}

void ReferenceTest::refusesWhatQuantLibCannotTake()
{
    const MarketPoint market{100, 0.05, 0};
    QCOMPARE(reference::blackScholes(Right::Call, market, 100, 0, 0.2).error().field, std::string("years"));
    QCOMPARE(reference::blackScholes(Right::Call, market, 100, 1, 0).error().field, std::string("volatility"));
    QCOMPARE(reference::EngineOption::make(Right::Call, market, -1, 0.1, 0.2).error().field, std::string("strike"));
    auto option = reference::EngineOption::make(Right::Call, market, 100, 0.1, 0.2);
    QVERIFY(option);
    const auto thrown = option->value(-1, 0.2); // QuantLib throws; we return
    QVERIFY(!thrown);
    QCOMPARE(thrown.error().kind, base::ErrorKind::Internal);
    // Its own reason, for whoever reads the message alone.
    QVERIFY2(thrown.error().message().find("negative") != std::string::npos, thrown.error().message().c_str());
}

void ReferenceTest::servesManyThreads()
{
    std::atomic<int> wrong{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i) {
                    auto option = reference::EngineOption::make(Right::Call, {100, 0.05, 0}, 100, 1, 0.2);
                    const auto value = option ? option->value(100, 0.2) : tl::make_unexpected(option.error());
                    if (!value || std::abs(value->price - 10.450583572185567) > 1e-9)
                        wrong.fetch_add(1);
                }
            });
    }
    QCOMPARE(wrong.load(), 0);
}

void ReferenceTest::knowsMertonsLimits()
{
    const MarketPoint market{100, 0.05, 0.02};
    const auto plain = reference::blackScholes(Right::Put, market, 95, 0.5, 0.2);
    const auto rare = reference::merton(Right::Put, market, 95, 0.5, 0.2, {1e-12, -0.1, 0.15});
    QVERIFY(plain && rare);
    QVERIFY(std::abs(rare->price - plain->price) <= 1e-10);
    QVERIFY(std::abs(rare->vega - plain->vega) <= 1e-9);
    QVERIFY(std::abs(rare->theta - plain->theta) <= 1e-9);
    // Far out of the money a day before expiry only a jump pays: where QuantLib's own engine gives up.
    const auto jump = reference::merton(Right::Call, {100, 0.05, 0}, 120, 1.0 / 365, 0.2, {1, -0.1, 0.15});
    QVERIFY(jump);
    QVERIFY(std::abs(jump->price - 6.14297919855852077240322516183e-4) <= 1e-13);
}

/// Alan Lewis's fifty-digit values.
void ReferenceTest::knowsLewissHestonPrices()
{
    const HestonParameters lewis{0.04, 4, 0.25, 1, -0.5};
    const std::array known{std::pair{80.0, 26.774758743998854221}, std::pair{100.0, 16.070154917028834278},
                           std::pair{120.0, 9.0249134834578356366}};
    for (const auto& [strike, price] : known) {
        const auto value = reference::heston(Right::Call, {100, 0.01, 0.02}, strike, 1, lewis);
        QVERIFY(value);
        QVERIFY(std::abs(value->greeks.price - price) <= 1e-11);
    }
    const auto value = reference::heston(Right::Call, {100, 0.01, 0.02}, 80, 1, lewis);
    QVERIFY(std::abs(value->greeks.delta - 0.774516489022305064) <= 1e-9);
    QVERIFY(std::abs(value->byV0 - 7.91510646339268080) <= 1e-7);
    QVERIFY(std::abs(value->byRho - -0.400740232878057047) <= 1e-7);
}

/// Clarke and Parrott's put, as Ikonen and Toivanen give it.
void ReferenceTest::knowsAmericanHeston()
{
    const HestonParameters law{0.0625, 5, 0.16, 0.9, 0.1};
    const auto price = reference::americanHestonPrice(Right::Put, {10, 0.1, 0}, 10, 0.25, law, {100, 100, 50});
    QVERIFY(price);
    QVERIFY(std::abs(*price - 0.520030) <= 1e-3);
    QCOMPARE(reference::americanHestonPrice(Right::Put, {10, 0.1, 0}, 10, 0, law).error().field, std::string("years"));
    auto option = reference::EngineOption::americanHeston(Right::Put, {10, 0.1, 0}, 10, 0.25, law, {100, 100, 50});
    QVERIFY(option);
    QCOMPARE(*option->price(10), *price);
}

void ReferenceTest::batesWithoutJumpsIsHeston()
{
    const HestonParameters each{0.04, 2, 0.05, 0.5, -0.6};
    const auto heston = reference::heston(Right::Put, {100, 0.03, 0.01}, 90, 0.5, each);
    const auto bates = reference::bates(Right::Put, {100, 0.03, 0.01}, 90, 0.5, each, {1e-9, -0.1, 0.1});
    QVERIFY(heston && bates);
    QVERIFY(std::abs(heston->greeks.price - bates->price) <= 1e-8);
    QVERIFY(std::abs(heston->greeks.vega - bates->vega) <= 1e-6);
    const auto jumpy = reference::bates(Right::Put, {100, 0.03, 0.01}, 90, 0.5, each, {1, -0.1, 0.1});
    QVERIFY(jumpy);
    QVERIFY(jumpy->price > bates->price + 0.1);
}

/// Andersen, Lake and Offengenden's premium, and a call that is never exercised early.
void ReferenceTest::knowsAmericanValues()
{
    const auto put = reference::american(Right::Put, {100, 0.05, 0.05}, 100, 1, 0.25);
    const auto european = reference::blackScholes(Right::Put, {100, 0.05, 0.05}, 100, 1, 0.25);
    QVERIFY(put && european);
    QVERIFY(std::abs(put->price - european->price - 0.106952702747) <= 1e-9);
    QVERIFY(std::abs(put->delta - -0.436295158784) <= 1e-7);
    QVERIFY(std::abs(put->gamma - 0.0156496679181) <= 1e-7);
    QVERIFY(std::abs(put->vega - 38.0820288073) <= 1e-5);
    QVERIFY(std::abs(put->theta - -4.41204895947) <= 1e-5);
    QVERIFY(std::abs(put->rho - -43.2731958692) <= 2e-3); // rate = yield is where the boundary's start bends
    const auto call = reference::american(Right::Call, {100, 0.05, 0}, 100, 1, 0.25);
    const auto same = reference::blackScholes(Right::Call, {100, 0.05, 0}, 100, 1, 0.25);
    QVERIFY(call && same);
    QVERIFY(std::abs(call->price - same->price) <= 1e-9);
    // Two boundaries, which the fixed-point engine does not know: by finite differences.
    const auto two = reference::american(Right::Put, {100, -0.01, -0.03}, 100, 1, 0.1);
    QVERIFY(two);
    QVERIFY(two->price >= reference::blackScholes(Right::Put, {100, -0.01, -0.03}, 100, 1, 0.1)->price - 1e-4);
}

/// Haug, Haug and Lewis (2003): one dividend of 7.
void ReferenceTest::knowsCashDividends()
{
    const std::array dividends{CashDividend{0.9, 7}};
    const auto call =
        reference::withDividends(Right::Call, market::ExerciseStyle::European, {100, 0, 0}, 100, 1, 0.3, dividends);
    QVERIFY(call);
    QVERIFY(std::abs(call->price - 9.07480013) <= 1e-3);
    QVERIFY(call->delta > 0.4 && call->delta < 0.6 && call->vega > 30 && call->rho > 30);
    const std::array late{CashDividend{1.5, 7}};
    QCOMPARE(reference::withDividends(Right::Call, market::ExerciseStyle::American, {100, 0, 0}, 100, 1, 0.3, late)
                 .error()
                 .field,
             std::string("dividend time"));
}

void ReferenceTest::enginesRunAtTheirOwnSettings()
{
    const MarketPoint market{100, 0.05, 0.05};
    auto american =
        reference::EngineOption::american(Right::Put, market, 100, 1, 0.25, reference::AmericanScheme::Fast);
    auto merton = reference::EngineOption::merton(Right::Put, market, 95, 0.5, 0.2, {1, -0.1, 0.15});
    const HestonParameters lewis{0.04, 4, 0.25, 1, -0.5};
    auto heston = reference::EngineOption::heston(Right::Call, {100, 0.01, 0.02}, 80, 1, lewis,
                                                  reference::HestonIntegration::ControlVariate64);
    QVERIFY(american && merton && heston);
    QVERIFY(std::abs(*american->price(100) - 9.5694452989138) <= 1e-3);
    auto precise =
        reference::EngineOption::american(Right::Put, market, 100, 1, 0.25, reference::AmericanScheme::Precise);
    QVERIFY(std::abs(*precise->price(100) - 9.5694452989138) <= 1e-9);
    QVERIFY(std::abs(merton->value(100, 0.2)->price -
                     reference::merton(Right::Put, market, 95, 0.5, 0.2, {1, -0.1, 0.15})->price) <= 1e-2);
    QVERIFY(std::abs(*heston->price(100) - 26.774758743998854221) <= 1e-10);
    QVERIFY(*heston->price(101) > *heston->price(100));
}

void ReferenceTest::modelsAreFoundByName()
{
    const auto spec = [](const char* name, double value) {
        return base::ParameterSpec{.name = name, .minimum = -10, .maximum = 10, .fallback = value};
    };
    const base::Parameters jumps(
        {spec("volatility", 0.2), spec("jump_intensity", 1), spec("jump_mean", -0.1), spec("jump_deviation", 0.15)});
    const MarketPoint market{100, 0.05, 0};
    QCOMPARE(reference::priceModel("merton", jumps, Right::Put, market, 95, 0.5)->price,
             reference::merton(Right::Put, market, 95, 0.5, 0.2, {1, -0.1, 0.15})->price);
    QCOMPARE(reference::priceModel("black_scholes", jumps, Right::Put, market, 95, 0.5)->price,
             reference::blackScholes(Right::Put, market, 95, 0.5, 0.2)->price);
    QCOMPARE(reference::priceModel("tea_leaves", jumps, Right::Put, market, 95, 0.5).error().kind,
             base::ErrorKind::NotFound);
}

void ReferenceTest::calibrationRecoversParameters()
{
    const HestonParameters truth{0.04, 2, 0.06, 0.5, -0.6};
    const MarketPoint market{100, 0.02, 0.01};
    std::vector<reference::VolQuote> quotes;
    for (const int days : {30, 91, 182, 365}) {
        for (const double strike : {85.0, 95.0, 100.0, 105.0, 115.0}) {
            const auto value = reference::heston(Right::Call, market, strike, days / 365.0, truth);
            QVERIFY(value);
            const double price = value->greeks.price;
            double vol = 0;
            QVERIFY(reference::impliedVolatilityStrip(Right::Call, market, days / 365.0, {&strike, 1}, {&price, 1},
                                                      {&vol, 1}));
            quotes.push_back({market, strike, days, vol});
        }
    }
    const auto fit = reference::calibrateHeston(quotes);
    QVERIFY(fit);
    QVERIFY(fit->squaredError <= 1e-4);
    QVERIFY(std::abs(fit->parameters.v0 - truth.v0) <= 1e-4);
    QVERIFY(std::abs(fit->parameters.rho - truth.rho) <= 1e-2);
    QCOMPARE(reference::calibrateHeston({}).error().field, std::string("quotes"));
}

QTEST_GUILESS_MAIN(ReferenceTest)
#include "reference_test.moc"
