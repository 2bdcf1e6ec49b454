#pragma once

#include "tastytrade/rest_calls.h"
#include "tastytrade/wire/futures.h"
#include "tastytrade/wire/instruments.h"

namespace vegadesk::tastytrade
{

/// What can be traded. All of them reads; lists leave out what cannot be read, and put it in quarantine. Symbols are the
/// broker's, slashes and blanks included ("BRK/B", "/ESZ6", "./ESZ6 EW4X6 261127C6000").
class InstrumentsApi : private RestCalls
{
public:
    using RestCalls::Done;

    InstrumentsApi(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest) : RestCalls(queue, quarantine, rest)
    {
    }

    /// Those of `symbols`, or where it is empty all of them, page by page.
    void equities(const std::vector<std::string>& symbols, Done<std::vector<wire::Equity>> done);
    /// Every one that trades; the broker has tens of thousands.
    void activeEquities(Done<std::vector<wire::Equity>> done);
    void equityOption(const std::string& symbol, Done<wire::EquityOption> done);
    /// Every contract of an underlying by itself. The nested form (RestApi::nestedChain) is a tenth of the size.
    void optionChain(const std::string& underlying, Done<std::vector<wire::EquityOption>> done);
    void compactChain(const std::string& underlying, Done<std::vector<wire::CompactChain>> done);

    /// Futures of these products ("ES"); all where it is empty.
    void futures(const std::vector<std::string>& products, Done<std::vector<wire::Future>> done);
    void future(const std::string& symbol, Done<wire::Future> done);
    void futureProducts(Done<std::vector<wire::FutureProduct>> done);
    void futureProduct(const std::string& exchange, const std::string& code, Done<wire::FutureProduct> done);
    void futureOptionProducts(Done<std::vector<wire::FutureOptionProduct>> done);
    void futureOptionProduct(const std::string& exchange, const std::string& root,
                             Done<wire::FutureOptionProduct> done);
    void futureOption(const std::string& symbol, Done<wire::FutureOption> done);
    void futuresChain(const std::string& product, Done<wire::FuturesChain> done);
    void futuresOptions(const std::string& product, Done<std::vector<wire::FutureOption>> done);

    void cryptocurrencies(Done<std::vector<wire::Cryptocurrency>> done);
    void cryptocurrency(const std::string& symbol, Done<wire::Cryptocurrency> done);
    void warrants(const std::vector<std::string>& symbols, Done<std::vector<wire::Warrant>> done);
    void warrant(const std::string& symbol, Done<wire::Warrant> done);
    void quantityPrecisions(Done<std::vector<wire::QuantityPrecision>> done);
    /// `limit` 1 to 100.
    void search(const std::string& text, int limit, Done<std::vector<wire::FoundInstrument>> done);
};

} // namespace vegadesk::tastytrade
