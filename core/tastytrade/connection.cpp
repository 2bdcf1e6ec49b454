#include "tastytrade/connection.h"

#include "tastytrade/qt_transport.h"

#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

namespace
{

NetworkSide::Options networkOptions(const ConnectionOptions& options)
{
    NetworkSide::Options network;
    network.endpoints = options.endpoints;
    network.purpose = options.purpose;
    network.account = options.account;
    network.marketClock = options.marketClock;
    network.seed = options.seed;
    network.logins = options.logins;
    if (options.endpoints.kind == EnvironmentKind::Venue) {
        // Our own process on this computer: no limits to keep, and it is back as soon as it is back.
        network.rate = {500, 500};
        network.feed.batchItems = 2000;
        network.feed.batchEvery = 5ms;
        network.feed.changesPerMinute = 10'000'000;
        network.feed.backoffFirst = network.stream.backoffFirst = 200ms;
        network.feed.backoffLongest = network.stream.backoffLongest = 2s;
    }
    if (options.feed)
        network.feed = *options.feed;
    return network;
}

} // namespace

/// The network thread and what lives on it, which is made and destroyed there.
class Connection::Thread
{
public:
    Thread()
    {
        m_thread.setObjectName(QStringLiteral("network"));
        m_context->moveToThread(&m_thread);
        m_thread.start();
    }
    ~Thread() { finish(); }

    void make(const base::Clock& clock, market::Book& book, Counters& counters, Quarantine& quarantine,
              NetworkSide::Options options, Credentials credentials, NetworkSide::Events events)
    {
        auto keys = std::make_shared<Credentials>(std::move(credentials));
        run([=, this, &clock, &book, &counters, &quarantine] {
            m_objects = std::make_unique<Objects>(clock, book, counters, quarantine, options, std::move(*keys), events);
        });
    }
    void post(std::function<void(NetworkSide&)> call)
    {
        run([this, call = std::move(call)] {
            if (m_objects)
                call(m_objects->side);
        });
    }
    void end()
    {
        run([this] {
            m_objects.reset();
            m_thread.quit();
        });
    }
    void finish()
    {
        if (!m_thread.isRunning())
            return;
        end();
        m_thread.wait();
    }
    const QThread& thread() const { return m_thread; }

private:
    struct Objects {
        Objects(const base::Clock& clock, market::Book& book, Counters& counters, Quarantine& quarantine,
                NetworkSide::Options options, Credentials credentials, NetworkSide::Events events)
            : side(transport, scheduler, clock, book, counters, quarantine, std::move(options), std::move(credentials),
                   std::move(events))
        {
        }
        QtScheduler scheduler;
        QtTransport transport;
        NetworkSide side;
    };
    void run(std::function<void()> call)
    {
        QMetaObject::invokeMethod(m_context.get(), std::move(call), Qt::QueuedConnection);
    }

    QThread m_thread;
    /// Receives calls on the thread; it outlives it, so that a late call is lost rather than lost its way.
    const std::unique_ptr<QObject> m_context = std::make_unique<QObject>();
    std::unique_ptr<Objects> m_objects; ///< touched on the thread only
};

base::Result<std::unique_ptr<Connection>> Connection::make(ConnectionOptions options, Credentials credentials,
                                                           const base::Clock& clock, market::Book& book)
{
    if (const auto checked = options.endpoints.check(); !checked)
        return tl::make_unexpected(checked.error());
    if (const auto checked = credentials.checkFor(options.endpoints.kind); !checked)
        return tl::make_unexpected(checked.error());
    return std::unique_ptr<Connection>(new Connection(std::move(options), std::move(credentials), clock, book));
}

Connection::Connection(ConnectionOptions options, Credentials credentials, const base::Clock& clock, market::Book& book)
    : m_endpoints(options.endpoints), m_thread(std::make_shared<Thread>()),
      m_feed([thread = m_thread](std::function<void(NetworkSide&)> call) { thread->post(std::move(call)); }),
      m_referenceData([thread = m_thread](std::function<void(NetworkSide&)> call) { thread->post(std::move(call)); },
                      options.owner ? options.owner : Executor([this](std::function<void()> call) {
                          QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
                      }))
{
    if (hasAccount(options.purpose))
        m_broker = std::make_unique<TastytradeBroker>(
            [thread = m_thread](std::function<void(NetworkSide&)> call) { thread->post(std::move(call)); },
            options.trading);
    m_thread->make(clock, book, m_counters, m_quarantine, networkOptions(options), std::move(credentials), events());
}

Connection::~Connection()
{
    m_thread->finish();
}

void Connection::end()
{
    connect(&m_thread->thread(), &QThread::finished, this, &Connection::ended);
    m_thread->end();
}

void Connection::start()
{
    m_thread->post([](NetworkSide& side) { side.start(); });
}

NetworkSide::Events Connection::events()
{
    // On the network thread: signals go to our own thread, what concerns orders to the trading thread.
    NetworkSide::Events events;
    TastytradeBroker* const broker = m_broker.get();
    events.account = [this, broker](execution::ConnectionState state, const std::string& why) {
        m_accountState.store(state, std::memory_order_release);
        broker->tell([state, why](execution::BrokerListener& listener) { listener.onConnection(state, why); });
        QMetaObject::invokeMethod(
            this, [this, state, why] { Q_EMIT accountStateChanged(state, QString::fromStdString(why)); },
            Qt::QueuedConnection);
    };
    events.feed = [this](market::FeedState state, const std::string& why) {
        m_feed.setState(state);
        QMetaObject::invokeMethod(
            this, [this, state, why] { Q_EMIT feedStateChanged(state, QString::fromStdString(why)); },
            Qt::QueuedConnection);
    };
    events.accountFound = [this](const std::string& number) {
        QMetaObject::invokeMethod(
            this,
            [this, number] {
                m_account = QString::fromStdString(number);
                Q_EMIT accountFound(m_account);
            },
            Qt::QueuedConnection);
    };
    events.loginChecked = [this](const base::Result<std::vector<wire::Account>>& accounts) {
        LoginReport report;
        if (accounts)
            report.accounts = *accounts;
        else
            report = {{}, accounts.error().message(), accounts.error().kind == base::ErrorKind::Unauthorized};
        QMetaObject::invokeMethod(
            this, [this, report = std::move(report)] { Q_EMIT loginChecked(report); }, Qt::QueuedConnection);
    };
    events.order = [broker](const execution::BrokerOrder& order) {
        broker->tell([order](execution::BrokerListener& listener) { listener.onOrder(order); });
    };
    events.position = [broker](const portfolio::Position& position) {
        broker->tell([position](execution::BrokerListener& listener) { listener.onPosition(position); });
    };
    events.balances = [broker](const portfolio::Balances& balances) {
        broker->tell([balances](execution::BrokerListener& listener) { listener.onBalances(balances); });
    };
    events.clock = [broker](double ahead) {
        if (broker)
            broker->tell([ahead](execution::BrokerListener& listener) { listener.onClock(ahead); });
    };
    return events;
}

} // namespace vegadesk::tastytrade
