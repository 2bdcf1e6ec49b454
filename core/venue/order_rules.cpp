#include "venue/order_rules.h"

#include "market/calendar.h"

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using Condition = wire::OrderRules::Condition;
using Component = wire::OrderRules::PriceComponent;

/// What the condition is on: its components, or its one symbol.
std::vector<Component> partsOf(const Condition& condition)
{
    if (!condition.components.empty())
        return condition.components;
    return {{condition.symbol, condition.instrumentType, 1, "Long"}};
}

base::Result<void> check(const Condition& condition, MarketModel& market, base::Date today)
{
    const auto word = [](const char* field, const std::string& text, const char* one,
                         const char* other) -> base::Result<void> {
        if (text == one || text == other)
            return {};
        return base::badInput(field, text, std::string(one) + " or " + other);
    };
    for (const auto& checked :
         {word("action", condition.action, "route", "cancel"), word("indicator", condition.indicator, "last", "nat"),
          word("comparator", condition.comparator, "gte", "lte")}) {
        if (!checked)
            return checked;
    }
    for (const Component& part : partsOf(condition)) {
        if (market.find(part.symbol, today) == nullptr)
            return base::badInput("symbol", part.symbol, "an instrument that is listed");
        if (part.quantity < 1)
            return base::badInput("quantity", std::to_string(part.quantity), "1 or more");
        if (!part.direction.empty()) {
            if (const auto checked = word("quantity-direction", part.direction, "Long", "Short"); !checked)
                return checked;
        }
    }
    return {};
}

/// NaN where the market has no such price.
double priceOf(const Condition& condition, MarketModel& market, base::Instant at)
{
    double sum = 0;
    for (const Component& part : partsOf(condition)) {
        const market::Instrument* const instrument = market.find(part.symbol, market::newYorkDate(at));
        if (instrument == nullptr)
            return market::unknown;
        const bool isShort = part.direction == "Short";
        const market::MarketData data = market.data(*instrument, at);
        const bool isSold = (condition.comparator == "gte") != isShort;
        const double price = condition.indicator == "last" ? data.trade.price
                             : isSold                      ? data.quote.bid
                                                           : data.quote.ask;
        const double weight = static_cast<double>(part.quantity) *
                              (condition.isNotional.value_or(false) ? static_cast<double>(instrument->multiplier) : 1);
        sum += (isShort ? -weight : weight) * price;
    }
    return sum;
}

bool holds(const Condition& condition, MarketModel& market, base::Instant at)
{
    const double price = priceOf(condition, market, at);
    const double threshold = condition.threshold.toDouble();
    return condition.comparator == "gte" ? price >= threshold : price <= threshold;
}

} // namespace

base::Result<wire::OrderRules> parseRules(const QJsonObject& object, MarketModel& market, base::Date today)
{
    auto rules = wire::read<wire::OrderRules>(object);
    if (!rules)
        return rules;
    for (const Condition& condition : rules->conditions) {
        if (const auto checked = check(condition, market, today); !checked)
            return tl::make_unexpected(checked.error());
    }
    return rules;
}

RuleVerdict verdictOf(const wire::OrderRules& rules, MarketModel& market, base::Instant at)
{
    if (rules.cancelAt && *rules.cancelAt <= at)
        return RuleVerdict::Cancel;
    bool mayRoute = !rules.routeAfter || *rules.routeAfter <= at;
    for (const Condition& condition : rules.conditions) {
        const bool isMet = holds(condition, market, at);
        if (condition.action == "cancel" && isMet)
            return RuleVerdict::Cancel;
        mayRoute = mayRoute && (isMet || condition.action == "cancel");
    }
    return mayRoute ? RuleVerdict::Route : RuleVerdict::Wait;
}

} // namespace vegadesk::venue
