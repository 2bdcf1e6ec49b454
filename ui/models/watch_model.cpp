#include "ui/models/watch_model.h"

#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
using desk::WatchRow;

bool isSame(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

bool isSame(const WatchRow& a, const WatchRow& b)
{
    return isSame(a.bid, b.bid) && isSame(a.ask, b.ask) && isSame(a.last, b.last) && isSame(a.change, b.change) &&
           isSame(a.changeFraction, b.changeFraction) && a.isStale == b.isStale && a.description == b.description;
}
} // namespace

WatchModel::WatchModel(QObject* parent) : QAbstractTableModel(parent), m_view(std::make_shared<const desk::WatchView>())
{
}

WatchRow WatchModel::rowFor(const QString& symbol) const
{
    const std::string wanted = symbol.toStdString();
    const auto found = std::ranges::find(m_view->rows, wanted, &WatchRow::symbol);
    if (found != m_view->rows.end())
        return *found;
    WatchRow empty;
    empty.symbol = wanted;
    return empty;
}

void WatchModel::setSymbols(const QStringList& symbols)
{
    if (symbols == m_symbols)
        return;
    beginResetModel();
    m_symbols = symbols;
    m_rows.clear();
    for (const QString& symbol : m_symbols)
        m_rows.push_back(rowFor(symbol));
    endResetModel();
}

void WatchModel::update(std::shared_ptr<const desk::WatchView> view)
{
    if (view == m_view)
        return;
    m_view = std::move(view);
    int runStart = -1;
    const int count = rowCount();
    for (int row = 0; row <= count; ++row) {
        bool isDirty = false;
        if (row < count) {
            WatchRow now = rowFor(m_symbols[row]);
            isDirty = !isSame(now, m_rows[static_cast<std::size_t>(row)]);
            if (isDirty)
                m_rows[static_cast<std::size_t>(row)] = std::move(now);
        }
        if (isDirty && runStart < 0)
            runStart = row;
        if (!isDirty && runStart >= 0) {
            Q_EMIT dataChanged(index(runStart, 0), index(row - 1, columns - 1), {Qt::DisplayRole});
            runStart = -1;
        }
    }
}

int WatchModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int WatchModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

QVariant WatchModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const WatchRow& shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Symbol:
            return QString::fromStdString(shown.symbol);
        case Last:
            return number(shown.last, 2);
        case Change:
            return arrowed(100 * shown.changeFraction, 2);
        default:
            return {};
        }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((index.column() == Symbol ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    case Qt::ToolTipRole: {
        QString text = QString::fromStdString(shown.description.empty() ? shown.symbol : shown.description);
        text += QLatin1Char('\n') + tr("bid %1, ask %2").arg(number(shown.bid, 2), number(shown.ask, 2));
        if (shown.isStale)
            text += QLatin1Char('\n') + tr("stale: no fresh quote has arrived");
        return text;
    }
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case Last:
            return tr("%1 last %2").arg(QString::fromStdString(shown.symbol), number(shown.last, 2));
        case Change:
            return tr("%1 change %2").arg(QString::fromStdString(shown.symbol), signedPercent(shown.changeFraction, 2));
        default:
            return QString::fromStdString(shown.symbol);
        }
    default:
        return {};
    }
}

QVariant WatchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Symbol ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Symbol:
        return tr("symbol");
    case Last:
        return tr("last");
    case Change:
        return tr("chg %");
    default:
        return {};
    }
}

} // namespace vegadesk::ui
