#include "market/symbols.h"
#include "tastytrade/wire/option_chain.h"
#include "venue/rest_answers.h"

#include <algorithm>

/// The routes about stocks, indices and their options, and about kinds of instruments that are not traded here.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using market::Instrument;

constexpr int pagesSince = 20250715; ///< version from which instruments come in pages
constexpr const char* easyToBorrow = "Easy To Borrow";

std::string upper(std::string text)
{
    return QString::fromStdString(text).toUpper().toStdString();
}

std::vector<wire::QuantityPrecision> precisions()
{
    std::vector<wire::QuantityPrecision> list{{"Equity", {}, 5, 0}};
    for (const char* type : {"Equity Option", "Future", "Future Option", "Warrant"})
        list.push_back({type, {}, 0, 0});
    return list;
}

} // namespace

bool isFund(const Instrument& underlying)
{
    return underlying.description.ends_with("fund");
}

std::string listedMarket(const Instrument& underlying)
{
    if (underlying.type == market::InstrumentType::Index)
        return "XCBO";
    return isFund(underlying) ? "ARCX" : "XNAS";
}

/// Options' ticks need the whole chain, which takes long for a list of names.
wire::Equity RestApi::equityOf(const Instrument& underlying, bool withOptionTicks)
{
    const auto& all = m_market.underlyings();
    const auto place = std::ranges::find(all, underlying.symbol, &Instrument::symbol) - all.begin();
    wire::Equity equity;
    equity.id = std::to_string(place + 1);
    equity.symbol = equity.streamerSymbol = underlying.symbol;
    equity.description = equity.shortDescription = underlying.description;
    equity.isIndex = underlying.type == market::InstrumentType::Index;
    equity.isEtf = isFund(underlying);
    equity.isFractional = !equity.isIndex;
    equity.lendability = easyToBorrow;
    equity.borrowRate = base::Decimal{};
    equity.listedMarket = listedMarket(underlying);
    equity.ticks = {{std::nullopt, base::Decimal::cent()}};
    if (withOptionTicks) {
        const market::ChainDefinition* const chain = m_market.definition(underlying.symbol, m_exchange.today());
        if (chain != nullptr && !chain->options.empty())
            equity.optionTicks = chain->options.front().ticks;
    }
    return equity;
}

HttpAnswer RestApi::instruments(const Call& call)
{
    if (!call.isGet())
        return notFound("route");
    const QString kind = call.part(1);
    const qsizetype parts = call.segments.size();
    if (kind == QLatin1String("equities"))
        return equities(call);
    if (kind == QLatin1String("equity-options"))
        return equityOptions(call);
    if (kind == QLatin1String("futures"))
        return futures(call);
    if (kind == QLatin1String("future-products"))
        return futureProducts(call);
    if (kind == QLatin1String("future-option-products"))
        return futureOptionProducts(call);
    if (kind == QLatin1String("future-options"))
        return futureOption(call);
    if (kind == QLatin1String("cryptocurrencies") || kind == QLatin1String("warrants"))
        return parts == 2 ? json(wire::itemsEnvelope({}, call.context)) : notFound("instrument " + call.symbol(2));
    if (kind == QLatin1String("quantity-decimal-precisions") && parts == 2)
        return items(precisions(), call.context);
    if (kind == QLatin1String("search") && parts == 2)
        return findInstruments(call);
    return notFound("route");
}

HttpAnswer RestApi::equities(const Call& call)
{
    const base::Date today = m_exchange.today();
    const bool isActiveRoute = call.segments.size() == 3 && call.part(2) == QLatin1String("active");
    if (call.segments.size() > 2 && !isActiveRoute) {
        const std::string symbol = call.symbol(2);
        const Instrument* found = m_market.find(symbol, today);
        if (found == nullptr || found->isOption())
            return notFound("instrument " + symbol);
        return data(equityOf(*found, true), call.context);
    }
    const std::vector<std::string> wanted = call.query.list("symbol");
    const std::string lendability = call.query.text("lendability");
    const auto isIndex = call.query.optionalFlag("is-index");
    const auto isEtf = call.query.optionalFlag("is-etf");
    for (const auto* flag : {&isIndex, &isEtf}) {
        if (!*flag)
            return validationError(flag->error());
    }
    std::vector<wire::Equity> found;
    for (const Instrument& underlying : m_market.underlyings()) {
        const bool isWanted = isAmong(wanted, underlying.symbol);
        wire::Equity equity = equityOf(underlying, false);
        if (isWanted && (lendability.empty() || lendability == equity.lendability) &&
            isIndex->value_or(equity.isIndex) == equity.isIndex && isEtf->value_or(equity.isEtf) == equity.isEtf)
            found.push_back(std::move(equity));
    }
    if (!isActiveRoute && call.version && *call.version < pagesSince)
        return items(found, call.context);
    return page(found, call.request.query, call.context,
                isActiveRoute ? PageLimits{1000, 5000} : PageLimits{1000, 1000});
}

HttpAnswer RestApi::equityOptions(const Call& call)
{
    const base::Date today = m_exchange.today();
    const auto isActive = call.query.optionalFlag("active");
    if (!isActive)
        return validationError(isActive.error());
    const auto optionOf = [&](const std::string& symbol) -> std::optional<wire::EquityOption> {
        const Instrument* found = m_market.find(symbol, today);
        if (found == nullptr || !found->isOption())
            return std::nullopt;
        wire::EquityOption option = wire::toEquityOption(*found, today);
        return isActive->value_or(option.isActive) == option.isActive ? std::optional(option) : std::nullopt;
    };
    if (call.segments.size() == 3) {
        const auto option = optionOf(call.symbol(2));
        return option ? data(*option, call.context) : notFound("instrument " + call.symbol(2));
    }
    if (call.segments.size() != 2)
        return notFound("route");
    // No longer documented, but still called.
    std::vector<wire::EquityOption> found;
    for (const std::string& symbol : call.query.list("symbol")) {
        if (auto option = optionOf(symbol))
            found.push_back(std::move(*option));
    }
    return items(found, call.context);
}

HttpAnswer RestApi::optionChain(const Call& call)
{
    if (!call.isGet() || call.segments.size() < 2)
        return notFound("route");
    const QString form = call.segments.back();
    const bool isNested = form == QLatin1String("nested"), isCompact = form == QLatin1String("compact");
    const qsizetype end = call.segments.size() - (call.segments.size() > 2 && (isNested || isCompact) ? 1 : 0);
    const std::string symbol = call.symbol(1, end);
    const base::Date today = m_exchange.today();
    const market::ChainDefinition* chain = m_market.definition(symbol, today);
    if (chain == nullptr)
        return notFound("option chain of " + symbol);
    if (end == call.segments.size()) {
        std::vector<wire::EquityOption> options;
        for (const Instrument& option : chain->options) {
            if (option.option && option.option->expiry >= today)
                options.push_back(wire::toEquityOption(option, today));
        }
        return items(options, call.context);
    }
    return isNested ? items(wire::toNestedChains(*chain, today), call.context)
                    : items(wire::toCompactChains(*chain, today), call.context);
}

HttpAnswer RestApi::findInstruments(const Call& call)
{
    // Futures are found without the slash of their symbol too.
    const auto bare = [](const std::string& symbol) { return upper(symbol.substr(symbol.starts_with('/') ? 1 : 0)); };
    const std::string text = bare(call.query.text("query"));
    const std::string type = call.query.text("type"), exchange = call.query.text("exchange");
    const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(call.query.number("limit", 25, 100), 1));
    const auto isFound = [&](const std::string& symbol, const std::string& description) {
        return bare(symbol).starts_with(text) || upper(description).find(text) != std::string::npos;
    };
    std::vector<wire::FoundInstrument> found;
    for (const Instrument& underlying : m_market.underlyings()) {
        wire::FoundInstrument one{underlying.symbol,
                                  underlying.description,
                                  listedMarket(underlying),
                                  std::string(market::toWire(underlying.type)),
                                  {}};
        if (isFound(one.symbol, one.description) && (type.empty() || type == one.instrumentType) &&
            (exchange.empty() || exchange == one.exchange))
            found.push_back(std::move(one));
    }
    for (const wire::Future& future : m_market.futures(m_exchange.today())) {
        const std::string description = future.product ? future.product->description : std::string();
        if (isFound(future.symbol, description) && (type.empty() || type == "Future") &&
            (exchange.empty() || exchange == future.exchange))
            found.push_back({future.symbol, description, future.exchange, "Future", future.stopsTradingAt});
    }
    if (found.size() > limit)
        found.resize(limit);
    return items(found, call.context);
}

} // namespace vegadesk::venue
