#include "venue/venue_client.h"

#include "base/clock.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace venue_test;
using namespace std::chrono_literals;

class VenueRestartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_clock.set(thursday());
    }

    void theSessionsEndAndTheVenuesWriteASnapshot()
    {
        std::size_t positions = 0;
        {
            venue::Venue venue(settings());
            QVERIFY(venue.start());
            buy(venue);
            QCOMPARE(venue.exchange().orders().front()->state, wire::OrderState::Filled);
            QVERIFY(!QFile::exists(snapshot())); // in the middle of the session the tape is enough
            m_clock.set(thursday(16, 1));
            venue.tick();
            QVERIFY(QFile::exists(snapshot()));
            QVERIFY(QFile::copy(snapshot(), copy()));

            m_clock.set(thursday() + 24h);
            venue.tick();
            buy(venue);
            positions = venue.exchange().positions(false).size();
        }
        QVERIFY(contents(snapshot()) != contents(copy())); // written anew when the venue ended
        check(positions);

        // As after a kill: what the session's end wrote is all there is, and the second day is replayed.
        QVERIFY(QFile::remove(snapshot()) && QFile::copy(copy(), snapshot()));
        check(positions);
        QVERIFY(QFile::remove(snapshot()));
        check(positions);
    }

    void listsAndThePastAreThereAgain()
    {
        QByteArray before;
        {
            venue::Venue venue(settings());
            QVERIFY(venue.start());
            buy(venue);
            m_clock.advance(12min);
            venue.tick();
            Client client(venue);
            QVERIFY(client.logIn());
            QCOMPARE(client.call("POST", QStringLiteral("/watchlists"), js("{'name':'mine'}")).status, 201);
            before = past(client, venue);
            QVERIFY(before.contains("Bought 1 SPY") && before.contains("total-close"));
        }
        for (const bool withSnapshot : {true, false}) {
            if (!withSnapshot)
                QVERIFY(QFile::remove(snapshot()));
            venue::Venue venue(settings());
            QVERIFY(venue.start());
            Client client(venue);
            QVERIFY(client.logIn());
            QCOMPARE(past(client, venue), before);
            QCOMPARE(client.get(QStringLiteral("/watchlists/mine")).status, 200);
        }
    }

    /// A broker's sandbox is empty every morning; what was in it does not come back with the next start.
    void aResetIsWrittenDown()
    {
        std::string before;
        {
            venue::Venue venue(settings());
            QVERIFY(venue.start());
            buy(venue);
            before = venue.exchange().orders().front()->id;
            QVERIFY(venue.apply(venue::FaultAction::ResetAccount));
            QVERIFY(venue.exchange().orders().empty() && venue.exchange().positions(false).empty());
        }
        for (const bool withSnapshot : {true, false}) {
            if (!withSnapshot)
                QVERIFY(QFile::remove(snapshot()));
            venue::Venue venue(settings());
            QVERIFY(venue.start());
            QVERIFY(venue.exchange().orders().empty() && venue.exchange().positions(false).empty());
            QCOMPARE(venue.exchange().balance().values.cash, base::Decimal::fromInteger(100'000));
        }
        venue::Venue venue(settings());
        QVERIFY(venue.start());
        buy(venue);
        QVERIFY(venue.exchange().orders().front()->id > before);
    }

private:
    /// What an account has been through, as a client is told. (The row of now is not over: an exchange that starts again may be
    /// a moment further.)
    static QByteArray past(Client& client, venue::Venue& venue)
    {
        const QString number = QString::fromStdString(venue.exchange().accountNumber());
        QJsonArray rows = client.get(QStringLiteral("/accounts/%1/net-liq/history?time-back=1d").arg(number))
                              .data()
                              .value(QLatin1String("items"))
                              .toArray();
        rows.removeLast();
        return client.get(QStringLiteral("/accounts/%1/transactions").arg(number)).body + QJsonDocument(rows).toJson();
    }
    venue::VenueSettings settings() const
    {
        venue::VenueSettings settings;
        settings.clock = &m_clock;
        settings.stateFile = m_directory->filePath(QStringLiteral("state.tape")).toStdString();
        return settings;
    }
    /// A share, by the API, that fills.
    void buy(venue::Venue& venue)
    {
        Client client(venue);
        QVERIFY(client.logIn());
        const auto order = limitOrder({stockLeg("SPY", Action::BuyToOpen, 1)}, "2000.0", portfolio::PriceEffect::Debit);
        const QString path =
            QStringLiteral("/accounts/%1/orders").arg(QString::fromStdString(venue.exchange().accountNumber()));
        QCOMPARE(client.call("POST", path, wire::toBytes(wire::toJson(order))).status, 201);
        m_clock.advance(5s);
        venue.tick();
    }
    void check(std::size_t positions)
    {
        venue::Venue venue(settings());
        QVERIFY(venue.start());
        QCOMPARE(venue.exchange().orders().size(), std::size_t{2});
        for (const wire::Order* order : venue.exchange().orders())
            QCOMPARE(order->state, wire::OrderState::Filled);
        QCOMPARE(venue.exchange().positions(false).size(), positions);
        QVERIFY(venue.exchange().now() >= m_clock.now());
    }
    QString snapshot() const { return m_directory->filePath(QStringLiteral("state.tape.snapshot")); }
    QString copy() const { return m_directory->filePath(QStringLiteral("copy.snapshot")); }
    static QByteArray contents(const QString& path)
    {
        QFile read(path);
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    base::ManualClock m_clock{thursday()};
};

QTEST_GUILESS_MAIN(VenueRestartTest)
#include "venue_restart_test.moc"
