// What takes options out of the account without an order: expiries, exercise and assignment.
#include "backtest/simulated_broker.h"

#include "market/calendar.h"
#include "market/symbols.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

using execution::OrderStatus;

double normalBelow(double deviations)
{
    return 0.5 * std::erfc(-deviations / std::sqrt(2.0));
}

} // namespace

std::optional<base::Instant> SimulatedBroker::nextExpiry() const
{
    std::optional<base::Instant> next;
    for (const portfolio::Position& position : m_account.held()) {
        const ContractFacts* const contract = m_account.contract(position.symbol);
        if (contract && (!next || contract->expiresAt < *next))
            next = contract->expiresAt;
    }
    return next;
}

base::Result<void> SimulatedBroker::settle(const SettlementPrice& price)
{
    for (const portfolio::Position& position : m_account.held()) {
        const ContractFacts* const contract = m_account.contract(position.symbol);
        if (!contract || contract->expiresAt > m_clock.now())
            continue;
        const auto settled = price(position.underlying, contract->terms.expiry, contract->settlement);
        if (!settled || !(*settled > 0))
            return base::fail(base::ErrorKind::NotFound, "settlement price",
                              fmt::format("{} {}", position.underlying, base::formatDate(contract->terms.expiry)),
                              "the data do not have it, and another price must not stand in for it");
        const ContractFacts facts = *contract;
        endOrdersFor(position.symbol, "the option has expired");
        settleOne(position, facts, *settled);
    }
    publishBalances();
    return {};
}

/// A contract that is gone cannot fill.
void SimulatedBroker::endOrdersFor(std::string_view symbol, std::string_view why)
{
    for (Working& working : m_working) {
        if (std::ranges::count(working.order.intent.legs, symbol, &portfolio::OrderLeg::symbol) > 0)
            finish(working.order, OrderStatus::Expired, std::string(why));
    }
    sweep();
}

void SimulatedBroker::settleOne(const portfolio::Position& position, const ContractFacts& contract, double price)
{
    const Realism& realism = m_settings.realism;
    const double strike = contract.terms.strike.toDouble();
    const double inTheMoney = contract.terms.right == market::Right::Call ? price - strike : strike - price;
    const bool isExercised = inTheMoney >= realism.exerciseThreshold - 1e-9;
    const base::Quantity contracts = position.quantity.abs();
    if (contract.isCashSettled)
        return take(position, contract, contracts, isExercised ? inTheMoney : 0, false);

    const bool isLong = position.quantity > 0;
    const bool isPinned = !isLong && std::abs(price - strike) < realism.pinWidth * strike;
    const base::Quantity exercised = isPinned ? pinned(position, contract, price)
                                     : isExercised && (!isLong || realism.exercisesLongs) ? contracts
                                                                                          : base::Quantity(0);
    if (exercised > 0)
        take(position, contract, exercised, 0, true);
    if (exercised < contracts)
        take(position, contract, contracts - exercised, 0, false);
}

/// How many of the contracts are assigned. Holders decide by the price at their cutoff, which is after the close, and not all of
/// them by the same: each contract is a draw of its own.
base::Quantity SimulatedBroker::pinned(const portfolio::Position& position, const ContractFacts& contract, double price)
{
    const Realism& realism = m_settings.realism;
    const double strike = contract.terms.strike.toDouble();
    const double inTheMoney = contract.terms.right == market::Right::Call ? price - strike : strike - price;
    PinnedExpiry pin{position.symbol, contract.terms.expiry, price, 0, position.quantity.abs(), 0};
    pin.probability = realism.pinDeviation > 0 ? normalBelow(inTheMoney / (realism.pinDeviation * strike))
                      : inTheMoney >= realism.exerciseThreshold - 1e-9 ? 1
                                                                       : 0;
    for (std::int64_t number = 0; number < pin.contracts.whole(); ++number)
        pin.assigned += drawOf(realism.seed, position.symbol + " pinned", number) < pin.probability ? 1 : 0;
    m_events.push_back(
        {m_clock.now(), "pin",
         fmt::format("{} of {} {} assigned at {:.2f}, {:.0f} % each", pin.assigned.toString(), pin.contracts.toString(),
                     market::contractName(pin.symbol), price, 100 * pin.probability)});
    m_pins.push_back(pin);
    return pin.assigned;
}

/// `cash` a share of the contract, of those that are settled in it.
void SimulatedBroker::take(const portfolio::Position& position, const ContractFacts& contract, base::Quantity contracts,
                           double cash, bool deliversShares)
{
    using portfolio::Action;
    const bool isLong = position.quantity > 0;
    portfolio::OrderIntent intent;
    intent.underlying = position.underlying;
    intent.type = portfolio::OrderType::Market;
    intent.origin = execution::settlementOrigin;
    intent.legs.push_back(
        {position.symbol, position.type, isLong ? Action::SellToClose : Action::BuyToClose, contracts});
    if (deliversShares) {
        const bool buysShares = (contract.terms.right == market::Right::Call) == isLong;
        const base::Quantity held = m_account.ledger().quantity(position.underlying);
        const bool opens = held == 0 || (held > 0) == buysShares;
        const Action action = buysShares ? (opens ? Action::BuyToOpen : Action::BuyToClose)
                                         : (opens ? Action::SellToOpen : Action::SellToClose);
        intent.legs.push_back(
            {position.underlying, market::InstrumentType::Equity, action, contracts * position.multiplier});
    }

    execution::BrokerOrder order = orderFor(intent, {});
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const base::Decimal at = leg.symbol == position.symbol
                                     ? base::Decimal::fromDouble(cash).value_or(base::Decimal{})
                                     : contract.terms.strike;
        portfolio::Fill fill{
            fmt::format("F{}", ++m_lastFill), order.brokerId, leg.symbol, leg.action, leg.quantity, at, m_clock.now()};
        m_account.book(fill, leg, position.underlying, {});
        order.fills.push_back(std::move(fill));
    }
    finish(order, OrderStatus::Filled);
    m_over.push_back(order);
}

HeldOption SimulatedBroker::seenByHolder(const portfolio::Position& position, const ContractFacts& contract,
                                         double rate) const
{
    HeldOption option;
    option.right = contract.terms.right;
    option.strike = contract.terms.strike.toDouble();
    option.spot = m_account.spot(position.underlying);
    option.mark = m_account.mark(position.symbol, position.underlying);
    option.rate = rate;
    option.years = market::yearsUntil(m_clock.now(), contract.expiresAt);
    market::OptionTerms put = contract.terms;
    put.right = market::Right::Put;
    if (const auto symbol = market::toOccSymbol(put); symbol && option.right == market::Right::Call)
        option.sameStrikePut = m_account.mark(*symbol, position.underlying);
    return option;
}

/// Told in the evening, before the ex-date that it was for: the shares that it leaves short owe the dividend.
void SimulatedBroker::assignEarly(const Evening& evening, const EveningShare& share)
{
    const Realism& realism = m_settings.realism;
    double dividend = 0;
    for (const history::CashPayment& payment : share.payments)
        dividend += payment.amount.toDouble();
    for (const portfolio::Position& position : m_account.held()) {
        const ContractFacts* const contract = m_account.contract(position.symbol);
        if (!contract || !contract->isAmerican || contract->isCashSettled || position.quantity >= 0 ||
            position.underlying != share.underlying)
            continue;
        const HeldOption option = seenByHolder(position, *contract, evening.riskFreeRate);
        const double intrinsic = intrinsicOf(option);
        base::Quantity assigned = 0;
        std::string why = "exercised early, with hardly any time value left";
        if (realism.dividendAssignment && isExercisedForDividend(option, dividend)) {
            assigned = position.quantity.abs();
            why = fmt::format("exercised for the dividend: {:.4f} of time value would be left, it pays {:.4f}",
                              timeValueAfterDividend(option), dividend);
        } else if (intrinsic > 0 && option.mark - intrinsic <= realism.assignmentTimeValue) {
            const std::string subject = fmt::format("{} {}", position.symbol, base::formatDate(evening.date));
            for (std::int64_t number = 0; number < position.quantity.abs().whole(); ++number)
                assigned += drawOf(realism.seed, subject, number) < realism.assignmentChance ? 1 : 0;
        }
        if (assigned == 0)
            continue;
        const ContractFacts facts = *contract;
        endOrdersFor(position.symbol, "the option was assigned");
        take(position, facts, assigned, 0, true);
        m_assignedEarly += assigned;
        m_events.push_back({m_clock.now(), "assignment",
                            fmt::format("{} of {} {}: {}", assigned.toString(), position.quantity.abs().toString(),
                                        market::contractName(position.symbol), why)});
    }
}

} // namespace vegadesk::backtest
