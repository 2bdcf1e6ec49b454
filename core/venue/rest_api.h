#pragma once

#include "venue/credentials.h"
#include "venue/exchange.h"
#include "venue/market_model.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUrlQuery>

#include <functional>
#include <string>

namespace vegadesk::venue
{

class OrderTape;

struct HttpRequest {
    QByteArray method; ///< "GET"
    QString path;      ///< percent-encoded, without the query
    QUrlQuery query;
    QByteArray userAgent, authorization, body;
};

struct HttpAnswer {
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json";
};

/// A page as the broker's proxies send it where an API answer was expected.
HttpAnswer webPage(int status, const QByteArray& title);

/// The broker's REST routes as a function, without sockets.
///
/// Source  the protocol reference, sections 1 to 7. Routes: /oauth/token, /sessions/validate, /api-quote-tokens,
///         /customers/me[/accounts[/{n}]], /accounts/{n}/{trading-status, balances[/{currency}], positions,
///         transactions (deliveries only), orders[/{live, dry-run, {id}[/{dry-run, reconfirm}]}],
///         complex-orders[/{live, dry-run, {id}[/dry-run]}]}, /customers/me/orders[/live],
///         /instruments/equities[/{symbol}], /option-chains/{symbol}/nested, /symbols/search/{text}, /market-metrics,
///         /market-time/equities/sessions/current. Others answer 404.
class RestApi
{
public:
    /// `tape`, when there is one, gets every order and cancel before the exchange does.
    RestApi(Exchange& exchange, MarketModel& market, Credentials& credentials, OrderTape* tape = nullptr);

    /// Where dxLink is; told to clients with their quote token.
    void setFeedUrl(std::string url) { m_feedUrl = std::move(url); }
    HttpAnswer handle(const HttpRequest& request);

private:
    HttpAnswer answer(const HttpRequest& request);
    struct Call {
        const HttpRequest& request;
        QStringList segments;
        QJsonObject body;
        std::string context; ///< the path, for the envelope
    };
    HttpAnswer token(const Call& call);
    HttpAnswer customers(const Call& call);
    HttpAnswer accounts(const Call& call);
    HttpAnswer transactions(const Call& call);
    HttpAnswer orders(const Call& call);
    HttpAnswer cancelOrder(const Call& call, const std::string& id);
    HttpAnswer placeOrder(const Call& call, bool isDryRun);
    HttpAnswer replaceOrder(const Call& call, const tastytrade::wire::Order& old, bool isDryRun);
    HttpAnswer customerOrders(const Call& call);
    HttpAnswer complexOrders(const Call& call);
    HttpAnswer placeComplexOrder(const Call& call, bool isDryRun);
    HttpAnswer instruments(const Call& call);
    HttpAnswer optionChain(const Call& call);
    HttpAnswer search(const Call& call);
    HttpAnswer marketMetrics(const Call& call);
    HttpAnswer session(const Call& call);

    Exchange& m_exchange;
    MarketModel& m_market;
    Credentials& m_credentials;
    OrderTape* m_tape;
    std::string m_feedUrl;
};

} // namespace vegadesk::venue
