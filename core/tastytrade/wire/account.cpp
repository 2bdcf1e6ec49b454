#include "tastytrade/wire/account.h"

namespace vegadesk::tastytrade::wire
{

base::Result<Account> parseAccount(const QJsonObject& item)
{
    const Fields outer(item, "account");
    Fields in(outer.child("account"), "account");
    Account account;
    account.number = in.text("account-number");
    account.nickname = in.text("nickname", {});
    account.type = in.text("account-type-name", {});
    account.marginOrCash = in.text("margin-or-cash", {});
    account.authority = outer.text("authority-level", {});
    account.optionsLevel = in.text("suitable-options-level", {});
    account.isClosed = in.flag("is-closed", false);
    account.isFuturesApproved = in.flag("is-futures-approved", false);
    account.isDayTrader = in.flag("day-trader-status", false);
    account.externalId = in.text("external-id", {});
    account.objective = in.text("investment-objective", {});
    account.openedAt = in.optionalInstant("opened-at");
    account.fundedOn = in.optionalDate("funding-date");
    if (in.failed())
        return in.error();
    return account;
}

QJsonObject toJson(const Account& account)
{
    QJsonObject inner;
    put(inner, "account-number", account.number);
    put(inner, "nickname", account.nickname);
    put(inner, "account-type-name", account.type);
    put(inner, "margin-or-cash", account.marginOrCash);
    put(inner, "suitable-options-level", account.optionsLevel);
    if (!account.objective.empty())
        put(inner, "investment-objective", account.objective);
    if (!account.externalId.empty())
        put(inner, "external-id", account.externalId);
    putIf(inner, "funding-date", account.fundedOn);
    putIf(inner, "opened-at", account.openedAt);
    putIf(inner, "created-at", account.openedAt);
    inner.insert(QLatin1String("is-closed"), account.isClosed);
    inner.insert(QLatin1String("is-futures-approved"), account.isFuturesApproved);
    inner.insert(QLatin1String("day-trader-status"), account.isDayTrader);
    for (const char* key : {"is-firm-error", "is-firm-proprietary", "is-foreign"})
        inner.insert(QLatin1String(key), false);
    QJsonObject item;
    item.insert(QLatin1String("account"), inner);
    put(item, "authority-level", account.authority);
    return item;
}

base::Result<AccountBalance> parseAccountBalance(const QJsonObject& data)
{
    Fields in(data, "balance");
    AccountBalance balance;
    portfolio::Balances& values = balance.values;
    values.account = in.text("account-number");
    values.cash = in.decimal("cash-balance");
    values.netLiquidation = in.decimal("net-liquidating-value");
    values.equityBuyingPower = in.decimal("equity-buying-power");
    values.derivativeBuyingPower = in.decimal("derivative-buying-power");
    values.maintenanceRequirement = in.decimal("maintenance-requirement");
    values.pendingCash = in.optionalAmount("pending-cash").value_or(base::Decimal{});
    values.updatedAt = in.optionalInstant("updated-at").value_or(base::Instant{});
    balance.longEquityValue = in.decimal("long-equity-value", {});
    balance.shortEquityValue = in.decimal("short-equity-value", {});
    balance.longDerivativeValue = in.decimal("long-derivative-value", {});
    balance.shortDerivativeValue = in.decimal("short-derivative-value", {});
    balance.snapshotDate = in.optionalDate("snapshot-date");
    for (const base::Decimal amount : {values.cash, values.netLiquidation, values.equityBuyingPower,
                                       values.derivativeBuyingPower, values.maintenanceRequirement}) {
        if (!isPlausible(amount, 1, 1))
            in.refuse("amount", amount.toString(), "10 billion at most");
    }
    if (in.failed())
        return in.error();
    return balance;
}

QJsonObject toJson(const AccountBalance& balance)
{
    const portfolio::Balances& values = balance.values;
    QJsonObject object;
    for (const char* key : {"long-futures-value",
                            "short-futures-value",
                            "long-futures-derivative-value",
                            "short-futures-derivative-value",
                            "day-trading-buying-power",
                            "futures-margin-requirement",
                            "maintenance-call-value",
                            "reg-t-call-value",
                            "day-trading-call-value",
                            "day-equity-call-value",
                            "day-trade-excess",
                            "pending-margin-interest",
                            "long-cryptocurrency-value",
                            "short-cryptocurrency-value",
                            "cryptocurrency-margin-requirement",
                            "effective-cryptocurrency-buying-power",
                            "unsettled-cryptocurrency-fiat-amount",
                            "closed-loop-available-balance",
                            "equity-offering-margin-requirement",
                            "long-bond-value",
                            "bond-margin-requirement",
                            "long-fixed-income-security-value",
                            "fixed-income-security-margin-requirement",
                            "futures-overnight-margin-requirement",
                            "futures-intraday-margin-requirement",
                            "buying-power-adjustment",
                            "sma-equity-option-buying-power",
                            "special-memorandum-account-value",
                            "special-memorandum-account-apex-adjustment",
                            "total-pending-liquidity-pool-rebate",
                            "cash-settle-balance",
                            "total-settle-balance"})
        put(object, key, base::Decimal{});
    put(object, "unsettled-cryptocurrency-fiat-effect", std::string_view("None"));
    put(object, "buying-power-adjustment-effect", std::string_view("None"));

    put(object, "account-number", values.account);
    put(object, "currency", std::string_view("USD"));
    put(object, "cash-balance", values.cash);
    put(object, "net-liquidating-value", values.netLiquidation);
    put(object, "equity-buying-power", values.equityBuyingPower);
    put(object, "derivative-buying-power", values.derivativeBuyingPower);
    put(object, "used-derivative-buying-power", values.netLiquidation - values.derivativeBuyingPower);
    put(object, "maintenance-requirement", values.maintenanceRequirement);
    put(object, "reg-t-margin-requirement", values.maintenanceRequirement);
    put(object, "maintenance-excess", values.netLiquidation - values.maintenanceRequirement);
    put(object, "margin-equity", values.netLiquidation);
    put(object, "margin-settle-balance", values.cash);
    put(object, "available-trading-funds", values.derivativeBuyingPower);
    put(object, "cash-available-to-withdraw", values.derivativeBuyingPower);
    putAmount(object, "pending-cash", values.pendingCash);
    put(object, "long-equity-value", balance.longEquityValue);
    put(object, "short-equity-value", balance.shortEquityValue);
    put(object, "long-margineable-value", balance.longEquityValue);
    put(object, "short-margineable-value", balance.shortEquityValue);
    put(object, "long-derivative-value", balance.longDerivativeValue);
    put(object, "short-derivative-value", balance.shortDerivativeValue);
    putIf(object, "snapshot-date", balance.snapshotDate);
    put(object, "updated-at", values.updatedAt);
    return object;
}

base::Result<AccountPosition> parseAccountPosition(const QJsonObject& object)
{
    Fields in(object, "position");
    AccountPosition position;
    portfolio::Position& values = position.values;
    values.account = in.text("account-number");
    values.symbol = in.text("symbol");
    values.underlying = in.text("underlying-symbol", values.symbol);
    values.type = in.take(market::instrumentTypeFromWire(in.text("instrument-type")));
    values.quantity = in.quantity("quantity");
    if (values.quantity < 0 || values.quantity > largestQuantity)
        in.refuse("quantity", values.quantity.toString(), "0 to 10,000,000, without a sign");
    if (!values.quantity.isWhole() && !portfolio::isDivisible(values.type))
        in.refuse("quantity", values.quantity.toString(), "whole contracts");
    const std::string direction = in.text("quantity-direction");
    if (direction == "Short" && values.quantity > 0)
        values.quantity = -values.quantity;
    else if (direction != "Short" && direction != "Long" && direction != "Zero")
        in.refuse("quantity-direction", direction, "Long, Short or Zero");
    const bool isOption =
        values.type == market::InstrumentType::EquityOption || values.type == market::InstrumentType::FutureOption;
    const std::int64_t multiplier = in.integer("multiplier", isOption ? 100 : 1);
    if (multiplier < 1 || multiplier > 1'000'000)
        in.refuse("multiplier", std::to_string(multiplier), "1 to 1,000,000");
    else
        values.multiplier = static_cast<int>(multiplier);
    values.averageOpenPrice = in.decimal("average-open-price");
    values.averageDailyMarketClosePrice = in.decimal("average-daily-market-close-price", values.averageOpenPrice);
    values.realizedToday = in.optionalAmount("realized-today").value_or(base::Decimal{});
    values.updatedAt = in.optionalInstant("updated-at").value_or(base::Instant{});
    position.realizedTodayDate = in.optionalDate("realized-today-date");
    position.closePrice = in.optionalDecimal("close-price");
    position.mark = in.optionalFigure("mark");
    position.markPrice = in.optionalFigure("mark-price");
    for (const base::Decimal price : {values.averageOpenPrice, values.averageDailyMarketClosePrice}) {
        if (!isPlausible(price, values.quantity, values.multiplier))
            in.refuse("average-open-price", price.toString(), "a position worth 10 billion at most");
    }
    if (!isPlausible(values.realizedToday, 1, 1))
        in.refuse("realized-today", values.realizedToday.toString(), "10 billion at most");
    position.createdAt = in.optionalInstant("created-at");
    position.expiresAt = in.optionalInstant("expires-at");
    if (in.failed())
        return in.error();
    return position;
}

QJsonObject toJson(const AccountPosition& position)
{
    const portfolio::Position& values = position.values;
    QJsonObject object;
    put(object, "account-number", values.account);
    put(object, "symbol", values.symbol);
    put(object, "instrument-type", market::toWire(values.type));
    put(object, "underlying-symbol", values.underlying);
    put(object, "quantity", values.quantity.abs());
    put(object, "quantity-direction",
        std::string_view(values.quantity == 0  ? "Zero"
                         : values.quantity < 0 ? "Short"
                                               : "Long"));
    putIf(object, "close-price", position.closePrice);
    putIf(object, "mark", position.mark);
    putIf(object, "mark-price", position.markPrice);
    put(object, "average-open-price", values.averageOpenPrice);
    put(object, "average-yearly-market-close-price", values.averageOpenPrice);
    put(object, "average-daily-market-close-price", values.averageDailyMarketClosePrice);
    object.insert(QLatin1String("multiplier"), values.multiplier);
    put(object, "cost-effect",
        std::string_view(values.quantity == 0  ? "None"
                         : values.quantity < 0 ? "Debit"
                                               : "Credit"));
    object.insert(QLatin1String("is-suppressed"), false);
    object.insert(QLatin1String("is-frozen"), false);
    object.insert(QLatin1String("restricted-quantity"), 0);
    putIf(object, "expires-at", position.expiresAt);
    for (const char* key : {"realized-day-gain", "realized-today"})
        putAmount(object, key, values.realizedToday);
    putIf(object, "realized-day-gain-date", position.realizedTodayDate);
    putIf(object, "realized-today-date", position.realizedTodayDate);
    putIf(object, "created-at", position.createdAt);
    put(object, "updated-at", values.updatedAt);
    return object;
}

execution::Unreadable unreadablePosition(const QJsonObject& object, const base::Error& error)
{
    const Fields in(object, "position");
    const std::string symbol = in.text("symbol", {});
    return {"position " + (symbol.empty() ? "without a symbol" : symbol), in.text("underlying-symbol", symbol),
            error.message()};
}

portfolio::Position positionOn(const AccountPosition& position, base::Date today)
{
    portfolio::Position values = position.values;
    if (position.realizedTodayDate != today)
        values.realizedToday = {};
    return values;
}

} // namespace vegadesk::tastytrade::wire
