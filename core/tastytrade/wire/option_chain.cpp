#include "tastytrade/wire/option_chain.h"

#include "market/calendar.h"
#include "market/symbols.h"

#include <array>
#include <map>
#include <utility>

namespace vegadesk::tastytrade::wire
{

namespace
{

constexpr std::array<std::pair<market::ExpirationType, std::string_view>, 4> expirationWords{{
    {market::ExpirationType::Regular, "Regular"},
    {market::ExpirationType::Weekly, "Weekly"},
    {market::ExpirationType::Quarterly, "Quarterly"},
    {market::ExpirationType::EndOfMonth, "End-Of-Month"},
}};

ChainStrike parseStrike(const QJsonObject& object, Fields& owner)
{
    Fields in(object, "strike");
    ChainStrike strike{in.decimal("strike-price"), in.text("call", {}), in.text("call-streamer-symbol", {}),
                       in.text("put", {}), in.text("put-streamer-symbol", {})};
    if (in.failed())
        owner.fail(in.error().value());
    return strike;
}

ChainExpiration parseExpiration(const QJsonObject& object, Fields& owner)
{
    Fields in(object, "expiration");
    ChainExpiration expiration;
    expiration.date = in.date("expiration-date");
    expiration.daysToExpiration = in.integer("days-to-expiration", 0);
    expiration.settlement = in.text("settlement-type", "PM") == "AM" ? market::Settlement::AM : market::Settlement::PM;
    const std::string type = in.text("expiration-type", {});
    for (const auto& [value, word] : expirationWords) {
        if (word == type)
            expiration.type = value;
    }
    for (const QJsonValue& strike : in.list("strikes"))
        expiration.strikes.push_back(parseStrike(strike.toObject(), in));
    if (in.failed())
        owner.fail(in.error().value());
    return expiration;
}

QJsonObject expirationJson(const ChainExpiration& expiration)
{
    QJsonObject object;
    put(object, "expiration-type", expirationWords.at(static_cast<std::size_t>(expiration.type)).second);
    put(object, "expiration-date", expiration.date);
    object.insert(QLatin1String("days-to-expiration"), static_cast<qint64>(expiration.daysToExpiration));
    put(object, "settlement-type", std::string_view(expiration.settlement == market::Settlement::AM ? "AM" : "PM"));
    QJsonArray strikes;
    for (const ChainStrike& strike : expiration.strikes) {
        QJsonObject entry;
        put(entry, "strike-price", strike.strike);
        if (!strike.call.empty()) {
            put(entry, "call", strike.call);
            put(entry, "call-streamer-symbol", strike.callStreamer);
        }
        if (!strike.put.empty()) {
            put(entry, "put", strike.put);
            put(entry, "put-streamer-symbol", strike.putStreamer);
        }
        strikes.append(entry);
    }
    object.insert(QLatin1String("strikes"), strikes);
    return object;
}

} // namespace

base::Result<market::TickTable> parseTicks(const QJsonArray& array)
{
    market::TickTable ticks;
    for (const QJsonValue& entry : array) {
        Fields in(entry.toObject(), "tick size");
        market::TickRung rung{in.optionalDecimal("threshold"), in.decimal("value")};
        if (!in.failed() && (rung.tick.isZero() || rung.tick.isNegative()))
            in.refuse("value", rung.tick.toString(), "a positive tick");
        if (in.failed())
            return in.error();
        ticks.push_back(rung);
    }
    return ticks;
}

QJsonArray toJson(const market::TickTable& ticks)
{
    QJsonArray array;
    for (const market::TickRung& rung : ticks) {
        QJsonObject entry;
        putIf(entry, "threshold", rung.below);
        put(entry, "value", rung.tick);
        array.append(entry);
    }
    return array;
}

base::Result<Equity> parseEquity(const QJsonObject& object)
{
    Fields in(object, "equity");
    Equity equity;
    equity.symbol = in.text("symbol");
    equity.streamerSymbol = in.text("streamer-symbol", equity.symbol);
    equity.description = in.text("description", {});
    equity.isIndex = in.flag("is-index", false);
    equity.isEtf = in.flag("is-etf", false);
    equity.isActive = in.flag("active", true);
    equity.ticks = in.take(parseTicks(in.list("tick-sizes")));
    equity.optionTicks = in.take(parseTicks(in.list("option-tick-sizes")));
    if (in.failed())
        return in.error();
    return equity;
}

QJsonObject toJson(const Equity& equity)
{
    QJsonObject object;
    put(object, "symbol", equity.symbol);
    put(object, "streamer-symbol", equity.streamerSymbol);
    put(object, "instrument-type", std::string_view("Equity"));
    put(object, "description", equity.description);
    put(object, "short-description", equity.description);
    put(object, "market-time-instrument-collection", std::string_view("Equity"));
    put(object, "lendability", std::string_view("Easy To Borrow"));
    put(object, "borrow-rate", base::Decimal{});
    object.insert(QLatin1String("is-index"), equity.isIndex);
    object.insert(QLatin1String("is-etf"), equity.isEtf);
    object.insert(QLatin1String("active"), equity.isActive);
    for (const char* key : {"is-closing-only", "is-options-closing-only", "is-illiquid", "is-fraud-risk",
                            "bypass-manual-review", "overnight-trading-permitted", "is-fractional-quantity-eligible"})
        object.insert(QLatin1String(key), false);
    object.insert(QLatin1String("tick-sizes"), toJson(equity.ticks));
    object.insert(QLatin1String("option-tick-sizes"), toJson(equity.optionTicks));
    return object;
}

market::Instrument toInstrument(const Equity& equity)
{
    market::Instrument instrument;
    instrument.symbol = equity.symbol;
    instrument.streamerSymbol = equity.streamerSymbol;
    instrument.type = equity.isIndex ? market::InstrumentType::Index : market::InstrumentType::Equity;
    instrument.underlying = equity.symbol;
    instrument.description = equity.description;
    instrument.ticks = equity.ticks;
    return instrument;
}

base::Result<NestedChain> parseNestedChain(const QJsonObject& item)
{
    Fields in(item, "option chain");
    NestedChain chain;
    chain.underlying = in.text("underlying-symbol");
    chain.root = in.text("root-symbol");
    chain.type = in.text("option-chain-type", "Standard");
    const std::int64_t shares = in.integer("shares-per-contract", 100);
    if (shares < 1 || shares > 1'000'000)
        in.refuse("shares-per-contract", std::to_string(shares), "1 to 1,000,000");
    else
        chain.sharesPerContract = static_cast<int>(shares);
    chain.ticks = in.take(parseTicks(in.list("tick-sizes")));
    for (const QJsonValue& expiration : in.list("expirations"))
        chain.expirations.push_back(parseExpiration(expiration.toObject(), in));
    if (in.failed())
        return in.error();
    return chain;
}

QJsonObject toJson(const NestedChain& chain)
{
    QJsonObject object;
    put(object, "underlying-symbol", chain.underlying);
    put(object, "root-symbol", chain.root);
    put(object, "option-chain-type", chain.type);
    object.insert(QLatin1String("shares-per-contract"), chain.sharesPerContract);
    object.insert(QLatin1String("tick-sizes"), toJson(chain.ticks));
    object.insert(QLatin1String("deliverables"), QJsonArray{});
    QJsonArray expirations;
    for (const ChainExpiration& expiration : chain.expirations)
        expirations.append(expirationJson(expiration));
    object.insert(QLatin1String("expirations"), expirations);
    return object;
}

base::Result<market::ChainDefinition> toDefinition(const Equity& underlying, const std::vector<NestedChain>& chains)
{
    market::ChainDefinition definition;
    definition.underlying = toInstrument(underlying);
    const bool isEuropean = underlying.isIndex && underlying.symbol != "OEX";
    for (const NestedChain& chain : chains) {
        if (chain.type != "Standard")
            continue;
        for (const ChainExpiration& expiration : chain.expirations) {
            market::Instrument option;
            option.type = market::InstrumentType::EquityOption;
            option.underlying = underlying.symbol;
            option.multiplier = chain.sharesPerContract;
            option.ticks = chain.ticks.empty() ? underlying.optionTicks : chain.ticks;
            option.style = isEuropean ? market::ExerciseStyle::European : market::ExerciseStyle::American;
            option.settlement = expiration.settlement;
            option.expirationType = expiration.type;
            option.expiresAt = market::expiryInstant(expiration.date, expiration.settlement);
            const auto add = [&](const std::string& symbol, const std::string& streamer) -> base::Result<void> {
                if (symbol.empty())
                    return {};
                const auto terms = market::parseOccSymbol(symbol);
                if (!terms)
                    return tl::make_unexpected(terms.error());
                option.symbol = symbol;
                option.streamerSymbol = streamer;
                option.option = *terms;
                definition.options.push_back(option);
                return {};
            };
            for (const ChainStrike& strike : expiration.strikes) {
                for (const auto& added : {add(strike.call, strike.callStreamer), add(strike.put, strike.putStreamer)}) {
                    if (!added)
                        return tl::make_unexpected(added.error());
                }
            }
        }
    }
    return definition;
}

std::vector<NestedChain> toNestedChains(const market::ChainDefinition& definition, base::Date today)
{
    // root, then expiry (a root may expire twice on one day, in the morning and at the close), then strike
    using Expiry = std::pair<base::Date, market::Settlement>;
    std::map<std::string, NestedChain> chains;
    std::map<std::string, std::map<Expiry, std::map<base::Decimal, ChainStrike>>> strikes;
    std::map<std::string, std::map<Expiry, market::ExpirationType>> types;
    for (const market::Instrument& option : definition.options) {
        if (!option.option || option.option->expiry < today)
            continue;
        const market::OptionTerms& terms = *option.option;
        NestedChain& chain = chains[terms.root];
        chain.underlying = definition.underlying.symbol;
        chain.root = terms.root;
        chain.sharesPerContract = option.multiplier;
        chain.ticks = option.ticks;
        const Expiry expiry{terms.expiry, option.settlement};
        types[terms.root][expiry] = option.expirationType;
        ChainStrike& strike = strikes[terms.root][expiry][terms.strike];
        strike.strike = terms.strike;
        (terms.right == market::Right::Call ? strike.call : strike.put) = option.symbol;
        (terms.right == market::Right::Call ? strike.callStreamer : strike.putStreamer) = option.streamerSymbol;
    }
    std::vector<NestedChain> list;
    for (auto& [root, chain] : chains) {
        for (auto& [expiry, rows] : strikes[root]) {
            ChainExpiration expiration;
            expiration.date = expiry.first;
            expiration.settlement = expiry.second;
            expiration.type = types[root][expiry];
            expiration.daysToExpiration = (expiry.first - today).count();
            for (auto& [price, strike] : rows)
                expiration.strikes.push_back(std::move(strike));
            chain.expirations.push_back(std::move(expiration));
        }
        list.push_back(std::move(chain));
    }
    return list;
}

} // namespace vegadesk::tastytrade::wire
