#include "ui/screenshots.h"

#include "market/symbols.h"
#include "ui/command_palette.h"
#include "ui/dialogs/strategy_dialog.h"
#include "ui/models/words.h"
#include "ui/notice_area.h"
#include "ui/panels/strategies.h"
#include "ui/panels/volatility_surface.h"

#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QPixmap>
#include <QPushButton>
#include <QSlider>
#include <QTextStream>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int pollMs = 30, settleFrames = 6;

void say(const QString& text)
{
    QTextStream(stderr) << "vegadesk --screenshots: " << text << '\n';
}

/// The button of that name, if it can be clicked.
QPushButton* readyButton(const QWidget& in, const char* name)
{
    auto* const button = in.findChild<QPushButton*>(QString::fromLatin1(name));
    return button && button->isEnabled() ? button : nullptr;
}
} // namespace

Screenshots::Screenshots(MainWindow& window, desk::Desk& desk, Theme& theme, const QString& directory, QObject* parent)
    : QObject(parent), m_window(window), m_desk(desk), m_theme(theme), m_directory(directory)
{
    connect(&desk, &desk::Desk::chainStreamed, this, [this] { m_hasStreamed = true; });
    connect(&m_timer, &QTimer::timeout, this, &Screenshots::advance);
}

void Screenshots::addStep(const char* name, int patienceMs, bool isRequired, std::function<Progress()> advance)
{
    m_steps.push_back({name, patienceMs, isRequired, std::move(advance)});
}

void Screenshots::start()
{
    if (!QDir().mkpath(m_directory)) {
        QTimer::singleShot(0, this, [this] { end(1, tr("cannot make the folder %1").arg(m_directory)); });
        return;
    }
    addData();
    addTrade();
    addAlerts();
    addBacktest();
    addSweeps();
    addStrategy();
    addPictures(ThemeName::Dark, QStringLiteral("-dark"));
    addPictures(ThemeName::Light, QStringLiteral("-light"));
    m_sinceStep.start();
    m_timer.start(pollMs);
}

void Screenshots::addData()
{
    addStep("data", dataSeconds * 1000, true, [this] {
        const auto chain = m_desk.chain();
        const bool isReady = m_hasStreamed && !chain->rows.empty() && std::isfinite(chain->atmVolatility) &&
                             std::isfinite(m_desk.trading()->netLiquidation);
        return isReady ? Progress::Done : Progress::Waiting;
    });
    addStep("surface", 15'000, false,
            [this] { return std::isnan(m_desk.surface()->fitError) ? Progress::Waiting : Progress::Done; });
    addSettle();
}

bool Screenshots::stageVertical(market::Right right, int rowsAway)
{
    const auto chain = m_desk.chain();
    const auto& rows = chain->rows;
    const bool isPut = right == market::Right::Put;
    const auto above = std::ranges::upper_bound(rows, chain->spot, {}, &desk::ChainRow::strike) - rows.begin();
    const auto shortRow = isPut ? above - rowsAway : above + rowsAway - 1;
    const auto longRow = isPut ? shortRow - 2 : shortRow + 2;
    if (std::min(shortRow, longRow) < 0 || std::max(shortRow, longRow) >= std::ssize(rows))
        return false;
    m_window.staged().clear();
    for (const auto& [row, quantity] : {std::pair{shortRow, -1}, std::pair{longRow, 1}}) {
        const desk::ChainRow& strike = rows[static_cast<std::size_t>(row)];
        const desk::ChainCell& cell = isPut ? strike.put : strike.call;
        const auto terms = market::parseOccSymbol(cell.symbol);
        if (!terms || !market::isTradable(cell.flags))
            return false;
        StagedLeg leg;
        leg.symbol = cell.symbol;
        leg.underlying = chain->underlying;
        leg.option = *terms;
        leg.quantity = quantity;
        m_window.staged().add(leg);
    }
    return true;
}

void Screenshots::addTrade()
{
    const auto isPriced = [this] {
        const auto ticket = m_desk.ticket();
        return ticket->legs.size() == 2 && !ticket->spots.empty() && std::isfinite(ticket->mid) &&
               ticket->intent.legs.size() == 2 && ticket->intent.legs[0].symbol == m_window.staged().legs()[0].symbol;
    };
    // A real order on the simulated exchange, and never anywhere else.
    if (m_desk.status()->environment == desk::Environment::Venue) {
        addStep("first spread", 10'000, false,
                [this] { return stageVertical(market::Right::Put, 3) ? Progress::Done : Progress::Waiting; });
        addStep("order", 10'000, false, [this, isPriced] {
            if (m_window.staged().legs().size() != 2 || !isPriced() || !m_desk.ticket()->isAllowed)
                return Progress::Waiting;
            const auto natural = base::Decimal::fromDouble(m_desk.ticket()->natural);
            if (!natural)
                return Progress::Failed;
            m_desk.send(m_window.staged().intent(*natural));
            return Progress::Done;
        });
        addStep("fill", 15'000, false,
                [this] { return m_desk.trading()->groups.empty() ? Progress::Waiting : Progress::Done; });
    }
    addStep("second spread", 10'000, false,
            [this] { return stageVertical(market::Right::Call, 3) ? Progress::Done : Progress::Waiting; });
    addStep("dry run", 10'000, false, [this, isPriced] {
        QPushButton* const button = readyButton(m_window, "ticket_dry_run");
        if (m_window.staged().legs().size() != 2 || !isPriced() || !button)
            return Progress::Waiting;
        button->click();
        return Progress::Done;
    });
    addStep("dry run's answer", 10'000, false,
            [this] { return m_desk.dryRun()->isDone ? Progress::Done : Progress::Waiting; });
}

void Screenshots::addStrategy()
{
    addStep("strategy", 10'000, false, [this] {
        m_desk.armStrategy({"iron_condor",
                            m_desk.chain()->underlying,
                            {{"min_credit", "0"}, {"wings", "width"}, {"wing_width", "5"}}});
        return Progress::Done;
    });
    addStep("its trade", 20'000, false, [this] {
        const auto view = m_desk.strategiesAtWork();
        return !view->rows.empty() && view->rows.front().hasOpenTrade() ? Progress::Done : Progress::Waiting;
    });
}

void Screenshots::addSettle()
{
    addStep("drawing", 10'000, false, [this] {
        // The timer's own period lies above a frame, so each turn has drawn at least one.
        if (++m_settled < settleFrames)
            return Progress::Waiting;
        m_settled = 0;
        return Progress::Done;
    });
}

void Screenshots::addPictures(ThemeName theme, const QString& suffix)
{
    addStep("theme", 1000, true, [this, theme] {
        m_theme.setName(theme);
        m_theme.apply();
        m_window.notices().clear();
        return Progress::Done;
    });
    // The backtest's dialog is open with its report: first, before the others take its place.
    addDialog(QStringLiteral("backtest"), suffix, [this] { return m_window.openBacktest(); });
    addBacktestPages(suffix);
    addSweepPictures(suffix);
    addStep("window", 1000, true, [this, suffix] {
        m_window.notices().clear();
        return save(&m_window, QStringLiteral("window") + suffix);
    });
    addWorkspaces(suffix);
    for (const PanelInfo& info : panels()) {
        const QString id = QString::fromLatin1(info.id);
        addStep("show dock", 1000, true, [this, id] {
            m_window.showPanel(id);
            return Progress::Done;
        });
        if (id == QLatin1String("price_chart")) // it asks when it is seen, and draws at a pace of its own
            addStep("history", 15'000, false, [this, id] {
                const auto* const plot = m_window.panel(id)->findChild<QWidget*>(QStringLiteral("candle_plot"));
                return plot && plot->isVisible() ? Progress::Done : Progress::Waiting;
            });
        if (id == QLatin1String("dispersion")) // its names stream from when it is seen
            addStep("correlations", 30'000, false, [this] {
                const auto view = m_desk.dispersion();
                const bool isWhole = view->known == view->members.size() && std::isfinite(view->exact) &&
                                     std::isfinite(view->realisedQuarter);
                return isWhole ? Progress::Done : Progress::Waiting;
            });
        if (id == QLatin1String("signals"))
            addDemonstration();
        addSettle();
        addStep(info.id, 1000, true, [this, id, suffix, &info] {
            const Progress progress = save(m_window.dock(id), id + suffix);
            const bool isShipped = std::ranges::count(info.places, Workspace::Trade, &Place::workspace) != 0;
            m_window.dock(id)->setVisible(isShipped); // the window's own picture is of the shipped layout
            return progress;
        });
    }
    addWhatIf(suffix);
    addClosing(suffix);
    addTerms(suffix);
    addWorkingOrder(suffix);
    for (int page = 0; page < VolatilitySurfacePanel::pageCount; ++page) {
        const auto panel = [this] { return m_window.findChild<VolatilitySurfacePanel*>(); };
        addStep("page of the surface", 1000, true, [page, panel] {
            panel()->setPage(page);
            return Progress::Done;
        });
        addSettle();
        addStep("picture of the page", 1000, true, [this, page, suffix, panel] {
            return save(panel(), QStringLiteral("volatility_surface_%1").arg(page + 1) + suffix);
        });
    }
    addStep("first page again", 1000, true, [this] {
        m_window.findChild<VolatilitySurfacePanel*>()->setPage(0);
        return Progress::Done;
    });
    addNeural(suffix);
    addStep("first tab again", 1000, true, [this] {
        m_window.showPanel(QStringLiteral("positions"));
        return Progress::Done;
    });
    addDialog(QStringLiteral("settings"), suffix, [this] { return m_window.openSettings(); });
    addDialog(QStringLiteral("limits"), suffix, [this] { return m_window.openLimits(); });
    addDialog(QStringLiteral("shortcuts"), suffix, [this] { return m_window.openShortcuts(); });
    addDialog(QStringLiteral("strategy"), suffix,
              [this] { return static_cast<StrategiesPanel*>(m_window.panel(QStringLiteral("strategies")))->armNew(); });
    addDialog(QStringLiteral("strategy_basket"), suffix, [this] {
        auto* const dialog = static_cast<StrategyDialog*>(
            static_cast<StrategiesPanel*>(m_window.panel(QStringLiteral("strategies")))->armNew());
        dialog->load({"dispersion", {}, {}});
        return dialog;
    });
    addDialog(QStringLiteral("alert_rules"), suffix, [this] { return m_window.openAlertRules({}); });
    addDialog(QStringLiteral("accounts"), suffix, [this] { return m_window.openAccounts(); });
    addDialog(QStringLiteral("live"), suffix, [this] { return m_window.openLive(); });
    addStep("palette", 1000, true, [this] {
        m_window.commandPalette().open();
        return Progress::Done;
    });
    addSettle();
    addStep("palette's picture", 1000, true, [this, suffix] {
        const Progress progress = save(&m_window.commandPalette(), QStringLiteral("palette") + suffix);
        m_window.commandPalette().hide();
        return progress;
    });
}

void Screenshots::addWhatIf(const QString& suffix)
{
    addStep("what if", 10'000, false, [this] {
        auto* const toggle = m_window.findChild<QPushButton*>(QStringLiteral("what_if_toggle"));
        auto* const spot = m_window.findChild<QSlider*>(QStringLiteral("what_if_spot"));
        auto* const date = m_window.findChild<QSlider*>(QStringLiteral("what_if_date"));
        if (!toggle || !spot || !date)
            return Progress::Failed;
        toggle->setChecked(true);
        spot->setValue(-spot->pageStep());
        date->setValue(date->maximum() / 2);
        return m_desk.ticket()->whatIf ? Progress::Done : Progress::Waiting;
    });
    addSettle();
    addStep("what if's picture", 1000, true, [this, suffix] {
        const Progress progress =
            save(m_window.dock(QStringLiteral("order_ticket")), QStringLiteral("what_if") + suffix);
        if (auto* const toggle = m_window.findChild<QPushButton*>(QStringLiteral("what_if_toggle")))
            toggle->setChecked(false);
        return progress;
    });
}

void Screenshots::addClosing(const QString& suffix)
{
    const auto before = std::make_shared<std::pair<portfolio::OrderIntent, std::vector<StagedLeg>>>();
    addStep("closing order", 10'000, false, [this, before] {
        const auto trading = m_desk.trading();
        const auto group =
            std::ranges::find_if(trading->groups, [](const desk::PositionGroup& each) { return each.rows.size() > 1; });
        if (group == trading->groups.end())
            return Progress::Waiting;
        const auto closing = m_desk.closingIntent({group->rows.front().position.symbol});
        if (!closing)
            return Progress::Failed;
        StagedOrder& staged = m_window.staged();
        *before = {staged.intent({}), staged.legs()};
        if (!staged.limit())
            before->first.price.reset();
        staged.load(*closing, stagedLegs(*closing));
        return Progress::Done;
    });
    addStep("closing order's figures", 10'000, false, [this] {
        const auto ticket = m_desk.ticket();
        return ticket->effect == portfolio::OrderEffect::Opens || ticket->spots.empty() ? Progress::Waiting
                                                                                        : Progress::Done;
    });
    addSettle();
    addStep("closing order's picture", 1000, true, [this, suffix, before] {
        const Progress progress =
            save(m_window.dock(QStringLiteral("order_ticket")), QStringLiteral("closing") + suffix);
        if (!before->second.empty())
            m_window.staged().load(before->first, before->second);
        return progress;
    });
}

void Screenshots::addDialog(const QString& name, const QString& suffix, std::function<QDialog*()> open)
{
    addStep("open dialog", 1000, true, [this, open = std::move(open)] {
        m_dialog = open();
        return m_dialog ? Progress::Done : Progress::Failed;
    });
    addSettle();
    addStep("dialog", 1000, true, [this, name, suffix] {
        const Progress progress = save(m_dialog, name + suffix);
        // What has run stays for the second theme: it would have to run again.
        if (name == QLatin1String("backtest") || name.startsWith(QLatin1String("sweep")) ||
            name == QLatin1String("walk_forward"))
            m_dialog->hide();
        else
            m_dialog->close();
        return progress;
    });
}

Screenshots::Progress Screenshots::save(QWidget* widget, const QString& name)
{
    const QString path = QDir(m_directory).filePath(name + QStringLiteral(".png"));
    if (widget && widget->grab().save(path))
        return Progress::Done;
    end(1, tr("cannot write %1").arg(path));
    return Progress::Failed;
}

void Screenshots::advance()
{
    if (m_step >= m_steps.size()) {
        end(0, {});
        return;
    }
    const Step& step = m_steps[m_step];
    Progress progress = step.advance();
    if (!m_timer.isActive())
        return; // it ended in there
    if (progress == Progress::Waiting && m_sinceStep.elapsed() < step.patienceMs)
        return;
    if (progress != Progress::Done) {
        const QString what = QString::fromLatin1(step.name);
        if (step.isRequired) {
            const QString why = QString::fromStdString(m_desk.status()->why);
            end(1, tr("gave up waiting for %1 after %2 s").arg(what).arg(step.patienceMs / 1000) +
                       (why.isEmpty() ? QString() : QStringLiteral(": ") + why));
            return;
        }
        say(tr("goes on without: %1").arg(what));
    }
    ++m_step;
    m_sinceStep.restart();
}

void Screenshots::end(int status, const QString& message)
{
    m_timer.stop();
    if (!message.isEmpty())
        say(message);
    Q_EMIT finished(status);
}

} // namespace vegadesk::ui
