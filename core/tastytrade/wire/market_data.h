#pragma once

#include "tastytrade/wire/described.h"

namespace vegadesk::tastytrade::wire
{

/// An item of GET /market-data/by-type: what a quote board shows of one instrument. Prices in dollars; what is not known, such as
/// the close before there was one, is missing.
struct MarketSnapshot {
    static constexpr std::string_view what = "market data";
    std::string symbol, instrumentType;
    std::optional<base::Instant> updatedAt;
    std::optional<base::Decimal> bid, bidSize, ask, askSize, mid, mark, last, lastExtended, lastMarket;
    std::optional<base::Decimal> open, high, low, close, previousClose;
    std::string closeType = "Unknown", previousCloseType = "Unknown"; ///< or Regular, Indicative, Preliminary, Final
    std::optional<base::Date> summaryDate, previousCloseDate;
    std::optional<base::Decimal> lowLimit, highLimit, yearLow, yearHigh;
    bool isHalted = false;
    std::int64_t haltStart = -1, haltEnd = -1; ///< ms since 1970; -1: none
    std::optional<base::Decimal> beta, dividend, dividendFrequency;
    std::optional<base::Decimal> volume, openInterest;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("symbol", self.symbol);
        io.text("instrument-type", self.instrumentType);
        io.zulu("updated-at", self.updatedAt);
        io.figure("bid", self.bid);
        io.figure("bid-size", self.bidSize);
        io.figure("ask", self.ask);
        io.figure("ask-size", self.askSize);
        io.figure("mid", self.mid);
        io.figure("mark", self.mark);
        io.figure("last", self.last);
        io.figure("last-ext", self.lastExtended);
        io.figure("last-mkt", self.lastMarket);
        io.figure("open", self.open);
        io.figure("day-high-price", self.high);
        io.figure("day-low-price", self.low);
        io.figure("close", self.close);
        io.text("close-price-type", self.closeType);
        io.figure("prev-close", self.previousClose);
        io.text("prev-close-price-type", self.previousCloseType);
        io("summary-date", self.summaryDate);
        io("prev-close-date", self.previousCloseDate);
        io.figure("low-limit-price", self.lowLimit);
        io.figure("high-limit-price", self.highLimit);
        io.figure("year-low-price", self.yearLow);
        io.figure("year-high-price", self.yearHigh);
        io("is-trading-halted", self.isHalted);
        io("halt-start-time", self.haltStart);
        io("halt-end-time", self.haltEnd);
        io.figure("beta", self.beta);
        io.figure("dividend-amount", self.dividend);
        io.figure("dividend-frequency", self.dividendFrequency);
        io.figure("volume", self.volume);
        io.figure("open-interest", self.openInterest);
    }
    friend bool operator==(const MarketSnapshot&, const MarketSnapshot&) = default;
};

} // namespace vegadesk::tastytrade::wire
