#pragma once

#include "tastytrade/wire/described.h"

namespace vegadesk::tastytrade::wire
{

/// An item of GET /market-metrics. Any figure may be missing: indices and small names have few.
///
/// Units  volatilities, ranks and the percentile are fractions; the `…30`, `60` and `90` of implied and historical
///        volatility are percent, as the broker sends them.
struct MarketMetrics {
    static constexpr std::string_view what = "market metrics";
    struct ExpirationVolatility {
        static constexpr std::string_view what = "expiration volatility";
        base::Date expiration{};
        std::string chainType = "Standard", settlement = "PM";
        std::optional<base::Decimal> volatility;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.need("expiration-date", self.expiration);
            io.text("option-chain-type", self.chainType);
            io.text("settlement-type", self.settlement);
            io.figure("implied-volatility", self.volatility);
        }
        friend bool operator==(const ExpirationVolatility&, const ExpirationVolatility&) = default;
    };
    struct Liquidity {
        static constexpr std::string_view what = "liquidity";
        std::optional<base::Decimal> sum;
        std::int64_t count = 0;
        std::optional<base::Instant> startedAt, updatedAt;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.figure("sum", self.sum);
            io("count", self.count);
            io.zulu("started-at", self.startedAt);
            io.zulu("updated-at", self.updatedAt);
        }
        friend bool operator==(const Liquidity&, const Liquidity&) = default;
    };
    struct Earnings {
        static constexpr std::string_view what = "earnings";
        bool isVisible = true, isEstimated = false;
        std::optional<base::Date> expectedDate, quarterEnd;
        std::string timeOfDay; ///< the broker's words for it are not documented
        std::int64_t lateFlag = 0;
        std::optional<base::Decimal> actual, consensus; ///< dollars a share
        std::optional<base::Instant> updatedAt;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io("visible", self.isVisible);
            io("expected-report-date", self.expectedDate);
            io("estimated", self.isEstimated);
            io("time-of-day", self.timeOfDay);
            io("late-flag", self.lateFlag);
            io("quarter-end-date", self.quarterEnd);
            io.figure("actual-eps", self.actual);
            io.figure("consensus-estimate", self.consensus);
            io.zulu("updated-at", self.updatedAt);
        }
        friend bool operator==(const Earnings&, const Earnings&) = default;
    };

    std::string symbol;
    std::optional<base::Decimal> volatilityIndex, volatilityIndexChange; ///< the change is of five days
    std::optional<base::Decimal> rank, tosRank, twRank, percentile;      ///< within the last year, 0 to 1
    std::string rankSource;                                              ///< "tos" or "tw"
    std::optional<base::Instant> tosRankAt, volatilityAt, updatedAt;
    std::optional<base::Decimal> liquidityValue, liquidityRank;
    std::optional<std::int64_t> liquidityRating; ///< 0 to 4
    std::optional<Liquidity> liquidity;
    std::vector<ExpirationVolatility> expirations;
    std::optional<base::Decimal> beta, correlation; ///< the correlation is with SPY, of three months
    std::optional<base::Instant> betaAt;
    std::optional<base::Decimal> dividend, annualDividend, dividendYield; ///< dollars a share; a fraction
    std::optional<base::Date> dividendExDate, dividendNextDate, dividendPayDate;
    std::optional<base::Instant> dividendAt;
    std::optional<Earnings> earnings;
    std::string listedMarket, lendability;
    std::optional<base::Decimal> borrowRate;
    std::optional<double> marketCap; ///< dollars
    std::optional<base::Decimal> implied30, historical30, historical60, historical90, impliedLessHistorical30;
    std::optional<base::Decimal> priceEarnings, earningsPerShare;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("symbol", self.symbol);
        io.figure("implied-volatility-index", self.volatilityIndex);
        io.figure("implied-volatility-index-5-day-change", self.volatilityIndexChange);
        io.figure("implied-volatility-index-rank", self.rank);
        io.figure("tos-implied-volatility-index-rank", self.tosRank);
        io.figure("tw-implied-volatility-index-rank", self.twRank);
        io.zulu("tos-implied-volatility-index-rank-updated-at", self.tosRankAt);
        io("implied-volatility-index-rank-source", self.rankSource);
        io.figure("implied-volatility-percentile", self.percentile);
        io.zulu("implied-volatility-updated-at", self.volatilityAt);
        io.figure("liquidity-value", self.liquidityValue);
        io.figure("liquidity-rank", self.liquidityRank);
        io("liquidity-rating", self.liquidityRating);
        io.zulu("updated-at", self.updatedAt);
        io("option-expiration-implied-volatilities", self.expirations);
        io("liquidity-running-state", self.liquidity);
        io.figure("beta", self.beta);
        io.zulu("beta-updated-at", self.betaAt);
        io.figure("corr-spy-3month", self.correlation);
        io.figure("dividend-rate-per-share", self.dividend);
        io.figure("annual-dividend-per-share", self.annualDividend);
        io.figure("dividend-yield", self.dividendYield);
        io("dividend-ex-date", self.dividendExDate);
        io("dividend-next-date", self.dividendNextDate);
        io("dividend-pay-date", self.dividendPayDate);
        io.zulu("dividend-updated-at", self.dividendAt);
        io("earnings", self.earnings);
        io("listed-market", self.listedMarket);
        io("lendability", self.lendability);
        io.figure("borrow-rate", self.borrowRate);
        io.number("market-cap", self.marketCap);
        io.figure("implied-volatility-30-day", self.implied30);
        io.figure("historical-volatility-30-day", self.historical30);
        io.figure("historical-volatility-60-day", self.historical60);
        io.figure("historical-volatility-90-day", self.historical90);
        io.figure("iv-hv-30-day-difference", self.impliedLessHistorical30);
        io.figure("price-earnings-ratio", self.priceEarnings);
        io.figure("earnings-per-share", self.earningsPerShare);
    }
    friend bool operator==(const MarketMetrics&, const MarketMetrics&) = default;
};

/// An item of GET /market-metrics/historic-corporate-events/dividends/{symbol}.
struct DividendEvent {
    static constexpr std::string_view what = "dividend";
    base::Date date{};
    base::Decimal amount; ///< dollars a share

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("occurred-date", self.date);
        io.need("amount", self.amount);
    }
    friend bool operator==(const DividendEvent&, const DividendEvent&) = default;
};

/// An item of GET /market-metrics/historic-corporate-events/earnings-reports/{symbol}.
struct EarningsEvent {
    static constexpr std::string_view what = "earnings report";
    base::Date date{};
    std::optional<base::Decimal> earnings; ///< dollars a share

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("occurred-date", self.date);
        io.figure("eps", self.earnings);
    }
    friend bool operator==(const EarningsEvent&, const EarningsEvent&) = default;
};

} // namespace vegadesk::tastytrade::wire
