#pragma once

#include "desk/alert_keeper.h"
#include "desk/backtest_runner.h"
#include "desk/desk.h"
#include "desk/environment_switch.h"
#include "desk/run_files.h"
#include "desk/signal_desk.h"
#include "desk/sweep_runner.h"
#include "desk/watchdog_process.h"
#include "desk/watched_symbols.h"

#include <QDir>
#include <QTimer>

#include <utility>

namespace vegadesk::desk
{

/// What the desk owns; shared by desk.cpp, which begins, shows and ends the session, desk_orders.cpp and desk_signals.cpp.
class Desk::Private
{
public:
    Private(Desk* desk, DeskOptions deskOptions, base::Environment variables)
        : q(desk), options(std::move(deskOptions)), environment(std::move(variables)),
          settings(QDir(options.dataDirectory).filePath(QStringLiteral("settings.ini"))),
          backtests(desk, BacktestRunner::countedIn(options.dataDirectory)),
          sweeps(desk, options.dataDirectory, SweepRunner::countedIn(options.dataDirectory)),
          watched(settings.watchlist())
    {
    }

    void onOpened(const QStringList& replayed);
    void notice(NoticeLevel level, const QString& text);
    void refuseSymbol(const QString& symbol);
    void publishStatus();
    void lookForAlerts();
    void leaveDispersion();
    void leaveSignals();
    SignalDays signalDays() const;
    EnvironmentSession* session() const { return environments.session(); }
    template<class Call>
    void onTrading(Call call)
    {
        if (session())
            session()->trading().post(std::move(call));
    }

    Desk* const q;
    const DeskOptions options;
    const base::Environment environment;
    Settings settings;
    WatchdogProcess watchdog; ///< outlives what it looks after
    QTimer statusTimer, alertsTimer;
    std::shared_ptr<MarketViews> market = std::make_shared<MarketViews>();
    std::shared_ptr<TradingViews> trading = std::make_shared<TradingViews>();
    Accounts accounts{environment, settings, options.keychainService};
    EnvironmentSwitch environments{options, accounts, settings, market, trading};
    AlertKeeper alerts{settings, options.keychainService};
    BacktestDetails backtestDetails{options.dataDirectory};
    BacktestRunner backtests; // ends before the session, where its runs are stored
    SweepRunner sweeps;
    SignalDesk models{RunFiles::in(options.dataDirectory).signals};
    Published<StatusView> status;
    WatchedSymbols watched;
    std::string shown, shownBefore;
    std::uint64_t lastRequest = 0;
    double startToFirstChain = unknown;
    base::Instant dispersionUntil{}; ///< by our clock: it is followed until then
    base::Instant signalsUntil{};    ///< likewise
};

} // namespace vegadesk::desk
