#pragma once

#include "tastytrade/memory_network.h"

#include "tastytrade/wire/account.h"
#include "tastytrade/wire/complex_order.h"
#include "tastytrade/wire/error_body.h"
#include "tastytrade/wire/order.h"
#include "tastytrade/wire/session.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <string>
#include <vector>

namespace vegadesk::tests
{

/// The broker as far as a STOP needs it: a login, an account, its list of orders, and cancels. It counts what it is asked for.
class ListedOrders
{
public:
    using Request = tastytrade::HttpRequest;
    using Answer = tastytrade::HttpAnswer;

    explicit ListedOrders(tastytrade::test::MemoryTransport& transport)
    {
        transport.onRequest = [this](const Request& request) { return base::Result<Answer>(answer(request)); };
    }

    void add(const std::string& id, const std::string& whole = {})
    {
        tastytrade::wire::Order order;
        order.id = id;
        order.account = account;
        order.state = tastytrade::wire::OrderState::Live;
        order.type = portfolio::OrderType::Limit;
        order.price = base::Decimal::fromInteger(1);
        order.effect = portfolio::PriceEffect::Debit;
        order.underlying = "SPY";
        order.legs.push_back({{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}, 1, {}});
        order.size = 1;
        order.updatedAt = base::fromUnixMillis(1'795'185'528'049);
        order.complexId = whole;
        orders.push_back(order);
    }
    std::size_t working() const
    {
        return static_cast<std::size_t>(std::ranges::count(orders, tastytrade::wire::OrderState::Live, stateOf));
    }

    static constexpr auto account = "5WX00042";
    std::vector<tastytrade::wire::Order> orders;
    QJsonArray unreadable; ///< in the list besides
    bool refusesLogins = false;
    int declines = 0;         ///< so many cancels are refused first
    std::string arrivesAfter; ///< an order with this id is there from the second list on that shows none
    int logins = 0, lists = 0, accounts = 0;
    std::vector<std::string> cancelled; ///< paths below the account, in order
    std::vector<std::string> odd;       ///< whatever else was asked for

private:
    static tastytrade::wire::OrderState stateOf(const tastytrade::wire::Order& order) { return order.state; }
    static Answer error(int status, const char* code)
    {
        using namespace tastytrade::wire;
        return {status, toBytes(toJson(ErrorBody{code, code, {}})), {}};
    }

    Answer answer(const Request& request)
    {
        using namespace tastytrade::wire;
        const std::string path = request.url.path(QUrl::FullyEncoded).toStdString();
        const std::string mine = std::string("/accounts/") + account;
        if (path == "/oauth/token") {
            ++logins;
            if (refusesLogins)
                return error(401, "invalid_grant");
            return {200, toBytes(toJson(TokenAnswer{"access", 900})), {}};
        }
        if (request.authorization != "Bearer access")
            return error(401, "unauthorized");
        if (path == "/customers/me/accounts") {
            ++accounts;
            Account open;
            open.number = account;
            return {200, toBytes(itemsEnvelope({toJson(open)}, "/")), {}};
        }
        if (path == mine + "/orders/live" && request.verb == Request::Verb::Get)
            return list();
        if (request.verb == Request::Verb::Delete && path.starts_with(mine + "/"))
            return cancel(path.substr(mine.size() + 1));
        odd.push_back(path);
        return error(404, "not_found");
    }

    Answer list()
    {
        using namespace tastytrade::wire;
        ++lists;
        const bool isEmpty = working() == 0;
        QJsonArray items = unreadable;
        for (const Order& order : orders)
            items.append(toJson(order));
        if (isEmpty && !arrivesAfter.empty())
            add(std::exchange(arrivesAfter, {}));
        return {200, toBytes(itemsEnvelope(items, "/")), {}};
    }

    Answer cancel(const std::string& what)
    {
        using namespace tastytrade::wire;
        cancelled.push_back(what);
        if (declines > 0) {
            --declines;
            return error(422, "cannot_cancel");
        }
        const std::string id = what.substr(what.find('/') + 1);
        const bool isWhole = what.starts_with("complex-orders/");
        ComplexOrder whole;
        whole.id = id;
        whole.type = ComplexType::Oco;
        const Order* one = nullptr;
        for (Order& order : orders) {
            if ((isWhole ? order.complexId : order.id) != id)
                continue;
            order.state = OrderState::Cancelled;
            whole.orders.push_back(order);
            one = &order;
        }
        if (!one)
            return error(404, "not_found");
        return {200, toBytes(envelope(isWhole ? toJson(whole) : toJson(*one), "/")), {}};
    }
};

} // namespace vegadesk::tests
