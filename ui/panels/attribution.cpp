#include "ui/panels/attribution.h"

#include "market/calendar.h"
#include "ui/models/attribution_model.h"
#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/panels/column_fitter.h"
#include "ui/panels/figure.h"
#include "ui/panels/segments.h"
#include "ui/panels/split_box.h"
#include "ui/panels/table_look.h"
#include "ui/plots/waterfall_plot.h"
#include "ui/theme/format.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTreeView>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int sideBySideFrom = 900;
constexpr double smallShare = 0.05; ///< of the gross, that no Greek may explain
enum Span : int { Today, SinceEntry };

bool isSameScope(const desk::AttributionRow& a, const desk::AttributionRow& b)
{
    return a.level == b.level && a.underlying == b.underlying && a.title == b.title;
}
} // namespace

AttributionPanel::AttributionPanel(const PanelContext& context, QWidget* parent)
    : RiskViewPanel(context, parent), m_spans(new Segments(tr("span of the profit"), this)),
      m_model(new AttributionModel(context.theme, this)), m_tree(new QTreeView(this)),
      m_title(makeLabel({}, "strong", this)), m_reconciled(makeLabel({}, "dim", this)),
      m_unexplained(makeLabel({}, "dim", this)),
      m_plot(new WaterfallPlot(context.theme, this))
{
    setContent(new SplitBox(makePlot(), 3, makeTree(), 2, sideBySideFrom, this));
    nameSpans();
    connect(m_spans, &Segments::chosenByUser, this, &AttributionPanel::fill);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &AttributionPanel::fillPlot);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_tree->expandToDepth(1);
        std::size_t place = 0; // other rows: what was looked at stays, where it is still there
        while (place < m_model->size() && !isSameScope(m_model->rowAt(place), m_scope))
            ++place;
        if (m_model->size() > 0)
            m_tree->setCurrentIndex(m_model->indexOf(place < m_model->size() ? place : 0));
    });
    auto* const shortcut = new QShortcut(QKeySequence(QKeySequence::Copy), m_tree);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, &AttributionPanel::copy);
    connect(&context.theme, &Theme::changed, m_tree->viewport(), qOverload<>(&QWidget::update));
}

QWidget* AttributionPanel::makePlot()
{
    auto* const part = new QWidget(this);
    auto* const column = new QVBoxLayout(part);
    column->setContentsMargins(0, Theme::unit / 2, 0, Theme::unit / 2);
    column->setSpacing(2);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    bar->setSpacing(Theme::unit);
    m_spans->setObjectName(QStringLiteral("attribution_spans"));
    m_title->setObjectName(QStringLiteral("attribution_title"));
    m_title->setWordWrap(true);
    bar->addWidget(m_spans);
    bar->addStretch(1);
    auto* const copy = new QPushButton(tr("Copy", "a table"), part);
    copy->setObjectName(QStringLiteral("attribution_copy"));
    copy->setProperty("kind", QStringLiteral("flat"));
    copy->setToolTip(tr("Copies every row to the cent, for a spreadsheet (Ctrl+C in the table)"));
    connect(copy, &QPushButton::clicked, this, &AttributionPanel::copy);
    bar->addWidget(copy);
    column->addLayout(bar);
    m_title->setContentsMargins(Theme::unit, 2, Theme::unit, 0);
    column->addWidget(m_title);
    m_reconciled->setObjectName(QStringLiteral("attribution_reconciled"));
    m_reconciled->setWordWrap(true);
    m_reconciled->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    m_reconciled->setToolTip(
        tr("The toolbar's figure is the change of the account's net liquidation; here is what marks, fills and fees of the "
           "positions make of it."));
    m_reconciled->hide();
    column->addWidget(m_reconciled);
    m_plot->setObjectName(QStringLiteral("attribution_plot"));
    m_plot->setAccessibleName(tr("parts of the profit, one after the other, and their total"));
    column->addWidget(m_plot, 1);
    m_unexplained->setObjectName(QStringLiteral("attribution_unexplained"));
    m_unexplained->setWordWrap(true);
    m_unexplained->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    m_unexplained->setToolTip(
        tr("Large moves, jumps of volatility between strikes, and stale quotes leave more unexplained."));
    column->addWidget(m_unexplained);
    return part;
}

QWidget* AttributionPanel::makeTree()
{
    m_tree->setObjectName(QStringLiteral("attribution_tree"));
    m_tree->setAccessibleName(tr("profit by book, underlying, group and position; the current row is drawn"));
    m_tree->setModel(m_model);
    prepareTree(*m_tree, context().theme, -1);
    // Settlements, rho, volga, vanna, fees, trades, gamma, the unexplained, vega, theta, delta: the waterfall and what is copied
    // have all of them.
    constexpr int first = AttributionModel::FirstPartColumn;
    new ColumnFitter(*m_tree, *m_tree->header(),
                     {first + 8, first + 4, first + 6, first + 5, first + 9, first + 7, first + 1, first + 10,
                      first + 3, first + 2, first});
    m_tree->setMinimumHeight(3 * context().theme.rowHeight());
    return m_tree;
}

void AttributionPanel::copy() const
{
    QGuiApplication::clipboard()->setText(m_model->asText());
}

QString AttributionPanel::draw()
{
    const desk::AttributionView& profits = view().attribution;
    if (profits.today.empty() && profits.sinceEntry.empty())
        return profits.why.empty() ? tr("Nothing is held and nothing was traded: there is no profit to take apart.")
                                   : text(profits.why);
    fill();
    return {};
}

/// Of a day whose beginning was not seen it says from when it is.
void AttributionPanel::nameSpans()
{
    const desk::AttributionView& profits = view().attribution;
    const bool isLate = profits.todayFrom != base::Instant{} && !profits.isWholeDay;
    m_spans->setChoices(
        {isLate ? Segments::Choice{tr("Since %1").arg(fromWords()),
                                   tr("What this program has watched of today's profit: it did not run before then")}
                : Segments::Choice{tr("Today"), tr("Since the previous close, as the toolbar's day P&L")},
         {tr("Since entry"), tr("Since each position was opened")}});
}

/// When today's began: its time, and its date where that is an earlier one.
QString AttributionPanel::fromWords() const
{
    const base::Instant from = view().attribution.todayFrom;
    const bool isToday = market::newYorkDate(from) == market::newYorkDate(view().at);
    return newYorkText(from, isToday ? QStringLiteral("HH:mm") : tr("d MMM HH:mm", "date format"));
}

/// The toolbar's figure beside the book's, where they are not the same.
void AttributionPanel::reconcile(const desk::AttributionRow& row)
{
    const auto trading = context().desk.trading();
    const double apart = trading->dayProfit - row.total;
    const bool isSaid = m_spans->chosen() != SinceEntry && row.level == desk::AttributionRow::Level::Book &&
                        shownSign(apart, 2) != 0;
    m_reconciled->setVisible(isSaid);
    if (!isSaid)
        return;
    const QString from = trading->dayFrom == base::Instant{}
                             ? tr("the previous close")
                             : newYorkText(trading->dayFrom, QStringLiteral("HH:mm"));
    m_reconciled->setText(
        view().attribution.isWholeDay
            ? tr("Day P&L in the toolbar: %1 since %2, %3 of it not in here.")
                  .arg(signedMoney(trading->dayProfit), from, signedMoney(apart))
            : tr("Day P&L in the toolbar: %1 since %2, %3 of it not in here: made before %4, when this began.")
                  .arg(signedMoney(trading->dayProfit), from, signedMoney(apart), fromWords()));
}

void AttributionPanel::fill()
{
    nameSpans();
    const desk::AttributionView& profits = view().attribution;
    m_model->update(m_spans->chosen() == SinceEntry ? profits.sinceEntry : profits.today);
    fillPlot();
}

void AttributionPanel::fillPlot()
{
    const QModelIndex current = m_tree->currentIndex();
    const bool isThere = m_model->size() > 0;
    m_plot->setVisible(isThere);
    if (!isThere) {
        m_title->setText(tr("There is nothing to take apart over this span."));
        m_reconciled->hide();
        m_unexplained->clear();
        return;
    }
    const desk::AttributionRow& row = m_model->rowAt(current.isValid() ? AttributionModel::placeOf(current) : 0);
    m_scope = row;
    const bool isPosition = row.level == desk::AttributionRow::Level::Position;
    QString title = attributionTitle(row);
    if (isPosition && row.title != row.underlying)
        title = text(row.underlying) + u' ' + title;
    title += QStringLiteral("  ") + signedMoney(row.total);
    const bool isDay = m_spans->chosen() != SinceEntry && view().attribution.todayFrom != base::Instant{};
    if (isDay)
        title += QStringLiteral("  ") + (view().attribution.isWholeDay ? tr("since the previous close")
                                                                       : tr("since %1, New York").arg(fromWords()));
    m_title->setText(title);
    reconcile(row);
    m_plot->setRow(row);

    double gross = 0;
    for (const double part : row.parts)
        gross += std::abs(part);
    const double share = std::abs(row.parts.back()) / gross;
    const bool isLarge = share > smallShare && shownSign(row.parts.back(), 0) != 0;
    m_unexplained->setText(
        gross > 0 ? (isLarge ? tr("▲ %1 of all movements is unexplained") : tr("%1 of all movements is unexplained"))
                        .arg(percent(share))
                  : QString());
    setLook(*m_unexplained, "tone", isLarge ? QStringLiteral("warning") : QStringLiteral("dim"));
}

} // namespace vegadesk::ui
