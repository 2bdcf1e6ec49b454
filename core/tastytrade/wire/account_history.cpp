#include "tastytrade/wire/account_history.h"

namespace vegadesk::tastytrade::wire
{

base::Result<BalanceSnapshot> parseBalanceSnapshot(const QJsonObject& object)
{
    auto balance = parseAccountBalance(object);
    if (!balance)
        return tl::make_unexpected(balance.error());
    return BalanceSnapshot{std::move(*balance), Fields(object, "balance").text("time-of-day", {})};
}

QJsonObject toJson(const BalanceSnapshot& snapshot)
{
    QJsonObject object = toJson(snapshot.balance);
    if (!snapshot.timeOfDay.empty())
        put(object, "time-of-day", snapshot.timeOfDay);
    return object;
}

} // namespace vegadesk::tastytrade::wire
