#include "tastytrade/client_on_venue.h"

#include <QSignalSpy>
#include <QtTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tests;
using tastytrade::Connection;

/// The same where something goes wrong between them.
class ClientVenueFailuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lostAnswerIsFoundAgain();
    void lostRequestIsProvenAbsent();
    void venueGoesAndComesBack();
    void revokedTokensAreReplaced();
    void wrongTokenIsTriedTwice();
};

void ClientVenueFailuresTest::lostAnswerIsFoundAgain()
{
    const auto venue = startVenue();
    Client client(*venue);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);
    venue::Faults faults;
    faults.lostOrderAnswers = 1;
    venue->setFaults(faults);
    const auto id = client.buy(10);
    QVERIFY(id);
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), client.statusOf(*id) == execution::OrderStatus::Filled),
                             patience);
    QCOMPARE(venue->exchange().orders().size(), 1U); // taken once, sent once
    QCOMPARE(venue->exchange().orders().front()->externalId, *id);
}

void ClientVenueFailuresTest::lostRequestIsProvenAbsent()
{
    const auto venue = startVenue();
    Client client(*venue);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);
    venue::Faults faults;
    faults.lostOrderRequests = 1;
    venue->setFaults(faults);
    const auto id = client.buy(10);
    QVERIFY(id);
    QTRY_COMPARE_WITH_TIMEOUT(client.statusOf(*id), execution::OrderStatus::Unknown, patience);
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), client.statusOf(*id) == execution::OrderStatus::NotPlaced),
                             patience);
    QVERIFY(venue->exchange().orders().empty());
    QCOMPARE(venue->faults().lostOrderRequests, 0); // one request came, and no second one
}

void ClientVenueFailuresTest::venueGoesAndComesBack()
{
    auto venue = startVenue();
    const std::uint16_t port = venue->port();
    Client client(*venue);
    QSignalSpy feedStates(client.connection.get(), &Connection::feedStateChanged);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);
    client.states.clear();

    venue.reset();
    QTRY_COMPARE_WITH_TIMEOUT(client.connection->feed().state(), market::FeedState::Disconnected, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!client.states.empty(), patience);
    QCOMPARE(client.states.front(), execution::ConnectionState::Disconnected);
    QVERIFY(!client.reason.empty());
    const base::Instant last = client.book.quote(spy).time;

    venue = startVenue(port);
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(client.book.quote(spy).time > last, patience); // subscribed again without being asked
    QCOMPARE(client.states.back(), execution::ConnectionState::Connected);
    // And reconciled: polled, since the snapshot that the end cut off may be waited for still.
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), client.manager->lastSnapshotAt() > last), patience);
    QVERIFY(client.connection->counters().reconnects >= 2);
    QTRY_VERIFY_WITH_TIMEOUT(feedStates.size() >= 3, patience); // these come by a queue
}

void ClientVenueFailuresTest::revokedTokensAreReplaced()
{
    const auto venue = startVenue();
    Client client(*venue);
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), patience);
    QVERIFY(venue->apply(venue::FaultAction::ExpireTokens));
    std::optional<base::Result<portfolio::Balances>> balances;
    client.connection->broker()->balances([&](auto answer) { balances = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(balances.has_value(), patience);
    QVERIFY2(*balances, *balances ? "" : balances->error().message().c_str());
    QCOMPARE((*balances)->cash, base::Decimal::fromInteger(100'000));
}

void ClientVenueFailuresTest::wrongTokenIsTriedTwice()
{
    const auto venue = startVenue();
    Client client(*venue, "another-run's-token");
    QTRY_VERIFY_WITH_TIMEOUT(client.reason.find("no further attempt") != std::string::npos, patience);
    QCOMPARE(client.connection->accountState(), execution::ConnectionState::Disconnected);
    QVERIFY(client.connection->account().isEmpty());
}

QTEST_GUILESS_MAIN(ClientVenueFailuresTest)
#include "client_venue_failures.moc"
