#include "ui/panels/greeks.h"

#include "ui/models/greeks_model.h"
#include "ui/models/words.h"
#include "ui/panels/cell_delegate.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"
#include "ui/theme/format.h"

#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

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
    : Panel(parent), m_context(context), m_model(new GreeksModel(context.theme, this)), m_view(new QTableView(this)),
      m_origin(makeLabel({}, "label", this))
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
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    m_origin->setObjectName(QStringLiteral("greeks_origin"));
    m_origin->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, Theme::unit / 2);
    m_origin->setWordWrap(true);
    column->addWidget(m_origin);
    connect(&m_context.theme, &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));
}

void GreeksPanel::refresh()
{
    std::shared_ptr<const desk::TradingView> trading = m_context.desk.trading();
    std::shared_ptr<const desk::TicketView> ticket = m_context.desk.ticket();
    std::shared_ptr<const desk::GreeksView> greeks = m_context.desk.greeks();
    if (trading == m_trading && ticket == m_ticket && greeks == m_greeks)
        return;
    m_trading = std::move(trading);
    m_ticket = std::move(ticket);
    m_greeks = std::move(greeks);
    show(*m_trading, m_ticket.get(), *m_greeks);
}

QString GreeksPanel::titleCount() const
{
    const auto greeks = m_context.desk.greeks(); // the panel may not have been seen yet
    if (greeks->model.empty())
        return {};
    const QString word = QStringLiteral("· ") + modelWord(greeks->model);
    return greeks->isWhole() ? word : tr("%1 in part", "some figures are by another model").arg(word);
}

void GreeksPanel::show(const desk::TradingView& trading, const desk::TicketView* ticket, const desk::GreeksView& greeks)
{
    m_model->update(trading, ticket && !ticket->legs.empty() ? ticket : nullptr, greeks);
    const bool isBrokers = greeks.model == "broker";
    const double age = m_model->brokerAge();
    const QString old = std::isnan(age) ? QString() : tr("up to %1 s old").arg(number(age, 0));
    const GreeksModel::Coverage& coverage = m_model->coverage();
    QStringList parts;
    if (!coverage.isWhole())
        parts << GreeksModel::coverageWords(coverage, greeks.model);
    else
        parts << (isBrokers ? tr("as the broker says them") : tr("ours, by %1").arg(modelWord(greeks.model)));
    if (isBrokers && !old.isEmpty())
        parts << old;
    else if (!isBrokers)
        parts << (old.isEmpty() ? tr("the broker says none") : tr("the broker's in the tooltips, %1").arg(old));
    if (!coverage.isWhole() && greeks.model == "quantlib")
        parts << tr("QuantLib prices the strikes around the money of the shown expiration, one after the other");
    else if (!coverage.isWhole() && greeks.model == "american_heston")
        parts << tr("only American options of the shown expiration are solved");
    else if (!coverage.isWhole() && greeks.model == "neural")
        parts << tr("the networks price American options of the shown chain, within what they were trained for");
    else if (!coverage.isWhole() && !isBrokers)
        parts << tr("only the shown chain is fitted");
    if (coverage.isWhole() && greeks.model == "neural")
        parts << tr("the networks' own derivatives, and finite differences where they were not trained");
    if (greeks.isTradingTime)
        parts << (isBrokers ? tr("Θ moved to trading time, of the next calendar day")
                            : tr("Θ of the next calendar day in trading time"));
    if (greeks.oldSince != base::Instant{})
        parts << oldWords(greeks.oldSince);
    if (m_model->disagrees())
        parts << tr("▲ amber: ours and the broker's are more apart than a tenth of what they add up");
    const QString words = parts.join(QStringLiteral(" · "));
    if (m_origin->text() != words)
        m_origin->setText(words);
    setLook(*m_origin, "tone", m_model->disagrees() ? QStringLiteral("warning") : QStringLiteral("label"));
    m_origin->setVisible(!greeks.model.empty());
}

} // namespace vegadesk::ui
