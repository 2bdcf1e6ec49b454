#include "desk_fixture.h"
#include "no_warnings.h"
#include "pixels.h"
#include "surfaces.h"
#include "ui/panels/volatility_surface.h"
#include "ui/plots/smile_plot.h"
#include "ui/plots/surface_3d.h"
#include "ui/plots/surface_map.h"
#include "ui/theme/format.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTest>

using namespace vegadesk;

namespace
{

/// Places of the widget where its picture is not the ground.
int drawnPixels(QWidget& widget, const QColor& ground)
{
    const QImage image = widget.grab().toImage();
    return image.width() * image.height() - test::pixelsOf(widget, ground);
}

QPushButton* segment(const QWidget& panel, const QString& words)
{
    for (auto* const button : panel.findChildren<QPushButton*>())
        if (button->text() == words)
            return button;
    return nullptr;
}

bool saysSomewhere(const QWidget& panel, const QString& words)
{
    for (const auto* const label : panel.findChildren<QLabel*>())
        if (label->text().contains(words))
            return true;
    return false;
}
} // namespace

class VolatilitySurfaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { test::failOnWarnings(); }
    void mapMarksArbitrage();
    void mapReadsOutACell();
    void bodyTurnsByMouseAndKeys();
    void bodyNeedsTwoExpirations();
    void smilesStandAroundTheChosenOne();
    void everyPageIsDrawn_data();
    void everyPageIsDrawn();
    void noPageIsWiderThanAnother();
    void pageIsRemembered();
    void saysHowGoodItIs();
    void saysWhatItWaitsFor();

private:
    ui::Theme m_theme;
};

void VolatilitySurfaceTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme.apply();
}

void VolatilitySurfaceTest::mapMarksArbitrage()
{
    ui::SurfaceMap map(m_theme);
    map.resize(420, 260);
    map.setSurface(test::threeSlices());
    map.show();
    QVERIFY(QTest::qWaitForWindowExposed(&map));
    const QColor warning = m_theme.color(ui::Role::Live);
    map.replot();
    QCOMPARE(test::pixelsOf(map, warning), 0);
    map.setSurface(test::threeSlicesWithArbitrage());
    map.replot();
    QVERIFY(test::pixelsOf(map, warning) > 50);
    map.setSurface(test::threeSlices());
    map.replot();
    QCOMPARE(test::pixelsOf(map, warning), 0);
}

void VolatilitySurfaceTest::mapReadsOutACell()
{
    ui::SurfaceMap map(m_theme);
    map.resize(420, 260);
    map.setSurface(test::threeSlices());
    map.show();
    QVERIFY(QTest::qWaitForWindowExposed(&map));
    const QPoint atTheMoney(static_cast<int>(map.xAxis->coordToPixel(0)), static_cast<int>(map.yAxis->coordToPixel(1)));
    QTest::mouseMove(&map, atTheMoney + QPoint(3, 0));
    QTest::mouseMove(&map, atTheMoney);
    QString words;
    for (int i = 0; i < map.itemCount(); ++i)
        if (const auto* const text = qobject_cast<QCPItemText*>(map.item(i)))
            words = text->text();
    QVERIFY2(words.contains(QStringLiteral("18 Nov 26")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("21.5")), qPrintable(words)); // 16 % + 11 × 0.5 %
    QVERIFY(map.layer(QStringLiteral("hover"))->visible());
}

void VolatilitySurfaceTest::bodyTurnsByMouseAndKeys()
{
    ui::Surface3d body(m_theme);
    body.resize(420, 260);
    body.setSurface(test::threeSlicesWithArbitrage());
    body.show();
    QVERIFY(QTest::qWaitForWindowExposed(&body));
    QVERIFY(drawnPixels(body, m_theme.color(ui::Role::Panel)) > 420 * 260 / 10);
    QVERIFY(test::pixelsOf(body, m_theme.color(ui::Role::Live)) > 5);
    const QImage before = body.grab().toImage();
    const double azimuth = body.azimuth(), elevation = body.elevation();
    QTest::mousePress(&body, Qt::LeftButton, {}, {100, 100});
    QTest::mouseMove(&body, {150, 120});
    QTest::mouseRelease(&body, Qt::LeftButton, {}, {150, 120});
    QVERIFY(body.azimuth() > azimuth);
    QVERIFY(body.elevation() > elevation);
    QVERIFY(body.grab().toImage() != before);
    for (int i = 0; i < 100; ++i)
        QTest::keyClick(&body, Qt::Key_Up);
    QVERIFY2(body.elevation() < 1.6, "it never turns over");
    QTest::keyClick(&body, Qt::Key_Home);
    QCOMPARE(body.azimuth(), azimuth);
    QCOMPARE(body.elevation(), elevation);
}

void VolatilitySurfaceTest::bodyNeedsTwoExpirations()
{
    auto one = test::threeSlices();
    one->slices.resize(1);
    one->selected = 0;
    ui::Surface3d body(m_theme);
    body.resize(420, 260);
    body.setSurface(one);
    body.show();
    QVERIFY(QTest::qWaitForWindowExposed(&body));
    const int words = drawnPixels(body, m_theme.color(ui::Role::Panel));
    QVERIFY(words > 0 && words < 420 * 260 / 10);
}

void VolatilitySurfaceTest::smilesStandAroundTheChosenOne()
{
    auto view = test::threeSlices();
    view->slices[0].points.front().midIv = desk::unknown;
    ui::SmilePlot plot(m_theme);
    plot.resize(400, 240);
    plot.setSurface(view);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    QCOMPARE(plot.legend->itemCount(), 3);
    QVERIFY(plot.xAxis->range().contains(500) && plot.xAxis->range().contains(660));
    const auto widest = [&] {
        QString name;
        double width = 0;
        for (int i = 0; i < plot.graphCount(); ++i)
            if (plot.graph(i)->lineStyle() != QCPGraph::lsNone && plot.graph(i)->pen().widthF() > width) {
                width = plot.graph(i)->pen().widthF();
                name = plot.graph(i)->name();
            }
        return name;
    };
    QCOMPARE(widest(), QStringLiteral("18 Nov"));
    plot.setAxis(ui::SmilePlot::Axis::LogMoneyness);
    QVERIFY(plot.xAxis->range().contains(0));
    QVERIFY(!plot.xAxis->range().contains(1));
    // Of many expirations the six nearest to the chosen one are shown.
    auto many = std::make_shared<desk::SurfaceView>(*view);
    while (many->slices.size() < 12) {
        many->slices.push_back(many->slices.back());
        many->slices.back().years += 0.08;
    }
    many->selected = 10;
    plot.setSurface(many);
    QCOMPARE(plot.legend->itemCount(), 6);
    auto none = std::make_shared<desk::SurfaceView>();
    plot.setSurface(none);
    QCOMPARE(plot.legend->itemCount(), 0);
}

void VolatilitySurfaceTest::everyPageIsDrawn_data()
{
    QTest::addColumn<bool>("hasArbitrage");
    QTest::newRow("clean") << false;
    QTest::newRow("with arbitrage") << true;
}

void VolatilitySurfaceTest::everyPageIsDrawn()
{
    QFETCH(const bool, hasArbitrage);
    test::DeskFixture fixture;
    fixture.theme().apply();
    ui::VolatilitySurfacePanel panel(fixture.context());
    panel.resize(460, 340);
    const auto view = hasArbitrage ? test::threeSlicesWithArbitrage() : test::threeSlices();
    for (int i = 0; i < 4; ++i)
        view->heston.push_back(
            {base::Instant(std::chrono::seconds(1'790'000'000 + 5 * i)), 0.04, 2 + 0.1 * i, 0.05, 0.6, -0.7, 0.004});
    panel.show(view);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    for (int page = 0; page < ui::VolatilitySurfacePanel::pageCount; ++page) {
        panel.setPage(page);
        auto* const shown = panel.findChildren<QStackedWidget*>().last()->currentWidget();
        QVERIFY(shown->isVisible());
        if (auto* const plot = qobject_cast<QCustomPlot*>(shown)) {
            plot->replot();
            QVERIFY2(plot->plottableCount() > 0, qPrintable(shown->accessibleName()));
        }
        QVERIFY2(drawnPixels(*shown, fixture.theme().color(ui::Role::Panel)) > 400,
                 qPrintable(shown->accessibleName()));
        QVERIFY(!shown->accessibleName().isEmpty());
    }
}

void VolatilitySurfaceTest::noPageIsWiderThanAnother()
{
    test::DeskFixture fixture;
    fixture.theme().apply();
    ui::VolatilitySurfacePanel panel(fixture.context());
    panel.show(test::threeSlices());
    panel.show();
    panel.setPage(0);
    const int width = panel.minimumSizeHint().width();
    QVERIFY2(width <= 372, qPrintable(QString::number(width))); // the shipped layout's right column
    for (int page = 1; page < ui::VolatilitySurfacePanel::pageCount; ++page) {
        panel.setPage(page);
        QCOMPARE(panel.minimumSizeHint().width(), width);
    }
}

void VolatilitySurfaceTest::pageIsRemembered()
{
    test::DeskFixture fixture;
    {
        ui::VolatilitySurfacePanel panel(fixture.context());
        panel.show(test::threeSlices());
        QPushButton* const density = segment(panel, QStringLiteral("Density"));
        QVERIFY(density);
        density->click();
    }
    ui::VolatilitySurfacePanel again(fixture.context());
    QVERIFY(segment(again, QStringLiteral("Density"))->isChecked());
    fixture.desk().settings().setBytes(QStringLiteral("surface/page"), "99");
    ui::VolatilitySurfacePanel lost(fixture.context());
    QVERIFY2(segment(lost, QStringLiteral("Map"))->isChecked(), "a page that is not there is the first");
}

void VolatilitySurfaceTest::saysHowGoodItIs()
{
    test::DeskFixture fixture;
    ui::VolatilitySurfacePanel panel(fixture.context());
    panel.show(test::threeSlices());
    QVERIFY(saysSomewhere(panel, QStringLiteral("no arbitrage")));
    QVERIFY(saysSomewhere(panel, QStringLiteral("fit error 0.12 vol points")));
    QVERIFY(saysSomewhere(panel, QStringLiteral("outside bid and ask: 14 of 212")));
    const auto* const summary = panel.findChild<QLabel*>(QStringLiteral("surface_summary"));
    QVERIFY2(summary->toolTip().contains(QStringLiteral("Of 212 quotes")), qPrintable(summary->toolTip()));
    panel.setPage(5);
    QVERIFY2(summary->text().contains(QStringLiteral("±51.26")), qPrintable(summary->text())); // 596 × 21.5 % × √0.16
    panel.show(test::threeSlicesWithArbitrage());
    QVERIFY(saysSomewhere(panel, QStringLiteral("2 violations")) ||
            saysSomewhere(panel, QStringLiteral("2 violation")));
    QVERIFY(!saysSomewhere(panel, QStringLiteral("no arbitrage")));
    auto neural = test::threeSlices();
    neural->heston.push_back({base::Instant(std::chrono::seconds(1'790'000'000)), 0.04, 2, 0.05, 0.6, -0.7, 0.004});
    neural->heston.back().isNeural = true;
    neural->heston.back().seconds = 0.042;
    neural->heston.back().quotes = 198;
    neural->heston.back().outside = 14;
    panel.setPage(6);
    panel.show(neural);
    QVERIFY2(summary->text().contains(QStringLiteral("by networks: v₀ 0.0400")), qPrintable(summary->text()));
    QVERIFY2(summary->text().contains(QStringLiteral("error 0.40 vol points · 42 ms")), qPrintable(summary->text()));
    QVERIFY2(summary->toolTip().contains(QStringLiteral("198 American prices")), qPrintable(summary->toolTip()));
    QVERIFY2(summary->toolTip().contains(QStringLiteral("14 quote")), qPrintable(summary->toolTip()));
    QVERIFY(!summary->text().contains(QStringLiteral("limit")));
    auto atEdge = test::threeSlices();
    atEdge->heston = neural->heston;
    atEdge->heston.back().atEdge = {"sigma", "rho"};
    panel.show(atEdge);
    QVERIFY2(summary->text().endsWith(QStringLiteral("at its limit: σ, ρ")), qPrintable(summary->text()));
    auto failed = test::threeSlices();
    failed->hestonNote = "too few quotes for the Heston model";
    panel.setPage(6);
    panel.show(failed);
    QVERIFY(saysSomewhere(panel, QStringLiteral("too few quotes")));
}

void VolatilitySurfaceTest::saysWhatItWaitsFor()
{
    test::DeskFixture fixture;
    ui::VolatilitySurfacePanel panel(fixture.context());
    panel.show(std::make_shared<const desk::SurfaceView>());
    QVERIFY(saysSomewhere(panel, QStringLiteral("Choose a symbol")));
    auto waiting = std::make_shared<desk::SurfaceView>();
    waiting->underlying = "NVDA";
    panel.show(waiting);
    QVERIFY(saysSomewhere(panel, QStringLiteral("NVDA")));
}

QTEST_MAIN(VolatilitySurfaceTest)
#include "volatility_surface_test.moc"
