#include "made_up_risk.h"
#include "no_warnings.h"
#include "pixels.h"
#include "ui/models/risk_words.h"
#include "ui/plots/regime_plot.h"
#include "ui/plots/risk_backtest_plot.h"
#include "ui/plots/stress_map.h"
#include "ui/plots/waterfall_plot.h"
#include "ui/theme/format.h"

#include <QSignalSpy>
#include <QTest>

using namespace vegadesk;
using ui::StressMap;

class RiskPlotsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { test::failOnWarnings(); }
    void cleanup();
    void theMapColoursBySignAndSize_data();
    void theMapColoursBySignAndSize();
    void theMapMarksTheWorstAndNoMove();
    void theMapIsReadByMouseAndKeys();
    void theMapShowsWhatIsNotKnown();
    void theMapSaysPercents();
    void theWaterfallAddsUp();
    void theWaterfallTakesWhatIsNotKnownForNothing();
    void theBacktestMarksItsHits();
    void theBacktestIsReadByKeys();
    void regimesAreDrawnOnce();

private:
    ui::Theme m_theme;
};

void RiskPlotsTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme.apply();
}

void RiskPlotsTest::cleanup()
{
    m_theme.setName(ui::ThemeName::Dark);
}

void RiskPlotsTest::theMapColoursBySignAndSize_data()
{
    QTest::addColumn<int>("theme");
    QTest::newRow("dark") << static_cast<int>(ui::ThemeName::Dark);
    QTest::newRow("light") << static_cast<int>(ui::ThemeName::Light);
    QTest::newRow("blue and orange") << static_cast<int>(ui::ThemeName::BlueOrange);
}

void RiskPlotsTest::theMapColoursBySignAndSize()
{
    QFETCH(const int, theme);
    m_theme.setName(static_cast<ui::ThemeName>(theme));
    StressMap map(m_theme);
    const auto risk = test::someRisk();
    map.setView(risk, 0, desk::unknown);
    const QColor worst = map.cellColour(map.worst()), best = map.cellColour({0, 10});
    const QColor loss = m_theme.color(ui::Role::Loss), gain = m_theme.color(ui::Role::Gain);
    QCOMPARE(worst.rgb(), loss.rgb());
    QCOMPARE(best.rgb(), gain.rgb());
    QVERIFY(worst.alphaF() > best.alphaF());
    QCOMPARE(map.cellColour(map.zero().value()).rgb(), m_theme.color(ui::Role::Raised).rgb());
    // The numbers are readable on the strongest ground: 4.5 to 1, as the guidelines for contrast ask of small text.
    const auto luminance = [](const QColor& colour) {
        const auto linear = [](double channel) {
            return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const QColor panel = m_theme.color(ui::Role::Panel);
    const auto over = [&](double top, double under) { return top * worst.alphaF() + under * (1 - worst.alphaF()); };
    for (const QColor& colour : {loss, gain}) {
        const QColor ground = QColor::fromRgbF(static_cast<float>(over(colour.redF(), panel.redF())),
                                               static_cast<float>(over(colour.greenF(), panel.greenF())),
                                               static_cast<float>(over(colour.blueF(), panel.blueF())));
        const double one = luminance(ground), other = luminance(m_theme.color(ui::Role::Text));
        QVERIFY((std::max(one, other) + 0.05) / (std::min(one, other) + 0.05) >= 4.5);
    }
}

void RiskPlotsTest::theMapMarksTheWorstAndNoMove()
{
    StressMap map(m_theme);
    const auto risk = test::someRisk();
    map.setView(risk, 0, desk::unknown);
    QCOMPARE(map.worst(), (StressMap::Cell{5, 0}));
    QVERIFY(map.zero() == std::optional(StressMap::Cell{2, 6}));
    QCOMPARE(map.cellText(map.worst()), ui::number(-13'800, 0));
    QCOMPARE(map.cellText(*map.zero()), QStringLiteral("0"));
    map.setView(risk, 3, desk::unknown);
    QCOMPARE(map.cellText(map.worst()), ui::number(-13'800 + 21 * 46, 0));
    // A grid without the place of no move marks none.
    auto other = std::make_shared<desk::RiskView>(*risk);
    other->stress.spotMoves[6] = 0.01;
    map.setView(other, 0, desk::unknown);
    QVERIFY(!map.zero());
}

void RiskPlotsTest::theMapIsReadByMouseAndKeys()
{
    StressMap map(m_theme);
    map.resize(700, 260);
    map.setView(test::someRisk(), 0, desk::unknown);
    map.show();
    QVERIFY(QTest::qWaitForWindowExposed(&map));
    map.replot();
    QSignalSpy changed(&map, &StressMap::chosenChanged);
    const QPoint at(static_cast<int>(map.xAxis->coordToPixel(2)), static_cast<int>(map.yAxis->coordToPixel(4)));
    QTest::mouseMove(&map, at);
    QVERIFY(map.chosen() == std::optional(StressMap::Cell{4, 2}));
    QTest::keyClick(&map, Qt::Key_Home);
    QVERIFY(map.chosen() == map.zero());
    QTest::keyClick(&map, Qt::Key_Left);
    QTest::keyClick(&map, Qt::Key_Up);
    QVERIFY(map.chosen() == std::optional(StressMap::Cell{3, 5}));
    QTest::keyClick(&map, Qt::Key_End);
    QVERIFY(map.chosen() == std::optional(map.worst()));
    QTest::keyClick(&map, Qt::Key_Left);
    QVERIFY2(map.chosen() == std::optional(map.worst()), "the edge holds");
    QCOMPARE(changed.size(), 5);
}

void RiskPlotsTest::theMapShowsWhatIsNotKnown()
{
    StressMap map(m_theme);
    map.resize(700, 260);
    auto risk = test::someRisk();
    risk->stress.profits[5 * 13] = desk::unknown;
    map.setView(risk, 0, desk::unknown);
    QCOMPARE(map.cellText({5, 0}), ui::number(desk::unknown, 0));
    QCOMPARE(map.worst(), (StressMap::Cell{4, 0}));
    QCOMPARE(map.cellColour({5, 0}).rgb(), m_theme.color(ui::Role::Raised).rgb());
    risk->stress.profits.clear();
    map.setView(risk, 0, desk::unknown);
    map.show();
    QVERIFY(QTest::qWaitForWindowExposed(&map));
    QTest::keyClick(&map, Qt::Key_Home);
    QVERIFY(!map.chosen());
}

void RiskPlotsTest::theMapSaysPercents()
{
    StressMap map(m_theme);
    map.setView(test::someRisk(), 0, 100'000);
    QCOMPARE(map.cellText(map.worst()), ui::number(-13.8, 1));
}

void RiskPlotsTest::theWaterfallAddsUp()
{
    ui::WaterfallPlot plot(m_theme);
    plot.resize(700, 240);
    const desk::AttributionRow book = test::someAttribution().today.front();
    plot.setRow(book);
    QCOMPARE(plot.bars().size(), desk::attributionParts.size() + 1);
    for (std::size_t part = 1; part < book.parts.size(); ++part)
        QCOMPARE(plot.bars()[part].first, plot.bars()[part - 1].second);
    QCOMPARE(plot.bars().back().first, 0.0);
    QVERIFY(std::abs(plot.bars().back().second - plot.bars()[book.parts.size() - 1].second) < 0.005);
    QVERIFY(plot.yAxis->range().contains(book.parts[0]));
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.replot();
    QVERIFY2(test::pixelsOf(plot, m_theme.color(ui::Role::Loss)) > 100, "the total's bar");
    QStringList words;
    for (int i = 0; i < plot.itemCount(); ++i)
        if (const auto* const text = qobject_cast<QCPItemText*>(plot.item(i)))
            words << text->text();
    QVERIFY2(words.contains(ui::signedNumber(-212.4, 0)), qPrintable(words.join(u'|')));
    QVERIFY(words.contains(ui::signedNumber(book.total, 0)));
    const QPoint gamma(static_cast<int>(plot.xAxis->coordToPixel(1)), plot.axisRect()->center().y());
    QTest::mouseMove(&plot, gamma);
    QStringList hovered;
    for (int i = 0; i < plot.itemCount(); ++i)
        if (const auto* const text = qobject_cast<QCPItemText*>(plot.item(i)))
            hovered << text->text();
    const QString toTheCent = QStringLiteral("gamma ") + ui::signedMoney(31.05);
    QVERIFY2(hovered.join(u'|').contains(toTheCent), qPrintable(hovered.join(u'|')));
}

void RiskPlotsTest::theWaterfallTakesWhatIsNotKnownForNothing()
{
    ui::WaterfallPlot plot(m_theme);
    desk::AttributionRow row = test::someAttribution().today.front();
    row.parts[3] = row.total = desk::unknown;
    plot.setRow(row);
    QCOMPARE(plot.bars()[3].first, plot.bars()[3].second);
    QVERIFY(std::isfinite(plot.yAxis->range().upper));
}

void RiskPlotsTest::theBacktestMarksItsHits()
{
    ui::RiskBacktestPlot plot(m_theme);
    plot.resize(700, 240);
    const auto risk = test::someRisk();
    const desk::RiskBacktestView& shown = risk->backtests[2];
    QVERIFY(shown.hits > 0);
    plot.setView(risk, 2);
    QCOMPARE(plot.graph(1)->dataCount(), shown.hits); // the marks
    QCOMPARE(plot.graph(0)->dataCount(), static_cast<int>(shown.profits.size()));
    QVERIFY(plot.yAxis->range().contains(-std::ranges::max(shown.valuesAtRisk)));
    QVERIFY(plot.yAxis->range().contains(std::ranges::min(shown.profits)));
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.replot();
    QVERIFY(test::pixelsOf(plot, m_theme.color(ui::Role::Loss)) > shown.hits);
    plot.setView(risk, risk->backtests.size());
    QCOMPARE(plot.graph(0)->dataCount(), 0);
}

void RiskPlotsTest::theBacktestIsReadByKeys()
{
    ui::RiskBacktestPlot plot(m_theme);
    auto risk = test::someRisk();
    desk::RiskBacktestView& shown = risk->backtests[0];
    shown.profits.back() = -5'000;
    shown.valuesAtRisk.back() = 900;
    plot.setView(risk, 0);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    QTest::keyClick(&plot, Qt::Key_End);
    QVERIFY2(plot.readOutText().contains(ui::signedMoney(-5'000)), qPrintable(plot.readOutText()));
    QVERIFY2(plot.readOutText().contains(ui::money(4'100)), "how much more than the value at risk");
    plot.setView(std::make_shared<desk::RiskView>(*risk), 0);
    QVERIFY2(!plot.readOutText().isEmpty(), "a newer view of the same days keeps the day");
    plot.setView(risk, 1);
    QVERIFY(plot.readOutText().isEmpty());
}

void RiskPlotsTest::regimesAreDrawnOnce()
{
    ui::RegimePlot plot(m_theme);
    plot.resize(700, 300);
    const auto risk = test::someRisk();
    plot.setView(risk, 252);
    QCOMPARE(plot.first(), risk->regimes.dates.size() - 252);
    QCOMPARE(plot.graphCount(), 4); // the close and three regimes
    QCOMPARE(plot.graph(0)->dataCount(), 252);
    const auto stacked = plot.graph(3)->data();
    QVERIFY2(std::abs(stacked->at(100)->value - 1) < 1e-12, "the probabilities add up to one");
    int grounds = 0;
    for (int i = 0; i < plot.itemCount(); ++i)
        grounds += qobject_cast<QCPItemRect*>(plot.item(i)) != nullptr;
    QVERIFY(grounds > 1);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    QSignalSpy replots(&plot, &QCustomPlot::afterReplot);
    plot.setView(std::make_shared<desk::RiskView>(*risk), 252);
    QCoreApplication::processEvents();
    QCOMPARE(replots.size(), 0);
    plot.setView(risk, 0);
    QTRY_COMPARE(replots.size(), 1);
    QCOMPARE(plot.graph(0)->dataCount(), static_cast<int>(risk->regimes.dates.size()));
    QCOMPARE(ui::regimeRole(0, 3), ui::Role::Gain);
    QCOMPARE(ui::regimeRole(1, 3), ui::Role::Warning);
    QCOMPARE(ui::regimeRole(2, 3), ui::Role::Loss);
    QCOMPARE(ui::regimeRole(0, 1), ui::Role::Gain);
}

QTEST_MAIN(RiskPlotsTest)
#include "risk_plots_test.moc"
