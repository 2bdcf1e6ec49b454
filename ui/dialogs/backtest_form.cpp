#include "ui/dialogs/backtest_form.h"

#include "desk/limit_settings.h"
#include "ui/dialogs/parameter_form.h"
#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <limits>

namespace vegadesk::ui
{

namespace
{
constexpr std::array tolerances{risk::Tolerance::Low, risk::Tolerance::Moderate, risk::Tolerance::High};
constexpr double leastCapital = 1'000, mostCapital = 1e9;

base::Date fromQDate(const QDate& date)
{
    return base::makeDate(date.year(), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

QDateEdit* makeDate(const QDate& date, const char* name, QWidget* parent)
{
    auto* const edit = new QDateEdit(date, parent);
    edit->setObjectName(QString::fromLatin1(name));
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    edit->setCalendarPopup(true);
    return edit;
}

QDoubleSpinBox* makeNumber(double low, double high, double value, int decimals, double step, QWidget* parent)
{
    auto* const box = new QDoubleSpinBox(parent);
    box->setRange(low, high);
    box->setDecimals(decimals);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    box->setValue(value);
    box->setAlignment(Qt::AlignRight);
    return box;
}
} // namespace

BacktestForm::BacktestForm(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_strategies(desk.strategies()), m_strategy(new QComboBox(this)),
      m_underlying(new QComboBox(this)), m_tolerance(new QComboBox(this)),
      m_openRules(new QPushButton(tr("Open rules file…"), this)), m_about(makeLabel({}, "dim", this)),
      m_rulesFault(makeLabel({}, "warning", this)), m_start(makeDate(QDate(2023, 1, 1), "backtest_start", this)),
      m_end(makeDate(QDate(2024, 1, 1), "backtest_end", this)),
      m_allDays(new QCheckBox(tr("All days of the data"), this)), m_folder(new QLineEdit(this)),
      m_parameters(new ParameterForm(this))
{
    setAutoFillBackground(false);
    auto* const form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addStrategyRows(*form);
    addMarketRows(*form);
    addMoneyRows(*form);
    auto* const fields = new QVBoxLayout(this);
    fields->setContentsMargins(0, 0, Theme::unit, 0);
    fields->setSpacing(Theme::unit);
    fields->addLayout(form);
    fields->addWidget(makeLabel(tr("Parameters"), "strong", this));
    fields->addWidget(m_parameters);
    fields->addStretch();

    for (const desk::StrategyOption& option : m_strategies)
        m_strategy->addItem(text(option.title), text(option.name));
    connect(m_strategy, &QComboBox::currentIndexChanged, this, &BacktestForm::chooseStrategy);
    chooseStrategy(m_strategy->currentIndex());
    connect(&m_desk.backtestDetails(), &desk::BacktestDetails::rulesOpened, this, &BacktestForm::takeRules);
    connect(m_underlying, &QComboBox::editTextChanged, this, &BacktestForm::check);
    connect(m_folder, &QLineEdit::textChanged, this, &BacktestForm::check);
    connect(m_allDays, &QCheckBox::toggled, this, &BacktestForm::check);
    for (const QDateEdit* const date : {m_start, m_end})
        connect(date, &QDateEdit::dateChanged, this, &BacktestForm::check);
    check();
}

QLabel* BacktestForm::name(const QString& words, QWidget* buddy)
{
    QLabel* const label = makeLabel(words, "dim", this);
    label->setBuddy(buddy);
    return label;
}

/// A line for what is wrong with the field above it.
void BacktestForm::addChecked(QFormLayout& form, const char* id, QWidget* field, std::function<QString()> fault)
{
    QLabel* const words = makeLabel({}, "warning", this);
    words->setObjectName(QStringLiteral("backtest_fault_") + QLatin1String(id));
    words->setWordWrap(true);
    form.addRow(words);
    m_checked.push_back({field, words, std::move(fault)});
}

void BacktestForm::addStrategyRows(QFormLayout& form)
{
    m_strategy->setObjectName(QStringLiteral("backtest_strategy"));
    m_about->setWordWrap(true);
    m_openRules->setObjectName(QStringLiteral("backtest_open_rules"));
    m_openRules->setAutoDefault(false);
    m_openRules->setToolTip(tr("A strategy of your own in a JSON file: entry, legs, exits and size"));
    connect(m_openRules, &QPushButton::clicked, this, &BacktestForm::askRules);
    m_rulesFault->setObjectName(QStringLiteral("backtest_rules_fault"));
    m_rulesFault->setWordWrap(true);
    m_rulesFault->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_rulesFault->hide();
    form.addRow(name(tr("Strategy"), m_strategy), m_strategy);
    form.addRow(QString(), m_openRules);
    form.addRow(m_rulesFault);
    form.addRow(m_about);
}

void BacktestForm::addMarketRows(QFormLayout& form)
{
    m_underlying->setObjectName(QStringLiteral("backtest_underlying"));
    m_underlying->setEditable(true);
    m_underlying->addItems(m_desk.settings().watchlist());
    const desk::BacktestRequest usual;
    m_underlying->setCurrentText(text(usual.underlying));
    m_folder->setObjectName(QStringLiteral("backtest_folder"));
    m_folder->setPlaceholderText(tr("generated market"));
    m_folder->setClearButtonEnabled(true);
    m_folder->setToolTip(
        tr("A folder of recorded chains. Empty: prices are generated from the seed, and are nobody's market."));
    auto* const find = new QPushButton(tr("…"), this);
    find->setToolTip(tr("Choose a folder of recorded chains"));
    find->setFixedWidth(Theme::unit * 4);
    find->setAutoDefault(false);
    connect(find, &QPushButton::clicked, this, &BacktestForm::browse);
    auto* const folder = new QHBoxLayout;
    folder->setSpacing(Theme::unit / 2);
    folder->addWidget(m_folder, 1);
    folder->addWidget(find);
    m_allDays->setObjectName(QStringLiteral("backtest_all_days"));
    m_allDays->setChecked(true);

    form.addRow(name(tr("Underlying"), m_underlying), m_underlying);
    addChecked(form, "underlying", m_underlying, [this] {
        return m_underlying->currentText().trimmed().isEmpty() ? tr("Underlying: enter a symbol, such as SPY.")
                                                               : QString();
    });
    form.addRow(name(tr("Data"), m_folder), folder);
    addChecked(form, "folder", m_folder, [this] { return folderFault(); });
    form.addRow(QString(), m_allDays);
    form.addRow(name(tr("From"), m_start), m_start);
    form.addRow(name(tr("To"), m_end), m_end);
    addChecked(form, "end", m_end, [this] { return dateFault(); });
}

void BacktestForm::addMoneyRows(QFormLayout& form)
{
    const desk::BacktestRequest usual;
    m_capital = makeNumber(leastCapital, mostCapital, usual.capital, 0, 10'000, this);
    m_capital->setObjectName(QStringLiteral("backtest_capital"));
    m_capital->setToolTip(tr("%1 to %2 dollars").arg(number(leastCapital, 0), number(mostCapital, 0)));
    m_tolerance->setObjectName(QStringLiteral("backtest_tolerance"));
    m_tolerance->setToolTip(
        tr("The limits that the risk gate goes by, and what a trade may lose: that tolerance's own"));
    for (const risk::Tolerance each : tolerances)
        m_tolerance->addItem(toleranceWord(risk::toText(each)));
    const auto* const inForce = std::ranges::find(tolerances, desk::toleranceOf(m_desk.settings()));
    m_tolerance->setCurrentIndex(static_cast<int>(inForce - tolerances.begin()));
    m_slippage = makeNumber(0, 10, 100 * usual.slippage, 2, 0.05, this);
    m_slippage->setObjectName(QStringLiteral("backtest_slippage"));
    m_slippage->setSuffix(tr(" %"));
    m_slippage->setToolTip(tr("Of the price, on top of every fill, against us: 0 to 10 %"));
    m_spread = makeNumber(0, 100, 100 * usual.spreadFraction, 0, 10, this);
    m_spread->setObjectName(QStringLiteral("backtest_spread"));
    m_spread->setSuffix(tr(" %"));
    m_spread->setToolTip(tr(
        "How much of the half spread a fill pays: 100 % buys at the ask and sells at the bid, 0 % trades at the mid"));
    m_seed = new QSpinBox(this);
    m_seed->setObjectName(QStringLiteral("backtest_seed"));
    m_seed->setRange(1, std::numeric_limits<int>::max());
    m_seed->setValue(static_cast<int>(usual.seed));
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setToolTip(tr("The same seed gives the same generated market and the same result"));
    form.addRow(name(tr("Capital, dollars"), m_capital), m_capital);
    form.addRow(name(tr("Tolerance"), m_tolerance), m_tolerance);
    form.addRow(name(tr("Slippage"), m_slippage), m_slippage);
    form.addRow(name(tr("Spread paid"), m_spread), m_spread);
    form.addRow(name(tr("Seed"), m_seed), m_seed);
}

QString BacktestForm::folder() const
{
    return m_folder->text().trimmed();
}

bool BacktestForm::hasDates() const
{
    return folder().isEmpty() || !m_allDays->isChecked();
}

QString BacktestForm::dateFault() const
{
    if (!hasDates() || m_end->date() > m_start->date())
        return {};
    return tr("To: must be later than From (%1).").arg(dateText(fromQDate(m_start->date())));
}

QString BacktestForm::folderFault() const
{
    if (folder().isEmpty() || QFileInfo::exists(folder()))
        return {};
    return tr("Data: there is no %1.").arg(folder());
}

void BacktestForm::check()
{
    for (const Checked& each : m_checked) {
        const QString fault = each.fault();
        each.words->setText(fault);
        each.words->setVisible(!fault.isEmpty());
    }
    const bool isRecorded = !folder().isEmpty();
    m_allDays->setVisible(isRecorded);
    m_start->setEnabled(hasDates());
    m_end->setEnabled(hasDates());
    m_seed->setEnabled(!isRecorded);
}

QString BacktestForm::firstFault()
{
    check();
    if (m_strategy->currentIndex() < 0)
        return tr("There is no strategy to run.");
    for (const Checked& each : m_checked) {
        if (each.words->text().isEmpty())
            continue;
        each.field->setFocus();
        return each.words->text();
    }
    return {};
}

void BacktestForm::chooseStrategy(int index)
{
    if (index < 0 || index >= static_cast<int>(m_strategies.size()))
        return;
    const desk::StrategyOption& option = m_strategies[static_cast<std::size_t>(index)];
    m_about->setText(text(option.about));
    m_about->setVisible(!option.about.empty());
    m_parameters->setSpecs(option.parameters);
    if (m_capital->value() == m_usualCapital) // nobody has changed it
        m_capital->setValue(option.usualCapital);
    m_usualCapital = option.usualCapital;
}

QString BacktestForm::titleOf(const std::string& strategy) const
{
    const auto option = std::ranges::find(m_strategies, strategy, &desk::StrategyOption::name);
    return text(option == m_strategies.end() ? strategy : option->title);
}

void BacktestForm::askRules()
{
    auto* const chooser = new QFileDialog(this, tr("Rules of a strategy"), {}, tr("Rules (*.json);;All files (*)"));
    chooser->setObjectName(QStringLiteral("backtest_rules_file"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_rulesFault->hide();
        m_openRules->setEnabled(false);
        m_opening = m_desk.backtestDetails().openRules(file);
    });
    chooser->open();
}

void BacktestForm::takeRules(quint64 question, const desk::OpenedRules& rules)
{
    if (question != m_opening)
        return;
    m_opening = 0;
    m_openRules->setEnabled(true);
    m_rulesFault->setText(text(rules.failure));
    m_rulesFault->setVisible(!rules.failure.empty());
    if (rules.failure.empty())
        addStrategy(rules.option);
}

/// The same file anew takes its old place.
void BacktestForm::addStrategy(const desk::StrategyOption& option)
{
    const auto known = std::ranges::find(m_strategies, option.name, &desk::StrategyOption::name);
    const auto place = static_cast<int>(known - m_strategies.begin());
    if (known == m_strategies.end()) {
        m_strategies.push_back(option);
        m_strategy->addItem(text(option.title), text(option.name));
    } else {
        *known = option;
        m_strategy->setItemText(place, text(option.title));
    }
    m_strategy->setItemData(place, text(option.name), Qt::ToolTipRole);
    m_strategy->setCurrentIndex(place);
    chooseStrategy(place);
}

void BacktestForm::browse()
{
    auto* const chooser = new QFileDialog(this, tr("Folder of recorded chains"), m_folder->text());
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::Directory);
    chooser->setOption(QFileDialog::ShowDirsOnly);
    connect(chooser, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    chooser->open();
}

desk::BacktestRequest BacktestForm::request() const
{
    desk::BacktestRequest request;
    request.strategy = m_strategy->currentData().toString().toStdString();
    request.underlying = m_underlying->currentText().trimmed().toUpper().toStdString();
    if (hasDates()) {
        request.start = fromQDate(m_start->date());
        request.end = fromQDate(m_end->date());
    }
    request.capital = m_capital->value();
    request.tolerance = tolerances[static_cast<std::size_t>(m_tolerance->currentIndex())];
    request.slippage = m_slippage->value() / 100;
    request.spreadFraction = m_spread->value() / 100;
    request.seed = static_cast<std::uint64_t>(m_seed->value());
    request.parameters = m_parameters->values();
    request.dataFolder = folder().toStdString();
    return request;
}

} // namespace vegadesk::ui
