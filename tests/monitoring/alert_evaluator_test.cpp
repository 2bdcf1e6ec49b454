#include "monitoring/alert_evaluator.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::monitoring;

namespace
{

AlertRule rule(std::string id, std::string measure, double threshold, bool isAbove = true, std::string subject = {})
{
    return {.id = std::move(id),
            .measure = std::move(measure),
            .subject = std::move(subject),
            .isAbove = isAbove,
            .threshold = threshold};
}

/// What fires over a series of values of one measure, as indices into it.
std::vector<int> firings(const AlertRule& watched, const std::vector<double>& values)
{
    AlertEvaluator evaluator;
    evaluator.setRules({watched});
    std::vector<int> fired;
    for (int i = 0; i < static_cast<int>(values.size()); ++i) {
        Figures figures;
        figures.set(watched.measure, watched.subject, values[static_cast<std::size_t>(i)]);
        if (!evaluator.evaluate(figures, base::Instant{}).empty())
            fired.push_back(i);
    }
    return fired;
}

} // namespace

Q_DECLARE_METATYPE(std::vector<double>)
Q_DECLARE_METATYPE(std::vector<int>)

class AlertEvaluatorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firesOncePerCrossing_data()
    {
        QTest::addColumn<bool>("isAbove");
        QTest::addColumn<std::vector<double>>("values");
        QTest::addColumn<std::vector<int>>("expected");
        using Values = std::vector<double>;
        using Fired = std::vector<int>;
        const double unknown = market::unknown;
        QTest::newRow("crosses") << true << Values{0.5, 0.9, 1.1, 1.2} << Fired{2};
        QTest::newRow("is beyond at first sight") << true << Values{1.1, 1.2} << Fired{0};
        QTest::newRow("at the threshold is not beyond") << true << Values{1.0, 1.0} << Fired{};
        QTest::newRow("trembles") << true << Values{1.01, 0.99, 1.01, 0.985, 1.02} << Fired{0};
        QTest::newRow("was back") << true << Values{1.01, 0.98, 1.01} << Fired{0, 2};
        QTest::newRow("not known in between") << true << Values{1.01, unknown, 1.02} << Fired{0};
        QTest::newRow("never known") << true << Values{unknown, unknown} << Fired{};
        QTest::newRow("below") << false << Values{1.5, 0.99, 1.01, 0.99, 1.03, 0.5} << Fired{1, 5};
    }
    void firesOncePerCrossing()
    {
        QFETCH(bool, isAbove);
        QFETCH(std::vector<double>, values);
        QFETCH(std::vector<int>, expected);
        QCOMPARE(firings(rule("1", "leverage", 1, isAbove), values), expected);
    }

    void aNegativeThresholdHasItsMarginOnTheRightSide()
    {
        const AlertRule watched = rule("1", "day_profit", -1000, false);
        QCOMPARE(firings(watched, {-1001, -999, -1001, -979, -1001}), (std::vector<int>{0, 4}));
    }

    void aFigureThatTremblesAtZeroIsOneAlert()
    {
        QCOMPARE(firings(rule("1", "day_profit", 0, false), {-1, 1, -1, 9, -1, 10, -1}), (std::vector<int>{0, 6}));
        QCOMPARE(firings(rule("1", "change", 0, true, "SPY"), {0.0002, -0.0002, 0.0002, -0.001, 0.0002}),
                 (std::vector<int>{0, 4}));
        // One without a sign is back when there is none of it.
        QCOMPARE(firings(rule("1", "unknown_orders", 0, true), {1, 0, 1}), (std::vector<int>{0, 2}));
    }

    void whatIsSaid_data()
    {
        QTest::addColumn<QString>("measure");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<bool>("isAbove");
        QTest::addColumn<double>("threshold");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a fraction") << "daily_loss" << "" << true << 0.02 << 0.0312
                                    << "Daily loss: 3.1 %, above 2.0 %.";
        QTest::newRow("a multiple") << "leverage" << "" << true << 1.5 << 1.62 << "Leverage: 1.62, above 1.50.";
        QTest::newRow("dollars") << "day_profit" << "" << false << -500.0 << -612.0
                                 << "Profit today: -612, below -500.";
        QTest::newRow("of a symbol") << "price" << "SPY" << false << 650.0 << 649.5
                                     << "Price, SPY: 649.50, below 650.00.";
        QTest::newRow("a fraction of a symbol")
            << "change" << "SPY" << false << -0.02 << -0.025 << "Change since the close, SPY: -2.5 %, below -2.0 %.";
    }
    void whatIsSaid()
    {
        QFETCH(QString, measure);
        QFETCH(QString, subject);
        QFETCH(bool, isAbove);
        QFETCH(double, threshold);
        QFETCH(double, value);
        QFETCH(QString, expected);
        AlertEvaluator evaluator;
        evaluator.setRules({rule("1", measure.toStdString(), threshold, isAbove, subject.toStdString())});
        Figures figures;
        figures.set(measure.toStdString(), subject.toStdString(), value);
        const std::vector<Alert> alerts = evaluator.evaluate(figures, base::Instant{});
        QCOMPARE(alerts.size(), 1U);
        QCOMPARE(alerts.front().value, value);
        QCOMPARE(QString::fromStdString(alerts.front().sentence.english()), expected);
    }

    void rulesThatAreOffOrBadNeverFire()
    {
        AlertEvaluator evaluator;
        AlertRule off = rule("1", "leverage", 1);
        off.isOn = false;
        evaluator.setRules({off, rule("2", "mood", 1), rule("3", "price", 1)});
        Figures figures;
        figures.set("leverage", "", 5);
        figures.set("mood", "", 5);
        figures.set("price", "", 5);
        QVERIFY(evaluator.evaluate(figures, base::Instant{}).empty());
    }

    void editingAnotherRuleFiresNothingAnew()
    {
        AlertEvaluator evaluator;
        Figures figures;
        figures.set("leverage", "", 1.2);
        evaluator.setRules({rule("1", "leverage", 1)});
        QCOMPARE(evaluator.evaluate(figures, base::Instant{}).size(), 1U);
        evaluator.setRules({rule("1", "leverage", 1), rule("2", "leverage", 1.1)});
        const std::vector<Alert> second = evaluator.evaluate(figures, base::Instant{});
        QCOMPARE(second.size(), 1U);
        QCOMPARE(second.front().rule.id, std::string("2"));
        evaluator.setRules({rule("1", "leverage", 1.15), rule("2", "leverage", 1.1)}); // other terms: a rule anew
        QCOMPARE(evaluator.evaluate(figures, base::Instant{}).size(), 1U);
    }
};

QTEST_APPLESS_MAIN(AlertEvaluatorTest)
#include "alert_evaluator_test.moc"
