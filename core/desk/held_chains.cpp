#include "desk/held_chains.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace vegadesk::desk
{

namespace
{

/// The definition's options of the expirations that `symbols` are in; the underlying alone when there are none.
market::ChainDefinition sliceOf(const market::ChainDefinition& definition, const std::set<std::string>& symbols)
{
    std::set<std::pair<std::string, base::Date>> expirations;
    for (const market::Instrument& option : definition.options) {
        if (symbols.contains(option.symbol))
            expirations.emplace(option.option->root, option.option->expiry);
    }
    market::ChainDefinition out;
    out.underlying = definition.underlying;
    for (const market::Instrument& option : definition.options) {
        if (expirations.contains({option.option->root, option.option->expiry}))
            out.options.push_back(option);
    }
    return out;
}

} // namespace

void HeldChains::addDefinition(std::shared_ptr<const market::ChainDefinition> definition)
{
    const std::string symbol = definition->underlying.symbol;
    m_definitions[symbol] = std::move(definition);
    m_slices.erase(symbol);
    m_near.clear();
}

std::vector<market::Instrument> HeldChains::underlyings() const
{
    std::vector<market::Instrument> out;
    for (const auto& [symbol, definition] : m_definitions)
        out.push_back(definition->underlying);
    return out;
}

bool HeldChains::setInterest(SymbolsByUnderlying symbols)
{
    if (symbols == m_interest)
        return false;
    m_interest = std::move(symbols);
    return true;
}

const std::set<std::string>& HeldChains::optionsNear(const std::string& underlying, base::Date date, std::size_t count)
{
    constexpr std::size_t answersKept = 100; // a day's, of some strategies
    if (m_near.size() > answersKept)
        m_near.clear();
    const auto [answer, isNew] = m_near.try_emplace({underlying, date, count});
    std::set<std::string>& symbols = answer->second;
    const auto definition = m_definitions.find(underlying);
    if (!isNew || definition == m_definitions.end())
        return symbols;
    std::set<base::Date> listed;
    for (const market::Instrument& option : definition->second->options) {
        if (option.settlement != market::Settlement::AM)
            listed.insert(option.option->expiry);
    }
    std::vector<base::Date> dates(listed.begin(), listed.end());
    std::ranges::stable_sort(dates, {}, [date](base::Date each) { return std::chrono::abs(each - date); });
    dates.resize(std::min(dates.size(), count));
    for (const market::Instrument& option : definition->second->options) {
        if (option.settlement != market::Settlement::AM &&
            std::ranges::find(dates, option.option->expiry) != dates.end())
            symbols.insert(option.symbol);
    }
    return symbols;
}

std::vector<HeldChains::Market> HeldChains::refresh(const market::Book& book, base::Instant wall,
                                                    base::Nanos staleAfter, base::Instant marketTime)
{
    std::vector<Market> out;
    for (const auto& [underlying, symbols] : m_interest) {
        const auto definition = m_definitions.find(underlying);
        if (definition == m_definitions.end())
            continue;
        Slice& slice = m_slices[underlying];
        if (slice.symbols != symbols || slice.definitionSize != definition->second->options.size()) {
            slice.symbols = symbols;
            slice.definitionSize = definition->second->options.size();
            slice.chain = market::emptyChain(sliceOf(*definition->second, symbols));
        }
        market::refresh(slice.chain, book, wall, staleAfter);
        slice.chain.at = marketTime;
        out.push_back(
            {std::make_shared<const market::OptionChain>(slice.chain),
             std::make_shared<const pricing::ChainAnalytics>(slice.live.update(slice.chain, wall, marketTime))});
    }
    return out;
}

} // namespace vegadesk::desk
