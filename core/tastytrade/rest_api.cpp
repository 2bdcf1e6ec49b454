#include "tastytrade/rest_api.h"

#include "tastytrade/rest_answers.h"
#include "tastytrade/user_agent.h"
#include "tastytrade/wire/error_body.h"
#include "tastytrade/wire/order_answer.h"

#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

namespace
{

/// A new order is inside what place() is answered with, and a replacement is all of the answer.
base::Result<wire::Order> orderIn(const QJsonObject& data)
{
    if (!data.contains(QLatin1String("order")))
        return wire::parseOrder(data);
    auto answer = wire::parseOrderAnswer(data);
    if (!answer)
        return tl::make_unexpected(answer.error());
    return std::move(answer->order);
}

base::Result<execution::BrokerOrder> placedOrder(const HttpAnswer& answer, const std::string& externalId,
                                                 const std::string& replaced)
{
    const auto body = wire::parseObject(answer.body, "order");
    const auto data = body ? wire::dataOf(*body, "order") : tl::make_unexpected(body.error());
    const auto order = data ? orderIn(*data) : tl::make_unexpected(data.error());
    if (!order)
        return tl::make_unexpected(order.error());
    // A replacement may come back under the identifier of the order that it replaces.
    const bool isOurs = order->externalId.empty() || order->externalId == externalId ||
                        (!replaced.empty() && order->replaces == replaced);
    if (order->id.empty() || order->id == replaced || !isOurs)
        return base::fail(base::ErrorKind::Network, "order", externalId, "the answer is about another order");
    return wire::toBrokerOrder(*order);
}

} // namespace

RestApi::RestApi(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest)
    : RestCalls(queue, quarantine, rest), m_accountApi(queue, quarantine, rest), m_instruments(queue, quarantine, rest),
      m_market(queue, quarantine, rest), m_lists(queue, quarantine, rest)
{
}

void RestApi::accounts(Done<std::vector<wire::Account>> done)
{
    const auto parse = [this](const QJsonObject& body) {
        return parseList<wire::Account>(body, "accounts", wire::parseAccount,
                                        [this](const QJsonObject& item, const base::Error& error, auto&) {
                                            m_quarantine.put("accounts", error.message(), wire::toBytes(item));
                                        });
    };
    get("/customers/me/accounts", reading<std::vector<wire::Account>>("accounts", parse, std::move(done)));
}

void RestApi::balances(const std::string& account, Done<wire::AccountBalance> done)
{
    const auto parse = [](const QJsonObject& body) -> base::Result<wire::AccountBalance> {
        const auto data = wire::dataOf(body, "balances");
        if (!data)
            return tl::make_unexpected(data.error());
        return wire::parseAccountBalance(*data);
    };
    get("/accounts/" + encoded(account) + "/balances/USD",
        reading<wire::AccountBalance>("balances", parse, std::move(done)));
}

void RestApi::positions(const std::string& account, Done<std::vector<wire::AccountPosition>> done,
                        std::function<void(const execution::Unreadable&)> unreadable)
{
    const auto parse = [this, unreadable = std::move(unreadable)](const QJsonObject& body) {
        const auto refused = [&](const QJsonObject& item, const base::Error& error, auto&) {
            m_quarantine.put("positions", error.message(), wire::toBytes(item));
            if (unreadable)
                unreadable(wire::unreadablePosition(item, error));
        };
        return parseList<wire::AccountPosition>(body, "positions", wire::parseAccountPosition, refused);
    };
    get("/accounts/" + encoded(account) + "/positions",
        reading<std::vector<wire::AccountPosition>>("positions", parse, std::move(done)));
}

void RestApi::orders(const std::string& account, Done<std::vector<execution::BrokerOrder>> done)
{
    const auto parseItem = [](const QJsonObject& item) -> base::Result<execution::BrokerOrder> {
        const auto order = wire::parseOrder(item);
        if (!order)
            return tl::make_unexpected(order.error());
        return wire::toBrokerOrder(*order);
    };
    const auto refused = [this](const QJsonObject& item, const base::Error& error, auto& known) {
        m_quarantine.put("orders", error.message(), wire::toBytes(item));
        if (const auto order = wire::identify(item))
            known.push_back(*order); // absence would look like proof that it is gone
    };
    pages("/accounts/" + encoded(account) + "/orders/live?per-page=200&page-offset=", "orders", 0, parseItem, refused,
          std::make_shared<std::vector<execution::BrokerOrder>>(), std::move(done));
}

void RestApi::deliveries(const std::string& account, base::Date from, Done<std::vector<wire::Transaction>> done)
{
    transactions(account, "Receive%20Deliver", from, std::move(done));
}

void RestApi::moneyMovements(const std::string& account, base::Date from, Done<std::vector<wire::Transaction>> done)
{
    transactions(account, "Money%20Movement", from, std::move(done));
}

void RestApi::transactions(const std::string& account, const std::string& type, base::Date from,
                           Done<std::vector<wire::Transaction>> done)
{
    const auto refused = [this](const QJsonObject& item, const base::Error& error, auto&) {
        m_quarantine.put("transactions", error.message(), wire::toBytes(item));
    };
    pages("/accounts/" + encoded(account) + "/transactions?type=" + type +
              "&sort=Asc&start-date=" + base::formatDate(from) + "&per-page=250&page-offset=",
          "transactions", 0, wire::parseTransaction, refused, std::make_shared<std::vector<wire::Transaction>>(),
          std::move(done));
}

void RestApi::equity(const std::string& symbol, Done<wire::Equity> done)
{
    const auto parse = [](const QJsonObject& body) -> base::Result<wire::Equity> {
        const auto data = wire::dataOf(body, "equity");
        if (!data)
            return tl::make_unexpected(data.error());
        return wire::parseEquity(*data);
    };
    get("/instruments/equities/" + encoded(symbol), reading<wire::Equity>("equity", parse, std::move(done)));
}

void RestApi::nestedChain(const std::string& underlying, Done<std::vector<wire::NestedChain>> done)
{
    const auto parse = [this](const QJsonObject& body) {
        return parseList<wire::NestedChain>(body, "option chain", wire::parseNestedChain,
                                            [this](const QJsonObject& item, const base::Error& error, auto&) {
                                                m_quarantine.put("option chain", error.message(), wire::toBytes(item));
                                            });
    };
    get("/option-chains/" + encoded(underlying) + "/nested",
        reading<std::vector<wire::NestedChain>>("option chain", parse, std::move(done)));
}

void RestApi::quoteToken(Done<wire::QuoteToken> done)
{
    const auto parse = [](const QJsonObject& body) -> base::Result<wire::QuoteToken> {
        const auto data = wire::dataOf(body, "quote token");
        if (!data)
            return tl::make_unexpected(data.error());
        return wire::parseQuoteToken(*data);
    };
    get("/api-quote-tokens", reading<wire::QuoteToken>("quote token", parse, std::move(done), true));
}

void RestApi::dryRun(const std::string& account, const portfolio::OrderIntent& intent,
                     Done<portfolio::DryRunResult> done)
{
    HttpRequest request = makeRequest(HttpRequest::Verb::Post, "/accounts/" + encoded(account) + "/orders/dry-run");
    request.body = wire::toBytes(wire::toJson(orderBody(intent, {})));
    const auto parse = [](const QJsonObject& body) -> base::Result<portfolio::DryRunResult> {
        const auto data = wire::dataOf(body, "dry run");
        if (!data)
            return tl::make_unexpected(data.error());
        const auto answer = wire::parseOrderAnswer(*data);
        if (!answer)
            return tl::make_unexpected(answer.error());
        return wire::toDryRunResult(*answer);
    };
    check(std::move(request), parse, std::move(done));
}

void RestApi::check(HttpRequest request, std::function<base::Result<portfolio::DryRunResult>(const QJsonObject&)> parse,
                    Done<portfolio::DryRunResult> done)
{
    const auto read = reading<portfolio::DryRunResult>("dry run", std::move(parse), done);
    const auto handler = [read, done = std::move(done)](const base::Result<HttpAnswer>& answer) {
        const bool isRefusal = answer && (answer->status == 422 || answer->status == 400);
        const auto refusal = isRefusal ? wire::parseErrorBody(answer->body) : base::Result<wire::ErrorBody>();
        if (!isRefusal || !refusal)
            return read(answer);
        portfolio::DryRunResult result;
        for (const wire::Reason& reason : refusal->reasons)
            result.errors.push_back(reason.message.empty() ? reason.code : reason.message);
        if (result.errors.empty())
            result.errors.push_back(refusal->message.empty() ? refusal->code : refusal->message);
        done(std::move(result));
    };
    // It changes nothing, so it may be repeated like a read.
    m_queue.submit(RequestQueue::Kind::Read, std::move(request), handler);
}

void RestApi::place(const std::string& account, const execution::SendableOrder& order,
                    Done<execution::BrokerOrder> done)
{
    HttpRequest request = makeRequest(HttpRequest::Verb::Post, "/accounts/" + encoded(account) + "/orders");
    sendOnce(std::move(request), order, {}, std::move(done));
}

void RestApi::replace(const std::string& account, const std::string& brokerId, const execution::SendableOrder& order,
                      Done<execution::BrokerOrder> done)
{
    sendOnce(makeRequest(HttpRequest::Verb::Put, "/accounts/" + encoded(account) + "/orders/" + encoded(brokerId)),
             order, brokerId, std::move(done));
}

void RestApi::sendOnce(HttpRequest request, const execution::SendableOrder& order, const std::string& replaced,
                       Done<execution::BrokerOrder> done)
{
    request.timeout = 20s;
    request.body = wire::toBytes(wire::toJson(orderBody(order.intent(), order.externalId())));
    const auto handler = [this, done = std::move(done), id = order.externalId(),
                          replaced](const base::Result<HttpAnswer>& answer) {
        if (!answer)
            return done(tl::make_unexpected(answer.error()));
        if (!isSuccess(*answer))
            return done(tl::make_unexpected(placeError(*answer)));
        auto placed = placedOrder(*answer, id, replaced);
        if (!placed)
            m_quarantine.put("order", placed.error().message(), answer->body);
        done(std::move(placed));
    };
    m_queue.submit(RequestQueue::Kind::Place, std::move(request), handler);
}

void RestApi::cancel(const std::string& account, const std::string& brokerId, Done<execution::BrokerOrder> done)
{
    const auto parse = [](const QJsonObject& body) -> base::Result<execution::BrokerOrder> {
        const auto data = wire::dataOf(body, "cancel");
        const auto order = data ? wire::parseOrder(*data) : tl::make_unexpected(data.error());
        if (!order)
            return tl::make_unexpected(order.error());
        return wire::toBrokerOrder(*order);
    };
    HttpRequest request =
        makeRequest(HttpRequest::Verb::Delete, "/accounts/" + encoded(account) + "/orders/" + encoded(brokerId));
    request.timeout = 10s;
    m_queue.submit(RequestQueue::Kind::Cancel, std::move(request),
                   reading<execution::BrokerOrder>("cancel", parse, std::move(done)));
}

} // namespace vegadesk::tastytrade
