#pragma once

#include "execution/broker.h"
#include "tastytrade/account_api.h"
#include "tastytrade/instruments_api.h"
#include "tastytrade/lists_api.h"
#include "tastytrade/market_api.h"
#include "tastytrade/rest_calls.h"
#include "tastytrade/wire/account.h"
#include "tastytrade/wire/option_chain.h"
#include "tastytrade/wire/session.h"
#include "tastytrade/wire/transaction.h"

#include <functional>
#include <string>
#include <vector>

namespace vegadesk::tastytrade
{

/// The broker's REST calls, typed: here those that trading lives on, beside it the rest of them by what they are about.
/// Everything on the network thread; `done` runs exactly once.
/// Lists leave out what cannot be read, and put it in quarantine; an order of ours is never left out.
class RestApi : private RestCalls
{
public:
    using RestCalls::Done;

    RestApi(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest);

    AccountApi& accountApi() { return m_accountApi; }
    InstrumentsApi& instruments() { return m_instruments; }
    MarketApi& market() { return m_market; }
    ListsApi& lists() { return m_lists; }

    void accounts(Done<std::vector<wire::Account>> done);
    void balances(const std::string& account, Done<wire::AccountBalance> done);
    /// `unreadable` hears of each position that is missing in the answer, before it.
    void positions(const std::string& account, Done<std::vector<wire::AccountPosition>> done,
                   std::function<void(const execution::Unreadable&)> unreadable = {});
    /// Every page of /orders/live: what was created or changed today, in any status, and what still works.
    void orders(const std::string& account, Done<std::vector<execution::BrokerOrder>> done);
    /// Every page of what was received and delivered since then, oldest first: expiries, assignments, splits, transfers.
    void deliveries(const std::string& account, base::Date from, Done<std::vector<wire::Transaction>> done);
    /// The same of cash that moved without a trade: dividends, deposits, interest.
    void moneyMovements(const std::string& account, base::Date from, Done<std::vector<wire::Transaction>> done);
    void equity(const std::string& symbol, Done<wire::Equity> done);
    void nestedChain(const std::string& underlying, Done<std::vector<wire::NestedChain>> done);
    void quoteToken(Done<wire::QuoteToken> done);

    /// A refusal by the broker's checks is a result with `errors`.
    void dryRun(const std::string& account, const portfolio::OrderIntent& intent, Done<portfolio::DryRunResult> done);
    /// Likewise of orders that depend on each other; the figures are those of the part that goes first.
    void dryRunComplex(const std::string& account, const portfolio::ComplexIntent& intent,
                       Done<portfolio::DryRunResult> done);
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
    void transactions(const std::string& account, const std::string& type, base::Date from,
                      Done<std::vector<wire::Transaction>> done);
    void check(HttpRequest request, std::function<base::Result<portfolio::DryRunResult>(const QJsonObject&)> parse,
               Done<portfolio::DryRunResult> done);
    void sendOnce(HttpRequest request, const execution::SendableOrder& order, const std::string& replaced,
                  Done<execution::BrokerOrder> done);

    AccountApi m_accountApi;
    InstrumentsApi m_instruments;
    MarketApi m_market;
    ListsApi m_lists;
};

} // namespace vegadesk::tastytrade
