#include "tastytrade/subscriptions.h"

#include <algorithm>
#include <utility>

namespace vegadesk::tastytrade
{

using market::Need;
using wire::EventType;

void Subscriptions::learn(market::InstrumentIndex index)
{
    if (index >= m_lines.size())
        m_lines.resize(index + 1);
    Line& line = m_lines[index];
    if (std::exchange(line.isKnown, true))
        return;
    const market::Instrument instrument = m_book.instrument(index);
    line.symbol = instrument.streamerSymbol;
    line.isOption = instrument.isOption();
    if (!line.symbol.empty())
        m_bySymbol.emplace(line.symbol, index);
}

void Subscriptions::want(market::InstrumentIndex index, EventType type)
{
    const Key key = keyOf(index, type);
    Line& line = m_lines[index];
    if (line.symbol.empty() || (type == EventType::Greeks && !line.isOption) || (line.wanted & bitOf(key)) != 0)
        return;
    if (m_desired.size() == m_most) {
        ++m_leftOut;
        return;
    }
    line.wanted |= bitOf(key);
    m_desired.push_back(key);
}

void Subscriptions::setWanted(const std::vector<market::Wanted>& wanted, base::Nanos now)
{
    const std::vector<Key> before = std::exchange(m_desired, {});
    for (const Key key : before)
        lineOf(key).wanted = 0;
    for (const market::Wanted& each : wanted)
        learn(each.index);

    m_leftOut = 0;
    const auto wantAll = [&](Need need, EventType type) {
        for (const market::Wanted& each : wanted) {
            if (each.need == need)
                want(each.index, type);
        }
    };
    for (const Need need : {Need::Held, Need::Visible})
        wantAll(need, EventType::Quote);
    for (const Need need : {Need::Held, Need::Visible}) {
        for (const EventType type : {EventType::Trade, EventType::Greeks, EventType::Summary})
            wantAll(need, type);
    }
    m_urgentCount = m_desired.size();
    wantAll(Need::Chain, EventType::Quote);

    std::erase_if(m_lingering, [&](const Lingering& each) {
        const bool isWanted = (lineOf(each.key).wanted & bitOf(each.key)) != 0;
        if (isWanted)
            lineOf(each.key).lingering &= static_cast<std::uint8_t>(~bitOf(each.key));
        return isWanted;
    });
    for (const Key key : before) {
        Line& line = lineOf(key);
        if ((line.sent & ~line.wanted & ~line.lingering & bitOf(key)) == 0)
            continue;
        line.lingering |= bitOf(key);
        m_lingering.push_back({now, key});
    }
    m_nextToAdd = 0;
    skipSent();
}

void Subscriptions::forgetSent()
{
    for (Line& line : m_lines) {
        line.sent = line.lingering = 0;
        line.isSeen = line.isRepeated = false;
    }
    m_lingering.clear();
    m_toRepeat.clear();
    m_sentCount = 0;
    m_nextToAdd = 0;
}

void Subscriptions::skipSent()
{
    while (hasAdds() && (lineOf(m_desired[m_nextToAdd]).sent & bitOf(m_desired[m_nextToAdd])) != 0)
        ++m_nextToAdd;
}

Subscriptions::Work Subscriptions::work(base::Nanos now) const
{
    if (hasAdds() && m_nextToAdd < m_urgentCount)
        return Work::Urgent;
    const bool isDue = !m_lingering.empty() && now - m_lingering.front().since >= m_linger;
    return hasAdds() || isDue || !m_toRepeat.empty() ? Work::Background : Work::Nothing;
}

void Subscriptions::letGo(Key key, wire::dxlink::FeedSubscription& batch)
{
    Line& line = lineOf(key);
    line.sent &= static_cast<std::uint8_t>(~bitOf(key));
    line.lingering &= static_cast<std::uint8_t>(~bitOf(key));
    --m_sentCount;
    batch.remove.push_back(subscriptionOf(key));
}

wire::dxlink::FeedSubscription Subscriptions::takeBatch(std::size_t items, base::Nanos now)
{
    wire::dxlink::FeedSubscription batch;
    for (; batch.remove.size() < items && !m_toRepeat.empty(); m_toRepeat.pop_back()) {
        if ((lineOf(m_toRepeat.back()).sent & lineOf(m_toRepeat.back()).wanted & bitOf(m_toRepeat.back())) != 0)
            letGo(m_toRepeat.back(), batch);
    }
    const std::size_t pending = std::min(items, m_desired.size() - m_nextToAdd);
    const auto mayGo = [&](const Lingering& oldest) {
        return pending > 0 ? m_most - m_sentCount < pending : now - oldest.since >= m_linger;
    };
    for (; batch.remove.size() < items && !m_lingering.empty() && mayGo(m_lingering.front()); m_lingering.pop_front())
        letGo(m_lingering.front().key, batch);
    if (!batch.remove.empty()) {
        m_nextToAdd = 0; // what is asked for again stands anywhere
        skipSent();
        return batch;
    }
    const std::size_t end = m_nextToAdd < m_urgentCount ? m_urgentCount : m_desired.size();
    for (; m_nextToAdd < end && batch.add.size() < items && m_sentCount < m_most; skipSent()) {
        const Key key = m_desired[m_nextToAdd];
        Line& line = lineOf(key);
        line.sent |= bitOf(key);
        if (key == keyOf(static_cast<market::InstrumentIndex>(key >> 8), EventType::Quote))
            line.quoteSentAt = now;
        ++m_sentCount;
        batch.add.push_back(subscriptionOf(key));
    }
    return batch;
}

std::vector<market::InstrumentIndex> Subscriptions::findSilent(base::Nanos within, base::Nanos lastData)
{
    std::vector<market::InstrumentIndex> silent;
    for (const Key key : m_desired) {
        Line& line = lineOf(key);
        const auto index = static_cast<market::InstrumentIndex>(key >> 8);
        const bool isWaiting = key == keyOf(index, EventType::Quote) && (line.sent & bitOf(key)) != 0 && !line.isSeen;
        if (!isWaiting || line.isReported || lastData - line.quoteSentAt < within)
            continue;
        if (!std::exchange(line.isRepeated, true)) {
            line.quoteSentAt = lastData; // until it is sent again
            m_toRepeat.push_back(key);
        } else {
            line.isReported = true;
            silent.push_back(index);
        }
    }
    return silent;
}

wire::dxlink::Subscription Subscriptions::subscriptionOf(Key key) const
{
    return {std::string(wire::toWire(static_cast<EventType>(key & 0xff))), lineOf(key).symbol, {}};
}

} // namespace vegadesk::tastytrade
