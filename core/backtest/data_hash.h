#pragma once

#include "history/corporate_events.h"
#include "market/option_chain.h"

#include <cstdint>
#include <span>
#include <string>

namespace vegadesk::backtest
{

/// What a run saw, in a number: equal chains in an equal order give equal hashes on every machine.
///
/// Takes   underlying, time, its quote, and of every contract expiry, strike, bid, ask and their sizes; dates and amounts of
///         what is paid, days of reports, and what changes contracts. Empty lists of these change nothing.
/// Source  FNV-1a's prime over 64-bit words, with a shift so that high bits reach low ones; not for adversaries.
class DataHash
{
public:
    void add(const market::OptionChain& chain);
    void add(std::span<const history::CashPayment> payments);
    void add(std::span<const history::ExpectedReport> reports);
    void add(std::span<const history::CorporateAction> actions);
    /// 16 hexadecimal digits.
    std::string text() const;

private:
    void word(std::uint64_t value)
    {
        m_hash = (m_hash ^ value) * 0x100000001b3ULL;
        m_hash ^= m_hash >> 29;
    }
    void number(double value);
    void date(base::Date value) { word(static_cast<std::uint64_t>(value.time_since_epoch().count())); }
    void words(std::string_view text);

    std::uint64_t m_hash = 0xcbf29ce484222325ULL;
};

/// The same of a text.
std::string hashOfText(std::string_view text);

} // namespace vegadesk::backtest
