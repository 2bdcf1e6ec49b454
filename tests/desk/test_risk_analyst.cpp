#include "desk/risk_analyst.h"

#include "base/log.h"
#include "risk/stress/stress_margin.h"
#include "risk_pictures.h"

#include <QCoreApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::testing;
using desk::AttributionRow;
using desk::RiskAnalyst;
using desk::RiskPicture;
using desk::RiskView;

namespace
{

struct Rig {
    Rig() { base::log::configure(base::log::Level::Off); }

    QTemporaryDir folder;
    std::shared_ptr<desk::Published<RiskView>> published = std::make_shared<desk::Published<RiskView>>();
    std::shared_ptr<base::ManualClock> wall = std::make_shared<base::ManualClock>(thursday);
    std::optional<RiskAnalyst> analyst{std::in_place, published, wall};

    QString file(const char* name = "attribution.json") const { return folder.filePath(QLatin1String(name)); }
    /// What is shown once everything that waits has been worked on.
    std::shared_ptr<const RiskView> view()
    {
        QCoreApplication::sendPostedEvents(&*analyst);
        return published->load();
    }
    std::shared_ptr<const RiskView> take(const RiskPicture& picture)
    {
        wall->advance(std::chrono::minutes(1));
        analyst->take(picture);
        return view();
    }
    void startAgain(const char* name = "attribution.json")
    {
        analyst.reset();
        analyst.emplace(published, wall);
        analyst->begin(file(name));
    }
};

/// Rows of a level; the book is the first one of them all.
double sumOf(const std::vector<AttributionRow>& rows, AttributionRow::Level level)
{
    double sum = 0;
    for (const AttributionRow& row : rows)
        sum += row.level == level ? row.total : 0;
    return sum;
}

bool isSameCent(double one, double other)
{
    return std::abs(one - other) < 0.0051;
}

} // namespace

class RiskAnalystTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Pictures that come faster than they can be worked on are all accounted for, and a restart forgets nothing.
    void profitsAddUp()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        const std::vector<Held> both{{call, -2, "one"}, {"SPY", 100}};
        const std::vector<Held> closed{{call, -1, "one"}, {"SPY", 100}};
        const Market first;
        const Market second{thursday + std::chrono::hours(1), 592, 0.155};
        const Market third{thursday + std::chrono::hours(2), 588, 0.17};
        const double price = markOf(call, second) + 0.05;
        RiskPicture traded = pictureOf(second, closed);
        traded.trades = {trade({call, 1, "one"}, price, "1.12")};
        for (const RiskPicture& picture : {pictureOf(first, both), traded, pictureOf(third, closed)})
            rig.analyst->take(picture);
        const auto view = rig.view();
        QCOMPARE(view->version, 2U); // of begin(), and one for all three
        double expected = -200 * (markOf(call, second) - markOf(call, first)) + 100 * (592.0 - 590) - 5 - 1.12 -
                          100 * (markOf(call, third) - markOf(call, second)) + 100 * (588.0 - 592);
        const auto checkSums = [&](const RiskView& shown) {
            const std::vector<AttributionRow>& rows = shown.attribution.sinceEntry;
            QVERIFY2(isSameCent(rows.front().total, expected),
                     qPrintable(QStringLiteral("%1, not %2").arg(rows.front().total).arg(expected)));
            QVERIFY(isSameCent(sumOf(rows, AttributionRow::Level::Position), rows.front().total));
            QVERIFY(isSameCent(sumOf(rows, AttributionRow::Level::Underlying), rows.front().total));
            for (const AttributionRow& row : rows) {
                double parts = 0;
                for (const double part : row.parts)
                    parts += part;
                QVERIFY(isSameCent(parts, row.total));
                QCOMPARE(row.unknownCount, 0);
            }
            QVERIFY(isSameCent(rows.front().parts[9], -1.12)); // fees
        };
        checkSums(*view);

        rig.startAgain();
        const Market fourth{thursday + std::chrono::hours(3), 595, 0.16};
        expected += -100 * (markOf(call, fourth) - markOf(call, third)) + 100 * (595.0 - 588);
        checkSums(*rig.take(pictureOf(fourth, closed)));
    }

    void todayBeginsWithTheDate()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        rig.take(pictureOf({}, {{"SPY", 100}}));
        QCOMPARE(rig.take(pictureOf({thursday + std::chrono::hours(1), 593, 0.16}, {{"SPY", 100}}))
                     ->attribution.today.front()
                     .total,
                 300.0);
        // What the night made is the next day's.
        const auto next = rig.take(pictureOf({thursday + std::chrono::hours(24), 594, 0.16}, {{"SPY", 100}}));
        QCOMPARE(next->attribution.today.front().total, 100.0);
        QCOMPARE(next->attribution.sinceEntry.front().total, 400.0);
        QCOMPARE(next->attribution.todayFrom, thursday + std::chrono::hours(1));
        QVERIFY(!next->attribution.isWholeDay); // nobody watched Thursday's afternoon
        // Seen after a close, the next day is whole.
        QVERIFY(!rig.take(pictureOf({thursday + std::chrono::hours(31), 595, 0.16}, {{"SPY", 100}}))->attribution.isWholeDay);
        const auto monday = rig.take(pictureOf({thursday + std::chrono::hours(96), 597, 0.16}, {{"SPY", 100}}));
        QVERIFY(monday->attribution.isWholeDay);
        QCOMPARE(monday->attribution.today.front().total, 200.0);
    }

    void aDividendIsOfTheTradeWhoseSharesBroughtIt()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        rig.take(pictureOf({}, {{"SPY", 100}, {"SPY", 50, "covered"}}));
        RiskPicture paid =
            pictureOf({thursday + std::chrono::hours(1), 589, 0.16}, {{"SPY", 100}, {"SPY", 50, "covered"}});
        paid.paid = {{"SPY", "", "SPY", base::Decimal::fromInteger(175)},
                     {"SPY", "covered", "SPY", *base::Decimal::parse("87.5")}};
        rig.take(paid);
        rig.startAgain(); // it is kept
        const auto view =
            rig.take(pictureOf({thursday + std::chrono::hours(1), 589, 0.16}, {{"SPY", 100}, {"SPY", 50, "covered"}}));
        const auto settlements =
            std::ranges::find(desk::attributionParts, std::string_view("settlements")) - desk::attributionParts.begin();
        for (const AttributionRow& row : view->attribution.today) {
            const double expected = row.level == AttributionRow::Level::Group ? 87.5 : 262.5;
            if (row.level == AttributionRow::Level::Position)
                continue;
            QCOMPARE(row.parts[static_cast<std::size_t>(settlements)], expected);
            QCOMPARE(row.total, expected - (row.level == AttributionRow::Level::Group ? 50 : 150));
        }
    }

    /// Where the market's clock stands still, or is set right by a moment, trades are still trades.
    void aClockThatStandsLosesNoTrade_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::newRow("stands") << 0;
        QTest::newRow("goes back a little") << -2;
    }
    void aClockThatStandsLosesNoTrade()
    {
        QFETCH(int, seconds);
        Rig rig;
        rig.analyst->begin(rig.file());
        rig.take(pictureOf({}, {{"SPY", 100}}));
        RiskPicture sold = pictureOf({thursday + std::chrono::seconds(seconds), 590, 0.16}, {{"SPY", 60}});
        sold.trades = {trade({"SPY", -40}, 591, "0.01")};
        const auto view = rig.take(sold);
        QCOMPARE(view->attribution.sinceEntry.front().total, 39.99);
        QCOMPARE(view->attribution.sinceEntry.front().unknownCount, 0);
    }

    /// A recording that is replayed once more: what was made in it the last time is no profit of this time.
    void aMarketThatBeginsAnewIsAnotherOne()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        rig.take(pictureOf({}, {{"SPY", 100}}));
        rig.take(pictureOf({thursday + std::chrono::hours(5), 600, 0.16}, {{"SPY", 100}}));
        rig.startAgain();
        const auto view = rig.take(pictureOf({thursday, 590, 0.16}, {{"SPY", 10}}));
        QCOMPARE(view->attribution.sinceEntry.front().total, 0.0);
        QCOMPARE(view->attribution.sinceEntry.front().unknownCount, 0);
        QCOMPARE(rig.take(pictureOf({thursday + std::chrono::minutes(5), 591, 0.16}, {{"SPY", 10}}))
                     ->attribution.sinceEntry.front()
                     .total,
                 10.0);
    }

    /// Options that expired while the program was not running are settled in the trades that held them.
    void settlementsThatNobodySawAreOfTheirTrades()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        rig.take(pictureOf({}, {{call, -2, "one"}, {call, -1}}));
        rig.startAgain();
        RiskPicture settled = pictureOf({thursday + std::chrono::hours(24 * 30), 590, 0.16}, {});
        desk::PicturedTrade expiry = trade({call, 3}, 0);
        expiry.trade.isSettlement = true;
        expiry.settled = {call};
        settled.trades = {expiry};
        const auto view = rig.take(settled);
        const double mark = markOf(call, {});
        std::map<std::string, double> groups;
        for (const AttributionRow& row : view->attribution.sinceEntry) {
            QCOMPARE(row.unknownCount, 0); // no jump
            if (row.level == AttributionRow::Level::Group)
                groups[row.title] = row.total;
        }
        QCOMPARE(groups.size(), 1U);
        QVERIFY(isSameCent(groups["one"], 200 * mark));
        QVERIFY(isSameCent(view->attribution.sinceEntry.front().total, 300 * mark));
    }

    void anotherAccountBeginsWithNothing()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        rig.analyst->setCandles(RiskAnalyst::index, candles(70));
        const auto before = rig.take(pictureOf({}, {{"SPY", 100}}));
        QVERIFY(!before->exposure.underlyings.empty());
        QVERIFY(!before->regimes.why.empty()); // seventy days are too few for regimes
        rig.analyst->begin(rig.file("other.json"));
        const auto cleared = rig.published->load();
        QVERIFY(cleared->version > before->version);
        QVERIFY(cleared->exposure.underlyings.empty() && cleared->attribution.sinceEntry.empty());
        QVERIFY(std::isnan(cleared->exposure.margin));
        const auto after = rig.take(pictureOf({thursday, 600, 0.16}, {{"SPY", 5}}));
        QCOMPARE(after->attribution.sinceEntry.front().total, 0.0);
        QCOMPARE(after->regimes.why, before->regimes.why); // the market's past is everybody's
        QVERIFY(after->valueAtRisk.why.empty());

        const std::uint64_t last = after->version;
        rig.analyst.reset(); // whoever looks while another session begins sees nobody's risk
        QVERIFY(rig.published->load()->version > last);
        QVERIFY(rig.published->load()->valueAtRisk.rows.empty());
    }

    /// Figures that hang on what was: value at risk with its test, regimes, betas; and what the gate is told of them.
    void historyBringsValueAtRiskRegimesAndBetas()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        QSignalSpy told(&*rig.analyst, &RiskAnalyst::measured);
        const auto measures = [&] { return told.last().at(0).value<trading::RiskMeasures>(); };
        rig.analyst->setLimits(risk::limitsFor(risk::Tolerance::Low), risk::Tolerance::Low);
        const RiskPicture held = pictureOf({}, {{call, -2}, {"SPY", 50}});
        const auto without = rig.take(held);
        QVERIFY(!without->valueAtRisk.leftOut.empty() || !without->valueAtRisk.why.empty());
        QVERIFY(std::isnan(measures().valueAtRisk));
        QVERIFY(std::isnan(told.last().at(1).toDouble()));
        QVERIFY(std::isnan(without->exposure.underlyings.front().betaDelta)); // of which the reference has no price

        rig.analyst->setCandles(RiskAnalyst::index, candles(700));
        const auto view = rig.take(held);
        QCOMPARE(view->tolerance, std::string("low"));
        QCOMPARE(view->valueAtRisk.rows.size(), risk::varMethods.size());
        const desk::ValueAtRiskRow& shown = view->valueAtRisk.rows[view->valueAtRisk.shown];
        QCOMPARE(shown.id, std::string("filtered_historical"));
        QVERIFY(shown.valueAtRisk > 0 && shown.expectedShortfall >= shown.valueAtRisk);
        QCOMPARE(measures().valueAtRisk, shown.valueAtRisk);
        QCOMPARE(told.last().at(1).toDouble(), shown.expectedShortfall);
        QVERIFY(measures().volatilities.at("SPY") > 0.05 && measures().volatilities.at("SPY") < 0.6);
        QVERIFY(!view->backtests.empty());
        for (const desk::RiskBacktestView& test : view->backtests) {
            QCOMPARE(test.profits.size(), test.dates.size());
            QCOMPARE(test.valuesAtRisk.size(), test.dates.size());
            const auto worse = std::ranges::count_if(std::views::iota(std::size_t{0}, test.dates.size()),
                                                     [&](auto i) { return -test.profits[i] > test.valuesAtRisk[i]; });
            QCOMPARE(test.hits, static_cast<int>(worse));
        }

        const desk::RegimeView& regimes = view->regimes;
        QCOMPARE(regimes.index, std::string(RiskAnalyst::index));
        QVERIFY2(regimes.why.empty(), regimes.why.c_str());
        QCOMPARE(regimes.closes.size(), regimes.dates.size());
        QCOMPARE(regimes.probabilities.size(), 3U);
        for (std::size_t day = 0; day < regimes.dates.size(); ++day)
            QVERIFY(std::abs(regimes.probabilities[0][day] + regimes.probabilities[1][day] +
                             regimes.probabilities[2][day] - 1) < 1e-9);
        const risk::SizeMultipliers sizes = risk::limitsFor(risk::Tolerance::Low).size;
        QVERIFY((std::set<double>{sizes.calm, sizes.normal, sizes.stressed}.contains(measures().sizeMultiplier)));
        QCOMPARE(measures().sizeMultiplier, regimes.sizeMultiplier);

        const desk::ExposureUnderlying& exposure = view->exposure.underlyings.front();
        QCOMPARE(exposure.beta, 1.0);
        QVERIFY(isSameCent(exposure.betaDelta, exposure.greeks.dollarDelta));
        QVERIFY(isSameCent(exposure.greeks.dollarDelta, 590 * exposure.greeks.delta));

        // A position without a volatility is in no figure, and a figure of the others is none of the book.
        RiskPicture unknown = held;
        unknown.book.positions.front().volatility = market::unknown;
        const auto partly = rig.take(unknown);
        QVERIFY(!partly->stress.isMarginCallKnown);
        QCOMPARE(partly->valueAtRisk.leftOut.size(), 1U);
        QVERIFY(std::isnan(measures().valueAtRisk));
        QVERIFY(std::isnan(told.last().at(1).toDouble()));
    }

    void theViewSaysWhatTheCoreSays()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        const RiskPicture held = pictureOf({}, {{call, -2}, {deepCall, 1}, {"SPY", 100}});
        const auto view = rig.take(held);
        risk::Revaluation revaluation(held.book);
        const auto grid = risk::stressGridOf(revaluation);
        QVERIFY(grid);
        const desk::StressView& stress = view->stress;
        for (std::size_t day = 0; day < stress.days.size(); ++day)
            for (std::size_t volatility = 0; volatility < stress.volatilityMoves.size(); ++volatility)
                for (std::size_t spot = 0; spot < stress.spotMoves.size(); ++spot)
                    QCOMPARE(stress.profit(day, volatility, spot), grid->profits[grid->cellAt(spot, volatility, day)]);
        QCOMPARE(stress.worst.profit, *std::ranges::min_element(stress.profits));
        QCOMPARE(stress.profit(stress.worst.day, stress.worst.volatility, stress.worst.spot), stress.worst.profit);
        double legs = 0;
        for (const desk::StressLeg& leg : stress.worstLegs)
            legs += leg.profit;
        QVERIFY(isSameCent(legs, stress.worst.profit));
        QVERIFY(std::ranges::is_sorted(stress.worstLegs, {}, &desk::StressLeg::profit));

        QCOMPARE(view->exposure.brokerMargin, 1234.0);
        QVERIFY(view->exposure.margin > 0 && view->exposure.portfolioMargin > 0);
        double delta = 0;
        int contracts = 0;
        for (const desk::ExposureRow& row : view->exposure.underlyings.front().rows) {
            delta += row.greeks.delta;
            contracts += row.contracts;
            QCOMPARE(row.daysLeft, row.expiry ? 29 : 0);
        }
        QCOMPARE(contracts, 3);
        QVERIFY(isSameCent(delta, view->exposure.greeks.delta));
        QVERIFY(view->exposure.greeks.theta > 0); // dollars a day: two short at the money against one deep in it
        QVERIFY(view->exposure.greeks.vega < 0);
    }

    /// How far spots are from a margin call: up for naked calls, down for shares on margin.
    void theNearerMarginCallIsSaid_data()
    {
        QTest::addColumn<bool>("isUp");
        QTest::newRow("calls") << true;
        QTest::newRow("shares") << false;
    }
    void theNearerMarginCallIsSaid()
    {
        QFETCH(bool, isUp);
        Rig rig;
        rig.analyst->begin(rig.file());
        RiskPicture held = pictureOf({}, {isUp ? Held{call, -2} : Held{"SPY", 100}});
        held.book.netLiquidation = 35'000;
        risk::Revaluation revaluation(held.book);
        const auto margin = risk::stressMarginOf(revaluation);
        QVERIFY(margin);
        const std::optional<double> expected = isUp ? margin->callUp : margin->callDown;
        QVERIFY(expected && (isUp ? *expected > 0 : *expected < 0));
        QVERIFY(rig.take(held)->stress.isMarginCallKnown);
        QCOMPARE(rig.take(held)->stress.marginCallMove, *expected);
    }

    /// Of a position that two trades hold parts of there is one alarm, for all of it.
    void anAssignmentBeforeADividendIsSaid()
    {
        Rig rig;
        rig.analyst->begin(rig.file());
        QSignalSpy told(&*rig.analyst, &RiskAnalyst::measured);
        RiskPicture held = pictureOf({}, {{deepCall, -2, "one"}, {deepCall, -1}});
        for (risk::RiskPosition& position : held.book.positions)
            position.style = market::ExerciseStyle::American;
        QVERIFY(rig.take(held)->alarms.empty());
        market::UnderlyingMetrics metrics{.symbol = "SPY", .dividend = 5};
        // As the broker has it: the one that he calls the next is of a year ago.
        metrics.exDates = {market::nextTradingDay(market::newYorkDate(thursday)), base::makeDate(2025, 9, 19)};
        rig.analyst->setMetrics({metrics});
        const auto view = rig.take(held);
        QCOMPARE(view->alarms.size(), 1U);
        QVERIFY(view->alarms.front().id.find(deepCall) != std::string::npos);
        const auto dividends = told.last().at(0).value<trading::RiskMeasures>().dividends; // which the gate warns by
        QCOMPARE(dividends.at("SPY").exDate, metrics.exDates.front());
        QCOMPARE(dividends.at("SPY").amount, 5.0);
        QVERIFY2(view->alarms.front().text.starts_with("3 short"), view->alarms.front().text.c_str());
    }

    void aFileThatIsNoneIsSaid()
    {
        Rig rig;
        QFile file(rig.file());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{") == 1);
        file.close();
        QSignalSpy noticed(&*rig.analyst, &RiskAnalyst::noticed);
        rig.analyst->begin(rig.file());
        QCOMPARE(noticed.size(), 1);
        QVERIFY(QFile::exists(rig.file() + QStringLiteral(".unreadable"))); // what comes is written in its place
        QCOMPARE(rig.take(pictureOf({}, {{"SPY", 100}}))->attribution.sinceEntry.front().total, 0.0);
    }
};

QTEST_GUILESS_MAIN(RiskAnalystTest)
#include "test_risk_analyst.moc"
