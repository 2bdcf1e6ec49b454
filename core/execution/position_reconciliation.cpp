#include "execution/order_manager.h"

#include "market/calendar.h"
#include "market/symbols.h"
#include "portfolio/fees.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

/// Positions: what fills add up to against what the broker holds, and what stands where they differ.

namespace vegadesk::execution
{

namespace
{

base::Quantity quantityIn(const Quantities& quantities, const std::string& symbol)
{
    const auto entry = quantities.find(symbol);
    return entry == quantities.end() ? base::Quantity{} : entry->second;
}

void set(Quantities& quantities, const std::string& symbol, base::Quantity quantity)
{
    if (quantity == 0)
        quantities.erase(symbol);
    else
        quantities.insert_or_assign(symbol, quantity);
}

} // namespace

void OrderManager::setSettlementPrice(std::function<double(const std::string& symbol)> price)
{
    m_settlementPrice = std::move(price);
}

const portfolio::Position* OrderManager::lastReported(std::string_view symbol) const
{
    const auto known = m_reported.find(symbol);
    return known == m_reported.end() ? nullptr : &known->second;
}

void OrderManager::positionReported(const portfolio::Position& position)
{
    m_underlyingOf.insert_or_assign(position.symbol, position.underlying);
    m_reported.insert_or_assign(position.symbol, position);
    m_positionNews.insert_or_assign(position.symbol, position.quantity);
}

/// News of a position and of the fill behind it come in any order, so they are compared a poll later.
void OrderManager::lookAtPositionNews()
{
    for (const auto& [symbol, quantity] : std::exchange(m_positionNews, {}))
        m_isSnapshotWanted = m_isSnapshotWanted || (m_held && quantityIn(*m_held, symbol) != quantity);
}

void OrderManager::positionsArrived(const base::Result<std::vector<portfolio::Position>>& answer)
{
    if (!answer)
        return finishSnapshot(&answer.error());
    if (m_fills.size() != m_snapshot->fillsBefore) {
        m_isSnapshotWanted = true; // a fill came in between: these positions are neither before nor after it
        return finishSnapshot(nullptr);
    }
    Quantities found;
    for (const portfolio::Position& position : *answer) {
        m_underlyingOf.insert_or_assign(position.symbol, position.underlying);
        m_reported.insert_or_assign(position.symbol, position);
        if (position.quantity != 0)
            found[position.symbol] += position.quantity;
    }
    for (const std::string& gone : m_unreadableBefore) {
        if (!m_unreadable.contains(gone))
            closeDifference(Difference::Kind::Unreadable, gone);
    }
    m_unreadableBefore = std::exchange(m_unreadable, {});
    comparePositions(found, *m_snapshot);
    agreeOnPositions(found, m_snapshot->requestedAt);
    noteAllLegs();
    m_comparedAt = m_snapshot->requestedAt;
    m_reconciledAt = m_snapshot->marketTime;
    finishSnapshot(nullptr);
    askForSettlements();
    const std::vector<OrderObserver*> observers = m_observers;
    for (OrderObserver* observer : observers)
        observer->onReconciled();
}

/// It is held and nobody can say how much: until a person has looked, as if it were a difference.
void OrderManager::brokerUnreadable(const Unreadable& part)
{
    m_unreadable.insert(part.what);
    report({.kind = Difference::Kind::Unreadable,
            .key = part.what,
            .underlying = part.underlying,
            .sentence =
                fmt::format("The broker's {} could not be read, and no limit counts it: {}.", part.what, part.why)});
}

void OrderManager::comparePositions(const Quantities& found, const Snapshot& snapshot)
{
    if (!m_expected)
        return;
    const base::Instant requestedAt = snapshot.requestedAt;
    std::set<std::string, std::less<>> symbols;
    for (const Quantities* side : {&found, &std::as_const(*m_expected)}) {
        for (const auto& [symbol, quantity] : *side)
            symbols.insert(symbol);
    }
    for (const auto& [symbol, mismatch] : m_mismatches)
        symbols.insert(symbol);

    // The broker's books lag its fills by seconds: only a difference that stays is one.
    for (const std::string& symbol : symbols) {
        const Mismatch now{requestedAt, quantityIn(found, symbol), quantityIn(*m_expected, symbol)};
        if (now.found == now.expected) {
            m_mismatches.erase(symbol);
            continue;
        }
        Mismatch& mismatch = m_mismatches.try_emplace(symbol, now).first->second;
        if (mismatch.hasMoved || mismatch.found != now.found || mismatch.expected != now.expected)
            mismatch = now;
    }
    inferSettlements(found, snapshot);

    for (const std::string& symbol : symbols) {
        const base::Quantity theirs = quantityIn(found, symbol);
        const base::Quantity ours = quantityIn(*m_expected, symbol);
        if (theirs == ours) {
            m_mismatches.erase(symbol);
            closeDifference(Difference::Kind::Position, symbol);
        } else if (isRipe(symbol, requestedAt)) {
            report({.kind = Difference::Kind::Position,
                    .key = symbol,
                    .underlying = underlyingOf(symbol),
                    .expected = ours,
                    .found = theirs,
                    .sentence = fmt::format("{}: the broker holds {}, our fills add up to {}.",
                                            market::contractName(symbol), theirs.toString(), ours.toString())});
        } else {
            continue;
        }
        hold(symbol, theirs);
    }
}

bool OrderManager::isRipe(const std::string& symbol, base::Instant requestedAt) const
{
    const auto mismatch = m_mismatches.find(symbol);
    return mismatch != m_mismatches.end() && requestedAt - mismatch->second.firstSeen >= m_settings.snapshotGap;
}

std::optional<EndedOption> OrderManager::endedOption(const std::string& symbol, const Snapshot& snapshot) const
{
    const auto terms = market::parseOccSymbol(symbol);
    if (!terms || !isRipe(symbol, snapshot.requestedAt))
        return std::nullopt;
    // Contracts on an index may end with the open, and nothing says here whether these do.
    const bool isIndex = portfolio::isBroadIndex(underlyingOf(symbol));
    const market::Settlement settlement = isIndex ? market::Settlement::AM : market::Settlement::PM;
    if (snapshot.marketTime < market::expiryInstant(terms->expiry, settlement))
        return std::nullopt;
    const bool isShown = std::ranges::any_of(m_differences, [&](const Difference& open) {
        return open.kind == Difference::Kind::Position && open.key == symbol;
    });
    if (isShown)
        return std::nullopt; // it was gone before its time, and a person looks at it
    const portfolio::Position* const reported = lastReported(symbol);
    return EndedOption{symbol, quantityIn(*m_expected, symbol), reported ? reported->multiplier : 100};
}

/// What expired and is gone, and no transaction said how, underlying by underlying: together they explain the shares that
/// came or went.
void OrderManager::inferSettlements(const Quantities& found, const Snapshot& snapshot)
{
    std::map<std::string, std::vector<EndedOption>> ended;
    for (const auto& [symbol, quantity] : *m_expected) {
        if (found.contains(symbol))
            continue;
        if (auto option = endedOption(symbol, snapshot))
            ended[underlyingOf(symbol)].push_back(*std::move(option));
    }
    for (const auto& [underlying, options] : ended) {
        const base::Quantity shares = quantityIn(found, underlying) - quantityIn(*m_expected, underlying);
        if (shares != 0 && !isRipe(underlying, snapshot.requestedAt))
            continue;
        const double price = m_settlementPrice ? m_settlementPrice(options.front().symbol) : market::unknown;
        for (const Settlement& settlement :
             inferredSettlements(underlying, options, shares, price, snapshot.marketTime))
            bookSettlement(settlement);
    }
}

/// Where counting starts from. A fill that falls between the broker's two answers is in the positions and comes as news
/// later, so only what two snapshots say with no fill in between can be built on, or what the journal's fills add up to.
void OrderManager::agreeOnPositions(const Quantities& found, base::Instant requestedAt)
{
    if (m_held)
        return;
    if (m_expected) {
        for (const auto& [symbol, mismatch] : m_mismatches) {
            if (!isRipe(symbol, requestedAt)) {
                m_isSnapshotWanted = true;
                return;
            }
        }
        m_held = found;
        return;
    }
    if (!m_firstPositions || m_firstPositions->found != found || m_firstPositions->fillCount != m_fills.size())
        m_firstPositions = FirstPositions{found, m_fills.size(), requestedAt};
    if (requestedAt - m_firstPositions->requestedAt < m_settings.positionsLag) {
        m_isSnapshotWanted = true;
        return;
    }
    m_firstPositions.reset();
    m_expected = found;
    m_held = found;
    writeExpected();
}

/// From now on the broker's quantity stands.
void OrderManager::hold(const std::string& symbol, base::Quantity quantity)
{
    if (!m_held || quantityIn(*m_held, symbol) == quantity)
        return;
    set(*m_held, symbol, quantity);
    const portfolio::Position* const reported = lastReported(symbol);
    portfolio::Position position = reported ? *reported : portfolio::Position{};
    position.symbol = symbol;
    position.underlying = underlyingOf(symbol);
    position.quantity = quantity;
    const std::vector<OrderObserver*> observers = m_observers;
    for (OrderObserver* observer : observers)
        observer->onHeldChanged(position);
}

void OrderManager::count(const std::string& symbol, base::Quantity change)
{
    for (std::optional<Quantities>* const side : {&m_expected, &m_held}) {
        if (*side) // before that, the first snapshot of positions has it already
            set(**side, symbol, quantityIn(**side, symbol) + change);
    }
    if (const auto mismatch = m_mismatches.find(symbol); mismatch != m_mismatches.end())
        mismatch->second.hasMoved = true;
}

void OrderManager::countFill(const portfolio::Fill& fill)
{
    count(fill.symbol, portfolio::signedQuantity(fill.action, fill.quantity));
}

void OrderManager::writeExpected()
{
    write("positions", m_settings.idPrefix + "-positions", toJson(*m_expected));
}

std::string OrderManager::underlyingOf(const std::string& symbol) const
{
    if (const auto known = m_underlyingOf.find(symbol); known != m_underlyingOf.end())
        return known->second;
    const auto terms = market::parseOccSymbol(symbol);
    if (!terms)
        return symbol;
    const std::string index = terms->root.substr(0, terms->root.size() - 1); // SPXW and NDXP are on SPX and NDX
    return portfolio::isBroadIndex(index) ? index : terms->root;
}

bool OrderManager::acknowledge(Difference::Kind kind, std::string_view key)
{
    const auto open = std::ranges::find_if(
        m_differences, [&](const Difference& difference) { return difference.kind == kind && difference.key == key; });
    if (open == m_differences.end())
        return false;
    write("reconcile.acknowledged", m_settings.idPrefix + "-difference", sentenceToJson(open->sentence));
    if (kind == Difference::Kind::Position && m_expected) {
        // Fills since it was found are in what is held.
        set(*m_expected, open->key, m_held ? quantityIn(*m_held, open->key) : open->found);
        m_mismatches.erase(open->key);
        writeExpected();
    }
    m_seen.insert(open->sentence);
    if (kind == Difference::Kind::Journal)
        m_isJournalFailureShown = false;
    m_differences.erase(open);
    return true;
}

} // namespace vegadesk::execution
