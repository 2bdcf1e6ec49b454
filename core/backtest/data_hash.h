#pragma once

#include "base/content_hash.h"
#include "history/chain_source.h"

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace vegadesk::backtest
{

/// What a run saw, in a number: equal chains in an equal order give equal hashes on every machine.
///
/// Takes   underlying, time, its quote, the terms of every expiration, and of every contract strike, quote, flags and open interest.
///         Of the source what it says besides: see add(). Empty lists change nothing.
class DataHash
{
public:
    void add(const market::OptionChain& chain);
    /// What the source says besides its chains to a run over those added: settlements of what they list, rates of their days, the
    /// dividend yield, events, and `closes`, from closesFrom() until the day before the last. `weight` of a constituent.
    void add(history::ChainSource& source, std::span<const history::DailyClose> closes, double weight = 0);
    void add(std::span<const history::CashPayment> payments);
    void add(std::span<const history::ExpectedReport> reports);
    void add(std::span<const history::CorporateAction> actions);
    /// 16 hexadecimal digits.
    std::string text() const;

private:
    void add(const market::Expiration& expiration);
    void date(base::Date value) { m_hash.word(static_cast<std::uint64_t>(value.time_since_epoch().count())); }

    base::ContentHash m_hash;
    std::set<base::Date> m_dates;                                   // of the chains
    std::set<std::pair<base::Date, market::Settlement>> m_expiries; // that they list
};
/// The first day whose close a run is told that begins on `first`: a year of trading days before, for forecasts from the first day on.
base::Date closesFrom(base::Date first);

/// The same of a text.
std::string hashOfText(std::string_view text);

} // namespace vegadesk::backtest
