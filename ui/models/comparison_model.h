#pragma once

#include "desk/backtest_views.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace vegadesk::ui
{

/// Runs side by side, a column each: the settings in which they differ, then every figure.
class ComparisonModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit ComparisonModel(const Theme& theme, QObject* parent = nullptr);

    /// `titles` has one word a run.
    void setRuns(const std::vector<desk::BacktestTrial>& runs, QStringList titles);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        QString name;
        QStringList shown;           ///< one a run; none of a heading
        std::vector<QVariant> plain; ///< likewise, numbers where they are numbers
        bool isSetting = false;
    };
    void addSettings(const std::vector<desk::BacktestTrial>& runs);
    void addFigures(const std::vector<desk::BacktestTrial>& runs);

    const Theme& m_theme;
    QStringList m_titles;
    std::vector<Row> m_rows;
};

} // namespace vegadesk::ui
