#include "ui/panels/risk.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/risk_gauge.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
/// Scrolls up and down. Its words wrap, but no narrower than the longest of them: the dock ends there, where they would be cut.
class ColumnScroll : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;

    QSize minimumSizeHint() const override
    {
        const int width = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
        return {width, QScrollArea::minimumSizeHint().height()};
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }
};
} // namespace

RiskPanel::RiskPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_gaugeColumn(new QVBoxLayout), m_state(makeLabel({}, "strong", this)),
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
    for (QLabel* label : {m_state, m_stateReason, m_stale, m_differencesTitle})
        label->setWordWrap(true);
    m_differencesTitle->setToolTip(tr("Nothing is traded to mend a difference. Compare with the broker's own page."));

    auto* const content = new QWidget(this);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(Theme::unit, Theme::unit, Theme::unit, Theme::unit);
    column->setSpacing(Theme::unit);
    m_gaugeColumn->setSpacing(Theme::unit / 2);
    column->addLayout(m_gaugeColumn);
    column->addWidget(m_state);
    column->addWidget(m_resume, 0, Qt::AlignLeft);
    for (QWidget* part : std::initializer_list<QWidget*>{m_stateReason, m_stale, m_differencesTitle})
        column->addWidget(part);
    m_differenceColumn->setSpacing(Theme::unit / 2);
    column->addLayout(m_differenceColumn);
    column->addStretch();

    auto* const scroll = new ColumnScroll(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
}

void RiskPanel::refresh()
{
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

void RiskPanel::drawGauges(const std::vector<desk::Gauge>& gauges)
{
    while (m_gauges.size() > gauges.size()) {
        delete m_gauges.back();
        m_gauges.pop_back();
    }
    while (m_gauges.size() < gauges.size()) {
        m_gauges.push_back(new RiskGauge(m_context.theme, this));
        m_gaugeColumn->addWidget(m_gauges.back());
    }
    for (std::size_t i = 0; i < gauges.size(); ++i)
        m_gauges[i]->setGauge(gauges[i]);
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
