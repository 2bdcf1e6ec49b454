#include "ui/models/attribution_model.h"

#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace vegadesk::ui
{

namespace
{
constexpr auto columns = [] {
    std::array<Column, AttributionModel::columnTotal> all{}; // the parts' names are risk_words.h's
    all[AttributionModel::ScopeColumn] = {QT_TRANSLATE_NOOP("Columns", "profit of"), nullptr, false};
    all[AttributionModel::TotalColumn] = {
        QT_TRANSLATE_NOOP("Columns", "total"),
        QT_TRANSLATE_NOOP("Columns", "Dollars; the columns behind it add up to it, to the cent")};
    return all;
}();
} // namespace

AttributionModel::AttributionModel(const Theme& theme, QObject* parent) : DepthTree(columns, parent), m_theme(theme) {}

void AttributionModel::update(const std::vector<desk::AttributionRow>& rows)
{
    std::vector<Row> next;
    std::vector<desk::AttributionRow::Level> above; // a level that is left out (an underlying without groups) is none
    for (const desk::AttributionRow& row : rows) {
        while (!above.empty() && above.back() >= row.level)
            above.pop_back();
        next.push_back({static_cast<int>(above.size()), row});
        above.push_back(row.level);
    }
    sync(
        m_rows, std::move(next),
        [](const Row& row) { return std::tie(row.row.level, row.row.underlying, row.row.title); },
        [](const Row& a, const Row& b) {
            return isSameNumber(a.row.total, b.row.total) &&
                   std::ranges::equal(a.row.parts, b.row.parts, &isSameNumber);
        });
}

double AttributionModel::figure(const desk::AttributionRow& row, int column)
{
    return column == TotalColumn ? row.total : row.parts[static_cast<std::size_t>(column - FirstPartColumn)];
}

QVariant AttributionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < FirstPartColumn || section >= columnTotal)
        return DepthTree::headerData(section, orientation, role);
    const auto part = static_cast<std::size_t>(section - FirstPartColumn);
    if (role == Qt::DisplayRole)
        return attributionWord(part);
    return role == Qt::ToolTipRole ? QVariant(attributionHelp(part))
                                   : DepthTree::headerData(section, orientation, role);
}

QString AttributionModel::asText() const
{
    QStringList lines, cells;
    for (int column = 0; column < columnTotal; ++column)
        cells << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << cells.join(u'\t');
    for (const Row& row : m_rows) {
        cells = {QString(2 * row.depth, u' ') + attributionTitle(row.row)};
        for (int column = TotalColumn; column < columnTotal; ++column) {
            const double dollars = figure(row.row, column);
            cells << (std::isnan(dollars) ? QString() : QString::number(dollars, 'f', 2));
        }
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

QVariant AttributionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::AttributionRow& row = m_rows[placeOf(index)].row;
    const bool isScope = index.column() == ScopeColumn;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return isScope ? attributionTitle(row) : signedMoney(figure(row, index.column()));
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        return isScope ? QVariant() : m_theme.signColor(figure(row, index.column()));
    case Qt::FontRole:
        return row.level == desk::AttributionRow::Level::Book || index.column() == TotalColumn
                   ? QVariant(m_theme.strongFont())
                   : QVariant();
    case Qt::ToolTipRole:
        return isScope && row.level == desk::AttributionRow::Level::Position ? QVariant(text(row.title)) : QVariant();
    default:
        return {};
    }
}

} // namespace vegadesk::ui
