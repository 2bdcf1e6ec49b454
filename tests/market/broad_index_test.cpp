#include "market/broad_index.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::market;

class BroadIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheContracts_data()
    {
        QTest::addColumn<QString>("symbol");
        QTest::addColumn<bool>("isIndex");
        QTest::addColumn<bool>("isEuropean");
        QTest::addColumn<bool>("settlesAtTheOpen");
        QTest::newRow("SPX") << "SPX" << true << true << true;
        QTest::newRow("XSP") << "XSP" << true << true << false;
        QTest::newRow("VIX") << "VIX" << true << true << true;
        QTest::newRow("MRUT") << "MRUT" << true << true << false;
        QTest::newRow("the only American one") << "OEX" << true << false << false;
        QTest::newRow("its European sister") << "XEO" << true << true << false;
        QTest::newRow("a fund on an index") << "SPY" << false << false << false;
        QTest::newRow("a root is no underlying") << "SPXW" << false << false << false;
        QTest::newRow("nothing") << "" << false << false << false;
    }
    void knowsTheContracts()
    {
        QFETCH(QString, symbol);
        QFETCH(bool, isIndex);
        QFETCH(bool, isEuropean);
        QFETCH(bool, settlesAtTheOpen);
        const BroadIndex* const index = broadIndex(symbol.toStdString());
        QCOMPARE(index != nullptr, isIndex);
        if (!index)
            return;
        QCOMPARE(index->style == ExerciseStyle::European, isEuropean);
        QCOMPARE(index->settlement == Settlement::AM, settlesAtTheOpen);
        QCOMPARE(index->multiplier, 100);
    }
};

QTEST_APPLESS_MAIN(BroadIndexTest)
#include "broad_index_test.moc"
