#include "tastytrade/network_side.h"

#include "base/clock.h"
#include "base/log.h"
#include "market/calendar.h"

#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

namespace
{

constexpr base::Nanos clockCheckEvery = 1s;
constexpr base::Nanos sleepAtLeast = 10s;

} // namespace

base::Result<std::string> chooseAccount(const std::vector<wire::Account>& accounts, const std::string& wanted)
{
    std::string known;
    for (const wire::Account& account : accounts) {
        const bool mayTrade = !account.isClosed && account.authority != "read-only";
        if (account.number == wanted || (wanted.empty() && mayTrade))
            return account.number;
        known += (known.empty() ? "" : ", ") + account.number;
    }
    if (wanted.empty())
        return base::fail(base::ErrorKind::NotFound, "account", {}, "this login has no open account that may trade");
    return base::fail(base::ErrorKind::NotFound, "account", wanted,
                      known.empty() ? "this login has no account" : "this login has " + known);
}

NetworkSide::NetworkSide(Transport& transport, Scheduler& scheduler, const base::Clock& clock, market::Book& book,
                         Counters& counters, Quarantine& quarantine, Options options, Credentials credentials,
                         Events events)
    : m_scheduler(scheduler), m_book(book), m_counters(counters), m_clock(clock), m_options(std::move(options)),
      m_marketClock(m_options.marketClock ? *m_options.marketClock : clock), m_events(std::move(events)),
      m_chance(m_options.seed), m_tokens(transport, scheduler, m_options.endpoints.rest, std::move(credentials),
                                         m_options.logins ? m_options.logins : std::make_shared<LoginGuard>()),
      m_queue(transport, scheduler, m_tokens, m_chance, counters, m_serverClock, m_options.rate),
      m_rest(m_queue, quarantine, m_options.endpoints.rest),
      m_streamer(transport, scheduler, m_tokens, m_chance, clock, counters, quarantine, m_options.stream,
                 {m_events.account, m_events.order,
                  [this](const wire::AccountPosition& position) {
                      m_events.position(wire::positionOn(position, market::newYorkDate(m_marketClock.now())));
                  },
                  [this](const wire::AccountBalance& balance) { m_events.balances(balance.values); }}),
      m_feed(transport, scheduler, m_rest, m_chance, clock, m_marketClock, book, m_options.endpoints, counters,
             quarantine, m_options.feed, m_events.feed),
      m_backoff(m_options.stream.backoffFirst, m_options.stream.backoffLongest)
{
    m_feed.setSpotCheck([this](const std::vector<market::InstrumentIndex>& silent) { spotCheck(silent); });
}

void NetworkSide::start()
{
    if (m_options.purpose == Purpose::LoginOnly)
        return m_rest.accounts(m_events.loginChecked);
    m_lastElapsed = m_scheduler.elapsed();
    m_lastWall = m_scheduler.wall();
    m_clockTimer = m_scheduler.after(clockCheckEvery, [this] { watchClocks(); });
    if (hasAccount(m_options.purpose))
        findAccount();
    if (hasMarketData(m_options.purpose))
        m_feed.start();
}

void NetworkSide::findAccount()
{
    m_events.account(execution::ConnectionState::Connecting, {});
    m_rest.accounts([this, alive = std::weak_ptr(m_alive)](const base::Result<std::vector<wire::Account>>& accounts) {
        if (!alive.expired())
            onAccounts(accounts);
    });
}

void NetworkSide::onAccounts(const base::Result<std::vector<wire::Account>>& accounts)
{
    const auto chosen = accounts ? chooseAccount(*accounts, m_options.account) : tl::make_unexpected(accounts.error());
    if (!chosen) {
        const base::Error& error = chosen.error();
        m_events.account(execution::ConnectionState::Disconnected, error.message());
        base::log::warning("account: {}", error.message());
        if (!m_tokens.isBlocked())
            m_retry = m_scheduler.after(m_backoff.next(m_chance), [this] { findAccount(); });
        return;
    }
    m_account = *chosen;
    m_events.accountFound(m_account);
    m_streamer.start(m_options.endpoints.accountStreamer, m_account);
}

/// What the feed does not stream has a quote all the same: once, of the first that one request may ask for.
void NetworkSide::spotCheck(const std::vector<market::InstrumentIndex>& silent)
{
    MarketApi::Wanted wanted;
    std::size_t asked = 0;
    for (const market::InstrumentIndex index : silent) {
        const market::Instrument instrument = m_book.instrument(index);
        std::vector<std::string>* const list = instrument.type == market::InstrumentType::EquityOption ? &wanted.options
                                               : instrument.type == market::InstrumentType::Equity ? &wanted.equities
                                               : instrument.type == market::InstrumentType::Index  ? &wanted.indices
                                                                                                   : nullptr;
        if (list && ++asked <= MarketApi::snapshotsMost)
            list->push_back(instrument.symbol);
    }
    if (asked == 0)
        return;
    m_rest.market().snapshots(wanted, [this](const base::Result<std::vector<wire::MarketSnapshot>>& snapshots) {
        if (!snapshots)
            return base::log::warning("spot check: {}", snapshots.error().message());
        const auto number = [](const std::optional<base::Decimal>& value) {
            return value ? value->toDouble() : market::unknown;
        };
        for (const wire::MarketSnapshot& snapshot : *snapshots) {
            if (const auto index = m_book.find(snapshot.symbol))
                m_book.put(*index, market::Quote{number(snapshot.bid), number(snapshot.ask), number(snapshot.bidSize),
                                                 number(snapshot.askSize), m_clock.now()});
        }
    });
}

/// That the computer slept, or that its clock is not the broker's.
void NetworkSide::watchClocks()
{
    const base::Nanos elapsed = m_scheduler.elapsed();
    const base::Nanos wall = m_scheduler.wall();
    if ((wall - m_lastWall) - (elapsed - m_lastElapsed) > sleepAtLeast) {
        m_serverClock.forget();
        m_streamer.reconnect("the computer slept");
        m_feed.reconnect("the computer slept");
    }
    m_lastElapsed = elapsed;
    m_lastWall = wall;
    const double ahead = m_serverClock.ahead(m_clock.now(), elapsed);
    m_counters.change([ahead](CounterValues& values) { values.clockAhead = ahead; });
    if (m_events.clock)
        m_events.clock(ahead);
    m_clockTimer = m_scheduler.after(clockCheckEvery, [this] { watchClocks(); });
}

} // namespace vegadesk::tastytrade
