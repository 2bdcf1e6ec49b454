#include "ui/panels/change_bar.h"

#include "ui/dialogs/send_confirmation.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/limit_row.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double largestPrice = 100'000;

double signedLimit(const execution::OrderTerms& terms)
{
    const double price = terms.price ? terms.price->toDouble() : 0;
    return terms.effect == portfolio::PriceEffect::Credit ? -price : price;
}

QString wordsOf(const execution::OrderTerms& terms)
{
    QStringList parts;
    if (terms.price)
        parts << netPriceText(signedLimit(terms));
    if (terms.stopTrigger)
        parts << ChangeBar::tr("trigger %1").arg(number(terms.stopTrigger->toDouble(), 2));
    parts << timeInForceWord(terms.timeInForce);
    return parts.join(QStringLiteral(" · "));
}
} // namespace

ChangeBar::ChangeBar(const PanelContext& context, QWidget* parent, const QString& name)
    : QWidget(parent), m_context(context), m_words(makeLabel({}, "strong", this)),
      m_verdict(makeLabel({}, "dim", this)), m_limit(new LimitEdit(this)), m_trigger(new QDoubleSpinBox(this)),
      m_timeInForce(new QComboBox(this)), m_send(new QPushButton(this)),
      m_discard(new QPushButton(tr("Leave it as it is"), this))
{
    setObjectName(name + QStringLiteral("_bar"));
    m_limit->setObjectName(name + QStringLiteral("_limit"));
    m_trigger->setObjectName(name + QStringLiteral("_trigger"));
    m_trigger->setRange(0.01, largestPrice);
    m_trigger->setDecimals(2);
    m_trigger->setSingleStep(0.01);
    m_trigger->setPrefix(tr("trigger "));
    m_timeInForce->setObjectName(name + QStringLiteral("_time_in_force"));
    for (const auto each : {portfolio::TimeInForce::Day, portfolio::TimeInForce::Gtc})
        m_timeInForce->addItem(timeInForceWord(each), static_cast<int>(each));
    m_send->setObjectName(name + QStringLiteral("_send"));
    m_send->setEnabled(false);
    m_discard->setObjectName(name + QStringLiteral("_discard"));
    m_discard->setToolTip(tr("The order works on as it was (Esc)"));
    m_verdict->setObjectName(name + QStringLiteral("_verdict"));
    m_verdict->setWordWrap(true);

    auto* const row = new QHBoxLayout;
    row->setSpacing(Theme::unit);
    row->addWidget(m_words);
    row->addWidget(m_limit);
    row->addWidget(m_trigger);
    row->addWidget(m_timeInForce);
    row->addStretch(1);
    row->addWidget(m_discard);
    row->addWidget(m_send);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, 0);
    column->setSpacing(Theme::unit / 2);
    column->addLayout(row);
    column->addWidget(m_verdict);

    connect(m_limit, &QDoubleSpinBox::valueChanged, this, &ChangeBar::judge);
    connect(m_trigger, &QDoubleSpinBox::valueChanged, this, &ChangeBar::judge);
    connect(m_timeInForce, &QComboBox::currentIndexChanged, this, &ChangeBar::judge);
    connect(m_send, &QPushButton::clicked, this, &ChangeBar::send);
    connect(m_discard, &QPushButton::clicked, this, &ChangeBar::discard);
    auto* const escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &ChangeBar::discard);
    connect(&m_context.desk, &desk::Desk::environmentChanged, this, &ChangeBar::discard);
    connect(&m_context.staged, &StagedOrder::replacementBegan, this, [this](const QObject* by) {
        if (by != this)
            giveWay();
    });
    hide();
}

void ChangeBar::begin(const execution::Order& order)
{
    if (m_order == order.externalId)
        return;
    m_context.staged.beginReplacement(this);
    m_order = order.externalId;
    m_before = execution::termsOf(order.intent);
    const QSignalBlocker quietLimit(m_limit), quietTrigger(m_trigger), quietTime(m_timeInForce);
    m_limit->setVisible(m_before.price.has_value());
    m_trigger->setVisible(m_before.stopTrigger.has_value());
    m_limit->setValue(signedLimit(m_before));
    m_trigger->setValue(m_before.stopTrigger ? m_before.stopTrigger->toDouble() : 0);
    // One for longer than a day and less than for good stays so.
    const int known = m_timeInForce->findData(static_cast<int>(m_before.timeInForce));
    m_timeInForce->setVisible(known >= 0);
    m_timeInForce->setCurrentIndex(known);
    show();
    judge();
}

execution::OrderTerms ChangeBar::terms() const
{
    execution::OrderTerms terms = m_before;
    if (terms.price) {
        const double limit = m_limit->value();
        if (const auto price = base::Decimal::fromDouble(std::fabs(limit)))
            terms.price = price->roundedTo(base::Decimal::fromUnits(base::Decimal::unitsPerOne / 100));
        if (limit != 0)
            terms.effect = limit > 0 ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
    }
    if (terms.stopTrigger) {
        if (const auto trigger = base::Decimal::fromDouble(m_trigger->value()))
            terms.stopTrigger = trigger->roundedTo(base::Decimal::fromUnits(base::Decimal::unitsPerOne / 100));
    }
    if (m_timeInForce->currentIndex() >= 0)
        terms.timeInForce = static_cast<portfolio::TimeInForce>(m_timeInForce->currentData().toInt());
    return terms;
}

void ChangeBar::step(int ticks)
{
    if (isChanging())
        (m_before.price ? static_cast<QDoubleSpinBox*>(m_limit) : m_trigger)->stepBy(ticks);
}

void ChangeBar::moveTo(double price, bool isTrigger)
{
    if (!isChanging() || !(isTrigger ? m_before.stopTrigger.has_value() : m_before.price.has_value()))
        return;
    QDoubleSpinBox& box = isTrigger ? *m_trigger : static_cast<QDoubleSpinBox&>(*m_limit);
    const double onGrid = std::max(1.0, std::round(price / box.singleStep())) * box.singleStep();
    box.setValue(isTrigger || signedLimit(m_before) >= 0 ? onGrid : -onGrid);
}

void ChangeBar::judge()
{
    if (!isChanging())
        return;
    m_ticket.reset();
    if (terms() == m_before)
        m_request = 0;
    else
        m_request = m_context.desk.stageReplacement(m_order, terms());
    sayWhatChanges();
}

const execution::Order* ChangeBar::find(const desk::TradingView& trading) const
{
    const auto found = std::ranges::find(trading.orders, m_order, &execution::Order::externalId);
    return found == trading.orders.end() ? nullptr : &*found;
}

void ChangeBar::refresh()
{
    if (!isChanging())
        return;
    const auto trading = m_context.desk.trading();
    const execution::Order* const order = find(*trading);
    if (!order || !execution::isReplaceable(*order))
        return discard(); // it filled, or is over: the list says so
    if (const auto ticket = m_context.desk.ticket(); ticket->request == m_request && ticket != m_ticket) {
        m_ticket = ticket;
        if (ticket->tick > 0) {
            m_limit->setSingleStep(ticket->tick);
            m_trigger->setSingleStep(ticket->tick);
        }
        sayWhatChanges();
    }
}

bool ChangeBar::maySend() const
{
    return isChanging() && m_ticket && m_ticket->isAllowed && terms() != m_before;
}

void ChangeBar::sayWhatChanges()
{
    const bool isLive = m_context.desk.status()->environment == desk::Environment::Live;
    const bool isChanged = terms() != m_before;
    m_words->setText(isChanged ? wordsOf(m_before) + QStringLiteral(" → ") + wordsOf(terms()) : wordsOf(m_before));
    m_send->setText(isLive ? tr("CHANGE LIVE") : tr("Change the order"));
    setLook(*m_send, "kind", isLive ? QStringLiteral("live") : QStringLiteral("primary"));
    const bool isAllowed = maySend();
    m_send->setEnabled(isAllowed);
    QString verdict;
    const char* tone = "dim";
    if (!isChanged) {
        verdict =
            tr("The order works on as it is. Plus and minus move the price by a tick, and so does dragging its limit.");
    } else if (!m_ticket) {
        verdict = tr("Checking …");
    } else {
        QStringList lines;
        for (const auto* const part : {&m_ticket->verdict, &m_ticket->warnings})
            for (const std::string& line : *part)
                lines << text(line);
        verdict = lines.join(QStringLiteral(" · "));
        tone = isAllowed && m_ticket->warnings.empty() ? "dim" : "warning";
    }
    m_verdict->setText(verdict);
    setLook(*m_verdict, "tone", QString::fromLatin1(tone));
    m_send->setToolTip(
        isAllowed ? tr("The broker cancels the order and places this one in its stead; for a moment none works.")
                  : verdict);
}

void ChangeBar::send()
{
    m_limit->interpretText();
    m_trigger->interpretText();
    if (!maySend()) // a price that was still being typed is judged first
        return;
    if (m_context.desk.status()->environment != desk::Environment::Live)
        return sendNow();
    auto* const question = new SendConfirmation(*m_ticket, this, wordsOf(m_before));
    connect(question, &QDialog::accepted, this, &ChangeBar::sendNow);
    connect(&m_context.desk, &desk::Desk::environmentChanged, question, &QDialog::reject);
    question->open();
}

void ChangeBar::sendNow()
{
    if (!maySend())
        return;
    m_context.desk.replaceOrder(m_order, terms());
    discard();
}

void ChangeBar::discard()
{
    if (!isChanging())
        return;
    giveWay();
    Q_EMIT ended();
}

void ChangeBar::giveWay()
{
    m_order.clear();
    m_ticket.reset();
    m_request = 0;
    m_send->setEnabled(false);
    hide();
}

} // namespace vegadesk::ui
