#include "ui/models/value_at_risk_model.h"

#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double apartShare = 0.25;

constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "method"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "VaR"),
           QT_TRANSLATE_NOOP("Columns", "Value at risk, dollars: only one day in twenty loses more, at 95 %")},
    Column{QT_TRANSLATE_NOOP("Columns", "of net liq"),
           QT_TRANSLATE_NOOP("Columns", "Value at risk of net liquidation")},
    Column{QT_TRANSLATE_NOOP("Columns", "ES"),
           QT_TRANSLATE_NOOP("Columns", "Expected shortfall, dollars: what those worse days lose on average")},
    Column{QT_TRANSLATE_NOOP("Columns", "± error"),
           QT_TRANSLATE_NOOP("Columns", "Standard error of the value at risk, dollars, from the number of days drawn")},
    Column{QT_TRANSLATE_NOOP("Columns", "note"), nullptr, false},
};
static_assert(columns.size() == ValueAtRiskModel::NoteColumn + 1);
} // namespace

bool isApart(const desk::ValueAtRiskView& view, std::size_t row)
{
    if (view.shown >= view.rows.size())
        return false;
    const double shown = view.rows[view.shown].valueAtRisk;
    return std::abs(view.rows[row].valueAtRisk - shown) > apartShare * std::abs(shown);
}

ValueAtRiskModel::ValueAtRiskModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme)
{
}

void ValueAtRiskModel::update(const desk::ValueAtRiskView& view, double netLiquidation)
{
    std::vector<Row> next;
    for (std::size_t i = 0; i < view.rows.size(); ++i)
        next.push_back({view.rows[i], i == view.shown, isApart(view, i),
                        netLiquidation > 0 ? view.rows[i].valueAtRisk / netLiquidation : desk::unknown});
    sync(
        m_rows, std::move(next), [](const Row& row) { return row.row.id; },
        [](const Row& a, const Row& b) {
            return isSameNumber(a.row.valueAtRisk, b.row.valueAtRisk) &&
                   isSameNumber(a.row.expectedShortfall, b.row.expectedShortfall) &&
                   isSameNumber(a.row.standardError, b.row.standardError) && a.row.note == b.row.note &&
                   a.isShown == b.isShown && a.isApart == b.isApart && isSameNumber(a.share, b.share);
        });
}

int ValueAtRiskModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString ValueAtRiskModel::words(const Row& row, int column) const
{
    switch (column) {
    case MethodColumn:
        return row.isShown ? tr("● %1", "the method that the gauge goes by").arg(methodWord(row.row.id))
                           : methodWord(row.row.id);
    case ValueColumn:
        return number(row.row.valueAtRisk, 0);
    case ShareColumn:
        return percent(row.share, 2);
    case ShortfallColumn:
        return number(row.row.expectedShortfall, 0);
    case ErrorColumn:
        return std::isnan(row.row.standardError) ? QString() : number(row.row.standardError, 0);
    default:
        return text(row.row.note);
    }
}

QVariant ValueAtRiskModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return words(row, index.column());
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::FontRole:
        return row.isShown ? QVariant(m_theme.strongFont()) : QVariant();
    case Qt::ForegroundRole:
        if (index.column() == NoteColumn)
            return m_theme.color(Role::Dim);
        return row.isApart && index.column() != MethodColumn ? QVariant(m_theme.color(Role::Warning)) : QVariant();
    case Qt::ToolTipRole: {
        QString help = methodHelp(row.row.id);
        if (row.isShown)
            help += u' ' + tr("The gauge goes by it.");
        if (row.isApart)
            help += u' ' + tr("It differs from the shown method by more than a quarter.");
        return row.row.note.empty() ? help : help + u'\n' + text(row.row.note);
    }
    default:
        return {};
    }
}

} // namespace vegadesk::ui
