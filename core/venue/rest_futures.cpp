#include "venue/rest_answers.h"

#include <algorithm>
#include <map>

/// The routes about futures and their options. What there is comes from the market; one without futures answers empty lists.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

constexpr PageLimits futuresPage{250, 1000};

/// In a path the slash before a future's symbol may have been left out.
std::string withSlash(const std::string& symbol)
{
    return symbol.starts_with('/') ? symbol : '/' + symbol;
}

/// The products of these futures, each once.
std::vector<wire::FutureProduct> productsOf(const std::vector<wire::Future>& futures)
{
    std::map<std::string, wire::FutureProduct> byCode;
    for (const wire::Future& future : futures) {
        if (future.product)
            byCode.emplace(future.product->code, *future.product);
    }
    std::vector<wire::FutureProduct> products;
    for (auto& [code, product] : byCode)
        products.push_back(std::move(product));
    return products;
}

} // namespace

HttpAnswer RestApi::futures(const Call& call)
{
    std::vector<wire::Future> all = m_market.futures(m_exchange.today());
    if (call.segments.size() > 2) {
        const std::string symbol = withSlash(call.symbol(2));
        const auto found = std::ranges::find(all, symbol, &wire::Future::symbol);
        return found == all.end() ? notFound("instrument " + symbol) : data(*found, call.context);
    }
    const auto onlyActive = call.query.optionalFlag("only-active-futures");
    if (!onlyActive)
        return validationError(onlyActive.error());
    std::vector<std::string> symbols = call.query.list("symbol");
    std::ranges::transform(symbols, symbols.begin(), withSlash);
    const std::vector<std::string> products = call.query.list("product-code");
    const std::vector<std::string> exchanges = call.query.list("exchange");
    const std::vector<std::string> ids = call.query.list("security-id");
    std::erase_if(all, [&](const wire::Future& future) {
        return !isAmong(symbols, future.symbol) || !isAmong(products, future.productCode) ||
               !isAmong(exchanges, future.exchange) || !isAmong(ids, future.securityId) ||
               (onlyActive->value_or(true) && !future.isActive);
    });
    return page(all, call.request.query, call.context, futuresPage);
}

HttpAnswer RestApi::futureProducts(const Call& call)
{
    const std::vector<wire::FutureProduct> products = productsOf(m_market.futures(m_exchange.today()));
    if (call.segments.size() == 2)
        return page(products, call.request.query, call.context, futuresPage);
    const auto found = std::ranges::find_if(products, [&](const wire::FutureProduct& product) {
        return call.segments.size() == 4 && product.exchange == call.part(2).toStdString() &&
               product.code == call.part(3).toStdString();
    });
    return found == products.end() ? notFound("future product " + call.symbol(2)) : data(*found, call.context);
}

HttpAnswer RestApi::futureOptionProducts(const Call& call)
{
    const std::vector<wire::FutureOptionProduct> products = m_market.futureOptionProducts(m_exchange.today());
    const qsizetype parts = call.segments.size();
    if (parts == 2)
        return page(products, call.request.query, call.context, futuresPage);
    const auto found = std::ranges::find_if(products, [&](const wire::FutureOptionProduct& product) {
        const bool isOfExchange = parts == 3 || product.exchange == call.part(2).toStdString();
        return parts <= 4 && isOfExchange && product.root == call.segments.back().toStdString();
    });
    return found == products.end() ? notFound("future option product " + call.symbol(2)) : data(*found, call.context);
}

HttpAnswer RestApi::futureOption(const Call& call)
{
    // "./ESZ6 EW4X6 261127C6000": its slash may have been plain, and then a part of the path.
    const std::vector<std::string> wanted =
        call.segments.size() == 2 ? call.query.list("symbol") : std::vector{call.symbol(2)};
    std::vector<wire::FutureOption> found;
    for (const wire::FutureProduct& product : productsOf(m_market.futures(m_exchange.today()))) {
        for (wire::FutureOption& option : m_market.futureOptions(product.code, m_exchange.today())) {
            if (std::ranges::find(wanted, option.symbol) != wanted.end())
                found.push_back(std::move(option));
        }
    }
    if (call.segments.size() == 2)
        return page(found, call.request.query, call.context, futuresPage);
    return found.empty() ? notFound("instrument " + call.symbol(2)) : data(found.front(), call.context);
}

HttpAnswer RestApi::futuresChain(const Call& call)
{
    const bool isNested = call.segments.size() == 3 && call.part(2) == QLatin1String("nested");
    if (!call.isGet() || (call.segments.size() != 2 && !isNested))
        return notFound("route");
    const std::string product = call.part(1).toStdString();
    const base::Date today = m_exchange.today();
    if (!isNested)
        return items(m_market.futureOptions(product, today), call.context);
    return data(m_market.futuresChain(product, today).value_or(wire::FuturesChain{}), call.context);
}

} // namespace vegadesk::venue
