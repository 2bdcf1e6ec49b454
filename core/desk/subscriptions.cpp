#include "desk/subscriptions.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace vegadesk::desk
{

namespace
{

constexpr std::size_t smileStrikesEachSide = 15;
constexpr double smileReach = 0.2; ///< of the spot: how far they spread beyond those at the money
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

    void add(const std::string& symbol)
    {
        if (symbol.empty())
            return;
        if (const auto index = m_book.find(symbol))
            m_wanted.insert(*index);
    }
    void addRow(const market::Expiration& expiration, std::size_t row)
    {
        add(expiration.calls.symbols[row]);
        add(expiration.puts.symbols[row]);
    }
    void addAround(const market::Expiration& expiration, double spot, std::size_t eachSide)
    {
        if (!std::isfinite(spot))
            return;
        const auto& strikes = expiration.strikes;
        const auto at = static_cast<std::size_t>(std::ranges::lower_bound(strikes, spot) - strikes.begin());
        const std::size_t last = std::min(strikes.size(), at + eachSide);
        for (std::size_t row = at > eachSide ? at - eachSide : 0; row < last; ++row)
            addRow(expiration, row);
    }
    /// As many strikes as addAround() takes, those next to the money and the rest spread out evenly: a smile is wider than
    /// that many strikes in a row.
    void addSpread(const market::Expiration& expiration, double spot, std::size_t eachSide, std::size_t inARow)
    {
        if (!std::isfinite(spot))
            return;
        addAround(expiration, spot, inARow);
        const auto& strikes = expiration.strikes;
        const auto rowOf = [&](double price) {
            return static_cast<std::size_t>(std::ranges::lower_bound(strikes, price) - strikes.begin());
        };
        const std::size_t at = rowOf(spot), low = rowOf((1 - smileReach) * spot), high = rowOf((1 + smileReach) * spot);
        const std::size_t count = eachSide - inARow;
        for (std::size_t i = 1; i <= count; ++i) {
            if (at >= inARow && at - inARow > low)
                addRow(expiration, at - inARow - std::max<std::size_t>(1, i * (at - inARow - low) / count));
            if (at + inARow < high)
                addRow(expiration, at + inARow - 1 + std::max<std::size_t>(1, i * (high - at - inARow) / count));
        }
    }
    std::vector<market::InstrumentIndex> take() const { return {m_wanted.begin(), m_wanted.end()}; }

private:
    const market::Book& m_book;
    std::set<market::InstrumentIndex> m_wanted;
};

} // namespace

std::vector<std::size_t> nearestExpirations(std::span<const market::Expiration> expirations, std::size_t selected,
                                            std::size_t count)
{
    if (selected >= expirations.size() || count == 0)
        return {};
    // Dates ascend, so the nearest ones are a run around the selected one.
    const auto distance = [&](std::size_t at) { return abs(expirations[at].date - expirations[selected].date); };
    std::size_t first = selected, last = selected;
    while (last - first + 1 < std::min(count, expirations.size())) {
        const bool hasBefore = first > 0, hasAfter = last + 1 < expirations.size();
        if (hasBefore && (!hasAfter || distance(first - 1) <= distance(last + 1)))
            --first;
        else
            ++last;
    }
    std::vector<std::size_t> run(last - first + 1);
    std::iota(run.begin(), run.end(), first);
    return run;
}

std::vector<market::InstrumentIndex> wantedInstruments(const market::Book& book, const Interest& interest)
{
    Collector wanted(book);
    for (const std::string& symbol : interest.symbols)
        wanted.add(symbol);

    if (interest.shown && interest.shown->layout) {
        const market::OptionChain& chain = *interest.shown->layout;
        const double spot = spotOf(book, chain.underlying);
        wanted.add(chain.underlying);
        for (const std::size_t i : nearestExpirations(chain.expirations, interest.shown->selected)) {
            const market::Expiration& expiration = chain.expirations[i];
            if (i == interest.shown->selected) {
                for (std::size_t row = 0; row < expiration.strikes.size(); ++row)
                    wanted.addRow(expiration, row);
            } else {
                wanted.addSpread(expiration, spot, smileStrikesEachSide, forwardStrikesEachSide);
            }
        }
    }

    for (const HeldOptions& held : interest.held) {
        wanted.add(held.layout->underlying);
        const double spot = spotOf(book, held.layout->underlying);
        for (const market::Expiration& expiration : held.layout->expirations) {
            bool isHeld = false;
            for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
                if (held.symbols.contains(expiration.calls.symbols[row]) ||
                    held.symbols.contains(expiration.puts.symbols[row])) {
                    wanted.addRow(expiration, row);
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
