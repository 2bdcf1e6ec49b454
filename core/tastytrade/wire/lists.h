#pragma once

#include "tastytrade/wire/described.h"

namespace vegadesk::tastytrade::wire
{

/// An item of GET /symbols/search/{text}.
struct FoundSymbol {
    static constexpr std::string_view what = "symbol";
    std::string symbol, description, listedMarket, priceIncrements, tradingHours, instrumentType;
    std::optional<bool> hasOptions;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("symbol", self.symbol);
        io.text("description", self.description);
        io("listed-market", self.listedMarket);
        io("price-increments", self.priceIncrements);
        io("trading-hours", self.tradingHours);
        io("instrument-type", self.instrumentType);
        io("options", self.hasOptions);
    }
    friend bool operator==(const FoundSymbol&, const FoundSymbol&) = default;
};

/// A line of a watchlist. Some public lists write its type's key with an underscore.
struct WatchlistEntry {
    std::string symbol, instrumentType;

    friend bool operator==(const WatchlistEntry&, const WatchlistEntry&) = default;
};
base::Result<WatchlistEntry> parseWatchlistEntry(const QJsonObject& object);
QJsonObject toJson(const WatchlistEntry& entry);

/// A watchlist, the user's own or a public one. Of a public list that was asked for with counts-only there is the number of its
/// entries and not the entries.
struct Watchlist {
    std::string name, group;
    std::int64_t orderIndex = 9999;
    std::vector<WatchlistEntry> entries;
    std::optional<std::string> id;
    std::optional<std::int64_t> entryCount;

    friend bool operator==(const Watchlist&, const Watchlist&) = default;
};
/// Also reads the answer to DELETE, which is in snake case. Errors: no name.
base::Result<Watchlist> parseWatchlist(const QJsonObject& object);
QJsonObject toJson(const Watchlist& watchlist);
/// As the answer to DELETE /watchlists/{name} is: in snake case, to be sent without an envelope.
QJsonObject toSnakeJson(const Watchlist& watchlist);

/// An item of GET /pairs-watchlists.
struct PairsWatchlist {
    static constexpr std::string_view what = "pairs watchlist";
    struct Equation {
        static constexpr std::string_view what = "pair";
        std::string leftAction, leftSymbol, rightAction, rightSymbol; ///< actions are "Buy" or "Sell"
        std::int64_t leftQuantity = 1, rightQuantity = 1;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.text("left-action", self.leftAction);
            io.need("left-symbol", self.leftSymbol);
            io("left-quantity", self.leftQuantity);
            io.text("right-action", self.rightAction);
            io.need("right-symbol", self.rightSymbol);
            io("right-quantity", self.rightQuantity);
        }
        friend bool operator==(const Equation&, const Equation&) = default;
    };
    std::string name;
    std::int64_t orderIndex = 0;
    std::vector<Equation> equations;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("name", self.name);
        io("order-index", self.orderIndex);
        io("pairs-equations", self.equations);
    }
    friend bool operator==(const PairsWatchlist&, const PairsWatchlist&) = default;
};

/// An item of GET /quote-alerts and the body of POST /quote-alerts.
struct QuoteAlert {
    static constexpr std::string_view what = "quote alert";
    std::string id; ///< alert-external-id: the broker's, empty in a request
    std::string symbol, streamerSymbol, instrumentType;
    std::string field;       ///< "Last", "Bid", "Ask" or "IV"
    std::string comparison;  ///< ">" or "<"
    base::Decimal threshold; ///< dollars, or for "IV" a fraction
    std::optional<base::Instant> expiresAt, createdAt;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("alert-external-id", self.id);
        io.need("symbol", self.symbol);
        io("dx-symbol", self.streamerSymbol);
        io("instrument-type", self.instrumentType);
        io.need("field", self.field);
        io.need("operator", self.comparison);
        io.need("threshold", self.threshold);
        io("expires-at", self.expiresAt);
        io("created-at", self.createdAt);
    }
    friend bool operator==(const QuoteAlert&, const QuoteAlert&) = default;
};

} // namespace vegadesk::tastytrade::wire
