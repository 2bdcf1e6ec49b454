#pragma once

#include "base/clock.h"
#include "tastytrade/order_sweep.h"
#include "watchdog/heartbeat.h"
#include "watchdog/messages.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace vegadesk::watchdog
{

/// What the STOP window shows.
struct View {
    enum class Why : std::uint8_t {
        Fine,
        Silent,   ///< the window's thread does not beat
        Unending, ///< it ought to have ended long ago
        Gone      ///< its process has ended, and had not said that it would
    };
    enum class Stop : std::uint8_t {
        None,
        AtWork,    ///< see `sweep`
        Verified,  ///< the broker's lists show no working order
        NextStart, ///< the simulated exchange ended with Vegadesk: its next start is halted, and cancels
        Failed     ///< a person has to look at the broker's own page, see `sweep`
    };
    bool isShown = false;
    Why why = Why::Fine;
    std::string environment, account; ///< account: empty while it is not known
    base::Instant lastBeat{};         ///< zero: there was none
    double silentSeconds = 0;
    Stop stop = Stop::None;
    std::string haltTrouble; ///< why Vegadesk could not be told to halt; empty when it is
    tastytrade::OrderSweep::Progress sweep;
};

/// Looks after a running Vegadesk from a process of its own: hears its beats, shows itself when they stop, and on STOP halts the
/// environment by its halt file and cancels what works at the broker by REST, both without Vegadesk's help. Everything is on
/// the scheduler's thread.
class Watchdog
{
public:
    static constexpr base::Nanos patience = std::chrono::seconds(2);
    static constexpr base::Nanos startPatience = std::chrono::seconds(20); ///< until the first beat
    static constexpr base::Nanos endPatience = std::chrono::seconds(20);   ///< once it has said that it ends
    static constexpr base::Nanos lookEvery = std::chrono::milliseconds(100);

    struct Events {
        std::function<void()> changed;                      ///< view()
        std::function<void(const QByteArray& line)> answer; ///< to Vegadesk
        std::function<void()> finished; ///< nothing is left to look after; may be told more than once
    };

    /// The references outlive it. Events may run inside calls.
    Watchdog(tastytrade::Transport& transport, tastytrade::Scheduler& scheduler, const base::Clock& clock,
             Events events);

    /// That of the data folder: when another Vegadesk has it after ours has gone, that one looks after the orders, and has a
    /// watchdog of its own. Empty: that is not looked for.
    void setLockFile(std::string file) { m_lockFile = std::move(file); }

    /// What came from Vegadesk, in whatever pieces.
    void receive(const QByteArray& bytes);
    /// The pipe has ended, and Vegadesk with it.
    void closed();

    /// A person pressed STOP.
    void stop();
    /// A person has seen it: hidden until there is news, and over when there is nothing left to look after. A stop goes on.
    void dismiss();

    const View& view() const { return m_view; }
    /// Where orders go; null until it was told.
    const Place* place() const { return m_place ? &*m_place : nullptr; }

private:
    void take(Message message);
    void onBeat();
    void look();
    void refresh();
    void watchSweep(const tastytrade::OrderSweep::Progress& progress);
    void leaveStop();
    bool isVenueGone() const;
    std::int64_t lockOwner() const;
    bool isSucceeded() const;

    tastytrade::Transport& m_transport;
    tastytrade::Scheduler& m_scheduler;
    const base::Clock& m_clock;
    const Events m_events;
    Heartbeat m_heartbeat;
    QByteArray m_received; ///< the line that has not ended yet
    std::optional<Place> m_place;
    std::string m_lockFile;
    std::int64_t m_lastOwner = 0; ///< of the lock, when ours went
    bool m_isEnding = false, m_isGone = false, m_isDismissed = false;
    View m_view;
    std::string m_haltFile; ///< that the stop wrote
    bool m_isHaltWritten = false;
    const std::shared_ptr<tastytrade::LoginGuard> m_logins = std::make_shared<tastytrade::LoginGuard>();
    std::unique_ptr<tastytrade::OrderSweep> m_sweep;
    tastytrade::Timer m_timer;
};

} // namespace vegadesk::watchdog
