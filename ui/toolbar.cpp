#include "ui/toolbar.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"
#include "ui/workspace_switch.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
void setText(QLabel& label, const QString& text)
{
    if (label.text() != text)
        label.setText(text);
}

/// Milliseconds are noise in a light that says "fresh": tenths up to ten seconds, whole seconds after.
QString ageText(double seconds)
{
    return Toolbar::tr("%1 s").arg(number(seconds, seconds < 10 ? 1 : 0));
}
} // namespace

Toolbar::Toolbar(const Theme& theme, const Workspaces& workspaces, QWidget* parent) : QFrame(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("toolbar"));
    auto* const outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, bottomGap);
    auto* const strip = new QFrame;
    strip->setProperty("kind", QStringLiteral("bar"));
    outer->addWidget(strip);
    auto* const layout = new QHBoxLayout(strip);
    layout->setContentsMargins(14, 6, 8, 7);
    layout->setSpacing(2 * Theme::unit);

    m_wordmark = new QLabel;
    m_wordmark->setProperty("tone", QStringLiteral("title"));
    m_wordmark->setAccessibleName(QStringLiteral("Vegadesk"));
    paintWordmark();
    layout->addWidget(m_wordmark);

    auto* const toggle = new QHBoxLayout;
    toggle->setSpacing(0);
    m_sandbox = new QPushButton(tr("SANDBOX"));
    m_live = new QPushButton(tr("LIVE"));
    m_sandbox->setObjectName(QStringLiteral("environment_sandbox"));
    m_live->setObjectName(QStringLiteral("environment_live"));
    m_sandbox->setToolTip(tr("Orders go to a practice exchange: no real money"));
    m_live->setToolTip(tr("Orders go to the broker: real money"));
    m_live->setProperty("live", true);
    for (QPushButton* const button : {m_sandbox, m_live}) {
        button->setProperty("kind", QStringLiteral("segment"));
        button->setCheckable(true);
        toggle->addWidget(button);
    }
    layout->addLayout(toggle);
    // A click only asks; what is checked follows the session.
    connect(m_sandbox, &QPushButton::clicked, this, [this] {
        showEnvironment(m_environment);
        Q_EMIT sandboxAsked();
    });
    connect(m_live, &QPushButton::clicked, this, [this] {
        showEnvironment(m_environment);
        Q_EMIT liveAsked();
    });

    m_arm = new QPushButton;
    m_arm->setObjectName(QStringLiteral("arm_orders"));
    m_arm->hide();
    connect(m_arm, &QPushButton::clicked, this, [this] {
        if (m_isArmed)
            Q_EMIT disarmAsked();
        else
            Q_EMIT armAsked();
    });
    layout->addWidget(m_arm);

    m_workspaces = new WorkspaceSwitch(workspaces);
    connect(m_workspaces, &WorkspaceSwitch::asked, this, &Toolbar::workspaceAsked);
    layout->addWidget(m_workspaces);

    m_account = addFigure(*layout, tr("account"), "account");

    auto* const field = new QPushButton(tr("Ctrl K   find anything…"));
    field->setObjectName(QStringLiteral("palette_field"));
    field->setProperty("kind", QStringLiteral("field"));
    field->setMinimumWidth(160);
    field->setMaximumWidth(250);
    field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(field, &QPushButton::clicked, this, &Toolbar::paletteAsked);
    layout->addWidget(field, 2);
    layout->addStretch(3);

    m_netLiquidation = addFigure(*layout, tr("net liq"), "net_liq");
    m_dayProfit = addFigure(*layout, tr("day P&L"), "day_pnl");
    m_buyingPower = addFigure(*layout, tr("buying power"), "buying_power");
    m_light = addFigure(*layout, tr("feed"), "feed_light");
    m_light->setMinimumWidth(64);

    m_resume = new QPushButton(tr("Resume"));
    m_resume->setObjectName(QStringLiteral("resume"));
    m_resume->setProperty("kind", QStringLiteral("primary"));
    m_resume->hide();
    connect(m_resume, &QPushButton::clicked, this, &Toolbar::resumeAsked);
    layout->addWidget(m_resume);

    m_stop = new QPushButton(tr("Stop all · F12"));
    m_stop->setObjectName(QStringLiteral("stop_all"));
    m_stop->setProperty("kind", QStringLiteral("danger"));
    m_stop->setToolTip(
        tr("Halts trading and cancels every working order. Positions stay; you can close them one by one."));
    connect(m_stop, &QPushButton::clicked, this, &Toolbar::stopAsked);
    layout->addWidget(m_stop);

    m_menuButton = new QToolButton;
    m_menuButton->setObjectName(QStringLiteral("menu"));
    m_menuButton->setText(tr("Menu ▾"));
    m_menuButton->setProperty("kind", QStringLiteral("flat"));
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menu = new QMenu(m_menuButton);
    m_menuButton->setMenu(m_menu);
    layout->addWidget(m_menuButton);
    showEnvironment(desk::Environment::Venue);
}

QLabel* Toolbar::addFigure(QHBoxLayout& layout, const QString& label, const char* objectName)
{
    auto* const column = new QVBoxLayout;
    column->setSpacing(1);
    auto* const name = new QLabel(label);
    name->setProperty("tone", QStringLiteral("label"));
    auto* const value = new QLabel(number(desk::unknown, 0));
    value->setObjectName(QString::fromLatin1(objectName));
    value->setProperty("tone", QStringLiteral("strong"));
    value->setAccessibleName(label);
    column->addWidget(name);
    column->addWidget(value);
    layout.addLayout(column);
    return value;
}

QMenu& Toolbar::workspaceMenu()
{
    return m_workspaces->menu();
}

void Toolbar::paintWordmark()
{
    m_wordmark->setText(
        QStringLiteral("Vega<span style='color:%1'>desk</span>").arg(m_theme.color(Role::Accent).name()));
}

void Toolbar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintWordmark();
}

void Toolbar::showEnvironment(desk::Environment environment)
{
    m_environment = environment;
    const bool isLive = environment == desk::Environment::Live;
    m_sandbox->setChecked(!isLive);
    m_live->setChecked(isLive);
}

void Toolbar::showLight(const desk::StatusView& status, double staleSeconds)
{
    QString text;
    QString why = QString::fromStdString(status.why);
    const char* tone = "gain";
    const double age = status.secondsSinceQuote;
    const bool isConnected = status.feed == desk::Light::Silent || status.feed == desk::Light::Live;
    if (isConnected && !status.isMarketOpen && !(age <= staleSeconds)) {
        // Nothing has to arrive while nobody trades: calm, and not the amber of a feed that should speak.
        setText(*m_light, QStringLiteral("○ ") + tr("closed", "the market"));
        setLook(*m_light, "tone", QStringLiteral("dim"));
        why = tr("The market is closed and opens %1, New York time. Prices are the last ones.")
                  .arg(openingText(status.opensAt));
        if (m_light->toolTip() != why)
            m_light->setToolTip(why);
        return;
    }
    switch (status.feed) {
    case desk::Light::Down:
        text = QStringLiteral("■ ") + tr("down");
        tone = "loss";
        break;
    case desk::Light::Connecting:
        text = QStringLiteral("◌ ") + tr("connecting");
        tone = "warning";
        break;
    case desk::Light::Silent:
        text = QStringLiteral("▲ ") + (std::isnan(age) ? tr("silent") : ageText(age));
        tone = "warning";
        break;
    case desk::Light::Live:
        text = QStringLiteral("● ") + (std::isnan(age) ? tr("live") : ageText(age));
        tone = age > staleSeconds ? "warning" : "gain";
        break;
    }
    setText(*m_light, text);
    setLook(*m_light, "tone", QString::fromLatin1(tone));
    if (m_light->toolTip() != why)
        m_light->setToolTip(why);
}

void Toolbar::showArming(const desk::TradingView& trading)
{
    m_isArmed = trading.isArmed;
    m_arm->setVisible(trading.needsArming);
    const QString text = m_isArmed ? tr("ARMED · Disarm") : tr("Arm orders…");
    const QString tip =
        m_isArmed ? tr("Orders with real money leave. Click to disarm them at once; cancels still pass.")
                  : tr("Orders with real money are held back: %1.").arg(QString::fromStdString(trading.disarmedReason));
    if (m_arm->text() != text) {
        m_arm->setText(text);
        setLook(*m_arm, "kind", m_isArmed ? QStringLiteral("live") : QStringLiteral("primary"));
    }
    if (m_arm->toolTip() != tip)
        m_arm->setToolTip(tip);
}

void Toolbar::show(const desk::StatusView& status, const desk::TradingView& trading, double staleSeconds)
{
    showEnvironment(status.environment);
    showLight(status, staleSeconds);
    showArming(trading);
    setText(*m_account, trading.account.empty() ? number(desk::unknown, 0) : QString::fromStdString(trading.account));
    setText(*m_netLiquidation, money(trading.netLiquidation));
    setText(*m_buyingPower, money(trading.buyingPower));
    const double profit = trading.dayProfit;
    const QString fraction = std::isnan(trading.dayProfitFraction)
                                 ? QString()
                                 : QStringLiteral(" · ") + percent(std::fabs(trading.dayProfitFraction), 2);
    setText(*m_dayProfit, arrowed(profit, 2) + fraction);
    setLook(*m_dayProfit, "tone", QString::fromLatin1(signTone(profit)));
    m_dayProfit->setToolTip(
        (trading.dayFrom == base::Instant{}
             ? tr("Realised and open, fees and deposits taken off, since the previous close.")
             : tr("Realised and open, fees and deposits taken off, since %1, New York: before then the day was not seen.")
                   .arg(newYorkText(trading.dayFrom, QStringLiteral("HH:mm")))) +
        u' ' + tr("The panel Attribution takes it apart."));
    // Figures that are only the last known ones say so.
    for (QLabel* const figure : {m_netLiquidation, m_buyingPower})
        setLook(*figure, "tone", QString::fromLatin1(trading.isStale ? "faint" : "strong"));
    m_netLiquidation->setToolTip(
        trading.isStale ? tr("The account connection is down: these are the last known figures") : QString());
    const bool isHalted = trading.state == desk::DeskState::Halted;
    m_resume->setVisible(isHalted);
    m_resume->setToolTip(QString::fromStdString(trading.stateReason));
    const QString stop = isHalted ? tr("Halted") : tr("Stop all · F12");
    if (m_stop->text() != stop)
        m_stop->setText(stop);
}

} // namespace vegadesk::ui
