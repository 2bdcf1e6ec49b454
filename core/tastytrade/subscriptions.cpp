#include "tastytrade/subscriptions.h"

namespace vegadesk::tastytrade
{

using wire::EventType;

void Subscriptions::setWanted(const std::vector<market::InstrumentIndex>& instruments)
{
    m_bySymbol.clear();
    m_desired.clear();
    std::vector<bool> isOption;
    isOption.reserve(instruments.size());
    for (const market::InstrumentIndex index : instruments) {
        const market::Instrument instrument = m_book.instrument(index);
        isOption.push_back(instrument.isOption());
        m_bySymbol.emplace(instrument.streamerSymbol, index);
        m_symbols.insert_or_assign(index, instrument.streamerSymbol);
    }
    std::unordered_set<Key> seen;
    for (const EventType type : {EventType::Quote, EventType::Trade, EventType::Greeks, EventType::Summary}) {
        for (std::size_t i = 0; i < instruments.size(); ++i) {
            if (m_symbols.at(instruments[i]).empty())
                continue; // the broker streams nothing for it
            const Key key = keyOf(instruments[i], type);
            if ((type != EventType::Greeks || isOption[i]) && seen.insert(key).second)
                m_desired.push_back(key);
        }
    }
    m_leftOut = m_desired.size() > m_most ? m_desired.size() - m_most : 0;
    m_desired.resize(m_desired.size() - m_leftOut);
    restart();
}

void Subscriptions::restart()
{
    m_nextToAdd = 0;
    m_toRemove.clear();
    const std::unordered_set<Key> desired(m_desired.begin(), m_desired.end());
    for (const Key key : m_sent) {
        if (!desired.contains(key))
            m_toRemove.push_back(key);
    }
    while (m_nextToAdd < m_desired.size() && m_sent.contains(m_desired[m_nextToAdd]))
        ++m_nextToAdd;
}

wire::dxlink::FeedSubscription Subscriptions::takeBatch(std::size_t items)
{
    wire::dxlink::FeedSubscription batch;
    while (batch.remove.size() < items && !m_toRemove.empty()) {
        batch.remove.push_back(subscriptionOf(m_toRemove.back()));
        m_sent.erase(m_toRemove.back());
        m_toRemove.pop_back();
    }
    while (m_nextToAdd < m_desired.size()) {
        const Key key = m_desired[m_nextToAdd];
        if (!m_sent.contains(key)) {
            if (batch.remove.size() + batch.add.size() >= items)
                break;
            batch.add.push_back(subscriptionOf(key));
            m_sent.insert(key);
        }
        ++m_nextToAdd;
    }
    return batch;
}

std::optional<market::InstrumentIndex> Subscriptions::find(const std::string& streamerSymbol) const
{
    const auto found = m_bySymbol.find(streamerSymbol);
    if (found == m_bySymbol.end())
        return {};
    return found->second;
}

wire::dxlink::Subscription Subscriptions::subscriptionOf(Key key) const
{
    const auto type = static_cast<EventType>(key & 0xff);
    return {std::string(wire::toWire(type)), m_symbols.at(static_cast<market::InstrumentIndex>(key >> 8)), {}};
}

} // namespace vegadesk::tastytrade
