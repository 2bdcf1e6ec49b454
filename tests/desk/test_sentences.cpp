#include "desk/sentences.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTest>
#include <QTranslator>

using namespace vegadesk;

namespace
{
/// Knows one form, with its parts the other way round.
class Reversing : public QTranslator
{
public:
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        const bool isKnown = qstrcmp(context, "Core") == 0 && qstrcmp(source, "%1 costs %2, at most %3 %") == 0;
        return isKnown ? QStringLiteral("höchstens %3 %: %2 für %1") : QString();
    }
    bool isEmpty() const override { return false; }
};

const base::Sentence known{"%1 costs %2, at most %3 %",
                           {"SPY %2", base::SentenceNumber{-1234.5, 2}, base::SentenceNumber{7}}};
} // namespace

class SentencesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void withoutATranslationItStaysEnglish()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QCOMPARE(desk::translated(known), QStringLiteral("SPY %2 costs \u22121,234.50, at most 7 %"));
    }

    void aTranslationMayTurnThePartsRound()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        Reversing translator;
        QVERIFY(QCoreApplication::installTranslator(&translator));
        QCOMPARE(desk::translated(known), QStringLiteral("höchstens 7 %: \u22121.234,50 für SPY %2"));
        QCOMPARE(desk::translated({"another", {}}), QStringLiteral("another"));
    }
};

QTEST_GUILESS_MAIN(SentencesTest)
#include "test_sentences.moc"
