#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "tastytrade/counters.h"
#include "tastytrade/endpoints.h"
#include "tastytrade/login_guard.h"
#include "tastytrade/rest_api.h"
#include "tastytrade/server_clock.h"
#include "tastytrade/token_source.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace vegadesk::tastytrade
{

/// Cancels every order that may still fill at an account, whoever placed it, by REST alone: asks for the list, cancels what
/// works (orders that depend on each other as a whole), and asks again, until two lists in a row, settleTime apart, show none.
/// What an answer to a cancel says counts for nothing, only the lists do. It places nothing.
class OrderSweep
{
public:
    static constexpr base::Nanos askAgainAfter = std::chrono::milliseconds(500);
    static constexpr base::Nanos settleTime =
        std::chrono::seconds(1); ///< of an order that was on its way to the broker

    struct Progress {
        std::string account;                ///< empty until it is known
        int lists = 0;                      ///< that were read
        std::optional<std::size_t> working; ///< orders that may still fill, by the last list; empty: there was none
        std::size_t cancels = 0;            ///< sent, repeated ones too
        std::string why;                    ///< what is in the way, if anything; the next list may clear it
        bool isHopeless = false;            ///< it has ended without success: a person must do something about `why`
        base::Instant verifiedAt{};         ///< by `clock`, when the last list showed none; zero: not yet
        bool isOver() const { return isHopeless || verifiedAt != base::Instant{}; }
    };
    using Changed = std::function<void(const Progress&)>;

    /// `account` empty: the first open one that may trade, as a session chooses it. Everything is on the scheduler's thread, and
    /// the references outlive it. `changed` never runs inside a call; the sweep may go in it.
    OrderSweep(Transport& transport, Scheduler& scheduler, const base::Clock& clock, const Endpoints& endpoints,
               Credentials credentials, std::string account, std::shared_ptr<LoginGuard> logins, Changed changed);
    ~OrderSweep();
    OrderSweep(const OrderSweep&) = delete;
    OrderSweep& operator=(const OrderSweep&) = delete;

    void start();
    const Progress& progress() const { return m_progress; }

private:
    void next();
    void onAccounts(const base::Result<std::vector<wire::Account>>& accounts);
    void onList(const base::Result<std::vector<execution::BrokerOrder>>& orders, std::uint64_t unreadableBefore);
    void onNothingWorking();
    void cancel(const std::vector<const execution::BrokerOrder*>& working);
    void onCancelled(const base::Error* error);
    void again(base::Nanos delay);
    void onFailure(const base::Error& error);
    void tell();

    Scheduler& m_scheduler;
    const base::Clock& m_clock;
    const Changed m_changed;
    const std::shared_ptr<LoginGuard> m_logins;
    base::Generator m_chance{1};
    Counters m_counters;
    Quarantine m_quarantine{m_counters};
    ServerClock m_serverClock;
    TokenSource m_tokens;
    RequestQueue m_queue;
    RestApi m_rest;
    Backoff m_backoff;
    Timer m_timer, m_telling;
    Progress m_progress;
    std::size_t m_open = 0;                  ///< cancels that are not answered yet
    std::optional<base::Nanos> m_emptySince; ///< when the first of the lists without a working order came
    std::shared_ptr<int> m_alive = std::make_shared<int>(); ///< goes first: what is still open is answered after it
};

} // namespace vegadesk::tastytrade
