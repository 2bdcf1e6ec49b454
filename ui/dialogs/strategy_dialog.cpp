#include "ui/dialogs/strategy_dialog.h"

#include "desk/limit_settings.h"
#include "ui/dialogs/entry_look.h"
#include "ui/dialogs/form_scroll.h"
#include "ui/dialogs/parameter_form.h"
#include "ui/dialogs/signal_fields.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int differencesShown = 6;
constexpr int whereMs = 1000;

QString placeWords(const desk::StatusView& status)
{
    switch (status.environment) {
    case desk::Environment::Venue:
        return StrategyDialog::tr("the simulated exchange: no real money");
    case desk::Environment::Certification:
        return StrategyDialog::tr("the broker's sandbox: no real money");
    case desk::Environment::Hybrid:
        return StrategyDialog::tr("the broker's sandbox with quotes of the real market: no real money");
    case desk::Environment::Live:
        break;
    }
    return StrategyDialog::tr("LIVE: real money");
}
} // namespace

StrategyDialog::StrategyDialog(desk::Desk& desk, QWidget* parent)
    : QDialog(parent), m_desk(desk), m_options(desk.strategies()), m_basket(desk::basketOf(desk.settings())),
      m_where(makeLabel({}, "strong", this)), m_limits(makeLabel({}, "dim", this)), m_about(makeLabel({}, "dim", this)),
      m_basketWords(makeLabel({}, "dim", this)), m_differences(makeLabel({}, "dim", this)),
      m_note(makeLabel({}, "dim", this)), m_fault(makeLabel({}, "warning", this)), m_strategy(new QComboBox(this)),
      m_underlying(new QComboBox(this)), m_parameters(new ParameterForm(this)), m_signal(new SignalFields(desk, this)),
      m_usual(new QPushButton(tr("Usual values"), this)), m_arm(nullptr)
{
    setObjectName(QStringLiteral("strategy_dialog"));
    setWindowTitle(tr("Arm a strategy"));
    resize(520, 820);
    const auto name = [](QLabel& label, const char* of) {
        label.setObjectName(QString::fromLatin1(of));
        label.setWordWrap(true);
    };
    name(*m_where, "strategy_where");
    name(*m_limits, "strategy_limits");
    name(*m_about, "strategy_about");
    name(*m_basketWords, "strategy_basket");
    name(*m_differences, "strategy_differences");
    name(*m_note, "strategy_note");
    name(*m_fault, "strategy_fault");

    auto* const form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addFields(*form);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    column->setSpacing(Theme::unit);
    column->addWidget(m_where);
    column->addWidget(m_limits);
    column->addLayout(form);
    column->addWidget(makeParameters(), 1);
    column->addWidget(m_differences);
    m_look = new EntryLook(desk, [this] { return request(); }, this);
    column->addWidget(m_look);
    column->addWidget(m_note);
    column->addWidget(m_fault);
    column->addWidget(makeButtons());

    connect(m_strategy, &QComboBox::currentIndexChanged, this, &StrategyDialog::chooseStrategy);
    connect(m_underlying, &QComboBox::currentTextChanged, this, &StrategyDialog::check);
    connect(m_signal, &SignalFields::changed, this, &StrategyDialog::check);
    connect(m_parameters, &ParameterForm::changed, this, &StrategyDialog::drawDifferences);
    connect(&desk, &desk::Desk::environmentChanged, this, &QDialog::reject);
    auto* const timer = new QTimer(this); // orders disarm by themselves
    connect(timer, &QTimer::timeout, this, [this] { drawWhere(*m_desk.status(), *m_desk.trading()); });
    timer->start(whereMs);
    chooseStrategy(m_strategy->currentIndex());
    check();
}

void StrategyDialog::addFields(QFormLayout& form)
{
    m_strategy->setObjectName(QStringLiteral("strategy_name"));
    for (const desk::StrategyOption& option : m_options)
        m_strategy->addItem(text(option.title), text(option.name));
    m_underlying->setObjectName(QStringLiteral("strategy_underlying"));
    m_underlying->setEditable(true);
    m_underlying->addItems(m_desk.settings().watchlist());
    if (const std::string shown = m_desk.chain()->underlying; !shown.empty())
        m_underlying->setCurrentText(text(shown));
    m_basketWords->setText(
        tr("It trades the basket of the Dispersion panel, where that is edited: %1. One that is at work keeps the "
           "basket it was armed with.")
            .arg(text(toText(m_basket))));
    form.addRow(makeLabel(tr("Strategy"), "dim", this), m_strategy);
    form.addRow(m_about);
    form.addRow(makeLabel(tr("Underlying"), "dim", this), m_underlying);
    form.addRow(m_basketWords);
    form.addRow(makeLabel(tr("Signal"), "dim", this), m_signal);
}

QWidget* StrategyDialog::makeParameters()
{
    m_usual->setObjectName(QStringLiteral("strategy_usual"));
    m_usual->setProperty("kind", QStringLiteral("flat"));
    m_usual->setAutoDefault(false);
    m_usual->setToolTip(tr("Every parameter as the strategy has it of its own accord"));
    connect(m_usual, &QPushButton::clicked, m_parameters, &ParameterForm::useUsual);
    auto* const scroll = makeFormScroll(m_parameters, this);
    auto* const part = new QWidget(this);
    auto* const head = new QHBoxLayout;
    head->addWidget(makeLabel(tr("Parameters"), "strong", this), 1);
    head->addWidget(m_usual);
    auto* const column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit / 2);
    column->addLayout(head);
    column->addWidget(scroll, 1);
    return part;
}

QWidget* StrategyDialog::makeButtons()
{
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_arm = buttons->addButton(tr("Arm"), QDialogButtonBox::AcceptRole);
    m_arm->setObjectName(QStringLiteral("strategy_arm"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

const desk::StrategyOption* StrategyDialog::option() const
{
    const int index = m_strategy->currentIndex();
    return index < 0 || index >= static_cast<int>(m_options.size()) ? nullptr
                                                                    : &m_options[static_cast<std::size_t>(index)];
}

void StrategyDialog::chooseStrategy(int)
{
    const desk::StrategyOption* const chosen = option();
    if (!chosen)
        return;
    m_about->setText(text(chosen->about));
    m_parameters->setSpecs(chosen->parameters);
    m_basketWords->setVisible(chosen->isBasket);
    if (m_underlying->isEnabled() == chosen->isBasket) {
        m_underlying->setEnabled(!chosen->isBasket);
        if (chosen->isBasket)
            m_typed = m_underlying->currentText();
        m_underlying->setCurrentText(chosen->isBasket ? text(m_basket.index) : m_typed);
    }
    check();
}

void StrategyDialog::check()
{
    const bool isNamed = !m_underlying->currentText().trimmed().isEmpty();
    const QString fault = isNamed ? m_signal->fault() : tr("Underlying: enter a symbol, such as SPY.");
    m_fault->setText(fault);
    m_fault->setVisible(!fault.isEmpty());
    m_arm->setEnabled(fault.isEmpty() && !m_options.empty());
    drawWhere(*m_desk.status(), *m_desk.trading());
    m_look->askAnew();
}

void StrategyDialog::drawWhere(const desk::StatusView& status, const desk::TradingView& trading)
{
    const bool isLive = status.environment == desk::Environment::Live;
    const QString account =
        trading.account.empty() ? tr("no account yet") : tr("account %1").arg(text(trading.account));
    m_where->setText(tr("It is armed for: %1, %2", "account, environment").arg(account, placeWords(status)));
    setLook(*m_where, "tone", QString::fromLatin1(isLive ? "loss" : "strong"));
    const QStringList limits{limitWords(trading), capitalWords(trading)};
    m_limits->setText(limits.join(QLatin1Char(' ')).trimmed());
    QString note = atWorkWords();
    note += isLive
                ? tr("It trades real money while orders are armed, and goes on after a restart until you turn it off.")
                : tr("It trades by itself, within the limits of the risk gate, and goes on after a restart until "
                     "you turn it off.");
    if (isLive && !trading.isArmed)
        note += u' ' + tr("Orders are not armed now: until you arm them in the toolbar, nothing of it is sent.");
    m_note->setText(note);
    m_arm->setText(isLive ? tr("Arm with real money") : tr("Arm"));
    setLook(*m_arm, "kind", QString::fromLatin1(isLive ? "live" : "primary"));
}

QString StrategyDialog::limitWords(const desk::TradingView& trading) const
{
    const desk::Settings& settings = m_desk.settings();
    const double part = desk::limitsInForce(settings, desk::toleranceOf(settings)).tradeLoss;
    return std::isnan(trading.netLiquidation)
               ? tr("By the limits one trade may lose %1 of the account.").arg(percent(part, 1))
               : tr("By the limits one trade may lose %1, %2 of the account.")
                     .arg(money(part * trading.netLiquidation), percent(part, 1));
}

/// Only where the account is small for it.
QString StrategyDialog::capitalWords(const desk::TradingView& trading) const
{
    const desk::StrategyOption* const chosen = option();
    if (!chosen || !(trading.netLiquidation < chosen->usualCapital))
        return {};
    return tr("It is tried with %1 as a rule; on less, such as these %2, it may find that nothing fits.")
        .arg(number(chosen->usualCapital, 0), number(trading.netLiquidation, 0));
}

/// With a space behind it; empty where it is not at work there.
QString StrategyDialog::atWorkWords() const
{
    const desk::StrategyRequest asked = request();
    const std::shared_ptr<const desk::StrategiesView> view = m_desk.strategiesAtWork();
    const bool isAtWork = std::ranges::any_of(view->rows, [&](const desk::StrategyRow& row) {
        return row.strategy == asked.strategy && row.underlying == asked.underlying;
    });
    return isAtWork ? tr("It is in the list for %1 already: it goes on there under these parameters.")
                              .arg(text(asked.underlying)) +
                          u' '
                    : QString();
}

void StrategyDialog::drawDifferences()
{
    const QStringList all = m_parameters->differences();
    QStringList shown = all.mid(0, differencesShown);
    if (all.size() > shown.size())
        shown << tr("%n more", nullptr, static_cast<int>(all.size() - shown.size()));
    m_differences->setText(all.isEmpty() ? tr("All parameters are at the strategy's usual values.")
                                         : tr("Not at the usual values: %1.").arg(shown.join(QStringLiteral(", "))));
    setLook(*m_differences, "tone", QString::fromLatin1(all.isEmpty() ? "dim" : "accent"));
    m_usual->setEnabled(!all.isEmpty());
    if (m_look)
        m_look->askAnew();
}

void StrategyDialog::load(const desk::StrategyRequest& request)
{
    const auto option = std::ranges::find(m_options, request.strategy, &desk::StrategyOption::name);
    if (option == m_options.end())
        return;
    m_strategy->setCurrentIndex(static_cast<int>(option - m_options.begin()));
    if (m_underlying->isEnabled())
        m_underlying->setCurrentText(text(request.underlying));
    base::Parameters parameters(option->parameters);
    for (const auto& [name, value] : request.parameters)
        static_cast<void>(parameters.setText(name, value));
    std::vector<std::pair<std::string, double>> values;
    for (const base::ParameterSpec& spec : option->parameters)
        values.emplace_back(spec.name, parameters[spec.name]);
    m_parameters->setValues(values);
    m_signal->setChoice(desk::signalChoiceOf(request.parameters));
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
    for (auto& word : desk::wordsOf(m_signal->choice()))
        request.parameters.push_back(std::move(word));
    return request;
}

} // namespace vegadesk::ui
