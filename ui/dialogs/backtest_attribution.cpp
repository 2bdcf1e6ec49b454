#include "ui/dialogs/backtest_attribution.h"

#include "ui/models/run_attribution_model.h"
#include "ui/panels/figure.h"
#include "ui/panels/sorted_table.h"
#include "ui/panels/table_look.h"
#include "ui/plots/waterfall_plot.h"
#include "ui/theme/format.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>
#include <numeric>

namespace vegadesk::ui
{

BacktestAttribution::BacktestAttribution(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_model(new RunAttributionModel(theme, this)), m_view(new QTableView(this)),
      m_sorted(sortTable(*m_view, *m_model)), m_plot(new WaterfallPlot(theme, this)),
      m_title(makeLabel({}, "strong", this)), m_sum(makeLabel({}, "dim", this))
{
    m_view->setObjectName(QStringLiteral("backtest_attribution"));
    m_view->setAccessibleName(tr("profit of the run and its trades by source; the current row is drawn"));
    prepareTable(*m_view, theme, -1);
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {30, 9, 10, 9, 9, 9, 9, 9, 9, 9, 9, 11, 9, 11});
    m_plot->setObjectName(QStringLiteral("backtest_attribution_plot"));
    m_plot->setAccessibleName(tr("parts of the profit, one after the other, and their total"));
    m_title->setObjectName(QStringLiteral("backtest_attribution_title"));
    m_title->setWordWrap(true);
    m_sum->setObjectName(QStringLiteral("backtest_attribution_sum"));
    m_sum->setWordWrap(true);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit, Theme::unit, Theme::unit, 0);
    column->setSpacing(Theme::unit / 2);
    column->addWidget(m_title);
    column->addWidget(m_plot, 1);
    column->addWidget(m_sum);
    column->addWidget(m_view, 1);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &BacktestAttribution::draw);
}

void BacktestAttribution::setReport(const std::shared_ptr<const desk::BacktestReport>& report)
{
    m_report = report;
    m_model->setReport(report);
    m_sum->setText(sumWords());
    m_view->setCurrentIndex(m_sorted->mapFromSource(m_model->index(0, 0)));
    draw();
}

/// The parts are whole cents, and so is their sum.
QString BacktestAttribution::sumWords() const
{
    if (m_report->attribution.empty())
        return tr("Nothing ran: there is no profit to take apart.");
    const auto cents = [](double dollars) { return std::llround(100 * dollars); };
    const desk::AttributionRow& whole = m_report->attribution.front();
    const long long sum = std::accumulate(whole.parts.begin(), whole.parts.end(), 0LL,
                                          [&](long long so, double part) { return so + cents(part); });
    const auto net = std::ranges::find(m_report->metrics, std::string("net_profit"), &desk::BacktestMetric::id);
    const double profit = net == m_report->metrics.end() ? desk::unknown : net->value;
    const QString parts = signedMoney(static_cast<double>(sum) / 100);
    QString words = std::isfinite(profit) && cents(profit) == sum
                        ? tr("The parts add up to the net profit, %1, to the cent.").arg(parts)
                        : tr("The parts add up to %1; the net profit is %2.").arg(parts, signedMoney(profit));
    if (m_report->unknownMarks > 0)
        words += u' ' + tr("Of %n position(s) a mark was missing: what they made is unexplained.", nullptr,
                           m_report->unknownMarks);
    return words;
}

void BacktestAttribution::draw()
{
    const int row = m_sorted->mapToSource(m_view->currentIndex()).row();
    const bool isThere = m_report && row >= 0 && row < m_model->rowCount();
    m_plot->setVisible(isThere);
    m_title->setVisible(isThere);
    if (!isThere)
        return;
    m_title->setText(m_model->titleOf(row));
    m_plot->setRow(m_report->attribution[static_cast<std::size_t>(row)]);
}

} // namespace vegadesk::ui
