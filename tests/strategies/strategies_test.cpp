#include "strategies/world.h"

#include <QTest>

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
    QCOMPARE(QString::fromStdString(found.error().message()),
             QStringLiteral("strategy \"iron_butterfly_of_doom\" is not allowed: one of gamma_scalping, iron_condor"));
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

QTEST_GUILESS_MAIN(StrategiesTest)
#include "strategies_test.moc"
