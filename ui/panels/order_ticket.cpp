#include "ui/panels/order_ticket.h"

#include "ui/dialogs/send_confirmation.h"
#include "ui/elided_label.h"
#include "ui/models/legs_model.h"
#include "ui/models/order_choices.h"
#include "ui/models/words.h"
#include "ui/panels/exit_rows.h"
#include "ui/panels/figure.h"
#include "ui/panels/limit_row.h"
#include "ui/panels/table_look.h"
#include "ui/panels/ticket_figures.h"
#include "ui/panels/trigger_row.h"
#include "ui/panels/what_if_bar.h"
#include "ui/plots/payoff_plot.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
std::vector<std::pair<std::string, base::Quantity>> mixOf(const StagedOrder& staged)
{
    std::vector<std::pair<std::string, base::Quantity>> mix;
    for (const StagedLeg& leg : staged.legs())
        mix.emplace_back(leg.symbol, leg.quantity);
    return mix;
}

QVBoxLayout* padded(std::initializer_list<QWidget*> parts)
{
    auto* const column = new QVBoxLayout;
    column->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    column->setSpacing(Theme::unit);
    for (QWidget* part : parts)
        column->addWidget(part);
    return column;
}
} // namespace

OrderTicketPanel::OrderTicketPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_pages(new QStackedLayout(this)),
      m_model(new LegsModel(context.staged, context.theme, this))
{
    auto* const empty = makeLabel(tr("Click a bid to sell or an ask to buy"), "dim", this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);
    m_pages->addWidget(makeBody());

    addShortcuts();
    connect(&m_context.staged, &StagedOrder::changed, this, &OrderTicketPanel::stagedChanged);
    connect(&m_context.staged, &StagedOrder::refused, this,
            [this](const QString& why) { showVerdict(why, "warning"); });
    stagedChanged();
}

QWidget* OrderTicketPanel::titleExtras()
{
    if (!m_titleExtras) {
        m_titleExtras = new QWidget(this);
        m_titleName = new ElidedLabel(m_titleExtras);
        m_titleName->setProperty("tone", QStringLiteral("label"));
        m_titleLegs = makeLabel({}, "label", m_titleExtras);
        auto* const row = new QHBoxLayout(m_titleExtras);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(Theme::unit);
        row->addWidget(m_titleName, 1);
        row->addWidget(m_titleLegs);
        drawTitle();
    }
    return m_titleExtras;
}

void OrderTicketPanel::toggleWhatIf()
{
    if (!m_mix.empty())
        m_whatIf->setOpen(!m_whatIf->isOpen());
}

QWidget* OrderTicketPanel::makeBody()
{
    auto* const body = new QWidget(this);
    auto* const upper = new QWidget(body);
    m_legs = new QTableView(upper);
    m_legs->setObjectName(QStringLiteral("ticket_legs"));
    m_legs->setModel(m_model);
    prepareTable(*m_legs, m_context.theme, LegsModel::StrikeColumn);
    setColumnWidths(*m_legs, *m_legs->horizontalHeader(), {8, 5, 6, 6, 2, 6, 6, 1});
    m_legs->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::AnyKeyPressed);
    m_legs->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_legs->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&m_context.theme, &Theme::changed, this, &OrderTicketPanel::fitHeights);
    connect(m_legs, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == LegsModel::RemoveColumn)
            m_context.staged.remove(static_cast<std::size_t>(index.row()));
    });

    m_payoff = new PayoffPlot(m_context.theme, body);
    m_payoff->setMinimumHeight(16 * Theme::unit); // below that it scrolls: a strip of lines says nothing
    m_payoff->setAccessibleName(tr("profit of the order over the price of the underlying"));
    m_whatIf = new WhatIfBar(body);
    m_figures = new TicketFigures(body);
    m_broker = new BrokerTable(body);
    m_limit = new LimitRow(body);
    m_trigger = new TriggerRow(body);
    m_exits = new ExitRows(body);
    m_verdict = makeLabel({}, "dim", body);
    m_verdict->setObjectName(QStringLiteral("ticket_verdict"));
    m_verdict->setWordWrap(true);
    m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdictArea = new QScrollArea(body);
    m_verdictArea->setWidget(m_verdict);
    m_verdictArea->setWidgetResizable(true);
    m_verdictArea->setFrameShape(QFrame::NoFrame);
    m_verdictArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_verdictArea->setFocusPolicy(Qt::NoFocus);

    connect(m_whatIf, &WhatIfBar::asked, this,
            [this](const desk::WhatIf& whatIf) { m_context.desk.setWhatIf(whatIf); });
    connect(m_limit, &LimitRow::limitEdited, this, [this](base::Decimal limit) { m_context.staged.setLimit(limit); });
    connect(m_limit, &LimitRow::midWanted, this, [this] { m_context.staged.setLimit(std::nullopt); });
    connect(m_limit, &LimitRow::typeChosen, &m_context.staged, &StagedOrder::setType);
    connect(m_limit, &LimitRow::timeInForceChosen, &m_context.staged, &StagedOrder::setTimeInForce);
    connect(m_limit, &LimitRow::unitsEdited, &m_context.staged, &StagedOrder::setUnits);
    connect(m_trigger, &TriggerRow::triggerEdited, &m_context.staged, &StagedOrder::setTrigger);
    connect(m_trigger, &TriggerRow::valueEdited, &m_context.staged, &StagedOrder::setValue);
    connect(m_trigger, &TriggerRow::dateChosen, &m_context.staged, &StagedOrder::setGtcDate);
    connect(m_exits, &ExitRows::planEdited, &m_context.staged, &StagedOrder::setExits);

    auto* const column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_legs);
    column->addSpacing(Theme::unit);
    column->addLayout(
        padded({m_figures})); // what it costs and risks comes before its picture, which a small screen cuts
    column->addWidget(m_payoff, 1);
    column->addLayout(padded({m_whatIf, m_broker}));
    // What an order is can be scrolled; its price, the verdict and the buttons are always in sight.
    auto* const scroll = new QScrollArea(body);
    scroll->setObjectName(QStringLiteral("ticket_scroll"));
    scroll->setWidget(upper);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* const whole = new QVBoxLayout(body);
    whole->setContentsMargins(0, 0, 0, Theme::unit);
    whole->setSpacing(Theme::unit);
    whole->addWidget(scroll, 1);
    whole->addLayout(padded({m_limit, m_trigger, m_exits, m_verdictArea, makeButtons()}));
    return body;
}

void OrderTicketPanel::fitHeights()
{
    // However long the words are, what is below them stays where it is.
    constexpr int verdictLines = 3; // the gate's line, and a warning before it
    m_verdictArea->setFixedHeight(verdictLines * m_verdict->fontMetrics().lineSpacing());
    const int rows = std::max(1, static_cast<int>(m_mix.size()));
    const bool isOfShares = isOneOfShares(m_context.staged.legs()); // whose quantity may have five decimals
    setColumnWidths(*m_legs, *m_legs->horizontalHeader(), {8, isOfShares ? 11 : 5, 6, 6, 2, 6, 6, 1});
    m_legs->setFixedHeight(m_legs->horizontalHeader()->sizeHint().height() + rows * m_context.theme.rowHeight());
}

QWidget* OrderTicketPanel::makeButtons()
{
    auto* const buttons = new QWidget(this);
    m_dryRunButton = new QPushButton(buttons);
    m_dryRunButton->setObjectName(QStringLiteral("ticket_dry_run"));
    m_sendButton = new QPushButton(buttons);
    m_sendButton->setObjectName(QStringLiteral("ticket_send"));
    m_clearButton = new QPushButton(tr("Clear"), buttons);
    m_clearButton->setObjectName(QStringLiteral("ticket_clear"));
    m_clearButton->setProperty("kind", QStringLiteral("flat"));
    m_clearButton->setToolTip(tr("Take all legs away (Esc)"));
    auto* const row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::unit);
    row->addWidget(m_clearButton);
    row->addWidget(m_dryRunButton, 1);
    row->addWidget(m_sendButton, 1);
    connect(m_dryRunButton, &QPushButton::clicked, this, &OrderTicketPanel::dryRun);
    connect(m_sendButton, &QPushButton::clicked, this, &OrderTicketPanel::send);
    connect(m_clearButton, &QPushButton::clicked, &m_context.staged, &StagedOrder::clear);
    return buttons;
}

void OrderTicketPanel::addShortcuts()
{
    const auto add = [this](const QKeySequence& keys, QPushButton* button, Qt::ShortcutContext reach) {
        auto* const shortcut = new QShortcut(keys, this);
        shortcut->setContext(reach);
        connect(shortcut, &QShortcut::activated, button, &QPushButton::click);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_Return), m_sendButton, Qt::WindowShortcut);
    add(QKeySequence(Qt::CTRL | Qt::Key_Enter), m_sendButton, Qt::WindowShortcut);
    add(QKeySequence(Qt::CTRL | Qt::Key_D), m_dryRunButton, Qt::WindowShortcut);
    // Not in the whole window: Escape in a search field must not throw an order away.
    add(QKeySequence(Qt::Key_Escape), m_clearButton, Qt::WidgetWithChildrenShortcut);
}

void OrderTicketPanel::stagedChanged()
{
    Mix mix = mixOf(m_context.staged);
    if (mix != m_mix) {
        m_mix = std::move(mix);
        m_mid.reset();
        m_effect.reset();
        m_isMidMissing = false;
        m_ticks.clear();
        m_mark = desk::unknown;
    }
    if (chooseDate())
        return; // came here again
    m_isJudged = false;
    if (m_mix.empty()) {
        m_ticket.reset();
        m_dryRunRequest = 0;
        m_model->setTicket(nullptr);
        m_payoff->setTicket(nullptr);
        m_whatIf->setOpen(false); // the next order starts in the world as it is
    }
    m_pages->setCurrentIndex(m_mix.empty() ? 0 : 1);
    fitHeights();
    // Both would leave the strikes no room: where expiries are shown, the right stands beside the strike.
    const bool showsExpiries = !hasOneExpiry(m_context.staged.legs());
    m_legs->setColumnHidden(LegsModel::ExpiryColumn, !showsExpiries);
    m_legs->setColumnHidden(LegsModel::RightColumn, showsExpiries);
    m_model->setRightsBesideStrikes(showsExpiries);
    stage();
    drawTitle();
    drawLimit();
    drawDryRun();
    drawSend();
}

void OrderTicketPanel::stage()
{
    m_staged = wanted();
    m_request =
        m_staged.complex ? m_context.desk.stageTicket(*m_staged.complex) : m_context.desk.stageTicket(m_staged.intent);
}

void OrderTicketPanel::refresh()
{
    if (m_mix.empty())
        return;
    takeTicket();
    const std::shared_ptr<const desk::DryRunView> dryRun = m_context.desk.dryRun();
    if (dryRun != m_dryRun) {
        m_dryRun = dryRun;
        drawDryRun();
    }
    drawSend();
}

void OrderTicketPanel::commit()
{
    m_limit->commit();
    m_trigger->commit();
    m_exits->commit();
}

void OrderTicketPanel::dryRun()
{
    commit();
    if (!isPriced() || m_mix.empty())
        return;
    // The answer belongs to one price: stop following the mid.
    if (!m_context.staged.limit() && m_mid && m_context.staged.type() == portfolio::OrderType::Limit)
        m_context.staged.setLimit(m_mid);
    m_dryRunWanted = wanted();
    m_dryRunRequest = m_dryRunWanted.complex ? m_context.desk.requestDryRun(*m_dryRunWanted.complex)
                                             : m_context.desk.requestDryRun(m_dryRunWanted.intent);
    drawDryRun();
}

void OrderTicketPanel::send()
{
    commit();
    // A price that was still being typed has not been judged yet: the user sees the verdict and presses again.
    if (!sendObstacle().words.isEmpty())
        return;
    // What is asked about, or judged in the lines above the button, is what goes: the mid moves on meanwhile.
    const std::shared_ptr<const desk::TicketView> frozen = m_ticket;
    if (m_context.desk.status()->environment != desk::Environment::Live) {
        sendNow(*frozen);
        return;
    }
    auto* const question = new SendConfirmation(*frozen, this);
    connect(question, &QDialog::accepted, this, [this, frozen] { sendNow(*frozen); });
    connect(&m_context.desk, &desk::Desk::environmentChanged, question, &QDialog::reject);
    question->open();
}

void OrderTicketPanel::sendNow(const desk::TicketView& frozen)
{
    if (!sendObstacle().words.isEmpty())
        return;
    if (frozen.complex)
        m_context.desk.sendComplex(*frozen.complex);
    else
        m_context.desk.send(frozen.intent);
    m_dryRunRequest = 0; // of that order; the same one again is another
    m_context.staged.clear();
}

} // namespace vegadesk::ui
