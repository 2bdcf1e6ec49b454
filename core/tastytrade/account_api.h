#pragma once

#include "tastytrade/rest_calls.h"
#include "tastytrade/wire/account_history.h"
#include "tastytrade/wire/customer.h"
#include "tastytrade/wire/margin.h"
#include "tastytrade/wire/order.h"
#include "tastytrade/wire/transaction.h"

namespace vegadesk::tastytrade
{

/// What transactions are asked for; what is empty does not narrow them.
struct TransactionFilter {
    std::vector<std::string> types,
        subTypes;                       ///< "Trade", "Receive Deliver", "Money Movement", "Administrative Transfer"
    std::optional<base::Date> from, to; ///< New York dates, both included
    std::string symbol, underlying, futuresSymbol, instrumentType, action, currency;
    bool isOldestFirst = false;
};

struct PositionFilter {
    std::string symbol, instrumentType;
    std::vector<std::string> underlyings;
    bool includeClosed = false; ///< closed today, with quantity 0
    bool includeMarks = false;
    bool isNet = false; ///< one position a symbol
};

/// The customer, the account's standing, history and margin. All of them reads; errors are those of a request (Network,
/// Timeout, Unauthorized, NotFound, Refused). Lists leave out what cannot be read, and put it in quarantine.
class AccountApi : private RestCalls
{
public:
    using RestCalls::Done;

    AccountApi(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest) : RestCalls(queue, quarantine, rest) {}

    /// Whether the token is good, and whose it is.
    void validate(Done<wire::SessionUser> done);
    void customer(Done<wire::Customer> done);
    void account(const std::string& account, Done<wire::Account> done);
    void tradingStatus(const std::string& account, Done<wire::TradingStatus> done);
    void positionLimit(const std::string& account, Done<wire::PositionLimit> done);
    void positions(const std::string& account, const PositionFilter& filter,
                   Done<std::vector<wire::AccountPosition>> done);

    /// Every page. Without dates: the latest snapshot and the present balance.
    void balanceSnapshots(const std::string& account, std::optional<base::Date> from, std::optional<base::Date> to,
                          const std::string& timeOfDay, Done<std::vector<wire::BalanceSnapshot>> done);
    /// `timeBack` is "1d", "1w", "1m", "3m", "6m", "1y" or "all"; rows of five minutes for a day, of days for longer.
    void netLiquidationHistory(const std::string& account, const std::string& timeBack,
                               Done<std::vector<wire::NetLiquidation>> done);
    void netLiquidationSince(const std::string& account, base::Instant from,
                             Done<std::vector<wire::NetLiquidation>> done);

    /// Every page.
    void transactions(const std::string& account, const TransactionFilter& filter,
                      Done<std::vector<wire::Transaction>> done);
    void transaction(const std::string& account, const std::string& id, Done<wire::Transaction> done);
    /// What was paid on `date`, or today.
    void totalFees(const std::string& account, std::optional<base::Date> date, Done<wire::TotalFees> done);

    void marginRequirements(const std::string& account, Done<wire::MarginReport> done);
    void effectiveMargin(const std::string& account, const std::string& underlying, Done<wire::EffectiveMargin> done);
    void marginConfiguration(Done<wire::MarginConfiguration> done);
    /// Changes nothing. Refused where the broker's checks would refuse the order.
    void marginDryRun(const std::string& account, const portfolio::OrderIntent& intent, Done<wire::MarginDryRun> done);
};

} // namespace vegadesk::tastytrade
