#pragma once

#include "base/decimal.h"
#include "base/time.h"
#include "market/instrument.h"
#include "portfolio/order_intent.h"

#include <string>
#include <vector>

namespace vegadesk::portfolio
{

/// One execution of one leg. The id is the broker's and counts once, however often it is reported.
struct Fill {
    std::string fillId;
    std::string orderId; ///< broker's order id
    std::string symbol;
    Action action = Action::BuyToOpen;
    base::Quantity quantity = 0; ///< > 0
    base::Decimal price;         ///< per share or per share of the contract
    base::Instant at{};

    friend bool operator==(const Fill&, const Fill&) = default;
};

/// What the account holds of one instrument, as the broker says or as our fills add up to.
struct Position {
    std::string account;
    std::string symbol;
    std::string underlying;
    market::InstrumentType type = market::InstrumentType::EquityOption;
    base::Quantity quantity = 0; ///< signed: negative is short
    int multiplier = 100;
    base::Decimal averageOpenPrice;
    base::Decimal averageDailyMarketClosePrice; ///< basis for today's P&L; the open price for positions of today
    base::Decimal realizedToday;                ///< signed cash
    base::Instant updatedAt{};
};

/// Cash and limits as the broker reports them. Signed: debts are negative.
struct Balances {
    std::string account;
    base::Decimal cash;
    base::Decimal netLiquidation;
    base::Decimal equityBuyingPower;
    base::Decimal derivativeBuyingPower;
    base::Decimal maintenanceRequirement;
    base::Decimal pendingCash;
    base::Instant updatedAt{};
};

/// Answer to a dry run: the broker's figures for an order that was not sent. Costs are positive, receipts negative.
struct DryRunResult {
    base::Decimal changeInBuyingPower; ///< positive: buying power falls by this much
    base::Decimal changeInMargin;      ///< positive: the requirement rises
    base::Decimal newBuyingPower;
    base::Decimal commission;
    base::Decimal clearingFees;
    base::Decimal regulatoryFees;
    base::Decimal indexOptionFees;
    base::Decimal totalFees;
    std::vector<std::string> warnings;
    std::vector<std::string> errors; ///< why the broker would refuse; empty: it would take the order
};

} // namespace vegadesk::portfolio
