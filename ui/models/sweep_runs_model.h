#pragma once

#include "desk/sweep_views.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// Every run of a sweep: its values, its figures, the most asked for first, and what is to be said of it. SortRole gives numbers.
class SweepRunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int sortRole = Qt::UserRole;

    explicit SweepRunsModel(const Theme& theme, QObject* parent = nullptr);

    void setReport(std::shared_ptr<const desk::SweepReport> report);
    /// The column of that metric; −1: there is none.
    int columnOf(const std::string& metric) const;

    int rowCount(const QModelIndex& parent = {}) const override; ///< a row is the run of that place
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    int axisCount() const { return static_cast<int>(m_report->axes.size()); }
    bool isNote(int column) const { return column == columnCount() - 1; }
    QString noteOf(const desk::SweepRun& run) const;
    QVariant sortKey(const desk::SweepRun& run, int column) const;

    const Theme& m_theme;
    std::shared_ptr<const desk::SweepReport> m_report;
    std::vector<std::size_t> m_metrics; ///< into the report's, in the order of the columns
};

} // namespace vegadesk::ui
