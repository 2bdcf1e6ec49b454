#pragma once

#include "venue/order_helper.h"

#include "tastytrade/wire/json.h"
#include "venue/order_tape.h"

#include <QTest>

#include <chrono>
#include <memory>
#include <utility>

namespace venue_test
{

inline QByteArray stateBytes(const venue::Exchange& exchange)
{
    QByteArray bytes;
    for (const wire::Order* order : exchange.orders())
        bytes += wire::toBytes(wire::toJson(*order)) + '\n';
    const std::vector<wire::ComplexOrder> complexOrders = exchange.complexOrders(false);
    for (const wire::ComplexOrder& order : complexOrders)
        bytes += wire::toBytes(wire::toJson(order)) + '\n';
    for (const wire::AccountPosition& position : exchange.positions(true))
        bytes += wire::toBytes(wire::toJson(position)) + '\n';
    for (const wire::Transaction& row : exchange.deliveries())
        bytes += wire::toBytes(wire::toJson(row)) + '\n';
    bytes += wire::toBytes(wire::toJson(exchange.account())) + '\n';
    bytes += wire::toBytes(venue::toJson(exchange.history().state())) + '\n';
    return bytes + wire::toBytes(wire::toJson(exchange.balance()));
}

/// An exchange that writes down what it is asked, as the venue does.
struct Account {
    explicit Account(venue::OrderTape opened)
        : tape(std::move(opened)), market(venue::makeGeneratedMarket(5)), exchange(begin(tape, *market))
    {
        tape.replay(*exchange);
    }
    static std::unique_ptr<venue::Exchange> begin(const venue::OrderTape& tape, venue::MarketModel& market)
    {
        venue::ExchangeSettings settings;
        settings.restingRetry = std::chrono::seconds(20); // not each second: days of orders that rest pass sooner
        settings.account = tape.head().account;
        if (const venue::ExchangeState* const state = tape.beginning())
            return std::make_unique<venue::Exchange>(settings, market, tape.head().start, *state);
        return std::make_unique<venue::Exchange>(settings, market, tape.head().start);
    }
    void place(const wire::OrderRequest& request)
    {
        QVERIFY(tape.placed(exchange->now(), request, false));
        static_cast<void>(exchange->place(request));
    }
    void place(const wire::ComplexOrderRequest& request)
    {
        QVERIFY(tape.placed(exchange->now(), request, false));
        static_cast<void>(exchange->place(request));
    }
    void replace(const std::string& id, const wire::OrderRequest& request)
    {
        QVERIFY(tape.replaced(exchange->now(), id, request, false));
        static_cast<void>(exchange->replace(id, request));
    }
    void cancelComplex(const std::string& id)
    {
        QVERIFY(tape.complexCancelled(exchange->now(), id));
        static_cast<void>(exchange->cancelComplex(id));
    }
    void cancel(const std::string& id)
    {
        QVERIFY(tape.cancelled(exchange->now(), id));
        static_cast<void>(exchange->cancel(id));
    }
    void wait(base::Nanos span) { exchange->advanceTo(exchange->now() + span); }
    /// As the venue does at the end of a session and of its process.
    void saveSnapshot()
    {
        QVERIFY(tape.lived(exchange->now()));
        QVERIFY(tape.saveSnapshot(*exchange));
    }

    venue::OrderTape tape;
    std::unique_ptr<venue::MarketModel> market;
    std::unique_ptr<venue::Exchange> exchange;
};

inline venue::OrderTape openTape(const QString& file)
{
    auto tape = venue::OrderTape::open(file.toStdString(), {"simulated market, seed 5", "SIM00001", thursday()});
    if (!tape)
        qFatal("%s", tape.error().message().c_str());
    return std::move(*tape);
}

} // namespace venue_test
