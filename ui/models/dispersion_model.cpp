#include "ui/models/dispersion_model.h"

#include "ui/models/greek_columns.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>
#include <utility>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "name"), nullptr, false},
    Column{
        QT_TRANSLATE_NOOP("Columns", "weight"),
        QT_TRANSLATE_NOOP("Columns", "Weight in the index; only the proportions of the members that are known count")},
    Column{QT_TRANSLATE_NOOP("Columns", "implied"),
           QT_TRANSLATE_NOOP("Columns", "Implied volatility at the money of 30 days, per year")},
    Column{QT_TRANSLATE_NOOP("Columns", "21 d"),
           QT_TRANSLATE_NOOP("Columns", "Realised volatility of the last 21 completed days, per year")},
    Column{QT_TRANSLATE_NOOP("Columns", "63 d"),
           QT_TRANSLATE_NOOP("Columns", "Realised volatility of the last 63 completed days, per year")},
    greek_columns::dollarDelta,
    greek_columns::vega,
    greek_columns::theta,
};
static_assert(columns.size() == DispersionModel::ColumnTotal);

/// NaN where nothing is held.
double heldFigure(const desk::DispersionRow& row, int column)
{
    if (!row.held)
        return desk::unknown;
    switch (column) {
    case DispersionModel::DollarDeltaColumn:
        return row.held->greeks.dollarDelta;
    case DispersionModel::VegaColumn:
        return row.held->greeks.vega;
    default:
        return row.held->greeks.theta;
    }
}

bool isSame(const desk::DispersionRow& a, const desk::DispersionRow& b)
{
    const auto figures = [](const desk::DispersionRow& row) {
        return std::array{row.weight,
                          row.share,
                          row.implied,
                          row.realisedMonth,
                          row.realisedQuarter,
                          heldFigure(row, DispersionModel::DollarDeltaColumn),
                          heldFigure(row, DispersionModel::VegaColumn),
                          heldFigure(row, DispersionModel::ThetaColumn)};
    };
    const auto unknownCount = [](const desk::DispersionRow& row) {
        return row.held ? row.held->greeks.unknownCount : 0;
    };
    return a.gap == b.gap && a.isOld == b.isOld && a.hasDays == b.hasDays && a.held.has_value() == b.held.has_value() &&
           unknownCount(a) == unknownCount(b) && std::ranges::equal(figures(a), figures(b), isSameNumber);
}
} // namespace

DispersionModel::DispersionModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void DispersionModel::update(const desk::DispersionView& view)
{
    std::vector<desk::DispersionRow> next;
    if (!view.members.empty()) {
        next.push_back(view.index);
        next.insert(next.end(), view.members.begin(), view.members.end());
    }
    sync(m_rows, std::move(next), [](const desk::DispersionRow& row) { return row.symbol; }, isSame);
}

QString DispersionModel::gapText(const desk::DispersionRow& row)
{
    switch (row.gap) {
    case desk::DispersionGap::Listing:
        return tr("the listing of %1 has not come yet").arg(text(row.symbol));
    case desk::DispersionGap::NotKnown:
        return tr("%1 is not known here").arg(text(row.symbol));
    case desk::DispersionGap::NoOptions:
        return tr("no options are listed on %1").arg(text(row.symbol));
    case desk::DispersionGap::Quotes:
        return tr("%1 has no quotes yet").arg(text(row.symbol));
    case desk::DispersionGap::None:
        break;
    }
    return {};
}

int DispersionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant DispersionModel::words(const desk::DispersionRow& row, int column) const
{
    switch (column) {
    case NameColumn:
        return text(row.symbol);
    case WeightColumn:
        return std::isnan(row.weight) ? QString() : percent(row.weight); // the index has none
    case ImpliedColumn:
        return percent(row.implied);
    case MonthColumn:
        return percent(row.realisedMonth);
    case QuarterColumn:
        return percent(row.realisedQuarter);
    default:
        return row.held ? number(heldFigure(row, column), column == DollarDeltaColumn ? 0 : 1) : QString();
    }
}

QVariant DispersionModel::colour(const desk::DispersionRow& row, int column) const
{
    if (column == NameColumn && row.gap != desk::DispersionGap::None)
        return m_theme.color(Role::Warning);
    if (column == ImpliedColumn && row.isOld)
        return m_theme.color(Role::Faint);
    if (column >= DollarDeltaColumn && row.held && row.held->greeks.unknownCount > 0)
        return m_theme.color(Role::Warning);
    return {};
}

QVariant DispersionModel::toolTip(const desk::DispersionRow& row, int column) const
{
    if (column >= DollarDeltaColumn && row.held && row.held->greeks.unknownCount > 0)
        return tr("%n position(s) left out: no figure is known", nullptr, row.held->greeks.unknownCount);
    if ((column == MonthColumn || column == QuarterColumn) && !row.hasDays)
        return tr("the daily bars of %1 have not come yet").arg(text(row.symbol));
    if (column == WeightColumn && !std::isnan(row.share))
        return tr("%1 of the members that are known").arg(percent(row.share));
    if (column == ImpliedColumn && row.isOld)
        return tr("no new quotes: as of the last ones");
    const QString gap = gapText(row);
    return gap.isEmpty() ? QVariant() : QVariant(gap);
}

QVariant DispersionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::DispersionRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return words(row, index.column());
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::FontRole:
        return index.row() == 0 ? QVariant(m_theme.strongFont()) : QVariant();
    case Qt::ForegroundRole:
        return colour(row, index.column());
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    default:
        return {};
    }
}

} // namespace vegadesk::ui
