#pragma once

#include "market/instrument.h"
#include "portfolio/ledger.h"
#include "portfolio/margin.h"
#include "tastytrade/wire/account.h"
#include "venue/market_model.h"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::venue
{

/// A change an order would make: signed quantity of one instrument.
struct HoldingChange {
    market::Instrument instrument;
    base::Quantity quantity = 0;
};

/// What the account must keep to go on as it is.
struct AccountState {
    portfolio::LedgerState ledger;
    /// Of the holdings, as far as they are known: an expired contract is listed no more.
    std::vector<market::Instrument> instruments;
    std::map<std::string, base::Instant, std::less<>> createdAt; ///< by symbol
};

/// The account at the venue: positions, cash, margin. Prices come from the market model at the moment asked.
class AccountBook
{
public:
    AccountBook(std::string account, MarketModel& market);

    void start(std::span<const portfolio::Position> positions, base::Decimal cash, base::Instant at);
    AccountState state() const;
    void restore(const AccountState& state);
    /// Books a fill of `instrument`; fees are charged with it. The cash that it moved, without them: of a future what closing
    /// it made since the last settlement, as nothing is paid to open one.
    base::Decimal book(const portfolio::Fill& fill, const market::Instrument& instrument, const portfolio::Fees& fees);
    /// What one future of the account made since it was last settled.
    struct Variation {
        market::Instrument instrument;
        base::Decimal price, amount; ///< settlement; cash, signed
    };
    /// Pays it: from now on the open price of each future is that of this settlement. `price` gives it, or none.
    std::vector<Variation>
    settleFutures(const std::function<std::optional<double>(const market::Instrument& future)>& price);
    /// What is no trade.
    void moveCash(base::Decimal amount) { m_ledger.moveCash(amount); }
    /// Before a session: yesterday's marks become the day's basis.
    void startDay(base::Instant previousClose);

    base::Quantity quantity(std::string_view symbol) const { return m_ledger.quantity(symbol); }
    std::vector<portfolio::Position> positions() const { return m_ledger.positions(); }
    /// Of a position we hold or held; null otherwise.
    const market::Instrument* instrument(std::string_view symbol) const;

    tastytrade::wire::AccountPosition positionReport(const portfolio::Position& position, base::Instant at) const;
    /// Cash and the marks of all that is held.
    base::Decimal netLiquidation(base::Instant at) const;
    /// `working` and `cash`: what orders that work hold of the buying power.
    tastytrade::wire::AccountBalance balanceReport(base::Instant at, std::span<const HoldingChange> working,
                                                   double cash) const;

    /// What may still be spent on options: cash and half the stock, less what margins hold. `changes` and `cash` are added
    /// to what the account has.
    double buyingPower(base::Instant at, std::span<const HoldingChange> changes = {}, double cash = 0) const;
    /// What one underlying is made of and asks for.
    struct UnderlyingMargin {
        struct Holding {
            market::Instrument instrument;
            base::Quantity quantity = 0;
            double mark = market::unknown; ///< per share
        };
        std::string underlying;
        std::vector<Holding> holdings; ///< none with quantity 0
        portfolio::Margin margin;
        double stockValue = 0;
    };
    /// By underlying, `changes` included; without the holdings it is of the changes alone.
    std::vector<UnderlyingMargin> margins(base::Instant at, std::span<const HoldingChange> changes = {},
                                          bool withHoldings = true) const;
    /// Margin of everything, `changes` included.
    double requirement(base::Instant at, std::span<const HoldingChange> changes = {}) const;

private:
    struct Requirements {
        double held = 0, paid = 0, stockValue = 0;
    };
    Requirements requirements(base::Instant at, std::span<const HoldingChange> changes) const;
    double mark(const portfolio::Position& position, base::Instant at) const;
    /// What closing it now would add to the cash: of a future the gain since the last settlement alone.
    double valueOf(const portfolio::Position& position, base::Instant at) const;

    std::string m_account;
    MarketModel& m_market;
    portfolio::Ledger m_ledger;
    std::map<std::string, market::Instrument, std::less<>> m_instruments;
    std::map<std::string, base::Instant, std::less<>> m_createdAt;
};

/// Cash to the nearest cent. NaN becomes 0: a report must hold numbers, and the marks it is made of are shown one by one.
base::Decimal toCents(double amount);

} // namespace vegadesk::venue
