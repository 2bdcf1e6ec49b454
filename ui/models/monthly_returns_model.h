#pragma once

#include "desk/backtest_views.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <array>
#include <vector>

namespace vegadesk::ui
{

/// What a backtest made in each month, a row a year: the equity's change from the month before, the first month's and year's from
/// the start. The last column is the year.
class MonthlyReturnsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int yearColumn = 12;

    explicit MonthlyReturnsModel(const Theme& theme, QObject* parent = nullptr);

    void setReport(const desk::BacktestReport& report);
    /// A fraction; NaN in a month that the run did not see.
    double returnOf(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Year {
        int year = 0;
        std::array<double, 13> returns{}; ///< the months' and its own; NaN: none
    };
    const Theme& m_theme;
    std::vector<Year> m_years;
};

} // namespace vegadesk::ui
