#include "ui/dialogs/sweep_results.h"

#include "ui/dialogs/sweep_map_page.h"
#include "ui/dialogs/walk_forward_page.h"
#include "ui/models/sweep_runs_model.h"
#include "ui/models/sweep_words.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <string>

namespace vegadesk::ui
{

namespace
{
constexpr std::size_t reportsKept = 12;
enum Page { Nothing, Sweep, Walk };
/// What of a walk-forward a file holds, in the order that they are offered.
enum class Part { Page, Stretches, Trades };

/// By the name's ending, and where that says nothing, or not which table, by what was chosen.
Part partOf(const QString& file, int chosen)
{
    const auto ends = [&](const char* suffix) { return file.endsWith(QLatin1String(suffix), Qt::CaseInsensitive); };
    const auto offered = static_cast<Part>(std::max(0, chosen));
    if (ends(".html") || ends(".htm"))
        return Part::Page;
    return ends(".csv") && offered == Part::Page ? Part::Stretches : offered;
}

const std::string& wordsOf(const desk::SweepReport& report, const QString& file, int chosen)
{
    if (!report.walkForward)
        return report.table;
    switch (partOf(file, chosen)) {
    case Part::Stretches:
        return report.walkForward->table;
    case Part::Trades:
        return report.walkForward->trades;
    case Part::Page:
        break;
    }
    return report.walkForward->page;
}
} // namespace

SweepResults::SweepResults(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_pages(new QStackedLayout), m_choice(new QComboBox(this)), m_save(new QPushButton(this)),
      m_saved(makeLabel({}, "dim", this)), m_sweep(new QTabWidget(this)), m_map(new SweepMapPage(theme, this)),
      m_runs(new SweepRunsModel(theme, this)), m_sorted(new QSortFilterProxyModel(this)), m_table(new QTableView(this)),
      m_walk(new WalkForwardPage(theme, this))
{
    m_choice->setObjectName(QStringLiteral("sweep_reports"));
    m_choice->setAccessibleName(tr("sweep"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(20);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &SweepResults::draw);
    m_save->setObjectName(QStringLiteral("sweep_save"));
    m_save->setAutoDefault(false);
    connect(m_save, &QPushButton::clicked, this, &SweepResults::save);
    m_saved->setObjectName(QStringLiteral("sweep_saved"));
    m_saved->setWordWrap(true);
    m_saved->hide();

    QLabel* const empty =
        makeLabel(tr("Choose a strategy, give at least one of its parameters a range or a list, and run every "
                     "combination. The map, the runs and what they are worth appear here; sweeps of the command "
                     "line can be loaded."),
                  "dim", this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);
    m_pages->addWidget(makeSweep(theme));
    m_pages->addWidget(m_walk);

    auto* const row = new QHBoxLayout;
    row->setSpacing(Theme::unit);
    row->addWidget(m_choice, 1);
    row->addWidget(m_save);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addLayout(row);
    column->addLayout(m_pages, 1);
    column->addWidget(m_saved);
    for (QWidget* const each : {static_cast<QWidget*>(m_choice), static_cast<QWidget*>(m_save)})
        each->hide();
}

QWidget* SweepResults::makeSweep(const Theme& theme)
{
    m_sorted->setSourceModel(m_runs);
    m_sorted->setSortRole(SweepRunsModel::sortRole);
    m_table->setObjectName(QStringLiteral("sweep_runs"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    prepareTable(*m_table, theme, -1);
    // Titles stand at the right, where the arrow would lie over them.
    m_table->horizontalHeader()->setStyleSheet(
        QStringLiteral("QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-position: center left; }"));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid() && !m_isChoosing)
                    choose(static_cast<std::size_t>(m_sorted->mapToSource(current).row()));
            });
    connect(m_map, &SweepMapPage::runChosen, this, [this](std::size_t run) { choose(run); });
    m_sweep->setObjectName(QStringLiteral("sweep_tabs"));
    m_sweep->setDocumentMode(true);
    m_sweep->tabBar()->setDrawBase(false);
    m_sweep->addTab(m_map, tr("Map"));
    m_sweep->addTab(m_table, tr("Runs"));
    return m_sweep;
}

void SweepResults::add(const Report& report, const QString& strategy)
{
    m_all.insert(m_all.begin(), {report, sweepTitle(*report, strategy)});
    if (m_all.size() > reportsKept)
        m_all.pop_back();
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const Shown& each : m_all)
        m_choice->addItem(each.title);
    m_choice->setCurrentIndex(0);
    draw(0);
}

SweepResults::Report SweepResults::chosen() const
{
    const int index = m_choice->currentIndex();
    return index < 0 || index >= static_cast<int>(m_all.size()) ? nullptr
                                                                : m_all[static_cast<std::size_t>(index)].report;
}

void SweepResults::draw(int index)
{
    if (index < 0 || index >= static_cast<int>(m_all.size()))
        return;
    const Report& report = m_all[static_cast<std::size_t>(index)].report;
    m_choice->show();
    m_save->show();
    m_saved->hide();
    m_save->setText(report->walkForward ? tr("Save…") : tr("Save as CSV…"));
    if (report->walkForward) {
        m_walk->setReport(report);
        m_pages->setCurrentIndex(Walk);
        return;
    }
    m_map->setReport(report);
    m_runs->setReport(report);
    const int sharpe = m_runs->columnOf("sharpe");
    m_table->sortByColumn(std::max(0, sharpe), Qt::DescendingOrder);
    m_table->resizeColumnsToContents();
    m_pages->setCurrentIndex(Sweep);
    choose(m_map->best());
}

void SweepResults::choose(std::optional<std::size_t> run)
{
    m_map->setChosen(run);
    if (!run)
        return;
    m_isChoosing = true;
    m_table->setCurrentIndex(m_sorted->mapFromSource(m_runs->index(static_cast<int>(*run), 0)));
    m_isChoosing = false;
}

void SweepResults::save()
{
    const Report report = chosen(); // also where another one is chosen by the time the file is
    const bool isWalk = report->walkForward != nullptr;
    auto* const chooser = new QFileDialog(this, m_save->text().remove(u'…'));
    chooser->setObjectName(QStringLiteral("sweep_save_file"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setNameFilters(
        isWalk ? QStringList{tr("Report as a page (*.html)"), tr("Stretches (*.csv)"), tr("Trades (*.csv)")}
               : QStringList{tr("Runs (*.csv)")});
    chooser->setDefaultSuffix(isWalk ? QStringLiteral("html") : QStringLiteral("csv"));
    connect(chooser, &QFileDialog::filterSelected, chooser, [chooser](const QString& filter) {
        chooser->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    });
    connect(chooser, &QFileDialog::fileSelected, this, [this, chooser, report](const QString& file) {
        write(*report, file, static_cast<int>(chooser->nameFilters().indexOf(chooser->selectedNameFilter())));
    });
    chooser->open();
}

void SweepResults::write(const desk::SweepReport& report, const QString& file, int filter)
{
    const std::string& words = wordsOf(report, file, filter);
    QSaveFile out(file);
    const auto size = static_cast<qint64>(words.size());
    const bool isWritten = out.open(QIODevice::WriteOnly) && out.write(words.data(), size) == size && out.commit();
    m_saved->setText(isWritten ? tr("Written to %1").arg(file)
                               : tr("%1 could not be written: %2").arg(file, out.errorString()));
    setLook(*m_saved, "tone", isWritten ? QStringLiteral("dim") : QStringLiteral("warning"));
    m_saved->show();
}

} // namespace vegadesk::ui
