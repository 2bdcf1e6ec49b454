#pragma once

#include "tastytrade/wire/described.h"
#include "tastytrade/wire/option_chain.h"

namespace vegadesk::tastytrade::wire
{

/// An item of GET /instruments/future-products, and inside every future.
struct FutureProduct {
    static constexpr std::string_view what = "future product";
    /// When positions go on in the next contract.
    struct Roll {
        static constexpr std::string_view what = "roll";
        std::string name;
        std::int64_t activeCount = 0, businessDaysOffset = 0;
        bool isCashSettled = false, isFirstNotice = false;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.text("name", self.name);
            io("active-count", self.activeCount);
            io("business-days-offset", self.businessDaysOffset);
            io("cash-settled", self.isCashSettled);
            io("first-notice", self.isFirstNotice);
        }
        friend bool operator==(const Roll&, const Roll&) = default;
    };
    std::string root;     ///< "/ES"
    std::string code;     ///< "ES"
    std::string exchange; ///< "CME"
    std::string description, productType, productSubtype, marketSector, securityGroup;
    std::string clearingCode, clearingExchangeCode, clearportCode, legacyCode, streamerExchangeCode;
    std::vector<std::string> listedMonths, activeMonths; ///< "H", "M", …
    std::optional<base::Decimal> notionalMultiplier, tick, displayFactor;
    bool isSmallNotional = false, isCashSettled = true, isFirstNotice = false, isBackMonthFirst = false;
    std::optional<Roll> roll;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("root-symbol", self.root);
        io.need("code", self.code);
        io("exchange", self.exchange);
        io.text("description", self.description);
        io("product-type", self.productType);
        io("product-subtype", self.productSubtype);
        io("market-sector", self.marketSector);
        io("security-group", self.securityGroup);
        io("clearing-code", self.clearingCode);
        io("clearing-exchange-code", self.clearingExchangeCode);
        io("clearport-code", self.clearportCode);
        io("legacy-code", self.legacyCode);
        io("streamer-exchange-code", self.streamerExchangeCode);
        io("listed-months", self.listedMonths);
        io("active-months", self.activeMonths);
        io.figure("notional-multiplier", self.notionalMultiplier);
        io.figure("tick-size", self.tick);
        io.figure("display-factor", self.displayFactor);
        io("small-notional", self.isSmallNotional);
        io("cash-settled", self.isCashSettled);
        io("first-notice", self.isFirstNotice);
        io("back-month-first-calendar-symbol", self.isBackMonthFirst);
        io("roll", self.roll);
    }
    friend bool operator==(const FutureProduct&, const FutureProduct&) = default;
};

/// Data of GET /instruments/futures/{symbol}, and, with fewer keys, in a futures option chain.
struct Future {
    static constexpr std::string_view what = "future";
    /// How many shares of a fund move as the contract does.
    struct EtfEquivalent {
        static constexpr std::string_view what = "fund equivalent";
        std::string symbol;
        std::int64_t shares = 0;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.need("symbol", self.symbol);
            io("share-quantity", self.shares);
        }
        friend bool operator==(const EtfEquivalent&, const EtfEquivalent&) = default;
    };
    std::string symbol;         ///< "/ESZ6"
    std::string streamerSymbol; ///< "/ESZ26:XCME"; not to be made from the other
    std::string root, productCode, productGroup, exchange, exchangeSymbol, securityId, rollTarget, streamerExchangeCode;
    std::optional<base::Decimal> contractSize, tick, notionalMultiplier, displayFactor, mainFraction, subFraction;
    std::optional<base::Date> lastTradeDate, expirationDate, closingOnlyDate, firstNoticeDate, maturityDate;
    std::optional<base::Instant> expiresAt, stopsTradingAt;
    std::optional<std::int64_t> daysToExpiration;
    bool isActive = true, isActiveMonth = false, isNextActiveMonth = false, isClosingOnly = false, isTradeable = true,
         isBackMonthFirst = false;
    market::TickTable ticks, optionTicks;
    std::optional<EtfEquivalent> etfEquivalent;
    std::optional<FutureProduct> product;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("symbol", self.symbol);
        io("streamer-symbol", self.streamerSymbol);
        io("root-symbol", self.root);
        io("product-code", self.productCode);
        io("product-group", self.productGroup);
        io("exchange", self.exchange);
        io("exchange-symbol", self.exchangeSymbol);
        io("security-id", self.securityId);
        io("roll-target-symbol", self.rollTarget);
        io("streamer-exchange-code", self.streamerExchangeCode);
        io.figure("contract-size", self.contractSize);
        io.figure("tick-size", self.tick);
        io.figure("notional-multiplier", self.notionalMultiplier);
        io.figure("display-factor", self.displayFactor);
        io.figure("main-fraction", self.mainFraction);
        io.figure("sub-fraction", self.subFraction);
        io("last-trade-date", self.lastTradeDate);
        io("expiration-date", self.expirationDate);
        io("closing-only-date", self.closingOnlyDate);
        io("first-notice-date", self.firstNoticeDate);
        io("maturity-date", self.maturityDate);
        io("expires-at", self.expiresAt);
        io("stops-trading-at", self.stopsTradingAt);
        io("days-to-expiration", self.daysToExpiration);
        io("active", self.isActive);
        io("active-month", self.isActiveMonth);
        io("next-active-month", self.isNextActiveMonth);
        io("is-closing-only", self.isClosingOnly);
        io("is-tradeable", self.isTradeable);
        io("back-month-first-calendar-symbol", self.isBackMonthFirst);
        io.ticks("tick-sizes", self.ticks);
        io.ticks("option-tick-sizes", self.optionTicks);
        io("future-etf-equivalent", self.etfEquivalent);
        io("future-product", self.product);
    }
};

/// An item of GET /instruments/future-option-products.
struct FutureOptionProduct {
    static constexpr std::string_view what = "future option product";
    std::string root; ///< "EW4"
    std::string code, legacyCode, clearingCode, exchange, productType, expirationType, marketSector;
    std::optional<base::Decimal> displayFactor, strikeFactor, clearingPriceMultiplier;
    std::int64_t settlementDelayDays = 0;
    bool isCashSettled = false, isRollover = false;
    std::optional<FutureProduct> product;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("root-symbol", self.root);
        io("code", self.code);
        io("legacy-code", self.legacyCode);
        io("clearing-code", self.clearingCode);
        io("exchange", self.exchange);
        io("product-type", self.productType);
        io("expiration-type", self.expirationType);
        io("market-sector", self.marketSector);
        io.figure("display-factor", self.displayFactor);
        io.figure("strike-factor", self.strikeFactor);
        io.figure("clearing-price-multiplier", self.clearingPriceMultiplier);
        io("settlement-delay-days", self.settlementDelayDays);
        io("cash-settled", self.isCashSettled);
        io("is-rollover", self.isRollover);
        io("future-product", self.product);
    }
    friend bool operator==(const FutureOptionProduct&, const FutureOptionProduct&) = default;
};

/// Data of GET /instruments/future-options/{symbol}.
struct FutureOption {
    static constexpr std::string_view what = "future option";
    std::string symbol;         ///< "./ESZ6 EW4X6 261127C6000"
    std::string streamerSymbol; ///< "./EW4X26C6000:XCME"
    std::string underlying, productCode, root, optionRoot, exchange, exchangeSymbol, securityId;
    std::string right = "C", exerciseStyle = "American", settlement = "Future", expirationType;
    base::Decimal strike;
    base::Date expiration{};
    std::optional<base::Date> maturityDate;
    std::optional<base::Instant> expiresAt, stopsTradingAt;
    std::optional<base::Decimal> notionalValue, displayFactor, strikeFactor, multiplier, underlyingCount,
        futurePriceRatio;
    std::int64_t daysToExpiration = 0;
    std::string lastTradeTime = "0";
    bool isActive = true, isClosingOnly = false, isVanilla = true, isPrimaryDeliverable = true, isConfirmed = true,
         isExercisableWeekly = true;
    std::optional<FutureOptionProduct> product;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("symbol", self.symbol);
        io("streamer-symbol", self.streamerSymbol);
        io.text("underlying-symbol", self.underlying);
        io("product-code", self.productCode);
        io("root-symbol", self.root);
        io("option-root-symbol", self.optionRoot);
        io("exchange", self.exchange);
        io("security-exchange", self.exchange);
        io("exchange-symbol", self.exchangeSymbol);
        io("sx-id", self.securityId);
        io.need("option-type", self.right);
        io.text("exercise-style", self.exerciseStyle);
        io.text("settlement-type", self.settlement);
        io("expiration-type", self.expirationType);
        io.need("strike-price", self.strike);
        io.need("expiration-date", self.expiration);
        io("maturity-date", self.maturityDate);
        io("expires-at", self.expiresAt);
        io("stops-trading-at", self.stopsTradingAt);
        io.figure("notional-value", self.notionalValue);
        io.figure("display-factor", self.displayFactor);
        io.figure("strike-factor", self.strikeFactor);
        io.figure("multiplier", self.multiplier);
        io.figure("underlying-count", self.underlyingCount);
        io.figure("future-price-ratio", self.futurePriceRatio);
        io("days-to-expiration", self.daysToExpiration);
        io.text("last-trade-time", self.lastTradeTime);
        io("active", self.isActive);
        io("is-closing-only", self.isClosingOnly);
        io("is-vanilla", self.isVanilla);
        io("is-primary-deliverable", self.isPrimaryDeliverable);
        io("is-confirmed", self.isConfirmed);
        io("is-exercisable-weekly", self.isExercisableWeekly);
        io("future-option-product", self.product);
    }
    friend bool operator==(const FutureOption&, const FutureOption&) = default;
};

/// One expiration in a futures option chain: options on one contract.
struct FuturesExpiration {
    static constexpr std::string_view what = "futures expiration";
    std::string underlying; ///< "/ESZ6"
    std::string root, optionRoot, contract, asset, expirationType, settlement;
    base::Date date{};
    std::int64_t daysToExpiration = 0;
    std::optional<base::Decimal> notionalValue, displayFactor, strikeFactor;
    std::optional<base::Instant> stopsTradingAt, expiresAt;
    market::TickTable ticks;
    std::vector<ChainStrike> strikes;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("underlying-symbol", self.underlying);
        io("root-symbol", self.root);
        io.text("option-root-symbol", self.optionRoot);
        io("option-contract-symbol", self.contract);
        io("asset", self.asset);
        io.need("expiration-date", self.date);
        io("days-to-expiration", self.daysToExpiration);
        io("expiration-type", self.expirationType);
        io("settlement-type", self.settlement);
        io.figure("notional-value", self.notionalValue);
        io.figure("display-factor", self.displayFactor);
        io.figure("strike-factor", self.strikeFactor);
        io("stops-trading-at", self.stopsTradingAt);
        io("expires-at", self.expiresAt);
        io.ticks("tick-sizes", self.ticks);
        io("strikes", self.strikes);
    }
};

/// Data of GET /futures-option-chains/{product}/nested; it has no items.
struct FuturesChain {
    static constexpr std::string_view what = "futures option chain";
    struct Root {
        static constexpr std::string_view what = "futures root";
        std::string underlying; ///< "/ES"
        std::string root, exerciseStyle = "American";
        std::vector<FuturesExpiration> expirations;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.need("underlying-symbol", self.underlying);
            io("root-symbol", self.root);
            io.text("exercise-style", self.exerciseStyle);
            io("expirations", self.expirations);
        }
    };
    std::vector<Future> futures;
    std::vector<Root> chains;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("futures", self.futures);
        io("option-chains", self.chains);
    }
};

} // namespace vegadesk::tastytrade::wire
