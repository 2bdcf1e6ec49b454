#include "desk/watched_symbols.h"

#include <QTest>

using namespace vegadesk;

/// Which symbols stay on the watchlist where the open environment does not know them.
class WatchedSymbolsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasStoredStaysWhereABrokerMayKnowIt()
    {
        const desk::WatchedSymbols watched({QStringLiteral("SPY"), QStringLiteral("NEWCO")});
        QVERIFY(watched.isKept(QStringLiteral("NEWCO"), true)); // in whichever environment
        QVERIFY(!watched.isKept(QStringLiteral("NEWCO"), false));
    }

    void whatWasJustAddedGoesAgain()
    {
        desk::WatchedSymbols watched({QStringLiteral("SPY")});
        const QStringList more{QStringLiteral("SPY"), QStringLiteral("ZZZZ")};
        watched.set(more);
        QCOMPARE(watched.symbols(), more);
        QVERIFY(!watched.isKept(QStringLiteral("ZZZZ"), true));
        QVERIFY(watched.isKept(QStringLiteral("SPY"), true));
        // Taken off as unknown, and asked for once more.
        watched.set({QStringLiteral("SPY")});
        watched.set(more);
        QVERIFY(!watched.isKept(QStringLiteral("ZZZZ"), true));
    }

    void whatOneEnvironmentKnewStaysInTheNext()
    {
        desk::WatchedSymbols watched({QStringLiteral("SPY")});
        watched.set({QStringLiteral("SPY"), QStringLiteral("NEWCO")}); // known to LIVE
        watched.settle();
        QVERIFY(watched.isKept(QStringLiteral("NEWCO"), true)); // unknown to certification
    }

    void whatAReplayListsWasAddedByNobody()
    {
        desk::WatchedSymbols watched({QStringLiteral("SPY")});
        watched.show({QStringLiteral("DAX")});
        QCOMPARE(watched.symbols(), QStringList{QStringLiteral("DAX")});
        QVERIFY(watched.isKept(QStringLiteral("DAX"), true));
    }
};

QTEST_GUILESS_MAIN(WatchedSymbolsTest)
#include "test_watched_symbols.moc"
