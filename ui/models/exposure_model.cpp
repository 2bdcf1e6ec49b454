#include "ui/models/exposure_model.h"

#include "ui/models/greek_columns.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{"", nullptr, false},
    greek_columns::delta,
    greek_columns::dollarDelta,
    Column{QT_TRANSLATE_NOOP("Columns", "β Δ $"),
           QT_TRANSLATE_NOOP("Columns", "Beta-weighted dollar delta: the dollars of the index that would move alike")},
    greek_columns::gamma,
    greek_columns::theta,
    greek_columns::vega,
    Column{QT_TRANSLATE_NOOP("Columns", "contracts"), QT_TRANSLATE_NOOP("Columns", "Long and short together")},
    Column{
        QT_TRANSLATE_NOOP("Columns", "margin Reg-T"),
        QT_TRANSLATE_NOOP("Columns", "What the positions bind by the rules of Regulation T and CBOE, ours, dollars")},
    Column{QT_TRANSLATE_NOOP("Columns", "portfolio"),
           QT_TRANSLATE_NOOP("Columns",
                             "What they would bind under portfolio margin, by the broker's house moves; an estimate")},
};
static_assert(columns.size() == ExposureModel::ColumnTotal);

int decimalsOf(int column)
{
    switch (column) {
    case ExposureModel::GammaColumn:
        return 2;
    case ExposureModel::DeltaColumn:
    case ExposureModel::ThetaColumn:
    case ExposureModel::VegaColumn:
        return 1;
    default:
        return 0;
    }
}

bool isSame(const desk::GreekSums& a, const desk::GreekSums& b)
{
    return isSameNumber(a.delta, b.delta) && isSameNumber(a.dollarDelta, b.dollarDelta) &&
           isSameNumber(a.gamma, b.gamma) && isSameNumber(a.theta, b.theta) && isSameNumber(a.vega, b.vega) &&
           a.unknownCount == b.unknownCount;
}
} // namespace

ExposureModel::ExposureModel(const Theme& theme, QObject* parent) : DepthTree(columns, parent), m_theme(theme) {}

void ExposureModel::update(const desk::ExposureView& view)
{
    m_index = text(view.index);
    std::vector<Row> next;
    int all = 0;
    Row book;
    book.name = tr("Portfolio");
    book.greeks = view.greeks;
    // Shares of different underlyings do not add up.
    if (view.underlyings.size() > 1)
        book.greeks.delta = book.greeks.gamma = desk::unknown;
    book.betaDelta = view.betaDelta;
    book.margin = view.margin;
    book.portfolioMargin = view.portfolioMargin;
    book.brokerMargin = view.brokerMargin;
    next.push_back(book);
    for (const desk::ExposureUnderlying& each : view.underlyings) {
        const std::size_t at = next.size();
        next.push_back({0, text(each.underlying), each.beta, each.greeks, each.betaDelta, 0, each.margin,
                        each.portfolioMargin, desk::unknown});
        int contracts = 0;
        for (const desk::ExposureRow& row : each.rows) {
            const QString name =
                row.expiry ? tr("%1 · %2d", "expiration and days left").arg(dateText(*row.expiry)).arg(row.daysLeft)
                           : tr("shares");
            next.push_back({1, name, desk::unknown, row.greeks, row.betaDelta,
                            row.expiry ? std::optional(row.contracts) : std::nullopt, desk::unknown, desk::unknown,
                            desk::unknown});
            contracts += row.contracts;
        }
        next[at].contracts = contracts;
        all += contracts;
    }
    next.front().contracts = all;
    sync(
        m_rows, std::move(next), [](const Row& row) { return row.name; },
        [](const Row& a, const Row& b) {
            return isSame(a.greeks, b.greeks) && isSameNumber(a.beta, b.beta) &&
                   isSameNumber(a.betaDelta, b.betaDelta) && a.contracts == b.contracts &&
                   isSameNumber(a.margin, b.margin) && isSameNumber(a.portfolioMargin, b.portfolioMargin) &&
                   isSameNumber(a.brokerMargin, b.brokerMargin);
        });
}

double ExposureModel::figure(const Row& row, int column)
{
    switch (column) {
    case DeltaColumn:
        return row.greeks.delta;
    case DollarDeltaColumn:
        return row.greeks.dollarDelta;
    case BetaDeltaColumn:
        return row.betaDelta;
    case GammaColumn:
        return row.greeks.gamma;
    case ThetaColumn:
        return row.greeks.theta;
    case VegaColumn:
        return row.greeks.vega;
    case ContractsColumn:
        return row.contracts ? *row.contracts : desk::unknown;
    case MarginColumn:
        return row.margin;
    default:
        return row.portfolioMargin;
    }
}

QVariant ExposureModel::toolTip(const Row& row, int column) const
{
    if (column == NameColumn && !std::isnan(row.beta))
        return tr("Beta to %1: %2").arg(m_index, number(row.beta, 2));
    if (column == BetaDeltaColumn && row.depth == 0 && std::isnan(row.betaDelta))
        return tr("Too little history for a beta to %1").arg(m_index);
    if (column == MarginColumn && !std::isnan(row.brokerMargin))
        return tr("The broker says %1").arg(number(row.brokerMargin, 0));
    if ((column == DeltaColumn || column == GammaColumn) && std::isnan(figure(row, column)) &&
        row.greeks.unknownCount == 0)
        return tr("Shares of different underlyings do not add up: see the dollar delta");
    if (row.greeks.unknownCount > 0)
        return tr("%n position(s) left out: no figure is known", nullptr, row.greeks.unknownCount);
    return {};
}

QVariant ExposureModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[placeOf(index)];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (column == NameColumn)
            return std::isnan(row.beta) ? row.name : tr("%1  β %2").arg(row.name, number(row.beta, 2));
        // An expiration has no margin and shares no contracts of their own: that is not unknown, there is none.
        if ((column >= MarginColumn && row.depth > 0) || (column == ContractsColumn && !row.contracts))
            return QString();
        return number(figure(row, column), decimalsOf(column));
    case Qt::TextAlignmentRole:
        return alignment(column);
    case Qt::FontRole:
        return row.depth == 0 ? QVariant(m_theme.strongFont()) : QVariant();
    case Qt::ForegroundRole:
        return row.greeks.unknownCount > 0 && column > NameColumn && column <= VegaColumn
                   ? QVariant(m_theme.color(Role::Warning))
                   : QVariant();
    case Qt::ToolTipRole:
        return toolTip(row, column);
    default:
        return {};
    }
}

} // namespace vegadesk::ui
