#include "ui/models/journal_model.h"

#include "ui/models/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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

namespace
{
QString flat(const QJsonValue& value)
{
    QStringList parts;
    if (value.isObject()) {
        // "at" is what the time column says, in nanoseconds.
        const QJsonObject object = value.toObject();
        for (auto each = object.begin(); each != object.end(); ++each)
            if (const QString inner = flat(each.value()); !inner.isEmpty() && each.key() != QLatin1String("at"))
                parts << each.key() + u' ' + inner;
    } else if (value.isArray()) {
        for (const QJsonValue& each : value.toArray())
            parts << flat(each);
        return parts.join(QStringLiteral("; "));
    } else {
        return value.toVariant().toString();
    }
    return parts.join(QStringLiteral(", "));
}
} // namespace

QString journalWords(const std::string& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    return document.isObject() ? flat(document.object()) : text(json);
}

JournalModel::JournalModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void JournalModel::update(const std::vector<desk::JournalLine>& lines)
{
    std::vector<Row> rows;
    rows.reserve(lines.size());
    for (const desk::JournalLine& line : lines)
        rows.push_back({line, journalWords(line.text)});
    // The journal is only ever appended to: a line that is known has not changed.
    sync(
        m_rows, std::move(rows),
        [](const Row& row) { return std::tie(row.line.at, row.line.kind, row.line.key, row.line.text); },
        [](const Row&, const Row&) { return true; });
}

int JournalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& [line, words] = m_rows[static_cast<std::size_t>(index.row())];
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
            return role == Qt::ToolTipRole ? text(line.text) : words;
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
