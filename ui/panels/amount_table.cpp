#include "ui/panels/amount_table.h"

#include "ui/panels/cell_delegate.h"
#include "ui/panels/table_look.h"
#include "ui/plots/plot.h"
#include "ui/theme/format.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int leastBar = 40, leastName = 72;

class AmountDelegate : public CellDelegate
{
public:
    AmountDelegate(const Theme& theme, const AmountsModel& model, bool areLosses, QObject* parent)
        : CellDelegate(theme, parent), m_model(model), m_areLosses(areLosses)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        CellDelegate::paint(painter, option, index);
        if (index.column() == AmountsModel::NameColumn)
            return paintDetail(painter, option, index);
        const QVariant share = index.data(AmountsModel::barRole);
        if (!share.isValid())
            return;
        const QRectF cell = QRectF(option.rect).adjusted(padding, 0, -padding, 0);
        // Zero stands where the largest loss and the largest gain of the list leave it.
        const double zero = cell.left() + cell.width() * lossShare();
        const double length = cell.width() * std::abs(share.toDouble()) / (lossShare() > 0 && hasGain() ? 2 : 1);
        const double height = std::max(4.0, cell.height() / 3);
        const bool isLeft = !m_areLosses && share.toDouble() < 0;
        const QRectF bar(isLeft ? zero - length : zero, cell.center().y() - height / 2, length, height);
        painter->fillRect(bar, wash(m_model.colourOf(index.row()), 0.75));
        painter->fillRect(QRectF(zero, cell.top() + 2, 1, cell.height() - 4), theme().color(Role::Faint));
    }

private:
    bool hasGain() const
    {
        return std::ranges::any_of(m_model.rows(), [](const AmountRow& row) { return row.amount > 0; });
    }
    double lossShare() const
    {
        const bool hasLoss = std::ranges::any_of(m_model.rows(), [](const AmountRow& row) { return row.amount < 0; });
        if (m_areLosses || !hasLoss)
            return 0;
        return hasGain() ? 0.5 : 1;
    }
    void paintDetail(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
    {
        const QString detail = index.data(AmountsModel::detailRole).toString();
        const int used = option.fontMetrics.horizontalAdvance(index.data().toString()) + padding + 6;
        const QRect rest = option.rect.adjusted(used, 0, -2, 0);
        painter->setFont(theme().labelFont());
        if (detail.isEmpty() || painter->fontMetrics().horizontalAdvance(detail) > rest.width())
            return; // the tooltip says it
        painter->setPen(theme().color(Role::Faint));
        painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, detail);
    }

    const AmountsModel& m_model;
    bool m_areLosses;
};
} // namespace

AmountTable::AmountTable(const Theme& theme, bool areLosses, QWidget* parent)
    : QTableView(parent), m_theme(theme), m_model(new AmountsModel(theme, areLosses, this))
{
    setModel(m_model);
    prepareTable(*this, theme, -1);
    setItemDelegate(new AmountDelegate(theme, *m_model, areLosses, this));
    horizontalHeader()->hide();
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        fitColumns();
        updateGeometry();
    });
}

void AmountTable::setRows(std::vector<AmountRow> rows)
{
    const std::size_t before = m_model->rows().size();
    m_model->setRows(std::move(rows));
    fitColumns();
    if (m_model->rows().size() != before)
        updateGeometry();
}

int AmountTable::amountWidth() const
{
    int widest = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        widest = std::max(
            widest, fontMetrics().horizontalAdvance(m_model->index(row, AmountsModel::AmountColumn).data().toString()));
    return widest + 2 * CellDelegate::padding;
}

void AmountTable::fitColumns()
{
    const int amount = amountWidth();
    int widest = leastName;
    for (const AmountRow& row : m_model->rows())
        widest = std::max(widest, fontMetrics().horizontalAdvance(row.name) + 2 * CellDelegate::padding +
                                      (row.detail.isEmpty() ? 0 : 6 + fontMetrics().horizontalAdvance(row.detail)));
    const int room = viewport()->width() - amount;
    const int name = std::clamp(room - leastBar, leastName, widest);
    horizontalHeader()->resizeSection(AmountsModel::NameColumn, name);
    horizontalHeader()->resizeSection(AmountsModel::BarColumn, std::max(leastBar, room - name));
    horizontalHeader()->resizeSection(AmountsModel::AmountColumn, amount);
}

QSize AmountTable::sizeHint() const
{
    return {260, m_model->rowCount() * m_theme.rowHeight()};
}

QSize AmountTable::minimumSizeHint() const
{
    return {leastName + leastBar + amountWidth(), sizeHint().height()};
}

void AmountTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void AmountTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

void AmountTable::focusInEvent(QFocusEvent* event)
{
    QTableView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model->rowCount() > 0)
        setCurrentIndex(m_model->index(0, AmountsModel::NameColumn));
}

} // namespace vegadesk::ui
