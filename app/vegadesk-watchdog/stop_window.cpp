#include "stop_window.h"

#include "ui/theme/theme.h"

#include <QDateTime>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::watchdog
{

namespace
{

constexpr int windowWidth = 460, buttonHeight = 88;
constexpr double buttonScale = 2.2; ///< of the body's font

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

/// On the user's own clock.
QString timeOf(base::Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(base::toUnixMillis(at)).toString(QStringLiteral("hh:mm:ss"));
}

QLabel* addLabel(QVBoxLayout& layout, const char* name, const char* tone)
{
    auto* const label = new QLabel;
    label->setObjectName(QString::fromLatin1(name));
    label->setProperty("tone", QString::fromLatin1(tone));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    layout.addWidget(label);
    return label;
}

} // namespace

StopWindow::StopWindow()
{
    setObjectName(QStringLiteral("stop_window"));
    setWindowFlags(Qt::Window | Qt::WindowTitleHint | Qt::WindowCloseButtonHint | Qt::WindowStaysOnTopHint);
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFixedWidth(windowWidth);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(12);
    layout->setSizeConstraint(QLayout::SetNoConstraint);
    m_title = addLabel(*layout, "stop_title", "title");
    m_place = addLabel(*layout, "stop_place", "strong");
    m_what = addLabel(*layout, "stop_what", "");
    m_stop = new QPushButton;
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setProperty("kind", QStringLiteral("live"));
    m_stop->setMinimumHeight(buttonHeight);
    m_stop->setAccessibleName(tr("Stop: halt trading and cancel every working order"));
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * buttonScale);
    m_stop->setFont(big);
    layout->addWidget(m_stop);
    m_outcome = addLabel(*layout, "stop_outcome", "title");
    m_details = addLabel(*layout, "stop_details", "dim");
    layout->addStretch(1);
    m_close = new QPushButton;
    m_close->setObjectName(QStringLiteral("stop_close"));
    layout->addWidget(m_close, 0, Qt::AlignRight);

    connect(m_stop, &QPushButton::clicked, this, &StopWindow::stopAsked);
    connect(m_close, &QPushButton::clicked, this, &StopWindow::dismissed);
    connect(new QShortcut(QKeySequence(Qt::Key_F12), this), &QShortcut::activated, this, [this] {
        if (m_stop->isVisible())
            m_stop->click();
    });
}

void StopWindow::reject()
{
    Q_EMIT dismissed();
}

void StopWindow::draw(const View& view)
{
    if (!view.isShown)
        return hide();
    showWhat(view);
    showStop(view);
    showButtons(view);
    fit();
    if (isVisible())
        return;
    show();
    raise();
}

/// What happened, where orders go, and since when.
void StopWindow::showWhat(const View& view)
{
    using Why = View::Why;
    const QString last = view.lastBeat == base::Instant{} ? tr("It has not answered yet.")
                                                          : tr("It last answered at %1.").arg(timeOf(view.lastBeat));
    switch (view.why) {
    case Why::Fine:
        m_title->setText(tr("Vegadesk answers again"));
        m_what->setText(
            tr("Its window shows what became of your orders. Trading stays halted until you resume it there."));
        break;
    case Why::Silent:
        m_title->setText(tr("Vegadesk does not answer"));
        m_what->setText(
            tr("Its window has not answered for %1 s. %2 What runs behind it may trade on, and orders may fill.")
                .arg(QLocale().toString(std::floor(view.silentSeconds), 'f', 0), last));
        break;
    case Why::Unending:
        m_title->setText(tr("Vegadesk does not end"));
        m_what->setText(tr("It was asked to end a while ago and still runs. %1").arg(last));
        break;
    case Why::Gone:
        m_title->setText(tr("Vegadesk has ended unexpectedly"));
        m_what->setText(
            tr("%1 Orders that worked at the broker still do, and nobody looks after them here.").arg(last));
        if (view.environment == "venue")
            m_what->setText(
                tr("%1 Its simulated exchange has ended with it: orders wait there until the next start.").arg(last));
        break;
    }
    setWindowTitle(m_title->text());
    const QString where = view.environment == "venue"           ? tr("Simulated exchange")
                          : view.environment == "certification" ? tr("Certification, the broker's sandbox")
                          : view.environment == "hybrid"        ? tr("The broker's sandbox, with production quotes")
                                                                : tr("LIVE: real money");
    m_place->setText(view.account.empty() ? where : tr("%1 · account %2").arg(where, text(view.account)));
    ui::setLook(*m_place, "tone", view.environment == "live" ? QStringLiteral("loss") : QStringLiteral("strong"));
}

/// How far a stop is.
void StopWindow::showStop(const View& view)
{
    using Stop = View::Stop;
    const tastytrade::OrderSweep::Progress& sweep = view.sweep;
    const auto working = static_cast<int>(sweep.working.value_or(0));
    QString outcome, tone = QStringLiteral("warning");
    QStringList details;
    switch (view.stop) {
    case Stop::None:
        details << tr(
            "STOP halts trading and cancels every working order of the account, also those from elsewhere. What you "
            "hold stays as it is. Trading goes on when you resume it in Vegadesk.");
        break;
    case Stop::AtWork:
        outcome = !sweep.working ? tr("Asking the broker for working orders\u2026")
                  : working > 0  ? tr("%n order(s) still at work, being cancelled\u2026", nullptr, working)
                                 : tr("No order is listed; asking once more\u2026");
        break;
    case Stop::Verified:
        outcome = tr("No working order remains, verified at %1").arg(timeOf(sweep.verifiedAt));
        tone = QStringLiteral("gain");
        break;
    case Stop::NextStart:
        outcome = tr("Vegadesk will start halted");
        details << tr("Before anything else it cancels the orders that wait at its simulated exchange.");
        break;
    case Stop::Failed:
        outcome = sweep.working ? tr("%n order(s) may still be at work", nullptr, working)
                                : tr("It is not known which orders are at work");
        tone = QStringLiteral("loss");
        details << tr("Cancel them on the broker's own page.");
        break;
    }
    if (view.stop != Stop::None && view.stop != Stop::NextStart)
        details << tr("The broker's list was read %n time(s).", nullptr, sweep.lists)
                << tr("%n cancel(s) sent.", nullptr, static_cast<int>(sweep.cancels));
    if (!sweep.why.empty())
        details << tr("In the way: %1.").arg(text(sweep.why));
    if (view.stop != Stop::None)
        details << (view.haltTrouble.empty()
                        ? tr("Trading is halted until you resume it in Vegadesk.")
                        : tr("Vegadesk could not be told to halt: it may send new orders when it answers again. %1.")
                              .arg(text(view.haltTrouble)));
    m_outcome->setText(outcome);
    m_outcome->setVisible(!outcome.isEmpty());
    ui::setLook(*m_outcome, "tone", tone);
    m_details->setText(details.join(QLatin1Char(' ')));
}

void StopWindow::showButtons(const View& view)
{
    using Stop = View::Stop;
    const bool isAsked = view.stop == Stop::None || view.stop == Stop::Failed;
    m_stop->setText(view.stop == Stop::Failed ? tr("STOP again · F12") : tr("STOP · F12"));
    m_stop->setVisible(isAsked);
    const bool isOpen = view.stop == Stop::None && view.why != View::Why::Gone;
    m_close->setText(isOpen ? tr("Not now") : view.stop == Stop::AtWork ? tr("Put away") : tr("Close"));
    if (isAsked)
        m_stop->setDefault(true);
    else
        m_close->setDefault(true);
}

/// Wrapped words are taller than a layout's hint says; the width decides the height.
void StopWindow::fit()
{
    ensurePolished();
    layout()->activate();
    setFixedHeight(layout()->heightForWidth(windowWidth));
}

} // namespace vegadesk::watchdog
