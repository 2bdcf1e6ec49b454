#include "ui/panels/price_chart.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/plots/candle_plot.h"
#include "ui/theme/format.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace vegadesk::ui
{

namespace
{
const QString spanKey = QStringLiteral("chart/span");
} // namespace

PriceChartPanel::PriceChartPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_view(std::make_shared<const desk::ChartView>()),
      m_title(makeLabel({}, "dim", this)), m_empty(makeLabel({}, "dim", this)), m_spans(new QButtonGroup(this)),
      m_stack(new QStackedWidget(this)), m_plot(new CandlePlot(context.theme, this))
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, 0);
    bar->setSpacing(2);
    const std::array<std::pair<QString, QString>, desk::chartSpanCount> spans{{
        {tr("1 D", "span"), tr("One session, bars of a minute")},
        {tr("1 W", "span"), tr("A week, bars of five minutes")},
        {tr("1 M", "span"), tr("A month, bars of half an hour")},
        {tr("3 M", "span"), tr("Three months, bars of an hour")},
        {tr("6 M", "span"), tr("Six months, bars of two hours")},
        {tr("1 Y", "span"), tr("A year, bars of a day")},
        {tr("3 Y", "span"), tr("Three years, bars of a day")},
    }};
    for (std::size_t span = 0; span < spans.size(); ++span) {
        auto* const button = new QPushButton(spans[span].first, this);
        button->setProperty("kind", QStringLiteral("segment"));
        button->setProperty("dense", true);
        button->setCheckable(true);
        button->setToolTip(spans[span].second);
        m_spans->addButton(button, static_cast<int>(span));
        bar->addWidget(button);
    }
    bar->addStretch(1);
    column->addLayout(bar);
    m_plot->setObjectName(QStringLiteral("candle_plot"));
    m_plot->setAccessibleName(tr("prices of the past"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_plot);
    column->addWidget(m_stack, 1);
    connect(m_spans, &QButtonGroup::idClicked, this, [this](int span) {
        choose(span);
        m_context.desk.settings().setBytes(spanKey, QByteArray::number(span));
    });
    bool isNumber = false;
    const int kept = m_context.desk.settings().bytes(spanKey).toInt(&isNumber);
    const int last = static_cast<int>(desk::chartSpanCount) - 1;
    m_spans->button(isNumber ? std::clamp(kept, 0, last) : static_cast<int>(desk::ChartSpan::Year))->setChecked(true);
}

QWidget* PriceChartPanel::titleExtras()
{
    return m_title;
}

void PriceChartPanel::choose(int span)
{
    if (const auto chain = m_context.desk.chain(); !chain->underlying.empty())
        m_context.desk.showChart(QString::fromStdString(chain->underlying), static_cast<desk::ChartSpan>(span));
}

void PriceChartPanel::refresh()
{
    choose(m_spans->checkedId()); // nothing, while it is what is shown
    show(m_context.desk.chart());
}

void PriceChartPanel::show(std::shared_ptr<const desk::ChartView> view)
{
    if (view == m_view)
        return;
    m_view = std::move(view);
    const auto& bars = m_view->bars;
    if (bars.empty()) {
        m_title->clear();
        m_empty->setText(m_view->isLoading
                             ? tr("Loading the history of %1…").arg(text(m_view->symbol))
                             : tr("There is no history of %1 here: %2.").arg(text(m_view->symbol), text(m_view->why)));
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    const double change = bars.back().candle.close / bars.front().candle.close - 1;
    m_title->setText(text(m_view->symbol) + u' ' + number(bars.back().candle.close, 2) + QStringLiteral("  ") +
                     signedPercent(change, 1));
    m_title->setToolTip(tr("The last price, and the change over what is shown"));
    setLook(*m_title, "tone", QString::fromLatin1(signTone(change)));
    m_plot->setView(m_view);
    m_stack->setCurrentWidget(m_plot);
}

} // namespace vegadesk::ui
