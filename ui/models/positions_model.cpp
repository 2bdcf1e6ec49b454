#include "ui/models/positions_model.h"

#include "desk/rolling.h"
#include "ui/models/column_table.h"
#include "ui/models/risk_words.h"
#include "ui/models/strategy_shapes.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "position"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "qty"),
           QT_TRANSLATE_NOOP("Columns",
                             "Contracts or shares, negative is short; of several legs: how many times their strategy")},
    Column{QT_TRANSLATE_NOOP("Columns", "mark"),
           QT_TRANSLATE_NOOP("Columns", "Price the position is valued at, per share")},
    Column{QT_TRANSLATE_NOOP("Columns", "IV"), QT_TRANSLATE_NOOP("Columns", "Implied volatility a year, percent")},
    Column{QT_TRANSLATE_NOOP("Columns", "Δ"), QT_TRANSLATE_NOOP("Columns", "Delta in shares of the underlying")},
    Column{QT_TRANSLATE_NOOP("Columns", "Γ"),
           QT_TRANSLATE_NOOP("Columns", "Gamma: shares of delta per dollar the underlying moves")},
    Column{QT_TRANSLATE_NOOP("Columns", "Θ / day"),
           QT_TRANSLATE_NOOP("Columns", "Theta: dollars that the next calendar day takes, 24 hours from now, in the "
                                        "time to expiry of the settings: in trading time a day without a session takes "
                                        "a tenth of one with it")},
    Column{QT_TRANSLATE_NOOP("Columns", "vega"), QT_TRANSLATE_NOOP("Columns", "Dollars per point of volatility")},
    Column{QT_TRANSLATE_NOOP("Columns", "open P&L"),
           QT_TRANSLATE_NOOP("Columns", "Dollars since the position was opened")},
    Column{QT_TRANSLATE_NOOP("Columns", "day P&L"), QT_TRANSLATE_NOOP("Columns", "Dollars since the previous close")},
    Column{
        QT_TRANSLATE_NOOP("Columns", "risk"),
        QT_TRANSLATE_NOOP(
            "Columns", "Of net liquidation: the largest of stress loss, margin and premium paid in this underlying")},
    Column{"", nullptr, false},
    Column{"", nullptr, false},
};
static_assert(columns.size() == PositionsModel::ColumnTotal);

constexpr int ivDecimals = 1, deltaDecimals = 1, gammaDecimals = 2, thetaDecimals = 1, vegaDecimals = 0;

/// An index carries its group's row in the lower half and its leg's in the upper one, both counted from 1: a group's carries
/// neither, a leg's the first, a lot's both.
constexpr int legShift = 4 * sizeof(quintptr);
constexpr quintptr groupMask = (quintptr{1} << legShift) - 1;

std::size_t groupOf(const QModelIndex& index)
{
    return static_cast<std::size_t>((index.internalId() & groupMask) - 1);
}
bool isLot(const QModelIndex& index)
{
    return index.internalId() > groupMask;
}
std::size_t legOf(const QModelIndex& index)
{
    return isLot(index) ? static_cast<std::size_t>((index.internalId() >> legShift) - 1)
                        : static_cast<std::size_t>(index.row());
}

bool isSameLot(const desk::LotRow& a, const desk::LotRow& b)
{
    return a.openedAt == b.openedAt && a.group == b.group && isSameNumber(a.price, b.price);
}

bool isSameLayout(const std::vector<desk::PositionGroup>& a, const std::vector<desk::PositionGroup>& b)
{
    return std::ranges::equal(a, b, [](const desk::PositionGroup& x, const desk::PositionGroup& y) {
        return x.title == y.title && x.underlying == y.underlying &&
               std::ranges::equal(x.rows, y.rows, [](const desk::PositionRow& left, const desk::PositionRow& right) {
                   return left.position.symbol == right.position.symbol &&
                          std::ranges::equal(left.lots, right.lots, isSameLot);
               });
    });
}

bool isSame(const desk::GreekSums& a, const desk::GreekSums& b)
{
    return isSameNumber(a.delta, b.delta) && isSameNumber(a.gamma, b.gamma) && isSameNumber(a.theta, b.theta) &&
           isSameNumber(a.vega, b.vega) && a.unknownCount == b.unknownCount;
}

bool isSame(const desk::PositionRow& a, const desk::PositionRow& b)
{
    return a.position.quantity == b.position.quantity && isSameNumber(a.mark, b.mark) && isSameNumber(a.iv, b.iv) &&
           isSameNumber(a.openProfit, b.openProfit) && isSameNumber(a.dayProfit, b.dayProfit) &&
           isSame(a.greeks, b.greeks) && a.isStale == b.isStale && a.realized == b.realized &&
           a.realizedToday == b.realizedToday &&
           std::ranges::equal(a.lots, b.lots,
                              [](const desk::LotRow& x, const desk::LotRow& y) { return x.quantity == y.quantity; }) &&
           a.position.averageOpenPrice == b.position.averageOpenPrice;
}

bool isSameSummary(const desk::PositionGroup& a, const desk::PositionGroup& b)
{
    return isSameNumber(a.openProfit, b.openProfit) && isSameNumber(a.dayProfit, b.dayProfit) &&
           a.realized == b.realized && a.realizedToday == b.realizedToday &&
           isSameNumber(a.riskFraction, b.riskFraction) && isSame(a.greeks, b.greeks);
}

/// Of one instrument what is held of it, with its sign; of several how many times they make the strategy that has a name.
/// Legs that make none have no number in common.
QString unitsText(const desk::PositionGroup& group)
{
    std::vector<StagedLeg> legs;
    for (const desk::PositionRow& row : group.rows) {
        if (row.position.quantity != 0) // closed today
            legs.push_back(
                {row.position.symbol, row.position.underlying, row.position.type, row.option, row.position.quantity});
    }
    if (legs.size() == 1)
        return quantityText(legs.front().quantity);
    const std::optional<std::int64_t> units = strategyUnits(legs);
    return units ? number(static_cast<double>(*units), 0) : QString();
}

QString greekText(const desk::GreekSums& greeks, int column)
{
    switch (column) {
    case PositionsModel::DeltaColumn:
        return number(greeks.delta, deltaDecimals);
    case PositionsModel::GammaColumn:
        return number(greeks.gamma, gammaDecimals);
    case PositionsModel::ThetaColumn:
        return number(greeks.theta, thetaDecimals);
    case PositionsModel::VegaColumn:
        return number(greeks.vega, vegaDecimals);
    default:
        return {};
    }
}
} // namespace

PositionsModel::PositionsModel(const Theme& theme, QObject* parent) : QAbstractItemModel(parent), m_theme(theme) {}

void PositionsModel::update(const std::vector<desk::PositionGroup>& groups)
{
    if (!isSameLayout(m_groups, groups)) {
        beginResetModel();
        m_groups = groups;
        endResetModel();
        return;
    }
    const std::vector<desk::PositionGroup> before = std::exchange(m_groups, groups);
    const int last = ColumnTotal - 1;
    for (int row = 0; row < rowCount(); ++row) {
        const auto at = static_cast<std::size_t>(row);
        const QModelIndex top = index(row, 0);
        if (!isSameSummary(before[at], m_groups[at]))
            Q_EMIT dataChanged(top, index(row, last));
        const auto legs = static_cast<int>(m_groups[at].rows.size());
        const auto isUnchanged = [&](int leg) {
            return isSame(before[at].rows[static_cast<std::size_t>(leg)],
                          m_groups[at].rows[static_cast<std::size_t>(leg)]);
        };
        for (int leg = 0; leg < legs; ++leg) {
            if (isUnchanged(leg))
                continue;
            const int first = leg;
            while (leg + 1 < legs && !isUnchanged(leg + 1))
                ++leg;
            Q_EMIT dataChanged(index(first, 0, top), index(leg, last, top));
            for (int changed = first; changed <= leg; ++changed) {
                const QModelIndex of = index(changed, 0, top);
                if (const int lots = rowCount(of); lots > 0)
                    Q_EMIT dataChanged(index(0, 0, of), index(lots - 1, last, of));
            }
        }
    }
}

const desk::PositionGroup* PositionsModel::group(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    return &m_groups[index.internalId() == 0 ? static_cast<std::size_t>(index.row()) : groupOf(index)];
}

const desk::PositionRow* PositionsModel::leg(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &m_groups[groupOf(index)].rows[legOf(index)];
}

const desk::LotRow* PositionsModel::lot(const QModelIndex& index) const
{
    return index.isValid() && isLot(index) ? &leg(index)->lots[static_cast<std::size_t>(index.row())] : nullptr;
}

std::vector<desk::PositionRow> PositionsModel::rows(const QModelIndex& index) const
{
    if (const desk::PositionRow* const one = leg(index))
        return {*one};
    const desk::PositionGroup* const all = group(index);
    return all ? all->rows : std::vector<desk::PositionRow>();
}

QModelIndex PositionsModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, quintptr{0});
    const auto below = static_cast<quintptr>(parent.row()) + 1;
    return createIndex(row, column, parent.internalId() == 0 ? below : parent.internalId() | below << legShift);
}

QModelIndex PositionsModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    if (isLot(child))
        return createIndex(static_cast<int>(legOf(child)), 0, child.internalId() & groupMask);
    return createIndex(static_cast<int>(groupOf(child)), 0, quintptr{0});
}

int PositionsModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.column() != 0 || isLot(parent))
        return 0;
    const desk::PositionRow* const of = leg(parent);
    return static_cast<int>(of ? of->lots.size() : m_groups[static_cast<std::size_t>(parent.row())].rows.size());
}

int PositionsModel::columnCount(const QModelIndex&) const
{
    return ColumnTotal;
}

QVariant PositionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnTotal)
        return {};
    return columnHeader(columns[static_cast<std::size_t>(section)], role);
}

QString PositionsModel::groupText(const desk::PositionGroup& group, int column) const
{
    switch (column) {
    case PositionColumn:
        return text(group.title);
    case QuantityColumn:
        return unitsText(group);
    case OpenColumn:
        return signedMoney(group.openProfit);
    case DayColumn:
        return signedMoney(group.dayProfit);
    case RiskColumn:
        return percent(group.riskFraction);
    case RollColumn:
        return desk::isRollable(group.rows) ? tr("roll") : QString();
    case CloseColumn:
        return tr("close");
    default:
        // A sum without some of its legs is another position's.
        return group.greeks.unknownCount > 0 ? number(desk::unknown, 0) : greekText(group.greeks, column);
    }
}

QString PositionsModel::legText(const desk::PositionRow& row, const desk::PositionGroup& group, int column) const
{
    switch (column) {
    case PositionColumn: {
        if (!row.option && row.position.symbol == group.underlying)
            return tr("shares");
        // The date is said on each leg only when the legs do not share one.
        const bool isOneDate = std::ranges::all_of(group.rows, [&](const desk::PositionRow& other) {
            return !other.option || !row.option || other.option->expiry == row.option->expiry;
        });
        const bool saysDate = !isOneDate || group.title == group.underlying;
        return contractText(row.position.symbol, row.option, saysDate);
    }
    case QuantityColumn:
        return quantityText(row.position.quantity);
    case MarkColumn:
        return number(row.mark, 2);
    case IvColumn:
        return row.option ? number(100 * row.iv, ivDecimals) : QString();
    case OpenColumn:
        return signedMoney(row.openProfit);
    case DayColumn:
        return signedMoney(row.dayProfit);
    case RiskColumn:
        return {};
    case RollColumn:
        return desk::isRollable({&row, 1}) ? tr("roll") : QString();
    case CloseColumn:
        return tr("close");
    default:
        return greekText(row.greeks, column);
    }
}

QString PositionsModel::lotText(const desk::LotRow& lot, int column) const
{
    switch (column) {
    case PositionColumn: {
        const QString when = lot.openedAt == base::Instant{}
                                 ? tr("earlier")
                                 : newYorkText(lot.openedAt, QStringLiteral("d MMM yyyy HH:mm"));
        const QString opened = tr("%1 at %2").arg(when, number(lot.price, 2));
        return lot.group.empty() ? opened : opened + QStringLiteral(" · ") + text(lot.group);
    }
    case QuantityColumn:
        return quantityText(lot.quantity);
    case OpenColumn:
        return signedMoney(lot.openProfit);
    case DayColumn:
        return signedMoney(lot.dayProfit);
    default:
        return {};
    }
}

QString PositionsModel::lotToolTip(const desk::LotRow& lot) const
{
    const QString price = number(lot.price, 2);
    const QString opened =
        lot.openedAt == base::Instant{}
            ? tr("A lot that the broker holds and no fill of ours opened, at %1 on average").arg(price)
            : tr("A lot: what one fill opened, at %1").arg(price);
    return lot.group.empty() ? opened : opened + QLatin1Char('\n') + tr("Trade: %1").arg(text(lot.group));
}

QString PositionsModel::realizedWords(double sinceEntry, double today) const
{
    if (sinceEntry == 0 && today == 0)
        return {};
    return tr("Realised: %1 since entry, %2 today; fees left out").arg(signedMoney(sinceEntry), signedMoney(today));
}

QVariant PositionsModel::toolTip(const desk::PositionGroup& group, const desk::PositionRow* row, int column) const
{
    if (column == CloseColumn)
        return row ? tr("Stage an order that closes this leg; nothing is sent yet")
                   : tr("Stage an order that closes all legs; nothing is sent yet");
    if (column == RollColumn && (row ? desk::isRollable({row, 1}) : desk::isRollable(group.rows)))
        return tr("Stage an order that closes this and opens the same in the next expiration; nothing is sent yet");
    if (column == RollColumn)
        return row ? tr("Only options can be rolled")
                   : tr("One or two options of one expiration roll in one order: roll these leg by leg");
    if (row && row->isStale)
        return tr("The last quote is old or flagged: the mark and everything computed from it may be wrong.");
    const QString parts = attribution(group, row);
    if (row && column == PositionColumn) {
        const QString opened =
            tr("%1, opened at %2")
                .arg(text(row->position.symbol), number(row->position.averageOpenPrice.toDouble(), 2));
        return parts.isEmpty() ? opened
                               : QStringLiteral("<p>") + opened.toHtmlEscaped() + QStringLiteral("</p>") + parts;
    }
    if (column == OpenColumn || column == DayColumn) {
        const QString realized =
            realizedWords(row ? row->realized : group.realized, row ? row->realizedToday : group.realizedToday);
        if (!realized.isEmpty())
            return parts.isEmpty() ? realized
                                   : QStringLiteral("<p>") + realized.toHtmlEscaped() + QStringLiteral("</p>") + parts;
    }
    const bool isGreek = column >= DeltaColumn && column <= VegaColumn;
    if (!row && isGreek && group.greeks.unknownCount > 0)
        return tr("%n position(s) left out: no figure is known", nullptr, group.greeks.unknownCount);
    return parts.isEmpty() ? QVariant() : parts;
}

QString PositionsModel::attribution(const desk::PositionGroup& group, const desk::PositionRow* row) const
{
    if (!m_risk)
        return {};
    using Level = desk::AttributionRow::Level;
    const Level level = row ? Level::Position : group.title == group.underlying ? Level::Underlying : Level::Group;
    const std::string& title = row ? row->position.symbol : group.title;
    const auto find = [&](const std::vector<desk::AttributionRow>& rows) -> const desk::AttributionRow* {
        const auto found = std::ranges::find_if(rows, [&](const desk::AttributionRow& each) {
            return each.level == level && each.title == title && each.underlying == group.underlying;
        });
        return found == rows.end() ? nullptr : &*found;
    };
    return attributionTip(find(m_risk->attribution.today), find(m_risk->attribution.sinceEntry));
}

QVariant PositionsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::PositionGroup& of = *group(index);
    const desk::PositionRow* const row = leg(index);
    const desk::LotRow* const part = lot(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (part)
            return lotText(*part, index.column());
        return row ? legText(*row, of, index.column()) : groupText(of, index.column());
    case Qt::TextAlignmentRole:
        return columnHeader(columns[static_cast<std::size_t>(index.column())], role);
    case Qt::ToolTipRole:
        return part ? lotToolTip(*part) : toolTip(of, row, index.column());
    case Qt::ForegroundRole:
        if (index.column() == CloseColumn || index.column() == RollColumn)
            return m_theme.color(Role::Dim);
        if (row && row->isStale)
            return m_theme.color(Role::Faint);
        if (index.column() == OpenColumn)
            return m_theme.signColor(part ? part->openProfit : row ? row->openProfit : of.openProfit);
        if (index.column() == DayColumn)
            return m_theme.signColor(part ? part->dayProfit : row ? row->dayProfit : of.dayProfit);
        return {};
    default:
        return {};
    }
}

} // namespace vegadesk::ui
