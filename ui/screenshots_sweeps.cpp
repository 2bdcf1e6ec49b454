// Pictures of a sweep and of a walk-forward.
#include "ui/dialogs/sweep_dialog.h"
#include "ui/dialogs/sweep_form.h"
#include "ui/dialogs/sweep_grid_form.h"
#include "ui/screenshots.h"

#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>

#include <algorithm>
#include <memory>

namespace vegadesk::ui
{

namespace
{

template<class Widget>
Widget* named(const QWidget& in, const char* name)
{
    return in.findChild<Widget*>(QString::fromLatin1(name));
}

SweepDialog* sweepDialog(MainWindow& window)
{
    return qobject_cast<SweepDialog*>(window.openSweep());
}

void askForSweep(SweepDialog& dialog)
{
    auto* const strategy = named<QComboBox>(dialog, "sweep_strategy");
    strategy->setCurrentIndex(strategy->findData(QStringLiteral("iron_condor")));
    SweepGridForm& grid = dialog.form().grid();
    grid.setList("short_delta", {"0.15", "0.2", "0.25", "0.3", "0.35"});
    grid.setList("profit_target", {"0.3", "0.4", "0.5", "0.6", "0.7"});
}

/// A quarter of a year to pick on, a month to trade.
void askForWalk(SweepDialog& dialog)
{
    named<QComboBox>(dialog, "sweep_kind")->setCurrentIndex(1);
    named<QSpinBox>(dialog, "sweep_in_sample")->setValue(63);
    named<QSpinBox>(dialog, "sweep_out_of_sample")->setValue(21);
    named<QSpinBox>(dialog, "sweep_purge")->setValue(10);
    named<QSpinBox>(dialog, "sweep_embargo")->setValue(5);
}

} // namespace

void Screenshots::addSweeps()
{
    const auto finished = std::make_shared<int>(0);
    connect(&m_desk, &desk::Desk::sweepFinished, this, [finished] { ++*finished; });
    const auto add = [&](const char* name, const char* waiting, int count, void (*ask)(SweepDialog&)) {
        addStep(name, 10'000, false, [this, ask] {
            SweepDialog* const dialog = sweepDialog(m_window);
            ask(*dialog);
            auto* const run = named<QPushButton>(*dialog, "sweep_run");
            if (!run->isEnabled())
                return Progress::Waiting;
            run->click();
            dialog->hide();
            return Progress::Done;
        });
        addStep(waiting, 240'000, false,
                [finished, count] { return *finished >= count ? Progress::Done : Progress::Waiting; });
    };
    add("sweep", "the sweep's report", 1, askForSweep);
    add("walk-forward", "the walk-forward's report", 2, askForWalk);
}

void Screenshots::addSweepPictures(const QString& suffix)
{
    const auto show = [this](int report, int tab) {
        SweepDialog* const dialog = sweepDialog(m_window);
        auto* const reports = named<QComboBox>(*dialog, "sweep_reports");
        reports->setCurrentIndex(std::min(report, reports->count() - 1));
        if (auto* const tabs = named<QTabWidget>(*dialog, "sweep_tabs"))
            tabs->setCurrentIndex(tab);
        return dialog;
    };
    addDialog(QStringLiteral("walk_forward"), suffix, [show] { return show(0, 0); });
    addDialog(QStringLiteral("sweep_runs"), suffix, [show] { return show(1, 1); });
    addDialog(QStringLiteral("sweep"), suffix, [show] { return show(1, 0); });
}

} // namespace vegadesk::ui
