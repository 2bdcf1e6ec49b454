#pragma once

#include "execution/fill_model.h"
#include "market/option_chain.h"
#include "portfolio/cash_settlement.h"
#include "portfolio/ledger.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::backtest
{

/// What an option contract is, for as long as it is held.
struct ContractFacts {
    market::OptionTerms terms;
    market::Settlement settlement = market::Settlement::PM;
    base::Instant expiresAt{};
    bool isCashSettled = false; ///< European index options; others deliver shares
    bool isAmerican = true;
};

/// A leg's market now.
struct LegMarket {
    execution::LegQuote quote;
    int multiplier = 1;
    std::optional<ContractFacts> contract; ///< options only
};

/// The money side of a simulated broker: cash, positions, marks and Reg-T requirement, from fills and chains.
///
/// Marks   the mid of the last tradable quote; an option that never had one is worth what was paid for it.
class SimulatedAccount
{
public:
    explicit SimulatedAccount(base::Decimal cash);

    /// Keeps the chain and marks what is held in it. `spot` may be one that parity implies.
    void update(std::shared_ptr<const market::OptionChain> chain, double spot);
    /// Empty when the last chain of that underlying does not list the symbol.
    std::optional<LegMarket> lookUp(const portfolio::OrderLeg& leg, std::string_view underlying) const;
    /// An order for a value as what it trades when it crosses the spread now; any other as it is.
    portfolio::OrderIntent inShares(const portfolio::OrderIntent& intent) const;
    /// When the underlying's last chain is from; the epoch before the first.
    base::Instant quotedAt(std::string_view underlying) const;

    void book(const portfolio::Fill& fill, const portfolio::OrderLeg& leg, const std::string& underlying,
              const portfolio::Fees& fees);

    /// Interest, dividends and whatever else is no fill; settled at once.
    void moveCash(base::Decimal amount) { m_ledger.moveCash(amount); }
    /// Cash of trades that has settled by the morning of `today`.
    void settleCash(base::Date today) { m_unsettled.settle(today); }
    base::Decimal unsettledCash() const { return m_unsettled.pending(); }

    const portfolio::Ledger& ledger() const { return m_ledger; }
    std::vector<portfolio::Position> held() const; ///< nonzero positions
    const ContractFacts* contract(std::string_view symbol) const;
    double netLiquidation() const;
    double spot(std::string_view underlying) const; ///< NaN before the first
    /// Of what is held, or of the last chain; NaN when neither has one.
    double mark(std::string_view symbol, std::string_view underlying) const;
    /// Cash that must stand behind all positions after `filled` have filled in full; NaN when a price it needs is not known.
    double requirement(std::span<const portfolio::OrderIntent> filled = {}) const;
    /// What the order's legs are worth, signed: positive is bought. NaN when a mark is not known.
    double worthOf(const portfolio::OrderIntent& intent) const;

private:
    using Quantities = std::map<std::string, base::Quantity, std::less<>>;
    double requirementOf(const std::string& underlying, const Quantities& quantities) const;
    std::map<std::string, Quantities, std::less<>> quantities() const; ///< by underlying

    portfolio::Ledger m_ledger;
    portfolio::UnsettledCash m_unsettled;
    std::map<std::string, std::shared_ptr<const market::OptionChain>, std::less<>> m_chains;
    std::map<std::string, double, std::less<>> m_spots;            ///< by underlying, the last known
    std::map<std::string, double, std::less<>> m_marks;            ///< by symbol
    std::map<std::string, ContractFacts, std::less<>> m_contracts; ///< of what is held
};

} // namespace vegadesk::backtest
