#include "desk_fixture.h"
#include "no_warnings.h"
#include "surfaces.h"
#include "ui/panels/volatility_surface.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/heston_plot.h"
#include "ui/plots/smile_plot.h"
#include "ui/plots/surface_3d.h"
#include "ui/plots/surface_map.h"
#include "ui/theme/format.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTest>

#include <algorithm>
#include <set>

using namespace vegadesk;

namespace
{
int pixelsOf(QWidget& widget, const QColor& colour)
{
    const QImage image = widget.grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).rgb() == colour.rgb();
    return count;
}

/// Places of the widget where its picture is not the ground.
int drawnPixels(QWidget& widget, const QColor& ground)
{
    const QImage image = widget.grab().toImage();
    return image.width() * image.height() - pixelsOf(widget, ground);
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
    void curvesLeaveOutWhatIsNotKnown();
    void curvesMarkPieces();
    void manyCurvesAreNamedAtTheirEnds();
    void hestonParametersHavePanesOfTheirOwn();
    void smilesStandAroundTheChosenOne();
    void everyPageIsDrawn_data();
    void everyPageIsDrawn();
    void noPageIsWiderThanAnother();
    void theLegendLiesOverNoCurve();
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
    QCOMPARE(pixelsOf(map, warning), 0);
    map.setSurface(test::threeSlicesWithArbitrage());
    map.replot();
    QVERIFY(pixelsOf(map, warning) > 50);
    map.setSurface(test::threeSlices());
    map.replot();
    QCOMPARE(pixelsOf(map, warning), 0);
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
    QVERIFY(pixelsOf(body, m_theme.color(ui::Role::Live)) > 5);
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

void VolatilitySurfaceTest::curvesLeaveOutWhatIsNotKnown()
{
    ui::CurvePlot plot(m_theme);
    plot.resize(420, 260);
    const auto words = [](double value) { return QString::number(value); };
    plot.setAxes(words, 4, words, 4);
    plot.setCurves({{QStringLiteral("one"), {0, 1, 2}, {1, desk::unknown, 3}, true, true},
                    {QStringLiteral("two"), {0, 1, 2}, {2, 2, 2}, false, false}});
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    QCOMPARE(plot.legend->itemCount(), 2);
    QVERIFY(plot.yAxis->range().lower < 1 && plot.yAxis->range().upper > 3 && plot.yAxis->range().upper < 4);
    plot.setCurves({{QStringLiteral("only"), {0, 1}, {5, 6}, true, false}});
    QVERIFY2(!plot.legend->visible(), "one curve needs no legend");
    QVERIFY(plot.yAxis->range().lower > 4);
    plot.setFromZero(true);
    plot.setCurves({{QStringLiteral("only"), {0, 1}, {5, 6}, true, false}});
    QCOMPARE(plot.yAxis->range().lower, 0.0);
}

void VolatilitySurfaceTest::curvesMarkPieces()
{
    ui::CurvePlot plot(m_theme);
    plot.resize(420, 260);
    plot.setCurves({{QStringLiteral("one"), {0, 1, 2}, {1, 2, 3}, false, false}});
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.replot();
    const QColor warning = m_theme.color(ui::Role::Warning);
    QCOMPARE(pixelsOf(plot, warning), 0);
    plot.setMarks({{QString(), {1, 2}, {2, 3}, false, false}});
    plot.replot();
    QVERIFY(pixelsOf(plot, warning) > 50);
    plot.setMarks({});
    plot.replot();
    QCOMPARE(pixelsOf(plot, warning), 0);
}

void VolatilitySurfaceTest::manyCurvesAreNamedAtTheirEnds()
{
    ui::CurvePlot plot(m_theme);
    plot.resize(420, 260);
    plot.setNamesAtEnds(true);
    std::vector<ui::CurvePlot::Curve> curves;
    for (int i = 0; i < 20; ++i)
        curves.push_back({QStringLiteral("%1 Dec").arg(i), {0, 1}, {0, 0.01 * i * i}, i == 1, false});
    plot.setCurves(curves);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.replot();
    QVERIFY2(!plot.legend->visible(), "the names stand at the ends");
    std::vector<QRectF> names;
    bool isStrongNamed = false, isLastNamed = false;
    for (int i = 0; i < plot.itemCount(); ++i) {
        const auto* const name = qobject_cast<QCPItemText*>(plot.item(i));
        if (!name || !name->visible())
            continue;
        isStrongNamed |= name->text() == QStringLiteral("1 Dec");
        isLastNamed |= name->text() == QStringLiteral("19 Dec");
        const QRectF place(name->topLeft->pixelPosition(), name->bottomRight->pixelPosition());
        QVERIFY2(place.right() <= plot.width(), "none is cut");
        QVERIFY2(std::ranges::none_of(names, [&](const QRectF& other) { return other.intersects(place); }),
                 "none lies over another");
        names.push_back(place);
    }
    QVERIFY2(names.size() > 12, qPrintable(QString::number(names.size())));
    QVERIFY(isStrongNamed && isLastNamed);
    std::set<QRgb> colours;
    for (int i = 0; i < plot.graphCount(); ++i)
        if (plot.graph(i)->lineStyle() != QCPGraph::lsNone)
            colours.insert(plot.graph(i)->pen().color().rgb());
    QCOMPARE(colours.size(), std::size_t{20});
}

void VolatilitySurfaceTest::hestonParametersHavePanesOfTheirOwn()
{
    ui::HestonPlot plot(m_theme);
    plot.resize(360, 220);
    std::vector<desk::HestonFit> fits;
    for (int i = 0; i < 4; ++i)
        fits.push_back(
            {base::Instant(std::chrono::seconds(1'790'000'000 + 5 * i)), 0.04, 4 + 0.1 * i, 0.0625, 0.6, -0.7, 0.004});
    plot.setFits(fits);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.replot();
    QCOMPARE(plot.axisRectCount(), 4);
    const QCPRange vols = plot.axisRect(0)->axis(QCPAxis::atLeft)->range();
    QVERIFY2(vols.contains(0.2) && vols.contains(0.25) && vols.size() < 0.1, "as volatilities, at their own scale");
    QVERIFY(plot.axisRect(1)->axis(QCPAxis::atLeft)->range().contains(4.2));
    QStringList titles;
    for (int i = 0; i < plot.itemCount(); ++i)
        if (const auto* const title = qobject_cast<QCPItemText*>(plot.item(i))) {
            titles << title->text();
            QVERIFY2(title->bottomRight->pixelPosition().x() <= plot.width(), qPrintable(title->text()));
        }
    QVERIFY2(titles.contains(QStringLiteral("√v₀ ") + ui::percent(0.2)), qPrintable(titles.join(u' ')));
    QVERIFY2(titles.contains(QStringLiteral("κ ") + ui::number(4.3, 2)), qPrintable(titles.join(u' ')));
    QTest::mouseMove(&plot, plot.axisRect(3)->center() - QPoint(3, 0));
    QTest::mouseMove(&plot, plot.axisRect(3)->center());
    QVERIFY(plot.layer(QStringLiteral("hover"))->visible());
    plot.setFits({});
    plot.replot();
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

void VolatilitySurfaceTest::theLegendLiesOverNoCurve()
{
    ui::CurvePlot plot(m_theme);
    plot.resize(360, 240);
    std::vector<ui::CurvePlot::Curve> curves;
    for (int i = 0; i < 5; ++i)
        curves.push_back({QStringLiteral("curve %1").arg(i), {0, 1, 2}, {1.0 + i, 2, 3}, false, false});
    plot.setCurves(std::move(curves));
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.replot();
    QCOMPARE(plot.legend->itemCount(), 5);
    QVERIFY(plot.legend->outerRect().bottom() < plot.axisRect()->top());
    const int top = plot.axisRect()->top();
    plot.setCurves({{QStringLiteral("only"), {0, 1}, {5, 6}, true, false}});
    plot.replot();
    QVERIFY2(plot.axisRect()->top() < top, "without names the rows are the curve's");
    QVERIFY(plot.axisRect()->width() > plot.width() * 3 / 4);
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
