#include "tastytrade/instruments_api.h"

#include "tastytrade/wire/option_chain.h"

namespace vegadesk::tastytrade
{

namespace
{

const std::string equitiesPath = "/instruments/equities";

} // namespace

void InstrumentsApi::equities(const std::vector<std::string>& symbols, Done<std::vector<wire::Equity>> done)
{
    const QueryText query = QueryText().add("symbol[]", symbols).add("per-page", std::string("1000"));
    itemsOfAllPages<wire::Equity>(equitiesPath + query.text(), "equities", wire::parseEquity, std::move(done));
}

void InstrumentsApi::activeEquities(Done<std::vector<wire::Equity>> done)
{
    itemsOfAllPages<wire::Equity>(equitiesPath + "/active?per-page=1000", "equities", wire::parseEquity,
                                  std::move(done));
}

void InstrumentsApi::equityOption(const std::string& symbol, Done<wire::EquityOption> done)
{
    object<wire::EquityOption>("/instruments/equity-options/" + encoded(symbol), std::move(done));
}

void InstrumentsApi::optionChain(const std::string& underlying, Done<std::vector<wire::EquityOption>> done)
{
    items<wire::EquityOption>("/option-chains/" + encoded(underlying), std::move(done));
}

void InstrumentsApi::compactChain(const std::string& underlying, Done<std::vector<wire::CompactChain>> done)
{
    items<wire::CompactChain>("/option-chains/" + encoded(underlying) + "/compact", std::move(done));
}

void InstrumentsApi::futures(const std::vector<std::string>& products, Done<std::vector<wire::Future>> done)
{
    itemsOfAllPages<wire::Future>("/instruments/futures" + QueryText().add("product-code[]", products).text(),
                                  std::move(done));
}

void InstrumentsApi::future(const std::string& symbol, Done<wire::Future> done)
{
    object<wire::Future>("/instruments/futures/" + encoded(symbol), std::move(done));
}

void InstrumentsApi::futureProducts(Done<std::vector<wire::FutureProduct>> done)
{
    itemsOfAllPages<wire::FutureProduct>("/instruments/future-products", std::move(done));
}

void InstrumentsApi::futureProduct(const std::string& exchange, const std::string& code, Done<wire::FutureProduct> done)
{
    object<wire::FutureProduct>("/instruments/future-products/" + encoded(exchange) + "/" + encoded(code),
                                std::move(done));
}

void InstrumentsApi::futureOptionProducts(Done<std::vector<wire::FutureOptionProduct>> done)
{
    itemsOfAllPages<wire::FutureOptionProduct>("/instruments/future-option-products", std::move(done));
}

void InstrumentsApi::futureOptionProduct(const std::string& exchange, const std::string& root,
                                         Done<wire::FutureOptionProduct> done)
{
    object<wire::FutureOptionProduct>("/instruments/future-option-products/" + encoded(exchange) + "/" + encoded(root),
                                      std::move(done));
}

void InstrumentsApi::futureOption(const std::string& symbol, Done<wire::FutureOption> done)
{
    object<wire::FutureOption>("/instruments/future-options/" + encoded(symbol), std::move(done));
}

void InstrumentsApi::futuresChain(const std::string& product, Done<wire::FuturesChain> done)
{
    object<wire::FuturesChain>("/futures-option-chains/" + encoded(product) + "/nested", std::move(done));
}

void InstrumentsApi::futuresOptions(const std::string& product, Done<std::vector<wire::FutureOption>> done)
{
    items<wire::FutureOption>("/futures-option-chains/" + encoded(product), std::move(done));
}

void InstrumentsApi::cryptocurrencies(Done<std::vector<wire::Cryptocurrency>> done)
{
    items<wire::Cryptocurrency>("/instruments/cryptocurrencies", std::move(done));
}

void InstrumentsApi::cryptocurrency(const std::string& symbol, Done<wire::Cryptocurrency> done)
{
    object<wire::Cryptocurrency>("/instruments/cryptocurrencies/" + encoded(symbol), std::move(done));
}

void InstrumentsApi::warrants(const std::vector<std::string>& symbols, Done<std::vector<wire::Warrant>> done)
{
    items<wire::Warrant>("/instruments/warrants" + QueryText().add("symbol[]", symbols).text(), std::move(done));
}

void InstrumentsApi::warrant(const std::string& symbol, Done<wire::Warrant> done)
{
    object<wire::Warrant>("/instruments/warrants/" + encoded(symbol), std::move(done));
}

void InstrumentsApi::quantityPrecisions(Done<std::vector<wire::QuantityPrecision>> done)
{
    items<wire::QuantityPrecision>("/instruments/quantity-decimal-precisions", std::move(done));
}

void InstrumentsApi::search(const std::string& text, int limit, Done<std::vector<wire::FoundInstrument>> done)
{
    const QueryText query = QueryText().add("query", text).add("limit", std::to_string(limit));
    items<wire::FoundInstrument>("/instruments/search" + query.text(), std::move(done));
}

} // namespace vegadesk::tastytrade
