#include "ui/panels/dispersion.h"

#include "ui/models/dispersion_model.h"
#include "ui/models/words.h"
#include "ui/panels/column_fitter.h"
#include "ui/panels/figure.h"
#include "ui/panels/segments.h"
#include "ui/panels/split_box.h"
#include "ui/panels/table_look.h"
#include "ui/plots/correlation_plot.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{

constexpr int sideBySideFrom = 640;
constexpr std::array<int, 3> spans{63, 252, 0}; ///< trading days; 0: all
constexpr int decimals = 2;                     ///< of a correlation

QLabel* makeLine(const char* name, const char* tone, QWidget* parent)
{
    QLabel* const label = makeLabel({}, tone, parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setContentsMargins(Theme::unit, 2, Theme::unit, 0);
    return label;
}

void say(QLabel& label, const QString& words)
{
    label.setText(words);
    label.setVisible(!words.isEmpty());
}

/// How implied correlation compares with its past, and of how much of the basket all of it is.
QString placeText(const desk::DispersionView& view)
{
    QStringList parts;
    if (!std::isnan(view.percentile))
        parts << DispersionPanel::tr("above %1 of the last year's days, whose median is %2")
                     .arg(percent(view.percentile, 0), number(view.median, decimals));
    parts << DispersionPanel::tr("pairs moved with %1 over 21 days and %2 over 63")
                 .arg(number(view.pairwiseMonth, decimals), number(view.pairwiseQuarter, decimals));
    if (view.known < view.members.size())
        parts << DispersionPanel::tr("of %1 of %2 members, %3 of their weight")
                     .arg(number(static_cast<double>(view.known), 0),
                          number(static_cast<double>(view.members.size()), 0), percent(view.coverage, 0));
    return parts.join(QStringLiteral(" · "));
}

QString residualText(const desk::DispersionView& view)
{
    const desk::DispersionResidual& left = view.residual;
    if (!left.hasPositions)
        return DispersionPanel::tr("Nothing is held in %1 or these members.").arg(text(view.index.symbol));
    QStringList parts{
        DispersionPanel::tr("Δ %1 $").arg(number(left.dollarDelta, 0)),
        DispersionPanel::tr("β Δ %1 $").arg(number(left.betaDelta, 0)),
        DispersionPanel::tr("Γ %1 $ for 1 %").arg(number(left.gamma, 0)),
        DispersionPanel::tr("Θ %1 $ a day").arg(number(left.theta, 1)),
        DispersionPanel::tr("vega index %1, members %2").arg(number(left.indexVega, 1), number(left.memberVega, 1))};
    if (!std::isnan(left.vegaRatio))
        parts << DispersionPanel::tr("ratio %1 (even vega 1, even theta %2)")
                     .arg(number(left.vegaRatio, decimals), number(left.thetaRatio, decimals));
    if (left.unknownCount > 0)
        parts << DispersionPanel::tr("%n position(s) left out: no figure is known", nullptr, left.unknownCount);
    return DispersionPanel::tr("Held together: %1").arg(parts.join(QStringLiteral(" · ")));
}

/// What stands in the way of a figure, each in plain words.
QString missingText(const desk::DispersionView& view)
{
    QStringList gaps, days;
    const auto look = [&](const desk::DispersionRow& row) {
        if (const QString gap = DispersionModel::gapText(row); !gap.isEmpty())
            gaps << gap;
        if (!row.hasDays)
            days << text(row.symbol);
    };
    look(view.index);
    std::ranges::for_each(view.members, look);
    QStringList all;
    if (!gaps.isEmpty())
        all << DispersionPanel::tr("Not in the implied correlation: %1.").arg(gaps.join(QStringLiteral(", ")));
    if (!days.isEmpty())
        all << DispersionPanel::tr("Daily bars have not come yet: %1.").arg(days.join(QStringLiteral(", ")));
    const auto isKnown = [](const desk::DispersionDay& day) { return !std::isnan(day.exact); };
    if (!view.history->empty() && std::ranges::none_of(*view.history, isKnown))
        all << DispersionPanel::tr(
            "The daily bars carry no implied volatilities: its history begins with this session.");
    if (view.index.isOld)
        all << DispersionPanel::tr("No new quotes: implied volatilities are those of the last ones.");
    return all.join(u' ');
}

} // namespace

DispersionPanel::DispersionPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_view(std::make_shared<const desk::DispersionView>()),
      m_pages(new QStackedLayout(this)), m_spans(new Segments(tr("span of the correlations"), this)),
      m_basket(new QLineEdit(this)), m_problem(makeLine("dispersion_problem", "loss", this)),
      m_now(makeLine("dispersion_now", "strong", this)), m_place(makeLine("dispersion_place", "dim", this)),
      m_residual(makeLine("dispersion_residual", "strong", this)),
      m_missing(makeLine("dispersion_missing", "warning", this)), m_plot(new CorrelationPlot(context.theme, this)),
      m_model(new DispersionModel(context.theme, this)), m_table(new QTableView(this))
{
    m_problem->hide();
    m_missing->hide();
    m_plot->setObjectName(QStringLiteral("dispersion_plot"));
    m_plot->setAccessibleName(tr("implied and realised correlation over time"));
    m_now->setToolTip(tr(
        "What correlation of the members the index's implied volatility says: (σ_I² − Σw²σ²) / ((Σwσ)² − Σw²σ²). The "
        "proxy (σ_I / Σwσ)² is too high where members are few. Realised: by the first formula, of daily closes."));
    m_residual->setToolTip(tr(
        "All positions in the index and these members together. β Δ is in dollars of the reference index; Γ is what a "
        "move of every name by 1 % adds to Δ. The ratio is the members' vega a dollar of the index's."));

    auto* const content = new QWidget(this);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(0, Theme::unit / 2, 0, Theme::unit / 2);
    column->setSpacing(2);
    column->addWidget(makeBar());
    column->addWidget(m_problem);
    column->addWidget(m_now);
    column->addWidget(m_place);
    column->addWidget(new SplitBox(m_plot, 3, makeTable(), 2, sideBySideFrom, content), 1);
    column->addWidget(m_residual);
    column->addWidget(m_missing);
    QLabel* const empty = makeLabel(tr("Waiting for the basket's listings…"), "dim", this);
    empty->setObjectName(QStringLiteral("dispersion_empty"));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);
    m_pages->addWidget(content);

    connect(&context.theme, &Theme::changed, m_table->viewport(), qOverload<>(&QWidget::update));
    connect(&context.desk.settings(), &desk::Settings::changed, this, [this](const QString& key) {
        if (key == desk::basketKey)
            showBasket();
    });
    showBasket();
}

QWidget* DispersionPanel::makeBar()
{
    auto* const bar = new QWidget(this);
    auto* const row = new QHBoxLayout(bar);
    row->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    row->setSpacing(Theme::unit);
    m_spans->setObjectName(QStringLiteral("dispersion_spans"));
    m_spans->setChoices({{tr("3 M", "span"), tr("Three months")},
                         {tr("1 Y", "span"), tr("A year")},
                         {tr("All", "span"), tr("All that is known")}});
    m_spans->choose(1);
    connect(m_spans, &Segments::chosenByUser, this, &DispersionPanel::fillPlot);
    m_basket->setObjectName(QStringLiteral("dispersion_basket"));
    m_basket->setAccessibleName(tr("Basket: an index and its members with their weights"));
    m_basket->setToolTip(
        tr("An index and its members with their weights in it, as in “SPY = AAPL 0.07, MSFT 0.06”. Enter takes it, "
           "an empty line brings back the shipped one."));
    m_basket->setPlaceholderText(text(toText(desk::shippedBasket())));
    connect(m_basket, &QLineEdit::returnPressed, this, &DispersionPanel::takeBasket);
    row->addWidget(m_spans);
    row->addWidget(m_basket, 1);
    return bar;
}

QWidget* DispersionPanel::makeTable()
{
    m_table->setObjectName(QStringLiteral("dispersion_members"));
    m_table->setAccessibleName(tr("the index and its members, with volatilities and what is held"));
    m_table->setModel(m_model);
    prepareTable(*m_table, m_context.theme, -1);
    using Model = DispersionModel;
    new ColumnFitter(*m_table, *m_table->horizontalHeader(),
                     {Model::ThetaColumn, Model::DollarDeltaColumn, Model::QuarterColumn, Model::VegaColumn,
                      Model::WeightColumn, Model::MonthColumn});
    m_table->setMinimumHeight(3 * m_context.theme.rowHeight());
    m_table->setMinimumWidth(200);
    return m_table;
}

void DispersionPanel::refresh()
{
    m_context.desk.followDispersion();
    std::shared_ptr<const desk::DispersionView> view = m_context.desk.dispersion();
    if (view != m_view)
        draw(std::move(view));
}

void DispersionPanel::draw(std::shared_ptr<const desk::DispersionView> view)
{
    m_view = std::move(view);
    m_pages->setCurrentIndex(m_view->members.empty() ? 0 : 1);
    if (m_view->members.empty())
        return;
    m_model->update(*m_view);
    fillPlot();
    m_now->setText(tr("%1: implied correlation %2 (proxy %3), realised %4 over 21 days and %5 over 63")
                       .arg(text(m_view->index.symbol), number(m_view->exact, decimals),
                            number(m_view->proxy, decimals), number(m_view->realisedMonth, decimals),
                            number(m_view->realisedQuarter, decimals)));
    m_place->setText(placeText(*m_view));
    m_residual->setText(residualText(*m_view));
    say(*m_missing, missingText(*m_view));
}

void DispersionPanel::fillPlot()
{
    m_plot->setView(m_view, spans[static_cast<std::size_t>(std::max(0, m_spans->chosen()))]);
}

void DispersionPanel::showBasket()
{
    m_basket->setText(text(toText(desk::basketOf(m_context.desk.settings()))));
    m_basket->setCursorPosition(0);
    say(*m_problem, {});
}

void DispersionPanel::takeBasket()
{
    const QString typed = m_basket->text().trimmed();
    const std::string wanted = typed.isEmpty() ? toText(desk::shippedBasket()) : typed.toStdString();
    if (const auto done = desk::setBasket(m_context.desk.settings(), wanted); !done)
        say(*m_problem, QStringLiteral("▲ ") + text(done.error().message()));
}

} // namespace vegadesk::ui
