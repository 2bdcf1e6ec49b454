#include "ui/models/strategies_model.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{

constexpr std::array strategyColumns{
    Column{QT_TRANSLATE_NOOP("Columns", "strategy"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "underlying"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "state"),
           QT_TRANSLATE_NOOP("Columns", "Armed ones enter, hedge and exit; paused ones enter nothing"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "open P&L"), QT_TRANSLATE_NOOP("Columns", "Of its open trade, after fees")},
    Column{QT_TRANSLATE_NOOP("Columns", "closed P&L"),
           QT_TRANSLATE_NOOP("Columns", "Of its closed trades, after fees")},
    Column{QT_TRANSLATE_NOOP("Columns", "trades"), QT_TRANSLATE_NOOP("Columns", "How many it has opened")},
    Column{QT_TRANSLATE_NOOP("Columns", "doing"), QT_TRANSLATE_NOOP("Columns", "What it does or waits for"), false},
};
static_assert(strategyColumns.size() == StrategiesModel::DoingColumn + 1);

constexpr std::array eventColumns{
    Column{QT_TRANSLATE_NOOP("Columns", "time"), QT_TRANSLATE_NOOP("Columns", "New York time"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "what"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "said"), nullptr, false},
};
static_assert(eventColumns.size() == StrategyEventsModel::TextColumn + 1);

constexpr std::array tradeColumns{
    Column{QT_TRANSLATE_NOOP("Columns", "opened"), QT_TRANSLATE_NOOP("Columns", "New York time"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "closed"), QT_TRANSLATE_NOOP("Columns", "New York time"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "P&L"),
           QT_TRANSLATE_NOOP("Columns", "After fees; of an open one at the marks")},
    Column{QT_TRANSLATE_NOOP("Columns", "fees"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "entered"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "left because"), nullptr, false},
};
static_assert(tradeColumns.size() == StrategyTradesModel::WhyColumn + 1);

QString timeText(base::Instant at)
{
    return at == base::Instant{} ? QString() : newYorkText(at, QStringLiteral("d MMM HH:mm:ss"));
}

QVariant profitTone(const Theme& theme, double profit)
{
    const int sign = shownSign(profit, 2);
    return theme.color(sign > 0 ? Role::Gain : sign < 0 ? Role::Loss : Role::Dim);
}

QString kindText(desk::StrategyEvent::Kind kind)
{
    using Kind = desk::StrategyEvent::Kind;
    switch (kind) {
    case Kind::State:
        return StrategyEventsModel::tr("state");
    case Kind::Proposal:
        return StrategyEventsModel::tr("proposal");
    case Kind::Refusal:
        return StrategyEventsModel::tr("refusal");
    case Kind::Order:
        break;
    }
    return StrategyEventsModel::tr("order");
}

} // namespace

QString strategyStateText(desk::StrategyState state)
{
    using desk::StrategyState;
    switch (state) {
    case StrategyState::Waiting:
        return StrategiesModel::tr("waiting");
    case StrategyState::Armed:
        return StrategiesModel::tr("armed");
    case StrategyState::Paused:
        return StrategiesModel::tr("paused");
    case StrategyState::Off:
        break;
    }
    return StrategiesModel::tr("off");
}

StrategiesModel::StrategiesModel(const Theme& theme, QObject* parent)
    : ColumnTable(strategyColumns, parent), m_theme(theme)
{
}

void StrategiesModel::update(const desk::StrategiesView& view)
{
    sync(
        m_rows, view.rows, [](const desk::StrategyRow& row) { return std::pair(row.strategy, row.underlying); },
        [](const desk::StrategyRow& a, const desk::StrategyRow& b) {
            return a.state == b.state && a.doing == b.doing && a.tradeCount() == b.tradeCount() &&
                   isSameNumber(a.openProfit, b.openProfit) && isSameNumber(a.closedProfit, b.closedProfit);
        });
}

const desk::StrategyRow* StrategiesModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int StrategiesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString StrategiesModel::display(const desk::StrategyRow& row, int column) const
{
    switch (column) {
    case StrategyColumn:
        return text(row.title);
    case UnderlyingColumn:
        return text(row.underlying);
    case StateColumn:
        return strategyStateText(row.state);
    case OpenProfitColumn:
        return row.hasOpenTrade() ? signedMoney(row.openProfit) : QString();
    case ClosedProfitColumn:
        return row.closedTrades > 0 ? signedMoney(row.closedProfit) : QString();
    case TradesColumn:
        return number(row.tradeCount(), 0);
    case DoingColumn:
        return text(row.doing);
    default:
        return {};
    }
}

QVariant StrategiesModel::tone(const desk::StrategyRow& row, int column) const
{
    switch (column) {
    case OpenProfitColumn:
        return profitTone(m_theme, row.openProfit);
    case ClosedProfitColumn:
        return profitTone(m_theme, row.closedProfit);
    case StateColumn:
        return m_theme.color(row.state == desk::StrategyState::Armed    ? Role::Accent
                             : row.state == desk::StrategyState::Paused ? Role::Warning
                                                                        : Role::Dim);
    case DoingColumn:
        return m_theme.color(Role::Dim);
    default:
        return m_theme.color(Role::Text);
    }
}

QVariant StrategiesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::StrategyRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::ToolTipRole: {
        if (index.column() == DoingColumn)
            return text(row.doing);
        QStringList lines;
        for (const auto& [name, value] : row.parameters)
            lines << QStringLiteral("%1 = %2").arg(text(name), text(value));
        return lines.join(QLatin1Char('\n'));
    }
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        return tone(row, index.column());
    default:
        return {};
    }
}

StrategyEventsModel::StrategyEventsModel(const Theme& theme, QObject* parent)
    : ColumnTable(eventColumns, parent), m_theme(theme)
{
}

void StrategyEventsModel::update(const std::vector<desk::StrategyEvent>& events)
{
    sync(
        m_events, events, [](const desk::StrategyEvent& event) { return std::pair(event.at, event.text); },
        [](const desk::StrategyEvent&, const desk::StrategyEvent&) { return true; });
}

int StrategyEventsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

QVariant StrategyEventsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::StrategyEvent& event = m_events[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (index.column() == TimeColumn)
            return timeText(event.at);
        return index.column() == KindColumn ? kindText(event.kind) : text(event.text);
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        if (event.kind == desk::StrategyEvent::Kind::Refusal && index.column() != TimeColumn)
            return m_theme.color(Role::Warning);
        return m_theme.color(index.column() == TextColumn ? Role::Text : Role::Dim);
    default:
        return {};
    }
}

StrategyTradesModel::StrategyTradesModel(const Theme& theme, QObject* parent)
    : ColumnTable(tradeColumns, parent), m_theme(theme)
{
}

void StrategyTradesModel::update(const std::vector<desk::StrategyTrade>& trades)
{
    sync(
        m_trades, trades, [](const desk::StrategyTrade& trade) { return trade.group; },
        [](const desk::StrategyTrade& a, const desk::StrategyTrade& b) {
            return a.isOpen == b.isOpen && isSameNumber(a.profit, b.profit) && a.fees == b.fees &&
                   a.exitReason == b.exitReason;
        });
}

int StrategyTradesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_trades.size());
}

QVariant StrategyTradesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::StrategyTrade& trade = m_trades[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case OpenedColumn:
            return timeText(trade.openedAt);
        case ClosedColumn:
            return trade.isOpen ? tr("open") : timeText(trade.closedAt);
        case ProfitColumn:
            return signedMoney(trade.profit);
        case FeesColumn:
            return money(trade.fees);
        case TitleColumn:
            return text(trade.title);
        default:
            return text(trade.exitReason);
        }
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        if (index.column() == ProfitColumn)
            return profitTone(m_theme, trade.profit);
        return m_theme.color(index.column() == TitleColumn ? Role::Text : Role::Dim);
    default:
        return {};
    }
}

} // namespace vegadesk::ui
