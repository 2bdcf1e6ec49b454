#pragma once

#include "base/random.h"
#include "tastytrade/wire/account_streamer.h"
#include "tastytrade/wire/complex_order.h"
#include "tastytrade/wire/dxlink.h"
#include "tastytrade/wire/error_body.h"
#include "tastytrade/wire/option_chain.h"
#include "tastytrade/wire/order_answer.h"
#include "tastytrade/wire/session.h"

#include <string>
#include <vector>

/// Any valid value of each message: what the property and fuzz tests start from.
namespace vegadesk::tastytrade::random
{

template<class T>
T oneOf(base::Generator& chance, std::initializer_list<T> list)
{
    return *(list.begin() + chance.integer(0, static_cast<std::int64_t>(list.size()) - 1));
}

inline bool coin(base::Generator& chance)
{
    return chance.uniform() < 0.5;
}

inline std::string word(base::Generator& chance)
{
    static constexpr std::string_view letters = "abcXYZ019 -_/.\"\\{}\n\té€";
    std::string text = "w";
    for (std::int64_t i = chance.integer(0, 12); i > 0; --i) {
        const auto at = static_cast<std::size_t>(chance.integer(0, 20)); // leaves the multi-byte tail whole
        text += at == 20 ? "é€" : std::string(1, letters[at]);
    }
    return text;
}

inline base::Decimal price(base::Generator& chance)
{
    return base::Decimal::fromUnits(chance.integer(0, 1'000'000) *
                                    oneOf<std::int64_t>(chance, {1, 1'000'000, 5'000'000}));
}

inline base::Decimal cash(base::Generator& chance)
{
    return base::Decimal::fromUnits(chance.integer(-1'000'000'000'000'000, 1'000'000'000'000'000));
}

inline base::Instant instant(base::Generator& chance)
{
    return base::fromUnixMillis(chance.integer(0, 4'000'000'000'000));
}

inline base::Date date(base::Generator& chance)
{
    return base::makeDate(2020, 1, 1) + std::chrono::days(chance.integer(0, 20'000));
}

template<class T>
std::optional<T> maybe(base::Generator& chance, T value)
{
    return coin(chance) ? std::optional<T>(std::move(value)) : std::nullopt;
}

inline portfolio::OrderLeg orderLeg(base::Generator& chance)
{
    return {word(chance), oneOf(chance, {market::InstrumentType::Equity, market::InstrumentType::EquityOption}),
            oneOf(chance, {portfolio::Action::BuyToOpen, portfolio::Action::SellToOpen, portfolio::Action::BuyToClose,
                           portfolio::Action::SellToClose}),
            chance.integer(1, wire::orderQuantityMost)};
}

inline QJsonObject orderRules(base::Generator& chance)
{
    if (coin(chance))
        return {};
    return {{QStringLiteral("route-after"), QStringLiteral("2026-11-20T15:00:00.000+00:00")},
            {QStringLiteral("conditions"),
             QJsonArray{QJsonObject{{QStringLiteral("threshold"), static_cast<int>(chance.integer(1, 99))}}}}};
}

/// One of ours, or else one of the broker's that our enums do not have.
inline void chooseWords(base::Generator& chance, wire::OrderRequest& request)
{
    portfolio::OrderIntent& intent = request.intent;
    if (chance.uniform() < 0.2) {
        intent.type = portfolio::OrderType::NotionalMarket;
        intent.value = price(chance);
        request.valueEffect = oneOf(chance, {portfolio::PriceEffect::Debit, portfolio::PriceEffect::Credit});
        intent.legs.resize(1);
        intent.legs.front().quantity = 0;
    } else if (chance.uniform() < 0.2) {
        request.typeText = wire::marketableLimit;
        intent.type = intent.price ? portfolio::OrderType::Limit : portfolio::OrderType::Market;
    }
    if (chance.uniform() < 0.3) {
        request.timeInForceText =
            oneOf(chance, {wire::extendedDay, wire::extendedGtc, wire::overnightDay, wire::overnightGtc});
        intent.timeInForce =
            request.timeInForceText.starts_with("GTC") ? portfolio::TimeInForce::Gtc : portfolio::TimeInForce::Day;
    }
}

inline wire::OrderRequest orderRequest(base::Generator& chance)
{
    wire::OrderRequest request;
    portfolio::OrderIntent& intent = request.intent;
    for (std::int64_t legs = chance.integer(1, 4); legs > 0; --legs)
        intent.legs.push_back(orderLeg(chance));
    intent.type = oneOf(chance, {portfolio::OrderType::Limit, portfolio::OrderType::Market, portfolio::OrderType::Stop,
                                 portfolio::OrderType::StopLimit});
    intent.timeInForce = oneOf(chance, {portfolio::TimeInForce::Day, portfolio::TimeInForce::Gtc,
                                        portfolio::TimeInForce::Gtd, portfolio::TimeInForce::Ioc});
    intent.gtcDate = maybe(chance, date(chance));
    if (coin(chance)) {
        intent.price = price(chance);
        intent.effect = oneOf(chance, {portfolio::PriceEffect::Debit, portfolio::PriceEffect::Credit});
    }
    intent.stopTrigger = maybe(chance, price(chance));
    chooseWords(chance, request);
    request.externalId = coin(chance) ? word(chance) : "";
    request.source = coin(chance) ? word(chance) : "";
    request.partitionKey = coin(chance) ? word(chance) : "";
    request.preflightId = oneOf<std::string>(chance, {"", "0", "2", "first"});
    request.isAutomated = coin(chance);
    request.strictPositionEffect = coin(chance);
    request.rules = orderRules(chance);
    return request;
}

inline base::Quantity fraction(base::Generator& chance)
{
    return base::Quantity::fromUnits(1000 * chance.integer(1, 1'000'000));
}

inline wire::Leg leg(base::Generator& chance, const portfolio::OrderLeg& terms, bool isNotional)
{
    wire::Leg leg{terms, 0, {}};
    if (isNotional && portfolio::isDivisible(terms.type))
        leg.terms.quantity = leg.remaining = fraction(chance);
    else if (isNotional)
        leg.terms.quantity = leg.remaining = chance.integer(1, 1000);
    else
        leg.remaining = chance.integer(0, terms.quantity.whole());
    for (std::int64_t fills = chance.integer(0, 3); fills > 0; --fills)
        leg.fills.push_back({word(chance), isNotional ? fraction(chance) : base::Quantity(chance.integer(1, 1000)),
                             price(chance), instant(chance), word(chance)});
    return leg;
}

inline wire::Order order(base::Generator& chance)
{
    const wire::OrderRequest request = orderRequest(chance);
    wire::Order order;
    order.id = coin(chance) ? std::to_string(chance.integer(1, 9'000'000'000'000'000'000)) : "";
    order.account = word(chance);
    order.externalId = request.externalId;
    order.source = request.source;
    order.state = static_cast<wire::OrderState>(chance.integer(0, static_cast<int>(wire::OrderState::Other)));
    if (order.state == wire::OrderState::Other)
        order.stateText = "Pondering";
    order.type = request.intent.type;
    order.timeInForce = request.intent.timeInForce;
    order.typeText = request.typeText;
    order.timeInForceText = request.timeInForceText;
    order.price = request.intent.price;
    order.effect = request.intent.effect;
    order.value = request.intent.value;
    order.valueEffect = request.valueEffect;
    order.gtcDate = request.intent.gtcDate;
    order.stopTrigger = request.intent.stopTrigger;
    order.partitionKey = request.partitionKey;
    order.preflightId = request.preflightId;
    order.rules = request.rules;
    order.underlying = word(chance);
    for (const portfolio::OrderLeg& terms : request.intent.legs)
        order.legs.push_back(leg(chance, terms, request.intent.type == portfolio::OrderType::NotionalMarket));
    order.size = chance.integer(0, 1'000'000);
    order.isCancellable = coin(chance);
    order.isEditable = coin(chance);
    order.isEdited = coin(chance);
    order.rejectReason = coin(chance) ? word(chance) : "";
    order.replaces = coin(chance) ? "270560" : "";
    order.replacedBy = coin(chance) ? "270562" : "";
    order.complexId = coin(chance) ? "2000010530" : "";
    order.complexTag = coin(chance) ? "OTOCO::oco-1-order" : "";
    order.contingentStatus = coin(chance) ? "Pending Order" : "";
    order.confirmationStatus = coin(chance) ? word(chance) : "";
    order.inFlightAt = maybe(chance, instant(chance));
    order.receivedAt = maybe(chance, instant(chance));
    order.liveAt = maybe(chance, instant(chance));
    order.terminalAt = maybe(chance, instant(chance));
    order.cancelledAt = maybe(chance, instant(chance));
    order.updatedAt = instant(chance);
    return order;
}

/// Any complex order, of whole orders or of requests.
template<class Complex, class Part>
Complex complexOf(base::Generator& chance, Part part)
{
    Complex complex;
    complex.type = oneOf(chance, {wire::ComplexType::Oco, wire::ComplexType::Oto, wire::ComplexType::Otoco,
                                  wire::ComplexType::Pairs, wire::ComplexType::Blast});
    if (coin(chance))
        complex.trigger = part(chance);
    for (std::int64_t parts = chance.integer(0, 3); parts > 0; --parts)
        complex.orders.push_back(part(chance));
    if (coin(chance))
        complex.ratio = wire::RatioPrice{oneOf<std::string>(chance, {"gte", "lte"}), cash(chance), coin(chance)};
    complex.externalId = coin(chance) ? word(chance) : "";
    complex.source = coin(chance) ? word(chance) : "";
    return complex;
}

inline wire::ComplexOrderRequest complexOrderRequest(base::Generator& chance)
{
    return complexOf<wire::ComplexOrderRequest>(chance, orderRequest);
}

inline wire::ComplexOrder complexOrder(base::Generator& chance)
{
    auto complex = complexOf<wire::ComplexOrder>(chance, order);
    complex.id = coin(chance) ? "2000010530" : "";
    complex.account = word(chance);
    complex.terminalAt = maybe(chance, instant(chance));
    return complex;
}

inline wire::OrderAnswer orderAnswer(base::Generator& chance)
{
    wire::OrderAnswer answer;
    answer.order = order(chance);
    if (coin(chance))
        answer.buyingPower =
            wire::BuyingPowerEffect{cash(chance), cash(chance), cash(chance), cash(chance), cash(chance), coin(chance)};
    if (coin(chance))
        answer.fees = wire::FeeCalculation{cash(chance), cash(chance), cash(chance),
                                           cash(chance), cash(chance), {{"orf", cash(chance)}, {"sec", {}}}};
    for (std::int64_t i = chance.integer(0, 2); i > 0; --i)
        answer.warnings.push_back({word(chance), word(chance)});
    for (std::int64_t i = chance.integer(0, 2); i > 0; --i)
        answer.errors.push_back({word(chance), word(chance)});
    return answer;
}

inline wire::ComplexOrderAnswer complexOrderAnswer(base::Generator& chance)
{
    const wire::OrderAnswer figures = orderAnswer(chance);
    wire::ComplexOrderAnswer answer{complexOrder(chance), figures.buyingPower, figures.fees, figures.warnings, {}};
    answer.errors.push_back({word(chance), word(chance), oneOf<std::string>(chance, {"", "1"})});
    return answer;
}

inline wire::AccountPosition position(base::Generator& chance)
{
    wire::AccountPosition position;
    portfolio::Position& values = position.values;
    values.account = word(chance);
    values.symbol = word(chance);
    values.underlying = word(chance);
    values.quantity = chance.integer(-500, 500);
    values.multiplier = oneOf(chance, {1, 10, 100});
    values.averageOpenPrice = price(chance);
    values.averageDailyMarketClosePrice = price(chance);
    values.realizedToday = cash(chance);
    values.updatedAt = instant(chance);
    position.realizedTodayDate = maybe(chance, date(chance));
    position.closePrice = maybe(chance, price(chance));
    position.createdAt = maybe(chance, instant(chance));
    position.expiresAt = maybe(chance, instant(chance));
    return position;
}

inline wire::AccountBalance balance(base::Generator& chance)
{
    wire::AccountBalance balance;
    portfolio::Balances& values = balance.values;
    values = {word(chance), cash(chance), cash(chance), cash(chance),
              cash(chance), cash(chance), cash(chance), instant(chance)};
    balance.longEquityValue = cash(chance);
    balance.shortEquityValue = cash(chance);
    balance.longDerivativeValue = cash(chance);
    balance.shortDerivativeValue = cash(chance);
    balance.snapshotDate = maybe(chance, date(chance));
    return balance;
}

inline double number(base::Generator& chance)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return oneOf(chance, {chance.uniform(-1000, 1000), chance.normal() * 1e-9, 1.3743299E7, 300.0, 0.0, market::unknown,
                          infinity, -infinity});
}

inline std::int64_t whole(base::Generator& chance)
{
    return oneOf<std::int64_t>(chance, {0, 7'235'129'486'797'176'832, chance.integer(0, 2'000'000'000'000), -5});
}

inline wire::Event event(base::Generator& chance, wire::EventType type)
{
    const auto n = [&] { return number(chance); };
    const auto w = [&] { return whole(chance); };
    switch (type) {
    case wire::EventType::Quote:
        return wire::QuoteEvent{word(chance), n(), n(), n(), n()};
    case wire::EventType::Trade:
        return wire::TradeEvent{word(chance), n(), n(), n(), n(), n(), w(), w()};
    case wire::EventType::Summary:
        return wire::SummaryEvent{word(chance), n(), n(), n(), n(), n(), n(), w(), w()};
    case wire::EventType::Greeks:
        return wire::GreeksEvent{word(chance), w(), w(), w(), n(), n(), n(), n(), n(), n(), n()};
    case wire::EventType::Candle:
        break;
    }
    return wire::CandleEvent{word(chance), w(), w(), w(), w(), n(), n(), n(), n(), n()};
}

inline wire::dxlink::FeedData feedData(base::Generator& chance)
{
    wire::dxlink::FeedData data{static_cast<int>(chance.integer(0, 99)), {}};
    for (std::int64_t runs = chance.integer(0, 3); runs > 0; --runs) {
        const auto type = static_cast<wire::EventType>(chance.integer(0, wire::eventTypeCount - 1));
        for (std::int64_t rows = chance.integer(1, 4); rows > 0; --rows)
            data.events.push_back(event(chance, type));
    }
    return data;
}

inline std::vector<wire::dxlink::Subscription> subscriptions(base::Generator& chance)
{
    std::vector<wire::dxlink::Subscription> list;
    for (std::int64_t i = chance.integer(0, 4); i > 0; --i)
        list.push_back({oneOf<std::string>(chance, {"Quote", "Candle", "Profile"}), word(chance),
                        maybe<std::int64_t>(chance, whole(chance))});
    return list;
}

/// Every message but FEED_DATA, printed.
inline wire::dxlink::Message dxlinkMessage(base::Generator& chance)
{
    using namespace wire::dxlink;
    const int channel = static_cast<int>(chance.integer(0, 999));
    switch (chance.integer(0, 11)) {
    case 0:
        return Setup{word(chance), 60, 12.5};
    case 1:
        return AuthState{coin(chance), coin(chance) ? word(chance) : ""};
    case 2:
        return Auth{word(chance)};
    case 3:
        return ChannelRequest{channel, word(chance), word(chance)};
    case 4:
        return ChannelOpened{channel, word(chance), word(chance), word(chance)};
    case 5:
        return ChannelCancel{channel};
    case 6:
        return ChannelClosed{channel};
    case 7:
        return FeedSetup{channel, maybe(chance, 0.25), maybe(chance, DataFormat::Compact),
                         coin(chance) ? wire::fullLayouts() : wire::EventLayouts{}};
    case 8:
        return FeedConfig{channel, 0.1, coin(chance) ? DataFormat::Full : DataFormat::Compact,
                          coin(chance) ? wire::clientLayouts() : wire::EventLayouts{}};
    case 9:
        return FeedSubscription{channel, coin(chance), subscriptions(chance), subscriptions(chance)};
    case 10:
        return Keepalive{channel};
    default:
        return ProtocolError{channel, "BAD_ACTION", word(chance)};
    }
}

inline wire::StreamerRequest streamerRequest(base::Generator& chance)
{
    wire::StreamerRequest request{coin(chance) ? "connect" : "heartbeat",
                                  {},
                                  "Bearer " + word(chance),
                                  maybe(chance, chance.integer(0, 1'000'000)),
                                  coin(chance) ? word(chance) : ""};
    if (request.requestId && coin(chance))
        request.requestId = word(chance);
    for (std::int64_t i = chance.integer(0, 2); i > 0; --i)
        request.accounts.push_back(word(chance));
    return request;
}

inline wire::StreamerAck streamerAck(base::Generator& chance)
{
    const wire::StreamerRequest request = streamerRequest(chance);
    return {coin(chance),     request.action,   word(chance), coin(chance) ? word(chance) : "",
            request.accounts, request.requestId};
}

inline wire::NestedChain nestedChain(base::Generator& chance)
{
    wire::NestedChain chain{word(chance), word(chance), coin(chance) ? "Standard" : "Non-Standard", 100, {}, {}};
    chain.ticks = {{base::Decimal::fromInteger(3), base::Decimal::fromUnits(1'000'000)},
                   {{}, base::Decimal::fromUnits(5'000'000)}};
    for (std::int64_t i = chance.integer(0, 3); i > 0; --i) {
        wire::ChainExpiration expiration{date(chance),
                                         chance.integer(0, 900),
                                         coin(chance) ? market::Settlement::AM : market::Settlement::PM,
                                         static_cast<market::ExpirationType>(chance.integer(0, 3)),
                                         {}};
        for (std::int64_t k = chance.integer(0, 4); k > 0; --k) {
            wire::ChainStrike strike{price(chance), {}, {}, {}, {}};
            if (coin(chance)) {
                strike.call = word(chance);
                strike.callStreamer = word(chance);
            }
            if (coin(chance)) {
                strike.put = word(chance);
                strike.putStreamer = word(chance);
            }
            expiration.strikes.push_back(std::move(strike));
        }
        chain.expirations.push_back(std::move(expiration));
    }
    return chain;
}

} // namespace vegadesk::tastytrade::random
