#include "ui/dialogs/backtest_dialog.h"

#include "ui/dialogs/backtest_form.h"
#include "ui/dialogs/backtest_results.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int formWidth = 336, progressSteps = 1000;
constexpr double minute = 60;
} // namespace

BacktestDialog::BacktestDialog(const PanelContext& context, QWidget* parent)
    : QDialog(parent), m_context(context), m_form(new BacktestForm(context.desk, this)),
      m_results(new BacktestResults(context, this))
{
    setObjectName(QStringLiteral("backtest_dialog"));
    setWindowTitle(tr("Backtest"));
    setModal(false);
    resize(1120, 760);

    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    row->setSpacing(Theme::unit * 2);
    row->addWidget(makeSide());
    row->addWidget(m_results, 1);

    connect(m_results, &BacktestResults::said, this,
            [this](const QString& words, bool isFailure) { say(words, isFailure ? "warning" : "dim"); });
    connect(&m_context.desk, &desk::Desk::backtestProgressed, this, &BacktestDialog::showProgress);
    connect(&m_context.desk, &desk::Desk::backtestFinished, this, &BacktestDialog::finish);
    drawRunning();
}

BacktestDialog::~BacktestDialog()
{
    if (m_running != 0)
        m_context.desk.cancelBacktest(m_running);
}

QWidget* BacktestDialog::makeSide()
{
    auto* const scroll = new QScrollArea(this);
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setStyleSheet(QStringLiteral("QScrollArea { background: transparent; }"));
    scroll->viewport()->setAutoFillBackground(false);
    m_form->setAutoFillBackground(false);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const side = new QWidget(this);
    side->setFixedWidth(formWidth);
    auto* const column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(scroll, 1);
    column->addWidget(makeControls());
    return side;
}

QWidget* BacktestDialog::makeControls()
{
    auto* const controls = new QWidget(this);
    m_run = new QPushButton(tr("Run"), controls);
    m_run->setObjectName(QStringLiteral("backtest_run"));
    m_run->setProperty("kind", QStringLiteral("primary"));
    m_run->setDefault(true);
    m_cancel = new QPushButton(tr("Cancel run"), controls);
    m_cancel->setObjectName(QStringLiteral("backtest_cancel"));
    m_cancel->setAutoDefault(false);
    m_progress = new QProgressBar(controls);
    m_progress->setObjectName(QStringLiteral("backtest_progress"));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_message = makeLabel({}, "dim", controls);
    m_message->setObjectName(QStringLiteral("backtest_message"));
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_run, &QPushButton::clicked, this, &BacktestDialog::run);
    connect(m_cancel, &QPushButton::clicked, this, &BacktestDialog::cancel);

    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::unit);
    buttons->addWidget(m_cancel, 1);
    buttons->addWidget(m_run, 1);
    auto* const column = new QVBoxLayout(controls);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addLayout(buttons);
    return controls;
}

void BacktestDialog::run()
{
    if (m_running != 0)
        return;
    const QString wrong = m_form->firstFault();
    if (!wrong.isEmpty()) {
        say(wrong, "warning");
        return;
    }
    m_progress->setValue(0);
    say(tr("Starting …"), "dim");
    m_running = m_context.desk.startBacktest(m_form->request());
    drawRunning();
}

void BacktestDialog::cancel()
{
    if (m_running == 0)
        return;
    m_context.desk.cancelBacktest(m_running);
    m_cancel->setEnabled(false);
    say(tr("Cancelling …"), "dim");
}

void BacktestDialog::showProgress(quint64 id, double fraction, double secondsLeft)
{
    if (id != m_running || m_running == 0)
        return;
    m_progress->setValue(static_cast<int>(progressSteps * fraction));
    if (!m_cancel->isEnabled())
        return; // being cancelled: leave the words
    QString left = tr("estimating the time");
    if (std::isfinite(secondsLeft))
        left = secondsLeft < minute ? tr("about %1 s left").arg(number(std::ceil(secondsLeft), 0))
                                    : tr("about %1 min left").arg(number(std::ceil(secondsLeft / minute), 0));
    say(tr("%1 done, %2").arg(percent(fraction, 0), left), "dim");
}

void BacktestDialog::finish(const std::shared_ptr<const desk::BacktestReport>& report)
{
    if (m_running == 0 || report->id != m_running)
        return;
    m_running = 0;
    drawRunning();
    if (!report->failure.empty()) {
        say(tr("It did not run: %1").arg(text(report->failure)), "warning");
        return;
    }
    if (!report->times.empty())
        m_results->add(report, m_form->titleOf(report->request.strategy));
    if (report->isCancelled) {
        say(report->times.empty() ? tr("Cancelled before the first day was done.")
                                  : tr("Cancelled. What was done until then is shown."),
            "warning");
        return;
    }
    m_progress->setValue(progressSteps);
    say(tr("Done in %1 s").arg(number(report->seconds, 1)), "dim");
}

void BacktestDialog::drawRunning()
{
    const bool isRunning = m_running != 0;
    m_form->setEnabled(!isRunning);
    m_run->setEnabled(!isRunning && m_form->hasStrategies());
    m_cancel->setEnabled(isRunning);
    if (!isRunning)
        m_progress->setValue(0);
}

void BacktestDialog::say(const QString& words, const char* tone)
{
    m_message->setText(words);
    setLook(*m_message, "tone", QString::fromLatin1(tone));
}

} // namespace vegadesk::ui
