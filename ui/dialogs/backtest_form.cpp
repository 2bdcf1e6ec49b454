#include "ui/dialogs/backtest_form.h"

#include "ui/dialogs/parameter_form.h"
#include "ui/dialogs/run_settings_form.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

BacktestForm::BacktestForm(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_strategies(desk.strategies()), m_strategy(new QComboBox(this)),
      m_openRules(new QPushButton(tr("Open rules file…"), this)), m_about(makeLabel({}, "dim", this)),
      m_rulesFault(makeLabel({}, "warning", this)), m_settings(new RunSettingsForm("backtest", desk, this)),
      m_parameters(new ParameterForm(this))
{
    setAutoFillBackground(false);
    auto* const form = new QFormLayout;
    prepareRows(*form);
    addStrategyRows(*form);
    alignRows({form, m_settings->rows()});
    auto* const fields = new QVBoxLayout(this);
    fields->setContentsMargins(0, 0, Theme::unit, 0);
    fields->setSpacing(Theme::unit);
    fields->addLayout(form);
    fields->addWidget(m_settings);
    fields->addWidget(makeLabel(tr("Parameters"), "strong", this));
    fields->addWidget(m_parameters);
    fields->addStretch();

    for (const desk::StrategyOption& option : m_strategies)
        m_strategy->addItem(text(option.title), text(option.name));
    connect(m_strategy, &QComboBox::currentIndexChanged, this, &BacktestForm::chooseStrategy);
    chooseStrategy(m_strategy->currentIndex());
    connect(&m_desk.backtestDetails(), &desk::BacktestDetails::rulesOpened, this, &BacktestForm::takeRules);
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
    QLabel* const name = makeLabel(tr("Strategy"), "dim", this);
    name->setBuddy(m_strategy);
    form.addRow(name, m_strategy);
    form.addRow(QString(), m_openRules);
    form.addRow(m_rulesFault);
    form.addRow(m_about);
}

QString BacktestForm::firstFault()
{
    if (m_strategy->currentIndex() < 0)
        return tr("There is no strategy to run.");
    m_settings->focusFault();
    return m_settings->fault();
}

void BacktestForm::chooseStrategy(int index)
{
    if (index < 0 || index >= static_cast<int>(m_strategies.size()))
        return;
    const desk::StrategyOption& option = m_strategies[static_cast<std::size_t>(index)];
    m_about->setText(text(option.about));
    m_about->setVisible(!option.about.empty());
    m_parameters->setSpecs(option.parameters);
    m_settings->setUsualCapital(option.usualCapital);
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

desk::BacktestRequest BacktestForm::request() const
{
    desk::BacktestRequest request;
    m_settings->fill(request);
    request.strategy = m_strategy->currentData().toString().toStdString();
    request.parameters = m_parameters->values();
    return request;
}

} // namespace vegadesk::ui
