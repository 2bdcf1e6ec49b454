#include "ui/models/monthly_returns_model.h"

#include "market/calendar.h"
#include "ui/theme/format.h"

#include <QLocale>

namespace vegadesk::ui
{

MonthlyReturnsModel::MonthlyReturnsModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme)
{
}

void MonthlyReturnsModel::setReport(const desk::BacktestReport& report)
{
    beginResetModel();
    m_years.clear();
    double beforeMonth = desk::unknown, beforeYear = desk::unknown, last = desk::unknown;
    std::chrono::year_month month{};
    for (std::size_t i = 0; i < report.times.size(); ++i) {
        const std::chrono::year_month_day day{market::newYorkDate(report.times[i])};
        const bool isNewYear = m_years.empty() || m_years.back().year != static_cast<int>(day.year());
        if (isNewYear) {
            Year& year = m_years.emplace_back();
            year.year = static_cast<int>(day.year());
            year.returns.fill(desk::unknown);
            beforeYear = m_years.size() == 1 ? report.equity[i] : last;
        }
        if (const auto now = day.year() / day.month(); now != month) {
            month = now;
            beforeMonth = i == 0 ? report.equity[i] : last;
        }
        last = report.equity[i];
        std::array<double, 13>& returns = m_years.back().returns;
        returns[static_cast<unsigned>(day.month()) - 1] = last / beforeMonth - 1;
        returns[yearColumn] = last / beforeYear - 1;
    }
    endResetModel();
}

double MonthlyReturnsModel::returnOf(const QModelIndex& index) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return desk::unknown;
    return m_years[static_cast<std::size_t>(index.row())].returns[static_cast<std::size_t>(index.column())];
}

int MonthlyReturnsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_years.size());
}

int MonthlyReturnsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : yearColumn + 1;
}

QVariant MonthlyReturnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Horizontal)
        return section == yearColumn ? tr("year") : QLocale().standaloneMonthName(section + 1, QLocale::ShortFormat);
    return section < static_cast<int>(m_years.size()) ? QString::number(m_years[static_cast<std::size_t>(section)].year)
                                                      : QString();
}

QVariant MonthlyReturnsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const double value = returnOf(index);
    constexpr int decimals = 2;
    switch (role) {
    case Qt::DisplayRole:
        return value != value ? QString() : signedPercent(value, decimals);
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | Qt::AlignRight);
    case Qt::ForegroundRole:
        return m_theme.signColor(value, decimals + 2);
    case Qt::FontRole:
        return index.column() == yearColumn ? QVariant(m_theme.strongFont()) : QVariant();
    default:
        return {};
    }
}

} // namespace vegadesk::ui
