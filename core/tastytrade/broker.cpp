#include "tastytrade/broker.h"

#include "base/clock.h"
#include "market/calendar.h"

#include <utility>

namespace vegadesk::tastytrade
{

namespace
{

base::Error notConnected(base::ErrorKind kind)
{
    return {kind, "broker", {}, "not connected to an account yet", {}};
}

/// Asks for transactions since a day, and answers with what is read out of them.
template<class T>
auto transactionsSince(base::Date from,
                       void (RestApi::*ask)(const std::string&, base::Date,
                                            execution::Broker::Done<std::vector<wire::Transaction>>),
                       std::vector<T> (*read)(std::span<const wire::Transaction>),
                       execution::Broker::Done<std::vector<T>> answer)
{
    return [=](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Network)));
        (side.rest().*ask)(side.account(), from,
                           [=](const base::Result<std::vector<wire::Transaction>>& rows) { answer(rows.map(read)); });
    };
}

} // namespace

TastytradeBroker::TastytradeBroker(Post post, Executor trading) : m_post(std::move(post)), m_trading(std::move(trading))
{
}

TastytradeBroker::~TastytradeBroker() = default;

void TastytradeBroker::setListener(execution::BrokerListener* listener)
{
    m_shared->listener = listener;
    if (!listener)
        return;
    m_post([trading = m_trading, shared = m_shared](const NetworkSide& side) {
        trading([shared, state = side.accountState()] {
            if (shared->listener)
                shared->listener->onConnection(state, {});
        });
    });
}

void TastytradeBroker::tell(std::function<void(execution::BrokerListener&)> call) const
{
    m_trading([shared = m_shared, call = std::move(call)] {
        if (shared->listener)
            call(*shared->listener);
    });
}

template<class T>
TastytradeBroker::Done<T> TastytradeBroker::onTrading(Done<T> done) const
{
    return [trading = m_trading, done = std::move(done)](base::Result<T> result) {
        trading([done, result = std::move(result)] { done(result); });
    };
}

void TastytradeBroker::dryRun(const portfolio::OrderIntent& intent, Done<portfolio::DryRunResult> done)
{
    m_post([intent, answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Network)));
        side.rest().dryRun(side.account(), intent, answer);
    });
}

void TastytradeBroker::dryRunComplex(const portfolio::ComplexIntent& intent, Done<portfolio::DryRunResult> done)
{
    m_post([intent, answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Network)));
        side.rest().dryRunComplex(side.account(), intent, answer);
    });
}

void TastytradeBroker::place(execution::SendableOrder order, Done<execution::BrokerOrder> done)
{
    sendOnce({}, std::move(order), std::move(done));
}

void TastytradeBroker::replace(const std::string& brokerId, execution::SendableOrder order,
                               Done<execution::BrokerOrder> done)
{
    sendOnce(brokerId, std::move(order), std::move(done));
}

void TastytradeBroker::sendOnce(std::string replaced, execution::SendableOrder order, Done<execution::BrokerOrder> done)
{
    // Posted calls must be copyable, the order must not be.
    auto held = std::make_shared<const execution::SendableOrder>(std::move(order));
    m_post([held, replaced = std::move(replaced), answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Refused)));
        const auto placed = [&side, answer](base::Result<execution::BrokerOrder> result) {
            if (result)
                side.streamer().expectOrder(result->brokerId);
            answer(std::move(result));
        };
        if (replaced.empty())
            side.rest().place(side.account(), *held, placed);
        else
            side.rest().replace(side.account(), replaced, *held, placed);
    });
}

void TastytradeBroker::cancel(const std::string& brokerId, Done<execution::BrokerOrder> done)
{
    m_post([brokerId, answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Network)));
        side.rest().cancel(side.account(), brokerId, answer);
    });
}

void TastytradeBroker::placeComplex(execution::SendableComplexOrder order,
                                    Done<std::vector<execution::BrokerOrder>> done)
{
    auto held = std::make_shared<const execution::SendableComplexOrder>(std::move(order));
    m_post([held, answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Refused)));
        const auto placed = [&side, answer](base::Result<std::vector<execution::BrokerOrder>> result) {
            if (result) {
                for (const execution::BrokerOrder& part : *result)
                    side.streamer().expectOrder(part.brokerId);
            }
            answer(std::move(result));
        };
        side.rest().placeComplex(side.account(), *held, placed);
    });
}

void TastytradeBroker::cancelComplex(const std::string& complexId, Done<std::vector<execution::BrokerOrder>> done)
{
    m_post([complexId, answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Network)));
        side.rest().cancelComplex(side.account(), complexId, answer);
    });
}

void TastytradeBroker::orders(Done<std::vector<execution::BrokerOrder>> done)
{
    m_post([answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Network)));
        side.rest().orders(side.account(), answer);
    });
}

void TastytradeBroker::settlements(base::Date from, Done<std::vector<execution::Settlement>> done)
{
    m_post(transactionsSince(from, &RestApi::deliveries, wire::settlementsIn, onTrading(std::move(done))));
}

void TastytradeBroker::dividends(base::Date from, Done<std::vector<execution::CashDividend>> done)
{
    m_post(transactionsSince(from, &RestApi::moneyMovements, wire::dividendsIn, onTrading(std::move(done))));
}

void TastytradeBroker::positions(Done<std::vector<portfolio::Position>> done)
{
    const auto unreadable = [trading = m_trading, shared = m_shared](const execution::Unreadable& part) {
        trading([shared, part] {
            if (shared->listener)
                shared->listener->onUnreadable(part);
        });
    };
    m_post([unreadable, answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Network)));
        const base::Date today = market::newYorkDate(side.marketClock().now());
        const auto parsed = [answer, today](base::Result<std::vector<wire::AccountPosition>> read) {
            if (!read)
                return answer(tl::make_unexpected(read.error()));
            std::vector<portfolio::Position> positions;
            for (const wire::AccountPosition& position : *read)
                positions.push_back(wire::positionOn(position, today));
            answer(std::move(positions));
        };
        side.rest().positions(side.account(), parsed, unreadable);
    });
}

void TastytradeBroker::balances(Done<portfolio::Balances> done)
{
    m_post([answer = onTrading(std::move(done))](NetworkSide& side) {
        if (side.account().empty())
            return answer(tl::make_unexpected(notConnected(base::ErrorKind::Network)));
        side.rest().balances(side.account(), [answer](base::Result<wire::AccountBalance> read) {
            if (!read)
                return answer(tl::make_unexpected(read.error()));
            answer(read->values);
        });
    });
}

} // namespace vegadesk::tastytrade
