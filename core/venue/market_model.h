#pragma once

#include "base/error.h"
#include "base/time.h"
#include "market/instrument.h"
#include "market/option_chain.h"
#include "market/quote.h"
#include "tastytrade/wire/futures.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vegadesk::venue
{

/// Cash that a share pays to whoever holds it before `exDate`.
struct Dividend {
    base::Date exDate{}, payDate{};
    base::Decimal amount; ///< dollars
};

/// A company's report, past or announced.
struct EarningsReport {
    base::Date date{}, quarterEnd{};
    bool isEstimated = false;                       ///< the date
    std::string timeOfDay;                          ///< empty: not known
    std::optional<base::Decimal> actual, consensus; ///< dollars a share; none: not known
    base::Instant publishedAt{};                    ///< nobody knows what is actual before
};

/// The market the venue shows: prices as a function of its clock. One thread.
class MarketModel
{
public:
    virtual ~MarketModel() = default;

    /// For /venue/clock and the example account's name: "simulated market, seed 1".
    virtual std::string description() const = 0;
    virtual bool isSimulated() const = 0;
    /// Where the clock starts when the settings do not say: in a session.
    virtual base::Instant suggestedStart(base::Instant wallClock) const = 0;

    virtual const std::vector<market::Instrument>& underlyings() const = 0;
    /// Everything listed on the morning of `date`; null for an unknown name. Good until the next call for the name.
    const market::ChainDefinition* definition(const std::string& underlying, base::Date date);
    /// By the broker's symbol or dxLink's; null for what is not listed that day. Same life as definition().
    const market::Instrument* find(std::string_view symbol, base::Date date);

    /// Quote, last trade, summary and Greeks as the feed would have them at `at`.
    virtual market::MarketData data(const market::Instrument& instrument, base::Instant at) = 0;
    virtual market::Quote quote(const market::Instrument& instrument, base::Instant at) = 0;
    /// Value for margins and marks: the mid where there is one.
    double mark(const market::Instrument& instrument, base::Instant at);

    /// Bars in [from, to], ascending. Empty where the market has no history of that kind.
    virtual std::vector<market::Candle> candles(const market::Instrument& instrument, std::chrono::seconds period,
                                                base::Instant from, base::Instant to) = 0;
    virtual std::optional<double> settlementPrice(const std::string& underlying, base::Date expiry,
                                                  market::Settlement settlement) = 0;

    /// Implied volatility at the money a month ahead, per year; NaN where it is not known. Of any moment of the market's past.
    virtual double monthVolatility(const market::Instrument& underlying, base::Instant at);
    /// Continuous, per year.
    virtual double riskFreeRate(base::Date date) const;
    /// Those of a name with a date in [from, to], ascending. A market without them has none.
    virtual std::vector<Dividend> dividends(const std::string& underlying, base::Date from, base::Date to);
    virtual std::vector<EarningsReport> earnings(const std::string& underlying, base::Date from, base::Date to);
    /// Whether holders of an American option give it up at `close`, the end of a session, because it is worth no more alive.
    virtual bool isExercisedEarly(const market::Instrument& option, base::Instant close);
    /// Future or option on one, by either symbol; null for what is not listed that day. Good until the next call.
    virtual const market::Instrument* findFuture(std::string_view symbol, base::Date date);
    /// What one of these would be worth if its future moved by the fraction `move` and every volatility by the factor
    /// `volatility`; NaN of anything else.
    virtual double worth(const market::Instrument& instrument, base::Instant at, double move, double volatility);
    /// What is listed on `date` besides stocks and their options, as the broker describes it; `product` is "ES". A market without
    /// futures has none.
    virtual std::vector<tastytrade::wire::Future> futures(base::Date date);
    virtual std::vector<tastytrade::wire::FutureOptionProduct> futureOptionProducts(base::Date date);
    virtual std::vector<tastytrade::wire::FutureOption> futureOptions(const std::string& product, base::Date date);
    virtual std::optional<tastytrade::wire::FuturesChain> futuresChain(const std::string& product, base::Date date);

protected:
    virtual market::ChainDefinition makeDefinition(const std::string& underlying, base::Date date) = 0;
    /// The underlying a root belongs to; empty when there is none.
    virtual std::string underlyingOfRoot(const std::string& root) const = 0;

private:
    struct SymbolHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct Listing {
        base::Date date{};
        market::ChainDefinition definition;
        std::unordered_map<std::string, std::size_t, SymbolHash, std::equal_to<>> bySymbol; // both forms
    };
    Listing* listing(const std::string& underlying, base::Date date);

    std::unordered_map<std::string, Listing> m_listings;
};

/// The generator of core/history behind that interface.
std::unique_ptr<MarketModel> makeGeneratedMarket(std::uint64_t seed);

} // namespace vegadesk::venue
