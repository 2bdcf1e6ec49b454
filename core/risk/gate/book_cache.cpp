#include "risk/gate/book_cache.h"

#include <bit>
#include <functional>

namespace vegadesk::risk
{

namespace
{

std::uint64_t versionOf(std::string_view underlying, const GateState& state)
{
    return state.marketVersion ? state.marketVersion(underlying) : 0;
}

class Fingerprint
{
public:
    void add(std::uint64_t number)
    {
        // The mixing step of splitmix64, by Vigna's description of it (2015).
        m_value += number + 0x9e3779b97f4a7c15;
        m_value = (m_value ^ (m_value >> 30)) * 0xbf58476d1ce4e5b9;
        m_value = (m_value ^ (m_value >> 27)) * 0x94d049bb133111eb;
        m_value ^= m_value >> 31;
    }
    void add(std::string_view text) { add(std::hash<std::string_view>{}(text)); }
    void add(double number) { add(std::bit_cast<std::uint64_t>(number)); }
    void add(const portfolio::OrderIntent& order)
    {
        add(order.underlying);
        add(static_cast<std::uint64_t>(order.type) << 8 | static_cast<std::uint64_t>(order.effect));
        add(order.price ? order.price->toDouble() : market::unknown);
        add(order.stopTrigger ? order.stopTrigger->toDouble() : market::unknown);
        add(order.value ? order.value->toDouble() : market::unknown);
        for (const portfolio::OrderLeg& leg : order.legs) {
            add(leg.symbol);
            add(static_cast<std::uint64_t>(leg.action));
            add(leg.quantity.toDouble());
        }
    }
    std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 0;
};

/// Of all that the figures here hang on beside the market.
std::uint64_t fingerprintOf(const GateState& state)
{
    Fingerprint print;
    for (const portfolio::Position& position : state.positions) {
        print.add(position.symbol);
        print.add(position.quantity.toDouble());
        print.add(position.averageOpenPrice.toDouble());
        print.add(static_cast<std::uint64_t>(position.multiplier));
    }
    print.add(static_cast<std::uint64_t>(state.positions.size()));
    for (const portfolio::OrderIntent& working : state.workingOrders)
        print.add(working);
    for (const Alternative& alternative : state.alternatives) {
        print.add(static_cast<std::uint64_t>(alternative.of));
        print.add(alternative.intent);
    }
    return print.value();
}

} // namespace

void BookCache::begin(const GateState& state)
{
    const std::uint64_t book = fingerprintOf(state);
    if (!state.marketVersion)
        m_instruments.clear();
    if (state.marketVersion && book == m_book)
        return;
    m_book = book;
    m_entries.clear();
    m_underlyings.reset();
}

const InstrumentState* BookCache::instrument(const std::string& symbol, const GateState& state)
{
    auto known = m_instruments.find(symbol);
    if (known != m_instruments.end() && known->second.state &&
        known->second.market == versionOf(known->second.state->underlying, state))
        return &*known->second.state;
    std::optional<InstrumentState> found = state.instrument(symbol);
    if (!found)
        return nullptr;
    if (known == m_instruments.end())
        known = m_instruments.try_emplace(symbol).first;
    known->second.market = versionOf(found->underlying, state);
    known->second.state = std::move(found);
    return &*known->second.state;
}

BookCache::Entry& BookCache::entry(std::string_view underlying, const GateState& state)
{
    const std::uint64_t market = versionOf(underlying, state);
    auto known = m_entries.find(underlying);
    if (known != m_entries.end() && known->second.market == market)
        return known->second;
    if (known == m_entries.end())
        known = m_entries.try_emplace(std::string(underlying)).first;
    known->second = {};
    known->second.market = market;
    known->second.parts = bookPartsOf(underlying, state, *this);
    return known->second;
}

const BookParts& BookCache::parts(std::string_view underlying, const GateState& state)
{
    return entry(underlying, state).parts;
}

const Exposure& BookCache::exposure(std::string_view underlying, const GateState& state)
{
    Entry& known = entry(underlying, state);
    if (!known.exposure)
        known.exposure = exposureWith(underlying, state, nullptr, *this);
    return *known.exposure;
}

const Exposure& BookCache::sums(std::string_view underlying, const GateState& state)
{
    Entry& known = entry(underlying, state);
    if (!known.sums)
        known.sums = sumsOf(known.parts);
    return *known.sums;
}

double BookCache::heldAlone(std::string_view underlying, const GateState& state)
{
    Entry& known = entry(underlying, state);
    if (!known.heldAlone)
        known.heldAlone = heldAloneWith(underlying, state, nullptr, *this);
    return *known.heldAlone;
}

const std::vector<std::string>& BookCache::underlyings(const GateState& state)
{
    if (!m_underlyings)
        m_underlyings = underlyingsOf(state);
    return *m_underlyings;
}

} // namespace vegadesk::risk
