#include "ui/dialogs/sweep_dialog.h"

#include "ui/dialogs/run_controls.h"
#include "ui/dialogs/sweep_form.h"
#include "ui/dialogs/sweep_results.h"
#include "ui/models/sweep_words.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
constexpr int sideWidth = 376;
constexpr std::size_t sweepsOffered = 30;
} // namespace

SweepDialog::SweepDialog(const PanelContext& context, QWidget* parent)
    : QDialog(parent), m_context(context), m_strategies(context.desk.strategies()),
      m_form(new SweepForm(context.desk, this)), m_results(new SweepResults(context.theme, this)),
      m_controls(new RunControls("sweep", tr("Cancel"), this)), m_load(new QPushButton(tr("Load"), this)),
      m_size(makeLabel({}, "strong", this))
{
    setObjectName(QStringLiteral("sweep_dialog"));
    setWindowTitle(tr("Sweep and walk-forward"));
    setModal(false);
    resize(1240, 800);

    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    row->setSpacing(Theme::unit * 2);
    row->addWidget(makeSide());
    row->addWidget(m_results, 1);

    connect(m_controls, &RunControls::runClicked, this, &SweepDialog::run);
    connect(m_controls, &RunControls::cancelClicked, this, &SweepDialog::cancel);
    connect(m_form, &SweepForm::changed, this, &SweepDialog::check);
    connect(&m_context.desk, &desk::Desk::sweepProgressed, this, &SweepDialog::showProgress);
    connect(&m_context.desk, &desk::Desk::sweepFinished, this, &SweepDialog::finish);
    connect(&m_context.desk, &desk::Desk::storedSweepsRead, this, &SweepDialog::offer);
    check();
}

SweepDialog::~SweepDialog()
{
    if (m_running != 0)
        m_context.desk.cancelSweep(m_running);
}

QWidget* SweepDialog::makeSide()
{
    m_load->setObjectName(QStringLiteral("sweep_load"));
    m_load->setAutoDefault(false);
    auto* const menu = new QMenu(m_load);
    menu->addAction(tr("A sweep that ran before"), this, [this] { load({}); })
        ->setObjectName(QStringLiteral("sweep_load_kept"));
    menu->addAction(tr("Another machine's trials.db…"), this, &SweepDialog::askForFile);
    m_load->setMenu(menu);
    m_controls->addButton(m_load);
    m_size->setObjectName(QStringLiteral("sweep_size"));
    m_size->setWordWrap(true);

    auto* const side = makeRunSide(m_form, m_controls, sideWidth, this);
    qobject_cast<QVBoxLayout*>(side->layout())->insertWidget(1, m_size);
    return side;
}

void SweepDialog::check()
{
    const auto size = m_form->request().and_then(
        [this](const desk::SweepRequest& request) { return m_context.desk.sweepSize(request); });
    const QString fault = m_form->fault();
    m_canRun = size.has_value() && fault.isEmpty();
    if (!fault.isEmpty()) {
        m_size->setText(fault);
    } else if (!size) {
        m_size->setText(text(size.error().message()));
    } else {
        const QString settings = tr("%n settings", "", static_cast<int>(size->settings));
        m_size->setText(
            size->folds == 0
                ? tr("%1, of at most %2").arg(settings, number(static_cast<double>(desk::sweepSettingsMost), 0))
                : tr("%1 on about %2: %3 runs")
                      .arg(settings, tr("%n stretches", "", static_cast<int>(size->folds)),
                           number(static_cast<double>(size->runs()), 0)));
    }
    setLook(*m_size, "tone", m_canRun ? QStringLiteral("strong") : QStringLiteral("warning"));
    drawRunning();
}

void SweepDialog::run()
{
    const auto request = m_form->request();
    if (m_running != 0 || !m_canRun || !request)
        return;
    m_controls->begin();
    m_running = m_context.desk.startSweep(*request);
    drawRunning();
}

void SweepDialog::cancel()
{
    if (m_running == 0)
        return;
    m_context.desk.cancelSweep(m_running);
    m_controls->cancelling();
}

void SweepDialog::showProgress(const std::shared_ptr<const desk::SweepProgress>& progress)
{
    if (m_running == 0 || progress->id != m_running)
        return;
    const QString left = RunControls::timeLeft(progress->secondsLeft);
    m_controls->show(progress->fraction,
                     progress->stage == desk::SweepStage::Reading
                         ? tr("Reading the chains: %1, %2").arg(percent(progress->fraction, 0), left)
                         : tr("%1 of %2 runs, %3")
                               .arg(number(static_cast<double>(progress->done), 0),
                                    number(static_cast<double>(progress->total), 0), left));
}

QString SweepDialog::strategyTitle(const desk::SweepReport& report) const
{
    const auto option = std::ranges::find(m_strategies, report.strategy, &desk::StrategyOption::name);
    return text(option == m_strategies.end() ? report.strategy : option->title);
}

void SweepDialog::finish(const std::shared_ptr<const desk::SweepReport>& report)
{
    if (m_running == 0 || report->id != m_running)
        return;
    m_running = 0;
    m_controls->end(report->failure.empty() && !report->isCancelled);
    drawRunning();
    if (!report->failure.empty()) {
        m_controls->say(tr("It did not run: %1").arg(text(report->failure)), "warning");
        return;
    }
    const bool hasRun = report->walkForward || std::ranges::any_of(report->runs, [](const desk::SweepRun& run) {
                            return !run.figures.empty() || !run.failure.empty();
                        });
    if (hasRun)
        m_results->add(report, strategyTitle(*report));
    if (report->isCancelled) {
        m_controls->say(hasRun ? tr("Cancelled. What had finished is shown and kept: run it again to go on from there.")
                               : tr("Cancelled."),
                        "warning");
        return;
    }
    const auto failed =
        std::ranges::count_if(report->runs, [](const desk::SweepRun& run) { return !run.failure.empty(); });
    const auto known = std::ranges::count(report->runs, true, &desk::SweepRun::wasKnown);
    QString words = tr("Done in %1 s").arg(number(report->seconds, 1));
    if (known > 0)
        words += QStringLiteral("; ") + tr("%n runs were known from before", "", static_cast<int>(known));
    if (failed > 0)
        words += QStringLiteral("; ") + tr("%n runs failed", "", static_cast<int>(failed));
    m_controls->say(words, failed > 0 ? "warning" : "dim");
}

void SweepDialog::askForFile()
{
    auto* const chooser = new QFileDialog(this, tr("Trials of another machine"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    chooser->setNameFilter(tr("Trials (*.db)"));
    connect(chooser, &QFileDialog::fileSelected, this, &SweepDialog::load);
    chooser->open();
}

void SweepDialog::load(const QString& file)
{
    m_isLoading = true;
    m_context.desk.readStoredSweeps(file);
    m_controls->say(tr("Reading the trials …"), "dim");
    drawRunning();
}

void SweepDialog::offer(const std::shared_ptr<const desk::StoredSweeps>& stored)
{
    if (!m_isLoading)
        return;
    m_isLoading = false;
    drawRunning();
    if (!stored->failure.empty()) {
        m_controls->say(tr("They could not be read: %1").arg(text(stored->failure)), "warning");
        return;
    }
    QString words =
        stored->taken > 0 ? tr("%n trials taken over.", "", static_cast<int>(stored->taken)) + u' ' : QString();
    if (stored->sweeps.empty()) {
        m_controls->say(words + tr("No sweep is kept: no two runs that differ in parameters alone."), "dim");
        return;
    }
    m_controls->say(words + tr("Choose one of the sweeps that are kept."), "dim");
    auto* const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("sweep_kept"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (std::size_t i = 0; i < std::min(stored->sweeps.size(), sweepsOffered); ++i) {
        const auto& report = stored->sweeps[i];
        QStringList axes;
        for (const desk::SweepAxis& axis : report->axes)
            axes << axisTitle(axis);
        menu->addAction(sweepTitle(*report, strategyTitle(*report)) + QStringLiteral(": ") +
                            axes.join(QStringLiteral(", ")),
                        this, [this, report] {
                            m_results->add(report, strategyTitle(*report));
                            m_controls->say({}, "dim");
                        });
    }
    menu->popup(m_load->mapToGlobal(QPoint(0, 0)));
}

void SweepDialog::drawRunning()
{
    m_form->setEnabled(m_running == 0);
    m_controls->setCanRun(m_canRun && !m_isLoading);
    m_load->setEnabled(m_running == 0 && !m_isLoading);
}

} // namespace vegadesk::ui
