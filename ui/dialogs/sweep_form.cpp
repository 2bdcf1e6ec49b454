#include "ui/dialogs/sweep_form.h"

#include "ui/dialogs/calm_box.h"
#include "ui/dialogs/run_settings_form.h"
#include "ui/dialogs/sweep_grid_form.h"
#include "ui/models/backtest_models.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <array>
#include <functional>

namespace vegadesk::ui
{

namespace
{
enum Kind { AllDays, Rolling, Anchored };
constexpr std::array objectives{"sharpe", "sortino", "calmar", "cagr", "profit_factor", "probabilistic_sharpe"};
constexpr int asHeld = -1, daysMost = 10'000;

/// Whose chains a sweep can read.
std::vector<desk::StrategyOption> ofOneUnderlying(std::vector<desk::StrategyOption> options)
{
    std::erase_if(options, std::mem_fn(&desk::StrategyOption::isBasket));
    return options;
}

} // namespace

SweepForm::SweepForm(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), m_strategies(ofOneUnderlying(desk.strategies())), m_strategy(new CalmBox<QComboBox>(this)),
      m_kind(new CalmBox<QComboBox>(this)), m_about(makeLabel({}, "dim", this)),
      m_settings(new RunSettingsForm("sweep", desk, this)), m_walkForward(new QWidget(this)),
      m_grid(new SweepGridForm(this))
{
    m_strategy->setObjectName(QStringLiteral("sweep_strategy"));
    m_strategy->setFocusPolicy(Qt::StrongFocus);
    m_about->setWordWrap(true);
    m_kind->setObjectName(QStringLiteral("sweep_kind"));
    m_kind->setFocusPolicy(Qt::StrongFocus);
    m_kind->addItems({tr("Sweep: each setting on all days"), tr("Walk-forward, rolling"), tr("Walk-forward, growing")});
    m_kind->setToolTip(
        tr("A walk-forward picks the best setting on earlier days and trades the next with it, again and "
           "again: on days that move along, or that grow from the first."));

    auto* const strategy = new QFormLayout;
    prepareRows(*strategy);
    strategy->addRow(makeLabel(tr("Strategy"), "dim", this), m_strategy);
    strategy->addRow(m_about);
    auto* const kind = new QFormLayout;
    prepareRows(*kind);
    kind->addRow(makeLabel(tr("Kind"), "dim", this), m_kind);
    auto* const days = new QFormLayout(m_walkForward);
    prepareRows(*days);
    addWalkForwardRows(*days);
    alignRows({strategy, m_settings->rows(), kind, days});

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, Theme::unit, 0);
    column->setSpacing(Theme::unit);
    column->addLayout(strategy);
    column->addWidget(m_settings);
    column->addLayout(kind);
    column->addWidget(m_walkForward);
    column->addWidget(makeLabel(tr("Parameters"), "strong", this));
    column->addWidget(m_grid);
    column->addStretch();

    for (const desk::StrategyOption& option : m_strategies)
        m_strategy->addItem(text(option.title), text(option.name));
    connect(m_strategy, &QComboBox::currentIndexChanged, this, &SweepForm::chooseStrategy);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SweepForm::chooseKind);
    connect(m_settings, &RunSettingsForm::changed, this, &SweepForm::changed);
    connect(m_grid, &SweepGridForm::changed, this, &SweepForm::changed);
    chooseStrategy(m_strategy->currentIndex());
    chooseKind();
}

QString SweepForm::fault() const
{
    return m_settings->fault();
}

QSpinBox* SweepForm::addDays(const char* name, int low, int value)
{
    auto* const box = new CalmBox<QSpinBox>(m_walkForward);
    box->setObjectName(QString::fromLatin1(name));
    box->setFocusPolicy(Qt::StrongFocus);
    box->setRange(low, daysMost);
    if (low == asHeld)
        box->setSpecialValueText(tr("longest trade"));
    box->setValue(value);
    box->setAlignment(Qt::AlignRight);
    connect(box, &QSpinBox::valueChanged, this, &SweepForm::changed);
    return box;
}

void SweepForm::addWalkForwardRows(QFormLayout& form)
{
    m_objective = new CalmBox<QComboBox>(m_walkForward);
    m_objective->setObjectName(QStringLiteral("sweep_objective"));
    m_objective->setFocusPolicy(Qt::StrongFocus);
    for (const char* const id : objectives)
        m_objective->addItem(metricTitle(id), QString::fromLatin1(id));
    connect(m_objective, &QComboBox::currentIndexChanged, this, &SweepForm::changed);
    const desk::WalkForwardRequest usual;
    m_inSample = addDays("sweep_in_sample", 0, 126); // half a year of the year that is offered
    m_outOfSample = addDays("sweep_out_of_sample", 0, 21);
    m_purge = addDays("sweep_purge", asHeld, asHeld);
    m_purge->setToolTip(
        tr("Trading days left out before the next ones, in which what was entered last may still be open"));
    m_embargo = addDays("sweep_embargo", asHeld, asHeld);
    m_embargo->setToolTip(
        tr("Trading days left out besides, since what the market does right after is not independent"));
    const auto name = [this](const QString& words) { return makeLabel(words, "dim", m_walkForward); };
    form.addRow(name(tr("Picked by")), m_objective);
    form.addRow(name(tr("Days to pick on")), m_inSample);
    form.addRow(name(tr("Days to trade then")), m_outOfSample);
    form.addRow(name(tr("Purge, days")), m_purge);
    form.addRow(name(tr("Embargo, days")), m_embargo);
}

void SweepForm::chooseStrategy(int index)
{
    if (index < 0 || index >= static_cast<int>(m_strategies.size()))
        return;
    const desk::StrategyOption& option = m_strategies[static_cast<std::size_t>(index)];
    m_about->setText(text(option.about));
    m_settings->setUsualCapital(option.usualCapital);
    m_grid->setSpecs(option.parameters);
}

void SweepForm::chooseKind()
{
    m_walkForward->setVisible(m_kind->currentIndex() != AllDays);
    Q_EMIT changed();
}

base::Result<desk::SweepRequest> SweepForm::request() const
{
    desk::SweepRequest request;
    m_settings->fill(request.base);
    request.base.strategy = m_strategy->currentData().toString().toStdString();
    request.base.parameters = m_grid->fixed();
    auto axes = m_grid->axes();
    if (!axes)
        return tl::make_unexpected(axes.error());
    request.axes = std::move(*axes);
    if (request.axes.empty())
        return base::fail(base::ErrorKind::Refused, "parameters", "", "a range or a list for at least one of them");
    if (m_kind->currentIndex() != AllDays) {
        desk::WalkForwardRequest walk;
        walk.isAnchored = m_kind->currentIndex() == Anchored;
        walk.inSample = m_inSample->value();
        walk.outOfSample = m_outOfSample->value();
        if (m_purge->value() != asHeld)
            walk.purge = m_purge->value();
        if (m_embargo->value() != asHeld)
            walk.embargo = m_embargo->value();
        walk.objective = m_objective->currentData().toString().toStdString();
        request.walkForward = walk;
    }
    return request;
}

} // namespace vegadesk::ui
