#pragma once

#include "base/clock.h"
#include "market/reference_data.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// Daily bars of what the account's risk hangs on, asked for once a New York date and again where they did not come. Lives with
/// its owner on one thread.
class DailyHistory
{
public:
    /// What signals were taught by must be known of their days too: a forecast of volatility looks at 1,000 of them. The account's
    /// regimes, which size trades, are learnt from all of these days; VaR and betas have windows of their own.
    static constexpr std::chrono::days reach{5 * 366};
    static constexpr base::Nanos askAgain = std::chrono::seconds(30); ///< by our own clock
    static constexpr std::size_t askedAtOnce =
        2; ///< the broker's budget of requests is the chart's and the chain's too

    /// Completed days, ascending.
    using Arrived = std::function<void(const std::string& symbol, std::vector<market::Candle> candles)>;

    /// The reference outlives it. `clock` is the market's, `wall` ours.
    DailyHistory(market::ReferenceData& reference, std::shared_ptr<const base::Clock> clock,
                 std::shared_ptr<const base::Clock> wall, Arrived arrived);

    /// Replaces what is wanted. tick() asks.
    void want(std::set<std::string> symbols) { m_wanted = std::move(symbols); }
    /// About once a second.
    void tick();

private:
    struct Asked {
        base::Date day{}; ///< of the last answer that was good
        bool isAsking = false;
        std::optional<base::Instant> again; ///< after a bad one
    };
    void ask(const std::string& symbol, base::Date today);
    void answered(const std::string& symbol, base::Date day, base::Result<std::vector<market::Candle>> candles);

    market::ReferenceData& m_reference;
    const std::shared_ptr<const base::Clock> m_clock, m_wall;
    const Arrived m_arrived;
    std::set<std::string> m_wanted;
    std::map<std::string, Asked> m_asked;
    const std::shared_ptr<int> m_alive = std::make_shared<int>(); ///< a late answer finds it gone
};

} // namespace vegadesk::desk
