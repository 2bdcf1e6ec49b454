#include "ui/elided_label.h"

#include <QTest>

using namespace vegadesk;

class ElidedLabelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsCutIsInTheTooltip()
    {
        ui::ElidedLabel label;
        const QString words = QStringLiteral("simulated market, seed 1 · no quotes since 09:31:00");
        label.setHelp(QStringLiteral("where prices come from"));
        label.setWords(words);
        QVERIFY2(label.minimumSizeHint().width() < label.sizeHint().width() / 2, "it gives way");
        label.resize(label.sizeHint());
        label.show();
        QCOMPARE(label.text(), words);
        QCOMPARE(label.toolTip(), QStringLiteral("where prices come from"));
        label.resize(label.sizeHint().width() / 2, label.height());
        QVERIFY(label.text().endsWith(QChar(0x2026)));
        QVERIFY(label.fontMetrics().horizontalAdvance(label.text()) <= label.width());
        QVERIFY(label.toolTip().startsWith(words));
        QCOMPARE(label.words(), words);
        label.resize(label.sizeHint());
        QCOMPARE(label.text(), words);
    }
};

QTEST_MAIN(ElidedLabelTest)
#include "elided_label_test.moc"
