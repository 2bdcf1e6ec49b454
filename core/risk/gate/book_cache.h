#pragma once

#include "risk/exposure_parts.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::risk
{

/// What the gate measured of the book without the order that it judges: instruments, positions and working orders by
/// underlying, revalued. Good from one judgement to the next while neither the underlying's market (GateState::marketVersion)
/// nor the book changes; a change of positions or working orders anywhere forgets all of it. References are good until the
/// next begin().
///
/// Thread  the gate's.
class BookCache
{
public:
    /// Before each judgement: forgets what `state` makes untrue. Without GateState::marketVersion that is everything.
    void begin(const GateState& state);

    /// Null where it is not known.
    const InstrumentState* instrument(const std::string& symbol, const GateState& state);
    const BookParts& parts(std::string_view underlying, const GateState& state);
    /// exposureOf() without an order.
    const Exposure& exposure(std::string_view underlying, const GateState& state);
    /// Of exposure() all but what takes margin: the sums over the account need no more.
    const Exposure& sums(std::string_view underlying, const GateState& state);
    /// What positions alone hold, without working orders.
    double heldAlone(std::string_view underlying, const GateState& state);
    /// Every underlying with a position or a working order.
    const std::vector<std::string>& underlyings(const GateState& state);

private:
    struct Entry {
        std::uint64_t market = 0;
        BookParts parts;
        std::optional<Exposure> exposure, sums;
        std::optional<double> heldAlone;
    };
    struct Known {
        std::uint64_t market = 0;
        std::optional<InstrumentState> state;
    };
    Entry& entry(std::string_view underlying, const GateState& state);

    std::uint64_t m_book = 0; ///< fingerprint of positions and working orders
    std::map<std::string, Entry, std::less<>> m_entries;
    std::map<std::string, Known, std::less<>> m_instruments;
    std::optional<std::vector<std::string>> m_underlyings;
};

} // namespace vegadesk::risk
