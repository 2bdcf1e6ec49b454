#pragma once

#include "execution/broker.h"
#include "tastytrade/network_side.h"

#include <memory>
#include <string>

namespace vegadesk::tastytrade
{

/// The broker as the order manager sees it: called on the trading thread, works on the network thread, answers on the
/// trading thread. An order that could not leave is Refused; once it may have left, only the broker's word counts.
class TastytradeBroker final : public execution::Broker
{
public:
    TastytradeBroker(Post post, Executor trading);
    ~TastytradeBroker() override;

    /// Told the current connection state soon after.
    void setListener(execution::BrokerListener* listener) override;
    void dryRun(const portfolio::OrderIntent& intent, Done<portfolio::DryRunResult> done) override;
    void dryRunComplex(const portfolio::ComplexIntent& intent, Done<portfolio::DryRunResult> done) override;
    void place(execution::SendableOrder order, Done<execution::BrokerOrder> done) override;
    void replace(const std::string& brokerId, execution::SendableOrder order,
                 Done<execution::BrokerOrder> done) override;
    void cancel(const std::string& brokerId, Done<execution::BrokerOrder> done) override;
    void placeComplex(execution::SendableComplexOrder order, Done<std::vector<execution::BrokerOrder>> done) override;
    void cancelComplex(const std::string& complexId, Done<std::vector<execution::BrokerOrder>> done) override;
    void orders(Done<std::vector<execution::BrokerOrder>> done) override;
    void settlements(base::Date from, Done<std::vector<execution::Settlement>> done) override;
    void dividends(base::Date from, Done<std::vector<execution::CashDividend>> done) override;
    void positions(Done<std::vector<portfolio::Position>> done) override;
    void balances(Done<portfolio::Balances> done) override;

    /// For the network side: passes on what the broker tells, from its thread.
    void tell(std::function<void(execution::BrokerListener&)> call) const;

private:
    template<class T>
    Done<T> onTrading(Done<T> done) const;
    void sendOnce(std::string replaced, execution::SendableOrder order, Done<execution::BrokerOrder> done);

    struct Shared {
        execution::BrokerListener* listener = nullptr; ///< used on the trading thread only
    };
    const Post m_post;
    const Executor m_trading;
    const std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
};

} // namespace vegadesk::tastytrade
