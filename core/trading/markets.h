#pragma once

#include "market/option_chain.h"
#include "portfolio/ledger.h"
#include "portfolio/marking.h"
#include "pricing/chain_analytics.h"
#include "risk/gate/gate.h"
#include "strategies/strategy.h"
#include "trading/constituent.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::trading
{

/// How an option is priced now, into what attribution and ledgers go by.
void setPricing(portfolio::MarkedPosition& position, const risk::InstrumentState& instrument);

/// One underlying as the loop sees it now. A chain without expirations is a stock that is held and has no options here.
struct UnderlyingMarket {
    market::Instrument instrument;
    std::shared_ptr<const market::OptionChain> chain;         ///< null before the first update
    std::shared_ptr<const pricing::ChainAnalytics> analytics; ///< of that chain, same layout
    std::vector<double> dailyCloses;                          ///< oldest first, completed days only
    /// As strategies::StrategyState has them: those that were set, and each day that has ended since.
    std::vector<double> dailyVolatilities;
    strategies::Signals signals;
    strategies::SignalGaps signalGaps;       ///< of those that are not in it
    std::vector<Constituent> constituents;   ///< heaviest first; empty: none are known
    double lastVolatility = market::unknown; ///< of 30 days, the last known on lastDate
    base::Date lastDate{};                   ///< of the last update, in New York
    std::uint64_t version = 0;               ///< grows with every update
};

/// The latest market of every underlying, and what the gate and the ledger ask about single symbols.
class Markets
{
public:
    /// Known underlyings keep their chain and closes.
    void add(const market::Instrument& underlying);
    /// The underlying must be known: throws std::out_of_range otherwise, as the others below do.
    void update(std::shared_ptr<const market::OptionChain> chain,
                std::shared_ptr<const pricing::ChainAnalytics> analytics);
    void setDailyCloses(std::string_view underlying, std::vector<double> closes);
    void setDailyVolatilities(std::string_view underlying, std::vector<double> volatilities);
    void setSignals(std::string_view underlying, strategies::Signals signals, strategies::SignalGaps gaps);

    void setConstituents(std::string_view underlying, std::vector<Constituent> constituents);

    /// Null when it was not added.
    const UnderlyingMarket* find(std::string_view underlying) const;

    /// Mid of a tradable quote (an underlying: its spot, when that is not stale); NaN when there is none now.
    double mid(std::string_view symbol) const;
    /// Empty when no chain lists the symbol. `isOpen` is what to say of its session.
    std::optional<risk::InstrumentState> instrument(std::string_view symbol, bool isOpen) const;
    /// Multiplier of a listed option, else 100; 1 for everything that is no option.
    int multiplier(std::string_view symbol, market::InstrumentType type) const;

private:
    struct Place {
        const UnderlyingMarket* market = nullptr;
        std::optional<market::ChainPosition> option; ///< none: the underlying itself
    };
    std::optional<Place> place(std::string_view symbol) const;
    UnderlyingMarket& known(std::string_view underlying);

    std::map<std::string, UnderlyingMarket, std::less<>> m_markets;
};

} // namespace vegadesk::trading
