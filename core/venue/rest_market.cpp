#include "venue/rest_api.h"

#include "market/calendar.h"
#include "tastytrade/wire/option_chain.h"
#include "venue/rest_answers.h"

#include <cmath>

/// The routes about the market: instruments, chains, search, volatility.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using market::Instrument;

wire::Equity equityOf(const Instrument& underlying, const market::ChainDefinition* chain)
{
    wire::Equity equity;
    equity.symbol = equity.streamerSymbol = underlying.symbol;
    equity.description = underlying.description;
    equity.isIndex = underlying.type == market::InstrumentType::Index;
    equity.isEtf = underlying.description.ends_with("fund");
    equity.ticks = {{std::nullopt, base::Decimal::fromUnits(base::Decimal::unitsPerOne / 100)}};
    if (chain != nullptr && !chain->options.empty())
        equity.optionTicks = chain->options.front().ticks;
    return equity;
}

} // namespace

HttpAnswer RestApi::instruments(const Call& call)
{
    if (call.request.method != "GET" || call.segments.value(1) != QLatin1String("equities"))
        return notFound("route");
    const base::Date today = m_exchange.today();
    if (call.segments.size() == 3) {
        const std::string symbol = call.segments.at(2).toStdString();
        const Instrument* found = m_market.find(symbol, today);
        if (found == nullptr || found->isOption())
            return notFound("instrument " + symbol);
        return json(wire::envelope(wire::toJson(equityOf(*found, m_market.definition(symbol, today))), call.context));
    }
    QStringList wanted = call.request.query.allQueryItemValues(QStringLiteral("symbol[]"), QUrl::FullyDecoded);
    wanted += call.request.query.allQueryItemValues(QStringLiteral("symbol%5B%5D"), QUrl::FullyDecoded);
    QJsonArray items;
    for (const Instrument& underlying : m_market.underlyings()) {
        if (wanted.isEmpty() || wanted.contains(QString::fromStdString(underlying.symbol)))
            items.append(wire::toJson(equityOf(underlying, nullptr))); // whole chains for their ticks would take long
    }
    return json(wire::itemsEnvelope(items, call.context));
}

HttpAnswer RestApi::optionChain(const Call& call)
{
    if (call.request.method != "GET" || call.segments.value(2) != QLatin1String("nested"))
        return notFound("route");
    const std::string symbol = call.segments.at(1).toStdString();
    const market::ChainDefinition* chain = m_market.definition(symbol, m_exchange.today());
    if (chain == nullptr)
        return notFound("option chain of " + symbol);
    QJsonArray items;
    for (const wire::NestedChain& nested : wire::toNestedChains(*chain, m_exchange.today()))
        items.append(wire::toJson(nested));
    return json(wire::itemsEnvelope(items, call.context));
}

HttpAnswer RestApi::search(const Call& call)
{
    if (call.request.method != "GET" || call.segments.value(1) != QLatin1String("search"))
        return notFound("route");
    const QString text = call.segments.value(2).toUpper();
    QJsonArray items;
    for (const Instrument& underlying : m_market.underlyings()) {
        const QString symbol = QString::fromStdString(underlying.symbol);
        const QString description = QString::fromStdString(underlying.description);
        if (!symbol.startsWith(text) && !description.toUpper().contains(text))
            continue;
        items.append(QJsonObject{{QStringLiteral("symbol"), symbol},
                                 {QStringLiteral("description"), description},
                                 {QStringLiteral("instrument-type"), QStringLiteral("Equity")},
                                 {QStringLiteral("options"), true}});
    }
    return json(wire::itemsEnvelope(items, call.context));
}

HttpAnswer RestApi::marketMetrics(const Call& call)
{
    if (call.request.method != "GET" || call.segments.size() != 1)
        return notFound("route");
    const QStringList symbols = call.request.query.queryItemValue(QStringLiteral("symbols"), QUrl::FullyDecoded)
                                    .split(QLatin1Char(','), Qt::SkipEmptyParts);
    const base::Date today = m_exchange.today();
    QJsonArray items;
    for (const QString& symbol : symbols) {
        const market::ChainDefinition* chain = m_market.definition(symbol.toStdString(), today);
        if (chain == nullptr)
            continue;
        QJsonObject item{{QStringLiteral("symbol"), symbol}};
        wire::put(item, "updated-at", m_exchange.now());
        // The index is the volatility of the call nearest the money about a month out.
        const double spot = m_market.mark(chain->underlying, m_exchange.now());
        const Instrument* nearest = nullptr;
        double best = 0;
        for (const Instrument& option : chain->options) {
            if (option.option->right != market::Right::Call)
                continue;
            const double days = static_cast<double>((option.option->expiry - today).count());
            const double score = std::abs(option.option->strike.toDouble() / spot - 1) + 0.01 * std::abs(days - 30);
            if (nearest == nullptr || score < best) {
                nearest = &option;
                best = score;
            }
        }
        const double volatility =
            nearest == nullptr ? market::unknown : m_market.data(*nearest, m_exchange.now()).greeks.volatility;
        if (const auto value = base::Decimal::fromDouble(volatility))
            wire::put(item, "implied-volatility-index", *value);
        items.append(item);
    }
    return json(wire::itemsEnvelope(items, call.context));
}

} // namespace vegadesk::venue
