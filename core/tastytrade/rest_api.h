#pragma once

#include "execution/broker.h"
#include "tastytrade/request_queue.h"
#include "tastytrade/wire/account.h"
#include "tastytrade/wire/option_chain.h"
#include "tastytrade/wire/session.h"
#include "tastytrade/wire/transaction.h"

#include <functional>
#include <string>
#include <vector>

namespace vegadesk::tastytrade
{

/// The broker's REST calls that we use, typed. Everything on the network thread; `done` runs exactly once.
/// Lists leave out what cannot be read, and put it in quarantine; an order of ours is never left out.
class RestApi
{
public:
    template<class T>
    using Done = std::function<void(base::Result<T>)>;

    RestApi(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest);

    void accounts(Done<std::vector<wire::Account>> done);
    void balances(const std::string& account, Done<wire::AccountBalance> done);
    /// `unreadable` hears of each position that is missing in the answer, before it.
    void positions(const std::string& account, Done<std::vector<wire::AccountPosition>> done,
                   std::function<void(const execution::Unreadable&)> unreadable = {});
    /// Every page of /orders/live: what was created or changed today, in any status, and what still works.
    void orders(const std::string& account, Done<std::vector<execution::BrokerOrder>> done);
    /// Every page of what was received and delivered since then, oldest first: expiries, assignments, splits, transfers.
    void deliveries(const std::string& account, base::Date from, Done<std::vector<wire::Transaction>> done);
    void equity(const std::string& symbol, Done<wire::Equity> done);
    void nestedChain(const std::string& underlying, Done<std::vector<wire::NestedChain>> done);
    void quoteToken(Done<wire::QuoteToken> done);

    /// A refusal by the broker's checks is a result with `errors`.
    void dryRun(const std::string& account, const portfolio::OrderIntent& intent, Done<portfolio::DryRunResult> done);
    /// Sent at most once. Refused: it is not there. Network, Timeout: not known.
    void place(const std::string& account, const execution::SendableOrder& order, Done<execution::BrokerOrder> done);
    /// Likewise; the answer is the new order.
    void replace(const std::string& account, const std::string& brokerId, const execution::SendableOrder& order,
                 Done<execution::BrokerOrder> done);
    void cancel(const std::string& account, const std::string& brokerId, Done<execution::BrokerOrder> done);
    /// Sent at most once, like an order; the answer has the parts, in their order.
    void placeComplex(const std::string& account, const execution::SendableComplexOrder& order,
                      Done<std::vector<execution::BrokerOrder>> done);
    void cancelComplex(const std::string& account, const std::string& complexId,
                       Done<std::vector<execution::BrokerOrder>> done);

private:
    void sendOnce(HttpRequest request, const execution::SendableOrder& order, const std::string& replaced,
                  Done<execution::BrokerOrder> done);
    using Handler = RequestQueue::Done;

    HttpRequest makeRequest(HttpRequest::Verb verb, const std::string& path) const;
    void get(const std::string& path, Handler handler);
    /// Reads all pages of `path`, which ends where the page's number goes, item by item with `parseItem`; what cannot be
    /// read goes to `refused`, which may put something in its place.
    template<class T, class ParseItem, class Refused>
    void pages(const std::string& path, const char* what, std::int64_t page, ParseItem parseItem, Refused refused,
               std::shared_ptr<std::vector<T>> found, Done<std::vector<T>> done);
    /// Reads `data` or what `parse` makes of the body; failures to read are put in quarantine.
    template<class T, class Parse>
    Handler reading(const char* what, Parse parse, Done<T> done);

    RequestQueue& m_queue;
    Quarantine& m_quarantine;
    const QByteArray m_rest;
};

} // namespace vegadesk::tastytrade
