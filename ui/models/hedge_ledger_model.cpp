#include "ui/models/hedge_ledger_model.h"

#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "time"), QT_TRANSLATE_NOOP("Columns", "New York"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "event"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "spot"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "Γ"),
           QT_TRANSLATE_NOOP("Columns", "Shares per dollar, of what is held after it")},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ before"), QT_TRANSLATE_NOOP("Columns", "Net, in shares")},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ after"), QT_TRANSLATE_NOOP("Columns", "Net, in shares")},
    Column{QT_TRANSLATE_NOOP("Columns", "band"),
           QT_TRANSLATE_NOOP("Columns", "Half-width in shares that asked for the hedge; 0 of one by the clock")},
    Column{QT_TRANSLATE_NOOP("Columns", "cost"), QT_TRANSLATE_NOOP("Columns", "Dollars: against the mark, and fees")},
    Column{QT_TRANSLATE_NOOP("Columns", "½ΓS²[…]"),
           QT_TRANSLATE_NOOP("Columns", "½ΓS²[(ΔS/S)² − σ²Δt]: what gamma earned less what it was paid with")},
    Column{QT_TRANSLATE_NOOP("Columns", "unhedged"),
           QT_TRANSLATE_NOOP("Columns", "Net delta times the move beyond carry")},
    Column{
        QT_TRANSLATE_NOOP("Columns", "residual"),
        QT_TRANSLATE_NOOP("Columns", "What neither explains: implied volatility, third order, marks beside the model")},
    Column{QT_TRANSLATE_NOOP("Columns", "settled"),
           QT_TRANSLATE_NOOP("Columns", "Expiry, exercise and assignment against the mark")},
    Column{QT_TRANSLATE_NOOP("Columns", "P&L"),
           QT_TRANSLATE_NOOP("Columns",
                             "By the books, financing included; the five columns cost to settled add up to it")},
    Column{QT_TRANSLATE_NOOP("Columns", "traded"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "price"), QT_TRANSLATE_NOOP("Columns", "Per share")},
    Column{QT_TRANSLATE_NOOP("Columns", "reason"), nullptr, false},
};
static_assert(columns.size() == HedgeLedgerModel::ReasonColumn + 1);

constexpr std::array<std::pair<const char*, const char*>, 4> events{{
    {"mark", QT_TRANSLATE_NOOP("HedgeEvents", "mark")},
    {"hedge", QT_TRANSLATE_NOOP("HedgeEvents", "hedge")},
    {"trade", QT_TRANSLATE_NOOP("HedgeEvents", "trade")},
    {"settlement", QT_TRANSLATE_NOOP("HedgeEvents", "settlement")},
}};

QString eventWord(const std::string& event)
{
    const auto* const known = std::ranges::find(events, event, &std::pair<const char*, const char*>::first);
    return known == events.end() ? text(event) : QCoreApplication::translate("HedgeEvents", known->second);
}

/// The figure of a column; NaN of those that are words.
double figureOf(const desk::HedgeStep& step, int column)
{
    switch (column) {
    case HedgeLedgerModel::SpotColumn:
        return step.spot;
    case HedgeLedgerModel::GammaColumn:
        return step.gamma;
    case HedgeLedgerModel::DeltaBeforeColumn:
        return step.deltaBefore;
    case HedgeLedgerModel::DeltaAfterColumn:
        return step.deltaAfter;
    case HedgeLedgerModel::TradedColumn:
        return step.symbol.empty() ? desk::unknown : step.quantity;
    case HedgeLedgerModel::PriceColumn:
        return step.price;
    case HedgeLedgerModel::BandColumn:
        return step.band;
    case HedgeLedgerModel::CostColumn:
        return step.cost;
    case HedgeLedgerModel::ScalpedColumn:
        return step.scalped;
    case HedgeLedgerModel::UnhedgedColumn:
        return step.unhedged;
    case HedgeLedgerModel::ResidualColumn:
        return step.residual;
    case HedgeLedgerModel::SettledColumn:
        return step.settled;
    case HedgeLedgerModel::ProfitColumn:
        return step.profit;
    default:
        return desk::unknown;
    }
}

/// What is written is not changed: one that differs is another.
bool isSameStep(const desk::HedgeStep& a, const desk::HedgeStep& b)
{
    return a.at == b.at && a.event == b.event && a.joined == b.joined && a.symbol == b.symbol &&
           isSameNumber(a.spot, b.spot) && isSameNumber(a.profit, b.profit);
}
} // namespace

HedgeLedgerModel::HedgeLedgerModel(const Theme& theme, Order order, QObject* parent)
    : ColumnTable(columns, parent), m_theme(theme), m_order(order)
{
}

void HedgeLedgerModel::setLedger(std::shared_ptr<const desk::HedgeLedgerView> ledger)
{
    const std::size_t before = m_ledger ? m_ledger->steps.size() : 0, after = ledger ? ledger->steps.size() : 0;
    const bool goesOn = before > 0 && after >= before && m_ledger->group == ledger->group &&
                        isSameStep(m_ledger->steps.front(), ledger->steps.front());
    if (!goesOn) {
        beginResetModel();
        m_ledger = std::move(ledger);
        endResetModel();
        return;
    }
    std::vector<bool> areOther(before);
    for (std::size_t step = 0; step < before; ++step)
        areOther[step] = !isSameStep(m_ledger->steps[step], ledger->steps[step]);
    const int first = m_order == Order::NewestFirst ? 0 : static_cast<int>(before);
    if (after > before)
        beginInsertRows({}, first, first + static_cast<int>(after - before) - 1);
    m_ledger = std::move(ledger);
    if (after > before)
        endInsertRows();
    std::vector<bool> isChanged(after, false);
    for (std::size_t step = 0; step < before; ++step)
        isChanged[place(step)] = areOther[step];
    tellRuns(isChanged);
}

std::size_t HedgeLedgerModel::place(std::size_t row) const
{
    return m_order == Order::NewestFirst ? m_ledger->steps.size() - 1 - row : row;
}

int HedgeLedgerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_ledger ? 0 : static_cast<int>(m_ledger->steps.size());
}

QString HedgeLedgerModel::display(const desk::HedgeStep& step, int column) const
{
    switch (column) {
    case TimeColumn:
        return newYorkText(step.at, tr("d MMM yy HH:mm", "date format"));
    case EventColumn:
        return eventWord(step.event);
    case GammaColumn:
        return number(step.gamma, 3);
    case DeltaBeforeColumn:
    case DeltaAfterColumn:
        return signedNumber(figureOf(step, column), 1);
    case TradedColumn: // of a mark nothing
        return step.symbol.empty() ? QString()
                                   : signedNumber(step.quantity, 0) + QStringLiteral(" ") + symbolWords(step.symbol);
    case PriceColumn:
    case BandColumn: {
        const double figure = figureOf(step, column);
        return std::isnan(figure) ? QString() : number(figure, column == PriceColumn ? 2 : 1);
    }
    case SpotColumn:
        return number(step.spot, 2);
    case ReasonColumn:
        return step.joined > 1 ? tr("%n row(s) in one", nullptr, static_cast<int>(step.joined)) : text(step.reason);
    default:
        return signedMoney(figureOf(step, column));
    }
}

QVariant HedgeLedgerModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::HedgeStep& step = m_ledger->steps[place(static_cast<std::size_t>(index.row()))];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return display(step, column);
    case Qt::ToolTipRole:
        return column == ReasonColumn || column == TradedColumn ? display(step, column) : QVariant();
    case plainRole:
        if (column == TimeColumn)
            return newYorkText(step.at, QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        return column == EventColumn || column == ReasonColumn || column == TradedColumn
                   ? QVariant(display(step, column))
                   : QVariant(figureOf(step, column));
    case Qt::TextAlignmentRole:
        return alignment(column);
    case Qt::ForegroundRole:
        if (column >= CostColumn && column <= ProfitColumn)
            return m_theme.signColor(figureOf(step, column));
        return step.event == "mark" || column == ReasonColumn ? QVariant(m_theme.color(Role::Dim)) : QVariant();
    default:
        return {};
    }
}

} // namespace vegadesk::ui
