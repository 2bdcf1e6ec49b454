#include "ui/panels/greeks.h"

#include "ui/models/greeks_model.h"
#include "ui/panels/cell_delegate.h"
#include "ui/panels/table_look.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
/// A number with a thin bar under it: how it compares with the others of its column.
class BarDelegate : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        CellDelegate::paint(painter, option, index);
        const QVariant share = index.data(GreeksModel::barRole);
        if (!share.isValid())
            return;
        constexpr double height = 2, inset = padding;
        const double value = share.toDouble();
        const QRectF cell(option.rect);
        const double width = (cell.width() - 2 * inset) * qAbs(value);
        // Long exposures in the accent, short ones fainter: the number says the sign, the bar only the size.
        painter->fillRect(QRectF(cell.right() - inset - width, cell.bottom() - height, width, height),
                          theme().color(value < 0 ? Role::Faint : Role::Accent));
    }
};
} // namespace

GreeksPanel::GreeksPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_model(new GreeksModel(context.theme, this)), m_view(new QTableView(this))
{
    m_view->setObjectName(QStringLiteral("greeks_view"));
    m_view->setModel(m_model);
    prepareTable(*m_view, m_context.theme, GreeksModel::NameColumn);
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {14, 10, 12, 10, 10, 11});
    m_view->setItemDelegate(new BarDelegate(m_context.theme, m_view));
    m_view->setSelectionMode(QAbstractItemView::NoSelection);
    m_view->setFocusPolicy(Qt::NoFocus);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    connect(&m_context.theme, &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));
}

void GreeksPanel::refresh()
{
    std::shared_ptr<const desk::TradingView> trading = m_context.desk.trading();
    std::shared_ptr<const desk::TicketView> ticket = m_context.desk.ticket();
    if (trading == m_trading && ticket == m_ticket)
        return;
    m_trading = std::move(trading);
    m_ticket = std::move(ticket);
    m_model->update(*m_trading, m_ticket->legs.empty() ? nullptr : m_ticket.get());
}

} // namespace vegadesk::ui
