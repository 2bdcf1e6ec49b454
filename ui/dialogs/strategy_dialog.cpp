#include "ui/dialogs/strategy_dialog.h"

#include "ui/dialogs/parameter_form.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

StrategyDialog::StrategyDialog(desk::Desk& desk, QWidget* parent)
    : QDialog(parent), m_options(desk.strategies()), m_basket(desk::basketOf(desk.settings())),
      m_strategy(new QComboBox(this)), m_underlying(new QComboBox(this)), m_about(makeLabel({}, "dim", this)),
      m_basketWords(makeLabel({}, "dim", this)), m_fault(makeLabel({}, "warning", this)),
      m_parameters(new ParameterForm(this))
{
    setObjectName(QStringLiteral("strategy_dialog"));
    setWindowTitle(tr("Arm a strategy"));
    resize(460, 640);
    m_strategy->setObjectName(QStringLiteral("strategy_name"));
    for (const desk::StrategyOption& option : m_options)
        m_strategy->addItem(text(option.title), text(option.name));
    m_underlying->setObjectName(QStringLiteral("strategy_underlying"));
    m_underlying->setEditable(true);
    m_underlying->addItems(desk.settings().watchlist());
    if (const std::string shown = desk.chain()->underlying; !shown.empty())
        m_underlying->setCurrentText(text(shown));
    m_about->setWordWrap(true);
    m_basketWords->setWordWrap(true);
    m_basketWords->setObjectName(QStringLiteral("strategy_basket"));
    m_basketWords->setText(
        tr("It trades the basket of the Dispersion panel, where that is edited: %1. One that is at work keeps the "
           "basket it was armed with.")
            .arg(text(toText(m_basket))));
    m_fault->setWordWrap(true);
    m_fault->setObjectName(QStringLiteral("strategy_fault"));

    auto* const form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(makeLabel(tr("Strategy"), "dim", this), m_strategy);
    form->addRow(m_about);
    form->addRow(makeLabel(tr("Underlying"), "dim", this), m_underlying);
    form->addRow(m_basketWords);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidget(m_parameters);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const note = makeLabel(
        desk.trading()->needsArming
            ? tr("It trades real money while orders are armed, and goes on after a restart until you turn it off.")
            : tr("It trades by itself, within the limits of the risk gate, and goes on after a restart until you turn "
                 "it "
                 "off."),
        "dim", this);
    note->setWordWrap(true);

    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_arm = buttons->addButton(tr("Arm"), QDialogButtonBox::AcceptRole);
    m_arm->setObjectName(QStringLiteral("strategy_arm"));
    setLook(*m_arm, "kind", QStringLiteral("primary")); // the box has shown it to the style already
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_strategy, &QComboBox::currentIndexChanged, this, &StrategyDialog::chooseStrategy);
    connect(m_underlying, &QComboBox::currentTextChanged, this, &StrategyDialog::check);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    column->setSpacing(Theme::unit);
    column->addLayout(form);
    column->addWidget(makeLabel(tr("Parameters"), "strong", this));
    column->addWidget(scroll, 1);
    column->addWidget(note);
    column->addWidget(m_fault);
    column->addWidget(buttons);
    chooseStrategy(m_strategy->currentIndex());
    check();
}

void StrategyDialog::chooseStrategy(int index)
{
    if (index < 0 || index >= static_cast<int>(m_options.size()))
        return;
    const desk::StrategyOption& option = m_options[static_cast<std::size_t>(index)];
    m_about->setText(text(option.about));
    m_parameters->setSpecs(option.parameters);
    m_basketWords->setVisible(option.isBasket);
    if (m_underlying->isEnabled() == !option.isBasket)
        return;
    m_underlying->setEnabled(!option.isBasket);
    if (option.isBasket)
        m_typed = m_underlying->currentText();
    m_underlying->setCurrentText(option.isBasket ? text(m_basket.index) : m_typed);
}

void StrategyDialog::check()
{
    const bool isNamed = !m_underlying->currentText().trimmed().isEmpty();
    m_fault->setText(isNamed ? QString() : tr("Underlying: enter a symbol, such as SPY."));
    m_fault->setVisible(!isNamed);
    m_arm->setEnabled(isNamed && !m_options.empty());
}

void StrategyDialog::load(const desk::StrategyRequest& request)
{
    const auto option = std::ranges::find(m_options, request.strategy, &desk::StrategyOption::name);
    if (option == m_options.end())
        return;
    m_strategy->setCurrentIndex(static_cast<int>(option - m_options.begin()));
    if (m_underlying->isEnabled())
        m_underlying->setCurrentText(text(request.underlying));
    // The form begins with the values it is to have.
    base::Parameters parameters(option->parameters);
    for (const auto& [name, value] : request.parameters)
        static_cast<void>(parameters.setText(name, value));
    std::vector<base::ParameterSpec> specs = option->parameters;
    for (base::ParameterSpec& spec : specs)
        spec.fallback = parameters[spec.name];
    m_parameters->setSpecs(specs);
}

desk::StrategyRequest StrategyDialog::request() const
{
    desk::StrategyRequest request;
    request.strategy = m_strategy->currentData().toString().toStdString();
    request.underlying = m_underlying->currentText().trimmed().toUpper().toStdString();
    const auto option = std::ranges::find(m_options, request.strategy, &desk::StrategyOption::name);
    if (option == m_options.end())
        return request;
    base::Parameters parameters(option->parameters);
    for (const auto& [name, value] : m_parameters->values()) {
        if (parameters.set(name, value))
            request.parameters.emplace_back(name, parameters.toText(name));
    }
    return request;
}

} // namespace vegadesk::ui
