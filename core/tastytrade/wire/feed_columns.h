#pragma once

#include "tastytrade/wire/feed_event.h"

#include <array>
#include <cstdint>
#include <string_view>

/// The columns that the feed's event types can have, by their names there.
/// Source  dxFeed's event fields, as the protocol reference, 9, lists them.
namespace vegadesk::tastytrade::wire::columns
{

enum class Kind : std::uint8_t { Symbol, TypeName, Number, Integer, Text, Flag };

/// One column a type can have. Without a member, the value is what the broker's feed sends when it has none.
template<class E>
struct Column {
    std::string_view name;
    Kind kind;
    double E::* number = nullptr;
    std::int64_t E::* integer = nullptr;
    std::string_view text = {};
};

template<class E>
constexpr Column<E> number(std::string_view name, double E::* member = nullptr)
{
    return {name, Kind::Number, member};
}
template<class E>
constexpr Column<E> integer(std::string_view name, std::int64_t E::* member = nullptr)
{
    return {name, Kind::Integer, nullptr, member};
}
template<class E>
constexpr Column<E> word(std::string_view name, std::string_view value)
{
    return {name, Kind::Text, nullptr, nullptr, value};
}

template<class E>
struct Table;

template<>
struct Table<QuoteEvent> {
    using E = QuoteEvent;
    static constexpr std::array columns{Column<E>{"eventType", Kind::TypeName},
                                        Column<E>{"eventSymbol", Kind::Symbol},
                                        integer<E>("eventTime"),
                                        integer<E>("sequence"),
                                        integer<E>("timeNanoPart"),
                                        integer<E>("bidTime"),
                                        word<E>("bidExchangeCode", ""),
                                        number<E>("bidPrice", &E::bidPrice),
                                        number<E>("bidSize", &E::bidSize),
                                        integer<E>("askTime"),
                                        word<E>("askExchangeCode", ""),
                                        number<E>("askPrice", &E::askPrice),
                                        number<E>("askSize", &E::askSize)};
};
template<>
struct Table<TradeEvent> {
    using E = TradeEvent;
    static constexpr std::array columns{Column<E>{"eventType", Kind::TypeName},
                                        Column<E>{"eventSymbol", Kind::Symbol},
                                        integer<E>("eventTime"),
                                        integer<E>("time", &E::time),
                                        integer<E>("timeNanoPart"),
                                        integer<E>("sequence"),
                                        word<E>("exchangeCode", ""),
                                        number<E>("price", &E::price),
                                        number<E>("change", &E::change),
                                        number<E>("size", &E::size),
                                        integer<E>("dayId", &E::dayId),
                                        number<E>("dayVolume", &E::dayVolume),
                                        number<E>("dayTurnover", &E::dayTurnover),
                                        word<E>("tickDirection", "UNDEFINED"),
                                        Column<E>{"extendedTradingHours", Kind::Flag}};
};
template<>
struct Table<SummaryEvent> {
    using E = SummaryEvent;
    static constexpr std::array columns{Column<E>{"eventType", Kind::TypeName},
                                        Column<E>{"eventSymbol", Kind::Symbol},
                                        integer<E>("eventTime"),
                                        integer<E>("dayId", &E::dayId),
                                        number<E>("dayOpenPrice", &E::dayOpenPrice),
                                        number<E>("dayHighPrice", &E::dayHighPrice),
                                        number<E>("dayLowPrice", &E::dayLowPrice),
                                        number<E>("dayClosePrice", &E::dayClosePrice),
                                        word<E>("dayClosePriceType", "REGULAR"),
                                        integer<E>("prevDayId", &E::prevDayId),
                                        number<E>("prevDayClosePrice", &E::prevDayClosePrice),
                                        word<E>("prevDayClosePriceType", "REGULAR"),
                                        number<E>("prevDayVolume"),
                                        number<E>("openInterest", &E::openInterest)};
};
template<>
struct Table<GreeksEvent> {
    using E = GreeksEvent;
    static constexpr std::array columns{Column<E>{"eventType", Kind::TypeName},
                                        Column<E>{"eventSymbol", Kind::Symbol},
                                        integer<E>("eventTime"),
                                        integer<E>("eventFlags", &E::eventFlags),
                                        integer<E>("index", &E::index),
                                        integer<E>("time", &E::time),
                                        integer<E>("sequence"),
                                        number<E>("price", &E::price),
                                        number<E>("volatility", &E::volatility),
                                        number<E>("delta", &E::delta),
                                        number<E>("gamma", &E::gamma),
                                        number<E>("theta", &E::theta),
                                        number<E>("rho", &E::rho),
                                        number<E>("vega", &E::vega)};
};
template<>
struct Table<CandleEvent> {
    using E = CandleEvent;
    static constexpr std::array columns{Column<E>{"eventType", Kind::TypeName},
                                        Column<E>{"eventSymbol", Kind::Symbol},
                                        integer<E>("eventTime"),
                                        integer<E>("eventFlags", &E::eventFlags),
                                        integer<E>("index", &E::index),
                                        integer<E>("time", &E::time),
                                        integer<E>("sequence"),
                                        integer<E>("count", &E::count),
                                        number<E>("open", &E::open),
                                        number<E>("high", &E::high),
                                        number<E>("low", &E::low),
                                        number<E>("close", &E::close),
                                        number<E>("volume", &E::volume),
                                        number<E>("VWAP"),
                                        number<E>("bidVolume"),
                                        number<E>("askVolume"),
                                        number<E>("impVolatility", &E::impVolatility),
                                        number<E>("openInterest")};
};

/// Calls `visit` with the event kind's own type.
template<class Visit>
auto withType(EventType type, Visit visit)
{
    switch (type) {
    case EventType::Quote:
        return visit(QuoteEvent{});
    case EventType::Trade:
        return visit(TradeEvent{});
    case EventType::Summary:
        return visit(SummaryEvent{});
    case EventType::Greeks:
        return visit(GreeksEvent{});
    case EventType::Candle:
        break;
    }
    return visit(CandleEvent{});
}

} // namespace vegadesk::tastytrade::wire::columns
