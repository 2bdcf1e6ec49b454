#include "base/sentence.h"

#include <QTest>

using namespace vegadesk;
using base::Sentence;
using base::SentenceNumber;

class SentenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void englishPutsThePartsIn_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no part") << "Only closes." << "Only closes.";
        QTest::newRow("words and a number") << "The order in %1 needs %2." << "The order in SPY needs 12.50.";
        QTest::newRow("another order") << "%2 for %1" << "12.50 for SPY";
        QTest::newRow("a percent sign stays") << "%2 % of %1, 100 %" << "12.50 % of SPY, 100 %";
        QTest::newRow("twice") << "%1 and %1" << "SPY and SPY";
    }
    void englishPutsThePartsIn()
    {
        QFETCH(const QString, form);
        QFETCH(const QString, expected);
        const QByteArray kept = form.toUtf8();
        const Sentence sentence{kept.constData(), {"SPY", SentenceNumber{12.5, 2}}};
        QCOMPARE(QString::fromStdString(sentence.english()), expected);
    }

    void aPartIsNoForm()
    {
        const Sentence sentence{"%1 of %2", {"%2", "XYZ"}};
        QCOMPARE(sentence.english(), std::string("%2 of XYZ"));
    }

    void emptyIsEmpty()
    {
        QVERIFY(Sentence{}.isEmpty());
        QVERIFY(Sentence{}.english().empty());
        QVERIFY(!Sentence{"x"}.isEmpty());
    }
};

QTEST_GUILESS_MAIN(SentenceTest)
#include "sentence_test.moc"
