#include "tastytrade/account_api.h"

#include "tastytrade/user_agent.h"

namespace vegadesk::tastytrade
{

namespace
{

std::string accountPath(const std::string& account)
{
    return "/accounts/" + encoded(account);
}

/// The account alone has no authority beside it.
base::Result<wire::Account> parseInnerAccount(const QJsonObject& data)
{
    return wire::parseAccount({{QStringLiteral("account"), data}});
}

} // namespace

void AccountApi::validate(Done<wire::SessionUser> done)
{
    constexpr const char* what = "session";
    m_queue.submit(RequestQueue::Kind::Read, makeRequest(HttpRequest::Verb::Post, "/sessions/validate"),
                   reading<wire::SessionUser>(what, dataParser<wire::SessionUser>(what, wire::read<wire::SessionUser>),
                                              std::move(done)));
}

void AccountApi::customer(Done<wire::Customer> done)
{
    object<wire::Customer>("/customers/me", std::move(done));
}

void AccountApi::account(const std::string& account, Done<wire::Account> done)
{
    object<wire::Account>("/customers/me/accounts/" + encoded(account), "account", parseInnerAccount, std::move(done));
}

void AccountApi::tradingStatus(const std::string& account, Done<wire::TradingStatus> done)
{
    object<wire::TradingStatus>(accountPath(account) + "/trading-status", std::move(done));
}

void AccountApi::positionLimit(const std::string& account, Done<wire::PositionLimit> done)
{
    object<wire::PositionLimit>(accountPath(account) + "/position-limit", std::move(done));
}

void AccountApi::positions(const std::string& account, const PositionFilter& filter,
                           Done<std::vector<wire::AccountPosition>> done)
{
    const QueryText query = QueryText()
                                .add("symbol", filter.symbol)
                                .add("instrument-type", filter.instrumentType)
                                .add("underlying-symbol[]", filter.underlyings)
                                .addIf("include-closed-positions", filter.includeClosed)
                                .addIf("include-marks", filter.includeMarks)
                                .addIf("net-positions", filter.isNet);
    items<wire::AccountPosition>(accountPath(account) + "/positions" + query.text(), "positions",
                                 wire::parseAccountPosition, std::move(done));
}

void AccountApi::balanceSnapshots(const std::string& account, std::optional<base::Date> from,
                                  std::optional<base::Date> to, const std::string& timeOfDay,
                                  Done<std::vector<wire::BalanceSnapshot>> done)
{
    const QueryText query = QueryText()
                                .add("currency", std::string("USD"))
                                .add("start-date", from)
                                .add("end-date", to)
                                .add("time-of-day", timeOfDay)
                                .add("per-page", std::string("250"));
    itemsOfAllPages<wire::BalanceSnapshot>(accountPath(account) + "/balance-snapshots" + query.text(),
                                           "balance snapshots", wire::parseBalanceSnapshot, std::move(done));
}

void AccountApi::netLiquidationHistory(const std::string& account, const std::string& timeBack,
                                       Done<std::vector<wire::NetLiquidation>> done)
{
    items<wire::NetLiquidation>(
        accountPath(account) + "/net-liq/history" + QueryText().add("time-back", timeBack).text(), std::move(done));
}

void AccountApi::netLiquidationSince(const std::string& account, base::Instant from,
                                     Done<std::vector<wire::NetLiquidation>> done)
{
    items<wire::NetLiquidation>(accountPath(account) + "/net-liq/history" +
                                    QueryText().add("start-time", base::formatInstant(from)).text(),
                                std::move(done));
}

void AccountApi::transactions(const std::string& account, const TransactionFilter& filter,
                              Done<std::vector<wire::Transaction>> done)
{
    const QueryText query = QueryText()
                                .add("types[]", filter.types)
                                .add("sub-type[]", filter.subTypes)
                                .add("start-date", filter.from)
                                .add("end-date", filter.to)
                                .add("symbol", filter.symbol)
                                .add("underlying-symbol", filter.underlying)
                                .add("futures-symbol", filter.futuresSymbol)
                                .add("instrument-type", filter.instrumentType)
                                .add("action", filter.action)
                                .add("currency", filter.currency)
                                .add("sort", std::string(filter.isOldestFirst ? "Asc" : "Desc"))
                                .add("per-page", std::string("250"));
    itemsOfAllPages<wire::Transaction>(accountPath(account) + "/transactions" + query.text(), "transactions",
                                       wire::parseTransaction, std::move(done));
}

void AccountApi::transaction(const std::string& account, const std::string& id, Done<wire::Transaction> done)
{
    object<wire::Transaction>(accountPath(account) + "/transactions/" + encoded(id), "transaction",
                              wire::parseTransaction, std::move(done));
}

void AccountApi::totalFees(const std::string& account, std::optional<base::Date> date, Done<wire::TotalFees> done)
{
    object<wire::TotalFees>(accountPath(account) + "/transactions/total-fees" + QueryText().add("date", date).text(),
                            std::move(done));
}

void AccountApi::marginRequirements(const std::string& account, Done<wire::MarginReport> done)
{
    object<wire::MarginReport>("/margin/accounts/" + encoded(account) + "/requirements", std::move(done));
}

void AccountApi::effectiveMargin(const std::string& account, const std::string& underlying,
                                 Done<wire::EffectiveMargin> done)
{
    object<wire::EffectiveMargin>(accountPath(account) + "/margin-requirements/" + encoded(underlying) + "/effective",
                                  std::move(done));
}

void AccountApi::marginConfiguration(Done<wire::MarginConfiguration> done)
{
    object<wire::MarginConfiguration>("/margin-requirements-public-configuration", std::move(done));
}

void AccountApi::marginDryRun(const std::string& account, const portfolio::OrderIntent& intent,
                              Done<wire::MarginDryRun> done)
{
    constexpr const char* what = "margin dry run";
    wire::OrderRequest order;
    order.intent = intent;
    order.valueEffect = portfolio::valueEffectOf(intent);
    order.source = sourceName;
    QJsonObject body = wire::toJson(order);
    wire::put(body, "account-number", account);
    wire::put(body, "underlying-symbol", intent.underlying);
    HttpRequest request = makeRequest(HttpRequest::Verb::Post, "/margin/accounts/" + encoded(account) + "/dry-run");
    request.body = wire::toBytes(body);
    // It changes nothing, so it may be repeated like a read.
    m_queue.submit(RequestQueue::Kind::Read, std::move(request),
                   reading<wire::MarginDryRun>(
                       what, dataParser<wire::MarginDryRun>(what, wire::read<wire::MarginDryRun>), std::move(done)));
}

} // namespace vegadesk::tastytrade
