#pragma once

#include "tastytrade/wire/described.h"

namespace vegadesk::tastytrade::wire
{

/// Data of GET /instruments/equities/{symbol}; indices are equities there.
struct Equity {
    static constexpr std::string_view what = "equity";
    std::string id, symbol, streamerSymbol, description, shortDescription;
    bool isIndex = false, isEtf = false, isActive = true;
    bool isClosingOnly = false, isOptionsClosingOnly = false, isIlliquid = false, isFraudRisk = false;
    bool isReviewBypassed = false, isOvernightPermitted = false, isFractional = false;
    std::string lendability = "Easy To Borrow"; ///< or "Locate Required", "Preborrow"
    std::optional<base::Decimal> borrowRate;    ///< fraction per year
    std::string listedMarket;                   ///< "XNAS"
    std::string cusip;
    market::TickTable ticks, optionTicks;
    std::optional<base::Instant> stopsTradingAt, haltedAt;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.id("id", self.id);
        io.need("symbol", self.symbol);
        io("streamer-symbol", self.streamerSymbol);
        io.always("instrument-type", "Equity");
        io.always("market-time-instrument-collection", "Equity");
        io.text("description", self.description);
        io("short-description", self.shortDescription);
        io("is-index", self.isIndex);
        io("is-etf", self.isEtf);
        io("active", self.isActive);
        io("is-closing-only", self.isClosingOnly);
        io("is-options-closing-only", self.isOptionsClosingOnly);
        io("is-illiquid", self.isIlliquid);
        io("is-fraud-risk", self.isFraudRisk);
        io("bypass-manual-review", self.isReviewBypassed);
        io("overnight-trading-permitted", self.isOvernightPermitted);
        io("is-fractional-quantity-eligible", self.isFractional);
        io("lendability", self.lendability);
        io.figure("borrow-rate", self.borrowRate);
        io("listed-market", self.listedMarket);
        io("cusip", self.cusip);
        io.ticks("tick-sizes", self.ticks);
        io.ticks("option-tick-sizes", self.optionTicks);
        io("stops-trading-at", self.stopsTradingAt);
        io("halted-at", self.haltedAt);
    }
};

/// What one contract delivers.
struct Deliverable {
    static constexpr std::string_view what = "deliverable";
    std::string id, root, type = "Shares", description, symbol, instrumentType = "Equity";
    std::optional<base::Decimal> amount, percent;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.id("id", self.id);
        io("root-symbol", self.root);
        io("deliverable-type", self.type);
        io("description", self.description);
        io("amount", self.amount);
        io("symbol", self.symbol);
        io("instrument-type", self.instrumentType);
        io("percent", self.percent);
    }
    friend bool operator==(const Deliverable&, const Deliverable&) = default;
};

/// Data of GET /instruments/equity-options/{symbol} and an item of GET /option-chains/{symbol}.
struct EquityOption {
    static constexpr std::string_view what = "equity option";
    std::string symbol, streamerSymbol, root, underlying;
    base::Decimal strike;
    base::Date expiration{};
    std::string right = "C"; ///< or "P"
    std::string exerciseStyle = "American", chainType = "Standard", expirationType = "Regular", settlement = "PM";
    std::int64_t sharesPerContract = 100, daysToExpiration = 0;
    bool isActive = true, isClosingOnly = false;
    std::optional<base::Instant> stopsTradingAt, expiresAt;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("symbol", self.symbol);
        io("streamer-symbol", self.streamerSymbol);
        io.always("instrument-type", "Equity Option");
        io.always("market-time-instrument-collection", "Equity Option");
        io.text("root-symbol", self.root);
        io.text("underlying-symbol", self.underlying);
        io.need("strike-price", self.strike);
        io.need("expiration-date", self.expiration);
        io.need("option-type", self.right);
        io.text("exercise-style", self.exerciseStyle);
        io.text("option-chain-type", self.chainType);
        io.text("expiration-type", self.expirationType);
        io.text("settlement-type", self.settlement);
        io("shares-per-contract", self.sharesPerContract);
        io("days-to-expiration", self.daysToExpiration);
        io("active", self.isActive);
        io("is-closing-only", self.isClosingOnly);
        io("stops-trading-at", self.stopsTradingAt);
        io("expires-at", self.expiresAt);
    }
    friend bool operator==(const EquityOption&, const EquityOption&) = default;
};

/// An item of GET /option-chains/{symbol}/compact: the symbols of one root and kind of expiration.
struct CompactChain {
    static constexpr std::string_view what = "compact chain";
    std::string underlying, root, chainType = "Standard", settlement = "PM", expirationType = "Regular";
    std::int64_t sharesPerContract = 100;
    std::vector<Deliverable> deliverables;
    std::vector<std::string> symbols, streamerSymbols; ///< of the same length

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("underlying-symbol", self.underlying);
        io.need("root-symbol", self.root);
        io.text("option-chain-type", self.chainType);
        io.text("settlement-type", self.settlement);
        io.text("expiration-type", self.expirationType);
        io("shares-per-contract", self.sharesPerContract);
        io("deliverables", self.deliverables);
        io("symbols", self.symbols);
        io("streamer-symbols", self.streamerSymbols);
    }
    friend bool operator==(const CompactChain&, const CompactChain&) = default;
};

/// An item of GET /instruments/cryptocurrencies.
struct Cryptocurrency {
    static constexpr std::string_view what = "cryptocurrency";
    struct VenueSymbol {
        static constexpr std::string_view what = "venue symbol";
        std::string id, symbol, venue;
        std::int64_t quantityDecimals = 0, priceDecimals = 0;
        bool isRoutable = false;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.id("id", self.id);
            io.text("symbol", self.symbol);
            io.text("destination-venue", self.venue);
            io("max-quantity-precision", self.quantityDecimals);
            io("max-price-precision", self.priceDecimals);
            io("routable", self.isRoutable);
        }
        friend bool operator==(const VenueSymbol&, const VenueSymbol&) = default;
    };
    std::string id, symbol, streamerSymbol, description, shortDescription;
    bool isActive = true, isClosingOnly = false;
    std::optional<base::Decimal> tick;
    std::vector<VenueSymbol> venues;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.id("id", self.id);
        io.need("symbol", self.symbol);
        io("streamer-symbol", self.streamerSymbol);
        io.always("instrument-type", "Cryptocurrency");
        io.text("description", self.description);
        io("short-description", self.shortDescription);
        io("active", self.isActive);
        io("is-closing-only", self.isClosingOnly);
        io("tick-size", self.tick);
        io("destination-venue-symbols", self.venues);
    }
    friend bool operator==(const Cryptocurrency&, const Cryptocurrency&) = default;
};

/// An item of GET /instruments/warrants.
struct Warrant {
    static constexpr std::string_view what = "warrant";
    std::string symbol, description, listedMarket, cusip;
    bool isActive = true, isClosingOnly = false;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("symbol", self.symbol);
        io.always("instrument-type", "Warrant");
        io.text("description", self.description);
        io("listed-market", self.listedMarket);
        io("cusip", self.cusip);
        io("active", self.isActive);
        io("is-closing-only", self.isClosingOnly);
    }
    friend bool operator==(const Warrant&, const Warrant&) = default;
};

/// An item of GET /instruments/quantity-decimal-precisions: decimals that quantities may have.
struct QuantityPrecision {
    static constexpr std::string_view what = "quantity precision";
    std::string instrumentType;
    std::string symbol; ///< empty: all of the type
    std::int64_t decimals = 0, incrementDecimals = 0;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("instrument-type", self.instrumentType);
        io("symbol", self.symbol);
        io("value", self.decimals);
        io("minimum-increment-precision", self.incrementDecimals);
    }
    friend bool operator==(const QuantityPrecision&, const QuantityPrecision&) = default;
};

/// An item of GET /instruments/search.
struct FoundInstrument {
    static constexpr std::string_view what = "instrument";
    std::string symbol, description, exchange, instrumentType;
    std::optional<base::Instant> stopsTradingAt;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("symbol", self.symbol);
        io.text("description", self.description);
        io("exchange", self.exchange);
        io("instrument-type", self.instrumentType);
        io("stops-trading-at", self.stopsTradingAt);
    }
    friend bool operator==(const FoundInstrument&, const FoundInstrument&) = default;
};

} // namespace vegadesk::tastytrade::wire
