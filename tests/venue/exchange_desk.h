#pragma once

#include "venue/order_helper.h"

#include <chrono>
#include <memory>
#include <string>

namespace venue_test
{

inline venue::ExchangeSettings plain()
{
    venue::ExchangeSettings settings;
    settings.withExamplePositions = false;
    return settings;
}

/// An exchange on the generated market, without sockets.
struct Desk {
    explicit Desk(base::Instant start = thursday(), venue::ExchangeSettings settings = plain())
        : market(venue::makeGeneratedMarket(5)), exchange(settings, *market, start)
    {
        exchange.setListener(&recorder);
    }

    market::Instrument call(double moneyness = 1, int days = 30)
    {
        return contract(*market, exchange.now(), "SPY", market::Right::Call, moneyness, days);
    }
    double ask(const market::Instrument& instrument) { return market->quote(instrument, exchange.now()).ask; }
    /// Far enough for anything marketable to be filled.
    void wait(base::Nanos span = std::chrono::seconds(2)) { exchange.advanceTo(exchange.now() + span); }
    std::string place(const wire::OrderRequest& request)
    {
        const auto answer = exchange.place(request);
        return answer ? answer->order.id : "refused: " + answer.error().body.reasons.front().code;
    }
    /// A buy of stock that will fill.
    std::string buyStock(std::int64_t shares)
    {
        const double limit = 1.02 * ask(*market->find("KO", exchange.today()));
        const std::string price = venue::toCents(limit).toString();
        return place(
            limitOrder({stockLeg("KO", Action::BuyToOpen, shares)}, price.c_str(), portfolio::PriceEffect::Debit));
    }

    /// Shares that the account has from now on.
    void hold(std::int64_t shares)
    {
        buyStock(shares);
        for (int i = 0; i < 20; ++i)
            wait(std::chrono::milliseconds(300));
        recorder.events.clear();
    }
    wire::OrderState stateOf(const std::string& id) const { return exchange.order(id)->state; }

    std::unique_ptr<venue::MarketModel> market;
    Recorder recorder;
    venue::Exchange exchange;
};

} // namespace venue_test
