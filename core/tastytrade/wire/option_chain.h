#pragma once

#include "market/option_chain.h"
#include "tastytrade/wire/instruments.h"

#include <string>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// An equity whose streamer symbol is missing has its own symbol there.
base::Result<Equity> parseEquity(const QJsonObject& object);
market::Instrument toInstrument(const Equity& equity);

struct ChainStrike {
    static constexpr std::string_view what = "strike";
    base::Decimal strike;
    std::string call, callStreamer, put, putStreamer; ///< empty: not listed

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("strike-price", self.strike);
        io("call", self.call);
        io("call-streamer-symbol", self.callStreamer);
        io("put", self.put);
        io("put-streamer-symbol", self.putStreamer);
    }
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
    std::vector<Deliverable> deliverables = {};
};
base::Result<NestedChain> parseNestedChain(const QJsonObject& item);
QJsonObject toJson(const NestedChain& chain);

/// The listed contracts of an underlying, from its chains and its own definition. Adjusted ("Non-Standard")
/// chains are left out, because their deliverable is not 100 shares. Settlement instants come from the
/// trading calendar; indices are exercised European style, but for OEX, everything else American. Errors: a
/// symbol that is no OCC symbol.
base::Result<market::ChainDefinition> toDefinition(const Equity& underlying, const std::vector<NestedChain>& chains);
/// The word for it: "Regular", "Weekly", "Quarterly", "End-Of-Month".
std::string_view toWire(market::ExpirationType type);
/// The other way, as of `today`: one chain a root. Contracts that expired before `today` are left out.
std::vector<NestedChain> toNestedChains(const market::ChainDefinition& definition, base::Date today);

/// The same contracts in the two other forms: one entry a root and kind of expiration, and every contract by itself. `today` is the
/// day from which days to expiration count.
std::vector<CompactChain> toCompactChains(const market::ChainDefinition& definition, base::Date today);
EquityOption toEquityOption(const market::Instrument& option, base::Date today);

} // namespace vegadesk::tastytrade::wire
