#include "desk_fixture.h"
#include "no_warnings.h"
#include "ui/panels/price_chart.h"
#include "ui/plots/candle_plot.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QPixmap>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::ui;

namespace
{

std::shared_ptr<desk::ChartView> chart(std::size_t count, std::uint64_t version = 1)
{
    auto view = std::make_shared<desk::ChartView>();
    view->version = version;
    view->symbol = "SPY";
    for (std::size_t i = 0; i < count; ++i) {
        const base::Date date = base::makeDate(2026, 1, 5) + std::chrono::days(i);
        const double close = 600 + 10 * std::sin(0.2 * static_cast<double>(i));
        view->bars.push_back(
            {{base::Instant(date.time_since_epoch()), close - 1, close + 2, close - 2, close, 5e7, 0.18},
             i < 20 ? desk::unknown : 0.15});
    }
    return view;
}

QList<QAbstractButton*> spansOf(const PriceChartPanel& panel)
{
    QList<QAbstractButton*> spans = panel.findChildren<QAbstractButton*>();
    spans.removeIf([](const QAbstractButton* each) { return each->property("kind") != QLatin1String("segment"); });
    return spans;
}

QCPRange seen(CandlePlot& plot)
{
    return plot.axisRect(0)->axis(QCPAxis::atBottom)->range();
}

void turnWheel(CandlePlot& plot, int clicks)
{
    const QPointF middle(plot.width() / 2.0, plot.height() / 4.0);
    QWheelEvent event(middle, plot.mapToGlobal(middle), {}, {0, clicks * 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&plot, &event);
}

} // namespace

class PriceChartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void whatIsMissingIsSaid()
    {
        test::DeskFixture fixture;
        PriceChartPanel panel(fixture.context());
        const auto texts = [&] {
            QStringList all;
            for (const QLabel* const label : panel.findChildren<QLabel*>())
                all << label->text();
            return all.join(u'|');
        };
        auto loading = chart(0);
        loading->isLoading = true;
        panel.show(loading);
        QVERIFY(texts().contains(QStringLiteral("Loading the history of SPY")));
        auto none = chart(0, 2);
        none->why = "no answer in time";
        panel.show(none);
        QVERIFY(texts().contains(QStringLiteral("no answer in time")));
        panel.show(chart(30, 3));
        QVERIFY(texts().contains(QStringLiteral("SPY")));
        QVERIFY(!texts().contains(u'–')); // nothing unknown in the title
    }

    void barsFillAllPanes()
    {
        test::DeskFixture fixture;
        CandlePlot plot(fixture.theme());
        plot.resize(600, 400);
        plot.setView(chart(60));
        QCOMPARE(plot.axisRects().size(), 3);
        auto* const candles = plot.findChild<QCPFinancial*>();
        QVERIFY(candles);
        QCOMPARE(candles->data()->size(), 60);
        const QCPRange prices = plot.axisRect(0)->axis(QCPAxis::atRight)->range();
        QVERIFY(prices.lower < 588 && prices.lower > 580);
        QVERIFY(prices.upper > 612 && prices.upper < 620);
        const QCPRange volatility = plot.axisRect(2)->axis(QCPAxis::atRight)->range();
        QVERIFY(volatility.lower < 0.15 && volatility.upper > 0.18);
        QVERIFY(!plot.toPixmap(600, 400).isNull()); // with unknown volatilities: nothing complains
    }

    void theWheelZoomsAndTheNewestStays()
    {
        test::DeskFixture fixture;
        CandlePlot plot(fixture.theme());
        plot.resize(600, 400);
        plot.setView(chart(200));
        const QCPRange all = seen(plot);
        QVERIFY(all.contains(0) && all.contains(199));
        turnWheel(plot, 4);
        const QCPRange near = seen(plot);
        QVERIFY(near.size() < 0.6 * all.size());
        QCOMPARE(near.upper, all.upper);
        plot.setView(chart(201, 2)); // one more: the window moves along
        QCOMPARE(seen(plot).upper, near.upper + 1);
        QCOMPARE(seen(plot).size(), near.size());
        turnWheel(plot, 100);
        QVERIFY(seen(plot).size() >= 10);
        turnWheel(plot, -100);
        QVERIFY(seen(plot).size() <= 203);
    }

    void whoLooksBackIsLeftThere()
    {
        test::DeskFixture fixture;
        CandlePlot plot(fixture.theme());
        plot.resize(600, 400);
        plot.setView(chart(200));
        plot.axisRect(2)->axis(QCPAxis::atBottom)->setRange(20, 60);
        QCOMPARE(seen(plot), QCPRange(20, 60)); // one axis for all
        plot.setView(chart(201, 2));
        QCOMPARE(seen(plot), QCPRange(20, 60));
        auto other = chart(50, 3);
        other->symbol = "QQQ";
        plot.setView(other); // another history is seen whole
        QVERIFY(seen(plot).contains(0) && seen(plot).contains(49));
    }

    void linesAreInSightAndDragged()
    {
        test::DeskFixture fixture;
        CandlePlot plot(fixture.theme());
        plot.resize(600, 400);
        plot.setView(chart(60));
        using Kind = PriceLine::Kind;
        const auto words = [&] {
            QStringList shown;
            for (int i = 0; i < plot.itemCount(); ++i) {
                const auto* const label = qobject_cast<QCPItemText*>(plot.item(i));
                if (label && label->visible() && label->text().contains(QStringLiteral("line")))
                    shown << label->text();
            }
            return shown;
        };
        plot.setLines({{Kind::Limit, 580, QStringLiteral("line a"), "1", true},
                       {Kind::Average, 601, QStringLiteral("line b"), {}},
                       {Kind::Trigger, 300, QStringLiteral("line c"), "2", true}});
        QCPAxis& prices = *plot.axisRect(0)->axis(QCPAxis::atRight);
        QVERIFY(prices.range().contains(580));
        QVERIFY(!prices.range().contains(300)); // it would flatten the candles: said at the edge
        QCOMPARE(words(), (QStringList{QStringLiteral("\u21d5 line a"), QStringLiteral("line b"),
                                       QStringLiteral("\u25bc line c")}));
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTRY_VERIFY_WITH_TIMEOUT(plot.axisRect(0)->height() > 100, 20'000);
        struct Way {
            std::string order;
            bool isTrigger;
            double price;
        };
        std::vector<Way> ways;
        connect(&plot, &CandlePlot::lineDragged, &plot, [&](const std::string& order, bool isTrigger, double price) {
            ways.push_back({order, isTrigger, price});
        });
        const int x = plot.axisRect(0)->center().x();
        const auto at = [&](double price) {
            return QPoint(x, static_cast<int>(std::lround(prices.coordToPixel(price))));
        };
        QTest::mousePress(&plot, Qt::LeftButton, {}, at(601)); // what was paid cannot be moved
        QTest::mouseMove(&plot, at(590));
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, at(590));
        QVERIFY(ways.empty());
        QTest::mousePress(&plot, Qt::LeftButton, {}, at(580));
        QTest::mouseMove(&plot, at(590));
        QTRY_VERIFY_WITH_TIMEOUT(!ways.empty(), 20'000);
        QCOMPARE(ways.back().order, std::string("1"));
        QVERIFY(!ways.back().isTrigger);
        QVERIFY(std::fabs(ways.back().price - 590) < 0.5);
        const std::size_t count = ways.size();
        plot.stopDragging();
        QTest::mouseMove(&plot, at(595));
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, at(595));
        QCOMPARE(ways.size(), count);
    }

    void theSpanIsKept()
    {
        test::DeskFixture fixture;
        {
            PriceChartPanel panel(fixture.context());
            const auto buttons = spansOf(panel);
            QCOMPARE(buttons.size(), static_cast<qsizetype>(desk::chartSpanCount));
            QVERIFY(buttons[static_cast<int>(desk::ChartSpan::Year)]->isChecked());
            buttons[static_cast<int>(desk::ChartSpan::Month)]->click();
        }
        PriceChartPanel again(fixture.context());
        QVERIFY(spansOf(again)[static_cast<int>(desk::ChartSpan::Month)]->isChecked());
        fixture.desk().settings().setBytes(QStringLiteral("chart/span"), "99");
        PriceChartPanel odd(fixture.context());
        QVERIFY(spansOf(odd).back()->isChecked()); // the nearest there is
    }
};

QTEST_MAIN(PriceChartTest)
#include "price_chart_test.moc"
