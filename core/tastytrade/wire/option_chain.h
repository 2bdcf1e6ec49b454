#pragma once

#include "market/option_chain.h"
#include "tastytrade/wire/json.h"

#include <string>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// [{"threshold": "3.0", "value": "0.01"}, {"value": "0.05"}]
base::Result<market::TickTable> parseTicks(const QJsonArray& array);
QJsonArray toJson(const market::TickTable& ticks);

/// Data of GET /instruments/equities/{symbol}; indices are equities there.
struct Equity {
    std::string symbol, streamerSymbol, description;
    bool isIndex = false, isEtf = false, isActive = true;
    market::TickTable ticks, optionTicks;
};
base::Result<Equity> parseEquity(const QJsonObject& object);
QJsonObject toJson(const Equity& equity);
market::Instrument toInstrument(const Equity& equity);

struct ChainStrike {
    base::Decimal strike;
    std::string call, callStreamer, put, putStreamer; ///< empty: not listed
};

struct ChainExpiration {
    base::Date date{};
    std::int64_t daysToExpiration = 0;
    market::Settlement settlement = market::Settlement::PM;
    market::ExpirationType type = market::ExpirationType::Regular;
    std::vector<ChainStrike> strikes;
};

/// One item of GET /option-chains/{symbol}/nested: one root and chain type.
struct NestedChain {
    std::string underlying, root;
    std::string type = "Standard"; ///< or "Non-Standard": adjusted deliverables
    int sharesPerContract = 100;
    market::TickTable ticks;
    std::vector<ChainExpiration> expirations;
};
base::Result<NestedChain> parseNestedChain(const QJsonObject& item);
QJsonObject toJson(const NestedChain& chain);

/// The listed contracts of an underlying, from its chains and its own definition. Adjusted ("Non-Standard")
/// chains are left out, because their deliverable is not 100 shares. Settlement instants come from the
/// trading calendar; indices are exercised European style, but for OEX, everything else American. Errors: a
/// symbol that is no OCC symbol.
base::Result<market::ChainDefinition> toDefinition(const Equity& underlying, const std::vector<NestedChain>& chains);
/// The other way, as of `today`: one chain a root. Contracts that expired before `today` are left out.
std::vector<NestedChain> toNestedChains(const market::ChainDefinition& definition, base::Date today);

} // namespace vegadesk::tastytrade::wire
