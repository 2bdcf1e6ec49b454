#pragma once

#include "desk/live_chain.h"
#include "market/book.h"
#include "market/option_chain.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// Options by underlying; an underlying without any matters for itself.
using SymbolsByUnderlying = std::map<std::string, std::set<std::string>>;

/// The listings the trading thread knows, and of those the expirations that are held, worked or staged, each as a chain of
/// its own that is refreshed from the Book.
class HeldChains
{
public:
    void addDefinition(std::shared_ptr<const market::ChainDefinition> definition);
    /// One underlying of each listing known.
    std::vector<market::Instrument> underlyings() const;

    /// True when other symbols matter from now on.
    bool setInterest(SymbolsByUnderlying symbols);
    const SymbolsByUnderlying& interest() const { return m_interest; }

    struct Market {
        std::shared_ptr<const market::OptionChain> chain;
        std::shared_ptr<const pricing::ChainAnalytics> analytics;
    };
    /// The quotes of the moment; flags by the wall's clock, since feeds stamp with it, and chains dated by the market's.
    std::vector<Market> refresh(const market::Book& book, base::Instant wall, base::Nanos staleAfter,
                                base::Instant marketTime);
    void clear() { m_slices.clear(); }

private:
    struct Slice {
        std::set<std::string> symbols;
        std::size_t definitionSize = 0;
        market::OptionChain chain;
        LiveChain live;
    };
    std::map<std::string, std::shared_ptr<const market::ChainDefinition>> m_definitions;
    std::map<std::string, Slice> m_slices;
    SymbolsByUnderlying m_interest;
};

} // namespace vegadesk::desk
