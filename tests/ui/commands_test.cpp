#include "no_warnings.h"
#include "ui/command_palette.h"
#include "ui/commands.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::ui;

class CommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void lettersFitInOrder()
    {
        QVERIFY(fitness(QStringLiteral("surf"), QStringLiteral("Volatility surface")) > 0);
        QVERIFY(fitness(QStringLiteral("vs"), QStringLiteral("Volatility surface")) > 0);
        QVERIFY(fitness(QStringLiteral("sv"), QStringLiteral("Volatility smi")) < 0);
        QVERIFY(fitness(QStringLiteral("xyz"), QStringLiteral("Volatility surface")) < 0);
        QCOMPARE(fitness(QString(), QStringLiteral("anything")), 0);
    }

    void betterFitsComeFirst_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("start of the word") << "ord" << "Orders" << "Recorder";
        QTest::newRow("in a run") << "opt" << "Option chain" << "Orders put there";
        QTest::newRow("the shorter of equals") << "order" << "Orders" << "Order ticket";
        QTest::newRow("initials") << "ot" << "Order ticket" << "About";
    }
    void betterFitsComeFirst()
    {
        QFETCH(QString, query);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY(fitness(query, better) > fitness(query, worse));
    }

    void thePaletteRunsByKeyboard()
    {
        QWidget window;
        window.resize(800, 600);
        Theme theme;
        QString ran;
        const auto command = [&ran](const QString& title) {
            return Command{Command::Kind::Command, title, {}, {}, [&ran, title] { ran = title; }, title.startsWith(u'*')};
        };
        CommandPalette palette(
            [&](const QString&) { return std::vector{command("Orders"), command("Option chain"), command("Risk")}; },
            theme, &window);
        window.show();
        palette.open();
        QVERIFY(palette.isVisible());
        QCOMPARE(palette.list().count(), 3);
        QTest::keyClicks(&palette.edit(), QStringLiteral("o"));
        QCOMPARE(palette.list().count(), 2);
        QTest::keyClicks(&palette.edit(), QStringLiteral("c"));
        QCOMPARE(palette.list().count(), 1);
        QTest::keyClick(&palette.edit(), Qt::Key_Return);
        QCOMPARE(ran, QStringLiteral("Option chain"));
        QVERIFY(!palette.isVisible());

        palette.open();
        QCOMPARE(palette.list().count(), 3); // the last query is gone
        QTest::keyClick(&palette.edit(), Qt::Key_Down);
        QTest::keyClick(&palette.edit(), Qt::Key_Down);
        QTest::keyClick(&palette.edit(), Qt::Key_Down); // no further than the last
        QTest::keyClick(&palette.edit(), Qt::Key_Return);
        QCOMPARE(ran, QStringLiteral("Risk"));

        ran.clear();
        palette.open();
        QTest::keyClicks(&palette.edit(), QStringLiteral("zzz"));
        QTest::keyClick(&palette.edit(), Qt::Key_Return);
        QVERIFY(palette.isVisible()); // nothing to run
        QTest::keyClick(&palette.edit(), Qt::Key_Escape);
        QVERIFY(!palette.isVisible());
        QVERIFY(ran.isEmpty());
    }
};

QTEST_MAIN(CommandsTest)
#include "commands_test.moc"
