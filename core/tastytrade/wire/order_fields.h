#pragma once

#include "portfolio/order_intent.h"
#include "tastytrade/wire/json.h"

#include <optional>
#include <string>

/// What the JSON of order requests and of orders has in common.
namespace vegadesk::tastytrade::wire
{

/// Of one leg. A NotionalMarket order need not say its quantity, which is 0 then.
portfolio::OrderLeg parseTerms(const QJsonObject& object, portfolio::OrderType type, Fields& owner);
QJsonObject termsJson(const portfolio::OrderLeg& leg);

/// An unsigned amount under `key`, its direction under `key`-effect.
void parseAmount(Fields& in, const char* key, std::optional<base::Decimal>& amount, portfolio::PriceEffect& effect);
void putAmountOf(QJsonObject& object, const char* key, const std::optional<base::Decimal>& amount,
                 portfolio::PriceEffect effect);

/// "order-type" and "time-in-force": into our enums where they have the word, else into the text, with the nearest of ours.
void parseType(Fields& in, portfolio::OrderType& type, std::string& text);
void parseLifetime(Fields& in, portfolio::TimeInForce& timeInForce, std::string& text);
void putWord(QJsonObject& object, const char* key, std::string_view ours, const std::string& text);

/// Ids are numbers on the wire; ours are texts. Nothing for an empty one.
void putId(QJsonObject& object, const char* key, const std::string& id);

} // namespace vegadesk::tastytrade::wire
