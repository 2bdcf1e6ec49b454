#pragma once

#include "base/clock.h"
#include "venue/client_sockets.h"
#include "venue/control.h"
#include "venue/fault_schedule.h"
#include "venue/http_server.h"
#include "venue/order_tape.h"
#include "venue/rest_api.h"
#include "venue/venue.h"
#include "venue/venue_clock.h"

#include <QElapsedTimer>
#include <QSocketNotifier>
#include <QTemporaryFile>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace vegadesk::venue
{

/// What a Venue is made of. For its own source files alone.
class Venue::Private final : public ExchangeListener
{
public:
    static constexpr std::chrono::milliseconds tickPeriod{20};

    Private(Venue* owner, VenueSettings given)
        : q(owner), settings(std::move(given)), credentials(settings.token, settings.accessTokenLife, wallClock),
          http([this](const HttpRequest& request, QTcpSocket* socket) { onRequest(request, socket); })
    {
    }

    base::Result<void> start();
    base::Result<void> encrypt();
    void tick();
    void applySchedule();
    void fireAlerts();
    base::Result<void> apply(FaultAction action);
    void onRequest(const HttpRequest& request, QTcpSocket* socket);
    void skipClosedHours();
    void sayLived();
    void saveSnapshot();
    base::Result<void> changeClock(const ClockChange& change);
    base::Result<void> obey(const QByteArray& line);
    void moveClock(base::Instant at);
    /// Faults befall computers and lines, which know nothing of the venue's time.
    const base::Clock& faultClock() const { return settings.clock != nullptr ? *settings.clock : steadyClock; }
    base::Instant now() const { return settings.clock != nullptr ? settings.clock->now() : venueClock->now(); }

    void onOrder(const tastytrade::wire::Order& order) override
    {
        hasNews = true;
        clients->notify(tastytrade::wire::print(tastytrade::wire::OrderNotice{order, exchange->now()}));
    }
    void onComplexOrder(const tastytrade::wire::ComplexOrder& order) override
    {
        clients->notify(tastytrade::wire::print(tastytrade::wire::ComplexOrderNotice{order, exchange->now()}));
    }
    void onPosition(const tastytrade::wire::AccountPosition& position) override
    {
        hasNews = true;
        clients->notify(tastytrade::wire::print(tastytrade::wire::PositionNotice{position, exchange->now()}));
    }
    void onBalance(const tastytrade::wire::AccountBalance& balance) override
    {
        clients->notify(tastytrade::wire::print(tastytrade::wire::BalanceNotice{balance, exchange->now()}));
    }

    Venue* q;
    VenueSettings settings;
    base::SystemClock wallClock;
    base::ScaledClock steadyClock{base::Instant{}, 1};
    std::optional<VenueClock> venueClock;
    Credentials credentials;
    Faults faults;
    std::optional<FaultSchedule> schedule;
    base::Instant scheduleStart{}; ///< by the wall's clock, or a test's
    std::unique_ptr<MarketModel> market;
    std::optional<OrderTape> tape;
    bool wasOpen = false; ///< the market, at the last tick
    bool hasNews = false; ///< since the tape last said how long the exchange has lived
    QElapsedTimer sinceLived;
    std::unique_ptr<Exchange> exchange;
    std::unique_ptr<RestApi> rest;
    HttpServer http;
    std::unique_ptr<QTemporaryFile> certificate;
    std::uint16_t port = 0;
    std::unique_ptr<ClientSockets> clients;
    std::unique_ptr<Control> control;
    QTimer tickTimer, keepaliveTimer;
    QElapsedTimer sinceTick, sinceAlerts;
    std::unique_ptr<QSocketNotifier> input;
    QByteArray inputText; ///< the line that has not ended yet
};

} // namespace vegadesk::venue
