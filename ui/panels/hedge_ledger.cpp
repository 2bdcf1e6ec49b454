#include "ui/panels/hedge_ledger.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/sorted_table.h"
#include "ui/panels/table_look.h"
#include "ui/theme/format.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace vegadesk::ui
{

HedgeLedgerTable::HedgeLedgerTable(const Theme& theme, HedgeLedgerModel::Order order, const QString& name,
                                   QWidget* parent)
    : QWidget(parent), m_model(new HedgeLedgerModel(theme, order, this)), m_view(new QTableView(this)),
      m_tie(makeLabel({}, "dim", this))
{
    m_view->setObjectName(name);
    m_view->setAccessibleName(tr("marks and hedges of the chosen trade"));
    sortTable(*m_view, *m_model);
    prepareTable(*m_view, theme, -1);
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {15, 11, 7, 6, 8, 8, 6, 9, 10, 10, 10, 9, 10, 26, 8, 40});
    m_tie->setObjectName(name + QStringLiteral("_tie"));
    m_tie->setWordWrap(true);
    m_tie->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tie->setAlignment(Qt::AlignTop | Qt::AlignLeft);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit / 2);
    column->addWidget(m_tie);
    column->addWidget(m_view, 1);
}

void HedgeLedgerTable::setEmpty(const QString& why)
{
    m_model->setLedger(nullptr);
    m_view->hide();
    m_tie->setText(why);
}

void HedgeLedgerTable::setLedger(const std::shared_ptr<const desk::HedgeLedgerView>& ledger)
{
    m_model->setLedger(ledger);
    m_view->show();
    const desk::HedgeStep& total = ledger->total;
    const double ownProfit = total.profit - total.financing;
    QStringList lines{
        tr("½ΓS²[(ΔS/S)² − σ²Δt] %1, unhedged delta %2, residual %3 (implied volatility %4, higher order %5, "
           "marks beside the model %6), settlements %7, costs %8: together %9.")
            .arg(signedMoney(total.scalped), signedMoney(total.unhedged), signedMoney(total.residual),
                 signedMoney(ledger->vega), signedMoney(ledger->higherOrder), signedMoney(ledger->unexplained),
                 signedMoney(total.settled), signedMoney(total.cost), signedMoney(total.profit)),
        tr("By the books: options %1, hedges %2, financing %3, settlements %4, costs %5: the same %6.")
            .arg(signedMoney(ledger->options), signedMoney(ledger->hedges), signedMoney(total.financing),
                 signedMoney(total.settled), signedMoney(total.cost), signedMoney(total.profit))};
    if (ledger->since == base::Instant{})
        lines << tr("Less the financing of %1, which moves no cash of the trade, that is its profit, %2.")
                     .arg(signedMoney(total.financing), signedMoney(ownProfit));
    else
        lines << tr("Since %1, when it was taken over after a restart: less the financing, which moves no cash of the "
                    "trade, its profit since then is %2. What it made before is not in here.")
                     .arg(newYorkText(ledger->since, tr("d MMM yy HH:mm:ss", "date format")), signedMoney(ownProfit));
    m_tie->setText(lines.join(u'\n'));
}

} // namespace vegadesk::ui
