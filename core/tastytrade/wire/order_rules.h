#pragma once

#include "tastytrade/wire/described.h"

#include <optional>
#include <string>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// "rules" of an order's request, and "order-rule" of the order: when it may go to the market, and when it ends.
struct OrderRules {
    static constexpr std::string_view what = "order rules";
    /// A part of a price that is made of several instruments'.
    struct PriceComponent {
        static constexpr std::string_view what = "price component";
        std::string symbol, instrumentType;
        std::int64_t quantity = 1;
        std::string direction; ///< "Long" or "Short"

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.need("symbol", self.symbol);
            io("instrument-type", self.instrumentType);
            io("quantity", self.quantity);
            io("quantity-direction", self.direction);
        }
        friend bool operator==(const PriceComponent&, const PriceComponent&) = default;
    };
    struct Condition {
        static constexpr std::string_view what = "order condition";
        std::string action;                 ///< "route" or "cancel"
        std::string symbol, instrumentType; ///< empty where there are components
        std::string indicator;              ///< "last" or "nat"
        std::string comparator;             ///< "gte" or "lte"
        base::Decimal threshold;            ///< dollars a share, or of the whole where it is notional
        std::optional<bool> isNotional;
        std::vector<PriceComponent> components;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.need("action", self.action);
            io("symbol", self.symbol);
            io("instrument-type", self.instrumentType);
            io.need("indicator", self.indicator);
            io.need("comparator", self.comparator);
            io.need("threshold", self.threshold);
            io("is-threshold-based-on-notional", self.isNotional);
            io("price-components", self.components);
        }
        friend bool operator==(const Condition&, const Condition&) = default;
    };
    std::optional<base::Instant> routeAfter, cancelAt;
    std::vector<Condition> conditions;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("route-after", self.routeAfter);
        io("cancel-at", self.cancelAt);
        io("conditions", self.conditions);
    }
    friend bool operator==(const OrderRules&, const OrderRules&) = default;
};

} // namespace vegadesk::tastytrade::wire
