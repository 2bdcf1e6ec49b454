#include "ui/dialogs/backtest_dialog.h"

#include "ui/dialogs/backtest_form.h"
#include "ui/dialogs/backtest_results.h"
#include "ui/dialogs/run_controls.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>

namespace vegadesk::ui
{

namespace
{
constexpr int formWidth = 336;
} // namespace

BacktestDialog::BacktestDialog(const PanelContext& context, QWidget* parent)
    : QDialog(parent), m_context(context), m_form(new BacktestForm(context.desk, this)),
      m_controls(new RunControls("backtest", tr("Cancel run"), this)), m_results(new BacktestResults(context, this))
{
    setObjectName(QStringLiteral("backtest_dialog"));
    setWindowTitle(tr("Backtest"));
    setModal(false);
    resize(1240, 800);

    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    row->setSpacing(Theme::unit * 2);
    row->addWidget(makeRunSide(m_form, m_controls, formWidth, this));
    row->addWidget(m_results, 1);

    connect(m_results, &BacktestResults::said, this,
            [this](const QString& words, bool isFailure) { m_controls->say(words, isFailure ? "warning" : "dim"); });
    connect(&m_context.desk, &desk::Desk::backtestProgressed, this, &BacktestDialog::showProgress);
    connect(&m_context.desk, &desk::Desk::backtestFinished, this, &BacktestDialog::finish);
    connect(m_controls, &RunControls::runClicked, this, &BacktestDialog::run);
    connect(m_controls, &RunControls::cancelClicked, this, &BacktestDialog::cancel);
    m_controls->setCanRun(m_form->hasStrategies());
}

BacktestDialog::~BacktestDialog()
{
    if (m_running != 0)
        m_context.desk.cancelBacktest(m_running);
}

void BacktestDialog::run()
{
    if (m_running != 0)
        return;
    const QString wrong = m_form->firstFault();
    if (!wrong.isEmpty()) {
        m_controls->say(wrong, "warning");
        return;
    }
    m_form->setEnabled(false);
    m_controls->begin();
    m_running = m_context.desk.startBacktest(m_form->request());
}

void BacktestDialog::cancel()
{
    if (m_running == 0)
        return;
    m_context.desk.cancelBacktest(m_running);
    m_controls->cancelling();
}

void BacktestDialog::showProgress(quint64 id, double fraction, double secondsLeft)
{
    if (id != m_running || m_running == 0)
        return;
    m_controls->show(fraction, tr("%1 done, %2").arg(percent(fraction, 0), RunControls::timeLeft(secondsLeft)));
}

void BacktestDialog::finish(const std::shared_ptr<const desk::BacktestReport>& report)
{
    if (m_running == 0 || report->id != m_running)
        return;
    m_running = 0;
    m_form->setEnabled(true);
    m_controls->end(report->failure.empty() && !report->isCancelled);
    if (!report->failure.empty()) {
        m_controls->say(tr("It did not run: %1").arg(text(report->failure)), "warning");
        return;
    }
    if (!report->times.empty())
        m_results->add(report, m_form->titleOf(report->request.strategy));
    if (report->isCancelled) {
        m_controls->say(report->times.empty() ? tr("Cancelled before the first day was done.")
                                              : tr("Cancelled. What was done until then is shown."),
                        "warning");
        return;
    }
    m_controls->say(tr("Done in %1 s").arg(number(report->seconds, 1)));
}

} // namespace vegadesk::ui
