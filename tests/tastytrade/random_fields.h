#pragma once

#include "random_messages.h"

#include "tastytrade/wire/account_history.h"
#include "tastytrade/wire/customer.h"
#include "tastytrade/wire/futures.h"
#include "tastytrade/wire/instruments.h"
#include "tastytrade/wire/lists.h"
#include "tastytrade/wire/order_rules.h"
#include "tastytrade/wire/margin.h"
#include "tastytrade/wire/market_data.h"
#include "tastytrade/wire/market_metrics.h"
#include "tastytrade/wire/market_time.h"
#include "tastytrade/wire/transaction.h"

#include <tuple>

/// Any valid value of a message that describes its own fields.
namespace vegadesk::tastytrade::random
{

class RandomFields
{
public:
    explicit RandomFields(base::Generator& chance, int depth = 0) : m_chance(chance), m_depth(depth) {}

    void operator()(const char*, std::string& text) { text = word(m_chance); }
    void operator()(const char*, bool& flag) { flag = coin(m_chance); }
    void operator()(const char*, std::int64_t& count) { count = whole(m_chance); }
    void operator()(const char*, base::Decimal& value) { value = cash(m_chance); }
    void operator()(const char*, std::optional<bool>& flag) { flag = maybe(m_chance, coin(m_chance)); }
    void operator()(const char*, std::optional<std::int64_t>& count) { count = maybe(m_chance, whole(m_chance)); }
    void operator()(const char*, std::optional<base::Decimal>& value) { value = maybe(m_chance, cash(m_chance)); }
    void operator()(const char*, std::optional<base::Date>& day) { day = maybe(m_chance, date(m_chance)); }
    void operator()(const char*, std::optional<base::Instant>& at) { at = maybe(m_chance, instant(m_chance)); }
    void operator()(const char*, std::vector<std::string>& texts)
    {
        for (std::int64_t i = m_chance.integer(0, 3); i > 0; --i)
            texts.push_back(word(m_chance));
    }
    template<wire::Described T>
    void operator()(const char*, T& value)
    {
        RandomFields inner(m_chance, m_depth + 1);
        T::describe(inner, value);
    }
    template<wire::Described T>
    void operator()(const char* key, std::optional<T>& value)
    {
        if (coin(m_chance))
            (*this)(key, value.emplace());
    }
    template<wire::Described T>
    void operator()(const char* key, std::vector<T>& values)
    {
        for (std::int64_t i = m_depth > 3 ? 0 : m_chance.integer(0, 2); i > 0; --i)
            (*this)(key, values.emplace_back());
    }

    void need(const char* key, std::string& text) { (*this)(key, text); }
    void need(const char* key, base::Decimal& value) { (*this)(key, value); }
    void need(const char*, base::Date& day) { day = date(m_chance); }
    void text(const char*, std::string& text) { text = coin(m_chance) ? word(m_chance) : ""; }
    void id(const char*, std::string& id)
    {
        id = coin(m_chance) ? word(m_chance) : std::to_string(m_chance.integer(0, 9'000'000'000'000'000'000));
    }
    void amount(const char* key, base::Decimal& value) { (*this)(key, value); }
    void amount(const char* key, std::optional<base::Decimal>& value) { (*this)(key, value); }
    void figure(const char* key, std::optional<base::Decimal>& value) { (*this)(key, value); }
    void number(const char*, std::optional<double>& value)
    {
        value = maybe(m_chance, oneOf(m_chance, {3.8e12, 0.0, m_chance.uniform(-1e6, 1e6)}));
    }
    void zulu(const char* key, std::optional<base::Instant>& at) { (*this)(key, at); }
    void spaced(const char*, std::optional<base::Instant>& at)
    {
        at = maybe(m_chance, base::Instant(std::chrono::seconds(m_chance.integer(0, 4'000'000'000))));
    }
    void orNaN(const char* key, std::optional<base::Decimal>& value) { (*this)(key, value); }
    void always(const char*, std::string_view) {}
    void ticks(const char*, market::TickTable& table)
    {
        if (coin(m_chance))
            table = {{base::Decimal::fromInteger(3), base::Decimal::cent()}, {{}, base::Decimal::fromUnits(5'000'000)}};
    }

private:
    base::Generator& m_chance;
    int m_depth;
};

template<wire::Described T>
T described(base::Generator& chance)
{
    T value;
    RandomFields io(chance);
    T::describe(io, value);
    return value;
}

/// Every message that describes itself and is read on its own.
using Described = std::tuple<wire::SessionUser, wire::Customer, wire::TradingStatus, wire::PositionLimit,
                             wire::NetLiquidation, wire::TotalFees, wire::MarginReport, wire::MarginDryRun,
                             wire::EffectiveMargin, wire::MarginConfiguration, wire::Equity, wire::EquityOption,
                             wire::CompactChain, wire::Cryptocurrency, wire::Warrant, wire::QuantityPrecision,
                             wire::FoundInstrument, wire::Future, wire::FutureProduct, wire::FutureOption,
                             wire::FutureOptionProduct, wire::FuturesChain, wire::MarketMetrics, wire::DividendEvent,
                             wire::EarningsEvent, wire::MarketSnapshot, wire::MarketSession, wire::MarketHolidays,
                             wire::FoundSymbol, wire::PairsWatchlist, wire::QuoteAlert, wire::OrderRules, wire::TransactionDetails>;

/// Calls `call.operator()<T>()` for each of them.
template<class Call>
void forEachDescribed(const Call& call)
{
    const auto each = [&call]<class... T>(const std::tuple<T...>*) { (call.template operator()<T>(), ...); };
    each(static_cast<const Described*>(nullptr));
}

inline wire::Watchlist watchlist(base::Generator& chance)
{
    wire::Watchlist list;
    list.name = word(chance);
    list.id = maybe(chance, std::to_string(chance.integer(1, 9999)));
    if (coin(chance)) {
        list.entryCount = chance.integer(0, 99);
        return list;
    }
    list.group = word(chance);
    list.orderIndex = chance.integer(0, 9999);
    for (std::int64_t i = chance.integer(0, 3); i > 0; --i)
        list.entries.push_back({word(chance), coin(chance) ? word(chance) : ""});
    return list;
}

inline wire::Transaction transaction(base::Generator& chance)
{
    wire::Transaction row;
    row.id = std::to_string(chance.integer(1, 9'000'000'000));
    row.account = word(chance);
    row.type = oneOf<std::string>(chance, {"Trade", "Money Movement", "Receive Deliver"});
    row.subType = word(chance);
    row.description = word(chance);
    if (coin(chance)) {
        row.symbol = word(chance);
        row.underlying = word(chance);
        row.instrumentType = market::InstrumentType::EquityOption;
        row.action = oneOf(chance, {portfolio::Action::BuyToOpen, portfolio::Action::SellToClose});
        row.quantity = chance.integer(0, 1000);
        row.price = price(chance);
    }
    row.value = cash(chance);
    row.netValue = cash(chance);
    row.executedAt = instant(chance);
    row.details = described<wire::TransactionDetails>(chance);
    return row;
}

} // namespace vegadesk::tastytrade::random
