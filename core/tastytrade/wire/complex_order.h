#pragma once

#include "tastytrade/wire/order.h"
#include "tastytrade/wire/order_answer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// Orders that depend on each other. Oco: one fill cancels the other. Oto: a trigger's fill releases the rest. Otoco: it
/// releases an OCO pair. Pairs: one leg's price against the other's. Blast is the broker's past.
enum class ComplexType : std::uint8_t { Oco, Oto, Otoco, Pairs, Blast };
std::string_view toWire(ComplexType type); ///< "OTOCO"
base::Result<ComplexType> complexTypeFromWire(std::string_view text);

/// When a pair may be traded.
struct RatioPrice {
    std::string comparator; ///< "gte" or "lte"
    base::Decimal threshold;
    bool isNotional = false; ///< the threshold is of values instead of prices

    friend bool operator==(const RatioPrice&, const RatioPrice&) = default;
};

/// Body of POST /accounts/{n}/complex-orders and of its dry run.
struct ComplexOrderRequest {
    ComplexType type = ComplexType::Otoco;
    std::optional<OrderRequest> trigger;
    std::vector<OrderRequest> orders;
    std::optional<RatioPrice> ratio; ///< of Pairs
    std::string externalId, source;

    friend bool operator==(const ComplexOrderRequest&, const ComplexOrderRequest&) = default;
};
/// Errors: an unknown type, a part that parseOrderRequest() refuses. How many parts a type has is the broker's to check.
base::Result<ComplexOrderRequest> parseComplexOrderRequest(const QJsonObject& object);
QJsonObject toJson(const ComplexOrderRequest& request);

/// A complex order as the broker tells it, by REST and in notifications alike: with whole orders as its parts.
struct ComplexOrder {
    std::string id; ///< digits; empty in a dry run
    std::string account;
    ComplexType type = ComplexType::Otoco;
    std::optional<Order> trigger;
    std::vector<Order> orders;
    std::optional<RatioPrice> ratio;
    std::string externalId, source;
    std::optional<base::Instant> terminalAt; ///< when its last part was over

    friend bool operator==(const ComplexOrder&, const ComplexOrder&) = default;
};
/// Errors: an unknown type, a part that parseOrder() refuses.
base::Result<ComplexOrder> parseComplexOrder(const QJsonObject& object);
QJsonObject toJson(const ComplexOrder& order);

/// Data of the answer to POST /complex-orders and to its dry run. The figures are those of the part that goes first.
struct ComplexOrderAnswer {
    ComplexOrder order;
    std::optional<BuyingPowerEffect> buyingPower;
    std::optional<FeeCalculation> fees;
    std::vector<Reason> warnings, errors;

    friend bool operator==(const ComplexOrderAnswer&, const ComplexOrderAnswer&) = default;
};
base::Result<ComplexOrderAnswer> parseComplexOrderAnswer(const QJsonObject& data);
QJsonObject toJson(const ComplexOrderAnswer& answer);

} // namespace vegadesk::tastytrade::wire
