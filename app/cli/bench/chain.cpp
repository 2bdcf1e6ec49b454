#include "row.h"

#include "market/calendar.h"
#include "pricing/american/american.h"
#include "pricing/american/american_boundaries.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/chain_analytics.h"
#include "pricing/surface/surface_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using market::ExerciseStyle;
using namespace pricing;

constexpr MarketPoint point{100, 0.03, 0.01};
constexpr Rates rates{point.rate, point.dividendYield};
constexpr double atTheMoney = 0.25;
constexpr int expiryCount = 10;
const base::Instant now = base::fromUnixMillis(1'795'000'000'000);

double smile(double strike, double forward, double years)
{
    const double scaled = std::log(strike / forward) / std::sqrt(years);
    return atTheMoney - 0.05 * std::tanh(scaled) + 0.03 * scaled * scaled / (1 + scaled * scaled);
}

/// Both sides, quoted a cent either way.
market::Expiration expirationOf(ExerciseStyle style, int weeks, std::size_t strikeCount)
{
    market::Expiration out;
    out.expiresAt = now + std::chrono::hours(24 * 7) * weeks;
    out.style = style;
    out.calls.resize(strikeCount);
    out.puts.resize(strikeCount);
    const double years = market::yearsUntil(now, out.expiresAt);
    const double forward = point.spot * std::exp((point.rate - point.dividendYield) * years);
    std::vector<double> vols;
    for (std::size_t row = 0; row < strikeCount; ++row) {
        out.strikes.push_back(75 + 50 * static_cast<double>(row) / static_cast<double>(strikeCount));
        vols.push_back(smile(out.strikes.back(), forward, years));
    }
    GreeksColumns values;
    values.resize(strikeCount);
    for (const market::Right right : {market::Right::Call, market::Right::Put}) {
        if (style == ExerciseStyle::American)
            americanStrip(right, point, years, out.strikes, vols, values.view());
        else
            blackScholesStrip(right, point, years, out.strikes, vols, values.view());
        market::OptionColumns& side = out.side(right);
        for (std::size_t row = 0; row < strikeCount; ++row) {
            side.bid[row] = std::max(0.0, values.price[row] - 0.01);
            side.ask[row] = values.price[row] + 0.01;
            side.flags[row] = market::classify(side.quoteAt(row), now, base::Nanos{0});
        }
    }
    return out;
}

/// A chain from first quotes to a surface, with nothing kept from before.
struct Chain {
    market::OptionChain chain;
    ChainAnalytics analytics;
    std::size_t slices = 0;

    explicit Chain(ExerciseStyle style)
    {
        constexpr std::size_t strikeCount = 100;
        chain.at = now;
        chain.underlyingLast = point.spot;
        for (int week = 1; week <= expiryCount; ++week)
            chain.expirations.push_back(expirationOf(style, week, strikeCount));
    }
    void analyse(EarlyExercise exercise)
    {
        analytics = pricing::analyse(chain, now, rates, exercise);
        const auto quotes = exercise == EarlyExercise::AsListed ? quotesForFit(chain, analytics, deAmericaniseStrip)
                                                                : quotesForFit(chain, analytics);
        const auto surface = fitSurface(quotes);
        slices = surface ? surface->slices().size() : 0;
    }
    double largestError() const
    {
        double worst = slices == chain.expirations.size() ? 0 : std::nan("");
        for (const ExpirationAnalytics& each : analytics.expirations)
            worst = std::max(worst, std::abs(each.atmVolatility - atTheMoney));
        return 100 * worst;
    }
};

Row chainRow(std::string kernel, ExerciseStyle style, EarlyExercise exercise)
{
    const auto chain = std::make_shared<Chain>(style);
    Row row;
    row.kernel = std::move(kernel);
    row.ours = Timed{"ours", 1, [chain, exercise] { chain->analyse(exercise); }};
    row.accuracyOf = "largest error of a volatility at the money, vol points";
    row.accuracy = [chain] { return chain->largestError(); };
    return row;
}

Row expirationRow()
{
    constexpr std::size_t strikeCount = 150;
    constexpr int weeks = 6;
    const auto expiration =
        std::make_shared<market::Expiration>(expirationOf(ExerciseStyle::American, weeks, strikeCount));
    const auto out = std::make_shared<ExpirationAnalytics>();
    Row row;
    row.kernel = "American expiration of 150 strikes: forward, volatilities, Greeks of both sides";
    row.ours = Timed{
        "ours", 1, [expiration, out] { *out = analyse(*expiration, now, point.spot, rates, EarlyExercise::AsListed); }};
    row.accuracyOf = "error of the volatility at the money, vol points";
    row.accuracy = [out] { return 100 * std::abs(out->atmVolatility - atTheMoney); };
    return row;
}

/// An American chain that is being watched: exercise boundaries and figures kept from frame to frame.
struct LiveChain {
    Chain chain{ExerciseStyle::American};
    std::vector<AmericanBoundaries> boundaries;
    std::vector<ExpirationAnalytics> figures;
    static constexpr std::array<std::size_t, 2> changed{30, 62}; // strikes of every expiration
    int frames = 0;

    void analyse()
    {
        boundaries.assign(chain.chain.expirations.size(), {});
        figures.clear();
        for (std::size_t i = 0; i < boundaries.size(); ++i)
            figures.push_back(pricing::analyse(chain.chain.expirations[i], now, point.spot, rates, boundaries[i]));
    }
    /// The spot moves up and down by a hundredth of a percent, and a frame of time passes, so that nothing is merely looked up.
    void nextFrame()
    {
        if (figures.empty())
            analyse();
        ++frames;
        const double spotRatio = frames % 2 == 1 ? 1.0001 : 1 / 1.0001;
        for (std::size_t i = 0; i < figures.size(); ++i)
            if (!refresh(figures[i], chain.chain.expirations[i], now + frames * std::chrono::milliseconds(16),
                         spotRatio, changed, boundaries[i]))
                figures[i] = {};
    }
    /// Of the changed strikes' prices, against one option at a time at the same volatility.
    double largestError()
    {
        nextFrame();
        double worst = 0;
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const ExpirationAnalytics& each = figures[i];
            for (const std::size_t row : changed) {
                const double strike = chain.chain.expirations[i].strikes[row];
                const double alone =
                    americanPrice(market::Right::Put, each.market, strike, each.years, each.volatility[row]);
                worst = std::max(worst, std::abs(each.puts.price[row] - alone) / strike);
            }
        }
        return worst;
    }
};

std::vector<Row> liveRows()
{
    const auto live = std::make_shared<LiveChain>();
    Row cold;
    cold.kernel = "American chain of 2,000 contracts, cold: forwards, volatilities, Greeks";
    cold.ours = Timed{"ours", 1, [live] { live->analyse(); }};
    cold.accuracyOf = "largest error of a volatility at the money, vol points";
    cold.accuracy = [live] {
        double worst = 0;
        for (const ExpirationAnalytics& each : live->figures)
            worst = std::max(worst, std::abs(each.atmVolatility - atTheMoney));
        return 100 * worst;
    };
    Row frame;
    frame.kernel = "American chain of 2,000 contracts, a frame of 20 changed strikes: their volatilities, all Greeks";
    frame.ours = Timed{"ours", 1, [live] { live->nextFrame(); }};
    frame.accuracyOf = "largest price difference to one option at a time, of the strike";
    frame.accuracy = [live] { return live->largestError(); };
    return {cold, frame};
}

} // namespace

std::vector<Row> chainRows()
{
    std::vector<Row> rows{chainRow("European chain of 2,000 contracts, cold: forwards, volatilities, Greeks, surface",
                                   ExerciseStyle::European, EarlyExercise::Ignored),
                          chainRow("American chain of 2,000 contracts, cold: forwards, volatilities, Greeks, surface",
                                   ExerciseStyle::American, EarlyExercise::AsListed),
                          expirationRow()};
    for (Row& each : liveRows())
        rows.push_back(std::move(each));
    return rows;
}

} // namespace vegadesk::cli::bench
