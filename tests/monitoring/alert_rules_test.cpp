#include "monitoring/alert_rules.h"

#include <QtTest>

#include <limits>
#include <set>

using namespace vegadesk;
using namespace vegadesk::monitoring;

class AlertRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMeasureIsNamedOnce()
    {
        std::set<std::string_view> ids;
        for (const Measure& measure : measures()) {
            QVERIFY(ids.insert(measure.id).second);
            QVERIFY(*measure.title != '\0');
            QVERIFY(measure.lowest < measure.highest);
            QCOMPARE(findMeasure(measure.id), &measure);
        }
        QVERIFY(!findMeasure("mood"));
    }

    void badRulesAreRefused_data()
    {
        QTest::addColumn<QString>("measure");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<double>("threshold");
        QTest::addColumn<QString>("field"); // of the error; empty: a good rule
        QTest::newRow("good") << "leverage" << "" << 1.5 << "";
        QTest::newRow("good, of a symbol") << "price" << "SPY" << 700.0 << "";
        QTest::newRow("no such measure") << "mood" << "" << 1.0 << "measure";
        QTest::newRow("no symbol") << "price" << "" << 700.0 << "subject";
        QTest::newRow("a symbol too many") << "leverage" << "SPY" << 1.0 << "subject";
        QTest::newRow("too much") << "daily_loss" << "" << 1.5 << "threshold";
        QTest::newRow("negative") << "price" << "SPY" << -1.0 << "threshold";
        QTest::newRow("no number") << "leverage" << "" << std::numeric_limits<double>::quiet_NaN() << "threshold";
    }
    void badRulesAreRefused()
    {
        QFETCH(QString, measure);
        QFETCH(QString, subject);
        QFETCH(double, threshold);
        QFETCH(QString, field);
        const auto rule = checked(
            {.id = "1", .measure = measure.toStdString(), .subject = subject.toStdString(), .threshold = threshold});
        QCOMPARE(rule.has_value(), field.isEmpty());
        if (!rule)
            QVERIFY(QString::fromStdString(rule.error().message()).contains(field));
    }

    void figuresAreKeptByMeasureAndSubject()
    {
        Figures figures;
        figures.set("price", "SPY", 700);
        figures.set("price", "QQQ", 600);
        figures.set("price", "QQQ", 601);
        QCOMPARE(figures.of("price", "SPY"), 700.0);
        QCOMPARE(figures.of("price", "QQQ"), 601.0);
        QVERIFY(qIsNaN(figures.of("price", "IWM")));
        QVERIFY(qIsNaN(figures.of("leverage", "")));
    }
};

QTEST_APPLESS_MAIN(AlertRulesTest)
#include "alert_rules_test.moc"
