#include "ui/models/greeks_model.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
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

bool isKnown(const desk::GreekSums& sums)
{
    return std::isfinite(sums.delta + sums.dollarDelta + sums.gamma + sums.theta + sums.vega);
}

/// Of `quantity` contracts.
desk::GreekSums times(const desk::GreekSums& one, double quantity)
{
    desk::GreekSums out;
    out.delta = one.delta * quantity;
    out.dollarDelta = one.dollarDelta * quantity;
    out.gamma = one.gamma * quantity;
    out.theta = one.theta * quantity;
    out.vega = one.vega * quantity;
    return out;
}

/// What is shown and what it is compared with.
struct Sides {
    desk::GreekSums shown, other;
    int fallbacks = 0;
    double brokerAge = desk::unknown;
};

/// `ours` by each strike's own volatility; `quantity` contracts of the option.
Sides sidesOf(const std::string& symbol, double quantity, const desk::GreekSums& ours, const desk::GreeksView& view)
{
    const desk::ContractGreeks* const contract = view.of(symbol);
    const desk::GreekSums brokers = contract ? times(contract->broker, quantity) : desk::GreekSums{};
    const desk::GreekSums model = contract ? times(contract->model, quantity) : desk::GreekSums{};
    Sides sides{ours, brokers, 0, contract ? contract->brokerAge : desk::unknown};
    if (view.model.empty() || view.model == "black_scholes")
        return sides;
    const bool isBrokers = view.model == "broker";
    const desk::GreekSums& wanted = isBrokers ? brokers : model;
    if (isBrokers)
        sides.other = ours;
    if (isKnown(wanted))
        sides.shown = wanted;
    else
        sides.fallbacks = 1;
    return sides;
}

void add(Sides& sum, const Sides& more)
{
    add(sum.shown, more.shown);
    add(sum.other, more.other);
    sum.fallbacks += more.fallbacks;
    sum.brokerAge = std::fmax(sum.brokerAge, more.brokerAge);
}

Sides sidesOf(const desk::PositionRow& row, const desk::GreeksView& view)
{
    if (!row.option)
        return {row.greeks, row.greeks, 0, desk::unknown};
    return sidesOf(row.position.symbol, static_cast<double>(row.position.quantity), row.greeks, view);
}

/// The order's own figures are not told by leg: all of it is by the model, or none.
Sides sidesOf(const desk::TicketView& ticket, const desk::GreeksView& view)
{
    Sides sum;
    for (const desk::TicketLeg& leg : ticket.legs) {
        const auto quantity =
            static_cast<double>(portfolio::isBuy(leg.leg.action) ? leg.leg.quantity : -leg.leg.quantity);
        desk::GreekSums shares;
        if (!leg.option) {
            shares = {quantity, quantity * ticket.spot, 0, 0, 0, 0};
            add(sum, {shares, shares, 0, desk::unknown});
        } else {
            add(sum, sidesOf(leg.leg.symbol, quantity, desk::GreekSums{}, view));
        }
    }
    const bool isOurs = view.model.empty() || view.model == "black_scholes";
    if (isOurs || sum.fallbacks > 0 || !isKnown(sum.shown))
        sum.shown = ticket.greeks;
    if (view.model == "broker")
        sum.other = ticket.greeks;
    return sum;
}
} // namespace

GreeksModel::GreeksModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void GreeksModel::update(const desk::TradingView& trading, const desk::TicketView* staged,
                         const desk::GreeksView& greeks)
{
    m_isBrokers = greeks.model == "broker";
    const bool isOurs = greeks.model.empty() || greeks.model == "black_scholes";
    Sides all;
    std::map<std::string, Sides> byUnderlying;
    for (const desk::PositionGroup& group : trading.groups) {
        Sides sides;
        for (const desk::PositionRow& row : group.rows)
            add(sides, sidesOf(row, greeks));
        if (isOurs)
            sides.shown = group.greeks;
        add(byUnderlying[group.underlying], sides);
        add(all, sides);
    }
    if (isOurs)
        all.shown = trading.greeks;
    if (byUnderlying.size() > 1) // shares of different things
        all.shown.delta = all.shown.gamma = all.other.delta = all.other.gamma = desk::unknown;
    std::vector<Row> next{{Kind::Portfolio, tr("Portfolio"), all.shown, all.other}};
    for (const auto& [underlying, sides] : byUnderlying)
        next.push_back({Kind::Underlying, text(underlying), sides.shown, sides.other});
    m_fallbacks = all.fallbacks;
    m_brokerAge = all.brokerAge;
    if (staged) {
        const Sides sides = sidesOf(*staged, greeks);
        m_fallbacks += sides.fallbacks;
        m_brokerAge = std::fmax(m_brokerAge, sides.brokerAge);
        next.push_back(
            {Kind::Staged, tr("staged · %1").arg(text(staged->intent.underlying)), sides.shown, sides.other});
    }

    const auto before = [this] {
        return std::array{largest(DeltaColumn), largest(DollarDeltaColumn), largest(GammaColumn), largest(ThetaColumn),
                          largest(VegaColumn)};
    };
    const auto scaleBefore = before();
    sync(
        m_rows, std::move(next), [](const Row& row) { return std::pair(row.kind, row.name); },
        [](const Row& a, const Row& b) {
            for (int column = DeltaColumn; column <= VegaColumn; ++column)
                if (!isSameNumber(figure(a.greeks, column), figure(b.greeks, column)) ||
                    !isSameNumber(figure(a.other, column), figure(b.other, column)))
                    return false;
            return a.greeks.unknownCount == b.greeks.unknownCount;
        });
    // Another largest figure rescales every bar of its column.
    if (before() != scaleBefore)
        tellRuns(std::vector<bool>(m_rows.size(), true));
}

bool GreeksModel::disagrees(const Row& row, int column)
{
    constexpr double share = 0.1;
    const double a = figure(row.greeks, column), b = figure(row.other, column);
    const double seen = std::pow(10.0, -decimalsOf(column)); // less than that would look the same
    return std::abs(a - b) > std::max(seen, share * std::max(std::abs(a), std::abs(b)));
}

bool GreeksModel::disagrees() const
{
    return std::ranges::any_of(m_rows, [](const Row& row) {
        bool is = false;
        for (int column = DeltaColumn; column <= VegaColumn; ++column)
            is |= disagrees(row, column);
        return is;
    });
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
        if (index.column() != NameColumn && disagrees(row, index.column()))
            return m_theme.color(Role::Warning);
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
        if (const double other = figure(row.other, index.column()); !std::isnan(other)) {
            const QString words = number(other, decimalsOf(index.column()));
            return m_isBrokers ? tr("ours, by Black-Scholes at each strike's volatility: %1").arg(words)
                               : tr("the broker's: %1").arg(words);
        }
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
