#include "ui/models/signals_model.h"

#include "ui/models/signal_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <tuple>
#include <utility>

namespace vegadesk::ui
{

namespace
{

constexpr int decimals = 3;

constexpr std::array modelColumns{
    Column{QT_TRANSLATE_NOOP("Columns", "model"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "question"),
           QT_TRANSLATE_NOOP("Columns", "What the probability is of, 21 trading days ahead"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "verdict"),
           QT_TRANSLATE_NOOP("Columns", "Whether it did better than chance on days that it had not learnt from"),
           false},
    Column{QT_TRANSLATE_NOOP("Columns", "AUC"),
           QT_TRANSLATE_NOOP("Columns", "Area under the ROC curve, out of sample: 0.5 is chance")},
    Column{QT_TRANSLATE_NOOP("Columns", "95 %"),
           QT_TRANSLATE_NOOP("Columns", "Interval of that area by a block bootstrap")},
    Column{QT_TRANSLATE_NOOP("Columns", "p"),
           QT_TRANSLATE_NOOP("Columns", "Part of shuffled answers that did as well")},
    Column{QT_TRANSLATE_NOOP("Columns", "today"),
           QT_TRANSLATE_NOOP("Columns", "Probability of yes for the coming session")},
    Column{QT_TRANSLATE_NOOP("Columns", "trained until"),
           QT_TRANSLATE_NOOP("Columns", "The last day that it learnt from: until then it says no forecast"), false},
};
static_assert(modelColumns.size() == SignalsModel::ColumnTotal);

constexpr std::array shareColumns{
    Column{QT_TRANSLATE_NOOP("Columns", "feature"),
           QT_TRANSLATE_NOOP("Columns", "What the trees look at, by the close of the day before"), false},
    Column{"", nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "of all gain"),
           QT_TRANSLATE_NOOP("Columns", "On the rows that were learnt from: not what holds")},
};
static_assert(shareColumns.size() == SignalSharesModel::ColumnTotal);

bool isSame(const desk::SignalRow& a, const desk::SignalRow& b)
{
    const auto figures = [](const desk::SignalRow& row) {
        return std::array{row.area,  row.areaLow,     row.areaHigh,         row.chance,
                          row.brier, row.brierOfRate, row.today.probability};
    };
    const auto others = [](const desk::SignalRow& row) {
        return std::tie(row.failure, row.target, row.source, row.trainedUntil, row.hasSignal, row.isDemonstration,
                        row.importance, row.today.gap, row.today.underlying, row.today.session, row.today.lastDay,
                        row.today.missing, row.today.why);
    };
    return others(a) == others(b) && std::ranges::equal(figures(a), figures(b), isSameNumber);
}

} // namespace

SignalsModel::SignalsModel(const Theme& theme, QObject* parent) : ColumnTable(modelColumns, parent), m_theme(theme) {}

void SignalsModel::update(const desk::SignalsView& view)
{
    sync(m_rows, view.rows, [](const desk::SignalRow& row) { return row.name; }, isSame);
}

const desk::SignalRow* SignalsModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int SignalsModel::rowOf(const std::string& name) const
{
    const auto found = std::ranges::find(m_rows, name, &desk::SignalRow::name);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int SignalsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SignalsModel::words(const desk::SignalRow& row, int column) const
{
    if (column == NameColumn)
        return text(row.name);
    if (column == VerdictColumn)
        return signalVerdictWord(row);
    if (!row.failure.empty())
        return QString();
    switch (column) {
    case TargetColumn:
        return signalTargetWord(row.target);
    case AreaColumn:
        return number(row.area, decimals);
    case IntervalColumn:
        return tr("%1 to %2", "interval").arg(number(row.areaLow, decimals), number(row.areaHigh, decimals));
    case ChanceColumn:
        return number(row.chance, decimals);
    case TodayColumn:
        return percent(row.today.probability);
    default:
        return dateText(row.trainedUntil);
    }
}

QVariant SignalsModel::colour(const desk::SignalRow& row, int column) const
{
    if (!row.failure.empty())
        return m_theme.color(Role::Warning);
    if (column == NameColumn && row.isDemonstration)
        return m_theme.color(Role::Dim);
    if (column == VerdictColumn)
        return m_theme.color(row.hasSignal ? Role::Accent : Role::Dim);
    return {};
}

QVariant SignalsModel::toolTip(const desk::SignalRow& row, int column) const
{
    if (!row.failure.empty() || column == VerdictColumn)
        return signalVerdict(row);
    if (column == TargetColumn)
        return signalQuestion(row.target);
    if (column == TodayColumn)
        return signalTodayText(row.today);
    return row.isDemonstration ? signalDemonstration(row) : tr("Trained on %1").arg(text(row.source));
}

QVariant SignalsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::SignalRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return words(row, index.column());
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        return colour(row, index.column());
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    default:
        return {};
    }
}

SignalSharesModel::SignalSharesModel(QObject* parent) : ColumnTable(shareColumns, parent) {}

void SignalSharesModel::setShares(const std::vector<desk::SignalShare>& shares)
{
    std::vector<desk::SignalShare> used;
    std::ranges::copy_if(shares, std::back_inserter(used),
                         [](const desk::SignalShare& each) { return each.share > 0; });
    if (used == m_rows)
        return;
    beginResetModel(); // bars are of the largest: all of them change
    m_rows = std::move(used);
    endResetModel();
}

int SignalSharesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SignalSharesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::SignalShare& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (index.column() == FeatureColumn)
            return signalFeatureWord(row.feature);
        return index.column() == ShareColumn ? percent(row.share) : QString();
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ToolTipRole:
        return index.column() == FeatureColumn ? text(row.feature) : QString();
    case barRole:
        return index.column() == BarColumn ? QVariant(row.share / m_rows.front().share) : QVariant();
    default:
        return {};
    }
}

} // namespace vegadesk::ui
