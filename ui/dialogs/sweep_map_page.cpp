#include "ui/dialogs/sweep_map_page.h"

#include "ui/models/backtest_models.h"
#include "ui/models/sweep_words.h"
#include "ui/models/words.h"
#include "ui/panels/fact_rows.h"
#include "ui/panels/figure.h"
#include "ui/plots/sweep_heat_map.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <array>

namespace vegadesk::ui
{

namespace
{
constexpr int factsWidth = 216, anyValue = -1, none = -1;
/// Of the chosen run, those that say most.
constexpr std::array shown{
    "sharpe", "deflated_sharpe", "trials", "net_profit",    "cagr", "max_drawdown",        "sortino",
    "calmar", "win_rate",        "trades", "profit_factor", "fees", "max_buying_power_use"};
} // namespace

SweepMapPage::SweepMapPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_verdict(makeLabel({}, "", this)), m_signals(makeLabel({}, "dim", this)),
      m_metric(new QComboBox(this)), m_across(new QComboBox(this)), m_up(new QComboBox(this)),
      m_others(new QWidget(this)), m_othersRow(new QHBoxLayout(m_others)), m_map(new SweepHeatMap(theme, this)),
      m_chosenTitle(makeLabel({}, "strong", this)), m_facts(new FactRows(this))
{
    m_verdict->setObjectName(QStringLiteral("sweep_verdict"));
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_signals->setObjectName(QStringLiteral("sweep_signals"));
    m_signals->setWordWrap(true);
    m_signals->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_map->setObjectName(QStringLiteral("sweep_map"));
    m_map->setAccessibleName(tr("the figure over two parameters"));
    m_chosenTitle->setObjectName(QStringLiteral("sweep_chosen"));
    m_chosenTitle->setWordWrap(true);
    m_facts->setObjectName(QStringLiteral("sweep_facts"));
    m_othersRow->setContentsMargins(0, 0, 0, 0);
    m_othersRow->setSpacing(Theme::unit);

    auto* const choices = new QHBoxLayout;
    choices->setSpacing(Theme::unit);
    const auto add = [&](QComboBox* box, const char* name, const QString& words) {
        box->setObjectName(QString::fromLatin1(name));
        box->setAccessibleName(words);
        choices->addWidget(makeLabel(words, "dim", this));
        choices->addWidget(box);
    };
    add(m_metric, "sweep_metric", tr("Figure"));
    add(m_across, "sweep_across", tr("across"));
    add(m_up, "sweep_up", tr("up"));
    choices->addStretch();

    auto* const facts = new QWidget(this);
    auto* const factColumn = new QVBoxLayout(facts);
    factColumn->setContentsMargins(0, 0, 0, 0);
    factColumn->addWidget(m_chosenTitle);
    factColumn->addWidget(m_facts);
    factColumn->addStretch();
    facts->setFixedWidth(factsWidth);
    auto* const row = new QHBoxLayout;
    row->setSpacing(Theme::unit * 2);
    row->addWidget(m_map, 1);
    row->addWidget(facts);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, Theme::unit, 0, 0);
    column->setSpacing(Theme::unit);
    column->addLayout(choices);
    column->addWidget(m_others);
    column->addLayout(row, 1);
    column->addWidget(m_verdict);
    column->addWidget(m_signals);

    connect(m_metric, &QComboBox::currentIndexChanged, this, &SweepMapPage::draw);
    for (QComboBox* const box : {m_across, m_up})
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            fillOthers();
            draw();
        });
    connect(m_map, &SweepHeatMap::runChosen, this, &SweepMapPage::runChosen);
}

void SweepMapPage::setReport(std::shared_ptr<const desk::SweepReport> report)
{
    m_report = std::move(report);
    fillChoices();
    fillOthers();
    draw();
    setChosen(best());
}

void SweepMapPage::fillChoices()
{
    const QSignalBlocker quietMetric(m_metric), quietAcross(m_across), quietUp(m_up);
    const QString metric = m_metric->currentIndex() < 0 ? QStringLiteral("sharpe") : m_metric->currentData().toString();
    const QString across = m_across->currentData().toString(), up = m_up->currentData().toString();
    m_metric->clear();
    for (const desk::SweepMetric& each : m_report->metrics)
        m_metric->addItem(metricTitle(each.id), text(each.id));
    m_metric->model()->sort(0);
    m_metric->setCurrentIndex(std::max(0, m_metric->findData(metric)));
    m_across->clear();
    m_up->clear();
    for (const desk::SweepAxis& axis : m_report->axes)
        for (QComboBox* const box : {m_across, m_up})
            box->addItem(axisTitle(axis), text(axis.name));
    m_up->addItem(tr("nothing"), QString());
    m_across->setCurrentIndex(std::max(0, m_across->findData(across)));
    // The next one, but for a sweep of one parameter.
    const int kept = up.isEmpty() ? none : m_up->findData(up);
    const int next = m_report->axes.size() > 1 ? (m_across->currentIndex() == 0 ? 1 : 0) : m_up->count() - 1;
    m_up->setCurrentIndex(kept == none || kept == m_across->currentIndex() ? next : kept);
}

void SweepMapPage::fillOthers()
{
    for (const Other& other : m_otherBoxes)
        delete other.value;
    m_otherBoxes.clear();
    while (QLayoutItem* const item = m_othersRow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t axis = 0; axis < m_report->axes.size(); ++axis) {
        if (static_cast<int>(axis) == m_across->currentIndex() || static_cast<int>(axis) == m_up->currentIndex())
            continue;
        const desk::SweepAxis& each = m_report->axes[axis];
        auto* const box = new QComboBox(m_others);
        box->setObjectName(QStringLiteral("sweep_other_") + text(each.name));
        box->setAccessibleName(axisTitle(each));
        box->addItem(tr("best"), anyValue);
        for (std::size_t place = 0; place < each.values.size(); ++place)
            box->addItem(axisValueText(each, place), static_cast<int>(place));
        connect(box, &QComboBox::currentIndexChanged, this, &SweepMapPage::draw);
        m_othersRow->addWidget(makeLabel(axisTitle(each), "dim", m_others));
        m_othersRow->addWidget(box);
        m_otherBoxes.push_back({axis, box});
    }
    m_othersRow->addStretch();
    m_others->setVisible(!m_otherBoxes.empty());
}

desk::SweepMapChoice SweepMapPage::choice() const
{
    desk::SweepMapChoice choice;
    choice.metric = desk::metricPlace(*m_report, m_metric->currentData().toString().toStdString()).value_or(0);
    choice.across = static_cast<std::size_t>(std::max(0, m_across->currentIndex()));
    const auto up = static_cast<std::size_t>(std::max(0, m_up->currentIndex()));
    if (up < m_report->axes.size() && up != choice.across)
        choice.up = up;
    choice.fixed.resize(m_report->axes.size());
    for (const Other& other : m_otherBoxes) {
        if (const int place = other.value->currentData().toInt(); place != anyValue)
            choice.fixed[other.axis] = static_cast<std::size_t>(place);
    }
    return choice;
}

void SweepMapPage::draw()
{
    const desk::SweepMapChoice drawn = choice();
    m_map->setReport(m_report, drawn);
    const SweepVerdict verdict = verdictOf(*m_report, drawn.metric);
    m_verdict->setText(verdict.words);
    QStringList signalLines;
    for (const std::string& each : m_report->signals)
        signalLines << text(each);
    m_signals->setText(signalLines.join(u' '));
    m_signals->setVisible(!signalLines.isEmpty());
    setLook(*m_verdict, "tone", verdict.isWarning ? QStringLiteral("warning") : QString());
}

void SweepMapPage::setChosen(std::optional<std::size_t> run)
{
    m_map->setChosen(run);
    m_chosenTitle->setText(run ? runWords(*m_report, *run) : tr("Click a cell for its run."));
    std::vector<FactRows::Fact> facts;
    for (const char* const id : shown) {
        const auto place = run ? desk::metricPlace(*m_report, id) : std::nullopt;
        if (!place)
            continue;
        const desk::SweepMetric& metric = m_report->metrics[*place];
        facts.push_back({metricTitle(metric.id),
                         metricText({metric.id, metric.unit, desk::figureOf(m_report->runs[*run], *place)}),
                         "strong",
                         {}});
    }
    m_facts->setFacts(facts);
}

} // namespace vegadesk::ui
