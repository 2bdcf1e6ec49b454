#include "ui/models/journal_model.h"

#include "ui/models/words.h"

#include <array>
#include <tuple>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "time"), QT_TRANSLATE_NOOP("Columns", "New York time"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "kind"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "key"), QT_TRANSLATE_NOOP("Columns", "The order or run the line is about"),
           false},
    Column{QT_TRANSLATE_NOOP("Columns", "text"), nullptr, false},
};
static_assert(columns.size() == JournalModel::TextColumn + 1);
} // namespace

JournalModel::JournalModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void JournalModel::update(const std::vector<desk::JournalLine>& lines)
{
    // The journal is only ever appended to: a line that is known has not changed.
    sync(
        m_lines, lines, [](const desk::JournalLine& line) { return std::tie(line.at, line.kind, line.key, line.text); },
        [](const desk::JournalLine&, const desk::JournalLine&) { return true; });
}

int JournalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::JournalLine& line = m_lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case TimeColumn:
            return newYorkText(line.at, role == Qt::DisplayRole ? QStringLiteral("d MMM HH:mm:ss")
                                                                : QStringLiteral("d MMM yyyy HH:mm:ss.zzz"));
        case KindColumn:
            return text(line.kind);
        case KeyColumn:
            return text(line.key);
        default:
            return text(line.text);
        }
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        return index.column() == TextColumn ? QVariant() : QVariant(m_theme.color(Role::Dim));
    default:
        return {};
    }
}

} // namespace vegadesk::ui
