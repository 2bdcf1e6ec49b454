#pragma once

#include "desk/live_chain.h"
#include "market/book.h"
#include "market/option_chain.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
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

    /// Options of the `count` expirations of `underlying` nearest to `date`, which may be on either side of it; none while the
    /// listing is not known. Those that settle at the opening are left out: they cease to trade the day before.
    const std::set<std::string>& optionsNear(const std::string& underlying, base::Date date, std::size_t count);

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
    using Near = std::tuple<std::string, base::Date, std::size_t>;

    std::map<std::string, std::shared_ptr<const market::ChainDefinition>> m_definitions;
    std::map<Near, std::set<std::string>> m_near; ///< answers of today: what is asked several times a second
    std::map<std::string, Slice> m_slices;
    SymbolsByUnderlying m_interest;
};

} // namespace vegadesk::desk
