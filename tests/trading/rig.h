#pragma once

#include "backtest/simulated_broker.h"
#include "base/clock.h"
#include "base/journal.h"
#include "strategies/test_chain.h"
#include "trading/loop.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::tests
{

/// A trading loop on the simulated broker, in a market that a test moves by hand.
struct Rig : trading::LoopObserver {
    explicit Rig(TestMarket start = {}, backtest::SimulatedBrokerSettings settings = standard(),
                 risk::Limits limits = risk::limitsFor(risk::Tolerance::Moderate))
        : market(std::move(start)), clock(market.now()), broker(settings, clock), loopLimits(limits)
    {
        restart();
    }
    ~Rig() override { loop->removeObserver(this); }

    static backtest::SimulatedBrokerSettings standard()
    {
        backtest::SimulatedBrokerSettings settings;
        settings.capital = base::Decimal::fromInteger(100'000);
        settings.fills.slippage = 0;
        return settings;
    }

    /// A new loop with the same broker and journal, as after a restart of the program.
    void restart()
    {
        if (loop)
            loop->removeObserver(this);
        trading::LoopSettings settings;
        settings.orders.idPrefix = "test-SIM";
        settings.orders.positionsLag = base::Nanos{0};
        settings.sendRefusal = sendRefusal;
        loop.reset();
        loop = std::make_unique<trading::Loop>(settings, loopLimits,
                                               line ? *line : static_cast<execution::Broker&>(broker), journal, clock);
        loop->addObserver(this);
        market::Instrument underlying;
        underlying.symbol = underlying.underlying = market.underlying;
        underlying.type =
            portfolio::isBroadIndex(market.underlying) ? market::InstrumentType::Index : market::InstrumentType::Equity;
        loop->addUnderlying(underlying);
        const std::vector<base::JournalRecord> records = journal.records();
        loop->start(records);
        pump();
    }

    void pump()
    {
        while (broker.deliver() > 0) {
        }
    }

    /// New quotes at the market's time; then the loop thinks until it has nothing more to say.
    void show()
    {
        clock.set(market.now());
        const auto chain = std::make_shared<const market::OptionChain>(market.chain());
        pricing::ChainAnalytics analytics = market.analyse(*chain);
        for (pricing::ExpirationAnalytics& expiration : analytics.expirations)
            expiration.isOld = areFiguresOld;
        loop->onMarket(chain, std::make_shared<const pricing::ChainAnalytics>(std::move(analytics)));
        if (onPicture)
            onPicture(clock.now());
        broker.quote(chain, market.spot);
        pump();
        for (int round = 0; round < 6; ++round) {
            loop->step();
            pump();
        }
    }
    void show(double spot)
    {
        market.spot = spot;
        show();
    }
    void showLater(std::chrono::seconds span, double spot)
    {
        market.timeOfDay += span;
        show(spot);
    }
    void nextDay(double spot)
    {
        clock.set(market::sessionOn(market.today)->close);
        broker.endSession();
        pump();
        market.today = market::nextTradingDay(market.today);
        show(spot);
    }

    std::string option(std::size_t expiry, market::Right right, double strike) const
    {
        return market::toOccSymbol(
                   {market.underlying, market.expiries[expiry], right, base::Decimal::fromDouble(strike).value()})
            .value();
    }
    /// A limit order; `net` positive is paid.
    portfolio::OrderIntent order(std::vector<portfolio::OrderLeg> legs, std::string_view net) const
    {
        const base::Decimal price = base::Decimal::parse(net).value();
        portfolio::OrderIntent intent;
        intent.underlying = market.underlying;
        intent.legs = std::move(legs);
        intent.price = price.abs();
        intent.effect = price.isNegative() ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit;
        return intent;
    }
    /// One order for `legs` that crosses the spread: its limit is the natural price.
    portfolio::OrderIntent taker(std::vector<portfolio::OrderLeg> legs) const
    {
        portfolio::OrderIntent intent;
        intent.underlying = market.underlying;
        intent.legs = std::move(legs);
        std::vector<double> prices;
        for (const portfolio::OrderLeg& leg : intent.legs) {
            const auto state = loop->markets().instrument(leg.symbol, true);
            prices.push_back(portfolio::isBuy(leg.action) ? state->quote.ask : state->quote.bid);
        }
        const base::Decimal net = base::Decimal::fromDouble(portfolio::netPrice(intent, prices))
                                      .value()
                                      .roundedTo(base::Decimal::parse("0.01").value());
        intent.price = net.abs();
        intent.effect = net.isNegative() ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit;
        return intent;
    }
    /// Submits and lets the broker answer; empty and the refusal noted when the gate says no.
    std::string send(const portfolio::OrderIntent& intent)
    {
        const auto sent = loop->submit(intent);
        pump();
        return sent.value_or("");
    }
    const execution::Order& last() const { return *loop->orders().orders().back(); }

    void onProposal(std::string_view, const strategies::Proposal& proposal) override { proposals.push_back(proposal); }
    void onRefusal(const portfolio::OrderIntent&, const risk::GateRefusals& refused) override
    {
        refusals.push_back(refused);
    }
    void onFill(const execution::Order&, const portfolio::Fill& fill) override { fills.push_back(fill); }
    void onDifference(const execution::Difference& difference) override { differences.push_back(difference); }
    void onTradingState(risk::TradingState state, const base::Sentence&) override { states.push_back(state); }

    TestMarket market;
    base::ManualClock clock;
    base::MemoryJournal journal;
    backtest::SimulatedBroker broker;
    std::unique_ptr<execution::Broker> line; ///< what the loop talks to in the broker's place, from restart() on
    risk::Limits loopLimits;
    base::Sentence sendRefusal; ///< of the next restart()
    bool areFiguresOld = false; ///< of the next show()
    std::unique_ptr<trading::Loop> loop;
    std::function<void(base::Instant)> onPicture; ///< between the market of now and what is decided on it

    std::vector<strategies::Proposal> proposals;
    std::vector<risk::GateRefusals> refusals;
    std::vector<portfolio::Fill> fills;
    std::vector<execution::Difference> differences;
    std::vector<risk::TradingState> states;
};

} // namespace vegadesk::tests
