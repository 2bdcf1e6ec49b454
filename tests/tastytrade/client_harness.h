#pragma once

#include "scripted_broker.h"

#include "base/clock.h"
#include "base/log.h"
#include "tastytrade/broker.h"
#include "tastytrade/market_data.h"
#include "tastytrade/network_side.h"

#include <deque>

namespace vegadesk::tastytrade::test
{

/// The whole client but its thread, against the scripted broker.
class Client
{
public:
    explicit Client(NetworkSide::Options options = defaults())
    {
        base::log::configure(base::log::Level::Off);
        Credentials credentials{options.endpoints.kind, "test keys", base::Secret("secret"), base::Secret("refresh")};
        side = std::make_unique<NetworkSide>(transport, scheduler, clock, book, counters, quarantine,
                                             std::move(options), std::move(credentials), events());
    }
    static NetworkSide::Options defaults()
    {
        NetworkSide::Options options;
        options.endpoints = Endpoints::venue(1);
        return options;
    }

    /// Calls that hop to another thread run here when the test says so: later, in order.
    Executor executor()
    {
        return [this](std::function<void()> call) { m_calls.push_back(std::move(call)); };
    }
    Post post()
    {
        return [this](std::function<void(NetworkSide&)> call) {
            scheduler.post({}, [this, call = std::move(call)] {
                if (side)
                    call(*side);
            });
        };
    }
    void runCalls()
    {
        while (!m_calls.empty()) {
            const auto call = std::move(m_calls.front());
            m_calls.pop_front();
            call();
        }
    }
    void advance(base::Nanos span)
    {
        scheduler.advance(span);
        clock.advance(span);
        runCalls();
    }
    bool until(const std::function<bool()>& isDone, base::Nanos most = std::chrono::seconds(60))
    {
        return scheduler.advanceUntil(
            [&] {
                runCalls();
                return isDone();
            },
            most);
    }
    bool connect()
    {
        side->start();
        return until([&] {
            return accountState == execution::ConnectionState::Connected && feedState == market::FeedState::Live;
        });
    }
    std::vector<market::InstrumentIndex> addOptions(int count)
    {
        std::vector<market::InstrumentIndex> indices;
        for (int i = 0; i < count; ++i) {
            market::Instrument option;
            option.symbol = "OPT" + std::to_string(i);
            option.streamerSymbol = ".OPT" + std::to_string(i);
            option.type = market::InstrumentType::EquityOption;
            option.option = market::OptionTerms{};
            indices.push_back(book.add(option));
        }
        return indices;
    }
    market::InstrumentIndex addSpy()
    {
        market::Instrument spy;
        spy.symbol = spy.streamerSymbol = spy.underlying = "SPY";
        return book.add(spy);
    }

    VirtualScheduler scheduler;
    MemoryTransport transport{scheduler};
    ScriptedBroker broker{scheduler, transport};
    base::ManualClock clock{base::fromUnixMillis(1'795'185'528'049)}; // a Friday morning in New York
    market::Book book;
    Counters counters;
    Quarantine quarantine{counters};

    // What the client told
    execution::ConnectionState accountState = execution::ConnectionState::Disconnected;
    market::FeedState feedState = market::FeedState::Disconnected;
    std::vector<std::string> accountReasons, feedReasons;
    int timesConnected = 0;
    std::string account;
    std::optional<base::Result<std::vector<wire::Account>>> login;
    std::vector<execution::BrokerOrder> orders;
    std::vector<portfolio::Position> positions;
    std::vector<portfolio::Balances> balances;
    const TastytradeBroker* told = nullptr; ///< passes events on to its listener

    std::unique_ptr<NetworkSide> side;

private:
    NetworkSide::Events events()
    {
        NetworkSide::Events events;
        events.account = [this](execution::ConnectionState state, const std::string& why) {
            accountState = state;
            timesConnected += state == execution::ConnectionState::Connected ? 1 : 0;
            if (!why.empty())
                accountReasons.push_back(why);
            if (told)
                told->tell([state, why](execution::BrokerListener& listener) { listener.onConnection(state, why); });
        };
        events.feed = [this](market::FeedState state, const std::string& why) {
            feedState = state;
            if (!why.empty())
                feedReasons.push_back(why);
        };
        events.loginChecked = [this](const base::Result<std::vector<wire::Account>>& accounts) { login = accounts; };
        events.accountFound = [this](const std::string& number) { account = number; };
        events.order = [this](const execution::BrokerOrder& order) { orders.push_back(order); };
        events.position = [this](const portfolio::Position& position) { positions.push_back(position); };
        events.balances = [this](const portfolio::Balances& values) { balances.push_back(values); };
        return events;
    }

    std::deque<std::function<void()>> m_calls;
};

} // namespace vegadesk::tastytrade::test
