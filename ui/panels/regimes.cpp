#include "ui/panels/regimes.h"

#include "ui/models/regime_switches_model.h"
#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/panels/fact_rows.h"
#include "ui/panels/figure.h"
#include "ui/panels/segments.h"
#include "ui/panels/split_box.h"
#include "ui/panels/table_look.h"
#include "ui/plots/regime_plot.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
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
constexpr std::array<int, 4> spans{63, 252, 1260, 0}; ///< trading days; 0: all
} // namespace

RegimesPanel::RegimesPanel(const PanelContext& context, QWidget* parent)
    : RiskViewPanel(context, parent), m_spans(new Segments(tr("span of the regimes"), this)),
      m_now(makeLabel({}, "strong", this)), m_plot(new RegimePlot(context.theme, this)), m_facts(new FactRows(this)),
      m_model(new RegimeSwitchesModel(context.theme, this)), m_switches(new QTableView(this))
{
    setContent(new SplitBox(makePlot(), 5, makeDetails(), 2, sideBySideFrom, this));
    m_spans->setChoices({{tr("3 M", "span"), tr("Three months")},
                         {tr("1 Y", "span"), tr("A year")},
                         {tr("5 Y", "span"), tr("Five years")},
                         {tr("All", "span"), tr("All that is known")}});
    m_spans->choose(1);
    connect(m_spans, &Segments::chosenByUser, this, &RegimesPanel::fillPlot);
    connect(&context.theme, &Theme::changed, m_switches->viewport(), qOverload<>(&QWidget::update));
    // The word's colour is its regime's.
    connect(&context.theme, &Theme::changed, this, [this] { draw(); });
}

QWidget* RegimesPanel::makePlot()
{
    auto* const part = new QWidget(this);
    auto* const column = new QVBoxLayout(part);
    column->setContentsMargins(0, Theme::unit / 2, 0, 0);
    column->setSpacing(2);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    bar->setSpacing(Theme::unit);
    m_spans->setObjectName(QStringLiteral("regime_spans"));
    m_now->setObjectName(QStringLiteral("regime_now"));
    m_now->setWordWrap(true);
    bar->addWidget(m_spans);
    bar->addStretch(1);
    column->addLayout(bar);
    m_now->setContentsMargins(Theme::unit, 2, Theme::unit, 0);
    column->addWidget(m_now);
    m_plot->setObjectName(QStringLiteral("regime_plot"));
    m_plot->setAccessibleName(tr("the index over time, and the probabilities of its regimes"));
    column->addWidget(m_plot, 1);
    return part;
}

QWidget* RegimesPanel::makeDetails()
{
    auto* const part = new QWidget(this);
    auto* const column = new QVBoxLayout(part);
    column->setContentsMargins(0, Theme::unit, 0, 0);
    column->setSpacing(Theme::unit / 2);
    m_facts->setObjectName(QStringLiteral("regime_facts"));
    column->addWidget(m_facts);
    m_switches->setObjectName(QStringLiteral("regime_switches"));
    m_switches->setAccessibleName(tr("when the regime changed, newest first"));
    m_switches->setModel(m_model);
    prepareTable(*m_switches, context().theme, RegimeSwitchesModel::RegimeColumn);
    setColumnWidths(*m_switches, *m_switches->horizontalHeader(), {9, 9, 5, 7});
    m_switches->setMinimumHeight(3 * context().theme.rowHeight());
    m_switches->setMinimumWidth(240);
    column->addWidget(m_switches, 1);
    return part;
}

QString RegimesPanel::titleCount() const
{
    const auto risk = context().desk.risk();
    const desk::RegimeView& regimes = risk->regimes;
    return regimes.regime.empty() || regimes.regime.back() < 0
               ? QString()
               : QStringLiteral("· ") + regimeWord(regimes.names[static_cast<std::size_t>(regimes.regime.back())]);
}

QString RegimesPanel::draw()
{
    const desk::RegimeView& regimes = view().regimes;
    if (regimes.dates.empty())
        return regimes.why.empty()     ? tr("Waiting for the history of the index…")
               : regimes.index.empty() ? text(regimes.why)
                                       : tr("No regimes found in %1.").arg(text(regimes.index)) + u'\n' + text(regimes.why);
    const int now = regimes.regime.back();
    const auto place = static_cast<std::size_t>(std::max(0, now));
    const char* tone = "strong";
    if (now >= 0) {
        const Role role = regimeRole(place, regimes.names.size());
        tone = role == Role::Gain ? "gain" : role == Role::Loss ? "loss" : role == Role::Warning ? "warning" : "accent";
        m_now->setText(tr("● %1 is %2, with %3 probability")
                           .arg(text(regimes.index), regimeWord(regimes.names[place]),
                                percent(regimes.probabilities[place].back(), 0)));
    } else {
        m_now->setText(tr("%1 is in no regime yet").arg(text(regimes.index)));
    }
    setLook(*m_now, "tone", QString::fromLatin1(tone));
    m_now->setToolTip(
        tr("By a Gaussian mixture fitted to what was known the evening before. It changes only when it has been "
           "sure for some days."));
    fillPlot();
    m_model->update(regimes);
    m_facts->setFacts(
        {{tr("Size of new strategy trades"),
          std::isnan(regimes.sizeMultiplier) ? tr("not known") : tr("× %1").arg(number(regimes.sizeMultiplier, 2)),
          regimes.sizeMultiplier < 1 ? "warning" : "strong",
          tr("What the regime and the tolerance leave of a strategy's usual size. It tightens at once and "
             "loosens by one step a day.")}});
    return {};
}

void RegimesPanel::fillPlot()
{
    m_plot->setView(shared(), spans[static_cast<std::size_t>(std::max(0, m_spans->chosen()))]);
}

} // namespace vegadesk::ui
