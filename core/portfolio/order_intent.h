#pragma once

#include "base/decimal.h"
#include "base/time.h"
#include "market/instrument.h"
#include "market/quote.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::portfolio
{

enum class Action : std::uint8_t { BuyToOpen, SellToOpen, BuyToClose, SellToClose };
enum class OrderType : std::uint8_t { Limit, Market, Stop, StopLimit };
enum class TimeInForce : std::uint8_t { Day, Gtc, Gtd, Ioc };
enum class PriceEffect : std::uint8_t { None, Debit, Credit }; ///< Debit: we pay; Credit: we receive

constexpr bool isBuy(Action action)
{
    return action == Action::BuyToOpen || action == Action::BuyToClose;
}
constexpr bool isOpening(Action action)
{
    return action == Action::BuyToOpen || action == Action::SellToOpen;
}
/// What trading `quantity` adds to what is held: below 0 for a sale.
constexpr std::int64_t signedQuantity(Action action, std::int64_t quantity)
{
    return isBuy(action) ? quantity : -quantity;
}

/// What an order does to what is held in its underlying. Closes: all that is held of each of its legs; Reduces: a part;
/// Rolls: it opens as many of the same kind as it closes; Changes: it closes and opens otherwise.
enum class OrderEffect : std::uint8_t { Opens, Reduces, Closes, Rolls, Changes };

/// The broker's words ("Buy to Open", "Limit", "Day", "Debit"); parsing an unknown word fails.
std::string_view toWire(Action action);
std::string_view toWire(OrderType type);
std::string_view toWire(TimeInForce timeInForce);
std::string_view toWire(PriceEffect effect);
base::Result<Action> actionFromWire(std::string_view text);
base::Result<OrderType> orderTypeFromWire(std::string_view text);
base::Result<TimeInForce> timeInForceFromWire(std::string_view text);
base::Result<PriceEffect> priceEffectFromWire(std::string_view text);

struct OrderLeg {
    std::string symbol; ///< the broker's symbol
    market::InstrumentType type = market::InstrumentType::EquityOption;
    Action action = Action::BuyToOpen;
    std::int64_t quantity = 1; ///< > 0, contracts or shares of this leg in the whole order

    friend bool operator==(const OrderLeg&, const OrderLeg&) = default;
};

/// What somebody (a person, a strategy, a hedger) wants. It is not sendable: risk::Gate and OrderManager stand between.
struct OrderIntent {
    std::string underlying;
    std::vector<OrderLeg> legs; ///< 1 to 4
    OrderType type = OrderType::Limit;
    TimeInForce timeInForce = TimeInForce::Day;
    std::optional<base::Date> gtcDate; ///< with Gtd
    /// Net price of one unit (the greatest common divisor of the legs' quantities), unsigned; the effect says which way.
    /// Required by Limit and StopLimit, absent otherwise.
    std::optional<base::Decimal> price;
    PriceEffect effect = PriceEffect::None;
    std::optional<base::Decimal> stopTrigger; ///< required by Stop and StopLimit
    std::string origin = "ticket"; ///< who asks: "ticket", "strategy:iron_condor", "hedge:gamma_scalping", "close"
    std::string group;             ///< strategy group the fills belong to; empty: by underlying

    friend bool operator==(const OrderIntent&, const OrderIntent&) = default;
};

/// A person asked for it, by the ticket or to close: it was confirmed.
bool isFromPerson(const OrderIntent& intent);
/// Greatest common divisor of the legs' quantities: the "size" of a spread order. 0 without legs.
std::int64_t unitCount(std::span<const OrderLeg> legs);
std::int64_t unitCount(const OrderIntent& intent);
/// Net price of one unit when leg i trades at legPrices[i] (>= 0): positive is paid, negative received. NaN without
/// legs, with another number of prices, or when a price is not known.
double netPrice(const OrderIntent& intent, std::span<const double> legPrices);
/// The limit with its sign, to compare with netPrice(). NaN when there is none, or its effect is not said.
double signedLimit(const OrderIntent& intent);

} // namespace vegadesk::portfolio
