#include "ui/panels/limit_row.h"
#include "ui/panels/risk_gauge.h"
#include "ui/panels/ticket_figures.h"
#include "ui/panels/what_if_bar.h"
#include "ui/plots/equity_plot.h"
#include "ui/plots/payoff_plot.h"
#include "ui/theme/format.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace vegadesk;

namespace
{
base::Decimal price(const char* text)
{
    return base::Decimal::parse(text).value();
}

/// A short put spread 545/555 sold for 0.80.
std::shared_ptr<desk::TicketView> spreadTicket()
{
    auto ticket = std::make_shared<desk::TicketView>();
    ticket->spot = 585;
    ticket->oneSigmaLow = 560;
    ticket->oneSigmaHigh = 610;
    ticket->twoSigmaLow = 536;
    ticket->twoSigmaHigh = 618;
    ticket->daysToExpiry = 31;
    ticket->breakEvens = {554.2};
    for (int spot = 530; spot <= 620; ++spot) {
        ticket->spots.push_back(spot);
        ticket->atExpiry.push_back(80 - 100 * std::clamp(555.0 - spot, 0.0, 10.0));
        ticket->today.push_back(80 - 1000 / (1 + std::exp((spot - 550) / 8.0)));
    }
    return ticket;
}

std::shared_ptr<desk::TicketView> whatIfTicket()
{
    auto ticket = spreadTicket();
    desk::WhatIfPicture picture;
    picture.whatIf.spotChange = -0.05;
    picture.spot = 555.75;
    picture.profit = -42.5;
    picture.greeks.delta = 12.5;
    picture.greeks.theta = -3.25;
    picture.profits.assign(ticket->spots.size(), 33);
    ticket->whatIf = picture;
    return ticket;
}

int pixelsOf(const QWidget& widget, const QImage& image, const QColor& colour)
{
    Q_UNUSED(widget);
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).rgb() == colour.rgb();
    return count;
}
} // namespace

class TicketPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void limitIsReadAsTyped_data();
    void limitIsReadAsTyped();
    void limitArrowsMoveTheShownPrice();
    void typingSurvivesTheMarket_data();
    void typingSurvivesTheMarket();
    void escapeUndoesTheTypingAlone();
    void limitStaysOnTheGrid();
    void sliderRunsFromNaturalPastMid();
    void figuresSayUnlimited();
    void brokerDifferenceWarns();
    void gaugeLevels_data();
    void gaugeLevels();
    void payoffIsDrawnInTheThemesColours();
    void payoffReadsOutUnderTheMouse();
    void payoffDrawsTheConeAndTheWhatIf();
    void whatIfAsksForWhatItsSlidersSay();
    void whatIfForgetsWhenItCloses();
    void figuresFollowTheWhatIf();
    void equityOfSeveralRuns();

private:
    ui::Theme m_theme;
};

void TicketPartsTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_theme.apply();
}

void TicketPartsTest::limitIsReadAsTyped_data()
{
    QTest::addColumn<double>("before");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("after");
    const auto row = [](double before, const char* typed, double after) {
        QTest::addRow("%g, %s", before, typed) << before << QString::fromUtf8(typed) << after;
    };
    row(-2.11, "2.2", -2.2);
    row(2.11, "2.2", 2.2);
    row(2.11, "2.2 cr", -2.2);
    row(-2.11, "2.2 db", 2.2);
    row(-2.11, "+2.2", 2.2);
    row(2.11, "-2.2", -2.2);
    row(2.11, "\u22122.2", -2.2);
    row(-2.11, "1,250.5", -1250.5);
    row(0, "0.05", 0.05);
    row(2.11, "nonsense", 2.11);
    row(2.11, "2.2 xy", 2.11);
}

void TicketPartsTest::limitIsReadAsTyped()
{
    QFETCH(const double, before);
    QFETCH(const QString, typed);
    QFETCH(const double, after);
    ui::LimitEdit edit;
    edit.setValue(before);
    edit.findChild<QLineEdit*>()->setText(typed);
    edit.interpretText();
    QVERIFY2(std::fabs(edit.value() - after) < 1e-9, qPrintable(QString::number(edit.value())));
}

void TicketPartsTest::limitArrowsMoveTheShownPrice()
{
    ui::LimitEdit edit;
    edit.setSingleStep(0.05);
    edit.setValue(-2.10);
    edit.stepUp();
    QCOMPARE(edit.text(), QStringLiteral("2.15 cr"));
    edit.setValue(2.10);
    edit.stepDown();
    QCOMPARE(edit.text(), QStringLiteral("2.05 db"));
}

void TicketPartsTest::typingSurvivesTheMarket_data()
{
    QTest::addColumn<bool>("isFollowingMid");
    QTest::newRow("a limit of one's own") << false;
    QTest::newRow("following the mid") << true;
}

/// A price or a quantity of which a refresh eats a digit is an order nobody wanted.
void TicketPartsTest::typingSurvivesTheMarket()
{
    QFETCH(const bool, isFollowingMid);
    ui::LimitRow row;
    auto* const limit = row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_limit"));
    auto* const units = row.findChild<QSpinBox*>(QStringLiteral("ticket_units"));
    std::int64_t quantity = 1;
    double mid = 14.06;
    const auto refresh = [&] { // what the ticket does ten times a second
        mid += 0.01;
        row.setMarket(mid + 0.1, mid, mid < 14.1 ? 0.01 : 0.05);
        row.setLimit(base::Decimal::fromDouble(std::round(mid * 100) / 100).value(), isFollowingMid);
        row.setTerms(portfolio::OrderType::Limit, portfolio::TimeInForce::Day, quantity, true);
    };
    refresh();
    row.show();
    QVERIFY(QTest::qWaitForWindowExposed(&row));
    QSignalSpy limits(&row, &ui::LimitRow::limitEdited), quantities(&row, &ui::LimitRow::unitsEdited);
    const auto type = [&](QAbstractSpinBox& box, const char* keys) {
        box.setFocus();
        box.selectAll();
        for (const char* key = keys; *key != '\0'; ++key) {
            QTest::keyClick(&box, *key);
            refresh();
        }
    };
    type(*limit, "13.85");
    QVERIFY2(limit->text().contains(QStringLiteral("13.85")), qPrintable(limit->text()));
    QTest::keyClick(limit, Qt::Key_Return);
    QCOMPARE(limits.size(), 1);
    QCOMPARE(limits.at(0).at(0).value<base::Decimal>(), price("13.85"));
    type(*units, "7");
    row.commit(); // as sending does
    QCOMPARE(quantities.size(), 1);
    QCOMPARE(quantities.at(0).at(0).toInt(), 7);
    quantity = 3;
    refresh();
    QCOMPARE(units->value(), 3); // nobody types any more
}

void TicketPartsTest::escapeUndoesTheTypingAlone()
{
    ui::LimitRow row;
    row.setMarket(2.2, 2.1, 0.01);
    row.setLimit(price("2.1"), false);
    row.show();
    QVERIFY(QTest::qWaitForWindowExposed(&row));
    auto* const limit = row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_limit"));
    QSignalSpy limits(&row, &ui::LimitRow::limitEdited);
    auto* const line = limit->findChild<QLineEdit*>();
    limit->setFocus();
    limit->selectAll();
    QTest::keyClicks(limit, QStringLiteral("9.99"));
    QVERIFY(line->text().contains(QStringLiteral("9.99")));
    QTest::keyClick(limit, Qt::Key_Escape);
    QVERIFY2(line->text().contains(QStringLiteral("2.10")), qPrintable(line->text()));
    row.commit();
    QVERIFY(limits.isEmpty());
    QCOMPARE(limit->value(), 2.1);
}

void TicketPartsTest::limitStaysOnTheGrid()
{
    ui::LimitRow row;
    row.setMarket(-2.00, -2.10, 0.05);
    QSignalSpy edited(&row, &ui::LimitRow::limitEdited);
    row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_limit"))->setValue(-2.13);
    QCOMPARE(edited.size(), 1);
    QVERIFY(edited.at(0).at(0).value<base::Decimal>() == price("-2.15"));
}

void TicketPartsTest::sliderRunsFromNaturalPastMid()
{
    ui::LimitRow row;
    row.setMarket(-2.00, -2.10, 0.01);
    row.setLimit(price("-2.10"), true);
    auto* const slider = row.findChild<QSlider*>();
    QCOMPARE(slider->maximum(), 20);
    QCOMPARE(slider->value(), 10);
    QSignalSpy edited(&row, &ui::LimitRow::limitEdited);
    slider->setValue(0);
    QVERIFY(edited.at(0).at(0).value<base::Decimal>() == price("-2.00"));
    slider->setValue(20);
    QVERIFY(edited.at(1).at(0).value<base::Decimal>() == price("-2.20"));
    row.setMarket(desk::unknown, desk::unknown, 0.01);
    QCOMPARE(slider->maximum(), 0);
}

void TicketPartsTest::figuresSayUnlimited()
{
    ui::TicketFigures figures;
    desk::TicketView ticket;
    ticket.maxProfit = std::numeric_limits<double>::infinity();
    ticket.maxLoss = 789;
    figures.setTicket(ticket);
    QStringList words;
    for (const QLabel* label : figures.findChildren<QLabel*>())
        words << label->text();
    QVERIFY(words.contains(QStringLiteral("unlimited")));
    QVERIFY(words.contains(ui::money(-789)));
}

void TicketPartsTest::brokerDifferenceWarns()
{
    ui::BrokerTable table;
    desk::TicketView ticket;
    ticket.buyingPowerEffect = 793.5;
    ticket.fees = 4.5;
    portfolio::DryRunResult answer;
    answer.changeInBuyingPower = price("793.5");
    answer.totalFees = price("4.75");
    table.setFigures(ticket, &answer);
    QStringList warned, all;
    for (const QLabel* label : table.findChildren<QLabel*>()) {
        all << label->text();
        if (label->property("tone") == QLatin1String("warning"))
            warned << label->text();
    }
    QCOMPARE(warned, QStringList{QStringLiteral("0.25")});
    QCOMPARE(all.count(QStringLiteral("793.50")), 2);
    table.setFigures(ticket, nullptr);
    QVERIFY(table.findChildren<QLabel*>().constLast()->text() == ui::money(desk::unknown));
}

void TicketPartsTest::gaugeLevels_data()
{
    using Level = ui::RiskGauge::Level;
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("limit");
    QTest::addColumn<int>("level");
    const auto row = [](const char* name, double value, double limit, Level level) {
        QTest::newRow(name) << value << limit << static_cast<int>(level);
    };
    row("nothing used", 0, 0.05, Level::Calm);
    row("a gain uses nothing", -0.04, 0.05, Level::Calm);
    row("just under 60 %", 0.599, 1, Level::Calm);
    row("60 %", 0.6, 1, Level::Near);
    row("just under 90 %", 1.799, 2, Level::Near);
    row("90 %", 1.8, 2, Level::Full);
    row("over the limit", 3, 2, Level::Full);
    row("value not known", desk::unknown, 2, Level::Unknown);
    row("no limit", 1, 0, Level::Unknown);
}

void TicketPartsTest::gaugeLevels()
{
    QFETCH(const double, value);
    QFETCH(const double, limit);
    QFETCH(const int, level);
    ui::RiskGauge gauge(m_theme);
    gauge.setGauge({"leverage", value, limit, true, {}});
    QCOMPARE(static_cast<int>(gauge.level()), level);
}

void TicketPartsTest::payoffIsDrawnInTheThemesColours()
{
    ui::PayoffPlot plot(m_theme);
    plot.resize(360, 200);
    plot.setTicket(spreadTicket());
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    const QSignalSpy drawn(&plot, &QCustomPlot::afterReplot);
    const auto accents = [&] {
        return pixelsOf(plot, plot.grab().toImage().convertToFormat(QImage::Format_RGB32),
                        m_theme.color(ui::Role::Panel));
    };
    QTRY_VERIFY(accents() > 1000);
    m_theme.setName(ui::ThemeName::Light);
    m_theme.apply();
    QTRY_VERIFY(accents() > 1000);
    plot.setTicket(nullptr);
    QTRY_VERIFY(accents() > 60'000);
    m_theme.setName(ui::ThemeName::Dark);
    m_theme.apply();
}

void TicketPartsTest::payoffReadsOutUnderTheMouse()
{
    ui::PayoffPlot plot(m_theme);
    plot.resize(360, 200);
    plot.setTicket(spreadTicket());
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    QTRY_VERIFY(plot.axisRect()->width() > 100);
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

void TicketPartsTest::payoffDrawsTheConeAndTheWhatIf()
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

void TicketPartsTest::whatIfAsksForWhatItsSlidersSay()
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

void TicketPartsTest::whatIfForgetsWhenItCloses()
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

void TicketPartsTest::figuresFollowTheWhatIf()
{
    ui::TicketFigures figures;
    const auto says = [&](const QString& words) {
        const auto labels = figures.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text() == words; });
    };
    figures.setTicket(*whatIfTicket());
    QVERIFY(says(ui::signedNumber(12.5, 1) + QStringLiteral(" · ") + ui::signedNumber(-3.25, 1)));
    QVERIFY(says(QStringLiteral("what if: Δ · Θ / day")));
    figures.setTicket(*spreadTicket());
    QVERIFY(says(QStringLiteral("Δ · Θ / day")));
}

void TicketPartsTest::equityOfSeveralRuns()
{
    const auto run = [](double growth) {
        auto made = std::make_shared<desk::BacktestReport>();
        for (int day = 0; day < 30; ++day) {
            made->times.push_back(base::Instant(std::chrono::hours(24 * (20'000 + day))));
            made->equity.push_back(100'000 + growth * day);
            made->drawdown.push_back(-0.001 * (day % 7));
        }
        return made;
    };
    const auto first = run(100), second = run(-50);
    ui::EquityPlot plot(m_theme);
    plot.resize(600, 320);
    plot.setReports(second, {second, first});
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    QCOMPARE(plot.graphCount(), 3); // equity, drawdown, the other run
    QVERIFY(plot.yAxis->range().contains(102'900));
    plot.setReports(first, {first});
    QCOMPARE(plot.graphCount(), 2);
    plot.setReports(nullptr, {});
    QCOMPARE(plot.graph(0)->dataCount(), 0);
}

QTEST_MAIN(TicketPartsTest)
#include "ticket_parts_test.moc"
