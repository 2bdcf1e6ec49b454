#pragma once

#include "portfolio/position.h"
#include "tastytrade/wire/error_body.h"
#include "tastytrade/wire/order.h"

#include <optional>
#include <string>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// Signed: positive is Credit. A change of buying power of -107.24 means that it falls by 107.24.
struct BuyingPowerEffect {
    base::Decimal changeInMargin, changeInBuyingPower;
    base::Decimal currentBuyingPower, newBuyingPower;
    base::Decimal isolatedMargin;
    bool isSpread = false;

    friend bool operator==(const BuyingPowerEffect&, const BuyingPowerEffect&) = default;
};

struct FeeItem {
    std::string name;
    base::Decimal cost;

    friend bool operator==(const FeeItem&, const FeeItem&) = default;
};

/// Costs are positive (Debit on the wire).
struct FeeCalculation {
    base::Decimal regulatory, clearing, commission, proprietaryIndexOption, total;
    std::vector<FeeItem> regulatoryItems;

    friend bool operator==(const FeeCalculation&, const FeeCalculation&) = default;
};

/// Data of the answer to POST /orders and to its dry run.
struct OrderAnswer {
    Order order;
    std::optional<BuyingPowerEffect> buyingPower;
    std::optional<FeeCalculation> fees;
    std::vector<Reason> warnings, errors;

    friend bool operator==(const OrderAnswer&, const OrderAnswer&) = default;
};
base::Result<OrderAnswer> parseOrderAnswer(const QJsonObject& data);
QJsonObject toJson(const OrderAnswer& answer);

/// What the answers to plain and to complex orders have in common.
void parseFigures(Fields& in, std::optional<BuyingPowerEffect>& buyingPower, std::optional<FeeCalculation>& fees);
void putFigures(QJsonObject& object, const std::optional<BuyingPowerEffect>& buyingPower,
                const std::optional<FeeCalculation>& fees);
void parseReasons(const Fields& in, std::vector<Reason>& warnings, std::vector<Reason>& errors);
void putReasons(QJsonObject& object, const std::vector<Reason>& warnings, const std::vector<Reason>& errors);

/// Error: the answer lacks the figures; they are not made up.
base::Result<portfolio::DryRunResult> toDryRunResult(const OrderAnswer& answer);

} // namespace vegadesk::tastytrade::wire
