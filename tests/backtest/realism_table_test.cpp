#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

/// docs/backtesting.md promises a rule and its test for every row of the checklist: both must be there.
class RealismTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsThere();
    void everyTestIsThere();

private:
    static QString text(const QString& path)
    {
        QFile file(QStringLiteral(VEGADESK_SOURCE_DIR "/") + path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    /// Those that a piece of the document names, as "backtest/engine::theBooksAddUp".
    static QStringList testsIn(const QString& piece)
    {
        static const QRegularExpression name(u"`([a-z]+/[a-z_]+::[A-Za-z0-9]+)`"_s);
        QStringList found;
        for (auto match = name.globalMatch(piece); match.hasNext();)
            found << match.next().captured(1);
        return found;
    }
};

void RealismTableTest::everyRowIsThere()
{
    constexpr int rows = 23;
    const QStringList lines = text(u"docs/backtesting.md"_s).split(u'\n');
    QVERIFY(lines.size() > rows);
    for (int row = 1; row <= rows; ++row) {
        const QStringList mine = lines.filter(QRegularExpression(u"^\\| %1 \\|"_s.arg(row)));
        QVERIFY2(mine.size() == 1, qPrintable(QString::number(row)));
        QVERIFY2(!testsIn(mine.front()).isEmpty(), qPrintable(mine.front()));
        QCOMPARE(mine.front().count(u'|'), 6); // five cells
    }
}

void RealismTableTest::everyTestIsThere()
{
    const QStringList names = testsIn(text(u"docs/backtesting.md"_s));
    QVERIFY(names.size() > 40);
    for (const QString& name : names) {
        const QStringList parts = name.split(u"::"_s);
        const QString source = text(u"tests/%1_test.cpp"_s.arg(parts[0]));
        QVERIFY2(!source.isEmpty(), qPrintable(name));
        QVERIFY2(source.contains(QRegularExpression(u"void ([A-Za-z]+::)?%1\\(\\)"_s.arg(parts[1]))), qPrintable(name));
    }
}

QTEST_GUILESS_MAIN(RealismTableTest)
#include "realism_table_test.moc"
