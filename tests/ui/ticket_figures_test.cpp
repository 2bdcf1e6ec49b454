#include "ui/models/words.h"
#include "ui/panels/ticket_figures.h"
#include "ui/theme/format.h"
#include "ui/ticket_views.h"

#include <QLabel>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::test;

namespace
{
base::Decimal price(const char* text)
{
    return base::Decimal::parse(text).value();
}

/// Of the labels that are not hidden.
QStringList shownBy(const QWidget& widget)
{
    QStringList words;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        if (label->isVisibleTo(&widget))
            words << label->text();
    return words;
}
} // namespace

class TicketFiguresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsSaidBeforeAPrice();
    void aClosedMarketSaysWhenItOpens();
    void figuresSayUnlimited();
    void brokerDifferenceWarns();
    void figuresFollowTheWhatIf();
    void aCloseSaysWhatItRealises();
    void flatLosesNothing();
    void anOpeningSaysWhatItMakesOfTheRest();
};

void TicketFiguresTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void TicketFiguresTest::nothingIsSaidBeforeAPrice()
{
    ui::TicketFigures figures;
    QVERIFY(!shownBy(figures).contains(QStringLiteral("realised")));
    auto ticket = spreadTicket();
    ticket->effect = portfolio::OrderEffect::Reduces;
    ticket->realised = -123.45;
    ticket->maxLoss = 400;
    figures.setTicket(*ticket);
    QVERIFY(shownBy(figures).contains(QStringLiteral("realised")));
    figures.clear();
    const QStringList words = shownBy(figures);
    QVERIFY2(!words.contains(QStringLiteral("realised")) && !words.contains(ui::money(-400)),
             qPrintable(words.join(u'|')));
}

void TicketFiguresTest::aClosedMarketSaysWhenItOpens()
{
    desk::StatusView status;
    status.isMarketOpen = true;
    QVERIFY(ui::closedMarketText(status).isEmpty());
    status.isMarketOpen = false;
    status.opensAt =
        base::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 27)) + std::chrono::minutes(14 * 60 + 30);
    const QString words = ui::closedMarketText(status);
    QVERIFY2(words.startsWith(QStringLiteral("The market is closed and opens Fri 27 Nov 09:30")), qPrintable(words));
}

void TicketFiguresTest::figuresSayUnlimited()
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

void TicketFiguresTest::brokerDifferenceWarns()
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

void TicketFiguresTest::figuresFollowTheWhatIf()
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

void TicketFiguresTest::aCloseSaysWhatItRealises()
{
    auto ticket = spreadTicket();
    ticket->intent.underlying = "SPY";
    ticket->effect = portfolio::OrderEffect::Reduces;
    ticket->realised = -123.45;
    ticket->maxLoss = 400;
    ui::TicketFigures figures;
    figures.setTicket(*ticket);
    const QStringList words = shownBy(figures);
    QVERIFY2(words.contains(ui::signedMoney(-123.45)), qPrintable(words.join(u'|')));
    QVERIFY(words.contains(QStringLiteral("max loss after")) && words.contains(ui::money(-400)));
    QVERIFY2(words.filter(QStringLiteral("stays in SPY")).size() == 1, qPrintable(words.join(u'|')));
    const auto labels = figures.findChildren<QLabel*>();
    const auto realised =
        std::ranges::find_if(labels, [](const QLabel* label) { return label->text() == ui::signedMoney(-123.45); });
    QCOMPARE((*realised)->property("tone").toString(), QStringLiteral("loss"));
}

void TicketFiguresTest::flatLosesNothing()
{
    auto ticket = spreadTicket();
    ticket->effect = portfolio::OrderEffect::Closes;
    ticket->isFlatAfter = true;
    ticket->realised = 80;
    ticket->natural = -1.25;
    ticket->greeks.delta = ticket->greeks.theta = 0;
    ui::TicketFigures figures;
    figures.setTicket(*ticket);
    const QStringList words = shownBy(figures);
    QVERIFY(words.contains(QStringLiteral("Flat after this order")));
    QVERIFY(words.contains(ui::signedMoney(80)));
    QVERIFY2(!words.contains(QStringLiteral("unlimited")) && !words.contains(ui::money(desk::unknown)),
             qPrintable(words.join(u'|')));
}

void TicketFiguresTest::anOpeningSaysWhatItMakesOfTheRest()
{
    auto ticket = spreadTicket();
    ticket->maxLoss = std::numeric_limits<double>::infinity();
    ui::TicketFigures figures;
    figures.setTicket(*ticket);
    QVERIFY2(shownBy(figures).filter(QStringLiteral("what you hold")).isEmpty(), "nothing is held");
    QVERIFY(!shownBy(figures).contains(QStringLiteral("realised")));
    ticket->maxLossWithHeld = 8800;
    figures.setTicket(*ticket);
    QVERIFY(shownBy(figures).contains(QStringLiteral("With what you hold: max loss ") + ui::money(-8800)));
    QVERIFY(shownBy(figures).contains(QStringLiteral("unlimited")));
}

QTEST_MAIN(TicketFiguresTest)
#include "ticket_figures_test.moc"
