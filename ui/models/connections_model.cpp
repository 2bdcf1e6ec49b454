#include "ui/models/connections_model.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>
#include <tuple>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "connection"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "state"), QT_TRANSLATE_NOOP("Columns", "Connected and speaking, or why not"),
           false},
    Column{QT_TRANSLATE_NOOP("Columns", "last data"), QT_TRANSLATE_NOOP("Columns", "How long ago something came")},
    Column{QT_TRANSLATE_NOOP("Columns", "latency"),
           QT_TRANSLATE_NOOP("Columns", "From the last question to its answer; quotes answer nothing")},
    Column{QT_TRANSLATE_NOOP("Columns", "per second"), QT_TRANSLATE_NOOP("Columns", "Messages or events a second")},
    Column{QT_TRANSLATE_NOOP("Columns", "count"),
           QT_TRANSLATE_NOOP("Columns", "Messages, events or requests since the start")},
    Column{QT_TRANSLATE_NOOP("Columns", "reconnects"),
           QT_TRANSLATE_NOOP("Columns", "How often it was lost and opened again")},
    Column{QT_TRANSLATE_NOOP("Columns", "gaps"),
           QT_TRANSLATE_NOOP("Columns", "Instruments of which nothing came while others streamed")},
};
static_assert(columns.size() == ConnectionsModel::GapsColumn + 1);

QString milliseconds(double seconds)
{
    return std::isnan(seconds) ? number(seconds, 0) : ConnectionsModel::tr("%1 ms").arg(number(1000 * seconds, 1));
}
} // namespace

ConnectionsModel::ConnectionsModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme)
{
}

void ConnectionsModel::update(std::vector<desk::ConnectionRow> rows)
{
    sync(
        m_rows, std::move(rows), [](const desk::ConnectionRow& row) { return std::tie(row.kind, row.place); },
        [](const desk::ConnectionRow& a, const desk::ConnectionRow& b) {
            return a.light == b.light && a.why == b.why && a.messages == b.messages && a.reconnects == b.reconnects &&
                   a.gaps == b.gaps && isSameNumber(a.silentSeconds, b.silentSeconds) &&
                   isSameNumber(a.latencySeconds, b.latencySeconds) &&
                   isSameNumber(a.messagesPerSecond, b.messagesPerSecond);
        });
}

int ConnectionsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString ConnectionsModel::words(const desk::ConnectionRow& row, int column) const
{
    using Kind = desk::ConnectionRow::Kind;
    switch (column) {
    case NameColumn:
        return row.kind == Kind::Quotes    ? tr("Quotes (dxLink)")
               : row.kind == Kind::Account ? tr("Account stream")
                                           : tr("Requests (REST)");
    case StateColumn:
        switch (row.light) {
        case desk::Light::Live:
            return QStringLiteral("● ") + tr("live");
        case desk::Light::Silent:
            return QStringLiteral("▲ ") + tr("silent");
        case desk::Light::Connecting:
            return QStringLiteral("◌ ") + tr("connecting");
        case desk::Light::Down:
            break;
        }
        return QStringLiteral("■ ") + tr("down");
    case SilentColumn:
        return std::isnan(row.silentSeconds)
                   ? number(row.silentSeconds, 0)
                   : tr("%1 s").arg(number(row.silentSeconds, row.silentSeconds < 10 ? 1 : 0));
    case LatencyColumn:
        return milliseconds(row.latencySeconds);
    case RateColumn:
        return number(row.messagesPerSecond, 0);
    case CountColumn:
        return number(static_cast<double>(row.messages), 0);
    case ReconnectsColumn:
        return row.kind == Kind::Requests ? QString() : number(static_cast<double>(row.reconnects), 0);
    default:
        return row.kind == Kind::Quotes ? number(static_cast<double>(row.gaps), 0) : QString();
    }
}

QVariant ConnectionsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::ConnectionRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return words(row, index.column());
    case Qt::ToolTipRole:
        return row.why.empty() ? text(row.place) : text(row.place) + QStringLiteral(": ") + text(row.why);
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        if (index.column() == StateColumn)
            return m_theme.color(row.light == desk::Light::Live   ? Role::Gain
                                 : row.light == desk::Light::Down ? Role::Loss
                                                                  : Role::Warning);
        if ((index.column() == GapsColumn && row.gaps > 0) ||
            (index.column() == ReconnectsColumn && row.reconnects > 0))
            return m_theme.color(Role::Warning);
        return index.column() == NameColumn ? QVariant() : QVariant(m_theme.color(Role::Dim));
    default:
        return {};
    }
}

} // namespace vegadesk::ui
