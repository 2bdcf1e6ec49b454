#pragma once

#include "desk/sweep_views.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;
class QTabWidget;

namespace vegadesk::ui
{

class SweepMapPage;
class SweepRunsModel;
class WalkForwardPage;

/// The sweeps and walk-forwards of this session and those loaded, one at a time: a map and a table of a sweep, the view of a walk-forward.
/// What is chosen in one is chosen in the other.
class SweepResults : public QWidget
{
    Q_OBJECT

public:
    using Report = std::shared_ptr<const desk::SweepReport>;

    explicit SweepResults(const Theme& theme, QWidget* parent = nullptr);

    /// The newest becomes the chosen one. `strategy` is its title.
    void add(const Report& report, const QString& strategy);
    Report chosen() const; ///< null: there is none

private:
    QWidget* makeSweep(const Theme& theme);
    void draw(int index);
    void choose(std::optional<std::size_t> run);
    void save();
    /// `filter`: the place of the chosen one among those that save() offers.
    void write(const desk::SweepReport& report, const QString& file, int filter);

    struct Shown {
        Report report;
        QString title;
    };
    std::vector<Shown> m_all; ///< newest first
    QStackedLayout* m_pages;
    QComboBox* m_choice;
    QPushButton* m_save;
    QLabel* m_saved;
    QTabWidget* m_sweep;
    SweepMapPage* m_map;
    SweepRunsModel* m_runs;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    bool m_isChoosing = false; ///< the table's row follows, and chooses nothing by itself
    WalkForwardPage* m_walk;
};

} // namespace vegadesk::ui
