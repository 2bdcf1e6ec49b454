#include "strategies/implied_level.h"
#include "strategies/world.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace vegadesk;
using namespace vegadesk::strategies;
using namespace vegadesk::tests;
using portfolio::Action;

class StrategiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStrategyIsDescribed();
    void anUnknownNameIsRefusedWithTheKnownOnes();
    void sameStateSameProposals();
    void unknownQuotesProposeNothing();
    void impliedLevels();
    void attributionAddsUp();
};

void StrategiesTest::everyStrategyIsDescribed()
{
    std::set<std::string> names;
    for (const StrategyInfo& info : registry()) {
        QVERIFY(names.insert(info.name).second);
        QVERIFY(!info.title.empty() && !info.about.empty());
        const auto strategy = info.make(base::Parameters(info.parameters));
        QCOMPARE(std::string(strategy->name()), info.name);
        std::set<std::string> parameters;
        for (const base::ParameterSpec& spec : info.parameters) {
            QVERIFY2(parameters.insert(spec.name).second, spec.name.c_str());
            QVERIFY2(spec.about.ends_with('.'), spec.name.c_str());
            base::Parameters values(info.parameters);
            QVERIFY2(values.set(spec.name, spec.fallback), spec.name.c_str());
        }
    }
    QVERIFY(names.contains("gamma_scalping") && names.contains("iron_condor"));
}

void StrategiesTest::anUnknownNameIsRefusedWithTheKnownOnes()
{
    const auto found = find("iron_butterfly_of_doom");
    QVERIFY(!found);
    const QString message = QString::fromStdString(found.error().message());
    QVERIFY2(message.startsWith("strategy \"iron_butterfly_of_doom\" is not allowed: one of "), qPrintable(message));
    for (const StrategyInfo& info : registry())
        QVERIFY2(message.contains(QString::fromStdString(info.name)), info.name.c_str());
}

void StrategiesTest::sameStateSameProposals()
{
    for (const StrategyInfo& info : registry()) {
        const World first(TestMarket{});
        const World second(TestMarket{});
        const auto one = info.make(base::Parameters(info.parameters));
        const auto other = info.make(base::Parameters(info.parameters));
        const auto a = one->entry(first.state);
        const auto again = one->entry(first.state);
        const auto b = other->entry(second.state);
        QCOMPARE(a.has_value(), b.has_value());
        if (!a) {
            QCOMPARE(a.error().reason, b.error().reason);
            continue;
        }
        QCOMPARE(a->size(), b->size());
        for (std::size_t i = 0; i < a->size(); ++i) {
            QVERIFY(a->at(i).intent == b->at(i).intent && a->at(i).intent == again->at(i).intent);
            QCOMPARE(a->at(i).reason, b->at(i).reason);
        }
    }
}

void StrategiesTest::unknownQuotesProposeNothing()
{
    World world(TestMarket{});
    for (market::Expiration& expiration : world.chain.expirations) {
        for (market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
            for (std::size_t row = 0; row < side->size(); ++row) {
                side->ask[row] = market::unknown;
                side->flags[row] = market::classify(side->quoteAt(row), world.state.now, base::Nanos{0});
            }
        }
    }
    world.analytics = TestMarket{}.analyse(world.chain);
    for (const StrategyInfo& info : registry())
        QVERIFY2(!info.make(base::Parameters(info.parameters))->entry(world.state), info.name.c_str());
    QVERIFY(!make("gamma_scalping", {{"entry", "always"}})->entry(world.state));
}

void StrategiesTest::impliedLevels()
{
    const World world(TestMarket{});
    QVERIFY(std::abs(constantMaturityVolatility(world.analytics) - 0.2) < 0.002);
    pricing::ChainAnalytics analytics = world.analytics;
    analytics.expirations = {};
    analytics.expirations.push_back({});
    analytics.expirations.push_back({});
    const auto set = [&](std::size_t i, double years, double volatility) {
        analytics.expirations[i].years = years;
        analytics.expirations[i].atmVolatility = volatility;
    };
    set(0, 15.0 / 365, 0.2);
    set(1, 60.0 / 365, 0.3);
    // Total variance at 30 days: 2/3 of 0.04·15 and 1/3 of 0.09·60, over 30.
    const double expected = std::sqrt((2.0 / 3 * 0.04 * 15 + 1.0 / 3 * 0.09 * 60) / 30);
    QVERIFY(std::abs(constantMaturityVolatility(analytics) - expected) < 1e-12);
    QVERIFY(std::abs(constantMaturityVolatility(analytics, 10) - 0.2) < 1e-12);
    QVERIFY(std::abs(constantMaturityVolatility(analytics, 90) - 0.3) < 1e-12);
    set(1, 60.0 / 365, market::unknown);
    QVERIFY(std::abs(constantMaturityVolatility(analytics) - 0.2) < 1e-12);
    set(0, 15.0 / 365, market::unknown);
    QVERIFY(std::isnan(constantMaturityVolatility(analytics)));

    std::vector<double> history = historyOf(0.1, 0.3);
    QVERIFY(std::abs(impliedRank(history, 0.25) - 0.75) < 1e-12);
    QVERIFY(std::abs(impliedPercentile(history, 0.25) - 0.75) < 0.011);
    QVERIFY(impliedRank(history, 0.5) == 1 && impliedPercentile(history, 0.05) == 0);
    history.insert(history.begin(), 200, 0.9); // only the last 252 days are a year
    QVERIFY(impliedRank(history, 0.3) < 0.3);
    history.insert(history.end(), 60, market::unknown);
    QVERIFY(std::isfinite(impliedRank(history, 0.2)));
    QVERIFY(std::isnan(impliedRank(history, market::unknown)));
    QVERIFY(std::isnan(impliedPercentile(historyOf(0.1, 0.3), -1)));
}

void StrategiesTest::attributionAddsUp()
{
    AttributionPeriod period;
    for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i) {
        period.options.parts[i] = base::Decimal::parse(std::to_string(i * 7 + 3) + ".13").value();
        period.shares.parts[i] = base::Decimal::parse("-" + std::to_string(i * i) + ".07").value();
    }
    for (const StrategyInfo& info : registry()) {
        base::Decimal sum;
        for (const AttributionLine& line : info.make(base::Parameters(info.parameters))->attribution(period)) {
            sum += line.amount;
            QVERIFY(!line.id.empty() && !line.what.isEmpty());
        }
        QVERIFY2(sum == period.options.total() + period.shares.total(), info.name.c_str());
    }
}

QTEST_GUILESS_MAIN(StrategiesTest)
#include "strategies_test.moc"
