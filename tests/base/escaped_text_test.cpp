#include "base/escaped_text.h"

#include <QTest>

using namespace vegadesk;

class EscapedTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonReadsWhatWasSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("plain") << QByteArray("a word") << QByteArray("\"a word\"");
        QTest::newRow("quotes") << QByteArray("\"C:\\x\"") << QByteArray("\"\\\"C:\\\\x\\\"\"");
        QTest::newRow("lines") << QByteArray("a\nb\x7f") << QByteArray("\"a\\u000ab\\u007f\"");
        QTest::newRow("UTF-8") << QByteArray("½ΓS²") << QByteArray("\"½ΓS²\"");
        QTest::newRow("no UTF-8") << QByteArray("a\xff") << QByteArray("\"a\\ufffd\"");
    }
    void jsonReadsWhatWasSaid()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, json);
        QCOMPARE(QByteArray::fromStdString(base::jsonText(text.toStdString())), json);
    }

    void xmlReadsWhatWasSaid()
    {
        QCOMPARE(base::xmlText("a < b & \"c\" > 'd'"), std::string("a &lt; b &amp; &quot;c&quot; &gt; 'd'"));
    }
};

QTEST_APPLESS_MAIN(EscapedTextTest)
#include "escaped_text_test.moc"
