#include "ui/pixels.h"
#include "ui/plots/payoff_plot.h"
#include "ui/ticket_views.h"

#include <QSignalSpy>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::test;

class PayoffPlotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void payoffIsDrawnInTheThemesColours();
    void payoffReadsOutUnderTheMouse();
    void payoffDrawsTheConeAndTheWhatIf();
    void payoffDimsThePositionBefore();
    void payoffHasALineForEachExit();

private:
    ui::Theme m_theme;
};

void PayoffPlotTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_theme.apply();
}

void PayoffPlotTest::payoffIsDrawnInTheThemesColours()
{
    ui::PayoffPlot plot(m_theme);
    plot.resize(360, 200);
    plot.setTicket(spreadTicket());
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    const QSignalSpy drawn(&plot, &QCustomPlot::afterReplot);
    const auto accents = [&] {
        return test::pixelsOf(plot.grab().toImage().convertToFormat(QImage::Format_RGB32),
                              m_theme.color(ui::Role::Panel));
    };
    QTRY_VERIFY_WITH_TIMEOUT(accents() > 1000, 20'000);
    m_theme.setName(ui::ThemeName::Light);
    m_theme.apply();
    QTRY_VERIFY_WITH_TIMEOUT(accents() > 1000, 20'000);
    plot.setTicket(nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(accents() > 60'000, 20'000);
    m_theme.setName(ui::ThemeName::Dark);
    m_theme.apply();
}

void PayoffPlotTest::payoffReadsOutUnderTheMouse()
{
    ui::PayoffPlot plot(m_theme);
    plot.resize(360, 200);
    plot.setTicket(spreadTicket());
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    QTRY_VERIFY_WITH_TIMEOUT(plot.axisRect()->width() > 100, 20'000);
    const QPoint middle(static_cast<int>(plot.xAxis->coordToPixel(600)), plot.axisRect()->center().y());
    QTest::mouseMove(&plot, middle);
    QVERIFY(plot.layer(QStringLiteral("hover"))->visible());
    QString words;
    for (int i = 0; i < plot.itemCount(); ++i)
        if (const auto* label = qobject_cast<QCPItemText*>(plot.item(i));
            label && label->layer()->name() == QLatin1String("hover"))
            words = label->text();
    QVERIFY2(words.contains(QStringLiteral("+80")), qPrintable(words));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&plot, &leave);
    QVERIFY(!plot.layer(QStringLiteral("hover"))->visible());
}

void PayoffPlotTest::payoffDrawsTheConeAndTheWhatIf()
{
    ui::PayoffPlot plot(m_theme);
    plot.resize(360, 200);
    plot.setTicket(spreadTicket());
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    const auto labels = [&] {
        QStringList words;
        for (int i = 0; i < plot.itemCount(); ++i)
            if (const auto* const label = qobject_cast<QCPItemText*>(plot.item(i)); label && label->visible())
                words << label->text();
        return words;
    };
    const auto bands = [&] {
        QList<QPointF> ends;
        for (int i = 0; i < plot.itemCount(); ++i)
            if (const auto* const band = qobject_cast<QCPItemRect*>(plot.item(i)); band && band->visible())
                ends << QPointF(band->topLeft->key(), band->bottomRight->key());
        return ends;
    };
    QCOMPARE(bands(), (QList<QPointF>{{560, 610}, {536, 618}}));
    QVERIFY(labels().contains(QStringLiteral("1σ")) && labels().contains(QStringLiteral("2σ")));
    QVERIFY(!labels().contains(QStringLiteral("what if")));
    const auto curvesAt33 = [&] {
        int count = 0;
        for (int i = 0; i < plot.graphCount(); ++i)
            count += plot.graph(i)->dataCount() > 10 && plot.graph(i)->dataMainValue(0) == 33 ? 1 : 0;
        return count;
    };
    QCOMPARE(curvesAt33(), 0);
    plot.setTicket(whatIfTicket());
    QCOMPARE(curvesAt33(), 1);
    QVERIFY(labels().contains(QStringLiteral("what if")));
    plot.setTicket(spreadTicket());
    QCOMPARE(curvesAt33(), 0);
    plot.setTicket(nullptr);
    QVERIFY(bands().isEmpty());
}

void PayoffPlotTest::payoffDimsThePositionBefore()
{
    ui::PayoffPlot plot(m_theme);
    plot.resize(360, 200);
    plot.setTicket(spreadTicket());
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    const auto before = [&]() -> const QCPGraph* {
        for (int i = 0; i < plot.graphCount(); ++i)
            if (plot.graph(i)->dataCount() > 10 && plot.graph(i)->dataMainValue(0) == -777)
                return plot.graph(i);
        return nullptr;
    };
    const auto saysBefore = [&] {
        for (int i = 0; i < plot.itemCount(); ++i)
            if (const auto* const label = qobject_cast<QCPItemText*>(plot.item(i));
                label && label->visible() && label->text() == QLatin1String("before"))
                return true;
        return false;
    };
    QVERIFY(!before() && !saysBefore());
    auto closing = spreadTicket();
    closing->before.assign(closing->spots.size(), -777);
    plot.setTicket(closing);
    QVERIFY(before() && saysBefore());
    QCOMPARE(before()->pen().color(), m_theme.color(ui::Role::Faint));
    QVERIFY2(plot.yAxis->range().contains(-777), "it is in the picture");
    plot.setTicket(spreadTicket());
    QVERIFY(!before() && !saysBefore());
}

void PayoffPlotTest::payoffHasALineForEachExit()
{
    ui::PayoffPlot plot(m_theme);
    plot.resize(360, 200);
    const auto shown = [&] {
        QStringList words;
        for (int i = 0; i < plot.itemCount(); ++i) {
            const auto* const label = qobject_cast<QCPItemText*>(plot.item(i));
            if (label && label->visible() && label->text().contains(QRegularExpression(QStringLiteral("target|stop"))))
                words << label->text();
        }
        words.sort();
        return words;
    };
    auto ticket = spreadTicket();
    plot.setTicket(ticket);
    QVERIFY(shown().isEmpty());
    auto bracket = spreadTicket();
    bracket->targetProfit = 40;
    bracket->stopProfit = -4000; // beyond what the curves reach
    plot.setTicket(bracket);
    QCOMPARE(shown(), (QStringList{QStringLiteral("stop \u22124,000"), QStringLiteral("target +40")}));
    QVERIFY(plot.yAxis->range().contains(-4000));
    auto half = spreadTicket();
    half->targetProfit = 40;
    plot.setTicket(half);
    QCOMPARE(shown(), QStringList{QStringLiteral("target +40")});
    plot.setTicket(nullptr);
    QVERIFY(shown().isEmpty());
}

QTEST_MAIN(PayoffPlotTest)
#include "payoff_plot_test.moc"
