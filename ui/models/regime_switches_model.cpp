#include "ui/models/regime_switches_model.h"

#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "since"),
           QT_TRANSLATE_NOOP("Columns", "The day that the regime came into force"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "regime"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "days"), QT_TRANSLATE_NOOP("Columns", "Trading days that it lasted")},
    Column{QT_TRANSLATE_NOOP("Columns", "index"), QT_TRANSLATE_NOOP("Columns", "What the index did meanwhile")},
};
static_assert(columns.size() == RegimeSwitchesModel::MoveColumn + 1);
} // namespace

RegimeSwitchesModel::RegimeSwitchesModel(const Theme& theme, QObject* parent)
    : ColumnTable(columns, parent), m_theme(theme)
{
}

void RegimeSwitchesModel::update(const desk::RegimeView& view)
{
    std::vector<Row> next;
    for (std::size_t day = 0; day < view.regime.size();) {
        std::size_t end = day;
        while (end < view.regime.size() && view.regime[end] == view.regime[day])
            ++end;
        if (view.regime[day] >= 0) {
            const auto regime = static_cast<std::size_t>(view.regime[day]);
            const bool isNow = end == view.regime.size();
            next.push_back({view.dates[day], regime, view.names[regime], static_cast<int>(end - day), isNow,
                            view.closes[isNow ? end - 1 : end] / view.closes[day] - 1,
                            regimeRole(regime, view.names.size())});
        }
        day = end;
    }
    std::ranges::reverse(next);
    sync(
        m_rows, std::move(next), [](const Row& row) { return row.from; },
        [](const Row& a, const Row& b) {
            return a.name == b.name && a.days == b.days && a.isNow == b.isNow && isSameNumber(a.move, b.move) &&
                   a.role == b.role;
        });
}

int RegimeSwitchesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant RegimeSwitchesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case DateColumn:
            return dateText(row.from);
        case RegimeColumn:
            return regimeWord(row.name);
        case DaysColumn:
            return number(row.days, 0);
        default:
            return signedPercent(row.move);
        }
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::FontRole:
        return row.isNow ? QVariant(m_theme.strongFont()) : QVariant();
    case Qt::ForegroundRole:
        if (index.column() == RegimeColumn)
            return m_theme.color(row.role);
        return index.column() == MoveColumn ? QVariant(m_theme.signColor(100 * row.move, 1)) : QVariant();
    case Qt::ToolTipRole:
        return row.isNow ? QVariant(tr("In force now")) : QVariant();
    default:
        return {};
    }
}

} // namespace vegadesk::ui
