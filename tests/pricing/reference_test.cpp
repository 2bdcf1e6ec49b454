#include "pricing/reference/quantlib.h"

#include <QtTest>

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
    auto option = reference::EngineOption::make(Right::Put, {100, 0.04, 0.015}, 105, 73, 0.25);
    QVERIFY(option);
    for (const double spot : {80.0, 100.0, 130.0}) {
        const auto engine = option->value(spot, 0.3);
        const auto calculator = reference::blackScholes(Right::Put, {spot, 0.04, 0.015}, 105, 73 / 365.0, 0.3);
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
    QCOMPARE(reference::EngineOption::make(Right::Call, market, -1, 30, 0.2).error().field, std::string("strike"));
    auto option = reference::EngineOption::make(Right::Call, market, 100, 30, 0.2);
    QVERIFY(option);
    const auto thrown = option->value(-1, 0.2); // QuantLib throws; we return
    QVERIFY(!thrown);
    QCOMPARE(thrown.error().kind, base::ErrorKind::Internal);
    QVERIFY(!thrown.error().detail.empty());
}

void ReferenceTest::servesManyThreads()
{
    std::atomic<int> wrong{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i) {
                    auto option = reference::EngineOption::make(Right::Call, {100, 0.05, 0}, 100, 365, 0.2);
                    const auto value = option ? option->value(100, 0.2) : tl::make_unexpected(option.error());
                    if (!value || std::abs(value->price - 10.450583572185567) > 1e-9)
                        wrong.fetch_add(1);
                }
            });
    }
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(ReferenceTest)
#include "reference_test.moc"
