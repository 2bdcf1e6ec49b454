#include "base/parameters.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace vegadesk;
using base::ParameterKind;
using base::Parameters;

class ParametersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startWithTheirFallbacks();
    void refusalsNameFieldValueAndRange_data();
    void refusalsNameFieldValueAndRange();
    void aRefusedValueChangesNothing();
    void choicesAreSetByWord();
    void textReadsBackToTheSameValue();
    void aNameWithoutSpecIsABug();
};

namespace
{

Parameters sample()
{
    return Parameters({
        {.name = "short_delta", .unit = "delta", .about = "Short.", .minimum = 0.05, .maximum = 0.45, .fallback = 0.3},
        {.name = "days",
         .unit = "days",
         .about = "Days.",
         .kind = ParameterKind::Integer,
         .minimum = 5,
         .maximum = 180,
         .fallback = 45},
        {.name = "wings", .about = "Wings.", .kind = ParameterKind::Choice, .choices = {"delta", "width"}},
    });
}

} // namespace

void ParametersTest::startWithTheirFallbacks()
{
    const Parameters parameters = sample();
    QVERIFY(parameters["short_delta"] == 0.3);
    QCOMPARE(parameters.integer("days"), 45);
    QCOMPARE(parameters.choice("wings"), std::string("delta"));
    QCOMPARE(parameters.specs().size(), std::size_t(3));
}

void ParametersTest::refusalsNameFieldValueAndRange_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("too large") << "short_delta" << "0.7" << "short_delta \"0.7\" is not allowed: 0.05 to 0.45 delta";
    QTest::newRow("not a number") << "short_delta" << "NaN"
                                  << "short_delta \"nan\" is not allowed: 0.05 to 0.45 delta";
    QTest::newRow("no text") << "short_delta" << "" << "short_delta is not allowed: 0.05 to 0.45 delta";
    QTest::newRow("trailing letters") << "days" << "45d"
                                      << "days \"45d\" is not allowed: a whole number from 5 to 180 days";
    QTest::newRow("half a day") << "days" << "45.5"
                                << "days \"45.5\" is not allowed: a whole number from 5 to 180 days";
    QTest::newRow("unknown word") << "wings" << "gamma" << "wings \"gamma\" is not allowed: one of delta, width";
    QTest::newRow("a choice by number") << "wings" << "1" << "wings \"1\" is not allowed: one of delta, width";
    QTest::newRow("unknown name") << "delta" << "1"
                                  << "parameter \"delta\" is not allowed: one of short_delta, days, wings";
}

void ParametersTest::refusalsNameFieldValueAndRange()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    QFETCH(QString, message);
    Parameters parameters = sample();
    const auto set = parameters.setText(name.toStdString(), text.toStdString());
    QVERIFY(!set);
    QCOMPARE(QString::fromStdString(set.error().message()), message);
}

void ParametersTest::aRefusedValueChangesNothing()
{
    Parameters parameters = sample();
    QVERIFY(parameters.set("short_delta", 0.2));
    QVERIFY(!parameters.set("short_delta", std::numeric_limits<double>::quiet_NaN()));
    QVERIFY(!parameters.set("short_delta", std::numeric_limits<double>::infinity()));
    QVERIFY(!parameters.set("wings", 2));
    QVERIFY(parameters["short_delta"] == 0.2);
    QCOMPARE(parameters.choice("wings"), std::string("delta"));
}

void ParametersTest::choicesAreSetByWord()
{
    Parameters parameters = sample();
    QVERIFY(parameters.setText("wings", "width"));
    QCOMPARE(parameters.choice("wings"), std::string("width"));
    QVERIFY(parameters["wings"] == 1);
}

void ParametersTest::textReadsBackToTheSameValue()
{
    Parameters parameters = sample();
    QVERIFY(parameters.set("short_delta", 0.1 + 0.2));
    QVERIFY(parameters.set("wings", 1));
    Parameters copy = sample();
    for (const auto& spec : parameters.specs())
        QVERIFY(copy.setText(spec.name, parameters.toText(spec.name)));
    for (const auto& spec : parameters.specs())
        QVERIFY(copy[spec.name] == parameters[spec.name]);
}

void ParametersTest::aNameWithoutSpecIsABug()
{
    const Parameters parameters = sample();
    QVERIFY_EXCEPTION_THROWN(parameters["no_such"], std::out_of_range);
}

QTEST_GUILESS_MAIN(ParametersTest)
#include "parameters_test.moc"
