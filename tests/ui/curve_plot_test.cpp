#include "ui/plots/curve_plot.h"

#include "desk/views.h"
#include "no_warnings.h"
#include "pixels.h"
#include "ui/plots/heston_plot.h"
#include "ui/theme/format.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace vegadesk;

/// The surface panel's plots of curves: CurvePlot and HestonPlot.
class CurvePlotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { test::failOnWarnings(); }
    void curvesLeaveOutWhatIsNotKnown();
    void curvesMarkPieces();
    void manyCurvesAreNamedAtTheirEnds();
    void theLegendLiesOverNoCurve();
    void hestonParametersHavePanesOfTheirOwn();

private:
    ui::Theme m_theme;
};

void CurvePlotTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme.apply();
}

void CurvePlotTest::curvesLeaveOutWhatIsNotKnown()
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

void CurvePlotTest::curvesMarkPieces()
{
    ui::CurvePlot plot(m_theme);
    plot.resize(420, 260);
    plot.setCurves({{QStringLiteral("one"), {0, 1, 2}, {1, 2, 3}, false, false}});
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.replot();
    const QColor warning = m_theme.color(ui::Role::Warning);
    QCOMPARE(test::pixelsOf(plot, warning), 0);
    plot.setMarks({{QString(), {1, 2}, {2, 3}, false, false}});
    plot.replot();
    QVERIFY(test::pixelsOf(plot, warning) > 50);
    plot.setMarks({});
    plot.replot();
    QCOMPARE(test::pixelsOf(plot, warning), 0);
}

void CurvePlotTest::manyCurvesAreNamedAtTheirEnds()
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

void CurvePlotTest::theLegendLiesOverNoCurve()
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

void CurvePlotTest::hestonParametersHavePanesOfTheirOwn()
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

QTEST_MAIN(CurvePlotTest)
#include "curve_plot_test.moc"
