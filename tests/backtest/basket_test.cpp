#include "backtest/engine_runs.h"
#include "backtest/generated_source.h"
#include "history/generated_basket.h"
#include "market/calendar.h"
#include "strategies/volatility/implied_correlation.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace vegadesk;
using namespace vegadesk::tests;

namespace
{

constexpr auto end = base::makeDate(2023, 3, 31);

backtest::Config alwaysIn(const std::vector<std::pair<std::string, std::string>>& more = {})
{
    auto set = more;
    set.insert(set.begin(), {"entry", "always"});
    backtest::Config config = configFor("dispersion", set);
    config.withSensitivity = false;
    config.withBootstrap = false;
    return config;
}

Report runOn(std::string_view underlying, const backtest::Config& config, base::Date to = end)
{
    const auto source = backtest::generatedSource("dispersion", underlying, january, to, 1).value();
    auto report = backtest::run(config, *source);
    if (!report)
        qFatal("%s", report.error().message().c_str());
    return *std::move(report);
}

} // namespace

/// Runs of several underlyings in one account.
class BasketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGeneratedBasketMovesTogether();
    void badBasketsAreNamed();
    void oneTradeHoldsAllUnderlyings();
    void sameRunTwiceIsTheSame();
    void truncatingTheFutureChangesNoDecision();
    void attributionLinesAddUpToTheCent();
    void anIndexIsTradedThroughItsMembersShares();
    void straddlesThatExpireAreSettledByName();
    void withoutConstituentsItIsRefused();
    void theSimulatedYearIsTraded();
};

void BasketTest::theGeneratedBasketMovesTogether()
{
    const auto basket = history::generatedBasket("SPY", january, end, 1, 10).value();
    const auto constituents = basket->constituents();
    QCOMPARE(constituents.size(), std::size_t(10));
    market::OptionChain index, name;
    QVERIFY(basket->next(index).value());
    for (std::size_t i = 0; i < constituents.size(); ++i) {
        QVERIFY(i == 0 || constituents[i].weight <= constituents[i - 1].weight);
        QVERIFY(constituents[i].chains->next(name).value());
        QCOMPARE(name.at, index.at);
        QCOMPARE(constituents[i].chains->snapshotCount(), basket->snapshotCount());
    }
    // Three years of closes: the pairs correlate by what they have of the index, and by nothing else.
    const base::Date from = base::makeDate(2020, 1, 2);
    const auto closesOf = [&](history::ChainSource& source) {
        std::vector<double> closes;
        for (const history::DailyClose& day : source.closes(from, end))
            closes.push_back(day.close);
        return closes;
    };
    const std::vector<double> own = closesOf(*basket);
    std::vector<std::vector<double>> all;
    std::vector<strategies::MemberCloses> members;
    for (const auto& each : constituents)
        all.push_back(closesOf(*each.chains));
    for (std::size_t i = 0; i < all.size(); ++i)
        members.push_back({constituents[i].weight, all[i]});
    const auto realised = strategies::realisedCorrelation(own, members, 750).value();
    double weighted = 0, weights = 0;
    const auto variance = [](std::span<const double> closes) {
        double squares = 0;
        for (std::size_t day = closes.size() - 750; day < closes.size(); ++day)
            squares += std::pow(std::log(closes[day] / closes[day - 1]), 2);
        return squares;
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            const auto& a = *history::findSimulated(constituents[i].chains->underlying());
            const auto& b = *history::findSimulated(constituents[j].chains->underlying());
            const double weight = a.indexWeight * b.indexWeight;
            weighted += weight * a.beta * b.beta * variance(own) / std::sqrt(variance(all[i]) * variance(all[j]));
            weights += weight;
        }
    }
    QVERIFY2(near(realised.pairwise, weighted / weights, 0.06) && realised.pairwise > 0.2 && realised.pairwise < 0.8,
             qPrintable(QString("%1 %2").arg(realised.pairwise).arg(weighted / weights)));
}

void BasketTest::badBasketsAreNamed()
{
    const auto other = history::generatedBasket("QQQ", january, end, 1, 10);
    QVERIFY(!other);
    QVERIFY2(other.error().message().starts_with("underlying \"QQQ\" is not allowed: SPX or SPY"),
             other.error().message().c_str());
    for (const std::size_t names : {std::size_t(1), std::size_t(1000)})
        QVERIFY(!history::generatedBasket("SPY", january, end, 1, names));
}

void BasketTest::oneTradeHoldsAllUnderlyings()
{
    const Report report = runOn("SPY", alwaysIn());
    QCOMPARE(report.underlying, std::string("SPY"));
    QCOMPARE(report.basket.size(), std::size_t(20));
    QVERIFY(!report.trades.empty());
    double profit = report.flows.total(); // what shares cost and brought is of no trade
    for (const backtest::Trade& trade : report.trades)
        profit += trade.profit;
    QVERIFY(near(profit, report.metric("net_profit"), 0.01));
    std::map<std::string, std::set<std::string>> underlyings; // by group
    for (const execution::Order& order : report.orders) {
        QVERIFY(!order.intent.group.empty() || order.isExternal);
        underlyings[order.intent.group].insert(order.intent.underlying);
        for (const portfolio::OrderLeg& leg : order.intent.legs)
            QVERIFY(leg.symbol.starts_with(order.intent.underlying));
    }
    const std::string& first = report.trades.front().group;
    QVERIFY2(first.starts_with("dispersion:SPY:"), first.c_str());
    QVERIFY(underlyings[first].size() >= 6 && underlyings[first].contains("SPY"));
    QVERIFY(std::ranges::any_of(report.decisions, [](const auto& each) { return each.kind == "hedge"; }));
}

void BasketTest::sameRunTwiceIsTheSame()
{
    const Report one = runOn("SPY", alwaysIn()), other = runOn("SPY", alwaysIn());
    QCOMPARE(one.decisionHash, other.decisionHash);
    QCOMPARE(one.dataHash, other.dataHash);
    QVERIFY(one.decisions.size() > 20);
    const auto alone = generated(january, end);
    auto config = configFor("iron_condor");
    config.withSensitivity = false;
    QVERIFY(backtest::run(config, *alone)->dataHash != one.dataHash); // the members' quotes are in it
}

void BasketTest::truncatingTheFutureChangesNoDecision()
{
    const Report whole = runOn("SPY", alwaysIn());
    for (const base::Date cut : {base::makeDate(2023, 1, 20), base::makeDate(2023, 2, 14)}) {
        const Report part = runOn("SPY", alwaysIn(), cut);
        QVERIFY(!part.decisions.empty() && part.decisions.size() < whole.decisions.size());
        QVERIFY(std::ranges::equal(part.decisions, std::span(whole.decisions).first(part.decisions.size())));
        const auto later = std::ranges::find_if(
            whole.decisions, [&](const backtest::Decision& each) { return market::newYorkDate(each.at) > cut; });
        QCOMPARE(part.decisions.size(), static_cast<std::size_t>(later - whole.decisions.begin()));
    }
}

void BasketTest::attributionLinesAddUpToTheCent()
{
    const Report report = runOn("SPY", alwaysIn());
    base::Decimal lines, trades;
    for (const backtest::TradeAttribution& trade : report.attribution.trades) {
        base::Decimal sum;
        for (const strategies::AttributionLine& line : trade.lines)
            sum += line.amount;
        QVERIFY(sum == trade.parts.total());
        trades += trade.parts.total();
    }
    bool hasCorrelation = false;
    for (const strategies::AttributionLine& line : report.attribution.lines) {
        lines += line.amount;
        hasCorrelation = hasCorrelation || (line.id == "correlation" && !line.amount.isZero());
    }
    QVERIFY(lines == trades && hasCorrelation);
    QVERIFY(near(report.attribution.total.total().toDouble(), report.metric("net_profit"), 0.005));
    // The Greeks explain what happens: the rest is small beside what moved.
    const auto& parts = report.attribution.total;
    QVERIFY2(std::abs(parts[portfolio::ProfitSource::Unexplained].toDouble()) < 0.05 * parts.gross().toDouble(),
             qPrintable(QString::number(parts.unexplainedShare())));
}

void BasketTest::anIndexIsTradedThroughItsMembersShares()
{
    backtest::Config config = alwaysIn({{"hedge", "fixed_band"}, {"delta_band", "0.02"}});
    config.capital = 40e6; // an index of 4,000 points
    config.tolerance = risk::Tolerance::High;
    const Report report = runOn("SPX", config);
    QVERIFY2(!report.trades.empty(), report.noEntries.empty() ? "" : report.noEntries.front().reason.c_str());
    for (const execution::Order& order : report.orders) {
        for (const portfolio::OrderLeg& leg : order.intent.legs)
            QVERIFY(leg.symbol != "SPX");
    }
    QVERIFY(std::ranges::any_of(report.decisions, [](const auto& each) { return each.kind == "hedge"; }));
}

void BasketTest::straddlesThatExpireAreSettledByName()
{
    const Report report = runOn(
        "SPY", alwaysIn({{"exit_days", "0"}, {"days_to_expiry", "14"}, {"loss_limit", "5"}, {"earnings", "allow"}}),
        base::makeDate(2023, 2, 28));
    QVERIFY(!report.trades.empty());
    double profit = report.flows.total(); // what shares cost and brought is of no trade
    for (const backtest::Trade& trade : report.trades)
        profit += trade.profit;
    QVERIFY(near(profit, report.metric("net_profit"), 0.01));
}

void BasketTest::withoutConstituentsItIsRefused()
{
    const auto alone = generated(january, end);
    const auto report = backtest::run(alwaysIn(), *alone);
    QVERIFY(!report);
    QVERIFY2(report.error().message().find("of which two constituents are known") != std::string::npos,
             report.error().message().c_str());
}

void BasketTest::theSimulatedYearIsTraded()
{
    backtest::Config config = configFor("dispersion");
    config.withSensitivity = false;
    const Report report = runOn("SPY", config, base::makeDate(2023, 6, 30));
    QVERIFY(!report.trades.empty() || !report.noEntries.empty());
    for (const backtest::Trade& trade : report.trades)
        QVERIFY(trade.title.find("implied correlation") != std::string::npos);
}

QTEST_GUILESS_MAIN(BasketTest)
#include "basket_test.moc"
