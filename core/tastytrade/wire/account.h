#pragma once

#include "execution/broker.h"
#include "portfolio/position.h"
#include "tastytrade/wire/json.h"

#include <optional>
#include <string>

namespace vegadesk::tastytrade::wire
{

/// One of the customer's accounts, with what the customer may do there.
struct Account {
    std::string number;
    std::string nickname;
    std::string type = "Individual";
    std::string marginOrCash = "Margin";
    std::string authority = "owner"; ///< "owner", "trade-only" or "read-only"
    std::string optionsLevel = "No Restrictions";
    std::string externalId, objective;
    bool isClosed = false;
    bool isFuturesApproved = false;
    bool isDayTrader = false;
    std::optional<base::Instant> openedAt;
    std::optional<base::Date> fundedOn;

    friend bool operator==(const Account&, const Account&) = default;
};
/// An item of GET /customers/me/accounts: {"account": {…}, "authority-level": …}.
base::Result<Account> parseAccount(const QJsonObject& item);
QJsonObject toJson(const Account& account);

/// Data of GET /accounts/{n}/balances/USD and of the AccountBalance notification. What the account model of
/// ours does not know (futures, crypto, bonds) is printed as 0.0, because strict clients want every field.
struct AccountBalance {
    portfolio::Balances values; ///< pendingCash is signed
    base::Decimal longEquityValue, shortEquityValue;
    base::Decimal longDerivativeValue, shortDerivativeValue; ///< unsigned, as the broker reports them
    std::optional<base::Date> snapshotDate;
};
base::Result<AccountBalance> parseAccountBalance(const QJsonObject& data);
QJsonObject toJson(const AccountBalance& balance);

/// An item of GET /accounts/{n}/positions and the data of the CurrentPosition notification.
struct AccountPosition {
    portfolio::Position values;                   ///< realizedToday counts only on realizedTodayDate
    std::optional<base::Decimal> mark, markPrice; ///< with include-marks: of the whole position, and of a share
    std::optional<base::Date> realizedTodayDate;
    std::optional<base::Decimal> closePrice;
    std::optional<base::Instant> createdAt, expiresAt;
};
/// Errors: also a fraction of a contract, and figures that no account has (see largestQuantity and largestValue), which sums
/// could not hold. A missing multiplier is 100 for options and 1 for the rest.
base::Result<AccountPosition> parseAccountPosition(const QJsonObject& object);
QJsonObject toJson(const AccountPosition& position);
/// What `object` says of a position that parseAccountPosition() refused, for `error`.
execution::Unreadable unreadablePosition(const QJsonObject& object, const base::Error& error);
/// The values, without a realised gain of another day.
portfolio::Position positionOn(const AccountPosition& position, base::Date today);

} // namespace vegadesk::tastytrade::wire
