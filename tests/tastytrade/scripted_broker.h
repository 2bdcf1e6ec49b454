#pragma once

#include "memory_network.h"

#include "tastytrade/wire/account_streamer.h"
#include "tastytrade/wire/dxlink.h"
#include "tastytrade/wire/error_body.h"
#include "tastytrade/wire/option_chain.h"
#include "tastytrade/wire/order_answer.h"
#include "tastytrade/wire/session.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace vegadesk::tastytrade::test
{

/// The far end of a client under test: answers as the reference says, strictly, and misbehaves where a test asks.
class ScriptedBroker
{
public:
    ScriptedBroker(VirtualScheduler& scheduler, MemoryTransport& transport)
        : m_scheduler(scheduler), m_transport(transport)
    {
        transport.onRequest = [this](const HttpRequest& request) { return answer(request); };
        transport.onText = [this](const auto& socket, const QByteArray& text) {
            if (isFeed(*socket))
                onFeedText(socket, text);
            else
                onStreamerText(socket, text);
        };
    }

    // Switches
    std::map<std::string, std::vector<HttpAnswer>> instead; ///< by path: answers to give first, in order
    std::set<std::string> neverAnswers;                     ///< paths
    bool answersFeed = true, answersStreamer = true;
    bool notifiesOrders = true;
    int tokenSeconds = 900;
    std::string quoteToken = "quote-token";
    int dropAfter = -1; ///< the connection is cut when so many more web socket messages have passed

    // What was seen
    int tokensGiven = 0;
    std::vector<wire::OrderRequest> orders;
    std::vector<std::string> protocolErrors;                       ///< what a strict server would have refused
    std::multiset<std::pair<std::string, std::string>> subscribed; ///< on the latest feed connection: type, symbol
    std::vector<std::size_t> batchSizes;

    std::string accessToken() const { return "access-" + std::to_string(tokensGiven); }
    std::shared_ptr<ServerSocket> feedSocket() const { return latest(true); }
    std::shared_ptr<ServerSocket> streamerSocket() const { return latest(false); }

    void sendFeed(const QByteArray& text) { tell(feedSocket(), text); }
    void sendEvents(const std::vector<wire::Event>& events)
    {
        sendFeed(wire::dxlink::print(wire::dxlink::FeedData{1, events}, wire::dxlink::DataFormat::Compact, m_layouts));
    }
    void sendNotice(const QByteArray& text) { tell(streamerSocket(), text); }

    static wire::Order makeOrder(const wire::OrderRequest& request, const std::string& id)
    {
        wire::Order order;
        order.id = id;
        order.account = "5WX00042";
        order.externalId = request.externalId;
        order.state = wire::OrderState::Routed;
        order.type = request.intent.type;
        order.timeInForce = request.intent.timeInForce;
        order.price = request.intent.price;
        order.effect = request.intent.effect;
        order.underlying = "SPY";
        for (const portfolio::OrderLeg& leg : request.intent.legs)
            order.legs.push_back({leg, leg.quantity, {}});
        order.size = 1;
        order.updatedAt = base::fromUnixMillis(1'795'185'528'049);
        return order;
    }

private:
    static bool isFeed(const ServerSocket& socket) { return socket.url.path() == QLatin1String("/dxlink"); }
    std::shared_ptr<ServerSocket> latest(bool feed) const
    {
        for (auto socket = m_transport.sockets.rbegin(); socket != m_transport.sockets.rend(); ++socket) {
            if (isFeed(**socket) == feed && (*socket)->isOpen)
                return *socket;
        }
        return nullptr;
    }

    /// True: the wire was cut here.
    bool cut(const std::shared_ptr<ServerSocket>& socket)
    {
        if (dropAfter < 0 || dropAfter-- > 0)
            return false;
        m_transport.closeByServer(socket, "cut");
        return true;
    }
    void tell(const std::shared_ptr<ServerSocket>& socket, const QByteArray& text)
    {
        if (socket && !cut(socket))
            m_transport.deliver(socket, text);
    }

    static HttpAnswer data(const QJsonObject& object) { return {200, wire::toBytes(wire::envelope(object, "/"))}; }
    static HttpAnswer items(const QJsonArray& list) { return {200, wire::toBytes(wire::itemsEnvelope(list, "/"))}; }

    std::optional<base::Result<HttpAnswer>> answer(const HttpRequest& request)
    {
        const std::string path = request.url.path(QUrl::FullyEncoded).toStdString();
        const bool isOrder = request.verb == HttpRequest::Verb::Post && path.ends_with("/orders");
        if (isOrder) {
            const auto body = wire::parseObject(request.body, "order");
            orders.push_back(*wire::parseOrderRequest(*body));
        }
        if (auto& first = instead[path]; !first.empty()) {
            const HttpAnswer answer = first.front();
            first.erase(first.begin());
            return answer;
        }
        if (neverAnswers.contains(path))
            return {};
        if (path == "/oauth/token") {
            if (!request.authorization.empty())
                protocolErrors.push_back("Authorization on the token request");
            ++tokensGiven;
            return HttpAnswer{200, wire::toBytes(wire::toJson(wire::TokenAnswer{accessToken(), tokenSeconds}))};
        }
        if (request.authorization != "Bearer " + accessToken())
            return HttpAnswer{401, wire::toBytes(wire::toJson(wire::ErrorBody{"unauthorized", "Unauthorized", {}}))};
        return route(request, path);
    }

    HttpAnswer route(const HttpRequest& request, const std::string& path)
    {
        const std::string account = "/accounts/5WX00042";
        if (path == "/customers/me/accounts") {
            wire::Account closed, open;
            closed.number = "5WX00041";
            closed.isClosed = true;
            open.number = "5WX00042";
            return items({wire::toJson(closed), wire::toJson(open)});
        }
        if (path == "/api-quote-tokens")
            return data(wire::toJson(wire::QuoteToken{quoteToken, "ws://127.0.0.1:1/dxlink", "api"}));
        if (path == account + "/orders" && request.verb == HttpRequest::Verb::Post) {
            wire::OrderAnswer answer;
            answer.order = makeOrder(orders.back(), std::to_string(270'560 + orders.size()));
            if (notifiesOrders)
                sendNotice(wire::print(wire::OrderNotice{answer.order, answer.order.updatedAt}));
            return {201, wire::toBytes(wire::envelope(wire::toJson(answer), "/"))};
        }
        if (path == account + "/balances/USD") {
            wire::AccountBalance balance;
            balance.values.account = "5WX00042";
            balance.values.cash = base::Decimal::fromInteger(100'000);
            return data(wire::toJson(balance));
        }
        if (path == account + "/positions")
            return items({});
        return {404, wire::toBytes(wire::toJson(wire::ErrorBody{"record_not_found", "not found", {}}))};
    }

    void onStreamerText(const std::shared_ptr<ServerSocket>& socket, const QByteArray& text)
    {
        if (cut(socket) || !answersStreamer)
            return;
        const auto request = wire::parseStreamerRequest(text);
        wire::StreamerAck ack{true, request->action, "session", {}, request->accounts, request->requestId};
        if (request->authToken != "Bearer " + accessToken()) {
            ack.isOk = false;
            ack.message = "Unknown domain";
        }
        tell(socket, wire::print(ack));
    }

    void onFeedText(const std::shared_ptr<ServerSocket>& socket, const QByteArray& text)
    {
        if (cut(socket) || !answersFeed)
            return;
        const auto message = wire::dxlink::parse(text, wire::clientLayouts());
        if (!message)
            return protocolErrors.push_back(message.error().message());
        using namespace wire::dxlink;
        int& step = m_feedStep[socket.get()];
        const auto expect = [&](int wanted, const char* what) {
            if (step != wanted)
                protocolErrors.push_back(std::string(what) + " in step " + std::to_string(step));
            step = wanted + 1;
        };
        if (std::holds_alternative<Setup>(*message)) {
            expect(0, "SETUP");
            subscribed.clear();
            tell(socket, print(Setup{"1.0-test", 60, 60}));
            tell(socket, print(AuthState{false, {}}));
        } else if (const auto* auth = std::get_if<Auth>(&*message)) {
            expect(1, "AUTH");
            tell(socket, print(AuthState{auth->token == "quote-token", "user"}));
        } else if (const auto* request = std::get_if<ChannelRequest>(&*message)) {
            expect(2, "CHANNEL_REQUEST");
            tell(socket, print(ChannelOpened{request->channel}));
        } else if (const auto* setup = std::get_if<FeedSetup>(&*message)) {
            expect(3, "FEED_SETUP");
            m_layouts = setup->layouts;
            tell(socket, print(FeedConfig{1, 0.1, DataFormat::Compact, {}}));
        } else if (const auto* subscription = std::get_if<FeedSubscription>(&*message)) {
            if (step != 4)
                protocolErrors.push_back("FEED_SUBSCRIPTION in step " + std::to_string(step));
            batchSizes.push_back(subscription->add.size() + subscription->remove.size());
            for (const Subscription& item : subscription->add)
                subscribed.emplace(item.type, item.symbol);
            for (const Subscription& item : subscription->remove) {
                const auto found = subscribed.find({item.type, item.symbol});
                if (found == subscribed.end())
                    protocolErrors.push_back("removed what was not there: " + item.symbol);
                else
                    subscribed.erase(found);
            }
        }
    }

    VirtualScheduler& m_scheduler;
    MemoryTransport& m_transport;
    std::map<const ServerSocket*, int> m_feedStep;
    wire::EventLayouts m_layouts;
};

} // namespace vegadesk::tastytrade::test
