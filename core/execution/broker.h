#pragma once

#include "execution/order.h"
#include "portfolio/complex_intent.h"
#include "portfolio/order_intent.h"
#include "portfolio/position.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::execution
{

/// An order that may leave: approved by the risk gate, and its intent on disk. Only OrderManager makes one,
/// and each can be sent once (it moves, it does not copy).
class SendableOrder
{
public:
    SendableOrder(SendableOrder&&) noexcept = default;
    SendableOrder& operator=(SendableOrder&&) noexcept = default;
    SendableOrder(const SendableOrder&) = delete;
    SendableOrder& operator=(const SendableOrder&) = delete;

    const portfolio::OrderIntent& intent() const { return m_intent; }
    const std::string& externalId() const { return m_externalId; }

private:
    friend class OrderManager;
    SendableOrder(portfolio::OrderIntent intent, std::string externalId)
        : m_intent(std::move(intent)), m_externalId(std::move(externalId))
    {
    }
    portfolio::OrderIntent m_intent;
    std::string m_externalId;
};

/// Orders that depend on each other, each with an identifier of its own, made and sent likewise.
class SendableComplexOrder
{
public:
    SendableComplexOrder(SendableComplexOrder&&) noexcept = default;
    SendableComplexOrder& operator=(SendableComplexOrder&&) noexcept = default;
    SendableComplexOrder(const SendableComplexOrder&) = delete;
    SendableComplexOrder& operator=(const SendableComplexOrder&) = delete;

    portfolio::ComplexKind kind() const { return m_kind; }
    /// The trigger first, where the kind has one.
    const std::vector<SendableOrder>& parts() const { return m_parts; }

private:
    friend class OrderManager;
    SendableComplexOrder(portfolio::ComplexKind kind, std::vector<SendableOrder> parts)
        : m_kind(kind), m_parts(std::move(parts))
    {
    }
    portfolio::ComplexKind m_kind;
    std::vector<SendableOrder> m_parts;
};

enum class ConnectionState : std::uint8_t { Disconnected, Connecting, Connected };

/// A part of the account that was told and could not be read.
struct Unreadable {
    std::string what;       ///< names it: "position AAPL"
    std::string underlying; ///< empty where even that is not known
    std::string why;
};

/// What a broker tells without being asked. Always called on the trading thread.
class BrokerListener
{
public:
    virtual ~BrokerListener() = default;
    virtual void onOrder(const BrokerOrder& order) = 0;
    virtual void onPosition(const portfolio::Position& position) = 0;
    virtual void onBalances(const portfolio::Balances& balances) = 0;
    /// Comes before the answer that lacks it.
    virtual void onUnreadable(const Unreadable& part) = 0;
    /// One whose cash is still to come, told while those who have a right to it hold the shares. Others are asked for.
    virtual void onDividend(const CashDividend& /*dividend*/) {}
    /// After Connected everything may have changed: reconcile.
    virtual void onConnection(ConnectionState state, std::string_view why) = 0;
    /// Seconds by which the broker's clock is ahead of ours; NaN while that is not known.
    virtual void onClock(double /*ahead*/) {}
};

/// A place that takes orders. Every call and every callback is on the trading thread; an implementation that works
/// elsewhere hops by itself. Callbacks run exactly once, later, never inside the call.
/// Errors: Refused is an answer (the order is not there). Network and Timeout after place() mean "not known".
class Broker
{
public:
    template<class T>
    using Done = std::function<void(base::Result<T>)>;

    virtual ~Broker() = default;
    virtual void setListener(BrokerListener* listener) = 0;

    /// A refusal by the broker's checks is a result with `errors`, not an Error.
    virtual void dryRun(const portfolio::OrderIntent& intent, Done<portfolio::DryRunResult> done) = 0;
    /// Of orders that depend on each other; the figures are those of the part that goes first. A broker without a check of the
    /// whole checks that part.
    virtual void dryRunComplex(const portfolio::ComplexIntent& intent, Done<portfolio::DryRunResult> done)
    {
        dryRun(portfolio::firstPartOf(intent), std::move(done));
    }
    virtual void place(SendableOrder order, Done<BrokerOrder> done) = 0;
    /// `order` takes the place of one that works, with its legs: that one is cancelled first, and should it fill before,
    /// the new one is not taken. The answer is the new order; nothing of it is repeated, and Network and Timeout mean "not
    /// known" as after place().
    virtual void replace(const std::string& brokerId, SendableOrder order, Done<BrokerOrder> done) = 0;
    virtual void cancel(const std::string& brokerId, Done<BrokerOrder> done) = 0;
    /// Answered with the parts in their order; errors as after place().
    virtual void placeComplex(SendableComplexOrder order, Done<std::vector<BrokerOrder>> done) = 0;
    /// All parts that may still fill, by the broker's id of the whole.
    virtual void cancelComplex(const std::string& complexId, Done<std::vector<BrokerOrder>> done) = 0;
    /// Everything created or changed today in any status, plus what still works.
    virtual void orders(Done<std::vector<BrokerOrder>> done) = 0;
    /// What was taken away without an order since the New York date `from`, oldest first.
    virtual void settlements(base::Date from, Done<std::vector<Settlement>> done) = 0;
    /// What came without a trade since the New York date `from`, oldest first. A broker that keeps no such list says at once that
    /// there was nothing.
    virtual void dividends(base::Date /*from*/, Done<std::vector<CashDividend>> done)
    {
        done(std::vector<CashDividend>{});
    }
    virtual void positions(Done<std::vector<portfolio::Position>> done) = 0;
    virtual void balances(Done<portfolio::Balances> done) = 0;
};

} // namespace vegadesk::execution
