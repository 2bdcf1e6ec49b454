#include "ui/panels/value_at_risk.h"

#include "ui/models/risk_words.h"
#include "ui/models/value_at_risk_model.h"
#include "ui/models/words.h"
#include "ui/panels/amount_table.h"
#include "ui/panels/column_fitter.h"
#include "ui/panels/column_scroll.h"
#include "ui/panels/figure.h"
#include "ui/panels/split_box.h"
#include "ui/panels/table_look.h"
#include "ui/plots/risk_backtest_plot.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int sideBySideFrom = 760;

QLabel* wrappedLabel(const char* tone, const char* name, QWidget* parent)
{
    QLabel* const label = makeLabel({}, tone, parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    return label;
}
} // namespace

ValueAtRiskPanel::ValueAtRiskPanel(const PanelContext& context, QWidget* parent)
    : RiskViewPanel(context, parent), m_model(new ValueAtRiskModel(context.theme, this)),
      m_methods(new QTableView(this)), m_summary(wrappedLabel("dim", "var_summary", this)),
      m_agreement(wrappedLabel("dim", "var_agreement", this)),
      m_partsTitle(makeLabel(tr("What each underlying adds"), "label", this)),
      m_notes(wrappedLabel("faint", "var_notes", this)), m_parts(new AmountTable(context.theme, true, this)),
      m_method(new QComboBox(this)), m_zone(makeLabel({}, "strong", this)),
      m_hits(wrappedLabel("dim", "var_hits", this)), m_tests(wrappedLabel("dim", "var_tests", this)),
      m_plot(new RiskBacktestPlot(context.theme, this))
{
    setContent(new SplitBox(makeMethods(), 4, makeBacktest(), 5, sideBySideFrom, this));
    connect(m_method, &QComboBox::activated, this, &ValueAtRiskPanel::fillBacktest);
    connect(m_methods, &QTableView::activated, this, [this](const QModelIndex& index) {
        m_method->setCurrentIndex(m_method->findData(text(m_model->methodOf(index.row()))));
        fillBacktest();
    });
    connect(m_plot, &RiskBacktestPlot::readOutChanged, this, &ValueAtRiskPanel::sayHits);
    connect(&context.theme, &Theme::changed, this, &ValueAtRiskPanel::fitMethods);
}

QWidget* ValueAtRiskPanel::makeMethods()
{
    auto* const content = new QWidget(this);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(0, Theme::unit / 2, 0, Theme::unit);
    column->setSpacing(Theme::unit / 2);
    m_methods->setObjectName(QStringLiteral("var_methods"));
    m_methods->setAccessibleName(tr("value at risk by method; Enter shows the back-test of a row"));
    m_methods->setModel(m_model);
    prepareTable(*m_methods, context().theme, -1);
    // A note is in its row's tooltip too.
    new ColumnFitter(*m_methods, *m_methods->horizontalHeader(),
                     {ValueAtRiskModel::NoteColumn, ValueAtRiskModel::ErrorColumn, ValueAtRiskModel::ShareColumn,
                      ValueAtRiskModel::ShortfallColumn});
    m_methods->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_parts->setObjectName(QStringLiteral("var_parts"));
    m_parts->setAccessibleName(tr("value at risk by underlying"));
    m_partsTitle->setContentsMargins(Theme::unit, Theme::unit, Theme::unit, 0);
    m_partsTitle->setToolTip(tr("The parts add up to the whole: what takes risk off has a negative one."));
    for (QWidget* const part :
         std::initializer_list<QWidget*>{m_summary, m_methods, m_agreement, m_partsTitle, m_parts, m_notes})
        column->addWidget(part);
    column->addStretch();
    return new ColumnScroll(content, this);
}

QWidget* ValueAtRiskPanel::makeBacktest()
{
    auto* const part = new QWidget(this);
    auto* const column = new QVBoxLayout(part);
    column->setContentsMargins(0, Theme::unit / 2, 0, Theme::unit);
    column->setSpacing(2);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    bar->setSpacing(Theme::unit);
    m_method->setObjectName(QStringLiteral("var_method"));
    m_method->setAccessibleName(tr("method that is back-tested"));
    m_method->setToolTip(tr("The method whose back-test is shown"));
    m_zone->setObjectName(QStringLiteral("var_zone"));
    bar->addWidget(makeLabel(tr("Back-test"), "label", part));
    bar->addWidget(m_method);
    bar->addStretch(1);
    bar->addWidget(m_zone);
    column->addLayout(bar);
    m_plot->setObjectName(QStringLiteral("var_plot"));
    m_plot->setAccessibleName(tr("daily profit and loss of today's book over the past; arrow keys choose a day"));
    column->addWidget(m_plot, 1);
    for (QLabel* const label : {m_hits, m_tests})
        column->addWidget(label);
    return new ColumnScroll(part, this);
}

QString ValueAtRiskPanel::titleCount() const
{
    const auto risk = context().desk.risk();
    const double net = context().desk.trading()->netLiquidation;
    const desk::ValueAtRiskView& figures = risk->valueAtRisk;
    const bool isKnown =
        figures.shown < figures.rows.size() && net > 0 && !std::isnan(figures.rows[figures.shown].valueAtRisk);
    return isKnown ? percent(figures.rows[figures.shown].valueAtRisk / net) : QString();
}

QString ValueAtRiskPanel::draw()
{
    const desk::ValueAtRiskView& figures = view().valueAtRisk;
    if (figures.rows.empty())
        return figures.why.empty() ? tr("Waiting for the first value at risk of what is held…") : text(figures.why);
    m_model->update(figures, netLiquidation());
    fitMethods();
    m_summary->setText(tr("%1 level, %n trading day(s) ahead, from %2 days of history", nullptr, figures.horizonDays)
                           .arg(percent(figures.level, 0), number(figures.historyDays, 0)));
    m_agreement->setText(
        figures.disagrees
            ? tr("▲ The methods disagree by more than a quarter (amber). Where options bend profits, trust "
                 "those that revalue in full: historical, filtered historical, Monte Carlo.")
            : tr("The methods agree within a quarter."));
    setLook(*m_agreement, "tone", figures.disagrees ? QStringLiteral("warning") : QStringLiteral("dim"));
    fillContributions();
    offerMethods();
    fillBacktest();
    return {};
}

void ValueAtRiskPanel::fitMethods()
{
    m_methods->setFixedHeight(m_methods->horizontalHeader()->sizeHint().height() +
                              m_model->rowCount() * context().theme.rowHeight());
    m_methods->viewport()->update();
}

void ValueAtRiskPanel::fillContributions()
{
    const desk::ValueAtRiskView& figures = view().valueAtRisk;
    double whole = 0;
    for (const desk::RiskContribution& part : figures.contributions)
        whole += part.valueAtRisk;
    std::vector<AmountRow> rows;
    for (const desk::RiskContribution& part : figures.contributions)
        rows.push_back(
            {text(part.underlying), percent(whole > 0 ? part.valueAtRisk / whole : desk::unknown, 0),
             tr("%1 adds %2 dollars to the value at risk").arg(text(part.underlying), money(part.valueAtRisk)),
             part.valueAtRisk});
    m_partsTitle->setVisible(!rows.empty());
    m_parts->setVisible(!rows.empty());
    m_parts->setRows(std::move(rows));

    QStringList notes;
    if (const QString leftOut = leftOutWords(figures.leftOut); !leftOut.isEmpty())
        notes << leftOut;
    QStringList modelled;
    for (const std::string& underlying : figures.modelledVolatility)
        modelled << text(underlying);
    if (!modelled.isEmpty())
        notes << tr("No history of implied volatility of %1: its moves follow the price's.")
                     .arg(modelled.join(QStringLiteral(", ")));
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
}

void ValueAtRiskPanel::offerMethods()
{
    QStringList methods, offered;
    for (const desk::RiskBacktestView& test : view().backtests)
        methods << text(test.method);
    for (int i = 0; i < m_method->count(); ++i)
        offered << m_method->itemData(i).toString();
    if (methods == offered)
        return;
    const desk::ValueAtRiskView& figures = view().valueAtRisk;
    const QString chosen = m_method->count() > 0
                               ? m_method->currentData().toString()
                               : text(figures.rows[std::min(figures.shown, figures.rows.size() - 1)].id);
    m_method->clear();
    for (const QString& method : methods)
        m_method->addItem(methodWord(method.toStdString()), method);
    m_method->setCurrentIndex(std::max(0, m_method->findData(chosen)));
}

void ValueAtRiskPanel::fillBacktest()
{
    const auto place = static_cast<std::size_t>(std::max(0, m_method->currentIndex()));
    const bool isThere = place < view().backtests.size() && !view().backtests[place].profits.empty();
    m_plot->setView(shared(), place);
    m_plot->setVisible(isThere);
    m_tests->setVisible(isThere);
    m_zone->setVisible(isThere);
    if (!isThere) {
        const bool hasReason = place < view().backtests.size() && !view().backtests[place].why.empty();
        m_hits->setText(hasReason ? text(view().backtests[place].why) : tr("There is no back-test yet."));
        return;
    }
    const desk::RiskBacktestView& test = view().backtests[place];
    m_zone->setText(test.zone.empty() ? QString() : QStringLiteral("● ") + zoneWord(test.zone));
    m_zone->setToolTip(zoneHelp(test.zone));
    const Role role = zoneRole(test.zone);
    setLook(*m_zone, "tone",
            role == Role::Gain      ? QStringLiteral("gain")
            : role == Role::Warning ? QStringLiteral("warning")
                                    : QStringLiteral("loss"));
    sayHits();
    QStringList sentences;
    for (const desk::RiskBacktestTest& each : test.tests)
        if (const QString sentence = testSentence(each, test); !sentence.isEmpty())
            sentences << (each.isRejected ? QStringLiteral("▲ ") : QStringLiteral("✓ ")) + sentence;
    m_tests->setText(sentences.join(u'\n'));
}

void ValueAtRiskPanel::sayHits()
{
    const auto place = static_cast<std::size_t>(std::max(0, m_method->currentIndex()));
    if (place >= view().backtests.size())
        return;
    const desk::RiskBacktestView& test = view().backtests[place];
    m_hits->setText(m_plot->readOutText().isEmpty()
                        ? tr("On today's book %1 of %2 past days lost more than the value at risk, %3 expected.")
                              .arg(number(test.hits, 0), number(static_cast<double>(test.profits.size()), 0),
                                   number(test.expectedHits, 1))
                        : m_plot->readOutText());
}

} // namespace vegadesk::ui
