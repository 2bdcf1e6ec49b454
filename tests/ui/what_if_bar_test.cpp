#include "ui/panels/what_if_bar.h"
#include "ui/theme/format.h"
#include "ui/ticket_views.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::test;

class WhatIfBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIfAsksForWhatItsSlidersSay();
    void whatIfForgetsWhenItCloses();
};

void WhatIfBarTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void WhatIfBarTest::whatIfAsksForWhatItsSlidersSay()
{
    ui::WhatIfBar bar;
    bar.show();
    const QSignalSpy asked(&bar, &ui::WhatIfBar::asked);
    const auto slider = [&](const char* name) { return bar.findChild<QSlider*>(QString::fromLatin1(name)); };
    auto* const toggle = bar.findChild<QPushButton*>(QStringLiteral("what_if_toggle"));
    QVERIFY(!slider("what_if_spot")->isVisible());
    toggle->click();
    bar.setTicket(*spreadTicket(), base::makeDate(2026, 11, 20));
    for (const char* name : {"what_if_spot", "what_if_volatility", "what_if_date"}) {
        QVERIFY2(slider(name)->isVisible(), name);
        QVERIFY2(slider(name)->focusPolicy() & Qt::TabFocus, name);
        QVERIFY2(!slider(name)->accessibleName().isEmpty(), name);
    }
    QVERIFY(asked.isEmpty());
    QTest::keyClick(slider("what_if_spot"), Qt::Key_Left);
    QTest::keyClick(slider("what_if_volatility"), Qt::Key_PageUp);
    slider("what_if_date")->setValue(10);
    QCOMPARE(asked.size(), 3);
    const auto last = asked.last().first().value<desk::WhatIf>();
    QCOMPARE(last.spotChange, -0.005);
    QCOMPARE(last.volatilityChange, 0.05);
    QCOMPARE(last.days, 10);
    QStringList words;
    for (const QLabel* label : bar.findChildren<QLabel*>())
        words << label->text();
    QVERIFY2(words.filter(ui::number(585 * 0.995, 2)).size() == 1, qPrintable(words.join(u'|')));
    QVERIFY2(words.filter(QStringLiteral("30 Nov")).size() == 1, qPrintable(words.join(u'|')));
    slider("what_if_date")->setValue(31);
    words.clear();
    for (const QLabel* label : bar.findChildren<QLabel*>())
        words << label->text();
    QVERIFY(words.contains(QStringLiteral("at expiry")));
    bar.setTicket(*whatIfTicket(), base::makeDate(2026, 11, 20));
    const auto* const profit = bar.findChild<QLabel*>(QStringLiteral("what_if_profit"));
    QVERIFY2(profit->text().contains(ui::signedMoney(-42.5)), qPrintable(profit->text()));
    QCOMPARE(profit->property("tone").toString(), QStringLiteral("loss"));
}

void WhatIfBarTest::whatIfForgetsWhenItCloses()
{
    ui::WhatIfBar bar;
    bar.show();
    bar.setOpen(true);
    bar.setTicket(*spreadTicket(), base::makeDate(2026, 11, 20));
    const QSignalSpy asked(&bar, &ui::WhatIfBar::asked);
    auto* const spot = bar.findChild<QSlider*>(QStringLiteral("what_if_spot"));
    spot->setValue(4);
    bar.findChild<QPushButton*>(QStringLiteral("what_if_reset"))->click();
    QVERIFY(asked.last().first().value<desk::WhatIf>().isNow());
    QVERIFY(bar.isOpen());
    spot->setValue(4);
    bar.setOpen(false);
    QVERIFY(asked.last().first().value<desk::WhatIf>().isNow());
    QCOMPARE(spot->value(), 0);
    QCOMPARE(asked.size(), 4);
    bar.setOpen(true);
    bar.setOpen(false);
    QCOMPARE(asked.size(), 4);
}

QTEST_MAIN(WhatIfBarTest)
#include "what_if_bar_test.moc"
