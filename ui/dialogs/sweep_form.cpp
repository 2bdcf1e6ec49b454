#include "ui/dialogs/sweep_form.h"

#include "ui/dialogs/calm_box.h"
#include "ui/dialogs/sweep_grid_form.h"
#include "ui/models/backtest_models.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <array>
#include <functional>
#include <limits>

namespace vegadesk::ui
{

namespace
{
enum Kind { AllDays, Rolling, Anchored };
constexpr std::array objectives{"sharpe", "sortino", "calmar", "cagr", "profit_factor", "probabilistic_sharpe"};
constexpr int asHeld = -1, daysMost = 10'000;

base::Date fromQDate(const QDate& date)
{
    return base::makeDate(date.year(), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

void prepareRows(QFormLayout& form)
{
    form.setContentsMargins(0, 0, 0, 0);
    form.setVerticalSpacing(6);
    form.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

/// Whose chains a sweep can read.
std::vector<desk::StrategyOption> ofOneUnderlying(std::vector<desk::StrategyOption> options)
{
    std::erase_if(options, std::mem_fn(&desk::StrategyOption::isBasket));
    return options;
}

} // namespace

SweepForm::SweepForm(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), m_strategies(ofOneUnderlying(desk.strategies())), m_strategy(new CalmBox<QComboBox>(this)),
      m_underlying(new CalmBox<QComboBox>(this)), m_about(makeLabel({}, "dim", this)), m_walkForward(new QWidget(this)),
      m_grid(new SweepGridForm(this))
{
    m_strategy->setObjectName(QStringLiteral("sweep_strategy"));
    m_strategy->setFocusPolicy(Qt::StrongFocus);
    m_underlying->setObjectName(QStringLiteral("sweep_underlying"));
    m_underlying->setFocusPolicy(Qt::StrongFocus);
    m_underlying->setEditable(true);
    m_underlying->addItems(desk.settings().watchlist());
    m_underlying->setCurrentText(text(desk::BacktestRequest().underlying));
    m_about->setWordWrap(true);

    auto* const form = new QFormLayout;
    prepareRows(*form);
    form->addRow(makeLabel(tr("Strategy"), "dim", this), m_strategy);
    form->addRow(m_about);
    addMarketRows(*form);
    addMoneyRows(*form);
    auto* const days = new QFormLayout(m_walkForward);
    prepareRows(*days);
    addWalkForwardRows(*days);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, Theme::unit, 0);
    column->setSpacing(Theme::unit);
    column->addLayout(form);
    column->addWidget(m_walkForward);
    column->addWidget(makeLabel(tr("Parameters"), "strong", this));
    column->addWidget(m_grid);
    column->addStretch();

    for (const desk::StrategyOption& option : m_strategies)
        m_strategy->addItem(text(option.title), text(option.name));
    connect(m_strategy, &QComboBox::currentIndexChanged, this, &SweepForm::chooseStrategy);
    connect(m_underlying, &QComboBox::currentTextChanged, this, &SweepForm::changed);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SweepForm::chooseKind);
    connect(m_grid, &SweepGridForm::changed, this, &SweepForm::changed);
    chooseStrategy(m_strategy->currentIndex());
    chooseKind();
}

QDateEdit* SweepForm::addDate(const char* name, const QDate& date)
{
    auto* const edit = new CalmBox<QDateEdit>(this);
    edit->setObjectName(QString::fromLatin1(name));
    edit->setFocusPolicy(Qt::StrongFocus);
    edit->setDate(date);
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    edit->setCalendarPopup(true);
    connect(edit, &QDateEdit::dateChanged, this, &SweepForm::changed);
    return edit;
}

QDoubleSpinBox* SweepForm::addNumber(const char* name, double low, double high, double value, int decimals, double step)
{
    auto* const box = new CalmBox<QDoubleSpinBox>(this);
    box->setObjectName(QString::fromLatin1(name));
    box->setFocusPolicy(Qt::StrongFocus);
    box->setRange(low, high);
    box->setDecimals(decimals);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    box->setValue(value);
    box->setAlignment(Qt::AlignRight);
    connect(box, &QDoubleSpinBox::valueChanged, this, &SweepForm::changed);
    return box;
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

void SweepForm::addMarketRows(QFormLayout& form)
{
    m_folder = new QLineEdit(this);
    m_folder->setObjectName(QStringLiteral("sweep_folder"));
    m_folder->setPlaceholderText(tr("generated market"));
    m_folder->setClearButtonEnabled(true);
    m_folder->setToolTip(
        tr("A folder of recorded chains. Empty: prices are generated from the seed, and are nobody's market."));
    connect(m_folder, &QLineEdit::textChanged, this, &SweepForm::changed);
    auto* const find = new QPushButton(tr("…"), this);
    find->setAutoDefault(false);
    find->setToolTip(tr("Choose a folder of recorded chains"));
    find->setFixedWidth(Theme::unit * 4);
    connect(find, &QPushButton::clicked, this, &SweepForm::browse);
    auto* const folder = new QHBoxLayout;
    folder->setSpacing(Theme::unit / 2);
    folder->addWidget(m_folder, 1);
    folder->addWidget(find);
    m_start = addDate("sweep_start", QDate(2023, 1, 1));
    m_end = addDate("sweep_end", QDate(2024, 1, 1));
    m_seed = new CalmBox<QSpinBox>(this);
    m_seed->setObjectName(QStringLiteral("sweep_seed"));
    m_seed->setFocusPolicy(Qt::StrongFocus);
    m_seed->setRange(1, std::numeric_limits<int>::max());
    m_seed->setValue(static_cast<int>(desk::BacktestRequest().seed));
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setToolTip(tr("The same seed gives the same generated market and the same result"));
    connect(m_seed, &QSpinBox::valueChanged, this, &SweepForm::changed);

    const auto name = [this](const QString& words) { return makeLabel(words, "dim", this); };
    form.addRow(name(tr("Underlying")), m_underlying);
    form.addRow(name(tr("Data")), folder);
    form.addRow(name(tr("From")), m_start);
    form.addRow(name(tr("To")), m_end);
    form.addRow(name(tr("Seed")), m_seed);
}

void SweepForm::addMoneyRows(QFormLayout& form)
{
    const desk::BacktestRequest usual;
    m_capital = addNumber("sweep_capital", 1'000, 1e9, usual.capital, 0, 10'000);
    m_tolerance = new CalmBox<QComboBox>(this);
    m_tolerance->setObjectName(QStringLiteral("sweep_tolerance"));
    m_tolerance->setFocusPolicy(Qt::StrongFocus);
    m_tolerance->addItems({tr("Low"), tr("Moderate"), tr("High")}); // as risk::Tolerance has them
    m_tolerance->setCurrentIndex(static_cast<int>(risk::Tolerance::Moderate));
    m_tolerance->setToolTip(tr("Whose limits the risk gate holds every run to"));
    connect(m_tolerance, &QComboBox::currentIndexChanged, this, &SweepForm::changed);
    m_slippage = addNumber("sweep_slippage", 0, 10, 100 * usual.slippage, 2, 0.05);
    m_slippage->setSuffix(tr(" %"));
    m_slippage->setToolTip(tr("Of the price, on top of every fill, against us"));
    m_spread = addNumber("sweep_spread", 0, 100, 100 * usual.spreadFraction, 0, 10);
    m_spread->setSuffix(tr(" %"));
    m_spread->setToolTip(tr(
        "How much of the half spread a fill pays: 100 % buys at the ask and sells at the bid, 0 % trades at the mid"));
    m_kind = new CalmBox<QComboBox>(this);
    m_kind->setObjectName(QStringLiteral("sweep_kind"));
    m_kind->setFocusPolicy(Qt::StrongFocus);
    m_kind->addItems({tr("Sweep: each setting on all days"), tr("Walk-forward, rolling"), tr("Walk-forward, growing")});
    m_kind->setToolTip(
        tr("A walk-forward picks the best setting on earlier days and trades the next with it, again and "
           "again: on days that move along, or that grow from the first."));

    const auto name = [this](const QString& words) { return makeLabel(words, "dim", this); };
    form.addRow(name(tr("Capital, dollars")), m_capital);
    form.addRow(name(tr("Tolerance")), m_tolerance);
    form.addRow(name(tr("Slippage")), m_slippage);
    form.addRow(name(tr("Spread paid")), m_spread);
    form.addRow(name(tr("Kind")), m_kind);
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
    m_grid->setSpecs(option.parameters);
}

void SweepForm::chooseKind()
{
    m_walkForward->setVisible(m_kind->currentIndex() != AllDays);
    Q_EMIT changed();
}

void SweepForm::browse()
{
    auto* const chooser = new QFileDialog(this, tr("Folder of recorded chains"), m_folder->text());
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::Directory);
    chooser->setOption(QFileDialog::ShowDirsOnly);
    connect(chooser, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    chooser->open();
}

base::Result<desk::SweepRequest> SweepForm::request() const
{
    desk::SweepRequest request;
    request.base.strategy = m_strategy->currentData().toString().toStdString();
    request.base.underlying = m_underlying->currentText().trimmed().toUpper().toStdString();
    request.base.start = fromQDate(m_start->date());
    request.base.end = fromQDate(m_end->date());
    request.base.capital = m_capital->value();
    request.base.slippage = m_slippage->value() / 100;
    request.base.spreadFraction = m_spread->value() / 100;
    request.base.seed = static_cast<std::uint64_t>(m_seed->value());
    request.base.parameters = m_grid->fixed();
    request.base.dataFolder = m_folder->text().trimmed().toStdString();
    request.base.tolerance = static_cast<risk::Tolerance>(m_tolerance->currentIndex());
    if (request.base.underlying.empty())
        return base::fail(base::ErrorKind::Refused, "underlying", "", "a symbol, such as SPY");
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
