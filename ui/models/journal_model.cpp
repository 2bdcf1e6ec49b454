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
/// Instants are written down in nanoseconds since 1970; no other figure of the journal is as large as those of this century.
constexpr double earliestInstant = 9e17;

/// "netLiquidation" and "daily-stop" as words; a symbol stays as it is.
QString spelled(const QString& key)
{
    if (key.isEmpty() || key.front().isUpper())
        return key;
    QString out;
    for (const QChar letter : key) {
        if (letter.isUpper() && !out.isEmpty())
            out += u' ' + letter.toLower();
        else
            out += letter == u'-' || letter == u'_' ? u' ' : letter;
    }
    return out;
}

QString leaf(const QJsonValue& value)
{
    if (value.isDouble() && value.toDouble() >= earliestInstant)
        return newYorkText(base::Instant(base::Nanos(value.toInteger())), QStringLiteral("d MMM yyyy HH:mm:ss.zzz"));
    if (value.isBool())
        return value.toBool() ? JournalModel::tr("yes") : JournalModel::tr("no");
    return value.toVariant().toString();
}

/// On one line: "a: 1, b: c: 2; c: 3". What is empty is left out, as is "at", which the time column says.
QString flat(const QJsonValue& value)
{
    QStringList parts;
    if (value.isArray()) {
        for (const QJsonValue& each : value.toArray())
            parts << flat(each);
        return parts.join(QStringLiteral("; "));
    }
    if (!value.isObject())
        return leaf(value);
    const QJsonObject object = value.toObject();
    for (auto each = object.begin(); each != object.end(); ++each)
        if (const QString inner = flat(each.value()); !inner.isEmpty() && each.key() != QLatin1String("at"))
            parts << spelled(each.key()) + QStringLiteral(": ") + inner;
    return parts.join(QStringLiteral(", "));
}

/// A line a field, the fields of a part further in.
void outline(const QJsonObject& object, const QString& indent, QStringList& lines)
{
    for (auto each = object.begin(); each != object.end(); ++each) {
        const QString name = indent + spelled(each.key()) + QLatin1Char(':');
        const QJsonArray parts = each.value().isArray() ? each.value().toArray() : QJsonArray{each.value()};
        for (const QJsonValue& part : parts) {
            if (part.isObject()) {
                lines << name;
                outline(part.toObject(), indent + QStringLiteral("    "), lines);
            } else if (!leaf(part).isEmpty()) {
                lines << name + u' ' + leaf(part);
            }
        }
    }
}
} // namespace

QString journalWords(const std::string& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    return document.isObject() ? flat(document.object()) : text(json);
}

QString journalDetail(const std::string& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    if (!document.isObject())
        return text(json);
    QStringList lines;
    outline(document.object(), {}, lines);
    return lines.join(QLatin1Char('\n'));
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
            return newYorkText(line.at, role == Qt::DisplayRole ? QStringLiteral("d MMM HH:mm:ss.zzz")
                                                                : QStringLiteral("d MMM yyyy HH:mm:ss.zzz"));
        case KindColumn:
            return text(line.kind);
        case KeyColumn:
            return text(line.key);
        default:
            return role == Qt::ToolTipRole ? journalDetail(line.text) : words;
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
