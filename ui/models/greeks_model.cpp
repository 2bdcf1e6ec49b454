#include "ui/models/greeks_model.h"

#include "ui/models/greek_columns.h"
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
    Column{"", nullptr, false}, greek_columns::delta, greek_columns::dollarDelta,
    greek_columns::gamma,       greek_columns::theta, greek_columns::vega,
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

/// The larger by size, figure by figure; what is not known is none.
desk::GreekSums sizeOf(const desk::GreekSums& a, const desk::GreekSums& b)
{
    const auto larger = [](double one, double other) { return std::fmax(std::fabs(one), std::fabs(other)); };
    return {larger(a.delta, b.delta), larger(a.dollarDelta, b.dollarDelta),
            larger(a.gamma, b.gamma), larger(a.theta, b.theta),
            larger(a.vega, b.vega),   0};
}

/// What is shown and what it is compared with.
struct Sides {
    desk::GreekSums shown, other;
    desk::GreekSums size; ///< of what was added up, whatever its sign
    GreeksModel::Coverage coverage;
    double brokerAge = desk::unknown;
};

/// `ours` by each strike's own volatility; `quantity` contracts of the option.
Sides sidesOf(const std::string& symbol, double quantity, const desk::GreekSums& ours, const desk::GreeksView& view)
{
    const desk::ContractGreeks* const contract = view.of(symbol);
    const desk::GreekSums brokers = contract ? times(contract->broker, quantity) : desk::GreekSums{};
    const desk::GreekSums model = contract ? times(contract->model, quantity) : desk::GreekSums{};
    Sides sides{ours, brokers, {}, {1, 1}, contract ? contract->brokerAge : desk::unknown};
    if (!view.model.empty() && view.model != "black_scholes") {
        const bool isBrokers = view.model == "broker";
        const desk::GreekSums& wanted = isBrokers ? brokers : model;
        if (isBrokers)
            sides.other = ours;
        if (isKnown(wanted))
            sides.shown = wanted;
        else
            sides.coverage.priced = 0;
    }
    sides.size = sizeOf(sides.shown, sides.other);
    return sides;
}

void add(Sides& sum, const Sides& more)
{
    add(sum.shown, more.shown);
    add(sum.other, more.other);
    add(sum.size, more.size);
    sum.coverage.priced += more.coverage.priced;
    sum.coverage.options += more.coverage.options;
    sum.brokerAge = std::fmax(sum.brokerAge, more.brokerAge);
}

Sides sidesOf(const desk::PositionRow& row, const desk::GreeksView& view)
{
    if (!row.option)
        return {row.greeks, row.greeks, sizeOf(row.greeks, row.greeks), {}, desk::unknown};
    return sidesOf(row.position.symbol, row.position.quantity.toDouble(), row.greeks, view);
}

Sides sidesOf(const desk::TicketView& ticket, const desk::GreeksView& view)
{
    Sides sum;
    for (const desk::TicketLeg& leg : ticket.legs) {
        const double quantity = portfolio::signedQuantity(leg.leg.action, leg.leg.quantity).toDouble();
        if (leg.option)
            add(sum, sidesOf(leg.leg.symbol, quantity, leg.greeks, view));
        else
            add(sum, {leg.greeks, leg.greeks, sizeOf(leg.greeks, leg.greeks), {}, desk::unknown});
    }
    return sum;
}
} // namespace

QString GreeksModel::coverageWords(const Coverage& coverage, const std::string& model)
{
    return model == "broker" ? tr("%1 of %2 as the broker says them, the others by Black-Scholes")
                                   .arg(coverage.priced)
                                   .arg(coverage.options)
                             : tr("%1 of %2 by %3, the others by Black-Scholes")
                                   .arg(coverage.priced)
                                   .arg(coverage.options)
                                   .arg(modelWord(model));
}

GreeksModel::GreeksModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void GreeksModel::update(const desk::TradingView& trading, const desk::TicketView* staged,
                         const desk::GreeksView& greeks)
{
    m_model = greeks.model;
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
    std::vector<Row> next;
    const auto put = [&next](Kind kind, const QString& name, const Sides& sides) {
        next.push_back({kind, name, sides.shown, sides.other, sides.size, sides.coverage, {}});
    };
    put(Kind::Portfolio, tr("Portfolio"), all);
    for (const auto& [underlying, sides] : byUnderlying)
        put(Kind::Underlying, text(underlying), sides);
    m_coverage = all.coverage;
    m_brokerAge = all.brokerAge;
    if (staged) {
        const Sides sides = sidesOf(*staged, greeks);
        m_coverage.priced += sides.coverage.priced;
        m_coverage.options += sides.coverage.options;
        m_brokerAge = std::fmax(m_brokerAge, sides.brokerAge);
        put(Kind::Staged, tr("staged · %1").arg(text(staged->intent.underlying)), sides);
    }
    for (Row& row : next) {
        const auto old = std::ranges::find_if(
            m_rows, [&row](const Row& one) { return one.kind == row.kind && one.name == row.name; });
        for (int column = DeltaColumn; column <= VegaColumn; ++column) {
            const auto at = static_cast<std::size_t>(column);
            row.isApart[at] = isApart(row, column, old != m_rows.end() && old->isApart[at]);
        }
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
            return a.greeks.unknownCount == b.greeks.unknownCount && a.coverage == b.coverage && a.isApart == b.isApart;
        });
    // Another largest figure rescales every bar of its column.
    if (before() != scaleBefore)
        tellRuns(std::vector<bool>(m_rows.size(), true));
}

/// Longs and shorts cancel, their errors do not: what is apart is measured by what was added up, not by what was left of it. And
/// what was apart must come well together again, so that a figure at the edge does not change its colour with every quote.
bool GreeksModel::isApart(const Row& row, int column, bool wasApart)
{
    const double share = wasApart ? 0.07 : 0.1;
    const double seen = std::pow(10.0, -decimalsOf(column)); // less than that would look the same
    return std::abs(figure(row.greeks, column) - figure(row.other, column)) >
           std::max(seen, share * figure(row.size, column));
}

bool GreeksModel::disagrees() const
{
    return std::ranges::any_of(
        m_rows, [](const Row& row) { return std::ranges::find(row.isApart, true) != row.isApart.end(); });
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
        if (index.column() != NameColumn)
            return number(value, decimalsOf(index.column()));
        return row.coverage.isWhole() ? row.name
                                      : tr("%1 · %2 of %3", "priced by the chosen model")
                                            .arg(row.name)
                                            .arg(row.coverage.priced)
                                            .arg(row.coverage.options);
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        if (row.isApart[static_cast<std::size_t>(index.column())])
            return m_theme.color(Role::Warning);
        if (row.kind == Kind::Staged)
            return m_theme.color(Role::Accent);
        return {};
    case Qt::FontRole:
        return row.kind == Kind::Portfolio ? QVariant(m_theme.strongFont()) : QVariant();
    case Qt::ToolTipRole:
        if (index.column() == NameColumn && !row.coverage.isWhole())
            return coverageWords(row.coverage, m_model);
        if (row.kind == Kind::Portfolio && (index.column() == DeltaColumn || index.column() == GammaColumn) &&
            std::isnan(value))
            return tr("Shares of different underlyings do not add up: see the dollar delta");
        if (row.greeks.unknownCount > 0)
            return tr("%n position(s) left out: no figure is known", nullptr, row.greeks.unknownCount);
        if (const double other = figure(row.other, index.column()); !std::isnan(other)) {
            const QString words = number(other, decimalsOf(index.column()));
            return m_model == "broker" ? tr("ours, by Black-Scholes at each strike's volatility: %1").arg(words)
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
