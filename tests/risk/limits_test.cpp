#include "risk/limits.h"

#include <QtTest>

#include <algorithm>
#include <functional>
#include <limits>

using namespace vegadesk::risk;

using Change = std::function<void(Limits&)>;
Q_DECLARE_METATYPE(Change)

class LimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void profiles_data()
    {
        QTest::addColumn<int>("tolerance");
        // Largest position, no new risk, stop, leverage, positions, loss of a trade, buying power, stress, value at risk, stop
        // loss of a credit, sizes calm, normal, stressed.
        QTest::addColumn<QList<double>>("figures");
        QTest::newRow("low") << int(Tolerance::Low)
                             << QList<double>{0.10, 0.01, 0.02, 1.0, 8, 0.01, 0.25, 0.05, 0.01, 1.5, 1, 0.6, 0.25};
        QTest::newRow("moderate") << int(Tolerance::Moderate)
                                  << QList<double>{0.25, 0.025, 0.05, 2.0, 16, 0.02, 0.5, 0.1, 0.02, 2, 1, 0.75, 0.4};
        QTest::newRow("high") << int(Tolerance::High)
                              << QList<double>{0.25, 0.04, 0.05, 2.0, 30, 0.04, 0.6, 0.2, 0.04, 3, 1, 0.9, 0.6};
    }
    void profiles()
    {
        QFETCH(int, tolerance);
        QFETCH(QList<double>, figures);
        const Limits limits = limitsFor(Tolerance(tolerance));
        QCOMPARE((QList<double>{limits.largestPosition, limits.dailyLossNoNewRisk, limits.dailyLossStop,
                                limits.leverage, double(limits.strategyPositions), limits.tradeLoss,
                                limits.buyingPowerUsed, limits.stress, limits.valueAtRisk, limits.creditStopLoss,
                                limits.size.calm, limits.size.normal, limits.size.stressed}),
                 figures);
        QCOMPARE(limits.refusesLegStates, Tolerance(tolerance) == Tolerance::Low);
        QVERIFY(checked(limits));
    }
    void moderateIsTheDefault() { QVERIFY(Limits() == limitsFor(Tolerance::Moderate)); }

    void capsHold_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* name, Change change, const char* field) {
            QTest::newRow(name) << change << field;
        };
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        row(
            "at the caps",
            [](Limits& l) {
                l.largestPosition = l.tradeLoss = 0.25;
                l.dailyLossNoNewRisk = l.dailyLossStop = 0.05;
                l.leverage = 2;
                l.buyingPowerUsed = l.stress = l.valueAtRisk = l.size.normal = 1;
            },
            "");
        row(
            "position over", [](Limits& l) { l.largestPosition = 0.2501; }, "largest position");
        row(
            "stop over", [](Limits& l) { l.dailyLossStop = 0.0501; }, "daily loss, stop");
        row(
            "no new risk above the stop", [](Limits& l) { l.dailyLossStop = 0.02; }, "daily loss, no new risk");
        row(
            "leverage over", [](Limits& l) { l.leverage = 2.01; }, "leverage");
        row(
            "zero", [](Limits& l) { l.largestPosition = 0; }, "largest position");
        row(
            "negative", [](Limits& l) { l.leverage = -1; }, "leverage");
        row(
            "NaN", [](Limits& l) { l.leverage = nan; }, "leverage");
        row(
            "no positions", [](Limits& l) { l.strategyPositions = 0; }, "strategy positions");
        row(
            "loss of a trade over", [](Limits& l) { l.tradeLoss = 0.26; }, "loss of one trade");
        row(
            "buying power over", [](Limits& l) { l.buyingPowerUsed = 1.01; }, "buying power used");
        row(
            "stress of more than all", [](Limits& l) { l.stress = 1.01; }, "stress");
        row(
            "no value at risk", [](Limits& l) { l.valueAtRisk = 0; }, "value at risk");
        row(
            "stop loss at once", [](Limits& l) { l.creditStopLoss = 0; }, "stop loss of a credit");
        row(
            "size that grows", [](Limits& l) { l.size.normal = 1.1; }, "size when normal");
        row(
            "no size in stress", [](Limits& l) { l.size.stressed = 0; }, "size when stressed");
        row(
            "size larger than in a calmer market", [](Limits& l) { l.size = {0.5, 0.6, 0.4}; }, "size when normal");
        row(
            "more stressed than normal", [](Limits& l) { l.size = {1, 0.6, 0.7}; }, "size when stressed");
        row(
            "positions without end", [](Limits& l) { l.strategyPositions = 1001; }, "strategy positions");
        row(
            "stop loss never", [](Limits& l) { l.creditStopLoss = 101; }, "stop loss of a credit");
        row(
            "no contracts", [](Limits& l) { l.orders.contractsPerLeg = 0; }, "contracts of a leg");
        row(
            "infinite notional", [](Limits& l) { l.orders.dayNotional = std::numeric_limits<double>::infinity(); },
            "notional of a day");
        row(
            "no orders", [](Limits& l) { l.orders.ordersPerDay = 0; }, "orders a day");
    }
    void capsHold()
    {
        QFETCH(Change, change);
        QFETCH(QString, field);
        Limits limits;
        change(limits);
        const auto result = checked(limits);
        QCOMPARE(result ? QString() : QString::fromStdString(result.error().field), field);
    }

    /// What is read of a field is what was written to it, and nothing else changes.
    void fieldsAreApart()
    {
        for (const LimitField& field : limitFields()) {
            Limits limits;
            const double other = field.value(limits) == 1 ? 0.5 : 1;
            field.set(limits, other);
            QCOMPARE(field.value(limits), other);
            for (const LimitField& each : limitFields())
                QVERIFY2(each.id == field.id || each.value(limits) == each.value(Limits()), field.name.data());
            field.set(limits, std::numeric_limits<double>::quiet_NaN());
            QVERIFY2(!field.allows(limits), field.name.data());
            QVERIFY2(!checked(limits), field.name.data());
            field.set(limits, 1e300);
            QVERIFY2(!field.allows(limits), field.name.data());
        }
    }
    void aFigureStaysBelowAnother()
    {
        const auto field = std::ranges::find(limitFields(), "daily-loss-no-new-risk", &LimitField::id);
        Limits limits;
        limits.dailyLossStop = 0.03;
        QCOMPARE(field->most(limits), 0.03);
        limits.dailyLossStop = 0.9;
        QCOMPARE(field->most(limits), hardDailyLossCap);
    }
};

QTEST_APPLESS_MAIN(LimitsTest)
#include "limits_test.moc"
