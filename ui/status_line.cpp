#include "ui/status_line.h"

#include "ui/elided_label.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QLabel>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
void setText(QLabel& label, const QString& text)
{
    if (label.text() != text)
        label.setText(text);
    label.setVisible(!text.isEmpty());
}

void setText(ElidedLabel& label, const QString& text)
{
    label.setWords(text);
    label.setVisible(!text.isEmpty());
}
} // namespace

StatusLine::StatusLine(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("status_line"));
    setProperty("kind", QStringLiteral("bar"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 3, 14, 3);
    layout->setSpacing(3 * Theme::unit);
    // These two may say whole sentences, which must not widen the window.
    m_source = addElided(*layout, "status_source", tr("Where prices come from and where orders go"));
    m_state = addElided(*layout, "status_state", tr("What trading is allowed to do now"));
    layout->addStretch(1);
    m_events = add(*layout, "status_events", tr("Symbols subscribed and quote events a second"));
    m_frame = add(*layout, "status_frame",
                  tr("Time to refresh and paint a frame: median and 99th percentile of the last 1024"));
    m_orders = add(*layout, "status_orders",
                   tr("How many orders may still go out now, of those that may in a minute; cancels always may"));
    m_reconciled =
        add(*layout, "status_reconciled", tr("When our books were last compared with the broker's, New York time"));
    m_clock =
        add(*layout, "status_clock",
            tr("How far this computer's clock is from the broker's; from 5 s on, nothing is opened in options that "
               "expire today"));
    m_time = add(*layout, "status_time", tr("The market's clock, New York"));
}

QLabel* StatusLine::add(QHBoxLayout& layout, const char* objectName, const QString& help)
{
    auto* const label = new QLabel;
    label->setToolTip(help);
    put(layout, *label, objectName);
    return label;
}

ElidedLabel* StatusLine::addElided(QHBoxLayout& layout, const char* objectName, const QString& help)
{
    auto* const label = new ElidedLabel;
    label->setHelp(help);
    put(layout, *label, objectName);
    return label;
}

void StatusLine::put(QHBoxLayout& layout, QLabel& label, const char* objectName)
{
    label.setObjectName(QString::fromLatin1(objectName));
    label.setProperty("tone", QStringLiteral("label"));
    layout.addWidget(&label);
}

void StatusLine::show(const desk::StatusView& status, const desk::TradingView& trading, const FrameTimer::Stats& frames)
{
    QString source = QString::fromStdString(status.source);
    if (!status.why.empty())
        source += QStringLiteral(" · ") + QString::fromStdString(status.why);
    setText(*m_source, source);
    setLook(*m_source, "tone", status.why.empty() ? QStringLiteral("label") : QStringLiteral("warning"));

    const QString reason =
        trading.stateReason.empty() ? QString() : QStringLiteral(": ") + QString::fromStdString(trading.stateReason);
    switch (trading.state) {
    case desk::DeskState::Active:
        setText(*m_state, {});
        break;
    case desk::DeskState::Reducing:
        setText(*m_state, tr("▲ Only orders that reduce risk") + reason);
        break;
    case desk::DeskState::Halted:
        setText(*m_state, tr("■ Trading is halted") + reason);
        break;
    }
    setLook(*m_state, "tone",
            trading.state == desk::DeskState::Halted ? QStringLiteral("loss") : QStringLiteral("warning"));

    setText(*m_events, tr("%1 symbols · %2 events/s")
                           .arg(number(static_cast<double>(status.symbols), 0), number(status.eventsPerSecond, 0)));
    setText(*m_frame, frames.frames == 0
                          ? QString()
                          : tr("frame %1 · %2 ms").arg(number(frames.p50Ms, 1), number(frames.p99Ms, 1)));
    // Where all are left there is nothing to say.
    const int left = status.ordersLeftThisMinute.value_or(status.ordersPerMinute);
    setText(*m_orders, left == status.ordersPerMinute
                           ? QString()
                           : tr("%1 of %2 orders left").arg(left).arg(status.ordersPerMinute));
    setLook(*m_orders, "tone", left == 0 ? QStringLiteral("warning") : QStringLiteral("label"));
    const QString reconciled = newYorkText(status.lastReconciliation, QStringLiteral("HH:mm:ss"));
    setText(*m_reconciled, reconciled.isEmpty() ? tr("not reconciled yet")
                           : status.differences == 0
                               ? tr("reconciled %1").arg(reconciled)
                               : tr("reconciled %1 · differences: %2").arg(reconciled).arg(status.differences));
    setLook(*m_reconciled, "tone", status.differences == 0 ? QStringLiteral("label") : QStringLiteral("warning"));
    setText(*m_clock, std::abs(status.clockAhead) > desk::clockApartSeconds
                          ? tr("▲ clock %1 s off").arg(number(std::abs(status.clockAhead), 1))
                          : QString());
    setLook(*m_clock, "tone", QStringLiteral("warning"));
    const QString time = newYorkText(status.marketTime, QStringLiteral("d MMM yyyy HH:mm:ss"));
    setText(*m_time,
            time.isEmpty()
                ? QString()
                : tr("New York %1").arg(time) + (status.isMarketPaused ? tr(" · paused") : QString()) +
                      (status.isMarketOpen ? QString()
                                           : tr(" · market closed, opens %1").arg(openingText(status.opensAt))));
    setLook(*m_time, "tone", status.isMarketPaused ? QStringLiteral("warning") : QStringLiteral("label"));
}

} // namespace vegadesk::ui
