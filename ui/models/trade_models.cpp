#include "ui/models/trade_models.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>

namespace vegadesk::ui
{

namespace
{
constexpr std::array legColumns{
    Column{QT_TRANSLATE_NOOP("Columns", "held"),
           QT_TRANSLATE_NOOP("Columns", "Contracts or shares; below 0 sold short")},
    Column{QT_TRANSLATE_NOOP("Columns", "contract"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "opened at"), QT_TRANSLATE_NOOP("Columns", "Per share, on average")},
    Column{QT_TRANSLATE_NOOP("Columns", "bid"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "ask"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "IV"),
           QT_TRANSLATE_NOOP("Columns", "Implied volatility of its own quote, a year")},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ"), QT_TRANSLATE_NOOP("Columns", "Per share")},
};
static_assert(legColumns.size() == TradeLegsModel::DeltaColumn + 1);

constexpr std::array chainColumns{
    Column{QT_TRANSLATE_NOOP("Columns", "held"),
           QT_TRANSLATE_NOOP("Columns", "Contracts or shares; below 0 sold short")},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ"), QT_TRANSLATE_NOOP("Columns", "Per share")},
    Column{QT_TRANSLATE_NOOP("Columns", "IV"),
           QT_TRANSLATE_NOOP("Columns", "Implied volatility of its own quote, a year")},
    Column{QT_TRANSLATE_NOOP("Columns", "call bid"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "ask"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "strike"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "put bid"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "ask"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "IV"),
           QT_TRANSLATE_NOOP("Columns", "Implied volatility of its own quote, a year")},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ"), QT_TRANSLATE_NOOP("Columns", "Per share")},
    Column{QT_TRANSLATE_NOOP("Columns", "held"),
           QT_TRANSLATE_NOOP("Columns", "Contracts or shares; below 0 sold short")},
};
static_assert(chainColumns.size() == TradeChainModel::PutHeldColumn + 1);

double figureOf(const desk::ChainRow& row, int column)
{
    switch (column) {
    case TradeChainModel::CallHeldColumn:
        return static_cast<double>(row.call.position);
    case TradeChainModel::CallDeltaColumn:
        return row.call.delta;
    case TradeChainModel::CallIvColumn:
        return row.call.iv;
    case TradeChainModel::CallBidColumn:
        return row.call.bid;
    case TradeChainModel::CallAskColumn:
        return row.call.ask;
    case TradeChainModel::PutBidColumn:
        return row.put.bid;
    case TradeChainModel::PutAskColumn:
        return row.put.ask;
    case TradeChainModel::PutIvColumn:
        return row.put.iv;
    case TradeChainModel::PutDeltaColumn:
        return row.put.delta;
    case TradeChainModel::PutHeldColumn:
        return static_cast<double>(row.put.position);
    default:
        return row.strike;
    }
}

QString display(double figure, int column)
{
    switch (column) {
    case TradeChainModel::CallHeldColumn:
    case TradeChainModel::PutHeldColumn:
        return figure == 0 ? QString() : signedNumber(figure, 0);
    case TradeChainModel::CallDeltaColumn:
    case TradeChainModel::PutDeltaColumn:
        return number(figure, 2);
    case TradeChainModel::CallIvColumn:
    case TradeChainModel::PutIvColumn:
        return percent(figure, 1);
    case TradeChainModel::StrikeColumn:
        return strikeText(base::Decimal::fromDouble(figure).value_or(base::Decimal()));
    default:
        return number(figure, 2);
    }
}
} // namespace

TradeLegsModel::TradeLegsModel(const Theme& theme, QObject* parent) : ColumnTable(legColumns, parent), m_theme(theme) {}

void TradeLegsModel::setPicture(std::shared_ptr<const desk::TradePicture> picture)
{
    beginResetModel();
    m_picture = std::move(picture);
    endResetModel();
}

int TradeLegsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_picture ? 0 : static_cast<int>(m_picture->legs.size());
}

QVariant TradeLegsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::TradePicture::Leg& leg = m_picture->legs[static_cast<std::size_t>(index.row())];
    const auto figure = [&] {
        const std::array figures{
            leg.held.quantity.toDouble(), desk::unknown, leg.held.price, leg.bid, leg.ask, leg.iv, leg.delta};
        return figures[static_cast<std::size_t>(index.column())];
    };
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case QuantityColumn:
            return signedNumber(figure(), leg.held.quantity.isWhole() ? 0 : 2);
        case ContractColumn:
            return contractText(leg.held.symbol, leg.held.option, true);
        case IvColumn:
            return percent(figure(), 1);
        default:
            return number(figure(), 2);
        }
    case plainRole:
        return index.column() == ContractColumn ? QVariant(text(leg.held.symbol)) : QVariant(figure());
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::FontRole:
        return index.column() <= ContractColumn ? QVariant(m_theme.strongFont()) : QVariant();
    default:
        return {};
    }
}

TradeChainModel::TradeChainModel(const Theme& theme, QObject* parent)
    : ColumnTable(chainColumns, parent), m_theme(theme)
{
}

void TradeChainModel::setPicture(std::shared_ptr<const desk::TradePicture> picture, std::size_t expiry)
{
    beginResetModel();
    m_picture = std::move(picture);
    m_expiry = m_picture && expiry < m_picture->expiries.size() ? &m_picture->expiries[expiry] : nullptr;
    endResetModel();
}

int TradeChainModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_expiry ? 0 : static_cast<int>(m_expiry->rows.size());
}

/// Over the strikes, which stand in the middle.
QVariant TradeChainModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && section == StrikeColumn && role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignCenter);
    return ColumnTable::headerData(section, orientation, role);
}

int TradeChainModel::firstHeldRow() const
{
    for (int row = 0; row < rowCount(); ++row) {
        const desk::ChainRow& strike = m_expiry->rows[static_cast<std::size_t>(row)];
        if (strike.call.position != 0 || strike.put.position != 0)
            return row;
    }
    return -1;
}

QVariant TradeChainModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::ChainRow& row = m_expiry->rows[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    const desk::ChainCell* const cell = column == StrikeColumn ? nullptr : column < StrikeColumn ? &row.call : &row.put;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return display(figureOf(row, column), column);
    case plainRole:
        return figureOf(row, column);
    case Qt::TextAlignmentRole:
        return column == StrikeColumn ? QVariant(Qt::AlignCenter) : alignment(column);
    case Qt::FontRole:
        return column == StrikeColumn || cell->position != 0 ? QVariant(m_theme.strongFont()) : QVariant();
    case Qt::ForegroundRole:
        if (!cell)
            return {};
        return m_theme.color(cell->position == 0 ? Role::Dim : cell->position > 0 ? Role::Gain : Role::Loss);
    default:
        return {};
    }
}

} // namespace vegadesk::ui
