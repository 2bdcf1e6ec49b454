// What an order needs of the buying power, and what is left of it.
#include "backtest/simulated_broker.h"
#include "market/calendar.h"
#include "portfolio/fees.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

constexpr std::string_view accountName = "SIMULATED";

base::Decimal decimalOf(double value)
{
    return base::Decimal::fromDouble(value).value_or(base::Decimal{});
}

bool opens(const portfolio::OrderIntent& intent)
{
    return std::ranges::any_of(intent.legs,
                               [](const portfolio::OrderLeg& leg) { return portfolio::isOpening(leg.action); });
}

} // namespace

SimulatedBroker::Commitments SimulatedBroker::commitments() const
{
    Commitments all;
    for (const Working& working : m_working) {
        portfolio::OrderIntent rest = m_account.inShares(working.order.intent);
        const base::Quantity units = portfolio::unitCount(rest);
        const base::Quantity unitsLeft = units - working.filledUnits;
        // Closing orders free buying power once they fill, not before.
        if (execution::isTerminal(working.order.status) || unitsLeft <= 0 || !opens(rest))
            continue;
        for (portfolio::OrderLeg& leg : rest.legs)
            leg.quantity = leg.quantity / units * unitsLeft;
        const double limit = portfolio::signedLimit(rest);
        const double worth = m_account.worthOf(rest); // not known where a leg is not listed
        const auto first = m_account.lookUp(rest.legs.front(), rest.underlying);
        // A market order that waits for its quote pays about what it is worth.
        all.netLiquidationChange +=
            std::isfinite(limit) ? worth - limit * (unitsLeft * (first ? first->multiplier : 1)).toDouble() : 0;
        const double paid = limit * (unitsLeft * (first ? first->multiplier : 1)).toDouble();
        all.payments += paid > 0 ? paid : 0;
        all.orders.push_back(std::move(rest));
    }
    return all;
}

portfolio::DryRunResult SimulatedBroker::judge(const portfolio::OrderIntent& asked) const
{
    const portfolio::OrderIntent intent = m_account.inShares(asked);
    portfolio::DryRunResult result;
    std::vector<execution::LegQuote> quotes;
    double atMids = 0; // what the legs are worth, signed: positive is bought
    int multiplier = 1;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const auto market = m_account.lookUp(leg, intent.underlying);
        if (!market) {
            result.errors.push_back(fmt::format("{} is not listed", leg.symbol));
            return result;
        }
        if (!market->contract && portfolio::isBroadIndex(intent.underlying)) {
            result.errors.push_back(fmt::format("{} is an index and cannot be traded", leg.symbol));
            return result;
        }
        if (quotes.empty()) // the net price of a unit counts as often as its first leg's
            multiplier = market->multiplier;
        atMids += (portfolio::signedQuantity(leg.action, leg.quantity) * market->multiplier).toDouble() *
                  market->quote.quote.mid();
        quotes.push_back(market->quote);
    }
    if (intent.type != portfolio::OrderType::Limit && intent.type != portfolio::OrderType::Market)
        result.errors.emplace_back("stop orders are not simulated");

    const portfolio::Fees fees = portfolio::feesFor(intent, market::newYorkDate(m_clock.now()));
    result.commission = fees.commission;
    result.clearingFees = fees.clearing;
    result.regulatoryFees = fees.regulatory;
    result.indexOptionFees = fees.indexOption;
    result.totalFees = fees.total();

    // A close frees buying power: it does not wait for what others hold of it.
    Commitments filled = opens(intent) ? commitments() : Commitments{};
    const double before = m_account.requirement(filled.orders);
    filled.orders.push_back(intent);
    const double after = m_account.requirement(filled.orders);
    const double units = portfolio::unitCount(intent).toDouble();
    double paid = units * multiplier * portfolio::signedLimit(intent);
    if (intent.type == portfolio::OrderType::Market)
        paid = units * multiplier * execution::naturalPrice(intent, quotes);
    const double netLiquidationChange = atMids - paid - fees.total().toDouble();
    const double left = netLiquidation() + filled.netLiquidationChange + netLiquidationChange - after;
    const double effect = after - before - netLiquidationChange;
    if (!std::isfinite(left)) {
        result.errors.emplace_back("what it needs is not known: a quote is missing");
        return result;
    }
    result.changeInMargin = decimalOf(after - before);
    result.changeInBuyingPower = decimalOf(effect);
    result.newBuyingPower = decimalOf(left);
    if (left < 0 && effect > 0)
        result.errors.push_back(fmt::format("needs {:.2f} more buying power than there is", -left));
    const double cost = paid + fees.total().toDouble();
    const double settled = (m_account.ledger().cash() - m_account.unsettledCash()).toDouble() - filled.payments;
    if (m_settings.realism.settledCashOnly && cost > 0 && cost > settled)
        result.errors.push_back(fmt::format("needs {:.2f} more cash than has settled", cost - settled));
    return result;
}

void SimulatedBroker::dryRun(const portfolio::OrderIntent& intent, Done<portfolio::DryRunResult> done)
{
    post([this, intent, done = std::move(done)] { done(judge(intent)); }, m_settings.latency);
}

portfolio::Balances SimulatedBroker::currentBalances() const
{
    const double worth = netLiquidation();
    const double requirement = m_account.requirement();
    const Commitments working = commitments();
    const double power = worth + working.netLiquidationChange - m_account.requirement(working.orders);
    portfolio::Balances balances;
    balances.account = accountName;
    balances.cash = m_account.ledger().cash();
    balances.netLiquidation = decimalOf(worth);
    balances.maintenanceRequirement = decimalOf(requirement);
    balances.derivativeBuyingPower = decimalOf(power);
    balances.equityBuyingPower = decimalOf(2 * power); // half of a share's value is required
    balances.pendingCash = m_account.unsettledCash();
    balances.updatedAt = m_clock.now();
    return balances;
}

} // namespace vegadesk::backtest
