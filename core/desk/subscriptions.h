#pragma once

#include "market/book.h"
#include "market/option_chain.h"

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// The chain on the screen: its selected expiration streams whole, those whose smiles are drawn beside it around the
/// money and, thinner, as far as a smile is looked at.
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

struct Interest {
    std::set<std::string> symbols; ///< watchlist, underlyings, anything by name
    std::optional<ShownChain> shown;
    std::vector<HeldOptions> held;
};

/// The selected expiration and those nearest to it in time, `count` at most, ascending: the smiles that are drawn. Of two
/// as near the earlier one.
std::vector<std::size_t> nearestExpirations(std::span<const market::Expiration> expirations, std::size_t selected,
                                            std::size_t count = 6);

/// Instruments that should stream for `interest`, each once, ascending. Symbols the Book does not know are left out;
/// strikes around the money need a price of the underlying and are left out until there is one.
std::vector<market::InstrumentIndex> wantedInstruments(const market::Book& book, const Interest& interest);

} // namespace vegadesk::desk
