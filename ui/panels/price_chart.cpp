#include "ui/panels/price_chart.h"

#include "market/symbols.h"
#include "ui/models/words.h"
#include "ui/panels/change_bar.h"
#include "ui/panels/figure.h"
#include "ui/plots/candle_plot.h"
#include "ui/theme/format.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace vegadesk::ui
{

namespace
{
const QString spanKey = QStringLiteral("chart/span");

/// The one contract or share that an order trades; empty of several.
std::string symbolOf(const execution::Order& order)
{
    return order.intent.legs.size() == 1 ? order.intent.legs.front().symbol : std::string();
}

QString sideWords(const portfolio::OrderLeg& leg)
{
    const QString size = quantityText(leg.quantity);
    return (portfolio::isBuy(leg.action) ? QStringLiteral("+") : QStringLiteral("\u2212")) + size;
}
} // namespace

PriceChartPanel::PriceChartPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_view(std::make_shared<const desk::ChartView>()),
      m_symbols(new QComboBox(this)), m_title(makeLabel({}, "dim", this)), m_empty(makeLabel({}, "dim", this)),
      m_spans(new QButtonGroup(this)), m_stack(new QStackedWidget(this)), m_plot(new CandlePlot(context.theme, this)),
      m_bar(new ChangeBar(context, this, QStringLiteral("chart_change")))
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
    m_symbols->setObjectName(QStringLiteral("chart_symbol"));
    m_symbols->setAccessibleName(tr("what the chart shows"));
    m_symbols->setToolTip(tr("The underlying, or a contract of it that you hold or work an order in"));
    m_symbols->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    bar->addWidget(m_symbols);
    column->addLayout(bar);
    m_plot->setObjectName(QStringLiteral("candle_plot"));
    m_plot->setAccessibleName(tr("prices of the past"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_plot);
    column->addWidget(m_stack, 1);
    column->addWidget(m_bar);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    connect(m_plot, &CandlePlot::lineDragged, this, &PriceChartPanel::drag);
    auto* const escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_plot);
    escape->setContext(Qt::WidgetShortcut);
    connect(escape, &QShortcut::activated, m_bar, &ChangeBar::discard);
    const auto addSend = [this](Qt::Key key) {
        auto* const send = new QShortcut(QKeySequence(key), m_plot);
        send->setContext(Qt::WidgetShortcut);
        connect(send, &QShortcut::activated, m_bar, &ChangeBar::send);
    };
    addSend(Qt::Key_Return);
    addSend(Qt::Key_Enter);
    connect(m_bar, &ChangeBar::ended, m_plot, &CandlePlot::stopDragging);
    // The trading thread judges one order at a time: the ticket's comes back.
    connect(m_bar, &ChangeBar::ended, &m_context.staged, &StagedOrder::changed);
    connect(m_symbols, &QComboBox::activated, this, [this] { choose(m_spans->checkedId()); });
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
    if (const QString symbol = m_symbols->currentData().toString(); !symbol.isEmpty())
        m_context.desk.showChart(symbol, static_cast<desk::ChartSpan>(span));
}

void PriceChartPanel::refresh()
{
    offerSymbols();
    choose(m_spans->checkedId()); // nothing, while it is what is shown
    m_bar->refresh();
    show(m_context.desk.chart());
    drawLines();
}

void PriceChartPanel::offerSymbols()
{
    const auto chain = m_context.desk.chain();
    const auto trading = m_context.desk.trading();
    std::set<std::string> contracts;
    for (const execution::Order& order : trading->orders) {
        if (order.intent.underlying == chain->underlying && !execution::isTerminal(order.status))
            contracts.insert(symbolOf(order));
    }
    for (const desk::PositionGroup& group : trading->groups) {
        for (const desk::PositionRow& row : group.rows) {
            if (row.position.underlying == chain->underlying)
                contracts.insert(row.position.symbol);
        }
    }
    contracts.erase(std::string());
    contracts.erase(chain->underlying);
    // What is looked at stays, also when nothing of it is held any more.
    const std::string shown = chain->underlying == std::exchange(m_underlying, chain->underlying)
                                  ? m_symbols->currentData().toString().toStdString()
                                  : chain->underlying;
    if (!shown.empty() && shown != chain->underlying)
        contracts.insert(shown);
    QStringList symbols{text(chain->underlying)};
    for (const std::string& contract : contracts)
        symbols << text(contract);
    QStringList offered;
    for (int i = 0; i < m_symbols->count(); ++i)
        offered << m_symbols->itemData(i).toString();
    if (symbols == offered)
        return;
    const QSignalBlocker quiet(m_symbols);
    m_symbols->clear();
    for (const QString& symbol : symbols) {
        const auto terms = market::parseOccSymbol(symbol.toStdString());
        m_symbols->addItem(contractText(symbol.toStdString(), terms ? std::optional(*terms) : std::nullopt, true),
                           symbol);
    }
    m_symbols->setCurrentIndex(std::max(0, m_symbols->findData(text(shown))));
    m_symbols->setVisible(m_symbols->count() > 1);
}

void PriceChartPanel::drag(const std::string& order, bool isTrigger, double price)
{
    const auto trading = m_context.desk.trading();
    const auto found = std::ranges::find(trading->orders, order, &execution::Order::externalId);
    if (found == trading->orders.end() || !execution::isReplaceable(*found))
        return m_plot->stopDragging();
    m_plot->setFocus();
    m_bar->begin(*found);
    m_bar->moveTo(price, isTrigger);
    drawLines();
}

void PriceChartPanel::drawLines()
{
    const auto trading = m_context.desk.trading();
    std::vector<PriceLine> lines;
    for (const execution::Order& order : trading->orders) {
        if (execution::isTerminal(order.status) || symbolOf(order) != m_view->symbol)
            continue;
        const bool isChanging = m_bar->isChanging() && m_bar->order() == order.externalId;
        const execution::OrderTerms terms = isChanging ? m_bar->terms() : execution::termsOf(order.intent);
        const auto add = [&](PriceLine::Kind kind, const std::optional<base::Decimal>& price, const QString& name) {
            if (!price)
                return;
            const QString words =
                sideWords(order.intent.legs.front()) + u' ' + name + u' ' + number(price->toDouble(), 2);
            lines.push_back(
                {kind, price->toDouble(), words, order.externalId, execution::isReplaceable(order), isChanging});
        };
        add(PriceLine::Kind::Trigger, terms.stopTrigger, tr("stop"));
        add(PriceLine::Kind::Limit, terms.price, tr("limit"));
    }
    for (const desk::PositionGroup& group : trading->groups) {
        for (const desk::PositionRow& row : group.rows) {
            const portfolio::Position& held = row.position;
            if (held.symbol == m_view->symbol && held.quantity != 0)
                lines.push_back(
                    {PriceLine::Kind::Average,
                     held.averageOpenPrice.toDouble(),
                     tr("%1 held at %2")
                         .arg((held.quantity > 0 ? QStringLiteral("+") : QString()) + quantityText(held.quantity),
                              number(held.averageOpenPrice.toDouble(), 2)),
                     {}});
        }
    }
    m_plot->setLines(std::move(lines));
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
