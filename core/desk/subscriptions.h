#pragma once

#include "market/feed.h"
#include "market/option_chain.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// The chain on the screen: its selected expiration streams whole, of the others what the surface is fitted to.
struct ShownChain {
    std::shared_ptr<const market::OptionChain> layout; ///< from market::emptyChain()
    std::size_t selected = 0;
};

/// What somebody holds, works or stages in one underlying: those options stream, and with each its expiration's strikes
/// around the money, because the forward comes from their parity.
struct HeldOptions {
    std::shared_ptr<const market::OptionChain> layout;
    std::set<std::string> symbols;
};

/// Expirations whose volatility at the money somebody looks at: only their strikes around it stream.
struct AtMoney {
    std::shared_ptr<const market::OptionChain> layout;
    std::vector<std::size_t> expirations;
};

struct Interest {
    std::set<std::string> symbols; ///< watchlist, underlyings, anything by name
    std::optional<ShownChain> shown;
    std::vector<HeldOptions> held;
    std::vector<AtMoney> atMoney;
};

/// Instruments that should stream for `interest`, each once, ascending, with what they are needed for: what is held and its
/// underlyings, what is on the screen, and the strikes that only the forward, the surface and the volatility at the money are read off. Symbols the Book does
/// not know are left out; strikes around the money need a price of the underlying and are left out until there is one.
std::vector<market::Wanted> wantedInstruments(const market::Book& book, const Interest& interest);

} // namespace vegadesk::desk
