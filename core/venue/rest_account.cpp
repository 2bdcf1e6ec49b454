#include "market/calendar.h"
#include "tastytrade/wire/account.h"
#include "tastytrade/wire/customer.h"
#include "venue/rest_answers.h"

#include <cmath>

/// The routes about the customer and what the account is and holds now.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

constexpr int balancesAsItems = 20240501; ///< from this version on

wire::Customer simulatedCustomer(base::Instant createdAt)
{
    wire::Customer customer;
    customer.firstName = "Simulated";
    customer.lastName = "Customer";
    customer.email = "simulated@example.test";
    customer.phone = "+13125550100";
    customer.birthDate = "1990-01-01";
    customer.address = {"1 Simulated Street", "Chicago", "IL", "60606", "USA"};
    customer.mailingAddress = customer.address;
    wire::AccountType individual;
    individual.name = "Individual";
    individual.description = "Simulated account of one person";
    individual.marginTypes = {{"Margin", true}};
    customer.accountTypes = {individual};
    customer.createdAt = createdAt;
    return customer;
}

} // namespace

HttpAnswer RestApi::customers(const Call& call)
{
    if (!call.isGet())
        return notFound("route");
    if (call.part(1) != QLatin1String("me"))
        return error(403, "not_permitted", "User not permitted access");
    const wire::Account account = m_exchange.account();
    if (call.segments.size() == 2)
        return data(simulatedCustomer(account.openedAt.value_or(m_exchange.now())), call.context);
    if (call.part(2) == QLatin1String("orders"))
        return customerOrders(call);
    if (call.part(2) != QLatin1String("accounts"))
        return notFound("route");
    if (call.segments.size() == 3)
        return items(std::vector{account}, call.context);
    if (call.segments.size() == 4 && call.part(3).toStdString() == m_exchange.accountNumber())
        return json(wire::envelope(wire::toJson(account).value(QLatin1String("account")).toObject(), call.context));
    return notFound("account");
}

HttpAnswer RestApi::accounts(const Call& call)
{
    if (call.segments.size() < 3)
        return notFound("route");
    if (call.part(1).toStdString() != m_exchange.accountNumber())
        return error(403, "not_permitted", "User not permitted access");
    const QString what = call.part(2);
    if (what == QLatin1String("orders"))
        return orders(call);
    if (what == QLatin1String("complex-orders"))
        return complexOrders(call);
    if (!call.isGet())
        return notFound("route");
    if (what == QLatin1String("transactions"))
        return transactions(call);
    if (what == QLatin1String("balances"))
        return balances(call);
    if (what == QLatin1String("net-liq"))
        return netLiquidation(call);
    if (what == QLatin1String("margin-requirements"))
        return effectiveMargin(call);
    if (call.segments.size() > 3)
        return notFound("route");
    if (what == QLatin1String("balance-snapshots"))
        return balanceSnapshots(call);
    if (what == QLatin1String("positions"))
        return positions(call);
    if (what == QLatin1String("position-limit"))
        return data(wire::PositionLimit{}, call.context);
    if (what != QLatin1String("trading-status"))
        return notFound("route");
    wire::TradingStatus status;
    status.account = m_exchange.accountNumber();
    status.isFuturesEnabled = m_exchange.account().isFuturesApproved;
    status.id = "1";
    status.updatedAt = m_exchange.now();
    return data(status, call.context);
}

HttpAnswer RestApi::balances(const Call& call)
{
    const QJsonObject balance = wire::toJson(m_exchange.balance());
    if (call.segments.size() == 3) {
        const bool isList = call.version && *call.version >= balancesAsItems;
        return json(isList ? wire::itemsEnvelope({balance}, call.context) : wire::envelope(balance, call.context));
    }
    if (call.segments.size() != 4 || call.part(3) != QLatin1String("USD"))
        return notFound("balance in " + call.symbol(3));
    return json(wire::envelope(balance, call.context));
}

HttpAnswer RestApi::balanceSnapshots(const Call& call)
{
    const auto day = call.query.date("snapshot-date");
    const auto from = call.query.date("start-date");
    const auto to = call.query.date("end-date");
    for (const auto* date : {&day, &from, &to}) {
        if (!*date)
            return validationError(date->error());
    }
    const std::string timeOfDay = call.query.text("time-of-day");
    if (!timeOfDay.empty() && timeOfDay != "BOD" && timeOfDay != "EOD" && timeOfDay != "Intraday")
        return validationError({base::ErrorKind::BadInput, "time-of-day", timeOfDay, "BOD, EOD or Intraday", {}});
    const std::string currency = call.query.text("currency");
    const bool hasDates = *day || *from || *to;
    std::vector<wire::BalanceSnapshot> found;
    for (const wire::BalanceSnapshot& snapshot : m_exchange.history().balances()) {
        const base::Date date = *snapshot.balance.snapshotDate;
        if ((timeOfDay.empty() || timeOfDay == snapshot.timeOfDay) && (!*day || date == **day) &&
            (!*from || date >= **from) && (!*to || date <= **to))
            found.push_back(snapshot);
    }
    if (!currency.empty() && currency != "USD")
        found.clear();
    else if (!hasDates) {
        // The latest one, and the balance of now.
        if (found.size() > 1)
            found.erase(found.begin(), found.end() - 1);
        found.push_back({m_exchange.balance(), timeOfDay == "Intraday" ? "Intraday" : ""});
    }
    return page(found, call.request.query, call.context, {250, 2000});
}

HttpAnswer RestApi::positions(const Call& call)
{
    const std::vector<std::string> symbols = call.query.list("symbol");
    const std::vector<std::string> underlyings = call.query.list("underlying-symbol");
    const std::vector<std::string> types = call.query.list("instrument-type");
    const bool withMarks = call.query.flag("include-marks");
    const bool isOfFutures = !call.query.text("underlying-product-code").empty(); // nothing held here has one
    std::vector<wire::AccountPosition> found;
    // One position a symbol is all there is here: net-positions asks for nothing else.
    for (wire::AccountPosition& position : m_exchange.positions(call.query.flag("include-closed-positions"))) {
        const portfolio::Position& values = position.values;
        if (!isAmong(symbols, values.symbol) || !isAmong(underlyings, values.underlying) ||
            !isAmong(types, market::toWire(values.type)) || isOfFutures)
            continue;
        const market::Instrument* const instrument = m_exchange.book().instrument(values.symbol);
        const double mark = withMarks && instrument ? m_market.mark(*instrument, m_exchange.now()) : market::unknown;
        if (std::isfinite(mark)) {
            const auto price = base::Decimal::fromDouble(mark);
            position.markPrice =
                price ? std::optional(price->roundedTo(base::Decimal::fromUnits(10'000))) : std::nullopt;
            position.mark = toCents(mark * (values.quantity.abs() * values.multiplier).toDouble());
        }
        found.push_back(std::move(position));
    }
    return items(found, call.context);
}

} // namespace vegadesk::venue
