#include "desk/dispersion_basket.h"
#include "desk/settings.h"
#include "history/universe.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace vegadesk;
using desk::DispersionBasket;

class DispersionBasketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadAsTyped()
    {
        const auto basket = desk::parseBasket(" spy=aapl 0.07,MSFT  .06 , BRK/B 1e-2,");
        QVERIFY(basket);
        const DispersionBasket wanted{"SPY", {{"AAPL", 0.07}, {"MSFT", 0.06}, {"BRK/B", 0.01}}};
        QVERIFY(*basket == wanted);
        QCOMPARE(toText(*basket), std::string("SPY = AAPL 0.07, MSFT 0.06, BRK/B 0.01"));
        QVERIFY(desk::parseBasket(toText(*basket)) == wanted);
        const std::vector<std::string> symbols{"SPY", "AAPL", "MSFT", "BRK/B"};
        QCOMPARE(basket->symbols(), symbols);
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const QString symbol = ": a symbol such as SPY: a letter, then letters, digits, points and slashes, 10 at most";
        const QString weight = ": a number above 0, 1 at most, with a decimal point";
        const QString no = " is not allowed";
        QTest::newRow("no equals sign") << "SPY AAPL 0.07"
                                        << "basket \"SPY AAPL 0.07\"" + no +
                                               ": an index, an equals sign and its members: SPY = AAPL 0.07, MSFT 0.06";
        QTest::newRow("nothing") << ""
                                 << "basket" + no +
                                        ": an index, an equals sign and its members: SPY = AAPL 0.07, MSFT 0.06";
        QTest::newRow("no index") << "= AAPL 0.07, MSFT 0.06" << "index" + no + symbol;
        QTest::newRow("not an index") << "1X = AAPL 0.07, MSFT 0.06" << "index \"1X\"" + no + symbol;
        QTest::newRow("not a member") << "SPY = AAPL 0.07, M$ 0.06" << "member \"M$\"" + no + symbol;
        QTest::newRow("no weight") << "SPY = AAPL, MSFT 0.06"
                                   << "member \"AAPL\"" + no + ": a symbol and its weight: AAPL 0.07";
        QTest::newRow("percent") << "SPY = AAPL 7, MSFT 6" << "weight of AAPL \"7\"" + no + weight;
        QTest::newRow("decimal comma") << "SPY = AAPL 0,07" << "weight of AAPL \"0\"" + no + weight;
        QTest::newRow("negative") << "SPY = AAPL -0.07, MSFT 0.06" << "weight of AAPL \"-0.07\"" + no + weight;
        QTest::newRow("not a number") << "SPY = AAPL NAN, MSFT 0.06" << "weight of AAPL \"NAN\"" + no + weight;
        QTest::newRow("one member") << "SPY = AAPL 0.07" << "number of members \"1\"" + no + ": 2 to 30";
        QTest::newRow("twice") << "SPY = AAPL 0.07, aapl 0.06"
                               << "member \"AAPL\"" + no + ": each member once, and not the index itself";
        QTest::newRow("of itself") << "SPY = AAPL 0.07, SPY 0.06"
                                   << "member \"SPY\"" + no + ": each member once, and not the index itself";
        QTest::newRow("too heavy") << "SPY = AAPL 0.7, MSFT 0.6"
                                   << "sum of the weights \"1.3\"" + no + ": 1 at most";
        QString many = "SPY = ";
        for (int i = 0; i < 31; ++i)
            many += QStringLiteral("M%1 0.01, ").arg(i);
        QTest::newRow("too many") << many << "number of members \"31\"" + no + ": 2 to 30";
    }

    void whatIsWrongIsNamed()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const auto basket = desk::parseBasket(text.toStdString());
        QVERIFY(!basket);
        QCOMPARE(QString::fromStdString(basket.error().message()), message);
    }

    void theSimulatedExchangeListsTheShippedOne()
    {
        const DispersionBasket& shipped = desk::shippedBasket();
        QVERIFY(desk::parseBasket(toText(shipped)) == shipped);
        QVERIFY(history::findSimulated(shipped.index));
        for (const DispersionBasket::Member& member : shipped.members) {
            const auto* const name = history::findSimulated(member.symbol);
            QVERIFY2(name, member.symbol.c_str());
            QCOMPARE(member.weight, name->indexWeight);
        }
    }

    void isKeptInTheSettings()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("settings.ini"));
        {
            desk::Settings settings(file);
            QVERIFY(desk::basketOf(settings) == desk::shippedBasket());
            QSignalSpy changed(&settings, &desk::Settings::changed);
            QVERIFY(desk::setBasket(settings, "qqq = AAPL 0.09, MSFT 0.08"));
            QCOMPARE(changed.size(), 1);
            QCOMPARE(changed.front().front().toString(), desk::basketKey);
            QVERIFY(!desk::setBasket(settings, "QQQ ="));
            QCOMPARE(changed.size(), 1);
        }
        desk::Settings settings(file);
        QVERIFY((desk::basketOf(settings) == DispersionBasket{"QQQ", {{"AAPL", 0.09}, {"MSFT", 0.08}}}));
        QVERIFY(!desk::isBasketUnreadable(settings));
        settings.setBytes(desk::basketKey, "QQQ = AAPL");
        QVERIFY(desk::isBasketUnreadable(settings));
        QVERIFY(desk::basketOf(settings) == desk::shippedBasket());
        QVERIFY(desk::setBasket(settings, toText(desk::shippedBasket())));
        QVERIFY(!settings.has(desk::basketKey)); // the shipped one may change with the program
    }
};

QTEST_GUILESS_MAIN(DispersionBasketTest)
#include "test_dispersion_basket.moc"
