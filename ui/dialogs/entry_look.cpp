#include "ui/dialogs/entry_look.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int turnMs = 200;
constexpr int turnsBetween = 5;  ///< of two questions
constexpr int turnsToSettle = 3; ///< a symbol is typed letter by letter
constexpr std::size_t ordersShown = 4;
} // namespace

EntryLook::EntryLook(desk::Desk& desk, std::function<desk::StrategyRequest()> request, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_request(std::move(request)), m_timer(new QTimer(this)),
      m_words(makeLabel({}, "dim", this)), m_details(makeLabel({}, "", this)), m_warning(makeLabel({}, "warning", this))
{
    m_words->setObjectName(QStringLiteral("entry_look"));
    m_details->setObjectName(QStringLiteral("entry_look_orders"));
    m_warning->setObjectName(QStringLiteral("entry_look_warning"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit / 2);
    for (QLabel* const label : {m_words, m_details, m_warning}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    connect(m_timer, &QTimer::timeout, this, &EntryLook::follow);
    m_timer->start(turnMs);
    askAnew();
}

void EntryLook::askAnew()
{
    m_from = 0;
    m_untilAsked = turnsToSettle;
    say(tr("Looking what it would open now …"), "dim");
}

void EntryLook::follow()
{
    if (!isVisible())
        return;
    if (m_desk.trading()->account.empty()) {
        say(tr("What it would open now is not known: not connected to a broker."), "dim");
        return;
    }
    const desk::StrategyRequest request = m_request();
    if (request.underlying.empty())
        return;
    if (--m_untilAsked <= 0) {
        m_untilAsked = turnsBetween;
        const std::uint64_t asked = m_desk.lookAtEntry(request);
        m_from = m_from == 0 ? asked : m_from;
    }
    if (const auto view = m_desk.entryLook(); m_from != 0 && view->request >= m_from)
        draw(*view);
}

void EntryLook::draw(const desk::EntryLookView& view)
{
    if (view.orders.empty()) {
        say(tr("It would open nothing now: %1.").arg(text(view.whyNot)), "dim");
        return;
    }
    QStringList lines, refusals;
    for (const desk::EntryLookView::Order& order : view.orders) {
        if (!order.refusal.empty() && !refusals.contains(text(order.refusal)))
            refusals << text(order.refusal);
        if (lines.size() == static_cast<qsizetype>(ordersShown))
            continue;
        QString line = text(order.intent.underlying) + QStringLiteral("  ") + legsText(order.intent);
        if (order.intent.price)
            line += QStringLiteral(" · ") + netPriceText(portfolio::signedLimit(order.intent));
        if (!std::isnan(order.maxLoss))
            line += QStringLiteral(" · ") + tr("max loss %1").arg(maxLossText(order.maxLoss));
        lines << line;
    }
    if (view.orders.size() > ordersShown)
        lines << tr("and %n more order(s)", nullptr, static_cast<int>(view.orders.size() - ordersShown));
    say(tr("It would open now: %1.").arg(text(view.reason)), "strong", lines.join(u'\n'),
        refusals.isEmpty() ? QString() : tr("But it would not be sent: %1").arg(refusals.join(QLatin1Char(' '))));
}

void EntryLook::say(const QString& words, const char* tone, const QString& details, const QString& warning)
{
    setLook(*m_words, "tone", QString::fromLatin1(tone));
    m_words->setText(words);
    m_details->setText(details);
    m_details->setVisible(!details.isEmpty());
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty());
}

} // namespace vegadesk::ui
