#pragma once

#include "base/error.h"
#include "history/chain_source.h"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace vegadesk::history
{

/// Reads the tables of a folder (or one table) whose columns a preset of import/column_map.h has, or the chain files that
/// `vegadesk-cli import` has filled a folder with, and passes over the rest.
///
/// Result  one chain for each instant. Without a price of the underlying its spot is implied by put-call parity, and the
///         quote of the underlying is then that number on both sides, without sizes. Ticks are the coarsest of the
///         exchanges' usual ladders that every price until then stands on. Broad indices are European, everything else American.
/// Errors  name file, line and field; also: no quotes at all, several underlyings and none chosen, two quotes for
///         one contract at one instant, a bid or ask below 0. Cancelled soon after a stop request.
base::Result<std::unique_ptr<ChainSource>> openRecordedChains(const std::string& path, std::string_view underlying = {},
                                                              const std::stop_token& stop = {});

/// The same, but lines of tables that cannot be read are left out; the source's description says how many.
base::Result<std::unique_ptr<ChainSource>> openSoundChains(const std::string& path, std::string_view underlying = {},
                                                           const std::stop_token& stop = {});

/// Chains of an index and of its heaviest members, as the table basketTableOf() says; without an underlying, of the only index there.
/// Their moments are their own: whoever replays the index takes of each member what it has by then.
/// Errors  those of readBasketTable() and of openSoundChains(); members without chains, all of them named; a member whose quotes all
///         lie before the index' first day or after its last.
base::Result<std::unique_ptr<ChainSource>> openSoundBasket(const std::string& path, std::string_view underlying,
                                                           std::size_t most, const std::stop_token& stop = {});

} // namespace vegadesk::history
