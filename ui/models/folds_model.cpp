#include "ui/models/folds_model.h"

#include "ui/models/backtest_models.h"
#include "ui/models/sweep_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "picked from"), QT_TRANSLATE_NOOP("Columns", "First day that was picked on"),
           false},
    Column{QT_TRANSLATE_NOOP("Columns", "to"), QT_TRANSLATE_NOOP("Columns", "Last day that was picked on"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "traded from"), QT_TRANSLATE_NOOP("Columns", "First day that was traded"),
           false},
    Column{QT_TRANSLATE_NOOP("Columns", "to"), QT_TRANSLATE_NOOP("Columns", "Last day that was traded"), false},
    Column{QT_TRANSLATE_NOOP("Columns", "in sample"),
           QT_TRANSLATE_NOOP("Columns", "What was picked by, on the days picked on")},
    Column{QT_TRANSLATE_NOOP("Columns", "out of sample"), QT_TRANSLATE_NOOP("Columns", "The same on the days traded")},
    Column{QT_TRANSLATE_NOOP("Columns", "P&L"), QT_TRANSLATE_NOOP("Columns", "Dollars, of the days traded")},
    Column{QT_TRANSLATE_NOOP("Columns", "trades"), nullptr},
    Column{QT_TRANSLATE_NOOP("Columns", "picked"), nullptr, false},
};
static_assert(columns.size() == FoldsModel::PickedColumn + 1);
} // namespace

FoldsModel::FoldsModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void FoldsModel::setReport(std::shared_ptr<const desk::SweepReport> report)
{
    beginResetModel();
    m_report = std::move(report);
    endResetModel();
}

int FoldsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_report ? 0 : static_cast<int>(m_report->walkForward->folds.size());
}

QVariant FoldsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::WalkForwardView& walked = *m_report->walkForward;
    const desk::FoldView& fold = walked.folds[static_cast<std::size_t>(index.row())];
    const auto figure = [&](double value) { return metricText({walked.objective, walked.unit, value}); };
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        if (role == Qt::ToolTipRole && index.column() == InSampleColumn && fold.lostInSample())
            return tr("Even the best setting lost money on the days picked on: %1.")
                .arg(signedMoney(fold.inSampleProfit));
        switch (index.column()) {
        case PickedFromColumn:
            return dateText(fold.inFirst);
        case PickedToColumn:
            return dateText(fold.inLast);
        case TradedFromColumn:
            return dateText(fold.outFirst);
        case TradedToColumn:
            return dateText(fold.outLast);
        case InSampleColumn:
            return fold.lostInSample() ? tr("%1, at a loss").arg(figure(fold.inSample)) : figure(fold.inSample);
        case OutOfSampleColumn:
            return figure(fold.outOfSample);
        case ProfitColumn:
            return signedMoney(fold.netProfit);
        case TradesColumn:
            return fold.endsOpen ? tr("%1, one open").arg(number(static_cast<double>(fold.trades), 0))
                                 : number(static_cast<double>(fold.trades), 0);
        case PickedColumn:
            return pickedWords(*m_report, fold);
        default:
            return {};
        }
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        if (index.column() == InSampleColumn && fold.lostInSample())
            return m_theme.color(Role::Warning);
        if (index.column() == ProfitColumn)
            return m_theme.signColor(shownSign(fold.netProfit, 2));
        return index.column() <= TradedToColumn ? QVariant(m_theme.color(Role::Dim)) : QVariant();
    default:
        return {};
    }
}

} // namespace vegadesk::ui
