#include "ui/dialogs/sweep_dialog.h"

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
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int sideWidth = 376, progressSteps = 1000;
constexpr std::size_t sweepsOffered = 30;
constexpr double minute = 60;
} // namespace

SweepDialog::SweepDialog(const PanelContext& context, QWidget* parent)
    : QDialog(parent), m_context(context), m_strategies(context.desk.strategies())
{
    setObjectName(QStringLiteral("sweep_dialog"));
    setWindowTitle(tr("Sweep and walk-forward"));
    setModal(false);
    resize(1240, 800);

    m_results = new SweepResults(m_context.theme, this);
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    row->setSpacing(Theme::unit * 2);
    row->addWidget(makeSide());
    row->addWidget(m_results, 1);

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
    auto* const side = new QWidget(this);
    m_form = new SweepForm(m_context.desk, side);
    auto* const scroll = new QScrollArea(side);
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setStyleSheet(QStringLiteral("QScrollArea { background: transparent; }"));
    scroll->viewport()->setAutoFillBackground(false);
    m_form->setAutoFillBackground(false);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    side->setFixedWidth(sideWidth);
    auto* const column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(scroll, 1);
    column->addWidget(makeControls());
    return side;
}

QWidget* SweepDialog::makeControls()
{
    auto* const controls = new QWidget(this);
    const auto button = [&](const QString& words, const char* name) {
        auto* const made = new QPushButton(words, controls);
        made->setObjectName(QString::fromLatin1(name));
        made->setAutoDefault(false);
        return made;
    };
    m_load = button(tr("Load"), "sweep_load");
    auto* const menu = new QMenu(m_load);
    menu->addAction(tr("A sweep that ran before"), this, [this] { load({}); })
        ->setObjectName(QStringLiteral("sweep_load_kept"));
    menu->addAction(tr("Another machine's trials.db…"), this, &SweepDialog::askForFile);
    m_load->setMenu(menu);
    m_cancel = button(tr("Cancel"), "sweep_cancel");
    m_run = button(tr("Run"), "sweep_run");
    m_run->setProperty("kind", QStringLiteral("primary"));
    m_run->setDefault(true);
    m_progress = new QProgressBar(controls);
    m_progress->setObjectName(QStringLiteral("sweep_progress"));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_size = makeLabel({}, "strong", controls);
    m_size->setObjectName(QStringLiteral("sweep_size"));
    m_size->setWordWrap(true);
    m_message = makeLabel({}, "dim", controls);
    m_message->setObjectName(QStringLiteral("sweep_message"));
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_run, &QPushButton::clicked, this, &SweepDialog::run);
    connect(m_cancel, &QPushButton::clicked, this, &SweepDialog::cancel);

    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::unit);
    buttons->addWidget(m_load, 1);
    buttons->addWidget(m_cancel, 1);
    buttons->addWidget(m_run, 1);
    auto* const column = new QVBoxLayout(controls);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(m_size);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addLayout(buttons);
    return controls;
}

void SweepDialog::check()
{
    const auto size = m_form->request().and_then(
        [this](const desk::SweepRequest& request) { return m_context.desk.sweepSize(request); });
    m_canRun = size.has_value();
    if (!size) {
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
    setLook(*m_size, "tone", size ? QStringLiteral("strong") : QStringLiteral("warning"));
    drawRunning();
}

void SweepDialog::run()
{
    const auto request = m_form->request();
    if (m_running != 0 || !request)
        return;
    m_progress->setValue(0);
    m_isCancelling = false;
    say(tr("Starting …"), "dim");
    m_running = m_context.desk.startSweep(*request);
    drawRunning();
}

void SweepDialog::cancel()
{
    if (m_running == 0)
        return;
    m_isCancelling = true;
    m_context.desk.cancelSweep(m_running);
    m_cancel->setEnabled(false);
    say(tr("Cancelling …"), "dim");
}

void SweepDialog::showProgress(const std::shared_ptr<const desk::SweepProgress>& progress)
{
    if (m_running == 0 || progress->id != m_running)
        return;
    m_progress->setValue(static_cast<int>(progressSteps * progress->fraction));
    if (m_isCancelling)
        return; // leave the words
    QString left = tr("estimating the time");
    if (std::isfinite(progress->secondsLeft))
        left = progress->secondsLeft < minute
                   ? tr("about %1 s left").arg(number(std::ceil(progress->secondsLeft), 0))
                   : tr("about %1 min left").arg(number(std::ceil(progress->secondsLeft / minute), 0));
    say(progress->stage == desk::SweepStage::Reading
            ? tr("Reading the chains: %1, %2").arg(percent(progress->fraction, 0), left)
            : tr("%1 of %2 runs, %3")
                  .arg(number(static_cast<double>(progress->done), 0), number(static_cast<double>(progress->total), 0),
                       left),
        "dim");
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
    drawRunning();
    if (!report->failure.empty()) {
        say(tr("It did not run: %1").arg(text(report->failure)), "warning");
        return;
    }
    const bool hasRun = report->walkForward || std::ranges::any_of(report->runs, [](const desk::SweepRun& run) {
                            return !run.figures.empty() || !run.failure.empty();
                        });
    if (hasRun)
        m_results->add(report, strategyTitle(*report));
    if (report->isCancelled) {
        say(hasRun ? tr("Cancelled. What had finished is shown and kept: run it again to go on from there.")
                   : tr("Cancelled."),
            "warning");
        return;
    }
    m_progress->setValue(progressSteps);
    const auto failed =
        std::ranges::count_if(report->runs, [](const desk::SweepRun& run) { return !run.failure.empty(); });
    const auto known = std::ranges::count(report->runs, true, &desk::SweepRun::wasKnown);
    QString words = tr("Done in %1 s").arg(number(report->seconds, 1));
    if (known > 0)
        words += QStringLiteral("; ") + tr("%n runs were known from before", "", static_cast<int>(known));
    if (failed > 0)
        words += QStringLiteral("; ") + tr("%n runs failed", "", static_cast<int>(failed));
    say(words, failed > 0 ? "warning" : "dim");
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
    say(tr("Reading the trials …"), "dim");
    drawRunning();
}

void SweepDialog::offer(const std::shared_ptr<const desk::StoredSweeps>& stored)
{
    if (!m_isLoading)
        return;
    m_isLoading = false;
    drawRunning();
    if (!stored->failure.empty()) {
        say(tr("They could not be read: %1").arg(text(stored->failure)), "warning");
        return;
    }
    QString words =
        stored->taken > 0 ? tr("%n trials taken over.", "", static_cast<int>(stored->taken)) + u' ' : QString();
    if (stored->sweeps.empty()) {
        say(words + tr("No sweep is kept: no two runs that differ in parameters alone."), "dim");
        return;
    }
    say(words + tr("Choose one of the sweeps that are kept."), "dim");
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
                            say({}, "dim");
                        });
    }
    menu->popup(m_load->mapToGlobal(QPoint(0, 0)));
}

void SweepDialog::drawRunning()
{
    const bool isRunning = m_running != 0;
    m_form->setEnabled(!isRunning);
    m_run->setEnabled(!isRunning && m_canRun && !m_isLoading);
    m_load->setEnabled(!isRunning && !m_isLoading);
    m_cancel->setEnabled(isRunning && !m_isCancelling);
    if (!isRunning)
        m_progress->setValue(0);
}

void SweepDialog::say(const QString& words, const char* tone)
{
    m_message->setText(words);
    setLook(*m_message, "tone", QString::fromLatin1(tone));
}

} // namespace vegadesk::ui
