#include "venue/account_book.h"

#include "market/calendar.h"
#include "venue/futures_margin.h"

#include <cmath>

namespace vegadesk::venue
{

namespace wire = tastytrade::wire;
using base::Decimal;
using base::Instant;
using market::Instrument;
using portfolio::Position;

Decimal toCents(double amount)
{
    const auto value = Decimal::fromDouble(std::isfinite(amount) ? amount : 0);
    return value.value_or(Decimal{}).roundedTo(Decimal::cent());
}

AccountBook::AccountBook(std::string account, MarketModel& market)
    : m_account(account), m_market(market), m_ledger(std::move(account))
{
}

void AccountBook::start(std::span<const Position> positions, Decimal cash, Instant at)
{
    m_ledger.start(positions, cash);
    for (const Position& position : positions) {
        if (const Instrument* instrument = m_market.find(position.symbol, market::newYorkDate(at)))
            m_instruments.insert_or_assign(position.symbol, *instrument);
        m_createdAt.emplace(position.symbol, position.updatedAt);
    }
}

AccountState AccountBook::state() const
{
    AccountState state{.ledger = m_ledger.state(), .instruments = {}, .createdAt = {}};
    for (const portfolio::LedgerState::Holding& holding : state.ledger.holdings) {
        const std::string& symbol = holding.position.symbol;
        if (const Instrument* const known = instrument(symbol))
            state.instruments.push_back(*known);
        if (const auto created = m_createdAt.find(symbol); created != m_createdAt.end())
            state.createdAt.insert(*created);
    }
    return state;
}

void AccountBook::restore(const AccountState& state)
{
    m_ledger.restore(state.ledger);
    m_createdAt = state.createdAt;
    m_instruments.clear();
    for (const Instrument& instrument : state.instruments)
        m_instruments.insert_or_assign(instrument.symbol, instrument);
}

Decimal AccountBook::book(const portfolio::Fill& fill, const Instrument& instrument, const portfolio::Fees& fees)
{
    if (m_ledger.quantity(fill.symbol) == 0)
        m_createdAt.insert_or_assign(fill.symbol, fill.at);
    m_instruments.try_emplace(fill.symbol, instrument);
    const portfolio::InstrumentFacts facts{instrument.underlying, instrument.type, instrument.multiplier};
    // The exchange makes its own fills, with ids, quantities and prices that the ledger takes.
    const portfolio::Booking booking = m_ledger.book(fill, facts, fees).value();
    const Decimal paid = booking.cash + fees.total();
    if (instrument.type != market::InstrumentType::Future)
        return paid;
    m_ledger.moveCash(booking.realized - paid);
    return booking.realized;
}

std::vector<AccountBook::Variation>
AccountBook::settleFutures(const std::function<std::optional<double>(const Instrument& future)>& price)
{
    std::vector<Variation> paid;
    for (Position position : m_ledger.positions()) {
        const Instrument* const known = instrument(position.symbol);
        if (known == nullptr || known->type != market::InstrumentType::Future || position.quantity == 0)
            continue;
        const auto settlement = Decimal::fromDouble(price(*known).value_or(market::unknown));
        if (!settlement)
            continue;
        const Decimal amount = (*settlement - position.averageOpenPrice) * (position.quantity * position.multiplier);
        position.averageOpenPrice = position.averageDailyMarketClosePrice = *settlement;
        m_ledger.adopt(position);
        m_ledger.moveCash(amount);
        paid.push_back({*known, *settlement, amount});
    }
    return paid;
}

void AccountBook::startDay(Instant previousClose)
{
    m_ledger.startDay([&](const Position& position) { return mark(position, previousClose); });
}

const Instrument* AccountBook::instrument(std::string_view symbol) const
{
    const auto found = m_instruments.find(symbol);
    return found == m_instruments.end() ? nullptr : &found->second;
}

double AccountBook::mark(const Position& position, Instant at) const
{
    const Instrument* known = instrument(position.symbol);
    const double value = known == nullptr ? market::unknown : m_market.mark(*known, at);
    return std::isfinite(value) ? value : position.averageOpenPrice.toDouble();
}

wire::AccountPosition AccountBook::positionReport(const Position& position, Instant at) const
{
    wire::AccountPosition report;
    report.values = position;
    report.values.updatedAt = std::max(position.updatedAt, Instant{});
    report.realizedTodayDate = market::newYorkDate(at);
    report.closePrice = position.averageDailyMarketClosePrice;
    if (const auto created = m_createdAt.find(position.symbol); created != m_createdAt.end())
        report.createdAt = created->second;
    const Instrument* known = instrument(position.symbol);
    if (known != nullptr && (known->isOption() || known->type == market::InstrumentType::Future))
        report.expiresAt = known->expiresAt;
    return report;
}

std::vector<AccountBook::UnderlyingMargin> AccountBook::margins(Instant at, std::span<const HoldingChange> changes,
                                                                bool withHoldings) const
{
    using Holding = UnderlyingMargin::Holding;
    std::map<std::string, std::map<std::string, Holding>> byUnderlying;
    const auto add = [&](const Instrument& instrument, base::Quantity quantity, double mark) {
        auto [entry, isNew] =
            byUnderlying[instrument.underlying].try_emplace(instrument.symbol, Holding{instrument, 0, mark});
        entry->second.quantity += quantity;
    };
    if (withHoldings) {
        for (const Position& position : m_ledger.positions()) {
            if (const Instrument* known = instrument(position.symbol); known != nullptr && position.quantity != 0)
                add(*known, position.quantity, mark(position, at));
        }
    }
    for (const HoldingChange& change : changes)
        add(change.instrument, change.quantity, m_market.mark(change.instrument, at));

    std::vector<UnderlyingMargin> all;
    for (auto& [underlying, bySymbol] : byUnderlying) {
        UnderlyingMargin& one = all.emplace_back();
        one.underlying = underlying;
        std::vector<portfolio::MarginLeg> legs;
        for (auto& [symbol, holding] : bySymbol) {
            if (holding.quantity == 0)
                continue;
            portfolio::MarginLeg leg;
            leg.isOption = holding.instrument.isOption();
            if (leg.isOption) {
                leg.right = holding.instrument.option->right;
                leg.strike = holding.instrument.option->strike.toDouble();
                leg.expiry = holding.instrument.option->expiry;
                leg.settlement = holding.instrument.settlement;
            } else if (holding.instrument.type != market::InstrumentType::Future) {
                one.stockValue += holding.mark * holding.quantity.toDouble();
            }
            leg.quantity = holding.quantity;
            leg.multiplier = holding.instrument.multiplier;
            leg.mark = holding.mark;
            legs.push_back(leg);
            one.holdings.push_back(std::move(holding));
        }
        if (underlying.starts_with('/')) {
            one.margin = FuturesMargin::of(one.holdings, m_market, at);
            continue;
        }
        const Instrument* own = m_market.find(underlying, market::newYorkDate(at));
        const double spot = own == nullptr ? market::unknown : m_market.mark(*own, at);
        one.margin = portfolio::marginOf(legs, spot, portfolio::isBroadIndex(underlying));
    }
    return all;
}

AccountBook::Requirements AccountBook::requirements(Instant at, std::span<const HoldingChange> changes) const
{
    Requirements sum;
    for (const UnderlyingMargin& one : margins(at, changes)) {
        sum.held += one.margin.held;
        sum.paid += one.margin.paid;
        sum.stockValue += one.stockValue;
    }
    return sum;
}

double AccountBook::valueOf(const Position& position, Instant at) const
{
    const double paid = position.type == market::InstrumentType::Future ? position.averageOpenPrice.toDouble() : 0;
    return (mark(position, at) - paid) * (position.quantity * position.multiplier).toDouble();
}

Decimal AccountBook::netLiquidation(Instant at) const
{
    double value = 0;
    for (const Position& position : m_ledger.positions()) {
        if (position.quantity != 0)
            value += valueOf(position, at);
    }
    return m_ledger.cash() + toCents(value);
}

double AccountBook::buyingPower(Instant at, std::span<const HoldingChange> changes, double cash) const
{
    // Short premium is in the cash and again in what margins hold; long options lend nothing.
    const Requirements all = requirements(at, changes);
    double variation = 0; // of futures: not paid yet, but for this
    for (const Position& position : m_ledger.positions())
        variation += position.type == market::InstrumentType::Future ? valueOf(position, at) : 0;
    return m_ledger.cash().toDouble() + cash + all.stockValue + variation - all.held;
}

double AccountBook::requirement(Instant at, std::span<const HoldingChange> changes) const
{
    const Requirements all = requirements(at, changes);
    return all.held + all.paid;
}

wire::AccountBalance AccountBook::balanceReport(Instant at, std::span<const HoldingChange> working, double cash) const
{
    double longEquity = 0, shortEquity = 0, longOptions = 0, shortOptions = 0, futures = 0, futureOptions = 0;
    for (const Position& position : m_ledger.positions()) {
        const double value = valueOf(position, at);
        const bool isOption = position.type == market::InstrumentType::EquityOption;
        const bool isFuture = position.type == market::InstrumentType::Future;
        const bool isFutureOption = position.type == market::InstrumentType::FutureOption;
        if (isFuture || isFutureOption)
            (isFuture ? futures : futureOptions) += value;
        else
            (isOption ? (value > 0 ? longOptions : shortOptions) : (value > 0 ? longEquity : shortEquity)) += value;
    }
    wire::AccountBalance report;
    const double power = buyingPower(at, working, cash);
    report.values.account = m_account;
    report.values.cash = m_ledger.cash();
    report.values.netLiquidation =
        m_ledger.cash() + toCents(longEquity + shortEquity + longOptions + shortOptions + futures + futureOptions);
    report.values.equityBuyingPower = toCents(2 * power);
    report.values.derivativeBuyingPower = toCents(power);
    report.values.maintenanceRequirement = toCents(requirement(at));
    report.values.updatedAt = at;
    report.longEquityValue = toCents(longEquity);
    report.shortEquityValue = toCents(-shortEquity);
    report.longDerivativeValue = toCents(longOptions);
    report.shortDerivativeValue = toCents(-shortOptions);
    report.snapshotDate = market::newYorkDate(at);
    return report;
}

} // namespace vegadesk::venue
