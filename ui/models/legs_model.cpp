#include "ui/models/legs_model.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "action"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "qty"),
           QT_TRANSLATE_NOOP("Columns", "Contracts or shares, negative sells. Double-click to change.")},
    Column{QT_TRANSLATE_NOOP("Columns", "expiry"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "strike"), nullptr},
    Column{"", nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "mid"), QT_TRANSLATE_NOOP("Columns", "Middle of bid and ask, per share")},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ"),
           QT_TRANSLATE_NOOP("Columns", "Delta this leg adds, in shares of the underlying")},
    Column{"", nullptr, false},
};
static_assert(columns.size() == LegsModel::RemoveColumn + 1);

/// Hundreds of shares need no tenths, and the column has no room for them.
QString deltaText(double shares)
{
    constexpr double withoutTenths = 100;
    return number(shares, std::fabs(shares) < withoutTenths ? 1 : 0);
}

portfolio::Action actionOf(const StagedLeg& leg)
{
    using portfolio::Action;
    if (leg.quantity > 0)
        return leg.isClosing ? Action::BuyToClose : Action::BuyToOpen;
    return leg.isClosing ? Action::SellToClose : Action::SellToOpen;
}
} // namespace

LegsModel::LegsModel(StagedOrder& staged, const Theme& theme, QObject* parent)
    : ColumnTable(columns, parent), m_staged(staged), m_theme(theme)
{
    connect(&m_staged, &StagedOrder::changed, this, &LegsModel::take);
    take();
}

void LegsModel::take()
{
    sync(
        m_legs, m_staged.legs(), [](const StagedLeg& leg) -> const std::string& { return leg.symbol; },
        [](const StagedLeg& a, const StagedLeg& b) { return a.quantity == b.quantity && a.isClosing == b.isClosing; });
}

void LegsModel::setTicket(std::shared_ptr<const desk::TicketView> ticket)
{
    std::vector<bool> isChanged(m_legs.size(), false);
    const std::shared_ptr<const desk::TicketView> before = std::exchange(m_ticket, std::move(ticket));
    for (std::size_t i = 0; i < m_legs.size(); ++i) {
        const auto figures = [&](const std::shared_ptr<const desk::TicketView>& view) {
            if (view)
                for (const desk::TicketLeg& leg : view->legs)
                    if (leg.leg.symbol == m_legs[i].symbol)
                        return std::tuple(leg.mid, leg.greeks.delta, leg.isTradable);
            return std::tuple(desk::unknown, desk::unknown, true);
        };
        const auto [oldMid, oldDelta, wasTradable] = figures(before);
        const auto [mid, delta, isTradable] = figures(m_ticket);
        isChanged[i] = !isSameNumber(mid, oldMid) || !isSameNumber(delta, oldDelta) || wasTradable != isTradable;
    }
    tellRuns(isChanged);
}

void LegsModel::setRightsBesideStrikes(bool areBeside)
{
    if (std::exchange(m_hasRightsBesideStrikes, areBeside) != areBeside && !m_legs.empty())
        Q_EMIT dataChanged(index(0, StrikeColumn), index(rowCount() - 1, StrikeColumn));
}

const desk::TicketLeg* LegsModel::priced(const std::string& symbol) const
{
    if (m_ticket)
        for (const desk::TicketLeg& leg : m_ticket->legs)
            if (leg.leg.symbol == symbol)
                return &leg;
    return nullptr;
}

int LegsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_legs.size());
}

QString LegsModel::display(const StagedLeg& leg, int column) const
{
    const desk::TicketLeg* figures = priced(leg.symbol);
    switch (column) {
    case ActionColumn:
        return actionWord(actionOf(leg));
    case QuantityColumn:
        if (!m_staged.value()) // of an order for an amount: what it buys or sells by now
            return quantityText(leg.quantity);
        return figures ? QStringLiteral("≈ ") +
                             quantityText(portfolio::signedQuantity(figures->leg.action, figures->leg.quantity))
                       : QString();
    case ExpiryColumn:
        return leg.option ? shortDateText(leg.option->expiry) : QString();
    case StrikeColumn:
        if (!leg.option)
            return text(leg.symbol);
        return m_hasRightsBesideStrikes
                   ? strikeText(leg.option->strike) + QLatin1Char(' ') + rightLetter(leg.option->right)
                   : strikeText(leg.option->strike);
    case RightColumn:
        return leg.option ? rightLetter(leg.option->right) : QString();
    case MidColumn:
        return number(figures ? figures->mid : desk::unknown, 2);
    case DeltaColumn:
        return deltaText(figures ? figures->greeks.delta : desk::unknown);
    case RemoveColumn:
        return QStringLiteral("×");
    default:
        return {};
    }
}

QVariant LegsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const StagedLeg& leg = m_legs[static_cast<std::size_t>(index.row())];
    const desk::TicketLeg* figures = priced(leg.symbol);
    switch (role) {
    case Qt::DisplayRole:
        return display(leg, index.column());
    case Qt::EditRole:
        return index.column() == QuantityColumn ? QVariant(static_cast<int>(leg.quantity.whole()))
                                                : QVariant(display(leg, index.column()));
    case Qt::TextAlignmentRole:
        return index.column() == RemoveColumn ? QVariant(Qt::AlignCenter) : alignment(index.column());
    case Qt::ForegroundRole:
        if (index.column() == ActionColumn)
            return m_theme.color(leg.quantity > 0 ? Role::Gain : Role::Loss);
        if (index.column() == RightColumn && leg.option)
            return m_theme.color(leg.option->right == market::Right::Call ? Role::Call : Role::Put);
        if (index.column() == RemoveColumn || (index.column() == MidColumn && figures && !figures->isTradable))
            return m_theme.color(Role::Faint);
        return {};
    case Qt::ToolTipRole:
        if (index.column() == RemoveColumn)
            return tr("Take this leg away");
        if (index.column() == MidColumn && figures && !figures->isTradable)
            return tr("This quote is stale, crossed or one-sided: nothing should be traded on it.");
        return text(leg.symbol);
    case Qt::AccessibleTextRole:
        if (index.column() == RemoveColumn)
            return tr("remove %1").arg(contractText(leg.symbol, leg.option, true));
        return display(leg, index.column());
    default:
        return {};
    }
}

bool LegsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    bool isNumber = false;
    const int quantity = value.toInt(&isNumber);
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::EditRole ||
        index.column() != QuantityColumn || !isNumber)
        return false;
    m_staged.setQuantity(static_cast<std::size_t>(index.row()), quantity);
    return true;
}

Qt::ItemFlags LegsModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = ColumnTable::flags(index);
    const bool isEditable = index.column() == QuantityColumn && !m_staged.value() &&
                            m_legs[static_cast<std::size_t>(index.row())].quantity.isWhole();
    return isEditable ? usual | Qt::ItemIsEditable : usual;
}

} // namespace vegadesk::ui
