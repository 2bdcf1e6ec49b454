#include "risk/value_at_risk/value_at_risk.h"
#include "risk/value_at_risk/var_factors.h"
#include "risk/var_rig.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::risk;
using namespace vegadesk::testing;
using market::Right;

namespace
{

const double infinity = std::numeric_limits<double>::infinity();
const double notKnown = std::numeric_limits<double>::quiet_NaN();

bool isNear(double found, double expected, double tolerance)
{
    if (std::abs(found - expected) <= tolerance)
        return true;
    qInfo("found %.12g, expected %.12g within %g", found, expected, tolerance);
    return false;
}

VarReport measured(const RiskBook& book, const FactorHistory& history, const VarSettings& settings = {})
{
    const auto report = valueAtRisk(book, history, settings);
    if (!report)
        qFatal("%s", report.error().message().c_str());
    return *report;
}

} // namespace

class ValueAtRiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linearBookIsTheNormalFormula();
    void twoUnderlyingsDiversify();
    void shortStraddleRaisesTheFlag();
    void methodsAgreeUnderNormalMoves();
    void sameSeedSameDigits();
    void contributionsAddUp();
    void hedgesContributeLess();
    void unknownPositionsAreListed();
    void vegaIsNotLeftOut();
    void modelledVolatilitiesAreSaid();
    void horizonAndTime();
    void badInputsAreNamed();
    void emptyBookLosesNothing();
};

void ValueAtRiskTest::linearBookIsTheNormalFormula()
{
    const FactorHistory history = normalHistory(1, 500, 3);
    RiskBook book = emptyBook(1);
    addShares(book, 0, 200);
    double variance = 0;
    const auto& moves = history.columns[0].spotReturns;
    for (std::size_t day = 0; day < 20; ++day)
        variance += moves[day] * moves[day] / 20;
    for (const double move : moves)
        variance = 0.94 * variance + 0.06 * move * move;
    const VarReport report = measured(book, history);
    const VarFigure& figure = *report.find(VarMethod::DeltaNormal);
    QVERIFY(isNear(figure.valueAtRisk, 1.6448536269514722 * 20'000 * std::sqrt(variance), 1e-8));
    QVERIFY(isNear(figure.expectedShortfall, 2.0627128075074257 * 20'000 * std::sqrt(variance), 1e-8));
    // The logarithm's own curvature is all that the others add.
    QVERIFY(isNear(report.find(VarMethod::CornishFisher)->valueAtRisk, figure.valueAtRisk, 0.02 * figure.valueAtRisk));
    QVERIFY(report.refused.empty() && report.warnings.empty() && report.unknown.empty());
    QCOMPARE(report.days, std::size_t(500));
    QCOMPARE(report.last, history.dates.back());
}

void ValueAtRiskTest::twoUnderlyingsDiversify()
{
    const FactorHistory history = normalHistory(2, 500, 4);
    RiskBook book = emptyBook(2);
    addShares(book, 0, 100);
    addShares(book, 1, 300);
    const VarSettings settings;
    const auto inputs = varInputs(book, history, settings.days);
    QVERIFY(inputs);
    const FactorModel model = factorModel(*inputs, deviationsOf(*inputs, settings, 0), 0, inputs->days(), settings);
    const double a = 10'000 * model.deviations(0), b = 30'000 * model.deviations(2);
    const double correlation = model.correlation(0, 2);
    QVERIFY(isNear(correlation, 0.5, 0.1)); // half of their variance is common
    const double expected = 1.6448536269514722 * std::sqrt(a * a + b * b + 2 * correlation * a * b);
    QVERIFY(isNear(measured(book, history).find(VarMethod::DeltaNormal)->valueAtRisk, expected, 1e-8));
}

void ValueAtRiskTest::shortStraddleRaisesTheFlag()
{
    const VarReport report = measured(hedgedShortStraddle(), normalHistory(1, 500, 6));
    const VarFigure& shown = *report.find(shownMethod);
    const VarFigure& blind = *report.find(VarMethod::DeltaNormal);
    QVERIFY(shown.valueAtRisk > 100);
    QVERIFY(std::abs(blind.valueAtRisk) < 0.01 * shown.valueAtRisk);
    QVERIFY(blind.disagrees && report.isDisagreeing);
    QVERIFY(!report.warnings.empty());
    QVERIFY(!shown.disagrees);
    QVERIFY(!report.find(VarMethod::MonteCarlo)->disagrees);
}

void ValueAtRiskTest::methodsAgreeUnderNormalMoves()
{
    VarSettings settings;
    settings.days = 4000;
    settings.decay = 0.999;
    settings.freedom = infinity;
    const VarReport report = measured(mixedBook(), normalHistory(3, 4000, 7), settings);
    const VarFigure& simulated = *report.find(VarMethod::MonteCarlo);
    QVERIFY(simulated.standardError > 0 && simulated.standardError < 0.02 * simulated.valueAtRisk);
    for (const VarMethod method : {VarMethod::Historical, VarMethod::FilteredHistorical}) {
        const VarFigure& figure = *report.find(method);
        QVERIFY(isNear(figure.valueAtRisk, simulated.valueAtRisk, 0.07 * simulated.valueAtRisk));
        QVERIFY(isNear(figure.expectedShortfall, simulated.expectedShortfall, 0.07 * simulated.expectedShortfall));
        QVERIFY(!figure.disagrees);
    }
}

void ValueAtRiskTest::sameSeedSameDigits()
{
    const FactorHistory history = normalHistory(3, 300, 8);
    VarSettings settings;
    settings.paths = 2000;
    const VarReport one = measured(mixedBook(), history, settings), two = measured(mixedBook(), history, settings);
    for (std::size_t i = 0; i < one.figures.size(); ++i) {
        QVERIFY(one.figures[i].valueAtRisk == two.figures[i].valueAtRisk);
        QVERIFY(one.figures[i].expectedShortfall == two.figures[i].expectedShortfall);
        QVERIFY(one.figures[i].standardError == two.figures[i].standardError);
    }
    settings.seed = 2;
    QVERIFY(measured(mixedBook(), history, settings).figures.back().valueAtRisk != one.figures.back().valueAtRisk);
}

void ValueAtRiskTest::contributionsAddUp()
{
    VarSettings settings;
    settings.passesTime = true;
    settings.horizon = 3;
    settings.paths = 2000;
    const VarReport report = measured(mixedBook(), normalHistory(3, 300, 10), settings);
    QCOMPARE(report.figures.size(), varMethods.size());
    for (const VarFigure& figure : report.figures) {
        QCOMPARE(figure.contributions.size(), std::size_t(figure.method == VarMethod::CornishFisher ? 0 : 3));
        if (figure.contributions.empty())
            continue;
        double loss = 0, shortfall = 0;
        for (const VarContribution& each : figure.contributions) {
            loss += each.valueAtRisk;
            shortfall += each.expectedShortfall;
        }
        QVERIFY(isNear(loss, figure.valueAtRisk, 1e-8));
        QVERIFY(isNear(shortfall, figure.expectedShortfall, 1e-8));
    }
}

void ValueAtRiskTest::hedgesContributeLess()
{
    RiskBook book = emptyBook(2);
    addShares(book, 0, 1000);
    addShares(book, 1, -300); // half of what it does goes with the first
    const VarReport report = measured(book, normalHistory(2, 500, 11));
    for (const VarFigure& figure : report.figures) {
        if (figure.contributions.empty())
            continue;
        QVERIFY(figure.contributions[0].expectedShortfall > figure.expectedShortfall);
        QVERIFY(figure.contributions[1].expectedShortfall < 0);
        QCOMPARE(figure.contributions[1].underlying, std::size_t(1));
    }
}

void ValueAtRiskTest::unknownPositionsAreListed()
{
    const FactorHistory history = normalHistory(3, 300, 12);
    VarSettings settings;
    settings.paths = 2000;
    const VarReport whole = measured(mixedBook(), history, settings);
    RiskBook book = mixedBook();
    addOption(book, 0, 3, Right::Call, 100, 30, notKnown);
    RiskUnderlying other = book.underlyings[0];
    other.symbol = "WITHOUT";
    book.underlyings.push_back(other);
    addShares(book, 3, 50);
    const VarReport report = measured(book, history, settings);
    QCOMPARE(report.unknown.size(), std::size_t(2));
    QCOMPARE(report.unknown[0].position, book.positions.size() - 2);
    QCOMPARE(report.unknown[1].position, book.positions.size() - 1);
    QVERIFY(report.unknown[1].what.english().find("history") != std::string::npos);
    QCOMPARE(report.figures.size(), whole.figures.size());
    for (std::size_t i = 0; i < whole.figures.size(); ++i) {
        QVERIFY(std::isfinite(report.figures[i].valueAtRisk) && std::isfinite(report.figures[i].expectedShortfall));
        QVERIFY(report.figures[i].valueAtRisk == whole.figures[i].valueAtRisk);
    }
    RiskBook nothingKnown = emptyBook(1);
    addOption(nothingKnown, 0, 1, Right::Call, 100, 30, notKnown);
    const VarReport none = measured(nothingKnown, history, settings);
    QVERIFY(none.figures.empty());
    QCOMPARE(none.unknown.size(), std::size_t(1));
}

void ValueAtRiskTest::vegaIsNotLeftOut()
{
    FactorHistory history = normalHistory(1, 300, 13);
    history.columns[0].volatilityReturns.assign(300, notKnown);
    const VarReport report = measured(hedgedShortStraddle(), history);
    QVERIFY(report.find(VarMethod::CornishFisher) == nullptr);
    QCOMPARE(report.refused.size(), std::size_t(1));
    QCOMPARE(report.refused[0].method, VarMethod::CornishFisher);
    QCOMPARE(report.figures.size(), varMethods.size() - 1);
    QVERIFY(!report.warnings.empty() && report.warnings[0].english().find("U0") != std::string::npos);
    RiskBook shares = emptyBook(1);
    addShares(shares, 0, 10); // has no vega to leave out
    QVERIFY(measured(shares, history).refused.empty());
}

void ValueAtRiskTest::modelledVolatilitiesAreSaid()
{
    FactorHistory history = normalHistory(1, 300, 14);
    history.columns[0].isVolatilityModelled = true;
    const VarReport report = measured(hedgedShortStraddle(), history);
    QVERIFY(report.warnings[0].english().find("modelled") != std::string::npos);
}

void ValueAtRiskTest::horizonAndTime()
{
    const FactorHistory history = normalHistory(1, 500, 15);
    RiskBook shares = emptyBook(1);
    addShares(shares, 0, 100);
    VarSettings settings;
    settings.paths = 2000;
    const double day = measured(shares, history, settings).find(VarMethod::DeltaNormal)->valueAtRisk;
    settings.horizon = 9;
    QVERIFY(isNear(measured(shares, history, settings).find(VarMethod::DeltaNormal)->valueAtRisk, 3 * day, 1e-9));
    RiskBook straddle = emptyBook(1);
    addOption(straddle, 0, 10, Right::Call, 100, 14);
    addOption(straddle, 0, 10, Right::Put, 100, 14);
    const VarReport atOnce = measured(straddle, history, settings);
    settings.passesTime = true;
    const VarReport aged = measured(straddle, history, settings);
    for (const VarMethod method : varMethods)
        QVERIFY(aged.find(method)->valueAtRisk >
                atOnce.find(method)->valueAtRisk + 500); // nearly all of the 14 days go
    settings.horizon = 60;                               // beyond the expiry: all that it can lose is what it is worth
    Revaluation revaluation(straddle);
    const double worth = 1000 * (revaluation.priceNow(0) + revaluation.priceNow(1));
    QVERIFY(measured(straddle, history, settings).find(shownMethod)->valueAtRisk < worth);
}

void ValueAtRiskTest::badInputsAreNamed()
{
    const FactorHistory history = normalHistory(1, 300, 17);
    RiskBook book = emptyBook(1);
    addShares(book, 0, 1);
    const auto field = [&](auto change) {
        VarSettings settings;
        change(settings);
        const auto report = valueAtRisk(book, history, settings);
        return report ? std::string() : report.error().field;
    };
    QCOMPARE(field([](VarSettings& of) { of.level = 1; }), std::string("level"));
    QCOMPARE(field([](VarSettings& of) { of.level = notKnown; }), std::string("level"));
    QCOMPARE(field([](VarSettings& of) { of.horizon = 0; }), std::string("horizon"));
    QCOMPARE(field([](VarSettings& of) { of.days = 10; }), std::string("days"));
    QCOMPARE(field([](VarSettings& of) { of.decay = 1; }), std::string("decay"));
    QCOMPARE(field([](VarSettings& of) { of.paths = 1; }), std::string("paths"));
    QCOMPARE(field([](VarSettings& of) { of.freedom = 2; }), std::string("freedom"));
    QCOMPARE(field([](VarSettings&) {}), std::string());
    RiskBook two = emptyBook(2);
    addShares(two, 0, 1);
    addShares(two, 1, 1);
    FactorHistory apart = normalHistory(2, 200, 18); // never both on one day
    for (std::size_t day = 0; day < 200; ++day)
        apart.columns[day % 2].spotReturns[day] = notKnown;
    const auto report = valueAtRisk(two, apart);
    QVERIFY(!report);
    QCOMPARE(report.error().field, std::string("history"));
}

void ValueAtRiskTest::emptyBookLosesNothing()
{
    const VarReport report = measured(emptyBook(1), normalHistory(1, 100, 19));
    QCOMPARE(report.figures.size(), varMethods.size());
    for (const VarFigure& figure : report.figures)
        QVERIFY(figure.valueAtRisk == 0 && figure.expectedShortfall == 0);
    QVERIFY(!report.isDisagreeing);
}

QTEST_APPLESS_MAIN(ValueAtRiskTest)
#include "value_at_risk_test.moc"
