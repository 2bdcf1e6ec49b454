#include "no_warnings.h"
#include "ui/theme/format.h"

#include <QLocale>
#include <QTest>

#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::ui;

class FormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    }

    void numbersReadAsATraderReadsThem_data()
    {
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        constexpr double infinity = std::numeric_limits<double>::infinity();
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("groups") << number(1234.5, 2) << QStringLiteral("1,234.50");
        QTest::newRow("true minus") << number(-3.2, 1) << QStringLiteral("−3.2");
        QTest::newRow("unknown") << number(unknown, 2) << QStringLiteral("–");
        QTest::newRow("no minus before a zero") << number(-0.001, 2) << QStringLiteral("0.00");
        QTest::newRow("a half cent keeps its sign") << number(-0.006, 2) << QStringLiteral("−0.01");
        QTest::newRow("infinite") << number(infinity, 2) << QStringLiteral("∞");
        QTest::newRow("plus") << signedNumber(5, 0) << QStringLiteral("+5");
        QTest::newRow("no plus before zero") << signedNumber(0, 0) << QStringLiteral("0");
        QTest::newRow("money") << money(103482.156) << QStringLiteral("103,482.16");
        QTest::newRow("signed money") << signedMoney(-790) << QStringLiteral("−790.00");
        QTest::newRow("percent") << percent(0.0123) << QStringLiteral("1.2\u2009%");
        QTest::newRow("percent unknown") << percent(unknown) << QStringLiteral("–");
        QTest::newRow("signed percent") << signedPercent(0.0123, 2) << QStringLiteral("+1.23\u2009%");
        QTest::newRow("up") << arrowed(1.83, 2) << QStringLiteral("▲\u20091.83");
        QTest::newRow("down") << arrowed(-0.12, 2) << QStringLiteral("▼\u20090.12");
        QTest::newRow("neither") << arrowed(0.001, 2) << QStringLiteral("0.00");
        QTest::newRow("count") << compactCount(12400) << QStringLiteral("12,400");
        QTest::newRow("millions") << compactCount(1.23e6) << QStringLiteral("1.2\u2009M");
        QTest::newRow("billions") << compactCount(-2.5e9) << QStringLiteral("−2.5\u2009B");
        QTest::newRow("multiple") << multiple(0.94) << QStringLiteral("0.9x");
        QTest::newRow("multiple unknown") << multiple(unknown) << QStringLiteral("–");
    }
    void numbersReadAsATraderReadsThem()
    {
        QFETCH(QString, shown);
        QFETCH(QString, wanted);
        QCOMPARE(shown, wanted);
    }

    void theSignIsThatOfWhatIsShown()
    {
        QCOMPARE(shownSign(0, 2), 0);
        QCOMPARE(shownSign(0.0049, 2), 0);
        QCOMPARE(shownSign(-0.0049, 2), 0);
        QCOMPARE(shownSign(0.0051, 2), 1);
        QCOMPARE(shownSign(-0.0051, 2), -1);
        QCOMPARE(shownSign(std::numeric_limits<double>::quiet_NaN(), 2), 0);
    }

    void theLocaleGroups()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(number(1234.5, 2), QStringLiteral("1.234,50"));
        QLocale::setDefault(QLocale::c()); // a terminal without a locale
        QCOMPARE(number(1234.5, 2), QStringLiteral("1,234.50"));
    }
};

QTEST_MAIN(FormatTest)
#include "format_test.moc"
