#include "base/random.h"
#include "strategies/rules/rules_file.h"
#include "strategies/world.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <set>
#include <utility>

using namespace vegadesk;
using namespace vegadesk::strategies;
using namespace vegadesk::tests;

/// A user's own strategy in a file, and what holds of every strategy in whatever state.
class RulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSampleIsTheBuiltInCondor();
    void figuresOfTheFileAreParameters();
    void legsOfEveryKind();
    void theContentIsOfWhatTheFileMeans();
    void signalsByName_data();
    void signalsByName();
    void whatIsWrongIsNamed_data();
    void whatIsWrongIsNamed();
    void whatIsWrongHasItsLine_data();
    void whatIsWrongHasItsLine();
    void textsThatAreNoRulesAreRefused();
    void aFileThatIsNotThereIsSaid();
    void proposalsAreSane_data();
    void proposalsAreSane();
};

namespace
{

const QString sample = QStringLiteral(VEGADESK_SOURCE_DIR "/docs/samples/iron_condor.json");

std::string textOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(path));
    return file.readAll().toStdString();
}

std::unique_ptr<Strategy> strategyOf(const std::string& json)
{
    const auto info = rulesFromJson("rules:test", json);
    if (!info)
        qFatal("%s", info.error().message().c_str());
    return info->make(base::Parameters(info->parameters));
}

/// A bull call calendar and a vertical in one, with everything that a leg may say.
const char* const diagonal = R"({
  "title": "Diagonal", "unit": "diagonal", "units": "diagonals", "flow": "debit",
  "legs": [
    {"name": "near", "action": "sell", "right": "call", "strike": "forward"},
    {"name": "far", "action": "buy", "right": "call", "same_strike_as": "near", "expiry": "far"},
    {"name": "tail", "action": "buy", "right": "put", "distance": 30, "tolerance": 2, "from": "near", "ratio": 2}
  ],
  "entry": {"days_to_expiry": 30, "far_days": 107, "signals": [{"name": "trend", "min": 0.5, "max": 2}]},
  "exits": {"profit_target": 0.5, "exit_days": 7, "loss_limit": 0.5},
  "size": {"max_contracts": 5}
})";

} // namespace

void RulesTest::theSampleIsTheBuiltInCondor()
{
    const auto rules = find("rules:" + sample.toStdString());
    QVERIFY2(rules, rules ? "" : rules.error().message().c_str());
    const auto own = (*rules)->make(base::Parameters((*rules)->parameters));
    QCOMPARE(std::string(own->name()), "rules:" + sample.toStdString());
    const auto builtIn = make("iron_condor");
    for (const double spot : {490.0, 500.0, 513.0}) {
        TestMarket setting;
        setting.spot = spot;
        World world(setting);
        const auto one = own->entry(world.state), other = builtIn->entry(world.state);
        QCOMPARE(one.has_value(), other.has_value());
        QVERIFY(one->at(0).intent == other->at(0).intent);
        QCOMPARE(one->at(0).reason, other->at(0).reason);
        world.hold(one->at(0).intent);
        for (const double later : {450.0, 500.0, 540.0}) {
            setting.spot = later;
            setting.today = TestMarket{}.today + std::chrono::days(6);
            setting.volatility = later == 500 ? 0.1 : 0.25;
            const auto then = moved(world, setting);
            const auto left = own->exit(then->state), alsoLeft = builtIn->exit(then->state);
            QCOMPARE(left.size(), alsoLeft.size());
            for (std::size_t i = 0; i < left.size(); ++i)
                QVERIFY(left[i].intent == alsoLeft[i].intent && left[i].reason == alsoLeft[i].reason);
        }
    }
}

void RulesTest::figuresOfTheFileAreParameters()
{
    const auto info = rulesFromJson("rules:test", textOf(sample));
    QVERIFY(info);
    base::Parameters parameters(info->parameters);
    QVERIFY(parameters["short_put_delta"] == 0.3 && parameters["long_call_delta"] == 0.16);
    QVERIFY(parameters["profit_target"] == 0.5 && parameters["max_contracts"] == 100);
    QVERIFY(parameters.set("short_put_delta", 0.2) && parameters.set("short_call_delta", 0.2));
    QVERIFY(parameters.set("long_put_delta", 0.1) && parameters.set("long_call_delta", 0.1));
    QVERIFY(parameters.set("max_contracts", 2) && parameters.set("min_credit", 0.1));
    QVERIFY(!parameters.set("profit_target", 2)); // bounds are a parameter's
    const World world(TestMarket{});
    const auto decision = info->make(parameters)->entry(world.state);
    QVERIFY2(decision, decision ? "" : decision.error().reason.c_str());
    QCOMPARE(decision->at(0).intent.legs[0].quantity, 2);
    QVERIFY(strikeOf(decision->at(0).intent.legs[1].symbol) < 480);
    for (const base::ParameterSpec& spec : info->parameters)
        QVERIFY2(spec.about.ends_with('.'), spec.name.c_str());
}

void RulesTest::legsOfEveryKind()
{
    World world(TestMarket{});
    const Signals signals{{"trend", 1.0}};
    world.state.signals = &signals;
    const auto decision = strategyOf(diagonal)->entry(world.state);
    QVERIFY2(decision, decision ? "" : decision.error().reason.c_str());
    const auto& legs = decision->at(0).intent.legs;
    QCOMPARE(legs.size(), std::size_t(3));
    QVERIFY(strikeOf(legs[0].symbol) == 500 && strikeOf(legs[1].symbol) == 500 && strikeOf(legs[2].symbol) == 470);
    QVERIFY(market::parseOccSymbol(legs[1].symbol)->expiry == base::makeDate(2023, 6, 16));
    QVERIFY(legs[2].quantity == 2 * legs[0].quantity.whole());
    QVERIFY(legs[0].quantity.whole() <= 5);
}

void RulesTest::theContentIsOfWhatTheFileMeans()
{
    const auto contentOf = [](const char* before, const char* after) {
        const auto info = rulesFromJson("rules:test", QString(diagonal).replace(before, after).toStdString());
        if (!info)
            qFatal("%s", info.error().message().c_str());
        return info->content;
    };
    const std::string content = contentOf("", "");
    QVERIFY(!content.empty());
    QCOMPARE(contentOf("\"min\": 0.5", "\"min\" :  0.50"), content); // the same, otherwise written
    std::set<std::string> seen{content};
    for (const auto& [before, after] : {std::pair{"\"action\": \"buy\"", "\"action\": \"sell\""},
                                        {"\"ratio\": 2", "\"ratio\": 3"},
                                        {"\"tolerance\": 2", "\"tolerance\": 3"},
                                        {"\"min\": 0.5", "\"min\": 0.6"},
                                        {"\"right\": \"put\"", "\"right\": \"call\""}})
        QVERIFY2(seen.insert(contentOf(before, after)).second, before);
    for (const StrategyInfo& info : registry())
        QVERIFY(info.content.empty());
}

void RulesTest::signalsByName_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("reason");
    QTest::newRow("within") << 0.5 << "";
    QTest::newRow("missing") << market::unknown << "the signal trend is not known";
    QTest::newRow("low") << 0.4 << "the signal trend is below 0.5";
    QTest::newRow("high") << 2.1 << "the signal trend is above 2";
}

void RulesTest::signalsByName()
{
    QFETCH(double, value);
    QFETCH(QString, reason);
    World world(TestMarket{});
    const Signals signals{{"trend", value}};
    world.state.signals = &signals;
    const auto strategy = strategyOf(diagonal);
    const auto decision = strategy->entry(world.state);
    QCOMPARE(decision ? QString() : QString::fromStdString(decision.error().reason), reason);
    world.state.signals = nullptr;
    QCOMPARE(QString::fromStdString(strategy->entry(world.state).error().reason),
             QStringLiteral("the signal trend is not known"));
}

void RulesTest::whatIsWrongIsNamed_data()
{
    QTest::addColumn<QString>("from"); // in the sample
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("message");
    const QString put = R"("right": "put", "delta": 0.30)";
    QTest::newRow("no JSON") << "{"
                             << "["
                             << "is not allowed: JSON (";
    QTest::newRow("unknown key") << R"("flow")"
                                 << R"("flo": 1, "flow")"
                                 << "flo \"1\" is not allowed: one of title, about, unit, units, flow, legs, entry";
    QTest::newRow("flow") << R"("credit",)"
                          << R"("free",)"
                          << "flow \"free\" is not allowed: one of credit, debit";
    QTest::newRow("title") << R"("Iron condor by rules")"
                           << "7"
                           << "title \"7\" is not allowed: a text in quotation marks";
    QTest::newRow("delta") << put << R"("right": "put", "delta": 30)"
                           << "legs[1].delta \"30\" is not allowed: 0.01 to 0.9, without a sign";
    QTest::newRow("delta is a text") << put << R"("right": "put", "delta": "low")"
                                     << "legs[1].delta \"low\" is not allowed: a number";
    QTest::newRow("no strike") << put << R"("right": "put")"
                               << "legs[1].delta is not allowed: exactly one of delta, strike, distance and";
    QTest::newRow("two strikes")
        << put << R"("right": "put", "strike": "forward", "delta": 0.30)"
        << "legs[1].delta \"beside another\" is not allowed: exactly one of delta, strike, distance and";
    QTest::newRow("right") << put << R"("right": "both", "delta": 0.30)"
                           << "legs[1].right \"both\" is not allowed: one of call, put";
    QTest::newRow("key of a leg") << put << R"("right": "put", "gamma": 1, "delta": 0.30)"
                                  << "legs[1].gamma \"1\" is not allowed: one of name, action, right";
    QTest::newRow("ratio") << put << R"("right": "put", "ratio": 1.5, "delta": 0.30)"
                           << "legs[1].ratio \"1.5\" is not allowed: a whole number from 1 to 10";
    QTest::newRow("beyond nothing") << R"("beyond": "short call")"
                                    << R"("beyond": "short cal")"
                                    << "legs[3].beyond \"short cal\" is not allowed: the name of another leg";
    QTest::newRow("beyond one that is beyond") << R"("beyond": "short call")"
                                               << R"("beyond": "long put")"
                                               << "legs[3].beyond \"long put\" is not allowed: the name of another leg";
    QTest::newRow("same name") << R"("name": "short call")"
                               << R"("name": "short put")"
                               << "legs[1].name \"short put\" is not allowed: a name of its own";
    QTest::newRow("bounds") << R"("days_to_expiry": 45)"
                            << R"("days_to_expiry": 2)"
                            << "entry.days_to_expiry \"2\" is not allowed: a whole number from 5 to 365 days";
    QTest::newRow("silent") << R"("exit_days": 21, )"
                            << ""
                            << "exits.exit_days is not allowed: a number: this must be said";
    QTest::newRow("of a debit") << R"("loss_multiple": 2)"
                                << R"("loss_limit": 0.5)"
                                << "exits.loss_limit \"0.5\" is not allowed: one of profit_target, loss_multiple";
    QTest::newRow("signal") << R"("min_credit": 0.25)"
                            << R"("signals": [{"name": "trend"}])"
                            << "entry.signals[0].min is not allowed: min, max or both";
    QTest::newRow("signal's bounds") << R"("min_credit": 0.25)"
                                     << R"("signals": [{"name": "trend", "min": 2, "max": 1}])"
                                     << "entry.signals[0].max \"1\" is not allowed: not below min";
    QTest::newRow("no size") << R"("size": {"max_contracts": 100})"
                             << R"("size": 100)"
                             << "size \"100\" is not allowed: an object in braces";
}

void RulesTest::whatIsWrongIsNamed()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, message);
    QString text = QString::fromStdString(textOf(sample));
    const auto at = text.indexOf(from);
    QVERIFY(at >= 0);
    text.replace(at, from.size(), to);
    const auto info = rulesFromJson("rules:test", text.toStdString());
    QVERIFY(!info);
    QVERIFY2(info.error().message().find(message.toStdString()) != std::string::npos, info.error().message().c_str());
    QVERIFY(info.error().kind == base::ErrorKind::BadInput);
}

void RulesTest::whatIsWrongHasItsLine_data()
{
    QTest::addColumn<QString>("from"); // in the sample
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("place");
    QTest::newRow("value") << "0.30" << "30" << "line 9, column 61: legs[1].delta \"30\"";
    QTest::newRow("unknown key") << R"("flow")" << "\"flo\": 1,\n  \"flow\"" << "line 6, column 3: flo \"1\"";
    QTest::newRow("letters, not bytes") << R"("title": )" << R"("naïve": "größer", "title": )"
                                        << "line 2, column 3: naïve \"größer\"";
    QTest::newRow("a key with a point") << R"("flow")" << R"("entry.days": 1, "flow")"
                                        << "line 6, column 3: entry.days \"1\"";
    QTest::newRow("missing") << R"("exit_days": 21, )" << ""
                             << "line 14, column 3: exits.exit_days is not allowed";
    QTest::newRow("twice") << R"("flow")" << "\"title\": \"other\",\n  \"flow\""
                           << "line 6, column 3: title \"given twice\" is not allowed: each key once";
    QTest::newRow("twice, deeper")
        << R"("max_contracts": 100)" << "\"max_contracts\": 100,\n \"max_contracts\": 1"
        << "line 16, column 2: size.max_contracts \"given twice\" is not allowed: each key once";
    QTest::newRow("no comma") << R"("flow": "credit",)" << R"("flow": "credit")" << "JSON (line 7, column 3: ";
    QTest::newRow("a comma too many") << R"("max_contracts": 100)" << R"("max_contracts": 100,)"
                                      << "JSON (line 15, column 33: ";
    QTest::newRow("open text") << R"("credit",)" << R"("credit,)" << "JSON (line 6, column 11: ";
    QTest::newRow("no number") << "0.30" << "0.3.0" << "JSON (line 9, column 70: ";
    QTest::newRow("not quoted") << R"("flow")" << "flow" << "JSON (line 6, column 3: ";
}

void RulesTest::whatIsWrongHasItsLine()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, place);
    QString text = QString::fromStdString(textOf(sample));
    const auto at = text.indexOf(from);
    QVERIFY(at >= 0);
    text.replace(at, from.size(), to);
    const auto info = rulesFromJson("rules:test", text.toStdString());
    QVERIFY(!info);
    QVERIFY2(QString::fromStdString(info.error().message()).contains(place), info.error().message().c_str());
}

/// However deep or odd: an error, no crash.
void RulesTest::textsThatAreNoRulesAreRefused()
{
    const std::string title = R"({"title": "x", "unit": "y", "units": "z", "flow": )";
    for (const std::string& text :
         {std::string(), std::string(" \n"), std::string("{"), std::string("[]"), std::string("7 8"),
          std::string("\"\\"), std::string(1'000'000, '['), title + std::string(500, '[') + std::string(500, ']') + "}",
          std::string("{\"title\": \"\xff\"}"), title + "\"credit\"}\n}"}) {
        const auto info = rulesFromJson("rules:test", text);
        QVERIFY2(!info, text.substr(0, 60).c_str());
        QVERIFY(info.error().kind == base::ErrorKind::BadInput);
    }
    QVERIFY(rulesFromJson("rules:test", title + "\"credit\"}\n}").error().message().find("line 2, column 1") !=
            std::string::npos);
}

void RulesTest::aFileThatIsNotThereIsSaid()
{
    const auto missing = find("rules:/nowhere/at/all.json");
    QVERIFY(!missing);
    QCOMPARE(QString::fromStdString(missing.error().message()),
             QStringLiteral("rules file \"/nowhere/at/all.json\": it cannot be opened"));
    QTemporaryDir folder;
    QFile large(folder.filePath("large.json"));
    QVERIFY(large.open(QIODevice::WriteOnly));
    large.write(QByteArray((1 << 20) + 1, ' '));
    large.close();
    QVERIFY(!find("rules:" + large.fileName().toStdString()));
}

void RulesTest::proposalsAreSane_data()
{
    QTest::addColumn<QString>("strategy");
    for (const StrategyInfo& info : registry()) {
        if (info.basketNames == 0) // of one underlying nothing is entered by the others
            QTest::newRow(info.name.c_str()) << QString::fromStdString(info.name);
    }
    QTest::newRow("rules") << "rules:" + sample;
}

/// Over random markets, budgets and parameters: nothing that is proposed has a figure that is none, and no entry is larger than a
/// budget bears.
void RulesTest::proposalsAreSane()
{
    QFETCH(QString, strategy);
    const auto info = find(strategy.toStdString()).value();
    base::Generator chance(7);
    const auto between = [&](double least, double most) { return least + (most - least) * chance.uniform(); };
    int entries = 0;
    for (int round = 0; round < 24; ++round) {
        TestMarket setting;
        setting.spot = between(430, 570);
        setting.volatility = between(0.05, 0.9);
        setting.halfSpread = between(0, 1);
        setting.size = std::floor(between(0, 20));
        setting.expiries.insert(setting.expiries.begin() + 2, base::makeDate(2023, 4, 28));
        World world(setting);
        for (market::Expiration& expiration : world.chain.expirations) { // some contracts are not quoted
            for (market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
                for (std::size_t row = 0; row < side->size(); ++row) {
                    if (chance.uniform() > 0.1)
                        continue;
                    side->bid[row] = market::unknown;
                    side->flags[row] = market::classify(side->quoteAt(row), world.state.now, base::Nanos{0});
                }
            }
        }
        world.analytics = setting.analyse(world.chain);
        std::vector<double> closes, volatilities;
        for (int day = 0; day < 300; ++day) {
            closes.push_back(setting.spot * std::exp(0.2 * std::sin(0.05 * day + round) * between(0.9, 1.1)));
            volatilities.push_back(between(0.05, 0.9));
        }
        world.state.dailyCloses = closes;
        world.state.dailyVolatilities = volatilities;
        world.state.netLiquidation = between(1e4, 1e6);
        world.state.budget = {.maxLoss = between(0, 0.04) * world.state.netLiquidation,
                              .stress = between(0, 0.2) * world.state.netLiquidation,
                              .margin = between(0, 0.5) * world.state.netLiquidation,
                              .contracts = 1000,
                              .multiplier = between(0.1, 1)};
        base::Parameters parameters(info->parameters);
        for (const base::ParameterSpec& spec : info->parameters) {
            if (spec.kind == base::ParameterKind::Choice && chance.uniform() < 0.5)
                QVERIFY(
                    parameters.set(spec.name, std::floor(between(0, static_cast<double>(spec.choices.size()) - 1e-9))));
        }
        const auto made = info->make(std::move(parameters));
        const auto isSane = [&](const Proposal& proposal) {
            const auto& price = proposal.intent.price;
            return !proposal.intent.legs.empty() && proposal.intent.legs.size() <= 4 && !proposal.reason.empty() &&
                   price && !price->isNegative() && !price->isZero() &&
                   std::ranges::all_of(proposal.intent.legs, [](const portfolio::OrderLeg& leg) {
                       return leg.quantity > 0 && leg.quantity.isWhole() && !leg.symbol.empty();
                   });
        };
        const auto found = made->candidates(world.state);
        const auto decision = made->entry(world.state);
        QVERIFY(decision || !decision.error().reason.empty());
        if (!decision)
            continue;
        ++entries;
        QVERIFY(found);
        for (const Proposal& proposal : *decision)
            QVERIFY(isSane(proposal));
        // The first that fits, which need not be the first.
        const auto chosen = std::ranges::find_if(*found, [&](const Candidate& candidate) {
            return std::ranges::equal(candidate.legs, decision->at(0).intent.legs, {}, &portfolio::OrderLeg::symbol,
                                      &portfolio::OrderLeg::symbol);
        });
        QVERIFY(chosen != found->end());
        const base::Quantity units = decision->at(0).intent.legs[0].quantity / chosen->legs[0].quantity.whole();
        const risk::ContractRisk& each = chosen->each;
        const risk::RiskBudget& budget = world.state.budget;
        const double scale = units.toDouble() / budget.multiplier;
        const bool isShares = chosen->legs[0].type != market::InstrumentType::EquityOption;
        QVERIFY(scale * each.maxLoss <= (isShares ? budget.stress : budget.maxLoss) * (1 + 1e-12));
        QVERIFY(scale * each.stressLoss <= budget.stress * (1 + 1e-12));
        QVERIFY(scale * each.margin <= budget.margin * (1 + 1e-12));
        QVERIFY(units.toDouble() <= chosen->quotedUnits);

        world.hold(decision->at(0).intent);
        setting.today += std::chrono::days(static_cast<int>(between(0, 40)));
        setting.spot *= between(0.85, 1.15);
        const auto later = moved(world, setting);
        later->state.dailyCloses = closes;
        later->state.dailyVolatilities = volatilities;
        later->state.trade.profit = between(-2000, 2000);
        for (const auto& proposals : {made->exit(later->state), made->hedge(later->state)}) {
            for (const Proposal& proposal : proposals) {
                QVERIFY(isSane(proposal));
                const bool opens = std::ranges::any_of(proposal.intent.legs, [](const portfolio::OrderLeg& leg) {
                    return portfolio::isOpening(leg.action);
                });
                QVERIFY(!opens || proposal.kind != ProposalKind::Exit);
            }
        }
    }
    QVERIFY2(entries > 0, "no state in which it enters: the property says nothing");
}

QTEST_GUILESS_MAIN(RulesTest)
#include "rules_test.moc"
