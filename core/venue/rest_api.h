#pragma once

#include "base/error.h"
#include "tastytrade/wire/market_data.h"
#include "tastytrade/wire/market_metrics.h"
#include "venue/credentials.h"
#include "venue/exchange.h"
#include "venue/market_model.h"
#include "venue/market_statistics.h"
#include "venue/rest_parameters.h"
#include "venue/user_lists.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUrlQuery>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::venue
{

class OrderTape;

struct HttpRequest {
    QByteArray method; ///< "GET"
    QString path;      ///< percent-encoded, without the query
    QUrlQuery query;
    QByteArray userAgent, authorization, body;
    QByteArray acceptVersion = {}; ///< "20250813"; empty: the header was not there
};

struct HttpAnswer {
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json";
};

/// A page as the broker's proxies send it where an API answer was expected.
HttpAnswer webPage(int status, const QByteArray& title);

/// The broker's REST routes as a function, without sockets. Others than these answer 404.
///
/// Source    the protocol reference, sections 1 to 7. Routes, where nothing is said for GET:
/// Login     POST /oauth/token, POST /sessions/validate, /api-quote-tokens. Other calls of /sessions are refused: that login is gone.
/// Customer  /customers/me[/accounts[/{n}]]
/// Account   /accounts/{n}/{trading-status, balances[/{currency}], balance-snapshots, positions, position-limit, net-liq,
///           net-liq/history, transactions[/{id}], transactions/total-fees, margin-requirements/{symbol}/effective},
///           /margin/accounts/{n}/requirements, POST /margin/accounts/{n}/dry-run, /margin-requirements-public-configuration
///           (without a token), /span/rows (empty)
/// Orders    GET and POST /accounts/{n}/orders, /orders/live, POST /orders/dry-run, GET, PUT, PATCH and DELETE /orders/{id}, POST
///           /orders/{id}/{dry-run, reconfirm}; GET and POST /complex-orders, /complex-orders/live, POST /complex-orders/dry-run,
///           GET, PATCH and DELETE /complex-orders/{id}, POST /complex-orders/{id}/dry-run; /customers/me/orders[/live]
/// Contracts /instruments/{equities[/active, /{symbol}], equity-options[/{symbol}], futures[/{symbol}], future-products[/{exchange}/
///           {code}], future-option-products[[/{exchange}]/{root}], future-options/{symbol}, cryptocurrencies[/{symbol}],
///           warrants[/{symbol}], quantity-decimal-precisions, search}, /option-chains/{symbol}[/nested, /compact],
///           /futures-option-chains/{product}[/nested]
/// Market    /market-metrics, /market-metrics/historic-corporate-events/{dividends, earnings-reports}/{symbol},
///           /market-data/by-type, /market-data/{type}/{symbol}, /market-time/sessions[/current],
///           /market-time/{equities, futures}/{sessions/current, sessions/next, sessions/previous, holidays}[/{exchange}]
/// Lists     /symbols/search/{text}, GET and POST /watchlists, GET, PUT and DELETE /watchlists/{name},
///           /public-watchlists[/{name}], /pairs-watchlists[/{name}], GET and POST /quote-alerts, DELETE /quote-alerts/{id}
/// Versions  Accept-Version as the reference has it; without one, balances are one object and the rest is as of its oldest version
///           in force.
/// Symbols   in a path with their slashes encoded or plain; one that begins with a slash may leave it out.
class RestApi
{
public:
    /// `tape`, when there is one, gets every order and cancel before the exchange does.
    /// `lists` are the customer's own.
    RestApi(Exchange& exchange, MarketModel& market, Credentials& credentials, OrderTape* tape = nullptr,
            UserLists lists = {});

    /// Where dxLink is; told to clients with their quote token.
    void setFeedUrl(std::string url) { m_feedUrl = std::move(url); }
    HttpAnswer handle(const HttpRequest& request);
    UserLists& lists() { return m_lists; }

private:
    HttpAnswer answer(const HttpRequest& request);
    struct Call {
        const HttpRequest& request;
        QStringList segments;
        QJsonObject body;
        std::string context;             ///< the path, for the envelope
        Parameters query = {};           ///< decoded
        std::optional<int> version = {}; ///< the one in force; none: the client did not say

        bool isGet() const { return request.method == "GET"; }
        /// Segment `at` or nothing.
        QString part(qsizetype at) const { return segments.value(at); }
        /// The symbol in segments [from, to), whose own slashes may have been plain.
        std::string symbol(qsizetype from, qsizetype to) const;
        std::string symbol(qsizetype from) const { return symbol(from, segments.size()); }
    };
    HttpAnswer route(const Call& call);
    // rest_api.cpp
    HttpAnswer token(const Call& call);
    HttpAnswer login(const Call& call);
    // rest_account.cpp
    HttpAnswer customers(const Call& call);
    HttpAnswer accounts(const Call& call);
    HttpAnswer balances(const Call& call);
    HttpAnswer balanceSnapshots(const Call& call);
    HttpAnswer positions(const Call& call);
    // rest_history.cpp
    HttpAnswer transactions(const Call& call);
    HttpAnswer totalFees(const Call& call);
    HttpAnswer netLiquidation(const Call& call);
    std::vector<tastytrade::wire::Transaction> allTransactions() const;
    // rest_margin.cpp
    HttpAnswer margin(const Call& call);
    HttpAnswer marginRequirements(const Call& call);
    HttpAnswer marginDryRun(const Call& call);
    HttpAnswer effectiveMargin(const Call& call);
    // rest_orders.cpp
    HttpAnswer orders(const Call& call);
    HttpAnswer cancelOrder(const Call& call, const std::string& id);
    template<class Request>
    HttpAnswer place(const Call& call, const base::Result<Request>& request, bool isDryRun);
    HttpAnswer placeOrder(const Call& call, bool isDryRun);
    HttpAnswer replaceOrder(const Call& call, const tastytrade::wire::Order& old, bool isDryRun);
    HttpAnswer customerOrders(const Call& call);
    HttpAnswer complexOrders(const Call& call);
    HttpAnswer placeComplexOrder(const Call& call, bool isDryRun);
    // rest_instruments.cpp
    HttpAnswer instruments(const Call& call);
    HttpAnswer equities(const Call& call);
    HttpAnswer equityOptions(const Call& call);
    HttpAnswer optionChain(const Call& call);
    HttpAnswer findInstruments(const Call& call);
    tastytrade::wire::Equity equityOf(const market::Instrument& underlying, bool withOptionTicks);
    // rest_futures.cpp
    HttpAnswer futures(const Call& call);
    HttpAnswer futureProducts(const Call& call);
    HttpAnswer futureOptionProducts(const Call& call);
    HttpAnswer futureOption(const Call& call);
    HttpAnswer futuresChain(const Call& call);
    // rest_market.cpp
    HttpAnswer marketMetrics(const Call& call);
    HttpAnswer corporateEvents(const Call& call);
    HttpAnswer marketData(const Call& call);
    tastytrade::wire::MarketMetrics metricsOf(const market::Instrument& underlying);
    std::optional<tastytrade::wire::MarketSnapshot> snapshotOf(std::string_view type, std::string_view symbol);
    // rest_hours.cpp
    HttpAnswer marketTime(const Call& call);
    HttpAnswer marketTimeOfExchange(const Call& call);
    // rest_lists.cpp
    HttpAnswer search(const Call& call);
    HttpAnswer watchlists(const Call& call);
    HttpAnswer publicWatchlists(const Call& call);
    HttpAnswer quoteAlerts(const Call& call);

    Exchange& m_exchange;
    MarketModel& m_market;
    Credentials& m_credentials;
    OrderTape* m_tape;
    UserLists m_lists;
    MarketStatistics m_statistics;
    std::string m_feedUrl;
};

/// Where a listed name trades, in the broker's words: "XNAS", "ARCX", "XCBO" for an index.
std::string listedMarket(const market::Instrument& underlying);
/// A fund, as the market's own description says.
bool isFund(const market::Instrument& underlying);

} // namespace vegadesk::venue
