#include "ui/panels/sorted_table.h"

#include "ui/models/column_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QShortcut>
#include <QTableView>

#include <cmath>
#include <limits>

namespace vegadesk::ui
{

namespace
{
constexpr int digitsCopied = 12;

QVariant plainOf(const QModelIndex& index)
{
    const QVariant plain = index.data(plainRole);
    return plain.isValid() ? plain : index.data(Qt::DisplayRole);
}

bool isNumber(const QVariant& value)
{
    return value.typeId() == QMetaType::Double || value.typeId() == QMetaType::Int;
}

QString textOf(const QVariant& value)
{
    if (!isNumber(value))
        return value.toString().replace(u'\t', u' ').replace(u'\n', u' ');
    const double number = value.toDouble();
    return std::isfinite(number) ? QString::number(number, 'g', digitsCopied) : QString();
}
} // namespace

bool SortedRows::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const bool isLeftPinned = left.data(pinnedRole).toBool(), isRightPinned = right.data(pinnedRole).toBool();
    if (isLeftPinned != isRightPinned)
        return isLeftPinned == (sortOrder() == Qt::AscendingOrder);
    const QVariant a = plainOf(left), b = plainOf(right);
    if (!isNumber(a) || !isNumber(b))
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    const auto known = [](const QVariant& value) {
        const double number = value.toDouble();
        return std::isnan(number) ? -std::numeric_limits<double>::infinity() : number;
    };
    return known(a) < known(b);
}

SortedRows* sortTable(QTableView& view, QAbstractItemModel& model)
{
    auto* const sorted = new SortedRows(&view);
    sorted->setSourceModel(&model);
    view.setModel(sorted);
    view.horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    view.horizontalHeader()->setSortIndicatorClearable(true);
    view.setSortingEnabled(true);
    auto* const copy = new QShortcut(QKeySequence(QKeySequence::Copy), &view);
    copy->setContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QShortcut::activated, &view, [&view] { copyTable(view); });
    return sorted;
}

QString tableText(const QAbstractItemModel& model)
{
    QStringList lines, cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << textOf(model.headerData(column, Qt::Horizontal, Qt::DisplayRole));
    lines << cells.join(u'\t');
    for (int row = 0; row < model.rowCount(); ++row) {
        cells.clear();
        for (int column = 0; column < model.columnCount(); ++column)
            cells << textOf(plainOf(model.index(row, column)));
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

void copyTable(const QTableView& view)
{
    QGuiApplication::clipboard()->setText(tableText(*view.model()));
}

} // namespace vegadesk::ui
