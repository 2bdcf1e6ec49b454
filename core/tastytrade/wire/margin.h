#pragma once

#include "tastytrade/wire/described.h"

namespace vegadesk::tastytrade::wire
{

/// One instrument of a group that is margined together.
struct MarginEntry {
    static constexpr std::string_view what = "margin entry";
    std::string symbol, instrumentType;
    base::Decimal quantity; ///< negative is short
    std::optional<base::Decimal> closePrice, fixingPrice;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("instrument-symbol", self.symbol);
        io.text("instrument-type", self.instrumentType);
        io("quantity", self.quantity);
        io("close-price", self.closePrice);
        io.orNaN("fixing-price", self.fixingPrice);
    }
    friend bool operator==(const MarginEntry&, const MarginEntry&) = default;
};

/// What is margined together: an underlying, and inside it the strategies. Amounts are signed: a requirement is a debit.
struct MarginGroup {
    static constexpr std::string_view what = "margin group";
    std::string description; ///< the underlying, or a strategy: "LONG_UNDERLYING"
    std::string code, underlying, underlyingType, marginType;
    std::optional<base::Decimal> requirement, maintenance, initial, buyingPower;
    std::optional<base::Decimal> priceIncreasePercent, priceDecreasePercent;
    std::optional<bool> includesWorkingOrder;
    std::vector<MarginGroup> groups;
    std::vector<MarginEntry> entries;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("description", self.description);
        io("code", self.code);
        io("underlying-symbol", self.underlying);
        io("underlying-type", self.underlyingType);
        io("margin-calculation-type", self.marginType);
        io.amount("margin-requirement", self.requirement);
        io.amount("maintenance-requirement", self.maintenance);
        io.amount("initial-requirement", self.initial);
        io.amount("buying-power", self.buyingPower);
        io.figure("price-increase-percent", self.priceIncreasePercent);
        io.figure("price-decrease-percent", self.priceDecreasePercent);
        io("includes-working-order", self.includesWorkingOrder);
        io("groups", self.groups);
        io("position-entries", self.entries);
    }
    friend bool operator==(const MarginGroup&, const MarginGroup&) = default;
};

/// Data of GET /margin/accounts/{n}/requirements. Amounts are signed: a requirement is a debit, buying power a credit.
struct MarginReport {
    static constexpr std::string_view what = "margin report";
    std::string account, description = "Total", marginType = "Reg T", optionLevel = "No Restrictions";
    base::Decimal requirement, maintenance, equity, optionBuyingPower, regTRequirement, regTOptionBuyingPower,
        maintenanceExcess;
    std::vector<MarginGroup> groups;
    std::int64_t stateAt = 0; ///< ms since 1970

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("account-number", self.account);
        io.text("description", self.description);
        io.text("margin-calculation-type", self.marginType);
        io.text("option-level", self.optionLevel);
        io.amount("margin-requirement", self.requirement);
        io.amount("maintenance-requirement", self.maintenance);
        io.amount("margin-equity", self.equity);
        io.amount("option-buying-power", self.optionBuyingPower);
        io.amount("reg-t-margin-requirement", self.regTRequirement);
        io.amount("reg-t-option-buying-power", self.regTOptionBuyingPower);
        io.amount("maintenance-excess", self.maintenanceExcess);
        io("groups", self.groups);
        io("last-state-timestamp", self.stateAt);
    }
    friend bool operator==(const MarginReport&, const MarginReport&) = default;
};

/// Data of POST /margin/accounts/{n}/dry-run: what an order would change. Signed likewise: a change of -105 means that 105
/// more is asked for.
struct MarginDryRun {
    static constexpr std::string_view what = "margin dry run";
    base::Decimal changeInMargin, changeInBuyingPower, currentBuyingPower, newBuyingPower, isolatedMargin;
    bool isSpread = false;
    std::vector<std::string> orderIds;
    MarginGroup baseResults;     ///< of the order's underlying: without the order
    MarginGroup lastResults;     ///< with it
    MarginGroup newOrderResults; ///< the order alone

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.amount("change-in-margin-requirement", self.changeInMargin);
        io.amount("change-in-buying-power", self.changeInBuyingPower);
        io.amount("current-buying-power", self.currentBuyingPower);
        io.amount("new-buying-power", self.newBuyingPower);
        io.amount("isolated-order-margin-requirement", self.isolatedMargin);
        io("is-spread", self.isSpread);
        io("order-ids", self.orderIds);
        io("base-results", self.baseResults);
        io("last-results", self.lastResults);
        io("new-order-results", self.newOrderResults);
    }
    friend bool operator==(const MarginDryRun&, const MarginDryRun&) = default;
};

/// Data of GET /accounts/{n}/margin-requirements/{symbol}/effective: fractions of value, but the floor, which is dollars a
/// contract.
struct EffectiveMargin {
    static constexpr std::string_view what = "effective margin";
    std::string underlying;
    std::optional<base::Decimal> longInitial, shortInitial, longMaintenance, shortMaintenance;
    std::optional<base::Decimal> nakedStandard, nakedMinimum, nakedFloor;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("underlying-symbol", self.underlying);
        io("long-equity-initial", self.longInitial);
        io("short-equity-initial", self.shortInitial);
        io("long-equity-maintenance", self.longMaintenance);
        io("short-equity-maintenance", self.shortMaintenance);
        io("naked-option-standard", self.nakedStandard);
        io("naked-option-minimum", self.nakedMinimum);
        io("naked-option-floor", self.nakedFloor);
    }
    friend bool operator==(const EffectiveMargin&, const EffectiveMargin&) = default;
};

/// Data of GET /margin-requirements-public-configuration, which needs no token. The rate is a fraction per year.
struct MarginConfiguration {
    static constexpr std::string_view what = "margin configuration";
    base::Decimal riskFreeRate;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("risk-free-rate", self.riskFreeRate);
    }
    friend bool operator==(const MarginConfiguration&, const MarginConfiguration&) = default;
};

} // namespace vegadesk::tastytrade::wire
