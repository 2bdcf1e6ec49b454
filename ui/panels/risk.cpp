#include "ui/panels/risk.h"

#include "ui/models/alert_words.h"
#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/panels/column_scroll.h"
#include "ui/panels/figure.h"
#include "ui/panels/risk_gauge.h"
#include "ui/panels/tolerance_row.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

RiskPanel::RiskPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_gaugeColumn(new QVBoxLayout), m_regime(makeLabel({}, "strong", this)),
      m_leftOut(makeLabel({}, "faint", this)), m_state(makeLabel({}, "strong", this)),
      m_stateReason(makeLabel({}, "dim", this)),
      m_stale(makeLabel(tr("The account connection is down: these are the last known figures."), "warning", this)),
      m_differencesTitle(makeLabel(tr("To be looked at"), "warning", this)), m_differenceColumn(new QVBoxLayout),
      m_resume(new QPushButton(tr("Resume trading"), this))
{
    m_state->setObjectName(QStringLiteral("risk_state"));
    m_resume->setObjectName(QStringLiteral("risk_resume"));
    m_resume->setToolTip(tr("Lift the halt. Orders that were cancelled stay cancelled."));
    connect(m_resume, &QPushButton::clicked, this, [this] { m_context.desk.resume(); });
    for (QLabel* label : {m_stateReason, m_stale})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel* label : {m_regime, m_leftOut, m_state, m_stateReason, m_stale, m_differencesTitle})
        label->setWordWrap(true);
    for (QLabel* label : {m_regime, m_leftOut})
        label->hide();
    m_differencesTitle->setToolTip(tr("Nothing is traded to mend a difference. Compare with the broker's own page."));

    auto* const content = new QWidget(this);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(Theme::unit, Theme::unit, Theme::unit, Theme::unit);
    column->setSpacing(Theme::unit);
    m_gaugeColumn->setSpacing(Theme::unit / 2);
    m_regime->setObjectName(QStringLiteral("risk_regime"));
    m_leftOut->setObjectName(QStringLiteral("risk_left_out"));
    column->addLayout(m_gaugeColumn);
    column->addWidget(m_leftOut);
    column->addWidget(m_regime);
    auto* const tolerance = new ToleranceRow(context.desk.settings(), content);
    connect(tolerance, &ToleranceRow::limitsAsked, this, &Panel::limitsAsked);
    column->addWidget(tolerance);
    column->addWidget(m_state);
    column->addWidget(m_resume, 0, Qt::AlignLeft);
    for (QWidget* part : std::initializer_list<QWidget*>{m_stateReason, m_stale, m_differencesTitle})
        column->addWidget(part);
    m_differenceColumn->setSpacing(Theme::unit / 2);
    column->addLayout(m_differenceColumn);
    column->addStretch();

    auto* const whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    auto* const scroll = new ColumnScroll(content, this);
    whole->addWidget(scroll);
    // Once the layout has given the question its place.
    connect(
        tolerance, &ToleranceRow::asked, scroll, [scroll, tolerance] { scroll->ensureWidgetVisible(tolerance); },
        Qt::QueuedConnection);
}

void RiskPanel::refresh()
{
    if (std::shared_ptr<const desk::RiskView> risk = m_context.desk.risk(); risk != m_risk) {
        m_risk = std::move(risk);
        drawRisk(*m_risk);
    }
    const std::shared_ptr<const desk::TradingView> trading = m_context.desk.trading();
    if (m_hasDrawn && trading->version == m_version)
        return;
    m_hasDrawn = true;
    m_version = trading->version;
    draw(*trading);
}

void RiskPanel::draw(const desk::TradingView& trading)
{
    drawGauges(trading.gauges);
    drawState(trading);
    drawDifferences(trading.differences);
    m_stale->setVisible(trading.isStale);
}

void RiskPanel::drawRisk(const desk::RiskView& risk)
{
    const desk::RegimeView& regimes = risk.regimes;
    const bool hasRegime = !regimes.regime.empty() && regimes.regime.back() >= 0;
    m_regime->setVisible(hasRegime);
    if (hasRegime) {
        const auto now = static_cast<std::size_t>(regimes.regime.back());
        const Role role = regimeRole(now, regimes.names.size());
        QString words = tr("● Market %1", "regime").arg(regimeWord(regimes.names[now]));
        if (!std::isnan(regimes.sizeMultiplier))
            words += QStringLiteral(" · ") + tr("size × %1").arg(number(regimes.sizeMultiplier, 2));
        m_regime->setText(words);
        m_regime->setToolTip(
            tr("The regime of %1 since the switch that the panel Regimes lists; new strategy trades are cut to "
               "this part of their usual size.")
                .arg(text(regimes.index)));
        setLook(*m_regime, "tone",
                role == Role::Gain      ? QStringLiteral("gain")
                : role == Role::Loss    ? QStringLiteral("loss")
                : role == Role::Warning ? QStringLiteral("warning")
                                        : QStringLiteral("accent"));
    }
    std::vector<std::string> leftOut = risk.valueAtRisk.leftOut;
    leftOut.insert(leftOut.end(), risk.stress.leftOut.begin(), risk.stress.leftOut.end());
    std::ranges::sort(leftOut);
    leftOut.erase(std::unique(leftOut.begin(), leftOut.end()), leftOut.end());
    m_leftOut->setText(
        tr("%n position(s) left out of value at risk or stress", nullptr, static_cast<int>(leftOut.size())));
    m_leftOut->setToolTip(leftOutWords(leftOut));
    m_leftOut->setVisible(!leftOut.empty());
}

void RiskPanel::drawGauges(const std::vector<desk::Gauge>& gauges)
{
    while (m_gauges.size() > gauges.size()) {
        delete m_gauges.back();
        m_gauges.pop_back();
    }
    while (m_gauges.size() < gauges.size()) {
        m_gauges.push_back(new RiskGauge(m_context.theme, this));
        m_gaugeColumn->addWidget(m_gauges.back());
        m_gauges.back()->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(m_gauges.back(), &QWidget::customContextMenuRequested, this,
                [this, place = m_gauges.size() - 1](const QPoint& at) { showMenu(place, at); });
    }
    m_figures = gauges;
    for (std::size_t i = 0; i < gauges.size(); ++i)
        m_gauges[i]->setGauge(gauges[i]);
}

void RiskPanel::showMenu(std::size_t gauge, const QPoint& at)
{
    const desk::Gauge& of = m_figures[gauge];
    if (!findAlertMeasure(m_context.desk.alerts()->measures, of.id))
        return;
    monitoring::AlertRule rule;
    rule.measure = of.id;
    // Where the gauge turns amber.
    rule.threshold = std::isnan(of.limit) ? of.value : RiskGauge::nearShare * of.limit;
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Alert me when %1…").arg(RiskGauge::nameOf({of.id, {}, {}, {}, {}})), this,
                    [this, rule] { Q_EMIT alertAsked(rule); });
    menu->popup(m_gauges[gauge]->mapToGlobal(at));
}

void RiskPanel::drawState(const desk::TradingView& trading)
{
    QString words;
    const char* tone = "gain";
    switch (trading.state) {
    case desk::DeskState::Active:
        words = trading.isStale ? tr("▲ No orders: the account's connection is down") : tr("● Trading");
        tone = trading.isStale ? "warning" : "gain";
        break;
    case desk::DeskState::Reducing:
        words = tr("▲ Closing orders only");
        tone = "warning";
        break;
    case desk::DeskState::Halted:
        words = tr("■ Halted");
        tone = "loss";
        break;
    }
    m_state->setText(words);
    setLook(*m_state, "tone", QString::fromLatin1(tone));
    m_stateReason->setText(text(trading.stateReason));
    m_stateReason->setVisible(!trading.stateReason.empty());
    m_resume->setVisible(trading.state == desk::DeskState::Halted);
}

void RiskPanel::drawDifferences(const std::vector<desk::DifferenceRow>& differences)
{
    m_differencesTitle->setVisible(!differences.empty());
    if (differences == m_differences)
        return;
    m_differences = differences;
    for (QWidget* const row : m_differenceRows)
        delete row;
    m_differenceRows.clear();
    for (const desk::DifferenceRow& difference : differences) {
        auto* const row = new QWidget(this);
        auto* const line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(Theme::unit);
        QLabel* const sentence = makeLabel(text(difference.sentence), "dim", row);
        sentence->setWordWrap(true);
        sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto* const seen = new QPushButton(tr("Seen"), row);
        seen->setObjectName(QStringLiteral("risk_acknowledge"));
        seen->setToolTip(
            tr("The broker is right: its figures become ours, and new orders in this underlying pass again."));
        connect(seen, &QPushButton::clicked, this, [this, id = difference.id] { m_context.desk.acknowledge(id); });
        line->addWidget(sentence, 1);
        line->addWidget(seen, 0, Qt::AlignTop);
        m_differenceColumn->addWidget(row);
        m_differenceRows.push_back(row);
    }
}

void RiskPanel::lookAtDifferences()
{
    if (!m_differenceRows.empty())
        m_differenceRows.front()->findChild<QPushButton*>()->setFocus(Qt::ShortcutFocusReason);
}

} // namespace vegadesk::ui
