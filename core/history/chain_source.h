#pragma once

#include "base/error.h"
#include "history/corporate_events.h"
#include "market/option_chain.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::history
{

struct DailyClose {
    base::Date date{};
    double close = market::unknown; ///< dollars, as traded (not adjusted)
    /// At the money, of about 30 days, per year, at the close; NaN where the source does not keep it.
    double impliedVolatility = market::unknown;
};

class ChainSource;

/// A member of an index, with its own chains.
struct ConstituentChains {
    double weight = 0; ///< in the index, > 0
    std::shared_ptr<ChainSource> chains;
};

/// Option chains of one underlying in time order: what a backtest replays.
class ChainSource
{
public:
    virtual ~ChainSource() = default;

    virtual const std::string& underlying() const = 0;
    /// Where the prices come from, for reports: "simulated market, seed 7" or the files' folder.
    virtual std::string description() const = 0;
    /// What the prices are of, however and wherever they were asked for: runs over the same are counted together. Of its own accord
    /// the description.
    virtual std::string origin() const { return description(); }
    virtual bool isSimulated() const = 0;
    /// How many snapshots next() gives in all: the denominator of a progress bar.
    virtual std::size_t snapshotCount() const = 0;

    /// Replaces `chain` by the next snapshot, reusing its memory; false at the end, and `chain` is then as it
    /// was.
    virtual base::Result<bool> next(market::OptionChain& chain) = 0;
    /// Back to the first snapshot.
    virtual void rewind() = 0;
    /// next() goes on with the last snapshot no later than `at`, or with the first one. Of its own accord it reads all until then.
    /// Errors: as next().
    virtual base::Result<void> seek(base::Instant at);

    /// Closes known for trading days in [from, to], ascending; days without one are missing, never invented.
    virtual std::vector<DailyClose> closes(base::Date from, base::Date to) = 0;
    /// What an expiring option settles against: the opening value for AM, the close for PM. None when
    /// unknown.
    virtual std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) = 0;
    /// Continuous rate and dividend yield per year that the data were made with; none for real data.
    virtual std::optional<double> riskFreeRate(base::Date date) const = 0;
    virtual std::optional<double> dividendYield() const = 0;
    /// Dividends in cash, companies' reports and what changes contracts, ascending by ex-date, date or effective date; also those of
    /// the future, each with the day that it was announced on. None where the data do not say.
    virtual std::span<const CashPayment> payments() const { return {}; }
    virtual std::span<const ExpectedReport> reports() const { return {}; }
    virtual std::span<const CorporateAction> corporateActions() const { return {}; }
    /// What the underlying is made of, heaviest first, for strategies that trade it against its members; each rewound and read by
    /// whoever replays this one. None where the source has the underlying alone.
    virtual std::span<const ConstituentChains> constituents() const { return {}; }
};

/// Of a file or folder: absolute and without links or detours, so that every spelling of it is one.
std::string canonicalPath(const std::string& path);

} // namespace vegadesk::history
