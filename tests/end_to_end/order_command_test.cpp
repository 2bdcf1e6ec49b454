#include "command_line.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using vegadesk::tests::Outcome;
using vegadesk::tests::run;

/// What vegadesk-cli order says no to before it connects to anything.
class OrderCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void leavesAFolderToTheWindowThatHasIt();
    void cancelWantsToKnowWhich();
    void listsAndCancelsWhatWorks();
    void tradeNamesWhatIsWrong_data();
    void tradeNamesWhatIsWrong();
    void strategiesTradeWithoutAWindow();
};

void OrderCommandTest::namesWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const QString call = u"buy to open 1 SPY 2026-12-18 600 C"_s, other = u"sell to open 1 SPY 2026-12-18 610 C"_s;
    QTest::newRow("no leg") << QStringList{} << QByteArray("legs");
    QTest::newRow("a folder without a name")
        << QStringList{call, u"--data-dir"_s, QString()} << QByteArray("--data-dir");
    QTest::newRow("too short") << QStringList{u"buy 1 SPY"_s}
                               << QByteArray("leg \"buy 1 SPY\" is not allowed: as \"buy to");
    QTest::newRow("an action") << QStringList{u"hold to open 1 SPY 2026-12-18 600 C"_s}
                               << QByteArray("action \"hold to open\" is not allowed: buy to open");
    QTest::newRow("a quantity") << QStringList{u"buy to open -1 SPY"_s} << QByteArray("quantity \"-1\" is not allowed");
    QTest::newRow("an expiry") << QStringList{u"buy to open 1 SPY 2026-13-18 600 C"_s}
                               << QByteArray("expiry \"2026-13-18\" is not allowed");
    QTest::newRow("a right") << QStringList{u"buy to open 1 SPY 2026-12-18 600 X"_s}
                             << QByteArray("right \"X\" is not allowed: C or P");
    QTest::newRow("a strike") << QStringList{u"buy to open 1 SPY 2026-12-18 high C"_s}
                              << QByteArray("strike \"high\" is not allowed");
    QTest::newRow("two underlyings") << QStringList{call, u"sell to open 1 QQQ 2026-12-18 500 C"_s, u"--limit"_s,
                                                    u"1"_s}
                                     << QByteArray("legs \"QQQ\" is not allowed: legs of one underlying");
    QTest::newRow("which way") << QStringList{call, other, u"--limit"_s, u"1"_s}
                               << QByteArray("--limit \"1\" is not allowed: with --debit");
    QTest::newRow("both ways") << QStringList{call, other, u"--limit"_s, u"1"_s, u"--debit"_s, u"--credit"_s}
                               << QByteArray("either --debit or --credit");
    QTest::newRow("below nothing") << QStringList{call, u"--limit=-1"_s} << QByteArray("--limit \"-1\" is not allowed");
    QTest::newRow("a way without a price") << QStringList{call, u"--debit"_s} << QByteArray("only with --limit");
    QTest::newRow("how long") << QStringList{call, u"--tif"_s, u"week"_s}
                              << QByteArray("--tif \"week\" is not allowed");
    QTest::newRow("a place") << QStringList{call, u"--environment"_s, u"mars"_s}
                             << QByteArray("--environment \"mars\" is not allowed: venue");
    QTest::newRow("real money unarmed") << QStringList{call, u"--environment"_s, u"live"_s}
                                        << QByteArray("--environment \"live\" is not allowed: with --arm");
    QTest::newRow("armed where none is needed")
        << QStringList{call, u"--arm"_s} << QByteArray("only with --environment live");
    QTest::newRow("patience") << QStringList{call, u"--wait"_s, u"-1"_s} << QByteArray("--wait \"-1\" is not allowed");
}

void OrderCommandTest::namesWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const Outcome outcome = run(QStringList{u"order"_s} + arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains(words), outcome.errors.constData());
}

void OrderCommandTest::leavesAFolderToTheWindowThatHasIt()
{
    const QTemporaryDir folder;
    QLockFile window(folder.filePath(u"vegadesk.lock"_s));
    QVERIFY(window.tryLock(0));
    const Outcome outcome = run({u"order"_s, u"buy to open 1 SPY"_s, u"--data-dir"_s, folder.path()});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.errors.contains("is in use by another Vegadesk (process " +
                                     QByteArray::number(QCoreApplication::applicationPid())),
             outcome.errors.constData());
    QVERIFY(outcome.output.isEmpty());
}

void OrderCommandTest::cancelWantsToKnowWhich()
{
    for (const QStringList& arguments : {QStringList{u"cancel"_s}, QStringList{u"cancel"_s, u"7"_s, u"--all"_s}}) {
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.errors.contains("orders' ids, or --all"), outcome.errors.constData());
    }
}

/// Through the simulated exchange, as a person does it: an order that waits is listed, cancelled and over.
void OrderCommandTest::listsAndCancelsWhatWorks()
{
    const QTemporaryDir folder;
    const auto say = [&folder](QStringList arguments) {
        return run(arguments << u"--data-dir"_s << folder.path() << u"--seed"_s << u"7"_s);
    };
    const auto object = [](const Outcome& outcome) { return QJsonDocument::fromJson(outcome.output).object(); };
    const Outcome looked = say({u"order"_s, u"buy to open 1 SPY"_s, u"--dry-run"_s, u"--json"_s});
    QVERIFY2(looked.status == 0, looked.errors.constData());
    QVERIFY(object(looked)[u"allowed"].toBool());
    QVERIFY(object(looked)[u"ours"][u"buying_power_taken"].toDouble() > 0);
    const double market = object(looked)[u"market"][u"mid"].toDouble();
    QVERIFY2(market > 0, looked.output.constData());

    const Outcome sent = say({u"order"_s, u"buy to open 1 SPY"_s, u"--limit"_s, QString::number(market * 0.97, 'f', 2),
                              u"--tif"_s, u"gtc"_s, u"--wait"_s, u"0"_s, u"--json"_s});
    QVERIFY2(sent.status == 0, sent.errors.constData());
    const QString id = object(sent)[u"order"][u"id"].toString();
    QVERIFY2(!id.isEmpty() && object(sent)[u"order"][u"may_fill"].toBool(), sent.output.constData());
    const Outcome listed = say({u"orders"_s, u"--json"_s});
    QVERIFY2(listed.status == 0, listed.errors.constData());
    QCOMPARE(object(listed)[u"orders"].toArray().size(), 1);
    QCOMPARE(object(listed)[u"orders"][0][u"id"].toString(), id);
    QCOMPARE(object(listed)[u"orders"][0][u"status"].toString(), u"working"_s);

    const Outcome cancelled = say({u"cancel"_s, id});
    QVERIFY2(cancelled.status == 0, cancelled.errors.constData());
    QVERIFY2(cancelled.output.contains(id.toLatin1() + " cancelled"), cancelled.output.constData());
    const Outcome again = say({u"cancel"_s, id});
    QCOMPARE(again.status, 1);
    QVERIFY2(again.errors.contains("is over: cancelled"), again.errors.constData());
}

void OrderCommandTest::tradeNamesWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("no value") << QStringList{u"--strategy"_s, u"iron_condor"_s, u"--set"_s, u"short_delta"_s}
                              << QByteArray("--set \"short_delta\" is not allowed: name=value");
    QTest::newRow("of nothing") << QStringList{u"--set"_s, u"short_delta=0.2"_s} << QByteArray("with --strategy");
    QTest::newRow("no strategy") << QStringList{u"--strategy"_s, u"martingale"_s}
                                 << QByteArray("strategy \"martingale\" is not allowed");
    QTest::newRow("no such value") << QStringList{u"--strategy"_s, u"iron_condor"_s, u"--set"_s, u"short_delta=3"_s}
                                   << QByteArray("short_delta \"3\" is not allowed");
    QTest::newRow("no such parameter") << QStringList{u"--strategy"_s, u"iron_condor"_s, u"--set"_s, u"delta=0.2"_s}
                                       << QByteArray("delta");
    QTest::newRow("how long") << QStringList{u"--for"_s, u"-1"_s} << QByteArray("--for \"-1\" is not allowed");
    QTest::newRow("no time") << QStringList{u"--for"_s, u"0"_s} << QByteArray("--for \"0\" is not allowed");
    QTest::newRow("real money unarmed") << QStringList{u"--environment"_s, u"live"_s} << QByteArray("with --arm");
    QTest::newRow("armed where none is needed")
        << QStringList{u"--arm"_s} << QByteArray("only with --environment live");
}

void OrderCommandTest::tradeNamesWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const Outcome outcome = run(QStringList{u"trade"_s} + arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains(words), outcome.errors.constData());
}

void OrderCommandTest::strategiesTradeWithoutAWindow()
{
    const QTemporaryDir folder;
    const auto trade = [&folder](const QStringList& more) {
        return run(QStringList{u"trade"_s, u"--data-dir"_s, folder.path(), u"--seed"_s, u"7"_s} + more);
    };
    const Outcome nothing = trade({u"--for"_s, u"1"_s});
    QCOMPARE(nothing.status, 1);
    QVERIFY2(nothing.errors.contains("no strategy is armed"), nothing.errors.constData());

    const auto lastLine = [](const Outcome& outcome) {
        const QList<QByteArray> lines = outcome.output.trimmed().split('\n');
        return QJsonDocument::fromJson(lines.last()).object();
    };
    const Outcome armed = trade({u"--strategy"_s, u"iron_condor"_s, u"--for"_s, u"1"_s, u"--json"_s});
    QCOMPARE(armed.status, 0);
    QCOMPARE(lastLine(armed)[u"kind"].toString(), u"end"_s);
    QCOMPARE(lastLine(armed)[u"strategy"].toString(), u"iron_condor"_s);
    QVERIFY(armed.output.contains("\"doing\""));
    // With other parameters it is told of once it has those.
    const Outcome other = trade({u"--strategy"_s, u"iron_condor"_s, u"--underlying"_s, u"spy"_s, u"--set"_s,
                                 u"short_delta=0.20"_s, u"--for"_s, u"1"_s, u"--json"_s});
    QCOMPARE(other.status, 0);
    QCOMPARE(lastLine(other)[u"underlying"].toString(), u"SPY"_s);
    QVERIFY2(other.output.contains("Armed."), other.output.constData());
    // It goes on by itself, and is turned off.
    const Outcome again = trade({u"--for"_s, u"1"_s, u"--json"_s, u"--off-at-end"_s});
    QCOMPARE(again.status, 0);
    QVERIFY2(lastLine(again)[u"state"].toString() != u"armed"_s, again.output.constData());
}

QTEST_GUILESS_MAIN(OrderCommandTest)
#include "order_command_test.moc"
