#include "ui/models/alerts_model.h"

#include "ui/models/alert_words.h"
#include "ui/models/words.h"

#include <algorithm>
#include <array>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "time"), QT_TRANSLATE_NOOP("Columns", "New York time"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "alert"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "rule"), QT_TRANSLATE_NOOP("Columns", "What it came from"), false},
};
static_assert(columns.size() == AlertsModel::RuleColumn + 1);
} // namespace

AlertsModel::AlertsModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void AlertsModel::update(const desk::AlertsView& view)
{
    std::vector<Row> rows;
    rows.reserve(view.lines.size());
    for (const desk::AlertLine& line : view.lines) {
        const auto rule = std::ranges::find(view.rules, line.rule, &monitoring::AlertRule::id);
        QString words;
        if (line.rule.empty())
            words = tr("what is held");
        else if (rule == view.rules.end())
            words = tr("deleted since");
        else
            words = alertRuleText(*rule, view.measures);
        rows.push_back({line, words});
    }
    sync(
        m_rows, std::move(rows), [](const Row& row) { return row.line.id; },
        [](const Row& a, const Row& b) { return a.line.isSeen == b.line.isSeen && a.rule == b.rule; });
}

void AlertsModel::setNarrow(bool isNarrow)
{
    if (m_isNarrow == isNarrow)
        return;
    m_isNarrow = isNarrow;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, TimeColumn), index(rowCount() - 1, TimeColumn));
}

QString AlertsModel::copyText(int row) const
{
    const desk::AlertLine& line = m_rows[static_cast<std::size_t>(row)].line;
    return newYorkText(line.at, QStringLiteral("d MMM yyyy HH:mm:ss")) + QLatin1Char('\t') + text(line.text);
}

int AlertsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant AlertsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& [line, rule] = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        if (index.column() == TimeColumn) {
            const QString time = newYorkText(line.at, role == Qt::ToolTipRole ? QStringLiteral("d MMM yyyy HH:mm:ss")
                                                      : m_isNarrow            ? QStringLiteral("HH:mm")
                                                                              : QStringLiteral("d MMM HH:mm:ss"));
            // By a mark too, and not by colour alone.
            return line.isSeen || role == Qt::ToolTipRole ? time : QStringLiteral("● ") + time;
        }
        if (index.column() == TextColumn)
            return role == Qt::ToolTipRole ? text(line.text) + QLatin1Char('\n') + rule : text(line.text);
        return rule;
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::FontRole:
        return line.isSeen || index.column() != TextColumn ? QVariant() : QVariant(m_theme.strongFont());
    case Qt::ForegroundRole:
        if (index.column() == TextColumn)
            return m_theme.color(line.isSeen ? Role::Dim : Role::Text);
        return m_theme.color(index.column() == TimeColumn && !line.isSeen ? Role::Warning : Role::Dim);
    default:
        return {};
    }
}

} // namespace vegadesk::ui
