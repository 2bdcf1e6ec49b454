#include "tastytrade/order_sweep.h"

#include "base/log.h"
#include "tastytrade/network_side.h"

#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

namespace
{

constexpr base::Nanos againFirst = 1s, againLongest = 5s; ///< after a list that could not be had

} // namespace

OrderSweep::OrderSweep(Transport& transport, Scheduler& scheduler, const base::Clock& clock, const Endpoints& endpoints,
                       Credentials credentials, std::string account, std::shared_ptr<LoginGuard> logins,
                       Changed changed)
    : m_scheduler(scheduler), m_clock(clock), m_changed(std::move(changed)), m_logins(std::move(logins)),
      m_tokens(transport, scheduler, endpoints.rest, std::move(credentials), m_logins),
      m_queue(transport, scheduler, m_tokens, m_chance, m_counters, m_serverClock, {}),
      m_rest(m_queue, m_quarantine, endpoints.rest), m_backoff(againFirst, againLongest)
{
    m_progress.account = std::move(account);
}

OrderSweep::~OrderSweep() = default;

void OrderSweep::start()
{
    next();
}

void OrderSweep::next()
{
    const std::weak_ptr<int> alive(m_alive);
    if (m_progress.account.empty())
        return m_rest.accounts([this, alive](const base::Result<std::vector<wire::Account>>& accounts) {
            if (!alive.expired())
                onAccounts(accounts);
        });
    const std::uint64_t unreadable = m_counters.values().quarantined;
    m_rest.orders(m_progress.account,
                  [this, alive, unreadable](const base::Result<std::vector<execution::BrokerOrder>>& orders) {
                      if (!alive.expired())
                          onList(orders, unreadable);
                  });
}

void OrderSweep::onAccounts(const base::Result<std::vector<wire::Account>>& accounts)
{
    auto chosen = accounts ? chooseAccount(*accounts, {}) : tl::make_unexpected(accounts.error());
    if (!chosen)
        return onFailure(chosen.error());
    m_progress.account = std::move(*chosen);
    next();
}

void OrderSweep::onList(const base::Result<std::vector<execution::BrokerOrder>>& orders, std::uint64_t unreadableBefore)
{
    if (!orders)
        return onFailure(orders.error());
    std::vector<const execution::BrokerOrder*> working;
    for (const execution::BrokerOrder& order : *orders) {
        if (!isTerminal(order.status)) // one whose status cannot be read may still fill
            working.push_back(&order);
    }
    ++m_progress.lists;
    m_progress.working = working.size();
    m_progress.why.clear();
    m_backoff.reset();
    if (!working.empty()) {
        m_emptySince.reset();
        return cancel(working);
    }
    if (m_counters.values().quarantined > unreadableBefore)
        return onFailure({base::ErrorKind::Network, "order", {}, "one in the broker's list cannot be read", {}});
    onNothingWorking();
}

void OrderSweep::onNothingWorking()
{
    const base::Nanos now = m_scheduler.elapsed();
    if (!m_emptySince)
        m_emptySince = now;
    if (now - *m_emptySince < settleTime) {
        again(settleTime);
        return tell();
    }
    m_progress.verifiedAt = m_clock.now();
    base::log::info("sweep: no order works at {} ({} lists, {} cancels)", m_progress.account, m_progress.lists,
                    m_progress.cancels);
    tell();
}

void OrderSweep::cancel(const std::vector<const execution::BrokerOrder*>& working)
{
    const auto answered = [this, alive = std::weak_ptr(m_alive)](const auto& answer) {
        if (!alive.expired())
            onCancelled(answer ? nullptr : &answer.error());
    };
    std::set<std::string> orders, wholes;
    for (const execution::BrokerOrder* const order : working) {
        if (order->complexId.empty())
            orders.insert(order->brokerId);
        else
            wholes.insert(order->complexId);
    }
    m_open = orders.size() + wholes.size(); // before the first call, which may be answered inside itself
    m_progress.cancels += m_open;
    base::log::info("sweep: {} orders work at {}", working.size(), m_progress.account);
    tell();
    for (const std::string& id : wholes)
        m_rest.cancelComplex(m_progress.account, id, answered);
    for (const std::string& id : orders)
        m_rest.cancel(m_progress.account, id, answered);
}

void OrderSweep::onCancelled(const base::Error* error)
{
    if (error) {
        m_progress.why = error->message();
        base::log::warning("sweep: {}", m_progress.why);
    }
    if (--m_open == 0)
        again(askAgainAfter);
    tell();
}

void OrderSweep::again(base::Nanos delay)
{
    m_timer = m_scheduler.after(delay, [this] { next(); });
}

void OrderSweep::onFailure(const base::Error& error)
{
    m_progress.why = error.message();
    m_emptySince.reset();
    base::log::warning("sweep: {}", m_progress.why);
    m_progress.isHopeless = m_tokens.isBlocked();
    if (!m_progress.isHopeless)
        again(m_backoff.next(m_chance));
    tell();
}

/// Once for all that changed meanwhile, and outside of whatever call it came from.
void OrderSweep::tell()
{
    m_telling = m_scheduler.after({}, [this] { m_changed(m_progress); });
}

} // namespace vegadesk::tastytrade
