#include "ui/models/backtest_models.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
struct MetricWords {
    const char* id;
    const char* title;
    const char* about;
};
constexpr std::array metricWords{
    MetricWords{"net_profit", QT_TRANSLATE_NOOP("Metrics", "Net profit"), nullptr},
    MetricWords{"total_return", QT_TRANSLATE_NOOP("Metrics", "Total return"), nullptr},
    MetricWords{"cagr", QT_TRANSLATE_NOOP("Metrics", "Growth a year"),
                QT_TRANSLATE_NOOP("Metrics", "Compound, over 365 days")},
    MetricWords{"sharpe", QT_TRANSLATE_NOOP("Metrics", "Sharpe ratio"),
                QT_TRANSLATE_NOOP("Metrics", "Of daily returns, a year of 252 days")},
    MetricWords{"sortino", QT_TRANSLATE_NOOP("Metrics", "Sortino ratio"),
                QT_TRANSLATE_NOOP("Metrics", "As Sharpe, counting only returns below the risk-free rate as risk")},
    MetricWords{
        "probabilistic_sharpe", QT_TRANSLATE_NOOP("Metrics", "Chance of skill"),
        QT_TRANSLATE_NOOP("Metrics",
                          "Probability that the true Sharpe ratio is above zero, for this length, skew and tails")},
    MetricWords{"max_drawdown", QT_TRANSLATE_NOOP("Metrics", "Largest drawdown"),
                QT_TRANSLATE_NOOP("Metrics", "Fall of equity from an earlier high, open positions at market")},
    MetricWords{"max_drawdown_days", QT_TRANSLATE_NOOP("Metrics", "Longest under water"), nullptr},
    MetricWords{"calmar", QT_TRANSLATE_NOOP("Metrics", "Calmar ratio"),
                QT_TRANSLATE_NOOP("Metrics", "Growth a year over the largest drawdown")},
    MetricWords{"worst_day", QT_TRANSLATE_NOOP("Metrics", "Worst day"), nullptr},
    MetricWords{"trades", QT_TRANSLATE_NOOP("Metrics", "Trades"),
                QT_TRANSLATE_NOOP("Metrics", "Closed groups: a whole condor is one")},
    MetricWords{"win_rate", QT_TRANSLATE_NOOP("Metrics", "Win rate"), nullptr},
    MetricWords{"profit_factor", QT_TRANSLATE_NOOP("Metrics", "Profit factor"),
                QT_TRANSLATE_NOOP("Metrics", "Sum of wins over sum of losses")},
    MetricWords{"expectancy", QT_TRANSLATE_NOOP("Metrics", "Average trade"), nullptr},
    MetricWords{"average_win", QT_TRANSLATE_NOOP("Metrics", "Average win"), nullptr},
    MetricWords{"average_loss", QT_TRANSLATE_NOOP("Metrics", "Average loss"), nullptr},
    MetricWords{"worst_trade", QT_TRANSLATE_NOOP("Metrics", "Worst trade"), nullptr},
    MetricWords{"max_buying_power", QT_TRANSLATE_NOOP("Metrics", "Most buying power used"), nullptr},
    MetricWords{"return_on_max_buying_power", QT_TRANSLATE_NOOP("Metrics", "Return on it"),
                QT_TRANSLATE_NOOP("Metrics", "Net profit over the most buying power used")},
    MetricWords{"exposure", QT_TRANSLATE_NOOP("Metrics", "Days in the market"), nullptr},
    MetricWords{"orders", QT_TRANSLATE_NOOP("Metrics", "Orders"), nullptr},
    MetricWords{"fills", QT_TRANSLATE_NOOP("Metrics", "Fills"), nullptr},
    MetricWords{"refusals", QT_TRANSLATE_NOOP("Metrics", "Refused by the gate"), nullptr},
    MetricWords{"fees", QT_TRANSLATE_NOOP("Metrics", "Fees"), nullptr},
    MetricWords{"slippage", QT_TRANSLATE_NOOP("Metrics", "Assumed slippage"), nullptr},
    MetricWords{"days", QT_TRANSLATE_NOOP("Metrics", "Days"),
                QT_TRANSLATE_NOOP("Metrics", "Daily returns that the figures are of")},
    MetricWords{"trials", QT_TRANSLATE_NOOP("Metrics", "Trials"),
                QT_TRANSLATE_NOOP("Metrics", "Different runs that this one may have been picked from")},
    MetricWords{"deflated_sharpe", QT_TRANSLATE_NOOP("Metrics", "Chance of more than luck"),
                QT_TRANSLATE_NOOP("Metrics", "Probability that the true Sharpe ratio is above what the best of so many "
                                             "trials without skill would show")},
    MetricWords{"skewness", QT_TRANSLATE_NOOP("Metrics", "Skewness"), QT_TRANSLATE_NOOP("Metrics", "Of daily returns")},
    MetricWords{"kurtosis", QT_TRANSLATE_NOOP("Metrics", "Kurtosis"),
                QT_TRANSLATE_NOOP("Metrics", "Of daily returns; a normal distribution has 3")},
    MetricWords{"time_under_water", QT_TRANSLATE_NOOP("Metrics", "Time under water"),
                QT_TRANSLATE_NOOP("Metrics", "Part of the days with equity below an earlier high")},
    MetricWords{"worst_week", QT_TRANSLATE_NOOP("Metrics", "Worst week"), nullptr},
    MetricWords{"var_95", QT_TRANSLATE_NOOP("Metrics", "Daily loss, one day in twenty"),
                QT_TRANSLATE_NOOP("Metrics", "Of the returns as they were")},
    MetricWords{"es_95", QT_TRANSLATE_NOOP("Metrics", "Mean loss of those days"), nullptr},
    MetricWords{"var_99", QT_TRANSLATE_NOOP("Metrics", "Daily loss, one day in a hundred"),
                QT_TRANSLATE_NOOP("Metrics", "Of the returns as they were")},
    MetricWords{"es_99", QT_TRANSLATE_NOOP("Metrics", "Mean loss of these days"), nullptr},
    MetricWords{"buying_power_use", QT_TRANSLATE_NOOP("Metrics", "Mean buying power used"),
                QT_TRANSLATE_NOOP("Metrics", "Of the equity")},
    MetricWords{"max_buying_power_use", QT_TRANSLATE_NOOP("Metrics", "Most buying power used, of equity"), nullptr},
    MetricWords{"notional_leverage", QT_TRANSLATE_NOOP("Metrics", "Notional leverage"),
                QT_TRANSLATE_NOOP("Metrics",
                                  "Shares that the contracts are of, at the price of the underlying, over the equity")},
    MetricWords{"profit_without_best_5", QT_TRANSLATE_NOOP("Metrics", "Profit without the best five trades"), nullptr},
    MetricWords{"spread_cost", QT_TRANSLATE_NOOP("Metrics", "Paid for spreads"), nullptr},
};

const MetricWords* wordsOf(const std::string& id)
{
    const auto words = std::ranges::find_if(metricWords, [&](const MetricWords& each) { return id == each.id; });
    return words == metricWords.end() ? nullptr : &*words;
}

constexpr std::array tradeColumns{
    Column{QT_TRANSLATE_NOOP("Columns", "opened"), QT_TRANSLATE_NOOP("Columns", "New York date"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "closed"), QT_TRANSLATE_NOOP("Columns", "New York date"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "trade"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "P&L"), QT_TRANSLATE_NOOP("Columns", "Dollars, after fees")},
    Column{QT_TRANSLATE_NOOP("Columns", "fees"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "orders"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "why it ended"), nullptr, false},
};
static_assert(tradeColumns.size() == TradesModel::ReasonColumn + 1);
} // namespace

QString metricTitle(const std::string& id)
{
    const MetricWords* const words = wordsOf(id);
    return words ? QCoreApplication::translate("Metrics", words->title) : text(id);
}

std::size_t metricPlace(const std::string& id)
{
    const auto* const words = wordsOf(id);
    return words ? static_cast<std::size_t>(words - metricWords.data()) : metricWords.size();
}

QString metricText(const desk::BacktestMetric& metric)
{
    if (metric.unit == "fraction")
        return percent(metric.value, 1);
    if (metric.unit == "usd")
        return money(metric.value);
    if (metric.unit == "ratio")
        return number(metric.value, 2);
    return number(metric.value, 0);
}

MetricsModel::MetricsModel(const Theme& theme, QObject* parent) : QAbstractTableModel(parent), m_theme(theme) {}

void MetricsModel::setReports(std::vector<Report> reports, QStringList titles)
{
    beginResetModel();
    m_reports = std::move(reports);
    m_titles = std::move(titles);
    endResetModel();
}

int MetricsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_reports.empty() ? 0 : static_cast<int>(m_reports.front()->metrics.size());
}

int MetricsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1 + static_cast<int>(m_reports.size());
}

const desk::BacktestMetric* MetricsModel::metric(const QModelIndex& index) const
{
    const std::string& id = m_reports.front()->metrics[static_cast<std::size_t>(index.row())].id;
    const auto column = static_cast<std::size_t>(std::max(0, index.column() - 1));
    const std::vector<desk::BacktestMetric>& metrics = m_reports[column]->metrics;
    const auto found = std::ranges::find(metrics, id, &desk::BacktestMetric::id);
    return found == metrics.end() ? nullptr : &*found;
}

QVariant MetricsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return section == 0 ? QString() : m_titles.value(section - 1);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

QVariant MetricsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::BacktestMetric* const of = metric(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (!of)
            return number(desk::unknown, 0);
        return index.column() == 0 ? metricTitle(of->id) : metricText(*of);
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case Qt::ToolTipRole: {
        const MetricWords* const words = of ? wordsOf(of->id) : nullptr;
        return words && words->about ? QCoreApplication::translate("Metrics", words->about) : QVariant();
    }
    case Qt::ForegroundRole:
        return index.column() == 0 ? QVariant(m_theme.color(Role::Dim)) : QVariant();
    default:
        return {};
    }
}

TradesModel::TradesModel(const Theme& theme, QObject* parent) : ColumnTable(tradeColumns, parent), m_theme(theme) {}

void TradesModel::setReport(std::shared_ptr<const desk::BacktestReport> report)
{
    beginResetModel();
    m_report = std::move(report);
    endResetModel();
}

int TradesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_report ? 0 : static_cast<int>(m_report->trades.size());
}

QVariant TradesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::BacktestTrade& trade = m_report->trades[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case OpenedColumn:
            return newYorkText(trade.opened, tr("d MMM yy", "date format"));
        case ClosedColumn:
            return newYorkText(trade.closed, tr("d MMM yy", "date format"));
        case TitleColumn:
            return text(trade.title);
        case ProfitColumn:
            return signedMoney(trade.profit);
        case FeesColumn:
            return money(trade.fees);
        case OrdersColumn:
            return number(trade.orders, 0);
        case ReasonColumn:
            return text(trade.exitReason);
        default:
            return {};
        }
    case plainRole:
        switch (index.column()) {
        case OpenedColumn:
            return newYorkText(trade.opened, QStringLiteral("yyyy-MM-dd HH:mm"));
        case ClosedColumn:
            return newYorkText(trade.closed, QStringLiteral("yyyy-MM-dd HH:mm"));
        case ProfitColumn:
            return trade.profit;
        case FeesColumn:
            return trade.fees;
        case OrdersColumn:
            return trade.orders;
        default:
            return {};
        }
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        if (index.column() == ProfitColumn)
            return m_theme.signColor(shownSign(trade.profit, 2));
        return index.column() == TitleColumn ? QVariant() : QVariant(m_theme.color(Role::Dim));
    default:
        return {};
    }
}

} // namespace vegadesk::ui
