#include "tastytrade/wire/option_chain.h"

#include "market/calendar.h"
#include "market/symbols.h"

#include <array>
#include <map>
#include <tuple>
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
        expiration.strikes.push_back(in.take(read<ChainStrike>(strike.toObject())));
    if (in.failed())
        owner.fail(in.error().value());
    return expiration;
}

QJsonObject expirationJson(const ChainExpiration& expiration)
{
    QJsonObject object;
    put(object, "expiration-type", toWire(expiration.type));
    put(object, "expiration-date", expiration.date);
    object.insert(QLatin1String("days-to-expiration"), static_cast<qint64>(expiration.daysToExpiration));
    put(object, "settlement-type", std::string_view(expiration.settlement == market::Settlement::AM ? "AM" : "PM"));
    QJsonArray strikes;
    for (const ChainStrike& strike : expiration.strikes) {
        strikes.append(toJson(strike));
    }
    object.insert(QLatin1String("strikes"), strikes);
    return object;
}

Deliverable sharesOf(const std::string& underlying, const std::string& root, int shares)
{
    Deliverable deliverable;
    deliverable.root = root;
    deliverable.description = std::to_string(shares) + " shares of " + underlying;
    deliverable.symbol = underlying;
    deliverable.amount = base::Decimal::fromInteger(shares);
    deliverable.percent = base::Decimal::fromInteger(100);
    return deliverable;
}

} // namespace

std::string_view toWire(market::ExpirationType type)
{
    return expirationWords.at(static_cast<std::size_t>(type)).second;
}

base::Result<Equity> parseEquity(const QJsonObject& object)
{
    auto equity = read<Equity>(object);
    if (equity && equity->streamerSymbol.empty())
        equity->streamerSymbol = equity->symbol;
    return equity;
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
    for (const QJsonValue& deliverable : in.list("deliverables"))
        chain.deliverables.push_back(in.take(read<Deliverable>(deliverable.toObject())));
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
    QJsonArray deliverables;
    for (const Deliverable& deliverable : chain.deliverables)
        deliverables.append(toJson(deliverable));
    object.insert(QLatin1String("deliverables"), deliverables);
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
        if (chain.deliverables.empty() && definition.underlying.type != market::InstrumentType::Index)
            chain.deliverables = {sharesOf(chain.underlying, chain.root, option.multiplier)};
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

std::vector<CompactChain> toCompactChains(const market::ChainDefinition& definition, base::Date today)
{
    using Kind = std::tuple<std::string, market::ExpirationType, market::Settlement>;
    std::map<Kind, CompactChain> chains;
    for (const market::Instrument& option : definition.options) {
        if (!option.option || option.option->expiry < today)
            continue;
        const std::string& root = option.option->root;
        CompactChain& chain = chains[{root, option.expirationType, option.settlement}];
        if (chain.symbols.empty()) {
            chain.underlying = definition.underlying.symbol;
            chain.root = root;
            chain.expirationType = toWire(option.expirationType);
            chain.settlement = option.settlement == market::Settlement::AM ? "AM" : "PM";
            chain.sharesPerContract = option.multiplier;
            if (definition.underlying.type != market::InstrumentType::Index)
                chain.deliverables = {sharesOf(chain.underlying, root, option.multiplier)};
        }
        chain.symbols.push_back(option.symbol);
        chain.streamerSymbols.push_back(option.streamerSymbol);
    }
    std::vector<CompactChain> list;
    for (auto& [kind, chain] : chains)
        list.push_back(std::move(chain));
    return list;
}

EquityOption toEquityOption(const market::Instrument& option, base::Date today)
{
    const market::OptionTerms& terms = *option.option;
    EquityOption out;
    out.symbol = option.symbol;
    out.streamerSymbol = option.streamerSymbol;
    out.root = terms.root;
    out.underlying = option.underlying;
    out.strike = terms.strike;
    out.expiration = terms.expiry;
    out.right = terms.right == market::Right::Call ? "C" : "P";
    out.exerciseStyle = option.style == market::ExerciseStyle::European ? "European" : "American";
    out.expirationType = toWire(option.expirationType);
    out.settlement = option.settlement == market::Settlement::AM ? "AM" : "PM";
    out.sharesPerContract = option.multiplier;
    out.daysToExpiration = (terms.expiry - today).count();
    out.isActive = terms.expiry >= today;
    out.stopsTradingAt = out.expiresAt = option.expiresAt;
    return out;
}

} // namespace vegadesk::tastytrade::wire
