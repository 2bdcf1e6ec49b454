#include "desk/subscriptions.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vegadesk::desk
{

using market::Need;

namespace
{

/// The surface needs wings as well as the money: strikes spread evenly over this width of the spot, beside those that the
/// forward is read off.
constexpr double surfaceWidth = 0.25;
constexpr std::size_t surfaceStrikes = 24;
constexpr std::size_t forwardStrikesEachSide = 5;

double spotOf(const market::Book& book, const std::string& underlying)
{
    const auto index = book.find(underlying);
    if (!index)
        return market::unknown;
    const market::MarketData data = book.latest(*index);
    return std::isfinite(data.quote.mid()) ? data.quote.mid() : data.trade.price;
}

class Collector
{
public:
    explicit Collector(const market::Book& book) : m_book(book) {}

    void add(const std::string& symbol, Need need)
    {
        if (symbol.empty())
            return;
        if (const auto index = m_book.find(symbol)) {
            const auto [known, isNew] = m_wanted.emplace(*index, need);
            known->second = std::min(known->second, need); // the strongest need counts
        }
    }
    void addRow(const market::Expiration& expiration, std::size_t row, Need need)
    {
        add(expiration.calls.symbols[row], need);
        add(expiration.puts.symbols[row], need);
    }
    void addAround(const market::Expiration& expiration, double spot, std::size_t eachSide)
    {
        if (!std::isfinite(spot))
            return;
        const auto& strikes = expiration.strikes;
        const auto at = static_cast<std::size_t>(std::ranges::lower_bound(strikes, spot) - strikes.begin());
        const std::size_t last = std::min(strikes.size(), at + eachSide);
        for (std::size_t row = at > eachSide ? at - eachSide : 0; row < last; ++row)
            addRow(expiration, row, Need::Chain);
    }
    /// `count` rows between spot × (1 − width) and spot × (1 + width), evenly.
    void addSpread(const market::Expiration& expiration, double spot, double width, std::size_t count)
    {
        if (!std::isfinite(spot))
            return;
        const auto& strikes = expiration.strikes;
        const auto first = std::ranges::lower_bound(strikes, spot * (1 - width)) - strikes.begin();
        const auto last = std::ranges::upper_bound(strikes, spot * (1 + width)) - strikes.begin();
        const auto rows = static_cast<std::size_t>(last - first);
        for (std::size_t i = 0; i < std::min(rows, count); ++i)
            addRow(expiration, static_cast<std::size_t>(first) + (rows <= count ? i : i * (rows - 1) / (count - 1)),
                   Need::Chain);
    }
    std::vector<market::Wanted> take() const
    {
        std::vector<market::Wanted> wanted;
        wanted.reserve(m_wanted.size());
        for (const auto& [index, need] : m_wanted)
            wanted.emplace_back(index, need);
        return wanted;
    }

private:
    const market::Book& m_book;
    std::map<market::InstrumentIndex, Need> m_wanted;
};

} // namespace

std::vector<market::Wanted> wantedInstruments(const market::Book& book, const Interest& interest)
{
    Collector wanted(book);
    for (const std::string& symbol : interest.symbols)
        wanted.add(symbol, Need::Visible);

    if (interest.shown && interest.shown->layout) {
        const market::OptionChain& chain = *interest.shown->layout;
        const double spot = spotOf(book, chain.underlying);
        wanted.add(chain.underlying, Need::Visible);
        for (std::size_t i = 0; i < chain.expirations.size(); ++i) {
            const market::Expiration& expiration = chain.expirations[i];
            if (i == interest.shown->selected) {
                for (std::size_t row = 0; row < expiration.strikes.size(); ++row)
                    wanted.addRow(expiration, row, Need::Visible);
            } else {
                wanted.addAround(expiration, spot, forwardStrikesEachSide);
                wanted.addSpread(expiration, spot, surfaceWidth, surfaceStrikes);
            }
        }
    }

    for (const AtMoney& looked : interest.atMoney) {
        wanted.add(looked.layout->underlying, Need::Visible);
        const double spot = spotOf(book, looked.layout->underlying);
        for (const std::size_t i : looked.expirations)
            wanted.addAround(looked.layout->expirations[i], spot, forwardStrikesEachSide);
    }

    for (const HeldOptions& held : interest.held) {
        wanted.add(held.layout->underlying, Need::Held);
        const double spot = spotOf(book, held.layout->underlying);
        for (const market::Expiration& expiration : held.layout->expirations) {
            bool isHeld = false;
            for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
                if (held.symbols.contains(expiration.calls.symbols[row]) ||
                    held.symbols.contains(expiration.puts.symbols[row])) {
                    wanted.addRow(expiration, row, Need::Held);
                    isHeld = true;
                }
            }
            if (isHeld)
                wanted.addAround(expiration, spot, forwardStrikesEachSide);
        }
    }
    return wanted.take();
}

} // namespace vegadesk::desk
