#include "ui/panels/stress.h"

#include "market/calendar.h"
#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/panels/amount_table.h"
#include "ui/panels/column_scroll.h"
#include "ui/panels/fact_rows.h"
#include "ui/panels/figure.h"
#include "ui/panels/segments.h"
#include "ui/panels/split_box.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/stress_map.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int sideBySideFrom = 640;
enum Picture : int { Map, Curves };
enum Unit : int { Dollars, Percent };

/// As high as its longest sentence needs, whatever it says: the map does not jump under the mouse.
class ReadOut : public QLabel
{
public:
    explicit ReadOut(QWidget* parent) : QLabel(parent)
    {
        setProperty("tone", QStringLiteral("dim"));
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
    }

    int heightForWidth(int width) const override
    {
        constexpr int letters = 104;
        const QMargins margins = contentsMargins();
        const int across = std::max(1, width - margins.left() - margins.right());
        const int lines = 1 + letters * fontMetrics().averageCharWidth() / across;
        return std::max(QLabel::heightForWidth(width),
                        lines * fontMetrics().lineSpacing() + margins.top() + margins.bottom());
    }
};
} // namespace

StressPanel::StressPanel(const PanelContext& context, QWidget* parent)
    : RiskViewPanel(context, parent), m_days(new Segments(tr("day of the stress"), this)),
      m_pictures(new Segments(tr("picture of the stress"), this)),
      m_units(new Segments(tr("unit of the figures"), this)), m_volatility(new QComboBox(this)),
      m_pages(new QStackedWidget(this)), m_map(new StressMap(context.theme, this)),
      m_curves(new CurvePlot(context.theme, this)), m_readOut(new ReadOut(this)), m_facts(new FactRows(this)),
      m_legsTitle(makeLabel(tr("What makes the worst cell"), "label", this)),
      m_pastTitle(makeLabel(tr("Days of the past on this book"), "label", this)),
      m_leftOut(makeLabel({}, "faint", this)), m_legs(new AmountTable(context.theme, false, this)),
      m_past(new AmountTable(context.theme, false, this))
{
    setContent(new SplitBox(makeMap(), 3, makeDetails(), 2, sideBySideFrom, this));
    m_pictures->setChoices({{tr("Map"), tr("Spot across, volatility up, a number in each cell")},
                            {tr("Curves"), tr("Profit and loss over spot, a curve for each day")}});
    m_units->setChoices(
        {{tr("$", "unit"), tr("Figures in dollars")}, {tr("%", "unit"), tr("Figures in percent of net liquidation")}});
    connect(m_days, &Segments::chosenByUser, this, &StressPanel::fillMap);
    connect(m_units, &Segments::chosenByUser, this, &StressPanel::fillMap);
    connect(m_pictures, &Segments::chosenByUser, this, &StressPanel::fillMap);
    connect(m_volatility, &QComboBox::activated, this, &StressPanel::fillCurves);
    connect(m_map, &StressMap::chosenChanged, this, &StressPanel::sayCell);
}

QWidget* StressPanel::makeMap()
{
    auto* const part = new QWidget(this);
    auto* const column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, 0);
    bar->setSpacing(Theme::unit);
    m_days->setObjectName(QStringLiteral("stress_days"));
    m_pictures->setObjectName(QStringLiteral("stress_pictures"));
    m_units->setObjectName(QStringLiteral("stress_units"));
    m_volatility->setObjectName(QStringLiteral("stress_volatility"));
    m_volatility->setAccessibleName(tr("move of volatility under the curves"));
    m_volatility->setToolTip(tr("By how much every implied volatility moves, relative to what it is"));
    bar->addWidget(m_days);
    bar->addWidget(m_volatility);
    bar->addStretch(1);
    bar->addWidget(m_units);
    bar->addWidget(m_pictures);
    m_map->setObjectName(QStringLiteral("stress_map"));
    m_map->setAccessibleName(tr("profit and loss under moves of spot and volatility; arrow keys choose a cell"));
    m_curves->setObjectName(QStringLiteral("stress_curves"));
    m_curves->setAccessibleName(tr("profit and loss over moves of spot"));
    m_curves->setAxes([](double move) { return moveText(move); }, 7, [](double dollars) { return number(dollars, 0); },
                      5);
    m_pages->addWidget(m_map);
    m_pages->addWidget(m_curves);
    m_readOut->setObjectName(QStringLiteral("stress_read_out"));
    m_readOut->setContentsMargins(Theme::unit, 0, Theme::unit, Theme::unit / 2);
    column->addLayout(bar);
    column->addWidget(m_pages, 1);
    column->addWidget(m_readOut);
    return part; // the map is seen whole; what it says in words is scrolled
}

QWidget* StressPanel::makeDetails()
{
    auto* const content = new QWidget(this);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(0, Theme::unit, 0, Theme::unit);
    column->setSpacing(Theme::unit / 2);
    m_facts->setObjectName(QStringLiteral("stress_facts"));
    m_legs->setObjectName(QStringLiteral("stress_legs"));
    m_legs->setAccessibleName(tr("legs of the worst cell"));
    m_past->setObjectName(QStringLiteral("stress_past"));
    m_past->setAccessibleName(tr("days of the past on this book"));
    m_pastTitle->setToolTip(
        tr("What one day's moves of the index and of its volatility would do to the positions of now"));
    m_leftOut->setObjectName(QStringLiteral("stress_left_out"));
    m_leftOut->setWordWrap(true);
    column->addWidget(m_facts);
    const auto addTable = [column](QLabel* title, AmountTable* table) {
        title->setContentsMargins(Theme::unit, Theme::unit, Theme::unit, 0);
        column->addWidget(title);
        column->addWidget(table);
    };
    addTable(m_legsTitle, m_legs);
    addTable(m_pastTitle, m_past);
    m_leftOut->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    column->addWidget(m_leftOut);
    column->addStretch();
    return new ColumnScroll(content, this);
}

QString StressPanel::titleCount() const
{
    const auto risk = context().desk.risk(); // the panel may not have been seen yet
    const double net = context().desk.trading()->netLiquidation;
    const double worst = risk->stress.worst.profit;
    return worst < 0 && net > 0 ? tr("· worst cell %1").arg(signedPercent(worst / net)) : QString();
}

QString StressPanel::dayWords(int days) const
{
    if (days == 0)
        return tr("today");
    const base::Date date = market::newYorkDate(view().at) + std::chrono::days(days);
    return tr("%1, in %n day(s)", nullptr, days).arg(shortDateText(date));
}

QString StressPanel::placeWords(std::size_t day, std::size_t volatility, std::size_t spot) const
{
    const desk::StressView& grid = view().stress;
    return tr("spot %1 · volatility %2 · %3")
        .arg(moveText(grid.spotMoves[spot]), moveText(grid.volatilityMoves[volatility]), dayWords(grid.days[day]));
}

QString StressPanel::draw()
{
    const desk::StressView& grid = view().stress;
    if (grid.profits.empty())
        return grid.why.empty() ? tr("Waiting for the first revaluation of what is held…") : text(grid.why);
    std::vector<Segments::Choice> days;
    for (const int day : grid.days)
        days.push_back({day == 0 ? tr("Today") : tr("+%1 d", "days ahead").arg(day),
                        day == 0 ? tr("Moves at once, no time passes")
                                 : tr("The moves are there %n day(s) from now", nullptr, day)});
    m_days->setChoices(days);
    if (m_volatility->count() != static_cast<int>(grid.volatilityMoves.size())) {
        m_volatility->clear();
        for (const double move : grid.volatilityMoves)
            m_volatility->addItem(tr("volatility %1").arg(moveText(move)));
        const auto flat =
            std::ranges::min_element(grid.volatilityMoves, {}, [](double move) { return std::abs(move); });
        m_volatility->setCurrentIndex(static_cast<int>(flat - grid.volatilityMoves.begin()));
    }
    fillMap();
    sayWorst();
    return {};
}

void StressPanel::fillMap()
{
    const bool isMap = m_pictures->chosen() != Curves;
    m_pages->setCurrentIndex(isMap ? Map : Curves);
    m_days->setVisible(isMap);
    m_units->setVisible(isMap);
    m_volatility->setVisible(!isMap);
    if (view().stress.profits.empty())
        return;
    if (isMap)
        m_map->setView(shared(), static_cast<std::size_t>(std::max(0, m_days->chosen())),
                       m_units->chosen() == Percent ? netLiquidation() : desk::unknown);
    else
        fillCurves();
    sayCell();
}

void StressPanel::fillCurves()
{
    const desk::StressView& grid = view().stress;
    const auto volatility = static_cast<std::size_t>(std::max(0, m_volatility->currentIndex()));
    std::vector<CurvePlot::Curve> curves;
    for (std::size_t day = 0; day < grid.days.size(); ++day) {
        CurvePlot::Curve curve{grid.days[day] == 0 ? tr("today") : tr("+%1 d", "days ahead").arg(grid.days[day]),
                               {},
                               {},
                               day == 0,
                               day == 0};
        for (std::size_t spot = 0; spot < grid.spotMoves.size(); ++spot) {
            curve.xs << grid.spotMoves[spot];
            curve.ys << grid.profit(day, volatility, spot);
        }
        curves.push_back(std::move(curve));
    }
    m_curves->setCurves(std::move(curves));
}

void StressPanel::sayCell()
{
    const desk::StressView& grid = view().stress;
    if (grid.profits.empty())
        return;
    if (m_pictures->chosen() == Curves)
        return m_readOut->setText(tr("Profit and loss of the whole book, every underlying moved alike."));
    const auto day = static_cast<std::size_t>(std::max(0, m_days->chosen()));
    const StressMap::Cell cell = m_map->chosen().value_or(m_map->worst());
    const double dollars = grid.profit(day, cell.volatility, cell.spot);
    const QString words =
        tr("%1: %2, %3 of net liquidation")
            .arg(placeWords(day, cell.volatility, cell.spot), signedMoney(dollars), shareText(dollars));
    m_readOut->setText(m_map->chosen() ? words : tr("Framed, the worst of this day: %1").arg(words));
    m_map->setAccessibleDescription(m_readOut->text());
}

void StressPanel::sayWorst()
{
    const desk::StressView& grid = view().stress;
    const auto dollars = [this](double amount) {
        return std::isnan(amount) ? tr("not known")
                                  : signedNumber(amount, 0) + QStringLiteral(" · ") + shareText(amount);
    };
    std::vector<FactRows::Fact> facts;
    facts.push_back(
        {tr("Worst of all cells: %1").arg(placeWords(grid.worst.day, grid.worst.volatility, grid.worst.spot)),
         dollars(grid.worst.profit), signTone(grid.worst.profit, 0),
         tr("The lowest of all days' maps, by full revaluation of every position.")});
    facts.push_back({grid.withoutSpread == 0
                         ? tr("Closing everything there")
                         : tr("Closing everything there, %n spread(s) not known", nullptr, grid.withoutSpread),
                     dollars(grid.liquidation), signTone(grid.liquidation, 0),
                     tr("That cell's result if every position were closed at once across its spread.")});
    const bool hasCall = !std::isnan(grid.marginCallMove);
    facts.push_back({tr("Margin call"),
                     hasCall                  ? tr("at spot %1").arg(signedPercent(grid.marginCallMove))
                     : grid.isMarginCallKnown ? tr("none within the map")
                                              : tr("not known"),
                     hasCall ? "warning" : "strong",
                     tr("The move of every spot, volatility as it is, at which no buying power is left.")});
    m_facts->setFacts(facts);

    std::vector<AmountRow> legs;
    for (const desk::StressLeg& leg : grid.worstLegs) {
        legs.push_back(
            {symbolWords(leg.symbol), {}, tr("%1 dollars in the worst cell").arg(signedMoney(leg.profit)), leg.profit});
    }
    m_legsTitle->setVisible(!legs.empty());
    m_legs->setVisible(!legs.empty());
    m_legs->setRows(std::move(legs));

    std::vector<AmountRow> past;
    for (const desk::HistoricalStress& day : grid.historical) {
        const QString moves =
            tr("spot %1, vol %2").arg(signedPercent(day.spotMove), signedPercent(day.volatilityMove, 0));
        past.push_back({text(day.title), moves,
                        tr("%1: %2: %3 dollars, %4 of net liquidation")
                            .arg(text(day.title), moves, signedMoney(day.profit), shareText(day.profit)),
                        day.profit});
    }
    m_pastTitle->setVisible(!past.empty());
    m_past->setVisible(!past.empty());
    m_past->setRows(std::move(past));
    m_leftOut->setText(leftOutWords(grid.leftOut));
    m_leftOut->setVisible(!grid.leftOut.empty());
}

} // namespace vegadesk::ui
