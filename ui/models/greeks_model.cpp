#include "ui/models/greeks_model.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>
#include <map>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{"", nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ shares"), QT_TRANSLATE_NOOP("Columns", "Delta in shares of the underlying")},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ $"),
           QT_TRANSLATE_NOOP("Columns",
                             "Dollar delta: shares times spot, the dollars a 100 % move would make at this delta")},
    Column{QT_TRANSLATE_NOOP("Columns", "Γ / $"),
           QT_TRANSLATE_NOOP("Columns", "Gamma: shares of delta per dollar the underlying moves")},
    Column{QT_TRANSLATE_NOOP("Columns", "Θ $ / day"), QT_TRANSLATE_NOOP("Columns", "Theta: dollars per calendar day")},
    Column{QT_TRANSLATE_NOOP("Columns", "vega $ / pt"),
           QT_TRANSLATE_NOOP("Columns", "Vega: dollars per point of volatility")},
};
static_assert(columns.size() == GreeksModel::VegaColumn + 1);

double figure(const desk::GreekSums& greeks, int column)
{
    switch (column) {
    case GreeksModel::DeltaColumn:
        return greeks.delta;
    case GreeksModel::DollarDeltaColumn:
        return greeks.dollarDelta;
    case GreeksModel::GammaColumn:
        return greeks.gamma;
    case GreeksModel::ThetaColumn:
        return greeks.theta;
    case GreeksModel::VegaColumn:
        return greeks.vega;
    default:
        return desk::unknown;
    }
}

int decimalsOf(int column)
{
    switch (column) {
    case GreeksModel::DollarDeltaColumn:
        return 0;
    case GreeksModel::GammaColumn:
        return 2;
    default:
        return 1;
    }
}

/// A sum of what is known; what is not is counted, and the sum is unknown only when nothing is known.
void add(double& sum, double value)
{
    if (!std::isnan(value))
        sum = std::isnan(sum) ? value : sum + value;
}

void add(desk::GreekSums& sum, const desk::GreekSums& more)
{
    add(sum.delta, more.delta);
    add(sum.dollarDelta, more.dollarDelta);
    add(sum.gamma, more.gamma);
    add(sum.theta, more.theta);
    add(sum.vega, more.vega);
    sum.unknownCount += more.unknownCount;
}
} // namespace

GreeksModel::GreeksModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void GreeksModel::update(const desk::TradingView& trading, const desk::TicketView* staged)
{
    std::vector<Row> next{{Kind::Portfolio, tr("Portfolio"), trading.greeks}};
    std::map<std::string, desk::GreekSums> byUnderlying;
    for (const desk::PositionGroup& group : trading.groups)
        add(byUnderlying[group.underlying], group.greeks);
    if (byUnderlying.size() > 1)
        next.front().greeks.delta = next.front().greeks.gamma = desk::unknown; // shares of different things
    for (const auto& [underlying, greeks] : byUnderlying)
        next.push_back({Kind::Underlying, text(underlying), greeks});
    if (staged)
        next.push_back({Kind::Staged, tr("staged · %1").arg(text(staged->intent.underlying)), staged->greeks});

    const auto before = [this] {
        return std::array{largest(DeltaColumn), largest(DollarDeltaColumn), largest(GammaColumn), largest(ThetaColumn),
                          largest(VegaColumn)};
    };
    const auto scaleBefore = before();
    sync(
        m_rows, std::move(next), [](const Row& row) { return std::pair(row.kind, row.name); },
        [](const Row& a, const Row& b) {
            for (int column = DeltaColumn; column <= VegaColumn; ++column)
                if (!isSameNumber(figure(a.greeks, column), figure(b.greeks, column)))
                    return false;
            return a.greeks.unknownCount == b.greeks.unknownCount;
        });
    // Another largest figure rescales every bar of its column.
    if (before() != scaleBefore)
        tellRuns(std::vector<bool>(m_rows.size(), true));
}

double GreeksModel::largest(int column) const
{
    double most = 0;
    for (const Row& row : m_rows)
        if (row.kind != Kind::Portfolio)
            most = std::fmax(most, std::fabs(figure(row.greeks, column)));
    return most;
}

int GreeksModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant GreeksModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const double value = figure(row.greeks, index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn ? row.name : number(value, decimalsOf(index.column()));
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        if (row.kind == Kind::Staged)
            return m_theme.color(Role::Accent);
        return {};
    case Qt::FontRole:
        return row.kind == Kind::Portfolio ? QVariant(m_theme.strongFont()) : QVariant();
    case Qt::ToolTipRole:
        if (row.kind == Kind::Portfolio && (index.column() == DeltaColumn || index.column() == GammaColumn) &&
            std::isnan(value))
            return tr("Shares of different underlyings do not add up: see the dollar delta");
        if (row.greeks.unknownCount > 0)
            return tr("%n position(s) left out: no figure is known", nullptr, row.greeks.unknownCount);
        if (row.kind == Kind::Staged)
            return tr("What the staged order would add if it filled");
        return {};
    case barRole: {
        const double most = largest(index.column());
        if (row.kind == Kind::Portfolio || index.column() == NameColumn || std::isnan(value) || most <= 0)
            return {};
        return value / most;
    }
    default:
        return {};
    }
}

} // namespace vegadesk::ui
