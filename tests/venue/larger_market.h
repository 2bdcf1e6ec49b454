#pragma once

#include "venue/market_model.h"
#include "venue/order_helper.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace venue_test
{

/// The simulated market with events that a test can name: two futures with an option, dividends and reports of KO.
class LargerMarket final : public venue::MarketModel
{
public:
    std::string description() const override { return m_inner->description(); }
    bool isSimulated() const override { return true; }
    base::Instant suggestedStart(base::Instant wall) const override { return m_inner->suggestedStart(wall); }
    const std::vector<market::Instrument>& underlyings() const override { return m_inner->underlyings(); }
    market::MarketData data(const market::Instrument& instrument, base::Instant at) override
    {
        return m_inner->data(instrument, at);
    }
    market::Quote quote(const market::Instrument& instrument, base::Instant at) override
    {
        return m_inner->quote(instrument, at);
    }
    std::vector<market::Candle> candles(const market::Instrument& instrument, std::chrono::seconds period,
                                        base::Instant from, base::Instant to) override
    {
        return m_inner->candles(instrument, period, from, to);
    }
    std::optional<double> settlementPrice(const std::string& underlying, base::Date expiry,
                                          market::Settlement settlement) override
    {
        return m_inner->settlementPrice(underlying, expiry, settlement);
    }
    std::vector<venue::Dividend> dividends(const std::string& underlying, base::Date from, base::Date to) override
    {
        std::vector<venue::Dividend> paid;
        for (base::Date date = base::makeDate(2024, 4, 1); underlying == "KO" && date <= to;
             date += std::chrono::days(91)) {
            if (date >= from)
                paid.push_back({date, date + std::chrono::days(14), dollars("0.5")});
        }
        return paid;
    }
    std::vector<venue::EarningsReport> earnings(const std::string& underlying, base::Date from, base::Date to) override
    {
        std::vector<venue::EarningsReport> reports;
        const auto add = [&](base::Date date, std::optional<base::Decimal> actual) {
            if (underlying == "KO" && date >= from && date <= to)
                reports.push_back({date, date - std::chrono::days(20), !actual, "AMC", actual, dollars("0.7")});
        };
        add(base::makeDate(2024, 10, 22), dollars("0.77"));
        add(base::makeDate(2025, 2, 11), dollars("0.55"));
        add(base::makeDate(2025, 4, 29), std::nullopt);
        return reports;
    }
    std::vector<wire::Future> futures(base::Date) override
    {
        wire::Future future;
        future.symbol = "/ESM5";
        future.streamerSymbol = "/ESM25:XCME";
        future.productCode = "ES";
        future.exchange = "CME";
        future.product.emplace();
        future.product->root = "/ES";
        future.product->code = "ES";
        future.product->exchange = "CME";
        future.product->description = "Simulated index future";
        wire::Future old = future;
        old.symbol = "/ESH5";
        old.isActive = false;
        return {old, future};
    }
    std::vector<wire::FutureOptionProduct> futureOptionProducts(base::Date) override
    {
        wire::FutureOptionProduct product;
        product.root = "EW2";
        product.exchange = "CME";
        return {product};
    }
    std::vector<wire::FutureOption> futureOptions(const std::string& product, base::Date) override
    {
        wire::FutureOption option;
        option.symbol = "./ESM5 EW2H5 250314C5600";
        option.expiration = base::makeDate(2025, 3, 14);
        return product == "ES" ? std::vector{option} : std::vector<wire::FutureOption>{};
    }
    std::optional<wire::FuturesChain> futuresChain(const std::string& product, base::Date date) override
    {
        if (product != "ES")
            return std::nullopt;
        wire::FuturesChain chain;
        chain.futures = futures(date);
        return chain;
    }

protected:
    market::ChainDefinition makeDefinition(const std::string& underlying, base::Date date) override
    {
        return *m_inner->definition(underlying, date);
    }
    std::string underlyingOfRoot(const std::string& root) const override { return root == "SPXW" ? "SPX" : root; }

private:
    std::unique_ptr<venue::MarketModel> m_inner = venue::makeGeneratedMarket(5);
};

} // namespace venue_test
