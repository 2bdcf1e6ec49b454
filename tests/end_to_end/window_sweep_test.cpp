#include "desk/sweep_figures.h"
#include "storage/trial_store.h"
#include "ui/dialogs/sweep_dialog.h"
#include "ui/dialogs/sweep_form.h"
#include "ui/dialogs/sweep_grid_form.h"
#include "ui/plots/sweep_heat_map.h"
#include "workstation.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>

#include <algorithm>

using namespace vegadesk;
using tests::Workstation;

namespace
{

constexpr int patienceMs = 60'000;
using Report = std::shared_ptr<const desk::SweepReport>;
using Progress = std::shared_ptr<const desk::SweepProgress>;

/// From 0.2 in steps of a hundredth.
std::vector<std::string> values(int count)
{
    std::vector<std::string> out;
    for (int i = 0; i < count; ++i)
        out.push_back(std::to_string(0.2 + 0.01 * i));
    return out;
}

} // namespace

/// Sweeps from the window's dialog: watched, cancelled, finished, read off the map, counted and saved.
class WindowSweepTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSweepIsWatchedCancelledReadAndSaved()
    {
        Workstation desk;
        m_dialog = qobject_cast<ui::SweepDialog*>(desk.window().openSweep());
        QVERIFY(m_dialog && m_dialog->isVisible());
        auto* const strategy = part<QComboBox>("sweep_strategy");
        strategy->setCurrentIndex(strategy->findData(QStringLiteral("iron_condor")));
        part<QDateEdit>("sweep_start")->setDate(QDate(2023, 1, 3));
        part<QDateEdit>("sweep_end")->setDate(QDate(2023, 2, 28));
        m_trials = QDir(desk.directory()).filePath(QLatin1String(storage::TrialStore::fileName)).toStdString();

        QSignalSpy finished(&desk.desk(), &desk::Desk::sweepFinished);
        QSignalSpy progressed(&desk.desk(), &desk::Desk::sweepProgressed);
        const std::size_t kept = cancelAfterTheFirstRuns(finished, progressed);
        if (QTest::currentTestFailed())
            return;
        const Report report = finishASmallOne(finished);
        QVERIFY(report);
        readTheMap(*report);
        if (QTest::currentTestFailed())
            return;

        // What ran is counted, each run once, whatever became of the sweep it was of.
        const auto fresh = static_cast<std::size_t>(std::ranges::count(report->runs, false, &desk::SweepRun::wasKnown));
        QCOMPARE(countTrials(), kept + fresh);
        QCOMPARE(report->trials, kept + fresh);
        const QByteArray table = save(QStringLiteral("runs.csv"), 0);
        QCOMPARE(table, QByteArray::fromStdString(report->table));
        QCOMPARE(table.count('\n'), 5);

        walkForward(finished);
        if (!QTest::currentTestFailed())
            desk.window().close();
    }

private:
    template<class Widget>
    Widget* part(const char* name)
    {
        return m_dialog->findChild<Widget*>(QString::fromLatin1(name));
    }
    void press(const char* name) { QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton); }

    std::size_t countTrials()
    {
        const auto store = storage::TrialStore::open(m_trials);
        return store ? (*store)->all().value().size() : 0;
    }

    /// How many of its runs were kept.
    std::size_t cancelAfterTheFirstRuns(QSignalSpy& finished, QSignalSpy& progressed)
    {
        m_dialog->form().grid().setList("short_delta", values(20));
        m_dialog->form().grid().setList("profit_target", values(20));
        press("sweep_run");
        if (!QTest::qWaitFor([&] { return !progressed.isEmpty() && doneOf(progressed) > 0; }, patienceMs)) {
            QTest::qFail("no run was done", __FILE__, __LINE__);
            return 0;
        }
        const bool isShown = part<QProgressBar>("sweep_progress")->value() > 0 &&
                             part<QLabel>("sweep_message")->text().contains(QStringLiteral(" of 400 runs, "));
        press("sweep_cancel");
        if (!isShown || !QTest::qWaitFor([&] { return finished.size() == 1; }, patienceMs)) {
            QTest::qFail("the progress was not shown, or the cancel did nothing", __FILE__, __LINE__);
            return 0;
        }
        const auto report = finished.takeFirst().front().value<Report>();
        const auto done = static_cast<std::size_t>(
            std::ranges::count_if(report->runs, [](const desk::SweepRun& run) { return !run.figures.empty(); }));
        const bool isSaid = part<QLabel>("sweep_message")->text().startsWith(QStringLiteral("Cancelled. What had"));
        if (!report->isCancelled || done == 0 || done == 400 || !isSaid || countTrials() != done)
            QTest::qFail("what was done before the cancel is not kept", __FILE__, __LINE__);
        return done;
    }

    static std::size_t doneOf(const QSignalSpy& progressed)
    {
        const auto last = progressed.last().front().value<Progress>();
        return last->stage == desk::SweepStage::Running ? last->done : 0;
    }

    Report finishASmallOne(QSignalSpy& finished)
    {
        m_dialog->form().grid().setList("short_delta", {"0.2", "0.3"});
        m_dialog->form().grid().setList("profit_target", {"0.25", "0.5"});
        press("sweep_run");
        if (!QTest::qWaitFor([&] { return finished.size() == 1; }, patienceMs))
            return nullptr;
        auto report = finished.takeFirst().front().value<Report>();
        const bool isDone = report->failure.empty() && !report->isCancelled && report->runs.size() == 4 &&
                            part<QLabel>("sweep_message")->text().startsWith(QStringLiteral("Done in"));
        return isDone ? report : nullptr;
    }

    /// A click on the upper right cell is the run with the last value of both.
    void readTheMap(const desk::SweepReport& report)
    {
        part<QTabWidget>("sweep_tabs")->setCurrentIndex(0);
        auto* const map = part<ui::SweepHeatMap>("sweep_map");
        QTRY_VERIFY(map->isVisible() && map->axisRect()->width() > 50);
        auto* const across = part<QComboBox>("sweep_across");
        across->setCurrentIndex(across->findData(QStringLiteral("short_delta")));
        auto* const up = part<QComboBox>("sweep_up");
        up->setCurrentIndex(up->findData(QStringLiteral("profit_target")));
        const auto sharpe = desk::metricPlace(report, "sharpe");
        QVERIFY(sharpe);
        const auto last = std::ranges::find_if(report.runs, [&](const desk::SweepRun& run) {
            return std::ranges::all_of(run.places, [](std::size_t place) { return place == 1; });
        });
        const double shown = map->cellFigure(1, 1), ran = last->figures[*sharpe];
        QVERIFY(shown == ran || (std::isnan(shown) && std::isnan(ran)));
        QTest::mouseClick(map, Qt::LeftButton, {},
                          QPointF(map->xAxis->coordToPixel(1), map->yAxis->coordToPixel(1)).toPoint());
        const QString chosen = part<QLabel>("sweep_chosen")->text();
        QVERIFY2(chosen.contains(QStringLiteral("Short delta 0.3")) &&
                     chosen.contains(QStringLiteral("Profit target 0.5")),
                 qPrintable(chosen));
    }

    /// What the dialog wrote under that name, with that one of its filters.
    QByteArray save(const QString& name, int filter)
    {
        press("sweep_save");
        auto* const chooser = part<QFileDialog>("sweep_save_file");
        if (!chooser)
            return {};
        chooser->setDirectory(m_folder.path());
        chooser->selectNameFilter(chooser->nameFilters().value(filter));
        chooser->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(m_folder.filePath(name));
        QMetaObject::invokeMethod(chooser, "accept");
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void walkForward(QSignalSpy& finished)
    {
        part<QComboBox>("sweep_kind")->setCurrentIndex(1);
        part<QSpinBox>("sweep_in_sample")->setValue(15);
        part<QSpinBox>("sweep_out_of_sample")->setValue(10);
        part<QSpinBox>("sweep_purge")->setValue(2);
        part<QSpinBox>("sweep_embargo")->setValue(1);
        press("sweep_run");
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        const auto report = finished.takeFirst().front().value<Report>();
        QVERIFY2(report->failure.empty(), report->failure.c_str());
        const auto walked = report->walkForward;
        QVERIFY(walked && walked->folds.size() == 3);
        QVERIFY(part<QWidget>("walk_verdict")->isVisible());
        QCOMPARE(save(QStringLiteral("walked.html"), 0), QByteArray::fromStdString(walked->page));
        const QByteArray stretches = save(QStringLiteral("stretches.csv"), 1);
        QVERIFY2(stretches.startsWith("in_first,in_last,out_first,out_last,"), stretches.constData());
        QCOMPARE(stretches.count('\n'), 4);
        const QByteArray trades = save(QStringLiteral("trades.csv"), 2);
        QVERIFY2(trades.startsWith("group,title,opened,closed,"), trades.constData());
        std::size_t count = 0;
        for (const desk::FoldView& fold : walked->folds)
            count += fold.trades;
        QCOMPARE(trades.count('\n'), static_cast<qsizetype>(count) + 1);
    }

    ui::SweepDialog* m_dialog = nullptr;
    const QTemporaryDir m_folder;
    std::string m_trials;
};

QTEST_MAIN(WindowSweepTest)
#include "window_sweep_test.moc"
