#pragma once

#include "base/log.h"
#include "desk/market_clock.h"
#include "desk/trading_session.h"
#include "market/book.h"
#include "risk/wide_limits.h"

#include <QTemporaryDir>

#include <memory>
#include <stdexcept>

/// A trading session with a broker of a test's own.
namespace vegadesk::tests
{

/// A broker that says what a test tells it to, through the session's own way in.
class OddBroker final : public execution::Broker
{
public:
    desk::TradingSession* session = nullptr;
    std::vector<portfolio::Position> held;
    std::vector<execution::BrokerOrder> listed;
    QStringList cancelled;
    bool throws = false; ///< when asked for orders
    int asked = 0;

    execution::BrokerListener* listener = nullptr;

    void setListener(execution::BrokerListener* told) override { listener = told; }
    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult>) override {}
    void place(execution::SendableOrder, Done<execution::BrokerOrder>) override {}
    void replace(const std::string&, execution::SendableOrder, Done<execution::BrokerOrder>) override {}
    void cancel(const std::string& brokerId, Done<execution::BrokerOrder>) override
    {
        cancelled << QString::fromStdString(brokerId);
    }
    void placeComplex(execution::SendableComplexOrder, Done<std::vector<execution::BrokerOrder>>) override {}
    void cancelComplex(const std::string&, Done<std::vector<execution::BrokerOrder>>) override {}
    void orders(Done<std::vector<execution::BrokerOrder>> done) override
    {
        ++asked;
        if (throws)
            throw std::overflow_error("an odd number");
        later([this, done] { done(listed); });
    }
    void settlements(base::Date, Done<std::vector<execution::Settlement>>) override {}
    void positions(Done<std::vector<portfolio::Position>> done) override
    {
        later([this, done] { done(held); });
    }
    void balances(Done<portfolio::Balances> done) override
    {
        portfolio::Balances balances;
        balances.cash = balances.netLiquidation = base::Decimal::fromInteger(100'000);
        later([done, balances] { done(balances); });
    }

private:
    void later(std::function<void()> work)
    {
        QMetaObject::invokeMethod(
            session, [this, work = std::move(work)] { session->guarded(work); }, Qt::QueuedConnection);
    }
};

/// A session with it, and what it says.
struct OddSession {
    OddSession()
    {
        base::log::configure(base::log::Level::Off);
        broker.session = &session;
        QObject::connect(&session, &desk::TradingSession::noticed, &session,
                         [this](const desk::Notice& notice) { notices << QString::fromStdString(notice.text); });
    }

    QTemporaryDir folder;
    std::shared_ptr<desk::TradingViews> views = std::make_shared<desk::TradingViews>();
    OddBroker broker; // outlives the session, which lets go of it at its end
    desk::TradingSession session{std::make_shared<market::Book>(), views};
    QStringList notices;
};

inline desk::SessionSetup setup(const QTemporaryDir& folder, OddBroker& broker, const char* journalFolder = ".")
{
    desk::SessionSetup setup;
    setup.account = "ODD";
    setup.journalFile = folder.filePath(QStringLiteral("%1/journal.sqlite").arg(journalFolder)).toStdString();
    setup.storeFile = folder.filePath(QStringLiteral("store.sqlite")).toStdString();
    const auto clock = std::make_shared<desk::MarketClock>();
    clock->follow(base::SystemClock().now(), 50, false); // what is done every few seconds need not be waited for
    setup.marketClock = clock;
    setup.journalRetry = std::chrono::milliseconds(20);
    setup.broker = &broker;
    setup.limits = testing::wideLimits(risk::Tolerance::Moderate);
    return setup;
}

} // namespace vegadesk::tests
