#include "ui/dialogs/backtest_trade.h"

#include "ui/models/trade_models.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/segments.h"
#include "ui/panels/sorted_table.h"
#include "ui/panels/table_look.h"
#include "ui/plots/payoff_plot.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int legRowsShown = 5;
} // namespace

BacktestTradeWindow::BacktestTradeWindow(desk::BacktestDetails& details, const Theme& theme,
                                         std::shared_ptr<const desk::BacktestReport> report, std::size_t trade,
                                         QWidget* parent)
    : QDialog(parent), m_details(details), m_report(std::move(report)), m_trade(trade),
      m_moments(new Segments(tr("moment"), this)), m_expiries(new Segments(tr("expiration"), this)),
      m_legs(new TradeLegsModel(theme, this)), m_chain(new TradeChainModel(theme, this)),
      m_legsView(new QTableView(this)), m_chainView(new QTableView(this)), m_payoff(new PayoffPlot(theme, this)),
      m_pages(new QStackedLayout), m_message(makeLabel({}, "dim", this)), m_facts(makeLabel({}, "dim", this))
{
    setObjectName(QStringLiteral("backtest_trade"));
    setWindowTitle(tr("Trade: %1").arg(text(this->trade().title)));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 720);
    m_moments->setObjectName(QStringLiteral("backtest_trade_moment"));
    m_moments->setChoices({{tr("Entry"), tr("After the first fills")},
                           {this->trade().isOpen ? tr("End of the run") : tr("Exit"),
                            this->trade().isOpen ? tr("It was still open then") : tr("Before the last fills")}});
    m_facts->setObjectName(QStringLiteral("backtest_trade_facts"));
    m_facts->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("backtest_trade_message"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);

    QLabel* const title = makeLabel(text(this->trade().title), "strong", this);
    title->setWordWrap(true);
    auto* const head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(m_moments);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    column->setSpacing(Theme::unit);
    column->addLayout(head);
    column->addLayout(m_pages, 1);
    m_pages->addWidget(m_message);
    m_pages->addWidget(makePage(theme));
    connect(m_moments, &Segments::chosenByUser, this, &BacktestTradeWindow::ask);
    connect(m_expiries, &Segments::chosenByUser, this, &BacktestTradeWindow::drawExpiry);
    connect(&m_details, &desk::BacktestDetails::tradeRead, this, &BacktestTradeWindow::take);
    ask();
}

BacktestTradeWindow::~BacktestTradeWindow()
{
    m_details.forget(m_question);
}

QWidget* BacktestTradeWindow::makePage(const Theme& theme)
{
    m_legsView->setObjectName(QStringLiteral("backtest_trade_legs"));
    m_legsView->setAccessibleName(tr("what was held"));
    sortTable(*m_legsView, *m_legs);
    prepareTable(*m_legsView, theme, TradeLegsModel::ContractColumn);
    setColumnWidths(*m_legsView, *m_legsView->horizontalHeader(), {8, 20, 10, 9, 9, 8, 8});
    m_legsView->setFixedHeight((legRowsShown + 1) * (theme.rowHeight() + 2));
    m_chainView->setObjectName(QStringLiteral("backtest_trade_chain"));
    m_chainView->setAccessibleName(tr("strikes around it"));
    sortTable(*m_chainView, *m_chain);
    prepareTable(*m_chainView, theme, TradeChainModel::StrikeColumn);
    setColumnWidths(*m_chainView, *m_chainView->horizontalHeader(), {6, 7, 8, 9, 9, 9, 9, 9, 8, 7, 6});
    m_payoff->setObjectName(QStringLiteral("backtest_trade_payoff"));
    m_payoff->setAccessibleName(tr("profit by the underlying's price, at expiry and on that day"));
    m_payoff->setDayName(tr("that day"));
    m_expiries->setObjectName(QStringLiteral("backtest_trade_expiries"));

    auto* const page = new QWidget(this);
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(m_facts);
    column->addWidget(m_legsView);
    column->addWidget(m_payoff, 2);
    column->addWidget(m_expiries, 0, Qt::AlignLeft);
    column->addWidget(m_chainView, 3);
    return page;
}

void BacktestTradeWindow::ask()
{
    m_details.forget(m_question);
    setLook(*m_message, "tone", QStringLiteral("dim"));
    m_message->setText(tr("Reading the chain of then …"));
    m_pages->setCurrentIndex(0);
    m_question = m_details.readTrade(m_report, m_trade,
                                     m_moments->chosen() == 0 ? desk::TradeMoment::Entry : desk::TradeMoment::Exit);
}

void BacktestTradeWindow::take(quint64 question, const std::shared_ptr<const desk::TradePicture>& picture)
{
    if (question != m_question)
        return;
    m_question = 0;
    if (!picture->failure.empty()) {
        setLook(*m_message, "tone", QStringLiteral("warning"));
        m_message->setText(tr("The chain of then cannot be shown: %1").arg(text(picture->failure)));
        return;
    }
    m_picture = picture;
    m_facts->setText(factWords(*picture));
    m_legs->setPicture(picture);
    m_payoff->setTicket(std::make_shared<const desk::TicketView>(picture->payoff));
    std::vector<Segments::Choice> expiries;
    for (const desk::TradePicture::Expiry& expiry : picture->expiries)
        expiries.push_back({tr("%1, %n day(s)", "expiration", expiry.tab.daysLeft).arg(dateText(expiry.tab.date)), {}});
    m_expiries->setChoices(expiries);
    m_expiries->setVisible(!expiries.empty());
    drawExpiry(m_expiries->chosen());
    m_pages->setCurrentIndex(1);
}

void BacktestTradeWindow::drawExpiry(int expiry)
{
    m_chain->setPicture(m_picture, static_cast<std::size_t>(expiry)); // −1 is beyond all
    if (const int row = m_chain->firstHeldRow(); row >= 0) {
        const auto* const shown = static_cast<const SortedRows*>(m_chainView->model());
        m_chainView->scrollTo(shown->mapFromSource(m_chain->index(row, 0)), QAbstractItemView::PositionAtCenter);
    }
}

QString BacktestTradeWindow::factWords(const desk::TradePicture& picture) const
{
    const desk::BacktestBook& book = m_moments->chosen() == 0 ? trade().entry : trade().exit;
    QStringList words{tr("%1 New York, %2 at %3", "time, symbol, price")
                          .arg(newYorkText(picture.at, tr("d MMM yyyy HH:mm", "date format")), text(picture.underlying),
                               number(picture.payoff.spot, 2)),
                      book.cost > 0 ? tr("paid so far %1").arg(money(book.cost))
                                    : tr("received so far %1").arg(money(-book.cost))};
    if (picture.isSeveral)
        words << tr("no payoff: it is in several underlyings");
    else if (std::isnan(picture.payoff.maxProfit) && picture.payoff.spots.empty())
        words << tr("no payoff: a figure of a leg is not known");
    else
        words << tr("most that it can make %1 and lose %2")
                     .arg(std::isinf(picture.payoff.maxProfit) ? tr("unlimited") : money(picture.payoff.maxProfit),
                          std::isinf(picture.payoff.maxLoss) ? tr("unlimited") : money(picture.payoff.maxLoss));
    words << (trade().isOpen ? tr("open, %1 so far").arg(signedMoney(trade().profit))
                             : tr("it ended with %1: %2").arg(signedMoney(trade().profit), text(trade().exitReason)));
    return words.join(QStringLiteral(" · "));
}

} // namespace vegadesk::ui
