#include "risk/stress/revaluation.h"

#include "base/random.h"
#include "pricing/american/american.h"
#include "risk_books.h"

#include <QtTest>

#include <algorithm>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::ExerciseStyle;
using market::Right;
using market::unknown;
using test::bookOf;
using test::optionOf;
using test::sharesOf;

namespace
{

/// Scenarios of a book with one underlying.
struct Scenarios {
    std::vector<double> days;
    std::vector<FactorMove> moves;
    void add(double inDays, const FactorMove& move)
    {
        days.push_back(inDays);
        moves.push_back(move);
    }
    ScenariosView view() const { return {days, moves}; }
};

double profitOf(const RiskPosition& position, double days, const FactorMove& move)
{
    Revaluation revaluation(bookOf({position}));
    double profit = unknown;
    revaluation.profitsOf(0, {std::span(&days, 1), std::span(&move, 1)}, std::span(&profit, 1));
    return profit;
}

Scenarios randomScenarios(std::size_t count)
{
    base::Generator random(7);
    Scenarios out;
    for (std::size_t i = 0; i < count; ++i)
        out.add(std::floor(25 * random.uniform()),
                {-0.3 + 0.6 * random.uniform(), 0.5 + 2 * random.uniform(), 0.2 * random.uniform() - 0.1});
    return out;
}

/// One of everything: sides, styles, ends, shares.
std::vector<RiskPosition> mixedPositions()
{
    return {optionOf(Right::Call, 105, -3),
            optionOf(Right::Put, 90, 2),
            optionOf(Right::Put, 95, -4, ExerciseStyle::American),
            optionOf(Right::Put, 120, 1, ExerciseStyle::American),
            optionOf(Right::Call, 85, 1, ExerciseStyle::American),
            optionOf(Right::Put, 110, -1, ExerciseStyle::American, 45),
            optionOf(Right::Call, 80, 5, ExerciseStyle::American, 400),
            optionOf(Right::Call, 100, 1, ExerciseStyle::American, 3),
            sharesOf(-250)};
}

} // namespace

class RevaluationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMovesIsExactlyNothing()
    {
        std::vector<RiskPosition> positions = mixedPositions();
        positions.push_back(optionOf(Right::Put, 110, 1, ExerciseStyle::American, 0));
        Revaluation revaluation(bookOf(positions));
        Scenarios scenarios = randomScenarios(20);
        scenarios.add(0, {});
        std::vector<double> profits(positions.size() * scenarios.days.size());
        revaluation.profits(scenarios.view(), profits);
        for (std::size_t i = 0; i < positions.size(); ++i)
            QVERIFY(profits[i * scenarios.days.size() + 20] == 0);
        QVERIFY(profits[0] != 0);
    }

    void europeanIsTheClosedForm_data()
    {
        QTest::addColumn<bool>("isCall");
        QTest::addColumn<double>("spotMove");
        QTest::addColumn<double>("factor");
        QTest::addColumn<double>("days");
        QTest::newRow("call, crash") << true << -0.3 << 2.0 << 0.0;
        QTest::newRow("call, rally") << true << 0.25 << 0.5 << 5.0;
        QTest::newRow("put, crash") << false << -0.2 << 1.5 << 21.0;
        QTest::newRow("put, volatility alone") << false << 0.0 << 0.75 << 0.0;
        QTest::newRow("put, time alone") << false << 0.0 << 1.0 << 21.0;
    }
    void europeanIsTheClosedForm()
    {
        QFETCH(bool, isCall);
        QFETCH(double, spotMove);
        QFETCH(double, factor);
        QFETCH(double, days);
        const Right right = isCall ? Right::Call : Right::Put;
        const double now = test::closedForm(right, 100, 95, 91.0 / 365, 0.3, 0.04, 0.01);
        const double then =
            test::closedForm(right, 100 * (1 + spotMove), 95, (91 - days) / 365, 0.3 * factor, 0.04, 0.01);
        const double profit = profitOf(optionOf(right, 95, -2), days, {spotMove, factor});
        QVERIFY2(std::abs(profit - -200 * (then - now)) < 1e-9, qPrintable(QString::number(profit, 'g', 15)));
    }

    void americanIsTheAmericanModel_data()
    {
        QTest::addColumn<bool>("isCall");
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("yield");
        QTest::addColumn<double>("days");
        QTest::newRow("put") << false << 0.04 << 0.01 << 91.0;
        QTest::newRow("put for a day") << false << 0.04 << 0.01 << 1.5;
        QTest::newRow("put for years, settled boundary") << false << 0.12 << 0.0 << 3650.0;
        QTest::newRow("call with a yield") << true << 0.03 << 0.06 << 200.0;
        QTest::newRow("call without one is European") << true << 0.03 << 0.0 << 200.0;
        QTest::newRow("put, negative yield") << false << 0.04 << -0.01 << 91.0;
        QTest::newRow("put, two boundaries") << false << -0.01 << -0.02 << 91.0;
    }
    void americanIsTheAmericanModel()
    {
        QFETCH(bool, isCall);
        QFETCH(double, rate);
        QFETCH(double, yield);
        QFETCH(double, days);
        const Right right = isCall ? Right::Call : Right::Put;
        RiskBook book = bookOf({optionOf(right, 105, 1, ExerciseStyle::American, days),
                                optionOf(right, 70, 1, ExerciseStyle::American, days)});
        book.underlyings[0].rate = rate;
        book.underlyings[0].dividendYield = yield;
        Revaluation revaluation(book);
        const Scenarios scenarios = randomScenarios(rate < 0 ? 3 : 60);
        std::vector<double> profits(2 * scenarios.days.size());
        revaluation.profits(scenarios.view(), profits);
        for (std::size_t i = 0; i < profits.size(); ++i) {
            const std::size_t scenario = i % scenarios.days.size();
            const RiskPosition& position = book.positions[i / scenarios.days.size()];
            const double strike = position.option->strike.toDouble();
            const FactorMove& move = scenarios.moves[scenario];
            const double vol = 0.3 * move.volatility - move.skewTwist * std::log(strike / 100);
            const auto price = [&](double spot, double years, double volatility) {
                return years <= 0 ? std::max(0.0, isCall ? spot - strike : strike - spot)
                                  : pricing::americanPrice(right, {spot, rate, yield}, strike, years, volatility);
            };
            const double spot = 100 * (1 + move.spot);
            const double expected =
                100 * (price(spot, (days - scenarios.days[scenario]) / 365, vol) - price(100, days / 365, 0.3));
            const double tolerance = 100 * 1e-7 * std::max(spot, strike);
            QVERIFY2(std::abs(profits[i] - expected) < tolerance,
                     qPrintable(QString("scenario %1: %2, not %3").arg(scenario).arg(profits[i]).arg(expected)));
        }
    }

    void anOptionThatHasExpiredIsWorthItsIntrinsicValue_data()
    {
        QTest::addColumn<bool>("isAmerican");
        QTest::addColumn<double>("days");
        QTest::newRow("European, on the day") << false << 5.0;
        QTest::newRow("European, after it") << false << 21.0;
        QTest::newRow("American, on the day") << true << 5.0;
        QTest::newRow("American, after it") << true << 21.0;
    }
    void anOptionThatHasExpiredIsWorthItsIntrinsicValue()
    {
        QFETCH(bool, isAmerican);
        QFETCH(double, days);
        const RiskPosition put =
            optionOf(Right::Put, 95, 1, isAmerican ? ExerciseStyle::American : ExerciseStyle::European, 5);
        Revaluation revaluation(bookOf({put}));
        Scenarios scenarios;
        scenarios.add(days, {-0.1, 2});
        scenarios.add(days, {0, 2});
        std::vector<double> profits(2);
        revaluation.profits(scenarios.view(), profits);
        QVERIFY(std::abs(profits[0] - 100 * (5 - revaluation.priceNow(0))) < 1e-9);
        QVERIFY(std::abs(profits[1] - 100 * (0 - revaluation.priceNow(0))) < 1e-9);
        QVERIFY(revaluation.priceNow(0) > 0.1);
    }

    void aTwistMakesTheSkewSteeper()
    {
        // 0.1 for each unit of ln(90 / 100): 1.05 points more.
        const double vol = 0.3 + 0.1 * std::log(100.0 / 90);
        const double expected = 100 * (test::closedForm(Right::Put, 100, 90, 91.0 / 365, vol, 0.04, 0.01) -
                                       test::closedForm(Right::Put, 100, 90, 91.0 / 365, 0.3, 0.04, 0.01));
        QVERIFY(expected > 0);
        QVERIFY(std::abs(profitOf(optionOf(Right::Put, 90, 1), 0, {0, 1, 0.1}) - expected) < 1e-9);
        QVERIFY(profitOf(optionOf(Right::Call, 110, 1), 0, {0, 1, 0.1}) < 0);
    }

    void noVolatilityFallsBelowTheLeast()
    {
        const RiskPosition call = optionOf(Right::Call, 101, 1),
                           american = optionOf(Right::Put, 101, 1, ExerciseStyle::American);
        const double least = test::closedForm(Right::Call, 100, 101, 91.0 / 365, leastVolatility, 0.04, 0.01);
        const double now = test::closedForm(Right::Call, 100, 101, 91.0 / 365, 0.3, 0.04, 0.01);
        for (const FactorMove& move : {FactorMove{0, 0, 0}, FactorMove{0, 1, 50}}) {
            QVERIFY(std::abs(profitOf(call, 0, move) - 100 * (least - now)) < 1e-9);
            Revaluation put(bookOf({american}));
            QVERIFY(std::abs(profitOf(american, 0, move) - 100 * (1 - put.priceNow(0))) < 1e-3); // exercised at once
        }
    }

    void profitsAddUpOverPositionsAndBooks()
    {
        const std::vector<RiskPosition> positions = mixedPositions();
        Revaluation whole(bookOf(positions));
        const Scenarios scenarios = randomScenarios(300); // more than one block
        std::vector<double> profits(positions.size() * 300), totals(300), alone(300);
        whole.profits(scenarios.view(), profits);
        whole.totals(scenarios.view(), totals);
        std::vector<double> sums(300);
        for (std::size_t i = 0; i < positions.size(); ++i) {
            Revaluation one(bookOf({positions[i]}));
            one.totals(scenarios.view(), alone);
            for (std::size_t k = 0; k < 300; ++k) {
                QVERIFY(alone[k] == profits[i * 300 + k]);
                sums[k] += alone[k];
            }
        }
        QVERIFY(totals == sums);
    }

    void underlyingsMoveApart()
    {
        RiskBook book = bookOf({sharesOf(10), sharesOf(10, 1)});
        book.underlyings.push_back(test::riskUnderlying("XYZ"));
        Revaluation revaluation(book);
        const std::vector<double> days{0, 0};
        const std::vector<FactorMove> moves{{-0.1}, {0.2}, {0.05}, {}};
        std::vector<double> profits(4);
        revaluation.profits({days, moves}, profits);
        const std::vector<double> expected{-100, 50, 200, 0};
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(std::abs(profits[i] - expected[i]) < 1e-9);
    }

    void whatIsNotKnownIsNamedAndLeftOut_data()
    {
        QTest::addColumn<int>("field");
        QTest::addColumn<QString>("what");
        QTest::newRow("volatility") << 0 << "the volatility of ABC";
        QTest::newRow("negative volatility") << 1 << "the volatility of ABC";
        QTest::newRow("expiry") << 2 << "the expiry of ABC";
        QTest::newRow("quantity") << 3 << "the quantity of ABC";
        QTest::newRow("underlying") << 4 << "the underlying of ABC";
        QTest::newRow("spot") << 5 << "the underlying's price of ABC";
        QTest::newRow("rate") << 6 << "the rate or yield for ABC";
        QTest::newRow("strike") << 7 << "the strike of ABC";
    }
    void whatIsNotKnownIsNamedAndLeftOut()
    {
        QFETCH(int, field);
        QFETCH(QString, what);
        RiskBook book = bookOf({sharesOf(10), optionOf(Right::Put, 90, 1)});
        book.underlyings.push_back(test::riskUnderlying());
        RiskPosition& put = book.positions[1];
        put.underlying = field == 4 ? 2 : 1;
        put.volatility = field == 0 ? unknown : field == 1 ? -0.2 : put.volatility;
        put.years = field == 2 ? unknown : put.years;
        put.quantity = field == 3 ? unknown : put.quantity;
        book.underlyings[1].spot = field == 5 ? unknown : 100;
        book.underlyings[1].rate = field == 6 ? unknown : 0.04;
        if (field == 7)
            put.option->strike = base::Decimal();
        const auto checked = checkBook(book);
        QVERIFY(!checked);
        QVERIFY2(QString::fromStdString(checked.error().field).startsWith(what), checked.error().message().c_str());
        QVERIFY(!checked.error().value.empty() && !checked.error().allowed.empty());

        Revaluation revaluation(book);
        QCOMPARE(revaluation.unknown().size(), std::size_t{1});
        QCOMPARE(revaluation.unknown()[0].position, std::size_t{1});
        QVERIFY(revaluation.isKnown(0) && !revaluation.isKnown(1));
        const std::vector<double> days{0};
        const std::vector<FactorMove> moves{{0.1}, {0.1}};
        std::vector<double> profits(2), totals(1);
        revaluation.profits({days, moves}, profits);
        revaluation.totals({days, moves}, totals);
        QVERIFY(std::isnan(profits[1]));
        QVERIFY(std::abs(totals[0] - 100) < 1e-9);
    }

    void aBookThatIsKnownPasses() { QVERIFY(checkBook(bookOf(mixedPositions()))); }

    void aBadScenarioIsNamedAndTouchesNoOther_data()
    {
        QTest::addColumn<double>("days");
        QTest::addColumn<double>("spotMove");
        QTest::addColumn<double>("factor");
        QTest::addColumn<QString>("field");
        QTest::newRow("backwards") << -1.0 << 0.0 << 1.0 << "days";
        QTest::newRow("no date") << unknown << 0.0 << 1.0 << "days";
        QTest::newRow("spot gone") << 0.0 << -1.0 << 1.0 << "spot move";
        QTest::newRow("no spot") << 0.0 << unknown << 1.0 << "spot move";
        QTest::newRow("negative factor") << 0.0 << 0.0 << -0.5 << "volatility factor";
    }
    void aBadScenarioIsNamedAndTouchesNoOther()
    {
        QFETCH(double, days);
        QFETCH(double, spotMove);
        QFETCH(double, factor);
        QFETCH(QString, field);
        const RiskBook book =
            bookOf({optionOf(Right::Put, 95, 1, ExerciseStyle::American), optionOf(Right::Call, 95, 1)});
        Scenarios scenarios;
        scenarios.add(1, {-0.1, 1.2});
        scenarios.add(days, {spotMove, factor});
        scenarios.add(1, {-0.1, 1.2});
        const auto checked = checkScenarios(scenarios.view(), book);
        QVERIFY(!checked);
        QCOMPARE(QString::fromStdString(checked.error().field), field);
        Revaluation revaluation(book);
        std::vector<double> profits(6);
        revaluation.profits(scenarios.view(), profits);
        for (const std::size_t row : {0U, 3U}) {
            QVERIFY(std::isnan(profits[row + 1]));
            QVERIFY(std::isfinite(profits[row]) && profits[row] == profits[row + 2]);
        }
    }

    void aShapeThatIsNotTheBooksIsNamed()
    {
        const std::vector<double> days{0, 1};
        const std::vector<FactorMove> moves(1);
        const auto checked = checkScenarios({days, moves}, bookOf({sharesOf(1)}));
        QVERIFY(!checked);
        QCOMPARE(checked.error().field, std::string("moves"));
    }
};

QTEST_APPLESS_MAIN(RevaluationTest)
#include "revaluation_test.moc"
