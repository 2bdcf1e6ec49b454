#pragma once

#include "desk/dispersion_view.h"
#include "desk/live_chain.h"
#include "desk/published.h"
#include "market/book.h"
#include "market/option_chain.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// Of a listing the two expirations around `days` calendar days from `today`: the last one up to there and the first one from
/// there, which may be one and the same. Ascending; those that settle at the opening or deliver something else are left out.
std::vector<std::size_t> expirationsAround(const market::OptionChain& layout, base::Date today, int days);

/// Works out the dispersion view while somebody follows it. Lives with the market analyst on its thread: one chain a call, so that
/// the chain that is shown never waits for a basket of them.
class DispersionAnalyst
{
public:
    static constexpr base::Nanos period = std::chrono::seconds(1); ///< by our own clock, from view to view

    explicit DispersionAnalyst(std::shared_ptr<Published<DispersionView>> view) : m_published(std::move(view)) {}

    /// Empty: nobody looks, and nothing is worked out.
    void follow(std::optional<DispersionBasket> basket);
    void addDefinition(std::shared_ptr<const market::ChainDefinition> definition);
    /// The broker has answered that it does not know it.
    void setNotKnown(const std::string& symbol) { m_notKnown.insert(symbol); }
    /// Completed days, ascending.
    void setDays(const std::string& symbol, std::vector<market::Candle> days);
    void setHeld(std::map<std::string, HeldGreeks> held) { m_held = std::move(held); }

    /// The quotes of the moment; flags by the wall's clock, chains dated by the market's.
    void tick(const market::Book& book, base::Instant wall, base::Nanos staleAfter, base::Instant marketTime);

private:
    struct Slice {
        std::shared_ptr<const market::ChainDefinition> definition;
        base::Date date{}; ///< that its expirations are of
        market::OptionChain chain;
        LiveChain live;
        DispersionName name;
    };
    void refresh(const std::string& symbol, const market::Book& book, base::Instant wall, base::Nanos staleAfter,
                 base::Instant marketTime);
    void publish(base::Instant wall, base::Instant marketTime);

    const std::shared_ptr<Published<DispersionView>> m_published;
    std::optional<DispersionBasket> m_basket;
    std::map<std::string, std::shared_ptr<const market::ChainDefinition>> m_definitions;
    std::set<std::string> m_notKnown;
    std::map<std::string, Slice> m_slices;
    std::map<std::string, HeldGreeks> m_held;
    DispersionDays m_days;
    DispersionRecord m_seen;                  ///< in this session
    std::optional<DispersionBasket> m_seenOf; ///< of this basket
    std::shared_ptr<const DispersionHistory> m_history = std::make_shared<const DispersionHistory>();
    bool m_isHistoryDue = true;
    std::size_t m_next = 0; ///< of the basket's symbols, in this round
    std::optional<base::Instant> m_lastView;
};

} // namespace vegadesk::desk
