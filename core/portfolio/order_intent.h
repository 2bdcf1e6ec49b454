#pragma once

#include "base/decimal.h"
#include "base/quantity.h"
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
/// NotionalMarket: a Market order for so many dollars instead of shares.
enum class OrderType : std::uint8_t { Limit, Market, Stop, StopLimit, NotionalMarket };
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
constexpr base::Quantity signedQuantity(Action action, base::Quantity quantity)
{
    return isBuy(action) ? quantity : -quantity;
}

/// Fractions of it are held: shares and coins, no contracts.
constexpr bool isDivisible(market::InstrumentType type)
{
    return type == market::InstrumentType::Equity || type == market::InstrumentType::Cryptocurrency;
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
    base::Quantity quantity =
        1; ///< > 0, contracts or shares of this leg in the whole order; 0 in a NotionalMarket order

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
    std::optional<base::Decimal> value;       ///< dollars, unsigned: required by NotionalMarket, absent otherwise
    std::string origin = "ticket"; ///< who asks: "ticket", "strategy:iron_condor", "hedge:gamma_scalping", "close"
    std::string group;             ///< strategy group the fills belong to; empty: by underlying

    friend bool operator==(const OrderIntent&, const OrderIntent&) = default;
};

/// The least dollars that a NotionalMarket order is for. Source: the broker's guide to orders of 2026.
inline constexpr base::Decimal notionalLeast = base::Decimal::fromUnits(5 * base::Decimal::unitsPerOne);
/// Which way the value of a NotionalMarket order goes: a purchase pays it. None of other orders.
PriceEffect valueEffectOf(const OrderIntent& intent);
/// Shares that `value` is worth at `price`, in the steps that fractions are traded in: rounded down to 5 decimals. 0 for a price
/// that is not above 0.
base::Quantity sharesFor(base::Decimal value, base::Decimal price);
/// A NotionalMarket order as the Market order for what its value is worth at `price` a share (NaN: of 0 shares); any other as it
/// is.
OrderIntent inShares(OrderIntent intent, double price);
/// At what it trades at by the quote of its leg.
OrderIntent inShares(const OrderIntent& intent, const market::Quote& quote);

/// A person asked for it, by the ticket or to close: it was confirmed.
bool isFromPerson(const OrderIntent& intent);
/// Common measure of the legs' quantities: the "size" of a spread order. 0 without legs.
base::Quantity unitCount(std::span<const OrderLeg> legs);
base::Quantity unitCount(const OrderIntent& intent);
/// Net price of one unit when leg i trades at legPrices[i] (>= 0): positive is paid, negative received. NaN without
/// legs, with another number of prices, or when a price is not known.
double netPrice(const OrderIntent& intent, std::span<const double> legPrices);
/// The limit with its sign, to compare with netPrice(). NaN when there is none, or its effect is not said.
double signedLimit(const OrderIntent& intent);

} // namespace vegadesk::portfolio
