#include "history/import/column_map.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace vegadesk::history
{

namespace
{

using std::chrono::minutes;

constexpr std::array<std::string_view, fieldCount> names{"underlying",
                                                         "root",
                                                         "symbol",
                                                         "date",
                                                         "time",
                                                         "expiry",
                                                         "days",
                                                         "strike",
                                                         "right",
                                                         "settlement",
                                                         "bid",
                                                         "ask",
                                                         "bid_size",
                                                         "ask_size",
                                                         "last",
                                                         "volume",
                                                         "open_interest",
                                                         "call_bid",
                                                         "call_ask",
                                                         "call_sizes",
                                                         "call_last",
                                                         "call_volume",
                                                         "call_open_interest",
                                                         "put_bid",
                                                         "put_ask",
                                                         "put_sizes",
                                                         "put_last",
                                                         "put_volume",
                                                         "put_open_interest",
                                                         "spot",
                                                         "spot_bid",
                                                         "spot_ask"};

/// Our own columns: what the recorded sets that we test with, and whoever writes a table for us, use.
ColumnMap plain()
{
    return {.name = "plain",
            .about =
                "One contract a line: date (or trade_date), expiry, cp, strike, bid (or close_bid), ask (or close_ask)",
            .columns = {{Field::Underlying, {"underlying"}},
                        {Field::Root, {"root"}},
                        {Field::Date, {"date", "trade_date"}},
                        {Field::Time, {"ms_since_midnight"}},
                        {Field::Expiry, {"expiry"}},
                        {Field::Strike, {"strike"}},
                        {Field::Right, {"cp"}},
                        {Field::Settlement, {"settlement"}},
                        {Field::Bid, {"bid", "close_bid"}},
                        {Field::Ask, {"ask", "close_ask"}},
                        {Field::BidSize, {"bid_size"}},
                        {Field::AskSize, {"ask_size"}},
                        {Field::Last, {"last"}},
                        {Field::Volume, {"volume"}},
                        {Field::OpenInterest, {"open_interest"}},
                        {Field::Spot, {"spot"}}},
            .isZeroAskNone = false};
}

/// Cboe DataShop, Option EOD Summary: a line has a contract's quotes of 15:45, on half days of 12:45, and of the close.
ColumnMap dataShop(std::string_view suffix, std::string_view about, std::chrono::seconds beforeClose)
{
    const auto named = [suffix](std::string_view name) { return std::string(name).append(suffix); };
    return {.name = "cboe" + std::string(suffix),
            .about = std::string(about),
            .columns = {{Field::Underlying, {"underlying_symbol"}},
                        {Field::Date, {"quote_date"}},
                        {Field::Root, {"root"}},
                        {Field::Expiry, {"expiration"}},
                        {Field::Strike, {"strike"}},
                        {Field::Right, {"option_type"}},
                        {Field::Bid, {named("bid")}},
                        {Field::Ask, {named("ask")}},
                        {Field::BidSize, {named("bid_size")}},
                        {Field::AskSize, {named("ask_size")}},
                        {Field::Last, {"close"}},
                        {Field::Volume, {"trade_volume"}},
                        {Field::OpenInterest, {"open_interest"}},
                        {Field::SpotBid, {named("underlying_bid")}},
                        {Field::SpotAsk, {named("underlying_ask")}}},
            .beforeClose = beforeClose};
}

ColumnMap optopsy()
{
    return {.name = "optopsy",
            .about = "optopsy's tables: underlying_symbol, quote_date, expiration, strike, option_type, bid, ask",
            .columns = {{Field::Underlying, {"underlying_symbol"}},
                        {Field::Root, {"root"}},
                        {Field::Date, {"quote_date"}},
                        {Field::Time, {"quote_time"}},
                        {Field::Expiry, {"expiration"}},
                        {Field::Strike, {"strike"}},
                        {Field::Right, {"option_type"}},
                        {Field::Bid, {"bid"}},
                        {Field::Ask, {"ask"}},
                        {Field::BidSize, {"bid_size"}},
                        {Field::AskSize, {"ask_size"}},
                        {Field::Last, {"last"}},
                        {Field::Volume, {"volume"}},
                        {Field::OpenInterest, {"open_interest"}},
                        {Field::Spot, {"underlying_price", "underlying_last"}}},
            .timeUnit = TimeUnit::Clock};
}

ColumnMap optionsDx()
{
    return {.name = "optionsdx",
            .about =
                "OptionsDX: a strike's call and put in a line, names in brackets; the underlying is the file's name",
            .columns = {{Field::Date, {"quote_date"}},
                        {Field::Time, {"quote_time_hours"}},
                        {Field::Spot, {"underlying_last"}},
                        {Field::Expiry, {"expire_date"}},
                        {Field::Strike, {"strike"}},
                        {Field::CallBid, {"c_bid"}},
                        {Field::CallAsk, {"c_ask"}},
                        {Field::CallSizes, {"c_size"}},
                        {Field::CallLast, {"c_last"}},
                        {Field::CallVolume, {"c_volume"}},
                        {Field::PutBid, {"p_bid"}},
                        {Field::PutAsk, {"p_ask"}},
                        {Field::PutSizes, {"p_size"}},
                        {Field::PutLast, {"p_last"}},
                        {Field::PutVolume, {"p_volume"}}},
            .timeUnit = TimeUnit::Hours};
}

/// The example of Cboe's paper has no date but the days to its expiries.
ColumnMap vixPaper()
{
    return {.name = "cboe_vix_whitepaper",
            .about =
                "The table of the Cboe VIX white paper: Expiration, Days, Strike, Call Bid, Call Ask, Put Bid, Put Ask",
            .columns = {{Field::Expiry, {"expiration"}},
                        {Field::Days, {"days"}},
                        {Field::Strike, {"strike"}},
                        {Field::CallBid, {"call bid"}},
                        {Field::CallAsk, {"call ask"}},
                        {Field::PutBid, {"put bid"}},
                        {Field::PutAsk, {"put ask"}}},
            .underlying = "SPX"};
}

bool isRequired(const ColumnMap& map, Field field)
{
    switch (field) {
    case Field::CallBid:
    case Field::CallAsk:
    case Field::PutBid:
    case Field::PutAsk:
        return map.isWide();
    case Field::Bid:
    case Field::Ask:
        return !map.isWide();
    default:
        return false;
    }
}

} // namespace

std::string_view toText(Field field)
{
    return names.at(static_cast<std::size_t>(field));
}

bool ColumnMap::isWide() const
{
    return std::ranges::any_of(columns, [](const auto& each) { return each.first == Field::CallBid; });
}

std::span<const ColumnMap> columnMapPresets()
{
    static const std::vector<ColumnMap> presets{
        plain(),
        dataShop("_eod", "Cboe DataShop, Option EOD Summary: the quotes at the close", minutes(0)),
        dataShop("_1545", "Cboe DataShop, Option EOD Summary: the quotes of 15:45", minutes(15)),
        optopsy(),
        optionsDx(),
        vixPaper()};
    return presets;
}

base::Result<ColumnMap> findColumnMap(std::string_view name)
{
    const auto presets = columnMapPresets();
    const auto found = std::ranges::find(presets, name, &ColumnMap::name);
    if (found != presets.end())
        return *found;
    std::string list;
    for (const ColumnMap& each : presets)
        list += (list.empty() ? "" : ", ") + each.name;
    return base::badInput("layout", name, "one of " + list);
}

std::string plainName(std::string_view name)
{
    std::string out;
    for (const char letter : name) {
        if (letter != '[' && letter != ']' && letter != '"' && letter != '\r' && letter != '\xEF' && letter != '\xBB' &&
            letter != '\xBF') // the last three: a mark that some programs begin a file with
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    const std::size_t first = out.find_first_not_of(' ');
    return first == std::string::npos ? std::string() : out.substr(first, out.find_last_not_of(' ') - first + 1);
}

Columns columnsFor(const ColumnMap& map, std::span<const std::string> header)
{
    Columns out(fieldCount);
    for (const auto& [field, alternatives] : map.columns) {
        std::optional<std::size_t>& place = out[static_cast<std::size_t>(field)];
        for (const std::string& name : alternatives) {
            const auto found = std::ranges::find(header, plainName(name));
            if (!place && found != header.end())
                place = static_cast<std::size_t>(found - header.begin());
        }
    }
    return out;
}

std::string missingFields(const ColumnMap& map, const Columns& columns)
{
    std::string out;
    const auto has = [&](Field field) { return columns[static_cast<std::size_t>(field)].has_value(); };
    const auto lacks = [&](std::string_view what) { out += (out.empty() ? "" : ", ") + std::string(what); };
    if (!has(Field::Date) && !has(Field::Days))
        lacks("date");
    if (!has(Field::Symbol)) {
        if (!has(Field::Expiry))
            lacks("expiry");
        if (!map.isWide() && !has(Field::Right))
            lacks("cp");
        if (!has(Field::Strike))
            lacks("strike");
    }
    for (std::size_t i = 0; i < fieldCount; ++i) {
        const auto field = static_cast<Field>(i);
        if (isRequired(map, field) && !has(field))
            lacks(toText(field));
    }
    return out;
}

} // namespace vegadesk::history
