#include "faults/client_side.h"

#include "pricing/chain_analytics.h"
#include "risk/wide_limits.h"

#include <algorithm>
#include <utility>

namespace vegadesk::faults
{

namespace
{

using namespace std::chrono_literals;

constexpr base::Nanos hopTime = 50us; ///< from one thread to another
constexpr base::Nanos staleAfter = 10s;

tastytrade::NetworkSide::Options networkOptions(std::uint64_t seed)
{
    tastytrade::NetworkSide::Options options;
    options.endpoints = tastytrade::Endpoints::venue(1);
    options.seed = seed;
    return options;
}

trading::LoopSettings loopSettings()
{
    trading::LoopSettings settings;
    settings.orders.idPrefix = "venue-SIM00001";
    return settings;
}

} // namespace

ClientSide::ClientSide(const World& world, const std::string& refreshToken, std::uint64_t seed,
                       trading::LoopObserver& observer)
    : m_world(world), m_journal(world.disk, world.scheduler, world.chance, hop())
{
    const tastytrade::Post post = [this,
                                   alive = std::weak_ptr(m_alive)](std::function<void(tastytrade::NetworkSide&)> call) {
        m_world.scheduler.post(hopTime, [this, alive, call = std::move(call)] {
            if (!alive.expired())
                call(*m_side);
        });
    };
    m_broker = std::make_unique<tastytrade::TastytradeBroker>(post, hop());
    m_side = std::make_unique<tastytrade::NetworkSide>(
        world.transport, world.scheduler, world.clock, m_book, m_counters, m_quarantine, networkOptions(seed),
        tastytrade::Credentials{tastytrade::EnvironmentKind::Venue, "test keys", base::Secret(refreshToken),
                                base::Secret(refreshToken)},
        events());
    m_loop = std::make_unique<trading::Loop>(loopSettings(), testing::wideLimits(risk::Tolerance::Moderate), *m_broker,
                                             m_journal, world.clock);
    m_loop->addObserver(&observer);
    for (const market::Instrument& underlying : world.market.underlyings())
        listen(underlying.symbol);
    m_loop->start(m_journal.readAll().value());
    m_side->start();
    m_side->feed().setWanted(m_wanted);
    m_step = world.scheduler.after(1s, [this] { step(); });
}

ClientSide::~ClientSide()
{
    m_alive.reset(); // what the parts say while they go reaches nobody
}

void ClientSide::die(std::size_t reached, bool isTorn)
{
    m_alive.reset();
    m_journal.die(reached, isTorn);
}

std::function<void(std::function<void()>)> ClientSide::hop()
{
    return [scheduler = &m_world.scheduler, hangsUntil = m_hangsUntil,
            alive = std::weak_ptr(m_alive)](std::function<void()> call) {
        const base::Nanos wait = std::max(hopTime, *hangsUntil - scheduler->elapsed());
        scheduler->post(wait, [alive, call = std::move(call)] {
            if (!alive.expired())
                call();
        });
    };
}

tastytrade::NetworkSide::Events ClientSide::events()
{
    // As Connection does it.
    tastytrade::NetworkSide::Events events;
    events.account = [this](execution::ConnectionState state, const std::string& why) {
        accountState = state;
        if (!why.empty())
            accountReasons.push_back(why);
        m_broker->tell([state, why](execution::BrokerListener& listener) { listener.onConnection(state, why); });
    };
    events.feed = [this, hop = hop()](market::FeedState state, const std::string& why) {
        feedState = state;
        timesLive += state == market::FeedState::Live ? 1 : 0;
        if (!why.empty())
            feedReasons.push_back(why);
        hop([this, state] { m_loop->setFeedAlive(state == market::FeedState::Live); });
    };
    events.accountFound = [this](const std::string& number) { account = number; };
    events.order = [this](const execution::BrokerOrder& order) {
        m_broker->tell([order](execution::BrokerListener& listener) { listener.onOrder(order); });
    };
    events.position = [this](const portfolio::Position& position) {
        m_broker->tell([position](execution::BrokerListener& listener) { listener.onPosition(position); });
    };
    events.balances = [this](const portfolio::Balances& balances) {
        m_broker->tell([balances](execution::BrokerListener& listener) { listener.onBalances(balances); });
    };
    events.clock = [this](double ahead) {
        m_broker->tell([ahead](execution::BrokerListener& listener) { listener.onClock(ahead); });
    };
    return events;
}

void ClientSide::listen(const std::string& underlying)
{
    const base::Date today = market::newYorkDate(m_world.clock.now());
    const market::ChainDefinition& definition = *m_world.market.definition(underlying, today);
    m_wanted.push_back(m_book.add(definition.underlying));
    for (const market::Instrument& option : definition.options)
        m_wanted.push_back(m_book.add(option));
    m_chains[underlying] = market::makeChain(definition, m_book, m_world.clock.now(), staleAfter);
    m_loop->addUnderlying(definition.underlying);
}

void ClientSide::step()
{
    m_step = m_world.scheduler.after(1s, [this] { step(); });
    if (m_world.scheduler.elapsed() < *m_hangsUntil)
        return;
    for (const auto& [underlying, chain] : m_chains)
        showMarket(underlying);
    m_loop->step();
}

void ClientSide::showMarket(const std::string& underlying)
{
    market::OptionChain& chain = m_chains.at(underlying);
    const base::Instant now = m_world.clock.now();
    market::refresh(chain, m_book, now, feedState == market::FeedState::Live ? staleAfter : base::Nanos(1));
    auto shown = std::make_shared<const market::OptionChain>(chain);
    auto figures = std::make_shared<const pricing::ChainAnalytics>(pricing::analyse(*shown, now, {0.04, 0}));
    m_loop->onMarket(std::move(shown), std::move(figures));
}

const market::OptionChain& ClientSide::chain(const std::string& underlying) const
{
    return m_chains.at(underlying);
}

} // namespace vegadesk::faults
